"""Names from outside in messages."""


def printable(text: str) -> str:
    """``text`` on one line and without control characters, for a message about a name from outside."""
    return "".join(
        c if c.isprintable() else c.encode("unicode_escape", "backslashreplace").decode() for c in text
    )
