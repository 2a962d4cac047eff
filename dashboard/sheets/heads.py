"""Claims gathered under heads (a place, a side, a group, a day), and what is said of each: how many claims,
how many voices, and the dead and wounded of its incidents.

A sum follows the rules of the casualties page (``casualties.py``): each incident counts once, from the lowest
to the highest figure told of it; totals, denials, and figures without a place or a day are in no sum. An
incident counts under one head alone, or under none: so the heads together never tell more than all there is.
"""

from collections import Counter, defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

import pandas as pd

from dashboard.frames import Frames, name_in, rows
from dashboard.sheets import casualties
from dashboard.sheets.casualties import HARMS
from dashboard.symbols import NONE
from dashboard.wording import Wording

#: What claims can be gathered by, in the order of the page.
HEADS: Final = ("place", "side", "group", "day")

#: Why a figure that is in the sum of all is not in that of its head: its incident is told under several
#: heads, or counts under another one.
REASONS: Final = ("several", "elsewhere")


@dataclass(frozen=True, eq=False)
class Headed:
    """Claims under heads.

    ``head`` (index claim_id) has one value for each claim and head, "" where nothing is told. ``claims`` and
    ``voices`` say how many of them stand under each head. ``sums`` has by head and harm the lowest and the
    highest sum and whether that is only a lower bound, where there is a sum; ``apart`` how many figures are
    not in it, by their reason, one of ``casualties.REASONS`` and ``REASONS``.
    """

    by: str
    head: "pd.Series[str]"
    claims: Mapping[str, int]
    voices: Mapping[str, int]
    sums: Mapping[tuple[str, str], tuple[int, int, bool]]
    apart: Mapping[tuple[str, str], Mapping[str, int]]


def gather(frames: Frames, claims: pd.DataFrame, by: str) -> Headed:
    """Claims under the heads of a kind of ``HEADS``; with another, all under one head, ""."""
    head = heads(frames, claims, by)
    claimant = claims["claimant"].astype(str)
    voice = claimant.where(claimant != NONE, "\0" + claims["outlet"].astype(str))
    voices = pd.DataFrame({"head": head, "voice": voice.reindex(head.index)}).groupby("head")["voice"]
    told = casualties.figures(claims)
    parts = told[~told["is_total"] & casualties.joined(told)]
    home = homes(parts["group"], head, by)
    return Headed(
        by=by,
        head=head,
        claims=Counter(head),
        voices={str(one): int(number) for one, number in voices.nunique().items()},
        sums=sums(parts, home),
        apart=_apart(claims, parts["group"].map(home), head),
    )


def heads(frames: Frames, claims: pd.DataFrame, by: str) -> "pd.Series[str]":
    """The head of each claim, of one that names several places each of them."""
    if by == "place":
        pairs = [(claim, place) for claim in claims.index for place in frames.places_of.get(claim, ("",))]
        found = pd.Series([place for _, place in pairs], index=[claim for claim, _ in pairs], dtype=object)
    elif by == "day":
        found = claims["first"].dt.strftime("%Y-%m-%d").fillna("").astype(object)
    elif by in HEADS:
        column = {"side": "actor_bloc", "group": "actor"}[by]
        found = claims[column].astype(str).replace(NONE, "").astype(object)
    else:
        found = pd.Series("", index=claims.index, dtype=object)
    return found.rename("head")


def homes(group: "pd.Series[str]", head: "pd.Series[str]", by: str) -> "pd.Series[str]":
    """The head that each incident counts under (index: the incident): the one that its claims (index of
    ``group``) agree upon, those that do not tell it aside; of days the first. One whose claims name several
    has no row.
    """
    pairs = pd.DataFrame({"group": group}).join(head, how="inner").drop_duplicates()
    if by == "day":
        pairs = pairs.sort_values("head").drop_duplicates("group")
        return pd.Series(pairs["head"].to_numpy(), index=pairs["group"], name="head")
    named = pairs[pairs["head"] != ""].groupby("group")["head"].agg(["first", "size"])
    alone = named.loc[named["size"] == 1, "first"]
    untold = pairs.loc[~pairs["group"].isin(named.index), "group"].unique()
    found: pd.Series[str] = pd.concat([alone, pd.Series("", index=untold, dtype=object)])
    return found.rename("head")


def sums(parts: pd.DataFrame, home: "pd.Series[str]") -> dict[tuple[str, str], tuple[int, int, bool]]:
    """The sums by head and harm (see ``Headed``), over the incidents that count under each head."""
    found = {}
    for harm in HARMS:
        each = casualties.ranges(parts, ["group"], harm).join(home, how="inner")
        summed = each.groupby("head").agg(low=("low", "sum"), high=("high", "sum"), open=("open", "any"))
        for one in rows(summed):
            found[one.Index, harm] = (int(one.low), int(one.high), bool(one.open))
    return found


def _apart(
    claims: pd.DataFrame, counted: "pd.Series[str]", head: "pd.Series[str]"
) -> dict[tuple[str, str], dict[str, int]]:
    """The figures in no sum of their head; ``counted`` is the head that those in a sum count under."""
    found: dict[tuple[str, str], dict[str, int]] = defaultdict(dict)
    reason = casualties.reasons(claims)
    for harm in HARMS:
        told = claims.index[claims[[f"{harm}_min", f"{harm}_max"]].notna().any(axis=1)]
        under = head[head.index.isin(told)]
        at, why = counted.reindex(under.index), reason.reindex(under.index).to_numpy(dtype=object)
        loose = why == ""
        why[loose & at.isna().to_numpy()] = "several"
        why[loose & at.notna().to_numpy() & (at != under).to_numpy()] = "elsewhere"
        for (which, said), number in Counter(zip(under, why, strict=True)).items():
            if said:
                found[which, harm][said] = number
    return dict(found)


# --- what is said


def line(frames: Frames, headed: Headed, head: str, words: Wording, called: str = "") -> dict[str, Any]:
    """What a head says, under its own name or another one; plain text throughout."""
    return {
        "name": called or name(frames, headed.by, head, words),
        "claims": words.count("claims", headed.claims[head]),
        "voices": words.count("voices", headed.voices[head]),
        "sums": [_sum(headed, head, harm, words) for harm in HARMS],
    }


def name(frames: Frames, by: str, head: str, words: Wording) -> str:
    """How a head is called."""
    if by == "place":
        return name_in(frames, head, words.language) if head else words("heads.no_place")
    if by == "day":
        return words.day(date.fromisoformat(head)) if head else words("claim.undated")
    if by == "side":
        return words.code("side", head or NONE)
    return words.group(head)


def _sum(headed: Headed, head: str, harm: str, words: Wording) -> dict[str, str]:
    """A sum with its label; how many figures are not in it, and why."""
    added, apart = headed.sums.get((head, harm)), headed.apart.get((head, harm), {})
    said = [
        words(
            "casualties.apart",
            reason=words(f"heads.{reason}" if reason in REASONS else f"casualties.{reason}"),
            n=words.count("claims", apart[reason]),
        )
        for reason in (*casualties.REASONS, *REASONS)
        if reason in apart
    ]
    return {
        "label": words(f"claim.{harm}"),
        "figure": casualties.figure(*added, words) if added else "",
        "apart": words("heads.apart", n=words.number(sum(apart.values()))) if said else "",
        "why": words("heads.why", reasons=words("list.clauses").join(said)) if said else "",
    }
