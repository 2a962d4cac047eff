"""The search of the bar: what is suggested for what is typed, and what choosing it does."""

import json
from datetime import date
from pathlib import Path
from typing import Any

import dashboard_world as world
import pytest
from starlette.requests import Request

from dashboard import ARCHIVE, search, wording
from dashboard.frames import Frames, build
from gazetteer import sources

EN = wording.load("en")
NAMES = {
    "side": lambda code: EN.code("side", code),
    "group": EN.group,
    "voice": EN.voice,
    "outlet": EN.outlet,
}


@pytest.fixture(scope="module")
def frames(tmp_path_factory: pytest.TempPathFactory) -> Frames:
    archive = world.small(tmp_path_factory.mktemp("search") / "archive.sqlite")
    return build(archive.frames(), archive.version, archive.text, sources.load().places)


def found(frames: Frames, typed: str, words: wording.Wording = EN) -> list[tuple[str, str]]:
    return [(one.kind, one.value) for one in search.suggestions(frames, typed, words)]


@pytest.mark.parametrize("typed", ["ادلب", "إدلب", "idlib", "Idlib", "idleb"])
def test_a_place_that_no_claim_names_is_found_in_either_script(frames: Frames, typed: str) -> None:
    assert ("place", "idlib") in found(frames, typed)


@pytest.mark.parametrize(
    ("typed", "place"),
    [
        ("قصير", "al_qusayr"),
        ("القصير", "al_qusayr"),
        ("qusayr", "al_qusayr"),
        ("خان تومان", "khan_tuman"),
        ("Khan Toman", "khan_tuman"),
        ("asal", "khan_al_asal"),
    ],
)
def test_the_article_and_a_slip_do_not_matter(frames: Frames, typed: str, place: str) -> None:
    assert ("place", place) in found(frames, typed)


def test_what_is_spelt_so_comes_before_what_only_begins_so(frames: Frames) -> None:
    first, *_ = found(frames, "خان طومان")
    assert first == ("place", "khan_tuman")


def test_of_places_of_one_rank_the_one_with_most_claims_comes_first(frames: Frames) -> None:
    one, other, *_ = search.suggestions(frames, "qa", EN)
    assert one.value == "p-qara"
    assert one.claims == 2 > other.claims
    assert one.at is not None
    assert one.at[:2] == pytest.approx((34.15, 36.74), abs=0.1)


def test_groups_voices_sides_and_outlets_are_found(frames: Frames) -> None:
    for attribute, kind in search.KINDS.items():
        for code in set(frames.choices.lists[attribute]) - {"none"}:
            one, *_ = [one for one in search.suggestions(frames, NAMES[kind](code), EN) if one.kind == kind]
            assert (one.value, one.claims) == (code, frames.tallies[attribute][code])


@pytest.mark.parametrize(
    ("typed", "first", "last"),
    [
        ("2016-04-06", (2016, 4, 6), (2016, 4, 6)),
        ("6/4/2016", (2016, 4, 6), (2016, 4, 6)),
        ("6 April 2016", (2016, 4, 6), (2016, 4, 6)),
        ("٦ نيسان ٢٠١٦", (2016, 4, 6), (2016, 4, 6)),
        ("أبريل 2016", (2016, 4, 1), (2016, 4, 30)),
        ("كانون الأول 2016", (2016, 12, 1), (2016, 12, 31)),
        ("4/2016", (2016, 4, 1), (2016, 4, 30)),
        ("2016", (2016, 1, 1), (2016, 12, 31)),
    ],
)
def test_days_are_read(typed: str, first: tuple[int, int, int], last: tuple[int, int, int]) -> None:
    assert list(search.periods(typed)) == [(date(*first), date(*last))]


@pytest.mark.parametrize("typed", ["31/2/2016", "13/2016", "20", "2016 2016 2016 2016", "98765", "", "٤"])
def test_what_is_no_day_is_none(typed: str) -> None:
    assert list(search.periods(typed)) == []


def test_days_beyond_the_archive_are_not_offered(frames: Frames) -> None:
    assert ("days", "1980-01-01/1980-12-31") not in found(frames, "1980")
    assert found(frames, str(frames.choices.first))[0][0] == "days"


def test_nothing_is_found_for_nothing_or_nonsense(frames: Frames) -> None:
    assert found(frames, "") == found(frames, "  ") == found(frames, "qqqqxxqq") == []
    assert len(found(frames, "a" * 10_000)) <= search.MOST


def test_the_route_answers_in_the_language_asked_for(
    frames: Frames, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    def ask(query: str) -> Any:
        scope = {
            "type": "http",
            "method": "GET",
            "path": "/search",
            "query_string": query.encode(),
            "headers": [],
        }
        answer = search.search(Request(scope))
        return answer.status_code, json.loads(answer.body) if answer.body else None

    monkeypatch.setattr(search, "load", lambda _: frames)
    monkeypatch.setenv(ARCHIVE, "x")
    status, rows = ask("q=qara&lang=ar")
    assert status == 200
    assert ["place", "p-qara", "قارة"] in [row[:3] for row in rows]
    assert ask("q=qara&lang=<b>")[1][0][2] == "Qara"
    monkeypatch.delenv(ARCHIVE)
    assert ask("q=qara")[0] == 404
