"""The set-up: the two make commands, the pinned versions, and the start of the dashboard."""

import os
import shutil
import socket
import subprocess
import sys
import tomllib
import urllib.error
import urllib.request
from pathlib import Path
from typing import Any

import pytest
from dashboard_world import free_port, said_at_start
from packaging.requirements import Requirement
from packaging.specifiers import SpecifierSet
from packaging.utils import canonicalize_name

from dashboard import __main__ as start
from extraction.keeping.archive import Archive

ROOT = Path(__file__).resolve().parents[1]
REQUIREMENTS = ("requirements.txt", "requirements-formats.txt", "requirements-dev.txt")
SET_UP = ("Makefile", *REQUIREMENTS, "constraints.txt", "pyproject.toml")

needs_make = pytest.mark.skipif(
    os.name != "posix" or not shutil.which("make"), reason="make is not on this machine"
)


# --- make


def script(path: Path, body: str) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(f"#!/bin/sh\n{body}\n", encoding="utf-8")
    path.chmod(0o755)
    return path


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A copy of what make reads, in a folder with a space in its name."""
    folder = tmp_path / "a project"
    folder.mkdir()
    for name in SET_UP:
        shutil.copy(ROOT / name, folder)
    return folder


@pytest.fixture
def installed(project: Path) -> Path:
    """The same with a program that only writes down how it is called; $EXTRACT is its exit code."""
    script(
        project / ".venv/bin/conflictmap",
        'for word; do printf "[%s]" "$word"; done >>calls\necho >>calls\n'
        '[ "$1" = extract ] && exit $EXTRACT\nexit 0',
    )
    script(project / ".venv/bin/python", "echo 'data/samples archive.sqlite'")
    (project / ".venv/installed").touch()
    return project


def make(folder: Path, *arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        ["make", *arguments],
        cwd=folder,
        env={"PATH": os.environ["PATH"], "EXTRACT": "0", "LC_ALL": "C.UTF-8", **environment},
        capture_output=True,
        text=True,
        check=False,
    )


@needs_make
@pytest.mark.parametrize(
    ("python", "words"),
    [
        ("exit 1", "older than 3.11"),
        ('case "$2" in *ensurepip*) exit 1;; esac', "apt install python3-venv"),
    ],
)
def test_a_python_that_will_not_do_is_told_in_one_line(project: Path, python: str, words: str) -> None:
    fake = script(project.parent / "python", python)
    ended = make(project, "run", f"PYTHON={fake}")
    assert ended.returncode != 0
    told = [line for line in ended.stderr.splitlines() if not line.startswith("make")]
    assert len(told) == 1
    assert words in told[0]
    assert not (project / ".venv").exists()


@needs_make
def test_a_missing_python_is_told(project: Path) -> None:
    ended = make(project, "run", "PYTHON=nosuchpython")
    assert ended.returncode != 0
    assert "install Python 3.11" in ended.stderr


@needs_make
def test_make_run_shows_the_samples_in_an_archive_of_their_own(installed: Path) -> None:
    assert make(installed, "run", "PORT=8600").returncode == 0
    assert (installed / "calls").read_text(encoding="utf-8").splitlines() == [
        "[extract][samples][--prune-all][--folder][samples][--archive][data/samples archive.sqlite]",
        "[dashboard][--port][8600][--archive][data/samples archive.sqlite]",
    ]


@needs_make
@pytest.mark.parametrize("folder", ["أخبار عام 2013", "it's; touch RAN", '"$(touch RAN)`touch RAN`'])
def test_make_run_takes_any_folder_into_the_users_own_archive(installed: Path, folder: str) -> None:
    # From the environment make takes a name as it is; on its command line it would expand a dollar sign.
    assert make(installed, "run", TEXTS=folder).returncode == 0
    assert (installed / "calls").read_text(encoding="utf-8").splitlines() == [
        f"[extract][{folder}]",
        "[dashboard][--port][8501]",
    ]
    assert not (installed / "RAN").exists()


@needs_make
@pytest.mark.parametrize(("code", "opens"), [("1", True), ("2", False)])
def test_the_map_opens_though_some_texts_failed_but_not_after_wrong_use(
    installed: Path, code: str, opens: bool
) -> None:
    ended = make(installed, "run", "TEXTS=أخبار عام 2013", EXTRACT=code)
    assert (ended.returncode == 0) is opens
    assert ("[dashboard]" in (installed / "calls").read_text(encoding="utf-8")) is opens


# --- versions


def wanted(name: str) -> dict[str, SpecifierSet]:
    lines = (ROOT / name).read_text(encoding="utf-8").splitlines()
    found = [Requirement(line) for line in lines if not line.startswith("#")]
    return {canonicalize_name(requirement.name): requirement.specifier for requirement in found}


def operators(versions: SpecifierSet) -> list[str]:
    return sorted(version.operator for version in versions)


def test_the_package_takes_ranges_and_make_installs_one_version_of_each() -> None:
    pinned = wanted("constraints.txt")
    assert all(operators(versions) == ["=="] for versions in pinned.values())
    ranges = wanted("requirements.txt") | wanted("requirements-formats.txt")
    assert all(operators(versions) == ["<", ">="] for versions in ranges.values())
    for name, versions in (ranges | wanted("requirements-dev.txt")).items():
        (pin,) = pinned[name]
        assert pin.version in versions, name


def test_one_version_is_told_everywhere() -> None:
    version = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]["version"]
    assert f"version: {version}\n" in (ROOT / "CITATION.cff").read_text("utf-8")
    assert f"\n## {version} (" in (ROOT / "CHANGELOG.md").read_text("utf-8")


# --- the dashboard's start


@pytest.fixture
def archive(tmp_path: Path) -> Path:
    path = tmp_path / "archive.sqlite"
    Archive(path).close()
    return path


def test_a_busy_port_is_told_in_one_line(archive: Path, caplog: pytest.LogCaptureFixture) -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]
        assert start.main(["--archive", str(archive), "--port", str(port)]) == 2
    (record,) = caplog.records
    assert f"port {port} is in use" in record.message
    assert "PORT=" in record.message
    assert "\n" not in record.message


def test_no_archive_is_told_in_one_line(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    assert start.main(["--archive", str(tmp_path / "none.sqlite")]) == 2
    assert "conflictmap extract" in caplog.text


def test_it_finds_the_archive_from_any_folder(archive: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    port = free_port()
    seen: dict[str, Any] = {}

    def serve(listening: socket.socket, host: str) -> None:
        seen.update(archive=os.environ["CONFLICTMAP_ARCHIVE"], at=listening.getsockname(), host=host)

    monkeypatch.setenv("CONFLICTMAP_ARCHIVE", "")  # put back afterwards
    monkeypatch.setattr(start.server, "serve", serve)
    monkeypatch.chdir(archive.parent)
    assert start.main(["--archive", archive.name, "--port", str(port)]) == 0
    assert seen == {"archive": str(archive), "at": ("127.0.0.1", port), "host": ""}


def test_other_machines_are_served_only_under_a_name_and_its_meaning_is_told(
    archive: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    served: list[str] = []
    monkeypatch.setenv("CONFLICTMAP_ARCHIVE", "")  # put back afterwards
    monkeypatch.setattr(start.server, "serve", lambda listening, host: served.append(host))
    wide = ["--archive", str(archive), "--port", str(free_port()), "--address", "0.0.0.0"]  # noqa: S104
    assert start.main(wide) == 2
    assert "--host NAME" in caplog.text
    assert not served
    assert start.main([*wide, "--host", "map.example"]) == 0
    assert "without a password" in caplog.text
    assert served == ["map.example"]


@pytest.mark.parametrize(
    "words",
    [("--address", "everywhere"), ("--host", "http://map.example"), ("--host", "*"), ("--host", "a b")],
)
def test_a_wrong_address_or_name_is_told_in_one_line(
    archive: Path, words: tuple[str, str], caplog: pytest.LogCaptureFixture
) -> None:
    assert start.main(["--archive", str(archive), *words]) == 2
    (record,) = caplog.records
    assert " ".join(words) in record.message


@pytest.mark.skipif(os.name != "posix", reason="ends the server by a signal")
def test_the_dashboard_serves_and_ends_with_its_command(archive: Path, tmp_path: Path) -> None:
    """With a home of its own, in which Streamlit was never started before, and nobody to answer it."""
    port = free_port()
    command = [sys.executable, "-m", "extraction.cli", "dashboard", "--archive", archive, "--port", str(port)]
    environment = {**os.environ, "HOME": str(tmp_path), "PYTHONPATH": str(ROOT)}
    with subprocess.Popen(
        command, cwd=tmp_path, env=environment, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as process:
        try:
            said = said_at_start(process, port)
            with urllib.request.urlopen(f"http://localhost:{port}/_stcore/health", timeout=60) as answer:
                assert answer.status == 200
        finally:
            process.terminate()
        assert process.stdout
        said += process.stdout.read()
    assert "mail" not in said
    assert f"http://localhost:{port}" in said
    with pytest.raises(urllib.error.URLError):
        urllib.request.urlopen(f"http://localhost:{port}/_stcore/health", timeout=5)
