"""Everything said of a side or a group, and by it."""

from typing import Any

import pandas as pd

from dashboard.claims import place
from dashboard.frames import Frames, View
from dashboard.profiles import blocks
from dashboard.selection import Selection
from dashboard.symbols import NONE
from dashboard.wording import Wording


def _columns(kind: str) -> tuple[str, str, str]:
    """The columns in which a side, or a group, acts, is acted against and speaks."""
    return (
        ("actor_bloc", "target_bloc", "claimant_bloc") if kind == "side" else ("actor", "target", "claimant")
    )


def claims(seen: View, kind: str, code: str) -> pd.DataFrame:
    """The claims in view in which it acts, is acted against or speaks."""
    told = seen.claims
    return told[(told[list(_columns(kind))] == code).any(axis=1)]


def content(
    frames: Frames, told: pd.DataFrame, kind: str, code: str, selection: Selection, words: Wording
) -> dict[str, Any]:
    """What the page says of it beside its claims; ``told`` are these."""
    acts, suffers, says = (told[told[column] == code] for column in _columns(kind))
    speaker = _columns(kind)[2]
    side = frames.parents["actors"].get(code) or frames.parents["targets"].get(code, NONE)
    parents = [[words.code("side", side), f"side:{side}"]] if kind == "group" and side != NONE else []
    answers = blocks.answers(frames, says, lambda claim: getattr(claim, speaker) == code)
    return {
        "name": words.code("side", code) if kind == "side" else words.group(code),
        "other": "",
        "kind": words(f"profile.kind_{kind}"),
        "parents": parents,
        "lines": [],
        "sketch": None,
        "strip": None,
        "numbers": [
            *([one, ""] for one in place.numbers(told, words)),
            *(
                [words(f"profile.party_{name}"), words.number(len(part))]
                for name, part in (("acts", acts), ("suffers", suffers), ("says", says))
                if len(part)
            ),
        ],
        "blocks": blocks.some(
            [
                blocks.by_event(acts, words("profile.acts"), words),
                blocks.by_event(suffers, words("profile.suffers"), words),
                blocks.by_event(says, words("profile.says"), words),
                blocks.by_side(acts, "target_bloc", words("profile.against"), selection, words),
                blocks.by_side(suffers, "actor_bloc", words("profile.attackers"), selection, words),
                *([blocks.by_group(acts, "actor", words("profile.groups"), words)] if kind == "side" else []),
                blocks.by_place(frames, told, words("profile.places"), words),
                blocks.by_voice(frames, acts, words("profile.told_of_it"), words),
                *blocks.answered(answers, words),
            ]
        ),
    }
