"""Texts in: what is read, what is refused, and with which words."""

import json
import os
import sys
from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extraction.keeping.document import Problem, read_folder
from extraction.keeping.formats.format import TEXT_LIMIT
from extraction.records import Document
from gazetteer.orthography import fold

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
    for name in ("README.md", ".hidden.txt", ".git/x.txt", "photo.jpg", "notes.ppt"):
        write(tmp_path, name, TEXT)
    documents, (problem,) = read(tmp_path)
    assert documents == {}
    assert problem.warning
    assert problem.reason == "2 files of kinds that are not read (1 .ppt, 1 .jpg): notes.ppt, photo.jpg"


def test_files_that_may_hold_texts_are_a_failure_and_named(tmp_path: Path) -> None:
    for number in range(12):
        write(tmp_path, f"sub/{number:02}.odt", b"PK")
    write(tmp_path, "scan.PDF", b"%PDF")
    write(tmp_path, "no_ending", TEXT)
    _, (problem,) = read(tmp_path)
    assert (problem.path, problem.warning) == (tmp_path, False)
    assert problem.reason == (
        "14 files of kinds that are not read (12 .odt, 1 no ending, 1 .pdf): no_ending, scan.PDF, "
        "sub/00.odt, sub/01.odt, sub/02.odt, …; save each text as .txt"
    )


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
    ("header", "title"),
    [
        ("title: حلب: سقوط خان طومان", "حلب: سقوط خان طومان"),
        ("title: «حلب» - [عاجل] #سوريا", "«حلب» - [عاجل] #سوريا"),
        ("title: [عاجل] سقوط خان طومان", "[عاجل] سقوط خان طومان"),
        ("Title : 'حلب ''الشهباء'''", "حلب 'الشهباء'"),
        ('title: "حلب" تسقط و"إدلب"', '"حلب" تسقط و"إدلب"'),
        ("title: >-\n  سقوط\n  خان طومان\ntags:\n- a\n- b", "سقوط خان طومان"),
        ("# a note\n\ntitle:حلب", "حلب"),
        ("title:\tحلب\x07 الشهباء", "حلب الشهباء"),
    ],
)
def test_a_header_is_read_as_people_write_it(tmp_path: Path, header: str, title: str) -> None:
    write(tmp_path, "a.md", f"---\n{header}\npublished: 2016-05-10\noutlet: x\n---\n{TEXT}")
    documents, problems = read(tmp_path)
    assert problems == []
    document = documents["a"]
    assert (document.title, document.outlet, document.text) == (title, "x", TEXT)
    assert document.published == date(2016, 5, 10)


HEADLINE = "title: سقوط خان طومان بيد المعارضة\n"


@pytest.mark.parametrize(
    ("start", "words"),
    [
        (
            f"---\n{HEADLINE}published: 2016-05-10\n",
            "not closed by a line of ---; it is taken to end before line 4",
        ),
        (f"---\n{HEADLINE}published: 2016-05-10\n\n", "taken to end before line 5"),
        (f"---\n{HEADLINE}بلا مفتاح\npublished: 2016-05-10\n---\n", "line 3: not `key: value`"),
        (f"---\nبلا مفتاح\n{HEADLINE}published: 2016-05-10\n...\n", "line 2: not `key: value`"),
        (f"---\n{HEADLINE}published: 2016-05-10\n" + "a: b\n" * 2000 + "---\n", "is a line of --- missing?"),
    ],
)
def test_a_broken_header_is_told_and_never_read_as_text(tmp_path: Path, start: str, words: str) -> None:
    write(tmp_path, "a.txt", start + TEXT)
    documents, (problem,) = read(tmp_path)
    document = documents["a"]
    assert document.text == TEXT
    assert (document.title, document.published) == ("سقوط خان طومان بيد المعارضة", date(2016, 5, 10))
    assert (problem.path, problem.warning) == (tmp_path / "a.txt", True)
    assert words in problem.reason


def test_an_article_behind_an_open_header_is_no_part_of_it(tmp_path: Path) -> None:
    text = f"{TEXT * 4}---\n{TEXT}"
    write(tmp_path, "a.txt", f"---\n{HEADLINE}{text}")
    assert read(tmp_path)[0]["a"].text == text


@pytest.mark.parametrize(
    "start", ["---\nخبر عاجل\n", "---\nعاجل: خبر\n---\n", "----\n---\n", "---\n---\n", "---"]
)
def test_dashes_that_are_no_header_are_text(tmp_path: Path, start: str) -> None:
    write(tmp_path, "a.txt", start + TEXT)
    documents, problems = read(tmp_path)
    assert (documents["a"].text, problems) == (start + TEXT, [])


@pytest.mark.parametrize(
    "hostile",
    [
        "outlet: !!python/object/apply:os.system ['touch RAN']",
        "a: &a [x,x]\nb: &b [*a,*a]\nc: &c [*b,*b]\npublished: *c",
        "a: &a {k: v}\nb: &b {<<: [*a,*a]}\npublished: {<<: [*b,*b]}",
        "published: " + "9" * 100_000,
        "title: " + "x" * 100_000 + "\n a" * 100_000,
    ],
)
def test_hostile_headers_do_nothing(tmp_path: Path, hostile: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    write(tmp_path, "a.txt", f"---\n{hostile}\n---\n{TEXT}")
    document = read(tmp_path)[0]["a"]
    assert (document.text, document.published) == (TEXT, None)
    assert len(document.title + document.outlet) <= 500
    assert not (tmp_path / "RAN").exists()


def test_addresses_are_read_wherever_they_stand_and_only_those_of_the_web(tmp_path: Path) -> None:
    fields = "url: https://news.example/a?b=1\narchived_url: http://archive.example/x"
    write(tmp_path, "a.txt", f"---\n{fields}\n---\n{TEXT}")
    write(tmp_path, "b.txt", f"---\nurl: javascript:alert(1)\n---\nب {TEXT}")
    write(tmp_path, "c.jsonl", jsonl({"id": "c", "text": "ج " + TEXT, "url": "https://news.example/c"}))
    write(tmp_path, "d.txt", "د " + TEXT)
    row = "d,https://u@evil.example,https://archive.example/d,عنوان"
    write(tmp_path, "metadata.csv", f"doc_id,url,archived_url,title\n{row}\n")
    documents, problems = read(tmp_path)
    assert [(d.url, d.archived_url) for d in documents.values()] == [
        ("https://news.example/a?b=1", "http://archive.example/x"),
        ("", ""),
        ("https://news.example/c", ""),
        ("", "https://archive.example/d"),
    ]
    assert documents["d"].title == "عنوان"
    assert [(p.path.name, "is no http or https address" in p.reason, p.warning) for p in problems] == [
        ("metadata.csv", True, True),
        ("b.txt", True, True),
    ]


@pytest.mark.parametrize(
    "written",
    [
        "20160120",
        "2016-W03-3",
        "0001-01-01",
        "9999-12-31",
        "2010-12-31",
        "20 Nov",
        "2016-05-10T99",
        "*i",
        "[]",
    ],
)
def test_what_is_no_date_of_the_war_leaves_a_text_undated(tmp_path: Path, written: str) -> None:
    write(tmp_path, "a.txt", f"---\npublished: {written}\n---\n{TEXT}")
    write(tmp_path, "b.jsonl", jsonl({"id": "b", "text": "ب " + TEXT, "published": 20160120}))
    documents, problems = read(tmp_path)
    assert [(d.published, d.published_basis) for d in documents.values()] == [(None, "unknown")] * 2
    assert all(problem.warning and "kept undated" in problem.reason for problem in problems)
    assert written in problems[0].reason


@pytest.mark.parametrize(
    "written", ["2016-05-10", "2016-05-10 10:00", "2016-05-10T10:00:00Z", "'2016-05-10'", "٢٠١٦-٠٥-١٠"]
)
def test_a_day_is_read_with_a_time_behind_it_and_in_either_digits(tmp_path: Path, written: str) -> None:
    write(tmp_path, "a.txt", f"---\npublished: {written}\n---\n{TEXT}")
    documents, problems = read(tmp_path)
    assert (documents["a"].published, problems) == (date(2016, 5, 10), [])


def test_tomorrow_is_a_day_of_publication_and_later_ones_none(tmp_path: Path) -> None:
    for name, days in (("a", 1), ("b", 3)):
        day = date.today() + timedelta(days=days)
        write(tmp_path, f"{name}.txt", f"---\npublished: {day}\n---\n{name} {TEXT}")
    documents, (problem,) = read(tmp_path)
    assert documents["a"].published is not None
    assert documents["b"].published is None
    assert "still to come" in problem.reason


def test_broken_characters_in_a_title_leave_the_text_whole(tmp_path: Path) -> None:
    row = {"id": "a", "text": TEXT, "title": "حلب \ud800\x1b[31m", "outlet": ["x"]}
    write(tmp_path, "a.jsonl", json.dumps(row))
    documents, problems = read(tmp_path)
    assert documents["a"].title == "حلب \ufffd [31m"
    assert [p.reason for p in problems] == [
        "outlet is no text; it is left out",
        "title has broken characters, shown as \ufffd",
    ]


def test_a_bad_date_is_told_and_the_text_kept_undated(tmp_path: Path) -> None:
    write(tmp_path, "a.txt", f"---\npublished: 2013-02-30\n---\n{TEXT}")
    documents, (problem,) = read(tmp_path)
    assert (documents["a"].published, documents["a"].published_basis) == (None, "unknown")
    assert "2013-02-30" in problem.reason
    assert problem.warning


@pytest.mark.parametrize("encoding", ["cp1256", "iso8859_6", "mac_arabic", "utf-16", "utf-32", "utf-8-sig"])
def test_arabic_is_read_in_older_encodings_and_in_utf_16_with_its_mark(tmp_path: Path, encoding: str) -> None:
    write(tmp_path, "a.txt", f"---\ntitle: عنوان\n---\n{TEXT}".encode(encoding))
    document = read(tmp_path)[0]["a"]
    assert (document.title, fold(document.text)) == ("عنوان", fold(TEXT))


LONG = TEXT * 3


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("Assad's forces took Khan Tuman.", "under half of its letters are Arabic"),
        (LONG.encode("ascii", "replace").decode(), "question marks stand where its letters were"),
        (LONG.encode().decode("cp1252", "ignore"), "garbled: it is in UTF-8"),
        (LONG.encode().decode("cp1256", "ignore"), "garbled: it is in UTF-8"),
        (LONG.encode("cp1256").decode("latin-1"), "garbled: it is in Windows-1256"),
        (LONG[::-1], "reverse order"),
        (
            "رئیس جمهور سوریه در گفتگو با خبرنگاران گفت که نیروهای ارتش شهر حلب را آزاد کنند",
            "another language",
        ),
        ("٢٠١٦ 12", "no text in Arabic"),
    ],
)
def test_what_is_no_arabic_is_refused_with_the_likely_reason(tmp_path: Path, text: str, reason: str) -> None:
    write(tmp_path, "a.txt", text)
    documents, (problem,) = read(tmp_path)
    assert documents == {}
    assert not problem.warning
    assert reason in problem.reason


def test_an_arabic_article_among_more_english_is_read_and_told(tmp_path: Path) -> None:
    write(tmp_path, "a.txt", "A translation of what was said, sentence by sentence. " * 20 + LONG)
    documents, (problem,) = read(tmp_path)
    assert list(documents) == ["a"]
    assert problem.warning
    assert "only what is in Arabic is read" in problem.reason


@pytest.mark.parametrize(
    "text", ["قصف على دوما", "سقط خان طومان.", "ﻗﺼﻒ ﻋﻠﻰ ﺩﻭﻣﺎ", "RT @x: قصف على دوما وسقبا"]
)
def test_a_few_words_of_arabic_are_a_text(tmp_path: Path, text: str) -> None:
    write(tmp_path, "a.txt", text)
    assert read(tmp_path)[1] == []


@pytest.mark.parametrize(
    "data",
    [
        TEXT.encode() + b"\xd8",  # UTF-8 cut within a letter
        "Créé en été, à l'aube".encode("latin-1"),
        TEXT.encode("utf-16")[:-1],
        TEXT.encode("utf-16-le"),
        "Сирийская армия взяла город".encode("cp1251"),
        "Сирийская армия взяла город".encode("koi8-r"),
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
        '{"id": "\\ud800", "text": "نص"}\n',
        '{"id": {}, "text": "نص"}\n',
        jsonl({"id": "x" * 2000, "text": "نص"}),
        jsonl({"id": "a", "text": "نص آخر"}),
        jsonl({"id": "b", "text": TEXT}),
        "\n",
    ]
    write(tmp_path, "all.jsonl", good + "".join(broken) + jsonl({"id": "z", "text": "آخر " + TEXT}))
    documents, problems = read(tmp_path)
    assert list(documents) == ["a", "z"]
    assert [problem.path.name for problem in problems] == [f"all.jsonl:{n}" for n in range(2, 12)]


def test_metadata_fill_in_and_correct(tmp_path: Path) -> None:
    write(tmp_path, "a.txt", f"---\npublished: 2012-01-01\ntitle: t\noutlet: o\n---\n{TEXT}")
    write(tmp_path, "b.txt", "b" + TEXT)
    write(
        tmp_path,
        "metadata.csv",
        "\ufeffdoc_id,published,outlet,basis\r\na,2013-11-20,,x\r\nb,20 Nov,جريدة,y\r\nnone,2013-01-01,,\r\n",
    )
    documents, (bad, unused) = read(tmp_path)
    assert documents["a"].published == date(2013, 11, 20)
    assert (documents["a"].outlet, documents["a"].title) == ("o", "t")
    assert (documents["b"].published, documents["b"].outlet) == (None, "جريدة")
    assert bad.path.name == unused.path.name == "metadata.csv"
    assert bad.reason.startswith("line 3: ")
    assert unused.reason.startswith("1 rows for texts that were not read, on line 4: none; ")
    assert bad.warning
    assert unused.warning


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1256", "iso8859_6", "utf-16"])
@pytest.mark.parametrize("separator", [",", ";", "\t"])
def test_metadata_come_in_any_usual_encoding_and_with_any_separator(
    tmp_path: Path, encoding: str, separator: str
) -> None:
    write(tmp_path, "a.txt", TEXT)
    rows = 'Doc_ID,outlet,published\r\na,"جريدة الأخبار",2013-11-20\r\n'.replace(",", separator)
    write(tmp_path, "metadata.csv", rows.encode(encoding))
    documents, problems = read(tmp_path)
    assert problems == []
    assert (documents["a"].outlet, documents["a"].published) == ("جريدة الأخبار", date(2013, 11, 20))


@pytest.mark.parametrize(
    ("rows", "reason"),
    [
        ("published\n2013-11-20\n", "no column doc_id; its first line is to be doc_id,published,outlet"),
        ('doc_id,outlet\na,o\nb,"o\nc,o\nd,o\n', "line 3: a quote is opened and not closed"),
        ('doc_id,outlet\na,o\nb,"o\nc,o\nd,o"\n', "lines 3 to 5 are one row, for a quote is not closed"),
        ("doc_id,outlet\na,o\n\na,p\n", "line 4: another row for a, which line 2 is about; remove one"),
        ("doc_id,outlet\na,o\n,p\n", "line 3: no doc_id"),
        ("doc_id,outlet\na,o\nb,p,q\n", "line 3: 3 cells, but the header has 2"),
        (b"doc_id\0", "zero bytes"),
        ("", "no column doc_id"),
    ],
)
def test_faults_of_metadata_are_told_with_line_and_remedy_and_the_rest_is_used(
    tmp_path: Path, rows: str | bytes, reason: str
) -> None:
    write(tmp_path, "a.txt", TEXT)
    write(tmp_path, "b.txt", "ب " + TEXT)
    write(tmp_path, "metadata.csv", rows)
    documents, problems = read(tmp_path)
    assert list(documents) == ["a", "b"]
    told = [p for p in problems if reason in p.reason]
    assert [(p.path.name, p.warning) for p in told] == [("metadata.csv", False)]
    if isinstance(rows, str) and "a,o" in rows:
        assert documents["a"].outlet == "o"


def test_metadata_that_are_a_folder_or_lead_out_are_told(tmp_path: Path) -> None:
    outside = write(tmp_path, "metadata.csv", "doc_id,outlet\na,o\n")
    for name in ("one", "two", "three"):
        write(tmp_path, f"{name}/a.txt", TEXT)
    (tmp_path / "one" / "metadata.csv").mkdir()
    (tmp_path / "two" / "metadata.csv").symlink_to(outside)
    (tmp_path / "three" / "metadata.csv").symlink_to("metadata.csv")
    for name, reason in (("one", "a folder"), ("two", "leads out"), ("three", "leads nowhere, or to itself")):
        documents, (problem,) = read(tmp_path / name)
        assert documents["a"].outlet == ""
        assert problem.path.name == "metadata.csv"
        assert reason in problem.reason


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


def test_links_to_themselves_and_folders_named_like_texts_are_told(tmp_path: Path) -> None:
    (tmp_path / "a.txt").symlink_to("a.txt")
    (tmp_path / "b.txt").symlink_to("gone.txt")
    (tmp_path / "c").symlink_to("c")
    write(tmp_path, "d.txt/e.txt", TEXT)
    documents, problems = read(tmp_path)
    assert list(documents) == ["d.txt/e"]
    nowhere = "a link that leads nowhere, or to itself"
    told = {(p.path.name, p.reason, p.warning) for p in problems}
    assert {("a.txt", nowhere, False), ("b.txt", nowhere, False)} < told
    assert ("d.txt", "a folder, though its name is that of a text; what is in it is read", True) in told


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
