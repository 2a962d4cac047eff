"""Files of every kind in: what is in them, and what is refused by name while the rest is read."""

import gzip
import io
import json
import zipfile
from collections.abc import Callable
from datetime import date
from pathlib import Path

import formats as made
import openpyxl
import pytest
from docx import Document as Word

from extraction.keeping import formats
from extraction.keeping.document import Problem, read_folder
from extraction.keeping.formats import html
from extraction.records import Document

Run = Callable[..., int]
PNG = b"\x89PNG\r\n\x1a\n" + bytes(64)
OTHER = "وقال ناشطون إن عشرة قتلوا في قصف على مدينة داريا."


def read(folder: Path, **more: object) -> tuple[dict[str, Document], dict[str, str]]:
    """The documents of a folder, and the reasons of its problems by their paths within it."""
    items = list(read_folder(folder, **more))  # type: ignore[arg-type]
    problems = [item for item in items if isinstance(item, Problem)]
    return (
        {item.doc_id: item for item in items if isinstance(item, Document)},
        {problem.path.relative_to(folder).as_posix(): problem.reason for problem in problems},
    )


def packed(path: Path, members: dict[str, bytes], method: int = zipfile.ZIP_DEFLATED) -> Path:
    with zipfile.ZipFile(path, "w", method) as file:
        for name, data in members.items():
            file.writestr(name, data)
    return path


def test_a_folder_of_every_kind_is_one_archive_and_texts_told_twice_are_held_once(tmp_path: Path) -> None:
    for make, file, _ in made.SAMPLES.values():
        (tmp_path / file).write_bytes(make())
    documents, problems = read(tmp_path)
    assert len(documents) >= 1
    assert all(reason.startswith("the same text as") for reason in problems.values())
    assert len(documents) + len(problems) == len(made.SAMPLES)


def test_explain_reads_every_kind(
    conflictmap: Run, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for make, file, facts in made.SAMPLES.values():
        (tmp_path / file).write_bytes(make())
        assert conflictmap("explain", tmp_path / file) == 0
        out = capsys.readouterr().out
        assert "control_change asserted" in out
        assert made.FACTS.outlet in out.splitlines()[0]
        assert "published" in facts


def test_a_table_has_its_columns_by_usual_names_or_as_told(
    conflictmap: Run, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "a.csv").write_text(f"Inhalt,Datum,ID\n{made.TEXT},2016-05-07,n1\n\n{OTHER},,\n", "utf-8")
    documents, problems = read(tmp_path)
    assert documents == {}
    assert "--column text=TITLE" in problems["a.csv"]
    assert "inhalt, datum, id" in problems["a.csv"]
    documents, problems = read(tmp_path, columns={"text": "Inhalt", "published": "datum"})
    assert problems == {}
    assert {name: found.published for name, found in documents.items()} == {
        "n1": date(2016, 5, 7),
        "a:4": None,
    }
    documents, problems = read(tmp_path, columns={"text": "none such"})
    assert "no column none such" in problems["a.csv"]
    told = ("--column", "text=Inhalt", "--column", "published=Datum")
    assert conflictmap("explain", tmp_path / "a.csv", *told) == 0
    assert "n1 · no outlet · 2016-05-07 (given)" in capsys.readouterr().out
    assert conflictmap("extract", tmp_path, "--archive", tmp_path / "a.sqlite", *told) == 0
    with pytest.raises(SystemExit):
        conflictmap("extract", tmp_path, "--column", "words=Inhalt")


def test_each_sheet_of_a_workbook_with_texts_is_read(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    for text in (made.TEXT, OTHER):
        sheet = book.create_sheet()
        sheet.append([None, None])
        sheet.append(["العنوان", "النص"])
        sheet.append(["عنوان", text])
    book.worksheets[0].append(["notes"])
    book.save(tmp_path / "a.xlsx")
    documents, problems = read(tmp_path)
    assert list(documents) == ["a:Sheet1:3", "a:Sheet2:3"]
    assert list(problems) == ["a.xlsx:Sheet"]


def test_a_document_has_its_paragraphs_and_tables_and_its_title(tmp_path: Path) -> None:
    document = Word()
    document.core_properties.title = "عنوان"
    document.add_paragraph(made.TEXT)
    document.add_table(1, 1).cell(0, 0).text = OTHER
    document.add_paragraph("وانتهى.")
    document.save(str(tmp_path / "a.docx"))
    documents, _ = read(tmp_path)
    assert documents["a"].text == f"{made.TEXT}\n{OTHER}\nوانتهى."
    assert (documents["a"].title, documents["a"].published) == ("عنوان", None)


def test_a_page_of_an_older_encoding_is_read_without_its_menu(tmp_path: Path) -> None:
    page = made.html().decode().replace("utf-8", "windows-1256")
    (tmp_path / "a.htm").write_bytes(page.encode("cp1256"))
    (tmp_path / "b.xhtml").write_text(
        f'<?xml version="1.0" encoding="utf-8"?>\n{made.html().decode()}', "utf-8"
    )
    (tmp_path / "c.html").write_text("<html><body></body></html>", "utf-8")
    documents, problems = read(tmp_path)
    assert documents["a"].text == made.TEXT
    assert "the same text" in problems["b.xhtml"]
    assert "no article" in problems["c.html"]


def test_many_chats_and_feeds_keep_the_names_of_what_they_hold(tmp_path: Path) -> None:
    chats = []
    for number, text in enumerate((made.TEXT, OTHER)):
        messages = [{"id": 5, "type": "message", "date": "2016-05-07T10:00:00", "text": text}]
        chats.append({"name": f"قناة {number}", "id": number, "messages": messages})
    (tmp_path / "result.json").write_text(json.dumps({"chats": {"list": chats}}), "utf-8")
    documents, _ = read(tmp_path)
    assert {name: found.outlet for name, found in documents.items()} == {
        "result:0:5": "قناة 0",
        "result:1:5": "قناة 1",
    }
    (tmp_path / "result.json").unlink()
    item = made.feed().decode()
    (tmp_path / "a.xml").write_text(item, "utf-8")
    (name,) = read(tmp_path)[0]
    newer = f"<item><title>جديد</title><guid>2</guid><description>{OTHER}</description></item><item>"
    (tmp_path / "a.xml").write_text(item.replace("<item>", newer, 1), "utf-8")
    assert name in read(tmp_path)[0]
    assert len(read(tmp_path)[0]) == 2


def test_an_atom_feed_is_read(tmp_path: Path) -> None:
    (tmp_path / "a.atom").write_text(
        f"""<feed xmlns="http://www.w3.org/2005/Atom"><title>وكالة</title><id>f</id><entry>
<id>1</id><title>عنوان</title>
<published>2016-05-07T23:30:00+03:00</published><link href="https://news.example/1"/>
<content type="html">&lt;h1&gt;عنوان&lt;/h1&gt;
&lt;p&gt;{made.TEXT}&lt;script&gt;x&lt;/script&gt;&lt;/p&gt;أخرى</content></entry></feed>""",
        "utf-8",
    )
    (found,) = read(tmp_path)[0].values()
    assert found.text == f"عنوان\n{made.TEXT}\nأخرى"
    assert (found.published, found.url, found.outlet) == (date(2016, 5, 7), "https://news.example/1", "وكالة")


# --- what is refused


def test_what_is_in_a_zip_is_read_but_for_what_is_refused(tmp_path: Path) -> None:
    bomb = bytes(50 << 20)
    inner = packed(tmp_path / "inner", {"x.txt": b"x"}).read_bytes()
    (tmp_path / "inner").unlink()
    members = {
        "a/one.txt": made.TEXT.encode(),
        "a/README.md": b"about",
        "__MACOSX/a/._one.txt": b"x",
        "../out.txt": OTHER.encode(),
        "/root.txt": OTHER.encode(),
        "bomb.txt": bomb,
        "inner.zip": inner,
        "metadata.csv": b"doc_id\n",
        "mine.docx": PNG,
        "photo.jpg": PNG,
        "scan.pdf": b"%PDF",
        "two.txt": OTHER.encode(),
    }
    packed(tmp_path / "news.zip", members)
    documents, problems = read(tmp_path)
    assert list(documents) == ["news:a/one.txt", "news:two.txt"]
    told = {path.removeprefix("news.zip:"): reason for path, reason in problems.items()}
    assert told.keys() == {
        *("../out.txt", "/root.txt", "bomb.txt", "inner.zip", "metadata.csv", "mine.docx", "scan.pdf"),
        "news.zip",
    }
    assert "leads out" in told["../out.txt"]
    assert "leads out" in told["/root.txt"]
    assert "times its size" in told["bomb.txt"]
    assert "PNG picture" in told["mine.docx"]
    assert "photo.jpg" in told["news.zip"]
    assert not (tmp_path.parent / "out.txt").exists()


def test_a_member_of_two_gigabytes_is_refused_by_what_it_says_of_itself(tmp_path: Path) -> None:
    path = packed(tmp_path / "news.zip", {"big.jsonl": b"{}", "one.txt": made.TEXT.encode()})
    data = path.read_bytes()
    at = data.index(b"PK\x01\x02") + 24  # the size in the directory at the end
    path.write_bytes(data[:at] + (2 << 30).to_bytes(4, "little") + data[at + 4 :])
    documents, problems = read(tmp_path)
    assert list(documents) == ["news:one.txt"]
    assert problems == {"news.zip:big.jsonl": "it would unpack to 2048 MB"}


def test_a_damaged_member_is_named_and_the_rest_read(tmp_path: Path) -> None:
    members = {"a.txt": made.TEXT.encode(), "b.txt": OTHER.encode()}
    path = packed(tmp_path / "news.zip", members, zipfile.ZIP_STORED)
    path.write_bytes(path.read_bytes().replace(made.TEXT.encode()[:8], b"XXXXXXXX", 1))
    documents, problems = read(tmp_path)
    assert list(documents) == ["news:b.txt"]
    assert "CRC" in problems["news.zip:a.txt"]


def test_a_gz_that_unpacks_to_far_more_than_texts_is_given_up(tmp_path: Path) -> None:
    rows = gzip.compress(made.jsonl() + b"\n" + (b"\n" * (1 << 20)) * 40)
    (tmp_path / "bomb.jsonl.gz").write_bytes(rows)
    (tmp_path / "cut.jsonl.gz").write_bytes(gzip.compress(json.dumps({"text": OTHER}).encode())[:-20])
    (tmp_path / "fake.jsonl.gz").write_bytes(PNG)
    (tmp_path / "x.tar.gz").write_bytes(gzip.compress(b"x"))
    documents, problems = read(tmp_path)
    assert [found.text for found in documents.values()] == [made.TEXT]
    assert problems.keys() == {"bomb.jsonl.gz", "cut.jsonl.gz", "fake.jsonl.gz", "x.tar.gz"}
    assert "far more" in problems["bomb.jsonl.gz"]


ENTITIES = b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;">]>'


def office(data: bytes, name: str, content: Callable[[bytes], bytes]) -> bytes:
    """An office document with one part of it altered or added."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        names = [*old.namelist(), *([] if name in old.namelist() else [name])]
        for member in names:
            old_data = old.read(member) if member in old.namelist() else b""
            new.writestr(member, content(old_data) if member == name else old_data)
    return out.getvalue()


@pytest.mark.parametrize(
    ("name", "make", "reason"),
    [
        ("a.docx", lambda: PNG, "PNG picture"),
        ("a.xlsx", lambda: PNG, "PNG picture"),
        ("a.docx", lambda: b"\xd0\xcf\x11\xe0" + bytes(64), "older Word"),
        ("a.docx", lambda: made.xlsx(), "no Word document"),
        ("a.xlsx", lambda: made.docx(), "no workbook"),
        ("a.docx", lambda: office(made.docx(), "word/vbaProject.bin", lambda _: b"x"), "macros"),
        ("a.docx", lambda: office(made.docx(), "word/document.xml", lambda old: ENTITIES), "entities"),
        ("a.xlsx", lambda: office(made.xlsx(), "xl/worksheets/sheet1.xml", lambda old: ENTITIES), "entities"),
        ("a.docx", lambda: office(made.docx(), "word/document.xml", lambda old: old[:200]), "damaged"),
        ("a.docx", lambda: office(made.docx(), "word/media/a.emf", lambda _: bytes(50 << 20)), "its size"),
        ("a.xml", lambda: ENTITIES + b"<rss/>", "entities"),
        ("a.xml", lambda: b"<x>no feed</x>", "no feed"),
        ("a.json", lambda: b'{"a": 1}', "Telegram"),
        ("a.json", lambda: b"[" * 100_000, "broken JSON"),
        ("a.zip", lambda: PNG, "PNG picture"),
        ("a.html", lambda: PNG, "byte"),
        ("a.csv", lambda: b"title\nx\n", "no column holds texts"),
        ("a.xlsm", lambda: made.xlsx(), "not read"),
        ("a.docm", lambda: made.docx(), "not read"),
    ],
)
def test_what_cannot_be_read_is_named_and_the_rest_is_read(
    tmp_path: Path, name: str, make: Callable[[], bytes], reason: str
) -> None:
    (tmp_path / name).write_bytes(make())
    (tmp_path / "one.txt").write_text(OTHER, "utf-8")
    documents, problems = read(tmp_path)
    assert list(documents) == ["one"]
    (told,) = problems.values()
    assert reason in told


def test_a_plain_installation_says_what_to_install(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("extraction.keeping.formats.format.find_spec", lambda name: None)
    (tmp_path / "a.html").write_bytes(made.html())
    (tmp_path / "one.txt").write_text(OTHER, "utf-8")
    documents, problems = read(tmp_path)
    assert list(documents) == ["one"]
    assert problems["a.html"] == html.FORMAT.lacking(html.FORMAT.reads_with)
    assert "pip install 'conflictmap[formats]'" in problems["a.html"]
    packed(tmp_path / "a.zip", {"a.html": made.html()})
    assert read(tmp_path)[1]["a.zip:a.html"] == html.FORMAT.lacking(html.FORMAT.reads_with)


def test_a_library_that_fails_on_a_file_stops_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object, **__: object) -> None:
        raise AttributeError("odd")

    monkeypatch.setattr("trafilatura.bare_extraction", fail)
    (tmp_path / "a.html").write_bytes(made.html())
    (tmp_path / "one.txt").write_text(OTHER, "utf-8")
    packed(tmp_path / "b.zip", {"a.html": made.html(), "two.txt": made.TEXT.encode()})
    documents, problems = read(tmp_path)
    assert list(documents) == ["b:two.txt", "one"]
    assert problems.keys() == {"a.html", "b.zip:a.html"}
    assert "please report it" in problems["a.html"]


def test_every_ending_has_a_reader_whatever_its_case() -> None:
    assert all(formats.reader(f"X{ending.upper()}") for ending in formats.endings())
