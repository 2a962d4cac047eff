"""What stands around the map in a picture of it: the view in words, without its days."""

from datetime import date

import dashboard_world as world
import pytest

from dashboard import frames as room
from dashboard.selection import Selection
from dashboard.space.picture import caption
from dashboard.wording import load


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> room.Frames:
    archive = world.small(tmp_path_factory.mktemp("small") / "a.sqlite")
    return room.build(archive.frames(), archive.version, archive.text, {})


def said(frames: room.Frames, selection: Selection, language: str = "en") -> dict[str, str]:
    return caption(frames, room.view(frames, selection), selection, load(language))


def test_the_view_is_said_without_its_days(small: room.Frames) -> None:
    told = said(small, Selection(since=date(2013, 11, 1), until=date(2013, 11, 30), undated=False))
    assert told["what"] == "Fighting, strikes and takeovers"
    assert told["counted"].startswith("Fighting, strikes and takeovers: 3 claims at 2 places")
    assert told["filters"] == "Dated claims only"
    assert told["holds"] == "6 claims, 5 articles, 18 November 2013 – 7 May 2016"


def test_every_filter_is_said_whole_in_the_phrase_or_below_it(small: room.Frames) -> None:
    events = ("airstrike", "shelling", "clash", "control_change")
    told = said(small, Selection(events=events, statuses=("contested",), sides=("government",)))
    assert told["what"] == "4 kinds of event by the government and its allies"
    assert told["filters"] == "Air strike, Shelling, Clash, Takeover; Contested"


def test_in_arabic_it_is_arabic(small: room.Frames) -> None:
    told = said(small, Selection(statuses=("contested",)), "ar")
    assert told["title"] == "خريطة النزاع في سوريا"
    assert told["holds"].startswith("٦ ادعاءات، ٥ مقالات")
    assert told["filters"] == load("ar").code("status", "contested")
