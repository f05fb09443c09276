"""Marking the employer's sheets: filled and commented cells, and the 处理结果 column after the header's last cell.

Only openpyxl objects come in here. Fill, comment and column are the whole of what is added; the former round's are
taken off first when a marked workbook is sent again.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from copy import copy
from typing import Any, Final

from clearbase.reading.result_column import CONFIRM_WORD, RESULT_HEADER, is_confirmation
from clearbase.receipts.marks import CellMark
from clearbase.receipts.texts import LINE_RESULTS, RESULT_SHOWN

AUTHOR: Final = "清底"
EMPLOYERS_OWN: Final = "\n——原批注——\n"  # what the employer had written there comes after this line
RED, YELLOW, GREY = "FFC7CE", "FFF2CC", "E7E6E6"
FILL_OF_SEVERITY: Final = {"error": RED, "warning": YELLOW}
FILL_OF_RESULT: Final = {"隔离": RED, "有错": RED, "退回": RED, "提醒": YELLOW, "待核": YELLOW, "重复": GREY}
RESULT_WIDTH, WIDTH_TO_ASK = 12.0, 32.0
OURS: Final = frozenset((*LINE_RESULTS, *RESULT_SHOWN.values()))
CHOICE: Final = f'"{CONFIRM_WORD}"'


class Painter:
    """Fills cells of one workbook; each (style, colour) pair is made once, since openpyxl hashes every style.

    A style that it has numbered (``style_id``) must not be changed any more: it is a key of its table, which would no
    longer find it and grow with every cell. So nothing here asks for a number.
    """

    def __init__(self) -> None:
        self._made: dict[tuple[bytes, str], Any] = {}

    def fill(self, cell: Any, colour: str) -> None:
        from openpyxl.styles import PatternFill

        key = (cell._style.tobytes() if cell.has_style else b"", colour)
        if key not in self._made:
            cell._style = copy(cell._style)  # None where it has none yet
            cell.fill = PatternFill("solid", fgColor=colour)
            self._made[key] = cell._style
        cell._style = copy(self._made[key])


def top_left_of_merges(sheet: Any) -> dict[tuple[int, int], tuple[int, int]]:
    """Every covered cell of a merged range → the cell that shows."""
    return {
        (row, col): (merged.min_row, merged.min_col)
        for merged in sheet.merged_cells.ranges
        for row in range(merged.min_row, merged.max_row + 1)
        for col in range(merged.min_col, merged.max_col + 1)
    }


def mark_cells(
    sheet: Any, marks: Iterable[CellMark], to_comment: set[int], result_col: int | None, paint: Painter
) -> None:
    """Fill the flagged cells; comment those whose mark's ``id`` is in ``to_comment``."""
    shown = top_left_of_merges(sheet)
    for mark in marks:
        if (col := mark.col or result_col) is None:
            continue
        cell = sheet.cell(*shown.get((mark.row, col), (mark.row, col)))
        if mark.col:
            paint.fill(cell, FILL_OF_SEVERITY[mark.severity])
        if id(mark) in to_comment:
            _comment(cell, "\n\n".join(mark.remarks))


def _comment(cell: Any, text: str) -> None:
    from openpyxl.comments import Comment

    former = cell.comment
    if former is not None:
        text += ("\n\n" if former.author == AUTHOR else EMPLOYERS_OWN) + former.text
    lines = sum(1 + len(line) // 22 for line in text.split("\n"))  # 22 Han characters fit into 300 px
    cell.comment = Comment(text, AUTHOR, width=300, height=20 + 18 * min(lines, 24))


def write_results(sheet: Any, header_row: int, last_col: int, results: Mapping[int, str], paint: Painter) -> int:
    """Write the 处理结果 column and return its number; it takes the look of the column to its left."""
    col = _result_column(sheet, header_row, last_col)
    header = sheet.cell(header_row, col)
    left = (header_row, col - 1)
    header._style = copy(sheet.cell(*top_left_of_merges(sheet).get(left, left))._style)  # of 入职日期 over two rows
    header.value = RESULT_HEADER
    for row, result in results.items():
        cell = sheet.cell(row, col)
        cell._style = copy(sheet.cell(row, col - 1)._style)
        cell.value = RESULT_SHOWN.get(result, result)
        if colour := FILL_OF_RESULT.get(result):
            paint.fill(cell, colour)
    asking = any(result in RESULT_SHOWN for result in results.values())
    if asking:
        _offer_confirmation(sheet, col, results)
    _give_width(sheet, col, WIDTH_TO_ASK if asking else RESULT_WIDTH)
    _extend_filter(sheet, header_row, col)
    return col


def _result_column(sheet: Any, header_row: int, last_col: int) -> int:
    """The column of the former round if there is one, else the first that is free from the header row down."""
    for col in range(1, sheet.max_column + 1):
        if sheet.cell(header_row, col).value == RESULT_HEADER and _is_ours(sheet, header_row, col):
            for row in range(header_row + 1, sheet.max_row + 1):
                sheet.cell(row, col).value = None
            return col
    # A formatted, empty cell is free; one with text below, or under a merged header, is not.
    taken = {cell.column for cell in sheet._cells.values() if cell.row >= header_row and cell.value is not None}
    for merged in sheet.merged_cells.ranges:
        if merged.max_row >= header_row:
            taken.update(range(merged.min_col, merged.max_col + 1))
    headed = [c for c in range(1, sheet.max_column + 1) if sheet.cell(header_row, c).value is not None]
    col = max([last_col, *headed]) + 1
    while col in taken:
        col += 1
    return col


def _is_ours(sheet: Any, header_row: int, col: int) -> bool:
    """Whether all that stands below the header are words of ours, or of who confirms: an employer may have a column of
    that name itself, and its content stays."""
    cells = (sheet.cell(row, col).value for row in range(header_row + 1, sheet.max_row + 1))
    return all(text in OURS or is_confirmation(str(text)) for text in cells if text not in (None, ""))


def _offer_confirmation(sheet: Any, col: int, rows: Iterable[int]) -> None:
    """A drop-down beside the lines: who is asked to confirm need not type it. Anything else may be typed."""
    from openpyxl.utils import get_column_letter as letter
    from openpyxl.worksheet.datavalidation import DataValidation

    choice = DataValidation(type="list", formula1=CHOICE, allow_blank=True, showErrorMessage=False)
    choice.add(f"{letter(col)}{min(rows)}:{letter(col)}{max(rows)}")
    sheet.add_data_validation(choice)


def _give_width(sheet: Any, col: int, width: float) -> None:
    """A width of its own, shown. One ``<col>`` often spans all columns to the edge of the sheet, hidden ones too:
    it is split round ours, because overlapping spans make Excel repair the file."""
    from openpyxl.utils import get_column_letter as letter
    from openpyxl.worksheet.dimensions import ColumnDimension

    dimensions = sheet.column_dimensions
    for span in list(dimensions.values()):
        first, last = span.min or 0, span.max or 0
        if first <= col <= last:
            del dimensions[letter(first)]
            for low, high in ((first, col - 1), (col + 1, last)):
                if low <= high:
                    part = copy(span)
                    part.index, part.min, part.max = letter(low), low, high
                    dimensions[letter(low)] = part
    dimensions[letter(col)] = ColumnDimension(sheet, index=letter(col), width=width, customWidth=True)


def _extend_filter(sheet: Any, header_row: int, col: int) -> None:
    from openpyxl.utils import get_column_letter as letter
    from openpyxl.utils import range_boundaries

    if sheet.tables:  # a table brings its own filter, and two that overlap make Excel repair the file
        return
    first_col = 1
    if sheet.auto_filter.ref:
        first_col, first_row, last_col, _ = range_boundaries(sheet.auto_filter.ref)
        if first_row != header_row or not last_col:
            return
        col = max(col, last_col)
    sheet.auto_filter.ref = f"{letter(first_col)}{header_row}:{letter(col)}{max(sheet.max_row, header_row)}"


def take_off_former_marks(sheet: Any) -> None:
    """Remove our fills, comments and drop-down of an earlier round; what the employer wrote in a comment stays."""
    from openpyxl.comments import Comment
    from openpyxl.styles import PatternFill

    kept = [each for each in sheet.data_validations.dataValidation if each.formula1 != CHOICE]
    sheet.data_validations.dataValidation = kept
    for cell in sheet._cells.values():
        if (comment := getattr(cell, "comment", None)) is not None and comment.author == AUTHOR:
            _, _, own = comment.text.partition(EMPLOYERS_OWN)
            cell.comment = Comment(own, "") if own else None
        if cell.has_style and str(cell.fill.fgColor.rgb)[-6:] in (RED, YELLOW, GREY):
            cell.fill = PatternFill()
