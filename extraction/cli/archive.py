"""Back the archive up, restore and check it."""

import argparse
from pathlib import Path
from typing import Final

from extraction.cli.command import OK, SOME_FAILED, Command, answer, archive_of
from extraction.keeping.archive import default_path
from extraction.keeping.printable import printable
from extraction.keeping.upkeep import backup, restore
from extraction.keeping.upkeep import check as check_archive


def _backup(arguments: argparse.Namespace) -> int:
    backup(archive_of(arguments, create=False), arguments.file)
    answer(arguments, None, f"written to {printable(str(arguments.file))}")
    return OK


def _restore(arguments: argparse.Namespace) -> int:
    where = arguments.archive or default_path()
    kept = restore(arguments.file, where)
    beside = f"; what was there is {kept}" if kept else ""
    answer(arguments, None, printable(f"{where} is as {arguments.file} was{beside}"))
    return OK


def _check_archive(arguments: argparse.Namespace) -> int:
    found = check_archive(archive_of(arguments, create=False))
    answer(
        arguments,
        {"sound": not found.faults, "faults": found.faults, "rows": found.rows},
        *(f"{count} {name}" for name, count in found.rows.items()),
        *found.faults,
        *([] if found.faults else ["no faults found"]),
    )
    return SOME_FAILED if found.faults else OK


def _backup_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("file", type=Path, metavar="FILE", help="the file to write")


_BACKUP: Final = Command(
    "backup",
    "copy the archive as it is at one moment",
    "Copies the archive, and your list of places beside it, to a file that is not there yet.",
    "conflictmap archive backup archive-2013-11-20.sqlite",
    run=_backup,
    arguments=_backup_arguments,
)


def _restore_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("file", type=Path, metavar="FILE", help="the backup")


_RESTORE: Final = Command(
    "restore",
    "put a backup in the archive's place",
    "What was there is kept beside it. The backup is proved first, and stays as it is.",
    "conflictmap archive restore archive-2013-11-20.sqlite",
    run=_restore,
    arguments=_restore_arguments,
)


_CHECK: Final = Command(
    "check",
    "look whether the archive is sound",
    "Looks through the whole file, whether rows belong to rows, and whether incidents are those of the "
    "claims; exit code 1 if there are faults.",
    "conflictmap archive check --json",
    run=_check_archive,
    json=True,
)


COMMAND: Final = Command(
    "archive",
    "back the archive up, restore and check it",
    "Safe while a dashboard shows the archive.",
    "conflictmap archive backup archive-2013-11-20.sqlite",
    parts=(_BACKUP, _RESTORE, _CHECK),
)
