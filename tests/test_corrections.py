"""What editors mend stays mended: over new readings, undone and done again, in another archive too."""

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from reader import reading

from extraction.keeping.archive import Archive
from extraction.keeping.corpus import extract_folder
from extraction.keeping.corrections import Correction, CorrectionError, identified, undo, values_of
from extraction.keeping.editing import Changed
from extraction.keeping.exchange import ExchangeError, read_corrections, write_corrections
from extraction.records import Claim, Reading
from gazetteer.sources import load

TEXT = "قصف الجيش السوري بلدة مضايا أمس. وسيطرت جبهة النصرة على قرية بقين."
MADE = "2026-12-01T10:00:00+00:00"


@pytest.fixture
def archive(tmp_path: Path) -> Archive:
    made = Archive(tmp_path / "a.sqlite")
    made.put([text_of(TEXT)])
    return made


def text_of(text: str) -> Reading:
    found = reading(text)
    return replace(found, document=replace(found.document, sha256=f"sha of {text}"))


def claim_of(archive: Archive, event_type: str = "shelling") -> Claim:
    return next(c for c in archive.claims() if c.event_type == event_type)


def mend(claim: Claim, made: str = MADE, editor: str = "Rima", text: str = TEXT, **now: Any) -> Correction:
    return identified(
        Correction(
            correction_id="",
            made=made,
            editor=editor,
            what="claim",
            doc_id=claim.doc_id,
            sha256=f"sha of {text}",
            start=claim.start,
            end=claim.end,
            evidence=claim.evidence,
            event_type=claim.event_type,
            stance=claim.stance,
            subject=claim.claim_id,
            was=values_of(claim, now),
            now=now,
            note="the text says so",
        )
    )


def facts(archive: Archive) -> list[Claim]:
    return sorted(archive.claims(), key=lambda c: c.claim_id)


def test_a_mended_claim_is_shown_as_mended_and_says_by_which_correction(archive: Archive) -> None:
    correction = mend(claim_of(archive), event_type="airstrike", killed_min=3, killed_max=3)
    archive.correct(correction)
    claim = claim_of(archive, "airstrike")
    assert (claim.killed_min, claim.killed_max, claim.corrected) == (3, 3, correction.correction_id)
    assert [r.correction for r in archive.corrections()] == [correction]


def test_a_correction_holds_over_a_new_reading_of_the_text(archive: Archive) -> None:
    archive.correct(mend(claim_of(archive), event_type="airstrike"))
    archive.put([text_of(TEXT)])
    assert claim_of(archive, "airstrike").corrected


def test_a_correction_finds_its_words_in_a_text_that_was_changed(archive: Archive) -> None:
    archive.correct(mend(claim_of(archive), actor="russian_air_force", actor_bloc="russia"))
    archive.put([text_of(f"دمشق - {TEXT}")])
    assert claim_of(archive).actor_bloc == "russia"


def test_a_correction_whose_words_are_gone_waits_and_is_not_lost(archive: Archive) -> None:
    archive.correct(mend(claim_of(archive), event_type="airstrike"))
    archive.put([text_of("وسيطرت جبهة النصرة على قرية بقين.")])
    assert [r.waiting for r in archive.corrections()] == ["gone"]
    archive.put([text_of(TEXT)])
    assert [r.waiting for r in archive.corrections()] == [None]
    assert claim_of(archive, "airstrike").corrected


def test_a_hidden_claim_comes_back_when_that_is_undone(archive: Archive) -> None:
    before = facts(archive)
    hiding = mend(claim_of(archive), hidden=True)
    archive.correct(hiding)
    assert [c.event_type for c in archive.claims()] == ["control_change"]
    taken_back = undo(hiding, "Sami", MADE, "it is right")
    archive.correct(taken_back)
    assert facts(archive) == before
    archive.correct(undo(taken_back, "Rima", MADE, "it is not"))
    assert [c.event_type for c in archive.claims()] == ["control_change"]


def test_a_claim_that_the_machine_missed_is_added_and_taken_back(archive: Archive) -> None:
    before = facts(archive)
    words = "قرية بقين"
    start = TEXT.index(words)
    missed = identified(
        replace(
            mend(claim_of(archive)),
            what="added",
            start=start,
            end=start + len(words),
            evidence=words,
            subject="",
            was={},
            now={"event_type": "siege", "actor_bloc": "government", "date_start": "2016-05-10"},
        )
    )
    archive.correct(missed)
    siege = claim_of(archive, "siege")
    assert (siege.evidence, str(siege.date_start), siege.corrected) == (
        words,
        "2016-05-10",
        missed.correction_id,
    )
    archive.correct(undo(missed, "Rima", MADE, ""))
    assert facts(archive) == before


def test_a_mended_name_moves_the_claims_that_stand_on_it(archive: Archive) -> None:
    mention = next(m for m in archive.mentions() if m.surface == "مضايا")
    naming = identified(
        replace(
            mend(claim_of(archive)),
            what="mention",
            start=mention.start,
            end=mention.end,
            evidence=mention.surface,
            was={"place_id": mention.place_id},
            now={"place_id": "elsewhere", "lat": 35.0, "lon": 36.0},
        )
    )
    archive.correct(naming)
    assert [(p.place_id, p.lat) for p in claim_of(archive).places] == [("elsewhere", 35.0)]
    assert next(m for m in archive.mentions() if m.surface == "مضايا").corrected
    archive.correct(undo(naming, "Rima", MADE, ""))
    assert [p.place_id for p in claim_of(archive).places] == [mention.place_id]


def test_the_second_editor_sees_what_the_first_one_made_of_it(archive: Archive) -> None:
    claim = claim_of(archive)
    archive.correct(mend(claim, event_type="airstrike"))
    with pytest.raises(Changed) as told:
        archive.correct(mend(claim, editor="Sami", event_type="clash"))
    assert told.value.now == {"event_type": "airstrike"}
    assert claim_of(archive, "airstrike")


def test_corrections_of_another_archive_are_applied_once_and_a_conflict_waits(
    archive: Archive, tmp_path: Path
) -> None:
    other = Archive(tmp_path / "b.sqlite")
    other.put([text_of(TEXT)])
    claim = claim_of(archive)
    other.correct(mend(claim, event_type="clash"), mend(claim, killed_min=4))
    archive.correct(mend(claim, editor="Sami", event_type="airstrike"))
    brought = [r.correction for r in other.corrections()]
    assert len(archive.correct(*brought, brought=True)) == 2
    assert archive.correct(*brought, brought=True) == []
    assert [r.waiting for r in archive.corrections()] == [None, "conflict", None]
    assert (claim_of(archive, "airstrike").killed_min, len(archive.claims())) == (4, 2)


@pytest.mark.parametrize(
    ("now", "told"),
    [
        ({"event_type": "bombardment"}, "event_type: 'bombardment' is no code"),
        ({"date_start": "yesterday"}, "date_start: 'yesterday' is no day"),
        ({"killed_min": -1}, "killed_min: -1 is no count"),
        ({"is_total": "yes"}, "is_total: 'yes' is neither"),
        ({"places": [{"place_id": "x"}]}, "places: each place needs"),
        ({}, "nothing is mended"),
    ],
)
def test_a_correction_that_nobody_could_mean_is_refused_by_its_field(
    archive: Archive, now: dict[str, Any], told: str
) -> None:
    correction = replace(mend(claim_of(archive), event_type="clash"), now=now)
    with pytest.raises(CorrectionError, match=told):
        archive.correct(correction)
    assert archive.corrections() == []


CHANGES = st.sampled_from(
    [{"event_type": "airstrike"}, {"killed_min": 2}, {"hidden": True}, {"victims": "civilians"}]
)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(changes=st.lists(CHANGES, min_size=1, max_size=5), chosen=st.data())
def test_whatever_is_done_and_undone_the_machines_reading_comes_back(
    tmp_path: Path, changes: list[dict[str, Any]], chosen: st.DataObject
) -> None:
    path = tmp_path / "h.sqlite"
    path.unlink(missing_ok=True)
    archive = Archive(path)
    archive.put([text_of(TEXT)])
    before = facts(archive)
    claim = claim_of(archive)
    made: list[Correction] = []
    for number, now in enumerate(changes):
        correction = identified(replace(mend(claim, **now), made=f"{MADE}{number}"))
        made += archive.correct(correction, brought=True)
        if chosen.draw(st.booleans()):
            archive.put([text_of(TEXT)])
    for correction in chosen.draw(st.permutations(made)):
        archive.correct(undo(correction, "Rima", MADE, ""))
    assert facts(archive) == before
    assert archive.mentions() == text_of(TEXT).mentions
    archive.close()


def test_the_record_goes_to_another_archive_as_a_file(archive: Archive, tmp_path: Path) -> None:
    made = mend(claim_of(archive), event_type="airstrike")
    evil = identified(replace(made, editor="=cmd()", note='"quoted", =1+1'))
    archive.correct(evil)
    path = tmp_path / "corrections.csv"
    assert write_corrections(path, [r.correction for r in archive.corrections()]) == 1
    assert ",'=cmd()," in path.read_text("utf-8-sig")
    assert read_corrections(path) == [evil]


def test_a_file_that_was_tampered_with_is_refused_as_a_whole(archive: Archive, tmp_path: Path) -> None:
    path = tmp_path / "corrections.csv"
    write_corrections(path, [mend(claim_of(archive), killed_min=4)])
    path.write_text(path.read_text("utf-8-sig").replace(": 4", ": 9"), "utf-8")
    with pytest.raises(ExchangeError, match=r"corrections.csv, line 2: altered since"):
        read_corrections(path)


def test_a_mended_day_dates_the_claims_anew_when_the_folder_is_read(tmp_path: Path) -> None:
    folder = tmp_path / "texts"
    folder.mkdir()
    (folder / "a.txt").write_text(TEXT, encoding="utf-8")
    archive = Archive(tmp_path / "a.sqlite")
    extract_folder(folder, archive, load(), jobs=1)
    document = archive.documents()[0]
    assert document.published is None
    day = replace(
        mend(claim_of(archive)), what="text", sha256=document.sha256, doc_id="a", was={"published": None}
    )
    archive.correct(identified(replace(day, now={"published": "2015-03-10"})))
    extract_folder(folder, archive, load(), jobs=1)
    assert str(archive.documents()[0].published) == "2015-03-10"
    assert str(claim_of(archive).date_start) == "2015-03-09"
