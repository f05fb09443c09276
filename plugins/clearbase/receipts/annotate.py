"""The employer's own workbook with the bad cells marked: what was found, what was expected, how to mend it.

The marks are written into the employer's xlsx as it is (``marking``). One that may do something when it is opened, that
is written in an unusual way or bears the marks of a former round is written anew without them first (``clean_copy``);
what comes as CSV, xls or HTML goes back as xlsx with the same rows in the same places (``plain_copy``). This is the
only form of the answer that may hold clear personal data: it is the employer's own.
"""

from __future__ import annotations

import gc
import logging
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from typing import Final

import pyarrow as pa

from clearbase.reading.grid import MAX_COLUMNS
from clearbase.reading.reasons import Unreadable
from clearbase.receipts.marking import FormerColumns, marked
from clearbase.receipts.marks import marks_by_sheet
from clearbase.receipts.package import Package, Unsuited
from clearbase.receipts.texts import RuleText
from clearbase.records import Receipt

CELLS: Final = 2_000_000  # openpyxl takes about half a kilobyte a cell

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
    marks = marks_by_sheet(receipt.findings, dispositions, receipt.outcome, texts, receipt.confirmed)

    def marks_on(data: bytes, told: Receipt, former: FormerColumns | None = None) -> bytes:
        return marked(Package(data), told, marks, texts, labels, former)

    if original.startswith(b"PK"):
        try:
            return marks_on(original, receipt)
        except Unsuited as reason:
            log.info("submission %s: workbook written anew to be marked: %s", receipt.submission_id, reason)
        with _without_collector():
            try:
                return marks_on(*_cleaned(original, receipt))
            except Unsuited as reason:
                log.warning("submission %s: workbook copied without its styles: %s", receipt.submission_id, reason)
            except Exception as error:  # openpyxl is stricter than Excel and than our reader, in many ways
                why = type(error).__name__  # its text may quote a cell
                log.warning("submission %s: workbook copied without its styles: %s", receipt.submission_id, why)
    with _without_collector():
        copied = _copied(original, receipt)
        try:
            return marks_on(*copied) if copied else None
        except Unsuited as reason:  # told without it
            log.warning("submission %s: workbook not marked: %s", receipt.submission_id, reason)
            return None


def _cleaned(original: bytes, receipt: Receipt) -> tuple[bytes, Receipt, FormerColumns]:
    from clearbase.receipts.clean_copy import clean_copy

    data, former = clean_copy(original, _headers(receipt))
    return data, receipt, former


def _copied(original: bytes, receipt: Receipt) -> tuple[bytes, Receipt, FormerColumns] | None:
    """A plain copy, with the names that its sheets have in the receipt's."""
    from clearbase.receipts.clean_copy import emptied_results
    from clearbase.receipts.plain_copy import plain_copy, saved

    try:
        book, names = plain_copy(original)
    except Unreadable:
        return None
    if not names:
        return None
    sheets = [replace(read, name=names.get(read.worksheet, read.name)) for read in receipt.sheets]
    former: dict[tuple[int, int], int] = {}
    for worksheet, header_row in _headers(receipt):
        if name := names.get(worksheet):
            col = emptied_results(book[name], header_row)
            former |= {(worksheet, header_row): col} if col else {}
    return saved(book), replace(receipt, sheets=sheets), former


def _headers(receipt: Receipt) -> set[tuple[int, int]]:
    """Worksheet, from 1, and header row of each table."""
    return {(read.worksheet, read.header_row) for read in receipt.sheets if read.header_row}


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
