"""Which tests are taken for a change."""

from pathlib import Path

import pytest

from tools.quick import chosen

SOURCES = {
    Path("extraction/word.py"): "",
    Path("extraction/clause.py"): "from extraction.word import Word",
    Path("extraction/lexicon.py"): 'open("events.toml")',
    Path("tests/helper.py"): "from extraction import clause",
    Path("tests/test_clause.py"): "from extraction import clause",
    Path("tests/test_lexicon.py"): "import extraction.lexicon",
    Path("dashboard/app.py"): "",
    Path("tests/test_dashboard_app.py"): "from streamlit.testing.v1 import AppTest",
    Path("tests/test_help.py"): "from helper import help",
}


@pytest.mark.parametrize(
    ("changed", "tests"),
    [
        ("tests/test_help.py", ["test_help"]),
        ("extraction/clause.py", ["test_clause"]),
        ("extraction/word.py", ["test_clause"]),
        ("extraction/lexicon/events.toml", ["test_lexicon"]),
        ("tests/helper.py", ["test_help"]),
        ("dashboard/app.py", ["test_dashboard_app"]),
        ("README.md", []),
    ],
)
def test_a_change_takes_the_tests_that_are_nearest(changed: str, tests: list[str]) -> None:
    assert [path.stem for path in chosen([Path(changed)], SOURCES)] == tests
