"""Why a text is read as it is: its words marked by what they gave, and each claim fact by fact.

Written for a terminal. Colours stand for the roles of the words (``records.Cue``); without colour the same
is told by the list of claims alone, whose numbers stand in the text before the words that set them off.
"""

import os
import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from typing import Final, TextIO

from extraction.keeping.printable import printable
from extraction.reading.notes import Note
from extraction.reading.rules import RULES, read_book
from extraction.records import Claim, Cue, Document, Mention, Reading
from gazetteer import reasons
from gazetteer.place import Place

#: The colour of each role (ECMA-48, "select graphic rendition"). Where cues overlap the first one counts.
_COLOURS: Final[Mapping[str, str]] = {
    "trigger": "1;31",
    "negation": "1;7;31",
    "killed": "1;33",
    "wounded": "33",
    "strikes": "33",
    "weapon": "31",
    "date": "36",
    "actor": "1;35",
    "target": "35",
    "place": "1;32",
    "claimant": "1;34",
    "relay": "34",
}
#: A place name that no claim uses, the clause of a claim, and the number of a claim.
_MENTION, _EVIDENCE, _NUMBER = "32", "4", "7"

#: Of a word that was read as an event, where no claim begins.
_NO_CLAIM: Final = (
    "no claim of its own: part of another event, or without the place or doer that would make it one"
)

_LINE_END: Final = re.compile(r"\r\n?|[\v\f\x85\u2028\u2029]")


def wants_colour(stream: TextIO) -> bool:
    """Whether a stream is a terminal that shows colours; NO_COLOR (no-color.org) turns them off."""
    return stream.isatty() and not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"


def explain(reading: Reading, places: Mapping[str, Place], colour: bool) -> str:
    """A text with its names and claims marked, and below it what each claim says and by which words;
    ``places`` are those of the gazetteer it was read with.

    Nothing of the text reaches the terminal as a command: control characters are shown as codes, and
    marks that only steer the direction of writing are left out.
    """
    paint = _paint if colour else _plain
    document = reading.document
    day = document.published.isoformat() if document.published else "no date"
    head = f"{document.doc_id} · {document.outlet or 'no outlet'} · {day} ({document.published_basis})"
    parts = [paint(_safe(head), "1")]
    if colour:
        parts.append(" ".join(paint(role, style) for role, style in _COLOURS.items()))
    parts += ["", _marked(reading, colour).strip("\n"), ""]
    sites = {(m.start, m.end): _place(m, places) for m in reading.mentions}
    for number, claim in enumerate(reading.claims, 1):
        parts += [*_told(number, claim, document, sites, colour), ""]
    parts.append(f"{len(reading.claims)} claims, {len(reading.mentions)} place names")
    return "\n".join(parts)


def why_not(reading: Reading, notes: Iterable[Note]) -> str:
    """What was weighed for each word of war and each figure: what was chosen, what lost, with the rules that
    spoke for each; and of which words no claim came."""
    means = {rule.id: rule.means for path in RULES.glob("*.toml") for rule in read_book(path).rules()}
    triggers = {cue.start for claim in reading.claims for cue in claim.cues if cue.role == "trigger"}
    parts = ["What was weighed", ""]
    for note in notes:
        parts += _weighed(note, reading.document.text, means)
        chosen = note.decision.chosen
        told = chosen is not None and chosen.value != "no_event"
        if note.asked == "event" and told and note.start not in triggers:
            parts.append(f"    {_NO_CLAIM}")
    return "\n".join(parts)


def _weighed(note: Note, text: str, means: Mapping[str, str]) -> Iterator[str]:
    """A decision in lines: the words, then each candidate, the chosen one marked, with what spoke for it."""
    yield f"{_safe(text[note.start : note.end])} ({note.asked}, {note.start}–{note.end})"
    for candidate in note.decision.weighed:
        mark = "→" if candidate is note.decision.chosen else "·"
        yield f"  {mark} {candidate.value} {candidate.points:g}"
        for evidence in candidate.evidence:
            meaning = f": {means[evidence.rule]}" if evidence.rule in means else ""
            yield f"      {evidence.rule} {evidence.weight:+g}{meaning}"


# --- the text


def _marked(reading: Reading, colour: bool) -> str:
    """The text in colour, and the number of each claim before its trigger."""
    text = reading.document.text
    styles = _styles(reading) if colour else {}
    numbers: dict[int, list[str]] = {}
    for number, claim in enumerate(reading.claims, 1):
        begin = next((cue.start for cue in claim.cues if cue.role == "trigger"), claim.start)
        numbers.setdefault(begin, []).append(f"[{number}]")
    cuts = sorted({0, len(text), *numbers, *styles})
    pieces: list[str] = []
    style = ""
    for start, end in zip(cuts, [*cuts[1:], len(text)], strict=True):
        if start in numbers:
            pieces.append((_paint if colour else _plain)("".join(numbers[start]), _NUMBER) + " ")
        style = styles.get(start, style)
        pieces.append(_lines(text[start:end], style))
    return "".join(pieces)


def _styles(reading: Reading) -> dict[int, str]:
    """The style that begins at an offset, at every offset where it changes."""
    rank = {role: place for place, role in enumerate(_COLOURS)}
    spans: list[tuple[int, int, int, str]] = [(m.start, m.end, len(rank), _MENTION) for m in reading.mentions]
    for claim in reading.claims:
        spans.append((claim.start, claim.end, -1, _EVIDENCE))
        spans += [(c.start, c.end, rank[c.role], _COLOURS[c.role]) for c in claim.cues if c.role in rank]
    changes: dict[int, tuple[list[tuple[int, str]], list[tuple[int, str]]]] = {}
    for start, end, place, style in spans:
        changes.setdefault(start, ([], []))[0].append((place, style))
        changes.setdefault(end, ([], []))[1].append((place, style))
    active: list[tuple[int, str]] = []
    styles: dict[int, str] = {}
    for at in sorted(changes):
        begun, ended = changes[at]
        active += begun
        for span in ended:
            active.remove(span)
        evidence = [style for place, style in active if place < 0]
        words = [span for span in active if span[0] >= 0]
        styles[at] = ";".join([*evidence[:1], *([min(words)[1]] if words else [])])
    return styles


def _lines(text: str, style: str) -> str:
    """A piece of text in one style, which ends at the end of a line and begins again on the next."""
    lines = _LINE_END.sub("\n", text).split("\n")
    return "\n".join(_paint(_safe(line), style) if style else _safe(line) for line in lines)


# --- the claims


def _told(
    number: int,
    claim: Claim,
    document: Document,
    sites: Mapping[tuple[int, int], str],
    colour: bool,
) -> Iterator[str]:
    """A claim in lines: what it is, its clause, and each fact with the words and the rule that gave it."""
    paint = _paint if colour else _plain
    total = ", a total" if claim.is_total else ""
    kind = f"{claim.event_type} {claim.stance}"
    yield f"{paint(f'[{number}]', _NUMBER)} {paint(kind, '1')}{total}, confidence {claim.confidence:.2f}"
    yield f"    {_safe(claim.evidence)}"
    told = set()
    for cue in claim.cues:
        value = sites.get((cue.start, cue.end), "") if cue.role == "place" else _value(claim, cue.role)
        yield _row(cue, value, document.text[cue.start : cue.end], colour)
        told.add(cue.role)
    if "negation" in told:
        told.add("claimant")
    for role in _COLOURS:
        if role not in told and role not in ("trigger", "negation") and (value := _value(claim, role)):
            yield _row(Cue(role, 0, 0), value, "", colour)


def _row(cue: Cue, value: str, words: str, colour: bool) -> str:
    """One fact: its role, what it is, the words it was read from ("" for none), and the rule."""
    role = cue.role.ljust(8)
    shown = _safe(words)
    if colour:
        style = _COLOURS.get(cue.role, "0")
        role, shown = _paint(role, style), _paint(shown, style)
    by = f" ← {shown}" if words else " ← no words of its own"
    rule = f" (rule: {cue.rule})" if cue.rule else ""
    return f"    {role} {_safe(value) or 'as told'}{by}{rule}"


def _value(claim: Claim, role: str) -> str:
    """What a claim says under a role, "" where it says nothing."""
    match role:
        case "trigger":
            return claim.event_type
        case "negation":
            return f"{claim.stance} by {claim.claimant or 'the outlet'}"
        case "actor":
            return _side(claim.actor, claim.actor_bloc)
        case "target":
            return _side(claim.target, claim.target_bloc)
        case "killed":
            victims = f", {claim.victims}" if claim.victims else ""
            counted = _range(claim.killed_min, claim.killed_max)
            return counted and counted + victims
        case "wounded":
            return _range(claim.wounded_min, claim.wounded_max)
        case "strikes":
            return _range(claim.strikes_min, claim.strikes_max)
        case "date":
            return _days(claim)
        case "place":
            return "" if claim.places else "none"
        case "weapon":
            return claim.weapon
        case "claimant":
            return claim.claimant
        case "relay":
            return claim.relayed_by
        case _:
            return ""


def _side(code: str, bloc: str) -> str:
    return f"{code} ({bloc})" if code and bloc else code or bloc


def _range(low: int | None, high: int | None) -> str:
    if low is None and high is None:
        return ""
    if low is None:
        return f"up to {high}"
    if high is None:
        return f"{low} or more"
    return str(low) if low == high else f"{low} to {high}"


def _days(claim: Claim) -> str:
    if claim.date_start is None or claim.date_end is None:
        return f"none ({claim.date_basis})"
    days = sorted({claim.date_start.isoformat(), claim.date_end.isoformat()})
    return f"{' to '.join(days)} ({claim.date_basis})"


def _place(mention: Mention, places: Mapping[str, Place]) -> str:
    why = reasons.in_words(reasons.read(mention.reason), places)
    if mention.lat is None or mention.lon is None:
        return f"not on the map: {why}"
    return (
        f"{mention.name_en or mention.name_ar}, {mention.kind}, {mention.admin1}, "
        f"{mention.lat:.3f},{mention.lon:.3f}, {mention.method}: {why}"
    )


# --- the terminal


def _paint(text: str, style: str) -> str:
    return f"\x1b[{style}m{text}\x1b[0m" if text else ""


def _plain(text: str, _: str) -> str:
    return text


def _safe(text: str) -> str:
    """Text on one line that steers no terminal: white space as blanks, format marks (bidi, joiners) left
    out, every other unprintable character as its code."""
    return "".join(_safe_character(c) for c in text) if not text.isprintable() else text


def _safe_character(character: str) -> str:
    if character.isprintable():
        return character
    category = unicodedata.category(character)
    if category == "Zs" or character in "\t\n\r":
        return " "
    return "" if category == "Cf" else printable(character)
