"""Arabic letters: one spelling for many, and the way back to the text.

Newspapers write أ or ا, ى or ي, ة or ه as they please, drop or set vowel marks, stretch words with
tatweel and mix three sets of digits; what is copied from a PDF has the shapes of letters in place of the
letters. ``normalise`` folds all of that and keeps, for every character of the result, where it stood in
the text.
"""

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

#: Letters and digits folded one to one.
_FOLDED: Final = {
    **dict.fromkeys("أإآٱ", "ا"),
    "ى": "ي",
    "ی": "ي",
    "ئ": "ي",
    "ة": "ه",
    "ۀ": "ه",
    "ؤ": "و",
    "ک": "ك",
    "گ": "ك",
    "پ": "ب",
    "چ": "ج",
    "ڤ": "ف",
    "٪": "%",
    "\u00a0": " ",
    "\u202f": " ",
    "_": " ",  # #خان_طومان
    **{chr(0x0660 + n): str(n) for n in range(10)},
    **{chr(0x06F0 + n): str(n) for n in range(10)},
    **{chr(c): chr(c).lower() for c in range(ord("A"), ord("Z") + 1)},
}
_TABLE: Final = str.maketrans(_FOLDED)

#: Dropped: vowel and Quranic marks, tatweel, the lone hamza's combining forms, zero-width and bidi controls;
#: and raised digits, which are footnotes and powers (كم²), never part of the number before them.
_DROPPED: Final = re.compile(
    "[\u0610-\u061a\u0640\u064b-\u065f\u0670\u06d6-\u06dc\u06df-\u06e8\u06ea-\u06ed"
    "\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff\u00ad\u00b2\u00b3\u00b9\u2070\u2074-\u2079]"
)

#: The shapes that a letter or a group of letters takes in a word, as PDF files hold them (Unicode's Arabic
#: Presentation Forms A and B), and the letters that Unicode says they stand for. A group never holds a
#: space: a mark that Unicode sets on one is the mark, and what ﷺ says is one word.
_SHAPES: Final = {
    shape: letters.replace(" ", "")
    for shape in map(chr, (*range(0xFB50, 0xFE00), *range(0xFE70, 0xFEFF)))
    if (letters := unicodedata.normalize("NFKC", shape)) != shape
}
_SHAPE: Final = re.compile("[\ufb50-\ufdff\ufe70-\ufefe]")

#: Letters that stand before a name and are written together with it: and, so, in, for, like.
PREFIX_LETTERS: Final = "وفبلك"


@dataclass(frozen=True, slots=True)
class Normalised:
    """A folded text and where each of its characters stood in the original.

    ``offsets`` has one entry more than ``text`` (the original's length), and never decreases; ``None``
    stands for the identity, when nothing was dropped and no character became several.
    """

    text: str
    offsets: tuple[int, ...] | None

    def span(self, start: int, end: int) -> tuple[int, int]:
        """The original's offsets of ``text[start:end]``, end exclusive.

        Marks dropped inside the span belong to it, and so do those that follow its last letter. Of a
        character that became several (ﻼ is لا) the whole belongs to a span that has any of them.
        """
        if self.offsets is None:
            return start, end
        first, last = self.offsets[start], self.offsets[end]
        return first, last + (end > start and last == self.offsets[end - 1])


def normalise(text: str) -> Normalised:
    """Fold a text; idempotent. See ``Normalised`` for the way back.

    >>> normalise("حَلَب").text
    'حلب'
    """
    spelled, origin = _spell_out(text)
    folded = spelled.translate(_TABLE)
    dropped = [m.start() for m in _DROPPED.finditer(folded)]
    if not dropped:
        return Normalised(folded, tuple(origin) if isinstance(origin, list) else None)
    kept: list[int] = []
    start = 0
    for at in dropped:
        kept.extend(origin[start:at])
        start = at + 1
    kept.extend(origin[start:])
    return Normalised(_DROPPED.sub("", folded), tuple(kept))


def _spell_out(text: str) -> tuple[str, Sequence[int]]:
    """The text with letters in place of their shapes, and where each character of it stood (its end too);
    a range where every one stands where it stood."""
    if _SHAPE.search(text) is None:
        return text, range(len(text) + 1)
    groups = [_SHAPES.get(c, c) for c in text]
    return "".join(groups), [*(at for at, group in enumerate(groups) for _ in group), len(text)]


def fold(text: str) -> str:
    """The folded spelling alone, with runs of white space as one space: the form in which names compare."""
    return " ".join(_DROPPED.sub("", _spell_out(text)[0].translate(_TABLE)).split())


def is_figure(word: str) -> bool:
    """Whether a folded word is a number in digits. Unicode knows more digits than ``int`` reads: ①, ௧.

    >>> is_figure("46"), is_figure("①"), is_figure("")
    (True, False, False)
    """
    return word.isascii() and word.isdigit()


#: First words that reporters write together with the next or apart from it: كفر نبل, كفرنبل.
_JOINED: Final = ("كفر", "تل", "بيت", "دير", "عين", "ابو", "ام")


def spelling_variants(name: str) -> Iterator[tuple[str, bool]]:
    """Other usual spellings of a folded name, each with whether it is risky: more likely another word.

    With and without ال, spaces dropped or set after كفر and its like, بن and ابن.

    >>> sorted(v for v, risky in spelling_variants("كفر نبل") if not risky)
    ['كفرنبل']
    """
    tokens = name.split()
    spellings = {name}
    if len(tokens) > 1:
        spellings.add("".join(tokens))
        spellings.add(tokens[0] + " ".join(tokens[1:]))
        spellings.add(" ".join("بن" if t == "ابن" else "ابن" if t == "بن" else t for t in tokens))
    for head in _JOINED:
        if tokens[0].startswith(head) and len(tokens[0]) >= len(head) + 3:
            spellings.add(f"{head} {name[len(head) :]}")
    for spelling in sorted(spellings):
        if spelling != name:
            yield spelling, False
        if spelling.startswith("ال") and spelling[2:3] != " ":
            yield spelling[2:], len(tokens) == 1
        elif len(tokens) == 1:
            yield "ال" + spelling, True
