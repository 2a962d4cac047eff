"""The files that the page fetches as they are: our scripts, styles and shapes, each known by its content.

A part of the page names its files once, and gets an address that changes with what is in them, so that no
browser keeps an old one. Streamlit serves them, from a folder that goes with this process.
"""

import hashlib
import re
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import streamlit.components.v1 as components

_folder: Final = tempfile.TemporaryDirectory(prefix="conflictmap-")

#: What a module of ours may import, a line each: names of a neighbour, or all of it under one name.
_NAMES: Final = re.compile(r'^import \{(.*)\} from "\./([\w-]+\.js)";$', re.MULTILINE)
_ALL: Final = re.compile(r'^import \* as (\w+) from "\./([\w-]+\.js)";$', re.MULTILINE)
#: And what it may export: a function, class or constant where it is made.
_EXPORT: Final = re.compile(r"^export (?=(?:async )?(?:const|function|class) (\w+))", re.MULTILINE)
_LEFT: Final = re.compile(r"^(?:import|export)\b.*$", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Files:
    """Files under one name: ``address`` is where the page finds their folder, with a "/" at its end."""

    name: str
    path: Path

    @property
    def address(self) -> str:
        return f"component/{__name__}.{self.name}/"

    def serve(self) -> None:
        """Let the page fetch them; to be called in each run, before they are asked for."""
        components.declare_component(self.name, path=str(self.path))


def files(name: str, content: Mapping[str, bytes]) -> Files:
    """Lay files, by their names, where the page can fetch them."""
    mark = hashlib.sha256()
    for file, body in sorted(content.items()):
        mark.update(file.encode() + b"\0" + hashlib.sha256(body).digest())
    made = Files(f"{name}-{mark.hexdigest()[:12]}", Path(_folder.name) / f"{name}-{mark.hexdigest()[:12]}")
    made.path.mkdir(exist_ok=True)
    for file, body in content.items():
        (made.path / file).write_bytes(body)
    return made


def bundle(folder: Path, entry: str = "entry.js") -> str:
    """The modules of a folder as one expression, whose value is what ``entry`` exports.

    A browser asks for modules one after another, as each names the next; a page that has just been opened
    waits a third of its time for that. Each module becomes a function that is called once, after those it
    imports from. Raises ``ValueError`` for an import or export of a form that is not known here, and for
    modules that import each other.
    """
    made: dict[str, str] = {}

    def add(name: str, above: tuple[str, ...]) -> None:
        if name in above:
            raise ValueError(f"{folder}: modules import each other: {' > '.join((*above, name))}")
        if name in made:
            return
        text = (folder / name).read_text("utf-8")
        for found in (*_NAMES.finditer(text), *_ALL.finditer(text)):
            add(found[2], (*above, name))
        exports = _EXPORT.findall(text)
        text = _NAMES.sub(
            lambda found: f'const {{{found[1].replace(" as ", ": ")}}} = $["{found[2]}"];', text
        )
        text = _ALL.sub(lambda found: f'const {found[1]} = $["{found[2]}"];', text)
        text = _EXPORT.sub("", text)
        if left := _LEFT.search(text):
            raise ValueError(f"{folder / name}: this form of import or export is not known: {left[0]}")
        made[name] = f'$["{name}"] = (() => {{\n{text}\nreturn {{ {", ".join(exports)} }};\n}})();\n'

    add(entry, ())
    return "(() => {\nconst $ = {};\n" + "".join(made.values()) + f'return $["{entry}"];\n}})()'
