"""The window of days in view, moved about: plain arithmetic on whole days, ends included."""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Final

#: The presets, in days back from the archive's last; 0 is all of it.
PRESETS: Final = (0, 7, 30, 365)

Window = tuple[date, date]


def last_days(extent: Window, days: int) -> Window:
    """The last so many days of the archive; all of it for 0, and where it is shorter."""
    first, last = extent
    return (max(first, last - timedelta(days - 1)), last) if days else extent


def moved(window: Window, extent: Window, days: int) -> Window:
    """The window as long as it is, so many days later (earlier where negative), within the archive."""
    length = window[1] - window[0]
    since = max(extent[0], min(window[0] + timedelta(days), extent[1] - length))
    return since, since + length


def shifted(window: Window, extent: Window, lengths: int) -> Window:
    """The window moved by so many of its own lengths."""
    return moved(window, extent, lengths * ((window[1] - window[0]).days + 1))


def jumped(window: Window, extent: Window, days: Sequence[date], forward: bool) -> Window:
    """The window moved to the next day that has claims (``days``, in order), which it then begins with; or to
    the one before, which it then ends with. The whole archive becomes that day alone. Unmoved if there is no
    such day.
    """
    whole = window == extent
    length = timedelta(0) if whole else window[1] - window[0]
    if forward:
        found = next((day for day in days if whole or day > window[1]), None)
        return window if found is None else (found, min(found + length, extent[1]))
    found = next((day for day in reversed(days) if whole or day < window[0]), None)
    return window if found is None else (max(found - length, extent[0]), found)


def walk_start(window: Window, extent: Window) -> Window:
    """Where playing begins: at the window; where that has nowhere to go, with a tenth of the archive, no more
    than 30 days, at its beginning.
    """
    if window[1] < extent[1]:
        return window
    length = window[1] - window[0]
    if window == extent:
        length = timedelta(min(29, (extent[1] - extent[0]).days // 10))
    return extent[0], extent[0] + length


def step_days(extent: Window) -> int:
    """How far a step of playing goes at first: a day, a week or 30 days, to end in a minute or so."""
    days = (extent[1] - extent[0]).days
    return next((step for step in (1, 7) if days / step <= 320), 30)
