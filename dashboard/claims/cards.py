"""A claim as a card: what, where, who and how many, the very words, who says it and who denies it."""

from typing import Any, Final
from urllib.parse import urlsplit

import pandas as pd

from dashboard.claims.evidence import quotation
from dashboard.frames import Frames
from dashboard.selection import Selection
from dashboard.symbols import NONE, events
from dashboard.wording import Wording

#: Of the words before a place's name a card shows at most about so many characters.
_LEAD: Final = 48


def card(
    frames: Frames, claim: Any, selection: Selection, colours: dict[str, str], words: Wording
) -> dict[str, Any]:
    """One claim (a row of ``frames.claims``) in the words of a language. What is not told is left out."""
    denied = claim.stance == "denied"
    ids = frames.places_of.get(claim.claim_id, ())
    called = frames.called[words.language]
    elsewhere = [called[place] for place in ids if place != selection.place]
    facts = [] if denied else _facts(claim, words)
    voice = "" if claim.claimant == NONE else words.voice(claim.claimant)
    return {
        "id": claim.claim_id,
        "group": claim.incident_id,
        "day": "" if pd.isna(claim.first) else str(claim.first.date()),
        "selected": claim.claim_id == selection.claim,
        "select": words("claim.select"),
        "denied": words("claim.denied_label") if denied else "",
        "denies": words("claim.denied_what") if denied else "",
        "event": words.code("event", claim.event_type),
        "glyph": events().get(claim.event_type, ""),
        "colour": colours.get(claim.actor_bloc, colours[NONE]),
        "places": elsewhere,
        "further": f" +{words.number(len(elsewhere) - 1)}" if len(elsewhere) > 1 else "",
        "actor": "" if claim.actor == claim.actor_bloc == NONE else words.doer(claim.actor, claim.actor_bloc),
        "target": words.doer(claim.target, claim.target_bloc),
        "killed": "" if denied else _figure(claim, "killed", words),
        "killed_label": words("claim.killed"),
        "facts": facts,
        "total": words("claim.total") if claim.is_total else "",
        "quote": _quote(frames, claim),
        "lead": _LEAD,
        "outlet": words.outlet(claim.outlet),
        "article": words("article.open"),
        "title": claim.title or words("claim.untitled"),
        "links": [
            [words(f"card.{name}"), address]
            for name, told in frames.addresses.get(claim.doc_id, {}).items()
            if (address := _address(told))
        ],
        "voice": voice,
        "voice_label": words("card.denies" if denied else "card.says"),
        "relayed": words("claim.relayed_by", name=words.voice(claim.relayed_by)) if claim.relayed_by else "",
        "denied_by": _deniers(frames, claim, words),
        "denied_by_label": words("claim.denied_by"),
        "when": words.days(claim.first, claim.last),
        "basis": words.code("basis", claim.date_basis or NONE) if not pd.isna(claim.first) else "",
        "published": words.published(claim),
        "about": _about(frames, claim, words) if claim.claim_id == selection.claim else [],
        "status": str(claim.status),
        "sure": words.code("sure", claim.status),
    }


def _about(frames: Frames, claim: Any, words: Wording) -> list[list[str]]:
    """What a claim names that has a profile of its own: its name, and what the profile is ``about``."""
    called = frames.called[words.language]
    named = [[called[place], f"place:{place}"] for place in frames.places_of.get(claim.claim_id, ())]
    for who in ("actor", "target"):
        group, side = getattr(claim, who), getattr(claim, f"{who}_bloc")
        if group != NONE:
            named.append([words.group(group), f"group:{group}"])
        elif side != NONE:
            named.append([words.code("side", side), f"side:{side}"])
    if claim.claimant != NONE:
        named.append([words.voice(claim.claimant), f"voice:{claim.claimant}"])
    if claim.outlet != NONE:
        named.append([claim.outlet, f"outlet:{claim.outlet}"])
    return named


def _facts(claim: Any, words: Wording) -> list[str]:
    """What else is told than who, where and how many dead."""
    facts = [
        words(f"card.{name}", n=figure)
        for name in ("wounded", "strikes")
        if (figure := _figure(claim, name, words))
    ]
    if claim.weapon != NONE:
        facts.append(words.code("weapon", claim.weapon))
    if claim.victims != NONE:
        facts.append(words("card.victims", who=words.code("side", claim.victims)))
    return facts


def _figure(claim: Any, name: str, words: Wording) -> str:
    low, high = getattr(claim, f"{name}_min"), getattr(claim, f"{name}_max")
    return "" if pd.isna(low) and pd.isna(high) else words.range(low, high)


def _address(address: Any) -> str:
    """The address of a text on the web, if it is one that a browser may be sent to."""
    text = address if isinstance(address, str) else ""
    return text if urlsplit(text).scheme in ("http", "https") else ""


def _quote(frames: Frames, claim: Any) -> list[list[str]]:
    """The sentence of a claim; its evidence alone where the text was forgotten since the claims were read."""
    text = frames.text(claim.doc_id)
    if not text:
        return [[claim.evidence, "said"]]
    spans = frames.spans.get(claim.claim_id, ())
    return [list(part) for part in quotation(text, claim.start, claim.end, spans)]


def _deniers(frames: Frames, claim: Any, words: Wording) -> list[str]:
    """Who denies an asserted claim: the voices of the denials of the same happening."""
    if claim.stance == "denied":
        return []
    happening = (claim.incident_id, claim.event_type)
    voices = (words.claimant(*denial) for denial in frames.deniers.get(happening, ()))
    return list(dict.fromkeys(voices))
