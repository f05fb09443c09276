"""Employers as recorded: the newest entry of each holds; ``dim_employer`` follows."""

from __future__ import annotations

from dataclasses import dataclass

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
    """Record an employer or what changed about it; nothing where it is known in these words. A name or street that is
    not given keeps what was known. Returns whether anything was recorded."""
    known = known_employers(connection).get(employer.uscc)
    entry = Employer(
        employer.uscc,
        employer.name or (known.name if known else None),
        employer.street or (known.street if known else None),
    )
    if entry == known:
        return False
    connection.execute(
        statement("employer/add"),
        {"uscc": entry.uscc, "name": entry.name, "street": entry.street, "recorded_by": recorded_by},
    )
    connection.execute(statement("employer/close_dimension"), {"uscc": entry.uscc})
    connection.execute(statement("employer/open_dimension"), {"uscc": entry.uscc})
    return True
