"""An undated text is dated by the well-known happenings it tells as news, surely or not at all."""

import csv
import json
import os
from collections import Counter
from datetime import date, timedelta
from pathlib import Path

import pytest

from extraction.keeping.archive import Archive
from extraction.keeping.corpus import extract_folder
from extraction.pipeline import read
from extraction.reading.chronology import ChronologyError, load
from extraction.records import Document, Reading
from gazetteer import sources

REFERENCE = os.environ.get("CONFLICTMAP_REFERENCE")
needs_reference = pytest.mark.skipif(not REFERENCE, reason="CONFLICTMAP_REFERENCE is not set")

PALMYRA_TAKEN = "سيطر تنظيم داعش {when} على مدينة تدمر بعد معارك مع قوات النظام."
PALMYRA_RETAKEN = "استعاد الجيش السوري {when} مدينة تدمر من تنظيم داعش."


def undated(text: str) -> Reading:
    return read(Document("a", text, None, "unknown", "", "", "ar", ""), sources.load())


def inferred(text: str) -> date | None:
    document = undated(text).document
    assert document.published_basis == ("inferred" if document.published else "unknown")
    return document.published


# --- what suffices


def test_news_on_its_weekday_dates_a_text_and_its_claims() -> None:
    reading = undated(PALMYRA_TAKEN.format(when="أمس الأربعاء"))
    document = reading.document
    assert (document.published, document.published_basis) == (date(2015, 5, 21), "inferred")
    assert (document.published_first, document.published_last) == (date(2015, 5, 21), date(2015, 5, 21))
    assert "Palmyra (2015-05-20)" in document.published_reason
    assert "Thursday" in document.published_reason
    (claim,) = (c for c in reading.claims if c.event_type == "control_change")
    assert (claim.published, claim.date_basis) == (date(2015, 5, 21), "weekday")
    assert claim.date_start == claim.date_end == date(2015, 5, 20)


@pytest.mark.parametrize(
    ("when", "published"),
    [("أمس الأحد", date(2016, 3, 28)), ("أمس الخميس", date(2017, 3, 3)), ("أمس الاثنين", None)],
)
def test_the_weekday_tells_like_happenings_apart(when: str, published: date | None) -> None:
    assert inferred(PALMYRA_RETAKEN.format(when=when)) == published


def test_a_bare_weekday_leaves_a_week_open_and_the_claims_say_so() -> None:
    reading = undated(PALMYRA_TAKEN.format(when="الأربعاء") + "\nوقصف الطيران الحربي مدينة سراقب.")
    document = reading.document
    assert (document.published_first, document.published_last) == (date(2015, 5, 20), date(2015, 5, 26))
    days = {c.event_type: (c.date_start, c.date_end, c.date_basis) for c in reading.claims}
    assert days["control_change"] == (date(2015, 5, 20), date(2015, 5, 20), "weekday")
    assert days["airstrike"] == (date(2015, 5, 19), date(2015, 5, 26), "default")


def test_two_happenings_of_the_same_days_support_each_other() -> None:
    hanano = "سيطر الجيش السوري على حي مساكن هنانو في حلب."
    badro = "كما سيطر الجيش السوري على حي جبل بدرو في حلب."
    assert inferred(hanano) is None
    assert inferred(badro) is None
    assert inferred(f"{hanano} {badro}") == date(2016, 11, 27)


def test_a_happening_off_the_map_is_known_by_its_names() -> None:
    text = "أدان مجلس الأمن التفجير الانتحاري. ووقع تفجير انتحاري أمس الاثنين في مدينة سوروج التركية."
    assert inferred(text) == date(2015, 7, 21)


def test_many_dead_single_out_an_air_strike() -> None:
    text = "قتل {dead} مدنيا في غارات لطيران النظام على مدينة دوما أمس الأحد."
    assert inferred(text.format(dead="ثلاثة")) is None
    assert inferred(text.format(dead=96)) == date(2015, 8, 17)


def test_a_dateline_comes_first() -> None:
    document = undated("دمشق 23 مايو 2015 - " + PALMYRA_TAKEN.format(when="الأربعاء")).document
    assert (document.published, document.published_basis) == (date(2015, 5, 23), "dateline")
    assert document.published_reason == ""


# --- what does not suffice, or contradicts


@pytest.mark.parametrize(
    "text",
    [
        "عقد وزراء الخارجية اجتماعا أمس الأربعاء.",
        PALMYRA_TAKEN.format(when=""),
        PALMYRA_TAKEN.format(when="في 21 مايو") + " وقال المرصد اليوم السبت إن الطيران قصف المدينة.",
        PALMYRA_TAKEN.format(when="العام الماضي") + " وقال المرصد اليوم السبت إن الطيران قصف المدينة.",
        PALMYRA_TAKEN.format(when="أمس الأربعاء") + " وقصف الطيران سراقب أمس الجمعة.",
        "دارت اشتباكات أمس السبت بين الجيش السوري وحزب الله والمعارضة في الزبداني.",
    ],
    ids=["nothing known", "no day", "memory of a day", "of last year", "two weekdays", "mere fighting"],
)
def test_without_clear_evidence_no_date_is_given(text: str) -> None:
    reading = undated(text)
    assert (reading.document.published, reading.document.published_basis) == (None, "unknown")
    assert (reading.document.published_first, reading.document.published_reason) == (None, "")


@pytest.mark.parametrize(
    "beside",
    [
        "وقال وزير الدفاع الأميركي جيمس ماتيس إن بلاده ستدافع عن حلفائها.",
        "وقال المبعوث الدولي الأخضر الإبراهيمي إنه متفائل.",
        "ورحبت هيئة تحرير الشام بذلك.",
        "وكان ذلك في عام 2017.",
    ],
)
def test_persons_groups_and_years_of_another_time_contradict(beside: str) -> None:
    assert inferred(PALMYRA_TAKEN.format(when="أمس الأربعاء") + " " + beside) is None


@pytest.mark.parametrize(
    "beside",
    [
        "وقال وزير الدفاع الأميركي آشتون كارتر إن بلاده ستدافع عن حلفائها.",
        "وقال المبعوث الدولي السابق الأخضر الإبراهيمي إنه متفائل.",
        "وكان ذلك متوقعا منذ مارس 2011.",
    ],
)
def test_what_fits_or_is_called_former_does_not(beside: str) -> None:
    assert inferred(PALMYRA_TAKEN.format(when="أمس الأربعاء") + " " + beside) == date(2015, 5, 21)


# --- a given date against the text's own weekdays


@pytest.mark.parametrize(
    ("published", "text", "complaint"),
    [
        ("2016-05-10", "قصف الطيران سراقب أمس الاثنين.", False),
        ("2016-05-10", "قصف الطيران سراقب اليوم (الثلاثاء).", False),
        ("2016-05-10", "قصف الطيران سراقب الجمعة.", False),
        ("2016-05-10", "قصف الطيران سراقب اليوم الاثنين.", True),
        ("2016-05-10", "قصف الطيران سراقب أمس الأحد.", True),
        ("2016-05-10", "قصف الطيران سراقب أول من أمس السبت.", True),
    ],
)
def test_a_given_date_that_the_text_contradicts_is_a_problem(
    tmp_path: Path, published: str, text: str, complaint: bool
) -> None:
    (tmp_path / "news").mkdir()
    (tmp_path / "news" / "report.txt").write_text(
        f"---\npublished: {published}\n---\n{text}", encoding="utf-8"
    )
    archive = Archive(tmp_path / "a.sqlite")
    summary = extract_folder(tmp_path / "news", archive, sources.load(), progress=False, jobs=1)
    assert [p.path.name for p in summary.problems] == (["report"] if complaint else [])
    assert all("2016-05-10 was a Tuesday" in str(p) for p in summary.problems)
    (document,) = archive.documents()
    assert (document.published, document.published_basis) == (date(2016, 5, 10), "given")
    assert bool(document.published_reason) == complaint


# --- the lists


def test_the_chronology_covers_the_whole_war() -> None:
    happenings = load().happenings
    assert len(happenings) >= 150
    years = Counter(happening.day.year for happening in happenings)
    assert years.keys() == set(range(2011, 2019))
    assert min(years.values()) >= 15
    assert len({(h.day, h.note) for h in happenings}) == len(happenings)


def test_every_place_of_the_chronology_is_in_the_gazetteer() -> None:
    places = sources.load().places
    assert not [(h.day, place) for h in load().happenings for place in h.places if place not in places]


EVENTS = "date,days,places,event_type,blocs,killed,words,note\n"
PERIODS = "kind,words,near,since,until,note\n"


@pytest.mark.parametrize(
    ("events", "periods", "told"),
    [
        (EVENTS + "2013-11-32,0,qara,control_change,,,,x\n", PERIODS, "chronology.csv, line 2: date"),
        (EVENTS + "# x\n2013-11-19,0,qara,taken,,,,x\n", PERIODS, "chronology.csv, line 3: event_type"),
        (EVENTS + "2013-11-19,0,qara,control_change,rebels,,,x\n", PERIODS, "line 2: blocs"),
        (EVENTS + "2013-11-19,0,qara,airstrike,,some,,x\n", PERIODS, "line 2: killed"),
        (EVENTS + "2013-11-19,0,,,,,باريس,x\n", PERIODS, "line 2: needs places"),
        (EVENTS + "2013-11-19,0,qara\n", PERIODS, "line 2: 3 cells"),
        ("day,place\n", PERIODS, "line 1: the columns"),
        (EVENTS, PERIODS + "person,كيري,وزير,2017-01-20,2013-02-01,x\n", "periods.csv, line 2: needs words"),
    ],
)
def test_a_line_that_cannot_be_used_is_named(tmp_path: Path, events: str, periods: str, told: str) -> None:
    (tmp_path / "chronology.csv").write_text(events, encoding="utf-8")
    (tmp_path / "periods.csv").write_text(periods, encoding="utf-8")
    with pytest.raises(ChronologyError, match=told):
        load(tmp_path)


# --- real articles


@needs_reference
def test_the_reference_texts_are_dated_within_three_days_or_left_open() -> None:
    folder = Path(str(REFERENCE), "texts")
    with (folder / "metadata.csv").open(encoding="utf-8", newline="") as file:
        known = {row["doc_id"]: date.fromisoformat(row["published"]) for row in csv.DictReader(file)}
    found = {name: inferred((folder / f"{name}.txt").read_text(encoding="utf-8")) for name in known}
    off = {name: day - known[name] for name, day in found.items() if day is not None}
    assert all(abs(days) <= timedelta(days=3) for days in off.values()), off
    assert len(off) >= 3


@needs_reference
def test_articles_of_2015_are_dated_rightly_and_never_by_happenings_of_another_time() -> None:
    lines = Path(str(REFERENCE), "corpus", "syria_2015.jsonl").read_text(encoding="utf-8").splitlines()
    off = {}
    for article in map(json.loads, lines):
        document = undated(article["text"]).document
        if document.published is not None and document.published_basis == "inferred":
            off[article["id"]] = document.published - date.fromisoformat(article["published"][:10])
    assert len(off) >= 10
    assert sum(abs(days) <= timedelta(days=7) for days in off.values()) >= 0.95 * len(off), off
