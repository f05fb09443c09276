"""Cells of a text file that stand as a formula: ="330206…", by which HR systems keep Excel from counting with a number.

Excel shows the text alone, so that the text alone is the cell. Asked only where the file holds ``="`` at all.
"""

from __future__ import annotations

from typing import Final

import pyarrow as pa
import pyarrow.compute as pc

from clearbase.reading.cells import Column, texts_column

SIGN: Final = b'="'
# Whole; without its last quote, which was taken for a stray one; without either, as another program left it.
_WRAPPED: Final = r'^\s*=\s*(?:"((?:[^"]|"")*)"?|([0-9]+[Xx]?))\s*$'


def unwrapped(columns: list[Column]) -> list[Column]:
    """The columns with the text of such cells in their place; the others are not touched."""
    return [_unwrapped(column) for column in columns]


def _unwrapped(column: Column) -> Column:
    texts = column[0]
    wrapped = pc.fill_null(pc.match_substring_regex(texts, _WRAPPED), False)
    if not pc.any(wrapped, min_count=0).as_py():
        return column
    bare = pc.replace_substring_regex(texts.filter(wrapped), _WRAPPED, r"\1\2")
    return texts_column(_one(pc.replace_with_mask(texts, wrapped, pc.replace_substring(bare, '""', '"'))))


def _one(texts: pa.Array | pa.ChunkedArray) -> pa.Array:
    return pa.concat_arrays(texts.chunks) if isinstance(texts, pa.ChunkedArray) else texts
