"""From an archive to what is in view: nothing is lost without being counted."""

from collections.abc import Mapping
from datetime import date
from pathlib import Path

import dashboard_world as world
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard import frames as room
from dashboard.frames import Frames
from dashboard.selection import LISTS, Selection
from dashboard.space.markers import places
from dashboard.time.histogram import bars, unit
from dashboard.wording import load
from extraction.archive import Archive
from extraction.records import Reading
from gazetteer.place import Place

GAZETTEER: Mapping[str, Place] = {
    "p-qara": Place(
        "p-qara", "قارة", "Qara", "town", "d-nabk", "Rif Dimashq", 34.155, 36.743, 2.0, ("قارا",)
    ),
    "d-nabk": Place("d-nabk", "النبك", "An-Nabk", "district", "g-rif", "Rif Dimashq", 34.0, 36.7, 20.0),
    "g-rif": Place("g-rif", "ريف دمشق", "Rif Dimashq", "governorate", "", "Rif Dimashq", 33.5, 36.5, 70.0),
    "p-homs": Place("p-homs", "حمص", "Homs", "city", "", "Homs", 34.73, 36.71, 6.0, (), ("Hims",)),
}


def frames_of(archive: Archive, gazetteer: Mapping[str, Place] = GAZETTEER) -> Frames:
    return room.build(archive.frames(), archive.version, archive.text, gazetteer)


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Frames:
    return frames_of(world.small(tmp_path_factory.mktemp("small") / "a.sqlite"))


@pytest.fixture(scope="module")
def large(tmp_path_factory: pytest.TempPathFactory) -> Frames:
    return frames_of(world.large(tmp_path_factory.mktemp("large") / "a.sqlite", places=80, claims=400))


def claims(frames: Frames, **chosen: object) -> list[str]:
    return room.view(frames, Selection(**chosen)).claims.index.tolist()  # type: ignore[arg-type]


def test_everything_is_in_view_at_first_in_order_of_time(small: Frames) -> None:
    view = room.view(small, Selection())
    assert view.claims.index.tolist() == [
        "c-took",
        "c-denial",
        "c-shelled",
        "c-struck",
        "c-lost",
        "c-undated",
    ]
    assert view.counts == room.Counts(
        total=6, mapped=5, unplaced=1, filtered=0, outside=0, undated_hidden=0, undated=1
    )


def test_each_filter_lets_through_what_it_names(small: Frames) -> None:
    assert claims(small, sides=("russia",)) == ["c-struck"]
    assert claims(small, events=("control_change", "shelling")) == ["c-took", "c-denial", "c-shelled"]
    assert claims(small, stances=("denied",)) == ["c-denial"]
    assert claims(small, claimants=("none",)) == ["c-shelled", "c-lost", "c-undated"]
    assert claims(small, outlets=("Gamma",)) == ["c-undated"]
    assert claims(small, sides=("government",), stances=("asserted",)) == ["c-took", "c-shelled"]
    assert claims(small, sides=("russia",), stances=("denied",)) == []


def test_an_area_holds_all_that_lies_in_it(small: Frames) -> None:
    assert claims(small, within=("g-rif",)) == ["c-took", "c-denial"]
    assert claims(small, within=("g-rif", "p-homs")) == ["c-took", "c-denial", "c-shelled", "c-undated"]


def test_the_window_takes_claims_that_touch_it_and_leaves_the_undated_to_their_switch(small: Frames) -> None:
    # The air strike is of 5 and 6 May.
    assert claims(small, since=date(2016, 5, 6), until=date(2016, 5, 6)) == ["c-struck", "c-undated"]
    assert claims(small, since=date(2016, 5, 6), undated=False) == ["c-struck", "c-lost"]
    counts = room.view(small, Selection(since=date(2016, 5, 6), undated=False)).counts
    assert (counts.outside, counts.undated_hidden, counts.undated) == (3, 1, 0)


def test_unknown_numbers_stay_unknown(small: Frames) -> None:
    assert pd.isna(small.claims.loc["c-took", "killed_min"])
    assert pd.isna(small.claims.loc["c-shelled", "killed_max"])


def test_a_claim_that_cannot_be_drawn_is_listed_with_the_reason(small: Frames) -> None:
    lacking = room.without_place_or_date(small, small.claims)
    assert lacking.index.tolist() == ["c-lost", "c-undated"]
    assert lacking.loc["c-lost", ["place_reason", "place_detail", "date_reason"]].tolist() == [
        "unlisted",
        "الزيتونة المنسية",
        "",
    ]
    assert lacking.loc["c-undated", ["place_reason", "date_reason"]].tolist() == ["", "no_publication"]


@pytest.mark.parametrize("typed", ["قارة", "قاره", "قارا", "qara", "Qara", "القارة", "Qarra"])
def test_a_place_is_found_whatever_the_spelling(small: Frames, typed: str) -> None:
    assert room.find_place(small, typed, GAZETTEER) == "p-qara"


def test_places_of_one_name_are_told_apart(tmp_path: Path) -> None:
    twins = {
        id: Place(id, "الزهراء", "Al-Zahraa", "town", "", admin1, 34.5, 36.9, 2.0)
        for id, admin1 in (("a", "Aleppo"), ("h", "Homs"))
    }
    archive = Archive(tmp_path / "a.sqlite")
    readings = []
    for id in ("a", "h", "h"):
        doc = world.document(f"d{len(readings)}", "اشتباكات في الزهراء.", date(2015, 1, 1))
        at = world.mention(doc, "الزهراء", id, name_en="Al-Zahraa", lat=34.5, lon=36.9)
        said = world.claim(f"c{len(readings)}", doc, "اشتباكات في الزهراء", (at,))
        readings.append(Reading(doc, (at,), (said,)))
    archive.put(readings)
    frames = frames_of(archive, twins)
    assert frames.names == {"a": "Al-Zahraa · الزهراء (Aleppo)", "h": "Al-Zahraa · الزهراء (Homs)"}
    assert room.find_place(frames, "الزهرا", twins) == "h", "the one with more claims"


def test_a_name_like_none_finds_none(small: Frames) -> None:
    assert room.find_place(small, "Reykjavik", GAZETTEER) == ""
    assert room.find_place(small, "", GAZETTEER) == ""


def test_the_marks_say_side_event_status_denial_and_area(small: Frames) -> None:
    rows = {row[0]: row for row in places(small, room.view(small, Selection()), load("en"))}
    qara, idlib = rows["p-qara"], rows["p-idlib"]
    assert qara[3] == 0
    assert idlib[3] == 60.0
    assert (qara[4], qara[5]) == ("Qara", "قارة")
    assert (qara[7], qara[8]) == (2, 1)
    assert room.STATUSES[qara[10]] == "contested"
    arabic = {row[0]: row for row in places(small, room.view(small, Selection()), load("ar"))}
    assert (arabic["p-qara"][4], arabic["p-qara"][5]) == ("قارة", "Qara")
    assert rows["p-homs"][13:] == [(date(2013, 11, 20) - date(1970, 1, 1)).days] * 2


filters = st.fixed_dictionaries(
    {},
    optional={
        "sides": st.sampled_from([("russia",), ("government", "kurdish")]),
        "events": st.sampled_from([("siege",), ("clash", "airstrike")]),
        "stances": st.sampled_from([("denied",), ("asserted",)]),
        "claimants": st.sampled_from([("sohr",), ("none",)]),
        "since": st.dates(date(2013, 2, 1), date(2014, 1, 1)),
        "until": st.dates(date(2014, 1, 2), date(2016, 1, 1)),
        "undated": st.booleans(),
    },
)


@given(filters)
def test_every_claim_is_shown_or_counted_as_hidden(large: Frames, chosen: dict[str, object]) -> None:
    view = room.view(large, Selection(**chosen))  # type: ignore[arg-type]
    counts = view.counts
    assert counts.total == len(large.claims)
    assert counts.total == counts.shown + counts.filtered + counts.outside + counts.undated_hidden
    assert counts.shown == len(view.claims)
    rows = places(large, view, load("en"))
    assert sum(row[7] for row in rows) == len(view.placed)
    assert all(sum(row[11][1::2]) == row[7] == sum(row[12][1::2]) for row in rows)
    assert all(row[8] <= row[7] for row in rows)


def test_the_histogram_follows_the_filters_and_pales_outside_the_window(small: Frames) -> None:
    view = room.view(small, Selection(sides=("government", "russia"), since=date(2016, 1, 1)))
    table = bars(view.timeline, "per_month")
    assert table["claims"].sum() == 4
    assert table.loc[table["in_view"], "side"].tolist() == ["russia"]
    assert (table["high"] - table["low"] == table["claims"]).all()


def test_the_histogram_has_a_readable_number_of_bars() -> None:
    assert unit(date(2013, 1, 1), date(2013, 3, 1)) == "per_day"
    assert unit(date(2013, 1, 1), date(2014, 6, 1)) == "per_week"
    assert unit(date(2011, 3, 15), date(2024, 12, 8)) == "per_month"


def test_counts_beside_the_choices_are_those_of_the_archive(small: Frames) -> None:
    assert small.tallies["sides"] == {"government": 3, "opposition": 2, "russia": 1}
    within = small.tallies["within"]
    assert (within["p-qara"], within["g-rif"], within["p-homs"]) == (2, 2, 2)
    assert set(small.choices.lists) == set(LISTS)


def test_a_denial_denies_its_own_kind_of_event_only(small: Frames) -> None:
    assert small.deniers == {("i-1", "control_change"): (("activists", "Beta"),)}


def test_an_archive_written_to_is_read_anew(tmp_path: Path) -> None:
    archive = world.small(tmp_path / "a.sqlite")
    before = room.load(str(tmp_path / "a.sqlite"))
    assert room.load(str(tmp_path / "a.sqlite")) is before
    archive.forget("one")
    assert "c-took" not in room.load(str(tmp_path / "a.sqlite")).claims.index


def test_an_empty_archive_is_no_error(tmp_path: Path) -> None:
    frames = frames_of(Archive(tmp_path / "a.sqlite"))
    view = room.view(frames, Selection())
    assert view.counts.total == 0
    assert places(frames, view, load("en")) == []
