"""Other people's lists become the user's own places, and do not make the reading of texts worse."""

import csv
import json
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from extraction.keeping.archive import places_path
from extraction.pipeline import read
from extraction.records import Document, Mention
from gazetteer import outlines, sources
from gazetteer.check import check
from gazetteer.importers import Imported, import_list
from gazetteer.place import Place, distance_km

#: Made-up villages, but for one that is known.
OCHA = """pcode,name_ar,name_en,lat,lon,parents_ar,parents_en
X1,زمرانا,Zamrana,36.40000,37.10000,مارع > اعزاز,Mare' > A'zaz
X2,الزمرين_بربرجيك,Zamrin,36.30000,37.90000,مركز منبج > منبج,Menbij > Menbij
X3,خانطومان,Khan Tuman (Zarbah),36.11800,37.04900,الزربة > جبل سمعان,Zarbah > Jebel Saman
X4,زمرانا,Zamrana,36.50000,37.05000,اعزاز > اعزاز,A'zaz > A'zaz
X5,قسبارا,Qasbara,north,37.1,اعزاز > اعزاز,A'zaz > A'zaz
X6,قسبارا,Qasbara,48.85,37.1,اعزاز > اعزاز,A'zaz > A'zaz
X7,,Nameless,36.4,37.1,اعزاز > اعزاز,A'zaz > A'zaz
X8,قرب الماء الكبير,Qurb,36.41,37.11,اعزاز > اعزاز,A'zaz > A'zaz
"""
QUARTERS = """pcode,name_ar,name_en,city_ar,city_en,admin1_ar,admin1_en,lat,lon
N1,زمرينة,Zamrina,حلب,Aleppo,حلب,Aleppo,36.21,37.16
"""
WOF = """wof_id,geonames_id,placetype,name_en,names_ar,lat,lon
901,1,locality,Qasbara,Qasbarā|قسبارا|قصبارا,35.90000,36.60000
902,2,region,Aleppo,حلب,36.2,37.1
"""
REST = ("", "", "", "7000", "", "300", "Asia/Damascus", "2020-01-01")
OTHER_NAMES = "زمرانا,Zemrana,Земрана,زەمرانا,زمران القيصرية"
GEONAMES = "\n".join(
    "\t".join(row)
    for row in [
        [
            *(
                "7001",
                "Zamrana",
                "Zamrana",
                OTHER_NAMES,
                "36.4",
                "37.1",
                "P",
                "PPL",
                "SY",
                "",
                "09",
            ),
            *REST,
        ],
        [*("7002", "Wadi", "Wadi", "وادي", "36.4", "37.1", "H", "STM", "SY", "", "09"), *REST],
        [*("7003", "Tall Qasbara", "Tall Qasbara", "", "36.45", "37.2", "T", "HLL", "SY", "", "09"), *REST],
        ["7004", "short"],
    ]
)
#: As alternateNamesV2.txt: id, geonameid, language, name, preferred, short, colloquial, historic, from, to.
ALTERNATES = "".join(
    "\t".join(row) + "\n"
    for row in [
        ("1", "7003", "ar", "قسبارا القديمة", "", "", "1", "", "", ""),
        ("2", "7003", "ar", "تل قسبارا", "1", "", "", "", "", ""),
        ("3", "7003", "ar", "تلة القسبارين", "", "", "", "", "", ""),
        ("4", "7001", "fr", "Zamranne", "", "", "", "", "", ""),
        ("5", "7001", "ar", "زمران القيصرية", "", "", "", "1", "1899", "1932"),
        ("6", "7001", "link", "https://example.org/زمرانا", "", "", "", "", "", ""),
    ]
)


@pytest.fixture
def own(new_user: None) -> Path:
    """Where the user's own list stands in this test."""
    return places_path()


Take = Callable[..., Imported]


@pytest.fixture
def take(own: Path, tmp_path: Path) -> Take:
    """Imports a text as a file of a format into the user's own list."""

    def run(text: str, format: str, names: str = "") -> Imported:
        path = tmp_path / f"{format}.txt"
        path.write_text(text, encoding="utf-8")
        alternates = tmp_path / "names.txt"
        alternates.write_text(names, encoding="utf-8")
        before = list(sources.read_places(own)) if own.exists() else []
        done = import_list(path, format, sources.load(own), before, alternates if names else None)
        sources.write_places(own, done.places.values())
        return done

    return run


def by_name(own: Path, name: str) -> list[Place]:
    places = sources.load(own).places.values()
    return [p for p in places if name in (p.name_ar, *p.names_ar)]


def test_an_ocha_list_becomes_places_with_parents(own: Path, take: Take) -> None:
    done = take(OCHA, "ocha")
    assert (done.added, done.merged, len(done.problems)) == (4, 1, 3)
    first, second = by_name(own, "زمرانا")
    assert (first.kind, first.parent_id, first.admin1, first.source) == (
        "village",
        "dist_azaz",
        "Aleppo",
        "ocha:X1",
    )
    # Two villages of one name in one district are told apart, and both found by it.
    assert {first.name_ar, second.name_ar} > {"زمرانا"}
    assert first.name_ar != second.name_ar
    assert by_name(own, "بربرجيك") == by_name(own, "الزمرين")
    assert check(sources.all_rows(own), outlines.built_in()) == []


def test_a_known_place_is_kept_with_the_new_spelling_and_both_sources(own: Path, take: Take) -> None:
    known = sources.load().places["khan_tuman"]
    take(OCHA, "ocha")
    merged = sources.load(own).places["khan_tuman"]
    assert (merged.lat, merged.lon, merged.name_ar) == (known.lat, known.lon, known.name_ar)
    assert merged.source == f"{known.source}|ocha:X3"
    assert "خانطومان" in (merged.name_ar, *merged.names_ar)


def test_a_spelling_that_names_a_place_around_is_not_taken_over(own: Path, take: Take) -> None:
    take("id,name_ar,other_ar,lat,lon\n1,كفر لاها,الحولة,34.895,36.496\n", "csv")
    gazetteer = sources.load(own)
    assert gazetteer.places["kafr_laha"].source.endswith("|csv")
    (mention,) = read(Document("d", "قصف على الحولة", None, "unknown", "", "", "ar", ""), gazetteer).mentions
    assert mention.place_id == "houla"


def test_a_near_miss_of_an_imported_hamlet_far_away_is_none(own: Path, take: Take) -> None:
    take("id,name_ar,lat,lon\n1,زمرين صغار,36.21,36.73\n", "csv")
    text = "قصف على حلب وإدلب. ثم معارك في بلدة زمريت صغار قرب درعا وبصرى الشام"
    mentions = read(Document("d", text, None, "unknown", "", "", "ar", ""), sources.load(own)).mentions
    assert [m.method for m in mentions if "زمريت" in m.surface] == ["unresolved"]


def test_a_bad_row_is_told_by_file_line_and_field(take: Take) -> None:
    problems = take(OCHA, "ocha").problems
    assert [p.partition("ocha.txt")[2].partition(":")[0] for p in problems] == [
        ", line 6, lat",
        ", line 7, lat",
        ", line 8, name_ar",
    ]
    assert "'north' is no number" in problems[0]
    assert "not in Syria" in problems[1]


def test_importing_again_changes_nothing(own: Path, take: Take) -> None:
    take(OCHA, "ocha")
    before = own.read_bytes()
    again = take(OCHA, "ocha")
    assert (again.added, again.merged) == (0, 5)
    assert own.read_bytes() == before


def test_a_quarter_belongs_to_its_city(own: Path, take: Take) -> None:
    take(QUARTERS, "ocha")
    (quarter,) = by_name(own, "زمرينة")
    assert (quarter.kind, quarter.parent_id, quarter.ambiguous) == ("neighbourhood", "aleppo", True)


def test_who_s_on_first_has_several_names_in_one_cell_and_areas_that_are_passed_over(
    own: Path, take: Take
) -> None:
    done = take(WOF, "wof")
    assert (done.added, done.passed_over) == (1, 1)
    (village,) = by_name(own, "قسبارا")
    assert (village.names_ar, village.admin1, village.source) == (("قصبارا",), "Idlib", "wof:901")


def test_a_geonames_dump_with_its_alternate_names(own: Path, take: Take) -> None:
    done = take(GEONAMES, "geonames", ALTERNATES)
    assert (done.added, done.passed_over) == (2, 1)
    assert [p.partition(", ")[2] for p in done.problems] == [
        "line 4, geonameid: 2 columns, but a GeoNames dump has 19"
    ]
    (town,) = by_name(own, "زمرانا")
    assert (town.kind, town.population, town.admin1, town.ambiguous) == ("town", 7000, "Aleppo", False)
    # Neither what it was called once, nor other tongues and scripts.
    assert (town.names_ar, town.names_en) == ((), ("Zemrana",))
    (hill,) = by_name(own, "تل قسبارا")
    assert hill.kind == "hill"
    # The preferred name first, what people say last.
    assert (hill.name_ar, hill.names_ar) == ("تل قسبارا", ("تلة القسبارين", "قسبارا القديمة"))
    assert take(GEONAMES, "geonames").added == 0


def test_a_plain_list_needs_names_and_points_alone(own: Path, take: Take) -> None:
    take("name_ar,lat,lon,kind\nزمرانا,36.4,37.1,town\n=حلب1+1,36.4,37.2,checkpoint\n", "csv")
    (town,) = by_name(own, "زمرانا")
    assert (town.kind, town.ambiguous, town.source) == ("town", False, "csv")
    assert "=" not in own.read_text(encoding="utf-8")
    document = Document("d", "قصف الطيران زمرانا أمس", date(2015, 7, 1), "given", "", "", "ar", "")
    assert [m.place_id for m in read(document, sources.load(own)).mentions] == [town.id]


@pytest.mark.parametrize(
    ("text", "format", "words"),
    [
        ("name_ar,lat\nزمرانا,36.4\n", "csv", "no column for lon"),
        ("", "ocha", "no column for names"),
        ("a\tb\n" * 30, "geonames", "no GeoNames dump"),
        ("", "geonames", "no GeoNames dump"),
        ('name_ar,lat,lon\n"زمرانا,36.4,37.1', "csv", "line 2: a quote is opened and not closed"),
    ],
)
def test_a_file_that_is_no_such_list_is_refused(take: Take, text: str, format: str, words: str) -> None:
    with pytest.raises(sources.BadPlace, match=words):
        take(text, format)


def test_a_file_in_another_encoding_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "old.csv"
    path.write_bytes("name_ar,lat,lon\nЗамрана,36.4,37.1\n".encode("cp1251"))
    with pytest.raises(sources.BadPlace, match="neither UTF-8"):
        import_list(path, "csv", sources.load(), [])
    path.write_bytes("زمرانا\n".encode("cp1256"))
    with pytest.raises(sources.BadPlace, match="not in UTF-8"):
        import_list(path, "geonames", sources.load(), [])


# --- what imported names do to a text


def surfaces(gazetteer: sources.Gazetteer, text: str) -> list[str]:
    document = Document("d", text, date(2015, 7, 1), "given", "", "", "ar", "")
    return [m.surface for m in read(document, gazetteer).mentions]


def test_ordinary_words_of_a_mass_list_do_not_flood_a_text(own: Path, take: Take) -> None:
    rows = ["كان", "جديدة", "تركية", "الشيخ محمد", "زمرانا", "الشمالي", "القنيطرة"]
    lines = (f"{name},36.{40 + i},37.3{i},village" for i, name in enumerate(rows))
    take("name_ar,lat,lon,kind\n" + "\n".join(lines) + "\n", "csv")
    gazetteer = sources.load(own)
    for text in (
        "كان هناك قصف على منطقة جديدة في ريف حلب الشمالي",
        "غارات على بلدة تركية قرب حلب",
        "قال الشيخ محمد إن زمرانا بعيدة عن حلب",
    ):
        assert surfaces(gazetteer, text) == ["حلب"]
    assert "زمرانا" in surfaces(gazetteer, "قصف على قرية زمرانا بريف حلب")


def test_a_village_does_not_take_the_name_of_a_city(own: Path, take: Take) -> None:
    take("name_ar,lat,lon,kind\nالقنيطرة,32.62,36.117,neighbourhood\n", "csv")
    document = Document("d", "معارك في درعا والقنيطرة", date(2015, 7, 1), "given", "", "", "ar", "")
    assert [m.kind for m in read(document, sources.load(own)).mentions] == ["city", "city"]


# --- the command


def test_the_command_says_what_became_of_the_list(
    conflictmap: Callable[..., int], own: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "list.csv"
    path.write_text(OCHA, encoding="utf-8")
    assert conflictmap("place", "import", path, "--format", "ocha") == 1
    out, err = capsys.readouterr()
    assert "4 places new, 1 known already and merged" in out
    assert str(own) in out
    assert "line 6, lat" in err
    assert conflictmap("place", "find", "زمرانا") == 0
    assert "ocha_x1" in capsys.readouterr().out
    assert conflictmap("place", "check") == 0
    assert conflictmap("place", "import", path, "--format", "ocha", "--names", path) == 2
    assert conflictmap("place", "import", tmp_path / "none.csv", "--format", "csv") == 2


def test_check_tells_the_faults_of_the_user_s_own_list(
    conflictmap: Callable[..., int], own: Path, take: Take, capsys: pytest.CaptureFixture[str]
) -> None:
    take(OCHA, "ocha")
    text = own.read_text(encoding="utf-8")
    own.write_text(
        text.replace("ocha_x1,زمرانا", "ocha_x1,قسبارا").replace("36.40000", "33.40000"), encoding="utf-8"
    )
    assert conflictmap("place", "check") == 1
    assert "ocha_x1" in capsys.readouterr().out


# --- all of the large lists, where they are at hand


@pytest.fixture(scope="module")
def everything(reference: Path, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, int]:
    own = tmp_path_factory.mktemp("own") / "places.csv"
    rows = 0
    for name, format in (
        ("ocha_localities", "ocha"),
        ("ocha_neighbourhoods", "ocha"),
        ("wof_localities", "wof"),
    ):
        path = reference / "gazetteer" / f"{name}.csv"
        before = list(sources.read_places(own)) if own.exists() else []
        done = import_list(path, format, sources.load(own), before)
        sources.write_places(own, done.places.values())
        rows += done.added + done.merged + done.passed_over + len(done.problems)
    return own, rows


def test_all_large_lists_can_be_imported_and_have_no_fault(
    everything: tuple[Path, int], reference: Path
) -> None:
    own, rows = everything
    lines = sum(
        sum(1 for _ in csv.reader(path.open(encoding="utf-8-sig", newline=""))) - 1
        for path in (reference / "gazetteer").glob("*.csv")
    )
    assert rows == lines
    assert check(sources.all_rows(own), outlines.built_in()) == []


@pytest.mark.parametrize("lists", ["built-in", "all"])
def test_more_places_do_not_make_the_reading_worse(
    everything: tuple[Path, int], reference: Path, lists: str
) -> None:
    gazetteer = sources.load(everything[0] if lists == "all" else None)
    right = wanted = found = located = 0
    for answers in sorted((reference / "gold").glob("*.json")):
        gold = json.loads(answers.read_text(encoding="utf-8"))
        text = (reference / "texts" / f"{gold['doc']}.txt").read_text(encoding="utf-8-sig")
        document = Document(gold["doc"], text, date(2013, 11, 20), "given", "", "", "ar", "")
        mentions = [m for m in read(document, gazetteer).mentions if not _optional(m, gold["mentions"])]
        needed = [g for g in gold["mentions"] if not g["optional"]]
        hits = [(m, g) for g in needed for m in mentions if (m.start, m.end) == (g["start"], g["end"])]
        wanted, found, right = wanted + len(needed), found + len(mentions), right + len(hits)
        located += sum(_right_place(m, g) for m, g in hits)
    assert 2 * right / (wanted + found) >= 0.97
    assert located / right >= 0.97


def _optional(mention: Mention, answers: list[dict[str, int]]) -> bool:
    return any(g["optional"] and mention.start < g["end"] and g["start"] < mention.end for g in answers)


def _right_place(mention: Mention, answer: dict[str, float]) -> bool:
    if mention.lat is None or mention.lon is None:
        return bool(answer.get("unlisted"))
    here = Place("", "", "", "town", "", "", mention.lat, mention.lon, 0.0)
    there = Place("", "", "", "town", "", "", answer["lat"], answer["lon"], 0.0)
    return distance_km(here, there) <= answer["tol_km"]


@pytest.mark.parametrize("encoding", ["cp1256", "iso8859_6", "utf-16"])
@pytest.mark.parametrize("separator", [";", "\t"])
def test_a_list_comes_in_any_usual_encoding_and_with_any_separator(
    tmp_path: Path, encoding: str, separator: str
) -> None:
    # The letters of one or two names tell no encoding from another; those of a list do.
    names = ["زمرانا", "تل الكوكب القبلي", "خربة المنارات", "عين السنابل", "مزرعة الزهرات"]
    rows = "".join(f"{name},36.4,37.{n}\n" for n, name in enumerate(names))
    text = f"name_ar,lat,lon\n#loc+name,#geo+lat,#geo+lon\n{rows}".replace(",", separator)
    path = tmp_path / "list.csv"
    path.write_bytes(text.encode(encoding))
    done = import_list(path, "csv", sources.load(), [])
    assert done.problems == []
    assert sorted(place.name_ar for place in done.places.values()) == sorted(names)
