"""The layers of the map: what each declares of itself in its own file, and all that are declared.

A module of this folder has one ``LAYER``; whoever needs a list of layers asks here.
"""

import importlib
import pkgutil
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any, Literal

if TYPE_CHECKING:
    from dashboard.frames import Frames, View
    from dashboard.wording import Wording

#: What a layer is: marks of some event types; what is shown in place of marks; what lies below all of it.
Kind = Literal["mark", "instead", "below"]


@dataclass(frozen=True, slots=True)
class Layer:
    """What can be switched on the map.

    ``name`` stands in the address, is the key of its word in the words' table ``[layer]``, and what the
    scripts of ``assets/map`` ask for (``state.on.has(name)``). Layers stand in the menu by ``order``;
    ``opens`` says whether it is on where nothing was chosen. A layer of marks shows ``events`` (empty: all
    that no other shows). ``table`` makes what the page is sent for it, where it is on.
    """

    name: str
    order: int
    kind: Kind
    opens: bool = False
    events: frozenset[str] = frozenset()
    table: "Callable[[Frames, View, Wording], Any] | None" = None


@cache
def declared() -> tuple[Layer, ...]:
    """All layers, in the order of the menu.

    Not to be asked for while a module is imported: that module may be one of them. Raises ``ValueError``
    where two have one name or one order, or two show one event type.
    """
    modules = [
        importlib.import_module(f"{__name__}.{found.name}") for found in pkgutil.iter_modules(__path__)
    ]
    layers = sorted((module.LAYER for module in modules), key=lambda layer: layer.order)
    for what, values in (
        ("name", [layer.name for layer in layers]),
        ("order", [layer.order for layer in layers]),
        ("event", [event for layer in layers for event in layer.events]),
    ):
        if twice := sorted({str(value) for value in values if values.count(value) > 1}):
            raise ValueError(f"several layers of {what} {', '.join(twice)}")
    if sum(layer.kind == "mark" and not layer.events for layer in layers) != 1:
        raise ValueError("one layer of marks, and only one, shows what no other does")
    return tuple(layers)


@cache
def names() -> tuple[str, ...]:
    """The names of all layers, in the order of the menu."""
    return tuple(layer.name for layer in declared())


@cache
def opening() -> tuple[str, ...]:
    """The names of those that are on where nothing was chosen."""
    return tuple(layer.name for layer in declared() if layer.opens)


@cache
def marks() -> tuple[str, ...]:
    """The names of the layers of marks."""
    return tuple(layer.name for layer in declared() if layer.kind == "mark")


@cache
def mark_of(event: str) -> str:
    """The layer of marks that shows an event type."""
    of_marks = [layer for layer in declared() if layer.kind == "mark"]
    rest = next(layer.name for layer in of_marks if not layer.events)
    return next((layer.name for layer in of_marks if event in layer.events), rest)
