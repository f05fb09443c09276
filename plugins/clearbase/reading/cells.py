"""Typed cells to text and kind, a column at a time.

The kind is kept because text cannot tell it: 330203199003075676 stored as a number is lost, as text it is not
(messiness C1-C3). Numbers are never cast to longer digits than they hold.
"""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Callable, Sequence
from typing import Any, Final

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from clearbase.records import BOOL, DATE, EMPTY, ERROR, NUMBER, TEXT

Column = tuple[pa.Array, npt.NDArray[np.int8]]

# From here on a float no longer holds every digit that a person may have typed, so it is shown in its own notation.
EXACT_BELOW: Final = 1e15


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
    types = set(map(type, values))
    if types == {str}:
        return texts_column(pa.array(values, pa.string()))
    if types <= {float, int}:
        return _numbers_column(np.array(values, dtype=np.float64))
    if types == {dt.date}:
        return pa.array(values, pa.date32()).cast(pa.string()), np.full(len(values), DATE, np.int8)
    return _mixed_column(values)


# First bytes in UTF-8 of the characters that Unicode calls white space.
_MAY_BE_BLANK: Final = np.isin(np.arange(256), [*range(0x09, 0x0E), *range(0x1C, 0x21), 0xC2, 0xE1, 0xE2, 0xE3])


def texts_column(texts: pa.Array) -> Column:
    """Texts as they stand; cells that hold nothing but white space are empty. Their bytes are not copied."""
    blank = _blank(texts)
    kinds = np.where(blank, np.int8(EMPTY), np.int8(TEXT))
    if blank.any():
        _, ends, data = texts.buffers()
        ends = ends.slice(4 * texts.offset) if ends else ends
        texts = pa.StringArray.from_buffers(len(texts), ends, data, pa.array(~blank).buffers()[1])
    return texts, kinds


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
    return _mixed_column(numbers.tolist())


def _mixed_column(values: Sequence[Any]) -> Column:
    texts: list[str | None] = []
    kinds = np.empty(len(values), np.int8)
    for at, value in enumerate(values):
        if value == "" or value is None:
            texts.append(None)
            kinds[at] = EMPTY
            continue
        convert, kind = CONVERT.get(type(value), (str, TEXT))
        text = convert(value)
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
