import csv
import datetime as dt
from collections import Counter

import pytest

from clearbase.standards import working_days

ROWS = list(csv.DictReader(working_days.NOTICES.open(encoding="utf-8", newline="")))


@pytest.mark.parametrize(
    ("day", "third"),
    [
        ("2026-03-02", "2026-03-05"),
        ("2026-03-05", "2026-03-10"),  # a weekend between
        ("2026-02-12", "2026-02-24"),  # Friday, a Saturday that is worked, and nine days off
        ("2025-09-26", "2025-09-30"),  # a Sunday is worked
        ("2025-09-30", "2025-10-11"),  # eight days off, and the Saturday after them is worked
        ("2024-02-08", "2024-02-19"),
        ("2023-12-29", "2024-01-04"),
        ("2027-09-30", "2027-10-05"),  # no notice yet: Monday to Friday
    ],
)
def test_the_third_working_day(day, third):
    assert working_days.after(dt.date.fromisoformat(day), 3) == dt.date.fromisoformat(third)


def test_each_year_has_its_notice_and_as_many_days_off_as_the_law_gives():
    assert {row["year"] for row in ROWS} == {"2024", "2025", "2026"} == set(map(str, working_days.years()))
    assert all(row["source"].startswith("国办发明电〔") and row["first"][:4] == row["year"] for row in ROWS)
    weekdays = Counter()
    for row in ROWS:
        day, last = (dt.date.fromisoformat(row[key]) for key in ("first", "last"))
        assert day <= last
        while day <= last:
            if row["kind"] == "off":
                weekdays[row["year"]] += day.weekday() < 5
            else:
                assert day.weekday() >= 5, row  # what is worked instead is a weekend
                weekdays[row["year"]] -= 1
            day += dt.timedelta(days=1)
    # 11 holidays until 2024 and 13 since (全国年节及纪念日放假办法), less those that fall on a weekend of themselves
    assert all(8 <= days <= 13 for days in weekdays.values()), weekdays
