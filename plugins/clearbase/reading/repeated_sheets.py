"""Sheets that tell again of the people of another roster of the file: print copies, directories, dormitories, contracts
(messiness B9). They are set aside, so that nobody is counted twice; nobody is lost with them."""

from __future__ import annotations

import re
from collections.abc import Collection
from typing import Final

import pyarrow as pa
import pyarrow.compute as pc

from clearbase.reading.facts import find_employer
from clearbase.reading.header_text import normal
from clearbase.reading.kinds import find_kind
from clearbase.reading.months import FileMonths
from clearbase.reading.sheet import SheetLines, set_sheet_aside
from clearbase.reading.sheet_roles import is_annex, is_copy, is_sample

SAMPLE_LINES: Final = 5
# What a sheet of the same people may tell that no other sheet makes up for.
OF_ITS_OWN: Final = frozenset(
    {"id_number", "hire_date", "leave_date", "leave_reason", "employment_status", "report_kind", "employer_name"}
    | {"household_address", "current_address", "phone"}
)
MONTH: Final = re.compile(r"(?<!\d)(?:1[0-2]|0?[1-9]|十[一二]?|[一二三四五六七八九])\s*月")


def set_repeated_aside(sheets: list[SheetLines], months: FileMonths) -> None:
    """Sets aside in place what repeats another roster of ``sheets``; its rows keep their count under ``not_roster``.

    ``months``: of the rosters among them; sheets of different months name the same people with reason.
    """
    rosters = {sheet.read.position: sheet for sheet in sheets if sheet.lines is not None}
    # From the last on: of two that are alike the first stays.
    for sheet in sheets[::-1]:
        others = [other for other in rosters.values() if other is not sheet]
        if sheet.read.position in rosters and others and (why := _why_aside(sheet, others, months)):
            del rosters[sheet.read.position]
            set_sheet_aside(sheet.read, "not_roster", why)
            sheet.lines = None


def _why_aside(sheet: SheetLines, others: list[SheetLines], months: FileMonths) -> str | None:
    name, own = sheet.read.name, _fields(sheet)
    theirs = [_fields(other) for other in others]
    words = [normal(column.header) for column in sheet.read.columns]
    if is_copy(name, own, theirs) and _are_on(sheet, others):
        return "打印页或副本，与另一工作表重复"
    if is_sample(name) and sheet.read.lines <= SAMPLE_LINES:
        return "填写样例，不是实际人员"
    if is_annex(name, words, own, theirs) and _are_on(
        sheet, others, with_phone=False
    ):  # a relative's phone may stand there
        return "合同、学历、家庭成员等附表，人员以花名册为准"
    # Months and comers and goers name the same people with reason.
    if MONTH.search(name) or find_kind([name]) not in (None, "full") or _has_other_kind(sheet):
        return None
    month = months.sheets[sheet.read.position].month
    for other, fields in zip(others, theirs, strict=True):
        if months.sheets[other.read.position].month != month or _other_employer(sheet, other):
            continue
        if other.read.worksheet != sheet.read.worksheet and not (own - fields) & OF_ITS_OWN and _are_on(sheet, [other]):
            return f"人员与工作表“{other.read.name}”相同，以该表为准"
    return None


def _other_employer(one: SheetLines, other: SheetLines) -> bool:
    """Whether titles name two employers: the same person may be on both rosters, and the file is to be asked about."""
    names = [find_employer(sheet.texts.titled()) for sheet in (one, other)]
    return all(names) and names[0] != names[1]


def _fields(sheet: SheetLines) -> set[str]:
    return {column.field for column in sheet.read.columns if column.field and not column.forbidden}


def _has_other_kind(sheet: SheetLines) -> bool:
    return find_kind([text for row in sheet.texts.titles for text in row]) not in (None, "full")


def _are_on(sheet: SheetLines, others: Collection[SheetLines], with_phone: bool = True) -> bool:
    """Whether each and every one whom a sheet tells of stands on the others, so that nobody is lost with it: by number
    where both tell numbers, else by name, and by phone too where both tell that."""
    own, theirs = sheet.lines, [other.lines for other in others if other.lines is not None]
    if own is None or not own.num_rows or not theirs:
        return False
    by = ["id_number"] if _all_hold(own, theirs, "id_number", r"^\s*\d{6}[\d\s]{8,}[\dXx*]") else ["name"]
    if by == ["name"] and with_phone and _all_hold(own, theirs, "phone"):
        by.append("phone")
    if not _all_hold(own, theirs, by[0]):
        return False
    there = set().union(*(_keys(table, by) for table in theirs))
    return all(key in there for key in _keys(own, by) if any(key))


def _all_hold(own: pa.Table, theirs: list[pa.Table], field: str, form: str = ".") -> bool:
    """Whether most lines of each table have the field, in that form."""
    tables = (own, *theirs)
    return all(
        field in table.column_names
        and 2 * (pc.sum(pc.match_substring_regex(table[field], form)).as_py() or 0) > table.num_rows
        for table in tables
    )


def _keys(table: pa.Table, fields: list[str]) -> set[tuple[str, ...]]:
    columns = [table[field].to_pylist() for field in fields]
    return {tuple("".join((text or "").split()).upper() for text in row) for row in zip(*columns, strict=True)}
