"""What could not be read, until it is mended."""

import argparse
from dataclasses import asdict
from typing import Final

from extraction.cli.command import OK, SOME_FAILED, Command, answer, archive_of
from extraction.keeping.archive import problems_path
from extraction.keeping.problems import told


def _run(arguments: argparse.Namespace) -> int:
    standing = archive_of(arguments, create=False).problems()
    lines = [(f"{p.folder}/{p.path}: {p.reason}", p.reason, p.warning) for p in standing]
    answer(
        arguments,
        [asdict(problem) for problem in standing],
        *told(lines, None if arguments.all else problems_path(arguments.archive)),
        *([] if standing else ["no problems"]),
    )
    return SOME_FAILED if any(not problem.warning for problem in standing) else OK


def _arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--all", action="store_true", help="name every one, however many")


COMMAND: Final = Command(
    "problems",
    "what could not be read, until it is mended",
    "Names what the last reading of each folder could not read, and what is to be looked at though it "
    "was read. Exit code 1 if something could not be read.",
    "conflictmap problems --json",
    run=_run,
    arguments=_arguments,
    json=True,
)
