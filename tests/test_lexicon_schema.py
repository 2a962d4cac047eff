"""The lexicon knows itself: what is not declared is told with file and line, and what is declared is used."""

import ast
import re
import shutil
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import get_args

import pytest

from dashboard import symbols
from extraction import records
from extraction.lexicon import codebook, particles
from extraction.lexicon.codes import SCHEMA, LexiconError, is_known, known, lists
from extraction.lexicon.roles import FORMS, any_flags, roles
from extraction.lexicon.vocabulary import LEXICON, PARTICLE, load
from extraction.reading.rules import RULES
from gazetteer.index import words
from gazetteer.orthography import fold
from gazetteer.place import KINDS

ROOT = Path(__file__).parent.parent
FILES = {path.stem: tomllib.loads(path.read_text("utf-8")) for path in sorted(LEXICON.glob("*.toml"))}
BLOCKS = [(role, block) for file in FILES.values() for role, blocks in file.items() for block in blocks]
FOLDED = {
    role: {fold(p) for name, block in BLOCKS if name == role for form in FORMS for p in block.get(form, ())}
    for role, _ in BLOCKS
}
WORDS = {
    language: tomllib.loads((ROOT / f"dashboard/words/{language}.toml").read_text("utf-8"))
    for language in ("en", "ar")
}


def test_the_lexicon_as_it_stands_is_read() -> None:
    """An editor's slip is told here, with file and line."""
    assert load().entries


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A copy of the lexicon for an editor to change."""
    copy = tmp_path / "lexicon"
    shutil.copytree(LEXICON, copy)
    return copy


@pytest.mark.parametrize(
    ("file", "block", "line", "told"),
    [
        ("events", '[[evnt]]\ncode = "clash"\nnouns = ["نزال"]', 1, "no such kind of block.*'event'"),
        ("events", '[[event]]\ncode = "clash"\nobejctive = true\nnouns = ["نزال"]', 3, "flag .*'objective'"),
        ("events", '[[event]]\ncode = "clash"\nnoun = ["نزال"]', 3, "unknown key 'noun'.*'nouns'"),
        ("events", '[[event]]\nnouns = ["نزال"]\ncode = "prisoner_exchagne"', 3, "is no event_type"),
        ("events", '[[event]]\nnouns = ["نزال"]\ncode = "shellling"', 3, "did you mean 'shelling'"),
        ("events", '[[event]]\nnouns = ["نزال"]', 1, "code is missing"),
        ("events", '[[event]]\ncode = "clash"', 1, "no words"),
        ("events", '[[event]]\ncode = "clash"\nnouns = ["نزال"]\nrelay = true', 4, "unknown flag 'relay'"),
        ("events", '[[event]]\ncode = "clash"\nnouns = ["نزال"]\non = "true"', 4, "on must be true"),
        ("events", '[[weapon]]\ncode = "mine"\nnouns = ["لغم"]', 1, r"belongs in weapons\.toml"),
        ("weapons", '[[weapon]]\ncode = "mnie"\nnouns = ["لغم"]', 2, "'mnie' is no weapon.*'mine'"),
        ("casualties", '[[victim]]\nwords = ["بحار"]\ncode = "sailor"', 3, "is no victim: one of civilians"),
        ("casualties", '[[bound]]\ncode = "atleast"\nwords = ["قرابة"]', 2, "did you mean 'at_least'"),
        ("anaphors", '[[anaphor]]\nnames = ["الفرقة"]\nanny = true', 3, "unknown flag 'anny'.*'any'"),
        ("numbers", '[[number]]\nmin = "7"\nmax = 7\nwords = ["سبع"]', 2, "min must be a whole number"),
        ("numbers", '[[number]]\nmin = 7\nwords = ["سبع"]', 1, "max is missing"),
        ("time", '[[month]]\nnames = ["صفر"]\ncode = "13"', 3, "'13' is no month"),
        ("modality", '[[ground]]\ncode = "city twon"\nnouns = ["مدينة"]', 2, "'twon' is no place_kinds"),
        ("modality", '[[seat]]\ncode = "turkish_armee"\nnames = ["أنقرة"]', 2, "'turkish_army'"),
        ("speech", '[[say]]\ncode = "x"\npast = ["باح"]', 2, "unknown key 'code'"),
    ],
)
def test_a_slip_is_told_with_its_file_its_line_and_what_was_meant(
    folder: Path, file: str, block: str, line: int, told: str
) -> None:
    path = folder / f"{file}.toml"
    before = path.read_text(encoding="utf-8")
    path.write_text(f"{before}\n# a comment\n{block}\n", encoding="utf-8")
    place = rf"^{file}\.toml, line {before.count(chr(10)) + 2 + line}: "
    with pytest.raises(LexiconError, match=rf"(?s){place}.*{told}"):
        load(folder)


ACTOR = '[[actor]]\ncode = "{}"\nbloc = "{}"\nen = "X"\nar = "س"\nsince = "{}"\nnames = ["كتيبة س"]\n'


@pytest.mark.parametrize(
    ("actor", "line", "told"),
    [
        (("syrian_army", "government", "2012-01-01"), 2, "code 'syrian_army' stands in line [0-9]+ already"),
        (("Battalion X", "government", "2012-01-01"), 2, "'Battalion X' is no actor"),
        (("battalion_x", "oposition", "2012-01-01"), 3, "bloc 'oposition' is no bloc.*'opposition'"),
        (("battalion_x", "opposition", "1 May 2012"), 6, "since must be a day"),
    ],
)
def test_an_actor_s_code_bloc_and_days_are_looked_at(
    folder: Path, actor: tuple[str, str, str], line: int, told: str
) -> None:
    path = folder / "actors.toml"
    before = path.read_text(encoding="utf-8")
    path.write_text(before + ACTOR.format(*actor), encoding="utf-8")
    with pytest.raises(LexiconError, match=rf"^actors\.toml, line {before.count(chr(10)) + line}: .*{told}"):
        load(folder)


def test_a_block_before_the_wrong_one_does_not_move_its_line(folder: Path) -> None:
    path = folder / "weapons.toml"
    text = path.read_text(encoding="utf-8").replace('code = "tank"', 'code = "tnak"', 1)
    path.write_text(text, encoding="utf-8")
    at = text[: text.index("tnak")].count("\n") + 1
    with pytest.raises(LexiconError, match=rf"^weapons\.toml, line {at}: .*'tank'"):
        load(folder)


def test_a_broken_declaration_is_named(folder: Path) -> None:
    path = folder / "schema" / "codes.toml"
    path.write_text(path.read_text(encoding="utf-8") + '\n[bloc2]\nmeans = "x"\n', encoding="utf-8")
    with pytest.raises(LexiconError, match=r"codes\.toml: bloc2: .*means"):
        load(folder)


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ('speaks_with = "goverment"', "russia: speaks_with 'goverment' is no code; .*'government'"),
        ("airpower = true", "russia: .*airpower"),
        ('united = "yes"', "russia: .*united"),
    ],
)
def test_what_is_told_of_a_bloc_is_looked_at(folder: Path, line: str, told: str) -> None:
    path = folder / "schema" / "codes.toml"
    head, _, tail = path.read_text(encoding="utf-8").partition('code = "russia"\n')
    tail = tail.replace("united = true\n", "", 1).replace('speaks_with = "government"\n', "", 1)
    path.write_text(f'{head}code = "russia"\n{line}\n{tail}', encoding="utf-8")
    with pytest.raises(LexiconError, match=rf"codes\.toml: {told}"):
        load(folder)


# -- declared is used, used is declared --------------------------------------------------------------


def test_every_role_and_flag_that_is_declared_is_used() -> None:
    assert set(roles()) - {role for role, _ in BLOCKS} == set()
    used = {(role, key) for role, block in BLOCKS for key, value in block.items() if value is True}
    assert {(r.name, flag) for r in roles().values() for flag in r.flags} - used == set()
    assert set(any_flags()) <= {flag for _, flag in used}
    keys = {(role, key) for role, block in BLOCKS for key in block if key not in FORMS}
    assert {(r.name, key) for r in roles().values() for key in (*r.needs, *r.may)} - keys == set()


def test_every_flag_of_a_code_is_used() -> None:
    used = {
        (listed.name, flag) for listed in lists().values() for code in listed.codes for flag in code.flags
    }
    assert {(listed.name, flag) for listed in lists().values() for flag in listed.flags} == used


def test_every_code_that_is_declared_for_the_lexicon_is_used() -> None:
    for name in {role.code for role in roles().values()} - {""}:
        blocks = [block for role, block in BLOCKS if roles()[role].code == name]
        used = {code for block in blocks for code in (block.get("code", ""), *block.get("code", "").split())}
        assert set(known(name)) - used <= {"landmark", "district"}, name


#: Modules that spell letters: what clings to words, the marks of punctuation, figures of a distance.
SPELLING = {"clitics", "vocabulary", "sentence", "beside", "meant", "page", "unlisted", "company", "lines"}
GRAMMAR = {
    path.stem: ast.parse(path.read_text("utf-8"))
    for path in sorted((ROOT / "extraction").rglob("*.py"))
    if path.parent.name != "cli"
}


def strings(tree: ast.AST) -> Iterator[str]:
    """The strings of a module that are no docstrings."""
    told = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in told:
            yield node.value


def test_words_live_in_the_lexicon_and_not_in_the_rules() -> None:
    messages = {"roles"}  # what an editor may write, for example
    found = [
        f"{name}: {text!r}"
        for name, tree in GRAMMAR.items()
        if name not in SPELLING | messages
        for text in strings(tree)
        if any("\u0600" <= letter <= "\u06ff" for letter in text)
    ]
    assert found == [], "give these a name in particles.toml, or in clitics.py where they cling to a word"


def test_every_particle_is_one_word_stands_once_and_is_asked_for() -> None:
    blocks = [block for role, block in BLOCKS if role == PARTICLE]
    phrases = [phrase for block in blocks for form in FORMS for phrase in block.get(form, ())]
    assert [phrase for phrase in phrases if " " in phrase] == []
    assert len(set(map(fold, phrases))) == len(phrases)
    asked = {
        arg.value
        for tree in GRAMMAR.values()
        for node in ast.walk(tree)
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "particles"
        for arg in node.args
        if isinstance(arg, ast.Constant)
    }
    for path in RULES.glob("*.toml"):
        asked.update(
            n for names in re.findall(r"<([a-z_+]+)>", path.read_text("utf-8")) for n in names.split("+")
        )
    assert {block["code"] for block in blocks} == asked
    named = {
        name
        for tree in GRAMMAR.values()
        for node in ast.walk(tree)
        if isinstance(node, ast.ImportFrom) and node.module == "extraction.lexicon.particles"
        for name in (alias.name for alias in node.names)
    }
    assert {name for name in vars(particles) if name.isupper()} - {"LEXICON", "PARTICLE"} <= named


def test_words_that_announce_a_place_live_in_the_gazetteer() -> None:
    entries = {entry for role in ("part_of", "post") for entry in FOLDED[role]}
    assert entries & {*words().kinds, *words().countryside} - FOLDED["ground"] == set()


def test_every_role_flag_and_code_says_what_it_means() -> None:
    said = [r.says for r in roles().values()]
    said += [told for r in roles().values() for told in r.flags.values()]
    said += [listed.says for listed in lists().values()]
    said += [code.says for listed in lists().values() for code in listed.codes]
    assert all(told.strip() and "\n" not in told for told in said)


def test_the_codes_of_the_records_are_the_declared_ones() -> None:
    for name, literal in (
        ("stance", records.Stance),
        ("status", records.Status),
        ("date_basis", records.DateBasis),
        ("published_basis", records.PublishedBasis),
        ("method", records.MentionMethod),
    ):
        assert known(name) == get_args(literal), name
    assert known("kind") == KINDS


def test_the_columns_that_a_list_of_codes_names_are_exported() -> None:
    from extraction.keeping.contents import TABLES

    columns = {f"{file}.csv {field.name}" for file, (_, fields) in TABLES.items() for field in fields}
    assert {column for listed in lists().values() for column in listed.exported} - columns == set()


@pytest.mark.parametrize("language", WORDS)
@pytest.mark.parametrize("name", [name for name, listed in lists().items() if listed.words])
def test_every_code_has_its_word_on_the_screen(name: str, language: str) -> None:
    lacking = [f"[{t}] {c}" for t in lists()[name].words for c in known(name) if c not in WORDS[language][t]]
    lacking = [told for told in lacking if not told.startswith(("[of] civilians", "[of] mixed"))]
    assert lacking == [], f"{name} still lacks words in dashboard/words/{language}.toml"


@pytest.mark.parametrize("language", WORDS)
def test_every_word_for_a_weapon_has_its_code(language: str) -> None:
    assert set(WORDS[language]["weapon"]) - set(known("weapon")) == {"none"}


def test_a_new_event_type_or_bloc_is_told_what_it_still_lacks() -> None:
    lacking = [f"event_type {c} lacks a sign in symbols.toml" for c in known("event_type")
               if c not in symbols.events()]  # fmt: skip
    lacking += [f"event_type {c} lacks its ACLED name" for c in known("event_type")
                if not next(one for one in lists()["event_type"].codes if one.code == c).acled]  # fmt: skip
    lacking += [f"bloc {c} lacks a colour in the {name} set" for name in symbols.palettes()
                for c in known("bloc") if c not in symbols.palette(name)]  # fmt: skip
    lacking += [f"symbols.toml has a sign for {c}, which is no event_type" for c in symbols.events()
                if not is_known(c, "event_type")]  # fmt: skip
    assert lacking == []


def test_the_state_that_fell_and_those_after_it_are_apart_by_date() -> None:
    blocs = {code.code: code for code in lists()["bloc"].codes}
    assert blocs["government"].until == "2024-12-08"
    assert {c for c, bloc in blocs.items() if bloc.since} == {"transitional_government", "former_regime"}
    assert {bloc.since for bloc in blocs.values()} == {"", "2024-12-08"}


def test_the_page_of_codes_is_up_to_date() -> None:
    page = (ROOT / "docs" / "codes.md").read_text(encoding="utf-8")
    assert page == codebook.page(), "docs/codes.md is stale: run python -m extraction.lexicon.codebook"


def test_the_page_of_codes_names_them_all() -> None:
    page = codebook.page()
    assert all(f"`{code}`" in page for name in lists() for code in known(name))
    assert all(f"`{role}`" in page for role in roles())
    assert "Strategic developments / Non-violent transfer of territory" in page
    assert SCHEMA.name in page
