"""How fast place names are found, and how long the place lists take to load.

    python benchmarks/gazetteer.py [--megabytes 5]

With CONFLICTMAP_REFERENCE naming the folder with the reference texts and lists, all of its lists are
imported (into a temporary folder) and its texts read; else made-up places and the samples stand in for them.
Either way 20,000 places are loaded. "Bare" is the pass that cannot be avoided: folding the letters and one
run of the Aho-Corasick automaton. The naive way, rapidfuzz over every run of one to three words, is measured
on a small sample.
"""

import argparse
import itertools
import math
import os
import random
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path[0] = str(ROOT)  # in place of this file's folder, where "gazetteer" would be this file

from ahocorasick_rs import AhoCorasick  # noqa: E402
from rapidfuzz import fuzz, process  # noqa: E402

from extraction.keeping.document import read_folder  # noqa: E402
from extraction.lexicon import vocabulary  # noqa: E402
from extraction.reading.toponyms.find import find_toponyms  # noqa: E402
from extraction.records import Document  # noqa: E402
from extraction.words.sentence import split_words  # noqa: E402
from gazetteer import sources  # noqa: E402
from gazetteer.importers import import_list  # noqa: E402
from gazetteer.index import NameIndex  # noqa: E402
from gazetteer.orthography import normalise  # noqa: E402
from gazetteer.place import Place  # noqa: E402

PLACES = 20_000
#: What the project asks of itself: times the bare pass, and seconds to load.
MOST_TIMES_BARE, MOST_BUILT_IN, MOST_ALL = 5.0, 0.5, 2.0
_LISTS = (("ocha_localities", "ocha"), ("ocha_neighbourhoods", "ocha"), ("wof_localities", "wof"))


def main() -> None:
    """Measure everything and print it, with what is asked for beside it."""
    parser = argparse.ArgumentParser(description=main.__doc__)
    parser.add_argument("--megabytes", type=float, default=3.0, help="how much text (default: 3)")
    megabytes: float = parser.parse_args().megabytes
    reference = os.environ.get("CONFLICTMAP_REFERENCE")
    with tempfile.TemporaryDirectory() as folder:
        own = Path(folder) / "places.csv"
        built_in = _seconds(lambda: sources.load().index)
        print(f"load the built-in lists          {built_in:6.2f} s   (asked: {MOST_BUILT_IN})")
        if reference:
            _import(Path(reference) / "gazetteer", own)
        before = list(sources.read_places(own)) if own.exists() else []
        missing = PLACES - len(sources.load(own).places)
        sources.write_places(own, [*before, *_made_up(missing)])
        everything = _seconds(lambda: sources.load(own).index)
        gazetteer = sources.load(own)
        index = gazetteer.index
        print(
            f"load {len(gazetteer.places):,} places               {everything:6.2f} s   (asked: {MOST_ALL})"
        )
    texts = _texts(megabytes, reference)
    size = sum(len(text.encode()) for text in texts)
    print(f"{len(texts)} texts, {size / 1e6:.1f} MB, {len(index.names):,} spellings")
    automaton = AhoCorasick(list(index.names), store_patterns=False)
    # The first near miss builds the table of names less a letter; that is part of loading.
    index.near("خان طومان")

    known = vocabulary.load()

    def bare(text: str) -> None:
        automaton.find_matches_as_indexes(normalise(text).text, overlapping=True)

    def checked(text: str) -> None:
        index.find(normalise(text).text)

    def whole(text: str) -> None:
        find_toponyms("", text, split_words(normalise(text), known), gazetteer)

    ways = {"bare pass": bare, "with checks and variants": checked, "all, with near misses": whole}
    rates = _rates(ways, texts, rounds=5)
    naive = {"naive: rapidfuzz, every 1-3-gram": lambda text: _naive(text, index)}
    rates |= _rates(naive, [texts[0][:400]], rounds=1)
    for way, rate in rates.items():
        print(f"{way:34s} {rate / 1e6:9.4f} MB/s   {rates['bare pass'] / rate:8.1f} times the bare pass")
    print(f"asked of all: at most {MOST_TIMES_BARE} times the bare pass")


def _seconds(work: Callable[[], object]) -> float:
    begin = time.perf_counter()
    work()
    return time.perf_counter() - begin


def _rates(ways: Mapping[str, Callable[[str], None]], texts: Sequence[str], rounds: int) -> dict[str, float]:
    """Bytes per second of processor time of each way to read the texts. The ways take turns, and of each its
    best round counts: what else the machine does only slows it."""
    size = sum(len(text.encode()) for text in texts)
    seconds = dict.fromkeys(ways, math.inf)
    for _ in range(rounds):
        for way, work in ways.items():
            begin = time.process_time()
            for text in texts:
                work(text)
            seconds[way] = min(seconds[way], time.process_time() - begin)
    return {way: size / took for way, took in seconds.items()}


def _import(folder: Path, own: Path) -> None:
    rows = 0
    begin = time.perf_counter()
    for name, format in _LISTS:
        before = list(sources.read_places(own)) if own.exists() else []
        done = import_list(folder / f"{name}.csv", format, sources.load(own), before)
        sources.write_places(own, done.places.values())
        rows += done.added + done.merged + done.passed_over + len(done.problems)
    print(f"import {rows:,} rows               {time.perf_counter() - begin:6.2f} s")


def _made_up(count: int) -> Iterator[Place]:
    """Villages with names like those of the country, none of which it has."""
    chance = random.Random(2011)  # noqa: S311 nothing secret
    pattern = sources.load().places["khan_tuman"]
    heads = ("", "", "كفر ", "تل ", "خربة ", "بيت ")
    for number in range(count):
        name = chance.choice(heads) + "".join(chance.choices("بتجحدرزسشصطعفقكلمنهوي", k=6))
        place = replace(pattern, id=f"made_up_{number}", name_ar=name, name_en="", names_ar=(), names_en=())
        yield replace(place, kind="village", ambiguous=" " not in name, source="made up")


def _texts(megabytes: float, reference: str | None) -> list[str]:
    folder = Path(reference) / "texts" if reference else ROOT / "samples"
    documents = [item.text for item in read_folder(folder) if isinstance(item, Document)]
    texts = []
    size = 0
    for text in itertools.cycle(documents):
        texts.append(text)
        size += len(text.encode())
        if size >= megabytes * 1e6:
            return texts
    raise SystemExit(f"no texts in {folder}")


def _naive(text: str, index: NameIndex) -> None:
    words = normalise(text).text.split()
    names = list(index.names)
    for length in (1, 2, 3):
        for begin in range(len(words) - length + 1):
            process.extractOne(
                " ".join(words[begin : begin + length]), names, scorer=fuzz.ratio, score_cutoff=85
            )


if __name__ == "__main__":
    main()
