"""COPY an Arrow table into a Postgres table: the fastest way in, and the only one for rows.

In COPY's binary format (PostgreSQL 18, COPY, "Binary Format"): a sealed value needs no digits, and the server parses no
text. The rows are put together column by column; no row is touched in Python.
"""

from __future__ import annotations

import io
from typing import Final, NamedTuple, cast

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc
from sqlalchemy import Connection
from sqlalchemy.engine.interfaces import DBAPICursor

HEADER: Final = b"PGCOPY\n\xff\r\n\x00" + bytes(8)
TRAILER: Final = b"\xff\xff"
NULL: Final = b"\xff\xff\xff\xff"
AT_ONCE: Final = 65_536  # rows; their bytes are counted in 32 bits
PIECE: Final = 2**18
DAYS_TO_2000: Final = 10_957  # Arrow counts days from 1970, Postgres from 2000


class Kind(NamedTuple):
    """What a column of Postgres takes: Arrow's type, and how its bytes go over; None: as they are."""

    arrow: pa.DataType
    sent: str | None


# By the number of the type (pg_type.dat).
KINDS: Final = {
    16: Kind(pa.bool_(), "i1"),
    17: Kind(pa.binary(), None),
    20: Kind(pa.int64(), ">i8"),
    21: Kind(pa.int16(), ">i2"),
    23: Kind(pa.int32(), ">i4"),
    25: Kind(pa.string(), None),
    700: Kind(pa.float32(), ">f4"),
    1016: Kind(pa.list_(pa.int64()), None),
    1082: Kind(pa.date32(), ">i4"),
}
_kinds: dict[tuple[str, str], list[Kind]] = {}


def copy_rows(connection: Connection, target: str, table: pa.Table) -> None:
    """COPY ``table`` into ``target``, columns by name. Null is null, and so is an empty string."""
    names = ", ".join(table.column_names)
    cursor = connection.connection.cursor()
    try:
        kinds = _kinds_of(cursor, target, names)
        buffer = io.BytesIO()
        buffer.write(HEADER)
        for start in range(0, table.num_rows, AT_ONCE):
            buffer.write(_rows(table.slice(start, AT_ONCE), kinds))
        buffer.write(TRAILER)
        buffer.seek(0)
        cursor.copy_expert(f"COPY {target} ({names}) FROM STDIN (FORMAT binary)", buffer, PIECE)
    finally:
        cursor.close()


def _kinds_of(cursor: DBAPICursor, target: str, names: str) -> list[Kind]:
    """What these columns take; asked once."""
    if (target, names) not in _kinds:
        cursor.execute(f"SELECT {names} FROM {target} WHERE false")  # noqa: S608 (the names are ours)
        _kinds[target, names] = [KINDS[cast(int, column[1])] for column in cursor.description or ()]
    return _kinds[target, names]


def _rows(table: pa.Table, kinds: list[Kind]) -> pa.Buffer:
    """Each row: the number of its fields, and each field's length before its bytes."""
    parts: list[pa.Array | bytes] = [len(kinds).to_bytes(2, "big")]
    for column, kind in zip(table.columns, kinds, strict=True):
        parts += _field(pa.concat_arrays(column.cast(kind.arrow).chunks), kind)
    rows = pc.binary_join_element_wise(*parts, b"")
    ends = np.frombuffer(rows.buffers()[1], np.int32)
    return rows.buffers()[2].slice(int(ends[rows.offset]), int(ends[rows.offset + len(rows)] - ends[rows.offset]))


def _field(values: pa.Array, kind: Kind) -> list[pa.Array | bytes]:
    if values.null_count == len(values):
        return [NULL]
    if pa.types.is_list(values.type):
        return _of_any_length(_arrays(values))
    if kind.sent is None:
        return _of_any_length(values)
    valid = values.is_valid().to_numpy(zero_copy_only=False)
    numbers = values.cast(pa.int32()) if pa.types.is_date32(values.type) else values
    plain = numbers.fill_null(False if pa.types.is_boolean(values.type) else 0).to_numpy(zero_copy_only=False)
    if pa.types.is_date32(values.type):
        plain = plain - DAYS_TO_2000
    sent = plain.astype(kind.sent).view(np.uint8).reshape(len(values), -1)
    return [_fixed(sent, valid)]


def _of_any_length(values: pa.Array) -> list[pa.Array | bytes]:
    if pa.types.is_string(values.type):
        values = pc.if_else(pc.equal(values, ""), pa.scalar(None, pa.string()), values).cast(pa.binary())
    lengths = pc.fill_null(pc.binary_length(values), -1).to_numpy(zero_copy_only=False)
    return [_equally_long(lengths.astype(">i4").view(np.uint8).reshape(len(values), 4)), pc.fill_null(values, b"")]


def _arrays(values: pa.ListArray) -> pa.Array:
    """Lists of int64 as Postgres sends arrays (array_send): dimensions, no nulls, the type, length, lower bound, then
    each number behind its length."""
    ends = values.offsets.to_numpy() - values.offsets[0].as_py()
    numbers = values.flatten().to_numpy()
    sent = np.empty((len(numbers), 12), np.uint8)
    sent[:, :4] = np.frombuffer((8).to_bytes(4, "big"), np.uint8)
    sent[:, 4:] = numbers.astype(">i8").view(np.uint8).reshape(-1, 8)
    heads = np.zeros((len(values), 5), ">i4")
    heads[:, 0], heads[:, 2], heads[:, 3], heads[:, 4] = 1, 20, np.diff(ends), 1
    buffers = [None, pa.py_buffer((ends * 12).astype(np.int32).tobytes()), pa.py_buffer(sent.tobytes())]
    bodies = pa.BinaryArray.from_buffers(pa.binary(), len(values), buffers)
    arrays = pc.binary_join_element_wise(_equally_long(heads.view(np.uint8)), bodies, b"")
    return pc.if_else(values.is_valid(), arrays, pa.scalar(None, pa.binary()))


def _fixed(sent: npt.NDArray[np.uint8], valid: npt.NDArray[np.bool_]) -> pa.Array:
    """Fields of one length; of a null there is nothing but the length."""
    rows, width = sent.shape
    fields = np.empty((rows, 4 + width), np.uint8)
    fields[:, :4] = np.frombuffer(width.to_bytes(4, "big"), np.uint8)
    fields[:, 4:] = sent
    if valid.all():
        return _equally_long(fields)
    fields[~valid, :4] = 255
    kept = np.ones(fields.shape, bool)
    kept[~valid, 4:] = False
    ends = np.concatenate(([0], np.where(valid, 4 + width, 4).cumsum())).astype(np.int32)
    return pa.BinaryArray.from_buffers(
        pa.binary(), rows, [None, pa.py_buffer(ends.tobytes()), pa.py_buffer(fields[kept].tobytes())]
    )


def _equally_long(fields: npt.NDArray[np.uint8]) -> pa.Array:
    rows, width = fields.shape
    ends = np.arange(0, (rows + 1) * width, width, dtype=np.int32)
    return pa.BinaryArray.from_buffers(
        pa.binary(), rows, [None, pa.py_buffer(ends.tobytes()), pa.py_buffer(np.ascontiguousarray(fields).tobytes())]
    )
