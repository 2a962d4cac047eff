"""What a change of the grammar changes: every text that we have, read before and after it, and what differs.

    make same                      the working tree beside the last commit
    make same REV=main             beside another revision
    make same ARGS='--sample 100 --seed 7 --blind key.csv'

The texts are those of the working tree: the samples, the passages, the sentences of the tests, and the
articles in the folder ``corpus`` where CONFLICTMAP_REFERENCE points. Two readings of a text differ where a
field of its document, of a mention or of a claim does. A difference is shown as a reader would read it: the
sentence, what it was, what it is. Exit code 0: none; 1: some; 2: wrong use.
"""

import argparse
import csv
import io
import json
import os
import random
import subprocess
import sys
import tarfile
import tempfile
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict, dataclass
from functools import cache
from pathlib import Path
from typing import Any, Final

from tqdm import tqdm

from extraction.lexicon import vocabulary
from extraction.words.sentence import Words, split_words
from gazetteer.orthography import normalise
from tools.readings import Text, all_texts

ROOT: Final = Path(__file__).resolve().parent.parent
_NEAR: Final = 200  # code points between two claims without a common trigger that may still be one
_NONE: Final = "–"

Line = Mapping[str, Any]
#: The lines of each text, by its name.
Lines = Mapping[str, Sequence[str]]


@dataclass(frozen=True, slots=True)
class Difference:
    """One line that was and what it became; None where there was none, or is none any more."""

    name: str
    was: Line | None
    now: Line | None

    @property
    def kind(self) -> str:
        """document, mention, claim or error."""
        return str((self.now or self.was or {})["line"])


def read_with(tree: Path, wanted: Sequence[Text], jobs: int, label: str) -> Lines:
    """The lines of all texts as the program in the folder ``tree`` reads them, in ``jobs`` processes."""
    shares = [wanted[n::jobs] for n in range(jobs)]
    with (
        tqdm(total=len(wanted), unit=" texts", desc=label, disable=None) as bar,
        ThreadPoolExecutor() as pool,
    ):
        answers = pool.map(lambda share: _read_share(tree, share, bar), shares)
        return {name: lines for answer in answers for name, lines in answer}


def _read_share(tree: Path, share: Sequence[Text], bar: "tqdm[Any]") -> list[tuple[str, list[str]]]:
    found = []
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "texts.jsonl"
        path.write_text("".join(json.dumps(asdict(text)) + "\n" for text in share), encoding="utf-8")
        command = [sys.executable, str(ROOT / "tools" / "readings.py"), str(path), str(tree)]
        settings = {**os.environ, "PYTHONPATH": str(tree), "PYTHONHASHSEED": "0"}
        with subprocess.Popen(
            command, cwd=tree, env=settings, stdout=subprocess.PIPE, text=True, encoding="utf-8"
        ) as done:
            for row in done.stdout or ():
                found.append(json.loads(row))
                bar.update()
    if done.returncode:
        raise SystemExit(f"the program in {tree} does not read; see above")
    return found


def unpack(revision: str, folder: Path) -> None:
    """Put the files of a revision into a folder."""
    command = ["git", "-C", str(ROOT), "archive", "--format=tar", revision, "gazetteer", "extraction"]
    done = subprocess.run(command, capture_output=True, check=False)
    if done.returncode:
        raise SystemExit(f"no revision {revision!r}: {done.stderr.decode().strip()}")
    with tarfile.open(fileobj=io.BytesIO(done.stdout)) as tar:
        tar.extractall(folder, filter="data")


def differences(before: Lines, after: Lines) -> Iterator[Difference]:
    """What differs, text by text, in the order of the text."""
    for name, was in before.items():
        now = after[name]
        if was == now:
            continue
        gone = [json.loads(line) for line in was if line not in now]
        come = [json.loads(line) for line in now if line not in was]
        found = [Difference(name, one, other) for one, other in _pairs(gone, come)]
        yield from sorted(found, key=lambda d: _start(d.now or d.was or {}))


def _pairs(gone: Sequence[Line], come: Sequence[Line]) -> Iterator[tuple[Line | None, Line | None]]:
    """Each line that is gone with the one that stands for it: of the same words, else the nearest."""
    left = list(come)
    rest: list[Line] = []
    for was in gone:
        same = next((now for now in left if _anchor(now) == _anchor(was)), None)
        if same is None:
            rest.append(was)
        else:
            left.remove(same)
            yield was, same
    for was in rest:
        near = [n for n in left if n["line"] == was["line"] and abs(_start(n) - _start(was)) <= _NEAR]
        now = min(near, key=lambda n: abs(_start(n) - _start(was)), default=None)
        if now is not None:
            left.remove(now)
        yield was, now
    yield from ((None, now) for now in left)


def _anchor(line: Line) -> tuple[object, ...]:
    """The words that a line is read from: of a claim its trigger."""
    trigger = next((cue["start"] for cue in line.get("cues", ()) if cue["role"] == "trigger"), None)
    return line["line"], line.get("start") if trigger is None else trigger


def _start(line: Line) -> int:
    return int(line.get("start", -1))


# --- shown to a reader


def show(number: int, difference: Difference, text: str, sides: tuple[str, str]) -> str:
    """A difference in words; ``sides`` are what the two readings are called."""
    was, now = difference.was, difference.now
    rows = [f"{number}. {difference.name} · {difference.kind}"]
    if difference.kind in ("mention", "claim"):
        rows.append(f"   {sentence_around(text, was or now or {})}")
    keys = sorted({*(was or {}), *(now or {})})
    changed = [key for key in keys if was and now and was.get(key) != now.get(key)]
    for side, line in zip(sides, (was, now), strict=True):
        rows.append(f"   {side + ':':5} {summary(line, text)}")
    rows += [
        f"         {key}: {_value(was, key, text)} → {_value(now, key, text)}"
        for key in changed
        if key != "evidence"
    ]
    return "\n".join(rows)


def sentence_around(text: str, line: Line) -> str:
    """The sentence in which a line begins, with its words marked: ⟦…⟧."""
    words = _words(text)
    at = _start(line)
    told = next((s for s in words.sentences if words.end(s.last - 1) > at), None)
    first = min(words.start(told.first), at) if told else at
    last = max(words.end(told.last - 1), line["end"]) if told else line["end"]
    marked = f"{text[first:at]}⟦{text[at : line['end']]}⟧{text[line['end'] : last]}"
    return " ".join(marked.split())


@cache
def _words(text: str) -> Words:
    return split_words(normalise(text), vocabulary.load())


def summary(line: Line | None, text: str) -> str:
    """A line in one row: what a reader of the map would be told."""
    if line is None:
        return _NONE
    if line["line"] == "mention":
        where = line["name_en"] or line["surface"]
        return f"{where} ({line['kind'] or _NONE}, {line['admin1'] or _NONE}) {line['method']}"
    if line["line"] != "claim":
        return " · ".join(f"{key} {value}" for key, value in line.items() if value and key != "line")
    by = " ".join(
        filter(None, (line["actor"] or line["actor_bloc"], "denied" * (line["stance"] == "denied")))
    )
    whom = line["target"] or line["target_bloc"]
    told = [
        line["event_type"],
        f"by {by}" if by else "",
        f"against {whom}" if whom else "",
        f"at {_value(line, 'places', text)}" if line["places"] else "nowhere",
        f"on {line['date_start']}–{line['date_end']}" if line["date_start"] else "undated",
        *(
            f"{line[f'{what}_min']}–{line[f'{what}_max']} {what}"
            for what in ("killed", "wounded", "strikes")
            if line[f"{what}_min"] is not None
        ),
        f"victims {line['victims']}" if line["victims"] else "",
        line["weapon"],
        "total" if line["is_total"] else "",
        f"says {line['claimant']}" if line["claimant"] else "",
        f"through {line['relayed_by']}" if line["relayed_by"] else "",
    ]
    return " · ".join(filter(None, told))


def _value(line: Line | None, key: str, text: str) -> str:
    value = (line or {}).get(key)
    if key in ("places", "cues") and isinstance(value, list):
        return ", ".join(_words_of(item, text) for item in value) or _NONE
    return _NONE if value in (None, "") else str(value)


def _words_of(item: Mapping[str, Any], text: str) -> str:
    said = text[item["start"] : item["end"]]
    return said if "place_id" in item else f"{item['role']} {said} ({item['rule']})"


def blinded(found: Sequence[Difference], seed: int) -> list[tuple[Difference, str]]:
    """The differences with their sides turned by chance, and which of A and B is the new one."""
    dice = random.Random(seed)  # noqa: S311 - a draw, no secret
    turned = [dice.random() < 0.5 for _ in found]
    return [
        (Difference(d.name, d.now, d.was), "A") if turn else (d, "B")
        for d, turn in zip(found, turned, strict=True)
    ]


def _write_key(path: Path, found: Iterable[tuple[Difference, str]]) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(("number", "text", "new"))
        writer.writerows((n, difference.name, new) for n, (difference, new) in enumerate(found, 1))


def _arguments(arguments: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="same.py", description=(__doc__ or "").split("\n", 1)[0])
    parser.add_argument("--rev", default="HEAD", help="the revision before (default: %(default)s)")
    parser.add_argument("--sample", type=int, metavar="N", help="show only N differences, drawn by chance")
    parser.add_argument(
        "--seed", type=int, default=0, metavar="S", help="of the draws (default: %(default)s)"
    )
    parser.add_argument(
        "--blind", type=Path, metavar="KEY", help="hide which side is new, and write it to KEY"
    )
    parser.add_argument("--claims", action="store_true", help="only claims, no mentions or documents")
    parser.add_argument(
        "--keep", type=Path, metavar="FOLDER", help="write before.jsonl and after.jsonl there"
    )
    parser.add_argument(
        "--jobs", type=int, default=os.cpu_count() or 1, help="processes (default: all cores)"
    )
    return parser.parse_args(arguments)


def main(arguments: Sequence[str] | None = None) -> int:
    """Read all texts with both revisions and show what differs."""
    told = _arguments(arguments)
    reference = os.environ.get("CONFLICTMAP_REFERENCE")
    if not reference:
        print("The corpus is left out: CONFLICTMAP_REFERENCE is not set.", file=sys.stderr)
    wanted = all_texts(ROOT, Path(reference) if reference else None)
    with tempfile.TemporaryDirectory() as folder:
        unpack(told.rev, Path(folder))
        before = read_with(Path(folder), wanted, told.jobs, told.rev)
    after = read_with(ROOT, wanted, told.jobs, "now")
    if told.keep:
        told.keep.mkdir(parents=True, exist_ok=True)
        for name, lines in (("before", before), ("after", after)):
            rows = (f"{text.name}\t{line}\n" for text in wanted for line in lines[text.name])
            (told.keep / f"{name}.jsonl").write_text("".join(rows), encoding="utf-8")
    found = [d for d in differences(before, after) if d.kind in ("claim", "error") or not told.claims]
    kinds = Counter(d.kind for d in found)
    drawn = found
    if told.sample is not None and told.sample < len(found):
        chosen = random.Random(told.seed).sample(range(len(found)), told.sample)  # noqa: S311
        drawn = [found[n] for n in sorted(chosen)]
    by_name = {text.name: text.text for text in wanted}
    shown = blinded(drawn, told.seed) if told.blind else [(d, "") for d in drawn]
    for number, (difference, _) in enumerate(shown, 1):
        sides = ("A", "B") if told.blind else ("was", "is")
        print(show(number, difference, by_name[difference.name], sides), end="\n\n")
    if told.blind:
        _write_key(told.blind, shown)
    claims = sum(json.loads(line)["line"] == "claim" for lines in after.values() for line in lines)
    counted = ", ".join(f"{kind} {n}" for kind, n in sorted(kinds.items())) or "nothing"
    print(f"{len(wanted)} texts, {claims} claims. Differs: {counted}.", file=sys.stderr)
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
