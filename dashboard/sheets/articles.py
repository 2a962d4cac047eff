"""The articles: a list of them, and one of them whole with the evidence of a claim."""

from typing import Final

import pandas as pd
import streamlit as st

from dashboard import session
from dashboard.frames import Frames, View, rows
from dashboard.pages import Page
from dashboard.selection import ORDERS, Selection
from dashboard.sheets import evidence, grid
from dashboard.wording import Wording


def show(frames: Frames, seen: View, selection: Selection, words: Wording) -> None:
    """The article of the chosen claim, or the articles that have claims in view."""
    if selection.claim:
        st.button(words("article.back"), key="articles.back", on_click=session.open_claim, args=("",))
        evidence.show(frames, selection, words)
        return
    st.subheader(words("article.list"), anchor=False)
    st.caption(words("article.choose"))
    table = articles(seen.claims, words)
    firsts = seen.claims.sort_values("start", kind="stable").drop_duplicates("doc_id")
    first = dict(zip(firsts["doc_id"], firsts["claim_id"], strict=True))
    newest = ("published", selection.order == ORDERS[0])

    def choose(doc: str) -> None:
        session.open_claim(first.get(doc, ""))

    grid.choose("articles.table", table, "", words, choose, newest)


def articles(claims: pd.DataFrame, words: Wording) -> pd.DataFrame:
    """One row an article (index doc_id), the latest first: when it came out, how many claims it makes."""
    firsts = claims.drop_duplicates("doc_id").set_index("doc_id")
    known = pd.Series([words.publication(claim) for claim in rows(firsts)], index=firsts.index, dtype=object)
    counted = claims.groupby("doc_id", observed=True).agg(
        published=("published", "first"),
        outlet=("outlet", "first"),
        title=("title", "first"),
        claims=("claim_id", "size"),
    )
    counted["outlet"] = [words.outlet(outlet) for outlet in counted["outlet"]]
    counted.insert(1, "publication", known)
    counted["title"] = [title or words("claim.untitled") for title in counted["title"]]
    return counted.sort_values("published", ascending=False, na_position="last", kind="stable")


PAGE: Final = Page("articles", show, order=60, timed=lambda selection: not selection.claim)
