"""What several reports of one happening tell of together: from the lowest least to the highest most."""

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard.sheets import casualties
from extraction.joining.figures import Range, joined

ends = st.one_of(st.none(), st.integers(0, 60))
figures = st.lists(
    st.tuples(ends, ends).map(lambda pair: pair if None in pair else (min(pair), max(pair))),  # type: ignore[type-var]
    max_size=6,
)


@pytest.mark.parametrize(
    ("told", "together"),
    [
        ([(46, 46)], Range(46, 46, open=False)),
        ([(46, None), (40, 40)], Range(40, 46, open=True)),
        ([(40, None), (50, 50)], Range(40, 50, open=False)),
        ([(None, 5), (3, 3)], Range(3, 5, open=False)),
        ([(None, 2), (3, 3)], Range(2, 3, open=False)),
        ([(None, 5)], Range(None, 5, open=False)),
        ([(None, None)], None),
    ],
)
def test_figures_are_joined_and_never_added(
    told: list[tuple[int | None, int | None]], together: Range | None
) -> None:
    assert joined(told) == together


@given(figures)
def test_the_casualties_page_joins_figures_by_the_same_rule(
    told: list[tuple[int | None, int | None]],
) -> None:
    table = pd.DataFrame(told, columns=["killed_min", "killed_max"], dtype=object).assign(group="one")
    found = casualties.ranges(table, ["group"], "killed")
    together = joined(told)
    if together is None:
        assert found.empty
    else:
        (row,) = found.itertuples()
        assert (row.low, row.high, row.open) == (together.low or 0, together.high, together.open)
