"""Who the dead and the wounded were: civilians, a side, or both, as the words around their count tell."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Final

from extraction.lexicon.clitics import AND, PRONOUNS
from extraction.lexicon.particles import BETWEEN, IN, particles
from extraction.lexicon.vocabulary import Tag
from extraction.words.sentence import QUOTES, Sentence, Words

_REACH: Final = 6  # words from a count to the side of its victims
_RANKS: Final = 4  # words from the dead to "in its ranks"
_TWO: Final = 2
_STEM: Final = 4  # letters that tell one word for fighters from another
#: What leads from the victims to where or when they were killed.
LEADS_ELSEWHERE: Final = particles("when", "after_that", "on", "at", "near", "owing_to", "upon", "during")


@dataclass
class _Who:
    """What the words of a count have told so far of whom it counts; ``end`` is the word behind the last of
    them, ``first`` that at which they begin."""

    first: int
    end: int
    civilians: bool = False
    fighters: bool = False
    soldiers: str = ""
    side: Tag | None = None
    whose: str | None = field(default=None)  # decided: nothing behind it is asked

    def see_person(self, words: Words, at: int, person: Tag) -> None:
        """Take in a word for people."""
        self.end = max(self.end, person.last)
        if "kin" in person.entry.flags:
            self.whose = "civilians"
            return
        adjective = "adjective" in person.entry.flags and words.has(max(self.first, at - 1), at, "victim")
        own = person.suffix in PRONOUNS  # "his soldiers": whose, the text tells elsewhere
        self.civilians |= person.entry.code == "civilians"
        self.soldiers = self.soldiers or (person.entry.bloc if not adjective and not own else "")
        self.fighters |= person.entry.code == "fighters" and not (own and person.entry.bloc)

    def see_side(self, words: Words, side: Tag) -> None:
        """Take in the name of a side; of two that are joined they were both."""
        other = words.tag(side.last, "actor")
        both = other is not None and other.prefix == AND and other.entry.bloc not in ("", side.entry.bloc)
        self.end = max(self.end, other.last if both and other is not None else side.last)
        self.whose, self.side = ("mixed", None) if both else (side.entry.bloc, side)

    @property
    def armed(self) -> bool:
        """Whether they were fighters of any kind."""
        return bool(self.soldiers) or self.fighters


def whose_dead(words: Words, sentence: Sentence, after: int, first: int) -> tuple[str, Tag | None, int]:
    """Who the people of a count were (civilians, a bloc, mixed or not told), the tag of their side, and the
    word behind what says so. The count begins at word ``first`` and ends before ``after``."""
    who = _Who(first, after)
    for at in range(first, min(sentence.last, after + _REACH)):
        if at >= after and _ends(words, who, at, after):
            break
        _see(words, who, at, after)
        if who.whose is not None:
            return who.whose, who.side, who.end
    return ("civilians" if who.civilians else who.soldiers), None, who.end


def _see(words: Words, who: _Who, at: int, after: int) -> None:
    """Take in what stands at a word."""
    person = words.tag(at, "victim")
    if person is not None:
        who.see_person(words, at, person)
    nation = words.tag(at, "nationality")
    if nation is not None and who.armed and at <= who.end + 2:
        who.soldiers = nation.entry.bloc
    if who.whose is not None or who.civilians:
        return
    if at >= after and words.tag(at, "both_sides") and words.before(at) not in BETWEEN:
        who.whose, who.end = "mixed", at + 1
        return
    side = words.tag(at, "actor")
    if side is not None and side.entry.bloc and (at >= after - 1 or _leads_in(words, who, at)):
        who.see_side(words, side)


def _leads_in(words: Words, who: _Who, at: int) -> bool:
    """Whether a side is that in which the person before it serves: a leader in X."""
    return who.fighters and words.before(at) in IN and words.has(words.back(at, 3), at - 1, "victim")


def _ends(words: Words, who: _Who, at: int, after: int) -> bool:
    """Whether what tells of the people of a count has ended before a word."""
    if at > after and words.words[at].startswith(AND) and _begins_count(words, at):
        return True  # the next count has victims of its own
    if (words.breaks[at] and words.gap(at).strip() not in QUOTES) or words.tag(
        at, "event", "wound", "carrier", "part"
    ):
        return True
    serving = who.armed and at - who.end <= 1 and words.tag(at + 1, "actor")  # "a leader in"
    return not serving and _leads_elsewhere(words, at)


def _leads_elsewhere(words: Words, at: int) -> bool:
    """Whether a word leads from the victims to where, when or by whom they were killed."""
    if words.words[at] in IN:
        return words.tag(at + 1, "against") is None
    if words.tag(at, "bound"):
        return False  # "28 fighters at least (على الأقل) of"
    # "by the fire of"
    return words.tag(at, "passive_by") is not None or words.words[at] in LEADS_ELSEWHERE


def _begins_count(words: Words, at: int) -> bool:
    """Whether a count of more than one begins at a word: "and 19 fighters", not "and one of the members"."""
    number = words.tag(at, "number")
    return words.has(at, at + 1, "figure") if number is None else (number.entry.low or 0) > 1


def are_theirs(words: Words, people: Sequence[Tag | None], first: int, after: int) -> bool:
    """Whether the victims of a count are told as members of a side named elsewhere: its members, in its
    ranks; not "his soldiers", who mostly are of the side that tells of them."""
    if any(p is not None and p.suffix in PRONOUNS and not p.entry.bloc for p in people):
        return True
    end = next((at for at in range(after, after + _RANKS) if words.breaks[at]), after + _RANKS)
    ranks = (words.tag(at, "against") for at in range(words.back(first, 3), end))
    return any(tag is not None and tag.suffix in PRONOUNS for tag in ranks)


def first_side(words: Words, first: int, last: int) -> tuple[str, Tag | None]:
    """Whom "of them" means: the side named first among words."""
    return next(((side.entry.bloc, side) for side in _sides(words, first, last)), ("", None))


def only_side(words: Words, sentence: Sentence, before: int) -> str:
    """Whom "20 of them" means where only one side is named before, and no other people."""
    blocs = {side.entry.bloc for side in _sides(words, sentence.first, before)}
    return blocs.pop() if len(blocs) == 1 and not words.has(sentence.first, before, "victim") else ""


def _sides(words: Words, first: int, last: int) -> Iterator[Tag]:
    """The sides of a known bloc named among words, in order."""
    sides = (words.tag(at, "actor") for at in words.where(first, last, "actor"))
    return (side for side in sides if side is not None and side.entry.bloc)


def called_alike(words: Words, sentence: Sentence, after: int) -> str:
    """The side whose fighters were called by the same word before: "gunmen of the Front withdrew after a
    battle in which 21 gunmen were killed"."""
    person = words.tag(after, "victim")
    if person is None or person.entry.code != "fighters" or person.first - sentence.first < _TWO:
        return ""
    stem = person.entry.words[0][:_STEM]
    called = [at for at in range(sentence.first, person.first - 1) if words.words[at].startswith(stem)]
    blocs = {side.entry.bloc for at in called for side in _sides(words, at, at + 2)}
    return blocs.pop() if len(blocs) == 1 else ""
