"""xlsx, xlsm and BIFF xls by python-calamine's typed rows, in chunks, to grids."""

from __future__ import annotations

import gc
import io
from collections.abc import Iterator
from dataclasses import replace
from itertools import islice
from typing import Any, Final

import python_calamine as calamine

from clearbase.reading.biff import look_through_biff
from clearbase.reading.cell_marks import CellMarks, marks_of_workbook
from clearbase.reading.cells import Column, column_of, join_chunks
from clearbase.reading.container import OLE2
from clearbase.reading.extent import refuse_oversized
from clearbase.reading.grid import Grid, make_grid
from clearbase.reading.ole2 import SECTOR
from clearbase.reading.reasons import Unreadable
from clearbase.reading.shared_texts import SharedTexts

# So few rows that the cells of a chunk are still at hand when its columns are made of them.
CHUNK_ROWS: Final = 2_048
# Titles and headers make a column of numbers a mixed one, which is slow: they get a chunk of their own.
HEAD_ROWS: Final = 40
# One long text to which every cell refers: so many cells at a time, and so many bytes of text in all.
LONG_CELLS: Final = 8_192
MAX_TEXT: Final = 2**31


def read_workbook(data: bytes, container: str) -> Iterator[Grid]:
    """Every worksheet in the workbook's order. Raises Unreadable: encrypted, broken, broken_zip, too_large."""
    if container == "xlsx":
        shared = refuse_oversized(data)
        marks = marks_of_workbook(data, shared.may_be_struck)
    else:
        shared = SharedTexts()
        marks = look_through_biff(data)
        # calamine panics, and prints so, where the file ends within an entry of the directory.
        data += bytes(-len(data) % SECTOR) if data.startswith(OLE2) else b""
    try:
        book = calamine.CalamineWorkbook.from_filelike(io.BytesIO(data))
        for index, sheet in enumerate(book.sheets_metadata):
            if sheet.typ not in (calamine.SheetTypeEnum.WorkSheet, calamine.SheetTypeEnum.MacroSheet):
                continue
            hidden = sheet.visible != calamine.SheetVisibleEnum.Visible
            cells = book.get_sheet_by_index(index)
            merges = [
                (*first, *last)
                for first, last in cells.merged_cell_ranges or ()
                if last[0] > first[0] or first[0] < HEAD_ROWS
            ]
            grid = make_grid(index + 1, sheet.name, _columns(cells, shared.long), hidden, merges)
            beside = marks[index] if index < len(marks) else CellMarks(scanned=False)
            # Rows that hold nothing but formulas without a result are rows of the sheet all the same.
            last = max((row for row, _ in beside.uncalculated), default=-1)
            yield replace(grid, marks=beside).with_rows(last + 1)
    except calamine.PasswordError as error:
        raise Unreadable("encrypted") from error
    except (calamine.CalamineError, OSError, ValueError, OverflowError) as error:
        raise Unreadable("broken") from error
    except MemoryError as error:
        raise Unreadable("too_large") from error
    except BaseException as error:
        # A Rust panic in a damaged file arrives as pyo3's PanicException, which is no Exception and cannot be imported.
        if type(error).__name__ == "PanicException":
            raise Unreadable("broken") from None
        raise


def _columns(sheet: Any, long_texts: bool) -> list[Column]:
    """The sheet from A1 on: calamine's rows begin at the first column that holds anything.

    Millions of cells and no cycles among them: the collector's rounds would cost a tenth of the time.
    """
    was_on = gc.isenabled()
    gc.disable()
    try:
        return _columns_of(sheet, long_texts)
    finally:
        if was_on:
            gc.enable()


def _columns_of(sheet: Any, long_texts: bool) -> list[Column]:
    left = sheet.start[1] if sheet.start else 0
    rows = sheet.iter_rows()
    at_once = CHUNK_ROWS if not long_texts else max(1, min(CHUNK_ROWS, LONG_CELLS // max(sheet.width, 1)))
    chunks: list[list[Column]] = []
    held = 0
    while chunk := list(islice(rows, at_once if chunks else min(at_once, HEAD_ROWS))):
        blank = [("",) * len(chunk)] * left
        chunks.append([column_of(values) for values in (*blank, *zip(*chunk, strict=True))])
        held += sum(data.size for text, _ in chunks[-1] if (data := text.buffers()[2]))
        if held > MAX_TEXT:
            raise Unreadable("too_large")
    return join_chunks(chunks)
