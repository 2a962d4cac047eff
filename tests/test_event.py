"""What happened, after negation, failure, intention, state and history are read."""

import pytest
from reader import claims, fault, only, places, told

from gazetteer.orthography import fold

PLACE = "خان طومان"


def types(text: str) -> list[str]:
    return [claim.event_type for claim in claims(text)]


@pytest.mark.parametrize(
    ("text", "event_type"),
    [
        # takeovers: verbs, verbal nouns, passives
        ("سيطر الجيش على خان طومان.", "control_change"),
        ("استعاد الجيش خان طومان.", "control_change"),
        ("استعاد الجيش السيطرة على خان طومان.", "control_change"),
        pytest.param(
            "أحكم الجيش قبضته على خان طومان.",
            "control_change",
        ),
        ("بسط الجيش سيطرته على خان طومان.", "control_change"),
        ("حرر الثوار خان طومان.", "control_change"),
        ("انتزع الثوار خان طومان من قوات النظام.", "control_change"),
        ("سقطت خان طومان بيد الثوار.", "control_change"),
        ("سقطت بلدة خان طومان في أيدي الثوار.", "control_change"),
        ("وقعت خان طومان تحت سيطرة الثوار.", "control_change"),
        ("باتت خان طومان في قبضة الثوار.", "control_change"),
        ("أعلن الثوار سيطرتهم على خان طومان.", "control_change"),
        ("أعلن الثوار السيطرة الكاملة على خان طومان.", "control_change"),
        ("تمكن الثوار من السيطرة على خان طومان.", "control_change"),
        ("تمت السيطرة على خان طومان من قبل الثوار.", "control_change"),
        ("طرد الثوار قوات النظام من خان طومان.", "control_change"),
        ("طهر الجيش خان طومان من الإرهابيين.", "control_change"),
        ("أعاد الجيش الأمن والاستقرار إلى خان طومان.", "control_change"),
        ("استولى الثوار على حاجز خان طومان.", "control_change"),
        # leaving
        ("انسحب الجيش من خان طومان.", "withdrawal"),
        ("انسحاب الجيش من خان طومان أمس.", "withdrawal"),
        ("أخلى الثوار مواقعهم في خان طومان.", "withdrawal"),
        ("غادر مقاتلو المعارضة خان طومان.", "withdrawal"),
        ("خرج مقاتلو المعارضة من خان طومان.", "withdrawal"),
        ("اضطر الجيش إلى الانسحاب من خان طومان.", "withdrawal"),
        # beaten off
        ("صد الثوار هجوما للجيش على خان طومان.", "repelled_attack"),
        ("أحبط الجيش محاولة للثوار للتسلل إلى خان طومان.", "repelled_attack"),
        ("تصدى الثوار لمحاولة الجيش اقتحام خان طومان.", "repelled_attack"),
        ("أفشل الثوار محاولة تقدم للجيش في خان طومان.", "repelled_attack"),
        ("فشل الجيش في اقتحام خان طومان.", "repelled_attack"),
        ("أخفق الجيش في استعادة خان طومان.", "repelled_attack"),
        ("لم يتمكن الجيش من السيطرة على خان طومان.", "repelled_attack"),
        ("عجز الجيش عن دخول خان طومان.", "repelled_attack"),
        ("لم تستطع قوات الجيش دخول خان طومان.", "repelled_attack"),
        ("فشلت القوات في عمليات اقتحام خان طومان.", "repelled_attack"),
        ("إحباط الجيش هجوما للثوار على خان طومان.", "repelled_attack"),
        ("بدأت معركة تحرير خان طومان.", "advance"),
        # advances
        ("تقدم الجيش في خان طومان.", "advance"),
        ("دخل الجيش بلدة خان طومان.", "advance"),
        ("توغل الجيش في خان طومان.", "advance"),
        ("اقتحم الثوار خان طومان.", "advance"),
        ("شن الثوار هجوما على خان طومان.", "advance"),
        ("سيطر الثوار على أجزاء من خان طومان.", "advance"),
        ("سيطر الثوار على عدة نقاط في خان طومان.", "advance"),
        ("سيطر الجيش على معظم خان طومان.", "advance"),
        ("حاول الجيش اقتحام خان طومان.", "advance"),
        ("يحاول الجيش السيطرة على خان طومان.", "advance"),
        # the rest
        ("يحاصر الجيش خان طومان.", "siege"),
        ("فرض الجيش حصارا على خان طومان.", "siege"),
        ("طوق الجيش خان طومان.", "siege"),
        ("دارت اشتباكات في خان طومان.", "clash"),
        ("اندلعت معارك عنيفة في خان طومان.", "clash"),
        ("اشتبك الثوار مع الجيش في خان طومان.", "clash"),
        ("نصب الثوار كمينا للجيش في خان طومان.", "ambush"),
        ("وقع الجيش في كمين للثوار قرب خان طومان.", "ambush"),
        ("شن الطيران الحربي غارات على خان طومان.", "airstrike"),
        ("قصف الطيران الحربي خان طومان.", "airstrike"),
        ("ألقت المروحيات براميل متفجرة على خان طومان.", "airstrike"),
        ("تعرضت خان طومان لقصف جوي.", "airstrike"),
        ("استهدف الطيران الحربي خان طومان.", "airstrike"),
        ("أغارت طائرات على خان طومان.", "airstrike"),
        ("نفذت مقاتلات ضربات جوية على خان طومان.", "airstrike"),
        ("فتح الطيران نيران رشاشاته على خان طومان.", "airstrike"),
        ("قصف الجيش خان طومان.", "shelling"),
        ("قصفت المدفعية خان طومان.", "shelling"),
        ("سقطت قذائف هاون على خان طومان.", "shelling"),
        ("أطلق الجيش صواريخ على خان طومان.", "shelling"),
        ("استهدف الثوار خان طومان بصواريخ غراد.", "shelling"),
        ("قُصفت خان طومان بالمدفعية الثقيلة.", "shelling"),
        ("تعرضت خان طومان لقصف مدفعي.", "shelling"),
        ("استهدف هجوم كيميائي خان طومان.", "chemical_attack"),
        ("ألقت مروحية برميلا يحوي غاز الكلور على خان طومان.", "chemical_attack"),
        ("قصف الجيش خان طومان بالغازات السامة.", "chemical_attack"),
        ("انفجرت سيارة مفخخة في خان طومان.", "explosion"),
        ("انفجر لغم بحافلة في خان طومان.", "explosion"),
        ("فجر انتحاري نفسه في خان طومان.", "explosion"),
        ("هز تفجير خان طومان.", "explosion"),
        ("هاجم مسلحون خان طومان.", "other_attack"),
        ("استهدف مسلحون سيارة في خان طومان.", "other_attack"),
    ],
)
def test_one_sentence_one_event(text: str, event_type: str) -> None:
    assert told(text) == [(event_type, [fold(PLACE)])]


@pytest.mark.parametrize(
    "text",
    [
        pytest.param(
            "تسيطر المعارضة على خان طومان منذ سنوات طويلة.",
        ),
        "تقع خان طومان تحت سيطرة المعارضة.",
        "وصلت المساعدات إلى مناطق سيطرة المعارضة في خان طومان.",
        "زار الوفد خان طومان الخاضعة لسيطرة المعارضة.",
        "لا تزال خان طومان خارج سيطرة الحكومة.",
        pytest.param(
            "وصلت المساعدات إلى بلدة خان طومان التي تسيطر عليها المعارضة.",
        ),
    ],
)
def test_a_state_is_no_event(text: str) -> None:
    assert types(text) == []


@pytest.mark.parametrize(
    "text",
    [
        "تعهد الجيش باستعادة خان طومان.",
        "قال الوزير إن الجيش سيستعيد خان طومان.",
        "دعا الائتلاف إلى رفع الحصار عن خان طومان.",
        "هدد الجيش بقصف خان طومان.",
        "طالبت المعارضة بوقف القصف على خان طومان.",
        "يستعد الجيش لاقتحام خان طومان.",
        pytest.param(
            "حذر ناشطون من هجوم على خان طومان.",
        ),
        "تجري مفاوضات لانسحاب المسلحين من خان طومان.",
        "يمكن للجيش أن يقصف خان طومان.",
        "إذا سيطر الجيش على خان طومان فسيقطع الطريق.",
        "لن نسمح بسقوط خان طومان.",
        "لم يقصف الجيش خان طومان.",
        pytest.param("لم تسجل أي غارات على خان طومان."),
        pytest.param("توقف القصف على خان طومان."),
        "خلت خان طومان من الاشتباكات.",
        "هل يسيطر الجيش على خان طومان؟",
        "انسحب الوفد من المفاوضات حول خان طومان.",
        "أي هجوم على خان طومان سيفشل.",
        "الغارات تهدف إلى الضغط على الثوار في خان طومان.",
        "في حال وافق المجلس يصبح بإمكان الجيش اقتحام خان طومان.",
        "يحتفظ الجيش بسيطرته على خان طومان.",
        "طرد تنظيم الدولة نحو 45 من قيادييه في خان طومان.",
        "حرر الثوار 12 مخطوفا في خان طومان.",
        "يتخوف السكان من تقدم الجيش في خان طومان.",
        "خان طومان التي سيطر عليها الثوار بلدة قديمة.",
        "قوات النظام تمنع الثوار من السيطرة على خان طومان.",
        "قتل الآلاف في قصف خان طومان منذ اندلاع الأزمة.",
    ],
)
def test_what_is_only_meant_asked_feared_or_absent_is_no_event(text: str) -> None:
    assert types(text) == []


@pytest.mark.parametrize(
    "text", ["يسعى الجيش إلى السيطرة على خان طومان.", "يهدف الجيش إلى السيطرة على خان طومان."]
)
def test_an_aim_is_at_most_an_advance(text: str) -> None:
    assert set(types(text)) <= {"advance"}


@pytest.mark.parametrize(
    "text",
    [
        "لم يتوقف القصف على خان طومان.",
        "لا يزال الجيش يقصف خان طومان.",
        "ما زالت المدفعية تقصف خان طومان.",
    ],
)
def test_what_has_not_stopped_goes_on(text: str) -> None:
    assert types(text) == ["shelling"]


def test_a_failed_attempt_is_no_takeover_and_its_doer_is_the_attacker() -> None:
    claim = only("فشلت قوات النظام في السيطرة على خان طومان بعد هجوم عنيف.", "repelled_attack")
    assert claim.actor_bloc == "government"


@pytest.mark.parametrize(
    "text", ["فجر الجمعة سقطت قذائف على خان طومان.", "دارت اشتباكات فجر اليوم في خان طومان."]
)
def test_dawn_is_no_explosion(text: str) -> None:
    assert "explosion" not in types(text)


@pytest.mark.parametrize(
    "text",
    [
        "لقي الفيلم نجاحا في دمشق ودخل الجمهور القاعة.",
        pytest.param(
            "ارتفع سعر الصرف في دمشق وسيطر القلق على السوق.",
        ),
        pytest.param(
            "شهدت دمشق مواجهة رياضية بين فريقين.",
        ),
        "سقطت أمطار غزيرة على دمشق وريفها.",
        "سقط النظام في كرة القدم أمام ضيفه في دمشق.",
        pytest.param("انفجر بركان الغضب لدى الممثل في دمشق."),
        "تقدم المحامي بشكوى إلى محكمة في حلب.",
        pytest.param("ضرب زلزال خفيف ريف اللاذقية."),
    ],
)
def test_peaceful_news_makes_no_claims(text: str) -> None:
    assert types(text) == []


def test_a_list_of_places_shares_one_verb() -> None:
    text = "قصف الطيران الحربي بلدات دوما وحرستا وعربين وزملكا."
    assert told(text) == [("airstrike", [fold(n) for n in ("دوما", "حرستا", "عربين", "زملكا")])]


def test_several_events_in_one_sentence() -> None:
    text = "سيطر الثوار على خان طومان، وقصف الطيران الحربي سراقب، فيما دارت اشتباكات في العيس."
    assert told(text) == [
        ("control_change", ["خان طومان"]),
        ("airstrike", ["سراقب"]),
        ("clash", ["العيس"]),
    ]


def test_amid_clashes_is_a_second_event() -> None:
    text = "قصفت المدفعية خان طومان وسط اشتباكات في العيس."
    assert told(text) == [("shelling", ["خان طومان"]), ("clash", ["العيس"])]


def test_one_happening_told_by_two_words_is_one_event() -> None:
    assert types("شن الطيران الحربي غارات استهدفت خان طومان.") == ["airstrike"]
    assert types("قصف مدفعي استهدف خان طومان أمس.") == ["shelling"]
    assert types("ألقت مروحية براميل متفجرة في قصف على خان طومان.") == ["airstrike"]


def test_a_headline_in_the_present_tells_news() -> None:
    text = "الجيش يسيطر على خان طومان\nوصل الوفد إلى جنيف."
    assert told(text) == [("control_change", ["خان طومان"])]


def test_a_takeover_long_ago_is_dated_long_ago() -> None:
    for claim in claims("سيطر الثوار على خان طومان قبل عامين."):
        assert claim.date_end is not None
        assert claim.date_end.year < 2016


def test_ambushed_and_besieged_by_an_adjective_is_no_more_than_one_siege() -> None:
    text = "قصف الجيش بلدة مضايا المحاصرة."
    assert [t for t in types(text) if t != "siege"] == ["shelling"]
    assert places(only(text, "shelling"), text) == ["مضايا"]


@pytest.mark.parametrize(
    ("text", "events"),
    [
        ("وصلت قوات النظام إلى أطراف بلدة خان الشيح.", [("advance", ["خان الشيح"])]),
        ("وصل وفد من النظام إلى مدينة المعضمية لبحث الهدنة.", []),
        ("اقترب مقاتلو قوات سوريا الديمقراطية من مدينة الطبقة.", [("advance", ["الطبقة"])]),
        ("احتل الجيش التركي بلدة جنديرس.", [("control_change", ["جنديرس"])]),
        ("تسلمت وحدات من الجيش السوري بلدة نصيب.", [("control_change", ["نصيب"])]),
        ("سلم المسلحون أسلحتهم الثقيلة في بلدة نصيب.", []),
        ("هاجمت قوات النظام بمسيّرات انتحارية بلدة الأتارب.", [("airstrike", ["الأتارب"])]),
        ("خرجت مسيرة حاشدة في مدينة إنخل.", []),
        ("سمع دوي انفجارات في البوكمال بسبب غارات جوية نفذتها طائرات مجهولة.", [("airstrike", ["البوكمال"])]),
        ("اشترطت الفصائل أن تفتح الطرق، وأن تنسحب قوات النظام من بلدة بلودان.", []),
        ("فرضت قوات النظام طوقا على المعضمية ومنعت دخول الغذاء إليها.", [("siege", ["المعضمية"])]),
        (
            "تعرضت بلدة كفر حمرة لقصف مدفعي اليوم، وقد أدى قصف أمس إلى مقتل ثلاثة.",
            [("shelling", ["كفر حمرة"]), ("shelling", ["كفر حمرة"])],
        ),
    ],
)
def test_words_of_one_side_or_of_late_years(text: str, events: list[tuple[str, list[str]]]) -> None:
    assert told(text) == [(kind, [fold(name) for name in names]) for kind, names in events]


@pytest.mark.parametrize(
    ("text", "told_types"),
    [
        pytest.param(
            "لم تتبن جبهة النصرة التفجير في بلدة مضايا.",
            [],
            marks=fault("who did not claim it is told to have done it"),
        ),
        pytest.param(
            "حشد الجيش قواته لتمكينه من السيطرة على بلدة مضايا.",
            [],
            marks=fault("to enable somebody to take a town is no taking"),
        ),
        pytest.param(
            "لم يستطع السكان البقاء، وسيطر الجيش على بلدة مضايا.",
            ["control_change"],
            marks=fault("a verb with and, in a clause of its own, is not what was not achieved"),
        ),
        pytest.param(
            "عثر السكان على براميل متفجرة في بلدة مضايا.",
            [],
            marks=fault("barrels that are found were not dropped then"),
        ),
        pytest.param(
            "على بعد خمسة كيلومترات من دمشق قصف الجيش بلدة مضايا.",
            ["shelling"],
            marks=fault("at the beginning of a text the distance hides the shelling"),
        ),
    ],
)
def test_faults_that_the_switches_brought_to_light(text: str, told_types: list[str]) -> None:
    assert types(text) == told_types
