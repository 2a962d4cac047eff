"""Many texts: a folder in, an archive out, and only what changed is read again."""

import hashlib
import logging
from dataclasses import dataclass, field
from pathlib import Path

from sqlalchemy.exc import OperationalError
from tqdm import tqdm
from tqdm.contrib.logging import logging_redirect_tqdm

from extraction.archive import Archive, fingerprint
from extraction.document import Problem, count_articles, read_folder
from extraction.incident import join
from extraction.pipeline import read
from extraction.records import Document, Reading
from gazetteer.sources import Gazetteer

_LOG = logging.getLogger(__name__)

#: Texts written in one transaction.
_BATCH = 64
_RULES = (".py", ".toml", ".csv")


@dataclass(frozen=True, slots=True)
class Summary:
    """What became of the texts of a folder."""

    read: int
    unchanged: int
    removed: int
    problems: tuple[Problem, ...]


def extract_folder(
    folder: Path, archive: Archive, gazetteer: Gazetteer, prune: bool = False, progress: bool = True
) -> Summary:
    """Read the new and changed texts of ``folder`` into ``archive``, and join the claims of all its texts.

    A text counts as changed when its letters, its given date, outlet or title, the rules or the places have.
    One that fails is a problem, and the rest goes on. With ``prune``, texts that the folder does not hold
    are removed from the archive, unless a part of the folder could not be looked into.

    Raises ``NotADirectoryError`` where there is no such folder.
    """
    run = _Run(folder, archive, gazetteer, rules_version(gazetteer), archive.doc_hashes())
    items = read_folder(folder)
    if progress:
        # On a terminal only: in a log file a bar is noise.
        items = tqdm(items, total=count_articles(folder), unit=" texts", disable=None)
    with logging_redirect_tqdm():
        for item in items:
            run.take(item)
    run.write()
    removed = run.prune() if prune else 0
    join_incidents(archive)
    return Summary(run.read, run.unchanged, removed, tuple(run.problems))


def join_incidents(archive: Archive) -> None:
    """Join the claims of all texts to incidents anew, where a text was written or removed since they were."""
    if archive.incidents_are_current:
        return
    claims, incidents = join(archive.claims())
    archive.replace_incidents({claim.claim_id: claim.incident_id for claim in claims}, incidents)


def rules_version(gazetteer: Gazetteer) -> str:
    """A name for the state of the rules: it changes with a line of the program, a word or a place."""
    root = Path(__file__).parent.parent
    state = hashlib.sha256()
    for package in ("gazetteer", "extraction"):
        for path in sorted((root / package).rglob("*")):
            if path.suffix in _RULES:
                state.update(path.read_bytes())
    for place in gazetteer.places.values():
        state.update(repr(place).encode())
    return state.hexdigest()


@dataclass(slots=True)
class _Run:
    """One pass over a folder."""

    folder: Path
    archive: Archive
    gazetteer: Gazetteer
    rules: str
    known: dict[str, str]
    seen: set[str] = field(default_factory=set)
    batch: list[Reading] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    read: int = 0
    unchanged: int = 0

    def take(self, item: Document | Problem) -> None:
        """Read one text, unless the archive has it as it is."""
        if isinstance(item, Problem):
            self.problems.append(item)
            return
        self.seen.add(item.doc_id)
        if self.known.get(item.doc_id) == fingerprint(item, self.rules):
            self.unchanged += 1
            return
        try:
            self.batch.append(read(item, self.gazetteer))
        except Exception as error:  # noqa: BLE001 no text may end the work on the others
            self._failed(item.doc_id, error)
        if len(self.batch) == _BATCH:
            self.write()

    def write(self) -> None:
        """Put what was read into the archive; where that fails, one by one, to find the text at fault."""
        batch, self.batch = self.batch, []
        try:
            self.archive.put(batch, self.rules)
            self.read += len(batch)
        except OperationalError:  # the database itself: full, locked, gone
            raise
        except Exception as error:  # noqa: BLE001
            if len(batch) == 1:
                self._failed(batch[0].document.doc_id, error)
                return
            for reading in batch:
                self.batch = [reading]
                self.write()

    def prune(self) -> int:
        """Remove the texts that were not seen; how many."""
        if any(problem.closed for problem in self.problems):
            _LOG.warning("nothing pruned: not everything in %s could be looked into", self.folder)
            return 0
        gone = sorted(self.known.keys() - self.seen)
        self.archive.forget(*gone)
        return len(gone)

    def _failed(self, doc_id: str, error: Exception) -> None:
        _LOG.debug("reading %s", doc_id, exc_info=error)
        self.problems.append(
            Problem(self.folder / doc_id, f"the program failed on it ({error!r}); please report it")
        )
