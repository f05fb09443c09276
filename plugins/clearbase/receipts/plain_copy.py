"""A CSV, xls or HTML roster as an xlsx workbook: the same rows in the same places, text kept as text."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from io import BytesIO
from typing import Any, Final

from clearbase.reading.container import recognise
from clearbase.reading.delimited import read_delimited
from clearbase.reading.grid import MAX_COLUMNS, Grid
from clearbase.reading.html_table import read_html
from clearbase.reading.reasons import Unreadable
from clearbase.reading.result_column import SUMMARY_SHEET
from clearbase.reading.spreadsheetml import read_spreadsheetml
from clearbase.reading.workbook import read_workbook
from clearbase.receipts.cell_text import put
from clearbase.records import BOOL, DATE, EMPTY, NUMBER

NAMELESS_SHEET: Final = "花名册"
NARROWEST, WIDEST = 6, 40
WIDTH_SAMPLE: Final = 300
A4: Final = 9


def plain_copy(original: bytes) -> tuple[Any, dict[int, str]]:
    """(openpyxl Workbook, sheet position → sheet name).

    Raises reading's ``Unreadable`` for what is no table, and for a sheet that leaves no column for 处理结果 (too_wide).
    """
    from openpyxl import Workbook
    from openpyxl.worksheet.properties import PageSetupProperties

    book = Workbook()
    book.remove(book.active)
    names = {}
    for grid in _grids(original):
        if grid.name == SUMMARY_SHEET:  # ours, of a former round
            continue
        if grid.columns >= MAX_COLUMNS:
            raise Unreadable("too_wide")
        sheet = book.create_sheet(_allowed(grid.name))
        names[grid.position] = sheet.title
        if grid.hidden:
            sheet.sheet_state = "hidden"
        sheet.page_setup.orientation, sheet.page_setup.paperSize = "landscape", A4
        sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
        sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
        _copy_cells(grid, sheet)
    return book, names


def _grids(original: bytes) -> Iterable[Grid]:
    match recognise(original):
        case "text":
            return [read_delimited(original)]
        case "html":
            return read_html(original)
        case "spreadsheetml":
            return read_spreadsheetml(original)
        case workbook:
            return read_workbook(original, workbook)


def _allowed(name: str) -> str:
    return "".join(c for c in name if c not in "[]:*?/\\").strip("'")[:31] or NAMELESS_SHEET


def _copy_cells(grid: Grid, sheet: Any) -> None:
    from openpyxl.utils import get_column_letter

    for col, (column, kinds) in enumerate(zip(grid.text, grid.kinds, strict=True), 1):
        texts = column.to_pylist()
        for row, (text, kind) in enumerate(zip(texts, kinds.tolist(), strict=True), 1):
            if kind == EMPTY:
                continue
            cell = sheet.cell(row, col)
            value = _typed(text, kind)
            put(cell, value)
            if isinstance(value, str):
                cell.number_format = "@"  # an identity number typed over it stays text, too
        widest = max((_width(text) for text in texts[:WIDTH_SAMPLE] if text), default=0)
        sheet.column_dimensions[get_column_letter(col)].width = min(max(widest + 2, NARROWEST), WIDEST)


def _width(text: str) -> int:
    return sum(2 if ord(c) > 0x2E7F else 1 for c in text)


def _typed(text: str, kind: int) -> Any:
    """The cell's value again from its text and kind; text where the two do not fit."""
    try:
        if kind == NUMBER:
            return int(text) if text.lstrip("-").isdigit() else float(text)
        if kind == DATE:
            moment = dt.datetime.fromisoformat(text)
            return moment if moment.time() != dt.time() else moment.date()
        if kind == BOOL:
            return text == "TRUE"
    except ValueError:
        pass
    return text


def saved(book: Any) -> bytes:
    """A workbook as xlsx."""
    out = BytesIO()
    book.save(out)
    return out.getvalue()
