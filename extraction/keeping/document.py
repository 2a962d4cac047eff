"""Texts in: a folder of articles read as documents, and what could not be read, by name.

Three kinds of file are read, in subfolders too: ``.txt`` and ``.md`` (one article a file, with an optional
header: title, published, outlet, url, archived_url) and ``.jsonl`` (one article a line: id, text and the
same). A ``metadata.csv`` in the folder (doc_id and the same) fills in what the texts do not say of
themselves and corrects what they do.

Left alone: names that begin with a dot, and READMEs (they speak of the folder). Every other file is told.
"""

import hashlib
import json
import logging
import os
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import BinaryIO, Final

from extraction.keeping.facts import FACTS, Facts, read_facts, split_header
from extraction.records import Document
from gazetteer.encoding import NotArabic, check_arabic, decode
from gazetteer.tables import Table, TableError, read_table

_LOG = logging.getLogger(__name__)

#: A longer text is no article. In bytes of the file, or of the line's text as UTF-8.
TEXT_LIMIT: Final = 5 * 1024 * 1024
#: A line of JSON may write each letter as an escape of six bytes, where UTF-8 has two.
_LINE_LIMIT: Final = 4 * TEXT_LIMIT
_TEXT_ENDINGS: Final = frozenset({".txt", ".md"})
_LINES_ENDING: Final = ".jsonl"
_METADATA: Final = "metadata.csv"

#: Kinds of file that are no texts to this program, but may hold one: what is in them is lost.
_MAY_HOLD_TEXTS: Final = frozenset(
    {
        *("", ".docx", ".doc", ".odt", ".rtf", ".pdf", ".epub", ".html", ".htm", ".xhtml", ".mhtml", ".xml"),
        *(".json", ".eml", ".msg", ".zip", ".gz", ".tar", ".7z", ".rar"),
    }
)
#: A longer id is none (characters).
_ID_LIMIT: Final = 1000
#: So many names are told of many.
_NAMED: Final = 5


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
    are the same to the last letter are one: the second is a warning that names the first.

    Raises ``NotADirectoryError`` where ``folder`` is no folder.
    """
    if not folder.is_dir():
        raise NotADirectoryError(f"{folder} is no folder")
    paths, problems = _files(folder)
    yield from problems
    metadata, problems = _read_metadata(folder / _METADATA)
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
            yield Problem(where, f"the same text as {by_text[document.sha256]}", warning=True)
            continue
        known.add(document.doc_id)
        by_text[document.sha256] = document.doc_id
        yield _with_facts(document, metadata)
    if unused := sorted(metadata.keys() - known):
        lines = [metadata[name][0] for name in unused]
        yield Problem(
            folder / _METADATA,
            f"{len(unused)} rows for texts that were not read, on line {_some(map(str, lines))}: "
            f"{_some(unused)}; doc_id is a text's path in the folder without its ending",
            warning=True,
        )


def read_file(path: Path) -> Iterator[Document | Problem]:
    """Every article of one file, as ``read_folder`` gives those of its folder: with the facts that a
    metadata.csv beside it tells of them. Whatever the file's ending, but .jsonl, it is one article."""
    metadata, _ = _read_metadata(path.parent / _METADATA)
    for item in _articles(path.parent, [path]):
        if isinstance(item, Problem):
            yield item
        else:
            yield _with_facts(item[1], metadata)


def count_articles(folder: Path) -> int:
    """About how many items ``read_folder`` will give: a line of a .jsonl file counts as an article."""
    paths, _ = _files(folder)
    return sum(_count_lines(path) if path.suffix.lower() == _LINES_ENDING else 1 for path in paths)


# --- the files of a folder


def _files(folder: Path) -> tuple[list[Path], list[Problem]]:
    """The files to read, sorted; links that lead out of the folder, closed subfolders and files of other
    kinds are problems."""
    root = folder.resolve()
    found: list[Path] = []
    others: list[Path] = []
    problems: list[Problem] = []

    def closed(error: OSError) -> None:
        problems.append(Problem(Path(error.filename), f"cannot be opened: {error.strerror}", closed=True))

    for parent, folders, names in os.walk(folder, onerror=closed):
        folders[:] = [name for name in folders if not name.startswith(".")]
        for path in (Path(parent, name) for name in folders):
            if path.is_symlink():
                problems += _link_problem(path, root)
            elif _is_text(path):
                told = "a folder, though its name is that of a text; what is in it is read"
                problems.append(Problem(path, told, warning=True))
        for path in (Path(parent, name) for name in names if not _is_left_alone(name)):
            if not _is_text(path):
                if path != folder / _METADATA:
                    others.append(path)
            elif path.is_symlink() and (wrong := _link_problem(path, root)):
                problems += wrong
            else:
                found.append(path)
    problems.sort(key=lambda problem: problem.path)
    return sorted(found), [*problems, *_unknown_kinds(folder, sorted(others))]


def _link_problem(path: Path, root: Path) -> list[Problem]:
    """A problem where a link leads out of the folder, or nowhere."""
    try:
        if path.resolve(strict=True).is_relative_to(root):
            return []
    except (OSError, RuntimeError):  # the latter of Python 3.11 and 3.12, for a link to itself
        return [Problem(path, "a link that leads nowhere, or to itself")]
    return [Problem(path, "a link that leads out of the folder; it is not followed")]


def _is_left_alone(name: str) -> bool:
    return name.startswith(".") or Path(name).stem.lower() == "readme"


def _is_text(path: Path) -> bool:
    return path.suffix.lower() in (*_TEXT_ENDINGS, _LINES_ENDING)


def _unknown_kinds(folder: Path, paths: list[Path]) -> Iterator[Problem]:
    """What is told of files that no reader knows: a warning, but where they may hold texts."""
    for lost in (True, False):
        those = [path for path in paths if (path.suffix.lower() in _MAY_HOLD_TEXTS) == lost]
        if those:
            kinds = Counter(path.suffix.lower() or "no ending" for path in those)
            counted = ", ".join(f"{n} {kind}" for kind, n in kinds.most_common(_NAMED))
            names = _some(path.relative_to(folder).as_posix() for path in those)
            remedy = "; save each text as .txt" if lost else ""
            told = f"{len(those)} files of kinds that are not read ({counted}): {names}{remedy}"
            yield Problem(folder, told, warning=not lost)


def _some(names: Iterable[str]) -> str:
    """The first few of many names."""
    first = [printable(name) for name in names]
    return ", ".join(first[:_NAMED]) + (", …" if len(first) > _NAMED else "")


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
    header = split_header(_decode(data, path))
    facts, complaints = read_facts(header.fields)
    for complaint in (*header.complaints, *complaints):
        yield Problem(path, complaint, warning=True)
    document, told = _document(doc_id, header.text, facts)
    if told:
        yield Problem(path, told, warning=True)
    yield path, document


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
                facts, complaints = read_facts(fields)
                document, told = _document(
                    _id(fields.get("id"), f"{stem}:{number}"), str(fields["text"]), facts
                )
            except _Unreadable as error:
                yield Problem(where, str(error))
                continue
            for complaint in filter(None, (*complaints, told)):
                yield Problem(where, complaint, warning=True)
            yield where, document


def _id(given: object, otherwise: str) -> str:
    """The id that a line gives its article."""
    if given is None or given == "":
        return otherwise
    if not isinstance(given, str | int):
        raise _Unreadable("its id is neither a text nor a number")
    doc_id = str(given)
    _check_utf8("the id", doc_id)
    if len(doc_id) > _ID_LIMIT or "\0" in doc_id:
        raise _Unreadable(f"its id is longer than {_ID_LIMIT} characters, or holds a zero byte")
    return doc_id


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


def _document(doc_id: str, text: str, facts: Facts) -> tuple[Document, str]:
    """The document of a text, which is checked for being one in Arabic, and what is to be told of it."""
    if not text.strip():
        raise _Unreadable("empty")
    if "\0" in text:
        raise _Unreadable("no text: it holds zero bytes; save it as UTF-8")
    _check_utf8("the text", text)
    data = text.encode()
    if len(data) > TEXT_LIMIT:
        raise _Unreadable("over 5 MB: no single article")
    try:
        told = check_arabic(text)
    except NotArabic as error:
        raise _Unreadable(str(error)) from None
    document = Document(
        doc_id=doc_id,
        text=text,
        published=facts.published,
        published_basis="given" if facts.published else "unknown",
        outlet=facts.outlet,
        title=facts.title,
        language="ar",
        sha256=hashlib.sha256(data).hexdigest(),
        url=facts.url,
        archived_url=facts.archived_url,
    )
    return document, told


def _with_facts(document: Document, metadata: Mapping[str, tuple[int, Facts]]) -> Document:
    """``document`` with what the metadata say of it; what they leave empty stays."""
    _, facts = metadata.get(document.doc_id, (0, Facts()))
    published = facts.published or document.published
    return replace(
        document,
        published=published,
        published_basis="given" if published else "unknown",
        outlet=facts.outlet or document.outlet,
        title=facts.title or document.title,
        url=facts.url or document.url,
        archived_url=facts.archived_url or document.archived_url,
    )


# --- bytes to letters


def _decode(data: bytes, path: Path) -> str:
    """The text of a file, or of a line of one."""
    try:
        decoded = decode(data)
    except NotArabic as error:
        raise _Unreadable(str(error)) from None
    if decoded.encoding:
        _LOG.info("%s: read as %s", printable(str(path)), decoded.encoding)
    return decoded.text


def _check_utf8(what: str, text: str) -> None:
    """Half a surrogate pair comes from a JSON escape or a file name, and cannot be stored."""
    try:
        text.encode()
    except UnicodeEncodeError:
        raise _Unreadable(f"{what} is no valid Unicode") from None


# --- metadata.csv


def _read_metadata(path: Path) -> tuple[dict[str, tuple[int, Facts]], list[Problem]]:
    """The rows of metadata.csv by doc_id, each with its line, and what is wrong with them."""
    if not path.exists() and not path.is_symlink():
        return {}, []
    if path.is_symlink() and (wrong := _link_problem(path, path.parent.resolve())):
        return {}, wrong
    if path.is_dir():
        return {}, [Problem(path, "a folder; what is said of the texts is to be a CSV file of this name")]
    try:
        return _metadata_rows(path, read_table(path))
    except OSError as error:
        return {}, [Problem(path, f"cannot be read: {error.strerror}")]
    except TableError as error:
        told = Problem(path, f"{error.reason}; the rows from there on are not read")
        if error.before is None:
            return {}, [Problem(path, error.reason)]
        rows, problems = _metadata_rows(path, error.before)
        return rows, [told, *problems]


def _metadata_rows(path: Path, table: Table) -> tuple[dict[str, tuple[int, Facts]], list[Problem]]:
    found: dict[str, tuple[int, Facts]] = {}
    problems: list[Problem] = []
    header = [title.strip().lower() for title in table.header]
    if "doc_id" not in header:
        told = f"no column doc_id; its first line is to be doc_id,{','.join(FACTS)}, or some of these"
        return {}, [Problem(path, told)]
    for row in table.rows:
        where = f"line {row.first}"
        if len(row.cells) > len(header):
            told = f"{len(row.cells)} cells, but the header has {len(header)}; put cells with separators into"
            problems.append(Problem(path, f"{where}: {told} quotes; the row is left out"))
            continue
        if any(
            separator in line for cell in row.cells for line in cell.split("\n")[1:] for separator in ",;\t"
        ):
            told = f"lines {row.first} to {row.last} are one row, for a quote is not closed before; close it"
            problems.append(Problem(path, told))
        fields = dict(zip(header, row.cells, strict=False))
        doc_id = fields.get("doc_id", "").strip()
        facts, complaints = read_facts(fields)
        problems += [Problem(path, f"{where}: {complaint}", warning=True) for complaint in complaints]
        if not doc_id:
            problems.append(Problem(path, f"{where}: no doc_id; the row is left out"))
        elif doc_id not in found:
            found[doc_id] = row.first, facts
        elif found[doc_id][1] != facts:
            told = f"{where}: another row for {doc_id}, which line {found[doc_id][0]} is about; remove one"
            problems.append(Problem(path, f"{told}. The first is taken"))
    return found, problems
