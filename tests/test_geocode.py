"""Locations as researchers write them: the place within 5 km, or nothing."""

import csv
import random
import re
from collections.abc import Callable
from pathlib import Path

import pytest

from extraction.keeping.locations import COLUMNS, ListError, geocode_list
from gazetteer.geocode import SAME_KM, SURE, Geocoder
from gazetteer.importers import import_list
from gazetteer.place import Place, distance_km
from gazetteer.sources import Gazetteer, load, write_places


@pytest.fixture(scope="module")
def geocoder() -> Geocoder:
    return Geocoder(load())


def sure(geocoder: Geocoder, location: str, near: str = "") -> str | None:
    """The id of the place a location surely is, or None."""
    answer = geocoder.geocode(location, near)
    return answer.place.id if answer is not None and answer.score >= SURE else None


@pytest.mark.parametrize(
    ("location", "near", "place_id"),
    [
        ("خان طومان", "حلب", "khan_tuman"),
        ("خانطومان", "Aleppo", "khan_tuman"),
        ("بلدة خان تومان", "حلب", "khan_tuman"),
        ("قرب خان طومان", "حلب", "khan_tuman"),
        ("3 كم شمال خان طومان", "حلب", "khan_tuman"),
        ("خان طومان - جبل سمعان - حلب", "", "khan_tuman"),
        ("حلب: خان طومان", "", "khan_tuman"),
        ("ريف حلب الجنوبي - خان طومان", "", "khan_tuman"),
        ("خان طومان بريف حلب الجنوبي", "", "khan_tuman"),
        ("Khan Touman", "Halab", "khan_tuman"),
        ("خان طومان / Khan Tuman", "", "khan_tuman"),
        ("خان طومان (Khan Touman)", "حلب", "khan_tuman"),
        ("حي صلاح الدين - مدينة حلب", "", "aleppo_salah_al_din"),
        ("حلب، صلاح الدين", "", "aleppo_salah_al_din"),
        ("حي صلاح الدين بحلب", "", "aleppo_salah_al_din"),
        ("كفر نبل - معرة النعمان - إدلب", "", "kafr_nabl"),
        ("كفر نبل أو كفرنبل", "إدلب", "kafr_nabl"),
        ("Kafranbel, Idlib", "", "kafr_nabl"),
        ("Maaret Elnoman", "Idleb", "maarrat_al_numan"),
        ("مشفى معرة النعمان الوطني", "", "maarrat_al_numan"),
        ("Douma", "Rural Damascus", "douma"),
        ("كفر زيتا ناحية كفر زيتا", "", "kafr_zita"),
        ("حلب قرية خان طومان", "", "khan_tuman"),
        ("محيط قرية خان طومان", "حلب", "khan_tuman"),
        ("حي جامعة حلب - مدينة حلب", "", "aleppo_university"),
        ("Douma, Damascus Suburbs", "", "douma"),
        ("Zamalka, Eastern Ghouta", "", "zamalka"),
    ],
)
def test_a_location_is_found_however_it_is_written(
    geocoder: Geocoder, location: str, near: str, place_id: str
) -> None:
    expected = geocoder.gazetteer.places[place_id]
    answer = geocoder.geocode(location, near)
    assert answer is not None
    assert answer.score >= SURE
    assert distance_km(answer.place, expected) <= SAME_KM
    assert answer.reasons


@pytest.mark.parametrize(
    ("location", "near"),
    [
        ("", ""),
        ("  -  / ", "حلب"),
        ("=1+1", ""),
        ("سوريا", ""),
        ("محافظة إدلب", ""),
        ("ريف حلب الجنوبي", "حلب"),
        ("20 كم شرق تدمر", "حمص"),
        ("20 km east of Palmyra", "Homs"),
        ("قرية زمرانا", "حلب"),
        ("زمرانا - معرة النعمان - إدلب", ""),
        ("إدلب: معرة النعمان: زمرانا", ""),
        ("خان طومان", "درعا"),
        ("حي زمرانا - مدينة حلب", ""),
        ("الحميرة", ""),
        ("قرية عفرين", ""),
        ("دمشق - زمرانا", "دمشق"),
        ("الروضة", ""),
        ("الخالدية", "القصير"),
        ("x" * 5000, "حلب"),
    ],
)
def test_what_is_not_sure_is_left_open(geocoder: Geocoder, location: str, near: str) -> None:
    assert sure(geocoder, location, near) is None


def test_the_governorate_decides_between_namesakes(geocoder: Geocoder) -> None:
    homs, aleppo = sure(geocoder, "حي الخالدية", "حمص"), sure(geocoder, "حي الخالدية", "حلب")
    assert homs is not None
    assert aleppo is not None
    assert geocoder.gazetteer.places[homs].admin1 == "Homs"
    assert geocoder.gazetteer.places[aleppo].admin1 == "Aleppo"


# --- lists


def write(path: Path, text: str) -> Path:
    path.write_text(text, encoding="utf-8")
    return path


def rows(path: Path) -> list[list[str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.reader(file))


def test_every_row_and_column_of_a_list_is_kept_in_order(tmp_path: Path) -> None:
    source = write(
        tmp_path / "list.csv", '\ufeffid,name,governorate\n7,خان طومان,حلب\n3,"زمرانا, قرب لا شيء",حلب\n5,\n'
    )
    placed = geocode_list(source, tmp_path / "out.csv", load(), "name", "governorate")
    assert (placed.rows, placed.found) == (3, 1)
    header, first, second, third = rows(tmp_path / "out.csv")
    assert header == ["id", "name", "governorate", *COLUMNS]
    assert first[:4] == ["7", "خان طومان", "حلب", "khan_tuman"]
    assert (float(first[6]), float(first[7])) == pytest.approx((36.115, 37.045), abs=0.02)
    assert SURE <= float(first[8]) <= 1
    assert second == ["3", "زمرانا, قرب لا شيء", "حلب", *[""] * 7]
    assert third == ["5", "", "", *[""] * 7]


def test_no_cell_is_run_as_a_formula_and_numbers_stay_numbers(tmp_path: Path) -> None:
    source = write(tmp_path / "list.csv", "name;=HYPERLINK(1);n\nخان طومان;@SUM(1);-3.5\n")
    geocode_list(source, tmp_path / "out.csv", load(), "name")
    header, row = rows(tmp_path / "out.csv")
    assert header[1] == "'=HYPERLINK(1)"
    assert row[1:3] == ["'@SUM(1)", "-3.5"]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("title\nx\n", "there is no column name; it has title"),
        ("", "it has no header"),
        ("name,name\nx,y\n", "stands 2 times"),
        ("name,place_id\nx,y\n", "a column place_id already"),
        ("name\nx,y\n", "line 2: 2 cells, but the header has 1"),
    ],
)
def test_a_list_that_cannot_be_read_is_refused_in_words(tmp_path: Path, text: str, words: str) -> None:
    source = write(tmp_path / "list.csv", text)
    with pytest.raises(ListError, match=words):
        geocode_list(source, tmp_path / "out.csv", load(), "name")
    assert not (tmp_path / "out.csv").exists()


@pytest.mark.parametrize("encoding", ["utf-8", "cp1256", "iso8859_6", "utf-16"])
@pytest.mark.parametrize("separator", [",", ";", "\t"])
def test_a_list_is_read_in_any_usual_encoding_and_with_any_separator(
    tmp_path: Path, encoding: str, separator: str
) -> None:
    source = tmp_path / "list.csv"
    text = "المكان,المحافظة\nخان طومان,حلب\n".replace(",", separator)
    start = "sep=;\n" if separator == ";" else ""
    source.write_bytes((start + text).encode(encoding))
    placed = geocode_list(source, tmp_path / "out.csv", load(), "المكان", "المحافظة")
    assert (placed.rows, placed.found, placed.unknown) == (1, 1, ())
    assert rows(tmp_path / "out.csv")[1][:3] == ["خان طومان", "حلب", "khan_tuman"]


def test_a_list_in_no_arabic_encoding_is_refused_in_words(tmp_path: Path) -> None:
    source = tmp_path / "list.csv"
    source.write_bytes("name\nХан Туман\n".encode("cp1251"))
    with pytest.raises(ListError, match=r"neither UTF-8 .* save it as UTF-8"):
        geocode_list(source, tmp_path / "out.csv", load(), "name")


def test_a_quote_that_nobody_closes_is_told_with_its_line(tmp_path: Path) -> None:
    source = write(tmp_path / "list.csv", 'name\nخان طومان\n"قارة\nحلب\n')
    with pytest.raises(ListError, match="line 3: a quote is opened and not closed"):
        geocode_list(source, tmp_path / "out.csv", load(), "name")


def test_hxl_tags_under_the_header_are_kept_and_no_location(tmp_path: Path) -> None:
    source = write(tmp_path / "list.csv", "name,pop\n#adm4+name,#population\nخان طومان,5\n")
    placed = geocode_list(source, tmp_path / "out.csv", load(), "name")
    assert (placed.rows, placed.found) == (1, 1)
    assert rows(tmp_path / "out.csv")[1] == ["#adm4+name", "#population", *[""] * 7]


def test_what_is_to_be_written_is_a_file_and_not_the_list(tmp_path: Path) -> None:
    text = "name\nخان طومان\n"
    source = write(tmp_path / "list.csv", text)
    (tmp_path / "link.csv").symlink_to(source)
    for out, words in (
        (tmp_path, "a folder; name the file to write"),
        (source, "the list itself"),
        (tmp_path / "link.csv", "the list itself"),
        (tmp_path / "none" / "out.csv", "there is no folder"),
    ):
        with pytest.raises(ListError, match=words):
            geocode_list(source, out, load(), "name")
    assert source.read_text(encoding="utf-8") == text
    assert sorted(path.name for path in tmp_path.iterdir()) == ["link.csv", "list.csv"]


def test_a_wider_place_that_nobody_knows_is_told(
    conflictmap: Callable[..., int], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    source = write(tmp_path / "list.csv", "name,near\nخان طومان,زغبرتستان\nخان طومان,حلب\n")
    arguments = ["--name-column", "name", "--near-column", "near", "--out", tmp_path / "out.csv"]
    assert conflictmap("place", "geocode", source, *arguments) == 0
    assert "1 names mean no place that is known, and decide nothing: زغبرتستان" in capsys.readouterr().err
    assert conflictmap("place", "find", "خان طومان", "--near", "زغبرتستان") == 0
    out, err = capsys.readouterr()
    assert "khan_tuman" in out
    assert "no place is called زغبرتستان" in err


def test_the_command(
    conflictmap: Callable[..., int], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    source = write(tmp_path / "list.csv", "where,governorate\nخان طومان,حلب\n")
    arguments = ["place", "geocode", source, "--name-column", "where", "--out", tmp_path / "out.csv"]
    assert conflictmap(*arguments, "--near-column", "governorate") == 0
    assert "1 of 1 locations placed" in capsys.readouterr().out
    assert conflictmap(*arguments, "--near-column", "nowhere") == 2
    assert "there is no column nowhere" in capsys.readouterr().err


# --- measured, where the large lists are at hand


@pytest.fixture(scope="module")
def imported(reference: Path, tmp_path_factory: pytest.TempPathFactory) -> Gazetteer:
    own = tmp_path_factory.mktemp("own") / "places.csv"
    done = import_list(reference / "gazetteer" / "ocha_localities.csv", "ocha", load(), [])
    write_places(own, done.places.values())
    return load(own)


def test_a_thousand_locations_are_placed_right_or_not_at_all(imported: Gazetteer, reference: Path) -> None:
    chance = random.Random(11)  # noqa: S311 a sample, no secret
    with (reference / "gazetteer" / "ocha_localities.csv").open(encoding="utf-8-sig", newline="") as file:
        sample = chance.sample(list(csv.DictReader(file)), 1000)
    geocoder = Geocoder(imported)
    found = right = 0
    for row in sample:
        answer = geocoder.geocode(_as_written(row, chance))
        if answer is not None and answer.score >= SURE:
            truth = Place("", "", "", "village", "", "", float(row["lat"]), float(row["lon"]), 0.0)
            found += 1
            right += distance_km(answer.place, truth) <= SAME_KM
    assert right / found >= 0.99
    assert right / len(sample) >= 0.8


def _as_written(row: dict[str, str], chance: random.Random) -> str:
    """A place of the list as a researcher might put it down."""
    name = re.split("[_(-]", row["name_ar"])[0].strip()
    english = row["name_en"].partition("(")[0].strip()
    within = [w.strip().removeprefix("مركز ") for w in row["parents_ar"].split(">")]
    for old, new in (("ة", "ه"), ("أ", "ا"), ("كفر ", "كفر"), ("ى", "ي"), ("ظ", "ض")):
        if chance.random() < 0.3:
            name = name.replace(old, new)
    for old, new in (("ee", "i"), ("ou", "u"), ("'", ""), ("-", " "), ("eh", "ah")):
        if chance.random() < 0.3:
            english = english.replace(old, new)
    return chance.choice(
        [
            f"قرية {name} - {within[-1]}",
            f"{name} ({within[0]})",
            f"{within[-1]}: {name}",
            f"قرب {name}، {within[-1]}",
            f"{name} / {english}",
            f"{english}, {row['parents_en'].split('>')[-1].strip()}",
        ]
    )
