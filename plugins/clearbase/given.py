"""What the operator says with a file, on the command line or in Airflow's form; it wins over what the file says.

Nothing heavy is imported here: every command comes through.
"""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, cast

from clearbase.errors import SetupError

if TYPE_CHECKING:
    from clearbase.records import RosterKind  # which brings Arrow


@dataclass(frozen=True)
class Given:
    """``period``: the first day of the month reported."""

    employer_uscc: str | None = None
    period: dt.date | None = None
    kind: RosterKind | None = None


def given_facts(employer: str | None, period: str | None, kind: str | None = None) -> Given:
    """The facts as typed, in canonical form. Raises SetupError where one is no such thing; empty ones are not given."""
    return Given(
        checked_code(employer) if employer else None,
        report_month(period) if period else None,
        cast("RosterKind | None", kind or None),
    )


def checked_code(text: str) -> str:
    """The credit code in canonical form. Raises SetupError where it is none (GB 32100-2015, check character)."""
    from clearbase.standards import credit_code  # brings Arrow, which `status` can do without

    code = credit_code.compact(text)
    if not credit_code.is_valid(code):
        # What was typed is not told again: an identity number may have got there, and Airflow logs this.
        raise SetupError(
            f"not a valid unified social credit code: {len(code)} characters given of 18, the last a check character"
        )
    return code


def report_month(text: str) -> dt.date:
    """``2026-10`` → its first day. Raises SetupError."""
    match = re.fullmatch(r"(20[0-9]{2})-(0[1-9]|1[0-2])", text.strip())
    if not match:
        raise SetupError("the month given is not a month such as 2026-10")
    return dt.date(int(match[1]), int(match[2]), 1)
