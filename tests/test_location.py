"""Where: lists of places, wider places that hold them, points of reference, words that refer back."""

import pytest
from reader import claims, fault, only, places, told

from gazetteer.orthography import fold


def where(text: str, event_type: str) -> list[str]:
    return places(only(text, event_type), text)


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("قصف الجيش دوما وحرستا.", ["دوما", "حرستا"]),
        ("قصف الجيش دوما، حرستا، عربين.", ["دوما", "حرستا", "عربين"]),
        ("قصف الجيش مدينتي دوما وحرستا وبلدة مسرابا.", ["دوما", "حرستا", "مسرابا"]),
        ("قصف الجيش بلدات كفرنبل وكنصفرة وإحسم بريف إدلب.", ["كفرنبل", "كنصفرة", "إحسم"]),
        ("قصف الجيش كلا من سراقب وبنش وتفتناز.", ["سراقب", "بنش", "تفتناز"]),
        pytest.param(
            "قصف الجيش بلدة سراقب في ريف إدلب الشرقي ومدينة معرة النعمان في ريفها الجنوبي.",
            ["سراقب", "معرة النعمان"],
        ),
    ],
)
def test_a_list_is_all_of_it(text: str, names: list[str]) -> None:
    assert where(text, "shelling") == [fold(name) for name in names]


@pytest.mark.parametrize(
    "text",
    [
        "قصف الجيش بلدة سراقب بريف إدلب.",
        "قصف الجيش بلدة سراقب في محافظة إدلب.",
        "قصف الجيش بلدة سراقب، في ريف إدلب الشرقي.",
        "قصف الجيش سراقب شرق إدلب.",
        "قصف الجيش بلدة سراقب الواقعة جنوب شرق مدينة إدلب.",
        "في ريف إدلب قصف الجيش بلدة سراقب.",
        "وفي محافظة إدلب، قصف الجيش بلدة سراقب.",
        "قصف الجيش بلدة سراقب التي تبعد 15 كيلومترا عن إدلب.",
        pytest.param(
            "قصف الجيش انطلاقا من مطار أبو الضهور العسكري بلدة سراقب.",
        ),
    ],
)
def test_what_only_holds_a_place_or_lies_near_it_is_none(text: str) -> None:
    assert where(text, "shelling") == ["سراقب"]


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("قصف الجيش ريف إدلب.", ["ادلب"]),
        ("قصف الجيش بلدة سراقب ومناطق أخرى في ريف حماة.", ["سراقب", "حماه"]),
        ("دارت اشتباكات قرب بلدة سراقب.", ["سراقب"]),
        ("دارت اشتباكات في محيط مطار حماة العسكري.", [fold("مطار حماة العسكري")]),
        ("دارت اشتباكات على أطراف حيي جوبر والقابون.", ["جوبر", "القابون"]),
        ("دارت اشتباكات على محور بلدة العيس.", ["العيس"]),
    ],
)
def test_a_place_that_only_some_event_happened_near_is_still_its_place(text: str, names: list[str]) -> None:
    assert [names_ for _, names_ in told(text)] == [names]


@pytest.mark.parametrize(
    "text",
    [
        "سيطر الثوار على مدينة سراقب. ثم قصف الطيران المدينة.",
        "سيطر الثوار على مدينة سراقب، ثم قصف الطيران المدينة بالصواريخ.",
        "دخل الثوار مدينة سراقب، فقصفها الطيران.",
        "تقدم الثوار في مدينة سراقب بينما شن الطيران غارات عليها.",
        "تقدم الثوار في مدينة سراقب وشن الطيران غارات على المدينة.",
    ],
)
def test_the_town_and_it_stand_for_the_place_before(text: str) -> None:
    assert where(text, "airstrike") == ["سراقب"]


def test_the_noun_that_refers_back_fits_its_kind() -> None:
    text = "سيطر الثوار على مطار أبو الضهور العسكري قرب بلدة سنجار. وقصف الطيران المطار."
    assert where(text, "airstrike") == [fold("مطار أبو الضهور العسكري")]


def test_the_place_referred_to_points_at_its_last_mention() -> None:
    text = "وصل الثوار إلى سراقب. سيطر الثوار على مدينة سراقب. وقصف الطيران المدينة."
    claim = only(text, "airstrike")
    assert [place.start for place in claim.places] == [text.rindex("سراقب")]


@pytest.mark.parametrize(
    "text",
    [
        "تعرضت سراقب لقصف مدفعي.",
        "تعرضت مدينة سراقب أمس لقصف بالمدفعية من قوات النظام في تفتناز.",
        "شهدت سراقب قصفا مدفعيا عنيفا.",
        "طال القصف المدفعي سراقب.",
        "سراقب تحت القصف المدفعي.",
    ],
)
def test_the_place_that_comes_under_fire(text: str) -> None:
    assert where(text, "shelling") == ["سراقب"]


@pytest.mark.parametrize(
    "text",
    [
        "انسحب الجيش من سراقب إلى تفتناز.",
        "انسحب الجيش من سراقب باتجاه تفتناز.",
        "خرج الثوار من سراقب نحو تفتناز.",
    ],
)
def test_forces_leave_the_place_behind_from(text: str) -> None:
    assert where(text, "withdrawal") == ["سراقب"]


def test_people_from_elsewhere_bring_no_place() -> None:
    text = "قتل خمسة نازحين من تدمر في قصف على سراقب."
    assert told(text) == [("shelling", ["سراقب"])]


def test_two_events_do_not_share_their_places() -> None:
    text = "دارت اشتباكات في العيس وقصف الطيران سراقب."
    assert told(text) == [("clash", ["العيس"]), ("airstrike", ["سراقب"])]


def test_a_place_of_a_groups_name_is_no_place() -> None:
    text = "قصف فيلق حمص وجيش إدلب الحر مواقع النظام في سراقب."
    assert [names for _, names in told(text)] == [["سراقب"]]


def test_an_unlisted_village_is_kept_as_a_place_without_coordinates() -> None:
    text = "قصف الجيش قرية الطربوشية بريف إدلب."
    (claim,) = claims(text)
    assert places(claim, text) == ["الطربوشيه"]
    assert [(p.place_id, p.lat, p.lon) for p in claim.places] == [("", None, None)]


@fault("unlisted names behind the first of a list are lost")
def test_unlisted_villages_in_a_list_are_kept_too() -> None:
    text = "قصف الجيش قرى سنجار والطربوشية وتل الخلخال بريف إدلب."
    (claim,) = claims(text)
    assert places(claim, text) == ["سنجار", "الطربوشيه", "تل الخلخال"]


def test_a_town_without_a_name_is_not_the_city_named_before() -> None:
    text = (
        "اشتبك الجيش مع المعارضة قرب حلب. وقصفت طائرات محيط بلدة استراتيجية سيطر عليها مقاتلو المعارضة أمس."
    )
    assert ("control_change", ["حلب"]) not in told(text)
    assert "control_change" not in [event_type for event_type, _ in told(text)]


@pytest.mark.parametrize(
    ("text", "event_type", "names"),
    [
        (
            "استعادت قوات النظام خمس بلدات في الغوطة الشرقية بعد قصف مكثف، أبرزها النشابية وأوتايا وحزرما.",
            "control_change",
            ["النشابية", "أوتايا", "حزرما"],
        ),
        (
            "البلدات التي قصفتها طائرات روسية اليوم هي: كفرنبل، كنصفرة، معرة حرمة.",
            "airstrike",
            ["كفرنبل", "كنصفرة", "معرة حرمة"],
        ),
        (
            "قصفت قوات النظام مدينة كفرنبل جنوب إدلب، إضافة إلى قريتي كنصفرة وكفرعويد.",
            "shelling",
            ["كفرنبل", "كنصفرة", "كفرعويد"],
        ),
        (
            "هاجم مقاتلو المعارضة معسكر القرميد. وقصف الطيران الحربي محيط المعسكر.",
            "airstrike",
            ["معسكر القرميد"],
        ),
        ("استهدف مسلحون رتلا للجيش على طريق اللاذقية قرب مدينة جسر الشغور.", "other_attack", ["جسر الشغور"]),
        ("شنت طائرات غارات من اتجاه القنيطرة طالت مواقع في بلدة جباب.", "airstrike", ["جباب"]),
    ],
)
def test_lists_told_behind_their_noun_roads_and_where_fire_came_from(
    text: str, event_type: str, names: list[str]
) -> None:
    assert where(text, event_type) == [fold(name) for name in names]
