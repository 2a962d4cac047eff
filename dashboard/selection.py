"""What the user has chosen, and the page's address that says the same.

A ``Selection`` is written to the query part of the address and read from it, so that a view can be kept,
sent and gone back to. The address comes from outside: a value that is not among the choices is dropped,
and the name of its parameter reported.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Final

from dashboard.symbols import palettes

LANGUAGES: Final = ("en", "ar")

#: The filters that are lists: attribute of ``Selection`` to its name in the address.
LISTS: Final = {
    "sides": "side",
    "actors": "actor",
    "events": "event",
    "claimants": "claimant",
    "stances": "stance",
    "outlets": "outlet",
    "within": "in",
}


@dataclass(frozen=True, slots=True)
class Selection:
    """What is in view. An empty filter lets everything through; filters are joined by "and".

    ``since`` and ``until`` are None at the ends of the archive. ``undated`` says whether claims without a
    date are in view. ``place`` and ``claim`` are what has been clicked; they filter nothing.
    """

    language: str = LANGUAGES[0]
    colours: str = palettes()[0]
    since: date | None = None
    until: date | None = None
    undated: bool = True
    tiles: bool = False
    sides: tuple[str, ...] = ()
    actors: tuple[str, ...] = ()
    events: tuple[str, ...] = ()
    claimants: tuple[str, ...] = ()
    stances: tuple[str, ...] = ()
    outlets: tuple[str, ...] = ()
    within: tuple[str, ...] = ()
    place: str = ""
    claim: str = ""


@dataclass(frozen=True, slots=True)
class Choices:
    """What there is to choose from: the codes of each list filter, the ids, the first and the last day."""

    lists: Mapping[str, Collection[str]] = field(default_factory=dict)
    places: Collection[str] = ()
    claims: Collection[str] = ()
    first: date | None = None
    last: date | None = None


def read(query: Mapping[str, Sequence[str]], choices: Choices) -> tuple[Selection, tuple[str, ...]]:
    """The selection an address stands for, and the names of the parameters with a wrong value in them."""
    wrong: list[str] = []

    def one(name: str, allowed: Collection[str], default: str) -> str:
        values = query.get(name, ())
        if not values:
            return default
        if values[-1] in allowed:
            return values[-1]
        wrong.append(name)
        return default

    def day(name: str) -> date | None:
        values = query.get(name, ())
        if not values:
            return None
        try:
            found = date.fromisoformat(values[-1])
        except ValueError:
            found = None
        if found is None or choices.first is None or choices.last is None:
            wrong.append(name)
            return None
        if not choices.first <= found <= choices.last:
            wrong.append(name)
            return None
        return found

    since, until = day("from"), day("to")
    if since is not None and until is not None and since > until:
        wrong += ["from", "to"]
        since = until = None
    lists: dict[str, tuple[str, ...]] = {}
    for attribute, name in LISTS.items():
        allowed = choices.lists.get(attribute, ())
        values = tuple(dict.fromkeys(query.get(name, ())))
        lists[attribute] = tuple(value for value in values if value in allowed)
        if len(lists[attribute]) < len(values):
            wrong.append(name)
    selection = Selection(
        language=one("lang", LANGUAGES, LANGUAGES[0]),
        colours=one("colours", palettes(), palettes()[0]),
        since=None if since == choices.first else since,
        until=None if until == choices.last else until,
        undated=one("undated", ("0", "1"), "1") == "1",
        tiles=one("tiles", ("0", "1"), "0") == "1",
        place=one("place", choices.places, ""),
        claim=one("claim", choices.claims, ""),
        **lists,
    )
    return selection, tuple(dict.fromkeys(wrong))


def write(selection: Selection) -> dict[str, list[str]]:
    """The address of a selection: only what differs from the opening view."""
    opening = Selection()
    query: dict[str, list[str]] = {}
    if selection.language != opening.language:
        query["lang"] = [selection.language]
    if selection.colours != opening.colours:
        query["colours"] = [selection.colours]
    if selection.since is not None:
        query["from"] = [selection.since.isoformat()]
    if selection.until is not None:
        query["to"] = [selection.until.isoformat()]
    if not selection.undated:
        query["undated"] = ["0"]
    if selection.tiles:
        query["tiles"] = ["1"]
    for attribute, name in LISTS.items():
        if values := getattr(selection, attribute):
            query[name] = list(values)
    if selection.place:
        query["place"] = [selection.place]
    if selection.claim:
        query["claim"] = [selection.claim]
    return query
