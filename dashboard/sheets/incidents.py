"""The incidents: claims of one happening together, with what they agree and differ on."""

from typing import Any, Final

import pandas as pd
import streamlit as st

from dashboard import session
from dashboard.frames import Frames, View, rows
from dashboard.pages import Page
from dashboard.selection import ORDERS, Selection
from dashboard.sheets import grid, statements
from dashboard.sheets.statements import statement
from dashboard.symbols import palette
from dashboard.wording import Wording


def show(frames: Frames, seen: View, selection: Selection, words: Wording) -> None:
    """The table of the incidents that claims in view tell of, and the claims of the chosen one."""
    table = columns(frames, seen.claims, words)
    chosen = str(frames.claims["incident_id"].get(selection.claim, ""))
    firsts = seen.claims.drop_duplicates("incident_id")
    first = dict(zip(firsts["incident_id"], firsts["claim_id"], strict=True))
    shown = chosen in frames.incidents.index
    grid.choose(
        "incidents.table",
        table,
        chosen,
        words,
        lambda incident: session.open_claim(first.get(incident, "")),
        ("day", selection.order == ORDERS[0]),
    )
    if shown:
        statements.show("incidents.claims", [told(frames, chosen, selection, words)], words)
    elif len(table):
        st.caption(words("incidents.choose"))


def columns(frames: Frames, claims: pd.DataFrame, words: Wording) -> pd.DataFrame:
    """One row an incident that has claims among these (index incident_id), in order of time.

    The figures are those of all its claims, in view or not.
    """
    incidents = frames.incidents[frames.incidents.index.isin(claims["incident_id"])]
    incidents = incidents.sort_values(["first", "incident_id"], kind="stable", na_position="last")
    names = frames.places["name_ar" if words.language == "ar" else "name_en"].to_dict()
    between = words("list.between")
    totals = set(frames.claims.loc[frames.claims["is_total"], "incident_id"])
    return pd.DataFrame(
        {
            "day": incidents["first"],
            "until": incidents["last"],
            "event": [words.code("event", code) for code in incidents["event_type"]],
            "place": [between.join(str(names.get(p) or p) for p in places) for places in incidents["places"]],
            "status": [words.code("status", code) for code in incidents["status"]],
            "claims": incidents["claims"],
            "claimants": incidents["claimants"].where(incidents["claimants"] > 0),
            **{name: incidents[name] for name in ("killed_min", "killed_max", "wounded_min", "wounded_max")},
            "total": [words("claims.yes") if incident in totals else "" for incident in incidents.index],
        },
        index=incidents.index,
    )


def told(frames: Frames, incident: str, selection: Selection, words: Wording) -> dict[str, Any]:
    """All claims of an incident as a group of statements, in order of time."""
    claims = frames.claims[frames.claims["incident_id"] == incident]
    colours = palette(selection.colours)
    return {
        "name": words("incidents.claims", n=words.number(len(claims))),
        "note": words.code("status", str(claims["status"].iloc[0])) if len(claims) else "",
        "items": [statement(frames, claim, colours, words) for claim in rows(claims)],
    }


PAGE: Final = Page("incidents", show, order=20)
