"""The codebook ``docs/codes.md``, made from what the lexicon declares.

``python -m extraction.lexicon.codebook`` writes it anew.
"""

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Final

from extraction.lexicon.codes import Code, CodeList, lists
from extraction.lexicon.roles import FORMS, Role, any_flags, roles

_PAGE: Final = Path(__file__).parents[2] / "docs" / "codes.md"
_HEAD: Final = """# Codes

Made from `extraction/lexicon/schema/` by `python -m extraction.lexicon.codebook`; change it there, not here.

A code is what the archive and its export say in place of words. An unknown value is an empty field, never a
code. ACLED and UCDP GED are the data sets that this one is most often laid beside; where they have no name
for a code, the field is empty.
"""
_GRAMMAR: Final = """
# The lexicon

What may stand in the files of `extraction/lexicon/`. Each block lists its words under {forms}; any block may
bear {flags}.
"""


def page() -> str:
    """The text of the page."""
    listed = list(lists().values())
    archive = (part for one in listed if one.shown for part in _list(one))
    flags = "; ".join(f"`{flag}` ({says})" for flag, says in any_flags().items())
    grammar = _GRAMMAR.format(forms=", ".join(f"`{form}`" for form in FORMS), flags=flags)
    files = dict.fromkeys(role.file for role in roles().values())
    lexicon = (part for file in files for part in _file(file, roles().values()))
    inner = (part for one in listed if not one.shown for part in _list(one))
    return (
        "\n".join([_HEAD, *archive, grammar, *lexicon, "", "# Codes of the lexicon alone\n", *inner]) + "\n"
    )


def _list(listed: CodeList) -> Iterator[str]:
    """A list of codes: what it says, where it is met, and a table."""
    yield f"## {listed.name}\n"
    yield listed.says + (f" {listed.note}" if listed.note else "") + "\n"
    for told, values in (("Shown", (listed.shown,)), ("Exported", listed.exported)):
        if any(values):
            yield f"{told}: {', '.join(values)}.  "
    if listed.includes:
        yield f"Also every code of {', '.join(f'`{name}`' for name in listed.includes)}.  "
    if listed.pattern:
        yield f"A code is like `{listed.pattern}`" + (
            f", coined in a `[[{listed.blocks}]]` block of the lexicon.  " if listed.blocks else ".  "
        )
    if listed.codes:
        yield ""
        yield from _codes(listed.codes)
    if listed.flags:
        yield ""
        yield from (f"- `{flag}`: {says}" for flag, says in listed.flags.items())
    yield ""


def _codes(codes: tuple[Code, ...]) -> Iterator[str]:
    """The table of some codes, with the columns that any of them fills."""
    rows = [
        (f"`{one.code}`", one.says, _span(one), _kind(one), "; ".join(one.acled), "; ".join(one.ucdp))
        for one in codes
    ]
    heads = ("code", "meaning", "days", "what it is", "ACLED", "UCDP GED")
    told = [n for n in range(len(heads)) if any(row[n] for row in rows)]
    yield _row(heads[n] for n in told)
    yield _row("---" for _ in told)
    for row in rows:
        yield _row(row[n] for n in told)


def _span(code: Code) -> str:
    since = f"from {code.since}" if code.since else ""
    until = f"until {code.until}" if code.until else ""
    return f"{since} {until}".strip()


def _kind(code: Code) -> str:
    """What holds for a code: its flags, and with whom it speaks."""
    flags = (f"`{flag}`" for flag in sorted(code.flags))
    return "; ".join([*flags, f"speaks with `{code.speaks_with}`"] if code.speaks_with else flags)


def _file(file: str, known: Iterable[Role]) -> Iterator[str]:
    """The blocks of one file of the lexicon, their flags below each."""
    yield f"\n## {file}.toml\n"
    yield _row(("block", "meaning", "code"))
    yield _row(("---", "---", "---"))
    for role in known:
        if role.file == file:
            yield _row((f"`{role.name}`", role.says, f"`{role.code}`" if role.code else ""))
            for flag, says in role.flags.items():
                yield _row((f"· `{flag}`", says, ""))


def _row(cells: Iterable[str]) -> str:
    return "| " + " | ".join(cell.replace("|", "\\|") for cell in cells) + " |"


def main() -> None:
    """Write the page."""
    _PAGE.write_text(page(), encoding="utf-8")


if __name__ == "__main__":
    main()
