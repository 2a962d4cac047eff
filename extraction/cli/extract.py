"""Read a folder of texts into the archive."""

import argparse
import sys
import time
from collections.abc import Collection
from contextlib import suppress
from dataclasses import asdict
from functools import partial
from pathlib import Path
from typing import Final

from extraction.cli.command import (
    LOG,
    OK,
    SOME_FAILED,
    Command,
    WrongUse,
    add_columns,
    answer,
    archive_of,
    counted,
    folder_at,
    gazetteer_of,
)
from extraction.keeping.archive import Archive, problems_path
from extraction.keeping.corpus import EmptyFolder, extract_folder
from extraction.keeping.formats import endings
from extraction.keeping.printable import printable
from extraction.keeping.problems import told
from extraction.keeping.watching import readings
from gazetteer.online import OnlineGeocoder

#: Between two looks at a folder that is watched (seconds).
_PAUSE: Final = 2.0


def _run(arguments: argparse.Namespace) -> int:
    folder = folder_at(arguments.folder)
    archive = archive_of(arguments)
    if not arguments.watch:
        return _read(arguments, folder, archive)
    LOG.info("watching %s; Ctrl+C ends it", printable(str(folder)))
    with suppress(KeyboardInterrupt):
        for unfinished in readings(folder, partial(time.sleep, _PAUSE)):
            try:
                _read(arguments, folder, archive, unfinished)
            except (EmptyFolder, WrongUse) as error:  # what may be otherwise at the next look
                LOG.warning("%s", printable(str(error)))
            sys.stdout.flush()
    return OK


def _read(
    arguments: argparse.Namespace, folder: Path, archive: Archive, unfinished: Collection[Path] = ()
) -> int:
    """Read a folder once, and say what came of it."""
    geocoder = OnlineGeocoder() if arguments.geocoder == "nominatim" else None
    summary = extract_folder(
        folder,
        archive,
        gazetteer_of(arguments),
        prune=arguments.prune,
        progress=not arguments.quiet,
        jobs=arguments.jobs,
        geocoder=geocoder,
        label=arguments.folder_name or "",
        prune_all=arguments.prune_all,
        columns=dict(arguments.columns),
        unfinished=unfinished,
    )
    counts, problems = archive.counts(), archive.problems()
    warnings = len(summary.problems) - summary.failed
    answer(
        arguments,
        {
            "folder": summary.folder,
            "read": summary.read,
            "unchanged": summary.unchanged,
            "removed": summary.removed,
            "failed": summary.failed,
            "warnings": warnings,
            "refused": summary.refused,
            "problems": [asdict(problem) for problem in problems if problem.folder == summary.folder],
            "archive": asdict(counts),
        },
        f"{counted(summary.read, 'text')} read, {summary.unchanged} unchanged, {summary.removed} removed, "
        f"{counted(summary.failed, 'problem')}, {counted(warnings, 'warning')}",
        f"the archive holds {counted(counts.texts, 'text')} with {counted(counts.claims, 'claim')}: "
        f"{counts.undated} without a date, {counts.unplaced} without a place on the map",
    )
    if not arguments.json:
        lines = [(str(p), p.reason, p.warning) for p in summary.problems]
        for line in told(lines, problems_path(arguments.archive)):
            LOG.error("%s", line)
    if summary.refused:
        raise WrongUse(summary.refused)
    return SOME_FAILED if summary.failed else OK


def _label(text: str) -> str:
    if not text.strip() or "/" in text or not text.isprintable():
        raise argparse.ArgumentTypeError("a folder's name is printable and has no slash")
    return text


def _jobs(text: str) -> int:
    number = int(text)
    if number < 1:
        raise argparse.ArgumentTypeError("at least 1 process must read")
    return number


def _arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("folder", type=Path, metavar="FOLDER", help="the folder with the texts")
    parser.add_argument(
        "--watch", action="store_true", help="go on, and read what is new or changed as it comes"
    )
    add_columns(parser)
    parser.add_argument(
        "--prune", action="store_true", help="also remove texts that are no longer in the folder"
    )
    parser.add_argument(
        "--prune-all", action="store_true", help="the same, even where that is more than half of them"
    )
    parser.add_argument(
        "--folder",
        dest="folder_name",
        type=_label,
        metavar="NAME",
        help="what the folder is called in the archive (default: its name, or what it was called before)",
    )
    parser.add_argument(
        "--jobs",
        type=_jobs,
        metavar="N",
        help="how many processes read (default: one for each core, 1 where there is little to read)",
    )
    parser.add_argument(
        "--geocoder",
        choices=("none", "nominatim"),
        default="none",
        help="nominatim: ask OpenStreetMap, once a second, for names that no list holds; they leave this "
        "machine (default: none)",
    )


COMMAND: Final = Command(
    "extract",
    "read a folder of texts into the archive",
    f"Reads {', '.join(endings())} with an optional metadata.csv beside them. What has not changed since "
    "the last time is skipped. An archive may hold several folders; where two have a text of one name, "
    "the later one is called FOLDER/NAME.",
    "conflictmap extract news/ --prune",
    run=_run,
    arguments=_arguments,
    json=True,
)
