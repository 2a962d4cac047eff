"""Records out: the archive in files of the formats that are written (``formats``)."""

import os
import shutil
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from extraction.keeping.archive import Archive
from extraction.keeping.choice import Choice, chosen
from extraction.keeping.contents import contents
from extraction.keeping.formats import written
from gazetteer.sources import Gazetteer

#: Where the export is written until it is whole, within the folder that it is for.
_UNFINISHED: Final = ".unfinished-"


class Lacking(Exception):
    """A format that needs what is not installed; the message says what to do."""


def export(
    archive: Archive,
    out: Path,
    gazetteer: Gazetteer | None = None,
    names: Sequence[str] = ("csv",),
    choice: Choice = Choice(),  # noqa: B008 frozen
) -> None:
    """Write all of ``archive``, or the claims of a ``choice``, into the folder ``out`` in the formats of
    these names, in the same order every time.

    ``gazetteer`` tells of the places what the texts' mentions do not: what they lie in and where they are
    from. All is written beside first: an export that is broken off leaves the old one as it was.

    Raises ``Lacking`` where a format needs what is not installed, and ``OSError``, which names the file,
    where the folder cannot be written.
    """
    formats = [written()[name] for name in names]
    if lacking := next(filter(None, (format.lacking(format.writes_with) for format in formats)), ""):
        raise Lacking(lacking)
    files = {file: write for format in formats for file, write in format.files.items()}
    out.mkdir(parents=True, exist_ok=True)
    for left in out.glob(f"{_UNFINISHED}*"):  # by a run that was killed
        shutil.rmtree(left, ignore_errors=True)
    held = contents(chosen(archive.frames(), choice, gazetteer), gazetteer, str(choice))
    with tempfile.TemporaryDirectory(dir=out, prefix=_UNFINISHED) as place:
        for file, write in files.items():
            with _named(out / file):
                write(held, Path(place, file))
        for file in files:
            os.replace(Path(place, file), out / file)


@contextmanager
def _named(path: Path) -> Iterator[None]:
    """Let an error of the system name the file that was to be written; while writing, Python does not."""
    try:
        yield
    except OSError as error:
        raise OSError(error.errno, error.strerror, str(path)) from error
