"""From an archive to what is in view: nothing is lost without being counted."""

from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

import dashboard_world as world
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dashboard import frames as room
from dashboard.claims import panel
from dashboard.frames import Frames
from dashboard.selection import LISTS, TREES, Selection
from dashboard.space.markers import places
from dashboard.time.timeline import counts
from dashboard.wording import load
from extraction.keeping.archive import Archive, ArchiveError
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
        total=6,
        mapped=5,
        unmarked=0,
        unplaced=1,
        filtered=0,
        outside=0,
        undated_hidden=0,
        undated=1,
        denied=1,
        places=2,
        areas=1,
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
    assert room.find_places(small, typed)[0] == "p-qara"


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
    assert room.find_places(frames, "الزهرا")[0] == "h", "the one with more claims"


def test_a_name_like_none_finds_none(small: Frames) -> None:
    assert room.find_places(small, "Reykjavik") == ()
    assert room.find_places(small, "") == ()


def test_the_marks_say_side_event_status_denial_and_area(small: Frames) -> None:
    def told(language: str) -> dict[str, dict[str, Any]]:
        table = places(small, room.view(small, Selection()), load(language))
        rows = [dict(zip(table["columns"], row, strict=True)) for row in table["rows"]]
        return {row["id"]: row for row in rows}

    rows, arabic = told("en"), told("ar")
    qara, idlib, homs = rows["p-qara"], rows["p-idlib"], rows["p-homs"]
    assert qara["radius"] == 0
    assert idlib["radius"] == 60.0
    assert (qara["name"], qara["other"]) == ("Qara", "قارة")
    assert (qara["claims"], qara["denied"]) == (2, 1)
    assert room.STATUSES[qara["status"]] == "contested"
    assert (arabic["p-qara"]["name"], arabic["p-qara"]["other"]) == ("قارة", "Qara")
    assert homs["first"] == homs["last"] == (date(2013, 11, 20) - date(1970, 1, 1)).days


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
        "target_sides": st.sampled_from([("none",), ("russia",)]),
        "voice_sides": st.sampled_from([("government",), ("independent", "none")]),
        "killed_from": st.sampled_from([0, 4]),
        "killed_to": st.sampled_from([4, 100]),
        "words": st.sampled_from(["بلدة", "بلدة 7"]),
        "layers": st.sampled_from([(), ("strikes",), ("takeovers", "clashes")]),
    },
)


@settings(deadline=None, max_examples=30)
@given(filters)
def test_every_claim_is_shown_or_counted_as_hidden(large: Frames, chosen: dict[str, object]) -> None:
    view = room.view(large, Selection(**chosen))  # type: ignore[arg-type]
    counts = view.counts
    assert counts.total == len(large.claims)
    assert counts.total == counts.shown + counts.filtered + counts.outside + counts.undated_hidden
    assert counts.shown == len(view.claims)
    table = places(large, view, load("en"))
    rows = [dict(zip(table["columns"], row, strict=True)) for row in table["rows"]]
    assert sum(row["claims"] for row in rows) == len(view.placed)
    assert all(sum(row["sides"][1::2]) == row["claims"] == sum(row["events"][1::2]) for row in rows)
    assert all(row["denied"] <= row["claims"] for row in rows)


@settings(deadline=None, max_examples=30)
@given(filters)
def test_each_choice_has_the_count_that_choosing_it_alone_gives(
    large: Frames, chosen: dict[str, object]
) -> None:
    view = room.view(large, Selection(**chosen))  # type: ignore[arg-type]
    for name in ("events", "claimants", "voice_sides", "within", "weapons", "relays"):
        tree = next((set(pair) for pair in TREES.items() if name in pair), set())
        others = {key: values for key, values in chosen.items() if key not in tree}
        for code in list(large.choices.lists[name])[:4]:
            alone = room.view(large, Selection(**{**others, name: (code,)}))  # type: ignore[arg-type]
            assert view.facets[name].get(code, 0) == alone.counts.shown
    for event, denials in view.denials.items():
        only = {**chosen, "events": (event,)}
        told = room.view(large, Selection(**only))  # type: ignore[arg-type]
        assert told.counts.denied == denials


@settings(deadline=None, max_examples=30)
@given(filters)
def test_an_empty_view_says_what_clearing_each_filter_gives(large: Frames, chosen: dict[str, object]) -> None:
    chosen = {**chosen, "stances": ("denied",), "outlets": ("outlet 3",), "events": ("siege",)}
    view = room.view(large, Selection(**chosen))  # type: ignore[arg-type]
    assert bool(view.emptied) == (view.counts.shown == 0)
    for name, count in view.emptied.items():
        gone = {"since", "until", "undated"} if name == "days" else {name, TREES.get(name, name)}
        left = {key: value for key, value in chosen.items() if key not in gone}
        assert room.view(large, Selection(**left)).counts.shown == count  # type: ignore[arg-type]


def test_a_side_and_a_voice_of_another_are_joined_by_or(small: Frames) -> None:
    assert claims(small, voice_sides=("government",), claimants=("sohr",)) == ["c-took", "c-struck"]
    assert small.parents["claimants"]["syrian_tv"] == "government"
    assert small.parents["claimants"]["sohr"] == "independent"


def test_who_passed_it_on_with_what_and_who_suffered_are_filters(small: Frames) -> None:
    assert claims(small, relays=("reuters",)) == ["c-took"]
    assert "c-took" not in claims(small, relays=("none",))
    assert claims(small, weapons=("artillery",)) == ["c-shelled"]
    assert claims(small, victims=("civilians",)) == ["c-shelled"]
    assert claims(small, victims=("civilians",), weapons=("mortar",)) == []


def test_a_rectangle_and_a_distance_hold_what_surely_lies_in_them(small: Frames) -> None:
    around_qara = ["c-took", "c-denial"]
    assert claims(small, box=(34.0, 36.5, 34.5, 37.0)) == around_qara
    assert claims(small, near="p-qara", near_km=10) == around_qara
    assert claims(small, near="p-qara", near_km=70) == [*around_qara, "c-shelled", "c-undated"]
    # Idlib is known only as an area of 60 km: its point lies in the first, but not all of it.
    point_only, whole = (35.5, 36.5, 36.0, 37.0), (35.0, 35.9, 36.4, 37.5)
    assert claims(small, box=point_only) == []
    assert claims(small, box=whole) == ["c-struck"]
    assert "d-nabk" not in small.choices.points, "nothing is near to an area"


def test_picked_claims_are_alone_in_view_where_that_is_asked(small: Frames) -> None:
    assert claims(small, picked=("c-took", "c-lost"), only_picked=True) == ["c-took", "c-lost"]
    assert len(claims(small, picked=("c-took",))) == len(small.claims), "else they hide nothing"
    assert claims(small, picked=("c-took", "c-lost"), only_picked=True, sides=("opposition",)) == ["c-lost"]


def test_the_dead_are_a_range_that_must_be_touched(small: Frames) -> None:
    assert claims(small, killed_from=1) == ["c-shelled", "c-struck"]
    assert claims(small, killed_from=70) == ["c-shelled", "c-struck"], "at least 46 may be 70"
    assert claims(small, killed_to=50) == ["c-shelled"]
    assert claims(small, killed_from=76, killed_to=80) == ["c-shelled"]


@pytest.mark.parametrize("words", ["قاره", "قَارَة", "  دخلت   قارة ", "القوات قارة"])
def test_words_are_found_whatever_the_letters_and_marks(small: Frames, words: str) -> None:
    assert "c-denial" in claims(small, words=words)
    assert "c-struck" not in claims(small, words=words)


def test_a_side_is_sought_as_actor_as_target_and_as_voice(small: Frames) -> None:
    assert claims(small, target_sides=("opposition",)) == ["c-took"]
    assert claims(small, voice_sides=("government",)) == ["c-took"], "state television"
    assert claims(small, voice_sides=("independent",)) == ["c-struck"]


def test_the_timeline_follows_the_filters_but_not_the_window(small: Frames) -> None:
    view = room.view(small, Selection(sides=("government", "russia"), since=date(2016, 1, 1)))
    assert sum(counts(view.timeline)["totals"]) == 4


def test_counts_beside_the_choices_are_those_of_the_archive(small: Frames) -> None:
    assert small.tallies["sides"] == {"government": 3, "opposition": 2, "russia": 1}
    within = small.tallies["within"]
    assert (within["p-qara"], within["g-rif"], within["p-homs"]) == (2, 2, 2)
    assert set(small.choices.lists) == set(LISTS)


def test_a_denial_denies_its_own_kind_of_event_only(small: Frames) -> None:
    assert small.deniers == {("i-1", "control_change"): (("activists", "Beta"),)}


def test_who_denies_that_a_place_was_entered_denies_that_it_was_taken(tmp_path: Path) -> None:
    archive = Archive(tmp_path / "a.sqlite")
    doc = world.document("d", "سيطر الجيش على قارة. ونفى ناشطون دخوله قارة.", date(2013, 11, 20), "Alpha")
    at = world.mention(doc, "قارة", "p-qara", lat=34.155, lon=36.743)
    took = world.claim("took", doc, "سيطر الجيش على قارة", (at,), event_type="control_change")
    entry = world.claim(
        "entry",
        doc,
        "ونفى ناشطون دخوله قارة",
        (at,),
        event_type="advance",
        stance="denied",
        claimant="activists",
    )
    archive.put([Reading(doc, (at,), (took, entry))])
    archive.replace_incidents([(world.incident("i", [took, entry], "contested"), ["took", "entry"])])
    denied = frames_of(archive).deniers
    assert denied["i", "control_change"] == denied["i", "advance"] == (("activists", "Alpha"),)


def test_a_text_forgotten_meanwhile_leaves_its_claims_readable(tmp_path: Path) -> None:
    archive = world.small(tmp_path / "a.sqlite")
    frames = frames_of(archive)
    archive.forget("one")
    shown = panel.panel(frames, room.view(frames, Selection()), Selection(place="p-qara"), load("en"))
    assert shown["cards"][-1]["quote"] == [[frames.claims.loc["c-took", "evidence"], "said"]]


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
    assert places(frames, view, load("en"))["rows"] == []


def test_a_text_that_could_not_be_read_once_is_asked_for_again() -> None:
    asked: list[str] = []

    def text(doc_id: str) -> str:
        asked.append(doc_id)
        if len(asked) == 1:
            raise ArchiveError("the database is locked")
        return "words"

    read = room._lasting(text)
    assert [read("a"), read("a"), read("a")] == ["", "words", "words"]
    assert len(asked) == 2, "what was read is kept"
