"""Why a claim is read as it is: its article with each word's role, its places, its doubts, its incident."""

from typing import Any, Final

import numpy as np
import pandas as pd

from dashboard import session
from dashboard.claims.evidence import ROLES, article
from dashboard.component import declare
from dashboard.frames import Frames, of, rows
from dashboard.selection import Selection
from dashboard.sheets.statements import statement
from dashboard.symbols import NONE, palette
from dashboard.wording import Wording
from extraction.reading import claim as reading
from gazetteer import reasons
from gazetteer.orthography import fold
from gazetteer.reasons import Reason, codes

_KEY: Final = "article"
_component = declare("article")

#: Of one place's namesakes so many are told.
_NAMESAKES: Final = 6


def show(frames: Frames, selection: Selection, words: Wording) -> None:
    """The evidence of ``selection.claim``; another claim chosen in it opens the page of articles."""
    _component(_KEY, told(frames, selection, words), session.hear_article)


def told(frames: Frames, selection: Selection, words: Wording) -> dict[str, Any]:
    """What the component shows; plain text throughout."""
    claim = next(iter(rows(frames.claims.loc[[selection.claim]])))
    cues = of(frames.cues, claim.claim_id)
    mentions = of(frames.mentions, claim.doc_id)
    text = frames.text(claim.doc_id)
    siblings = frames.claims[frames.claims["doc_id"] == claim.doc_id].sort_values("start", kind="stable")
    spans = [(cue.start, cue.end, cue.role) for cue in rows(cues)]
    spans += [(start, end, "place") for start, end in frames.spans.get(claim.claim_id, ())]
    spans += [(mention.start, mention.end, "named") for mention in rows(mentions)]
    others = [(s.start, s.end, s.claim_id) for s in rows(siblings) if s.claim_id != claim.claim_id]
    pieces = article(text, (claim.start, claim.end), spans, others)
    present = {role for _, _, role in spans}
    of_incident = (
        frames.claims[frames.claims["incident_id"] == claim.incident_id] if claim.incident_id else []
    )
    colours = palette(selection.colours)

    def listed(claims: Any) -> list[dict[str, Any]]:
        return [
            statement(frames, other, colours, words, chosen=claim.claim_id)
            for other in rows(claims)
            if other.claim_id != claim.claim_id
        ]

    return {
        "direction": words.direction,
        "claim": claim.claim_id,
        "title": claim.title or words("claim.untitled"),
        "outlet": words.outlet(claim.outlet),
        "published": words.published(claim),
        "text_label": words("article.text"),
        "pieces": [list(piece) for piece in pieces],
        "legend_label": words("article.legend"),
        "legend": [[role, words.code("role", role)] for role in ROLES if role in present]
        + [["said", words("article.said")]]
        + ([["other", words("article.other")]] if others else []),
        "statement": statement(frames, claim, colours, words, chosen=claim.claim_id),
        "facts_label": words("article.facts"),
        "facts": facts(claim, cues, text, frames.documents.loc[claim.doc_id, "published_reason"], words),
        "places_label": words("article.places"),
        "places": places(frames, claim, mentions, words),
        "sure_label": words("article.confidence"),
        "sure": words("number.share", n=words.number(round(claim.confidence * 100))),
        "doubts_label": words("article.doubts"),
        "doubts": [
            words(f"doubt.{doubt}") for doubt in doubts(claim, cues, places_of(claim, frames, mentions))
        ]
        or [words("doubt.none")],
        "incident_label": words("article.incident"),
        "incident": listed(of_incident) if claim.incident_id else [],
        "incident_none": words("article.alone"),
        "status": words.code("status", claim.status),
        "siblings_label": words("article.siblings"),
        "siblings": listed(siblings),
    }


def facts(claim: Any, cues: pd.DataFrame, text: str, published: str, words: Wording) -> list[dict[str, str]]:
    """What the claim says, fact by fact: its name, its value, the words it was read from, and how.

    ``published`` is why the day of publication was inferred, or what contradicts it.
    """
    found: list[dict[str, str]] = []

    def add(role: str, value: str) -> None:
        given = cues[cues["role"] == role]
        said = list(dict.fromkeys(text[cue.start : cue.end] for cue in rows(given)))
        rules = dict.fromkeys(words.codes("rule").get(f"{role}_{_slug(cue.rule)}", "") for cue in rows(given))
        found.append(
            {
                "role": role,
                "name": words.code("role", role),
                "value": value,
                "words": " … ".join(said),
                "how": " · ".join(filter(None, rules)),
            }
        )

    add("trigger", words.code("event", claim.event_type))
    if claim.stance == "denied":
        add("negation", words.code("stance", claim.stance))
    add("actor", _with_side(claim.actor, claim.actor_bloc, words))
    add("target", _with_side(claim.target, claim.target_bloc, words))
    add("claimant", words.claimant(claim.claimant, claim.outlet))
    if claim.relayed_by:
        add("relay", words.voice(claim.relayed_by))
    basis = words.code("basis", claim.date_basis or NONE)
    add("date", words("list.between").join((words.days(claim.first, claim.last), basis)))
    denied = words("claim.denied_figure") if claim.stance == "denied" else "{figure}"
    victims = "" if claim.victims == NONE else words("list.between") + words.code("side", claim.victims)
    for harm, behind in (("killed", victims), ("wounded", ""), ("strikes", "")):
        low, high = getattr(claim, f"{harm}_min"), getattr(claim, f"{harm}_max")
        if not (pd.isna(low) and pd.isna(high)):
            add(harm, denied.replace("{figure}", words.range(low, high)) + behind)
        elif harm != "strikes":
            add(harm, words.range(low, high) + behind)
    if claim.weapon != NONE:
        add("weapon", words.code("weapon", claim.weapon))
    if published:
        day = words.published(claim)
        found.append(
            {"role": "date", "name": words("column.published"), "value": day, "words": "", "how": published}
        )
    return found


def places_of(claim: Any, frames: Frames, mentions: pd.DataFrame) -> pd.DataFrame:
    """The mentions that name the places of a claim."""
    spans = frames.spans.get(claim.claim_id, ())
    named = [span in spans for span in zip(mentions["start"], mentions["end"], strict=True)]
    return mentions[np.array(named, dtype=bool)]


def places(frames: Frames, claim: Any, mentions: pd.DataFrame, words: Wording) -> list[dict[str, Any]]:
    """Each place of a claim: what it is, why it and no namesake, how sure, and the namesakes."""
    arabic = words.language == "ar"
    found = []
    for mention in rows(places_of(claim, frames, mentions)):
        admin1 = mention.admin1
        if arabic and mention.place_id in frames.places.index:
            admin1 = frames.places.loc[mention.place_id, "admin1_ar"]
        named, other = (mention.name_ar, mention.name_en) if arabic else (mention.name_en, mention.name_ar)
        found.append(
            {
                "surface": mention.surface,
                "name": named or other or mention.surface,
                "other": other if named else "",
                "kind": " · ".join(filter(None, (words.code("kind", mention.kind), admin1))),
                "method": words.code("method", mention.method),
                "score": words(
                    "article.score", n=words("number.share", n=words.number(round(mention.score * 100)))
                ),
                "because": [because(reason, frames, words) for reason in reasons.read(mention.reason)],
                "namesakes_label": words("article.namesakes"),
                "namesakes": namesakes(mention.place_id, frames, words),
            }
        )
    return found


def because(reason: Reason, frames: Frames, words: Wording) -> str:
    """One reason of the gazetteer in the words of a language; one it does not know, as it stands."""
    code, about = reason
    if code not in codes():
        return ":".join(filter(None, reason))
    match codes()[code][0]:
        case "number":
            about = words.number(int(about))
        case "kind":
            about = words.code("kind", about)
        case "place" if place := frames.gazetteer.get(about):
            about = (place.name_ar if words.language == "ar" else place.name_en) or place.name_ar
    return words(f"because.{code}", about=about)


def namesakes(place_id: str, frames: Frames, words: Wording) -> list[str]:
    """Other places that bear the name of a place, each with its governorate."""
    known = frames.gazetteer
    place = known.get(place_id)
    if place is None:
        return []
    ids = [i for i in frames.by_name.get(fold(place.name_ar), ()) if i != place_id]
    arabic = words.language == "ar"
    told = []
    for other in (known[i] for i in ids[:_NAMESAKES]):
        name = other.name_ar if arabic else other.name_en or other.name_ar
        kind, admin1 = words.code("kind", other.kind), _name(other.admin1, frames, words)
        told.append(" · ".join(filter(None, (name, kind, admin1))))
    return told


def doubts(claim: Any, cues: pd.DataFrame, named: pd.DataFrame) -> tuple[str, ...]:
    """What lowered the confidence of a claim, as codes; ``named`` are the mentions of its places."""
    rules: dict[str, str] = {}
    for cue in rows(cues):
        rules.setdefault(cue.role, cue.rule)
    # "They denied that" takes place and actor from the claim it denies, and has no words of its own for them.
    untold = NONE if "trigger" in rules else ""
    place, trigger, actor = (rules.get(role, untold) for role in ("place", "trigger", "actor"))
    return tuple(reading.doubts(place, trigger, actor, claim.date_basis, named["score"]))


def _with_side(group: str, side: str, words: Wording) -> str:
    if group == NONE:
        return words.code("side", side)
    return words.group(group) if side == NONE else f"{words.group(group)} · {words.code('side', side)}"


def _slug(rule: str) -> str:
    return rule.replace(" ", "_")


def _name(english: str, frames: Frames, words: Wording) -> str:
    """A place's English name in the script of the language."""
    return frames.in_arabic.get(english, english) if words.language == "ar" else english
