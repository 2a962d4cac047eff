"""Arabic letters: one spelling for many, and the way back to the text.

Newspapers write أ or ا, ى or ي, ة or ه as they please, drop or set vowel marks, stretch words with
tatweel and mix three sets of digits. ``normalise`` folds all of that and keeps, for every character of
the result, where it stood in the text.
"""

import re
from collections.abc import Iterator
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
    **{chr(0x0660 + n): str(n) for n in range(10)},
    **{chr(0x06F0 + n): str(n) for n in range(10)},
    **{chr(c): chr(c).lower() for c in range(ord("A"), ord("Z") + 1)},
}
_TABLE: Final = str.maketrans(_FOLDED)

#: Dropped: vowel and Quranic marks, tatweel, the lone hamza's combining forms, zero-width and bidi controls.
_DROPPED: Final = re.compile(
    "[\u0610-\u061a\u0640\u064b-\u065f\u0670\u06d6-\u06dc\u06df-\u06e8\u06ea-\u06ed"
    "\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff\u00ad]"
)

#: Letters that stand before a name and are written together with it: and, so, in, for, like.
PREFIX_LETTERS: Final = "وفبلك"


@dataclass(frozen=True, slots=True)
class Normalised:
    """A folded text and where each of its characters stood in the original.

    ``offsets`` has one entry more than ``text`` (the original's length), and never decreases; ``None``
    stands for the identity, when nothing was dropped.
    """

    text: str
    offsets: tuple[int, ...] | None

    def span(self, start: int, end: int) -> tuple[int, int]:
        """The original's offsets of ``text[start:end]``, end exclusive.

        Marks dropped inside the span belong to it, and so do those that follow its last letter.
        """
        if self.offsets is None:
            return start, end
        return self.offsets[start], self.offsets[end]


def normalise(text: str) -> Normalised:
    """Fold a text; idempotent. See ``Normalised`` for the way back.

    >>> normalise("حَلَب").text
    'حلب'
    """
    folded = text.translate(_TABLE)
    dropped = [m.start() for m in _DROPPED.finditer(folded)]
    if not dropped:
        return Normalised(folded, None)
    kept: list[int] = []
    start = 0
    for at in dropped:
        kept.extend(range(start, at))
        start = at + 1
    kept.extend(range(start, len(folded)))
    kept.append(len(folded))
    return Normalised(_DROPPED.sub("", folded), tuple(kept))


def fold(text: str) -> str:
    """The folded spelling alone, with runs of white space as one space: the form in which names compare."""
    return " ".join(_DROPPED.sub("", text.translate(_TABLE)).split())


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
