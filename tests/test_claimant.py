"""Who says it: voices named, carried on, dropped, relayed; each seen in the claims of a short text."""

import pytest
from reader import claims

from extraction.records import Claim


def sources(text: str) -> list[tuple[str, str, str]]:
    """Event type, claimant and relay of every claim."""
    return [(c.event_type, c.claimant, c.relayed_by) for c in claims(text)]


def one(text: str) -> Claim:
    (claim,) = claims(text)
    return claim


@pytest.mark.parametrize(
    ("text", "claimant"),
    [
        ("قال المرصد السوري لحقوق الإنسان إن الطيران قصف دوما.", "sohr"),
        ("قصف الطيران دوما، بحسب المرصد السوري لحقوق الإنسان.", "sohr"),
        ("بحسب المرصد السوري، قصف الطيران دوما.", "sohr"),
        ("وفقا لناشطين فقد قصف الطيران دوما.", "activists"),
        ("قصف الطيران دوما، كما ذكر المرصد السوري.", "sohr"),
        ("قصف الطيران دوما، على ما أفاد ناشطون.", "activists"),
        ("قصف الطيران دوما، حسبما أعلنت وكالة سانا.", "sana"),
        ("أما المرصد السوري فقال إن الطيران قصف دوما.", "sohr"),
        pytest.param(
            "المرصد السوري: الطيران يقصف دوما",
            "sohr",
        ),
        ("ذكرت شبكة شام أن الطيران قصف دوما.", "shaam_network"),
        ("أعلنت حركة أحرار الشام أنها قصفت مطار حماة العسكري.", "ahrar_al_sham"),
        ("قال متحدث باسم جيش الإسلام إن الطيران قصف دوما.", "jaysh_al_islam"),
        ("قال ناشطون معارضون من المدينة إن الطيران قصف دوما.", "activists"),
        ("أفادت مصادر طبية بأن الطيران قصف دوما.", "medical_sources"),
        ("أفاد الدفاع المدني في الغوطة بأن الطيران قصف دوما.", "civil_defence"),
        ("قصف الطيران دوما.", ""),
        ("قال مراسل الصحيفة إن الطيران قصف دوما.", ""),
    ],
)
def test_the_one_who_says_it(text: str, claimant: str) -> None:
    assert one(text).claimant == claimant


def test_added_carries_the_voice_into_the_next_sentence() -> None:
    text = "قال المرصد السوري إن الطيران قصف دوما. وأضاف أن اشتباكات دارت في حرستا."
    assert sources(text) == [("airstrike", "sohr", ""), ("clash", "sohr", "")]


@pytest.mark.parametrize(
    "verb",
    [
        "وأضاف",
        "وتابع",
        pytest.param(
            "وأشار إلى",
        ),
        "وأوضح",
        pytest.param(
            "ولفت إلى",
        ),
        "وأكد",
    ],
)
def test_verbs_without_a_subject_carry_it(verb: str) -> None:
    text = f"قال المرصد السوري إن الطيران قصف دوما. {verb} أن اشتباكات دارت في حرستا."
    assert sources(text)[1][1] == "sohr"


def test_a_new_sentence_is_the_outlets_own() -> None:
    text = "قال المرصد السوري إن الطيران قصف دوما. ودارت اشتباكات في حرستا."
    assert sources(text) == [("airstrike", "sohr", ""), ("clash", "", "")]


def test_a_voice_lasts_over_the_clauses_of_its_sentence() -> None:
    text = "قال المرصد السوري إن الطيران قصف دوما، فيما دارت اشتباكات في حرستا."
    assert [s[1] for s in sources(text)] == ["sohr", "sohr"]


def test_a_new_voice_ends_the_one_before() -> None:
    text = "قال المرصد السوري إن الطيران قصف دوما، بينما ذكرت وكالة سانا أن قذائف سقطت على جرمانا."
    assert sources(text) == [("airstrike", "sohr", ""), ("shelling", "sana", "")]


def test_an_open_quotation_goes_on_over_a_full_stop() -> None:
    text = "قال ناشطون «إن الطيران قصف دوما. ودارت اشتباكات في حرستا»."
    assert [s[1] for s in sources(text)] == ["activists", "activists"]


@pytest.mark.parametrize(
    ("first", "again", "claimant"),
    [
        ("قال المركز الإعلامي السوري", "وقال المركز", "syrian_media_center"),
        ("ذكرت وكالة مسار برس", "وذكرت الوكالة", "masar_press"),
        ("ذكرت شبكة شام", "وأشارت الشبكة إلى", "shaam_network"),
        ("أعلنت حركة أحرار الشام", "وقالت الحركة", "ahrar_al_sham"),
    ],
)
def test_a_definite_noun_stands_for_a_source_named_before(first: str, again: str, claimant: str) -> None:
    text = f"{first} أن الطيران قصف دوما. ودارت اشتباكات في عربين. {again} أن قذائف سقطت على حرستا."
    assert sources(text) == [("airstrike", claimant, ""), ("clash", "", ""), ("shelling", claimant, "")]


@pytest.mark.parametrize(
    "text",
    [
        "نقلت وكالة رويترز عن المرصد السوري أن الطيران قصف دوما.",
        "نقلت رويترز عن مدير المرصد السوري لحقوق الإنسان قوله إن الطيران قصف دوما.",
        pytest.param(
            "قالت رويترز نقلا عن المرصد السوري إن الطيران قصف دوما.",
        ),
        pytest.param(
            "قال المرصد السوري لوكالة رويترز إن الطيران قصف دوما.",
        ),
    ],
)
def test_an_agency_that_passes_a_word_on_is_a_relay(text: str) -> None:
    assert sources(text) == [("airstrike", "sohr", "reuters")]


def test_an_agency_that_reports_by_itself_is_the_claimant() -> None:
    assert one("ذكرت وكالة رويترز أن الطيران قصف دوما.").claimant == "reuters"


@pytest.mark.parametrize(
    "text",
    [
        "نقلت وكالة سانا عن مصدر عسكري أن الجيش سيطر على قارة.",
        "ذكرت وكالة سانا نقلا عن مصدر عسكري أن الجيش سيطر على قارة.",
        "ذكرت وكالة سانا أن الجيش سيطر على قارة، بحسب مصدر عسكري.",
    ],
)
def test_a_sides_agency_that_quotes_an_unnamed_source_is_the_claimant(text: str) -> None:
    assert sources(text) == [("control_change", "sana", "")]


def test_an_unnamed_source_of_no_agency_speaks_for_itself() -> None:
    assert one("قال مصدر عسكري إن الجيش سيطر على قارة.").claimant == "military_sources"


# -- denials -----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "text",
    [
        "نفت المعارضة السورية سيطرة قوات الأسد على قارة.",
        "نفت المعارضة السورية أن تكون قوات الأسد سيطرت على قارة.",
        "نفى ناشطون معارضون سقوط قارة بيد قوات الأسد.",
        "نفى ناشطون معارضون الأنباء عن سيطرة قوات الأسد على قارة.",
        "كذب ناشطون معارضون خبر سيطرة قوات الأسد على قارة.",
        "قال ناشطون إن قوات الأسد لم تسيطر على قارة.",
        "أكد ناشطون أن لا صحة لسيطرة قوات الأسد على قارة.",
        pytest.param(
            "أكد ناشطون عدم صحة الأنباء عن سيطرة قوات الأسد على قارة.",
        ),
    ],
)
def test_a_takeover_denied(text: str) -> None:
    claim = one(text)
    assert (claim.event_type, claim.stance, claim.actor_bloc) == ("control_change", "denied", "government")
    assert claim.claimant in ("opposition", "activists")


def test_a_denial_reaches_no_further_than_its_clause() -> None:
    text = "نفى ناشطون سيطرة قوات الأسد على قارة، وقالوا إن الطيران قصف يبرود."
    assert [(c.event_type, c.stance) for c in claims(text)] == [
        ("control_change", "denied"),
        ("airstrike", "asserted"),
    ]


def test_a_denial_does_not_reach_the_sentence_after() -> None:
    text = "نفى ناشطون سيطرة قوات الأسد على قارة. ودارت اشتباكات في يبرود."
    assert [(c.event_type, c.stance, c.claimant) for c in claims(text)] == [
        ("control_change", "denied", "activists"),
        ("clash", "asserted", ""),
    ]


@pytest.mark.parametrize(
    "text",
    [
        "أكد الجيش سيطرته على قارة، فيما نفت المعارضة ذلك.",
        "أكد الجيش سيطرته على قارة، الأمر الذي نفته المعارضة.",
        "أكد الجيش سيطرته على قارة، لكن المعارضة نفت ذلك.",
    ],
)
def test_that_is_denied_is_a_denial_of_what_was_just_said(text: str) -> None:
    told = {(c.stance, c.claimant) for c in claims(text) if c.event_type == "control_change"}
    assert told == {("asserted", "syrian_army"), ("denied", "opposition")}


@pytest.mark.parametrize(
    "text",
    [
        "قصف الطيران دوما، ولم يصدر أي نفي من الحكومة.",
        "قصف الطيران دوما، ولم تعلق وزارة الدفاع على الخبر.",
        "قصف الطيران دوما ولم ترد أنباء عن ضحايا.",
        "قصف الطيران دوما، ولم يتسن التأكد من الخبر من مصدر مستقل.",
    ],
)
def test_silence_denies_nothing(text: str) -> None:
    assert [(c.event_type, c.stance) for c in claims(text)] == [("airstrike", "asserted")]
