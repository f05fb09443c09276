"""A line's values as one JSON object a row, made column by column: no row is touched in Python."""

from __future__ import annotations

import json

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

_ESCAPES = (("\\", "\\\\"), ('"', '\\"'), ("\n", "\\n"), ("\r", "\\r"), ("\t", "\\t"))


def json_rows(table: pa.Table, fields: list[str]) -> pa.Array:
    """``binary`` array of UTF-8 JSON objects with the non-null ``fields`` (all string columns) of each row. Each
    distinct value is written once."""
    parts: list[pa.Array | bytes] = [b"{"]
    begun = pa.repeat(False, table.num_rows)  # whether a row has a member before this one
    for name in fields:
        column = table[name]
        column = column.combine_chunks() if isinstance(column, pa.ChunkedArray) else column
        encoded = pc.dictionary_encode(column)
        always = bool(pc.all(begun).as_py())  # then the comma belongs to the member
        head = f'{"," if always else ""}{json.dumps(name)}:"'.encode()
        members = pc.binary_join_element_wise(head, _escaped(encoded.dictionary).cast(pa.binary()), b'"', b"")
        valid = column.is_valid()
        if not always:
            parts.append(pc.if_else(pc.and_(begun, valid), pa.scalar(b",", pa.binary()), pa.scalar(b"", pa.binary())))
        parts.append(pc.fill_null(members.take(encoded.indices), b""))
        begun = pc.or_(begun, valid)
    parts.append(b"}")
    if len(parts) == 2:
        return pa.array([b"{}"] * table.num_rows, pa.binary())
    return pc.binary_join_element_wise(*parts, b"")


def _escaped(text: pa.StringArray) -> pa.StringArray:
    """As JSON has it (RFC 8259, 7); control characters that have no short escape are no text and go."""
    if not _has_special(text):
        return text
    for raw, escaped in _ESCAPES:
        text = pc.replace_substring(text, raw, escaped)
    return pc.replace_substring_regex(text, "[\\x00-\\x1f]", "")


def _has_special(text: pa.StringArray) -> bool:
    """Asked of all bytes at once: in UTF-8 the bytes of longer characters are none of these."""
    if not len(text):
        return False
    ends = np.frombuffer(text.buffers()[1], np.int32)[text.offset : text.offset + len(text) + 1]
    if ends[0] == ends[-1]:
        return False
    data = np.frombuffer(text.buffers()[2], np.uint8)[ends[0] : ends[-1]]
    return bool(((data < 0x20) | (data == ord('"')) | (data == ord("\\"))).any())
