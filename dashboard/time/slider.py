"""The window of days in view, to the day."""

from datetime import date
from typing import Final

import streamlit as st

from dashboard.wording import Words

KEY: Final = "window"


def show(first: date, last: date, words: Words) -> None:
    """The slider over the archive's days; its value is kept under ``KEY``."""
    if first == last:
        st.caption(words("time.one_day", day=words.day(first)))
        return
    st.slider(words("time.window"), first, last, format="YYYY-MM-DD", key=KEY)
