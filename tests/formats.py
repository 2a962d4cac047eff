"""An article in every format that is read, and for every format that is written a reader that is not ours."""

import json
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Final

import pandas as pd

from extraction.keeping.facts import Facts

TEXT: Final = "سيطرت المعارضة السورية على بلدة خان طومان في ريف حلب الجنوبي أمس."
FACTS: Final = Facts(
    date(2016, 5, 7), "وكالة", "حلب: سقوط خان طومان", "https://news.example/1", "https://archive.example/1"
)
FIELDS: Final = {
    "published": "2016-05-07",
    "outlet": FACTS.outlet,
    "title": FACTS.title,
    "url": FACTS.url,
    "archived_url": FACTS.archived_url,
}


def text() -> bytes:
    header = "".join(f"{name}: {value}\n" for name, value in FIELDS.items())
    return f"---\n{header}---\n{TEXT}\n".encode()


def jsonl() -> bytes:
    return json.dumps({"text": TEXT, **FIELDS}).encode()


#: By format what makes a file with the article ``TEXT``, with those of ``FACTS`` that it has room for.
SAMPLES: Final[dict[str, Callable[[], bytes]]] = {"text": text, "jsonl": jsonl}


def csv(folder: Path) -> int:
    return len(pd.read_csv(folder / "claims.csv"))


#: By format what reads from a folder how many claims stand there.
READERS: Final[dict[str, Callable[[Path], int]]] = {"csv": csv}
