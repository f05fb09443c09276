"""The other party of a worker's employment, as his line tells it: the unit where he works, the agency that sent him.

Kept beside the ledger line (``ledger.line_party``) of whoever tells one: by a column (用工单位, 派遣单位), a unit else
by the table that the line stands on. What names no company and no unit is not kept.
"""

from __future__ import annotations

from typing import Final

import pyarrow as pa
import pyarrow.compute as pc
from sqlalchemy import Connection

from clearbase.pipeline.check import read_sheets
from clearbase.pipeline.submissions import Submission
from clearbase.reading.units import compared, names_user_unit, unit_named
from clearbase.records import SheetRead
from clearbase.warehouse.statements import statement

AGENCY: Final = "dispatch_agency"
ITSELF: Final = "="  # no unit is called so: compared names have no such mark


def line_parties(connection: Connection, submission: Submission, ids: pa.Array, lines: pa.Table) -> pa.Table | None:
    """A row for each published line and role of which something is told; None where nothing is. ``party`` is null where
    the employer itself is named. ``lines`` are the submission's canonical lines, ``ids`` their ledger lines."""
    sheets = [sheet for sheet in read_sheets(connection, submission.submission_id) if sheet.role == "roster"]
    fields = {sheet.position: _user_unit(sheet, lines) for sheet in sheets}
    named = [field for field in (*dict.fromkeys(fields.values()), AGENCY) if field in lines.column_names]
    if not named and not any(sheet.unit for sheet in sheets):
        return None
    own = _own_names(connection, submission) if named else frozenset()
    told = {field: _named(lines[field], own) for field in named}
    units = pa.nulls(lines.num_rows, pa.string())
    for sheet in sheets:
        here = pc.equal(lines["sheet"], sheet.position)
        by_column = told.get(fields[sheet.position] or "")
        of_sheet = pa.scalar(sheet.unit or None, pa.string())
        units = pc.if_else(here, of_sheet if by_column is None else pc.coalesce(by_column, of_sheet), units)
    parts = [_rows("unit", ids, lines, units)]
    if AGENCY in told:
        parts.append(_rows("agency", ids, lines, told[AGENCY]))
    found = pa.concat_tables(parts)
    return found if found.num_rows else None


def _user_unit(sheet: SheetRead, lines: pa.Table) -> str | None:
    """The field that a sheet's column of user units was taken for."""
    fields = (column.field for column in sheet.columns if column.field and names_user_unit(column.header))
    return next((field for field in fields if field in lines.column_names), None)


def _own_names(connection: Connection, submission: Submission) -> frozenset[str]:
    names = connection.execute(statement("employer/names"), {"uscc": submission.employer_uscc}).scalars()
    return frozenset(map(compared, names))


def _named(cells: pa.ChunkedArray, own: frozenset[str]) -> pa.Array:
    """Each cell's company or unit, ITSELF where that is the employer; null where a cell names none. Once a name."""
    values = cells.combine_chunks().dictionary_encode()
    names = [ITSELF if compared(value) in own else unit_named(value) or None for value in values.dictionary.to_pylist()]
    return pa.array(names, pa.string()).take(values.indices)


def _rows(role: str, ids: pa.Array, lines: pa.Table, told: pa.Array) -> pa.Table:
    every = pa.table({"line_id": ids, "sheet": lines["sheet"], "party": told})
    kept = every.filter(pc.and_(pc.equal(lines["disposition"], "accepted"), pc.is_valid(every["party"])))
    party = pc.if_else(pc.equal(kept["party"], ITSELF), pa.scalar(None, pa.string()), kept["party"])
    roles = pa.array([role] * kept.num_rows, pa.string())
    return pa.table({"line_id": kept["line_id"], "sheet": kept["sheet"], "role": roles, "party": party})
