"""Statutory retirement age, raised step by step from 2025-01-01 (国务院关于渐进式延迟法定退休年龄的办法, 2024).

Men retire at 60, raised by a month for every four months of birth after 1964-12 up to 63; women in management or
technical posts at 55, likewise from 1969-12 up to 58; other women at 50, by a month for every two months of birth after
1974-12 up to 55.

>>> month("1970-05", "M60")
'2031-10'
"""

from __future__ import annotations

from typing import Literal

Group = Literal["M60", "F55", "F50"]
# Group → (age, month of birth of the first whose age is raised as months since year 0, births a month, most months).
STEPS: dict[Group, tuple[int, int, int, int]] = {
    "M60": (60, 1965 * 12, 4, 36),
    "F55": (55, 1970 * 12, 4, 36),
    "F50": (50, 1975 * 12, 2, 60),
}


def month(birth: str, group: Group) -> str:
    """The month (``YYYY-MM``) in which someone of the group reaches retirement age; ``birth`` begins ``YYYY-MM``."""
    age, first, births, most = STEPS[group]
    born = int(birth[:4]) * 12 + int(birth[5:7]) - 1
    delay = min(max((born - first) // births + 1, 0), most)
    year, nth = divmod(born + age * 12 + delay, 12)
    return f"{year:04d}-{nth + 1:02d}"
