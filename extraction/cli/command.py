"""What a command of ``conflictmap`` is, and what all of them need.

A module of this package declares one, as ``COMMAND``: that is all it takes to be offered, explained and run.
"""

import argparse
import json
import logging
import sys
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Final

from extraction.keeping.archive import Archive, default_path, places_path
from extraction.keeping.formats.columns import usual
from gazetteer import sources

LOG: Final = logging.getLogger("extraction.cli")

#: Exit codes.
OK, SOME_FAILED, WRONG_USE = 0, 1, 2


class WrongUse(Exception):
    """A command that cannot be done as it was given."""


@dataclass(frozen=True)
class Command:
    """One word of the command line: what it does in a line and in a few, and an example.

    ``run`` does it and gives the exit code; ``arguments`` adds its own arguments. It takes ``--archive``, and
    ``--json`` where it answers with facts, unless told otherwise. One with ``parts`` has commands of its own
    and does nothing by itself.
    """

    name: str
    brief: str
    description: str
    example: str
    run: Callable[[argparse.Namespace], int] | None = None
    arguments: Callable[[argparse.ArgumentParser], object] = lambda parser: None
    archive: bool = True
    json: bool = False
    parts: tuple["Command", ...] = ()

    def add_to(self, commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
        """Offer it among ``commands``."""
        parser = commands.add_parser(
            self.name,
            help=self.brief,
            description=self.description,
            epilog=f"example:\n  {self.example}",
            formatter_class=argparse.RawDescriptionHelpFormatter,
        )
        parser.add_argument("--quiet", action="store_true", help="say nothing but what went wrong")
        parser.set_defaults(json=False, run=self.run)
        if self.parts:
            parts = parser.add_subparsers(title="commands", metavar="COMMAND", required=True)
            for part in self.parts:
                part.add_to(parts)
            return
        self.arguments(parser)
        if self.json:
            parser.add_argument("--json", action="store_true", help="answer in JSON, for programs")
        if self.archive:
            parser.add_argument(
                "--archive",
                metavar="FILE_OR_URL",
                help="a SQLite file, or the URL of any database "
                "(default: your own archive in your data folder)",
            )


def counted(number: int, what: str) -> str:
    """``1 text``, ``2 texts``."""
    return f"{number} {what}" if number == 1 else f"{number} {what}s"


def say(line: str) -> None:
    """A line on stdout."""
    sys.stdout.write(line + "\n")


def answer(arguments: argparse.Namespace, facts: object, *lines: str) -> None:
    """Say what a command found out: in lines for people, or with --json as facts for programs."""
    if arguments.json:
        say(json.dumps(facts, ensure_ascii=False, indent=2, default=str))
    elif not arguments.quiet:
        for line in lines:
            say(line)


def gazetteer_of(arguments: argparse.Namespace) -> sources.Gazetteer:
    """The built-in places and those of the user's own list, which stands beside the archive."""
    return sources.load(places_path(arguments.archive))


def archive_of(arguments: argparse.Namespace, create: bool = True) -> Archive:
    """The archive that was named, or else the user's own, which is then named on stderr."""
    where = arguments.archive or default_path()
    if not arguments.archive:
        LOG.info("archive: %s", where)
    return Archive(where, create=create)


def a_date(text: str) -> date:
    """A date that was given as an argument."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError("write a date as 2013-11-20") from None


def add_columns(parser: argparse.ArgumentParser) -> None:
    """Offer ``--column``: which column of a table with an article a row is what."""
    parser.add_argument(
        "--column",
        dest="columns",
        type=_column,
        action="append",
        default=[],
        metavar="WHAT=TITLE",
        help="which column of a table is what, where its title is no usual one; WHAT is one of "
        + ", ".join(usual()),
    )


def _column(text: str) -> tuple[str, str]:
    what, _, title = text.partition("=")
    if what not in usual() or not title.strip():
        raise argparse.ArgumentTypeError(f"write WHAT=TITLE, where WHAT is one of {', '.join(usual())}")
    return what, title


def folder_at(path: Path) -> Path:
    """A folder that was named; raises WrongUse where there is none."""
    if not path.is_dir():
        raise WrongUse(f"{path} is no folder")
    return path
