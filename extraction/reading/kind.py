"""What kind of event it is as what it was done with makes it: weapon, aircraft, shells that nobody fired."""

from dataclasses import replace
from typing import Final

from extraction.lexicon.clitics import AND, BY, BY_ANY
from extraction.lexicon.particles import particles
from extraction.reading.clause import Event
from extraction.words.sentence import Sentence, Words

STRIKES: Final = ("chemical_attack", "explosion", "airstrike", "shelling")
_ARMED_BEFORE: Final = 6  # words in which a word of destroying is told what did it, before it
_ARMED_BEHIND: Final = 8
_RAZED: Final = 6  # words from "destroyed" to what was: its doer stands between
_ANCIENT: Final = particles("ancient")
_ONTO: Final = particles("on", "towards")


def armed(words: Words, sentence: Sentence, event: Event) -> Event | None:
    """The event; a word of destroying or combing only with what it was done with, and of the type that makes:
    "the artillery destroyed", "destroyed with a missile", not "destroyed a tank"."""
    if "armed" not in event.trigger.entry.flags or event.rule == "instead":
        return event
    left, right = event.first, event.last
    while left > max(sentence.first, event.first - _ARMED_BEFORE) and (
        not words.breaks[left] or words.gap(left) == "-"
    ):
        left -= 1
    while right < min(sentence.last, event.last + _ARMED_BEHIND) and not words.breaks[right]:
        right += 1
    if event.trigger.prefix:
        left = event.first
    for at in words.where(left, right, "weapon"):
        tag = words.tag(at, "weapon")
        made = next((k for k in STRIKES if f"event_{k}" in tag.entry.flags), "") if tag is not None else ""
        if tag is None or not made:
            continue
        subject = made == "airstrike" or tag.entry.code == "artillery"
        done = at < event.first or (at == event.last and event.trigger.entry.form != "noun")
        led = at >= event.last and tag.prefix.endswith(BY_ANY)
        if led or (subject and done and not tag.prefix.endswith(BY_ANY)):
            return replace(event, event_type=made)
    air = any(
        "air" in tag.entry.flags
        for at in words.where(left, right, "actor")
        for tag in words.tags_at(at)
        if tag.entry.role == "actor"
    )
    if air:
        return replace(event, event_type="airstrike")
    return event if _razes(words, sentence, event, left) else None


def _razes(words: Words, sentence: Sentence, event: Event, left: int) -> bool:
    """Whether a side is told to have destroyed positions: "units of the army destroyed their dens"."""
    breath = next(iter(words.where(event.last, event.last + _RAZED, "break")), event.last + _RAZED)
    if "razes" not in event.trigger.entry.flags or not words.has(left, breath, "actor"):
        return False
    for at in range(event.last, min(sentence.last, event.last + _RAZED)):
        tag = words.tag(at, "target_noun")
        if words.breaks[at]:
            return False
        if tag is not None and "held" in tag.entry.flags:
            return words.words[tag.last] not in _ANCIENT
    return False


def is_bare_projectile(words: Words, sentence: Sentence, event: Event) -> bool:
    """Whether shells or rockets are only named: no verb of firing or falling beside them."""
    if "projectile" not in event.trigger.entry.flags:
        return False
    if words.has(words.back(event.first, 2), event.first, "outcome"):
        return False  # "these barrels killed"
    led = event.trigger.prefix.endswith(BY)
    near = words.where(words.back(event.first, 3), event.first, "event")
    downed = (words.tag(at, "event") for at in near) if led else ()
    if any(tag is not None and "downs" in tag.entry.flags and tag.entry.form == "verb" for tag in downed):
        return True  # what a plane was shot down with
    aimed = words.among(event.last, min(sentence.last, event.last + 5), _ONTO)
    end = _weapons_end(words, event.last)
    for at in range(event.first, min(sentence.last, end + 6)):
        if at > end + 3 and words.has(end, at + 1, "break", "connector", "passive_by"):
            break
        tag = words.tag(at, "carrier")
        if tag is not None and (tag.entry.form != "noun" or aimed):
            return False
    for at in words.backwards(event.first, 8):
        tag = words.tag(at, "carrier")
        if tag is not None and (tag.entry.form != "noun" or aimed):
            return False
        if words.tag(at, "event", "connector"):
            break
    return True


def _weapons_end(words: Words, at: int) -> int:
    """The end of a line of weapons: "shells, mortar rounds and rockets fell"."""
    while (tag := words.tag(at, "weapon", "event")) is not None or words.words[at] == AND:
        at = tag.last if tag is not None else at + 1
    return at


def _ends_deed(words: Words, at: int) -> bool:
    """Whether what follows was not what an attack was made with: "…, which led to", "in answer to shells"."""
    return words.breaks[at] or words.tag(at, "answer") is not None


def typed(words: Words, event: Event) -> Event:
    """The type as weapon and doer make it: shells from aircraft are an air strike."""
    flags = event.trigger.entry.flags
    weapon, at, size, implied = "", -1, 0, ""
    ends = (n for n in words.where(event.last, event.right, "outcome", "answer") if _ends_deed(words, n))
    right = next(ends, event.right)  # "…, which led to": what comes of it was not what it was done with
    for n in words.where(event.left, right, "weapon"):
        tag = words.tag(n, "weapon")
        if tag is None:
            continue
        if tag.entry.code and len(tag.entry.words) > size:
            weapon, at, size = tag.entry.code, n, len(tag.entry.words)
        made = next((k for k in STRIKES if f"event_{k}" in tag.entry.flags), "")
        carried = event.event_type == "other_attack" or "assault" in flags
        if made == "explosion" and not (carried and tag.prefix.endswith(BY)):
            continue  # a bomb is what an attack was made with, not what lies about
        if made and (not implied or STRIKES.index(made) < STRIKES.index(implied)):
            implied = made
    air = any(
        "air" in tag.entry.flags
        for n in words.where(event.left, right, "actor")
        for tag in words.tags_at(n)
        if tag.entry.role == "actor"
    )
    if air:
        implied = implied if implied == "chemical_attack" else "airstrike"
    kind = event.event_type
    if flags & {"downs", "fire"} and not (air and "fire" in flags):
        return replace(event, weapon=weapon, weapon_at=at)
    if "deed" in flags and implied != "explosion":
        implied = ""  # aircraft may film an execution
    if kind in ("shelling", "other_attack") and implied:
        kind = implied
    if "assault" in flags and event.rule in ("trigger", "merged") and implied and event.last < event.right:
        begin = event.trigger.last
        close = [t for n in range(begin, min(event.right, begin + 2)) for t in words.tags_at(n)]
        if any(t.entry.role == "weapon" for t in close):
            kind = implied
    return replace(event, event_type=kind, weapon=weapon, weapon_at=at)
