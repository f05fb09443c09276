"""Working days by the State Council's calendar, with the days off and the days worked instead (调休).

``expectations/working_days.csv`` holds the General Office's notice of each year (国办发明电), day by day. A year
without a notice counts Monday to Friday: the row of a new year is added when its notice comes, each November.

>>> after(dt.date(2026, 2, 12), 3)  # 13 and 14 February (a Saturday worked), then nine days off
datetime.date(2026, 2, 24)
"""

from __future__ import annotations

import csv
import datetime as dt
from functools import cache

from clearbase.settings import EXPECTATIONS

NOTICES = EXPECTATIONS / "working_days.csv"
SATURDAY = 5
A_DAY = dt.timedelta(days=1)


@cache
def _noticed() -> dict[dt.date, bool]:
    """Day → whether it is worked, for the days of which a notice says something."""
    told: dict[dt.date, bool] = {}
    with NOTICES.open(encoding="utf-8", newline="") as lines:
        for row in csv.DictReader(lines):
            day, last = (dt.date.fromisoformat(row[key]) for key in ("first", "last"))
            while day <= last:
                told[day] = row["kind"] == "work"
                day += A_DAY
    return told


@cache
def years() -> frozenset[int]:
    """The years whose notice is known."""
    return frozenset(day.year for day in _noticed())


def is_worked(day: dt.date) -> bool:
    """Whether ``day`` is a working day."""
    return _noticed().get(day, day.weekday() < SATURDAY)


def after(day: dt.date, count: int) -> dt.date:
    """The ``count``-th working day after ``day``, which itself is not counted."""
    while count:
        day += A_DAY
        count -= is_worked(day)
    return day
