"""How large a workbook would become, found before anything is allocated for it.

calamine holds a sheet as a full rectangle. A cell in A1 and one in XFD1048576 are 17 billion cells, and an allocation
that fails in Rust ends the process, not the file. So the members are streamed once and measured (messiness A12).
"""

from __future__ import annotations

import io
import re
import zipfile
from typing import Final

from clearbase.reading.archive import DAMAGED
from clearbase.reading.reasons import Unreadable

MAX_UNPACKED: Final = 4 * 2**30
MAX_CELLS: Final = 60_000_000  # 32 bytes each in calamine
MAX_RATIO: Final = 400
RATIO_COUNTS_FROM: Final = 256 * 2**20
# An honest <dimension> spares the measuring where the sheet is so long that its rectangle can be hardly larger.
TRUST_DIMENSION_FROM: Final = 64 * 2**20

_CHUNK: Final = 1 << 20
_ROW: Final = re.compile(rb"<(?:\w+:)?row\b[^>]*?\sr=\"(\d{1,9})\"")
_REF: Final = re.compile(rb"\sr=\"([A-Z]{1,3})(\d{1,9})\"")
_WIDE: Final = re.compile(rb"\sr=\"[A-Z]{3}\d")
_DEEP: Final = re.compile(rb"\sr=\"[A-Z]{1,3}\d{5}")
_DIMENSION: Final = re.compile(rb"<(?:\w+:)?dimension ref=\"[A-Z]{1,3}\d+:([A-Z]{1,3})(\d{1,9})\"")


def refuse_oversized(data: bytes) -> None:
    """Raises Unreadable: too_large for an xlsx whose sheets would not fit, broken_zip if it cannot be unpacked."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            members = package.infolist()
            if sum(m.file_size for m in members) > MAX_UNPACKED or len(members) > 10_000:
                raise Unreadable("too_large")
            for member in members:
                if member.file_size > RATIO_COUNTS_FROM and member.file_size > MAX_RATIO * max(member.compress_size, 1):
                    raise Unreadable("too_large")
                if member.filename.lower().startswith("xl/worksheets/") and member.filename.lower().endswith(".xml"):
                    rows, columns = _measure(package, member)
                    if rows * columns > MAX_CELLS:
                        raise Unreadable("too_large")
    except DAMAGED as error:
        raise Unreadable("broken_zip") from error


def _measure(package: zipfile.ZipFile, member: zipfile.ZipInfo) -> tuple[int, int]:
    """(last row, last column) that hold a cell."""
    rows = columns = unpacked = 0
    tail = b""
    with package.open(member) as stream:
        while block := stream.read(_CHUNK):
            unpacked += len(block)
            if unpacked > MAX_UNPACKED:  # the directory may lie about sizes
                raise Unreadable("too_large")
            text = tail + block
            if not tail and _is_trusted(member) and (told := _DIMENSION.search(text[:4096])):
                return int(told[2]), column_number(told[1])
            rows = max(rows, max((int(r) for r in _ROW.findall(text)), default=0))
            # A cell's own reference wins over its row's; where the two disagree, expect the worst.
            if rows < 10_000 and _DEEP.search(text):
                rows = 1_048_576
            # Columns count only where rows times what is narrow enough would not fit anyhow.
            if columns < 702 and _WIDE.search(text):
                columns = 703
            tail = text[-64:]
    if rows * max(columns, 702) <= MAX_CELLS and columns <= 702:
        return rows, max(columns, 1)
    return rows, _widest(package, member)


def _is_trusted(member: zipfile.ZipInfo) -> bool:
    return member.file_size >= TRUST_DIMENSION_FROM and member.file_size < 40 * member.compress_size


def _widest(package: zipfile.ZipFile, member: zipfile.ZipInfo) -> int:
    widest, tail = 0, b""
    with package.open(member) as stream:
        while block := stream.read(_CHUNK):
            text = tail + block
            letters = {match[0] for match in _REF.findall(text)}
            widest = max(widest, max(map(column_number, letters), default=0))
            tail = text[-64:]
    return max(widest, 1)


def column_number(letters: bytes) -> int:
    """``b"A"`` → 1, ``b"XFD"`` → 16384."""
    number = 0
    for letter in letters:
        number = number * 26 + letter - 64
    return number
