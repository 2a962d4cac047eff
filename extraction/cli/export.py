"""Write the archive as files for other programs."""

import argparse
from pathlib import Path
from typing import Final

from extraction.cli.command import OK, Command, answer, archive_of, gazetteer_of
from extraction.keeping.export import export
from extraction.keeping.formats import written
from extraction.keeping.printable import printable


def _run(arguments: argparse.Namespace) -> int:
    archive, formats = archive_of(arguments, create=False), arguments.formats or ["csv"]
    export(archive, arguments.out, gazetteer_of(arguments), formats)
    answer(arguments, None, f"written to {printable(str(arguments.out))}")
    return OK


def _arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--out", type=Path, required=True, metavar="DIR", help="the folder to write to")
    parser.add_argument(
        "--format",
        dest="formats",
        action="append",
        choices=tuple(written()),
        help="in which format (default: csv); may be given several times",
    )


COMMAND: Final = Command(
    "export",
    "write the archive as files for other programs",
    "The formats: " + "; ".join(f"{format.name}, {format.brief}" for format in written().values()) + ".",
    "conflictmap export --out export/",
    run=_run,
    arguments=_arguments,
)
