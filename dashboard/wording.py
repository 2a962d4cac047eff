"""Every word on the screen: from ``words/<language>.toml``; names of groups and sources from the lexicon.

An untold code is shown as such, an unknown one as it stands. Days and numbers take the customary form of
the language. What comes back is plain text, never markup.
"""

import re
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any, Final

import pandas as pd
from babel import Locale
from babel.dates import format_date
from babel.lists import format_list

from dashboard.symbols import NONE
from extraction.lexicon.vocabulary import LEXICON

_SLUG: Final = re.compile("[a-z0-9_]+")

#: Whose customs a language's lists of names follow: no comma before "and".
_LOCALES: Final = {"en": "en_GB", "ar": "ar"}

FOLDER: Final = Path(__file__).with_name("words")


@dataclass(frozen=True, slots=True)
class Wording:
    """The words of one language; called with ``section.key`` and what fills the gaps, it gives a text."""

    language: str
    table: Mapping[str, Any]
    groups: Mapping[str, str]
    voices: Mapping[str, str]

    def __call__(self, key: str, **gaps: object) -> str:
        section, _, name = key.partition(".")
        text = str(self.table[section][name])
        return text.format_map(gaps) if gaps else text

    @property
    def direction(self) -> str:
        """``ltr`` or ``rtl``."""
        return self("page.direction")

    def codes(self, section: str) -> dict[str, str]:
        """A whole section: code to word."""
        return dict(self.table[section])

    def code(self, section: str, code: str) -> str:
        """The word for a code of the archive; the code itself, spaced, if the section does not know it."""
        return str(self.table[section].get(code or NONE) or _spaced(code))

    def group(self, code: str) -> str:
        """The name of a fighting group, short where the lexicon's own is too long for a line."""
        if code in ("", NONE):
            return self("side.none")
        return str(self.table["group"].get(code) or self.groups.get(code) or _spaced(code))

    def doer(self, group: str, side: str) -> str:
        """The name of a group, or of its side where no group is named; nothing where neither is."""
        if group != NONE:
            return self.group(group)
        return "" if side == NONE else self.code("side", side)

    def voice(self, code: str) -> str:
        """The name of a source."""
        return self("side.none") if code in ("", NONE) else self.voices.get(code) or self.group(code)

    def claimant(self, code: str, outlet: str) -> str:
        """Who says it; the outlet itself where the text names no one else."""
        if code in ("", NONE):
            if outlet in ("", NONE):
                return self("of.outlet_itself")
            return self("claim.outlet_itself", outlet=outlet)
        return self.voice(code)

    def outlet(self, outlet: str) -> str:
        """The outlet's name as given, or that it is not told."""
        return self("claim.outlet_untold") if outlet in ("", NONE) else outlet

    def count(self, what: str, number: int) -> str:
        """So many of a thing of the section ``counted``, in the plural that the language has for the number
        (CLDR's rules): ``1 claim``, ``2 claims``; ``ادعاءان``, ``٣ ادعاءات``, ``١١ ادعاءً``.
        """
        forms = self.table["counted"][what]
        form = forms.get(Locale.parse(self.language).plural_form(number)) or forms["other"]
        return str(form).format(n=self.number(number))

    def number(self, number: int) -> str:
        """A whole number in the language's digits, thousands apart."""
        text = f"{number:,}".replace(",", self("page.thousands"))
        return text.translate(str.maketrans("0123456789", self("page.digits")))

    def decimal(self, number: float, places: int) -> str:
        """A number with so many digits behind the mark, in the language's digits."""
        whole, _, part = f"{number:.{places}f}".partition(".")
        text = self("page.decimal").join(filter(None, (whole, part)))
        return text.translate(str.maketrans("0123456789", self("page.digits")))

    def range(self, low: float | None, high: float | None) -> str:
        """A count of people: ``at least 46``, ``46``, ``20–99``, ``up to 5``, or that it is not told."""
        least = None if low is None or pd.isna(low) else self.number(int(low))
        most = None if high is None or pd.isna(high) else self.number(int(high))
        if least is None and most is None:
            return self("number.untold")
        if most is None:
            return self("number.at_least", n=least)
        if least is None:
            return self("number.at_most", n=most)
        return least if least == most else self("number.between", low=least, high=most)

    def day(self, day: date) -> str:
        """One day, written out."""
        return self(
            "page.day",
            day=self._digits(day.day),
            month=self.month_name(day),
            year=self._digits(day.year),
        )

    def weekday(self, day: date) -> str:
        """One day, written out, with its name."""
        return f"{format_date(day, 'EEEE', locale=self.language)} {self.day(day)}"

    def days(self, first: date | None, last: date | None) -> str:
        """A span of days; that it has no date where there is none."""
        if first is None or pd.isna(first):
            return self("claim.undated")
        if last is None or pd.isna(last) or pd.Timestamp(first) == pd.Timestamp(last):
            return self.day(first)
        if (first.year, first.month) == (last.year, last.month):
            span = self("number.between", low=self._digits(first.day), high=self._digits(last.day))
            return self("page.day", day=span, month=self.month_name(first), year=self._digits(first.year))
        begun = self.day(first)
        if first.year == last.year:
            begun = self("page.day_month", day=self._digits(first.day), month=self.month_name(first))
        return self("page.days", first=begun, last=self.day(last))

    def month(self, day: date) -> str:
        """The month of a day: ``November 2013``."""
        return self("page.month", month=self.month_name(day), year=self._digits(day.year))

    def month_name(self, day: date) -> str:
        """The name of the month of a day."""
        return str(self.table["page"]["months"][day.month - 1])

    def year(self, day: date) -> str:
        """The year of a day."""
        return self._digits(day.year)

    def both(self, names: Sequence[str]) -> str:
        """Names in a sentence: ``A``, ``A and B``, ``A, B and C``; ``أ وب``."""
        return str(format_list(list(names), "standard", _LOCALES[self.language]))

    def of(self, code: str, *, voice: bool = False) -> str:
        """A side, a group or a voice in the middle of a sentence: ``the opposition``, ``ناشطين``."""
        if voice and code in ("", NONE):
            code = "outlet_itself"
        known = self.table["of"].get(code)
        return str(known or (self.voice(code) if voice else self.group(code)))

    def adjective(self, code: str) -> str:
        """A side before what it did: ``Russian``; in Arabic its name behind that."""
        return str(self.table["adjective"].get(code) or self.of(code))

    def published(self, of: Any) -> str:
        """The day of publication of a claim or document, how it is known where it was not given with it."""
        if pd.isna(of.published):
            return self("claim.published_unknown")
        day = self("claim.published", day=self.day(of.published))
        return day if of.published_basis == "given" else f"{day} ({self.publication(of)})"

    def publication(self, of: Any) -> str:
        """How the day of publication is known; of an inferred one also between which days it lies."""
        days = self.days(of.published_first, of.published_last)
        return self(f"publication.{of.published_basis}", days=days)

    def _digits(self, number: int) -> str:
        return str(number).translate(str.maketrans("0123456789", self("page.digits")))


@cache
def load(language: str) -> Wording:
    """The words of ``en`` or ``ar``."""
    table = tomllib.loads((FOLDER / f"{language}.toml").read_text("utf-8"))
    return Wording(language, table, _named("actors", language), _named("claimants", language))


def _named(file: str, language: str) -> dict[str, str]:
    """The names that a file of the lexicon gives its codes."""
    entries = tomllib.loads((LEXICON / f"{file}.toml").read_text("utf-8"))[file.removesuffix("s")]
    return {entry["code"]: entry[language] for entry in entries if language in entry}


def _spaced(code: str) -> str:
    return code.replace("_", " ") if _SLUG.fullmatch(code) else code
