"""Of several places of one name the text's own evidence decides, and says why."""

import dataclasses

import pytest

from gazetteer.place import Place
from gazetteer.reasons import Reason, in_words, read, written
from gazetteer.resolve import Evidence, contradicts, distance_km, rank
from gazetteer.sources import Gazetteer

ALEPPO_GOV = Place("gov_a", "حلب", "Aleppo Governorate", "governorate", "", "Aleppo", 36.2, 37.5, 80)
HOMS_GOV = Place("gov_h", "حمص", "Homs Governorate", "governorate", "", "Homs", 34.5, 38.0, 120)
ALEPPO = Place("aleppo", "حلب", "Aleppo", "city", "gov_a", "Aleppo", 36.2, 37.15, 10, population=1600000)
HOMS = Place("homs", "حمص", "Homs", "city", "gov_h", "Homs", 34.73, 36.71, 8, population=800000)
IN_ALEPPO = Place(
    "kh_a", "الخالدية", "Khalidiya (Aleppo)", "neighbourhood", "aleppo", "Aleppo", 36.235, 37.13, 1
)
IN_HOMS = Place("kh_h", "الخالدية", "Khalidiya (Homs)", "neighbourhood", "homs", "Homs", 34.745, 36.72, 1)
VILLAGE = Place("kh_v", "الخالدية", "Khalidiya (village)", "village", "gov_h", "Homs", 34.9, 36.9, 2)
NAMESAKES = (IN_ALEPPO, IN_HOMS, VILLAGE)
ALL = Gazetteer({p.id: p for p in (ALEPPO_GOV, HOMS_GOV, ALEPPO, HOMS, *NAMESAKES)})


@pytest.mark.parametrize(
    ("evidence", "expected"),
    [
        (Evidence(beside=(ALEPPO,)), IN_ALEPPO),
        (Evidence(beside=(HOMS_GOV,), kinds=("village", "town")), VILLAGE),
        (Evidence(sentence=(HOMS,)), IN_HOMS),
        (Evidence(article=(ALEPPO, HOMS), weights=(0.9, 0.1)), IN_ALEPPO),
        (Evidence(beside=(HOMS,), article=(ALEPPO,), weights=(1.0,)), IN_HOMS),
        (Evidence(kinds=("neighbourhood",), listed=(HOMS,)), IN_HOMS),
    ],
)
def test_evidence_chooses_among_namesakes(evidence: Evidence, expected: Place) -> None:
    best, *rest = rank(ALL, NAMESAKES, evidence)
    assert best.place == expected
    assert best.score > rest[0].score


def test_a_bare_name_is_the_city_and_a_governorate_only_where_told() -> None:
    assert rank(ALL, (ALEPPO_GOV, ALEPPO), Evidence())[0].place == ALEPPO
    assert rank(ALL, (ALEPPO_GOV, ALEPPO), Evidence(kinds=("governorate",)))[0].place == ALEPPO_GOV


def test_of_equals_the_larger_is_taken_with_a_low_score() -> None:
    larger = dataclasses.replace(VILLAGE, id="larger", population=900)
    smaller = dataclasses.replace(VILLAGE, id="smaller", population=800)
    best = rank(ALL, (smaller, larger), Evidence())[0]
    assert best.place == larger
    assert best.score < 0.5
    assert rank(ALL, (larger,), Evidence())[0].score > 0.9


def test_the_reason_names_the_evidence() -> None:
    best = rank(ALL, NAMESAKES, Evidence(kinds=("neighbourhood",), beside=(ALEPPO,)))[0]
    assert best.reasons[1:] == (Reason("announced", "neighbourhood"), Reason("beside", ALEPPO.id))
    told = in_words(read(written(best.reasons)), {ALEPPO.id: ALEPPO})
    assert told.endswith("announced as a neighbourhood; named with Aleppo")


def test_a_place_far_from_where_it_is_put_is_another() -> None:
    assert contradicts(IN_ALEPPO, (HOMS,))
    assert not contradicts(VILLAGE, (HOMS,))
    assert not contradicts(IN_ALEPPO, (HOMS, ALEPPO_GOV))


def test_distance_is_in_kilometres() -> None:
    assert distance_km(ALEPPO, HOMS) == pytest.approx(168, abs=3)
