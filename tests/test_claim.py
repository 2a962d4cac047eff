"""One claim is one statement about one happening, with all that its sentence says of it."""

from datetime import date

import pytest
from reader import WEDNESDAY, claims, only, places, reading, told

from extraction.reading.claim import doubts
from extraction.records import BLOCS, EVENT_TYPES, EVIDENCE_LIMIT


def test_a_whole_claim() -> None:
    text = (
        "نقلت وكالة رويترز عن المرصد السوري لحقوق الإنسان أن الطيران الحربي الروسي شن أمس خمس غارات على "
        "بلدتي سراقب وبنش في ريف إدلب، ما أدى إلى مقتل 12 مدنيا على الأقل وإصابة عشرات بجروح."
    )
    (claim,) = claims(text)
    assert (claim.event_type, claim.stance) == ("airstrike", "asserted")
    assert (claim.actor, claim.actor_bloc) == ("russian_air_force", "russia")
    assert (claim.claimant, claim.relayed_by) == ("sohr", "reuters")
    assert (claim.date_start, claim.date_end, claim.date_basis) == (
        date(2016, 5, 10),
        date(2016, 5, 10),
        "relative",
    )
    assert (claim.killed_min, claim.killed_max, claim.wounded_min, claim.wounded_max) == (12, None, 20, 99)
    assert (claim.victims, claim.strikes_min, claim.strikes_max) == ("civilians", 5, 5)
    assert places(claim, text) == ["سراقب", "بنش"]
    assert claim.published == WEDNESDAY
    assert not claim.is_total


def test_every_fact_is_shown_by_the_words_that_gave_it() -> None:
    text = "قال المرصد السوري إن الطيران الحربي قصف أمس بلدة سراقب ببراميل متفجرة فقتل 12 مدنيا وجرح 30."
    (claim,) = claims(text)
    shown = {cue.role: text[cue.start : cue.end] for cue in claim.cues}
    assert shown["trigger"] == "قصف"
    assert "المرصد السوري" in shown["claimant"]
    assert shown["actor"] == "الطيران الحربي"
    assert shown["place"] == "سراقب"
    assert shown["date"] == "أمس"
    assert "12" in shown["killed"]
    assert "30" in shown["wounded"]
    assert shown["weapon"].startswith("ببراميل")


@pytest.mark.parametrize(
    ("text", "weapon"),
    [
        ("ألقت المروحيات براميل متفجرة على سراقب.", "barrel_bomb"),
        ("قصف الجيش سراقب بالمدفعية الثقيلة.", "artillery"),
        ("سقطت قذائف هاون على سراقب.", "mortar"),
        ("قصف الجيش سراقب براجمات الصواريخ.", "rocket"),
        pytest.param(
            "قصف الجيش سراقب بصاروخ أرض أرض.",
            "missile",
        ),
        ("قصف الطيران سراقب بالقنابل العنقودية.", "cluster_munition"),
        ("قصف الطيران سراقب بغاز الكلور.", "chlorine"),
        ("انفجرت سيارة مفخخة في سراقب.", "car_bomb"),
        ("قصف الجيش سراقب.", ""),
    ],
)
def test_the_weapon_told(text: str, weapon: str) -> None:
    (claim,) = claims(text)
    assert claim.weapon == weapon


def test_the_evidence_is_the_clause_and_not_the_sentence() -> None:
    text = "سيطر الثوار على العيس، وقصف الطيران سراقب، فيما دارت اشتباكات في بنش."
    for claim, words in zip(
        claims(text), ("سيطر الثوار على العيس", "قصف الطيران سراقب", "دارت اشتباكات في بنش"), strict=True
    ):
        assert words in claim.evidence
        assert len(claim.evidence) <= len(words) + len("، فيما و")


def test_long_evidence_is_cut_and_holds_its_trigger() -> None:
    text = "قصف الطيران " + " و".join(["مدينة سراقب"] * 60) + "."
    (claim,) = claims(text)
    assert len(claim.evidence) <= EVIDENCE_LIMIT
    assert claim.evidence.startswith("قصف")


def test_shelling_of_ten_towns_is_one_claim() -> None:
    names = [
        "سراقب",
        "بنش",
        "تفتناز",
        "سرمين",
        "معرة النعمان",
        "كفرنبل",
        "خان شيخون",
        "أريحا",
        "جسر الشغور",
        "سرمدا",
    ]
    text = "قصف الطيران مدن وبلدات " + " و".join(names) + " فقتل 12 شخصا."
    (claim,) = claims(text)
    assert len(claim.places) == len(names)
    assert claim.killed_min == 12


def test_said_again_by_another_is_a_claim_of_its_own() -> None:
    text = "قال المرصد السوري إن الجيش سيطر على قارة. وأعلنت وكالة سانا أن الجيش سيطر على قارة."
    assert [(c.event_type, c.claimant) for c in claims(text)] == [
        ("control_change", "sohr"),
        ("control_change", "sana"),
    ]


def test_dead_of_no_told_event_are_an_event_of_their_own() -> None:
    assert told("قتل خمسة من قوات النظام في سراقب أمس.") == [("clash", ["سراقب"])]
    assert told("قتل خمسة مدنيين في سراقب أمس.") == [("other_attack", ["سراقب"])]


def test_a_takeover_without_a_place_is_no_claim() -> None:
    assert claims("سيطر الجيش على مواقع جديدة أمس.") == ()


def test_what_an_undated_text_dates_itself_is_dated_and_the_rest_kept_undated() -> None:
    text = "قصف الطيران سراقب في 9 أيار/مايو 2016. ودارت اشتباكات في بنش أمس."
    first, second = claims(text, None)
    assert (first.date_start, first.date_basis) == (date(2016, 5, 9), "explicit")
    assert (second.date_start, second.date_end, second.date_basis) == (None, None, "none")


def test_each_event_has_its_own_day() -> None:
    text = "قصف الطيران سراقب الاثنين، ودارت اشتباكات في بنش أمس."
    assert [c.date_start for c in claims(text)] == [date(2016, 5, 9), date(2016, 5, 10)]


@pytest.mark.parametrize(
    "text",
    [
        "تم إغلاق باب التعليقات على هذا الخبر.",
        "اقرأ أيضا: مقتل 12 شخصا في قصف على سراقب",
        "مواضيع ذات صلة: الجيش يسيطر على سراقب",
        pytest.param("صورة أرشيفية لدمار خلفه قصف على سراقب (رويترز)"),
        pytest.param(
            "تابعوا آخر أخبار الاشتباكات في سراقب على صفحتنا",
        ),
    ],
)
def test_what_stands_around_an_article_makes_no_claims(text: str) -> None:
    assert told(f"وصل الوفد إلى جنيف.\n\n{text}\n") == []


def test_codes_are_those_of_the_contract() -> None:
    text = "قصف الطيران سراقب. سيطر داعش على منبج. دارت اشتباكات بين الأكراد وتركيا في عفرين."
    for claim in claims(text):
        assert claim.event_type in EVENT_TYPES
        assert {claim.actor_bloc, claim.target_bloc} <= {*BLOCS, ""}
        assert 0 < claim.confidence <= 1


def test_a_claim_that_needed_guesses_is_less_sure() -> None:
    plain = only("قال المرصد السوري إن جيش الفتح سيطر أمس على مدينة سراقب.", "control_change")
    text = "وصل جيش الفتح إلى سراقب. وقال المرصد إنه سيطر على المدينة."
    guessed = [c for c in claims(text) if c.event_type == "control_change"]
    assert [c.confidence < plain.confidence for c in guessed] == [True]


def test_claims_stand_in_the_order_of_the_text_and_bear_their_own_names() -> None:
    found = reading("قصف الطيران سراقب، وقصف الجيش بنش. وقصف الطيران تفتناز.").claims
    assert len({c.claim_id for c in found}) == 3
    assert [c.start for c in found] == sorted(c.start for c in found)


def test_who_attacks_a_place_is_who_shells_it_for_the_same_voice() -> None:
    denial = (
        "نفى المركز الإعلامي السوري دخول قوات النظام إلى مدينة قارة. وقال المركز إن المدينة تعرضت لقصف مدفعي."
    )
    entered, shelled = claims(denial)
    assert (entered.stance, shelled.event_type) == ("denied", "shelling")
    assert shelled.actor_bloc == "government"
    assert shelled.confidence < entered.confidence
    assert ("actor", "same attacker") in [(cue.role, cue.rule) for cue in shelled.cues]
    assert "actor_inferred" in doubts("noun", "trigger", "same attacker", shelled.date_basis, [])
    went_on = " إن المدينة تعرضت لقصف مدفعي."
    taken = "قال المركز الإعلامي السوري إن قوات النظام سيطرت على مدينة قارة. وقال المركز" + went_on
    assert [claim.actor_bloc for claim in claims(taken)] == ["government", ""]
    other = "نفى المركز الإعلامي السوري دخول قوات النظام إلى مدينة قارة. وقال المرصد السوري" + went_on
    assert [claim.actor_bloc for claim in claims(other)] == ["government", ""]
