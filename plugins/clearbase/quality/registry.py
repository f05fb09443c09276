"""Registry records in canonical form. The same checks as for roster lines; a double is a record all the same."""

from __future__ import annotations

import re

import pyarrow as pa
import pyarrow.compute as pc

from clearbase.quality.check import check_lines
from clearbase.reading.catalogue import Catalogue, load_catalogue
from clearbase.reading.header_text import normal
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
# What only a registry says of people: one of these columns makes an extract. 状态 is one only with a registry's words.
REGISTRY_ONLY = ("registry_no", "residence_reg_date", "registration_status", "cancelled_on")
# What only an employer says, under headers that match: one of these columns makes a roster, whatever else it holds.
EMPLOYERS_ONLY = {"hire_date": "", "leave_date": "", "employment_status": "职|岗"}
IN_FORCE = "有效|已登记|在住"  # words of a registration that holds
CANCELLED = "注销|迁出|无效|离开|已走"  # words of a registration that no longer holds


def foreign_columns(read: FileRead, catalogue: Catalogue) -> list[str] | None:
    """Labels of the columns of what is no registry extract, None where it is one. ``catalogue`` is the registry's."""
    assert read.lines is not None
    columns = [column for sheet in read.sheets for column in sheet.columns]
    mapped = [column.field for column in columns if column.field]
    roster = load_catalogue()
    employers = []
    for column in columns:
        known = roster.lookup(normal(column.header.rsplit("/", 1)[-1]))
        field = known[0] if known else ""
        if column.field in (None, field) and re.search(EMPLOYERS_ONLY.get(field, r"\Z."), column.header):
            employers.append(field)
    own = set(REGISTRY_ONLY) & set(mapped)
    if "registration_status" in own and not _any(read.lines["registration_status"], f"{IN_FORCE}|{CANCELLED}"):
        own.remove("registration_status")
    if own and not employers:
        return None
    labels = roster.labels | catalogue.labels
    return list(dict.fromkeys(labels.get(field, field) for field in mapped + employers))


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


def _any(text: pa.ChunkedArray, pattern: str) -> bool:
    return bool(pc.any(pc.match_substring_regex(text, pattern), min_count=0).as_py())


def _or_null(table: pa.Table, name: str, count: int) -> pa.ChunkedArray:
    return table[name] if name in table.column_names else pa.chunked_array([pa.nulls(count, pa.string())])
