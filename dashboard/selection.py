"""What the user has chosen, and the page's address that says the same.

A ``Selection`` is written to the query part of the address and read from it, so that a view can be kept,
sent and gone back to. The address comes from outside: a value that is not among the choices is dropped,
and the name of its parameter reported.
"""

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Final

from dashboard import layers
from dashboard.symbols import NONE, palettes

LANGUAGES: Final = ("en", "ar")

#: The orders of time in which claims are listed, everywhere the same.
ORDERS: Final = ("newest", "oldest")

#: The filters that are lists, in the order of the page: attribute of ``Selection``, name in the address.
LISTS: Final = {
    "within": "in",
    "events": "event",
    "sides": "side",
    "target_sides": "target-side",
    "voice_sides": "voice-side",
    "actors": "actor",
    "targets": "target",
    "claimants": "claimant",
    "relays": "relayed-by",
    "outlets": "outlet",
    "statuses": "status",
    "stances": "stance",
    "victims": "victims",
    "weapons": "weapon",
}

#: Lists that are one tree on the page: a side, and the groups or voices that belong to it. What is chosen in
#: either of the two is joined by "or".
TREES: Final = {"sides": "actors", "target_sides": "targets", "voice_sides": "claimants"}

#: The filters that are whole numbers: attribute to its name in the address, and the highest value.
NUMBERS: Final = {
    "killed_from": ("dead-from", 100_000),
    "killed_to": ("dead-to", 100_000),
    "sure": ("sure", 100),
}

#: How many kilometres around a place are meant where no number is given, and how many there may be.
NEAR_KM: Final = 20
FARTHEST_KM: Final = 300

#: No more claims can be picked one by one: the address has to hold them.
MOST_PICKED: Final = 200

#: South, west, north and east edge of a rectangle of the map, in degrees, to a thousandth (about 100 m).
Box = tuple[float, float, float, float]

#: Latitude and longitude of the middle of the map, to some 10 m, and its zoom.
Spot = tuple[float, float, float]

#: The least and the greatest zoom of the map.
ZOOMS: Final = (5, 18)

#: Name in the address of every filter that a "clear all" takes away, by its attribute of ``Selection``.
FILTERS: Final[dict[str, str]] = {
    **LISTS,
    **{attribute: name for attribute, (name, _) in NUMBERS.items()},
    "words": "words",
    "box": "box",
    "near": "near",
    "near_km": "km",
    "since": "from",
    "until": "to",
    "undated": "undated",
    "only_picked": "only",
}

#: No search for words is longer than this.
_LONGEST: Final = 200


@dataclass(frozen=True, slots=True)
class Selection:
    """What is in view. An empty filter lets everything through; filters are joined by "and", but for the two
    of a tree (``TREES``).

    ``since`` and ``until`` are None at the ends of the archive. ``undated`` says whether claims without a
    date are in view. ``killed_from`` to ``killed_to`` is a range of dead that a claim's own range must touch,
    ``sure`` the least confidence in percent, ``words`` what the evidence must contain. ``box`` and ``near``
    with ``near_km`` let through what is told of a place in a rectangle, and of one at most so many kilometres
    from a place; of a place known only as an area, if all of it lies there. ``picked`` are the claims that
    were picked one by one, in that order, at most ``MOST_PICKED``; they filter where ``only_picked`` says so.
    ``place`` and ``claim`` are what has been clicked, ``about`` what the page of everything about one thing
    tells of (one of ``Choices.profiles``), ``layers`` what the map shows and ``at`` where it stands (None
    where nobody moved it); they filter nothing.
    """

    language: str = LANGUAGES[0]
    colours: str = palettes()[0]
    since: date | None = None
    until: date | None = None
    undated: bool = True
    within: tuple[str, ...] = ()
    events: tuple[str, ...] = ()
    sides: tuple[str, ...] = ()
    target_sides: tuple[str, ...] = ()
    voice_sides: tuple[str, ...] = ()
    actors: tuple[str, ...] = ()
    targets: tuple[str, ...] = ()
    claimants: tuple[str, ...] = ()
    relays: tuple[str, ...] = ()
    outlets: tuple[str, ...] = ()
    statuses: tuple[str, ...] = ()
    stances: tuple[str, ...] = ()
    victims: tuple[str, ...] = ()
    weapons: tuple[str, ...] = ()
    killed_from: int | None = None
    killed_to: int | None = None
    sure: int | None = None
    words: str = ""
    box: Box | None = None
    near: str = ""
    near_km: int = NEAR_KM
    picked: tuple[str, ...] = ()
    only_picked: bool = False
    layers: tuple[str, ...] = field(default_factory=layers.opening)
    order: str = ORDERS[0]
    place: str = ""
    claim: str = ""
    about: str = ""
    at: Spot | None = None


@dataclass(frozen=True, slots=True)
class Choices:
    """What there is to choose from: the codes of each list filter, the ids, the first and the last day.

    ``points`` are the ids of the places with a point of their own, named by a claim or not. ``profiles`` are
    what one may ask everything about, each as ``kind:value``: a ``place``, a ``side``, a ``group``, a
    ``voice``, an ``outlet``.
    """

    lists: Mapping[str, Collection[str]] = field(default_factory=dict)
    places: Collection[str] = ()
    points: Collection[str] = ()
    claims: Collection[str] = ()
    profiles: Collection[str] = ()
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

    def number(attribute: str) -> int | None:
        name, most = NUMBERS[attribute]
        return whole(name, 0, most)

    def whole(name: str, least: int, most: int) -> int | None:
        values = query.get(name, ())
        if not values:
            return None
        if re.fullmatch("[0-9]{1,6}", values[-1]) and least <= int(values[-1]) <= most:
            return int(values[-1])
        wrong.append(name)
        return None

    since, until = day("from"), day("to")
    if since is not None and until is not None and since > until:
        wrong += ["from", "to"]
        since = until = None
    numbers = {name: number(name) for name in NUMBERS}
    low, high = numbers["killed_from"], numbers["killed_to"]
    if low is not None and high is not None and low > high:
        wrong += [NUMBERS["killed_from"][0], NUMBERS["killed_to"][0]]
        numbers["killed_from"] = numbers["killed_to"] = None
    lists: dict[str, tuple[str, ...]] = {}
    for attribute, name in LISTS.items():
        allowed = choices.lists.get(attribute, ())
        values = tuple(dict.fromkeys(query.get(name, ())))
        lists[attribute] = tuple(value for value in values if value in allowed)
        if len(lists[attribute]) < len(values):
            wrong.append(name)
    box = None
    if edges := query.get("box", ()):
        box = box_of(edges[-1].split(","))
        if box is None:
            wrong.append("box")
    at = None
    if spot := query.get("at", ()):
        at = spot_of(spot[-1])
        if at is None:
            wrong.append("at")
    asked = tuple(dict.fromkeys(query.get("pick", ())))
    picked = tuple(claim for claim in asked if claim in choices.claims)[:MOST_PICKED]
    if len(picked) < len(asked):
        wrong.append("pick")
    near = one("near", choices.points, "")
    near_km = whole("km", 1, FARTHEST_KM) if near else None
    on: tuple[str, ...] = layers.opening()
    if shown := query.get("layer", ()):
        on = tuple(layer for layer in layers.names() if layer in shown)
        if set(shown) - {*layers.names(), NONE}:
            wrong.append("layer")
            on = on or layers.opening()
    selection = Selection(
        language=one("lang", LANGUAGES, LANGUAGES[0]),
        colours=one("colours", palettes(), palettes()[0]),
        since=None if since == choices.first else since,
        until=None if until == choices.last else until,
        undated=one("undated", ("0", "1"), "1") == "1",
        words=" ".join("".join(query.get("words", ("",))[-1:]).split())[:_LONGEST],
        box=box,
        near=near,
        near_km=near_km or NEAR_KM,
        picked=picked,
        only_picked=one("only", ("0", "1"), "0") == "1" and bool(picked),
        layers=on,
        order=one("order", ORDERS, ORDERS[0]),
        place=one("place", choices.places, ""),
        claim=one("claim", choices.claims, ""),
        about=one("about", choices.profiles, ""),
        at=at,
        **lists,  # type: ignore[arg-type]
        **numbers,  # type: ignore[arg-type]
    )
    return selection, tuple(dict.fromkeys(wrong))


def box_of(edges: Sequence[object]) -> Box | None:
    """The rectangle of four numbers or texts (south, west, north, east, in degrees), to a thousandth; None
    where they are none.
    """
    try:
        found = [round(float(str(edge)), 3) + 0.0 for edge in edges]
    except ValueError:
        return None
    if len(found) != 4 or not all(abs(edge) <= 180 for edge in found):
        return None
    south, west, north, east = found
    return (south, west, north, east) if south < north and west < east else None


def spot_of(text: str) -> Spot | None:
    """Where the map stands, by ``latitude,longitude,zoom``; None where that is none."""
    try:
        lat, lon, zoom = (float(part) for part in text.split(","))
    except ValueError:
        return None
    if not (abs(lat) <= 85 and abs(lon) <= 180 and ZOOMS[0] <= zoom <= ZOOMS[1]):
        return None
    return round(lat, 4) + 0.0, round(lon, 4) + 0.0, round(zoom, 2)


def cleared(selection: Selection, *filters: str) -> Selection:
    """A selection without some filters (attributes; ``near`` takes its distance along), or without any."""
    opening = Selection()
    gone = {*filters, *(("near_km",) if "near" in filters else ())} or set(FILTERS)
    return replace(selection, **{name: getattr(opening, name) for name in gone})


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
    for attribute, name in LISTS.items():
        if values := getattr(selection, attribute):
            query[name] = list(values)
    for attribute, (name, _) in NUMBERS.items():
        if (value := getattr(selection, attribute)) is not None:
            query[name] = [str(value)]
    if selection.words:
        query["words"] = [selection.words]
    if selection.box is not None:
        query["box"] = [",".join(f"{edge:g}" for edge in selection.box)]
    if selection.near:
        query["near"] = [selection.near]
        if selection.near_km != opening.near_km:
            query["km"] = [str(selection.near_km)]
    if selection.picked:
        query["pick"] = list(selection.picked)
        if selection.only_picked:
            query["only"] = ["1"]
    if selection.layers != opening.layers:
        query["layer"] = list(selection.layers) or [NONE]
    if selection.order != opening.order:
        query["order"] = [selection.order]
    if selection.place:
        query["place"] = [selection.place]
    if selection.claim:
        query["claim"] = [selection.claim]
    if selection.about:
        query["about"] = [selection.about]
    if selection.at is not None:
        query["at"] = [",".join(f"{part:.7g}" for part in selection.at)]
    return query
