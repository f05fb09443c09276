"""Employers as recorded: the newest entry of each holds; ``dim_employer`` follows."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass

from sqlalchemy import Connection

from clearbase.warehouse.statements import statement


@dataclass(frozen=True)
class Employer:
    """``uscc``: unified social credit code (GB 32100); ``street``: the street that answers for it."""

    uscc: str
    name: str | None = None
    street: str | None = None


def known_employers(connection: Connection) -> dict[str, Employer]:
    """Every recorded employer by code."""
    return {row.uscc: Employer(*row) for row in connection.execute(statement("employer/known"))}


def record_employer(connection: Connection, employer: Employer, recorded_by: str) -> bool:
    """Record an employer or what changed about it. Returns whether anything was recorded."""
    return record_employers(connection, [employer], recorded_by) > 0


def record_employers(connection: Connection, employers: Sequence[Employer], recorded_by: str) -> int:
    """Record employers or what changed about them; nothing of those that are known in these words. A name or street
    that is not given keeps what was known. Returns how many were recorded."""
    changed = _changed(employers, known_employers(connection))
    if changed:  # asked again under the lock: another run may have registered it meanwhile
        connection.execute(statement("locks/employers"))
        changed = _changed(employers, known_employers(connection))
    if changed:
        rows = [asdict(entry) | {"recorded_by": recorded_by} for entry in changed.values()]
        for step in ("add", "close_dimension", "open_dimension"):
            connection.execute(statement(f"employer/{step}"), rows)
    return len(changed)


def _changed(employers: Sequence[Employer], known: Mapping[str, Employer]) -> dict[str, Employer]:
    changed: dict[str, Employer] = {}
    for employer in employers:
        before = changed.get(employer.uscc) or known.get(employer.uscc) or Employer(employer.uscc)
        entry = Employer(employer.uscc, employer.name or before.name, employer.street or before.street)
        if entry != known.get(employer.uscc):
            changed[entry.uscc] = entry
    return changed
