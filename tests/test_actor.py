"""Who did it and to whom, whichever way the sentence turns."""

import pytest
from reader import claims, only


@pytest.mark.parametrize(
    ("text", "event_type", "actor", "target"),
    [
        # verb first, subject first, noun with its doer behind it
        ("سيطر جيش الفتح على سراقب.", "control_change", "opposition", ""),
        ("جيش الفتح سيطر على سراقب.", "control_change", "opposition", ""),
        ("أدت سيطرة جيش الفتح على سراقب إلى نزوح السكان.", "control_change", "opposition", ""),
        ("أعلن جيش الفتح سيطرته على سراقب.", "control_change", "opposition", ""),
        ("قال جيش الفتح إنه سيطر على سراقب.", "control_change", "opposition", ""),
        ("قالت قوات سوريا الديمقراطية إن مقاتليها سيطروا على منبج.", "control_change", "kurdish", ""),
        ("تمكنت قوات سوريا الديمقراطية من السيطرة على منبج.", "control_change", "kurdish", ""),
        ("باتت سراقب تحت سيطرة جيش الفتح.", "control_change", "opposition", ""),
        ("سقطت سراقب في يد جيش الفتح.", "control_change", "opposition", ""),
        ("تمت السيطرة على سراقب من قبل جيش الفتح.", "control_change", "opposition", ""),
        pytest.param(
            "استعاد الجيش السوري سراقب من جيش الفتح.",
            "control_change",
            "government",
            "opposition",
        ),
        pytest.param(
            "انتزعت وحدات حماية الشعب عين عيسى من تنظيم داعش.",
            "control_change",
            "kurdish",
            "islamic_state",
        ),
        (
            "طرد تنظيم الدولة الإسلامية فصائل المعارضة من بلدة الراعي.",
            "control_change",
            "islamic_state",
            "opposition",
        ),
        ("أعلنت حركة أحرار الشام في بيان، استئناف معركة تحرير بلدة الراعي.", "advance", "opposition", ""),
        (
            "خطف تنظيم الدولة عشرين رجلا في بلدة الراعي التي سيطر عليها أمس.",
            "control_change",
            "islamic_state",
            "",
        ),
        ("قتل تسعة مدنيين في قصف لطيران النظام على سراقب.", "airstrike", "government", ""),
        (
            "سيطرة تجمع «جيش الفتح» في الشمال على بلدة الراعي أفرحت الأهالي.",
            "control_change",
            "opposition",
            "",
        ),
        ("سيطر جيش الفتح التابع للمعارضة السورية على بلدة الراعي.", "control_change", "opposition", ""),
        ("سقطت بلدة الراعي في يد تحالف من فصائل المعارضة.", "control_change", "opposition", ""),
        ("قال الثوار إنهم استهدفوا قوات النظام في سراقب بالصواريخ.", "shelling", "opposition", "government"),
        ("استهدف هجوم آخر بسيارة مفخخة حاجزا للجيش في سراقب.", "explosion", "", "government"),
        # strikes and their aims
        ("قصف الجيش السوري مواقع جيش الفتح في سراقب.", "shelling", "government", "opposition"),
        ("استهدفت المدفعية التركية مواقع وحدات حماية الشعب في تل رفعت.", "shelling", "turkey", "kurdish"),
        ("قصفت كتائب الثوار تجمعات لقوات النظام في سراقب.", "shelling", "opposition", "government"),
        ("استهدف الثوار بقذائف الهاون تجمعا لحزب الله في سراقب.", "shelling", "opposition", "government"),
        ("شن طيران التحالف الدولي غارات على مواقع داعش في منبج.", "airstrike", "coalition", "islamic_state"),
        ("شنت طائرات روسية غارات على سراقب.", "airstrike", "russia", ""),
        ("شن الطيران الروسي غارات ضد جيش الفتح في سراقب.", "airstrike", "russia", "opposition"),
        ("تعرضت سراقب لغارات من الطيران الروسي.", "airstrike", "russia", ""),
        ("تعرضت سراقب لغارات روسية.", "airstrike", "russia", ""),
        ("تعرضت سراقب لغارات نفذها الطيران الروسي.", "airstrike", "russia", ""),
        ("ألقيت براميل متفجرة على سراقب.", "airstrike", "government", ""),
        ("ألقت مروحيات براميل متفجرة على سراقب.", "airstrike", "government", ""),
        ("قصف الطيران المروحي سراقب.", "airstrike", "government", ""),
        ("شنت طائرات أمريكية غارة على الرقة.", "airstrike", "coalition", ""),
        ("سقطت قذائف أطلقها جيش الإسلام على جرمانا.", "shelling", "opposition", ""),
        ("سقطت قذائف مجهولة المصدر على جرمانا.", "shelling", "", ""),
        # withdrawal, siege, ambush, failure
        ("انسحب تنظيم داعش من منبج.", "withdrawal", "islamic_state", ""),
        ("أدى انسحاب الجيش الحر من سراقب إلى نزوح السكان.", "withdrawal", "opposition", ""),
        ("تحاصر قوات النظام مضايا.", "siege", "government", ""),
        ("تعاني مضايا من حصار تفرضه قوات النظام.", "siege", "government", ""),
        ("قتل عشرة في كمين للجيش السوري قرب عدرا.", "ambush", "government", ""),
        pytest.param(
            "نصب جيش الإسلام كمينا لقوات النظام قرب عدرا.",
            "ambush",
            "opposition",
            "government",
        ),
        pytest.param(
            "وقعت مجموعة من قوات النظام في كمين لجيش الإسلام قرب عدرا.",
            "ambush",
            "opposition",
            "government",
        ),
        ("صد جيش الفتح هجوما لقوات النظام على سراقب.", "repelled_attack", "government", "opposition"),
        ("أحبط الجيش السوري هجوما لجبهة النصرة على سراقب.", "repelled_attack", "opposition", "government"),
        ("فشل تنظيم داعش في اقتحام مارع.", "repelled_attack", "islamic_state", ""),
        # words that tell a side by its own wording
        ("قصفت العصابات الإرهابية جرمانا بالهاون.", "shelling", "opposition", ""),
        ("سيطر مجاهدو المقاومة على سراقب.", "control_change", "government", ""),
        ("حرر أبطال الجيش العربي السوري سراقب.", "control_change", "government", ""),
        pytest.param(
            "سيطرت هيئة تحرير الشام على سراقب.",
            "control_change",
            "opposition",
            "",
        ),
        ("سيطر المقاتلون الأكراد على منبج.", "control_change", "kurdish", ""),
        ("قصف الاحتلال الروسي سراقب.", "shelling", "russia", ""),
    ],
)
def test_doer_and_target(text: str, event_type: str, actor: str, target: str) -> None:
    claim = only(text, event_type)
    assert (claim.actor_bloc, claim.target_bloc) == (actor, target)


@pytest.mark.parametrize(
    "text",
    [
        "دارت اشتباكات بين جيش الفتح وقوات النظام في سراقب.",
        "دارت اشتباكات في سراقب بين جيش الفتح وقوات النظام.",
        "دارت اشتباكات بين جيش الفتح من جهة وقوات النظام وحزب الله من جهة أخرى في سراقب.",
        "اشتبك جيش الفتح مع قوات النظام في سراقب.",
        "خاض جيش الفتح معارك ضد قوات النظام في سراقب.",
    ],
)
def test_a_clash_has_two_sides(text: str) -> None:
    claim = only(text, "clash")
    assert {claim.actor_bloc, claim.target_bloc} == {"opposition", "government"}


@pytest.mark.parametrize(
    ("text", "actor", "target"),
    [
        (
            "قال المرصد إن سرية تابعة للحرس الجمهوري هاجمت مقاتلي المعارضة في عدرا.",
            "government",
            "opposition",
        ),
        ("قال المرصد إن قوات الجيش تحاول التقدم والسيطرة على حي الشعار.", "government", ""),
        (
            "يخوض الجيش معارك ضد الفصائل المعارضة في حي الشعار مع محاولته التقدم في حي الصاخور.",
            "government",
            "",
        ),
        ("قال تلفزيون المنار التابع لحزب الله إن صواريخ سقطت على الفوعة.", "", ""),
    ],
)
def test_the_doer_stands_before_his_verb(text: str, actor: str, target: str) -> None:
    claim = claims(text)[-1]
    assert (claim.actor_bloc, claim.target_bloc) == (actor, target)


def test_believed_to_belong_is_less_sure() -> None:
    believed = (
        only("قصفت منبج طائرات حربية.", "airstrike"),
        only(
            "قال ناشطون إن طائرات حربية يعتقد أنها تابعة للتحالف الدولي قصفت مواقع لجبهة النصرة في أعزاز.",
            "airstrike",
        ),
    )
    assert (believed[1].actor_bloc, believed[1].target) == ("coalition", "jabhat_al_nusra")
    assert believed[1].confidence < believed[0].confidence


def test_believed_to_be_russian_is_russian_and_less_sure() -> None:
    sure = only("شنت طائرات روسية غارات على سراقب.", "airstrike")
    believed = only("شنت طائرات يعتقد أنها روسية غارات على سراقب.", "airstrike")
    assert sure.actor_bloc == believed.actor_bloc == "russia"
    assert believed.confidence < sure.confidence


def test_the_finer_group_is_kept() -> None:
    claim = only("سيطرت حركة أحرار الشام على سراقب من الحرس الجمهوري.", "control_change")
    assert (claim.actor, claim.target) == ("ahrar_al_sham", "republican_guard")


def test_the_source_is_not_the_doer() -> None:
    claim = only("أعلنت حركة أحرار الشام أن الطيران الروسي قصف سراقب.", "airstrike")
    assert (claim.claimant, claim.actor_bloc) == ("ahrar_al_sham", "russia")


@pytest.mark.parametrize(
    "text",
    [
        "قصفت المدفعية العراقية مواقع داخل الأراضي السورية قرب البوكمال.",
        "قصفت المدفعية مدينة البوكمال السورية.",
    ],
)
def test_syrian_soil_is_no_doer(text: str) -> None:
    assert only(text, "shelling").actor_bloc == ""


def test_whose_the_dead_were_is_not_who_did_it() -> None:
    claim = only("قتل خمسة من مقاتلي جيش الفتح في غارة على سراقب.", "airstrike")
    assert claim.actor_bloc == ""
    assert claim.victims == "opposition"


@pytest.mark.parametrize(
    ("text", "kind", "actor", "bloc"),
    [
        (
            "قصفت الطائرات الإسرائيلية مستودعا في محيط بلدة الكسوة.",
            "airstrike",
            "israeli_air_force",
            "israel",
        ),
        ("استهدفت غارات إسرائيلية مطار المزة العسكري.", "airstrike", "israeli_air_force", "israel"),
        ("قصف الجيش الإسرائيلي بالمدفعية بلدة الحميدية.", "shelling", "israeli_army", "israel"),
        ("قصف الجيش اللبناني بالمدفعية بلدة القصير.", "shelling", "lebanese_army", ""),
    ],
)
def test_israel_is_a_side_of_its_own(text: str, kind: str, actor: str, bloc: str) -> None:
    claim = only(text, kind)
    assert (claim.actor, claim.actor_bloc) == (actor, bloc)
