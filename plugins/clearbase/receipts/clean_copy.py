"""An xlsx written anew by openpyxl, for one that is not written into directly: without what may do something when it is
opened, without the marks of a former round, and otherwise as near to the employer's as openpyxl comes.
"""

from __future__ import annotations

import re
import warnings
import zipfile
from collections.abc import Iterable, Mapping
from io import BytesIO
from typing import Any, Final

from clearbase.reading.result_column import RESULT_HEADER, SUMMARY_SHEET, is_confirmation
from clearbase.receipts.cell_text import put
from clearbase.receipts.comments_xml import AUTHOR, EMPLOYERS_OWN
from clearbase.receipts.formulas import is_harmless, put_values_back
from clearbase.receipts.marking import CHOICE, GREY, RED, YELLOW
from clearbase.receipts.sheet_xml import REACHES_OUT
from clearbase.receipts.texts import LINE_RESULTS, RESULT_SHOWN

OURS: Final = frozenset((*LINE_RESULTS, *RESULT_SHOWN.values()))


def clean_copy(original: bytes, tables: Iterable[tuple[int, int]]) -> tuple[bytes, dict[tuple[int, int], int]]:
    """(the workbook as xlsx, where our results stood in a former round). ``tables``: worksheet from 1 and header row;
    to these the column is told, emptied. Raises whatever openpyxl raises: it is stricter than Excel, in many ways."""
    from openpyxl import load_workbook

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of extensions and pictures that openpyxl does not carry over
        book = load_workbook(BytesIO(original), keep_links=False, rich_text=_has_rich_text(original))
    book.template = False
    sheets = list(book.worksheets)  # as they are counted in the receipt
    if SUMMARY_SHEET in book.sheetnames:
        del book[SUMMARY_SHEET]
        for sheet in book.worksheets:
            _take_off_former_marks(sheet)
    _drop_what_reaches_out(book)
    values = _settle_formulas(book, original)
    former: dict[tuple[int, int], int] = {}
    for worksheet, header_row in tables:
        if worksheet <= len(sheets):
            col = emptied_results(sheets[worksheet - 1], header_row)
            former |= {(worksheet, header_row): col} if col else {}
    return _save(book, values), former


def _has_rich_text(original: bytes) -> bool:
    """Whether some cell is written in several fonts (a red asterisk in a header); reading for it doubles the time."""
    with zipfile.ZipFile(BytesIO(original)) as package:
        parts = [name for name in package.namelist() if name.lower().endswith("sharedstrings.xml")]
        return any(b"<r>" in package.read(name) for name in parts)


def _drop_what_reaches_out(book: Any) -> None:
    """Names, choices and conditions of other files and of programs. Without the links that they name, Excel would call
    the file damaged."""
    for scope in (book, *book.worksheets):
        for name in [n for n, defined in scope.defined_names.items() if _reaches_out(defined.attr_text)]:
            del scope.defined_names[name]
    for sheet in book.worksheets:
        kept = [v for v in sheet.data_validations.dataValidation if not _reaches_out(v.formula1, v.formula2)]
        sheet.data_validations.dataValidation = kept
        for conditions in list(sheet.conditional_formatting):
            if any(_reaches_out(*rule.formula) for rule in conditions.rules):
                del sheet.conditional_formatting[str(conditions.sqref)]


def _reaches_out(*formulas: str | None) -> bool:
    return any(re.search(REACHES_OUT, formula) for formula in formulas if formula)


def _settle_formulas(book: Any, original: bytes) -> dict[str, dict[str, Any]]:
    """Keep harmless formulas, replace the others by their last value. Sheet → address → value of those that stay."""
    kept: dict[str, dict[str, Any]] = {}
    for sheet in book.worksheets:
        # `_cells` holds only what is there; iterating rows would make every missing cell.
        formulas = [cell for cell in sheet._cells.values() if cell.data_type == "f"]
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


def _take_off_former_marks(sheet: Any) -> None:
    """Remove our fills, comments and drop-down of an earlier round; what the employer wrote in a comment stays."""
    from openpyxl.comments import Comment
    from openpyxl.styles import PatternFill

    kept = [each for each in sheet.data_validations.dataValidation if each.formula1 != CHOICE]
    sheet.data_validations.dataValidation = kept
    bare: dict[bytes, Any] = {}
    for cell in sheet._cells.values():
        if (comment := getattr(cell, "comment", None)) is not None and comment.author == AUTHOR:
            _, _, own = comment.text.partition(EMPLOYERS_OWN)
            cell.comment = Comment(own, "") if own else None
        if cell.has_style and str(cell.fill.fgColor.rgb)[-6:] in (RED, YELLOW, GREY):
            key = cell._style.tobytes()  # openpyxl hashes whatever is set of a style, so each is made once
            if key not in bare:
                cell.fill = PatternFill()
                bare[key] = cell._style
            cell._style = bare[key]


def emptied_results(sheet: Any, header_row: int) -> int | None:
    """The column of the former round, emptied. An employer may have one of that name itself, and its content stays."""
    for col in range(1, sheet.max_column + 1):
        if sheet.cell(header_row, col).value != RESULT_HEADER:
            continue
        cells = [sheet.cell(row, col) for row in range(header_row + 1, sheet.max_row + 1)]
        if all(cell.value in (None, "") or cell.value in OURS or is_confirmation(str(cell.value)) for cell in cells):
            for cell in cells:
                cell.value = None
            return col
    return None


def _save(book: Any, values: Mapping[str, Mapping[str, Any]]) -> bytes:
    saved = BytesIO()
    book.save(saved)
    if not values:
        return saved.getvalue()
    parts = {f"xl/worksheets/sheet{n}.xml": values.get(sheet.title, {}) for n, sheet in enumerate(book.worksheets, 1)}
    return put_values_back(saved.getvalue(), parts)
