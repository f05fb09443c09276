"""How large a workbook would become, found before anything is allocated for it.

calamine holds a sheet as a full rectangle. A cell in A1 and one in XFD1048576 are 17 billion cells, and an allocation
that fails in Rust ends the process, not the file. So the members are streamed once and measured (messiness A12).
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator
from typing import Final

from clearbase.reading.archive import DAMAGED
from clearbase.reading.reasons import Unreadable
from clearbase.reading.shared_texts import LONGEST_TEXT, SHARED_STRINGS, SharedTexts, TextRuns, look_through

MAX_UNPACKED: Final = 4 * 2**30
MAX_CELLS: Final = 60_000_000  # 32 bytes each in calamine
MAX_RATIO: Final = 400
RATIO_COUNTS_FROM: Final = 256 * 2**20
# An honest <dimension> spares the measuring where the sheet is so long that its rectangle can be hardly larger.
TRUST_DIMENSION_FROM: Final = 64 * 2**20

# Before a sheet's cells are looked at one by one: what has no column of three letters is narrow.
NARROW: Final = 702
WIDEST: Final = 16_384

_CHUNK: Final = 1 << 20
_ROW: Final = re.compile(rb"<(?:\w+:)?row\b[^>]*?\sr=\"(\d{1,9})\"")
_REF: Final = re.compile(rb"\sr=\"([A-Z]{1,3})\d{1,9}\"")
_WIDE: Final = re.compile(rb"\sr=\"[A-Z]{3}\d")
_DEEP: Final = re.compile(rb"\sr=\"[A-Z]{1,3}\d{5}")
_DIMENSION: Final = re.compile(rb"<(?:\w+:)?dimension ref=\"[A-Z]{1,3}\d+:([A-Z]{1,3})(\d{1,9})\"")


def refuse_oversized(data: bytes) -> SharedTexts:
    """What the workbook's shared strings are like. Raises Unreadable: too_large for an xlsx whose sheets would not fit
    together, text_too_long, broken_zip if it cannot be unpacked."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            members = package.infolist()
            if sum(m.file_size for m in members) > MAX_UNPACKED or len(members) > 10_000:
                raise Unreadable("too_large")
            for member in members:
                if member.file_size > RATIO_COUNTS_FROM and member.file_size > MAX_RATIO * max(member.compress_size, 1):
                    raise Unreadable("too_large")
            texts = [member for member in members if member.filename.lower() == SHARED_STRINGS]
            shared = look_through(block for text in texts[:1] for block in _blocks(package, text))
            _refuse_rectangles(package, [member for member in members if _is_sheet(member)])
            return shared
    except DAMAGED as error:
        raise Unreadable("broken_zip") from error


def _is_sheet(member: zipfile.ZipInfo) -> bool:
    name = member.filename.lower()
    return name.startswith("xl/worksheets/") and name.endswith(".xml")


def _refuse_rectangles(package: zipfile.ZipFile, sheets: list[zipfile.ZipInfo]) -> None:
    """All sheets together: six of 52 million cells are as much as one of 312 million."""
    sizes = [_measure(package, sheet) for sheet in sheets]
    if sum(rows * columns for rows, columns, _ in sizes) <= MAX_CELLS:
        return
    exact = [
        rows * (columns if is_exact else _widest(package, sheet))
        for (rows, columns, is_exact), sheet in zip(sizes, sheets, strict=True)
    ]
    if sum(exact) > MAX_CELLS:
        raise Unreadable("too_large")


def _measure(package: zipfile.ZipFile, member: zipfile.ZipInfo) -> tuple[int, int, bool]:
    """(last row, last column at the most, whether that is exact) that hold a cell."""
    rows = 0
    columns = NARROW
    tail = b""
    runs = TextRuns()
    for block in _blocks(package, member):
        text = tail + block
        if not tail and _is_trusted(member) and (told := _DIMENSION.search(text[:4096])):
            return int(told[2]), column_number(told[1]), True
        runs.refuse_longer(block, LONGEST_TEXT)
        rows = max(rows, max((int(r) for r in _ROW.findall(text)), default=0))
        # A cell's own reference wins over its row's; where the two disagree, expect the worst.
        if rows < 10_000 and _DEEP.search(text):
            rows = 1_048_576
        if columns == NARROW and _WIDE.search(text):
            columns = WIDEST
        tail = text[-64:]
    return rows, columns, False


def _blocks(package: zipfile.ZipFile, member: zipfile.ZipInfo) -> Iterator[bytes]:
    unpacked = 0
    with package.open(member) as stream:
        while block := stream.read(_CHUNK):
            unpacked += len(block)
            if unpacked > MAX_UNPACKED:  # the directory may lie about sizes
                raise Unreadable("too_large")
            yield block


def _is_trusted(member: zipfile.ZipInfo) -> bool:
    return member.file_size >= TRUST_DIMENSION_FROM and member.file_size < 40 * member.compress_size


def _widest(package: zipfile.ZipFile, member: zipfile.ZipInfo) -> int:
    widest, tail = 1, b""
    for block in _blocks(package, member):
        text = tail + block
        widest = max(widest, max(map(column_number, set(_REF.findall(text))), default=0))
        tail = text[-64:]
    return widest


def column_number(letters: bytes) -> int:
    """``b"A"`` → 1, ``b"XFD"`` → 16384."""
    number = 0
    for letter in letters:
        number = number * 26 + letter - 64
    return number
