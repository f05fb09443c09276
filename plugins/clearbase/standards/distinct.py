"""A rule for one text, run over a whole Arrow column: once for each distinct value that still needs it.

Roster columns repeat themselves (dates, codes, names) and most of their cells are already as they should be. So the
rule itself is written once, for one text, and a column costs a dictionary encoding plus the few values that are not
yet in the clean form. The scalar and the vectorised form of an identifier can therefore never disagree.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TypeAlias

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

Column: TypeAlias = pa.Array | pa.ChunkedArray


def one_array(values: Column) -> pa.Array:
    """``values`` as one string array of the same length (a table's columns come in chunks)."""
    if isinstance(values, pa.ChunkedArray):
        # combine_chunks copies even a single chunk
        values = values.chunk(0) if values.num_chunks == 1 else values.combine_chunks()
    return values if values.type == pa.string() else values.cast(pa.string())


def changed(array: pa.Array, rows: pa.Array, rule: Callable[[pa.Array], pa.Array]) -> pa.Array:
    """``array`` with the cells of ``rows`` (a boolean array) put through ``rule``, which keeps their number; the others
    are neither asked nor copied where there are no such rows."""
    rows = pc.fill_null(rows, False)
    if not pc.any(rows, min_count=0).as_py():
        return array
    return pc.replace_with_mask(array, rows, rule(array.filter(rows)))


def among(values: Column, words: Sequence[str]) -> npt.NDArray[np.bool_]:
    """Which cells are one of ``words``; null is none. Cells of another length in bytes are not looked at: of most
    columns and lists that is nearly all of them."""
    array = one_array(values)
    held = np.zeros(len(array), np.bool_)
    if array.null_count == len(array) or not words:
        return held
    offsets = np.frombuffer(array.buffers()[1], np.int32)[array.offset : array.offset + len(array) + 1]
    lengths = np.diff(offsets)
    sought = {len(word.encode()) for word in words}
    table = np.zeros(max(sought) + 2, np.bool_)
    table[list(sought)] = True
    rows = np.flatnonzero(table[np.minimum(lengths, len(table) - 1)])
    few = len(rows) < len(array) // 4
    found = pc.is_in(array.take(pa.array(rows)) if few else array, value_set=pa.array(words), skip_nulls=True)
    held[rows if few else slice(None)] = found.to_numpy(zero_copy_only=False)
    return held


def first_said(first: pa.Array, second: pa.Array) -> pa.Array:
    """``first``, and ``second`` where that is null (``coalesce``, which builds texts one by one)."""
    if not first.null_count or second.null_count == len(second):
        return first
    return pc.if_else(pc.is_valid(first), first, second)


def rows_alone(values: pa.Array, rows: npt.NDArray[np.int64]) -> pa.Array:
    """``values`` in these rows, and null in all others."""
    if not len(rows):
        return pa.nulls(len(values), values.type)
    places = np.full(len(values), -1, np.int64)
    places[rows] = rows
    return values.take(pa.array(places, mask=places < 0))


def matching(values: Column, pattern: str) -> pa.Array:
    """Which cells the RE2 pattern finds something in, false for null: for columns that hold few different texts."""
    array = one_array(values)
    if array.null_count == len(array):
        return pa.array(np.zeros(len(array), np.bool_))
    encoded = array.dictionary_encode()
    found = pc.match_substring_regex(encoded.dictionary, pattern)
    return pc.fill_null(found.take(encoded.indices), False)


def each_distinct(values: Column, rule: Callable[[str], str | None], clean: str | None = None) -> pa.Array:
    """``rule(text)`` for every cell of ``values``; null stays null.

    ``clean`` is an RE2 pattern of the whole text: cells that match it are taken as they are. It must only match texts
    that ``rule`` would return unchanged.
    """
    array = one_array(values)
    if clean is None:
        return _by_dictionary(array, rule)
    dirty = pc.fill_null(pc.invert(pc.match_substring_regex(array, rf"\A(?:{clean})\z")), False)
    if not pc.any(dirty, min_count=0).as_py():
        return array
    return pc.replace_with_mask(array, dirty, _by_dictionary(array.filter(dirty), rule))


def spread_distinct(values: Column, rule: Callable[[str], tuple[str | None, ...]], parts: int) -> list[pa.Array]:
    """The ``parts`` results of ``rule(text)`` as that many columns; null gives null in each."""
    encoded = one_array(values).dictionary_encode()
    results = [rule(text) for text in encoded.dictionary.to_pylist()]
    return [pa.array([result[i] for result in results], pa.string()).take(encoded.indices) for i in range(parts)]


def _by_dictionary(array: pa.Array, rule: Callable[[str], str | None]) -> pa.Array:
    encoded = array.dictionary_encode()
    return pa.array([rule(text) for text in encoded.dictionary.to_pylist()], pa.string()).take(encoded.indices)
