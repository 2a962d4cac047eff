"""The tables of ACLED and UCDP: what counts for a row, what is left out and counted, and the codes."""

import csv
import json
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from extraction.joining.incident import join
from extraction.keeping.archive import Archive
from extraction.keeping.export import export
from extraction.keeping.formats import acled, ucdp
from extraction.keeping.formats.ucdp import priogrid
from extraction.records import Claim, ClaimPlace
from gazetteer.sources import load

QARA = ClaimPlace("qara", 34.155, 36.743, 36, 40)


def rows_of(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


@pytest.fixture
def told(tmp_path: Path, made: Any) -> Any:
    """Writes claims, each of a text of its own and other than that of ``made``; gives rows and counts."""

    def write(*claims: dict[str, Any]) -> tuple[list[dict[str, str]], list[dict[str, str]], dict[str, Any]]:
        archive = Archive(tmp_path / f"{len(list(tmp_path.iterdir()))}.sqlite")
        readings = []
        for number, changes in enumerate(claims):
            reading = made.reading(replace(made.document(f"d{number}"), outlet=f"outlet {number}"))
            base: Claim = replace(reading.claims[0], places=(QARA,), outlet=f"outlet {number}")
            readings.append(replace(reading, claims=(replace(base, **changes),)))
        archive.put(readings)
        archive.replace_incidents(join(archive.tellings()))
        export(archive, tmp_path / "out", load(), names=["acled", "ucdp"])
        counts = json.loads((tmp_path / "out" / "acled.about.json").read_text("utf-8"))["claims_left_out"]
        return rows_of(tmp_path / "out" / "acled.csv"), rows_of(tmp_path / "out" / "ucdp.csv"), counts

    return write


def test_the_columns_are_the_published_ones(told: Any) -> None:
    first, second, _ = told({})
    assert (len(acled.COLUMNS), len(ucdp.COLUMNS)) == (31, 49)
    assert list(first[0]) == list(acled.COLUMNS)
    assert list(second[0]) == list(ucdp.COLUMNS)


def test_claims_of_one_incident_are_a_row_with_their_sources_and_the_lowest_figure(told: Any) -> None:
    (row,), _, left_out = told({"killed_min": 12, "killed_max": 12}, {"killed_min": 7, "killed_max": 7})
    assert left_out == {}
    assert (row["source"], row["fatalities"]) == ("outlet 0; outlet 1", "7")
    assert (row["event_type"], row["sub_event_type"]) == (
        "Explosions/Remote violence",
        "Shelling/artillery/missile attack",
    )
    assert (row["actor1"], row["inter1"], row["actor2"], row["inter2"]) == (
        "government",
        "State forces",
        "Civilians (Syria)",
        "Civilians",
    )
    assert (row["interaction"], row["civilian_targeting"]) == ("State forces-Civilians", "Civilian targeting")
    assert (row["location"], row["admin1"], row["geo_precision"]) == ("Qara", "Rural Damascus", "1")
    assert (row["event_date"], row["year"], row["time_precision"]) == ("2013-11-19", "2013", "2")
    assert row["notes"].startswith("As claimed, not established.")


def test_the_dead_stand_on_one_row_of_the_incident(told: Any) -> None:
    adra = ClaimPlace("adra", 33.6, 36.5, 1, 4)
    rows, (event,), _ = told({"places": (QARA, adra), "killed_min": 10, "killed_max": 10})
    assert [(row["latitude"], row["fatalities"]) for row in rows] == [("34.155", "10"), ("33.6", "0")]
    assert len({row["event_id_cnty"] for row in rows}) == 2
    assert (event["best"], event["where_prec"], event["event_clarity"]) == ("10", "5", "2")


def test_what_counts_for_no_row_is_counted_with_the_reason(told: Any) -> None:
    rows, events, left_out = told(
        {"stance": "denied"},
        {"is_total": True},
        {"date_start": None, "date_end": None},
        {"places": (ClaimPlace("", None, None, 36, 40),)},
    )
    assert rows == events == []
    assert left_out == {
        "denied": 1,
        "totals that cover others": 1,
        "undated": 1,
        "without a place on the map": 1,
    }


@pytest.mark.parametrize(
    ("least", "most", "written"),
    [(1, None, "10"), (20, 99, "12"), (200, 999, "100"), (5, 5, "5"), (46, None, "46"), (None, None, "0")],
)
def test_figures_in_words_are_written_as_acled_does(
    told: Any, least: int | None, most: int | None, written: str
) -> None:
    (row,), _, _ = told({"killed_min": least, "killed_max": most})
    assert row["fatalities"] == written


@pytest.mark.parametrize(
    ("changes", "kind", "sub"),
    [
        ({"event_type": "control_change"}, "Battles", "Government regains territory"),
        ({"event_type": "control_change", "actor_bloc": "russia"}, "Battles", "Government regains territory"),
        (
            {"event_type": "control_change", "actor_bloc": "opposition"},
            "Battles",
            "Non-state actor overtakes territory",
        ),
        (
            {"event_type": "control_change", "actor_bloc": "turkey"},
            "Battles",
            "Non-state actor overtakes territory",
        ),
        ({"event_type": "control_change", "actor_bloc": ""}, "Battles", ""),
        ({"event_type": "withdrawal"}, "Strategic developments", "Non-violent transfer of territory"),
        ({"event_type": "siege"}, "Strategic developments", "Other"),
        ({"event_type": "airstrike"}, "Explosions/Remote violence", "Air/drone strike"),
        ({"event_type": "chemical_attack"}, "Explosions/Remote violence", "Chemical weapon"),
        ({"event_type": "explosion"}, "Explosions/Remote violence", "Remote explosive/landmine/IED"),
        ({"event_type": "explosion", "weapon": "suicide_belt"}, "Explosions/Remote violence", "Suicide bomb"),
        ({"event_type": "other_attack"}, "Violence against civilians", "Attack"),
        ({"event_type": "other_attack", "victims": ""}, "Battles", "Armed clash"),
        ({"event_type": "clash", "victims": ""}, "Battles", "Armed clash"),
    ],
)
def test_kinds_are_those_of_the_contract(told: Any, changes: dict[str, str], kind: str, sub: str) -> None:
    (row,), _, _ = told(changes)
    assert (row["event_type"], row["sub_event_type"]) == (kind, sub)
    assert (row["disorder_type"] == "Strategic developments") is (kind == "Strategic developments")


def test_a_group_has_its_name_and_one_side_alone_is_said_so(told: Any) -> None:
    (row,), _, _ = told({"actor": "ahrar_al_sham", "actor_bloc": "opposition", "victims": ""})
    assert row["actor1"] == "Ahrar al-Sham"
    assert (row["inter1"], row["interaction"], row["actor2"]) == ("Rebel group", "Rebel group only", "")
    assert row["civilian_targeting"] == ""
    (row,), _, _ = told({"actor_bloc": "", "target_bloc": "opposition"})
    assert (row["inter1"], row["inter2"], row["interaction"]) == ("", "Rebel group", "")


@pytest.mark.parametrize(
    ("first", "last", "time_precision", "date_prec"),
    [
        (date(2013, 11, 19), date(2013, 11, 19), "1", "1"),
        (date(2013, 11, 14), date(2013, 11, 19), "2", "2"),
        (date(2013, 11, 13), date(2013, 11, 19), "2", "3"),
        (date(2013, 11, 1), date(2013, 11, 30), "3", "4"),
        (date(2013, 10, 1), date(2013, 11, 30), "3", "5"),
    ],
)
def test_precision_of_days(told: Any, first: date, last: date, time_precision: str, date_prec: str) -> None:
    (row,), (event,), _ = told({"date_start": first, "date_end": last})
    assert row["time_precision"] == time_precision
    assert event["date_prec"] == date_prec
    assert first <= date.fromisoformat(row["event_date"]) <= last
    assert (event["date_start"], event["date_end"]) == (first.isoformat(), last.isoformat())


def test_best_is_the_low_unless_two_sides_agree_on_more(told: Any) -> None:
    def figures(*claims: tuple[str, int, int | None]) -> tuple[str, str, str]:
        _, (event,), _ = told(*({"claimant": who, "killed_min": n, "killed_max": m} for who, n, m in claims))
        return event["low"], event["best"], event["high"]

    assert figures(("sana", 5, 5), ("sohr", 12, 12)) == ("5", "5", "12")
    assert figures(("sana", 5, 5), ("sohr", 12, 12), ("civil_defence", 10, 10)) == ("5", "10", "12")
    assert figures(("sana", 5, 5), ("syrian_tv", 12, 12)) == ("5", "5", "12")
    assert figures(("sohr", 8, None)) == ("8", "8", "")


def test_ged_says_what_is_told_and_leaves_the_rest_empty(told: Any) -> None:
    _, (event,), _ = told({"killed_max": 10})
    assert (event["side_a"], event["side_b"], event["type_of_violence"]) == (
        "Government of Syria",
        "Civilians",
        "3",
    )
    assert (event["deaths_civilians"], event["deaths_a"], event["deaths_unknown"]) == ("10", "", "")
    assert (event["gwnoa"], event["country_id"], event["priogrid_gid"]) == ("652", "652", "178994")
    assert event["geom_wkt"] == "POINT (36.743 34.155)"
    for unknown in ("conflict_new_id", "dyad_new_id", "side_a_new_id", "active_year", "code_status", "relid"):
        assert event[unknown] == ""
    _, events, _ = told({"killed_min": None, "killed_max": None})
    assert events == []


def test_a_fight_between_two_is_of_its_kind(told: Any) -> None:
    clash = {"event_type": "clash", "victims": "opposition", "target_bloc": "opposition"}
    _, (event,), _ = told(clash)
    assert (event["type_of_violence"], event["deaths_b"], event["deaths_unknown"]) == ("1", "10", "")
    _, (event,), _ = told(clash | {"actor_bloc": "islamic_state", "victims": ""})
    assert (event["type_of_violence"], event["side_a"], event["deaths_unknown"]) == ("2", "IS", "10")


@pytest.mark.parametrize(
    ("lat", "lon", "gid"), [(-90, -180, 1), (89.9, 179.9, 259200), (33.51, 36.29, 178273), (0, 0, 129961)]
)
def test_the_cell_of_prio_grid(lat: float, lon: float, gid: int) -> None:
    assert priogrid(lat, lon) == gid


def test_no_cell_is_a_formula(told: Any) -> None:
    evil = '=HYPERLINK("http://x.example")'
    rows, events, _ = told({"outlet": evil, "claimant": "=x"})
    for row in (*rows, *events):
        assert not [cell for cell in row.values() if cell.startswith(("=", "@", "+"))]
