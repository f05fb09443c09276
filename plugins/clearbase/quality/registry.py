"""Registry records in canonical form. The same checks as for roster lines; a double is a record all the same."""

from __future__ import annotations

import pyarrow as pa
import pyarrow.compute as pc

from clearbase.quality.check import check_lines
from clearbase.records import FileRead
from clearbase.standards import calendar_date

REGISTRY_FIELDS = (
    "registry_no",
    "name",
    "id_type",
    "id_number",
    "sex",
    "birth_date",
    "ethnicity",
    "phone",
    "household_address",
    "current_address",
    "current_street",
    "residence_reg_date",
    "registration_status",
    "cancelled_on",
)
CANCELLED = "注销|迁出|无效|离开|已走"  # words of a registration that no longer holds


def canonical_records(read: FileRead) -> tuple[pa.Table, int]:
    """(records with canonical string columns and ``row int32, registered bool``; how many were quarantined)."""
    checked = check_lines(read, None).lines
    raw = read.lines
    assert raw is not None
    for name in ("registry_no", "registration_status", "cancelled_on"):
        if name in raw.column_names and name not in checked.column_names:
            text = pc.utf8_trim_whitespace(raw[name])
            checked = checked.append_column(name, calendar_date.parse_all(text)[0] if name == "cancelled_on" else text)
    kept = checked.filter(pc.not_equal(checked["disposition"], "quarantined"))
    count = kept.num_rows
    status = _or_null(kept, "registration_status", count)
    left = pc.or_(
        pc.fill_null(pc.match_substring_regex(status, CANCELLED), False),
        pc.is_valid(_or_null(kept, "cancelled_on", count)),
    )
    return kept.append_column("registered", pc.invert(left)), checked.num_rows - count


def _or_null(table: pa.Table, name: str, count: int) -> pa.ChunkedArray:
    return table[name] if name in table.column_names else pa.chunked_array([pa.nulls(count, pa.string())])
