"""The files of what is in view: its claims and no others, and nothing that a program runs."""

import csv
import io
import json
from datetime import date
from pathlib import Path

import dashboard_world as world
import pytest

from dashboard import downloads
from dashboard import frames as room
from dashboard.selection import Selection


def frames_of(name: str, path: Path) -> room.Frames:
    archive = getattr(world, name)(path / f"{name}.sqlite")
    return room.build(archive.frames(), archive.version, archive.text, {})


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> room.Frames:
    return frames_of("small", tmp_path_factory.mktemp("small"))


def table(frames: room.Frames, **chosen: object) -> list[dict[str, str]]:
    made = downloads.csv(frames, room.view(frames, Selection(**chosen)))  # type: ignore[arg-type]
    return list(csv.DictReader(io.StringIO(made.decode("utf-8-sig"))))


def test_the_table_has_what_is_in_view_and_leaves_the_untold_empty(small: room.Frames) -> None:
    assert [row["claim_id"] for row in table(small)] == small.claims.index.tolist()
    (shelled,) = table(small, events=("shelling",))
    assert (shelled["killed_min"], shelled["killed_max"], shelled["claimant"]) == ("46", "", "")
    assert (shelled["date_start"], shelled["place_ids"], shelled["lat"]) == (
        "2013-11-20",
        "p-homs",
        "34.73000",
    )
    undated = next(row for row in table(small) if row["claim_id"] == "c-undated")
    assert (undated["date_start"], undated["published"]) == ("", "")


def test_geojson_has_a_point_for_each_claim_and_place(small: room.Frames) -> None:
    made = json.loads(downloads.geojson(small, room.view(small, Selection())))
    features = {feature["properties"]["claim_id"]: feature for feature in made["features"]}
    assert set(features) == set(small.claims.index) - {"c-lost"}
    assert features["c-took"]["geometry"] == {"type": "Point", "coordinates": [36.743, 34.155]}
    assert features["c-struck"]["properties"]["radius_km"] == 60
    assert features["c-struck"]["properties"]["is_total"] is True
    assert "killed_max" not in features["c-shelled"]["properties"], "at least 46 has no highest"


def test_no_cell_is_a_formula(tmp_path: Path) -> None:
    hostile = frames_of("hostile", tmp_path)
    cells = [cell for row in table(hostile) for cell in row.values()]
    assert not [cell for cell in cells if cell.startswith(("=", "+", "-", "@", "\t", "\r"))]
    json.loads(downloads.geojson(hostile, room.view(hostile, Selection())))


def test_an_empty_view_makes_an_empty_table(small: room.Frames) -> None:
    assert table(small, sides=("russia",), stances=("denied",)) == []


def test_the_name_of_a_file_tells_the_filters_that_were_set() -> None:
    assert downloads.name(Selection()) == "claims-in-view"
    narrowed = Selection(events=("shelling",), near="p<&>", since=date(2016, 1, 1))
    assert downloads.name(narrowed) == "claims-in-view-event-near-from"
