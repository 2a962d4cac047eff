"""What narrows the view: every filter with its choices, each with its count among what the others leave."""

from collections.abc import Callable, Mapping
from typing import Any, Final

from dashboard import session
from dashboard.component import declare
from dashboard.frames import Frames, View, find_places
from dashboard.selection import FILTERS, LISTS, NUMBERS, TREES, Choices, Selection, cleared, read, write
from dashboard.symbols import NONE
from dashboard.visit import visit
from dashboard.wording import Words
from gazetteer.orthography import fold

#: Longer lists of choices show only so many of the commonest, and a field to look for the rest.
LONGEST: Final = 14

_KEY: Final = "filters"
_TYPED: Final = "filters.typed"
_component = declare("filters")


def show(frames: Frames, view: View, selection: Selection, words: Words) -> None:
    """The filters, as they are set."""
    typed: dict[str, str] = visit().notes.setdefault(_TYPED, {})

    def hear(message: Mapping[str, Any]) -> None:
        match message:
            case {"name": str(name), "typed": str(text)} if name in LISTS:
                typed[name] = text[:100]
        session.choose_all(change(session.kept(), message, frames.choices))

    _component(_KEY, content(frames, view, selection, typed, words), hear)


def change(selection: Selection, message: Mapping[str, Any], choices: Choices) -> Selection:
    """The selection after a message of the page: ``{"name": attribute, "values": [text, …]}`` sets a filter,
    ``{"clear": name}`` clears one (of a tree, all of it), ``{"clear": "days"}`` what limits the days,
    ``{"clear": ""}`` all. What is no choice is left out, as in an address.
    """
    if "clear" in message:
        name = str(message["clear"])
        if name == "days":
            return cleared(selection, "since", "until", "undated")
        if name and name not in FILTERS:
            return selection
        return cleared(selection, *((name, TREES[name]) if name in TREES else (name,) if name else ()))
    query = write(selection)
    names = FILTERS
    if message.get("name") in names and isinstance(message.get("values"), list):
        query[names[message["name"]]] = [str(value) for value in message["values"] if str(value)]
        query = {name: values for name, values in query.items() if values}
    changed, _ = read(query, choices)
    return changed


def content(
    frames: Frames, view: View, selection: Selection, typed: Mapping[str, str], words: Words
) -> dict[str, Any]:
    """What the filters say; plain text throughout."""
    return {
        "direction": words.direction,
        "lists": [
            _list(frames, name, view.facets[name], getattr(selection, name), typed.get(name, ""), words)
            for name in LISTS
        ],
        "numbers": [
            {
                "name": name,
                "label": words(f"filter.{name}"),
                "value": getattr(selection, name),
                "most": most,
            }
            for name, (_, most) in NUMBERS.items()
        ],
        "numbers_title": words("filter.numbers"),
        "words": {
            "label": words("filter.words"),
            "value": selection.words,
            "hint": words("filter.words_hint"),
        },
        "undated": {"label": words("filter.undated"), "on": selection.undated},
        "clear": words("filter.clear"),
        "clear_one": words("filter.clear_one"),
        "any_set": set_filters(selection) != (),
        "search": words("filter.search"),
    }


def set_filters(selection: Selection) -> tuple[str, ...]:
    """The parameters of the address that a "clear all" would clear."""
    opening = Selection()
    return tuple(
        name
        for attribute, name in FILTERS.items()
        if getattr(selection, attribute) != getattr(opening, attribute)
    )


def namer(frames: Frames, attribute: str, words: Words) -> Callable[[str], str]:
    """How the choices of a filter are called."""
    if attribute == "within":
        return lambda place: frames.names[place]
    if attribute in ("sides", "target_sides", "voice_sides", "victims"):
        return lambda code: words.code("side", code)
    if attribute in ("actors", "targets"):
        return words.group
    if attribute == "claimants":
        return lambda code: words("list.outlet_itself") if code == NONE else words.voice(code)
    if attribute == "relays":
        return lambda code: words("list.not_relayed") if code == NONE else words.voice(code)
    if attribute == "outlets":
        return words.outlet
    section = {"events": "event", "stances": "stance", "statuses": "status", "weapons": "weapon"}[attribute]
    return lambda code: words.code(section, code)


def _list(
    frames: Frames,
    name: str,
    counts: Mapping[str, int],
    chosen: tuple[str, ...],
    typed: str,
    words: Words,
) -> dict[str, Any]:
    called = namer(frames, name, words)
    choices = list(frames.choices.lists[name])
    long = name == "within" or len(choices) > LONGEST
    if typed and long:
        if name == "within":
            shown = list(find_places(frames, typed))
        else:
            wanted = fold(typed)
            shown = [code for code in choices if wanted in fold(called(code))]
    elif long:
        # The order is that of the whole archive, so that nothing jumps when a choice is made.
        shown = sorted(
            (code for code in counts if code not in chosen), key=lambda c: -frames.tallies[name].get(c, 0)
        )
    else:
        shown = choices
    rest = max(0, len(shown) - LONGEST)
    shown = shown[:LONGEST] if long else shown
    if long:
        shown = [*chosen, *(code for code in shown if code not in chosen)]
    labels = {code: called(code) for code in shown}
    twice = {text for text in labels.values() if list(labels.values()).count(text) > 1}
    return {
        "name": name,
        "title": words(f"filter.{name}"),
        "typed": typed,
        "long": long,
        "hint": words("filter.place_hint") if name == "within" else words("filter.search"),
        "chosen": len(chosen),
        "rest": words("filter.rest", n=words.number(rest)) if rest else "",
        "none": words("filter.unknown") if typed and not shown else "",
        "options": [
            [
                code,
                f"{labels[code]} {code}" if labels[code] in twice else labels[code],
                words.number(counts.get(code, 0)),
                code in chosen,
            ]
            for code in shown
        ],
    }
