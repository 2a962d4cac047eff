"""The names on the base map: whose they are, and how they reach the page."""

from dataclasses import replace

from dashboard.space import names
from gazetteer import sources

PLACES = sources.load().places


def _rows() -> dict[str, dict[str, object]]:
    table = names.table(PLACES.values())
    return {row[0]: dict(zip(table["columns"], row, strict=True)) for row in table["rows"]}


def test_the_great_cities_come_first_and_every_town_has_two_names() -> None:
    rows = list(_rows().values())
    assert [row["id"] for row in rows[:2]] == ["aleppo", "damascus"]
    assert all(row["name_ar"] and row["name_en"] for row in rows)


def test_a_countryside_is_no_name_on_a_map_but_a_desert_is() -> None:
    rows = _rows()
    assert "rif_aleppo_north" not in rows
    assert rows["syrian_desert"]["sort"] == "region"
    assert "gov_aleppo" not in rows


def test_a_place_with_a_name_in_one_script_bears_it_in_both() -> None:
    one = replace(PLACES["qara"], name_en="")
    (row,) = names.table([one])["rows"]
    assert row[-2:] == ["قارة", "قارة"]


def test_a_hostile_name_stays_a_string() -> None:
    evil = replace(PLACES["qara"], name_en="</script><b>")
    (row,) = names.table([evil])["rows"]
    assert row[-1] == "</script><b>"
