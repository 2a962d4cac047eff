"""Arabic news about the Syrian war in, claims as data frames out: the program for scripts and notebooks.

``read`` takes a text, ``read_folder`` a folder of files, ``Archive`` what ``conflictmap extract`` has stored.
Each gives ``Frames``. A claim is a statement of its claimant and no established fact.
"""

import hashlib
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import pandas as pd

from extraction.keeping import archive as _keeping
from extraction.keeping.contents import TABLES, Contents, contents, program_version
from extraction.keeping.corpus import extract_folder, join_incidents
from extraction.keeping.points import points
from extraction.pipeline import read as _read
from extraction.records import Document
from gazetteer.sources import Gazetteer, load

if TYPE_CHECKING:
    import geopandas

__all__ = ["Archive", "Frames", "__version__", "read", "read_folder"]

__version__: Final = program_version()


@dataclass(frozen=True, slots=True, eq=False)
class Frames:
    """What texts say, a table each, with the columns of the exported archive (``docs/python.md``).

    Days are datetime64 (NaT unknown), counts Int64 (NA unknown), degrees and scores float64 (NaN unknown),
    all else text (empty unknown) but ``is_total``, which is bool. ``problems`` says what could not be read:
    path, reason, and whether it is only a ``warning``.
    """

    documents: pd.DataFrame
    mentions: pd.DataFrame
    claims: pd.DataFrame
    claim_places: pd.DataFrame
    places: pd.DataFrame
    incidents: pd.DataFrame
    problems: pd.DataFrame

    @property
    def geo(self) -> "geopandas.GeoDataFrame":
        """The claims with their places as points, a row each; without a geometry where none has a point.

        Raises ``ImportError`` where geopandas is not installed.
        """
        try:
            import geopandas
            from shapely.geometry import MultiPoint, Point
        except ImportError as error:
            told = "a GeoDataFrame needs geopandas: python3 -m pip install geopandas"
            raise ImportError(told) from error
        at = points(self.claim_places)
        found = [[(place.lon, place.lat) for place in at.get(claim, ())] for claim in self.claims["claim_id"]]
        shapes: list[Any] = [
            (MultiPoint(here) if len(here) > 1 else Point(here[0])) if here else None for here in found
        ]
        return geopandas.GeoDataFrame(self.claims.copy(), geometry=shapes, crs="EPSG:4326")


class Archive:
    """What ``conflictmap extract`` has stored: a SQLite file, or any database by its URL.

    Raises ``extraction.keeping.archive.ArchiveError``, in words, where there is none or it cannot be read.
    """

    def __init__(self, where: str | Path) -> None:
        self._held = _keeping.Archive(where, create=False)
        self._places = load(_keeping.places_path(where))

    @property
    def frames(self) -> Frames:
        """Everything that it holds at this moment."""
        return _frames(self._held, self._places)

    def text(self, doc_id: str) -> str:
        """The text into which offsets point. Raises ``LookupError`` where there is none of that name."""
        return self._held.text(doc_id)


def read(text: str, published: date | str | None = None, *, outlet: str = "", title: str = "") -> Frames:
    """What one text says. ``published`` is the day on which it came out (a date, or one written as
    2013-11-20): words such as "yesterday" are counted from it.

    Raises ``ValueError`` for a day that is none.
    """
    day = date.fromisoformat(published) if isinstance(published, str) else published
    places = load()
    document = Document(
        doc_id="text",
        text=text,
        published=day,
        published_basis="given" if day else "unknown",
        outlet=outlet,
        title=title,
        language="ar",
        sha256=hashlib.sha256(text.encode()).hexdigest(),
    )
    with tempfile.TemporaryDirectory() as folder:
        held = _keeping.Archive(Path(folder, "archive.sqlite"))
        held.put([_read(document, places)])
        join_incidents(held)
        found = _frames(held, places)
        held.close()
    return found


def read_folder(path: str | Path, *, columns: Mapping[str, str] | None = None) -> Frames:
    """What the texts of a folder say, in whichever format that is read (``docs/formats.md``).

    ``columns`` names those of tables that have no usual title, as ``{"text": "Inhalt"}``. Nothing is stored.
    Raises ``NotADirectoryError`` where there is no such folder, and
    ``extraction.keeping.corpus.EmptyFolder`` where it holds nothing to read.
    """
    places = load()
    with tempfile.TemporaryDirectory() as folder:
        held = _keeping.Archive(Path(folder, "archive.sqlite"))
        extract_folder(Path(path), held, places, progress=False, jobs=1, columns=columns or {})
        found = _frames(held, places)
        held.close()
    return found


def _frames(held: _keeping.Archive, places: Gazetteer) -> Frames:
    told: Contents = contents(held.frames(), places)
    names = {name: [column.name for column in columns] for name, (_, columns) in TABLES.items()}
    names["claim_places"] += ["kind", "radius_km"]
    tables = {name: told.frames[name][columns].reset_index(drop=True) for name, columns in names.items()}
    rows = [(problem.path, problem.reason, problem.warning) for problem in held.problems()]
    return Frames(**tables, problems=pd.DataFrame(rows, columns=["path", "reason", "warning"]))
