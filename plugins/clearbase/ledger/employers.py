"""Employers as recorded: name and street from a day on, the newest entry of a day holds; ``dim_employer`` follows."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass

from sqlalchemy import Connection

from clearbase.warehouse.statements import statement


@dataclass(frozen=True)
class Employer:
    """``uscc``: unified social credit code (GB 32100); ``street``: the street that answers for it; ``valid_from``: the
    day from which what is said holds, where another name or street held before it; None: it corrects the newest."""

    uscc: str
    name: str | None = None
    street: str | None = None
    valid_from: dt.date | None = None


def known_employers(connection: Connection) -> dict[str, Employer]:
    """Every recorded employer by code, as it is now."""
    return {row.uscc: Employer(*row) for row in connection.execute(statement("employer/known"))}


def record_employer(connection: Connection, employer: Employer, recorded_by: str) -> bool:
    """Record an employer or what changed about it. Returns whether anything was recorded."""
    return record_employers(connection, [employer], recorded_by) > 0


def record_employers(connection: Connection, employers: Sequence[Employer], recorded_by: str) -> int:
    """Record employers or what changed about them; nothing of those that are known in these words. A name or street
    that is not given keeps what was known, of that day where one is given. Returns how many were recorded."""
    changed = _changed(connection, employers, known_employers(connection))
    if changed:  # asked again under the lock: another run may have registered it meanwhile
        connection.execute(statement("locks/employers"))
        changed = _changed(connection, employers, known_employers(connection))
    if changed:
        rows = [asdict(entry) | {"recorded_by": recorded_by} for entry in changed.values()]
        for step in ("add", "close_dimension", "open_dimension"):
            connection.execute(statement(f"employer/{step}"), rows)
    return len(changed)


def _changed(
    connection: Connection, employers: Sequence[Employer], known: Mapping[str, Employer]
) -> dict[str, Employer]:
    changed: dict[str, Employer] = {}
    for employer in employers:
        before = changed.get(employer.uscc) or known.get(employer.uscc) or Employer(employer.uscc)
        is_of_day = True
        if employer.valid_from is not None:  # a day of its own is asked about by itself: few are told
            bound = {"uscc": employer.uscc, "valid_from": employer.valid_from}
            told = connection.execute(statement("employer/told"), bound).one_or_none()
            before = Employer(employer.uscc, told.name, told.street) if told else Employer(employer.uscc)
            is_of_day = told is not None and told.is_of_day
        name, street = employer.name or before.name, employer.street or before.street
        now = Employer(employer.uscc, name, street)
        if not is_of_day or now != (before if employer.valid_from else known.get(employer.uscc)):
            changed[employer.uscc] = Employer(employer.uscc, name, street, employer.valid_from)
    return changed
