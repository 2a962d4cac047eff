"""The records kept in a database: a SQLite file by default, any other by its URL.

Each text owns its rows: writing it again replaces them, forgetting it removes them, in one transaction.
Incidents belong to the archive as a whole and are written as a whole.
"""

import hashlib
import itertools
import json
import sqlite3
import time
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, fields
from datetime import date
from operator import attrgetter, itemgetter
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, TypeVar

from platformdirs import user_data_path
from sqlalchemy import (
    URL,
    BigInteger,
    Boolean,
    Column,
    ColumnElement,
    Connection,
    Date,
    Float,
    ForeignKey,
    Integer,
    MetaData,
    String,
    Table,
    bindparam,
    case,
    create_engine,
    event,
    func,
    inspect,
    make_url,
    select,
)
from sqlalchemy.exc import ArgumentError, SQLAlchemyError

from extraction.records import Claim, ClaimPlace, Cue, Document, Incident, Mention, Reading, Telling

if TYPE_CHECKING:  # loaded where it is needed: who only writes, and every process that reads texts, does not
    import pandas as pd

#: Raised by one whenever a table changes.
SCHEMA: Final = 2

#: Incidents, and claims of incidents, written at a time.
_BATCH: Final = 500

#: Between the place_ids of an incident.
SEPARATOR: Final = ";"

Record = TypeVar("Record", bound=Document | Mention | Claim | ClaimPlace | Cue | Incident)


class ArchiveError(Exception):
    """An archive that cannot be opened, in words for its owner."""


def default_path() -> Path:
    """Where the user's own archive lies when none is named."""
    return user_data_path("conflictmap", appauthor=False) / "archive.sqlite"


def samples_path() -> Path:
    """Where the archive of the sample dispatches lies: they never mix with the user's texts."""
    return default_path().with_name("samples.sqlite")


def places_path(where: str | Path | None = None) -> Path:
    """Where the user's own list of places stands: beside the archive, whose name it bears.

    That of an archive in a database, which has no folder, stands beside the user's own archive.
    """
    beside = default_path() if where is None or "://" in str(where) else Path(where).absolute()
    return beside.with_suffix(".places.csv")


def absolute(where: str | Path) -> str:
    """The name of an archive in words that mean the same from whatever folder: a full path, or the URL."""
    return where if isinstance(where, str) and "://" in where else str(Path(where).absolute())


def fingerprint(document: Document, rules: str) -> str:
    """What decides whether a text is to be read again: its letters, its given facts, and the rules.

    It is the same before and after a date was read from the text itself.
    """
    given = (
        document.published.isoformat() if document.published_basis == "given" and document.published else ""
    )
    parts = [document.sha256, given, document.outlet, document.title, rules]
    return hashlib.sha256(json.dumps(parts).encode()).hexdigest()


# --- tables

_tables = MetaData()


def _owner(column: str) -> Column[str]:
    return Column(
        column.split(".")[1], String, ForeignKey(column, ondelete="CASCADE"), nullable=False, primary_key=True
    )


def _texts(*names: str) -> list[Column[str]]:
    return [Column(name, String, nullable=False) for name in names]


def _integers(*names: str) -> list[Column[int]]:
    return [Column(name, Integer) for name in names]


def _floats(*names: str) -> list[Column[float]]:
    return [Column(name, Float) for name in names]


def _dates(*names: str) -> list[Column[Any]]:
    return [Column(name, Date) for name in names]


def _position() -> Column[int]:
    """The place of a row among its owner's rows."""
    return Column("n", Integer, primary_key=True, autoincrement=False)


_meta = Table(
    "meta", _tables, Column("key", String, primary_key=True), Column("value", BigInteger, nullable=False)
)
_documents = Table(
    "documents",
    _tables,
    Column("doc_id", String, primary_key=True),
    *_dates("published", "published_first", "published_last"),
    *_texts("published_basis", "published_reason", "outlet", "title", "language"),
    *_integers("characters"),
    *_texts("sha256", "fingerprint", "text"),
)
_mentions = Table(
    "mentions",
    _tables,
    _owner("documents.doc_id"),
    _position(),
    *_integers("start", "end"),
    *_texts("surface", "place_id", "name_ar", "name_en", "kind", "admin1"),
    *_floats("lat", "lon", "radius_km", "score"),
    *_texts("method", "reason"),
)
_claims = Table(
    "claims",
    _tables,
    Column("claim_id", String, primary_key=True),
    Column("doc_id", String, ForeignKey("documents.doc_id", ondelete="CASCADE"), nullable=False, index=True),
    *_integers("start", "end"),
    *_texts("evidence", "outlet"),
    *_dates("published"),
    *_texts("event_type", "stance", "actor", "actor_bloc", "target", "target_bloc", "claimant", "relayed_by"),
    *_dates("date_start", "date_end"),
    *_texts("date_basis"),
    *_integers("killed_min", "killed_max", "wounded_min", "wounded_max"),
    *_texts("victims"),
    *_integers("strikes_min", "strikes_max"),
    *_texts("weapon"),
    Column("is_total", Boolean, nullable=False),
    *_texts("incident_id"),
    *_floats("confidence"),
)
_claim_places = Table(
    "claim_places",
    _tables,
    _owner("claims.claim_id"),
    _position(),
    *_texts("place_id"),
    *_floats("lat", "lon"),
    *_integers("start", "end"),
)
_cues = Table(
    "cues",
    _tables,
    _owner("claims.claim_id"),
    _position(),
    *_texts("role"),
    *_integers("start", "end"),
    *_texts("rule"),
)
_incidents = Table(
    "incidents",
    _tables,
    Column("incident_id", String, primary_key=True),
    *_texts("event_type"),
    *_dates("date_start", "date_end"),
    *_texts("place_ids", "status"),
    *_integers("killed_min", "killed_max", "wounded_min", "wounded_max", "claims", "claimants"),
)

#: The order in which rows are given back, whatever the order of writing.
_ORDER: Final = {
    _documents: ["doc_id"],
    _mentions: ["doc_id", "start", "end", "n"],
    _claims: ["doc_id", "start", "end", "claim_id"],
    _claim_places: ["claim_id", "n"],
    _cues: ["claim_id", "n"],
    _incidents: ["incident_id"],
}
#: Of each table the columns that its records have a value for, and those that are worked out.
_MADE_OF: Final = {
    _documents: (Document, ("characters", "fingerprint")),
    _mentions: (Mention, ("n",)),
    _claims: (Claim, ()),
    _claim_places: (ClaimPlace, ("claim_id", "n")),
    _cues: (Cue, ("claim_id", "n")),
    _incidents: (Incident, ("place_ids",)),
}
_OWN: Final = {
    table: [f.name for f in fields(kind) if f.name in table.columns and f.name not in more]
    for table, (kind, more) in _MADE_OF.items()
}
#: The columns that are written, and what takes the values of the first of them from a record.
_COLUMNS: Final = {table: (*_OWN[table], *more) for table, (_, more) in _MADE_OF.items()}
_VALUES: Final = {table: attrgetter(*names) for table, names in _OWN.items()}

#: Columns that stay out of the frames: the archive's own, and the texts for their size.
_INTERNAL: Final = frozenset({"n", "fingerprint", "text"})


@dataclass(frozen=True, slots=True)
class Rows:
    """A reading as rows of the tables, each with the values of ``_COLUMNS``.

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
    mention, place, cue = _VALUES[_mentions], _VALUES[_claim_places], _VALUES[_cues]
    return Rows(
        reading.document,
        [(*mention(m), n) for n, m in enumerate(reading.mentions)],
        [_VALUES[_claims](claim) for claim in claims],
        [(*place(p), c.claim_id, n) for c in claims for n, p in enumerate(c.places)],
        [(*cue(q), c.claim_id, n) for c in claims for n, q in enumerate(c.cues)],
    )


@dataclass(frozen=True, slots=True)
class Frames:
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


@dataclass(frozen=True, slots=True)
class Counts:
    """How many texts and claims there are, and how many of these have no date, or no place on the map."""

    texts: int
    claims: int
    undated: int
    unplaced: int


class Archive:
    """The archive in a SQLite file, or behind a database URL (whatever contains ``://``).

    A file that does not exist is made, with its folder, unless ``create`` is false.

    Raises ``ArchiveError`` for what is no archive, or one of another version, or cannot be reached.
    """

    def __init__(self, where: str | Path, *, create: bool = True) -> None:
        url = _url(where)
        #: How to call the archive in a message: its file, or its URL without the password.
        self.name: Final = url.database if _is_file(url) else url.render_as_string(hide_password=True)
        try:
            if _is_file(url):
                self._prepare_file(Path(str(url.database)), create)
            self._engine: Final = create_engine(url)
            if url.get_backend_name() == "sqlite":
                event.listen(self._engine, "connect", _set_up_sqlite)
                event.listen(self._engine, "begin", _begin_sqlite)
            with self._engine.begin() as connection:
                self._check_schema(connection)
        except (SQLAlchemyError, sqlite3.Error) as error:
            reason = getattr(error, "orig", None) or error
            raise ArchiveError(
                f"{self.name} cannot be used as an archive ({reason}); name another one"
            ) from error
        except OSError as error:
            raise ArchiveError(f"{self.name} cannot be opened: {error.strerror}") from error
        except ImportError as error:
            raise ArchiveError(
                f"{self.name} needs a database driver that is not installed: {error}"
            ) from error

    def _prepare_file(self, path: Path, create: bool) -> None:
        if create:
            path.parent.mkdir(parents=True, exist_ok=True)
        elif not path.exists():
            raise ArchiveError(f"there is no archive {path}; `conflictmap extract FOLDER` makes one")

    def _check_schema(self, connection: Connection) -> None:
        names = inspect(connection).get_table_names()
        if not names:
            _tables.create_all(connection)
            # Counting from the present moment, a new archive in an old one's place repeats no version.
            now = int(time.time())
            rows = [("schema", SCHEMA), ("version", now), ("joined", now)]
            connection.execute(_meta.insert(), [{"key": key, "value": value} for key, value in rows])
        elif "meta" not in names:
            raise ArchiveError(f"{self.name} is the database of another program; name another file")
        elif (schema := _get(connection, "schema")) != SCHEMA:
            raise ArchiveError(
                f"{self.name} was written by another version of conflictmap (schema {schema}, this one "
                f"has {SCHEMA}); extract the texts again into a new file"
            )

    def close(self) -> None:
        """Let go of the database; the archive can be used again all the same."""
        self._engine.dispose()

    # --- writing

    @contextmanager
    def _writing(self) -> Iterator[Connection]:
        """One transaction, which raises the version; it begins with a write, so that writers queue up."""
        with self._engine.begin() as connection:
            connection.execute(_meta.update().where(_meta.c.key == "version").values(value=_meta.c.value + 1))
            yield connection

    def put(self, readings: Iterable[Reading | Rows], rules: str = "") -> None:
        """Write what some texts say, in place of what was known of them, all or nothing.

        ``rules`` is the version of the rules that read them, see ``fingerprint``.
        """
        told = [reading if isinstance(reading, Rows) else rows(reading) for reading in readings]
        if not told:
            return
        with self._writing() as connection:
            _delete(connection, [text.document.doc_id for text in told])
            _insert(
                connection,
                _documents,
                (
                    (*_VALUES[_documents](r.document), len(r.document.text), fingerprint(r.document, rules))
                    for r in told
                ),
            )
            _insert(connection, _mentions, itertools.chain.from_iterable(text.mentions for text in told))
            _insert(connection, _claims, itertools.chain.from_iterable(text.claims for text in told))
            _insert(connection, _claim_places, itertools.chain.from_iterable(text.places for text in told))
            _insert(connection, _cues, itertools.chain.from_iterable(text.cues for text in told))

    def forget(self, *doc_ids: str) -> None:
        """Remove texts and all that they said. Raises ``LookupError`` for one that is not there."""
        if unknown := set(doc_ids) - self.doc_hashes().keys():
            raise LookupError(f"{self.name} holds no text called {min(unknown)}")
        if doc_ids:
            with self._writing() as connection:
                _delete(connection, doc_ids)

    def replace_incidents(self, found: Iterable[tuple[Incident, Iterable[str]]]) -> None:
        """Write the incidents anew, and by their claim_ids which claims belong to each."""
        belongs = (
            _claims.update()
            .where(_claims.c.claim_id == bindparam("claim"))
            .values(incident_id=bindparam("incident"))
        )
        batches = iter(found)
        with self._writing() as connection:
            connection.execute(_incidents.delete())
            while batch := list(itertools.islice(batches, _BATCH)):
                values = _VALUES[_incidents]
                joined = ((*values(incident), SEPARATOR.join(incident.place_ids)) for incident, _ in batch)
                _insert(connection, _incidents, joined)
                members = (
                    {"claim": claim_id, "incident": incident.incident_id}
                    for incident, claim_ids in batch
                    for claim_id in claim_ids
                )
                while some := list(itertools.islice(members, _BATCH)):
                    connection.execute(belongs, some)
            connection.execute(
                _meta.update().where(_meta.c.key == "joined").values(value=_get(connection, "version"))
            )

    # --- reading

    @property
    def version(self) -> int:
        """A number that rises at every write, and only then."""
        with self._engine.begin() as connection:
            return _get(connection, "version")

    @property
    def incidents_are_current(self) -> bool:
        """Whether no text was written or forgotten since the incidents were."""
        with self._engine.begin() as connection:
            return _get(connection, "joined") == _get(connection, "version")

    def doc_hashes(self) -> dict[str, str]:
        """The fingerprint of each text in the archive."""
        with self._engine.begin() as connection:
            rows = connection.execute(select(_documents.c.doc_id, _documents.c.fingerprint))
            return {row.doc_id: row.fingerprint for row in rows}

    def text(self, doc_id: str) -> str:
        """The text of one document. Raises ``LookupError`` where there is none of that name."""
        with self._engine.begin() as connection:
            found = connection.scalar(select(_documents.c.text).where(_documents.c.doc_id == doc_id))
        if found is None:
            raise LookupError(f"{self.name} holds no text called {doc_id}")
        return str(found)

    def counts(self) -> Counts:
        """How much there is of what."""
        undated = _claims.c.date_start.is_(None)
        placed = select(_claim_places.c.claim_id).where(_claim_places.c.lat.is_not(None))
        unplaced = _claims.c.claim_id.not_in(placed)
        with self._engine.begin() as connection:

            def count(table: Table, *conditions: ColumnElement[bool]) -> int:
                return int(connection.scalar(select(func.count()).select_from(table).where(*conditions)) or 0)

            return Counts(
                count(_documents), count(_claims), count(_claims, undated), count(_claims, unplaced)
            )

    def documents(self) -> tuple[Document, ...]:
        """Every document, by doc_id."""
        return self._records(Document, _documents)

    def mentions(self) -> tuple[Mention, ...]:
        """Every mention, in the order of the texts."""
        return self._records(Mention, _mentions)

    def claims(self) -> tuple[Claim, ...]:
        """Every claim with its places and cues, in the order of the texts."""
        with self._engine.begin() as connection:
            places = _by_claim(connection, ClaimPlace, _claim_places)
            cues = _by_claim(connection, Cue, _cues)
            return tuple(
                _record(Claim, row, places=tuple(places[row["claim_id"]]), cues=tuple(cues[row["claim_id"]]))
                for row in _rows(connection, _claims)
            )

    def tellings(self) -> Iterator[Telling]:
        """What is needed of every claim to join them, in the order for that (``incident.order``), a few at a
        time however many there are."""
        claim, place = _claims.c, _claim_places.c
        text = case((claim.date_start.is_(None), claim.doc_id), else_="")
        names = [f.name for f in fields(Telling) if f.name != "place_ids"]
        query = (
            select(*(claim[name] for name in names), place.place_id)
            .outerjoin_from(_claims, _claim_places)
            .order_by(claim.date_start.nulls_first(), claim.date_end.nulls_first(), text, claim.claim_id)
        )
        with self._engine.begin() as connection:
            rows = connection.execution_options(yield_per=1000).execute(query)
            for _, group in itertools.groupby(rows, key=itemgetter(0)):  # by claim_id
                facts: list[tuple[Any, ...]] = [tuple(row) for row in group]
                told: dict[str, Any] = dict(zip(names, facts[0], strict=False))
                yield Telling(**told, place_ids=frozenset(row[-1] for row in facts if row[-1]))

    def incidents(self) -> tuple[Incident, ...]:
        """Every incident, by incident_id."""
        with self._engine.begin() as connection:
            return tuple(
                _record(Incident, row, place_ids=tuple(filter(None, row["place_ids"].split(SEPARATOR))))
                for row in _rows(connection, _incidents)
            )

    def frames(self) -> Frames:
        """All tables as data frames, of one and the same moment."""
        with self._engine.begin() as connection:
            return Frames(**{table.name: _frame(connection, table) for table in _ORDER})

    def _records(self, kind: type[Record], table: Table) -> tuple[Record, ...]:
        with self._engine.begin() as connection:
            return tuple(_record(kind, row) for row in _rows(connection, table))


# --- the database


def _url(where: str | Path) -> URL:
    where = absolute(where)
    if "://" not in where:
        return URL.create("sqlite", database=where)
    try:
        return make_url(where)
    except ArgumentError:
        raise ArchiveError("this is no database URL; one is postgresql://user@host/name") from None


def _is_file(url: URL) -> bool:
    return url.get_backend_name() == "sqlite" and url.database not in (None, "", ":memory:")


def _set_up_sqlite(connection: sqlite3.Connection, _: object) -> None:
    # The driver's own guesses at where a transaction begins are switched off: _begin_sqlite says it.
    connection.isolation_level = None
    for pragma in ("busy_timeout = 30000", "journal_mode = WAL", "synchronous = NORMAL", "foreign_keys = ON"):
        connection.execute(f"PRAGMA {pragma}")


# A date is kept as SQLAlchemy reads it.
sqlite3.register_adapter(date, date.isoformat)


def _begin_sqlite(connection: Connection) -> None:
    connection.exec_driver_sql("BEGIN")


def _get(connection: Connection, key: str) -> int:
    return int(connection.execute(select(_meta.c.value).where(_meta.c.key == key)).scalar_one())


def _delete(connection: Connection, doc_ids: Sequence[str]) -> None:
    """Remove texts; what hangs on them goes with them by the foreign keys."""
    connection.execute(
        _documents.delete().where(_documents.c.doc_id == bindparam("gone")),
        [{"gone": doc_id} for doc_id in doc_ids],
    )


def _insert(connection: Connection, table: Table, values: Iterable[tuple[Any, ...]]) -> None:
    """Write rows, each with the values of ``_COLUMNS``.

    The driver gets the values as they are: SQLAlchemy's own way takes longer over a row than the database.
    """
    if not (found := list(values)):
        return
    quote = connection.dialect.identifier_preparer.quote
    names = ", ".join(map(quote, _COLUMNS[table]))
    mark = "?" if connection.dialect.paramstyle == "qmark" else "%s"
    marks = ", ".join(mark for _ in _COLUMNS[table])
    connection.exec_driver_sql(f"INSERT INTO {table.name} ({names}) VALUES ({marks})", found)  # noqa: S608


def _rows(connection: Connection, table: Table) -> Iterable[dict[str, Any]]:
    query = select(table).order_by(*(table.c[name] for name in _ORDER[table]))
    return (row._asdict() for row in connection.execute(query))


# --- rows and records


def _record(kind: type[Record], row: dict[str, Any], **more: Any) -> Record:
    known = {
        field.name: row[field.name] for field in fields(kind) if field.name in row and field.name not in more
    }
    return kind(**known, **more)


def _by_claim(connection: Connection, kind: type[Record], table: Table) -> dict[str, list[Record]]:
    grouped: dict[str, list[Record]] = defaultdict(list)
    for row in _rows(connection, table):
        grouped[row["claim_id"]].append(_record(kind, row))
    return grouped


def _frame(connection: Connection, table: Table) -> "pd.DataFrame":
    import pandas as pd

    columns = [column for column in table.columns if column.name not in _INTERNAL]
    order = [table.c[name] for name in _ORDER[table]]
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
