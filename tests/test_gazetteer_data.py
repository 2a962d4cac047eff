"""The built-in lists of places: every row sound, and well-known places where they are."""

import json
import math
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from gazetteer import ground
from gazetteer.check import check
from gazetteer.orthography import fold
from gazetteer.outlines import Outlines, outside_km
from gazetteer.place import Place
from gazetteer.sources import BUILT_IN, DATA, load, read_places

SHAPES: dict[str, Any] = json.loads((DATA / "governorates.geojson").read_text(encoding="utf-8"))
OUTLINES = Outlines(SHAPES)
PLACES = [place for name in BUILT_IN for place in read_places(DATA / name)]

#: An Arabic name, the English name of its governorate, and about where it lies: an atlas' coordinates
#: to two decimals, and how far off ours may be in km.
WELL_KNOWN = [
    ("حلب", "Aleppo", 36.20, 37.15, 6),
    ("دمشق", "Damascus", 33.51, 36.29, 6),
    ("حمص", "Homs", 34.73, 36.72, 6),
    ("حماة", "Hama", 35.13, 36.75, 5),
    ("إدلب", "Idlib", 35.93, 36.63, 5),
    ("اللاذقية", "Latakia", 35.52, 35.78, 6),
    ("طرطوس", "Tartus", 34.89, 35.89, 5),
    ("درعا", "Daraa", 32.62, 36.10, 5),
    ("السويداء", "As-Suwayda", 32.71, 36.57, 5),
    ("القنيطرة", "Quneitra", 33.13, 35.82, 5),
    ("دير الزور", "Deir ez-Zor", 35.33, 40.14, 5),
    ("الرقة", "Raqqa", 35.95, 39.01, 5),
    ("الحسكة", "Al-Hasakah", 36.50, 40.75, 5),
    ("القامشلي", "Al-Hasakah", 37.05, 41.23, 4),
    ("كوباني", "Aleppo", 36.89, 38.35, 4),
    ("قباسين", "Aleppo", 36.43, 37.57, 4),
    ("منبج", "Aleppo", 36.53, 37.95, 4),
    ("الباب", "Aleppo", 36.37, 37.52, 4),
    ("أعزاز", "Aleppo", 36.59, 37.05, 4),
    ("خان طومان", "Aleppo", 36.12, 37.05, 4),
    ("مارع", "Aleppo", 36.48, 37.20, 4),
    ("صلاح الدين", "Aleppo", 36.18, 37.12, 3),
    ("الشيخ مقصود", "Aleppo", 36.24, 37.15, 3),
    ("مطار منغ العسكري", "Aleppo", 36.52, 37.04, 3),
    ("مطار كويرس العسكري", "Aleppo", 36.19, 37.58, 3),
    ("سراقب", "Idlib", 35.86, 36.80, 4),
    ("معرة النعمان", "Idlib", 35.65, 36.68, 4),
    ("كفرنبل", "Idlib", 35.61, 36.56, 4),
    ("جسر الشغور", "Idlib", 35.81, 36.32, 4),
    ("قلعة المضيق", "Hama", 35.42, 36.39, 4),
    ("السلمية", "Hama", 35.01, 37.05, 4),
    ("تدمر", "Homs", 34.56, 38.28, 5),
    ("القصير", "Homs", 34.51, 36.58, 4),
    ("الرستن", "Homs", 34.93, 36.73, 4),
    ("دوما", "Rif Dimashq", 33.57, 36.40, 4),
    ("داريا", "Rif Dimashq", 33.46, 36.23, 3),
    ("الزبداني", "Rif Dimashq", 33.72, 36.10, 4),
    ("يبرود", "Rif Dimashq", 33.97, 36.66, 4),
    ("قارة", "Rif Dimashq", 34.16, 36.74, 4),
    ("جوبر", "Damascus", 33.53, 36.34, 3),
    ("مخيم اليرموك", "Damascus", 33.47, 36.30, 3),
    ("بصرى الشام", "Daraa", 32.52, 36.48, 4),
    ("معبر نصيب", "Daraa", 32.55, 36.21, 3),
    ("أبو كمال", "Deir ez-Zor", 34.45, 40.92, 4),
    ("الميادين", "Deir ez-Zor", 35.02, 40.45, 4),
    ("تل أبيض", "Raqqa", 36.70, 38.95, 4),
    ("سد الفرات", "Raqqa", 35.87, 38.57, 4),
    ("قاعدة حميميم", "Latakia", 35.40, 35.95, 3),
    ("سلمى", "Latakia", 35.69, 36.12, 5),
    ("بانياس", "Tartus", 35.18, 35.94, 4),
]


def test_the_built_in_places_have_no_fault() -> None:
    assert check(PLACES, OUTLINES) == []


def test_the_supplement_is_as_large_as_promised() -> None:
    count = {name: sum(1 for _ in read_places(DATA / name)) for name in BUILT_IN}
    assert count["supplement.csv"] >= 900
    quarters = [p.parent_id for p in PLACES if p.kind == "neighbourhood"]
    assert quarters.count("aleppo") >= 100
    assert quarters.count("damascus") >= 80


@pytest.mark.parametrize(("name", "admin1", "lat", "lon", "km"), WELL_KNOWN)
def test_a_well_known_place_lies_where_it_does(
    name: str, admin1: str, lat: float, lon: float, km: float
) -> None:
    found = [p for p in PLACES if name in (p.name_ar, *p.names_ar) and p.admin1 == admin1]
    assert any(_km(p, lat, lon) <= km for p in found), [(p.id, p.lat, p.lon) for p in found]


ORDINARY_WORDS = (
    *("القدم", "المدينة", "الثورة", "الباب", "التل", "كسب", "سلمى", "الشعار", "الميدان"),
    *("الزهراء", "نصيب", "السلمية", "السفيرة", "دمر", "الشيوخ", "القريتين", "الحراك"),
)


@pytest.mark.parametrize("name", ORDINARY_WORDS)
def test_a_name_that_is_an_ordinary_word_is_marked(name: str) -> None:
    assert all(p.ambiguous for p in PLACES if p.name_ar == name)


def test_a_place_whose_name_the_word_lists_call_common_is_marked() -> None:
    index = load().index
    for place in load().places.values():
        name = index.bare(fold(place.name_ar))
        assert place.ambiguous or name not in index.words.common, f"{place.id}: mark it, or drop the word"


def test_english_names_are_latin_and_arabic_names_arabic() -> None:
    for place in PLACES:
        assert not any("\u0600" <= c <= "\u06ff" for n in (place.name_en, *place.names_en) for c in n), (
            place.id
        )
        assert any("\u0600" <= c <= "\u06ff" for c in place.name_ar), place.id
        assert place.name_en, place.id
        assert all(n == " ".join(n.split()) for n in (place.name_ar, *place.names_ar)), place.id


def test_every_governorate_has_an_outline_and_damascus_is_a_hole_in_its_countryside() -> None:
    governorates = {p.id for p in PLACES if p.kind == "governorate"}
    rings = {f["properties"]["id"]: f["geometry"]["coordinates"] for f in SHAPES["features"]}
    assert set(rings) == governorates
    assert len(governorates) == 14
    assert all(ring[0] == ring[-1] for polygon in rings.values() for ring in polygon)
    assert outside_km(33.513, 36.292, rings["gov_damascus"]) == 0
    assert outside_km(33.513, 36.292, rings["gov_rif_dimashq"]) > 0
    assert outside_km(33.572, 36.403, rings["gov_rif_dimashq"]) == 0
    # The zone of the UN force belongs to Quneitra.
    assert outside_km(33.2, 35.83, rings["gov_quneitra"]) == 0


def test_the_map_s_shapes_are_small() -> None:
    assert (DATA / "governorates.geojson").stat().st_size < 80_000
    assert (DATA / "ground.geojson").stat().st_size < 200_000


def _ground(kind: str) -> dict[str, dict[str, Any]]:
    shapes = json.loads((DATA / "ground.geojson").read_text(encoding="utf-8"))["features"]
    return {f["properties"]["id"]: f for f in shapes if f["properties"]["kind"] == kind}


def _km_off(place: Place, course: list[list[float]]) -> float:
    # Out and back makes a ring without area: the distance is that to the line.
    return outside_km(place.lat, place.lon, [[*course, *reversed(course)]])


@pytest.mark.parametrize(
    ("kind", "line", "towns", "km"),
    [
        ("river", "euphrates_river", "jarabulus euphrates_dam raqqa deir_ez_zor al_mayadin abu_kamal", 4),
        ("river", "orontes_river", "al_rastan hama jisr_al_shughur darkush", 4),
        ("river", "khabur_river", "ras_al_ayn tal_tamr hasakah al_shaddadi", 3),
        ("river", "barada", "damascus", 3),
        ("road", "m5", "daraa damascus al_nabk homs hama khan_shaykhun saraqib khan_tuman aleppo", 10),
        ("road", "m20", "homs palmyra al_sukhnah deir_ez_zor", 3),
        ("road", "m1", "homs tartus baniyas latakia", 3),
    ],
)
def test_rivers_and_roads_pass_their_towns(kind: str, line: str, towns: str, km: float) -> None:
    course = _ground(kind)[line]["geometry"]["coordinates"]
    known = {place.id: place for place in PLACES}
    for town in towns.split():
        assert _km_off(known[town], course) < km, town


def test_the_motorways_have_their_shields() -> None:
    refs = {f["properties"]["ref"] for f in _ground("road").values() if "ref" in f["properties"]}
    assert refs == {"M1", "M4", "M5", "M7", "M20"}


def test_the_occupied_golan_lies_between_the_line_of_1967_and_quneitra() -> None:
    line = _ground("armistice")["line_1967"]["geometry"]["coordinates"]
    quneitra = next(p for p in PLACES if p.id == "quneitra")
    assert 12 < _km_off(quneitra, line) < 22
    assert max(lon for lon, _ in line) < 35.7


def test_the_drawn_lines_have_two_names_or_none_and_a_kind() -> None:
    for line in ground.read_lines():
        assert bool(line["name_ar"]) == bool(line["name_en"]), line["id"]
        assert line["name_ar"] or line["kind"] == "road", line["id"]


@pytest.mark.parametrize(
    ("wrong", "told"),
    [
        ('id = "x"\nkind = "canal"\nthrough = ["homs", "hama"]', "x: kind is to be one of"),
        ('id = "x"\nkind = "river"\nthrough = ["homs"]', "x: through needs two points"),
    ],
)
def test_a_wrong_line_is_told(tmp_path: Path, wrong: str, told: str) -> None:
    (tmp_path / "lines.toml").write_text(f"[[line]]\n{wrong}\n", encoding="utf-8")
    with pytest.raises(ground.BadLine, match=told):
        ground.read_lines(tmp_path / "lines.toml")


def test_a_line_through_a_place_nobody_knows_is_told() -> None:
    line = {
        "id": "x",
        "kind": "river",
        "rank": 1,
        "name_ar": "",
        "name_en": "",
        "through": ["homs", "nowhere"],
    }
    with pytest.raises(ground.BadLine, match="x: 'nowhere' is neither a place of ours nor"):
        list(ground.lines([line]))


def test_each_fault_is_told() -> None:
    good = {p.id: p for p in PLACES}
    marea = good["marea"]
    faults = {
        "in Syria": replace(marea, lat=39.2),
        "outside Aleppo": replace(marea, lat=34.7, lon=36.7),
        "its parent": replace(marea, parent_id="nowhere"),
        "in a circle": replace(marea, parent_id="marea"),
        "only a governorate": replace(marea, parent_id=""),
        "admin1": replace(marea, admin1="Homs"),
        "the kind": replace(marea, kind="hamlet"),
    }
    for words, bad in faults.items():
        told = check([*(p for p in PLACES if p.id != "marea"), bad], OUTLINES)
        assert any(words in fault and "marea" in fault for fault in told), (words, told)
    assert any("stands 2 times" in fault for fault in check([*PLACES, marea], OUTLINES))
    namesake = replace(marea, id="marea_again")
    assert any("stand 2 times" in fault for fault in check([*PLACES, namesake], OUTLINES))


def test_distance_to_an_outline_is_in_kilometres() -> None:
    square = [[[36.0, 35.0], [37.0, 35.0], [37.0, 36.0], [36.0, 36.0], [36.0, 35.0]]]
    assert outside_km(35.5, 36.5, square) == 0
    assert outside_km(34.5, 36.5, square) == pytest.approx(55.6, rel=0.01)


def _km(place: Place, lat: float, lon: float) -> float:
    east = (place.lon - lon) * math.cos(math.radians(lat))
    return 111.2 * math.hypot(place.lat - lat, east)
