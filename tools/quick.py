"""The tests that a change can break: ``make quick`` (SINCE=main).

Runs those test files, the tests in a browser aside, that were changed since a revision, bear the name of a
module that was, or import it; where there are none, those of the modules that import it, and so on. A file
that is no module (a word list, a script, a style sheet) stands for the modules that name it or its folder. A
break further off is for ``make test`` to find.
"""

import argparse
import ast
import subprocess
import sys
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Final

ROOT: Final = Path(__file__).resolve().parents[1]
CODE: Final = ("conflictmap", "gazetteer", "extraction", "dashboard", "tools")


def main(argv: Sequence[str] | None = None) -> int:
    """What pytest returns; 0 where there is nothing to test; 2 for a revision that git does not know."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument(
        "--since", default="main", metavar="REV", help="the revision that the change began at"
    )
    since = parser.parse_args(argv).since
    try:
        files = changed(since)
    except subprocess.CalledProcessError as error:
        print(error.stderr.strip(), file=sys.stderr)
        return 2
    tests = chosen(files, {path: path.read_text("utf-8") for path in ours("tests", *CODE)})
    if not tests:
        print(f"no test names what was changed since {since}")
        return 0
    print(f"{len(tests)} files of tests for {len(files)} changed since {since}")
    run = [sys.executable, "-m", "pytest", "-m", "not browser", "-n", "auto"]
    ended = subprocess.run([*run, *map(str, tests)], cwd=ROOT, check=False).returncode
    return 0 if ended == 5 else ended  # 5: the files hold tests in a browser alone


def changed(since: str) -> list[Path]:
    """What differs from where this branch left a revision, new files included, as paths in the project.

    Raises ``subprocess.CalledProcessError`` for a revision that git does not know.
    """

    def git(*words: str) -> list[str]:
        told = subprocess.run(["git", *words], cwd=ROOT, capture_output=True, text=True, check=True)
        return told.stdout.splitlines()

    (base,) = git("merge-base", since, "HEAD")
    names = {*git("diff", "--name-only", base), *git("ls-files", "--others", "--exclude-standard")}
    return [Path(name) for name in sorted(names)]


def ours(*folders: str) -> Iterable[Path]:
    """The Python files of some folders, as paths in the project."""
    for folder in folders:
        yield from (path.relative_to(ROOT) for path in (ROOT / folder).rglob("*.py"))


def chosen(files: Iterable[Path], sources: dict[Path, str]) -> list[Path]:
    """The test files among ``sources`` that a change of ``files`` can break, in order."""
    files = set(files)
    for file in [file for file in files if file.suffix not in (".py", ".md")]:
        signs = (file.name, f'"{file.stem}"', f'"{file.parent.name}"')
        files |= {path for path, text in sources.items() if any(sign in text for sign in signs)}
    uses = {path: imported(text) for path, text in sources.items()}
    tests = {path for path in sources if path.name.startswith("test_")}
    found = {test for test in tests if test in files or any(bears(test, file) for file in files)}
    while True:
        modules = {module(file) for file in files}
        users = {path for path, names in uses.items() if names & modules}
        found |= users & tests
        if found or users <= files:
            return sorted(found)
        files |= users


def bears(test: Path, file: Path) -> bool:
    return f"{test.stem}_".endswith(f"_{file.stem}_") and file.suffix == ".py"


def module(path: Path) -> str:
    """The dotted name by which a file is imported; one in ``tests`` has none of its folder's."""
    parts = path.with_suffix("").parts
    return ".".join(parts[1:] if parts[0] == "tests" else parts).removesuffix(".__init__")


def imported(text: str) -> set[str]:
    """The modules that a Python text imports, by their dotted names; what it takes from them may be one."""
    found = set()
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.Import):
            found |= {name.name for name in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            found |= {node.module, *(f"{node.module}.{name.name}" for name in node.names)}
    return found


if __name__ == "__main__":
    sys.exit(main())
