"""Who may report for whom (代报): the newest entry of a pair holds, for the months that it says."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:  # `check` asks who may report, and does without a database
    from sqlalchemy import Connection


@dataclass(frozen=True)
class Authority:
    """Credit codes; first days of months: ``valid_from`` None for any month, ``valid_to``, which no longer counts, None
    for no end."""

    reporter_uscc: str
    employer_uscc: str
    valid_from: dt.date | None = None
    valid_to: dt.date | None = None

    def holds_in(self, month: dt.date) -> bool:
        """Whether the roster of that month (its first day) may be reported."""
        begun = self.valid_from is None or self.valid_from <= month
        return begun and (self.valid_to is None or month < self.valid_to)


def known_authorities(connection: Connection) -> list[Authority]:
    """What holds of every pair."""
    from clearbase.warehouse.statements import statement

    return [Authority(*row) for row in connection.execute(statement("employer/authorities"))]


def record_authority(connection: Connection, authority: Authority, recorded_by: str) -> None:
    """Record what holds of a pair from now on. Nothing that was published changes by it."""
    from clearbase.warehouse.statements import statement

    connection.execute(statement("employer/authorise"), asdict(authority) | {"recorded_by": recorded_by})


def may_report(authorities: Collection[Authority], reporter: str, employer: str, month: dt.date | None) -> bool:
    """Whether the one may report the other's roster of a month; of an unknown month nobody may."""
    pair = (reporter, employer)
    found = (a for a in authorities if (a.reporter_uscc, a.employer_uscc) == pair)
    return month is not None and any(a.holds_in(month) for a in found)
