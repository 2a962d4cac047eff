"""The records kept in a database: a SQLite file by default, any other by its URL.

Each text owns its rows: writing it again replaces them, forgetting it removes them, in one transaction.
Incidents belong to the archive as a whole and are written as a whole.
"""

import hashlib
import itertools
import json
import os
import secrets
import sqlite3
import time
import urllib.parse
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from dataclasses import asdict, dataclass, fields
from datetime import date
from operator import itemgetter
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from platformdirs import user_data_path
from sqlalchemy import (
    URL,
    ColumnElement,
    Connection,
    Engine,
    Row,
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
from sqlalchemy.exc import ArgumentError, DatabaseError, InterfaceError, OperationalError, SQLAlchemyError

from extraction.keeping import editing
from extraction.keeping.corrections import Correction, check
from extraction.keeping.rows import (
    CLAIM_ID,
    ORDER,
    SEPARATOR,
    VALUES,
    Record,
    Rows,
    Tables,
    by_claim,
    frame,
    insert,
    record,
    rows,
    rows_of,
)
from extraction.keeping.schema import OLDEST, SCHEMA, revision_of, tables
from extraction.keeping.schema import claim_places as _claim_places
from extraction.keeping.schema import claims as _claims
from extraction.keeping.schema import cues as _cues
from extraction.keeping.schema import documents as _documents
from extraction.keeping.schema import folders as _folders
from extraction.keeping.schema import incidents as _incidents
from extraction.keeping.schema import mentions as _mentions
from extraction.keeping.schema import meta as _meta
from extraction.keeping.schema import problems as _problems
from extraction.keeping.schema import retired as _retired
from extraction.keeping.schema import revision as _revision
from extraction.keeping.succession import Trace, successor
from extraction.records import Claim, ClaimPlace, Cue, Document, Incident, Mention, Reading, Telling

if TYPE_CHECKING:  # loaded where it is needed: who only writes, and every process that reads texts, does not
    pass

#: Incidents, and claims of incidents, written at a time.
_BATCH: Final = 500


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
    return beside(where, ".places.csv")


def problems_path(where: str | Path | None = None) -> Path:
    """Where all problems of a reading are named when they are too many to be told, likewise."""
    return beside(where, ".problems.txt")


def beside(where: str | Path | None, ending: str) -> Path:
    """The file that stands beside an archive and bears its name."""
    named = str(default_path()) if where is None else absolute(where)
    return (default_path() if "://" in named else Path(named)).with_suffix(ending)


def absolute(where: str | Path) -> str:
    """The name of an archive in words that mean the same from whatever folder: a full path, or the URL.

    The URL of a SQLite file is that file's path. Raises ``ArchiveError`` for one that names no file.
    """
    if not isinstance(where, str) or "://" not in where:
        return str(Path(where).absolute())
    try:
        url = make_url(where)
    except ArgumentError:
        raise ArchiveError("this is no database URL; one is postgresql://user@host/name") from None
    if url.get_backend_name() != "sqlite":
        return where
    if url.database in (None, "", ":memory:") or url.query:
        raise ArchiveError(
            f"{url.render_as_string()} names no file, and what is only in memory is lost at the end; "
            "write the name of the file, or sqlite:///folder/archive.sqlite"
        )
    return str(Path(str(url.database)).absolute())


def fingerprint(document: Document, rules: str) -> str:
    """What decides whether a text is to be read again: its letters, its given facts, and the rules.

    It is the same before and after a date was read from the text itself.
    """
    given = (
        document.published.isoformat() if document.published_basis == "given" and document.published else ""
    )
    parts = [document.sha256, given, document.outlet, document.title, rules]
    if document.url or document.archived_url:
        parts += [document.url, document.archived_url]
    return hashlib.sha256(json.dumps(parts).encode()).hexdigest()


_OF_THE_DATABASE: Final = (DatabaseError, InterfaceError, ArgumentError)

#: For so long a writer waits for another one, in seconds.
_PATIENCE: Final = 30


@dataclass(frozen=True, slots=True)
class Counts:
    """How many texts and claims there are, and how many of these have no date, or no place on the map."""

    texts: int
    claims: int
    undated: int
    unplaced: int


@dataclass(frozen=True, slots=True)
class Held:
    """A text of a folder as the archive has it: its name there, and what decides whether it is read again."""

    doc_id: str
    fingerprint: str
    sha256: str


@dataclass(frozen=True, slots=True)
class Standing:
    """A problem that is not mended. ``path`` is within the folder of that label; ``warning`` where the text
    was read all the same."""

    folder: str
    path: str
    reason: str
    warning: bool


class NameTaken(Exception):
    """Another folder's text got the name of this one while this one was read."""


class Archive:
    """The archive in a SQLite file, or behind a database URL (whatever contains ``://``).

    A file that does not exist is made, with its folder, unless ``create`` is false. One of an older schema is
    brought up to the present one by itself, after a copy was put beside it. Where two programs do either at
    once, one waits for the other. A file in a place where nothing can be written is read all the same.

    When the file is replaced by another one, the next use is that of the other.

    Raises ``ArchiveError``, as every method does, for what is no archive, is damaged, was written by a newer
    version, or cannot be reached or written: a sentence that says what to do.
    """

    def __init__(self, where: str | Path, *, create: bool = True) -> None:
        url = _url(where)
        #: The file of the archive; None behind a URL.
        self.file: Final = Path(str(url.database)) if url.get_backend_name() == "sqlite" else None
        #: How to call the archive in a message: its file, or its URL without the password.
        self.name: Final = str(self.file) if self.file else url.render_as_string(hide_password=True)
        self._create: Final = create
        self._seen: tuple[int, ...] = ()
        self._engine: Engine
        with in_words(self.name):
            if self.file is None:
                self._engine = create_engine(url)
            else:
                if create:
                    self.file.parent.mkdir(parents=True, exist_ok=True)
                self._engine = create_engine(url, creator=self._connect)
                event.listen(self._engine, "begin", _begin_sqlite)
            self._open()

    def _connect(self) -> sqlite3.Connection:
        """A connection to the file: one that only reads where nothing can be written."""
        file = self.file
        assert file is not None  # noqa: S101 only called for one
        here = urllib.parse.quote(str(file))
        writable = not file.exists() or (os.access(file, os.W_OK) and os.access(file.parent, os.W_OK))
        if writable:
            mode = "rwc" if self._create else "rw"
        else:
            # Without the files of a writer beside it, and with no way to make them, it is read as it lies.
            mode = "ro" if _wal(file).exists() else "ro&immutable=1"
        connection = sqlite3.connect(
            f"file:{here}?mode={mode}", uri=True, timeout=_PATIENCE, check_same_thread=False
        )
        # The driver's own guesses at where a transaction begins are switched off: _begin_sqlite says it.
        connection.isolation_level = None
        try:
            if writable:
                _write_ahead(connection)
            connection.execute("PRAGMA synchronous = NORMAL")
            connection.execute("PRAGMA foreign_keys = ON")
        except sqlite3.Error:
            connection.close()
            raise
        return connection

    def _open(self) -> None:
        """See what stands in the database; make the tables or bring them up where that is to be done."""
        self._seen = self._look()
        with self._engine.begin() as connection:
            schema = self._schema(connection)
        if schema == SCHEMA:
            return
        with self._engine.execution_options(immediate=True).begin() as connection:
            schema = self._schema(connection)  # another program may have been faster
            if schema is None:
                _make(connection)
            elif schema != SCHEMA:
                self._bring_up(connection, schema)
        self._seen = self._look()

    def _schema(self, connection: Connection) -> int | None:
        """The schema of the archive, None where there is nothing yet."""
        names = inspect(connection).get_table_names()
        if not names:
            if self._create:
                return None
            raise ArchiveError(f"{self.name} is empty and no archive; `conflictmap extract FOLDER` makes one")
        if "meta" not in names:
            raise ArchiveError(f"{self.name} is the database of another program; name another file")
        schema = _get(connection, "schema")
        if schema > SCHEMA:
            raise ArchiveError(
                f"{self.name} was written by a newer version of conflictmap (schema {schema}, this one knows "
                f"{SCHEMA}); use that version"
            )
        if schema < OLDEST:
            raise ArchiveError(
                f"{self.name} is of schema {schema}, from before {OLDEST}, which nothing leads on from; "
                "extract the texts again into a new file"
            )
        return schema

    def _bring_up(self, connection: Connection, schema: int) -> None:
        """Take an older archive to the present schema, within the transaction of ``connection``."""
        from extraction.keeping.migration import bring_up

        if self.file is not None:
            if not os.access(self.file, os.W_OK) or not os.access(self.file.parent, os.W_OK):
                raise ArchiveError(
                    f"{self.name} was written by an older version of conflictmap and cannot be written to "
                    "here; copy it to a folder of your own and open it there"
                )
            # The same archive at the same moment has the same copy, however often this was interrupted.
            number = _get(connection, "version")
            copy = self.file.with_name(f"{self.file.stem}.schema{schema}-{number}{self.file.suffix}")
            self.copy(copy)
        bring_up(connection, schema)

    def _look(self) -> tuple[int, ...]:
        """What tells the file from another one in its place."""
        if self.file is None:
            return ()
        if not self._create and not self.file.exists():
            raise ArchiveError(f"there is no archive {self.file}; `conflictmap extract FOLDER` makes one")
        if not self.file.exists():
            return ()
        facts = self.file.stat()
        if os.access(self.file, os.W_OK):
            return (facts.st_dev, facts.st_ino)
        return (facts.st_dev, facts.st_ino, facts.st_mtime_ns, _wal(self.file).exists())

    @contextmanager
    def _transaction(self, immediate: bool = False) -> Iterator[Connection]:
        """One transaction, in the file that stands there now; what goes wrong with the database in words.

        ``immediate`` for one that reads what it then changes: no other may write in between.
        """
        with in_words(self.name):
            if self._seen != (seen := self._look()):
                self._engine.dispose()
                if seen and self._seen[:2] != seen[:2]:
                    self._open()
                self._seen = self._look()
            with self._engine.execution_options(immediate=immediate).begin() as connection:
                yield connection

    def copy(self, target: Path) -> None:
        """Copy the archive's file as it is at one moment, also while others write: whole, or not at all."""
        unfinished = target.with_name(target.name + ".unfinished")
        try:
            with in_words(str(target)):
                unfinished.unlink(missing_ok=True)
                with closing(self._connect()) as here, closing(sqlite3.connect(unfinished)) as there:
                    here.backup(there)
                    there.execute("PRAGMA journal_mode = DELETE")  # one file, with nothing beside it
                os.replace(unfinished, target)
        finally:
            unfinished.unlink(missing_ok=True)

    def close(self) -> None:
        """Let go of the database; the archive can be used again all the same."""
        self._engine.dispose()

    # --- writing

    @contextmanager
    def _writing(self) -> Iterator[Connection]:
        """One transaction, which raises the version; it begins with a write, so that writers queue up."""
        with self._transaction() as connection:
            _raise_version(connection)
            yield connection

    def put(
        self, readings: Iterable[Reading | Rows], rules: str = "", problems: Iterable[Standing] = ()
    ) -> None:
        """Write what some texts say, in place of what was known of them, and problems, all or nothing.

        ``rules`` is the version of the rules that read them, see ``fingerprint``. Claims that are gone
        thereby are kept as retired, see ``trace``. Raises ``NameTaken``.
        """
        told = [reading if isinstance(reading, Rows) else rows(reading) for reading in readings]
        if not told:
            self.note(problems)
            return
        texts = {text.document.doc_id: text.document for text in told}
        with self._writing() as connection:
            known = _known(connection, texts)
            gone = _claims_of(connection, known) if known else []
            _delete(connection, known)
            insert(
                connection,
                _documents,
                (
                    (*VALUES[_documents](r.document), len(r.document.text), fingerprint(r.document, rules))
                    for r in told
                ),
            )
            insert(connection, _mentions, itertools.chain.from_iterable(text.mentions for text in told))
            insert(connection, _claims, itertools.chain.from_iterable(text.claims for text in told))
            insert(connection, _claim_places, itertools.chain.from_iterable(text.places for text in told))
            insert(connection, _cues, itertools.chain.from_iterable(text.cues for text in told))
            _retire(connection, gone, [claim[CLAIM_ID] for text in told for claim in text.claims])
            letters = {doc_id: document.sha256 for doc_id, document in texts.items()}
            editing.replay(connection, editing.concerned(connection, letters))
            _note(connection, problems)

    def correct(self, *made: Correction, brought: bool = False) -> list[Correction]:
        """Put corrections on record and apply them, all or nothing; which of them are new.

        ``brought`` for those of another archive: one that says otherwise than another editor here waits to be
        decided, and is no error.

        Raises:
            CorrectionError: for one that nobody could mean.
            editing.Changed: where a claim is no longer what its ``was`` says.
        """
        for correction in made:
            check(correction)
        with self._writing() as connection:
            if not brought:
                for correction in made:
                    editing.unchanged(connection, correction)
            new = editing.put_on_record(connection, made)
            editing.replay(connection, editing.texts_of(connection, new))
            return new

    def corrections(self) -> list[editing.Recorded]:
        """All that editors did, in the order in which it was put on record."""
        with self._transaction() as connection:
            return editing.recorded(connection)

    def forget(self, *doc_ids: str) -> None:
        """Remove texts and all that they said. Raises ``LookupError`` for one that is not there.

        Of a text that stands in the archive under another name too, the claims are found again there.
        """
        if not doc_ids:
            return
        with self._transaction(immediate=True) as connection:
            gone = {row.doc_id: row for some in _batched(doc_ids) for row in _texts_of(connection, some)}
            if unknown := set(doc_ids) - gone.keys():
                raise LookupError(f"{self.name} holds no text called {min(unknown)}")
            _raise_version(connection)
            claims = [row for some in _batched(doc_ids) for row in _claims_of(connection, some)]
            _delete(connection, doc_ids)
            for some in _batched(doc_ids):
                connection.execute(_retired.delete().where(_retired.c.doc_id.in_(some)))
            for row in gone.values():
                at = (_problems.c.folder == row.folder, _problems.c.path == (row.path or row.doc_id))
                connection.execute(_problems.delete().where(*at))
            left: set[str] = set()
            for some in _batched([row.sha256 for row in gone.values()]):
                same = select(_documents.c.sha256).where(_documents.c.sha256.in_(some))
                left.update(connection.scalars(same))
            _retire(connection, [claim for claim in claims if claim["sha256"] in left], [])

    # --- folders and problems

    def folder_at(self, folder: Path) -> str:
        """The label of the folder at a path, "" where none was read from there."""
        with self._transaction() as connection:
            query = select(_folders.c.label).where(_folders.c.place == _place(connection, folder))
            return connection.scalar(query) or ""

    def enter_folder(self, folder: Path, label: str, was: str | None = None) -> None:
        """Keep in mind that the folder at a path is the one of that label, and none that it was before.

        ``was`` is the label under which its texts are held so far ("" for those of an archive from before
        there were labels).
        """
        with self._transaction(immediate=True) as connection:
            place = _place(connection, folder)
            _ = connection.execute(
                _folders.delete().where((_folders.c.label == label) | (_folders.c.place == place))
            )
            connection.execute(_folders.insert().values(label=label, place=place))
            if was is not None and was != label:
                _raise_version(connection, joined=True)
                for table in (_documents, _problems):
                    connection.execute(table.update().where(table.c.folder == was).values(folder=label))

    def labels(self) -> set[str]:
        """The labels of all folders, also of those whose texts are all gone."""
        with self._transaction() as connection:
            held = connection.scalars(select(_documents.c.folder).distinct())
            return {*held, *connection.scalars(select(_folders.c.label))}

    def holdings(self) -> dict[str, dict[str, Held]]:
        """By label the texts of each folder, by their paths within it."""
        held: dict[str, dict[str, Held]] = defaultdict(dict)
        c = _documents.c
        with self._transaction() as connection:
            for row in connection.execute(select(c.folder, c.path, c.doc_id, c.fingerprint, c.sha256)):
                held[row.folder][row.path or row.doc_id] = Held(row.doc_id, row.fingerprint, row.sha256)
        return held

    def note(self, problems: Iterable[Standing]) -> None:
        """Keep problems until they are settled."""
        if problems := list(problems):
            with self._transaction(immediate=True) as connection:
                _note(connection, problems)

    def settle(self, folder: str, left: Iterable[Standing]) -> None:
        """Let go of the problems of a folder but for those that are ``left``."""
        stand = {problem_id(problem) for problem in left}
        c = _problems.c
        with self._transaction() as connection:
            mended = set(connection.scalars(select(c.problem_id).where(c.folder == folder))) - stand
        if mended:
            with self._transaction(immediate=True) as connection:
                for some in _batched(sorted(mended)):
                    connection.execute(_problems.delete().where(c.problem_id.in_(some)))

    def problems(self) -> tuple[Standing, ...]:
        """What is to be mended, by folder and path."""
        c = _problems.c
        query = select(c.folder, c.path, c.reason, c.warning).order_by(c.folder, c.path, c.reason)
        with self._transaction() as connection:
            return tuple(Standing(*row) for row in connection.execute(query))

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
                values = VALUES[_incidents]
                joined = ((*values(incident), SEPARATOR.join(incident.place_ids)) for incident, _ in batch)
                insert(connection, _incidents, joined)
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

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """One transaction for queries that are nobody else's."""
        with self._transaction() as connection:
            yield connection

    def trace(self, claim_id: str) -> str | None:
        """What became of a claim: its own id while it is there; the id of the claim that a later reading of
        the same words gives in its place; "" where a later reading gives none; None where there never was
        one.
        """
        c, d, r = _claims.c, _documents.c, _retired.c
        names = [field.name for field in fields(Trace)]
        with self._transaction() as connection:
            if connection.scalar(select(c.claim_id).where(c.claim_id == claim_id)):
                return claim_id
            gone = connection.execute(select(_retired).where(r.claim_id == claim_id)).one_or_none()
            if gone is None:
                return None
            columns = [d.sha256 if name == "sha256" else c[name] for name in names]
            there = select(*columns).join_from(_claims, _documents)
            for text in (d.sha256 == gone.sha256, d.doc_id == gone.doc_id):
                candidates = [Trace(*row) for row in connection.execute(there.where(text))]
                if found := successor(Trace(*(getattr(gone, name) for name in names)), candidates):
                    return found
            return ""

    @property
    def version(self) -> int:
        """A number that rises at every write, and only then."""
        with self._transaction() as connection:
            return _get(connection, "version")

    @property
    def moment(self) -> str:
        """A name for what the archive holds: another one after every write, and for a file in its place."""
        return f"{self.version}-{'-'.join(map(str, self._seen[1:3]))}"

    @property
    def incidents_are_current(self) -> bool:
        """Whether no text was written or forgotten since the incidents were."""
        with self._transaction() as connection:
            return _get(connection, "joined") == _get(connection, "version")

    def doc_hashes(self) -> dict[str, str]:
        """The fingerprint of each text in the archive."""
        with self._transaction() as connection:
            rows = connection.execute(select(_documents.c.doc_id, _documents.c.fingerprint))
            return {row.doc_id: row.fingerprint for row in rows}

    def text(self, doc_id: str) -> str:
        """The text of one document. Raises ``LookupError`` where there is none of that name."""
        with self._transaction() as connection:
            found = connection.scalar(select(_documents.c.text).where(_documents.c.doc_id == doc_id))
        if found is None:
            raise LookupError(f"{self.name} holds no text called {doc_id}")
        return str(found)

    def counts(self) -> Counts:
        """How much there is of what."""
        undated = _claims.c.date_start.is_(None)
        placed = select(_claim_places.c.claim_id).where(_claim_places.c.lat.is_not(None))
        unplaced = _claims.c.claim_id.not_in(placed)
        with self._transaction() as connection:

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
        with self._transaction() as connection:
            places = by_claim(connection, ClaimPlace, _claim_places)
            cues = by_claim(connection, Cue, _cues)
            return tuple(
                record(Claim, row, places=tuple(places[row["claim_id"]]), cues=tuple(cues[row["claim_id"]]))
                for row in rows_of(connection, _claims)
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
        with self._transaction() as connection:
            rows = connection.execution_options(yield_per=1000).execute(query)
            for _, group in itertools.groupby(rows, key=itemgetter(0)):  # by claim_id
                facts: list[tuple[Any, ...]] = [tuple(row) for row in group]
                told: dict[str, Any] = dict(zip(names, facts[0], strict=False))
                yield Telling(**told, place_ids=frozenset(row[-1] for row in facts if row[-1]))

    def incidents(self) -> tuple[Incident, ...]:
        """Every incident, by incident_id."""
        with self._transaction() as connection:
            return tuple(
                record(Incident, row, place_ids=tuple(filter(None, row["place_ids"].split(SEPARATOR))))
                for row in rows_of(connection, _incidents)
            )

    def frames(self) -> Tables:
        """All tables as data frames, of one and the same moment."""
        with self._transaction() as connection:
            return Tables(**{table.name: frame(connection, table) for table in ORDER})

    def _records(self, kind: type[Record], table: Table) -> tuple[Record, ...]:
        with self._transaction() as connection:
            return tuple(record(kind, row) for row in rows_of(connection, table))


# --- the database


def _url(where: str | Path) -> URL:
    where = absolute(where)
    return make_url(where) if "://" in where else URL.create("sqlite", database=where)


def _wal(file: Path) -> Path:
    """The file in which SQLite keeps what a writer has not yet put into the archive itself."""
    return file.with_name(file.name + "-wal")


def _write_ahead(connection: sqlite3.Connection) -> None:
    """Let readers read while one writes. To switch to that, SQLite does not wait for others by itself."""
    deadline = time.monotonic() + _PATIENCE
    while True:
        try:
            connection.execute("PRAGMA journal_mode = WAL")
        except sqlite3.OperationalError as error:
            if error.sqlite_errorcode & 0xFF != sqlite3.SQLITE_BUSY or time.monotonic() > deadline:
                raise
            time.sleep(0.02)
        else:
            return


@contextmanager
def in_words(name: str) -> Iterator[None]:
    """Turn what goes wrong with the database itself into an ``ArchiveError``; what is wrong with a row (twice
    the same name, say) stays as it is."""
    try:
        yield
    except (SQLAlchemyError, sqlite3.Error) as error:
        of_a_row = isinstance(error, DatabaseError) and not isinstance(error, OperationalError)
        if of_a_row and type(error) is not DatabaseError:
            raise
        if isinstance(error, SQLAlchemyError) and not isinstance(error, _OF_THE_DATABASE):
            raise
        raise ArchiveError(_sentence(name, getattr(error, "orig", None) or error)) from error
    except OSError as error:
        raise ArchiveError(f"{error.filename or name} cannot be opened: {error.strerror}") from error
    except ImportError as error:
        raise ArchiveError(f"{name} needs a database driver that is not installed: {error}") from error


def _sentence(name: str, error: BaseException) -> str:
    match getattr(error, "sqlite_errorcode", -1) & 0xFF:
        case sqlite3.SQLITE_NOTADB:
            return (
                f"{name} is no archive, or its beginning is damaged (file is not a database); name another "
                "file, or put a backup in its place: `conflictmap archive restore BACKUP`"
            )
        case sqlite3.SQLITE_CORRUPT:
            return (
                f"{name} is damaged; put a backup in its place (`conflictmap archive restore BACKUP`), or "
                "extract the texts again into a new file"
            )
        case sqlite3.SQLITE_FULL:
            return f"{name} cannot be written: the disk is full; what was stored before is kept"
        case sqlite3.SQLITE_BUSY | sqlite3.SQLITE_LOCKED:
            return f"{name} is being written to by another program; try again when that has ended"
        case sqlite3.SQLITE_READONLY:
            return f"{name} cannot be written to; copy it to a folder of your own, or change its permissions"
        case sqlite3.SQLITE_IOERR:
            return f"{name} cannot be read or written ({error}); look whether its disk is full or failing"
        case _:
            return f"{name} cannot be used as an archive ({error}); name another one"


def _make(connection: Connection) -> None:
    """The tables of a new archive."""
    tables.create_all(connection)
    # Counting from the present moment, a new archive in an old one's place repeats no version.
    now = int(time.time())
    values = {"schema": SCHEMA, "version": now, "joined": now, "identity": secrets.randbits(62)}
    connection.execute(_meta.insert(), [{"key": key, "value": value} for key, value in values.items()])
    connection.execute(_revision.insert().values(version_num=revision_of(SCHEMA)))


# A date is kept as SQLAlchemy reads it.
sqlite3.register_adapter(date, date.isoformat)


def _begin_sqlite(connection: Connection) -> None:
    immediate = connection.get_execution_options().get("immediate")
    connection.exec_driver_sql("BEGIN IMMEDIATE" if immediate else "BEGIN")


def _get(connection: Connection, key: str) -> int:
    return int(connection.execute(select(_meta.c.value).where(_meta.c.key == key)).scalar_one())


def _raise_version(connection: Connection, joined: bool = False) -> None:
    """Tell readers that something changed; ``joined`` where the incidents hold all the same."""
    keys = (
        ("version", "joined") if joined and _get(connection, "joined") == _get(connection, "version") else ()
    )
    raised = _meta.c.key.in_(keys or ("version",))
    connection.execute(_meta.update().where(raised).values(value=_meta.c.value + 1))


def _place(connection: Connection, folder: Path) -> str:
    """What stands for the path of a folder: nobody reads it there, and each archive has another for it."""
    told = f"{_get(connection, 'identity')}\n{folder.resolve()}"
    return hashlib.sha256(told.encode("utf-8", "surrogateescape")).hexdigest()


def _batched(names: Sequence[str]) -> Iterator[Sequence[str]]:
    return (names[at : at + _BATCH] for at in range(0, len(names), _BATCH))


def _texts_of(connection: Connection, doc_ids: Sequence[str]) -> Iterable[Row[Any]]:
    c = _documents.c
    return connection.execute(select(c.doc_id, c.folder, c.path, c.sha256).where(c.doc_id.in_(doc_ids)))


def _known(connection: Connection, texts: Mapping[str, Document]) -> list[str]:
    """The names of those of some texts that are held already. Raises ``NameTaken``."""
    known: list[str] = []
    for row in _texts_of(connection, list(texts)):
        document = texts[row.doc_id]
        if (row.folder, row.path or row.doc_id) != (document.folder, document.path or document.doc_id):
            raise NameTaken(f"another folder's text became {row.doc_id} meanwhile; extract this one again")
        known.append(row.doc_id)
    return known


def _claims_of(connection: Connection, doc_ids: Sequence[str]) -> list[dict[str, Any]]:
    """The claims of some texts as they are kept when they retire."""
    columns = [_documents.c.sha256 if c.name == "sha256" else _claims.c[c.name] for c in _retired.columns]
    query = select(*columns).join_from(_claims, _documents).where(_documents.c.doc_id.in_(doc_ids))
    return [row._asdict() for row in connection.execute(query)]


def _retire(connection: Connection, gone: list[dict[str, Any]], told: Sequence[str]) -> None:
    """Keep claims that are gone, but for those that are told again, or for the first time since they were."""
    here = set(told)
    if connection.execute(select(_retired.c.claim_id).limit(1)).first():
        for some in _batched(told):
            connection.execute(_retired.delete().where(_retired.c.claim_id.in_(some)))
    if retiring := [claim for claim in gone if claim["claim_id"] not in here]:
        connection.execute(_retired.insert(), retiring)


def problem_id(problem: Standing) -> str:
    """The key of a problem: it is the same as long as the problem is."""
    parts = [problem.folder, problem.path, problem.reason, problem.warning]
    return hashlib.sha256(json.dumps(parts).encode()).hexdigest()[:20]


def _note(connection: Connection, problems: Iterable[Standing]) -> None:
    found = {problem_id(problem): problem for problem in problems}
    for some in _batched(list(found)):
        for known in connection.scalars(
            select(_problems.c.problem_id).where(_problems.c.problem_id.in_(some))
        ).all():
            del found[known]
    if found:
        connection.execute(_problems.insert(), [{"problem_id": i, **asdict(p)} for i, p in found.items()])


def _delete(connection: Connection, doc_ids: Sequence[str]) -> None:
    """Remove texts; what hangs on them goes with them by the foreign keys."""
    if not doc_ids:
        return
    connection.execute(
        _documents.delete().where(_documents.c.doc_id == bindparam("gone")),
        [{"gone": doc_id} for doc_id in doc_ids],
    )
