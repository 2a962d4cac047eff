"""What the page of everything about one thing says, without a browser."""

import json
import re
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import dashboard_world as world
import pytest
from streamlit.testing.v1 import AppTest
from streamlit.util import calc_hash

from dashboard import frames as room
from dashboard import wording
from dashboard.claims import cards
from dashboard.frames import Frames, rows, view
from dashboard.profiles import blocks, sketch
from dashboard.profiles.sketch import Spot
from dashboard.selection import Selection, read, write
from dashboard.sheets import profile
from dashboard.symbols import palette
from extraction.keeping.archive import Archive
from extraction.records import Reading
from gazetteer import sources

APP = str(Path(room.__file__).parent / "app.py")
ENGLISH, ARABIC = wording.load("en"), wording.load("ar")


@pytest.fixture(scope="module")
def start(tmp_path_factory: pytest.TempPathFactory) -> Callable[..., Frames]:
    made: dict[str, Frames] = {}

    def build(name: str) -> Frames:
        if name not in made:
            archive: Archive = getattr(world, name)(tmp_path_factory.mktemp(name) / "a.sqlite")
            made[name] = room.build(archive.frames(), archive.version, archive.text, sources.load().places)
        return made[name]

    return build


@pytest.fixture
def told(start: Callable[..., Frames]) -> Frames:
    return start("told")


def said(frames: Frames, about: str, language: str = "en", **chosen: Any) -> dict[str, Any]:
    selection = Selection(about=about, language=language, **chosen)
    return profile.content(frames, view(frames, selection), selection, wording.load(language))


def block(content: dict[str, Any], title: str, words: wording.Wording = ENGLISH) -> dict[str, Any]:
    found = [one for one in content["blocks"] if one["title"] == words(f"profile.{title}")]
    assert len(found) == 1, [one["title"] for one in content["blocks"]]
    return found[0]  # type: ignore[no-any-return]


def tally(content: dict[str, Any], title: str) -> dict[str, str]:
    return {line["text"]: line["claims"] for line in block(content, title)["lines"]}


# --- a place


def test_a_place_tells_its_names_its_point_and_who_holds_it(told: Frames) -> None:
    content = said(told, "place:p-nasib")
    assert (content["name"], content["other"]) == ("Nasib", "نصيب")
    assert content["kind"] == "Town"
    assert content["lines"] == ["32.55° N, 36.19° E", "Lies within about 2 km of the mark"]
    assert "Government and allies" in content["strip"]["spans"][0][4]
    arabic = said(told, "place:p-nasib", "ar")
    assert (arabic["name"], arabic["other"]) == ("نصيب", "Nasib")
    assert arabic["lines"][0] == "٣٢٫٥٥° شمالًا, ٣٦٫١٩° شرقًا".replace(", ", ARABIC("list.between"))


def test_each_figure_stands_with_who_gives_it_and_a_total_is_never_added(told: Frames) -> None:
    content = said(told, "place:p-nasib")
    assert ["Killed", "10–50"] in content["numbers"], "three figures of one happening; the total of 75 apart"
    lines = {line[0][0]: line[1:] for line in block(content, "figures")["lines"]}
    assert lines["Syrian Observatory for Human Rights"][1] == "at least 46"
    assert lines[ENGLISH.voice("sana")][1:] == ["10", "", ""]
    totals = [line for line in lines.values() if line[-1]]
    assert [(line[1], line[3]) for line in totals] == [("75", ENGLISH("profile.apart_totals"))]


def test_a_place_names_who_claims_and_who_denies(told: Frames) -> None:
    content = said(told, "place:p-nasib")
    voices = {line[0][0]: line for line in block(content, "voices")["lines"]}
    opposition = voices[ENGLISH.voice("opposition")]
    assert opposition[0][1] == "voice:opposition"
    assert opposition[1:3] == ["2", "1"], "two claims, one of them a denial"
    army = voices[ENGLISH.voice("syrian_army")]
    assert army[-1] == "100%", "its one claim is denied by others"
    events = {line[0][0]: line[1:] for line in block(content, "events")["lines"]}
    assert events["Takeover"] == ["3", "1", "", "2"]
    assert events["Air strike"][0] == "4"


@pytest.fixture
def around_aleppo(tmp_path: Path) -> Frames:
    """A claim at Khan Tuman, two at Khan al-Asal, one at both; all lie in the governorate of Aleppo."""
    listed = sources.load().places
    text = world.document("a", "قصف على خان طومان. غارة على خان العسل. اشتباك.", date(2016, 5, 8), "Alpha")
    at = {
        place: world.mention(
            text, name, place, lat=listed[place].lat, lon=listed[place].lon, radius_km=1.0, admin1="Aleppo"
        )
        for place, name in (("khan_tuman", "خان طومان"), ("khan_al_asal", "خان العسل"))
    }
    south, north = at["khan_tuman"], at["khan_al_asal"]
    claims = (
        world.claim("south", text, "قصف على خان طومان", (south,), killed_min=3, killed_max=3),
        world.claim("north", text, "غارة على خان العسل", (north,), killed_min=5, killed_max=5),
        world.claim("again", text, "خان العسل", (north,)),
        world.claim("both", text, "اشتباك", (south, north), killed_min=7, killed_max=7),
    )
    archive = Archive(tmp_path / "a.sqlite")
    archive.put([Reading(text, tuple(at.values()), claims)])
    return room.build(archive.frames(), archive.version, archive.text, listed)


def test_what_lies_in_a_place_belongs_to_it_and_is_told_apart(around_aleppo: Frames) -> None:
    whole = said(around_aleppo, "place:gov_aleppo")
    assert whole["numbers"][0] == ["4 claims", ""]
    assert ["Killed", "15"] in whole["numbers"], "three happenings, that of both places once"
    assert tally(whole, "inside") == {"Khan al-Asal": "3", "Khan Tuman": "2"}
    assert whole["strip"] is None
    assert {point["name"] for point in whole["sketch"]["points"]} >= {"Khan al-Asal", "Khan Tuman"}
    one = said(around_aleppo, "place:khan_tuman")
    assert one["numbers"][0] == ["2 claims", ""]
    assert [about for _, about in one["parents"]][-1:] == ["place:gov_aleppo"]


def test_a_figure_of_several_places_is_in_the_sum_of_none_alone(around_aleppo: Frames) -> None:
    one = said(around_aleppo, "place:khan_tuman")
    assert ["Killed", "3"] in one["numbers"]
    notes = {line[2]: line[-1] for line in block(one, "figures")["lines"]}
    assert notes == {"3": "", "7": ENGLISH("profile.apart_shared")}


def test_neighbours_are_told_with_their_distance(around_aleppo: Frames) -> None:
    one = said(around_aleppo, "place:khan_tuman")
    (near,) = [b for b in one["blocks"] if b["title"] == ENGLISH("profile.nearby", km="25")]
    assert [(line["text"], line["note"]) for line in near["lines"]] == [("Khan al-Asal", "6 km")]
    whole = said(around_aleppo, "place:gov_aleppo")
    assert not [b for b in whole["blocks"] if b["title"] == ENGLISH("profile.nearby", km="25")]


def test_the_days_and_filters_in_view_hold_for_a_profile(told: Frames) -> None:
    assert len(said(told, "place:p-nasib")["claims"]["items"]) == 7
    late = said(told, "place:p-nasib", since=date(2015, 5, 5))
    assert len(late["claims"]["items"]) == 3
    assert late["strip"]["spans"], "who is said to hold it is told of all days"
    none = said(told, "place:p-nasib", events=("clash",))
    assert none["note"] == ENGLISH("profile.nothing")
    assert none["days"]["bars"] == []


def test_the_days_are_bars_by_side_and_what_has_no_day_is_counted(start: Callable[..., Frames]) -> None:
    content = said(start("told"), "place:p-nasib")
    bars = content["days"]["bars"]
    assert [total for _, total, _ in bars] == [4, 0, 0, 0, 3], "every day between has its place"
    colours = palette("safe")
    assert dict(bars[-1][2]) == {colours["government"]: 2, colours["opposition"]: 1}
    small = start("small")
    undated = [about for about in small.choices.profiles if said(small, about)["days"]["undated"]]
    assert undated


# --- sides, groups, voices, outlets


def test_a_side_tells_what_is_said_of_it_and_what_it_says(told: Frames) -> None:
    content = said(told, "side:opposition")
    assert ["it acts", "1"] in content["numbers"]
    assert ["it says", "3"] in content["numbers"]
    assert tally(content, "denies") == {ENGLISH.voice("syrian_army"): "1"}
    assert {line[0][0] for line in block(content, "says")["lines"]} == {"Takeover", "Air strike"}


def test_a_voice_tells_who_bears_it_out_and_who_denies_it(told: Frames) -> None:
    observatory = said(told, "voice:sohr")
    also = tally(observatory, "told_by")
    assert set(also) == {ENGLISH.voice("sana"), ENGLISH.voice("activists")}
    army = said(told, "voice:syrian_army")
    assert tally(army, "denied_by") == {ENGLISH.voice("opposition"): "1"}


def test_an_outlet_parts_its_own_words_from_those_it_quotes(told: Frames) -> None:
    content = said(told, "outlet:Alpha")
    assert ["its own words", "1"] in content["numbers"]
    assert ["quoted in its texts", "4"] in content["numbers"]
    assert ENGLISH.voice("sohr") in {line[0][0] for line in block(content, "passed")["lines"]}


@pytest.mark.parametrize("name", ["told", "small", "hostile", "crowded"])
@pytest.mark.parametrize("language", ["en", "ar"])
def test_every_profile_of_an_archive_can_be_told(
    start: Callable[..., Frames], name: str, language: str
) -> None:
    frames = start(name)
    profiles = sorted(frames.choices.profiles)
    for about in profiles[:: max(1, len(profiles) // 12)]:
        content = said(frames, about, language)
        json.dumps(content)
        assert content["name"]
        assert content["claims"]["items"], about
        for one in content["blocks"]:
            assert len(one["lines"]) <= blocks.LINES
            links = [line["about"] if one["kind"] == "tally" else line[0][1] for line in one["lines"]]
            assert {link for link in links if link} <= set(frames.choices.profiles)


def test_of_a_long_list_the_rest_is_counted(tmp_path: Path) -> None:
    archive = world.large(tmp_path / "a.sqlite", places=12, claims=400)
    frames = room.build(archive.frames(), archive.version, archive.text, sources.load().places)
    most = max(frames.tallies["outlets"], key=lambda outlet: frames.tallies["outlets"][outlet])
    content = said(frames, f"outlet:{most}")
    told = frames.tallies["outlets"][most]
    assert told > profile.LIMIT
    assert len(content["claims"]["items"]) == profile.LIMIT
    assert ENGLISH.number(told - blocks.PRINTED) in content["claims"]["beyond"]
    assert ENGLISH.number(told - profile.LIMIT) in content["claims"]["more"]


# --- the address, and the ways there


def test_the_address_keeps_what_a_profile_is_about_and_refuses_what_nobody_knows(told: Frames) -> None:
    selection, wrong = read({"about": ["voice:sohr"]}, told.choices)
    assert (selection.about, wrong) == ("voice:sohr", ())
    assert write(selection) == {"about": ["voice:sohr"]}
    for about in ("place:nowhere", "voice:none", "sohr", "place:p-nasib ", "<b>", "side:"):
        selection, wrong = read({"about": [about]}, told.choices)
        assert (selection.about, wrong) == ("", ("about",))
    assert said(told, "")["none"] == ENGLISH("profile.none")


def test_a_chosen_claim_leads_to_everything_about_what_it_names(told: Frames) -> None:
    (claim,) = rows(told.claims.loc[["t-took"]])
    chosen = cards.card(told, claim, Selection(claim="t-took"), palette("safe"), ENGLISH)
    assert [about for _, about in chosen["about"]] == [
        "place:p-nasib",
        "side:government",
        "voice:syrian_army",
        "outlet:Beta",
    ]
    assert {about for _, about in chosen["about"]} <= set(told.choices.profiles)
    assert cards.card(told, claim, Selection(), palette("safe"), ENGLISH)["about"] == []


@pytest.mark.parametrize("name", ["told", "nothing"])
def test_an_unknown_profile_and_an_empty_archive_say_so(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (world.told(tmp_path / "a.sqlite") if name == "told" else Archive(tmp_path / "a.sqlite")).close()
    monkeypatch.setenv("CONFLICTMAP_ARCHIVE", str(tmp_path / "a.sqlite"))
    app = AppTest.from_file(APP, default_timeout=60)
    app.query_params["about"] = "place:nowhere"
    app._page_hash = calc_hash("profile")
    app.run()
    assert not app.exception
    if name == "nothing":
        assert [info.value for info in app.info] == [ENGLISH("page.empty")]
        return
    shown = [
        json.loads(one.proto.json)
        for one in app.get("bidi_component")
        if one.proto.component_name == "conflictmap.profile"
    ]
    assert [one["none"] for one in shown] == [ENGLISH("profile.none")]
    assert "about" in app.warning[0].value


# --- the small map


def test_the_map_draws_the_place_in_its_middle_and_what_is_near_around_it() -> None:
    here = Spot("self", "Here", 35.0, 37.0, 2.0)
    east = Spot("near", "East", 35.0, 37.1)
    drawn = sketch.sketch("here", [here, east], area=False, words=ENGLISH)
    one, other = drawn["points"]
    assert other["x"] > one["x"]
    assert abs(other["y"] - one["y"]) < 1
    assert one["reach"] > 0
    wide, said_km = drawn["ruler"]
    assert 0 < wide <= sketch.WIDTH / 4
    assert said_km.endswith("km")
    for point in drawn["points"]:
        assert 0 <= point["x"] <= sketch.WIDTH
        assert 0 <= point["y"] <= sketch.HEIGHT
    for _, path in drawn["shapes"]:
        assert re.fullmatch(r"(M-?\d+ -?\d+(L-?\d+ -?\d+)+Z?)+", path), "no text stands in a path"
    numbers = [
        int(n) for _, path in drawn["shapes"] for n in re.findall(r"-?\d+", path) if path.endswith("Z")
    ]
    assert all(-20 <= n <= sketch.WIDTH + 20 for n in numbers), "outlines are cut at the edge"


def test_a_governorate_is_drawn_whole_with_those_it_borders_on(start: Callable[..., Frames]) -> None:
    drawn = sketch.sketch("gov_daraa", [Spot("self", "Daraa", 32.9, 36.1, 60.0)], area=True, words=ENGLISH)
    assert [kind for kind, _ in drawn["shapes"] if kind == "governorate own"]
    assert set(sketch.touching("gov_daraa")) == {"gov_rif_dimashq", "gov_suwayda", "gov_quneitra"}
    assert drawn["points"][0]["kind"] == "", "what has no point is given none"


def test_names_on_the_map_do_not_cover_each_other() -> None:
    crowd = [Spot("near", f"A long name {n}", 35.0 + n / 900, 37.0) for n in range(30)]
    drawn = sketch.sketch("a", crowd, area=False, words=ENGLISH)
    named = [point["text"] for point in drawn["points"] if point["text"]]
    assert 0 < len(named) < len(crowd)
    assert len({(anchor, y) for anchor, _, y in named}) == len(named)
