"""The reference texts through the real command line, judged by the reference's own scoring program."""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).parent.parent


def run(*arguments: str | Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, *map(str, arguments)], cwd=ROOT, capture_output=True, text=True, check=False
    )


@pytest.fixture(scope="module")
def figures(reference: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    folder = tmp_path_factory.mktemp("reference")
    archive, out = folder / "archive.sqlite", folder / "export"
    for command in (
        ("extract", reference / "texts", "--archive", archive),
        ("export", "--archive", archive, "--out", out),
    ):
        done = run("-m", "extraction.cli", *command)
        assert done.returncode == 0, done.stderr
    scored = run(reference / "score.py", out, reference / "gold", "--json")
    assert scored.returncode == 0, scored.stderr
    result: dict[str, Any] = json.loads(scored.stdout)
    return result


def test_the_places_are_found_and_where_they_are(figures: dict[str, Any]) -> None:
    assert figures["mentions"]["f1"] >= 0.98
    assert figures["located"] >= 0.97


def test_the_map_bears_the_markers_it_should(figures: dict[str, Any]) -> None:
    markers = figures["markers"]
    assert markers["f1"] >= 0.90
    assert min(markers["precision"], markers["recall"]) >= 0.88


@pytest.mark.parametrize(
    ("field", "least"),
    [
        ("actor", 0.92),
        ("claimant", 0.92),
        ("dates", 0.95),
        ("killed", 1),
        ("wounded", 1),
        ("strikes", 1),
        ("silent", 0.95),
        ("whole", 0.90),
    ],
)
def test_what_a_claim_says_is_right(figures: dict[str, Any], field: str, least: float) -> None:
    right, asked = map(int, figures[field].split("/"))
    assert right >= least * asked


def test_nothing_is_claimed_that_the_texts_do_not_say(figures: dict[str, Any]) -> None:
    assert figures["forbidden"] == 0
