"""How right the reading is: the figures of the methods page. benchmarks/README.md says how to run it."""

import argparse
import os
import sys
import tempfile
import tomllib
from collections.abc import Iterator, Mapping
from datetime import date
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path[0] = str(ROOT)  # in place of this file's folder, where "extraction" would be a benchmark

from extraction import cli  # noqa: E402
from extraction.evaluate import Evaluation, Share, Tally, evaluate  # noqa: E402

FIGURES = ROOT / "dashboard" / "figures.toml"
PASSAGES = ROOT / "tests" / "passages"


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--out", type=Path, default=FIGURES, metavar="FILE", help=f"default: {FIGURES}")
    arguments = parser.parse_args()
    if not (reference := os.environ.get("CONFLICTMAP_REFERENCE")):
        print("set CONFLICTMAP_REFERENCE to a folder with texts/ and gold/", file=sys.stderr)
        return 2
    evaluation = measured(Path(reference))
    arguments.out.write_text("\n".join(lines(evaluation)) + "\n", encoding="utf-8")
    print(f"written to {arguments.out}", file=sys.stderr)
    return 0


def measured(reference: Path) -> Evaluation:
    """The reference texts read, exported and compared with their answers."""
    with tempfile.TemporaryDirectory() as folder:
        archive, out = str(Path(folder) / "archive.sqlite"), str(Path(folder) / "export")
        for command in (["extract", str(reference / "texts")], ["export", "--out", out]):
            if cli.main([*command, "--archive", archive]) != cli.OK:
                raise SystemExit(1)
        return evaluate(Path(out), reference / "gold")


def lines(evaluation: Evaluation) -> Iterator[str]:
    """The figures as TOML."""
    passages = [
        passage
        for path in sorted(PASSAGES.glob("*.toml"))
        for passage in tomllib.loads(path.read_text("utf-8"))["passage"]
    ]
    faulty = sum("known_fault" in passage for passage in passages)
    yield "# How right the reading is, for the methods page. Written by benchmarks/figures.py, not by hand."
    yield f"measured = {date.today()}"
    yield f"texts = {evaluation.texts}  # with answers made by hand; known when the rules were written"
    yield f"forbidden = {evaluation.forbidden}  # claims that say what the text does not"
    yield f"passages = {{ right = {len(passages) - faulty}, of = {len(passages)} }}  # of tests/passages"
    yield from _tallies("found", {"mentions": evaluation.mentions, "markers": evaluation.markers})
    yield from _tallies("markers", evaluation.markers_by_type)
    places = {name: getattr(evaluation, name) for name in ("located", "within_5_km", "within_20_km")}
    yield from _shares("places", places)
    yield from _shares("claims", dict(sorted(evaluation.attributes.items())))
    bands = {f'"{band.split()[0]}"': share for band, share in sorted(evaluation.reliability.items())}
    yield from _shares("confidence", bands)


def _tallies(section: str, tallies: Mapping[str, Tally]) -> Iterator[str]:
    yield f"\n[{section}]"
    for name, tally in sorted(tallies.items()):
        yield f"{name} = {{ right = {tally.hits}, false = {tally.false}, missed = {tally.missed} }}"


def _shares(section: str, shares: Mapping[str, Share]) -> Iterator[str]:
    yield f"\n[{section}]"
    for name, share in shares.items():
        yield f"{name} = {{ right = {share.right}, of = {share.of} }}"


if __name__ == "__main__":
    sys.exit(main())
