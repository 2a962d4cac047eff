"""``import conflictmap``: texts, folders and archives as data frames; the page of the docs is run."""

import contextlib
import io
import os
import re
import shutil
import sys
from datetime import date
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

import conflictmap
from extraction.keeping.archive import ArchiveError
from extraction.keeping.contents import TABLES

ROOT = Path(__file__).parents[1]
TEXT = "سيطرت المعارضة السورية على بلدة خان طومان."
BLOCK = re.compile(r"^```python\n(.*?)^```(?:\s+```text\n(.*?)^```)?", re.MULTILINE | re.DOTALL)


def test_the_examples_of_the_docs_run_and_print_what_stands_there(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shutil.copytree(ROOT / "samples", tmp_path / "samples")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("PATH", os.pathsep.join([str(Path(sys.executable).parent), os.environ["PATH"]]))
    names: dict[str, Any] = {}
    blocks = BLOCK.findall((ROOT / "docs" / "python.md").read_text("utf-8"))
    assert len(blocks) > 5
    for code, printed in blocks:
        said = io.StringIO()
        with contextlib.redirect_stdout(said):
            exec(compile(code, "docs/python.md", "exec"), names)  # noqa: S102 our own page
        assert said.getvalue() == printed, code
    assert (tmp_path / "map.html").stat().st_size > 1000


@pytest.mark.parametrize("published", [None, "2016-05-07", date(2016, 5, 7)])
def test_a_text_is_read_with_or_without_a_day(published: date | str | None) -> None:
    found = conflictmap.read(TEXT, published)
    (claim,) = found.claims.itertuples()
    assert (claim.event_type, claim.actor_bloc) == ("control_change", "opposition")
    assert pd.isna(claim.date_start) is (published is None)
    assert len(found.incidents) == 1
    for name, (_, columns) in TABLES.items():
        assert set(getattr(found, name).columns) >= {column.name for column in columns}


def test_a_text_that_says_nothing_gives_empty_frames() -> None:
    found = conflictmap.read("")
    assert found.claims.empty
    assert found.geo.empty


def test_wrong_use_is_told(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="isoformat"):
        conflictmap.read(TEXT, "yesterday")
    with pytest.raises(ArchiveError, match="there is no archive"):
        conflictmap.Archive(tmp_path / "none.sqlite")
    with pytest.raises(NotADirectoryError):
        conflictmap.read_folder(tmp_path / "none")


def test_what_could_not_be_read_is_told(tmp_path: Path) -> None:
    (tmp_path / "one.txt").write_text(TEXT, "utf-8")
    (tmp_path / "two.csv").write_text(f"Inhalt\n{TEXT} وقال ناشطون ذلك.\n", "utf-8")
    found = conflictmap.read_folder(tmp_path)
    assert list(found.documents["doc_id"]) == ["one"]
    assert list(found.problems["path"]) == ["two.csv"]
    assert len(conflictmap.read_folder(tmp_path, columns={"text": "Inhalt"}).documents) == 2


def test_points_without_geopandas_say_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    found = conflictmap.read(TEXT)
    assert list(found.geo.geom_type) == ["Point"]
    monkeypatch.setitem(sys.modules, "geopandas", None)
    with pytest.raises(ImportError, match="pip install geopandas"):
        _ = found.geo
