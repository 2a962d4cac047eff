"""The tables of the archive, as they are at the newest schema.

A change of a table raises ``SCHEMA`` by one and brings a step of that number in ``migrations/versions``, that
does the same to an archive that is there. A test compares what the steps make with what stands here.
"""

from typing import Any, Final

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    Date,
    Float,
    ForeignKey,
    Integer,
    MetaData,
    String,
    Table,
)

#: The schema that this program reads and writes, and the oldest that it can bring up to it.
SCHEMA: Final = 4
OLDEST: Final = 2

#: Every table; the order of the columns is that of the frames.
tables = MetaData()


def _owner(column: str) -> Column[str]:
    return Column(
        column.split(".")[1], String, ForeignKey(column, ondelete="CASCADE"), nullable=False, primary_key=True
    )


def _texts(*names: str) -> list[Column[str]]:
    return [Column(name, String, nullable=False) for name in names]


def _later_texts(*names: str) -> list[Column[str]]:
    """Columns that came with a later schema, so that rows from before have a value for them."""
    return [Column(name, String, nullable=False, server_default="") for name in names]


def _integers(*names: str) -> list[Column[int]]:
    return [Column(name, Integer) for name in names]


def _floats(*names: str) -> list[Column[float]]:
    return [Column(name, Float) for name in names]


def _dates(*names: str) -> list[Column[Any]]:
    return [Column(name, Date) for name in names]


def _position() -> Column[int]:
    """The place of a row among its owner's rows."""
    return Column("n", Integer, primary_key=True, autoincrement=False)


#: ``schema``; ``version``, which every write raises; ``joined``, the version for which the incidents hold;
#: ``identity``, a number drawn when the archive was made.
meta = Table(
    "meta", tables, Column("key", String, primary_key=True), Column("value", BigInteger, nullable=False)
)
documents = Table(
    "documents",
    tables,
    Column("doc_id", String, primary_key=True),
    *_dates("published", "published_first", "published_last"),
    *_texts("published_basis", "published_reason", "outlet", "title", "language"),
    *_integers("characters"),
    *_texts("sha256", "fingerprint", "text"),
    *_later_texts("folder", "path", "url", "archived_url"),
)
mentions = Table(
    "mentions",
    tables,
    _owner("documents.doc_id"),
    _position(),
    *_integers("start", "end"),
    *_texts("surface", "place_id", "name_ar", "name_en", "kind", "admin1"),
    *_floats("lat", "lon", "radius_km", "score"),
    *_texts("method", "reason"),
    *_later_texts("corrected"),
)
claims = Table(
    "claims",
    tables,
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
    *_later_texts("corrected"),
)
claim_places = Table(
    "claim_places",
    tables,
    _owner("claims.claim_id"),
    _position(),
    *_texts("place_id"),
    *_floats("lat", "lon"),
    *_integers("start", "end"),
)
cues = Table(
    "cues",
    tables,
    _owner("claims.claim_id"),
    _position(),
    *_texts("role"),
    *_integers("start", "end"),
    *_texts("rule"),
)
incidents = Table(
    "incidents",
    tables,
    Column("incident_id", String, primary_key=True),
    *_texts("event_type"),
    *_dates("date_start", "date_end"),
    *_texts("place_ids", "status"),
    *_integers("killed_min", "killed_max", "wounded_min", "wounded_max", "claims", "claimants"),
)
#: The folders that texts came from: a label for people, and in place of a path, which would tell about the
#: machine of whoever passes the archive on, a hash of it (``Archive.folder_at``).
folders = Table("folders", tables, Column("label", String, primary_key=True), *_texts("place"))
#: What could not be read or is to be looked at, until it is mended. ``path`` is within the folder.
problems = Table(
    "problems",
    tables,
    Column("problem_id", String, primary_key=True),
    *_texts("folder", "path", "reason"),
    Column("warning", Boolean, nullable=False),
)
#: Claims that a later reading of their text no longer gives under this id, and where they stood.
retired = Table(
    "retired",
    tables,
    Column("claim_id", String, primary_key=True),
    Column("doc_id", String, nullable=False, index=True),
    *_texts("sha256"),
    *_integers("start", "end"),
    *_texts("evidence", "event_type", "stance"),
)
#: What editors did, in the order of ``n``; nothing is ever taken out. ``was`` and ``now`` are JSON objects;
#: ``waiting`` says why one that holds could not be applied (``corrections.Waiting``), empty where it is.
corrections = Table(
    "corrections",
    tables,
    Column("n", Integer, primary_key=True, autoincrement=False),
    Column("correction_id", String, nullable=False, unique=True),
    *_texts("made", "editor", "what"),
    Column("doc_id", String, nullable=False, index=True),
    Column("sha256", String, nullable=False, index=True),
    *_integers("start", "end"),
    *_texts("evidence", "event_type", "stance", "subject", "was", "now", "note", "undoes", "waiting"),
)
#: What the machine gave in place of a claim (``row`` is its claim_id) or a mention (its number) that an
#: editor mended or hid: the record as a JSON object.
machine = Table(
    "machine",
    tables,
    Column("row", String, primary_key=True),
    Column(
        "doc_id",
        String,
        ForeignKey("documents.doc_id", ondelete="CASCADE"),
        nullable=False,
        primary_key=True,
        index=True,
    ),
    *_texts("kind", "record"),
)
#: Alembic's own note of the step that an archive is at.
revision = Table("alembic_version", tables, Column("version_num", String(32), primary_key=True))


def revision_of(schema: int) -> str:
    """The name of the step that leads to a schema."""
    return f"{schema:04}"
