"""A BIFF workbook (.xls) looked through before calamine allocates for it ([MS-XLS] 2.3): what it would become, and what
it says of its cells beside their values.

calamine holds each sheet as a full rectangle; a damaged column number would cost gigabytes. And it does not always tell
a password from damage: the FILEPASS record does.
"""

from __future__ import annotations

import struct
from collections.abc import Callable
from typing import Final

from clearbase.reading.cell_marks import CellMarks
from clearbase.reading.container import OLE2
from clearbase.reading.extent import MAX_CELLS
from clearbase.reading.ole2 import workbook_stream
from clearbase.reading.reasons import Unreadable

BOF: Final = 0x0809
EOF: Final = 0x000A
FILEPASS: Final = 0x002F
MAX_COLUMNS: Final = 256
# Records that put values at a row and a column: number, label, boolean or error, formula, RK, string.
FORMULAS: Final = frozenset({0x0006, 0x0206, 0x0406})
BOOLERR: Final = 0x0205
CELLS: Final = frozenset({0x0003, 0x0203, 0x0004, 0x0204, 0x00FD, 0x027E, 0x00D6, BOOLERR}) | FORMULAS
# RK values of several columns of one row; the last column stands at the end.
MULTIPLE: Final = 0x00BD
FONT: Final = 0x0031
XF: Final = 0x00E0
BOUNDSHEET: Final = 0x0085
ROW: Final = 0x0208
DATEMODE: Final = 0x0022
IS_STRUCK: Final = 0x0008
IS_HIDDEN: Final = 0x20
# [MS-XLS] 2.5.10 BErr
ERRORS: Final = {
    0x00: "#NULL!",
    0x07: "#DIV/0!",
    0x0F: "#VALUE!",
    0x17: "#REF!",
    0x1D: "#NAME?",
    0x24: "#NUM!",
    0x2A: "#N/A",
}

_HEAD: Final = struct.Struct("<HH")
_CELL: Final = struct.Struct("<HHH")


def look_through_biff(data: bytes) -> list[CellMarks]:
    """The marks of each sheet in the workbook's order. Raises Unreadable: encrypted, broken, too_large."""
    stream = workbook_stream(data) if data.startswith(OLE2) else data
    book = _Book(len(stream))
    at, end = 0, len(stream) - 4
    rows = columns = cells = 0
    read, place = _HEAD.unpack_from, _CELL.unpack_from
    while at <= end:
        record, length = read(stream, at)
        body = at + 4
        at = body + length
        if at > len(stream):
            break
        if record in CELLS and length >= 6:
            row, column, form = place(stream, body)
            rows, columns = max(rows, row + 1), max(columns, column + 1)
            if form in book.struck:
                book.sheet.struck.add((row, column))
            if record == BOOLERR or record in FORMULAS:
                book.error(row, column, record, stream[body:at])
        elif record == MULTIPLE and length >= 12:
            row, first = read(stream, body)
            last = read(stream, at - 4)[1]
            rows, columns = max(rows, row + 1), max(columns, last + 1)
            if book.struck:
                forms = stream[body + 4 : at - 2]
                book.several(row, first, [read(forms, n)[0] for n in range(0, len(forms) - 5, 6)])
        elif record == FILEPASS and length >= 2 and stream[body : body + length].strip(b"\x00"):
            raise Unreadable("encrypted")
        elif record == BOF:
            cells += rows * columns
            rows = columns = 0
            book.begin(body - 4)
        elif record in book.told:
            book.told[record](stream[body:at])
        if columns > MAX_COLUMNS:
            raise Unreadable("broken")
        if cells + rows * columns > MAX_CELLS:
            raise Unreadable("too_large")
    return book.finished()


class _Book:
    """What the records have said so far. ``struck``: formats of cells that are struck out; ``sheet``: the marks of the
    sheet whose records are read, or of nothing."""

    def __init__(self, length: int) -> None:
        self._length = length
        self.struck: frozenset[int] = frozenset()
        self.sheet = CellMarks()
        self.told: dict[int, Callable[[bytes], None]] = {
            FONT: self._font,
            XF: self._format,
            BOUNDSHEET: self._bound,
            ROW: self._row,
            DATEMODE: self._epoch,
            EOF: self._end,
        }
        self._fonts: list[bool] = []
        self._formats: list[int] = []
        self._sheets: dict[int, CellMarks] = {}  # by the place where the sheet begins, in the workbook's order
        self._outer: list[CellMarks] = []
        self._from_1904 = False

    def finished(self) -> list[CellMarks]:
        for marks in self._sheets.values():
            marks.from_1904 = self._from_1904
        return list(self._sheets.values())

    def begin(self, at: int) -> None:
        """A sheet, or the chart in one, which has cells of its own that are none of the sheet's."""
        self._outer.append(self.sheet)
        self.sheet = self._sheets.get(at, CellMarks())
        # Of fonts there is no number 4.
        struck = {n if n < 4 else n + 1 for n, is_struck in enumerate(self._fonts) if is_struck}
        self.struck = frozenset(n for n, font in enumerate(self._formats) if font in struck)

    def error(self, row: int, column: int, record: int, body: bytes) -> None:
        if record == BOOLERR:
            code = body[6] if len(body) >= 8 and body[7] else None
        else:
            code = body[8] if len(body) >= 14 and body[6] == 2 and body[12:14] == b"\xff\xff" else None
        if code is not None and (said := ERRORS.get(code)):
            self.sheet.errors[row, column] = said

    def several(self, row: int, first: int, forms: list[int]) -> None:
        self.sheet.struck |= {(row, first + n) for n, form in enumerate(forms) if form in self.struck}

    def _font(self, body: bytes) -> None:
        self._fonts.append(len(body) >= 4 and bool(_HEAD.unpack_from(body)[1] & IS_STRUCK))

    def _format(self, body: bytes) -> None:
        self._formats.append(_HEAD.unpack_from(body)[0] if len(body) >= 4 else 0)

    def _bound(self, body: bytes) -> None:
        at = int.from_bytes(body[:4], "little")
        if at >= self._length:  # calamine would panic
            raise Unreadable("broken")
        self._sheets[at] = CellMarks()

    def _row(self, body: bytes) -> None:
        if len(body) >= 14 and body[12] & IS_HIDDEN:
            self.sheet.hidden_rows.add(_HEAD.unpack_from(body)[0])

    def _epoch(self, body: bytes) -> None:
        self._from_1904 = self._from_1904 or body[:1] == b"\x01"

    def _end(self, _: bytes) -> None:
        if self._outer:
            self.sheet = self._outer.pop()
