"""The small words that the rules look at where they stand, by their names in ``lexicon/particles.toml``.

They are compared letter by letter, folded: nothing clings to them (``clitics``). Words that tell
something of their own (troops, bombing, yesterday) stand in the other files of the lexicon.
"""

from collections.abc import Mapping
from functools import cache
from typing import Final

from extraction.lexicon.vocabulary import LEXICON, PARTICLE, read_file


@cache
def _known() -> Mapping[str, frozenset[str]]:
    found: dict[str, frozenset[str]] = {}
    for entry in read_file(LEXICON / f"{PARTICLE}s.toml"):
        found[entry.code] = found.get(entry.code, frozenset()).union(entry.words)
    return found


def particles(*names: str) -> frozenset[str]:
    """The words of some particles, folded. Raises KeyError for a name that the lexicon does not know."""
    return frozenset[str]().union(*(_known()[name] for name in names))


ABOUT: Final = particles("about")
AFTER: Final = particles("after")
AND_THAT: Final = particles("and_that")
AS: Final = particles("as")
BETWEEN: Final = particles("between")
FROM: Final = particles("from")
IN: Final = particles("in")
ON: Final = particles("on")
SINCE: Final = particles("since")
TO: Final = particles("to")
WHERE: Final = particles("where")
WITH: Final = particles("with")
#: Before what is said: قال إن
THAT: Final = particles("that", "by_that")
#: The same with the one who is spoken of: قال إنه
THAT_THEY: Final = particles("that_they")
#: Before a relative clause.
WHICH: Final = particles("which")
