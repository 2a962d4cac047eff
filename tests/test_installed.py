"""What a stranger gets: the packages are built, one is installed in an empty environment, and it is watched.

The home folder and the folder it is started in hold settings that would open it to the world; none may count.
The environment has of this machine's packages only those that the project needs, never the checkout.
"""

import http.client
import json
import os
import re
import shutil
import site
import subprocess
import sys
import tarfile
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from dashboard_visit import Visit
from dashboard_world import ROOT, free_port, said_at_start
from playwright.sync_api import Browser

pytestmark = pytest.mark.skipif(
    not Path("/proc/net/tcp").exists() or not (ROOT / ".git").exists(),
    reason="needs Linux, to see what is listened to, and a checkout to build",
)

PACKAGES = ("gazetteer", "extraction", "dashboard", "conflictmap")

#: Settings of Streamlit that would serve everybody, elsewhere, and tell on it.
WIDE = """
[server]
address = "0.0.0.0"
baseUrlPath = "elsewhere"
enableCORS = false
enableXsrfProtection = false
enableAgentApi = true
allowedHosts = []
[browser]
gatherUsageStats = true
[client]
showErrorDetails = "full"
[global]
developmentMode = true
"""

#: Notes, from inside the process, whom it looks up or calls.
WATCH = """
import os, sys
def watch(event, arguments):
    if event == "socket.getaddrinfo":
        said = arguments[0]
    elif event in ("socket.connect", "socket.sendto"):
        said = arguments[1]
    else:
        return
    with open(os.environ["WATCHED"], "a") as file:
        file.write(repr(said) + "\\n")
sys.addaudithook(watch)
"""


@dataclass(frozen=True)
class Installed:
    """An environment with the wheel, a home of a new user, and a folder to stand in."""

    commands: Path
    home: Path
    folder: Path
    watched: Path

    def environment(self) -> dict[str, str]:
        return {
            "PATH": os.environ["PATH"],
            "HOME": str(self.home),
            "LC_ALL": "C.UTF-8",
            "WATCHED": str(self.watched),
            "STREAMLIT_SERVER_ADDRESS": "0.0.0.0",  # noqa: S104
            "STREAMLIT_SERVER_ENABLE_CORS": "false",
            "STREAMLIT_BROWSER_GATHER_USAGE_STATS": "true",
        }

    def run(self, *arguments: str) -> str:
        return subprocess.run(
            [self.commands / "conflictmap", *arguments],
            cwd=self.folder,
            env=self.environment(),
            capture_output=True,
            text=True,
            check=True,
        ).stdout


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the source distribution of what git knows, and the wheel that is made of it."""
    source, out = tmp_path_factory.mktemp("source"), tmp_path_factory.mktemp("built")
    tracked = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard", "-z"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    ).stdout
    for name in filter(None, tracked.split("\0")):
        if (ROOT / name).is_file():
            (source / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(ROOT / name, source / name)
    built = subprocess.run(
        [sys.executable, "-m", "build", "--no-isolation", "--outdir", out, source],
        capture_output=True,
        text=True,
        check=False,
    )
    assert built.returncode == 0, built.stdout + built.stderr
    return out


@pytest.fixture(scope="module")
def installed(built: Path, tmp_path_factory: pytest.TempPathFactory) -> Installed:
    base = tmp_path_factory.mktemp("a stranger's")
    subprocess.run([sys.executable, "-m", "venv", "--without-pip", base / "venv"], check=True)
    python = base / "venv/bin/python"
    (wheel,) = built.glob("*.whl")
    pip = [sys.executable, "-m", "pip", "--python", python, "install", "--quiet", "--no-index", "--no-deps"]
    subprocess.run([*pip, "--disable-pip-version-check", wheel], check=True)
    (packages,) = (base / "venv/lib").glob("python*/site-packages")
    # What the wheel needs comes from here; a folder that is named so brings no links to checkouts along.
    (packages / "needed.pth").write_text("\n".join(site.getsitepackages()))
    (packages / "sitecustomize.py").write_text(WATCH)

    stranger = Installed(base / "venv/bin", base / "home", base / "folder", base / "watched")
    for folder in (stranger.home, stranger.folder):
        (folder / ".streamlit").mkdir(parents=True)
        (folder / ".streamlit/config.toml").write_text(WIDE)
    (stranger.folder / "dashboard.py").write_text("raise SystemExit('the wrong dashboard')")
    shutil.copytree(ROOT / "samples", stranger.folder / "news")
    # The watch is awake: a number for a name, which asks nobody.
    ask = "import socket; socket.getaddrinfo('192.0.2.1', 80, flags=socket.AI_NUMERICHOST)"
    subprocess.run([python, "-c", ask], env=stranger.environment(), check=True)
    assert outside(stranger.watched) == ["'192.0.2.1'"]
    stranger.watched.unlink()
    return stranger


@pytest.fixture(scope="module")
def dashboard(installed: Installed) -> Iterator[tuple[int, int]]:
    """A dashboard on the samples, read by the installed program too: its process and its port."""
    installed.run("extract", "news", "--archive", "news.sqlite")
    port = free_port()
    with subprocess.Popen(
        [installed.commands / "conflictmap", "dashboard", "--archive", "news.sqlite", "--port", str(port)],
        cwd=installed.folder,
        env=installed.environment(),
        stdout=subprocess.PIPE,
        text=True,
    ) as server:
        try:
            assert "statistics" not in said_at_start(server, port)
            yield server.pid, port
        finally:
            server.terminate()
            server.communicate()


def test_the_packages_hold_every_file(built: Path) -> None:
    wanted = {
        str(path.relative_to(ROOT))
        for package in PACKAGES
        for path in (ROOT / package).rglob("*")
        if path.is_file() and "__pycache__" not in path.parts and path.suffix != ".md"
    }
    (wheel,) = built.glob("*.whl")
    with zipfile.ZipFile(wheel) as opened:
        names = set(opened.namelist())
    assert wanted - names == set()
    assert {name.split("/")[0] for name in names if "dist-info" not in name} == set(PACKAGES)
    (source,) = built.glob("*.tar.gz")
    with tarfile.open(source) as opened_source:
        names = {name.split("/", 1)[-1] for name in opened_source.getnames()}
    for name in ("LICENSE", "NOTICE.md", "CHANGELOG.md", "constraints.txt", "Makefile", "tests/conftest.py"):
        assert name in names
    assert wanted - names == set()


def test_it_is_the_wheel_and_tells_its_version(installed: Installed) -> None:
    told = installed.run("--version")
    assert re.fullmatch(r"conflictmap \d+\.\d+\.\d+\n", told)
    where = subprocess.run(
        [installed.commands / "python", "-c", "import dashboard, extraction as e; print(e.__file__)"],
        cwd=installed.home,
        env=installed.environment(),
        capture_output=True,
        text=True,
        check=True,
    ).stdout
    assert Path(where.strip()).is_relative_to(installed.commands.parent)


def listened(process: int) -> set[str]:
    """The addresses at which a process listens, as in /proc/net/tcp."""
    sockets = set()
    for link in Path(f"/proc/{process}/fd").iterdir():
        if found := re.fullmatch(r"socket:\[(\d+)\]", os.readlink(link)):
            sockets.add(found[1])
    rows = [
        line.split()
        for table in ("tcp", "tcp6")
        if (path := Path(f"/proc/net/{table}")).exists()
        for line in path.read_text().splitlines()[1:]
    ]
    return {row[1] for row in rows if row[3] == "0A" and row[9] in sockets}


def test_it_listens_on_this_machine_alone(dashboard: tuple[int, int]) -> None:
    process, port = dashboard
    assert listened(process) == {f"0100007F:{port:04X}"}


def asked(port: int, path: str, **headers: str) -> http.client.HTTPResponse:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    connection.request(
        "GET", path, headers={name.replace("_", "-"): value for name, value in headers.items()}
    )
    return connection.getresponse()


UPGRADE = {
    "Connection": "Upgrade",
    "Upgrade": "websocket",
    "Sec_WebSocket_Version": "13",
    "Sec_WebSocket_Key": "AAAAAAAAAAAAAAAAAAAAAA==",
}


def test_a_foreign_host_or_page_is_refused_and_nobody_outside_is_asked(
    dashboard: tuple[int, int], installed: Installed
) -> None:
    _, port = dashboard
    here = f"localhost:{port}"
    assert asked(port, "/", Host=here).status == 200
    assert asked(port, "/_stcore/stream", Host=here, Origin=f"http://{here}", **UPGRADE).status == 101
    for path, more in (("/", {}), ("/_stcore/stream", UPGRADE)):
        assert asked(port, path, Host=f"evil.example:{port}", **more).status == 403
        assert asked(port, path, Host=here, Origin="http://evil.example", **more).status == 403
        assert asked(port, path, Host=here, Origin=f"http://localhost:{port + 1}", **more).status == 403
    assert outside(installed.watched) == []


def test_a_page_may_load_nothing_from_elsewhere_and_tells_no_details(dashboard: tuple[int, int]) -> None:
    _, port = dashboard
    page = asked(port, "/", Host=f"localhost:{port}")
    policy = page.headers["content-security-policy"]
    for rule in ("frame-ancestors 'self'", "object-src 'none'", "base-uri 'self'", "connect-src 'self'"):
        assert rule in policy
    assert page.headers["x-content-type-options"] == "nosniff"
    assert asked(port, "/_stcore/agent/openapi.json", Host=f"localhost:{port}").status == 200
    interact = asked(port, "/_stcore/host-config", Host=f"localhost:{port}")
    assert json.loads(interact.read())["allowedOrigins"] == []


@pytest.mark.browser
def test_the_map_is_drawn_and_nobody_outside_is_asked(
    dashboard: tuple[int, int], installed: Installed, browser: Browser
) -> None:
    _, port = dashboard
    visit = Visit(browser.new_page(), f"http://127.0.0.1:{port}")
    visit.open()
    visit.wait_drawn("at.size > 0")
    visit.unharmed()
    visit.page.close()
    assert outside(installed.watched) == []


def outside(watched: Path) -> list[str]:
    """Whom the process looked up or called, this machine aside."""
    told = watched.read_text().splitlines() if watched.exists() else []
    return [line for line in told if "127.0.0.1" not in line and "localhost" not in line]
