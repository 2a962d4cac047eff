"""The exported archive: columns and cells as agreed, and nothing that runs in a spreadsheet."""

import csv
import errno
import hashlib
import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from extraction.keeping.archive import Archive
from extraction.keeping.contents import neutralise
from extraction.keeping.export import export
from gazetteer.sources import load

COLUMNS = {
    "documents": "doc_id, folder, title, url, archived_url, published, published_basis, outlet, language, "
    "characters, sha256",
    "mentions": "doc_id, start, end, surface, place_id, name_ar, name_en, kind, admin1, lat, lon, "
    "score, method",
    "claims": "claim_id, doc_id, start, end, evidence, outlet, published, event_type, stance, actor, "
    "actor_bloc, target, target_bloc, claimant, relayed_by, date_start, date_end, date_basis, killed_min, "
    "killed_max, wounded_min, wounded_max, victims, place_names, lat, lon, strikes_min, strikes_max, weapon, "
    "is_total, incident_id, confidence",
    "claim_places": "claim_id, place_id, name_ar, name_en, admin1, lat, lon, start, end",
    "places": "place_id, name_ar, name_en, kind, parent, admin1, lat, lon, radius_km, pcode, source",
    "incidents": "incident_id, event_type, date_start, date_end, place_ids, status, killed_min, killed_max, "
    "wounded_min, wounded_max, claims, claimants",
}


def rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


@pytest.fixture
def archive(tmp_path: Path, made: Any) -> Archive:
    archive = Archive(tmp_path / "a.sqlite")
    archive.put([made.reading()])
    archive.replace_incidents([(made.incident, ["a:1"])])
    return archive


@pytest.mark.parametrize("name", COLUMNS)
def test_columns_begin_as_the_contract_says(archive: Archive, tmp_path: Path, name: str) -> None:
    export(archive, tmp_path / "out")
    wanted = COLUMNS[name].split(", ")
    (row,) = rows(tmp_path / "out" / f"{name}.csv")[:1]
    assert list(row)[: len(wanted)] == wanted


def test_cells_are_values_as_they_are_and_empty_where_unknown(
    archive: Archive, tmp_path: Path, made: Any
) -> None:
    export(archive, tmp_path)
    (claim,) = rows(tmp_path / "claims.csv")
    assert claim["evidence"] == made.reading().claims[0].evidence
    assert (claim["killed_min"], claim["killed_max"], claim["wounded_min"]) == ("10", "", "")
    assert (claim["date_start"], claim["published"]) == ("2013-11-19", "2013-11-20")
    assert (claim["is_total"], claim["confidence"], claim["incident_id"]) == ("false", "0.75", "i1")
    (placed,) = rows(tmp_path / "claim_places.csv")
    assert (placed["lat"], placed["lon"]) == ("34.155", "36.743")
    assert claim["places_unresolved"] == "قارة"
    (incident,) = rows(tmp_path / "incidents.csv")
    assert (incident["place_ids"], incident["date_end"]) == ("qara;adra", "")
    (document,) = rows(tmp_path / "documents.csv")
    assert document["characters"] == str(len(made.document().text))


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r"])
def test_no_cell_from_outside_is_a_formula(tmp_path: Path, made: Any, start: str) -> None:
    hostile = f'{start}HYPERLINK("http://x.example";"click")\r\n,"'
    document = replace(
        made.document(hostile, hostile), outlet=hostile, title=hostile, published_reason=hostile
    )
    reading = made.reading(document)
    claim = replace(reading.claims[0], evidence=hostile)
    mention = replace(reading.mentions[0], surface=hostile, lat=-1.5)
    archive = Archive(tmp_path / "a.sqlite")
    archive.put([replace(reading, claims=(claim,), mentions=(mention,))])
    export(archive, tmp_path)
    for name in COLUMNS:
        for row in rows(tmp_path / f"{name}.csv"):
            texts = {column: cell for column, cell in row.items() if column not in ("lat", "lon")}
            assert not [cell for cell in texts.values() if cell.startswith(start)]
    assert rows(tmp_path / "claims.csv")[0]["evidence"] == "'" + hostile
    # Joins hold: a name is changed alike wherever it stands. Numbers are no text.
    assert rows(tmp_path / "claims.csv")[0]["doc_id"] == rows(tmp_path / "documents.csv")[0]["doc_id"]
    assert rows(tmp_path / "claims.csv")[0]["claim_id"] == rows(tmp_path / "claim_places.csv")[0]["claim_id"]
    assert rows(tmp_path / "mentions.csv")[0]["lat"] == "-1.5"


def test_only_the_beginning_makes_a_formula() -> None:
    assert neutralise("a=b") == "a=b"
    assert neutralise("") == ""


def test_the_order_does_not_depend_on_the_order_of_writing(tmp_path: Path, made: Any) -> None:
    readings = [made.reading(made.document(name, name + " نص")) for name in ("b", "a", "ج", "A")]
    for number, order in enumerate((readings, readings[::-1])):
        archive = Archive(tmp_path / f"{number}.sqlite")
        for reading in order:
            archive.put([reading])
        export(archive, tmp_path / str(number))
    for file in (tmp_path / "0").iterdir():
        assert file.read_bytes() == (tmp_path / "1" / file.name).read_bytes()


def test_the_datapackage_describes_every_column(archive: Archive, tmp_path: Path) -> None:
    export(archive, tmp_path)
    package = json.loads((tmp_path / "datapackage.json").read_text(encoding="utf-8"))
    assert {resource["name"] for resource in package["resources"]} == set(COLUMNS)
    for resource in package["resources"]:
        fields = resource["schema"]["fields"]
        (row,) = rows(tmp_path / resource["path"])[:1]
        assert [field["name"] for field in fields] == list(row)
        assert all(field["description"] for field in fields)
        for field in fields:
            cell, codes = row[field["name"]], field.get("constraints", {}).get("enum")
            assert not cell or not codes or cell in codes
    assert "apostrophe" in package["description"]


def test_an_empty_archive_gives_headers_only(tmp_path: Path) -> None:
    export(Archive(tmp_path / "a.sqlite"), tmp_path)
    for name, columns in COLUMNS.items():
        lines = (tmp_path / f"{name}.csv").read_text(encoding="utf-8-sig").splitlines()
        assert len(lines) == 1
        assert lines[0].startswith(columns.replace(", ", ","))


def test_places_of_claims_stand_under_their_names(archive: Archive, tmp_path: Path) -> None:
    export(archive, tmp_path, load())
    (claim,) = rows(tmp_path / "claims.csv")
    assert (claim["place_names"], claim["lat"], claim["lon"]) == ("قارة", "34.155", "36.743")
    (placed,) = rows(tmp_path / "claim_places.csv")
    assert (placed["name_ar"], placed["name_en"], placed["admin1"]) == ("قارة", "Qara", "Rural Damascus")
    (place,) = rows(tmp_path / "places.csv")
    assert (place["place_id"], place["kind"], place["radius_km"]) == ("qara", "town", "2.0")
    assert (place["parent"], place["source"]) != ("", "")


def test_addresses_and_folder_of_a_text_are_written(tmp_path: Path, made: Any) -> None:
    archive = Archive(tmp_path / "a.sqlite")
    document = replace(
        made.document("news/a"),
        folder="news",
        path="a",
        url="https://a.example",
        archived_url="https://b.example",
    )
    archive.put([made.reading(document)])
    assert archive.documents() == (document,)
    export(archive, tmp_path)
    (row,) = rows(tmp_path / "documents.csv")
    assert list(row.values())[:5] == ["news/a", "news", "عنوان", "https://a.example", "https://b.example"]


def test_each_file_begins_with_a_byte_order_mark_and_is_as_the_package_says(
    archive: Archive, tmp_path: Path
) -> None:
    export(archive, tmp_path)
    package = json.loads((tmp_path / "datapackage.json").read_text(encoding="utf-8"))
    assert {"created", "version", "licenses", "sources"} <= package.keys()
    tables = {resource["name"]: rows(tmp_path / resource["path"]) for resource in package["resources"]}
    for resource in package["resources"]:
        data = (tmp_path / resource["path"]).read_bytes()
        assert data.startswith(b"\xef\xbb\xbf")
        assert resource["hash"] == f"sha256:{hashlib.sha256(data).hexdigest()}"
        schema, here = resource["schema"], tables[resource["name"]]
        keys = [tuple(row[name] for name in schema["primaryKey"]) for row in here]
        assert len(set(keys)) == len(keys)
        for key in schema.get("foreignKeys", ()):
            (mine,), (theirs,) = key["fields"], key["reference"]["fields"]
            known = {row[theirs] for row in tables[key["reference"]["resource"]]}
            assert {row[mine] for row in here} <= known | {""}


def test_an_export_that_breaks_off_leaves_the_old_one(
    archive: Archive, tmp_path: Path, made: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    out = tmp_path / "out"
    export(archive, out)
    before = {path.name: path.read_bytes() for path in out.iterdir()}
    archive.put([made.reading(made.document("b", "نص آخر"))])

    def full(*_: object, **__: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    with monkeypatch.context() as broken:
        broken.setattr(pd.DataFrame, "to_csv", full)
        with pytest.raises(OSError, match=r"No space left on device.*documents\.csv"):
            export(archive, out)
    assert {path.name: path.read_bytes() for path in out.iterdir()} == before
    export(archive, out)
    assert len(rows(out / "documents.csv")) == 2
