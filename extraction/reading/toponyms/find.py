"""Place names in a text: every name the gazetteer holds, and those it does not but should.

The index finds names; the rooms beside this one read the words around them, as a reader of newswire does:
``beside`` what announces a name or makes it no place, ``company`` which names belong together, ``meant``
whether an ordinary word is meant as a name, ``unlisted`` what stands after ``بلدة`` or in a list that no
gazetteer holds, ``choice`` which of several places of that name.
"""

from typing import Final

from extraction.reading.toponyms.beside import read_beside
from extraction.reading.toponyms.choice import Resolver
from extraction.reading.toponyms.company import link
from extraction.reading.toponyms.meant import accept
from extraction.reading.toponyms.page import Page, Spot
from extraction.reading.toponyms.unlisted import find_unlisted
from extraction.records import Mention
from extraction.words.sentence import Words
from gazetteer.index import SCORES
from gazetteer.place import AREA_KINDS
from gazetteer.reasons import Reason, written
from gazetteer.resolve import Choice
from gazetteer.sources import Gazetteer

#: A place put beside a compass word or "near" lies somewhere around it (kilometres).
_AROUND_KM: Final = 10.0
#: ... and one in the countryside of a town that has no region of its own.
_COUNTRYSIDE_KM: Final = 15.0


def find_toponyms(doc_id: str, text: str, words: Words, gazetteer: Gazetteer) -> tuple[Mention, ...]:
    """The place names of a text, in order, none overlapping. ``words`` are those of the text; the mentions'
    offsets are those of ``text``. No mention overlaps the name of a group or a source, unless the place name
    is longer and holds it whole."""
    page = Page(text, words, gazetteer)
    names = page.names()
    for spot in names:
        read_beside(page, spot)
    link(page, names)
    accept(page, names)
    if unlisted := find_unlisted(page, names):
        # A list goes on over them, so that more may be meant, and lie where the last is told to lie.
        names = sorted([*names, *unlisted], key=_start)
        link(page, names)
        accept(page, names)
    spots = [s for s in names if s.accepted]
    resolver = Resolver(page, spots)
    return tuple(
        _mention(doc_id, page, spot, resolver.resolve(number) if spot.places else None)
        for number, spot in enumerate(spots)
    )


def _start(spot: Spot) -> int:
    return spot.start


def _mention(doc_id: str, page: Page, spot: Spot, choice: Choice | None) -> Mention:
    if choice is None:
        return _unresolved(doc_id, page, spot)
    start, end = page.words.normalised.span(spot.start, spot.end)
    place = choice.place
    method = spot.hit.method if spot.hit else "fuzzy"
    radius, reasons = place.radius_km, choice.reasons
    if spot.country and place.kind not in AREA_KINDS:
        radius, reasons = max(radius, _COUNTRYSIDE_KM), (*reasons, Reason("its_countryside"))
    elif spot.around:
        radius = max(radius, spot.away_km + place.radius_km if spot.away_km else _AROUND_KM)
        reasons = (*reasons, Reason("within", f"{radius:.0f}"))
    return Mention(
        doc_id, start, end, page.original[start:end], place.id, place.name_ar, place.name_en, place.kind,
        place.admin1, place.lat, place.lon, radius, round(choice.score * SCORES[method], 3), method,
        written(reasons),
    )  # fmt: skip


def _unresolved(doc_id: str, page: Page, spot: Spot) -> Mention:
    """A name that is clearly a place but is in no list, or cannot be the one that is."""
    begin = spot.unlisted_first if spot.unlisted_kind else spot.start
    start, end = page.words.normalised.span(begin, spot.end)
    kind = spot.unlisted_kind or (*spot.kinds, *(p.kind for p in spot.places), "village")[0]
    return Mention(
        doc_id, start, end, page.original[start:end], "", "", "", kind, "", None, None, None, 0.3,
        "unresolved", "unlisted",
    )  # fmt: skip
