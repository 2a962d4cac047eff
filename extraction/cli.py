"""The command line: ``conflictmap COMMAND``.

Exit codes: 0 all went well; 1 some texts failed (named at the end, the rest is kept), or a check found
faults; 2 wrong use, told in one line.
"""

import argparse
import io
import json
import logging
import sys
import tempfile
from collections.abc import Sequence
from dataclasses import asdict, replace
from datetime import date
from importlib import import_module
from pathlib import Path
from typing import Final

from extraction.archive import (
    Archive,
    ArchiveError,
    default_path,
    places_path,
    problems_path,
)
from extraction.changes import changes
from extraction.changes import facts as changed_facts
from extraction.changes import report as changed
from extraction.corpus import EmptyFolder, extract_folder, join_incidents
from extraction.document import Problem, printable, read_file
from extraction.evaluate import EvaluationError, evaluate, report
from extraction.explain import explain, wants_colour
from extraction.export import export, program_version
from extraction.locations import ListError, geocode_list
from extraction.pipeline import read
from extraction.problems import told
from extraction.upkeep import backup, restore
from extraction.upkeep import check as check_archive
from gazetteer import outlines, sources
from gazetteer.check import check
from gazetteer.importers import FORMATS, import_list
from gazetteer.lookup import find_places
from gazetteer.online import OnlineGeocoder
from gazetteer.place import Place
from gazetteer.reasons import in_words, written

_LOG = logging.getLogger(__name__)

OK, SOME_FAILED, WRONG_USE = 0, 1, 2

#: What the user can mend, as opposed to a fault of the program.
_MENDABLE: Final = (ArchiveError, EmptyFolder, EvaluationError, ListError, sources.BadPlace, OSError)


class WrongUse(Exception):
    """A command that cannot be done as it was given."""


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
        _LOG.error("conflictmap: %s", printable(_words(error)))
        return WRONG_USE
    except KeyboardInterrupt:
        return 130


def _words(error: Exception) -> str:
    if isinstance(error, OSError) and error.filename:
        return f"{error.filename}: {error.strerror}"
    return str(error)


def _say(line: str) -> None:
    sys.stdout.write(line + "\n")


def _answer(arguments: argparse.Namespace, facts: object, *lines: str) -> None:
    """Say what a command found out: in lines for people, or with --json as facts for programs."""
    if arguments.json:
        _say(json.dumps(facts, ensure_ascii=False, indent=2, default=str))
    elif not arguments.quiet:
        for line in lines:
            _say(line)


# --- the commands


def _extract(arguments: argparse.Namespace) -> int:
    folder = _folder(arguments.folder)
    archive = _archive(arguments)
    geocoder = OnlineGeocoder() if arguments.geocoder == "nominatim" else None
    summary = extract_folder(
        folder,
        archive,
        _gazetteer(arguments),
        prune=arguments.prune,
        progress=not arguments.quiet,
        jobs=arguments.jobs,
        geocoder=geocoder,
        label=arguments.folder_name or "",
        prune_all=arguments.prune_all,
    )
    counts, problems = archive.counts(), archive.problems()
    warnings = len(summary.problems) - summary.failed
    _answer(
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
        f"{summary.read} texts read, {summary.unchanged} unchanged, {summary.removed} removed, "
        f"{summary.failed} problems, {warnings} warnings",
        f"the archive holds {counts.texts} texts with {counts.claims} claims: "
        f"{counts.undated} without a date, {counts.unplaced} without a place on the map",
    )
    if not arguments.json:
        for line in told([(str(p), p.reason, p.warning) for p in summary.problems], _list_of(arguments)):
            _LOG.error("%s", line)
    if summary.refused:
        raise WrongUse(summary.refused)
    return SOME_FAILED if summary.failed else OK


def _list_of(arguments: argparse.Namespace) -> Path:
    return problems_path(arguments.archive)


def _problems(arguments: argparse.Namespace) -> int:
    standing = _archive(arguments, create=False).problems()
    lines = [(f"{p.folder}/{p.path}: {p.reason}", p.reason, p.warning) for p in standing]
    _answer(
        arguments,
        [asdict(problem) for problem in standing],
        *told(lines, None if arguments.all else _list_of(arguments)),
        *([] if standing else ["no problems"]),
    )
    return SOME_FAILED if any(not problem.warning for problem in standing) else OK


def _export(arguments: argparse.Namespace) -> int:
    export(_archive(arguments, create=False), arguments.out, _gazetteer(arguments))
    _answer(arguments, None, f"written to {printable(str(arguments.out))}")
    return OK


def _forget(arguments: argparse.Namespace) -> int:
    archive = _archive(arguments, create=False)
    try:
        archive.forget(arguments.doc_id)
    except LookupError as error:
        raise WrongUse(error.args[0]) from error
    join_incidents(archive)
    _answer(arguments, None, f"{printable(arguments.doc_id)} forgotten")
    return OK


def _changes(arguments: argparse.Namespace) -> int:
    found = changes(Archive(arguments.old, create=False), Archive(arguments.new, create=False))
    _answer(arguments, changed_facts(found), *changed(found))
    return OK


def _backup(arguments: argparse.Namespace) -> int:
    backup(_archive(arguments, create=False), arguments.file)
    _answer(arguments, None, f"written to {printable(str(arguments.file))}")
    return OK


def _restore(arguments: argparse.Namespace) -> int:
    where = arguments.archive or default_path()
    kept = restore(arguments.file, where)
    beside = f"; what was there is {kept}" if kept else ""
    _answer(arguments, None, printable(f"{where} is as {arguments.file} was{beside}"))
    return OK


def _check_archive(arguments: argparse.Namespace) -> int:
    found = check_archive(_archive(arguments, create=False))
    _answer(
        arguments,
        {"sound": not found.faults, "faults": found.faults, "rows": found.rows},
        *(f"{count} {name}" for name, count in found.rows.items()),
        *found.faults,
        *([] if found.faults else ["no faults found"]),
    )
    return SOME_FAILED if found.faults else OK


def _find_place(arguments: argparse.Namespace) -> int:
    gazetteer = _gazetteer(arguments)
    candidates = find_places(gazetteer, arguments.name, near=arguments.near)
    if arguments.near and not find_places(gazetteer, arguments.near):
        _LOG.warning("--near: no place is called %s; it decides nothing", printable(arguments.near))
    lines = [
        f"{found.score:.2f}  {found.place.name_ar}  {found.place.name_en}  {found.place.kind}, "
        f"{found.place.admin1}  {found.place.lat:.3f},{found.place.lon:.3f}  {found.place.id}  "
        + in_words(found.reasons, gazetteer.places)
        for found in candidates
    ]
    facts = [{"score": c.score, "reason": written(c.reasons), **asdict(c.place)} for c in candidates]
    _answer(arguments, facts, *(lines or [f"no place is called {printable(arguments.name)}"]))
    return OK if candidates else SOME_FAILED


def _import_places(arguments: argparse.Namespace) -> int:
    own = places_path(arguments.archive)
    if arguments.names and arguments.format != "geonames":
        raise WrongUse("--names is for --format geonames alone")
    gazetteer = _gazetteer(arguments)
    done = import_list(arguments.file, arguments.format, gazetteer, _own_rows(own), arguments.names)
    sources.write_places(own, done.places.values())
    for problem in done.problems:
        _LOG.error("%s; the row is left out", printable(problem))
    _answer(
        arguments,
        None,
        f"{done.added} places new, {done.merged} known already and merged, "
        f"{done.passed_over} of no kind that is looked for, {len(done.problems)} that cannot be used"
        f"{len(done.places)} places in {printable(str(own))}",
    )
    return SOME_FAILED if done.problems else OK


def _own_rows(own: Path) -> list[Place]:
    return list(sources.read_places(own)) if own.exists() else []


def _geocode(arguments: argparse.Namespace) -> int:
    placed = geocode_list(
        arguments.list, arguments.out, _gazetteer(arguments), arguments.name_column, arguments.near_column
    )
    if placed.unknown:
        _LOG.warning(
            "--near-column: %d names mean no place that is known, and decide nothing: %s",
            len(placed.unknown),
            printable(", ".join(placed.unknown[:5]) + ("" if len(placed.unknown) <= 5 else ", …")),
        )
    _answer(
        arguments,
        None,
        f"{placed.found} of {placed.rows} locations placed, the others left open",
        f"written to {printable(str(arguments.out))}",
    )
    return OK


def _check_places(arguments: argparse.Namespace) -> int:
    faults = check(sources.all_rows(places_path(arguments.archive)), outlines.built_in())
    for fault in faults:
        _say(fault)
    if faults:
        return SOME_FAILED
    _answer(arguments, None, "no faults found")
    return OK


def _evaluate(arguments: argparse.Namespace) -> int:
    if arguments.export is not None:
        _say(report(evaluate(_folder(arguments.export), _folder(arguments.gold))))
        return OK
    gold = _folder(arguments.gold)
    with tempfile.TemporaryDirectory() as folder:
        export(_archive(arguments, create=False), Path(folder))
        _say(report(evaluate(Path(folder), gold)))
    return OK


def _explain(arguments: argparse.Namespace) -> int:
    if not arguments.file.is_file():
        raise WrongUse(f"{arguments.file} is no file")
    gazetteer, colour, code = _gazetteer(arguments), wants_colour(sys.stdout), OK
    for item in read_file(arguments.file):
        if isinstance(item, Problem):
            _LOG.error("%s", item)
            code = SOME_FAILED
            continue
        if arguments.published is not None:
            item = replace(item, published=arguments.published, published_basis="given")
        _say(explain(read(item, gazetteer), gazetteer.places, colour))
    return code


def _dashboard(arguments: argparse.Namespace) -> int:
    """Named here only: the dashboard stands above this package, and no other command loads it."""
    words = ["--port", str(arguments.port), "--address", arguments.address, "--host", arguments.host]
    if arguments.archive:
        words += ["--archive", arguments.archive]
    return int(import_module("dashboard.__main__").main(words))


def _gazetteer(arguments: argparse.Namespace) -> sources.Gazetteer:
    """The built-in places and those of the user's own list, which stands beside the archive."""
    return sources.load(places_path(arguments.archive))


def _archive(arguments: argparse.Namespace, create: bool = True) -> Archive:
    """The archive that was named, or else the user's own, which is then named on stderr."""
    where = arguments.archive or default_path()
    if not arguments.archive:
        _LOG.info("archive: %s", where)
    return Archive(where, create=create)


def _folder(path: Path) -> Path:
    if not path.is_dir():
        raise WrongUse(f"{path} is no folder")
    return path


# --- the words of the command line


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="conflictmap",
        description="Arabic news about the Syrian war in, a map of checkable claims out.",
        epilog="exit codes: 0 all well, 1 some texts failed (named at the end, the rest kept), 2 wrong use",
    )
    parser.add_argument("--version", action="version", version=f"%(prog)s {program_version()}")
    commands = parser.add_subparsers(title="commands", metavar="COMMAND", required=True)

    extract = _command(
        commands,
        "extract",
        "read a folder of texts into the archive",
        "Reads .txt, .md and .jsonl with an optional metadata.csv beside them. What has not changed since "
        "the last time is skipped. An archive may hold several folders; where two have a text of one name, "
        "the later one is called FOLDER/NAME.",
        "conflictmap extract news/ --prune",
    )
    extract.add_argument("folder", type=Path, metavar="FOLDER", help="the folder with the texts")
    extract.add_argument(
        "--prune", action="store_true", help="also remove texts that are no longer in the folder"
    )
    extract.add_argument(
        "--prune-all", action="store_true", help="the same, even where that is more than half of them"
    )
    extract.add_argument(
        "--folder",
        dest="folder_name",
        type=_label,
        metavar="NAME",
        help="what the folder is called in the archive (default: its name, or what it was called before)",
    )
    extract.add_argument(
        "--jobs",
        type=_jobs,
        metavar="N",
        help="how many processes read (default: one for each core, 1 where there is little to read)",
    )
    extract.add_argument(
        "--geocoder",
        choices=("none", "nominatim"),
        default="none",
        help="nominatim: ask OpenStreetMap, once a second, for names that no list holds; they leave this "
        "machine (default: none)",
    )
    _add_json(extract)
    _add_archive(extract)
    extract.set_defaults(run=_extract)

    write = _command(
        commands,
        "export",
        "write the archive as CSV files",
        "Writes documents, mentions, claims, claim_places and incidents as CSV, and a datapackage.json that "
        "describes them.",
        "conflictmap export --out export/",
    )
    write.add_argument("--out", type=Path, required=True, metavar="DIR", help="the folder to write to")
    _add_archive(write)
    write.set_defaults(run=_export)

    standing = _command(
        commands,
        "problems",
        "what could not be read, until it is mended",
        "Names what the last reading of each folder could not read, and what is to be looked at though it "
        "was read. Exit code 1 if something could not be read.",
        "conflictmap problems --json",
    )
    standing.add_argument("--all", action="store_true", help="name every one, however many")
    _add_json(standing)
    _add_archive(standing)
    standing.set_defaults(run=_problems)

    compare = _command(
        commands,
        "changes",
        "what became of the claims between two archives",
        "Lists the claims that only the one or only the other has, and those whose facts are others. A claim "
        "is the same by its id, or else by the words that say it.",
        "conflictmap changes before.sqlite after.sqlite",
    )
    compare.add_argument("old", metavar="OLD", help="an archive, such as a backup")
    compare.add_argument("new", metavar="NEW", help="the archive to compare with it")
    _add_json(compare)
    compare.set_defaults(run=_changes)

    keep = _command(
        commands,
        "archive",
        "back the archive up, restore and check it",
        "Safe while a dashboard shows the archive.",
        "conflictmap archive backup archive-2013-11-20.sqlite",
    ).add_subparsers(title="commands", metavar="COMMAND", required=True)
    save = _command(
        keep,
        "backup",
        "copy the archive as it is at one moment",
        "Copies the archive, and your list of places beside it, to a file that is not there yet.",
        "conflictmap archive backup archive-2013-11-20.sqlite",
    )
    save.add_argument("file", type=Path, metavar="FILE", help="the file to write")
    _add_archive(save)
    save.set_defaults(run=_backup)
    back = _command(
        keep,
        "restore",
        "put a backup in the archive's place",
        "What was there is kept beside it. The backup is proved first, and stays as it is.",
        "conflictmap archive restore archive-2013-11-20.sqlite",
    )
    back.add_argument("file", type=Path, metavar="FILE", help="the backup")
    _add_archive(back)
    back.set_defaults(run=_restore)
    look = _command(
        keep,
        "check",
        "look whether the archive is sound",
        "Looks through the whole file, whether rows belong to rows, and whether incidents are those of the "
        "claims; exit code 1 if there are faults.",
        "conflictmap archive check --json",
    )
    _add_json(look)
    _add_archive(look)
    look.set_defaults(run=_check_archive)

    place = _command(
        commands, "place", "look places up", "The places that are known.", "conflictmap place find قارة"
    ).add_subparsers(title="commands", metavar="COMMAND", required=True)
    find = _command(
        place,
        "find",
        "the places of a name, the likeliest first",
        "A line for each place of that name: score, names, kind and governorate, latitude and longitude, id, "
        "and why it stands there.",
        'conflictmap place find "الحميرة" --near "خان طومان"',
    )
    find.add_argument("name", metavar="NAME", help="a name, in Arabic or Latin letters")
    find.add_argument("--near", metavar="NAME", help="a place near which, or in which, it is looked for")
    _add_json(find)
    _add_archive(find)
    find.set_defaults(run=_find_place)
    take = _command(
        place,
        "import",
        "add a place list to your own",
        "Your list stands beside the archive (archive.places.csv) and is used with it from then on. A row "
        "that means a place already known, of its name and within 3 km, adds its spellings to that.",
        "conflictmap place import SY.txt --format geonames",
    )
    take.add_argument("file", type=Path, metavar="FILE", help="the list")
    take.add_argument(
        "--format",
        choices=FORMATS,
        required=True,
        help="a GeoNames country dump, OCHA's places or neighbourhoods, Who's On First, or any CSV with "
        "name_ar, lat and lon",
    )
    take.add_argument(
        "--names", type=Path, metavar="FILE", help="GeoNames' alternateNamesV2.txt, for more Arabic spellings"
    )
    _add_archive(take)
    take.set_defaults(run=_import_places)
    locate = _command(
        place,
        "geocode",
        "put the locations of a list on the map",
        "Adds place_id, place_name_ar, place_name_en, place_lat, place_lon, place_score and place_reason to "
        "every row of a CSV list, empty where a location is not sure: a wrong point is worse than none.",
        "conflictmap place geocode LIST.csv --name-column name --near-column governorate --out OUT.csv",
    )
    locate.add_argument("list", type=Path, metavar="LIST", help="a CSV file with a header")
    locate.add_argument("--name-column", required=True, metavar="COLUMN", help="the column with the location")
    locate.add_argument(
        "--near-column", metavar="COLUMN", help="the column with its governorate, district or nearest town"
    )
    locate.add_argument("--out", type=Path, required=True, metavar="FILE", help="the file to write")
    _add_archive(locate)
    locate.set_defaults(run=_geocode)
    proof = _command(
        place,
        "check",
        "prove the place lists",
        "Looks for double ids, missing parents and points outside their governorate; exit code 1 if "
        "there are any.",
        "conflictmap place check",
    )
    _add_archive(proof)
    proof.set_defaults(run=_check_places)

    score = _command(
        commands,
        "evaluate",
        "compare an export, or the archive, with answers made by hand",
        "Prints how many place names and claims are right, false and missed, and every error. Without "
        "EXPORT it is the archive that is compared.",
        "conflictmap evaluate export/ answers/",
    )
    score.add_argument(
        "export", type=Path, nargs="?", metavar="EXPORT", help="a folder that `conflictmap export` wrote"
    )
    score.add_argument(
        "gold", type=Path, metavar="GOLD", help="a folder with one JSON file of answers a text"
    )
    _add_archive(score)
    score.set_defaults(run=_evaluate)

    reasons = _command(
        commands,
        "explain",
        "show why a text is read as it is",
        "Prints the text with its place names and the words of its claims marked, then each claim: every "
        "fact, the words that gave it and the rule that read them. In colour on a terminal, unless NO_COLOR "
        "is set.",
        "conflictmap explain news/2013/khan-al-asal.txt --published 2013-07-22",
    )
    reasons.add_argument("file", type=Path, metavar="FILE", help="a .txt, .md or .jsonl file")
    reasons.add_argument(
        "--published",
        type=_date,
        metavar="DATE",
        help="the day of publication, as 2013-07-22 (default: that of the text or of metadata.csv beside it)",
    )
    _add_archive(reasons)
    reasons.set_defaults(run=_explain)

    show = _command(
        commands,
        "dashboard",
        "open the map in the browser",
        "Serves the map on this machine alone until Ctrl+C. To be read from other machines, it needs an "
        "address that these reach (--address 0.0.0.0: all that this machine has) and the name by which they "
        "call it; whoever reaches it can then read the whole archive, without a password and unencrypted.",
        "conflictmap dashboard --port 8600",
    )
    show.add_argument(
        "--port", type=_port, default=8501, metavar="N", help="the port to serve on (default: 8501)"
    )
    show.add_argument(
        "--address",
        default="127.0.0.1",
        metavar="IP",
        help="the address to serve on (default: 127.0.0.1, this machine alone)",
    )
    show.add_argument(
        "--host",
        default="",
        metavar="NAME",
        help="a further name under which the map is read, as in the browser; NAME:PORT behind a proxy",
    )
    _add_archive(show)
    show.set_defaults(run=_dashboard)

    forget = _command(
        commands,
        "forget",
        "remove one text and all that it said",
        "DOC_ID is the text's path within its folder without the ending, as in documents.csv.",
        "conflictmap forget 2013/khan-al-asal",
    )
    forget.add_argument("doc_id", metavar="DOC_ID", help="the text to remove")
    _add_archive(forget)
    forget.set_defaults(run=_forget)
    return parser


def _command(
    commands: "argparse._SubParsersAction[argparse.ArgumentParser]",
    name: str,
    brief: str,
    description: str,
    example: str,
) -> argparse.ArgumentParser:
    command = commands.add_parser(
        name,
        help=brief,
        description=description,
        epilog=f"example:\n  {example}",
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    command.add_argument("--quiet", action="store_true", help="say nothing but what went wrong")
    command.set_defaults(json=False)
    return command


def _add_json(command: argparse.ArgumentParser) -> None:
    command.add_argument("--json", action="store_true", help="answer in JSON, for programs")


def _add_archive(command: argparse.ArgumentParser) -> None:
    command.add_argument(
        "--archive",
        metavar="FILE_OR_URL",
        help="a SQLite file, or the URL of any database (default: your own archive in your data folder)",
    )


def _date(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError("write a date as 2013-11-20") from None


def _label(text: str) -> str:
    if not text.strip() or "/" in text or not text.isprintable():
        raise argparse.ArgumentTypeError("a folder's name is printable and has no slash")
    return text


def _jobs(text: str) -> int:
    number = int(text)
    if number < 1:
        raise argparse.ArgumentTypeError("at least 1 process must read")
    return number


def _port(text: str) -> int:
    number = int(text)
    if not 1 <= number <= 65535:
        raise argparse.ArgumentTypeError("a port is a number from 1 to 65535")
    return number


if __name__ == "__main__":
    sys.exit(main())
