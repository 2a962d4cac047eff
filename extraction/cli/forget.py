"""Remove one text and all that it said."""

import argparse
from typing import Final

from extraction.cli.command import OK, Command, WrongUse, answer, archive_of
from extraction.keeping.corpus import join_incidents
from extraction.keeping.printable import printable


def _run(arguments: argparse.Namespace) -> int:
    archive = archive_of(arguments, create=False)
    try:
        archive.forget(arguments.doc_id)
    except LookupError as error:
        raise WrongUse(error.args[0]) from error
    join_incidents(archive)
    answer(arguments, None, f"{printable(arguments.doc_id)} forgotten")
    return OK


def _arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("doc_id", metavar="DOC_ID", help="the text to remove")


COMMAND: Final = Command(
    "forget",
    "remove one text and all that it said",
    "DOC_ID is the text's path within its folder without the ending, as in documents.csv.",
    "conflictmap forget 2013/khan-al-asal",
    run=_run,
    arguments=_arguments,
)
