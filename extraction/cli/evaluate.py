"""Compare an export, or the archive, with answers made by hand."""

import argparse
import tempfile
from pathlib import Path
from typing import Final

from extraction.cli.command import OK, Command, archive_of, folder_at, say
from extraction.evaluate import evaluate, report
from extraction.keeping.export import export


def _run(arguments: argparse.Namespace) -> int:
    if arguments.export is not None:
        say(report(evaluate(folder_at(arguments.export), folder_at(arguments.gold))))
        return OK
    gold = folder_at(arguments.gold)
    with tempfile.TemporaryDirectory() as folder:
        export(archive_of(arguments, create=False), Path(folder))
        say(report(evaluate(Path(folder), gold)))
    return OK


def _arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "export", type=Path, nargs="?", metavar="EXPORT", help="a folder that `conflictmap export` wrote"
    )
    parser.add_argument(
        "gold", type=Path, metavar="GOLD", help="a folder with one JSON file of answers a text"
    )


COMMAND: Final = Command(
    "evaluate",
    "compare an export, or the archive, with answers made by hand",
    "Prints how many place names and claims are right, false and missed, and every error. Without "
    "EXPORT it is the archive that is compared.",
    "conflictmap evaluate export/ answers/",
    run=_run,
    arguments=_arguments,
)
