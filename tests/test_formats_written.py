"""Files of every kind out: what they say of themselves, what is chosen, and nothing that is a formula."""

import csv
import json
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import fastkml
import geopandas
import openpyxl
import pytest
from fastkml.utils import find_all

from extraction.keeping import formats
from extraction.keeping.archive import Archive
from extraction.keeping.choice import Choice
from extraction.keeping.contents import program_version
from extraction.keeping.export import export
from extraction.records import ClaimPlace, Incident, Mention, Reading
from gazetteer.sources import load

Run = Callable[..., int]
HOSTILE = '=HYPERLINK("http://x.example")<script>alert(1)</script>&\x0b]]>'


def archive_of(
    path: Path, *readings: Reading, incidents: tuple[tuple[Incident, list[str]], ...] = ()
) -> Archive:
    archive = Archive(path / "a.sqlite")
    archive.put(readings)
    archive.replace_incidents(incidents)
    return archive


@pytest.fixture
def archive(tmp_path: Path, made: Any) -> Archive:
    """A shelling of Qara with its days, and one that no list can place, undated and hostile."""
    first, second = made.reading(), made.reading(made.document("b"))
    claim = replace(second.claims[0], places=(), evidence=HOSTILE, actor_bloc="")
    claim = replace(claim, date_start=None, date_end=None)
    document = replace(second.document, title=HOSTILE, outlet=HOSTILE)
    return archive_of(
        tmp_path,
        first,
        replace(second, claims=(claim,), document=document),
        incidents=((made.incident, ["a:1"]),),
    )


@pytest.mark.parametrize("name", formats.written())
def test_each_says_source_day_filters_version_and_that_a_claim_is_no_fact(
    archive: Archive, tmp_path: Path, name: str
) -> None:
    export(archive, tmp_path / "out", names=[name], choice=Choice(sides=("government",)))
    found = b"".join(path.read_bytes() for path in (tmp_path / "out").iterdir())
    if name == "xlsx":
        sheet = openpyxl.load_workbook(tmp_path / "out" / "claims.xlsx")["about"]
        found = "\n".join(str(cell.value) for row in sheet.rows for cell in row).encode()
    for told in ("no established fact", "GeoNames", date.today().isoformat(), "side government"):
        assert told.encode() in found, told
    assert program_version().encode() in found


def test_several_formats_are_written_at_once(conflictmap: Run, archive: Archive, tmp_path: Path) -> None:
    out = tmp_path / "out"
    told = ("--format", "kml", "--format", "geojson", "--out", out, "--archive", tmp_path / "a.sqlite")
    assert conflictmap("export", *told) == 0
    assert {path.name for path in out.iterdir()} == {"claims.kml", "claims.geojson"}


@pytest.mark.parametrize(
    ("told", "claims"),
    [
        (("--since", "2013-11-20"), ["a:1"]),
        (("--since", "2013-11-21"), []),
        (("--until", "2013-11-19"), ["a:1"]),
        (("--until", "2013-11-18"), []),
        (("--side", "government"), ["a:1"]),
        (("--side", "russia"), []),
        (("--event", "shelling"), ["a:1", "b:1"]),
        (("--event", "siege", "--event", "clash"), []),
        (("--area", "36,34,37,35"), ["a:1"]),
        (("--area", "38,34,39,35"), []),
        ((), ["a:1", "b:1"]),
    ],
)
def test_claims_are_chosen(
    conflictmap: Run, archive: Archive, tmp_path: Path, told: tuple[str, ...], claims: list[str]
) -> None:
    assert conflictmap("export", *told, "--out", tmp_path, "--archive", tmp_path / "a.sqlite") == 0
    with (tmp_path / "claims.csv").open(encoding="utf-8-sig", newline="") as file:
        assert [row["claim_id"] for row in csv.DictReader(file)] == claims
    texts = [row["doc_id"] for row in csv.DictReader((tmp_path / "documents.csv").open(encoding="utf-8-sig"))]
    assert [f"{text}:1" for text in texts] == claims


def test_a_place_is_chosen_with_what_lies_in_it(conflictmap: Run, tmp_path: Path, made: Any) -> None:
    place = next(place for place in load().places.values() if place.name_en == "Qara")
    reading = made.reading()
    claim = replace(reading.claims[0], places=(ClaimPlace(place.id, place.lat, place.lon, 36, 40),))
    archive_of(tmp_path, replace(reading, claims=(claim,)))
    more = ("--out", tmp_path, "--archive", tmp_path / "a.sqlite")
    for name, count in ((place.id, 1), (place.name_ar, 1), (place.parent_id, 1), ("حلب", 0)):
        assert conflictmap("export", "--place", name, *more) == 0
        assert len((tmp_path / "claims.csv").read_text("utf-8").splitlines()) == 1 + count
    assert conflictmap("export", "--place", "nowhere at all", *more) == 2


@pytest.mark.parametrize(
    "told", [("--area", "1,2,3"), ("--area", "40,1,30,2"), ("--side", "x"), ("--since", "x")]
)
def test_wrong_filters_are_told(conflictmap: Run, tmp_path: Path, told: tuple[str, ...]) -> None:
    with pytest.raises(SystemExit):
        conflictmap("export", *told, "--out", tmp_path)


def test_no_cell_of_a_workbook_is_a_formula_and_arabic_stands_right(archive: Archive, tmp_path: Path) -> None:
    export(archive, tmp_path, names=["xlsx"])
    book = openpyxl.load_workbook(tmp_path / "claims.xlsx")
    kinds = {cell.data_type for sheet in book for row in sheet.rows for cell in row}
    assert kinds <= {"s", "inlineStr", "n", "d", "b"}
    sheet = book["claims"]
    assert sheet.freeze_panes == "A2"
    header = [cell.value for cell in sheet[1]]
    evidence = sheet.cell(2, header.index("evidence") + 1)
    assert evidence.alignment.readingOrder == 2
    assert sheet.cell(2, header.index("date_start") + 1).value.date() == date(2013, 11, 19)
    assert sheet.cell(3, header.index("evidence") + 1).value.startswith("'=HYPER")
    assert sheet.cell(3, header.index("date_start") + 1).value is None


def test_the_hxl_table_holds_no_formula_and_each_figure_once(archive: Archive, tmp_path: Path) -> None:
    export(archive, tmp_path, names=["hxl"])
    with (tmp_path / "claims.hxl.csv").open(encoding="utf-8-sig", newline="") as file:
        header, tags, *rows = csv.reader(file)
    assert len(header) == len(tags) == len(set(tags))
    assert all(tag.startswith("#") for tag in tags)
    first, second = (dict(zip(header, row, strict=True)) for row in rows)
    assert (first["killed_min"], first["killed_max"], first["location_en"]) == ("10", "", "Qara")
    assert second["evidence"].startswith("'=")
    assert second["lat"] == ""


def test_points_keep_their_ids_and_an_unplaced_claim_is_kept(archive: Archive, tmp_path: Path) -> None:
    export(archive, tmp_path, names=["geojson", "gpkg"])
    told = json.loads((tmp_path / "claims.geojson").read_text("utf-8"))
    assert [feature["id"] for feature in told["features"]] == ["a:1", "b:1"]
    assert told["features"][0]["geometry"]["coordinates"] == [36.743, 34.155]
    assert told["features"][1]["geometry"] is None
    for file in ("claims.geojson", "claims.gpkg"):
        frame = geopandas.read_file(tmp_path / file)
        assert list(frame["claim_id"]) == ["a:1", "b:1"]
        assert list(frame["killed_min"]) == [10, 10]
        (point,) = frame.geometry[:1].explode()
        assert (point.x, point.y) == (36.743, 34.155)
        assert frame["evidence"][1].startswith("=HYPERLINK")


def test_a_placemark_has_its_days_and_its_words_are_no_markup(
    archive: Archive, tmp_path: Path, made: Any
) -> None:
    reading = made.reading(made.document("c"))
    claim = replace(
        reading.claims[0],
        evidence=HOSTILE,
        places=(ClaimPlace("qara", 34.155, 36.743, 36, 40), ClaimPlace("adra", 33.6, 36.5, 1, 4)),
    )
    adra = replace(reading.mentions[0], start=1, end=4, surface="عدرا", name_ar="عدرا", place_id="adra")
    mentions: tuple[Mention, ...] = (*reading.mentions, adra)
    archive.put([replace(reading, claims=(claim,), mentions=mentions)])
    export(archive, tmp_path, names=["kml"])
    kml = fastkml.KML.parse(tmp_path / "claims.kml")
    one, two = find_all(kml, of_type=fastkml.Placemark)
    assert (one.times.begin.dt, one.times.end.dt) == (date(2013, 11, 19), date(2013, 11, 20))
    assert "<script" not in two.description
    assert "&lt;script" in two.description
    assert len(list(two.geometry.geoms)) == 2
    assert "claims without a place on the map: 1" in (tmp_path / "claims.kml").read_text("utf-8")


def test_a_format_whose_library_is_missing_says_what_to_install(
    conflictmap: Run,
    archive: Archive,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    caplog: Any,
    capsys: Any,
) -> None:
    monkeypatch.setattr("extraction.keeping.formats.format.find_spec", lambda name: None)
    more = ("--out", tmp_path / "out", "--archive", tmp_path / "a.sqlite")
    assert conflictmap("export", "--format", "csv", "--format", "gpkg", *more) == 2
    assert "pip install pyogrio" in capsys.readouterr().err
    assert not (tmp_path / "out").exists()
    assert conflictmap("export", *more) == 0


@pytest.mark.parametrize("name", formats.written())
def test_an_empty_archive_and_a_choice_of_nothing_give_whole_files(tmp_path: Path, name: str) -> None:
    export(Archive(tmp_path / "a.sqlite"), tmp_path / "out", names=[name])
    assert {path.name for path in (tmp_path / "out").iterdir()} == set(formats.written()[name].files)
