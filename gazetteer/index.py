"""Every place name of a text, found in one pass.

All names and their usual spelling variants go into one Aho-Corasick automaton; each hit is then checked
for word boundaries and prefix letters. Which of several places of that name is meant is decided later
(``gazetteer.resolve``), and so is whether an ordinary word is meant as a name
(``extraction.reading.toponym``).
"""

import functools
import re
import tomllib
import unicodedata
from collections.abc import Callable, Container, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Final, Literal, NamedTuple

from ahocorasick_rs import AhoCorasick
from rapidfuzz import fuzz

from gazetteer.orthography import PREFIX_LETTERS, fold, spelling_variants
from gazetteer.place import Place

#: What may stand before a name and be written together with it: one prefix letter, or و/ف and another.
PREFIXES: Final = frozenset(PREFIX_LETTERS) | {a + b for a in "وف" for b in "بلك"}

#: Scores of a hit by how its spelling was met.
SCORES: Final[Mapping[str, float]] = {"exact": 1.0, "variant": 0.9, "fuzzy": 0.75}

#: Names shorter than this have no near misses: one letter of three is another name.
NEAR_LENGTH: Final = 4

#: The Arabic article as Latin spellings write it, before sun letters too.
_LATIN_ARTICLES: Final = frozenset(["al", "el", "as", "ash", "ad", "adh", "ar", "at", "an", "az"])


class Beside(NamedTuple):
    """What one word beside a name tells of it, as the word stands or without its prefix letters.

    ``kind`` is the place word it is ("" for none); ``joins`` tells that a list may go on with it, ``links``
    that it may stand first between two names that belong together. The others say in which of the lists of
    ``PlaceWords`` it stands.
    """

    kind: str
    announces: bool
    countryside: bool
    compass: bool
    around: bool
    within: bool
    beside: bool
    conjunction: bool
    joins: bool
    links: bool
    group: bool
    government: bool


@dataclass(frozen=True)
class PlaceWords:
    """The words of ``gazetteer/data/*.toml``, folded: which announce a place, and which deny one."""

    kinds: Mapping[str, tuple[str, ...]]
    announces: Mapping[str, str]
    announces_within: Mapping[str, str]
    countryside: frozenset[str]
    within: frozenset[str]
    beside: frozenset[str]
    around: frozenset[str]
    name_heads: frozenset[str]
    name_tails: frozenset[str]
    several: frozenset[str]
    waters: frozenset[str]
    sites: frozenset[str]
    pairs: frozenset[str]
    heights: frozenset[str]
    particles: frozenset[str]
    verb_before: frozenset[str]
    conjunctions: frozenset[str]
    compass: Mapping[str, str]
    confused: tuple[frozenset[str], ...]
    loose: frozenset[str]
    common: frozenset[str]
    groups: frozenset[str]
    group_inner: frozenset[str]
    person_before: frozenset[str]
    adjectives: frozenset[str]
    capitals: frozenset[str]
    government_before: frozenset[str]
    government_with: frozenset[str]
    government_on: frozenset[str]
    government_for: frozenset[str]
    government_after: frozenset[str]
    nationalities: frozenset[str]
    foreign: frozenset[str]
    blocked: frozenset[str]
    to_places: frozenset[str]
    nouns: frozenset[str]
    objects: frozenset[str]

    def announces_by_itself(self, name: str) -> bool:
        """Whether a folded name is, but for its article, a word that announces places: الحارة, التل."""
        return "ال" + name in self.kinds or name.removeprefix("ال") in self.kinds

    @functools.cached_property
    def announced(self) -> Callable[[str], str]:
        """The place word, without its prefix letters, that a word is and behind which a name must follow; ""
        for none."""
        return functools.lru_cache(maxsize=50_000)(self._announced)

    def _announced(self, word: str) -> str:
        for known in (self.announces, self.announces_within):
            found = _without_prefix(word, known)
            if found and (found == word or word not in self.common):
                return found
        return ""

    @functools.cached_property
    def cue(self) -> Callable[[str], Beside]:
        """What a word beside a name tells of it. Texts have few such words, and have them often."""
        return functools.lru_cache(maxsize=50_000)(self._cue)

    def _cue(self, word: str) -> Beside:
        def is_in(known: Container[str]) -> bool:
            return _without_prefix(word, known) != ""

        kind, countryside, compass = (
            _without_prefix(word, self.kinds),
            is_in(self.countryside),
            is_in(self.compass),
        )
        within = is_in(self.within) or (word[:1] == "ب" and word[1:] in self.kinds)
        beside, conjunction = is_in(self.beside), is_in(self.conjunctions)
        joins = word[:1] == "و" or word in self.conjunctions
        return Beside(
            kind=kind,
            announces=is_in(self.announces),
            countryside=countryside,
            compass=compass,
            around=is_in(self.around),
            within=within,
            beside=beside,
            conjunction=conjunction,
            joins=joins,
            links=any((kind, countryside, compass, within, beside, conjunction, joins)),
            group=is_in(self.groups),
            government=is_in(self.government_before),
        )


def _without_prefix(word: str, known: Container[str]) -> str:
    """A word as it stands in a list, taken as it is or without its prefix letters; "" where it does not."""
    if word in known:
        return word
    for cut in (1, 2):
        if word[:cut] in PREFIXES and word[cut:] in known:
            return word[cut:]
    return ""


@functools.cache
def words() -> PlaceWords:
    """The word lists that come with the program, read once."""
    data = Path(__file__).parent / "data"

    def read(name: str) -> dict[str, Any]:
        return tomllib.loads((data / name).read_text(encoding="utf-8"))

    place, other = read("place_words.toml"), read("other_words.toml")

    def folded(items: Iterable[str]) -> frozenset[str]:
        return frozenset(fold(w) for w in items)

    return PlaceWords(
        kinds={fold(w): tuple(k) for w, k in place["kinds"].items()},
        announces={fold(w): k for w, k in place["announces"].items()},
        announces_within={fold(w): k for w, k in place["announces_within"].items()},
        compass={fold(w): side for side, ws in place["compass"].items() for w in ws},
        confused=tuple(frozenset(fold(g)) for g in place["confused"]["groups"]),
        loose=frozenset(fold(place["confused"]["loose"])),
        common=frozenset(read("common_words.toml")["words"]),
        **{name: folded(items) for name, items in (place["words"] | other).items()},
    )


@dataclass(frozen=True, slots=True)
class Name:
    """One spelling, folded, and the places it may mean. No places: a name outside Syria, or of no place.

    ``doubtful`` marks a spelling that is also an ordinary word; ``foreign`` one that a place outside Syria
    bears as well. ``elided`` spellings begin with the لل that ل makes of ال (للقابون).
    """

    text: str
    place_ids: tuple[str, ...]
    method: Literal["exact", "variant"]
    doubtful: bool
    foreign: bool = False
    elided: bool = False


class Hit(NamedTuple):
    """A name met in a text. ``start:end`` are offsets in the normalised text and cover the name itself,
    without ``prefix``. A hit without ``place_ids`` is a name that is no place of Syria."""

    start: int
    end: int
    place_ids: tuple[str, ...]
    method: Literal["exact", "variant", "fuzzy"]
    score: float
    prefix: str
    doubtful: bool = False
    foreign: bool = False


class NameIndex:
    """The names of many places, ready to be found in a text. Immutable once built.

    ``imported`` are the ids of places out of a mass list, half of whose names are ordinary words.
    """

    def __init__(
        self, places: Iterable[Place], vocabulary: PlaceWords | None = None, imported: Container[str] = ()
    ) -> None:
        self.words: Final = vocabulary or words()
        self.countryside: Final[dict[tuple[str, frozenset[str]], str]] = {}
        exact: dict[str, dict[str, bool]] = {}
        latin: dict[str, dict[str, None]] = {}
        for place in places:
            for english in (place.name_en, *place.names_en):
                latin.setdefault(fold_latin(english), {})[place.id] = None
            for spelled in (place.name_ar, *place.names_ar):
                name = fold(spelled)
                rest = self._without(name, self.words.countryside)
                if rest is not None:
                    self._add_countryside(rest, place.id)
                    continue
                name = self.bare(name)
                doubtful = place.ambiguous and (
                    " " not in name or _solid(place.name_ar).startswith(_solid(spelled))
                )
                exact.setdefault(name, {})[place.id] = doubtful
        self.names: Final = self._spellings(exact)
        self.latin: Final = {name: tuple(ids) for name, ids in latin.items() if name}
        self._entries: Final = [n for n in self.names.values() if not self._is_only_a_word(n, imported)]
        self._automaton: Final = AhoCorasick([n.text for n in self._entries], store_patterns=False)

    @staticmethod
    def _without(name: str, heads: Iterable[str]) -> str | None:
        head, _, rest = name.partition(" ")
        return rest if rest and head in heads else None

    def bare(self, name: str) -> str:
        """A listed name, folded, less a generic word before it: مدينة حلب is حلب, as mentions are spelled."""
        while (rest := self._without(name, self.words.announces)) or (
            rest := self._without(name, ("محافظه", "منطقه"))
        ):
            name = rest
        return name

    def _add_countryside(self, rest: str, place_id: str) -> None:
        tokens = rest.split()
        sides: set[str] = set()
        while len(tokens) > 1 and tokens[-1] in self.words.compass:
            sides.add(self.words.compass[tokens.pop()])
        self.countryside.setdefault((" ".join(tokens), frozenset(sides)), place_id)

    def _spellings(self, exact: dict[str, dict[str, bool]]) -> dict[str, Name]:
        common, foreign = self.words.common, self.words.foreign
        ordinary = common | foreign
        spelled: dict[str, dict[str, bool]] = {text: dict(ids) for text, ids in exact.items()}
        variants: dict[str, dict[str, bool]] = {}
        for text, ids in exact.items():
            doubted = text in ordinary
            word = text in common or all(ids.values())  # its article alone makes it a name: المدارس, no مدارس
            for variant, risky in spelling_variants(text):
                if risky and (variant in exact or variant in common or variant in self.words.name_heads):
                    continue
                if risky and word and not variant.startswith("ال"):
                    continue
                if len(variant) >= 3:
                    known = (spelled if variant in exact else variants).setdefault(variant, {})
                    for place_id, doubtful in ids.items():
                        known.setdefault(place_id, doubtful or doubted or risky or variant in common)
        # Where one place of a name is known by it beyond doubt, the name is no ordinary word.
        names = {
            text: Name(
                text,
                tuple(ids),
                "exact" if text in exact else "variant",
                all(ids.values()) or (text in exact and (len(text) < 3 or text in ordinary)),
                text in foreign,
            )
            for text, ids in (spelled | variants).items()
        }
        for text in foreign - names.keys():
            names[text] = Name(text, (), "exact", False, foreign=True)
        for text in self.words.blocked - names.keys():
            names[text] = Name(text, (), "exact", False)
        for name in list(names.values()):
            if name.text.startswith("ال"):
                elided = "لل" + name.text[2:]
                names.setdefault(elided, replace(name, text=elided, elided=True))
        return names

    def _is_only_a_word(self, name: Name, imported: Container[str]) -> bool:
        """Whether a name out of a mass list is so ordinary a word that no text can be trusted to mean it."""
        if not name.place_ids or not name.doubtful or name.foreign:
            return False
        if any(i not in imported for i in name.place_ids):
            return False
        words, word = self.words, name.text[2:] if name.elided else name.text
        if len(word) < 4 or words.announces_by_itself(word):
            return True
        if any(
            word in known for known in (words.common, words.compass, words.name_tails, words.nationalities)
        ):
            return True
        return not word.startswith("ال") and (is_adjective(word) or "ال" + word in words.common)

    def find(self, text: str) -> list[Hit]:
        """Every name in a normalised text, in order, none overlapping: of two the one that begins first,
        then the longer. Linear in the length of the text.
        """
        spaced, kept = _single_spaced(text)
        length = len(text)
        entries, common = self._entries, self.words.common
        found: list[tuple[int, int, int, str]] = []
        for pattern, start, end in self._automaton.find_matches_as_indexes(spaced, overlapping=True):
            if kept is not None:
                start, end = kept[start], kept[end - 1] + 1
            if end < length and text[end].isalnum():
                continue
            prefix = ""
            if start and text[start - 1].isalnum():
                if text[start - 1] not in PREFIX_LETTERS:
                    continue
                word = start - 1
                while word and start - word < 3 and text[word - 1].isalnum():
                    word -= 1
                prefix = text[word:start]
                if prefix not in PREFIXES or text[word:end] in common:
                    continue
            if entries[pattern].elided:
                prefix, start = prefix + "لل", start + 2
            found.append((start, -end, pattern, prefix))
        found.sort()
        hits: list[Hit] = []
        last = 0
        for start, negative, pattern, prefix in found:
            if start < last:
                continue
            entry, last = entries[pattern], -negative
            hits.append(
                Hit(
                    start,
                    last,
                    entry.place_ids,
                    entry.method,
                    SCORES[entry.method],
                    prefix,
                    entry.doubtful,
                    entry.foreign,
                )
            )
        return hits

    def find_countryside(self, names: Sequence[str], sides: frozenset[str]) -> str | None:
        """The id of the region ريف X on these sides of X, or of the whole ريف X, where one is listed. The
        names of X are folded ones."""
        for wanted in (sides, frozenset[str]()):
            for name in names:
                if (name, wanted) in self.countryside:
                    return self.countryside[name, wanted]
        return None

    @functools.cached_property
    def _deletions(self) -> dict[str, list[Name]]:
        """Every name under itself and under itself less one letter, spaces dropped: two names that differ
        by one edit share a key."""
        keys: dict[str, list[Name]] = {}
        for name in self.names.values():
            solid = name.text.replace(" ", "")
            if name.place_ids and not name.elided and len(solid) >= NEAR_LENGTH:
                for key in _less_one(solid):
                    keys.setdefault(key, []).append(name)
        return keys

    def near(self, name: str) -> list[tuple[Name, float]]:
        """The names that differ from a folded one by one letter that ears or keyboards confuse, each with
        its likeness from 0 to 1, best first. Names of fewer than four letters have none.
        """
        solid = name.replace(" ", "")
        if len(solid) < NEAR_LENGTH:
            return []
        found: dict[str, Name] = {}
        for key in _less_one(solid):
            for other in self._deletions.get(key, ()):
                if self._confusable(solid, other.text.replace(" ", "")):
                    found[other.text] = other
        scored = [(n, fuzz.ratio(solid, n.text.replace(" ", "")) / 100) for n in found.values()]
        return sorted(scored, key=lambda pair: (-pair[1], pair[0].text))

    def _confusable(self, a: str, b: str) -> bool:
        if len(a) > len(b):
            a, b = b, a
        at = next((i for i, (x, y) in enumerate(zip(a, b, strict=False)) if x != y), len(a))
        if len(a) == len(b):
            if at == len(a) or a[at + 1 :] == b[at + 1 :]:
                return at == len(a) or any(a[at] in g and b[at] in g for g in self.words.confused)
            return a[at : at + 2] == b[at : at + 2][::-1] and a[at + 2 :] == b[at + 2 :]
        if len(b) - len(a) > 1 or a[at:] != b[at + 1 :]:
            return False
        return b[at] in self.words.loose or (at > 0 and b[at] == b[at - 1])


def is_adjective(word: str) -> bool:
    """Whether an indefinite, folded word reads as an adjective or a verb, not as a name: سورية, تشهد."""
    if word.endswith(("يه", "ت")) or (word.endswith(("ات", "ين", "ون")) and len(word) > 4):
        return True
    if len(word) == 5 and word[1] == "ا" and word.endswith("ه"):
        return True
    if word.startswith("م") and word.endswith("ه") and len(word) >= 6:
        return True
    return word[0] in "تي" and not word.startswith("تل")


def _solid(name: str) -> str:
    """A name without spaces and articles."""
    return "".join(token.removeprefix("ال") for token in fold(name).split())


def _single_spaced(text: str) -> tuple[str, list[int] | None]:
    """A text with one space for any white space but an empty line, and where each of its characters stood;
    None for the identity."""
    spaced = text.replace("\n", " ").replace("\t", " ").replace("\r", " ")
    pieces: list[str] = []
    kept: list[int] = []
    at, start = 0, spaced.find("  ")
    while start >= 0:
        run = _RUN.match(text, start)
        end = run.end() if run else start + 1
        pieces.append(spaced[at : start + 1])
        kept.extend(range(at, start + 1))
        at, start = end, spaced.find("  ", end)
    if not at:
        return spaced, None
    pieces.append(spaced[at:])
    kept.extend(range(at, len(text)))
    return "".join(pieces), kept


#: White space on one line or over its end, and no further: a name does not go on after an empty line.
_RUN: Final = re.compile(r"[^\S\n]*\n?[^\S\n]*")


def _less_one(word: str) -> set[str]:
    return {word} | {word[:i] + word[i + 1 :] for i in range(len(word))}


def fold_latin(name: str) -> str:
    """A name in Latin letters as it compares: no case, no accents, no article, no marks.

    >>> fold_latin("Al-Ḥumayra")
    'humayra'
    """
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
    tokens = "".join(c if c.isalnum() else " " for c in plain.replace("'", "")).split()
    kept = [t for t in tokens if t not in _LATIN_ARTICLES]
    return " ".join(kept or tokens)
