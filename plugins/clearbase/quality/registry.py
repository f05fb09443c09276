"""Registry records in canonical form, checked by ``expectations/registry.json``; a double is a record all the same."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

import pyarrow as pa
import pyarrow.compute as pc

from clearbase.quality.check import check_standardised
from clearbase.reading.catalogue import Catalogue, load_catalogue
from clearbase.reading.header_text import normal
from clearbase.records import FileRead
from clearbase.settings import EXPECTATIONS

REGISTRY_FIELDS = (
    "registry_no",
    "name",
    "id_type",
    "id_number",
    "id_number_damaged",
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
SUITE: Final = EXPECTATIONS / "registry.json"
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


@dataclass(frozen=True)
class Records:
    """``records``: canonical string columns and ``row int32, registered bool``; ``flagged``: rule → how many cells or
    lines, of those that were ``quarantined`` too."""

    records: pa.Table
    quarantined: int
    flagged: dict[str, int]


def canonical_records(read: FileRead) -> Records:
    """An extract's records that have a name and any evidence, and what its rules say of all of them. Whoever has a
    cancellation date, readable or not, is no longer registered."""
    result, frame = check_standardised(read, None, suite_file=SUITE)
    checked = result.lines
    assert frame is not None
    status, told = (_or_null(frame, name, frame.num_rows) for name in ("registration_status", "cancelled_on__how"))
    left = pc.or_(
        pc.fill_null(pc.match_substring_regex(status, CANCELLED), False),
        pc.fill_null(pc.not_equal(told, "open"), False),
    )
    records = checked.append_column("registered", pc.invert(left))
    kept = records.filter(pc.not_equal(records["disposition"], "quarantined"))
    return Records(kept, records.num_rows - kept.num_rows, {rule: n for rule, n in result.rule_counts.items() if n})


def _any(text: pa.ChunkedArray, pattern: str) -> bool:
    return bool(pc.any(pc.match_substring_regex(text, pattern), min_count=0).as_py())


def _or_null(table: pa.Table, name: str, count: int) -> pa.ChunkedArray:
    return table[name] if name in table.column_names else pa.chunked_array([pa.nulls(count, pa.string())])
