"""Corrections in the archive: put on record, and laid anew over the rows of the texts that they are about.

The tables of claims and mentions hold what is to be shown; what the machine gave in place of a mended row
stands in ``machine``, so that an undo, a new reading or an export without corrections finds it.
"""

import json
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, fields
from datetime import date
from typing import Any, Final

from sqlalchemy import Connection, func, or_, select

from extraction.keeping.corrections import Applied, Correction, CorrectionError, Waiting, apply, values_of
from extraction.keeping.rows import VALUES, insert, record
from extraction.keeping.schema import claim_places, claims, corrections, cues, documents, machine, mentions
from extraction.records import Claim, ClaimPlace, Cue, Mention

_CLAIM, _MENTION = "claim", "mention"
_MADE: Final = tuple(field.name for field in fields(Correction))


class Changed(CorrectionError):
    """The claim has changed since the editor saw it: ``now`` are the values of the fields as they are."""

    def __init__(self, now: Mapping[str, Any]) -> None:
        super().__init__(f"changed meanwhile: {', '.join(sorted(now))}")
        self.now = now


@dataclass(frozen=True, slots=True)
class Recorded:
    """A correction of the record; ``waiting`` says why one that holds could not be applied, empty where it
    is."""

    correction: Correction
    waiting: Waiting | None


def recorded(connection: Connection) -> list[Recorded]:
    """Every correction, in the order in which they were put on record."""
    rows = connection.execute(select(corrections).order_by(corrections.c.n))
    return [Recorded(_correction(row._asdict()), row.waiting or None) for row in rows]


def put_on_record(connection: Connection, made: Iterable[Correction]) -> list[Correction]:
    """Append corrections, but for those that are there; which are new."""
    known = set(connection.scalars(select(corrections.c.correction_id)))
    number = connection.scalar(select(func.max(corrections.c.n))) or 0
    new: list[Correction] = []
    for correction in made:
        if correction.correction_id in known:
            continue
        known.add(correction.correction_id)
        new.append(correction)
        row = asdict(correction) | {
            "n": number + len(new),
            "was": _written(correction.was),
            "now": _written(correction.now),
            "waiting": "",
        }
        connection.execute(corrections.insert().values(row))
    return new


def unchanged(connection: Connection, correction: Correction) -> None:
    """Raise Changed where a claim is no longer what it was when the editor began to mend it."""
    if correction.what != "claim":
        return
    claim = next(iter(_claims(connection, claims.c.claim_id == correction.subject)), None)
    hidden = claim is None
    if hidden:
        kept = select(machine.c.record).where(machine.c.row == correction.subject, machine.c.kind == _CLAIM)
        text = connection.scalar(kept)
        if text is None:
            raise CorrectionError(f"subject: there is no claim {correction.subject}")
        claim = _claim_of(text)
    assert claim is not None  # noqa: S101 found above
    is_now = values_of(claim, correction.was, hidden)
    others = {name: value for name, value in is_now.items() if value != correction.was[name]}
    if others:
        raise Changed(others)


def concerned(connection: Connection, texts: Mapping[str, str]) -> list[str]:
    """Of some texts (doc_id to sha256) those that corrections are about."""
    if not connection.execute(select(corrections.c.n).limit(1)).first():
        return []
    rows = connection.execute(select(corrections.c.doc_id, corrections.c.sha256).distinct()).all()
    names, letters = {row.doc_id for row in rows}, {row.sha256 for row in rows}
    return [doc_id for doc_id, sha256 in texts.items() if doc_id in names or sha256 in letters]


def texts_of(connection: Connection, about: Iterable[Correction]) -> list[str]:
    """The names of the texts that some corrections are about, by their letters or else by their names."""
    listed = list(about)
    where = or_(
        documents.c.doc_id.in_({c.doc_id for c in listed}), documents.c.sha256.in_({c.sha256 for c in listed})
    )
    return list(connection.scalars(select(documents.c.doc_id).where(where)))


def replay(connection: Connection, doc_ids: Collection[str]) -> None:
    """Lay all corrections of some texts anew over what the machine read of them."""
    for doc_id in doc_ids:
        _restore(connection, doc_id)
        text = connection.execute(
            select(documents.c.sha256, documents.c.text).where(documents.c.doc_id == doc_id)
        ).one()
        c = corrections.c
        about = select(corrections).where(or_(c.doc_id == doc_id, c.sha256 == text.sha256)).order_by(c.n)
        made = [_correction(row._asdict()) for row in connection.execute(about)]
        applied = apply(
            text.sha256, text.text, _claims(connection, claims.c.doc_id == doc_id),
            _mentions(connection, doc_id), made,
        )  # fmt: skip
        _write(connection, doc_id, applied)
        for correction in made:
            why = applied.waiting.get(correction.correction_id, "")
            one = corrections.update().where(c.correction_id == correction.correction_id)
            connection.execute(one.values(waiting=why))


def _restore(connection: Connection, doc_id: str) -> None:
    """Put back what the machine read, in place of what editors made of it."""
    connection.execute(claims.delete().where(claims.c.doc_id == doc_id, claims.c.corrected != ""))
    kept = connection.execute(select(machine).where(machine.c.doc_id == doc_id)).all()
    for row in kept:
        if row.kind == _CLAIM:
            _insert(connection, _claim_of(row.record))
        else:
            told = json.loads(row.record)
            at = (mentions.c.doc_id == doc_id, mentions.c.n == int(row.row))
            connection.execute(mentions.update().where(*at).values(told))
    connection.execute(machine.delete().where(machine.c.doc_id == doc_id))


def _write(connection: Connection, doc_id: str, applied: Applied) -> None:
    """Write what corrections changed, and what the machine gave in its place."""
    gone = list(applied.machine)
    connection.execute(claims.delete().where(claims.c.claim_id.in_(gone)))
    for claim in applied.claims:
        if claim.corrected:
            _insert(connection, claim)
    for number, mention in enumerate(applied.mentions):
        if mention.corrected:
            at = (mentions.c.doc_id == doc_id, mentions.c.n == number)
            connection.execute(mentions.update().where(*at).values(asdict(mention)))
    kept: list[tuple[str, str, Claim | Mention]] = [(i, _CLAIM, c) for i, c in applied.machine.items()]
    kept += [(str(n), _MENTION, mention) for n, mention in applied.machine_mentions.items()]
    rows = [
        {"row": row, "doc_id": doc_id, "kind": kind, "record": _written(asdict(told))}
        for row, kind, told in kept
    ]
    if rows:
        connection.execute(machine.insert(), rows)


def _insert(connection: Connection, claim: Claim) -> None:
    insert(connection, claims, [VALUES[claims](claim)])
    places = [(*VALUES[claim_places](p), claim.claim_id, n) for n, p in enumerate(claim.places)]
    insert(connection, claim_places, places)
    insert(connection, cues, [(*VALUES[cues](q), claim.claim_id, n) for n, q in enumerate(claim.cues)])


def _claims(connection: Connection, where: Any) -> list[Claim]:
    """Some claims with their places and cues, in the order of the text."""
    c = claims.c
    rows = connection.execute(select(claims).where(where).order_by(c.start, c.end, c.claim_id)).all()
    found: list[Claim] = []
    for row in rows:
        parts: dict[str, tuple[Any, ...]] = {}
        for name, table, kind in (("places", claim_places, ClaimPlace), ("cues", cues, Cue)):
            of_it = select(table).where(table.c.claim_id == row.claim_id).order_by(table.c.n)
            parts[name] = tuple(record(kind, part._asdict()) for part in connection.execute(of_it))
        found.append(record(Claim, row._asdict(), **parts))
    return found


def _mentions(connection: Connection, doc_id: str) -> list[Mention]:
    where = select(mentions).where(mentions.c.doc_id == doc_id).order_by(mentions.c.n)
    return [record(Mention, row._asdict()) for row in connection.execute(where)]


def _correction(row: Mapping[str, Any]) -> Correction:
    told = {name: row[name] for name in _MADE}
    return Correction(**told | {"was": json.loads(row["was"]), "now": json.loads(row["now"])})


def _written(values: Mapping[str, Any]) -> str:
    return json.dumps(values, ensure_ascii=False, default=date.isoformat)


def _claim_of(text: str) -> Claim:
    told: dict[str, Any] = json.loads(text)
    for name in ("published", "date_start", "date_end"):
        told[name] = date.fromisoformat(told[name]) if told[name] else None
    parts: Sequence[tuple[str, type[Any]]] = (("places", ClaimPlace), ("cues", Cue))
    return Claim(**told | {name: tuple(kind(**part) for part in told[name]) for name, kind in parts})
