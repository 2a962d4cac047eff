"""The words right beside a name: what announces it, where around it one is, what makes it no place."""

import re
from typing import Final

from extraction.lexicon.clitics import AND, BY, DEFINITE, FOR, LIKE, SO, THE
from extraction.lexicon.particles import FROM, ON, WITH, particles
from extraction.reading.toponyms.page import Page, Spot
from gazetteer.index import PREFIXES, Beside

_THAT: Final = particles("that", "by_that", "and_that", "but")
#: How a word with its article may begin.
_DEFINITE: Final = (
    *(c + p for c in ("", AND) for p in (*DEFINITE, BY + THE)),
    SO + THE,
    LIKE + THE,
)
#: How feminine nouns and adjectives end, folded.
_FEMININE: Final = ("ه", "ات", "اء")
#: Kinds of which there are a small and a large one, a new and an old one, of one name.
_SMALL: Final = frozenset({"village", "town", "neighbourhood", "hill"})
#: How far away it is told to be: على بعد 20 كم; so many characters before the name.
_AWAY: Final = re.compile(r"(\d{1,3})\s*(?:كم|كلم|كيلومتر\w*|كيلو متر\w*)\s[^\d.،]*$")
_REACH: Final = 60
_FARTHEST_KM: Final = 200.0
#: So many words of the compass may stand behind a countryside (ريف حلب الجنوبي الشرقي).
_SIDES: Final = 2


def read_beside(page: Page, spot: Spot) -> None:
    """Read the words beside a name: the place word, ريف, the compass; refuse what is no place."""
    if not spot.places:
        return
    if BY in spot.prefix or FOR in spot.prefix:
        # ب and ل end the phrase before them: what stands there announces something else.
        if spot.prefix[-1] == FOR:
            _read_for(page, spot)
        return
    before = page.before(spot.first)
    cue = page.cue(before)
    if cue.kind:
        spot.word, spot.kinds = cue.kind, page.known.kinds[cue.kind]
    elif cue.countryside:
        spot.country = True
        spot.sides = _sides_after(page, spot.last)
    elif cue.compass or cue.around or (before in FROM and page.cue_before(spot.first, 2).around):
        spot.around = True
        begin = page.start(spot.first)
        told = _AWAY.search(page.text, max(0, begin - _REACH), begin)
        spot.away_km = min(float(told[1]), _FARTHEST_KM) if told else 0.0
    if spot.prefix in ("", AND) and not _SMALL.isdisjoint(spot.named.kinds):
        _add_tail(page, spot)
    if not spot.prefix:
        spot.refused = _is_no_place(page, spot, cue) or _is_government(page, spot, cue)


def _read_for(page: Page, spot: Spot) -> None:
    """Read what stands before a name with ل: الموالية لدمشق, الريف الجنوبي لحلب."""
    known = page.known
    spot.refused = page.name(spot) in known.capitals and page.before(spot.first) in known.government_for
    sides: set[str] = set()
    by = 1
    while (word := page.before(spot.first, by)) in known.compass:
        sides.add(known.compass[word])
        by += 1
    clung, _, noun = word.partition(THE)
    if sides and noun in known.countryside and clung in ("", *PREFIXES):
        spot.country, spot.sides = True, frozenset(sides)


def _add_tail(page: Page, spot: Spot) -> None:
    """Take the half of a village into its name: بلدة الغارية الغربية, but ريف بلدة الغارية الغربي."""
    known = page.known
    tail = page.after(spot.last)
    if tail not in known.name_tails or page.words.gap(spot.last) != " " or spot.named.firm:
        return
    # Of a list none but the small and the new are told apart in this way (ريفي X وY الجنوبيين).
    if tail in known.compass and (spot.word not in known.announces or spot.word in known.several):
        return
    if not spot.country and not page.cue_before(spot.first, 2).countryside:
        spot.end = page.end(spot.last)
        spot.last += 1


def _sides_after(page: Page, at: int) -> frozenset[str]:
    sides: set[str] = set()
    for word in (page.after(at), page.after(at) and page.after(at + 1))[:_SIDES]:
        if not word.startswith(THE) or word not in page.known.compass:
            break
        sides.add(page.known.compass[word])
    return frozenset(sides)


def _is_no_place(page: Page, spot: Spot, cue: Beside) -> bool:
    """Whether a name belongs to a group, a person or a longer name, or is an adjective."""
    known = page.known
    before = page.before(spot.first)
    if cue.group or (
        before.removeprefix(AND).removeprefix(BY) in known.waters and "region" not in spot.named.kinds
    ):
        return True
    if before in known.group_inner:
        return page.cue_before(spot.first, 2).group or page.cue_before(spot.first, 3).group
    if before in known.name_heads and page.cue_before(spot.first, 2).announces:
        return True  # قرية قصر البريج is another place than البريج.
    if page.name(spot) in known.adjectives and is_definite(before) and not _disagrees(page, spot):
        return before not in known.to_places  # إلى begins like a noun with its article.
    return before in known.person_before and not spot.word


def _disagrees(page: Page, spot: Spot) -> bool:
    """Whether a feminine adjective would stand behind a masculine side: قصف جيش النظام البيضاء."""
    masculine = not page.before(spot.first).endswith(_FEMININE)
    feminine = page.name(spot).endswith(_FEMININE)
    return masculine and feminine and page.side_before(spot.first) is not None


def _is_government(page: Page, spot: Spot, cue: Beside) -> bool:
    """Whether a capital stands for its government."""
    known = page.known
    if page.name(spot) not in known.capitals or spot.word:
        return False
    before, second = page.before(spot.first), page.before(spot.first, 2)
    return (
        cue.government
        or (before in WITH and second in known.government_with)
        or (before in ON and second in known.government_on)
        or (page.after(spot.last) in known.government_after and before in _THAT)
    )


def is_definite(word: str) -> bool:
    """Whether a noun carries the article, prefix letters aside: الطرق, والطرق, بالطرق, للطرق."""
    return word.startswith(_DEFINITE)
