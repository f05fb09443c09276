"""Sheets into files: xlsx by XlsxWriter, xls by xlwt, CSV. The same sheets give the same bytes, at any time of day."""

from __future__ import annotations

import csv
import datetime as dt
import io
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import xlsxwriter
import xlwt

from clearbase.district.layouts import Layout
from clearbase.district.staff import Cell

_CREATED = dt.datetime(2026, 1, 1)  # a workbook's own time stamp; the true one would differ from run to run
XLS_ROWS = 65_536


@dataclass
class Sheet:
    """Rows as they stand, the first is row 1. ``titles``: rows that are merged over ``width`` columns."""

    name: str
    rows: list[list[Cell]] = field(default_factory=list)
    titles: int = 0
    header: int = 0
    width: int = 1


def write_file(path: Path, layout: Layout, sheets: list[Sheet]) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    match layout.container:
        case "xlsx":
            _write_xlsx(path, sheets)
        case "xls":
            _write_xls(path, sheets)
        case "csv":
            _write_csv(path, sheets[0], layout.encoding)


def _write_xlsx(path: Path, sheets: list[Sheet]) -> None:
    book = xlsxwriter.Workbook(str(path), {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
    book.set_properties({"created": _CREATED})
    title = book.add_format({"bold": True, "align": "center"})
    head = book.add_format({"bold": True, "text_wrap": True, "border": 1})
    date = book.add_format({"num_format": "yyyy/m/d"})
    for sheet in sheets:
        page = book.add_worksheet(sheet.name)
        page.set_column(0, max(0, sheet.width - 1), 14)
        for row, cells in enumerate(sheet.rows):
            if row < sheet.titles and sheet.width > 1:
                page.merge_range(row, 0, row, sheet.width - 1, cells[0], title)
                continue
            style = head if row == sheet.header - 1 else None
            for col, cell in enumerate(cells):
                if cell is None:
                    continue
                if isinstance(cell, str):
                    page.write_string(row, col, cell, style)
                elif isinstance(cell, dt.date):
                    page.write_datetime(row, col, dt.datetime(cell.year, cell.month, cell.day), date)
                else:
                    page.write_number(row, col, cell)
    book.close()


def _write_xls(path: Path, sheets: list[Sheet]) -> None:
    xls: Any = xlwt  # it has no types
    book = xls.Workbook(encoding="utf-8")
    date = xls.easyxf(num_format_str="YYYY/M/D")
    plain = xls.easyxf("")
    for sheet in sheets:
        page = book.add_sheet(sheet.name)
        for row, cells in enumerate(sheet.rows):
            if row < sheet.titles and sheet.width > 1:
                page.write_merge(row, row, 0, sheet.width - 1, cells[0])
                continue
            for col, cell in enumerate(cells):
                if cell is not None:
                    page.write(row, col, cell, date if isinstance(cell, dt.date) else plain)
    book.save(str(path))


def _write_csv(path: Path, sheet: Sheet, encoding: str) -> None:
    text = io.StringIO(newline="")
    out = csv.writer(text, lineterminator="\r\n")
    for cells in sheet.rows:
        row = ["" if cell is None else _as_excel_saves(cell) for cell in cells]
        out.writerow(row + [""] * (sheet.width - len(row)))
    path.write_bytes(text.getvalue().encode(encoding))


def _as_excel_saves(cell: str | float | dt.date) -> str:
    if isinstance(cell, str):
        return cell
    if isinstance(cell, dt.date):
        return f"{cell.year}/{cell.month}/{cell.day}"
    return f"{cell:.5E}" if abs(cell) >= 1e12 else str(int(cell))
