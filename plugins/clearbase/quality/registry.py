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
    "cancelled_mark",
    "cancelled_on",
)
# What only a registry says of people: one of these columns makes an extract. 状态 is one only with a registry's words.
REGISTRY_ONLY = ("registry_no", "residence_reg_date", "registration_status", "cancelled_mark", "cancelled_on")
# What only an employer says, under headers that match: one of these columns makes a roster, whatever else it holds.
EMPLOYERS_ONLY = {"hire_date": "", "leave_date": "", "employment_status": "职|岗"}
# What makes an extract of a file without those columns, where the caller says that it is one: it tells where people
# live, and nothing of their work (a registry with columns of its own may well tell where somebody works).
DWELLING = ("household_address", "current_address", "current_street")
OF_WORK = (
    "employer_name",
    "employer_uscc",
    "dispatch_agency",
    "employee_no",
    "department",
    "job_title",
    "leave_reason",
    "employment_form",
    "probation_end",
    "contract_signed",
    "contract_type",
    "contract_start",
    "contract_end",
    "social_insurance",
    "wage",
    "work_site",
)
SUITE: Final = EXPECTATIONS / "registry.json"
IN_FORCE = "有效|已登记|在住"  # words of a registration that holds
CANCELLED = "注销|迁出|无效|离开|已走"  # words of a registration that no longer holds
NOT_CANCELLED = "[未没](?:注销|迁出|离开)"  # which hold those words and deny them
MARKED = r"(?i)\A(?:0?1|是|已?(?:注销|迁出)|y|yes|t|true|√)\z"  # in a column that marks who is cancelled


def foreign_columns(read: FileRead, catalogue: Catalogue, *, is_told: bool) -> list[str] | None:
    """Labels of the columns of what is no registry extract, None where it is one. ``catalogue`` is the registry's;
    ``is_told``: the caller says that it is one."""
    assert read.lines is not None
    columns = [column for sheet in read.sheets for column in sheet.columns]
    mapped = [column.field for column in columns if column.field]
    roster = load_catalogue()
    employers, of_work = [], []
    for column in columns:
        header = column.header.rsplit("/", 1)[-1]
        known = roster.lookup(normal(header))
        field = known[0] if known else header.strip().lower()
        if column.field not in (None, field):
            continue
        if field in EMPLOYERS_ONLY and (known is None or re.search(EMPLOYERS_ONLY[field], column.header)):
            employers.append(field)
        elif field in OF_WORK:
            of_work.append(field)
    own = set(REGISTRY_ONLY) & set(mapped)
    if "registration_status" in own and not _any(read.lines["registration_status"], f"{IN_FORCE}|{CANCELLED}"):
        own.remove("registration_status")
    if not employers and (own or (is_told and not of_work and not set(DWELLING).isdisjoint(mapped))):
        return None
    labels = roster.labels | catalogue.labels
    return list(dict.fromkeys(labels.get(field, field) for field in mapped + employers + of_work))


@dataclass(frozen=True)
class Records:
    """``records``: canonical string columns and ``row int32, registered bool``; ``unusable``: the same of those that
    are quarantined; ``flagged``: rule → how many cells or lines of either."""

    records: pa.Table
    unusable: pa.Table
    flagged: dict[str, int]


def canonical_records(read: FileRead) -> Records:
    """An extract's records that have a name and any evidence, and what its rules say of all of them. Whoever has a
    cancellation date, readable or not, is no longer registered."""
    result, frame = check_standardised(read, None, suite_file=SUITE)
    checked = result.lines
    assert frame is not None
    names = ("registration_status", "cancelled_mark", "cancelled_on__how")
    status, mark, told = (_or_null(frame, name, frame.num_rows) for name in names)
    says = pc.and_not(_matches(status, CANCELLED), _matches(status, NOT_CANCELLED))
    left = pc.or_(pc.or_(says, _matches(mark, MARKED)), pc.fill_null(pc.not_equal(told, "open"), False))
    records = checked.append_column("registered", pc.invert(left))
    bad = pc.equal(records["disposition"], "quarantined")
    kept, unusable = records.filter(pc.invert(bad)), records.filter(bad)
    return Records(kept, unusable, {rule: n for rule, n in result.rule_counts.items() if n})


def _matches(text: pa.ChunkedArray, pattern: str) -> pa.ChunkedArray:
    return pc.fill_null(pc.match_substring_regex(text, pattern), False)


def _any(text: pa.ChunkedArray, pattern: str) -> bool:
    return bool(pc.any(_matches(text, pattern), min_count=0).as_py())


def _or_null(table: pa.Table, name: str, count: int) -> pa.ChunkedArray:
    return table[name] if name in table.column_names else pa.chunked_array([pa.nulls(count, pa.string())])
