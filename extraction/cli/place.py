"""Look places up, add to them, and put lists on the map."""

import argparse
from dataclasses import asdict
from pathlib import Path
from typing import Final

from extraction.cli.command import LOG, OK, SOME_FAILED, Command, WrongUse, answer, gazetteer_of, say
from extraction.keeping.archive import places_path
from extraction.keeping.locations import geocode_list
from extraction.keeping.printable import printable
from gazetteer import outlines, sources
from gazetteer.check import check
from gazetteer.importers import FORMATS, import_list
from gazetteer.lookup import find_places
from gazetteer.place import Place
from gazetteer.reasons import in_words, written


def _find_place(arguments: argparse.Namespace) -> int:
    gazetteer = gazetteer_of(arguments)
    candidates = find_places(gazetteer, arguments.name, near=arguments.near)
    if arguments.near and not find_places(gazetteer, arguments.near):
        LOG.warning("--near: no place is called %s; it decides nothing", printable(arguments.near))
    lines = [
        f"{found.score:.2f}  {found.place.name_ar}  {found.place.name_en}  {found.place.kind}, "
        f"{found.place.admin1}  {found.place.lat:.3f},{found.place.lon:.3f}  {found.place.id}  "
        + in_words(found.reasons, gazetteer.places)
        for found in candidates
    ]
    facts = [{"score": c.score, "reason": written(c.reasons), **asdict(c.place)} for c in candidates]
    answer(arguments, facts, *(lines or [f"no place is called {printable(arguments.name)}"]))
    return OK if candidates else SOME_FAILED


def _import_places(arguments: argparse.Namespace) -> int:
    own = places_path(arguments.archive)
    if arguments.names and arguments.format != "geonames":
        raise WrongUse("--names is for --format geonames alone")
    gazetteer = gazetteer_of(arguments)
    done = import_list(arguments.file, arguments.format, gazetteer, _own_rows(own), arguments.names)
    sources.write_places(own, done.places.values())
    for problem in done.problems:
        LOG.error("%s; the row is left out", printable(problem))
    answer(
        arguments,
        None,
        f"{done.added} places new, {done.merged} known already and merged, "
        f"{done.passed_over} of no kind that is looked for, {len(done.problems)} that cannot be used",
        f"{len(done.places)} places in {printable(str(own))}",
    )
    return SOME_FAILED if done.problems else OK


def _geocode(arguments: argparse.Namespace) -> int:
    placed = geocode_list(
        arguments.list, arguments.out, gazetteer_of(arguments), arguments.name_column, arguments.near_column
    )
    if placed.unknown:
        LOG.warning(
            "--near-column: %d names mean no place that is known, and decide nothing: %s",
            len(placed.unknown),
            printable(", ".join(placed.unknown[:5]) + ("" if len(placed.unknown) <= 5 else ", …")),
        )
    answer(
        arguments,
        None,
        f"{placed.found} of {placed.rows} locations placed, the others left open",
        f"written to {printable(str(arguments.out))}",
    )
    return OK


def _check_places(arguments: argparse.Namespace) -> int:
    faults = check(sources.all_rows(places_path(arguments.archive)), outlines.built_in())
    for fault in faults:
        say(fault)
    if faults:
        return SOME_FAILED
    answer(arguments, None, "no faults found")
    return OK


def _own_rows(own: Path) -> list[Place]:
    return list(sources.read_places(own)) if own.exists() else []


def _find_place_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("name", metavar="NAME", help="a name, in Arabic or Latin letters")
    parser.add_argument("--near", metavar="NAME", help="a place near which, or in which, it is looked for")


_FIND: Final = Command(
    "find",
    "the places of a name, the likeliest first",
    "A line for each place of that name: score, names, kind and governorate, latitude and longitude, id, "
    "and why it stands there.",
    'conflictmap place find "الحميرة" --near "خان طومان"',
    run=_find_place,
    arguments=_find_place_arguments,
    json=True,
)


def _import_places_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("file", type=Path, metavar="FILE", help="the list")
    parser.add_argument(
        "--format",
        choices=FORMATS,
        required=True,
        help="a GeoNames country dump, OCHA's places or neighbourhoods, Who's On First, or any CSV with "
        "name_ar, lat and lon",
    )
    parser.add_argument(
        "--names", type=Path, metavar="FILE", help="GeoNames' alternateNamesV2.txt, for more Arabic spellings"
    )


_IMPORT: Final = Command(
    "import",
    "add a place list to your own",
    "Your list stands beside the archive (archive.places.csv) and is used with it from then on. A row "
    "that means a place already known, of its name and within 3 km, adds its spellings to that.",
    "conflictmap place import SY.txt --format geonames",
    run=_import_places,
    arguments=_import_places_arguments,
)


def _geocode_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("list", type=Path, metavar="LIST", help="a CSV file with a header")
    parser.add_argument("--name-column", required=True, metavar="COLUMN", help="the column with the location")
    parser.add_argument(
        "--near-column", metavar="COLUMN", help="the column with its governorate, district or nearest town"
    )
    parser.add_argument("--out", type=Path, required=True, metavar="FILE", help="the file to write")


_GEOCODE: Final = Command(
    "geocode",
    "put the locations of a list on the map",
    "Adds place_id, place_name_ar, place_name_en, place_lat, place_lon, place_score and place_reason to "
    "every row of a CSV list, empty where a location is not sure: a wrong point is worse than none.",
    "conflictmap place geocode LIST.csv --name-column name --near-column governorate --out OUT.csv",
    run=_geocode,
    arguments=_geocode_arguments,
)


_CHECK: Final = Command(
    "check",
    "prove the place lists",
    "Looks for double ids, missing parents and points outside their governorate; exit code 1 if "
    "there are any.",
    "conflictmap place check",
    run=_check_places,
)


COMMAND: Final = Command(
    "place",
    "look places up",
    "The places that are known.",
    "conflictmap place find قارة",
    parts=(_FIND, _IMPORT, _GEOCODE, _CHECK),
)
