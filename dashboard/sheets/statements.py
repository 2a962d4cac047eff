"""Claims as short lines that can be chosen: who says what, when, with which figures and words."""

from collections.abc import Sequence
from typing import Any

import pandas as pd

from dashboard import session
from dashboard.component import declare
from dashboard.frames import Frames
from dashboard.symbols import NONE, events
from dashboard.wording import Wording

_component = declare("statements")


def show(key: str, groups: Sequence[dict[str, Any]], words: Wording) -> None:
    """Groups of statements, each with ``name``, ``note`` and ``items``; a chosen one opens its article."""
    data = {"direction": words.direction, "groups": list(groups)}
    _component(key, data, session.hear_article)


def statement(
    frames: Frames, claim: Any, colours: dict[str, str], words: Wording, chosen: str = ""
) -> dict[str, Any]:
    """One claim (a row of ``frames.claims``); plain text throughout."""
    denied = claim.stance == "denied"
    pattern = "{figure}" if not denied else words("claim.denied_figure")
    figures = [
        pattern.replace("{figure}", f"{words(f'claim.{name}')}: {words.range(low, high)}")
        for name, low, high in (
            ("killed", claim.killed_min, claim.killed_max),
            ("wounded", claim.wounded_min, claim.wounded_max),
        )
        if not (pd.isna(low) and pd.isna(high))
    ]
    actor = words.group(claim.actor) if claim.actor != NONE else words.code("side", claim.actor_bloc)
    places = [frames.names[p] for p in frames.places_of.get(claim.claim_id, ())]
    return {
        "id": claim.claim_id,
        "open": words("article.open"),
        "chosen": claim.claim_id == chosen,
        "denied": words("claim.denied_label") if denied else "",
        "event": words.code("event", claim.event_type),
        "glyph": events().get(claim.event_type, ""),
        "colour": colours.get(claim.actor_bloc, colours[NONE]),
        "actor": "" if claim.actor == claim.actor_bloc == NONE else actor,
        "day": words.days(claim.first, claim.last),
        "voice_label": words("claim.denies") if denied else words("claim.says"),
        "voice": words.claimant(claim.claimant, claim.outlet),
        "relayed": words("claim.relayed_by", name=words.voice(claim.relayed_by)) if claim.relayed_by else "",
        "figures": figures,
        "total": words("claim.total") if claim.is_total else "",
        "places": places,
        "words": claim.evidence,
        "outlet": words.outlet(claim.outlet),
    }
