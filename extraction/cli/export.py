"""Write the archive as CSV files."""

import argparse
from pathlib import Path
from typing import Final

from extraction.cli.command import OK, Command, answer, archive_of, gazetteer_of
from extraction.keeping.document import printable
from extraction.keeping.export import export


def _run(arguments: argparse.Namespace) -> int:
    export(archive_of(arguments, create=False), arguments.out, gazetteer_of(arguments))
    answer(arguments, None, f"written to {printable(str(arguments.out))}")
    return OK


def _arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--out", type=Path, required=True, metavar="DIR", help="the folder to write to")


COMMAND: Final = Command(
    "export",
    "write the archive as CSV files",
    "Writes documents, mentions, claims, claim_places and incidents as CSV, and a datapackage.json that "
    "describes them.",
    "conflictmap export --out export/",
    run=_run,
    arguments=_arguments,
)
