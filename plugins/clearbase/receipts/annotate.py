"""The employer's own workbook with the bad cells marked: what was found, what was expected, how to mend it.

An xlsx keeps its sheets, order, widths and styles; what comes as CSV, xls or HTML goes back as xlsx with the same rows
in the same places. This is the only form of the answer that may hold clear personal data: it is the employer's own.
"""

from __future__ import annotations

import gc
import logging
import warnings
import zipfile
from collections import Counter
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from io import BytesIO
from typing import Any, Final

import pyarrow as pa

from clearbase.reading.grid import MAX_COLUMNS
from clearbase.reading.reasons import Unreadable
from clearbase.reading.result_column import RESULT_HEADER, SUMMARY_SHEET
from clearbase.receipts.cell_text import lock_text, put
from clearbase.receipts.formulas import is_harmless, put_values_back
from clearbase.receipts.marks import GRAVITY, CellMark, SheetMarks, gravest_results, marks_by_sheet
from clearbase.receipts.paint import (
    FILL_OF_RESULT,
    RED,
    YELLOW,
    Painter,
    mark_cells,
    take_off_former_marks,
    write_results,
)
from clearbase.receipts.plain_copy import plain_copy
from clearbase.receipts.summary import write_summary
from clearbase.receipts.texts import RESULT_SHOWN, RuleText
from clearbase.records import MappedColumn, Receipt, SheetRead

COMMENTED: Final = 2000  # comments are drawn shapes: thousands of them make Excel slow
CELLS: Final = 2_000_000  # openpyxl takes about half a kilobyte a cell

SUMMARY_FILLS: Final = {RESULT_SHOWN.get(word, word): colour for word, colour in FILL_OF_RESULT.items()}
SUMMARY_FILLS.update({"错误": RED, "提醒": YELLOW})

log = logging.getLogger(__name__)


def annotated_workbook(
    original: bytes,
    receipt: Receipt,
    texts: Mapping[str, RuleText],
    labels: Mapping[str, str],
    dispositions: pa.Table | None = None,
) -> bytes | None:
    """The marked workbook as xlsx; None where there is nothing to mark on (unreadable, or too large to be marked).

    ``dispositions``: columns ``sheet, row, disposition`` (``accepted | quarantined | repeated``), one row a line.
    """
    if sum(sheet.read * len(sheet.columns) for sheet in receipt.sheets) > CELLS:
        return None
    if any(column.col >= MAX_COLUMNS for sheet in receipt.sheets for column in sheet.columns):
        return None  # Excel has no column left for the results
    with _without_collector():
        opened = _open(original, receipt)
        if opened is None:
            return None
        return _annotate(*opened, receipt, texts, labels, dispositions)


def _annotate(
    book: Any,
    names: dict[int, str],
    values: dict[str, dict[str, Any]],
    receipt: Receipt,
    texts: Mapping[str, RuleText],
    labels: Mapping[str, str],
    dispositions: pa.Table | None,
) -> bytes:
    marks = marks_by_sheet(receipt.findings, dispositions, receipt.outcome, texts, receipt.confirmed)
    flagged = [mark for sheet in marks.values() for mark in sheet.cells]
    to_comment = _gravest(flagged)
    _mark_sheets(book, names, receipt, marks, to_comment)
    summary = book.create_sheet(SUMMARY_SHEET)
    results = Counter(result for sheet in marks.values() for result in sheet.results.values())
    write_summary(summary, receipt, texts, labels, names, SUMMARY_FILLS, results, len(flagged), len(to_comment))
    _open_at(book, summary)
    return _save(book, values)


@contextmanager
def _without_collector() -> Iterator[None]:
    """Hundreds of thousands of cells and no cycles among them: the collector's rounds cost a fifth of the time."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


def _open(original: bytes, receipt: Receipt) -> tuple[Any, dict[int, str], dict[str, dict[str, Any]]] | None:
    """(workbook, sheet position → name, sheet name → last values of its kept formulas)."""
    if original.startswith(b"PK"):
        try:
            return _open_xlsx(original, receipt)
        except Exception as error:  # openpyxl is stricter than Excel and than our reader, in many ways
            why = type(error).__name__  # its text may quote a cell
            log.warning("submission %s: workbook copied without its styles: %s", receipt.submission_id, why)
    try:
        book, names = plain_copy(original)
    except Unreadable:
        return None
    of_tables = {r.position: names[r.worksheet] for r in receipt.sheets if r.worksheet in names}
    return (book, of_tables, {}) if names else None


def _open_xlsx(original: bytes, receipt: Receipt) -> tuple[Any, dict[int, str], dict[str, dict[str, Any]]]:
    from openpyxl import load_workbook

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of extensions and pictures that openpyxl does not carry over
        book = load_workbook(BytesIO(original), keep_links=False, rich_text=_has_rich_text(original))
    book.template = False
    if SUMMARY_SHEET in book.sheetnames:
        del book[SUMMARY_SHEET]
        for sheet in book.worksheets:
            take_off_former_marks(sheet)
    _drop_references_to_other_files(book)
    values = _settle_formulas(book, original)
    return book, _names_in(book, receipt), values


def _names_in(book: Any, receipt: Receipt) -> dict[int, str]:
    """Sheet position → its name in this workbook. One that is called after a person has another name in the receipt: it
    is known by its place."""
    titles = {sheet.title for sheet in book.worksheets}
    by_place = {sheet.worksheet: book.sheetnames[sheet.worksheet - 1 : sheet.worksheet] for sheet in receipt.sheets}
    names = {sheet.position: [sheet.name, *by_place[sheet.worksheet]] for sheet in receipt.sheets}
    return {position: next(n for n in told if n in titles) for position, told in names.items() if titles & set(told)}


def _has_rich_text(original: bytes) -> bool:
    """Whether some cell is written in several fonts (a red asterisk in a header); reading for it doubles the time."""
    with zipfile.ZipFile(BytesIO(original)) as package:
        parts = [name for name in package.namelist() if name.lower().endswith("sharedstrings.xml")]
        return any(b"<r>" in package.read(name) for name in parts)


def _drop_references_to_other_files(book: Any) -> None:
    """Without the links that they name, Excel would call the file damaged."""
    for scope in (book, *book.worksheets):
        for name in [n for n, defined in scope.defined_names.items() if "[" in (defined.attr_text or "")]:
            del scope.defined_names[name]
    for sheet in book.worksheets:
        kept = [v for v in sheet.data_validations.dataValidation if "[" not in f"{v.formula1}{v.formula2}"]
        sheet.data_validations.dataValidation = kept


def _settle_formulas(book: Any, original: bytes) -> dict[str, dict[str, Any]]:
    """Keep harmless formulas, replace the others by their last value; lock texts that look like formulas."""
    kept: dict[str, dict[str, Any]] = {}
    for sheet in book.worksheets:
        # `_cells` holds only what is there; iterating rows would make every missing cell.
        formulas = []
        for cell in sheet._cells.values():
            if cell.data_type == "f":
                formulas.append(cell)
            elif cell.data_type == "s":
                lock_text(cell)
        if not formulas:
            continue
        last = _last_values(original, sheet.title)
        values = kept[sheet.title] = {}
        for cell in formulas:
            value = last.get((cell.row, cell.column))
            if isinstance(cell.value, str) and is_harmless(cell.value):
                values[cell.coordinate] = value
            else:
                put(cell, value)
    return kept


def _last_values(original: bytes, sheet_name: str) -> dict[tuple[int, int], Any]:
    import python_calamine as calamine

    sheet = calamine.CalamineWorkbook.from_filelike(BytesIO(original)).get_sheet_by_name(sheet_name)
    top, left = sheet.start or (0, 0)
    return {
        (row, col): value
        for row, cells in enumerate(sheet.to_python(skip_empty_area=True), top + 1)
        for col, value in enumerate(cells, left + 1)
        if value != ""
    }


def _gravest(flagged: list[CellMark]) -> set[int]:
    """``id`` of the marks that get a comment: errors before warnings, then in reading order."""
    ordered = sorted(flagged, key=lambda mark: -GRAVITY[mark.severity])
    return {id(mark) for mark in ordered[:COMMENTED]}


def _mark_sheets(
    book: Any, names: Mapping[int, str], receipt: Receipt, marks: Mapping[int, SheetMarks], to_comment: set[int]
) -> None:
    paint = Painter()
    for read in receipt.sheets:
        if read.role != "roster" or read.position not in names:
            continue
        sheet, of_sheet = book[names[read.position]], marks.get(read.position, SheetMarks())
        result_col = None
        if read.header_row:
            beside = _beside(receipt, read)
            last_column = max((c.col for r in beside for c in r.columns if not _is_result(c)), default=1)
            results = gravest_results([marks[r.position] for r in beside if r.position in marks])
            result_col = write_results(sheet, read.header_row, last_column, results, paint)
        mark_cells(sheet, of_sheet.cells, to_comment, result_col, paint)


def _is_result(column: MappedColumn) -> bool:
    """Whether the column is ours, of a former round, whatever group the levels of the header put it into."""
    return column.header.rsplit("/", 1)[-1] == RESULT_HEADER


def _beside(receipt: Receipt, read: SheetRead) -> list[SheetRead]:
    """The tables that share their header row with this one, itself among them: one column of results serves them."""
    return [r for r in receipt.sheets if (r.worksheet, r.header_row) == (read.worksheet, read.header_row)]


def _open_at(book: Any, summary: Any) -> None:
    """Show the summary first. The other tabs are deselected: with two selected, typing goes into both sheets."""
    for sheet in book.worksheets:
        sheet.sheet_view.tabSelected = sheet is summary
    book.active = summary


def _save(book: Any, values: Mapping[str, Mapping[str, Any]]) -> bytes:
    saved = BytesIO()
    book.save(saved)
    if not values:
        return saved.getvalue()
    parts = {f"xl/worksheets/sheet{n}.xml": values.get(sheet.title, {}) for n, sheet in enumerate(book.worksheets, 1)}
    return put_values_back(saved.getvalue(), parts)
