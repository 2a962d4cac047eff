"""How fast texts are read, and in how much memory. benchmarks/README.md says how to run it and what came out.

Each stage runs in a process of its own, so that its peak of memory is its own.
"""

import argparse
import json
import os
import platform
import random
import re
import resource
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, replace
from multiprocessing import get_context
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path[0] = str(ROOT)  # in place of this file's folder, where "extraction" would be this file

from ahocorasick_rs import AhoCorasick  # noqa: E402

from extraction.keeping.archive import Archive  # noqa: E402
from extraction.keeping.corpus import extract_folder  # noqa: E402
from extraction.keeping.document import read_folder  # noqa: E402
from extraction.lexicon import vocabulary  # noqa: E402
from extraction.pipeline import read  # noqa: E402
from extraction.reading.toponyms.find import find_toponyms  # noqa: E402
from extraction.records import Document  # noqa: E402
from extraction.words.sentence import split_words  # noqa: E402
from gazetteer.orthography import normalise  # noqa: E402
from gazetteer.sources import load  # noqa: E402

#: What the project asks of itself.
MOST_TIMES_BARE, LEAST_SPEEDUP, MOST_GROWTH = 25.0, 1.7, 1.1
_NUMBER = re.compile(r"[0-9\u0660-\u0669]+")


@dataclass(frozen=True)
class Measure:
    """A stage over some texts: how many articles and bytes, the seconds on the clock, those for which
    the processor worked, and those for which it did so in other processes; peaks of memory in bytes, of the
    process and of the largest of the others."""

    articles: int
    size: int
    clock: float
    work: float
    others_work: float = 0.0
    peak: int = 0
    others_peak: int = 0


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
        text = f"{text}\n{number}\n"  # no two are the same
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
    words = vocabulary.load()
    return _each(
        megabytes,
        lambda document: find_toponyms(
            document.doc_id, document.text, split_words(normalise(document.text), words), gazetteer
        ),
    )


def pipeline(megabytes: float) -> Measure:
    """A text in, its mentions and claims out."""
    gazetteer = load()
    for document in texts(0.1):  # loads what is loaded once
        read(document, gazetteer)
    return _each(megabytes, lambda document: read(document, gazetteer))


def one_process(megabytes: float) -> Measure:
    """From a folder into an archive, claims joined to incidents, in one process."""
    return _extract(megabytes, 1)


def two_processes(megabytes: float) -> Measure:
    """The same with two processes that read, their start counted in."""
    return _extract(megabytes, 2)


def _each(megabytes: float, stage: Callable[[Document], object]) -> Measure:
    articles = size = 0
    clock = work = 0.0
    for document in texts(megabytes):
        begin, begun = time.perf_counter(), time.process_time()
        stage(document)
        clock, work = clock + time.perf_counter() - begin, work + time.process_time() - begun
        articles, size = articles + 1, size + len(document.text.encode())
    return Measure(articles, size, clock, work)


def _extract(megabytes: float, jobs: int) -> Measure:
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place, "texts")
        folder.mkdir()
        articles = size = 0
        with (folder / "texts.jsonl").open("w", encoding="utf-8") as file:
            for document in texts(megabytes):
                fields = {"id": document.doc_id, "text": document.text, "outlet": document.outlet}
                day = {"published": document.published.isoformat()} if document.published else {}
                file.write(json.dumps(fields | day, ensure_ascii=False) + "\n")
                articles, size = articles + 1, size + len(document.text.encode())
        gazetteer = load()
        begin, begun = time.perf_counter(), time.process_time()
        summary = extract_folder(
            folder, Archive(Path(place, "a.sqlite")), gazetteer, progress=False, jobs=jobs
        )
        clock, work = time.perf_counter() - begin, time.process_time() - begun
    if summary.read != articles:
        raise SystemExit(f"some texts failed: {summary.problems[0]}")
    return Measure(articles, size, clock, work)


# --- measuring


def measure(stage: Stage, megabytes: float) -> Measure:
    """Run a stage in a fresh process."""
    with ProcessPoolExecutor(1, get_context("spawn")) as executor:
        return executor.submit(_measured, stage, megabytes).result()


def _measured(stage: Stage, megabytes: float) -> Measure:
    measured = stage(megabytes)
    unit = 1 if sys.platform == "darwin" else 1024
    own, others = resource.getrusage(resource.RUSAGE_SELF), resource.getrusage(resource.RUSAGE_CHILDREN)
    return replace(
        measured,
        others_work=others.ru_utime + others.ru_stime,
        peak=own.ru_maxrss * unit,
        others_peak=others.ru_maxrss * unit,
    )


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
    heads = ("articles", "articles/s", "MB/s", "x bare", "peak MB", "worker's")
    print(f"\n{'stage':28}" + "".join(f"{head:>11}" for head in heads), flush=True)

    def row(name: str, stage: Stage, megabytes: float, bare: Measure | None = None) -> Measure:
        got = measure(stage, megabytes)
        times = f"{(got.work / got.size) / (bare.work / bare.size):.1f}" if bare else ""
        worker = f"{got.others_peak / 1e6:.0f}" if got.others_peak else ""
        print(
            f"{name:28}{got.articles:>11}{got.articles / got.clock:>11.0f}{got.size / got.clock / 1e6:>11.2f}"
            f"{times:>11}{got.peak / 1e6:>11.0f}{worker:>11}",
            flush=True,
        )
        return got

    base = row("normalise + Aho-Corasick", bare, megabytes)
    row("toponyms", toponyms, megabytes, base)
    whole = row("whole pipeline", pipeline, megabytes, base)
    one = row("extract, 1 process", one_process, megabytes, base)
    half = row("  half the texts", one_process, megabytes / 2)
    two = row("extract, 2 processes", two_processes, megabytes)
    half_two = row("  half the texts", two_processes, megabytes / 2)

    times = (whole.work / whole.size) / (base.work / base.size)
    speedup = one.clock / two.clock
    growth = max(
        one.peak / half.peak, two.peak / half_two.peak, two.others_peak / max(half_two.others_peak, 1)
    )
    work = two.work + two.others_work
    print(
        f"\nof two processes' {work:.1f} s of work {two.work:.1f} s ({two.work / work:.0%}) are the parent's;"
    )
    print(f"one has {one.work:.1f} s: two free cores may gain {2 * one.work / work:.2f} times")
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
