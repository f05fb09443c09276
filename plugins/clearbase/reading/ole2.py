"""The streams of an OLE2 file ([MS-CFB]): just enough to look into a BIFF workbook before calamine allocates for it."""

from __future__ import annotations

import struct
from typing import Final

from clearbase.reading.reasons import Unreadable

SECTOR: Final = 512
MAX_SECTOR: Final = 0xFFFFFFFA
WORKBOOK_STREAMS: Final = ("Workbook", "Book", "WORKBOOK", "BOOK")


def workbook_stream(data: bytes) -> bytes:
    """The bytes of the Workbook or Book stream. Raises Unreadable('broken') for a file that is cut or tangled."""
    try:
        return _workbook_stream(data)
    except (struct.error, IndexError, ValueError) as error:
        raise Unreadable("broken") from error


def _workbook_stream(data: bytes) -> bytes:
    sector = 1 << struct.unpack_from("<H", data, 30)[0]
    mini_sector = 1 << struct.unpack_from("<H", data, 32)[0]
    if sector not in (SECTOR, 8 * SECTOR) or mini_sector != 64:
        raise Unreadable("broken")
    first_directory, _, mini_cutoff, first_mini_fat, _, first_difat, difat_count = struct.unpack_from("<7I", data, 48)
    difat = list(struct.unpack_from("<109I", data, 76))
    at = first_difat
    for _ in range(min(difat_count, len(data) // sector)):
        entries = _ints(_sector(data, at, sector))
        difat += entries[:-1]
        at = entries[-1]
    fat: list[int] = []
    for number in difat:
        if number <= MAX_SECTOR:
            fat += _ints(_sector(data, number, sector))
    directory = _chain(data, first_directory, fat, sector)
    root, found = None, None
    for entry in range(0, len(directory) - 127, 128):
        length = struct.unpack_from("<H", directory, entry + 64)[0]
        name = directory[entry : entry + max(0, min(length, 64) - 2)].decode("utf-16-le", "replace")
        start, size = struct.unpack_from("<II", directory, entry + 116)
        if directory[entry + 66] == 5:
            root = (start, size)
        elif directory[entry + 66] == 2 and name in WORKBOOK_STREAMS and found is None:
            found = (start, size)
    if found is None or root is None:
        raise Unreadable("broken")
    start, size = found
    if size >= mini_cutoff:
        stream = _chain(data, start, fat, sector)
    else:
        container = _chain(data, root[0], fat, sector)
        mini_fat = _ints(_chain(data, first_mini_fat, fat, sector))
        stream = _chain(container, start, mini_fat, mini_sector, header=0)
    if len(stream) < size:
        raise Unreadable("broken")
    return stream[:size]


def _ints(block: bytes) -> list[int]:
    return list(struct.unpack(f"<{len(block) // 4}I", block[: len(block) // 4 * 4]))


def _sector(data: bytes, number: int, size: int, header: int = 1) -> bytes:
    block = data[(number + header) * size : (number + header + 1) * size]
    if not block or (len(block) < size and header == 0):
        raise Unreadable("broken")
    return block.ljust(size, b"\x00")  # some writers leave the last sector short


def _chain(data: bytes, first: int, fat: list[int], size: int, header: int = 1) -> bytes:
    blocks, at = [], first
    while at <= MAX_SECTOR:
        blocks.append(_sector(data, at, size, header))
        if len(blocks) > len(fat):  # a chain that bites its tail
            raise Unreadable("broken")
        at = fat[at]
    return b"".join(blocks)
