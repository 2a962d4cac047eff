"""When an event was: the day told for it, or told of another event that it hangs on."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import Final

from extraction.lexicon.particles import FROM, SINCE, particles
from extraction.reading.claimant import Voice
from extraction.reading.clause import Event
from extraction.reading.date import When, before_that, default
from extraction.reading.happening import Draft, Scope
from extraction.words.sentence import Words

_LASTING: Final = frozenset({"siege", "clash", "shelling", "airstrike"})
_TOTAL_DAYS: Final = 6  # a count over so many days sums up many happenings
_AFTER: Final = particles("after", "following", "upon")
_RELATIVE_REACH: Final = 4  # words from a relative to the day of its verb
_NEXT: Final = 10  # words from "before" to what came next
#: Of all connectors only these hold to the time of what stands before them.
_SAME_TIME: Final = particles("amid") | _AFTER
_BESIDE: Final = 4  # words from "went along with" to what did
_DATE_WINDOW: Final = 30  # words within which a written date is the event's own


def told_when(scope: Scope, draft: Draft, drafts: Sequence[Draft], published: date | None) -> When | None:
    """The day or days of one of the drafts of a sentence; None where the text does not tell.

    What began "since" a day and lasts goes on to the day of publication.
    """
    told = (
        _before_another(scope, draft, drafts, published)
        or _when(scope.words, draft.event, draft.voice, scope.when, drafts)
        or _same_day(scope.words, scope.when, draft, drafts, published)
    )
    if told is not None and published is not None and _goes_on(scope.words, draft.event, told):
        return replace(told, end=max(told.end, published))
    return told


def _when(
    words: Words, event: Event, voice: Voice | None, when: Sequence[When], drafts: Sequence[Draft]
) -> When | None:
    """The day told in the clause, else beside the voice, else at the head of the sentence."""
    inside = [w for w in when if event.left <= w.first < event.right and not _of_another(words, event, w)]
    inside = [w for w in inside if not _elsewhen(words, event, w)]
    told = [w for w in inside if voice is None or w.first > voice.until + 2 or w.first < voice.since]
    inside = told or inside  # "announced on Tuesday that early in July"
    if inside:
        nearest = min(inside, key=lambda w: abs(w.first - event.first))
        if abs(nearest.first - event.first) <= _DATE_WINDOW or nearest.basis != "explicit":
            return nearest
    if voice is not None:
        naming = [w for w in when if voice.since <= w.first <= voice.until + 2]
        if naming:
            return naming[0]
    head = [w for w in when if w.first < event.left and w.first < min(d.event.left for d in drafts)]
    head = [w for w in head if not _in_relative(words, w)]
    head = [w for w in head if not _says_how_long(words, w)]
    close = [w for w in head if event.left - w.last <= 4]
    return close[-1] if close else head[0] if head else None


def _elsewhen(words: Words, event: Event, when: When) -> bool:
    """Whether a connector like "while" parts a day behind an event from it."""
    parts = (words.tag(at, "connector") for at in words.where(event.last, when.first, "connector"))
    return any(tag is not None and "other" in tag.entry.flags for tag in parts)


def _in_relative(words: Words, when: When) -> bool:
    """Whether a day says since when something else goes on: "the battle that began a month ago"."""
    near = words.backwards(when.first, _RELATIVE_REACH)
    stop = next((at for at in near if words.breaks[at + 1] or words.tag(at, "relative")), None)
    if stop is None or words.breaks[stop + 1] or not words.tag(stop, "relative"):
        return False
    verbs = (words.tag(at, "begin") for at in words.where(stop, when.first, "begin"))
    return any(verb is not None and "lasting" in verb.entry.flags for verb in verbs)


def _says_how_long(words: Words, when: When) -> bool:
    """Whether "since" leads to a time in the midst of a sentence, which is that of what stands before it."""
    near = range(words.back(when.first, 1), when.first + 1)
    return words.among(near.start, near.stop, SINCE) and not any(words.stops[at] or at == 0 for at in near)


def _before_another(
    scope: Scope, draft: Draft, drafts: Sequence[Draft], published: date | None
) -> When | None:
    """The day of what the sentence tells another event by: "took A yesterday, two days after its takeover of
    B". The other is the last one before it, or the first behind it."""
    others = [d for d in drafts if d.event.first < draft.event.first][-1:] or drafts[1:2]
    lasts = draft.event.event_type in _LASTING and scope.words.before(draft.event.first) in FROM
    if not others or others[0] is draft or not draft.located.sites or lasts:
        return None  # "after two days of fighting": how long, not when
    told = _when(scope.words, others[0].event, others[0].voice, scope.when, drafts)
    start, end = (told.start, told.end) if told is not None else default(published)[:2]
    if start is None or end is None:
        return None
    return before_that(scope.words, draft.event.first, (start, end))


def _from_then_on(words: Words, when: Sequence[When], before: Draft, published: date | None) -> When | None:
    """The time between an event and the day of publication: "took A on 15 June before it took B"."""
    days = [w for w in when if before.event.left <= w.first < before.event.right]
    if not days or published is None or days[-1].start > published:
        return None
    return replace(days[-1], end=published, basis="relative")


def _same_day(
    words: Words, when: Sequence[When], draft: Draft, drafts: Sequence[Draft], published: date | None
) -> When | None:
    """The day of the event before it in the sentence, which the same voice goes on from: "attacked the post
    on Friday, and clashes broke out"; not of what was before or after that."""
    first = draft.event.trigger.first
    before = [d for d in drafts if d.event.first < draft.event.first and d.voice == draft.voice]
    if (
        before
        and draft.event.trigger.entry.form == "present"
        and words.has(words.back(first, _NEXT), first, "sequel")
    ):
        return _from_then_on(words, when, before[-1], published)
    if not before or words.has(words.back(first, 3), first, "sequel"):
        return None
    after = words.among(words.back(first, 2), first, _AFTER)  # "took it in June after clashes"
    event = before[-1].event
    turns = words.where(event.last, first, "connector")
    days = [w for w in when if event.left <= w.first < event.right and not _of_another(words, event, w)]
    if not days or any(words.words[at] not in _SAME_TIME for at in turns):
        return None
    day = days[-1]
    since = words.has(words.back(day.first, 2), day.first + 1, "sequel")
    beside = words.has(words.back(first, _BESIDE), first, "alongside")
    told = after or beside if day.basis == "explicit" else day.start == day.end
    return day if told and not since else None


def _goes_on(words: Words, event: Event, told: When) -> bool:
    """Whether what began "since" a day lasts to the day of publication: fire and siege do, the rest where it
    is told in the present."""
    if not words.among(words.back(told.first, 5), told.first + 1, SINCE):
        return False
    if event.event_type in _LASTING and told.basis != "relative":
        return True
    if event.event_type == "siege" and event.first < told.first:
        return True  # "the siege imposed on the town for two years"
    tags = (tag for at in range(event.left, event.last) for tag in words.tags_at(at))
    return any(
        tag.entry.form == "present" and tag.entry.role in ("event", "carrier", "attempt") for tag in tags
    )


def over_a_period(words: Words, draft: Draft, told: When | None) -> bool:
    """Whether the dead are counted over weeks: "in the course of August"."""
    if told is None or not draft.casualties or (told.end - told.start).days < _TOTAL_DAYS:
        return False
    during = words.has(words.back(told.first, 3), told.first, "during")
    return during and not words.tag(told.first, "ago")


def _of_another(words: Words, event: Event, when: When) -> bool:
    """Whether "since a year" behind a relative says how long something else has lasted."""
    outbreak = words.has(max(event.left, when.first - 5), when.first, "outbreak")
    if outbreak and event.first >= when.last:
        return True  # "before the protests broke out in March 2011"
    treaty = words.where(event.last, when.first, "treaty")
    if treaty and words.has(treaty[-1], when.first, "signed"):
        return True  # "despite the truce that was signed on"
    since = words.among(words.back(when.first, 1), when.first + 1, SINCE)
    if not since or when.first < event.last:
        return False
    return words.has(event.last, when.first, "break", "relative", "held")
