"""Write the archive as files for other programs."""

import argparse
from pathlib import Path
from typing import Final

from extraction.cli.command import LOG, OK, Command, WrongUse, a_date, answer, archive_of, gazetteer_of
from extraction.keeping.choice import Choice
from extraction.keeping.export import Lacking, export
from extraction.keeping.formats import written
from extraction.keeping.printable import printable
from extraction.lexicon.codes import known
from gazetteer.lookup import find_places
from gazetteer.sources import Gazetteer


def _run(arguments: argparse.Namespace) -> int:
    gazetteer = gazetteer_of(arguments)
    choice = Choice(
        since=arguments.since,
        until=arguments.until,
        sides=tuple(arguments.sides),
        events=tuple(arguments.events),
        places=tuple(_place(name, gazetteer) for name in arguments.places),
        area=arguments.area,
    )
    archive, formats = archive_of(arguments, create=False), arguments.formats or ["csv"]
    try:
        export(archive, arguments.out, gazetteer, formats, choice)
    except Lacking as error:
        raise WrongUse(str(error)) from error
    answer(arguments, None, f"written to {printable(str(arguments.out))}")
    return OK


def _arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--out", type=Path, required=True, metavar="DIR", help="the folder to write to")
    parser.add_argument(
        "--format",
        dest="formats",
        action="append",
        choices=tuple(written()),
        help="in which format (default: csv); may be given several times",
    )
    parser.add_argument(
        "--since", type=a_date, metavar="DATE", help="only what may have happened from then on"
    )
    parser.add_argument("--until", type=a_date, metavar="DATE", help="only what may have happened by then")
    for name, codes, told in (
        ("side", known("bloc"), "done by it or to it"),
        ("event", known("event_type"), "of that kind"),
    ):
        parser.add_argument(
            f"--{name}",
            dest=f"{name}s",
            action="append",
            default=[],
            choices=codes,
            metavar=name.upper(),
            help=f"only what is {told}: {', '.join(codes)}; may be given several times",
        )
    parser.add_argument(
        "--place",
        dest="places",
        action="append",
        default=[],
        metavar="NAME",
        help="only what is told of that place, or of one in it: its name or id; may be given several times",
    )
    parser.add_argument(
        "--area",
        type=_area,
        metavar="W,S,E,N",
        help="only what has a place between these longitudes and latitudes, in degrees",
    )


def _area(text: str) -> tuple[float, float, float, float]:
    try:
        west, south, east, north = (float(part) for part in text.split(","))
    except ValueError:
        raise argparse.ArgumentTypeError("write an area as 36.5,35.9,37.5,36.5") from None
    if not (-180 <= west <= east <= 180 and -90 <= south <= north <= 90):
        raise argparse.ArgumentTypeError("an area is west, south, east and north, in degrees")
    return west, south, east, north


def _place(name: str, gazetteer: Gazetteer) -> str:
    """The id of the place that is meant, told where it was a name."""
    if name in gazetteer.places:
        return name
    found = find_places(gazetteer, name)
    if not found:
        raise WrongUse(f"no place is called {name}")
    place = found[0].place
    LOG.info("--place %s: %s, %s (%s)", printable(name), place.name_en, place.admin1, place.id)
    return place.id


COMMAND: Final = Command(
    "export",
    "write the archive as files for other programs",
    "\n".join(f"{name:8} {format.writes}" for name, format in written().items()),
    "conflictmap export --out export/",
    run=_run,
    arguments=_arguments,
)
