"""The tool that switches branches off: it tells which are held, by whom, and which never fire."""

import json
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parent.parent
TWENTY_FIVE = "قتل خمسة وعشرون مدنيا في قصف على بلدة مضايا."
NO_FIGURE = "قصف الجيش بلدة مضايا."
SCRIPT = """
import json, sys
from dataclasses import asdict
from tools import held
held.wire(["number"], operands=False)
from tools.readings import Text
texts = [Text(name, text, "2016-05-11") for name, text in json.loads(sys.argv[1]).items()]
found = held.judge(texts, jobs=2, minutes=30, articles=5, seed=0)
print(json.dumps([asdict(switch) for switch in found]))
"""


def judged(texts: dict[str, str]) -> dict[str, tuple[str, str]]:
    """What the tool says of each branch of number.py, by its condition, and the text that holds it."""
    done = subprocess.run(
        [sys.executable, "-c", SCRIPT, json.dumps(texts)],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return {s["source"]: (s["verdict"], s["by"]) for s in json.loads(done.stdout)}


def test_a_branch_is_held_by_the_text_that_is_read_otherwise_without_it() -> None:
    found = judged({"corpus/a": TWENTY_FIVE, "ours": TWENTY_FIVE})
    assert found["count is not None"] == ("held", "ours")
    assert found["at < done"] == ("unheld", "")  # a word inside the count before it, which no other begins
    assert found["total == 1 and end - at == 1"] == ("dead", "")


def test_an_article_holds_what_no_text_of_our_own_touches() -> None:
    assert judged({"corpus/a": TWENTY_FIVE, "ours": NO_FIGURE})["count is not None"] == ("corpus", "corpus/a")


def test_an_unknown_module_is_named() -> None:
    done = subprocess.run(
        [sys.executable, "-m", "tools.held", "numbers"], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert done.returncode == 2
    assert "numbers" in done.stderr
