"""A folder that is watched: when it is to be read again, and which of its files somebody still writes."""

import os
from collections.abc import Callable, Iterator
from pathlib import Path

#: What tells a file from itself before it was changed: its size and when it was written.
State = dict[Path, tuple[int, int]]


def readings(folder: Path, wait: Callable[[], object]) -> Iterator[frozenset[Path]]:
    """Gives each time that there is something new to read in a folder the files that are not whole yet.

    A file is whole when it was the same at two looks, between which ``wait`` is called. Goes on for ever.
    """
    read: State = {}
    before, begun = look(folder), False
    while True:
        wait()
        now = look(folder)
        whole = {path: state for path, state in now.items() if before.get(path) == state}
        if not begun or whole.items() - read.items() or read.keys() - now.keys():
            yield frozenset(now.keys() - whole.keys())
            read, begun = {path: s for path, s in {**read, **whole}.items() if path in now}, True
        before = now


def look(folder: Path) -> State:
    """The files of a folder and those below it, hidden ones aside, as they are at this moment."""
    found: State = {}
    for parent, folders, names in os.walk(folder):
        folders[:] = [name for name in folders if not name.startswith(".")]
        for path in (Path(parent, name) for name in names if not name.startswith(".")):
            try:
                facts = path.stat()
            except OSError:  # gone since, or a link that leads nowhere
                continue
            found[path] = facts.st_size, facts.st_mtime_ns
    return found
