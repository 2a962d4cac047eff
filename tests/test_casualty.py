"""The dead and the wounded, as the contract counts them."""

import pytest
from reader import claims, fault

from extraction.records import Claim


def figures(claim: Claim) -> tuple[int | None, int | None, int | None, int | None]:
    return claim.killed_min, claim.killed_max, claim.wounded_min, claim.wounded_max


def counted(text: str) -> list[tuple[int | None, int | None, int | None, int | None]]:
    """Killed and wounded of the claims that have any."""
    return [figures(c) for c in claims(text) if any(f is not None for f in figures(c))]


NONE = (None, None)


@pytest.mark.parametrize(
    ("text", "killed", "wounded"),
    [
        ("قتل 12 شخصا في قصف على سراقب.", (12, 12), NONE),
        ("قتل ١٢ شخصا وأصيب ٣٠ في قصف على سراقب.", (12, 12), (30, 30)),
        ("قتل اثنا عشر شخصا وأصيب خمسة وعشرون آخرون في قصف على سراقب.", (12, 12), (25, 25)),
        ("سقط 12 قتيلا و30 جريحا في قصف على سراقب.", (12, 12), (30, 30)),
        ("أسفر قصف على سراقب عن مقتل 12 شخصا وجرح آخرين.", (12, 12), (1, None)),
        ("أدى قصف على سراقب إلى سقوط قتلى وجرحى.", (1, None), (1, None)),
        ("قصف الجيش سراقب ما أودى بحياة 12 مدنيا.", (12, 12), NONE),
        ("قصف الجيش سراقب مخلفا 12 قتيلا.", (12, 12), NONE),
        ("قصف الجيش سراقب فقتل 12 مدنيا.", (12, 12), NONE),
        ("قصف الجيش سراقب ما أسفر عن استشهاد مدني وإصابة اثنين.", (1, 1), (2, 2)),
        pytest.param(
            "قتل رجل وامرأة في قصف على سراقب.",
            (2, 2),
            NONE,
        ),
        ("قتل شخصان في قصف على سراقب.", (2, 2), NONE),
        pytest.param(
            "استشهد طفلان وأصيبت والدتهما في قصف على سراقب.",
            (2, 2),
            (1, 1),
            marks=fault("a kinswoman is nobody"),
        ),
        ("قتل 12 شخصا على الأقل في قصف على سراقب.", (12, None), NONE),
        ("قتل ما لا يقل عن 12 شخصا في قصف على سراقب.", (12, None), NONE),
        ("قتل أكثر من 12 شخصا في قصف على سراقب.", (12, None), NONE),
        ("قتل نحو 12 شخصا في قصف على سراقب.", (12, 12), NONE),
        ("قتل 12 شخصا بينهم تسعة أطفال في قصف على سراقب.", (12, 12), NONE),
        ("قتل 12 شخصا، معظمهم من النساء، في قصف على سراقب.", (12, 12), NONE),
        ("قتل 12 شخصا من عائلة واحدة، منهم 3 أطفال و4 نساء، في قصف على سراقب.", (12, 12), NONE),
        ("ارتفع عدد قتلى القصف على سراقب إلى 12 شخصا.", (12, 12), NONE),
        ("ارتفعت حصيلة القصف على سراقب إلى 12 قتيلا و30 جريحا.", (12, 12), (30, 30)),
        pytest.param(
            "ارتفع عدد قتلى القصف على سراقب من 9 إلى 12 قتيلا.",
            (12, 12),
            NONE,
        ),
        ("بلغ عدد ضحايا القصف على سراقب 12 قتيلا.", (12, 12), NONE),
        ("بلغت حصيلة القصف على سراقب 12 قتيلا، بينهم 5 أطفال.", (12, 12), NONE),
        ("لقي 12 مدنيا مصرعهم في قصف على سراقب.", (12, 12), NONE),
        ("قضى 12 مدنيا نحبهم في قصف على سراقب.", (12, 12), NONE),
        pytest.param(
            "فقد 12 مدنيا حياتهم في قصف على سراقب.",
            (12, 12),
            NONE,
            marks=fault("'lost their lives' is missing"),
        ),
        ("راح 12 مدنيا ضحية قصف على سراقب.", (12, 12), NONE),
        ("ارتكب الطيران مجزرة في سراقب راح ضحيتها 12 شهيدا.", (12, 12), NONE),
        pytest.param(
            "قتل القيادي أبو عمر في قصف على سراقب.", (1, 1), NONE, marks=fault("one named man is nobody")
        ),
        ("قتل عنصر من الدفاع المدني في قصف على سراقب.", (1, 1), NONE),
        ("مقتل ضابط برتبة عقيد في قصف على سراقب.", (1, 1), NONE),
        ("أصيب 30 شخصا بحالات اختناق جراء قصف على سراقب.", NONE, (30, 30)),
        ("اثنا عشر شهيدا وعشرات الجرحى بقصف على سراقب.", (12, 12), (20, 99)),
        ("قتل 12 عنصرا من قوات النظام ودمرت ثلاث دبابات في قصف على سراقب.", (12, 12), NONE),
        ("قتل ستة مدنيين وثلاثة مقاتلين في قصف على سراقب.", (9, 9), NONE),
    ],
)
def test_killed_and_wounded(
    text: str, killed: tuple[int | None, int | None], wounded: tuple[int | None, int | None]
) -> None:
    assert counted(text) == [(*killed, *wounded)]


@pytest.mark.parametrize(
    "text",
    [
        "قصف الجيش سراقب بخمس قذائف عيار 57.",
        "قصف الجيش سراقب ودمر ثلاث دبابات وخمس سيارات.",
        "قصف الجيش سراقب من مسافة 12 كيلومترا.",
        "قصف الجيش سراقب واعتقل 12 شخصا.",
        "قصف الجيش سراقب وأسر الثوار 12 جنديا.",
        "قصف الجيش سراقب وخطف المسلحون 12 مدنيا.",
        "قصف الجيش سراقب فنزح 12 ألف شخص.",
        "قصف الجيش سراقب التي يسكنها 12 ألف نسمة.",
        "قصف الجيش سراقب ولم يسقط قتلى.",
        "قصف الجيش سراقب دون وقوع إصابات.",
        "قصف الجيش سراقب ولم ترد أنباء عن سقوط ضحايا.",
        "قصف الجيش سراقب بعد مرور 12 يوما على الهدنة.",
        "قصف الجيش سراقب، وأصيب مبنى البريد بأضرار.",
        "وقع 12 فصيلا على البيان وقصف الجيش سراقب.",
        "قصف الجيش مستشفى في سراقب يضم 12 سريرا.",
    ],
)
def test_what_counts_nobody(text: str) -> None:
    assert [c.event_type for c in claims(text)] == ["shelling"]
    assert counted(text) == []


def test_the_toll_of_the_whole_war_is_no_claim() -> None:
    assert claims("أودى النزاع في سوريا بحياة أكثر من 100 ألف شخص منذ آذار/مارس 2011.") == ()


@pytest.mark.parametrize(
    ("text", "victims"),
    [
        ("قتل 12 مدنيا في قصف على سراقب.", "civilians"),
        ("قتل 12 طفلا في قصف على سراقب.", "civilians"),
        ("قتلت سيدة وأطفالها الثلاثة في قصف على سراقب.", "civilians"),
        ("قتل 12 جنديا سوريا في قصف على سراقب.", "government"),
        ("قتل 12 عنصرا من قوات النظام في قصف على سراقب.", "government"),
        ("قتل 12 من عناصر حزب الله في قصف على سراقب.", "government"),
        ("قتل 12 مقاتلا من جيش الفتح في قصف على سراقب.", "opposition"),
        ("قتل 12 من مسلحي المعارضة في قصف على سراقب.", "opposition"),
        pytest.param(
            "قتل 12 إرهابيا في قصف للجيش السوري على سراقب.",
            "opposition",
        ),
        ("قتل 12 عنصرا من تنظيم الدولة الإسلامية في قصف على منبج.", "islamic_state"),
        pytest.param(
            "قتل 12 مقاتلا كرديا في قصف على منبج.",
            "kurdish",
            marks=fault("an adjective gives the dead no side"),
        ),
        pytest.param(
            "قتل ستة مدنيين وثلاثة من مقاتلي جيش الفتح في قصف على سراقب.",
            "mixed",
            marks=fault("a second count of dead under one verb is not added up"),
        ),
        ("قتل 12 شخصا في قصف على سراقب.", ""),
        ("قصف جيش الفتح مواقع النظام في سراقب وقتل 12 عنصرا.", "government"),
    ],
)
def test_who_the_dead_were(text: str, victims: str) -> None:
    assert [c.victims for c in claims(text) if c.killed_min is not None] == [victims]


def test_the_dead_of_a_list_are_counted_once() -> None:
    assert counted("قتل 12 شخصا في قصف على سراقب وبنش وتفتناز.") == [(12, 12, None, None)]


@fault("a second count with a place of its own, without its noun, is lost")
def test_the_dead_of_two_places_belong_to_their_own() -> None:
    text = "قتل 12 شخصا في قصف على سراقب، وخمسة في قصف على بنش."
    assert counted(text) == [(12, 12, None, None), (5, 5, None, None)]


@pytest.mark.parametrize(
    ("text", "strikes"),
    [
        ("شن الطيران خمس غارات على سراقب.", (5, 5)),
        ("شن الطيران غارتين على سراقب.", (2, 2)),
        ("شن الطيران أكثر من 20 غارة على سراقب.", (20, None)),
        ("شن الطيران عشرات الغارات على سراقب.", (20, 99)),
        ("شن الطيران 15 ضربة جوية على سراقب.", (15, 15)),
        ("شن الطيران غارات على سراقب.", (None, None)),
        ("بلغ عدد الغارات على سراقب 15 غارة.", (15, 15)),
        ("استهدف الطيران بأكثر من عشرين غارة سراقب.", (20, None)),
    ],
)
def test_air_strikes_counted(text: str, strikes: tuple[int | None, int | None]) -> None:
    (claim,) = claims(text)
    assert (claim.strikes_min, claim.strikes_max) == strikes
    assert counted(text) == []


def test_a_count_that_covers_others_is_a_total() -> None:
    text = (
        "قتل 75 مقاتلا من المعارضة في معارك في ريف دمشق أمس، بحسب ناشطين. "
        "وقتل منهم 49 مقاتلا في كمين للجيش في عدرا."
    )
    assert [(c.killed_min, c.is_total) for c in claims(text)] == [(75, True), (49, False)]


@pytest.mark.parametrize(
    "text",
    [
        "راح ضحية الحرب مئات الآلاف من المدنيين في حلب.",
        "تحدث البيان عن مقتل عشرات الألوف في دوما.",
        "أكد المتحدث مقتل آلاف المدنيين في حمص.",
    ],
)
def test_hundreds_of_thousands_are_no_hundreds(text: str) -> None:
    assert [claim.killed_min for claim in claims(text) if claim.killed_min] == []
