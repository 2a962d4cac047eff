"""Which branches of the grammar no text holds: each is switched off, and what touches it is read again.

    .venv/bin/python -m tools.held                     # all modules of the grammar, branches only
    .venv/bin/python -m tools.held date number --operands
    .venv/bin/python -m tools.held --minutes 10 --out held.json

A switch is a place where the grammar decides: the condition of an ``if`` (off: never so), of a filter in a
comprehension (off: everything passes) and, with ``--operands``, each operand of an ``and`` or ``or`` (off: as
if it were not written). All modules are compiled once with their switches; while a text is read with all of
them on, those are noted that would matter if they were off. So a switch is tried only with texts that touch
it, those of our own first, until one is read otherwise.

What is told of each switch: *held* by a text of our own (sample, passage, sentence of a test) or by a test of
its module, held by an article of the *corpus* only (CONFLICTMAP_REFERENCE), *unheld* (it fires, and nothing
is read otherwise), or *dead* (it fires in no text at all).
"""

import argparse
import ast
import importlib.abc
import importlib.machinery
import importlib.util
import io
import json
import os
import random
import signal
import sys
import time
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from contextlib import redirect_stderr, redirect_stdout
from dataclasses import asdict, dataclass, replace
from multiprocessing import get_context
from pathlib import Path
from types import CodeType, FrameType, ModuleType
from typing import Any, Final, Literal

from tqdm import tqdm

ROOT: Final = Path(__file__).resolve().parent.parent
#: The modules of the grammar, each by its name and its place in the program.
GRAMMAR: Final = {
    path.stem: f"extraction.{room}.{path.stem}"
    for room in ("words", "reading")
    for path in sorted((ROOT / "extraction" / room).glob("[!_]*.py"))
}
_ARTICLES: Final = 120  # of the corpus that a switch is tried with, drawn by chance
_PATIENCE: Final = 20  # seconds for a text; a switch with which one takes longer is noticed
Kind = Literal["branch", "filter", "and", "or"]
Verdict = Literal["held", "corpus", "unheld", "dead", "untried"]


@dataclass(frozen=True, slots=True)
class Switch:
    """One place where the grammar decides, and what became of it."""

    number: int
    module: str
    line: int
    kind: Kind
    source: str
    function: str
    verdict: Verdict = "untried"
    by: str = ""
    texts: int = 0


class Board:
    """The switches of the modules that were compiled with them, and which one is off."""

    def __init__(self) -> None:
        """With all switches on."""
        self.switches: list[Switch] = []
        self.off = -1
        self.touched: set[int] = set()

    def branch(self, number: int, value: Any) -> Any:
        """The condition of an ``if``: off, it is never so. Also an operand of ``or``."""
        if value:
            self.touched.add(number)
            if self.off == number:
                return False
        return value

    def needed(self, number: int, value: Any) -> Any:
        """A filter or an operand of ``and``: off, it is always so."""
        if not value:
            self.touched.add(number)
            if self.off == number:
                return True
        return value


BOARD: Final = Board()


class _Wiring(ast.NodeTransformer):
    """Puts a switch into every place of a module that decides."""

    def __init__(self, module: str, source: str, operands: bool) -> None:
        self.module, self.source, self.operands = module, source, operands
        self.function: list[str] = []

    def _wired(self, kind: Kind, test: ast.expr, told: ast.expr) -> ast.expr:
        number = len(BOARD.switches)
        said = " ".join((ast.get_source_segment(self.source, told) or "").split())
        BOARD.switches.append(Switch(number, self.module, told.lineno, kind, said, ".".join(self.function)))
        call = "branch" if kind in ("branch", "or") else "needed"
        new = ast.Call(
            ast.Attribute(ast.Name("_BOARD", ast.Load()), call, ast.Load()), [ast.Constant(number), test], []
        )
        return ast.copy_location(new, told)

    def visit_FunctionDef(self, node: ast.FunctionDef) -> ast.AST:
        self.function.append(node.name)
        self.generic_visit(node)
        self.function.pop()
        return node

    def visit_ClassDef(self, node: ast.ClassDef) -> ast.AST:
        self.function.append(node.name)
        self.generic_visit(node)
        self.function.pop()
        return node

    def visit_If(self, node: ast.If) -> ast.AST:
        told = node.test
        self.generic_visit(node)
        if self.function:
            node.test = self._wired("branch", node.test, told)
        return node

    def visit_IfExp(self, node: ast.IfExp) -> ast.AST:
        told = node.test
        self.generic_visit(node)
        if self.function:
            node.test = self._wired("branch", node.test, told)
        return node

    def visit_comprehension(self, node: ast.comprehension) -> ast.AST:
        told = list(node.ifs)
        self.generic_visit(node)
        if self.function:
            node.ifs = [self._wired("filter", test, one) for test, one in zip(node.ifs, told, strict=True)]
        return node

    def visit_BoolOp(self, node: ast.BoolOp) -> ast.AST:
        told = list(node.values)
        self.generic_visit(node)
        if self.operands and self.function:
            kind: Kind = "and" if isinstance(node.op, ast.And) else "or"
            node.values = [self._wired(kind, v, one) for v, one in zip(node.values, told, strict=True)]
        return node


class _Loader(importlib.machinery.SourceFileLoader):
    """Loads a module with switches."""

    operands = False

    def get_code(self, fullname: str) -> CodeType:
        source = Path(self.path).read_text(encoding="utf-8")
        tree = _Wiring(fullname.rpartition(".")[2], source, self.operands).visit(ast.parse(source))
        code: CodeType = compile(ast.fix_missing_locations(tree), self.path, "exec")
        return code

    def exec_module(self, module: ModuleType) -> None:
        module.__dict__["_BOARD"] = BOARD
        super().exec_module(module)


class _Finder(importlib.abc.MetaPathFinder):
    """Finds the modules of the grammar that are to be compiled with switches."""

    def __init__(self, modules: Sequence[str]) -> None:
        names = (GRAMMAR[module] for module in modules)
        self.names = {name: ROOT / f"{name.replace('.', '/')}.py" for name in names}

    def find_spec(self, fullname: str, path: object, target: object = None) -> Any:
        where = self.names.get(fullname)
        if where is None:
            return None
        return importlib.util.spec_from_file_location(fullname, where, loader=_Loader(fullname, str(where)))


def wire(modules: Sequence[str], operands: bool) -> None:
    """Have modules compiled with switches when they are imported, which they must not have been yet."""
    early = [name for name in sys.modules if name.startswith("extraction.")]
    assert not early, f"imported too early: {early}"  # noqa: S101
    _Loader.operands = operands
    sys.meta_path.insert(0, _Finder(modules))


# --- reading with a switch off; state is inherited by forked processes


@dataclass(slots=True)
class _State:
    texts: list[Any]
    lines: list[list[str]]
    touching: dict[int, list[int]]  # texts that touch a switch, our own first, the short ones first


_STATE = _State([], [], {})


def _read(text: Any) -> list[str]:
    from tools.readings import read_text

    return read_text(text)


def _read_on(number: int) -> tuple[int, list[str], list[int]]:
    BOARD.off = -1
    BOARD.touched.clear()
    lines = _read(_STATE.texts[number])
    return number, lines, sorted(BOARD.touched)


def _too_long(_: int, __: FrameType | None) -> None:
    raise TimeoutError


def _try_off(number: int) -> tuple[int, int]:
    """A switch, and the first text that is read otherwise with it off, or -1."""
    signal.signal(signal.SIGALRM, _too_long)
    BOARD.off = number
    try:
        for at in _STATE.touching[number]:
            signal.alarm(_PATIENCE)
            try:
                same = _read(_STATE.texts[at]) == _STATE.lines[at]
            finally:
                signal.alarm(0)
            if not same:
                return number, at
    except (TimeoutError, RecursionError):
        return number, at
    finally:
        BOARD.off = -1
    return number, -1


def _test(module: str) -> set[int]:
    """Run the tests of a module; the switches that they touch, or nothing where one fails."""
    import pytest

    BOARD.touched.clear()
    with redirect_stdout(io.StringIO()), redirect_stderr(io.StringIO()):
        failed = pytest.main(["-x", "-q", "-p", "no:cacheprovider", str(_test_file(module))])
    return set() if failed else set(BOARD.touched)


def _test_off(switch: Switch) -> tuple[int, bool]:
    """A switch, and whether a test of its module fails with it off."""
    signal.signal(signal.SIGALRM, _too_long)
    signal.alarm(3 * _PATIENCE)
    BOARD.off = switch.number
    try:
        return switch.number, not _test(switch.module)
    except TimeoutError:
        return switch.number, True
    finally:
        signal.alarm(0)
        BOARD.off = -1


def _test_file(module: str) -> Path:
    return ROOT / "tests" / f"test_{module}.py"


def held_by_tests(switches: Sequence[Switch], jobs: int) -> Iterator[Switch]:
    """The switches; those that no text of our own holds, but a test of their module does, are held by it."""
    context = get_context("fork")
    modules = sorted({s.module for s in switches if _test_file(s.module).exists()})
    with context.Pool(jobs, maxtasksperchild=1) as pool:
        touched = set().union(*pool.imap_unordered(_test, modules))
        left = [s for s in switches if s.number in touched and s.verdict not in ("held", "untried")]
        done = pool.imap_unordered(_test_off, left)
        found = dict(tqdm(done, total=len(left), unit=" switches", desc="tested", disable=None))
    for switch in switches:
        fails = found.get(switch.number, False)
        yield replace(switch, verdict="held", by=_test_file(switch.module).name) if fails else switch


def _own(text: Any) -> bool:
    return not text.name.startswith("corpus/")


def judge(texts: Sequence[Any], jobs: int, minutes: float, articles: int, seed: int) -> Iterator[Switch]:
    """What became of every switch; those for which there was no time stay untried."""
    context = get_context("fork")
    _STATE.texts = list(texts)
    _STATE.lines = [[] for _ in texts]
    touching: dict[int, list[int]] = {}
    hidden = None
    with context.Pool(jobs) as pool:
        done = pool.imap_unordered(_read_on, range(len(texts)), chunksize=8)
        for at, lines, touched in tqdm(done, total=len(texts), unit=" texts", desc="all on", disable=hidden):
            _STATE.lines[at] = lines
            for number in touched:
                touching.setdefault(number, []).append(at)
    dice = random.Random(seed)  # noqa: S311 - a draw, no secret
    for number, places in touching.items():
        own = sorted((at for at in places if _own(texts[at])), key=lambda at: (len(texts[at].text), at))
        others = sorted(at for at in places if not _own(texts[at]))
        drawn = dice.sample(others, min(articles, len(others)))
        _STATE.touching[number] = own + sorted(drawn, key=lambda at: (len(texts[at].text), at))
    found: dict[int, int] = {}
    end = time.monotonic() + 60 * minutes
    order = sorted(_STATE.touching)
    dice.shuffle(order)
    with context.Pool(jobs) as pool:
        tried = pool.imap_unordered(_try_off, order)
        for number, at in tqdm(tried, total=len(order), unit=" switches", desc="one off", disable=hidden):
            found[number] = at
            if time.monotonic() > end:
                pool.terminate()
                break
    for switch in BOARD.switches:
        places = touching.get(switch.number, [])
        yield replace(switch, texts=len(places), **_verdict(texts, found.get(switch.number), bool(places)))


def _verdict(texts: Sequence[Any], at: int | None, fires: bool) -> Mapping[str, Any]:
    if not fires:
        return {"verdict": "dead"}
    if at is None:
        return {"verdict": "untried"}
    if at < 0:
        return {"verdict": "unheld"}
    return {"verdict": "held" if _own(texts[at]) else "corpus", "by": texts[at].name}


def table(switches: Sequence[Switch]) -> str:
    """How many switches of each module came to what."""
    verdicts: tuple[Verdict, ...] = ("held", "corpus", "unheld", "dead", "untried")
    rows = [f"{'':12}" + "".join(f"{verdict:>9}" for verdict in verdicts)]
    for module in sorted({switch.module for switch in switches}):
        count = Counter(s.verdict for s in switches if s.module == module)
        rows.append(f"{module:12}" + "".join(f"{count[verdict]:9}" for verdict in verdicts))
    every = Counter(s.verdict for s in switches)
    return "\n".join([*rows, f"{'all':12}" + "".join(f"{every[verdict]:9}" for verdict in verdicts)])


def main(arguments: Sequence[str] | None = None) -> int:
    """Try every switch and list those that no text of our own holds."""
    parser = argparse.ArgumentParser(prog="held.py", description=(__doc__ or "").split("\n", 1)[0])
    parser.add_argument("modules", nargs="*", metavar="MODULE", help="of the grammar (default: all)")
    parser.add_argument("--operands", action="store_true", help="switch off operands of and / or, too")
    parser.add_argument("--minutes", type=float, default=60, help="stop then (default: %(default)s)")
    parser.add_argument("--articles", type=int, default=_ARTICLES, help="of the corpus for each switch")
    parser.add_argument("--seed", type=int, default=0, help="of the articles drawn (default: %(default)s)")
    parser.add_argument("--jobs", type=int, default=os.cpu_count() or 1, help="processes")
    parser.add_argument("--out", type=Path, metavar="FILE", help="write what became of every switch, as JSON")
    told = parser.parse_args(arguments)
    unknown = sorted(set(told.modules) - set(GRAMMAR))
    if unknown:
        parser.error(f"no module of the grammar: {', '.join(unknown)}; there are {', '.join(GRAMMAR)}")
    wire(told.modules or tuple(GRAMMAR), told.operands)
    from tools.readings import all_texts

    reference = os.environ.get("CONFLICTMAP_REFERENCE")
    texts = all_texts(ROOT, Path(reference) if reference else None)
    judged = list(judge(texts, told.jobs, told.minutes, told.articles, told.seed))
    switches = list(held_by_tests(judged, told.jobs))
    if told.out:
        rows = [asdict(switch) for switch in switches]
        told.out.write_text(json.dumps(rows, ensure_ascii=False, indent=1), encoding="utf-8")
    for switch in switches:
        if switch.verdict not in ("held", "untried"):
            where = f"{GRAMMAR[switch.module]}:{switch.line} {switch.function}"
            print(f"{switch.verdict:6} {switch.kind:6} {where}: {switch.source} [{switch.texts}] {switch.by}")
    print(table(switches))
    return 0


if __name__ == "__main__":
    sys.exit(main())
