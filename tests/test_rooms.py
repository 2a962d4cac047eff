"""Data walks one way: gazetteer, extraction, dashboard; and no two modules need each other."""

import ast
import graphlib
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
ROOMS = ("gazetteer", "extraction", "dashboard", "conflictmap")
STOREYS = ("lexicon", "words", "reading", "joining", "keeping", "cli")


def needs(path: Path) -> set[str]:
    """The modules of the program that a module imports anywhere, also for its types only."""
    found: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found.update(alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            found.update((node.module, *(f"{node.module}.{alias.name}" for alias in node.names)))
    return {name for name in found if name.partition(".")[0] in ROOMS}


def modules(room: str) -> dict[str, set[str]]:
    paths = {
        ".".join(path.relative_to(ROOT).with_suffix("").parts): path for path in (ROOT / room).rglob("*.py")
    }
    return {name: needs(path) for name, path in paths.items() if not name.endswith("__init__")}


@pytest.mark.parametrize("room", ROOMS)
def test_a_room_imports_only_from_rooms_before_it(room: str) -> None:
    later = ROOMS[ROOMS.index(room) + 1 :]
    back = {(m, n) for m, names in modules(room).items() for n in names if n.startswith(later)}
    assert back == set()


@pytest.mark.parametrize("storey", STOREYS)
def test_a_storey_of_extraction_stands_on_those_before_it(storey: str) -> None:
    later = tuple(f"extraction.{name}" for name in STOREYS[STOREYS.index(storey) + 1 :])
    own = modules("extraction").items()
    back = {(m, n) for m, names in own if f".{storey}." in m for n in names if n.startswith(later)}
    assert back == set()


@pytest.mark.parametrize("room", ROOMS)
def test_no_modules_of_a_room_import_each_other_in_a_circle(room: str) -> None:
    graph = modules(room)
    own = {name: {n for n in names if n in graph and n != name} for name, names in graph.items()}
    try:
        tuple(graphlib.TopologicalSorter(own).static_order())
    except graphlib.CycleError as error:
        pytest.fail(" → ".join(error.args[1]))
