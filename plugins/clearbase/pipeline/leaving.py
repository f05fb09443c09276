"""What a canonical line says of whether its worker is still there: a status, a leave date, a word of its kind."""

from __future__ import annotations

import pyarrow as pa
import pyarrow.compute as pc

from clearbase.reading.kinds import LINE_LEFT


def column_of(lines: pa.Table, name: str) -> pa.ChunkedArray:
    """The column of this name; nulls where there is none."""
    return lines[name] if name in lines.column_names else pa.chunked_array([pa.nulls(lines.num_rows, pa.string())])


def status_of(lines: pa.Table) -> pa.ChunkedArray:
    """active, left or null. A line of a leavers' sheet in a full roster has left, whatever it does not say."""
    kind = column_of(lines, "report_kind")
    leaver = pc.fill_null(pc.match_substring_regex(kind, LINE_LEFT), False)
    return pc.coalesce(column_of(lines, "employment_status"), pc.if_else(leaver, "left", pa.scalar(None, pa.string())))


def has_left(lines: pa.Table) -> pa.ChunkedArray:
    """Whether each line itself tells that its worker has left."""
    left = pc.fill_null(pc.equal(status_of(lines), "left"), False)
    return pc.or_(left, pc.is_valid(column_of(lines, "leave_date")))
