"""The lexicon read and matched: which words of a text mean something, whatever letters cling to them.

The words live in ``lexicon/*.toml``; this module knows only how Arabic glues letters to them. A form is
matched word by word with what may stand before and after it:

* ``noun``: و ف, then ب ل ك, then ال (ل + ال is لل); after it a pronoun, a dual or the accusative alef;
* ``verb`` (past) and ``present``: و ف, then س ل before a present; after it person and object pronouns;
* ``name``: و ف ب ل ك before it, its own ال kept; nothing after it;
* ``word``: و ف before it, nothing after it.
"""

import tomllib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache, lru_cache
from pathlib import Path
from typing import Final, NamedTuple

from extraction.lexicon.clitics import (
    ALL_PRONOUNS,
    BY,
    DEFINITE,
    FOR,
    FOR_THE,
    JOINED,
    LIKE,
    PERSONS,
    THE,
    TWO,
    WILL,
    WOMEN,
)
from extraction.lexicon.codes import SCHEMA, LexiconError
from extraction.lexicon.roles import FORMS, Block, check, check_names
from gazetteer.index import words
from gazetteer.orthography import fold

LEXICON: Final = Path(__file__).parent

#: The role of the words that are compared as they stand, and never tagged.
PARTICLE: Final = "particle"

_CONJUNCTIONS: Final = ("", *JOINED)
_PREPOSITIONS: Final = ("", BY, FOR, LIKE)

_PREFIXES: Final[Mapping[str, frozenset[str]]] = {
    "noun": frozenset(
        c + p
        for c in _CONJUNCTIONS
        for p in (*(p + a for p in ("", BY, LIKE) for a in ("", THE)), FOR, FOR_THE)
    ),
    "verb": frozenset(c + p for c in _CONJUNCTIONS for p in ("", FOR)),
    "present": frozenset(c + p for c in _CONJUNCTIONS for p in ("", WILL, FOR)),
    "name": frozenset(c + p for c in _CONJUNCTIONS for p in _PREPOSITIONS),
    "word": frozenset(_CONJUNCTIONS),
}
_VERB_ENDINGS: Final = frozenset(p + o for p in PERSONS for o in ("", *ALL_PRONOUNS))
_SUFFIXES: Final[Mapping[str, frozenset[str]]] = {
    "noun": frozenset({"", "ا", *TWO, WOMEN, *ALL_PRONOUNS, *(WOMEN + p for p in ALL_PRONOUNS)}),
    "verb": _VERB_ENDINGS,
    "present": _VERB_ENDINGS,
    "name": frozenset({""}),
    "word": frozenset({""}),
}
_ALL_PREFIXES: Final[frozenset[str]] = frozenset().union(*_PREFIXES.values())
_ALL_SUFFIXES: Final[frozenset[str]] = frozenset().union(*_SUFFIXES.values())
_LONGEST_PREFIX: Final = max(map(len, _ALL_PREFIXES))
_LONGEST_SUFFIX: Final = max(map(len, _ALL_SUFFIXES))


@dataclass(frozen=True, slots=True, eq=False)
class Entry:
    """One word or phrase of the lexicon: what it does (``role``), its code, its form, and its flags.

    ``words`` are the folded words of the phrase; ``bloc`` is the bloc of an actor or the side of a claimant;
    ``until`` is the last day (YYYY-MM-DD) for which its table says something. Each is equal to itself alone.
    """

    role: str
    code: str
    form: str
    words: tuple[str, ...]
    bloc: str = ""
    flags: frozenset[str] = frozenset()
    low: int | None = None
    high: int | None = None
    since: str = ""
    until: str = ""


class Tag(NamedTuple):
    """An entry found in a text: words ``first`` to ``last`` (exclusive), and what clung to the first one."""

    entry: Entry
    first: int
    last: int
    prefix: str
    suffix: str

    @property
    def definite(self) -> bool:
        """Whether the first word bears ال (for a name: as written in the lexicon)."""
        return self.prefix.endswith(DEFINITE) or self.entry.words[0].startswith(THE)


#: Entries that a word may be, each with what clings to it.
Readings = tuple[tuple[Entry, str, str], ...]


class Vocabulary:
    """All entries, ready to be found in a sequence of folded words."""

    def __init__(self, entries: Iterable[Entry]) -> None:
        """Index the entries by their first word as it may be written."""
        self.entries = tuple(entries)
        self._stems: dict[str, list[tuple[Entry, frozenset[str]]]] = {}
        self._after_lam: dict[str, list[Entry]] = {}
        for entry in self.entries:
            for stem, endings in _stems(entry):
                self._stems.setdefault(stem, []).append((entry, endings))
            if entry.form == "name" and entry.words[0].startswith(THE):  # ل + ال is written لل
                self._after_lam.setdefault(FOR + entry.words[0][2:], []).append(entry)
        self._readings = lru_cache(maxsize=50_000)(self._read_word)

    def _read_word(self, word: str) -> tuple[Mapping[str, Readings], Readings]:
        """The entries whose first word this may be, with prefix and suffix: phrases by their second word,
        the longest first, and single words."""
        found: dict[int, tuple[Entry, str, str]] = {}
        stems = self._stems
        count = len(word)
        for begin in range(min(_LONGEST_PREFIX, count) + 1):  # the shortest prefix and suffix come first
            prefix = word[:begin]
            if prefix not in _ALL_PREFIXES:
                continue
            for end in range(count, max(begin, count - _LONGEST_SUFFIX) - 1, -1):
                suffix = word[end:]
                if suffix not in _ALL_SUFFIXES:
                    continue
                stem = word[begin:end]
                if not suffix and prefix.endswith(FOR):
                    for entry in self._after_lam.get(stem, ()):
                        found.setdefault(id(entry), (entry, prefix, suffix))
                for entry, endings in stems.get(stem, ()):
                    form = entry.form
                    if suffix in endings and prefix in _PREFIXES[form]:
                        found.setdefault(id(entry), (entry, prefix, suffix))
        phrases: dict[str, Readings] = {}
        for reading in sorted(found.values(), key=lambda reading: -len(reading[0].words)):
            entry, _, suffix = reading
            if len(entry.words) > 1 and not suffix:
                phrases[entry.words[1]] = (*phrases.get(entry.words[1], ()), reading)
        return phrases, tuple(reading for reading in found.values() if len(reading[0].words) == 1)

    def tag(self, words: Sequence[str]) -> list[Tag]:
        """Every entry found in the folded words, in order of place; of one role the longest at a place.

        A name inside a longer name of the same role is dropped (الجيش inside الجيش الحر); a shield is a
        phrase of that role that stands for nothing, and only keeps shorter names from being found in it.
        """
        tags: list[Tag] = []
        count = len(words)
        until: dict[str, int] = {}
        readings = self._readings
        for at, word in enumerate(words):
            phrases, candidates = readings(word)
            if phrases and at + 1 < count and (behind := phrases.get(words[at + 1])):
                candidates = behind + candidates
            for entry, prefix, suffix in candidates:
                size = len(entry.words)
                if size > 2 and tuple(words[at + 2 : at + size]) != entry.words[2:]:
                    continue
                if until.get(entry.role, 0) > at:
                    continue
                until[entry.role] = at + size
                if "shield" not in entry.flags:
                    tags.append(Tag(entry, at, at + size, prefix, suffix))
        return tags


def _stems(entry: Entry) -> Iterator[tuple[str, frozenset[str]]]:
    """The spellings of an entry's first word before endings, each with the endings it takes."""
    word = entry.words[0]
    endings = frozenset(PERSONS) if "objectless" in entry.flags else _SUFFIXES[entry.form]
    if len(entry.words) > 1:
        yield word, frozenset({""})
        return
    if entry.form == "noun" and word.endswith("ه"):
        yield word, frozenset({"", "ا"})
        yield word[:-1] + "ت", endings - {"", "ا", WOMEN}
        yield word[:-1], frozenset({WOMEN, *(WOMEN + p for p in ALL_PRONOUNS)})
    elif entry.form in ("verb", "present") and word.endswith("ي"):
        yield word, endings - {"ت", "وا", "ون", "تا"}
        yield word[:-1], frozenset(e for e in endings if e.startswith(("ت", "و")))
        yield word[:-1] + "ا", frozenset(ALL_PRONOUNS)
    else:
        yield word, endings
    if entry.form == "present" and word.startswith("ي"):
        for other in "تن":
            yield from _stems(replace(entry, form="verb", words=(other + word[1:],)))


def _entries_of(block: Block) -> Iterator[Entry]:
    """The entries of one block: every phrase in every form it lists."""
    table = block.table
    flags = frozenset(key for key, value in table.items() if value is True)
    low, high = table.get("min"), table.get("max")
    for key, form in FORMS.items():
        for phrase in table.get(key, ()):
            yield Entry(
                role=block.role,
                code=str(table.get("code", "")),
                form=form,
                words=tuple(fold(phrase).split()),
                bloc=str(table.get("bloc", table.get("side", ""))),
                flags=flags,
                low=low if isinstance(low, int) else None,
                high=high if isinstance(high, int) else None,
                since=str(table.get("since", "")),
                until=str(table.get("until", "")),
            )


def _blocks_of(path: Path) -> Iterator[Block]:
    """The blocks of one file, as they stand in it."""
    try:
        text = path.read_text(encoding="utf-8")
        data = tomllib.loads(text)
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise LexiconError(f"{path}: cannot be read: {error}") from error
    for role, tables in data.items():
        if not isinstance(tables, list) or not all(isinstance(table, dict) for table in tables):
            line = text[: text.find(f"[{role}")].count("\n") + 1
            raise LexiconError(f"{path.name}, line {line}: write [[{role}]] with two brackets")
        for number, table in enumerate(tables, 1):
            yield Block(path.name, text, role, number, table)


def read_file(path: Path) -> list[Entry]:
    """The entries of one TOML file of a lexicon. Raises LexiconError as ``read_folder`` does."""
    return _checked(list(_blocks_of(path)), path.parent)


def read_folder(folder: Path) -> list[Entry]:
    """The entries of every TOML file of a folder; the table's name is the role.

    Raises LexiconError, naming file and line, for a file that is no TOML, or a block that is not as the
    folder's ``schema`` declares it.
    """
    return _checked([block for path in sorted(folder.glob("*.toml")) for block in _blocks_of(path)], folder)


def _checked(blocks: list[Block], folder: Path) -> list[Entry]:
    for block in blocks:
        check(block, folder / SCHEMA.name)
    check_names(blocks, folder / SCHEMA.name)
    return [entry for block in blocks for entry in _entries_of(block)]


@cache
def load(folder: Path = LEXICON) -> Vocabulary:
    """The vocabulary of a lexicon folder, with what the gazetteer knows: names of places outside Syria, and
    words that announce a place, of which those that no [[ground]] has say only that places follow."""
    tagged = [entry for entry in read_folder(folder) if entry.role != PARTICLE]
    grounds = {entry.words[0] for entry in tagged if entry.role == "ground"}
    places = sorted({*words().kinds, *words().countryside} - grounds)
    parts = (Entry("part_of", "", "noun", (word,)) for word in places)
    abroad = (Entry("abroad", "", "name", tuple(name.split())) for name in sorted(words().foreign))
    return Vocabulary([*tagged, *parts, *abroad])
