"""Names are found in one pass, with their prefixes taken off and words that only look like them left."""

import dataclasses
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gazetteer.index import NameIndex
from gazetteer.lookup import find_places
from gazetteer.orthography import fold, normalise
from gazetteer.place import Place
from gazetteer.sources import COLUMNS, BadPlace, Gazetteer, load, read_places

ROWS = [
    ("aleppo", "حلب", "", "Aleppo", "city", "", "Aleppo", 36.2, 37.15, ""),
    ("khan_tuman", "خان طومان", "", "Khan Tuman", "town", "aleppo", "Aleppo", 36.115, 37.045, ""),
    ("qaboun", "القابون", "", "Qaboun", "neighbourhood", "", "Damascus", 33.55, 36.33, ""),
    ("kafr_nabl", "كفرنبل", "كفر نبل", "Kafr Nabl", "town", "", "Idlib", 35.61, 36.56, ""),
    ("atimah", "اطمه", "", "Atimah", "village", "", "Idlib", 36.3, 36.67, ""),
    ("banan", "بنان", "", "Banan", "village", "", "Aleppo", 35.9, 37.3, ""),
    ("dez", "دير الزور", "", "Deir ez-Zor", "city", "", "Deir ez-Zor", 35.336, 40.141, ""),
    ("dez_air", "مطار دير الزور العسكري", "", "Airbase", "airport", "", "Deir ez-Zor", 35.285, 40.176, ""),
    ("rif_south", "ريف حلب الجنوبي", "", "Southern countryside", "region", "", "Aleppo", 35.98, 37.08, ""),
    ("humayra_a", "الحميرة", "", "Al-Humayra", "village", "", "Aleppo", 36.05, 37.03, ""),
    ("humayra_h", "الحميرة", "", "Al-Humayra", "village", "", "Homs", 34.5, 36.9, ""),
    ("tal", "التل", "", "Al-Tall", "city", "", "Rif Dimashq", 33.61, 36.31, "yes"),
]


def place(row: tuple[object, ...]) -> Place:
    ident, name, other, english, kind, parent, admin1, lat, lon, ambiguous = map(str, row)
    others = (other,) if other else ()
    doubtful = ambiguous == "yes"
    return Place(
        ident, name, english, kind, parent, admin1, float(lat), float(lon), 3.0, others, (), doubtful
    )


@pytest.fixture(scope="module")
def gazetteer() -> Gazetteer:
    return Gazetteer({p.id: p for p in map(place, ROWS)})


def found(index: NameIndex, text: str) -> list[tuple[str, str, tuple[str, ...]]]:
    folded = normalise(text).text
    return [(h.prefix, folded[h.start : h.end], h.place_ids) for h in index.find(folded) if h.place_ids]


@pytest.mark.parametrize(
    ("text", "prefix", "name", "place_id"),
    [
        ("قصف على حلب.", "", "حلب", "aleppo"),
        ("وحلب", "و", "حلب", "aleppo"),
        ("وبخان طومان", "وب", "خان طومان", "khan_tuman"),
        ("للقابون", "لل", "قابون", "qaboun"),
        ("بالقابون", "ب", "القابون", "qaboun"),
        ("في كفر نبل", "", "كفر نبل", "kafr_nabl"),
        ("خان\nطومان", "", "خان\nطومان", "khan_tuman"),
        ("خانطومان", "", "خانطومان", "khan_tuman"),
    ],
)
def test_a_name_is_found_without_its_prefix(
    gazetteer: Gazetteer, text: str, prefix: str, name: str, place_id: str
) -> None:
    assert found(gazetteer.index, text) == [(prefix, name, (place_id,))]


@pytest.mark.parametrize("text", ["الحلبي", "حلبجة", "فاطمة", "لبنان", "استحلب"])
def test_a_word_that_only_holds_a_name_is_none(gazetteer: Gazetteer, text: str) -> None:
    assert found(gazetteer.index, text) == []


def test_the_longest_name_wins(gazetteer: Gazetteer) -> None:
    assert [f[2] for f in found(gazetteer.index, "قرب مطار دير الزور العسكري")] == [("dez_air",)]


def test_a_countryside_is_no_name_but_is_known_by_its_side(gazetteer: Gazetteer) -> None:
    assert [f[1] for f in found(gazetteer.index, "ريف حلب الجنوبي")] == ["حلب"]
    assert gazetteer.index.find_countryside(["حلب"], frozenset({"south"})) == "rif_south"


def test_near_misses_differ_by_a_letter_that_ears_confuse(gazetteer: Gazetteer) -> None:
    def near(name: str) -> list[str]:
        return [n.text for n, _ in gazetteer.index.near(fold(name))]

    assert "خان طومان" in near("خان تومان")
    assert near("خان شيخون") == []
    assert near("حلم") == []


def test_doubt_goes_with_the_name(gazetteer: Gazetteer) -> None:
    (hit,) = gazetteer.index.find("التل")
    assert hit.doubtful


def test_a_name_is_looked_up_however_it_is_spelled(gazetteer: Gazetteer) -> None:
    assert find_places(gazetteer, "الحميرة", near="خان طومان")[0].place.id == "humayra_a"
    assert find_places(gazetteer, "بلدة خان تومان")[0].place.id == "khan_tuman"
    assert find_places(gazetteer, "khan touman")[0].place.id == "khan_tuman"
    assert find_places(gazetteer, "Kafranbel")[0].place.id == "kafr_nabl"
    assert find_places(gazetteer, "zzzz") == []
    assert find_places(gazetteer, "") == []
    assert all(c.reasons and 0 <= c.score <= 1 for c in find_places(gazetteer, "الحميرة"))


def write(path: Path, **changed: str) -> Path:
    row = dict.fromkeys(COLUMNS, "") | {"id": "tumana", "name_ar": "تومانا", "name_en": "Tumana"}
    row |= {"kind": "town", "lat": "36.1", "lon": "37.1"} | changed
    path.write_text(",".join(COLUMNS) + "\n" + ",".join(row[c] for c in COLUMNS) + "\n", encoding="utf-8")
    return path


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("lat", "north"),
        ("lat", "136"),
        ("kind", "planet"),
        ("name_ar", ""),
        ("id", ""),
        ("ambiguous", "maybe"),
    ],
)
def test_a_bad_row_is_told_by_file_line_and_field(tmp_path: Path, field: str, value: str) -> None:
    path = write(tmp_path / "mine.csv", **{field: value})
    with pytest.raises(BadPlace, match=rf"mine\.csv, line 2, {field}"):
        list(read_places(path))


def test_a_missing_column_is_named(tmp_path: Path) -> None:
    path = tmp_path / "mine.csv"
    path.write_text("id,name_ar\nx,y\n", encoding="utf-8")
    with pytest.raises(BadPlace, match="lacks the column name_en"):
        list(read_places(path))


def test_ancestors_end_even_where_parents_go_round() -> None:
    a = place(ROWS[0])
    ring = {
        "a": dataclasses.replace(a, id="a", parent_id="b"),
        "b": dataclasses.replace(a, id="b", parent_id="a"),
    }
    assert [p.id for p in Gazetteer(ring).ancestors("a")] == ["b"]


def test_the_built_in_lists_can_be_read() -> None:
    built_in = load()
    assert {"city", "governorate", "neighbourhood"} <= {p.kind for p in built_in.places.values()}
    assert all(p.parent_id in built_in.places for p in built_in.places.values() if p.parent_id)


PIECES = st.sampled_from(
    [
        "حلب",
        "خان",
        "طومان",
        "كفر",
        "نبل",
        "و",
        "لل",
        "ب",
        "قابون",
        "القابون",
        " ",
        "  ",
        "\n",
        "\n\n",
        "\t",
        "،",
        "ـ",
        "\u064e",
        "x",
    ]
)


@given(st.lists(PIECES, max_size=40).map("".join) | st.text(max_size=60))
def test_every_hit_covers_a_listed_spelling_and_none_overlaps_another(text: str) -> None:
    folded = normalise(text)
    index = load().index
    hits = index.find(folded.text)
    for hit in hits:
        name = " ".join(folded.text[hit.start : hit.end].split())
        assert name in index.names or "لل" + name.removeprefix("ال") in index.names
        start, end = folded.span(hit.start, hit.end)
        assert fold(text[start:end]) == name
        assert folded.text[hit.start - len(hit.prefix) : hit.start] in (hit.prefix, hit.prefix[:-2] + "لل")
    assert all(a.end <= b.start for a, b in pairwise(hits))
