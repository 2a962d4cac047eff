"""The command line: ``conflictmap COMMAND``. Each command is a module of this package (``command.py``).

Exit codes: 0 all went well; 1 some texts failed (named at the end, the rest is kept), or a check found
faults; 2 wrong use, told in one line.
"""

import argparse
import io
import logging
import pkgutil
import sys
from collections.abc import Sequence
from importlib import import_module
from typing import Final

from extraction.cli.command import LOG, OK, SOME_FAILED, WRONG_USE, Command, WrongUse
from extraction.evaluate import EvaluationError
from extraction.keeping.archive import ArchiveError
from extraction.keeping.contents import program_version
from extraction.keeping.corpus import EmptyFolder
from extraction.keeping.locations import ListError
from extraction.keeping.printable import printable
from extraction.lexicon.codes import LexiconError
from gazetteer import sources

__all__ = ["OK", "SOME_FAILED", "WRONG_USE", "commands", "main"]

#: What the user can mend, as opposed to a fault of the program.
_MENDABLE: Final = (
    *(ArchiveError, EmptyFolder, EvaluationError, LexiconError, ListError, sources.BadPlace, OSError),
)

#: Modules of this package that are no command.
_OTHERS: Final = ("__main__", "command")


def commands() -> list[Command]:
    """Every command, as its module declares it, in the order of their names."""
    names = (module.name for module in pkgutil.iter_modules(__path__))
    return [import_module(f"{__name__}.{name}").COMMAND for name in sorted(names) if name not in _OTHERS]


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command and return its exit code."""
    logging.basicConfig(level=logging.INFO, stream=sys.stderr, format="%(message)s", force=True)
    if isinstance(sys.stdout, io.TextIOWrapper):
        # A terminal that knows no Arabic letters shows their codes, and the program goes on.
        sys.stdout.reconfigure(errors="backslashreplace")
    arguments = _parser().parse_args(argv)
    if arguments.quiet:
        logging.getLogger().setLevel(logging.ERROR)
    try:
        return int(arguments.run(arguments))
    except (WrongUse, *_MENDABLE) as error:
        LOG.error("conflictmap: %s", printable(_words(error)))
        return WRONG_USE
    except KeyboardInterrupt:
        return 130


def _words(error: Exception) -> str:
    if isinstance(error, OSError) and error.filename:
        return f"{error.filename}: {error.strerror}"
    return str(error)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="conflictmap",
        description="Arabic news about the Syrian war in, a map of checkable claims out.",
        epilog="exit codes: 0 all well, 1 some texts failed (named at the end, the rest kept), 2 wrong use",
    )
    parser.add_argument("--version", action="version", version=f"%(prog)s {program_version()}")
    offered = parser.add_subparsers(title="commands", metavar="COMMAND", required=True)
    for command in commands():
        command.add_to(offered)
    return parser
