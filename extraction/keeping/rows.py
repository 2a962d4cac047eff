"""Records as rows of the archive's tables, and rows as records and data frames."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, fields
from operator import attrgetter
from typing import TYPE_CHECKING, Any, Final, TypeVar

from sqlalchemy import Boolean, Column, Connection, Date, Float, Integer, Table, select

from extraction.keeping import schema
from extraction.records import Claim, ClaimPlace, Cue, Document, Incident, Mention, Reading

if TYPE_CHECKING:  # loaded where it is needed: who only writes, and every process that reads texts, does not
    import pandas as pd

#: Between the place_ids of an incident.
SEPARATOR: Final = ";"

Record = TypeVar("Record", bound=Document | Mention | Claim | ClaimPlace | Cue | Incident)


#: The order in which rows are given back, whatever the order of writing.
ORDER: Final = {
    schema.documents: ["doc_id"],
    schema.mentions: ["doc_id", "start", "end", "n"],
    schema.claims: ["doc_id", "start", "end", "claim_id"],
    schema.claim_places: ["claim_id", "n"],
    schema.cues: ["claim_id", "n"],
    schema.incidents: ["incident_id"],
}
#: Of each table the columns that its records have a value for, and those that are worked out.
_MADE_OF: Final = {
    schema.documents: (Document, ("characters", "fingerprint")),
    schema.mentions: (Mention, ("n",)),
    schema.claims: (Claim, ()),
    schema.claim_places: (ClaimPlace, ("claim_id", "n")),
    schema.cues: (Cue, ("claim_id", "n")),
    schema.incidents: (Incident, ("place_ids",)),
}
_OWN: Final = {
    table: [f.name for f in fields(kind) if f.name in table.columns and f.name not in more]
    for table, (kind, more) in _MADE_OF.items()
}
#: The columns that are written, and what takes the values of the first of them from a record.
COLUMNS: Final = {table: (*_OWN[table], *more) for table, (_, more) in _MADE_OF.items()}
VALUES: Final = {table: attrgetter(*names) for table, names in _OWN.items()}

CLAIM_ID: Final = _OWN[schema.claims].index("claim_id")

#: Columns that stay out of the frames: the archive's own, and the texts for their size.
_INTERNAL: Final = frozenset({"n", "fingerprint", "text", "path"})


@dataclass(frozen=True, slots=True)
class Rows:
    """A reading as rows of the tables, each with the values of ``COLUMNS``.

    So it is handed from the process that read the text to the one that writes: a fifth of the time that the
    records take.
    """

    document: Document
    mentions: list[tuple[Any, ...]]
    claims: list[tuple[Any, ...]]
    places: list[tuple[Any, ...]]
    cues: list[tuple[Any, ...]]


def rows(reading: Reading) -> Rows:
    """The rows that a reading comes to."""
    claims = reading.claims
    mention, place, cue = VALUES[schema.mentions], VALUES[schema.claim_places], VALUES[schema.cues]
    return Rows(
        reading.document,
        [(*mention(m), n) for n, m in enumerate(reading.mentions)],
        [VALUES[schema.claims](claim) for claim in claims],
        [(*place(p), c.claim_id, n) for c in claims for n, p in enumerate(c.places)],
        [(*cue(q), c.claim_id, n) for c in claims for n, q in enumerate(c.cues)],
    )


@dataclass(frozen=True, slots=True)
class Tables:
    """The tables as data frames, their columns named as in the exported archive.

    Dates are datetime64 (NaT unknown), counts Int64 (NA unknown), coordinates and scores float64 (NaN
    unknown), all other columns strings (empty unknown) but ``is_total``, which is bool. An incident's
    ``place_ids`` are joined by ``SEPARATOR``.
    """

    documents: "pd.DataFrame"
    mentions: "pd.DataFrame"
    claims: "pd.DataFrame"
    claim_places: "pd.DataFrame"
    cues: "pd.DataFrame"
    incidents: "pd.DataFrame"


def insert(connection: Connection, table: Table, values: Iterable[tuple[Any, ...]]) -> None:
    """Write rows, each with the values of ``COLUMNS``.

    The driver gets the values as they are: SQLAlchemy's own way takes longer over a row than the database.
    """
    if not (found := list(values)):
        return
    quote = connection.dialect.identifier_preparer.quote
    names = ", ".join(map(quote, COLUMNS[table]))
    mark = "?" if connection.dialect.paramstyle == "qmark" else "%s"
    marks = ", ".join(mark for _ in COLUMNS[table])
    connection.exec_driver_sql(f"INSERT INTO {table.name} ({names}) VALUES ({marks})", found)  # noqa: S608


def rows_of(connection: Connection, table: Table) -> Iterable[dict[str, Any]]:
    query = select(table).order_by(*(table.c[name] for name in ORDER[table]))
    return (row._asdict() for row in connection.execute(query))


def record(kind: type[Record], row: dict[str, Any], **more: Any) -> Record:
    known = {
        field.name: row[field.name] for field in fields(kind) if field.name in row and field.name not in more
    }
    return kind(**known, **more)


def by_claim(connection: Connection, kind: type[Record], table: Table) -> dict[str, list[Record]]:
    grouped: dict[str, list[Record]] = defaultdict(list)
    for row in rows_of(connection, table):
        grouped[row["claim_id"]].append(record(kind, row))
    return grouped


def frame(connection: Connection, table: Table) -> "pd.DataFrame":
    import pandas as pd

    columns = [column for column in table.columns if column.name not in _INTERNAL]
    order = [table.c[name] for name in ORDER[table]]
    rows = connection.execute(select(*columns).order_by(*order)).all()
    frame = pd.DataFrame(rows, columns=[column.name for column in columns])
    return frame.astype({column.name: _dtype(column) for column in columns})


def _dtype(column: Column[Any]) -> str:
    match column.type:
        case Date():
            return "datetime64[s]"
        case Integer():
            return "Int64"
        case Float():
            return "float64"
        case Boolean():
            return "bool"
        case _:
            return "str"
