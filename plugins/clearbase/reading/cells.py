"""Typed cells to text and kind, a column at a time.

The kind is kept because text cannot tell it: 330203199003075676 stored as a number is lost, as text it is not
(messiness C1-C3). Numbers are never cast to longer digits than they hold.
"""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Callable, Sequence
from itertools import compress
from typing import Any, Final

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from clearbase.records import BOOL, DATE, EMPTY, ERROR, NUMBER, TEXT

Column = tuple[pa.Array, npt.NDArray[np.int8]]

# From here on a float no longer holds every digit that a person may have typed, so it is shown in its own notation.
EXACT_BELOW: Final = 1e15
# Characters that a cell of Excel can hold. What is longer elsewhere is cut: patterns are asked of texts later.
LONGEST_CELL: Final = 32_767


def number_text(value: float) -> str:
    """``3.0`` → ``3``; ``13800138000.0`` → ``13800138000``; ``3.30203199003075e+17`` stays as it is."""
    if not math.isfinite(value):
        return ""
    if abs(value) < EXACT_BELOW and value == int(value):
        return str(int(value))
    return repr(float(value))


def moment_text(value: dt.datetime) -> str:
    """ISO date; with the time of day where the cell has one."""
    if value.time() == dt.time():
        return value.date().isoformat()
    return value.replace(microsecond=0).isoformat(" ")


class CellError(str):
    """An Excel error (``#REF!``), where the container tells it; calamine gives such a cell as empty."""

    __slots__ = ()


# Exact type → (text, kind). A duration is a number of days in the sheet, a time of day is a date cell without a day.
CONVERT: Final[dict[type, tuple[Callable[[Any], str], int]]] = {
    str: (str, TEXT),
    CellError: (str, ERROR),
    float: (number_text, NUMBER),
    int: (number_text, NUMBER),
    bool: (lambda v: "TRUE" if v else "FALSE", BOOL),
    dt.date: (dt.date.isoformat, DATE),
    dt.datetime: (moment_text, DATE),
    dt.time: (lambda v: v.replace(microsecond=0).isoformat(), DATE),
    dt.timedelta: (lambda v: number_text(v / dt.timedelta(days=1)), NUMBER),
}


def column_of(values: Sequence[Any]) -> Column:
    """One column of typed cells ('' is empty) → (string array with nulls, int8 kinds)."""
    texts = _texts_array(values)
    if texts is not None:
        return texts_column(texts)
    types = list(map(type, values))
    if len(set(types)) > 1:
        return _mixed_column(values, types)
    if types[0] in (float, int):
        return _numbers_column(np.array(values, dtype=np.float64))
    if types[0] is dt.date:
        return pa.array(values, pa.date32()).cast(pa.string()), np.full(len(values), DATE, np.int8)
    return _converted(values)


def _texts_array(values: Sequence[Any]) -> pa.Array | None:
    """Plain texts as one piece of UTF-8, which is made much faster than Arrow takes them one by one; None where one of
    the values is no text."""
    try:
        joined = "\0".join(values)
    except TypeError:
        return None
    if not joined or CellError in set(map(type, values)) or joined.count("\0") != len(values) - 1:
        return pa.array(values, pa.string()) if set(map(type, values)) <= {str} else None
    raw = np.frombuffer(joined.encode(), np.uint8)
    between = np.flatnonzero(raw == 0)
    ends = np.zeros(len(values) + 1, np.int32)
    ends[1:-1] = between - np.arange(len(between))
    ends[-1] = len(raw) - len(between)
    return pa.StringArray.from_buffers(len(values), pa.py_buffer(ends), pa.py_buffer(raw[raw != 0]))


# First bytes in UTF-8 of the characters that Unicode calls white space.
_MAY_BE_BLANK: Final = np.isin(np.arange(256), [*range(0x09, 0x0E), *range(0x1C, 0x21), 0xC2, 0xE1, 0xE2, 0xE3])


def texts_column(texts: pa.Array) -> Column:
    """Texts as they stand; cells that hold nothing but white space are empty. Their bytes are not copied."""
    texts = _cut(texts)
    blank = _blank(texts)
    kinds = np.where(blank, np.int8(EMPTY), np.int8(TEXT))
    if blank.any():
        _, ends, data = texts.buffers()
        ends = ends.slice(4 * texts.offset) if ends else ends
        texts = pa.StringArray.from_buffers(len(texts), ends, data, pa.array(~blank).buffers()[1])
    return texts, kinds


def _cut(texts: pa.Array) -> pa.Array:
    """Texts of which none is longer than a cell of Excel; the places where they end tell at no cost."""
    ends = texts.buffers()[1]
    if not len(texts) or ends is None:
        return texts
    places = np.frombuffer(ends, np.int32)[texts.offset : texts.offset + len(texts) + 1]
    if np.diff(places).max() <= LONGEST_CELL:
        return texts
    return pc.utf8_slice_codeunits(texts, 0, LONGEST_CELL)


def _blank(texts: pa.Array) -> npt.NDArray[np.bool_]:
    """Which texts are null, empty or white space: by length, and where they begin like that by their characters."""
    _, ends, data = texts.buffers()
    if not len(texts) or ends is None:
        return np.ones(len(texts), np.bool_)
    places = np.frombuffer(ends, np.int32)[texts.offset : texts.offset + len(texts) + 1]
    blank = np.equal(places[1:], places[:-1])
    if texts.null_count:
        blank |= pc.is_null(texts).to_numpy(zero_copy_only=False)
    if data is not None and data.size:
        first = np.frombuffer(data, np.uint8)[np.minimum(places[:-1], data.size - 1)]
        doubtful = np.flatnonzero(_MAY_BE_BLANK[first] & ~blank)
        if doubtful.size:
            blank[doubtful] = pc.utf8_is_space(texts.take(pa.array(doubtful))).to_numpy(zero_copy_only=False)
    return blank


def _numbers_column(numbers: npt.NDArray[np.float64]) -> Column:
    with np.errstate(invalid="ignore"):
        whole = (np.abs(numbers) < EXACT_BELOW) & (numbers == np.trunc(numbers))
    if whole.all():
        text = pa.array(numbers.astype(np.int64)).cast(pa.string())
        return text, np.full(len(numbers), NUMBER, np.int8)
    return _converted(numbers.tolist())


def _mixed_column(values: Sequence[Any], types: Sequence[type]) -> Column:
    """The values of each type by themselves, then put back in their places."""
    text, kinds = pa.nulls(len(values), pa.string()), np.full(len(values), EMPTY, np.int8)
    for one in set(types):
        is_one = np.fromiter((each is one for each in types), np.bool_, len(values))
        texts, kinds[is_one] = column_of(list(compress(values, is_one)))
        text = pc.replace_with_mask(text, pa.array(is_one), texts)
    return text, kinds


def _converted(values: Sequence[Any]) -> Column:
    """One by one: what has no quicker way."""
    texts: list[str | None] = []
    kinds = np.full(len(values), EMPTY, np.int8)
    for at, value in enumerate(values):
        convert, kind = CONVERT.get(type(value), (str, TEXT))
        text = "" if value is None else convert(value)
        blank = not text or text.isspace()
        texts.append(None if blank else text)
        kinds[at] = EMPTY if blank else kind
    return pa.array(texts, pa.string()), kinds


def join_chunks(chunks: list[list[Column]]) -> list[Column]:
    """Chunks of rows, each a list of columns of equal number, to whole columns."""
    if not chunks:
        return []
    if len(chunks) == 1:
        return chunks[0]
    return [
        (pa.concat_arrays([chunk[c][0] for chunk in chunks]), np.concatenate([chunk[c][1] for chunk in chunks]))
        for c in range(len(chunks[0]))
    ]
