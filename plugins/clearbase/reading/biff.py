"""What a BIFF workbook (.xls) would become, found before anything is allocated for it ([MS-XLS] 2.3).

calamine holds each sheet as a full rectangle; a damaged column number would cost gigabytes. And it does not always tell
a password from damage: the FILEPASS record does.
"""

from __future__ import annotations

import struct
from typing import Final

from clearbase.reading.container import OLE2
from clearbase.reading.extent import MAX_CELLS
from clearbase.reading.ole2 import workbook_stream
from clearbase.reading.reasons import Unreadable

BOF: Final = 0x0809
FILEPASS: Final = 0x002F
MAX_COLUMNS: Final = 256
# Records that put values at a row and a column: number, label, boolean or error, formula, RK, string.
CELLS: Final = frozenset({0x0003, 0x0203, 0x0004, 0x0204, 0x00FD, 0x0205, 0x0006, 0x0206, 0x0406, 0x027E, 0x00D6})
# RK values of several columns of one row; the last column stands at the end.
MULTIPLE: Final = 0x00BD

_HEAD: Final = struct.Struct("<HH")


def refuse_unreadable_biff(data: bytes) -> None:
    """Raises Unreadable: encrypted, broken, too_large."""
    stream = workbook_stream(data) if data.startswith(OLE2) else data
    at, end = 0, len(stream) - 4
    rows = columns = 0
    read = _HEAD.unpack_from
    while at <= end:
        record, length = read(stream, at)
        body = at + 4
        at = body + length
        if at > len(stream):
            break
        if record in CELLS and length >= 6:
            row, column = read(stream, body)
            rows, columns = max(rows, row + 1), max(columns, column + 1)
        elif record == MULTIPLE and length >= 12:
            row, _ = read(stream, body)
            last = read(stream, at - 4)[1]
            rows, columns = max(rows, row + 1), max(columns, last + 1)
        elif record == FILEPASS and length >= 2 and stream[body : body + length].strip(b"\x00"):
            raise Unreadable("encrypted")
        elif record == BOF:
            rows = columns = 0
        if columns > MAX_COLUMNS:
            raise Unreadable("broken")
        if rows * columns > MAX_CELLS:
            raise Unreadable("too_large")
