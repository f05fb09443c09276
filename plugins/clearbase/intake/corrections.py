"""Columns that a clerk has assigned for an employer: remembered, and stronger than whatever reading would choose."""

from __future__ import annotations

from collections import defaultdict

from sqlalchemy import Connection

from clearbase.errors import SetupError
from clearbase.reading.catalogue import load_catalogue
from clearbase.reading.header_text import joined_form
from clearbase.warehouse.statements import statement

Corrections = dict[str, dict[str, str | None]]
NOBODYS = "-"


def known_corrections(connection: Connection) -> Corrections:
    """Employer → header as compared → field, None for a column that is none of ours."""
    known: Corrections = defaultdict(dict)
    for row in connection.execute(statement("mapping/corrections")):
        known[row.employer_uscc][row.header] = row.field
    return dict(known)


def correct_column(connection: Connection, employer_uscc: str, header: str, field: str, recorded_by: str) -> None:
    """Record that this employer's column of that header is ``field``, or nobody's for ``-``.

    Raises SetupError where the header is empty or the catalogue (``expectations/fields.csv``) has no such field.
    """
    fields = load_catalogue().fields
    if field != NOBODYS and field not in fields:
        raise SetupError(f"{field!r} is no field of expectations/fields.csv, and not {NOBODYS!r} for none of ours")
    form = joined_form([header])
    if not form:
        raise SetupError("the header is empty")
    bound = {"employer_uscc": employer_uscc, "header": form, "recorded_by": recorded_by}
    connection.execute(statement("mapping/add"), bound | {"field": None if field == NOBODYS else field})


def has_header(connection: Connection, employer_uscc: str, header: str) -> bool:
    """Whether a file of this employer that was read has such a column: the whole header, or its last level."""
    wanted = joined_form([header])
    rows = connection.execute(statement("mapping/headers"), {"employer_uscc": employer_uscc})
    return any(
        wanted in (joined_form(levels), joined_form(levels[-1:])) for row in rows for levels in [row.header.split("/")]
    )
