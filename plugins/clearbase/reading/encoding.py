"""Bytes to text: byte-order mark, then strict UTF-8, then UTF-16 by its NULs, then GB18030 (messiness A5).

Never Python's ``gb2312``: it reads A1A4, the dot in minority names, as U+30FB instead of U+00B7.
"""

from __future__ import annotations

import codecs
import struct
from typing import Final

import pyarrow as pa

from clearbase.reading.reasons import Unreadable

BOMS: Final[tuple[tuple[bytes, str], ...]] = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
# What a text may hold before it is called binary: characters that neither encoding knows, or control characters.
MAX_BROKEN_SHARE: Final = 0.01
_CONTROLS: Final = bytes(set(range(32)) - set(b"\t\n\r\x0b\x0c\x1a\x1b"))


def decode_text(data: bytes) -> tuple[str, str]:
    """The text of ``data`` without its mark, and the encoding's name. Raises Unreadable('binary')."""
    encoded, encoding = utf8_of(data)
    return encoded.decode(), encoding


def utf8_of(data: bytes) -> tuple[bytes, str]:
    """The text of ``data`` in UTF-8, without its mark, and the encoding's name. Raises Unreadable('binary').

    What is UTF-8 already is looked through and not copied: for a large file, decoding and encoding it again would cost
    as much as parsing it.
    """
    for bom, encoding in BOMS:
        if data.startswith(bom):
            rest = data[len(bom) :]
            if encoding == "utf-8" and _is_utf8(rest):
                return rest, encoding
            return _accepted(rest.decode(encoding, "replace"), encoding)
    if _looks_utf16(data):
        encoding = "utf-16-le" if data[1:200:2].count(0) >= data[0:200:2].count(0) else "utf-16-be"
        return _accepted(data.decode(encoding, "replace"), encoding)
    if b"\x00" in data[:65536] or sum(data[:65536].count(c) for c in _CONTROLS) > MAX_BROKEN_SHARE * len(data[:65536]):
        raise Unreadable("binary")
    if _is_utf8(data):
        return data, "utf-8"
    try:
        data.decode("utf-8")
    except UnicodeDecodeError as error:
        # A file cut in the middle of a character is still UTF-8.
        if error.start >= len(data) - 3 and error.start > 0:
            return data[: error.start], "utf-8, cut"
    return _accepted(data.decode("gb18030", "replace"), "gb18030")


def _is_utf8(data: bytes) -> bool:
    """Arrow looks through bytes much faster than Python decodes them, and makes nothing of them."""
    ends = pa.py_buffer(struct.pack("=qq", 0, len(data)))
    try:
        pa.LargeBinaryArray.from_buffers(pa.large_binary(), 1, [None, ends, pa.py_buffer(data)]).cast(pa.large_string())
    except pa.ArrowInvalid:
        return False
    return True


def _looks_utf16(data: bytes) -> bool:
    head = data[:4000]
    nuls = head.count(0)
    if len(head) < 8 or not nuls:
        return False
    # Commas and line ends of UTF-16 text have their NUL always on one side; binary has them on both.
    odd, even = head[1::2].count(0), head[0::2].count(0)
    return max(odd, even) >= 0.05 * len(head) and min(odd, even) <= 0.01 * len(head)


def _accepted(text: str, encoding: str) -> tuple[bytes, str]:
    head = text[:65536]
    broken = head.count("\ufffd") + sum(head.count(chr(c)) for c in (*_CONTROLS, 0x7F))
    if broken > MAX_BROKEN_SHARE * max(len(head), 100):
        raise Unreadable("binary")
    return text.encode("utf-8", "replace"), encoding
