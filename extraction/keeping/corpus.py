"""Many texts: a folder in, an archive out, and only what changed is read again.

The texts are read on this machine's cores, in processes that hold the places and the lexicon and know
nothing of the archive. They are handed out in chunks and taken back in the order of the folder, so that
the archive is the same however many processes there are; few chunks are under way at a time, so that
memory does not grow with the number of texts.

An archive holds the texts of several folders. A folder is known again by where it lies, or, when it was
moved, by its name and its texts; its label is its name, with a number where another folder has that name.
A text is called by its path within the folder; where another folder's text has that name already, the label
stands before it. A name once given
stays: whatever is read later, no link to a claim goes to another text.
"""

import functools
import gc
import hashlib
import itertools
import logging
import os
import re
import signal
import threading
from collections import deque
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from multiprocessing import get_context, parent_process
from pathlib import Path
from types import MappingProxyType
from typing import Any, Final

from tqdm import tqdm
from tqdm.contrib.logging import logging_redirect_tqdm

from extraction.joining.incident import join
from extraction.keeping.archive import (
    Archive,
    ArchiveError,
    Held,
    NameTaken,
    Standing,
    fingerprint,
)
from extraction.keeping.corrections import facts_of, with_facts
from extraction.keeping.document import Problem, count_articles, read_folder
from extraction.keeping.formats import endings
from extraction.keeping.printable import printable
from extraction.keeping.rows import Rows, rows
from extraction.keeping.unlisted import Unlisted
from extraction.lexicon import vocabulary
from extraction.pipeline import read
from extraction.records import Document, Reading
from gazetteer.online import OnlineGeocoder
from gazetteer.place import Place
from gazetteer.sources import Gazetteer

_LOG = logging.getLogger(__name__)

#: Texts written in one transaction.
_BATCH = 64
_RULES = (".py", ".toml", ".csv")

#: A chunk of texts for one process ends with the text that reaches one of these.
_CHUNK_TEXTS: Final = 32
_CHUNK_CHARACTERS: Final = 100_000
#: Fewer chunks than this are read in this process before others have started.
_FEW_CHUNKS: Final = 6
#: By so many of its texts a folder is known again.
_SAMPLE: Final = 200

#: Chunks under way for each process: one that it reads, and some that wait.
_AHEAD: Final = 3

Item = Document | Problem
Chunk = Sequence[Item]
Outcome = Reading | Rows | Problem
Reader = Callable[[Document, Gazetteer], Reading]


class EmptyFolder(Exception):
    """A folder in which there is nothing to read."""


@dataclass(frozen=True, slots=True)
class Summary:
    """What became of the texts of a folder, which is called ``folder`` in the archive. ``refused`` says why
    nothing was pruned, where that was too much to be meant."""

    folder: str
    read: int
    unchanged: int
    removed: int
    problems: tuple[Problem, ...]
    refused: str = ""

    @property
    def failed(self) -> int:
        """How many texts or parts of the folder could not be read."""
        return sum(not problem.warning for problem in self.problems)


def extract_folder(
    folder: Path,
    archive: Archive,
    gazetteer: Gazetteer,
    prune: bool = False,
    progress: bool = True,
    jobs: int | None = None,
    geocoder: OnlineGeocoder | None = None,
    label: str = "",
    prune_all: bool = False,
    columns: Mapping[str, str] = MappingProxyType({}),
    unfinished: Collection[Path] = (),
) -> Summary:
    """Read the new and changed texts of ``folder`` into ``archive``, and join the claims of all its texts.

    A text counts as changed when its letters, its given facts, the rules or the places have. One that fails
    is a problem, and the rest goes on. With ``prune``, texts of this folder that it does not hold any more
    are removed from the archive, unless a part of it could not be looked into; and more than half of them
    only with ``prune_all``. A text whose file is there and cannot be read stays.

    ``jobs`` is the number of processes that read; 1 reads in this one, and None takes one for each core, or
    this one where there is little to read. The archive is the same in any case. ``geocoder`` is asked for
    the names that no list holds; where it fails, the texts are read without it, and again the next time.
    ``columns`` and ``unfinished`` are as for ``read_folder``.
    ``label`` says which folder of the archive this is, where it is not to be found out.

    Raises ``NotADirectoryError`` where there is no such folder, ``EmptyFolder`` where it holds nothing.
    """
    rules = rules_version(gazetteer)
    items = read_folder(folder, columns, unfinished)
    first = list(itertools.islice(items, _SAMPLE))
    if not first:
        raise EmptyFolder(f"{folder} holds no texts ({', '.join(endings())}); nothing was changed")
    run = _begin_run(folder, archive, f"{rules} online" if geocoder else rules, first, label)
    unlisted = Unlisted(gazetteer, geocoder) if geocoder else None
    # On a terminal only: in a log file a bar is noise.
    hidden = None if progress else True
    with (
        logging_redirect_tqdm(),
        tqdm(total=count_articles(folder) if progress else None, unit=" texts", disable=hidden) as bar,
    ):
        wanted = run.wanted(itertools.chain(first, items), bar.update)
        if unlisted is not None:
            wanted = unlisted.remember(wanted)
        # Who waits for answers from the net reads no faster in several processes.
        for outcome in read_all(wanted, folder, gazetteer, 1 if geocoder else jobs):
            if unlisted is not None and isinstance(outcome, Reading):
                outcome = unlisted.help(outcome)
            if geocoder is not None and geocoder.failed:
                run.rules = rules
            run.keep(outcome)
            bar.update()
    run.write()
    removed, refused = run.prune(prune_all) if prune or prune_all else (0, "")
    archive.settle(run.label, run.standing)
    join_incidents(archive)
    return Summary(run.label, run.read, run.unchanged, removed, tuple(run.problems), refused)


def join_incidents(archive: Archive) -> None:
    """Join the claims of all texts to incidents anew, where a text was written or removed since they were."""
    if archive.incidents_are_current:
        return
    archive.replace_incidents(join(archive.tellings()))


def rules_version(gazetteer: Gazetteer) -> str:
    """A name for the state of the rules: it changes with a line of the program, a word or a place."""
    root = Path(__file__).parents[2]
    state = hashlib.sha256()
    for package in ("gazetteer", "extraction"):
        for path in sorted((root / package).rglob("*")):
            if path.suffix in _RULES:
                state.update(path.read_bytes())
    for place in gazetteer.places.values():
        state.update(repr(place).encode())
    return state.hexdigest()


# --- which folder it is


def _begin_run(folder: Path, archive: Archive, rules: str, first: Sequence[Item], label: str) -> "_Run":
    """A pass over a folder, which is found among those of the archive or entered as a new one."""
    holdings, labels = archive.holdings(), archive.labels()
    name = label or archive.folder_at(folder)
    was: str | None = name if name and name in labels else None
    if was is None:
        was = _known_by_texts(first, holdings)
        if was and not name and _is_named(folder, was):
            name = was
            _LOG.warning(
                "these are the texts of the folder %s, which was read from another place; if it is another "
                "folder, give it a name of its own: --folder NAME",
                printable(was),
            )
        elif was:  # a copy under a name of its own, or a folder that was renamed: only its owner knows
            if not name:
                _LOG.warning(
                    "most of these texts are held as the folder %s; if that was renamed, say --folder %s",
                    *[printable(was)] * 2,
                )
            was = None
    name = name or _new_label(folder, labels)
    archive.enter_folder(folder, name, was)
    held = holdings.pop(was, {}) if was is not None else {}
    problems: dict[str, list[Standing]] = {}
    for problem in archive.problems():
        if problem.folder == name and problem.warning:
            problems.setdefault(problem.path, []).append(problem)
    others = [text for texts in holdings.values() for text in texts.values()]
    return _Run(
        folder,
        archive,
        rules,
        name,
        held,
        problems,
        names={text.doc_id for text in (*others, *held.values())},
        elsewhere={text.sha256: text.doc_id for text in others},
        facts=facts_of([r.correction for r in archive.corrections()]),
    )


def _known_by_texts(first: Iterable[Item], holdings: Mapping[str, Mapping[str, Held]]) -> str | None:
    """The label of the folder that holds more than half of these texts under these names, None without one.

    Of the texts of an archive from before there were labels, half of its own are enough.
    """
    documents = [item for item in first if isinstance(item, Document)]
    best, most = None, 0
    for label, held in holdings.items():
        same = sum((text := held.get(d.doc_id)) is not None and text.sha256 == d.sha256 for d in documents)
        whole = len(documents) if label else min(len(documents), len(held))
        if same > most and 2 * same > whole:
            best, most = label, same
    return best


def _new_label(folder: Path, taken: Collection[str]) -> str:
    """The folder's own name, with a number where another one has it."""
    return next(label for label in _numbered(_own_name(folder), "-") if label not in taken)


def _own_name(folder: Path) -> str:
    return printable(folder.resolve().name) or "texts"


def _is_named(folder: Path, label: str) -> bool:
    """Whether a label is one that the folder would get: its own name, with or without a number."""
    return re.fullmatch(re.escape(_own_name(folder)) + r"(-\d+)?", label) is not None


def _numbered(name: str, between: str) -> Iterator[str]:
    yield name
    yield from (f"{name}{between}{number}" for number in itertools.count(2))


# --- what becomes of the texts of a folder


@dataclass(slots=True)
class _Run:
    """One pass over a folder: ``held`` are its texts in the archive and ``warnings`` what stands of them, by
    their paths; ``names`` are taken, and ``elsewhere`` says which text of another folder has what letters,
    ``facts`` what editors mended of a text's facts, by its letters."""

    folder: Path
    archive: Archive
    rules: str
    label: str
    held: Mapping[str, Held]
    warnings: Mapping[str, Sequence[Standing]]
    names: set[str]
    elsewhere: Mapping[str, str]
    facts: Mapping[str, Mapping[str, Any]]
    seen: set[str] = field(default_factory=set)
    new: set[str] = field(default_factory=set)
    batch: list[Reading | Rows] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    standing: list[Standing] = field(default_factory=list)
    noted: int = 0
    read: int = 0
    unchanged: int = 0

    def wanted(self, items: Iterable[Item], skipped: Callable[[], object]) -> Iterator[Item]:
        """The items but for the texts that the archive has as they are; ``skipped`` is told of each."""
        for item in items:
            if isinstance(item, Problem):
                yield item
                continue
            item = with_facts(item, self.facts.get(item.sha256, {}))
            path, held = item.doc_id, self.held.get(item.doc_id)
            if (held is None or held.sha256 != item.sha256) and item.sha256 in self.elsewhere:
                same = f"the same text as {self.elsewhere[item.sha256]} of another folder; it is held once"
                yield Problem(self.folder / path, same, warning=True)
                continue
            self.seen.add(path)
            if held is not None and held.fingerprint == fingerprint(item, self.rules):
                self.unchanged += 1
                for problem in self.warnings.get(printable(path), ()):
                    self.tell(Problem(self.folder / path, problem.reason, warning=True))
                skipped()
                continue
            if held is None:
                self.new.add(item.sha256)
            doc_id = held.doc_id if held else self.name(path)
            yield replace(item, doc_id=doc_id, folder=self.label, path="" if doc_id == path else path)

    def name(self, path: str) -> str:
        """A name that no other text of the archive has."""
        names = itertools.chain((path,), _numbered(f"{self.label}/{path}", "~"))
        name = next(name for name in names if name not in self.names)
        self.names.add(name)
        return name

    def tell(self, problem: Problem) -> None:
        """Note a problem, to be written with the next texts."""
        try:
            path = problem.path.relative_to(self.folder)
        except ValueError:
            path = problem.path
        self.problems.append(problem)
        where, why = printable(path.as_posix()), printable(problem.reason)
        self.standing.append(Standing(self.label, where, why, problem.warning))

    def keep(self, outcome: Outcome) -> None:
        """Note what became of one text."""
        if isinstance(outcome, Problem):
            self.tell(outcome)
            return
        document = outcome.document
        if document.published_basis == "given" and document.published_reason:
            where = self.folder / (document.path or document.doc_id)
            self.tell(Problem(where, document.published_reason, warning=True))
        self.batch.append(outcome)
        if len(self.batch) == _BATCH:
            self.write()

    def write(self) -> None:
        """Put what was read into the archive, and with it the problems met until then; where that fails, one
        by one, to find the text at fault."""
        batch, self.batch = self.batch, []
        try:
            self.archive.put(batch, self.rules, self.standing[self.noted :])
            self.read += len(batch)
            self.noted = len(self.standing)
        except ArchiveError:  # the database itself: full, locked, gone
            raise
        except Exception as error:
            if not batch:
                raise
            if len(batch) == 1:
                self.tell(_failed(self.folder, batch[0].document, error))
                return
            for reading in batch:
                self.batch = [reading]
                self.write()
            self.write()

    def prune(self, everything: bool) -> tuple[int, str]:
        """Remove the texts that were not seen: how many, and the words where that is refused."""
        failed = [problem for problem in self.problems if not problem.warning]
        if any(problem.closed for problem in failed):
            _LOG.warning("nothing pruned: not everything in %s could be looked into", self.folder)
            return 0, ""
        # Which texts a file of several held, nobody knows before it is read.
        if any(problem.several for problem in failed):
            _LOG.warning("nothing pruned: not every part of the files with several texts could be read")
            return 0, ""
        paths = [problem.path.relative_to(self.folder) for problem in failed]
        there = {name for path in paths for name in (path.as_posix(), path.with_suffix("").as_posix())}
        gone = {path: text for path, text in self.held.items() if path not in self.seen | there}
        lost = sum(text.sha256 not in self.new for text in gone.values())
        if not everything and 2 * lost > len(self.held):
            return 0, (
                f"nothing pruned: {lost} of the {len(self.held)} texts of {self.label} are not in "
                f"{self.folder} any more; if they are all to be removed, say --prune-all"
            )
        self.archive.forget(*sorted(text.doc_id for text in gone.values()))
        return len(gone), ""


# --- reading, here or in other processes


def read_all(
    items: Iterable[Item], folder: Path, gazetteer: Gazetteer, jobs: int | None = None
) -> Iterator[Outcome]:
    """Read the documents of a folder, in their order; problems among them are handed through.

    ``jobs`` as in ``extract_folder``. A text that raises, or ends the process that reads it, is a problem.
    """
    chunks = _chunks(items)
    if jobs is None:
        first = list(itertools.islice(chunks, _FEW_CHUNKS))
        jobs = _cores() if len(first) == _FEW_CHUNKS else 1
        chunks = itertools.chain(first, chunks)
    if jobs > 1:
        yield from _read_in_processes(
            chunks, _Start(read, folder, tuple(gazetteer.places.values()), gazetteer.imported), jobs
        )
        return
    for item in itertools.chain.from_iterable(chunks):
        yield _read_one(read, folder, gazetteer, item)


def _cores() -> int:
    """The cores that this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def _chunks(items: Iterable[Item]) -> Iterator[Chunk]:
    chunk: list[Item] = []
    characters = 0
    for item in items:
        chunk.append(item)
        characters += len(item.text) if isinstance(item, Document) else 0
        if len(chunk) == _CHUNK_TEXTS or characters >= _CHUNK_CHARACTERS:
            yield chunk
            chunk, characters = [], 0
    if chunk:
        yield chunk


def _read_one(reader: Reader, folder: Path, gazetteer: Gazetteer, item: Item) -> Outcome:
    if isinstance(item, Problem):
        return item
    try:
        return reader(item, gazetteer)
    except Exception as error:  # noqa: BLE001 no text may end the work on the others
        return _failed(folder, item, error)


def _failed(folder: Path, document: Document, error: Exception) -> Problem:
    _LOG.debug("reading %s", document.doc_id, exc_info=error)
    where = folder / (document.path or document.doc_id)
    if isinstance(error, NameTaken):
        return Problem(where, str(error))
    return Problem(where, f"the program failed on it ({error!r}); please report it")


@dataclass(frozen=True, slots=True)
class _Start:
    """Starts processes that read; what it holds is sent to each of them once."""

    reader: Reader
    folder: Path
    places: tuple[Place, ...]
    imported: frozenset[str]

    def __call__(self, processes: int) -> ProcessPoolExecutor:
        """An executor whose processes work. Raises OSError where none can be started.

        They are spawned: a fork would take the locks of other threads and the open archive with it, and
        not every system can fork.
        """
        executor = ProcessPoolExecutor(
            processes,
            get_context("spawn"),
            _begin,
            (self.reader, self.folder, self.places, self.imported),
        )
        try:
            with _interrupts_blocked():
                begun = [executor.submit(_read_chunk, ()) for _ in range(processes)]
            for future in begun:
                future.result()
        except BrokenProcessPool as error:
            raise OSError("no process can be started to read the texts; use --jobs 1") from error
        return executor


@contextmanager
def _interrupts_blocked() -> Iterator[None]:
    """Keep Ctrl+C waiting, for this thread and the processes it starts, where the system can."""
    if not hasattr(signal, "pthread_sigmask"):
        yield
        return
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def _read_in_processes(chunks: Iterator[Chunk], start: _Start, jobs: int) -> Iterator[Outcome]:
    """Read chunks in other processes, in their order and a few at a time.

    When a process dies, by a fault in a library or for want of memory, the texts that were under way are
    read again one by one, to find the one it died of.
    """
    while True:
        under_way: deque[Chunk] = deque()
        futures: deque[Future[list[Outcome]]] = deque()
        executor = start(jobs)
        try:
            for chunk in chunks:
                under_way.append(chunk)
                futures.append(executor.submit(_read_chunk, chunk))
                if len(futures) == jobs * _AHEAD:
                    yield from _take_first(under_way, futures)
            while futures:
                yield from _take_first(under_way, futures)
            return
        except BrokenProcessPool:
            _LOG.warning("a process died; its texts are read one by one")
        finally:
            executor.shutdown(cancel_futures=True)
        yield from _read_singly(itertools.chain.from_iterable(under_way), start)


def _take_first(under_way: deque[Chunk], futures: deque[Future[list[Outcome]]]) -> list[Outcome]:
    """What became of the first chunk under way, which then is so no more."""
    outcomes = futures[0].result()
    futures.popleft()
    under_way.popleft()
    return outcomes


def _read_singly(items: Iterable[Item], start: _Start) -> Iterator[Outcome]:
    """Read texts one at a time in a process of their own, and in another when it died of one."""
    executor = start(1)
    try:
        for item in items:
            try:
                outcomes = executor.submit(_read_chunk, (item,)).result()
            except BrokenProcessPool as error:
                executor.shutdown()
                executor = start(1)
                outcomes = [_failed(start.folder, item, error)] if isinstance(item, Document) else [item]
            yield from outcomes
    finally:
        executor.shutdown(cancel_futures=True)


# --- in such a process

#: Reads one text; set when the process begins.
_reader: Callable[[Item], Outcome]


def _begin(reader: Reader, folder: Path, places: Iterable[Place], imported: frozenset[str]) -> None:
    """Make a new process ready: the names and the lexicon loaded, and bound to end with its parent."""
    global _reader
    # Ctrl+C reaches every process of a terminal; what is said about it, the parent says.
    signal.signal(signal.SIGINT, lambda *_: os._exit(130))
    if hasattr(signal, "pthread_sigmask"):
        signal.pthread_sigmask(signal.SIG_UNBLOCK, {signal.SIGINT})
    threading.Thread(target=_end_with_parent, daemon=True).start()
    gazetteer = Gazetteer(MappingProxyType({place.id: place for place in places}), imported)
    gazetteer.index  # noqa: B018 built when first asked for
    vocabulary.load()
    # Names and lexicon stay for good: walked over by the collector again and again, they would push what is
    # being read out of the processor's cache, which the processes share.
    gc.collect()
    gc.freeze()
    gc.set_threshold(50_000, 20, 50)
    _reader = functools.partial(_read_one, reader, folder, gazetteer)


def _end_with_parent() -> None:
    parent = parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)


def _read_chunk(chunk: Chunk) -> list[Outcome]:
    outcomes = map(_reader, chunk)
    return [rows(outcome) if isinstance(outcome, Reading) else outcome for outcome in outcomes]
