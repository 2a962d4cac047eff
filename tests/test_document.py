"""Texts in: what is read, what is refused, and with which words."""

import json
import os
import sys
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extraction.document import TEXT_LIMIT, Problem, read_folder
from extraction.records import Document

TEXT = "قصفت الطائرات بلدة في الريف.\r\nوقال ناشطون إن القصف مستمر.\n"


def read(folder: Path) -> tuple[dict[str, Document], list[Problem]]:
    """The documents of a folder by name, and its problems."""
    items = list(read_folder(folder))
    documents = {item.doc_id: item for item in items if isinstance(item, Document)}
    return documents, [item for item in items if isinstance(item, Problem)]


def write(folder: Path, name: str, content: str | bytes) -> Path:
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return path


def jsonl(*rows: object) -> str:
    return "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows)


def test_text_is_kept_to_the_letter_but_for_the_byte_order_mark(tmp_path: Path) -> None:
    write(tmp_path, "plain.txt", TEXT)
    write(tmp_path, "marked.txt", b"\xef\xbb\xbf" + ("2 " + TEXT).encode())
    documents, problems = read(tmp_path)
    assert problems == []
    assert documents["plain"].text == TEXT
    assert documents["marked"].text == "2 " + TEXT
    assert documents["plain"].language == "ar"


def test_names_are_paths_without_ending_unless_two_would_be_alike(tmp_path: Path) -> None:
    write(tmp_path, "a/one.txt", "1" + TEXT)
    write(tmp_path, "a/two.txt", "2" + TEXT)
    write(tmp_path, "a/two.md", "3" + TEXT)
    write(tmp_path, "أخبار/حلب 1.2.txt", "4" + TEXT)
    documents, _ = read(tmp_path)
    assert list(documents) == ["a/one", "a/two.md", "a/two.txt", "أخبار/حلب 1.2"]


def test_readme_hidden_and_other_files_are_no_texts(tmp_path: Path) -> None:
    for name in ("README.md", ".hidden.txt", ".git/x.txt", "photo.jpg", "notes.csv"):
        write(tmp_path, name, TEXT)
    assert read(tmp_path) == ({}, [])


def test_front_matter_is_read_and_is_no_part_of_the_text(tmp_path: Path) -> None:
    write(
        tmp_path,
        "a.md",
        f"---\r\ntitle: 'عنوان: طويل'\r\npublished: 2013-11-20\r\noutlet: sample\r\n---\r\n{TEXT}",
    )
    document = read(tmp_path)[0]["a"]
    assert document.text == TEXT
    assert (document.title, document.outlet) == ("عنوان: طويل", "sample")
    assert (document.published, document.published_basis) == (date(2013, 11, 20), "given")


@pytest.mark.parametrize(
    "start",
    [
        "---\nخبر عاجل\n",
        "---\nخبر عاجل\n---\n",
        "---\na: [1, 2\n---\n",
        "---\n" + "[" * 3000 + "\n---\n",
        "----\n---\n",
        "---\n" + "a: b\n" * 2000 + "---\n",
    ],
)
def test_dashes_without_valid_front_matter_are_text(tmp_path: Path, start: str) -> None:
    write(tmp_path, "a.txt", start + TEXT)
    assert read(tmp_path)[0]["a"].text == start + TEXT


@pytest.mark.parametrize(
    "hostile",
    [
        "outlet: !!python/object/apply:os.system ['touch RAN']",
        "a: &a [x,x]\nb: &b [*a,*a]\nc: &c [*b,*b]\noutlet: *c",
        "a: &a {k: v}\nb: &b {<<: [*a,*a]}\noutlet: {<<: [*b,*b]}",
    ],
)
def test_hostile_front_matter_does_nothing(
    tmp_path: Path, hostile: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    write(tmp_path, "a.txt", f"---\n{hostile}\n---\n{TEXT}")
    document = read(tmp_path)[0]["a"]
    assert (document.text, document.outlet) == (TEXT, "")
    assert not (tmp_path / "RAN").exists()


def test_a_bad_date_is_told_and_the_text_kept_undated(tmp_path: Path) -> None:
    write(tmp_path, "a.txt", f"---\npublished: 2013-02-30\n---\n{TEXT}")
    documents, (problem,) = read(tmp_path)
    assert (documents["a"].published, documents["a"].published_basis) == (None, "unknown")
    assert "2013-02-30" in problem.reason


def test_windows_1256_is_read_where_it_gives_arabic(tmp_path: Path) -> None:
    write(tmp_path, "a.txt", TEXT.encode("cp1256"))
    assert read(tmp_path)[0]["a"].text == TEXT


@pytest.mark.parametrize(
    "data",
    [
        TEXT.encode() + b"\xd8",  # UTF-8 cut within a letter
        "Créé en été, à l'aube".encode("latin-1"),
        TEXT.encode("utf-16"),
        TEXT.encode("utf-16-le"),
        bytes(range(256)),
    ],
)
def test_other_encodings_are_refused_and_never_read_as_rubbish(tmp_path: Path, data: bytes) -> None:
    write(tmp_path, "a.txt", data)
    documents, (problem,) = read(tmp_path)
    assert documents == {}
    assert problem.path == tmp_path / "a.txt"
    assert "UTF-8" in problem.reason


def test_empty_large_and_duplicate_texts_are_told_by_name(tmp_path: Path) -> None:
    write(tmp_path, "a.txt", TEXT)
    write(tmp_path, "b.txt", TEXT)
    write(tmp_path, "c.txt", " \n")
    write(tmp_path, "d.txt", "x" * (TEXT_LIMIT + 1))
    write(tmp_path, "e.txt", "---\ntitle: x\n---\n")
    documents, problems = read(tmp_path)
    assert list(documents) == ["a"]
    told = {problem.path.name: problem.reason for problem in problems}
    assert told == {
        "b.txt": "the same text as a",
        "c.txt": "empty",
        "d.txt": "over 5 MB: no single article",
        "e.txt": "empty",
    }


def test_lines_of_json_are_articles(tmp_path: Path) -> None:
    rows = [
        {"id": "n1", "text": "1" + TEXT, "published": "2015-07-21T10:00:00Z", "outlet": "o", "title": "t"},
        {"id": 7, "text": "2" + TEXT, "published": None},
        {"text": "3" + TEXT},
    ]
    write(tmp_path, "sub/all.jsonl", jsonl(*rows))
    documents, problems = read(tmp_path)
    assert problems == []
    assert list(documents) == ["n1", "7", "sub/all:3"]
    assert documents["n1"].published == date(2015, 7, 21)
    assert (documents["n1"].outlet, documents["n1"].title) == ("o", "t")
    assert documents["7"].published is None


def test_a_broken_line_is_told_by_number_and_the_rest_read(tmp_path: Path) -> None:
    good = jsonl({"id": "a", "text": TEXT})
    broken = [
        "{not json}\n",
        "[" * 100_000 + "\n",
        "[]\n",
        '{"text": 5}\n',
        '{"text": "\\ud800"}\n',
        '{"id": "\\ud800", "text": "x"}\n',
        jsonl({"id": "a", "text": "another"}),
        jsonl({"id": "b", "text": TEXT}),
        "\n",
    ]
    write(tmp_path, "all.jsonl", good + "".join(broken) + jsonl({"id": "z", "text": "last"}))
    documents, problems = read(tmp_path)
    assert list(documents) == ["a", "z"]
    assert [problem.path.name for problem in problems] == [f"all.jsonl:{n}" for n in range(2, 10)]


def test_metadata_fill_in_and_correct(tmp_path: Path) -> None:
    write(tmp_path, "a.txt", f"---\npublished: 2012-01-01\ntitle: t\noutlet: o\n---\n{TEXT}")
    write(tmp_path, "b.txt", "b" + TEXT)
    write(
        tmp_path,
        "metadata.csv",
        "\ufeffdoc_id,published,outlet,basis\r\na,2013-11-20,,x\r\nb,20 Nov,جريدة,y\r\nnone,2013-01-01,,\r\n",
    )
    documents, (problem,) = read(tmp_path)
    assert documents["a"].published == date(2013, 11, 20)
    assert (documents["a"].outlet, documents["a"].title) == ("o", "t")
    assert (documents["b"].published, documents["b"].outlet) == (None, "جريدة")
    assert problem.path.name == "metadata.csv"
    assert problem.reason.startswith("line 3: ")


def test_metadata_without_their_column_are_told(tmp_path: Path) -> None:
    write(tmp_path, "a.txt", TEXT)
    write(tmp_path, "metadata.csv", "doc_id;published\na;2013-11-20\n")
    documents, (problem,) = read(tmp_path)
    assert list(documents) == ["a"]
    assert "doc_id" in problem.reason


def test_links_out_of_the_folder_are_not_followed(tmp_path: Path) -> None:
    outside = write(tmp_path, "outside/secret.txt", TEXT)
    folder = tmp_path / "folder"
    write(folder, "a.txt", "a" + TEXT)
    (folder / "link.txt").symlink_to(outside)
    (folder / "sub").symlink_to(outside.parent)
    (folder / "within.txt").symlink_to(folder / "a.txt")
    documents, problems = read(folder)
    assert list(documents) == ["a"]
    assert [(p.path.name, "link" in p.reason) for p in problems] == [
        ("link.txt", True),
        ("sub", True),
        ("within.txt", False),
    ]


def test_pipes_and_closed_files_are_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    os.mkfifo(tmp_path / "pipe.txt")
    write(tmp_path, "closed.txt", TEXT)

    def refuse(self: Path, *_: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "open", refuse)
    documents, problems = read(tmp_path)
    assert documents == {}
    assert [(p.path.name, p.reason) for p in problems] == [
        ("closed.txt", "cannot be read: Permission denied"),
        ("pipe.txt", "no ordinary file"),
    ]


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux allows every file name")
def test_hostile_file_names_stay_names(tmp_path: Path) -> None:
    names = [
        "<img src=x onerror=alert(1)>",
        "=cmd()",
        "a\nb",
        "..",
        "{{7*7}}",
        "\u202etxt",
        "'; DROP TABLE x",
    ]
    for number, name in enumerate(names):
        write(tmp_path, name + ".txt", f"{number} {TEXT}")
    (tmp_path / os.fsdecode(b"\xff.txt")).write_text(TEXT, encoding="utf-8")
    documents, (problem,) = read(tmp_path)
    # Two dots and an ending are a hidden name like any other that begins with a dot.
    assert set(documents) == set(names) - {".."}
    assert str(problem).isprintable()
    assert "name" in problem.reason


@given(st.text(alphabet=st.characters(codec="utf-8")))
def test_whatever_is_in_a_file_gives_one_document_or_one_problem(
    tmp_path_factory: pytest.TempPathFactory, text: str
) -> None:
    folder = tmp_path_factory.mktemp("texts")
    write(folder, "a.txt", text)
    documents, problems = read(folder)
    assert len(documents) + len(problems) >= 1
    assert all(text.endswith(document.text) for document in documents.values())


def test_a_missing_folder_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(NotADirectoryError, match="nowhere"):
        read(tmp_path / "nowhere")
