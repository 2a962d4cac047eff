"""What groups and claimants are called by English readers, as the lexicon tells."""

from collections.abc import Mapping
from functools import cache

from extraction.lexicon.codes import read
from extraction.lexicon.vocabulary import LEXICON


@cache
def english() -> Mapping[str, str]:
    """By code the name that is shown to English readers."""
    files = (read(LEXICON / name) for name in ("actors.toml", "claimants.toml"))
    blocks = [block for file in files for tables in file.values() for block in tables]
    return {block["code"]: block["en"] for block in blocks if block.get("code") and block.get("en")}
