"""Bytes to Arabic text: in which encoding it was saved, and whether what comes out is Arabic at all.

Wrong letters are worse than none: they look read and say nothing. A text that is neither UTF-8 nor UTF-16
with its mark is tried in the encodings in which Arabic was saved before, and the one whose letters are as
frequent as those of Arabic news is taken. (Knowing the language, a table of letters is surer than a library
that guesses among ninety encodings: charset-normalizer
3.5 took 23 of 23 dispatches in MacArabic for Thai or for nothing.)
"""

import re
from codecs import BOM_UTF8, BOM_UTF16_BE, BOM_UTF16_LE, BOM_UTF32_BE, BOM_UTF32_LE
from collections.abc import Mapping
from dataclasses import dataclass
from math import log
from string import punctuation
from typing import Final

from gazetteer.index import words
from gazetteer.orthography import PREFIX_LETTERS, normalise

#: A file that begins with one of these says itself what it is in. UTF-32's is looked for first: it begins
#: with UTF-16's.
_MARKS: Final = (
    (BOM_UTF8, "utf-8-sig"),
    (BOM_UTF32_LE, "utf-32"),
    (BOM_UTF32_BE, "utf-32"),
    (BOM_UTF16_LE, "utf-16"),
    (BOM_UTF16_BE, "utf-16"),
)

#: The encodings in which Arabic was saved before Unicode, as Python and as people call them.
_OLDER: Final[Mapping[str, str]] = {
    "cp1256": "Windows-1256",
    "iso8859_6": "ISO-8859-6",
    "mac_arabic": "MacArabic",
}

#: How often a letter stands among a thousand of Arabic news (counted in ``samples/``).
_PER_THOUSAND: Final[Mapping[str, int]] = {
    "ا": 146, "ل": 105, "ي": 70, "م": 61, "و": 58, "ن": 54, "ر": 53, "ت": 46, "ة": 34, "ب": 33, "ع": 33,
    "ق": 31, "د": 31, "ف": 28, "س": 25, "ح": 23, "ه": 20, "ك": 19, "أ": 18, "ش": 14, "ج": 13, "ص": 13,
    "ط": 11, "ى": 11,
    "ض": 8, "إ": 7, "خ": 7, "ذ": 5, "ث": 5, "ز": 5, "ئ": 4, "ء": 3, "غ": 3, "ظ": 2, "آ": 1, "ؤ": 1,
}  # fmt: skip
_WEIGHT: Final = {letter: log(n / 1000) for letter, n in _PER_THOUSAND.items()}
#: The weight of vowel marks and tatweel, of which wrong readings are full, and of what is no Arabic letter.
_WEIGHT.update(dict.fromkeys(("ـ", *map(chr, range(0x64B, 0x653))), log(1 / 200)))
_FOREIGN: Final = log(1 / 20_000)
#: What stands in a word of any language and tells nothing.
_NEUTRAL: Final = frozenset(punctuation + "0123456789٠١٢٣٤٥٦٧٨٩«»،؛؟٪…–—‐“”‘’•\u200c\u200d\u200e\u200f")
#: The least mean weight of a right reading. Measured: sentences of news have -3.4 and more in their encoding
#: and -3.9 and less in another, single names of villages -4.1; Russian in KOI8-R has -4.5.
_LIKELY: Final = -4.3
#: Of a few words the usual Windows-1256 is taken, unless another encoding is so much likelier.
_USUAL: Final = 0.3
#: So much of a text tells its encoding (characters).
_SAMPLE: Final = 100_000
#: A text that begins in Arabic is Arabic (characters): what is right needs no long look.
_BEGINNING: Final = 800

#: The least share of common words. Measured on 1,002 articles, 272 dispatches and test passages: from 0.6 up;
#: written backwards 0.13 and less, in Persian 0.21, in Urdu and Kurdish 0.08.
_COMMON_SHARE: Final = 0.25
#: Fewer words tell nothing by their share.
_FEW_WORDS: Final = 8
#: So many Arabic words are worth reading in a text that is mostly in another script.
_WORTH_READING: Final = 20

_BETWEEN: Final = re.compile(r"[\s,;|]+")
_ARABIC_WORD: Final = re.compile("[\u0621-\u064a\u066e-\u06d3]+")
#: What encodings are taken for each other: the letters come out as others (Ø§Ù„ for ال).
_TAKEN_FOR: Final = ("cp1252", "latin-1", "cp1256", "iso8859_6", "mac_roman")


class NotArabic(ValueError):
    """Bytes or letters that are no Arabic text; the message says why, and what to do."""


@dataclass(frozen=True, slots=True)
class Decoded:
    """A text and what it was saved in, as people call it; "" for Unicode, which needs no word."""

    text: str
    encoding: str = ""


def decode(data: bytes) -> Decoded:
    """The text of a file in UTF-8, in UTF-16 or UTF-32 with its mark, or in an older Arabic encoding.

    A byte-order mark is dropped. Raises NotArabic where no reading gives Arabic letters, and for a file in
    UTF-8 of which some bytes are broken: nobody knows what stood there.
    """
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            try:
                return Decoded(data.decode(encoding))
            except UnicodeDecodeError as error:
                name = encoding.removesuffix("-sig").upper()
                raise NotArabic(
                    f"begins as {name}, but byte {error.start} is wrong; save it again as UTF-8"
                ) from None
    try:
        return Decoded(data.decode())
    except UnicodeDecodeError as error:
        at = error.start
    if b"\0" in data:
        raise NotArabic("no text: it holds zero bytes; if it is one in UTF-16, save it as UTF-8")
    # Every Arabic letter in UTF-8 has two bytes over 127; in older encodings hardly two of them make one.
    high = sum(byte > 0x7F for byte in data)
    if 4 * len("".join(_ARABIC_WORD.findall(data.decode(errors="ignore")))) > high:
        raise NotArabic(f"in UTF-8, but byte {at} is wrong (cut in the middle?); save it again as UTF-8")
    readings = {}
    for encoding in _OLDER:
        try:
            readings[encoding] = data.decode(encoding)
        except UnicodeDecodeError:
            continue
    likely = {encoding: _likeness(reading) for encoding, reading in readings.items()}
    best = max(likely, key=lambda encoding: likely[encoding] + _USUAL * (encoding == "cp1256"), default="")
    if not best or likely[best] < _LIKELY:
        raise NotArabic(
            f"neither UTF-8 (byte {at} is wrong) nor Arabic in {', '.join(_OLDER.values())}; save it as UTF-8"
        )
    return Decoded(readings[best], _OLDER[best])


def check_arabic(text: str) -> str:
    """What is to be told of a text that is read all the same; "" where it is simply Arabic.

    Raises NotArabic where it is not: under half of its letters are Arabic and hardly a sentence of it is, or
    too few of its words are common Arabic ones.
    """
    for part in dict.fromkeys((text[:_BEGINNING], text)):
        folded = normalise(part).text
        letters = sum(map(str.isalpha, folded))
        found = _ARABIC_WORD.findall(folded)
        arabic = 2 * sum(map(len, found)) >= letters > 0
        prose = _is_prose(found)
        if arabic and prose:
            return ""
    if len(found) >= _WORTH_READING and prose:
        return "over half of its letters are not Arabic; only what is in Arabic is read"
    raise NotArabic(_why_not(text, arabic))


def _why_not(text: str, arabic: bool) -> str:
    """The likely reason why a text is not to be read, and what to do."""
    lost = text.count("?") + text.count("\ufffd")
    if 2 * lost > sum(map(str.isalpha, text)):
        return "question marks stand where its letters were: they were lost when it was saved; get it again"
    start = text[:_SAMPLE]
    for wrong in _TAKEN_FOR:
        for right in ("utf-8", *_OLDER):
            letters = start.encode(wrong, "ignore").decode(right, "ignore")
            if wrong != right and _likeness(letters) >= _LIKELY and _is_prose(_arabic_words(letters), True):
                name = _OLDER.get(right, "UTF-8")
                return (
                    f"its letters are garbled: it is in {name} and was saved as something else; get it again"
                )
    if _is_prose(_arabic_words(start[::-1]), True):
        return "its letters stand in reverse order, as some PDF files give them; get it again"
    if arabic:
        return "in Arabic letters, but hardly a word is Arabic: another language, or letters gone wrong"
    return "no text in Arabic: under half of its letters are Arabic"


def _arabic_words(text: str) -> list[str]:
    return _ARABIC_WORD.findall(normalise(text).text)


def _is_prose(folded: list[str], surely: bool = False) -> bool:
    """Whether enough of some words are common Arabic ones; of a few only where it must be sure."""
    if len(folded) < _FEW_WORDS and not surely:
        return True
    return sum(map(_is_common, folded)) > _COMMON_SHARE * len(folded)


def _is_common(word: str) -> bool:
    """Whether a folded word is a common one, or has the article, with a prefix letter or without."""
    common = words().common
    bare = word[1:] if word[0] in PREFIX_LETTERS and len(word) > 3 else word
    article = len(word) > 4 and (word.startswith(("ال", "لل")) or bare.startswith("ال"))
    return article or word in common or bare in common


def _likeness(text: str) -> float:
    """The mean weight of the letters of those words that are not in ASCII, which tell the encoding."""
    told = (word for word in _BETWEEN.split(text[:_SAMPLE]) if not word.isascii())
    weights = [_WEIGHT.get(c, _FOREIGN) for word in told for c in word if c not in _NEUTRAL]
    return sum(weights) / len(weights) if weights else _FOREIGN
