"""Every visible word stands in the files of both languages; numbers and days are said as is the custom."""

import ast
import re
import string
import tomllib
from datetime import date
from pathlib import Path

import pytest
from babel import Locale

from dashboard import symbols, wording
from dashboard.sayline import span
from dashboard.selection import LANGUAGES, LISTS, TREES
from extraction.lexicon.vocabulary import LEXICON
from extraction.records import EVENT_TYPES
from gazetteer.place import KINDS

ROOM = Path(wording.__file__).parent
CODE = sorted(path for path in ROOM.rglob("*.py") if path.name != "__main__.py")
TABLES = {name: tomllib.loads((ROOM / "words" / f"{name}.toml").read_text("utf-8")) for name in LANGUAGES}


SHOWN = {"subheader", "caption", "text", "write", "info", "warning", "error", "button", "toggle", "slider"}
SHOWN |= {"title", "header", "multiselect", "selectbox", "segmented_control", "tabs"}


def gaps(text: object) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(str(text)) if name}


def test_both_languages_have_the_same_keys_and_gaps() -> None:
    english, arabic = TABLES["en"], TABLES["ar"]
    assert {(s, k) for s in english for k in english[s]} == {(s, k) for s in arabic for k in arabic[s]}
    told = ((s, k) for s in english for k in english[s] if k != "months" and s != "counted")
    for section, key in told:
        assert gaps(english[section][key]) == gaps(arabic[section][key]), f"{section}.{key}"


def test_the_arabic_words_are_arabic_and_the_english_ones_are_not() -> None:
    arabic_letter = re.compile("[\u0621-\u064a]")
    for section in set(TABLES["ar"]) - {"page"}:
        for name, text in TABLES["ar"][section].items():
            for form in (
                text.values() if section == "counted" else text if isinstance(text, list) else (text,)
            ):
                assert not re.search("[A-Za-z]", re.sub(r"{\w+}", "", form)), f"{section}.{name}"
            assert not arabic_letter.search(str(TABLES["en"][section][name])), f"{section}.{name}"


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_counted_thing_has_a_form_for_every_number(language: str) -> None:
    rules = Locale.parse(language).plural_form
    needed = {rules(n) for n in range(1000)}
    for name, forms in TABLES[language]["counted"].items():
        assert set(forms) >= needed, name
        # Only a form that stands for one number may do without it.
        assert all("{n}" in text for form, text in forms.items() if form in ("few", "many", "other")), name


def test_counts_take_the_plural_of_the_language() -> None:
    english, arabic = wording.load("en"), wording.load("ar")
    assert [english.count("claims", n) for n in (0, 1, 2, 1200)] == [
        "0 claims",
        "1 claim",
        "2 claims",
        "1,200 claims",
    ]
    assert [arabic.count("claims", n) for n in (0, 1, 2, 3, 10, 11, 99, 100, 102, 103)] == [
        "لا ادعاءات",
        "ادعاء واحد",
        "ادعاءان",
        "٣ ادعاءات",
        "١٠ ادعاءات",
        "١١ ادعاءً",
        "٩٩ ادعاءً",
        "١٠٠ ادعاء",
        "١٠٢ ادعاء",
        "١٠٣ ادعاءات",
    ]


def test_every_word_the_code_asks_for_is_there() -> None:
    asked = set()
    for path in CODE:
        asked |= set(re.findall(r"""words\(\s*f?["']([a-z_]+\.[a-z_]+)["']""", path.read_text("utf-8")))
    assert len(asked) > 30
    missing = {key for key in asked if key.split(".")[1] not in TABLES["en"].get(key.split(".")[0], {})}
    assert missing == set(), "words of dashboard/words/en.toml"


def test_every_code_has_a_word_and_every_event_a_mark() -> None:
    words = TABLES["en"]
    assert set(EVENT_TYPES) == set(words["event"]) == set(symbols.events())
    assert set(symbols.SIDES) <= set(words["side"])
    assert set(KINDS) <= set(words["kind"])
    assert set(symbols.palettes()) == set(words["colours"])
    assert set(LISTS) - set(TREES.values()) == set(words["chip"]) & set(LISTS)
    assert set(LISTS) - set(TREES.values()) <= set(words["filter"])
    assert set(EVENT_TYPES) == set(words["events"]) == set(words["events_by"])
    assert set(symbols.SIDES) <= set(words["of"]) & set(words["adjective"])
    weapons = tomllib.loads((LEXICON / "weapons.toml").read_text("utf-8"))
    codes = {entry["code"] for entries in weapons.values() for entry in entries if entry.get("code")}
    assert codes <= set(words["weapon"])


def literals(path: Path) -> list[str]:
    """What a module hands to Streamlit to be read as it stands in the code."""
    found = []
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        match node:
            case ast.Call(ast.Attribute(ast.Name("st"), attr), args, keywords) if attr in SHOWN:
                read = [*args[:1], *(k.value for k in keywords if k.arg in ("help", "placeholder"))]
                inside = [n for argument in read for n in ast.walk(argument)]
                texts = [n.value for n in inside if isinstance(n, ast.Constant) and isinstance(n.value, str)]
                found += [f"{path.name}:{node.lineno} {t}" for t in texts if " " in t or t[:1].isupper()]
    return found


def test_no_visible_string_stands_in_the_code() -> None:
    found = [text for path in CODE for text in literals(path)]
    for path in (ROOM / "assets").rglob("*.js"):
        code = path.read_text("utf-8")
        found += re.findall(r"""(?:textContent|title|alt) = ["'][^"']+""", code)
        found += re.findall(r"""element\("[^"]*", "[^"]*", "[A-Za-z]{2}[^)]*""", code)
    assert found == []


def test_no_html_from_strings_in_our_scripts() -> None:
    for path in (ROOM / "assets").rglob("*.js"):
        code = path.read_text("utf-8")
        assert not re.search(
            r"innerHTML|outerHTML|insertAdjacent|document\.write|\beval\(|new Function", code
        )
    for path in CODE:
        code = path.read_text("utf-8")
        assert "unsafe_allow_html" not in code
        assert "st.markdown" not in code


@pytest.mark.parametrize(
    ("low", "high", "said"),
    [
        (46, None, "at least 46"),
        (75, 75, "75"),
        (20, 99, "20–99"),
        (None, None, "not told"),
        (None, 5, "up to 5"),
        (0, 0, "0"),
        (1200, 1200, "1,200"),
    ],
)
def test_numbers_say_no_more_than_the_claim(low: int | None, high: int | None, said: str) -> None:
    assert wording.load("en").range(low, high) == said


def test_days_and_numbers_take_the_custom_of_the_language() -> None:
    english, arabic = wording.load("en"), wording.load("ar")
    assert english.days(date(2013, 11, 18), date(2013, 11, 20)) == "18–20 November 2013"
    assert english.days(date(2013, 7, 2), date(2013, 8, 1)) == "2 July – 1 August 2013"
    assert english.days(date(2013, 12, 31), date(2014, 1, 1)) == "31 December 2013 – 1 January 2014"
    assert arabic.day(date(2013, 11, 20)) == "٢٠ تشرين الثاني ٢٠١٣"
    assert arabic.range(46, None) == "٤٦ على الأقل"
    assert english.days(None, None) == "No date"


def test_sources_and_groups_bear_the_lexicon_s_names() -> None:
    assert wording.load("en").voice("sohr") == "Syrian Observatory for Human Rights"
    assert wording.load("ar").group("syrian_army") == "الجيش السوري"
    assert wording.load("en").claimant("none", "Alpha") == "the outlet itself (Alpha)"
    assert wording.load("en").claimant("none", "") == "the outlet itself", "nobody knows which"


def test_an_unknown_code_is_shown_as_it_stands() -> None:
    words = wording.load("en")
    assert words.code("weapon", "new_weapon") == "new weapon"
    assert words.code("weapon", "__class__ {0}") == "__class__ {0}"
    assert words.voice("{page}") == "{page}"


@pytest.mark.parametrize("name", symbols.palettes())
def test_the_colours_of_the_sides_differ(name: str) -> None:
    colours = symbols.palette(name)
    assert len(set(colours.values())) == len(symbols.SIDES)
    assert all(re.fullmatch("#[0-9A-F]{6}", colour) for colour in colours.values())


def test_a_whole_month_and_a_whole_year_go_by_their_names() -> None:
    english, arabic = wording.load("en"), wording.load("ar")
    assert span(date(2013, 11, 1), date(2013, 11, 30), english) == "November 2013"
    assert span(date(2013, 11, 1), date(2013, 11, 30), arabic) == "تشرين الثاني ٢٠١٣"
    assert span(date(2013, 7, 1), date(2013, 8, 31), english) == "July – August 2013"
    assert span(date(2016, 1, 1), date(2016, 12, 31), english) == "2016"
    assert span(date(2013, 11, 1), date(2013, 11, 29), english) == "1–29 November 2013"


def test_names_in_a_row_end_with_and() -> None:
    english, arabic = wording.load("en"), wording.load("ar")
    assert english.both(["A", "B", "C"]) == "A, B and C"
    assert arabic.both(["حلب", "حمص"]) == "حلب وحمص"
    assert english.both(["A"]) == "A"
