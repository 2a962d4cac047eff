"""Show why a text is read as it is."""

import argparse
import sys
from dataclasses import replace
from pathlib import Path
from typing import Final

from extraction.cli.command import (
    LOG,
    OK,
    SOME_FAILED,
    Command,
    WrongUse,
    a_date,
    add_columns,
    gazetteer_of,
    say,
)
from extraction.explain import explain, wants_colour, why_not
from extraction.keeping.document import Problem, read_file
from extraction.keeping.formats import endings
from extraction.pipeline import read
from extraction.reading.notes import Note


def _run(arguments: argparse.Namespace) -> int:
    if not arguments.file.is_file():
        raise WrongUse(f"{arguments.file} is no file")
    gazetteer, colour, code = gazetteer_of(arguments), wants_colour(sys.stdout), OK
    for item in read_file(arguments.file, dict(arguments.columns)):
        if isinstance(item, Problem):
            LOG.error("%s", item)
            code = SOME_FAILED
            continue
        if arguments.published is not None:
            item = replace(item, published=arguments.published, published_basis="given")
        notes: list[Note] = []
        reading = read(item, gazetteer, notes)
        say(explain(reading, gazetteer.places, colour))
        if arguments.why_not:
            say("\n" + why_not(reading, notes))
    return code


def _arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("file", type=Path, metavar="FILE", help=f"a file: {', '.join(endings())}")
    add_columns(parser)
    parser.add_argument(
        "--published",
        type=a_date,
        metavar="DATE",
        help="the day of publication, as 2013-07-22 (default: that of the text or of metadata.csv beside it)",
    )
    parser.add_argument(
        "--why-not",
        action="store_true",
        help="also what was weighed for each word of war, what lost, and which rule refused it",
    )


COMMAND: Final = Command(
    "explain",
    "show why a text is read as it is",
    "Prints the text with its place names and the words of its claims marked, then each claim: every "
    "fact, the words that gave it and the rule that read them. In colour on a terminal, unless NO_COLOR "
    "is set.",
    "conflictmap explain news/2013/khan-al-asal.txt --published 2013-07-22",
    run=_run,
    arguments=_arguments,
)
