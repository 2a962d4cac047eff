"""The view in a sentence, and a chip for each filter that is set, with which it is cleared."""

from calendar import monthrange
from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any, Final

from dashboard import filters, session
from dashboard.component import declare
from dashboard.frames import Frames, View, name_in
from dashboard.selection import FILTERS, LISTS, TREES, Selection
from dashboard.wording import Wording

#: More names than this are counted in the sentence, in a chip, and below a picture.
_SPOKEN: Final = 3
_NAMED: Final = 2
_LISTED: Final = 20

#: What the sentence speaks of; whatever else is set, it says that there is more.
_SAID: Final = frozenset(
    {"within", "events", *TREES, *TREES.values(), "box", "near", "near_km", "since", "until", "only_picked"}
)

_KEY: Final = "saying"
_component = declare("sayline")


def show(frames: Frames, view: View, selection: Selection, words: Wording) -> None:
    """The sentence and the chips, as a component of the page."""

    def hear(message: Mapping[str, Any]) -> None:
        session.choose_all(filters.change(session.kept(), message, frames.choices))

    _component(_KEY, content(frames, view, selection, words), hear)


def content(frames: Frames, view: View, selection: Selection, words: Wording) -> dict[str, Any]:
    """What the line says; plain text throughout."""
    return {
        "direction": words.direction,
        "language": words.language,
        "said": sentence(frames, selection, words),
        "claims": words.count("claims", view.counts.shown),
        "rest": rest(view, selection, words),
        "chips": [
            [name, text, words("chip.clear", what=text)] for name, text in chips(frames, selection, words)
        ],
        "label": words("chip.label"),
        "hidden": hidden(view, words),
    }


# --- the sentence


def sentence(frames: Frames, selection: Selection, words: Wording) -> str:
    """What is in view: ``Opposition takeovers in Aleppo Governorate, November 2013:``; how many claims that
    are stands behind it.
    """
    further = any(
        getattr(selection, name) != getattr(Selection(), name)
        for name in FILTERS
        if name not in _SAID and not (name == "stances" and selection.stances == ("denied",))
        if name != "undated"
    )
    said = phrase(frames, selection, words)
    if further:
        said = words("list.between").join((said, words("say.further")))
    return words("say.sentence", what=said)


def phrase(frames: Frames, selection: Selection, words: Wording) -> str:
    """What the sentence says in words of their own: ``Opposition takeovers in Aleppo Governorate``."""
    told = " ".join(filter(None, (_what(frames, selection, words), _whom(frames, selection, words),
                                  _where(frames, selection, words))))  # fmt: skip
    parts = (told, when(selection, words), _says(frames, selection, words))
    said = words("list.between").join(filter(None, parts))
    return said[:1].upper() + said[1:]


def unsaid(frames: Frames, selection: Selection, words: Wording) -> list[str]:
    """Of each filter that the phrase does not say, or only as a number, what it lets through: more of it
    than a chip says.
    """
    chosen = {name: sum(len(getattr(selection, each)) for each in _lists(name)) for name in LISTS}
    counted = {name for name, number in chosen.items() if number > _SPOKEN}
    every = chips(frames, selection, words, named=_LISTED)
    return [text for name, text in every if name != "days" and (name not in _SAID or name in counted)]


def rest(view: View, selection: Selection, words: Wording) -> str:
    """Where the claims in view stand: at how many places and areas; how many nowhere, how many denials."""
    counts = view.counts
    where = ""
    if counts.places:
        where = words.count("at_places", counts.places)
        if counts.areas:
            where = f"{where} {words.count('and_areas', counts.areas)}"
    elif counts.areas:
        where = words.count("at_areas", counts.areas)
    parts = [
        where,
        words.count("unmarked", counts.unmarked) if counts.unmarked else "",
        words.count("unplaced", counts.unplaced) if counts.unplaced else "",
        words.count("undated", counts.undated) if counts.undated else "",
        words.count("of_denials", counts.denied)
        if counts.denied and selection.stances != ("denied",)
        else "",
    ]
    return words("list.between").join(filter(None, parts))


def hidden(view: View, words: Wording) -> dict[str, Any]:
    """How many claims of the archive are not in view, and why; ``all`` is empty where none are hidden."""
    counts = view.counts
    names = ("filtered", "outside", "undated_hidden")
    number = sum(getattr(counts, name) for name in names)
    return {
        "all": words.count("hidden", number) if number else "",
        "why": [
            f"{words(f'count.{name}')}: {words.number(getattr(counts, name))}"
            for name in names
            if getattr(counts, name)
        ],
    }


def when(selection: Selection, words: Wording) -> str:
    """The days in view: a year, a month or a span; nothing where all are."""
    since, until = selection.since, selection.until
    if since and until:
        return span(since, until, words)
    if since:
        return words("say.since", day=words.day(since))
    return words("say.until", day=words.day(until)) if until else ""


def span(since: date, until: date, words: Wording) -> str:
    """Two days as people say it: a whole year and a whole month by their names."""
    if (since.month, since.day, until.month, until.day) == (1, 1, 12, 31) and since.year == until.year:
        return words.year(since)
    if since.day == 1 and until == since.replace(day=monthrange(since.year, since.month)[1]):
        return words.month(since)
    whole = since.day == 1 and until.day == monthrange(until.year, until.month)[1]
    if whole and since.year == until.year:
        return words("page.months_of", first=words.month_name(since), last=words.month(until))
    return words.days(since, until)


def _what(frames: Frames, selection: Selection, words: Wording) -> str:
    """What is told, and of whom: ``opposition takeovers``."""
    events = selection.events
    who = _parties(selection, "sides")
    if len(events) == 1 and 0 < len(who) <= _SPOKEN:
        names = [words.adjective(code) if name in TREES else words.group(code) for name, code in who]
        said = words("events_by." + events[0], who=words.both(names))
    else:
        if not events:
            said = words("say.all")
        elif len(events) <= _SPOKEN:
            said = words.both([words.code("events", code) for code in events])
        else:
            said = words.count("kinds", len(events))
        if who:
            said = words("say.by", what=said, whom=_named(who, "parties", words))
    if selection.stances == ("denied",):
        said = words("say.denials", what=said)
    return said


def _whom(frames: Frames, selection: Selection, words: Wording) -> str:
    whom = _parties(selection, "target_sides")
    return words("say.against", whom=_named(whom, "parties", words)) if whom else ""


def _says(frames: Frames, selection: Selection, words: Wording) -> str:
    says = _parties(selection, "voice_sides")
    return words("say.says", whom=_named(says, "by_voices", words)) if says else ""


def _parties(selection: Selection, root: str) -> list[tuple[str, str]]:
    """What is chosen in a tree of sides and those that belong to them: attribute and code of each."""
    return [(name, code) for name in (root, TREES[root]) for code in getattr(selection, name)]


def _named(chosen: Iterable[tuple[str, str]], many: str, words: Wording) -> str:
    """Sides, groups and voices in the middle of a sentence; many are counted."""
    chosen = list(chosen)
    if len(chosen) > _SPOKEN:
        return words.count(many, len(chosen))
    return words.both([words.of(code, voice=name == "claimants") for name, code in chosen])


def _where(frames: Frames, selection: Selection, words: Wording) -> str:
    said = []
    if len(selection.within) > _SPOKEN:
        said.append(words.count("in_places", len(selection.within)))
    elif selection.within:
        said.append(words("say.in", where=words.both([place(frames, p, words) for p in selection.within])))
    if selection.near:
        name = name_in(frames, selection.near, words.language)
        said.append(words("say.near", km=words.number(selection.near_km), place=name))
    if selection.box:
        said.append(words("say.box"))
    if selection.only_picked:
        said.append(words("say.picked"))
    return words("list.between").join(said)


def place(frames: Frames, place_id: str, words: Wording) -> str:
    """The name of a place in the script of the page, a governorate as such."""
    name = name_in(frames, place_id, words.language)
    known = frames.gazetteer.get(place_id)
    kind = known.kind if known else ""
    pattern = words.codes("place_of").get(kind, "{name}")
    word = pattern.replace("{name}", "").strip()
    return name if word and word in name else pattern.replace("{name}", name)


def holds(frames: Frames, words: Wording) -> str:
    """How much the archive holds: ``1,549 claims, 600 articles``."""
    both = (("claims", len(frames.claims)), ("articles", len(frames.documents)))
    return words("list.between").join(words.count(what, n) for what, n in both)


# --- the chips


def chips(frames: Frames, selection: Selection, words: Wording, named: int = _NAMED) -> list[tuple[str, str]]:
    """Of each filter that is set, what clears it (see ``filters.change``) and what it says: with so many
    names at most.
    """
    found: list[tuple[str, str]] = []
    if selection.since or selection.until:
        found.append(("days", when(selection, words)))
    if not selection.undated:
        found.append(("undated", words("chip.undated")))
    for name in LISTS:
        if name in TREES.values():
            continue
        names = [
            filters.namer(frames, each, words)(code) if each != "within" else place(frames, code, words)
            for each in _lists(name)
            for code in getattr(selection, each)
        ]
        if names:
            found.append((name, words(f"chip.{name}", what=_listed(names, words, named))))
    if selection.near:
        name = name_in(frames, selection.near, words.language)
        found.append(("near", words("say.near", km=words.number(selection.near_km), place=name)))
    if selection.box:
        found.append(("box", words("chip.box")))
    for name in ("killed_from", "killed_to", "sure"):
        if (value := getattr(selection, name)) is not None:
            found.append((name, words(f"chip.{name}", what=words.number(value))))
    if selection.only_picked:
        found.append(("only_picked", words.count("picked", len(selection.picked))))
    if selection.words:
        found.append(("words", words("chip.words", what=selection.words)))
    return found


def _lists(name: str) -> tuple[str, ...]:
    """A list filter, and the one that hangs below it in its tree."""
    return (name, TREES[name]) if name in TREES else (name,)


def _listed(names: list[str], words: Wording, most: int) -> str:
    shown = names if len(names) <= most else names[: most - 1]
    said = words("list.between").join(shown)
    return words("chip.more", what=said, n=words.number(more)) if (more := len(names) - len(shown)) else said
