"""The record of what editors mended: shown, and exchanged with another archive."""

import argparse
from dataclasses import asdict
from pathlib import Path
from typing import Final

from extraction.cli.command import OK, SOME_FAILED, Command, WrongUse, answer, archive_of, counted
from extraction.keeping.corpus import join_incidents
from extraction.keeping.exchange import ExchangeError, read_corrections, write_corrections
from extraction.keeping.printable import printable


def _list(arguments: argparse.Namespace) -> int:
    found = archive_of(arguments, create=False).corrections()
    lines = [
        printable(
            f"{r.correction.made} {r.correction.editor}: {r.correction.what} {r.correction.doc_id}: "
            + ", ".join(f"{name} = {value}" for name, value in r.correction.now.items())
            + (f" ({r.correction.note})" if r.correction.note else "")
            + (f" [waits: {r.waiting}]" if r.waiting else "")
        )
        for r in found
    ]
    facts = [asdict(r.correction) | {"waiting": r.waiting or ""} for r in found]
    answer(arguments, facts, *(lines or ["nothing was mended"]))
    return SOME_FAILED if any(r.waiting for r in found) else OK


def _export(arguments: argparse.Namespace) -> int:
    found = archive_of(arguments, create=False).corrections()
    count = write_corrections(arguments.file, (r.correction for r in found))
    answer(arguments, None, f"{counted(count, 'correction')} written to {printable(str(arguments.file))}")
    return OK


def _import(arguments: argparse.Namespace) -> int:
    archive = archive_of(arguments, create=False)
    try:
        brought = read_corrections(arguments.file)
    except ExchangeError as error:
        raise WrongUse(printable(str(error))) from error
    new = archive.correct(*brought, brought=True)
    join_incidents(archive)
    waiting = [r for r in archive.corrections() if r.waiting]
    told = f"{counted(len(new), 'new correction')} of {len(brought)}"
    answer(arguments, None, f"{told}; {len(waiting)} of the archive wait to be decided")
    return SOME_FAILED if waiting else OK


def _file(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("file", type=Path, metavar="FILE", help="a CSV file")


_PARTS: Final = (
    Command(
        "list",
        "show all that editors did",
        "Who mended what, when, and why; what waits to be decided is marked. Exit code 1 if anything waits.",
        "conflictmap corrections list",
        run=_list,
        json=True,
    ),
    Command(
        "export",
        "write the record to a file",
        "Writes every correction to a CSV file, for another archive or a spreadsheet.",
        "conflictmap corrections export corrections.csv",
        run=_export,
        arguments=_file,
    ),
    Command(
        "import",
        "take in the record of another archive",
        "Adds the corrections of a file and applies them: those that are there are passed over, and one "
        "that says otherwise than an editor here waits to be decided. Exit code 1 if anything waits.",
        "conflictmap corrections import corrections.csv",
        run=_import,
        arguments=_file,
    ),
)

COMMAND: Final = Command(
    "corrections",
    "what editors mended: show, export, import",
    "The record of corrections. Nothing is ever taken out of it: an undo is an entry of its own.",
    "conflictmap corrections list --json",
    parts=_PARTS,
)
