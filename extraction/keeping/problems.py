"""Problems told to people: a few by name, many as counts by kind and the first of them, all in a file."""

import re
from collections import Counter
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from typing import Final

#: So many are named; of more, all stand in the file.
_NAMED: Final = 20
#: So many kinds are counted by name.
_KINDS: Final = 10

#: What differs between two problems of a kind: quotations, figures, names of files, and all that explains.
_PARTICULAR: Final = re.compile(r"\"[^\"]*\"|\S*[0-9/\\]\S*|[(:;].*")


def told(problems: Sequence[tuple[str, str, bool]], all_of_them: Path | None) -> list[str]:
    """The lines that tell of problems, each given as its line, its reason, and whether it is a warning.

    Of many, all are written to the file ``all_of_them``, which else is removed, lest it tell of what is
    mended; without such a file every one is named. Where it cannot be written, that is told too.
    """
    lines = [f"{line} (warning)" if warning else line for line, _, warning in problems]
    if all_of_them is None:
        return lines
    if len(lines) <= _NAMED:
        with suppress(OSError):
            all_of_them.unlink(missing_ok=True)
        return lines
    kinds = Counter(kind(reason) for _, reason, _ in problems).most_common()
    counts = [f"{count} × {name}" for name, count in kinds[:_KINDS]]
    if rest := kinds[_KINDS:]:
        counts.append(f"{sum(count for _, count in rest)} of {len(rest)} other kinds")
    try:
        all_of_them.write_text("\n".join(lines) + "\n", encoding="utf-8")
        where = f"all {len(lines)} are named in {all_of_them}"
    except OSError as error:
        where = f"{all_of_them} cannot be written ({error.strerror}); `conflictmap problems --all` names all"
    return [*counts, f"the first {_NAMED}:", *lines[:_NAMED], where]


def kind(reason: str) -> str:
    """What problems of one kind have in common.

    >>> kind('published "21.1." is no date (write it as 2013-11-20); the text is kept undated')
    'published … is no date'
    """
    return " ".join(_PARTICULAR.sub(lambda m: "" if m[0][0] in "(:;" else "…", reason).split())
