"""Texts in: a folder of articles read as documents, and what could not be read, by name.

Three kinds of file are read, in subfolders too: ``.txt`` and ``.md`` (one article a file, with an optional
YAML front matter: title, published, outlet) and ``.jsonl`` (one article a line: id, text, published,
outlet, title). A ``metadata.csv`` in the folder (doc_id, published, outlet) fills in what the texts do not
say of themselves and corrects what they do.

Left alone: names that begin with a dot, ``README.md`` (it speaks of the folder), and every other ending.
"""

import csv
import hashlib
import json
import logging
import os
import re
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from io import StringIO
from pathlib import Path
from typing import BinaryIO, Final

import yaml

from extraction.records import Document

_LOG = logging.getLogger(__name__)

#: A longer text is no article. In bytes of the file, or of the line's text as UTF-8.
TEXT_LIMIT: Final = 5 * 1024 * 1024
#: A line of JSON may write each letter as an escape of six bytes, where UTF-8 has two.
_LINE_LIMIT: Final = 4 * TEXT_LIMIT
_TEXT_ENDINGS: Final = frozenset({".txt", ".md"})
_LINES_ENDING: Final = ".jsonl"
_METADATA: Final = "metadata.csv"

#: A block between two lines of dashes at the very beginning; a longer one is no front matter.
_FRONT_MATTER: Final = re.compile(
    r"---[ \t]*\r?\n(.{0,4000}?)^---[ \t]*(?:\r?\n|\Z)", re.DOTALL | re.MULTILINE
)
_ARABIC_LETTERS: Final = re.compile("[\u0620-\u063f\u0641-\u064a\u066e-\u06d3]+")


@dataclass(frozen=True, slots=True)
class Problem:
    """What could not be read, and why. ``str`` of it is one line, whatever the file is called.

    ``closed`` where the system refused to show it: texts may be there that nobody has seen. A ``warning``
    tells of something that was read all the same, but is to be looked at.
    """

    path: Path
    reason: str
    closed: bool = False
    warning: bool = False

    def __str__(self) -> str:
        return f"{printable(str(self.path))}: {printable(self.reason)}"


@dataclass(frozen=True, slots=True)
class _Facts:
    """What is said about a text beside the text; empty strings and None where nothing is."""

    published: date | None = None
    outlet: str = ""
    title: str = ""


class _Unreadable(Exception):
    """Why a file or line gives no document."""


def printable(text: str) -> str:
    """``text`` on one line and without control characters, for a message about a name from outside."""
    return "".join(
        c if c.isprintable() else c.encode("unicode_escape", "backslashreplace").decode() for c in text
    )


def read_folder(folder: Path) -> Iterator[Document | Problem]:
    """Every article under ``folder`` in the order of the paths, and every problem met on the way.

    A document whose date cannot be read is given without it, after a problem that says so. Two texts that
    are the same to the last letter are one: the second is a problem that names the first.

    Raises ``NotADirectoryError`` where ``folder`` is no folder.
    """
    if not folder.is_dir():
        raise NotADirectoryError(f"{folder} is no folder")
    paths, problems = _files(folder)
    yield from problems
    metadata, problems = _read_metadata(folder)
    yield from problems
    by_text: dict[str, str] = {}
    known: set[str] = set()
    for item in _articles(folder, paths):
        if isinstance(item, Problem):
            yield item
            continue
        where, document = item
        if document.doc_id in known:
            yield Problem(where, f"another text is called {document.doc_id} already")
            continue
        if document.sha256 in by_text:
            yield Problem(where, f"the same text as {by_text[document.sha256]}")
            continue
        known.add(document.doc_id)
        by_text[document.sha256] = document.doc_id
        yield _with_facts(document, metadata.get(document.doc_id, _Facts()))
    if unused := sorted(metadata.keys() - known):
        names = ", ".join(printable(name) for name in unused[:5])
        _LOG.warning("%s has rows for %d texts that were not read: %s", _METADATA, len(unused), names)


def read_file(path: Path) -> Iterator[Document | Problem]:
    """Every article of one file, as ``read_folder`` gives those of its folder: with the facts that a
    metadata.csv beside it tells of them. Whatever the file's ending, but .jsonl, it is one article."""
    metadata, _ = _read_metadata(path.parent)
    for item in _articles(path.parent, [path]):
        if isinstance(item, Problem):
            yield item
        else:
            document = item[1]
            yield _with_facts(document, metadata.get(document.doc_id, _Facts()))


def count_articles(folder: Path) -> int:
    """About how many items ``read_folder`` will give: a line of a .jsonl file counts as an article."""
    paths, _ = _files(folder)
    return sum(_count_lines(path) if path.suffix.lower() == _LINES_ENDING else 1 for path in paths)


# --- the files of a folder


def _files(folder: Path) -> tuple[list[Path], list[Problem]]:
    """The files to read, sorted; links that lead out of the folder and closed subfolders are problems."""
    root = folder.resolve()
    found: list[Path] = []
    problems: list[Problem] = []

    def closed(error: OSError) -> None:
        problems.append(Problem(Path(error.filename), f"cannot be opened: {error.strerror}", closed=True))

    for parent, folders, names in os.walk(folder, onerror=closed):
        folders[:] = [name for name in folders if not name.startswith(".")]
        candidates = [Path(parent, name) for name in names if _is_wanted(name)]
        linked = [Path(parent, name) for name in folders if Path(parent, name).is_symlink()]
        for path in candidates + linked:
            if _leads_out(path, root):
                problems.append(Problem(path, "a link that leads out of the folder; it is not followed"))
            elif path in candidates:
                found.append(path)
    return sorted(found), sorted(problems, key=lambda problem: problem.path)


def _leads_out(path: Path, root: Path) -> bool:
    return not path.resolve().is_relative_to(root)


def _is_wanted(name: str) -> bool:
    if name.startswith(".") or name.lower() == "readme.md":
        return False
    ending = Path(name).suffix.lower()
    return ending in _TEXT_ENDINGS or ending == _LINES_ENDING


def _articles(folder: Path, paths: list[Path]) -> Iterator[tuple[Path, Document] | Problem]:
    """Every article with the file (and line) that it stands in."""
    bare = {path: path.relative_to(folder).with_suffix("").as_posix() for path in paths}
    alike = Counter(bare[path] for path in paths if path.suffix.lower() != _LINES_ENDING)
    for path in paths:
        try:
            if not path.is_file():
                raise _Unreadable("no ordinary file")
            _check_utf8("the file's name", bare[path])
            if path.suffix.lower() == _LINES_ENDING:
                yield from _read_lines(path, bare[path])
            else:
                doc_id = bare[path] if alike[bare[path]] == 1 else path.relative_to(folder).as_posix()
                yield from _read_text(path, doc_id)
        except OSError as error:
            yield Problem(path, f"cannot be read: {error.strerror}", closed=True)
        except _Unreadable as error:
            yield Problem(path, str(error))


# --- one file, or one line


def _read_text(path: Path, doc_id: str) -> Iterator[tuple[Path, Document] | Problem]:
    with path.open("rb") as file:
        data = file.read(TEXT_LIMIT + 1)
    if len(data) > TEXT_LIMIT:
        raise _Unreadable("over 5 MB: no single article")
    fields, text = _split_front_matter(_decode(data, path))
    facts, complaint = _facts(fields)
    if complaint:
        yield Problem(path, complaint)
    yield path, _document(doc_id, text, facts)


def _read_lines(path: Path, stem: str) -> Iterator[tuple[Path, Document] | Problem]:
    """The articles of a .jsonl file; a broken line is a problem, and the next one is read."""
    with path.open("rb") as file:
        number = 0
        while line := file.readline(_LINE_LIMIT):
            number += 1
            where = path.with_name(f"{path.name}:{number}")
            try:
                if not line.endswith(b"\n") and len(line) == _LINE_LIMIT:
                    _skip_line(file)
                    raise _Unreadable("a line of over 20 MB: no single article")
                if not line.strip():
                    continue
                fields = _parse_line(_decode(line, where))
                facts, complaint = _facts(fields)
                given_id = fields.get("id")
                doc_id = f"{stem}:{number}" if given_id in (None, "") else str(given_id)
                _check_utf8("the id", doc_id)
                document = _document(doc_id, str(fields["text"]), facts)
            except _Unreadable as error:
                yield Problem(where, str(error))
                continue
            if complaint:
                yield Problem(where, complaint)
            yield where, document


def _count_lines(path: Path) -> int:
    try:
        with path.open("rb") as file:
            return sum(chunk.count(b"\n") for chunk in iter(lambda: file.read(1 << 20), b""))
    except OSError:
        return 0


def _skip_line(file: BinaryIO) -> None:
    while (rest := file.readline(_LINE_LIMIT)) and not rest.endswith(b"\n"):
        pass


def _parse_line(line: str) -> Mapping[str, object]:
    try:
        fields = json.loads(line)
    except (ValueError, RecursionError) as error:
        raise _Unreadable(f"broken JSON: {error}") from None
    if not isinstance(fields, dict) or not isinstance(fields.get("text"), str):
        raise _Unreadable('no article: the line is to be {"id": …, "text": "…", "published": …}')
    return fields


def _document(doc_id: str, text: str, facts: _Facts) -> Document:
    """The document of a text, which is checked for being one."""
    if not text.strip():
        raise _Unreadable("empty")
    if "\0" in text:
        raise _Unreadable("no text: it holds zero bytes; save it as UTF-8")
    _check_utf8("the text", text)
    data = text.encode()
    if len(data) > TEXT_LIMIT:
        raise _Unreadable("over 5 MB: no single article")
    return Document(
        doc_id=doc_id,
        text=text,
        published=facts.published,
        published_basis="given" if facts.published else "unknown",
        outlet=facts.outlet,
        title=facts.title,
        language="ar" if _is_arabic(text) else "",
        sha256=hashlib.sha256(data).hexdigest(),
    )


def _with_facts(document: Document, facts: _Facts) -> Document:
    """``document`` with what the metadata say of it; what they leave empty stays."""
    published = facts.published or document.published
    return replace(
        document,
        published=published,
        published_basis="given" if published else "unknown",
        outlet=facts.outlet or document.outlet,
    )


# --- bytes to letters


def _decode(data: bytes, path: Path) -> str:
    """The text of a file: UTF-8 without its byte-order mark, or else Windows-1256."""
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        text = data.decode("cp1256")
        # A UTF-8 file with one broken byte also gives Arabic letters as Windows-1256, but the wrong ones.
        whole = _arabic_letters(data.decode("utf-8", "ignore"))
        if not _is_arabic(text) or 4 * whole > _arabic_letters(text):
            raise _Unreadable(
                f"neither UTF-8 (byte {error.start} is wrong) nor Windows-1256; save it as UTF-8"
            ) from None
    _LOG.warning("%s: read as Windows-1256", printable(str(path)))
    return text


def _check_utf8(what: str, text: str) -> None:
    """Half a surrogate pair comes from a JSON escape or a file name, and cannot be stored."""
    try:
        text.encode()
    except UnicodeEncodeError:
        raise _Unreadable(f"{what} is no valid Unicode") from None


def _arabic_letters(text: str) -> int:
    return sum(map(len, _ARABIC_LETTERS.findall(text)))


def _is_arabic(text: str) -> bool:
    """Whether most letters are Arabic ones."""
    arabic = 2 * _arabic_letters(text)
    return arabic > len(text) or arabic > sum(map(str.isalpha, text))


# --- what is said about a text


def _split_front_matter(text: str) -> tuple[Mapping[str, object], str]:
    """The fields of the front matter and the text after it; a text without one is returned whole.

    YAML's base loader makes nothing but strings, lists and dicts: no tag runs code, no alias is expanded.
    """
    block = _FRONT_MATTER.match(text)
    if block is None:
        return {}, text
    try:
        fields = yaml.load(block[1], Loader=yaml.BaseLoader) or {}  # noqa: S506 the safest of all loaders
    except (yaml.YAMLError, RecursionError):
        return {}, text
    return (fields, text[block.end() :]) if isinstance(fields, dict) else ({}, text)


def _facts(fields: Mapping[str, object]) -> tuple[_Facts, str]:
    """The facts in a text's own fields, and a complaint about a date that is none."""
    published, complaint = _read_date(fields.get("published"))
    return _Facts(published, _one_line(fields.get("outlet")), _one_line(fields.get("title"))), complaint


def _read_date(value: object) -> tuple[date | None, str]:
    """A date written as 2013-11-20, with or without a time after it; else None and the complaint."""
    if value is None or value == "":
        return None, ""
    try:
        return datetime.fromisoformat(str(value).strip()).date(), ""
    except ValueError:
        shown = printable(str(value)[:40])
        return None, f'published "{shown}" is no date (write it as 2013-11-20); the text is kept undated'


def _one_line(value: object) -> str:
    return " ".join(value.split()) if isinstance(value, str) else ""


def _read_metadata(folder: Path) -> tuple[dict[str, _Facts], list[Problem]]:
    """The rows of metadata.csv by doc_id; a bad date is a problem that names its row."""
    facts: dict[str, _Facts] = {}
    problems: list[Problem] = []
    path = folder / _METADATA
    if not path.is_file() or _leads_out(path, folder.resolve()):
        return facts, problems
    try:
        rows = csv.DictReader(StringIO(_decode(path.read_bytes(), path), newline=""))
        if "doc_id" not in (rows.fieldnames or ()):
            raise _Unreadable("no column doc_id; its first line is to be doc_id,published,outlet")
        for row in rows:
            published, complaint = _read_date(row.get("published"))
            if complaint:
                problems.append(Problem(path, f"line {rows.line_num}: {complaint}"))
            facts[str(row["doc_id"])] = _Facts(published, _one_line(row.get("outlet")))
    except OSError as error:
        problems.append(Problem(path, f"cannot be read: {error.strerror}"))
    except (_Unreadable, csv.Error) as error:
        problems.append(Problem(path, str(error)))
    return facts, problems
