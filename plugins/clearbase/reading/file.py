"""The way in: the bytes of a file to roster lines and facts, or to the reason why it cannot be read."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

import numpy as np
import pyarrow as pa

from clearbase.reading.catalogue import Catalogue, load_catalogue
from clearbase.reading.container import has_macros, recognise
from clearbase.reading.delimited import has_mixed_separators, read_delimited
from clearbase.reading.facts import find_facts, is_other_party
from clearbase.reading.grid import Grid
from clearbase.reading.html_table import read_html
from clearbase.reading.kinds import KIND_LABELS, find_kind, kind_by_lines
from clearbase.reading.month_sheets import months_of_sheets, take_one_month
from clearbase.reading.months import in_words
from clearbase.reading.observations import observed
from clearbase.reading.reasons import Unreadable
from clearbase.reading.repeated_sheets import set_repeated_aside
from clearbase.reading.sheet import SheetLines, read_sheet, set_sheet_aside
from clearbase.reading.spreadsheetml import read_spreadsheetml
from clearbase.reading.tables import split_tables
from clearbase.reading.titles import names_of
from clearbase.reading.units import set_units
from clearbase.reading.workbook import read_workbook
from clearbase.records import CONFIRMED, EMPTY, TEXT, FileFacts, FileRead


def read_roster(
    data: bytes,
    file_name: str,
    catalogue: Catalogue | None = None,
    period: dt.date | None = None,
    *,
    every_month: bool = False,
) -> FileRead:
    """Reads one employer's file. A function of its arguments alone; bad input never raises.

    ``period``: the month that was said with the file: of sheets of several months those of this one are taken.
    ``every_month``: takes all of them, as an extract that is no employer's report wants it.

    ``outcome`` is ``unreadable`` with a code of ``reasons.UNREADABLE`` in ``reason``, or ``read``. ``lines`` holds the
    people of all roster sheets, one row each, with the union of their fields in the catalogue's order; forbidden fields
    have no values there. Every sheet balances: ``read = lines + sum(set_aside)``.
    """
    container, names = "", names_of(file_name)
    sheets: list[SheetLines] = []
    try:
        container = recognise(data)
        catalogue = catalogue or load_catalogue()
        sheets = [
            read_sheet(table, catalogue) for grid in _grids(data, container) for table in split_tables(grid, catalogue)
        ]
        rosters = [sheet for sheet in sheets if sheet.lines is not None]
        months = months_of_sheets(rosters, names, period)
        set_repeated_aside(sheets, months)
        several = [] if every_month else months.several([sheet.read for sheet in rosters if sheet.lines is not None])
        if several:
            take_one_month(rosters, months, several)
        rosters = [sheet for sheet in rosters if sheet.lines is not None]
        if container == "text" and not any(sheet.read.lines for sheet in rosters) and has_mixed_separators(data):
            for sheet in sheets:
                set_sheet_aside(sheet.read, "not_roster", "分隔符不一致，分不清每一列")
            raise Unreadable("mixed_separators")
        if not rosters:
            raise Unreadable(_why_no_roster(sheets))
    except Unreadable as refusal:
        return FileRead("unreadable", refusal.code, container, sheets=[sheet.read for sheet in sheets])
    lines = _concatenate(rosters, catalogue)
    columns = [column for sheet in rosters for column in sheet.read.columns]
    other_party = frozenset(column.field for column in columns if column.field and is_other_party(column.header))
    # A sheet that is laid out for a month to come says nothing of the people on the others.
    peopled = [sheet for sheet in rosters if sheet.read.lines] or rosters
    taken = [months.sheets[sheet.read.position] for sheet in peopled]
    facts = find_facts(names, [sheet.texts for sheet in rosters], lines, months, taken, several, other_party)
    facts.titles = tuple(text for sheet in rosters for text in [sheet.texts.name, *sheet.texts.titled()])
    lines = _state_kinds(lines, rosters, facts)
    kind_by_lines(facts, lines)
    set_units(rosters, names, facts)
    seen = [sheet.observed for sheet in rosters]
    if others := [in_words(month) for month in several if facts.period is not None and month != facts.period]:
        seen.append(observed("other_months", "、".join(others), "、".join(others)))
    if container == "xlsx" and has_macros(data):
        seen.append(observed("macros", None, None))
    return FileRead("read", "", container, facts, [s.read for s in sheets], lines, pa.concat_tables(seen))


def _grids(data: bytes, container: str) -> Iterable[Grid]:
    if container in ("xlsx", "xls"):
        return read_workbook(data, container)
    if container == "spreadsheetml":
        return read_spreadsheetml(data)
    if container == "html":
        return read_html(data)
    return [read_delimited(data)]


def _why_no_roster(sheets: list[SheetLines]) -> str:
    filled = [sheet.read for sheet in sheets if sheet.read.read]
    if not filled:
        return "empty"
    if all("hidden" in sheet.set_aside for sheet in filled):
        return "only_hidden"
    return "not_roster" if any(sheet.header_row for sheet in filled) else "no_header"


def _concatenate(rosters: list[SheetLines], catalogue: Catalogue) -> pa.Table:
    tables = [sheet.lines for sheet in rosters]
    if len(tables) == 1:
        return tables[0]
    whole = pa.concat_tables(tables, promote_options="default")
    order = [c for name in catalogue.fields for c in (name, f"{name}__kind") if c in whole.column_names]
    marked = [CONFIRMED] if CONFIRMED in whole.column_names else []
    whole = whole.select(["sheet", "row", *order, *marked])
    for at, name in enumerate(whole.column_names):
        if name.endswith("__kind"):
            whole = whole.set_column(at, name, whole[name].fill_null(EMPTY))
        elif name == CONFIRMED:
            whole = whole.set_column(at, name, whole[name].fill_null(False))
    return whole.combine_chunks()


def _state_kinds(lines: pa.Table, rosters: list[SheetLines], facts: FileFacts) -> pa.Table:
    """Where one sheet holds the leavers of a full file, its lines say so in ``report_kind`` (messiness B9)."""
    if "report_kind" in lines.column_names or len(rosters) == 1:
        return lines
    stated: list[str | None] = []
    for sheet in rosters:
        kind = find_kind([text for row in sheet.texts.titles for text in row]) or find_kind([sheet.texts.name])
        stated += [KIND_LABELS.get(kind) if kind != facts.kind else None] * sheet.read.lines
    if not any(stated):
        return lines
    kinds = np.array([EMPTY if text is None else TEXT for text in stated], np.int8)
    return lines.append_column("report_kind", pa.array(stated, pa.string())).append_column(
        "report_kind__kind", pa.array(kinds)
    )
