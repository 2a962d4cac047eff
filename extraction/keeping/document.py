"""Texts in: a folder of articles read as documents, and what could not be read, by name.

The files of the formats that are read (``formats``) are, in subfolders too. A ``metadata.csv`` in the folder
(doc_id, title, published, outlet, url, archived_url) fills in what the texts do not say of themselves and
corrects what they do.

Left alone: names that begin with a dot, and READMEs (they speak of the folder). Every other file is told.
"""

import hashlib
import os
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from types import MappingProxyType
from typing import Final

from extraction.keeping.facts import FACTS, Facts, read_facts
from extraction.keeping.formats import is_left_alone, may_hold_texts, reader
from extraction.keeping.formats.format import TEXT_LIMIT, Article, Fault, Format, Source, Unreadable
from extraction.keeping.formats.text import FORMAT as PLAIN
from extraction.keeping.printable import printable
from extraction.records import Document
from gazetteer.encoding import NotArabic, check_arabic
from gazetteer.tables import Table, TableError, read_table

_METADATA: Final = "metadata.csv"
#: No columns but those of usual names.
_USUAL: Final[Mapping[str, str]] = MappingProxyType({})

#: A longer id is none (characters).
_ID_LIMIT: Final = 1000
#: So many names are told of many.
_NAMED: Final = 5


@dataclass(frozen=True, slots=True)
class Problem:
    """What could not be read, and why. ``str`` of it is one line, whatever the file is called.

    ``closed`` where the system refused to show it: texts may be there that nobody has seen. A ``warning``
    tells of something that was read all the same, but is to be looked at. ``several`` where the file holds
    more than one article, and nobody knows which of them are lost.
    """

    path: Path
    reason: str
    closed: bool = False
    warning: bool = False
    several: bool = False

    def __str__(self) -> str:
        return f"{printable(str(self.path))}: {printable(self.reason)}"


def read_folder(
    folder: Path, columns: Mapping[str, str] = _USUAL, unfinished: Collection[Path] = ()
) -> Iterator[Document | Problem]:
    """Every article under ``folder`` in the order of the paths, and every problem met on the way.

    ``columns`` are those of tables that have no usual name (``formats.columns``). Files that are
    ``unfinished``, for somebody still writes them, are problems.

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
    for path in filter(unfinished.__contains__, paths):
        told = "still being written; it is read when it is whole"
        yield Problem(path, told, several=_format(path).several)
    for item in _articles(folder, [path for path in paths if path not in unfinished], columns):
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


def read_file(path: Path, columns: Mapping[str, str] = _USUAL) -> Iterator[Document | Problem]:
    """Every article of one file, as ``read_folder`` gives those of its folder: with the facts that a
    metadata.csv beside it tells of them. Of an ending that no format reads, it is taken for plain text."""
    metadata, _ = _read_metadata(path.parent / _METADATA)
    for item in _articles(path.parent, [path], columns):
        if isinstance(item, Problem):
            yield item
        else:
            yield _with_facts(item[1], metadata)


def count_articles(folder: Path) -> int:
    """About how many items ``read_folder`` will give."""
    paths, _ = _files(folder)
    return sum(map(_count, paths))


def _count(path: Path) -> int:
    try:
        with path.open("rb") as file:
            return _format(path).count(Source(path.name, file))
    except OSError:
        return 0


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
            elif _is_text(path) and path != folder / _METADATA:
                told = "a folder, though its name is that of a text; what is in it is read"
                problems.append(Problem(path, told, warning=True))
        for path in (Path(parent, name) for name in names if not is_left_alone(name)):
            if path == folder / _METADATA:
                continue
            if not _is_text(path):
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
        told = "a link that leads nowhere, or to itself"
    else:
        told = "a link that leads out of the folder; it is not followed"
    return [Problem(path, told, several=_format(path).several)]


def _is_text(path: Path) -> bool:
    return reader(path.name) is not None


def _format(path: Path) -> Format:
    return reader(path.name) or PLAIN


def _unknown_kinds(folder: Path, paths: list[Path]) -> Iterator[Problem]:
    """What is told of files that no reader knows: a warning, but where they may hold texts."""
    for lost in (True, False):
        those = [path for path in paths if may_hold_texts(path.name) == lost]
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


def _articles(
    folder: Path, paths: list[Path], columns: Mapping[str, str]
) -> Iterator[tuple[Path, Document] | Problem]:
    """Every article with the file (and the place within it) that it stands in."""
    bare = {path: path.relative_to(folder).with_suffix("").as_posix() for path in paths}
    alike = Counter((bare[path], _format(path).several) for path in paths)
    for path in paths:
        kind = _format(path)
        alone = alike[bare[path], kind.several] == 1
        try:
            if not path.is_file():
                raise Unreadable("no ordinary file")
            _check_utf8("the file's name", bare[path])
            stem = bare[path] if alone else path.relative_to(folder).as_posix()
            yield from _read(path, stem, kind, columns)
        except OSError as error:
            yield Problem(path, f"cannot be read: {error.strerror}", closed=True, several=kind.several)
        except Unreadable as error:
            yield Problem(path, str(error), several=kind.several)


# --- one file, and one article of it


def _read(
    path: Path, stem: str, kind: Format, columns: Mapping[str, str]
) -> Iterator[tuple[Path, Document] | Problem]:
    """The articles of a file, which is called ``stem``; a broken one is a problem, and the next is read."""
    with path.open("rb") as file:
        for item in kind.articles(Source(path.name, file, columns)):
            where = path.parent / f"{path.name}:{item.at}" if item.at else path
            if isinstance(item, Fault):
                yield Problem(where, item.reason, warning=item.warning, several=kind.several)
                continue
            try:
                document, complaints = _read_one(item, f"{stem}:{item.at}" if item.at else stem)
            except Unreadable as error:
                yield Problem(where, str(error), several=kind.several)
                continue
            for complaint in complaints:
                yield Problem(where, complaint, warning=True)
            yield where, document


def _read_one(item: Article, otherwise: str) -> tuple[Document, list[str]]:
    """The document of one article, which is called ``otherwise`` where it has no id, and what is to be told
    of it. Raises ``Unreadable``."""
    facts, complaints = read_facts(item.facts)
    document, told = _document(_id(item.id, otherwise), item.text, facts)
    return document, [*item.complaints, *complaints, *filter(None, [told])]


def _id(given: object, otherwise: str) -> str:
    """The id that a file gives its article."""
    if given is None or given == "":
        return otherwise
    if not isinstance(given, str | int):
        raise Unreadable("its id is neither a text nor a number")
    doc_id = str(given)
    _check_utf8("the id", doc_id)
    if len(doc_id) > _ID_LIMIT or "\0" in doc_id:
        raise Unreadable(f"its id is longer than {_ID_LIMIT} characters, or holds a zero byte")
    return doc_id


def _document(doc_id: str, text: str, facts: Facts) -> tuple[Document, str]:
    """The document of a text, which is checked for being one in Arabic, and what is to be told of it."""
    if not text.strip():
        raise Unreadable("empty")
    if "\0" in text:
        raise Unreadable("no text: it holds zero bytes; save it as UTF-8")
    _check_utf8("the text", text)
    data = text.encode()
    if len(data) > TEXT_LIMIT:
        raise Unreadable("over 5 MB: no single article")
    try:
        told = check_arabic(text)
    except NotArabic as error:
        raise Unreadable(str(error)) from None
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


def _check_utf8(what: str, text: str) -> None:
    """Half a surrogate pair comes from a JSON escape or a file name, and cannot be stored."""
    try:
        text.encode()
    except UnicodeEncodeError:
        raise Unreadable(f"{what} is no valid Unicode") from None


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
