"""Below the marks: who is said to hold what, and the dead; no more is said than the claims say."""

import json
from datetime import date
from pathlib import Path

import dashboard_world as world
import pytest

from dashboard import frames as room
from dashboard.claims import panel
from dashboard.layers import casualties, control, names
from dashboard.selection import Selection
from dashboard.space.markers import layer
from dashboard.wording import load
from extraction.keeping.archive import Archive
from extraction.records import Reading


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> room.Frames:
    archive = world.small(tmp_path_factory.mktemp("small") / "a.sqlite")
    return room.build(archive.frames(), archive.version, archive.text, {})


def passing(frames: room.Frames, **chosen: object) -> room.Flags:
    return room.view(frames, Selection(**chosen)).passing  # type: ignore[arg-type]


def test_a_takeover_that_is_denied_is_contested_from_the_denial_on(small: room.Frames) -> None:
    held = control.holdings(small, passing(small))
    assert set(held) == {"p-qara"}
    assert [(h.since, h.blocs, h.status) for h in held["p-qara"]] == [
        (date(2013, 11, 18), ("government",), "claimed"),
        (date(2013, 11, 20), ("government",), "contested"),
    ]


def test_holdings_follow_the_filters(small: room.Frames) -> None:
    (alone,) = control.holdings(small, passing(small, claimants=("syrian_tv",)))["p-qara"]
    assert alone.status == "claimed"
    assert control.holdings(small, passing(small, sides=("russia",))) == {}


def test_totals_and_denials_are_no_dead_of_a_place(small: room.Frames) -> None:
    (dead,) = casualties.dead(small, passing(small))
    assert (dead.places, dead.told.low, dead.told.most) == (("p-homs",), 46, None)


def test_figures_of_one_happening_are_a_range_and_never_a_sum(tmp_path: Path) -> None:
    archive = Archive(tmp_path / "a.sqlite")
    doc = world.document(
        "d", "قصف على قارة قتل 10. قصف على قارة قتل 12. غارة على حمص وقارة قتلت 5.", date(2014, 1, 1)
    )
    qara = world.mention(doc, "قارة", "q", lat=34.1, lon=36.7)
    homs = world.mention(doc, "حمص", "h", lat=34.7, lon=36.7)
    ten = world.claim("ten", doc, "قصف على قارة قتل 10", (qara,), killed_min=10, killed_max=10)
    more = world.claim("more", doc, "قصف على قارة قتل 12", (qara,), killed_min=12, killed_max=12)
    two = world.claim("two", doc, "غارة على حمص وقارة قتلت 5", (homs, qara), killed_min=5, killed_max=5)
    archive.put([Reading(doc, (qara, homs), (ten, more, two))])
    archive.replace_incidents([(world.incident("i", [ten, more], "claimed"), ["ten", "more"])])
    frames = room.build(archive.frames(), archive.version, archive.text, {})
    dead = {
        of.figures: (of.places, of.told.low, of.told.most) for of in casualties.dead(frames, passing(frames))
    }
    assert dead == {("more", "ten"): (("q",), 10, 12), ("two",): (("h", "q"), 5, 5)} or dead == {
        ("ten", "more"): (("q",), 10, 12),
        ("two",): (("h", "q"), 5, 5),
    }


def test_dead_without_a_date_are_told_and_not_added(tmp_path: Path) -> None:
    """They may be those of another claim: without a day nothing joins the two."""
    archive = Archive(tmp_path / "a.sqlite")
    told = []
    for name, day in (("dated", date(2014, 1, 1)), ("undated", None)):
        doc = world.document(name, "قصف على قارة قتل 10.", day)
        qara = world.mention(doc, "قارة", "q", lat=34.1, lon=36.7)
        claim = world.claim(name, doc, "قصف على قارة قتل 10", (qara,), killed_min=10, killed_max=10)
        told.append(Reading(doc, (qara,), (claim,)))
    archive.put(told)
    frames = room.build(archive.frames(), archive.version, archive.text, {})
    selection, words = Selection(place="q", layers=names()), load("en")
    shown = panel.panel(frames, room.view(frames, selection), selection, words)
    assert shown["dead"]["range"] == "10"
    assert [figure[1:] for figure in shown["dead"]["figures"]] == [["10", ""], ["10", "No date"]]
    payload = layer(frames, room.view(frames, selection), selection, [], words).payload
    drawn = json.loads(json.loads(payload.removeprefix("JSON.parse(").removesuffix(")")))["tables"][
        "casualties"
    ]
    assert [row[3:] for row in drawn["happenings"]["rows"]] == [[10, 10]]


def test_every_layer_makes_a_payload(small: room.Frames) -> None:
    selection = Selection(layers=names())
    made = layer(small, room.view(small, selection), selection, [], load("en"))
    assert made.payload.startswith("JSON.parse(")
