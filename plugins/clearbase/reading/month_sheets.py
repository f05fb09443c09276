"""A sheet a month: of several months in one file one is taken, the sheets of the others go aside (messiness B9)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from clearbase.reading.kinds import find_kind
from clearbase.reading.months import FileMonths, in_words, months_of, reason_of_month
from clearbase.reading.sheet import SheetLines, set_sheet_aside
from clearbase.reading.titles import SheetTexts


def months_of_sheets(rosters: Sequence[SheetLines], names: Sequence[str], given: dt.date | None) -> FileMonths:
    """The month of every table, and of the ``names`` of file and folders."""
    return months_of([(each.read, _texts_of(each, rosters)) for each in rosters], names, given)


def take_one_month(rosters: Sequence[SheetLines], months: FileMonths, several: Sequence[dt.date]) -> None:
    """Sets the tables of other months aside, in place. None of them where the month that was given is not there: such a
    file is held."""
    chosen = months.chosen(several)
    for sheet in rosters:
        if sheet.lines is None:
            continue
        month = months.sheets[sheet.read.position].month
        if chosen and month and month != chosen:
            why = f"其他月份({in_words(month)})的名册，本次只读取{in_words(chosen)}的"
            set_sheet_aside(sheet.read, "other_month", why)
            sheet.lines = None
        elif month:
            sheet.read.reason = reason_of_month(month, sheet.read.reason)


def _is_of_comers(sheet: SheetLines) -> bool:
    return find_kind([sheet.texts.name]) in ("joiners", "leavers") or "批" in sheet.texts.name


def _texts_of(sheet: SheetLines, rosters: Sequence[SheetLines]) -> SheetTexts:
    """What stands round a table, for its month. The leavers below the staff of a sheet may have left a month before, as
    their title says; they go with their sheet."""
    comers = [other for other in rosters if _is_of_comers(other)]
    if len(comers) > 1 and sheet in comers:
        return SheetTexts("", sheet.texts.titles)  # 5月入职, 6月入职: when they came, and no month of a report
    first = next(other for other in rosters if other.read.worksheet == sheet.read.worksheet)
    along = sheet is not first and find_kind(sheet.texts.titled()) not in (None, "full")
    return SheetTexts(sheet.texts.name, []) if along else sheet.texts
