"""What the program reads in many texts, as lines that can be compared: one line a document, mention or claim.

Texts come in as JSON lines (``Text``), one answer goes out for each. The program that reads is the one on
``PYTHONPATH``, so that the same texts can be read by another revision of it; hence this file imports
nothing of this revision's tools, and asks of the program only what every revision has.
"""

import ast
import dataclasses
import json
import sys
import tomllib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any, Final

from extraction.pipeline import read
from extraction.records import Document, PublishedBasis, Reading
from gazetteer.sources import load

#: The day on which the sentences of the unit tests are published.
UNIT_DAY: Final = date(2016, 5, 11)
_SENTENCE: Final = 3  # Arabic words: fewer are no sentence
#: Hashes of other fields, which would tell a difference twice.
_LEFT_OUT: Final = frozenset(
    {"claim_id", "incident_id", "doc_id", "outlet", "sha256", "text", "title", "corrected"}
)


@dataclass(frozen=True, slots=True)
class Text:
    """A text to be read: ``name`` tells where it stands, as ``passages/wires-3``; ``published`` is an ISO
    date or empty."""

    name: str
    text: str
    published: str = ""
    outlet: str = ""


def samples(root: Path) -> Iterator[Text]:
    """The sample dispatches."""
    yield from _folder(root / "samples", "samples")


def passages(root: Path) -> Iterator[Text]:
    """The passages of the development set."""
    for path in sorted((root / "tests" / "passages").glob("*.toml")):
        for passage in tomllib.loads(path.read_text(encoding="utf-8"))["passage"]:
            yield Text(
                f"passages/{passage['id']}",
                passage["text"],
                passage["published"].isoformat(),
                passage["outlet"],
            )


def unit_sentences(root: Path) -> Iterator[Text]:
    """Every sentence in Arabic that stands in a test of the program, once: named by file, line and number."""
    known: set[str] = set()
    for path in sorted((root / "tests").glob("test_*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if not isinstance(node, ast.Constant) or not isinstance(value := node.value, str):
                continue
            if value in known or not _is_sentence(value):
                continue
            known.add(value)
            yield Text(f"{path.stem}:{node.lineno}:{len(known)}", value, UNIT_DAY.isoformat())


def examples(root: Path) -> Iterator[Text]:
    """The examples and counter-examples of single rules."""
    data = tomllib.loads((root / "tests" / "examples.toml").read_text(encoding="utf-8"))
    for number, example in enumerate(data["example"], 1):
        for key in ("text", "counter"):
            yield Text(f"examples/{number}-{key}", example[key], UNIT_DAY.isoformat())


def all_texts(root: Path, reference: Path | None) -> list[Text]:
    """All texts of the program in the folder ``root``, and where it is told those of ``reference/corpus``."""
    sentences = list(unit_sentences(root))
    undated = (replace(text, name=f"{text.name}:undated", published="") for text in sentences)
    found = [*samples(root), *passages(root), *examples(root), *sentences, *undated]
    return found if reference is None else [*found, *_folder(reference / "corpus", "corpus")]


def _folder(folder: Path, label: str) -> Iterator[Text]:
    from extraction.keeping.document import (
        read_folder,  # not where another tree reads: it may stand elsewhere there
    )

    for item in read_folder(folder):
        if isinstance(item, Document):
            day = item.published.isoformat() if item.published else ""
            yield Text(f"{label}/{item.doc_id}", item.text, day, item.outlet)


def _is_sentence(value: str) -> bool:
    return sum(any("ء" <= letter <= "ي" for letter in word) for word in value.split()) >= _SENTENCE


def lines(reading: Reading) -> list[str]:
    """A reading as lines of JSON, sorted: its document, its mentions, its claims, with every field."""
    rows: list[tuple[str, Any]] = [("document", reading.document)]
    rows += [("mention", mention) for mention in reading.mentions]
    rows += [("claim", claim) for claim in reading.claims]
    return sorted(_line(kind, record) for kind, record in rows)


def _line(kind: str, record: Any) -> str:
    fields = {key: value for key, value in dataclasses.asdict(record).items() if key not in _LEFT_OUT}
    return json.dumps({"line": kind, **fields}, ensure_ascii=False, sort_keys=True, default=str)


def read_text(text: Text) -> list[str]:
    """The lines of a text; where the reading fails, one that says so."""
    day = date.fromisoformat(text.published) if text.published else None
    basis: PublishedBasis = "given" if day else "unknown"
    try:
        return lines(read(Document(text.name, text.text, day, basis, text.outlet, "", "ar", ""), load()))
    except Exception as error:  # noqa: BLE001 - whatever it is, it is a difference to be shown
        return [json.dumps({"line": "error", "error": repr(error)})]


def answer(texts: Iterable[str]) -> Iterator[str]:
    """One line of JSON for each line: the name of the text and the lines of its reading."""
    for row in texts:
        text = Text(**json.loads(row))
        yield json.dumps([text.name, read_text(text)], ensure_ascii=False)


def main(arguments: Sequence[str]) -> int:
    """Read the texts of a file; ``arguments`` are that file and the folder in which the program must be."""
    texts, tree = map(Path, arguments)
    program = Path(sys.modules[read.__module__].__file__ or "")
    if tree.resolve() not in program.resolve().parents:
        print(f"{program} is not the program of {tree}", file=sys.stderr)
        return 2
    with texts.open(encoding="utf-8") as rows:
        for row in answer(rows):
            print(row, flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
