"""How fast texts are read, and in how much memory. benchmarks/README.md says how to run it and what came out.

Each stage runs in a process of its own, so that its peak of memory is its own.
"""

import argparse
import os
import platform
import random
import re
import resource
import sys
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, replace
from multiprocessing import get_context
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path[0] = str(ROOT)  # in place of this file's folder, where "extraction" would be this file

from ahocorasick_rs import AhoCorasick  # noqa: E402

from extraction import vocabulary  # noqa: E402
from extraction.corpus import read_all  # noqa: E402
from extraction.document import read_folder  # noqa: E402
from extraction.records import Document, Reading  # noqa: E402
from extraction.toponym import find_toponyms  # noqa: E402
from gazetteer.orthography import normalise  # noqa: E402
from gazetteer.sources import load  # noqa: E402

#: What the project asks of itself.
MOST_TIMES_BARE, LEAST_SPEEDUP, MOST_GROWTH = 25.0, 1.7, 1.1
_NUMBER = re.compile(r"[0-9\u0660-\u0669]+")


@dataclass(frozen=True)
class Measure:
    """A stage over some texts: how many articles and bytes, the seconds on the clock, and those for which
    the processor worked; ``peak`` in bytes, of the process and, as if all at once, its children."""

    articles: int
    size: int
    clock: float
    work: float
    peak: int


Stage = Callable[[float], Measure]


def texts(megabytes: float) -> Iterator[Document]:
    """The reference texts, or else the samples, over and over, each time with other numbers in them."""
    reference = os.environ.get("CONFLICTMAP_REFERENCE")
    folder = Path(reference) / "texts" if reference else ROOT / "samples"
    documents = [item for item in read_folder(folder) if isinstance(item, Document)]
    chance = random.Random(2011)  # noqa: S311 nothing secret
    size = number = 0
    while size < megabytes * 1e6:
        document = documents[number % len(documents)]
        text = _NUMBER.sub(lambda found: _other(found[0], chance), document.text)
        yield replace(document, doc_id=str(number), text=text)
        size += len(text.encode())
        number += 1


def _other(number: str, chance: random.Random) -> str:
    """Another number of as many digits; a year stays, lest a text lose its dates."""
    if len(number) == 4 and number[0] in "12":
        return number
    return "".join(chance.choice("123456789") for _ in number)


# --- the stages: each takes the megabytes and returns a measure without its peak


def bare(megabytes: float) -> Measure:
    """Fold the letters and find every listed name, whatever stands around it."""
    names = AhoCorasick(list(load().index.names), store_patterns=False)
    return _each(megabytes, lambda document: names.find_matches_as_indexes(normalise(document.text).text))


def toponyms(megabytes: float) -> Measure:
    """Fold the letters, find the names, and decide which are places, and which."""
    gazetteer = load()
    _ = gazetteer.index
    return _each(
        megabytes,
        lambda document: find_toponyms(
            document.doc_id, document.text, normalise(document.text), gazetteer, ()
        ),
    )


def one_process(megabytes: float) -> Measure:
    """Everything, in one process."""
    return _whole(megabytes, 1)


def two_processes(megabytes: float) -> Measure:
    """Everything, in two processes, their start counted in."""
    return _whole(megabytes, 2)


def _each(megabytes: float, stage: Callable[[Document], object]) -> Measure:
    articles = size = 0
    clock = work = 0.0
    for document in texts(megabytes):
        begin, begun = time.perf_counter(), time.process_time()
        stage(document)
        clock, work = clock + time.perf_counter() - begin, work + time.process_time() - begun
        articles, size = articles + 1, size + len(document.text.encode())
    return Measure(articles, size, clock, work, 0)


def _whole(megabytes: float, jobs: int) -> Measure:
    gazetteer = load()
    _ = gazetteer.index, vocabulary.load()
    articles = size = 0
    begin, begun = time.perf_counter(), time.process_time()
    for outcome in read_all(texts(megabytes), ROOT, gazetteer, jobs):
        if not isinstance(outcome, Reading):
            raise SystemExit(f"a text failed: {outcome}")
        articles, size = articles + 1, size + len(outcome.document.text.encode())
    return Measure(articles, size, time.perf_counter() - begin, time.process_time() - begun, 0)


# --- measuring


def measure(stage: Stage, megabytes: float) -> Measure:
    """Run a stage in a fresh process."""
    with ProcessPoolExecutor(1, get_context("spawn")) as executor:
        return executor.submit(_measured, stage, megabytes).result()


def _measured(stage: Stage, megabytes: float) -> Measure:
    measured = stage(megabytes)
    unit = 1 if sys.platform == "darwin" else 1024
    own, child = (
        resource.getrusage(who).ru_maxrss * unit for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)
    )
    return replace(measured, peak=own + (2 * child if stage is two_processes else 0))


def main() -> int:
    """Print the table and the bars; 1 where one is missed."""
    parser = argparse.ArgumentParser(description="How fast texts are read, and in how much memory.")
    parser.add_argument(
        "--megabytes", type=float, default=20.0, metavar="N", help="how much text (default: 20)"
    )
    megabytes = parser.parse_args().megabytes

    busy = os.getloadavg()[0]
    print(
        f"{os.cpu_count()} cores, {platform.machine()}, Python {platform.python_version()}, load {busy:.1f}"
    )
    if busy > 0.5:
        print("other programs are at work: the figures will be worse than they should")
    print("articles and bytes by the clock; times the bare pass by the processor's work")
    print(
        f"\n{'stage':28}{'articles':>10}{'articles/s':>12}{'MB/s':>8}{'x bare':>8}{'peak MB':>9}", flush=True
    )

    def row(name: str, got: Measure, times: float | None = None) -> Measure:
        rates = f"{got.articles / got.clock:>12.0f}{got.size / got.clock / 1e6:>8.2f}"
        print(f"{name:28}{got.articles:>10}{rates}{times or '':>8.3}{got.peak / 1e6:>9.0f}", flush=True)
        return got

    base = row("normalise + Aho-Corasick", measure(bare, megabytes), 1.0)

    def times_bare(got: Measure) -> float:
        return (got.work / got.size) / (base.work / base.size)

    names = measure(toponyms, megabytes)
    row("toponyms", names, times_bare(names))
    one = measure(one_process, megabytes)
    times = times_bare(one)
    row("whole pipeline, 1 process", one, times)
    half = row("  half the texts", measure(one_process, megabytes / 2))
    two = row("whole pipeline, 2 processes", measure(two_processes, megabytes))
    half_two = row("  half the texts", measure(two_processes, megabytes / 2))

    speedup = one.clock / two.clock
    growth = max(one.peak / half.peak, two.peak / half_two.peak)
    bars = [
        (
            f"whole pipeline {times:.1f} times the bare pass (at most {MOST_TIMES_BARE:g})",
            times <= MOST_TIMES_BARE,
        ),
        (
            f"two processes {speedup:.2f} times as fast as one (at least {LEAST_SPEEDUP})",
            speedup >= LEAST_SPEEDUP,
        ),
        (f"memory {growth:.2f} times with twice the texts (at most {MOST_GROWTH})", growth <= MOST_GROWTH),
    ]
    print()
    for words, met in bars:
        print(f"{'met   ' if met else 'MISSED'}  {words}")
    return 0 if all(met for _, met in bars) else 1


if __name__ == "__main__":
    sys.exit(main())
