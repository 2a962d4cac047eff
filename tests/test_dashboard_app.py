"""The page's logic without a browser: what the address, the filters and the clicks lead to."""

import json
import os
import re
import sqlite3
from collections.abc import Callable
from contextlib import closing
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import dashboard_world as world
import pytest
from streamlit.testing.v1 import AppTest
from test_dashboard_markers import decoded

from dashboard import frames as room
from dashboard.filters import change
from dashboard.wording import load
from extraction.keeping.archive import Archive
from extraction.records import Reading

APP = str(Path(room.__file__).with_name("app.py"))


@pytest.fixture(scope="module")
def archives(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], str]:
    made: dict[str, str] = {}

    def archive(name: str) -> str:
        if name not in made:
            path = tmp_path_factory.mktemp(name) / "archive.sqlite"
            getattr(world, name)(path).close()
            made[name] = str(path)
        return made[name]

    return archive


@pytest.fixture
def start(archives: Callable[[str], str], monkeypatch: pytest.MonkeyPatch) -> Callable[..., AppTest]:
    def run(name: str = "small", **query: str | list[str]) -> AppTest:
        monkeypatch.setenv("CONFLICTMAP_ARCHIVE", archives(name))
        page = AppTest.from_file(APP, default_timeout=60)
        for key, value in query.items():
            page.query_params[{"since": "from", "within": "in"}.get(key, key)] = value
        page.run()
        assert not page.exception
        return page

    return run


def rerun(page: AppTest) -> AppTest:
    page.run()
    assert not page.exception
    return page


def payload(page: AppTest) -> dict[str, Any]:
    """What the map is told to draw: the argument of the component."""
    (component,) = page.get("component_instance")
    script = json.loads(component.proto.json_args)["feature_group"]
    expression = re.search(r'JSON\.parse\("(?:[^"\\]|\\.)*"\)', script)
    assert expression
    data = decoded(expression[0])
    assert isinstance(data, dict)
    return data


def choose(page: AppTest, **message: object) -> None:
    """What a click in the filters does; the component's own script is tested in the browser."""
    frames = room.load(os.environ["CONFLICTMAP_ARCHIVE"])
    visit = page.session_state["visit"]
    visit.selection = change(visit.selection, message, frames.choices)
    rerun(page)


def drawn(page: AppTest) -> set[str]:
    return {row[0] for row in payload(page)["places"]["rows"]}


def tree(filters: dict[str, Any], name: str) -> dict[str, Any]:
    """A list of the filters, by the name of the first of its attributes."""
    parts = (part for head in filters["heads"] for part in head["parts"] if part["kind"] == "tree")
    return next(part for part in parts if part["lists"][0] == name)


def component(page: AppTest, name: str) -> list[dict[str, Any]]:
    return [
        json.loads(c.proto.json)
        for c in page.get("bidi_component")
        if c.proto.component_name == f"conflictmap.{name}"
    ]


def test_without_an_archive_the_page_says_how_to_name_one(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("CONFLICTMAP_ARCHIVE", raising=False)
    page = AppTest.from_file(APP, default_timeout=60).run()
    assert not page.exception
    assert "conflictmap dashboard" in page.info[0].value


def test_what_is_no_archive_is_an_error_in_words(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CONFLICTMAP_ARCHIVE", str(tmp_path / "none.sqlite"))
    page = AppTest.from_file(APP, default_timeout=60).run()
    assert not page.exception
    assert page.error
    assert not (tmp_path / "none.sqlite").exists(), "looking makes no archive"


def test_a_damaged_archive_is_an_error_in_words(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    Archive(tmp_path / "a.sqlite").close()
    with closing(sqlite3.connect(tmp_path / "a.sqlite")) as database:
        database.execute("DROP TABLE claims")
    monkeypatch.setenv("CONFLICTMAP_ARCHIVE", str(tmp_path / "a.sqlite"))
    page = AppTest.from_file(APP, default_timeout=60).run()
    assert not page.exception
    (error,) = page.error
    assert "claims" not in error.value, "no SQL"
    assert str(tmp_path) not in error.value, "no path"


def test_whatever_fails_is_told_in_words_and_not_in_details() -> None:
    def page() -> None:
        from dashboard.server import _tell

        _tell(ZeroDivisionError("secret"))

    shown = AppTest.from_function(page, default_timeout=60).run()
    assert not shown.exception
    (error,) = shown.error
    assert "could not be drawn" in error.value
    assert "secret" not in error.value


def test_an_empty_archive_says_what_to_do(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    Archive(tmp_path / "a.sqlite").close()
    monkeypatch.setenv("CONFLICTMAP_ARCHIVE", str(tmp_path / "a.sqlite"))
    page = AppTest.from_file(APP, default_timeout=60).run()
    assert not page.exception
    assert "conflictmap extract" in page.info[0].value


def test_a_filter_changes_map_counts_list_and_address(start: Callable[..., AppTest]) -> None:
    page = start()
    assert drawn(page) == {"p-qara", "p-homs", "p-idlib"}
    choose(page, set={"events": ["control_change"]})
    assert drawn(page) == {"p-qara"}
    assert page.query_params["event"] == "control_change"
    assert [card["id"] for card in component(page, "cards")[0]["cards"]] == ["c-denial", "c-took"]
    choose(page, clear="")
    assert drawn(page) == {"p-qara", "p-homs", "p-idlib"}
    assert "event" not in page.query_params


def test_the_address_sets_filters_and_window(start: Callable[..., AppTest]) -> None:
    page = start(since="2016-01-01", side=["opposition", "russia"], undated="0")
    assert drawn(page) == {"p-idlib"}
    (days,) = component(page, "timeline")
    assert days["window"][0] == (date(2016, 1, 1) - date(1970, 1, 1)).days
    (filters,) = component(page, "filters")
    assert {node[0] for node in tree(filters, "sides")["nodes"] if node[5]} == {"opposition", "russia"}
    assert not page.warning


def test_a_wrong_address_is_ignored_with_a_notice(start: Callable[..., AppTest]) -> None:
    page = start(since="soon", event="picnic", lang="xx")
    assert "from, event, lang" in page.warning[0].value
    assert len(drawn(page)) == 3


def test_a_place_shows_its_claims_with_who_says_and_who_denies(
    start: Callable[..., AppTest],
) -> None:
    (panel,) = component(start(place="p-qara"), "cards")
    denial, took = panel["cards"]
    assert (took["voice"], took["relayed"]) == ("Syrian state television", "relayed by Reuters")
    assert took["denied_by"] == ["Activists"]
    assert denial["denied"] == "DENIAL"
    assert denial["voice_label"] == "denies"
    assert [text for text, kind in took["quote"] if kind == "place"] == ["قارة"]
    assert took["killed"] == ""
    assert took["facts"] == [], "what is not told is not said"


def test_a_place_shows_its_happenings_with_both_sides_and_who_holds_it(start: Callable[..., AppTest]) -> None:
    (panel,) = component(start(place="p-qara"), "cards")
    (group,) = panel["groups"].values()
    assert [[label, [name for name, *_ in voices]] for label, voices in group["sides"]] == [
        ["Say so", ["Syrian state television"]],
        ["Deny it", ["Activists"]],
    ]
    *_, (*_, fresh), (*_, aged) = panel["strip"]["spans"]
    assert [status for *_, status, _ in panel["strip"]["spans"]] == ["claimed", "contested", "contested aged"]
    assert "last told 20 November 2013" in fresh
    assert "nothing told after 20 November 2013" in aged
    assert panel["nearby"]["places"] == [], "Homs lies 64 km off"
    assert "25 km" in panel["nearby"]["none"]
    (panel,) = component(start(place="p-idlib"), "cards")
    assert panel["dead"]["range"] == "", "a total is no range of the place"
    assert panel["dead"]["figures"] == [["Syrian Observatory for Human Rights", "75", "a total, never added"]]


def test_totals_and_lower_bounds_are_said_as_such(start: Callable[..., AppTest]) -> None:
    (panel,) = component(start(place="p-idlib"), "cards")
    assert "never added" in panel["cards"][0]["total"]
    (panel,) = component(start(place="p-homs"), "cards")
    shelled = next(card for card in panel["cards"] if card["id"] == "c-shelled")
    assert shelled["killed"] == "at least 46"
    assert shelled["total"] == ""
    undated = next(card for card in panel["cards"] if card["id"] == "c-undated")
    assert undated["when"] == "No date"


def test_a_chosen_claim_marks_its_places_and_its_row(start: Callable[..., AppTest]) -> None:
    page = start(claim="c-struck")
    assert payload(page)["selected"] == ["p-idlib"]
    assert [card["id"] for card in component(page, "cards")[0]["cards"] if card["selected"]] == ["c-struck"]


def tab(page: AppTest, name: str) -> dict[str, Any]:
    """The panel with another tab open; the tab itself is clicked in the browser tests."""
    page.session_state["visit"].notes["cards.tab"] = name
    (panel,) = component(rerun(page), "cards")
    return panel


def test_claims_stand_under_their_day_the_newest_first_unless_told_otherwise(
    start: Callable[..., AppTest],
) -> None:
    (panel,) = component(start(), "cards")
    days = [card["day"] for card in panel["cards"]]
    dated = [day for day in days if day]
    assert dated == sorted(dated, reverse=True)
    assert days[-1] == "", "what has no day comes last"
    assert panel["days"][dated[0]][0] == load("en").weekday(date.fromisoformat(dated[0]))
    page = start(order="oldest")
    (panel,) = component(page, "cards")
    assert [card["day"] for card in panel["cards"]] == [*reversed(dated), ""]
    assert page.query_params["order"] == "oldest"


def test_the_tabs_list_places_and_incidents_and_say_where_every_claim_went(
    start: Callable[..., AppTest],
) -> None:
    page = start()
    (panel,) = component(page, "cards")
    numbers = {name: number for name, _, number in panel["tabs"]}
    places = tab(page, "places")["places"]
    assert next(place for place, *_ in places) == "p-qara"
    assert len(places) == int(numbers["places"])
    incidents = tab(page, "incidents")["incidents"]
    assert len(incidents) == int(numbers["incidents"])
    assert "contested" in {incident["status"] for incident in incidents}
    totals = {name: number for name, _, number, _ in tab(page, "totals")["totals"]}
    assert int(totals["mapped"]) + int(totals["unplaced"]) == int(numbers["claims"])


def test_what_lacks_place_or_date_is_listed_with_the_reason(start: Callable[..., AppTest]) -> None:
    assert tab(start(), "totals")["reasons"] == {
        "c-lost": "The named place is in no list of places: الزيتونة المنسية",
        "c-undated": "The day of publication is unknown, so no date can be counted from it",
    }


def test_the_arabic_page_is_in_arabic_from_right_to_left(start: Callable[..., AppTest]) -> None:
    page = start(lang="ar", place="p-qara")
    (filters,) = component(page, "filters")
    assert [head["title"] for head in filters["heads"]][:2] == ["أين", "ماذا"]
    (panel,) = component(page, "cards")
    assert panel["direction"] == "rtl"
    assert panel["name"] == "قارة"
    assert payload(page)["words"]["direction"] == "rtl"


def test_colours_are_one_switch_away(start: Callable[..., AppTest]) -> None:
    page = start()
    assert payload(page)["colours"]["government"] == "#D55E00"
    assert payload(start(colours="customary"))["colours"]["government"] != "#D55E00"


def test_hostile_text_is_only_ever_data(start: Callable[..., AppTest]) -> None:
    """Outside text is in the payloads of our own components and in choices, never in markdown or HTML."""
    page = start("hostile")
    place = f"p-3-{world.HOSTILE[3]}"
    page = start("hostile", place=place)
    assert len(drawn(page)) == len(world.HOSTILE)
    (panel,) = component(page, "cards")
    assert panel["name"] == "name {{7*7}}"
    said = [
        e.value for kind in (page.markdown, page.caption, page.info, page.warning, page.error) for e in kind
    ]
    said += [element.proto.body for element in page.get("html")]
    assert not [text for text in said for hostile in world.HOSTILE if hostile in str(text)]


def test_a_link_to_a_claim_that_is_read_otherwise_leads_to_it_and_says_so(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    archive = world.small(tmp_path / "a.sqlite")
    document = next(d for d in archive.documents() if d.doc_id == archive.claims()[0].doc_id)
    claims = [claim for claim in archive.claims() if claim.doc_id == document.doc_id]
    mentions = tuple(mention for mention in archive.mentions() if mention.doc_id == document.doc_id)
    old = claims[0].claim_id
    archive.put([Reading(document, mentions, (replace(claims[0], claim_id="c-again"), *claims[1:]))])
    monkeypatch.setenv("CONFLICTMAP_ARCHIVE", str(tmp_path / "a.sqlite"))
    page = AppTest.from_file(APP, default_timeout=60)
    page.query_params["claim"] = old
    page.run()
    assert not page.exception
    assert not page.warning
    assert "read anew" in page.info[0].value
    assert page.query_params["claim"] == "c-again"
    archive.put([Reading(document, mentions, ())])
    page = AppTest.from_file(APP, default_timeout=60)
    page.query_params["claim"] = old
    page.run()
    assert "no longer" in page.info[0].value
    assert "claim" not in page.query_params


def test_a_damaged_archive_is_told_in_words_without_its_path(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "a.sqlite"
    world.small(path).close()
    size = path.stat().st_size
    with path.open("r+b") as file:
        file.seek(4096)
        file.write(b"\xa5" * (size - 4096))
    monkeypatch.setenv("CONFLICTMAP_ARCHIVE", str(path))
    page = AppTest.from_file(APP, default_timeout=60).run()
    assert not page.exception
    assert page.error
    assert str(tmp_path) not in page.error[0].value
    assert "SELECT" not in page.error[0].value


def test_a_long_list_is_shown_bit_by_bit(start: Callable[..., AppTest]) -> None:
    (panel,) = component(start("many"), "cards")
    assert len(panel["cards"]) == 60
    assert panel["more"] == "Show 60 more of 70"
    (panel,) = component(start("many", claim="c129", order="newest", place=""), "cards")
    assert "c129" in [card["id"] for card in panel["cards"]], "a chosen claim is among those shown"


def test_towns_stand_below_what_they_lie_in_and_groups_below_their_side(
    start: Callable[..., AppTest],
) -> None:
    (filters,) = component(start(actor="syrian_army"), "filters")
    claimants = tree(filters, "voice_sides")
    names = {node[0]: node for node in claimants["nodes"]}
    for voice, side in (("sohr", "independent"), ("syrian_tv", "government")):
        _, _, of, above, *_ = names[voice]
        assert claimants["lists"][of] == "claimants"
        assert claimants["nodes"][above][0] == side


def test_denials_are_told_apart_in_the_counts(start: Callable[..., AppTest]) -> None:
    page = start()
    (filters,) = component(page, "filters")
    takeover = next(node for node in tree(filters, "events")["nodes"] if node[0] == "control_change")
    assert (takeover[4], takeover[8]) == (2, "1 denial")
    (saying,) = component(page, "sayline")
    assert "1 of them a denial" in saying["rest"]


@pytest.mark.parametrize(
    ("address", "said"),
    [
        ({}, "Fighting, strikes and takeovers: 6 claims"),
        (
            {"event": "control_change", "side": "government", "from": "2013-11-19", "to": "2013-11-20"},
            "Government takeovers, 19–20 November 2013: 1 claim",
        ),
        (
            {"event": "control_change", "side": "government", "stance": "denied"},
            "Denials of government takeovers: 1 claim",
        ),
        (
            {"event": ["shelling", "airstrike"], "side": ["russia", "government"], "undated": "0"},
            "Shelling and air strikes by Russia and the government and its allies: 2 claims",
        ),
        (
            {"voice-side": "independent", "weapon": "artillery", "near": "p-qara", "km": "30", "lang": "en"},
            "Fighting, strikes and takeovers within 30 km of Qara, as told by independent voices, "
            "narrowed further: 0 claims",
        ),
        (
            {"event": "control_change", "side": "government", "target-side": "opposition", "lang": "ar"},
            "سيطرة الحكومة وحلفائها ضد المعارضة: ادعاء واحد",
        ),
        ({"event": "airstrike", "side": "russia", "lang": "ar"}, "غارات جوية منسوبة إلى روسيا: ادعاء واحد"),
        ({"claimant": "activists", "stance": "denied", "lang": "ar"}, "بحسب ناشطين: ادعاء واحد"),
    ],
)
def test_the_view_is_said_in_a_sentence(
    start: Callable[..., AppTest], address: dict[str, Any], said: str
) -> None:
    (saying,) = component(start(**address), "sayline")
    assert said in f"{saying['said']} {saying['claims']}"


def test_each_filter_has_a_chip_that_clears_it(start: Callable[..., AppTest]) -> None:
    page = start(event=["control_change", "shelling", "clash"], near="p-qara")
    (saying,) = component(page, "sayline")
    assert [(name, text) for name, text, _ in saying["chips"]] == [
        ("events", "Takeover +2"),
        ("near", "within 20 km of Qara"),
    ]
    for name, *_ in saying["chips"]:
        choose(page, clear=name)
    (saying,) = component(page, "sayline")
    assert saying["chips"] == []
    assert saying["hidden"]["all"] == ""


def test_a_rectangle_of_the_map_narrows_the_view_and_stands_in_the_address(
    start: Callable[..., AppTest],
) -> None:
    page = start()
    choose(page, set={"box": ["34,36.5,34.5,37"]})
    assert drawn(page) == {"p-qara"}
    assert page.query_params["box"] == "34,36.5,34.5,37"
    (saying,) = component(page, "sayline")
    assert saying["hidden"]["all"] == "4 hidden"
