"""What became of the claims between two archives."""

import argparse
from typing import Final

from extraction.cli.command import OK, Command, answer
from extraction.keeping.archive import Archive
from extraction.keeping.changes import changes
from extraction.keeping.changes import facts as changed_facts
from extraction.keeping.changes import report as changed


def _run(arguments: argparse.Namespace) -> int:
    found = changes(Archive(arguments.old, create=False), Archive(arguments.new, create=False))
    answer(arguments, changed_facts(found), *changed(found))
    return OK


def _arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("old", metavar="OLD", help="an archive, such as a backup")
    parser.add_argument("new", metavar="NEW", help="the archive to compare with it")


COMMAND: Final = Command(
    "changes",
    "what became of the claims between two archives",
    "Lists the claims that only the one or only the other has, and those whose facts are others. A claim "
    "is the same by its id, or else by the words that say it.",
    "conflictmap changes before.sqlite after.sqlite",
    run=_run,
    arguments=_arguments,
    archive=False,
    json=True,
)
