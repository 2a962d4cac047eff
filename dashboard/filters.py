"""What narrows the view: every filter with its choices, each with its count among what the others leave."""

from collections.abc import Callable, Iterable, Mapping
from typing import Any, Final

from dashboard import session
from dashboard.component import declare
from dashboard.frames import Frames, View, find_places, find_points, name_in
from dashboard.selection import (
    FILTERS,
    LISTS,
    NUMBERS,
    TREES,
    Choices,
    Selection,
    cleared,
    read,
    write,
)
from dashboard.symbols import NONE, events, palette
from dashboard.visit import visit
from dashboard.wording import Wording
from gazetteer.orthography import fold

#: Lists with more choices have a field to look for one.
LONGEST: Final = 14

#: The heads under which the filters stand, and the lists below each, in order.
HEADS: Final[Mapping[str, tuple[str, ...]]] = {
    "where": ("within",),
    "what": ("events",),
    "who": ("sides",),
    "whom": ("target_sides",),
    "says": ("voice_sides", "relays", "outlets"),
    "surety": ("statuses", "stances"),
    "harm": ("victims", "weapons"),
}

#: The heads that are open at first.
OPEN: Final = ("where", "what", "who")

#: What may be typed into: a list with a search, or the place that others shall be near to.
_SOUGHT: Final = (*LISTS, "near")

_KEY: Final = "filters"
_TYPED: Final = "filters.typed"
_component = declare("filters")


def show(frames: Frames, view: View, selection: Selection, words: Wording) -> None:
    """The filters, as they are set."""
    typed: dict[str, str] = visit().notes.setdefault(_TYPED, {})

    def hear(message: Mapping[str, Any]) -> None:
        match message:
            case {"name": str(name), "typed": str(text)} if name in _SOUGHT:
                typed[name] = text[:100]
        session.choose_all(change(session.kept(), message, frames.choices))

    _component(_KEY, content(frames, view, selection, typed, words), hear)


def change(selection: Selection, message: Mapping[str, Any], choices: Choices) -> Selection:
    """The selection after a message of the page: ``{"set": {attribute: [text, …], …}}`` sets filters,
    ``{"clear": name}`` clears one (of a tree, all of it), ``{"clear": "days"}`` what limits the days,
    ``{"clear": ""}`` all. What is no choice is left out, as in an address.
    """
    match message:
        case {"clear": ""}:
            return cleared(selection)
        case {"clear": "days"}:
            return cleared(selection, "since", "until", "undated")
        case {"clear": str(name)} if name in FILTERS:
            return cleared(selection, name, *(TREES[name],) if name in TREES else ())
        case {"set": dict(asked)}:
            query = write(selection)
            for name, values in asked.items():
                if name in FILTERS and isinstance(values, list):
                    query[FILTERS[name]] = [str(value) for value in values if str(value)]
            changed, _ = read({name: values for name, values in query.items() if values}, choices)
            return changed
    return selection


def content(
    frames: Frames, view: View, selection: Selection, typed: Mapping[str, str], words: Wording
) -> dict[str, Any]:
    """What the filters say; plain text throughout."""
    numbers = {
        name: {
            "name": name,
            "label": words(f"filter.{name}"),
            "value": "" if (value := getattr(selection, name)) is None else str(value),
        }
        for name in NUMBERS
    }
    further: dict[str, list[dict[str, Any]]] = {
        "where": [_near(frames, selection, typed.get("near", ""), words), _box(selection, words)],
        "surety": [
            {"kind": "numbers", "title": "", "fields": [numbers["sure"]]},
            {"kind": "tick", "name": "undated", "label": words("filter.undated"), "on": selection.undated},
        ],
        "harm": [
            {
                "kind": "numbers",
                "title": words("filter.killed"),
                "fields": [numbers["killed_from"], numbers["killed_to"]],
            }
        ],
    }
    heads = []
    for head, lists in HEADS.items():
        parts = [
            _tree(frames, view, selection, name, typed.get(name, ""), words, titled=len(lists) > 1)
            for name in lists
        ]
        parts += further.get(head, [])
        heads.append(
            {
                "name": head,
                "title": words(f"head.{head}"),
                "open": head in OPEN,
                "set": _set(parts),
                "value": _value(parts, words),
                "parts": parts,
            }
        )
    return {
        "direction": words.direction,
        "language": words.language,
        "heads": heads,
        "title": words("filter.title"),
        "evidence": {
            "label": words("filter.words"),
            "value": selection.words,
            "hint": words("filter.words_hint"),
        },
        "any_set": set_filters(selection) != (),
        "say": {
            name: words(f"filter.{name}")
            for name in ("clear", "clear_one", "search", "rest", "fewer", "open", "fold")
        },
    }


def set_filters(selection: Selection) -> tuple[str, ...]:
    """The parameters of the address that a "clear all" would clear."""
    opening = Selection()
    return tuple(
        name
        for attribute, name in FILTERS.items()
        if getattr(selection, attribute) != getattr(opening, attribute)
    )


def namer(frames: Frames, attribute: str, words: Wording) -> Callable[[str], str]:
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


def _set(parts: Iterable[Mapping[str, Any]]) -> list[str]:
    """The filters among these parts that are set."""
    found: list[str] = []
    for part in parts:
        match part:
            case {"kind": "tree", "lists": lists, "nodes": nodes}:
                chosen = {lists[of] for _, _, of, _, _, on, *_ in nodes if on}
                found += [lists[0]] if chosen else []
            case {"kind": "numbers", "fields": fields}:
                found += [field["name"] for field in fields if field["value"]]
            case {"kind": "near" | "box", "chosen": chosen} if chosen:
                found.append(str(part["kind"]))
            case {"kind": "tick", "on": False}:
                found.append(str(part["name"]))
    return found


def _value(parts: list[dict[str, Any]], words: Wording) -> str:
    """What a head says of the filters below it when it is folded: any, so many of so many, or how many."""
    chosen = sum(bool(node[5]) for part in parts if part["kind"] == "tree" for node in part["nodes"])
    others = len(_set([part for part in parts if part["kind"] != "tree"]))
    if not chosen + others:
        return words("filter.any")
    if len(parts) == 1 and not any(node[3] >= 0 for node in parts[0]["nodes"]):
        total = len(parts[0]["nodes"])
        return words("filter.some_of", n=words.number(chosen), total=words.number(total))
    return words("filter.some", n=words.number(chosen + others))


def _tree(
    frames: Frames,
    view: View,
    selection: Selection,
    root: str,
    typed: str,
    words: Wording,
    *,
    titled: bool,
) -> dict[str, Any]:
    """One list, or the two of a tree, as ``nodes``, each above those that lie in it.

    A node is: code, name, position of its list in ``lists``, position of the node it lies in (-1 for none),
    claims, whether it is chosen, its colour, its sign, and what is said of the denials among its claims.
    """
    lists = [root, TREES[root]] if root in TREES else [root]
    nodes: list[list[Any]] = []
    where: dict[tuple[int, str], int] = {}
    colours = palette(selection.colours) if root in ("sides", "target_sides", "voice_sides") else {}
    signs = events() if root == "events" else {}
    denials = view.denials if root == "events" else {}
    for of, name in enumerate(lists):
        called, counts, chosen = (
            namer(frames, name, words),
            view.facets[name],
            set(getattr(selection, name)),
        )
        if name == "within":
            # In the script of the page alone: the tree says which of a name is meant.
            called = frames.called[words.language].__getitem__
        parents = frames.parents.get(name, {})
        for code in _shown(frames, name, counts, chosen):
            parent = parents.get(code, "")
            above = where.get((0, parent), -1) if parent else -1
            if of and above < 0 and code not in chosen:
                continue
            where[of, code] = len(nodes)
            denied = denials.get(code, 0)
            nodes.append(
                [
                    code,
                    called(code),
                    of,
                    above,
                    counts.get(code, 0),
                    code in chosen,
                    colours.get(code, "") if not of else "",
                    signs.get(code, ""),
                    words.count("denials", denied) if denied else "",
                ]
            )
    found = None
    if typed:
        found = _found(frames, lists, nodes, typed, words)
    return {
        "kind": "tree",
        "lists": lists,
        "title": words(f"filter.{root}") if titled else "",
        "label": words(f"filter.{root}"),
        "long": root == "within" or len(nodes) > LONGEST,
        "hint": words("filter.place_hint") if root == "within" else words("filter.search"),
        "typed": typed,
        "found": found,
        "none": words("filter.unknown") if typed and not found else "",
        "nodes": nodes,
    }


def _shown(frames: Frames, name: str, counts: Mapping[str, int], chosen: set[str]) -> list[str]:
    """The choices of a list that are shown: of a short one all, of a long one those with claims among what
    the other filters leave. In the order of the whole archive, so that nothing jumps when a choice is made;
    of a tree of places, what lies in a place behind it.
    """
    choices = frames.choices.lists[name]
    tally = frames.tallies[name]
    if name != "within":
        # Who is not told of as a group, or as a voice, is what the side above says already.
        untold = NONE if name in ("actors", "targets") else None
        long = len(choices) > LONGEST
        order = sorted(choices, key=lambda code: code == NONE) if name in TREES else choices
        return [
            code for code in order if code in chosen or (code != untold and (not long or counts.get(code, 0)))
        ]
    parents = frames.parents["within"]
    kept: set[str] = set()
    for place in (*counts, *chosen):
        while place and place not in kept:
            kept.add(place)
            place = parents.get(place, "")
    return sorted(kept, key=lambda place: (_depth(parents, place), -tally.get(place, 0), frames.names[place]))


def _depth(parents: Mapping[str, str], place: str) -> int:
    depth = 0
    while place := parents.get(place, ""):
        depth += 1
    return depth


def _found(
    frames: Frames, lists: list[str], nodes: list[list[Any]], typed: str, words: Wording
) -> list[list[Any]]:
    """The nodes that what was typed may mean, likeliest first: position, and the name in full."""
    if lists[0] == "within":
        at = {node[0]: n for n, node in enumerate(nodes)}
        return [[at[place], frames.names[place]] for place in find_places(frames, typed) if place in at]
    wanted = fold(typed)
    return [[n, node[1]] for n, node in enumerate(nodes) if wanted and wanted in fold(node[1])]


def _near(frames: Frames, selection: Selection, typed: str, words: Wording) -> dict[str, Any]:
    found = find_points(frames, typed) if typed else ()
    return {
        "kind": "near",
        "title": words("filter.near"),
        "chosen": name_in(frames, selection.near, words.language) if selection.near else "",
        "km": str(selection.near_km),
        "unit": words("filter.km_of"),
        "label": words("filter.near_km"),
        "search": words("filter.near_place"),
        "typed": typed,
        "found": [[place, label] for place, label in found],
        "none": words("filter.unknown") if typed and not found else "",
    }


def _box(selection: Selection, words: Wording) -> dict[str, Any]:
    return {
        "kind": "box",
        "chosen": words("filter.box_set") if selection.box else "",
        "view": words("filter.box_view"),
        "draw": words("filter.box_draw"),
    }
