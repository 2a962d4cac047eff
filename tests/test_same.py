"""The tool that shows what a change of the grammar changes: it misses no change and shows it to a reader."""

import csv
import json
import shutil
from collections.abc import Mapping, Sequence
from pathlib import Path

import pytest

from tools import same
from tools.readings import Text, passages, read_text, unit_sentences
from tools.same import Difference, blinded, differences, read_with, show, unpack

TEXT = Text("a", "دخل الصباح هادئا. قصفت مدفعية الجيش بلدة مضايا وقتلت ثلاثة مدنيين.", "2016-05-11")


def changed(text: Text, **fields: object) -> tuple[Mapping[str, Sequence[str]], Mapping[str, Sequence[str]]]:
    """A reading, and the same with some fields of its claims made other."""
    lines = read_text(text)
    other = [json.dumps(json.loads(x) | fields) if json.loads(x)["line"] == "claim" else x for x in lines]
    return {text.name: lines}, {text.name: other}


def the_difference(**fields: object) -> Difference:
    (found,) = differences(*changed(TEXT, **fields))
    return found


def test_the_same_reading_differs_in_nothing() -> None:
    lines = {TEXT.name: read_text(TEXT)}
    assert list(differences(lines, {TEXT.name: read_text(TEXT)})) == []


def test_a_difference_is_the_sentence_what_it_was_and_what_it_is() -> None:
    shown = show(3, the_difference(event_type="clash", killed_max=None), TEXT.text, ("was", "is"))
    assert shown.startswith("3. a · claim")
    assert "⟦قصفت مدفعية الجيش بلدة مضايا وقتلت ثلاثة مدنيين⟧" in shown
    assert "دخل الصباح" not in shown  # another sentence
    was, now = (next(row for row in shown.splitlines() if side in row) for side in (" was:", " is:"))
    assert "shelling" in was
    assert "3–3 killed" in was
    assert "clash" in now
    assert "event_type: shelling → clash" in shown


def test_a_field_that_no_summary_shows_is_a_difference_all_the_same() -> None:
    assert "confidence" in show(1, the_difference(confidence=0.01), TEXT.text, ("was", "is"))


def test_a_claim_lost_and_a_claim_found_stand_alone() -> None:
    lines = read_text(TEXT)
    without = [line for line in lines if json.loads(line)["line"] != "claim"]
    (lost,) = differences({"a": lines}, {"a": without})
    (come,) = differences({"a": without}, {"a": lines})
    assert (lost.now, come.was) == (None, None)
    assert "is:   –" in show(1, lost, TEXT.text, ("was", "is"))


def test_the_blind_cannot_see_which_side_is_new_and_the_key_can() -> None:
    found = [the_difference(event_type="clash")] * 40
    turned = blinded(found, seed=1)
    assert turned == blinded(found, seed=1)
    assert {new for _, new in turned} == {"A", "B"}
    for difference, new in turned:
        now = difference.was if new == "A" else difference.now
        assert now is not None
        assert now["event_type"] == "clash"


def test_another_lexicon_reads_otherwise_and_both_sides_are_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def without_shelling(_: str, folder: Path) -> None:
        for package in ("gazetteer", "extraction"):
            shutil.copytree(same.ROOT / package, folder / package)
        for path in (folder / "extraction" / "lexicon").glob("*.toml"):
            path.write_text(path.read_text(encoding="utf-8").replace('"قصف"', '"قصفف"'), encoding="utf-8")

    monkeypatch.setattr(same, "unpack", without_shelling)
    monkeypatch.setattr(same, "all_texts", lambda *_: [TEXT, Text("b", "لا جديد في البلدة اليوم.")])
    key = tmp_path / "key.csv"
    kept = tmp_path / "kept"
    assert same.main(["--jobs", "2", "--blind", str(key), "--keep", str(kept)]) == 1
    shown = capsys.readouterr().out
    assert "shelling" in shown
    assert "was:" not in shown
    (row,) = csv.DictReader(key.open(encoding="utf-8"))
    assert row["text"] == "a"
    assert row["new"] in ("A", "B")
    assert "shelling" not in (kept / "before.jsonl").read_text(encoding="utf-8")
    assert "shelling" in (kept / "after.jsonl").read_text(encoding="utf-8")


def test_a_program_from_elsewhere_is_not_read_by_mistake(tmp_path: Path) -> None:
    with pytest.raises(SystemExit, match="does not read"):
        read_with(tmp_path, [TEXT], 1, "nothing")


def test_an_unknown_revision_is_named(tmp_path: Path) -> None:
    with pytest.raises(SystemExit, match="no-such-revision"):
        unpack("no-such-revision", tmp_path)


def test_every_text_has_a_name_of_its_own() -> None:
    names = [text.name for source in (passages, unit_sentences) for text in source(same.ROOT)]
    assert len(names) == len(set(names)) > 500
