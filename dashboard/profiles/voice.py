"""Everything that a voice or an outlet says, and who answers it."""

from typing import Any

import pandas as pd

from dashboard.claims import place
from dashboard.frames import Frames, View
from dashboard.profiles import blocks
from dashboard.selection import Selection
from dashboard.symbols import NONE
from dashboard.wording import Wording


def claims(seen: View, kind: str, code: str) -> pd.DataFrame:
    """The claims in view that a voice makes or passes on; that stand in the texts of an outlet."""
    told = seen.claims
    if kind == "outlet":
        return told[told["outlet"] == code]
    return told[(told["claimant"] == code) | (told["relayed_by"] == code)]


def content(
    frames: Frames, told: pd.DataFrame, kind: str, code: str, selection: Selection, words: Wording
) -> dict[str, Any]:
    """What the page says of it beside its claims; ``told`` are these.

    What an outlet says itself is its own; what others say in its texts is only quoted there.
    """
    speaker = NONE if kind == "outlet" else code
    says = told[told["claimant"] == speaker]
    passed = told[told["claimant"] != speaker]

    def mine(claim: Any) -> bool:
        return bool(claim.claimant == speaker and (kind == "voice" or claim.outlet == code))

    side = frames.parents["claimants"].get(code, NONE) if kind == "voice" else NONE
    parents = [[words.code("side", side), f"side:{side}"]] if side != NONE else []
    return {
        "name": words.voice(code) if kind == "voice" else words.outlet(code),
        "other": "",
        "kind": words(f"profile.kind_{kind}"),
        "parents": parents,
        "lines": [],
        "sketch": None,
        "strip": None,
        "numbers": [
            *([one, ""] for one in place.numbers(told, words)),
            *(
                [words(f"profile.{kind}_{name}"), words.number(len(part))]
                for name, part in (("says", says), ("passes", passed))
                if len(part)
            ),
        ],
        "blocks": blocks.some(
            [
                blocks.by_event(says, words("profile.says"), words),
                blocks.by_side(says, "actor_bloc", words("profile.of_sides"), selection, words),
                *blocks.answered(blocks.answers(frames, says, mine), words),
                blocks.by_place(frames, says, words("profile.places"), words),
                blocks.by_voice(frames, passed, words("profile.passed"), words),
            ]
        ),
    }
