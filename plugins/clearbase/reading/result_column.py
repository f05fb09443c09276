"""The column 处理结果 that we add to the employer's workbook, when the workbook comes back.

It is ours and says nothing of a person, so that nothing is read from it but one thing: that a row's warnings were
looked at and are right (确认无误).
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import replace
from typing import Final

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from clearbase.reading.grid import Grid
from clearbase.reading.header_text import normal
from clearbase.reading.headers import Header
from clearbase.records import CONFIRMED, EMPTY

RESULT_HEADER: Final = "处理结果"
SUMMARY_SHEET: Final = "处理结果汇总"
# What the column says beside a warning. Sent back as it stands it confirms nothing.
CONFIRM_WORD: Final = "确认无误"
ASKS: Final = f"提醒：核对无误请填“{CONFIRM_WORD}”"
# As clerks write it; 已确认 alone is our own word for what was confirmed before.
_CONFIRMS: Final = re.compile(r"(?:确认|核对|核实|核查|检查|经查)[^;。]{0,4}无误|^(?:无误|确认|核实|属实|情况属实)$")
_DOES_NOT: Final = re.compile(r"[不未请没]|有误")


def without_results(grid: Grid, header: Header) -> tuple[Grid, npt.NDArray[np.bool_]]:
    """The grid with the column's cells below the header emptied, and which rows it says are confirmed."""
    confirmed = np.zeros(grid.rows, np.bool_)
    below = np.arange(grid.rows) > header.last
    for beside in grid.results:  # of tables side by side the last one has the column, for all of them
        said = _confirms(beside)[: grid.rows]
        confirmed[: len(said)] |= said & below[: len(said)]
    ours = result_columns(header)
    if not ours:
        return grid, confirmed
    text, kinds = list(grid.text), list(grid.kinds)
    for column in ours:
        confirmed |= _confirms(text[column]) & below
        text[column] = pc.if_else(pa.array(below), pa.scalar(None, pa.string()), text[column])
        kinds[column] = np.where(below, np.int8(EMPTY), kinds[column])
    return replace(grid, text=text, kinds=kinds), confirmed


def result_columns(header: Header) -> list[int]:
    """The columns of ours, from 0."""
    return [c for c, path in enumerate(header.paths) if path and normal(path[-1]) == RESULT_HEADER]


def with_confirmed(lines: pa.Table, confirmed: npt.NDArray[np.bool_]) -> pa.Table:
    """The lines of these rows, with the column ``CONFIRMED`` where one of them is."""
    return lines.append_column(CONFIRMED, pa.array(confirmed)) if confirmed.any() else lines


def is_confirmation(text: str) -> bool:
    """Whether somebody has written there that the row is right."""
    bare = "".join(unicodedata.normalize("NFKC", text).split()).strip("。.!,;:\"'“”")
    own = "".join(unicodedata.normalize("NFKC", ASKS).split())
    said = bare.replace(own, "").replace(own.rstrip("”"), "")
    return bool(_CONFIRMS.search(said)) and not _DOES_NOT.search(said)


def _confirms(texts: pa.Array) -> npt.NDArray[np.bool_]:
    encoded = texts.dictionary_encode()
    known = pa.array([is_confirmation(text) for text in encoded.dictionary.to_pylist()], pa.bool_())
    return np.asarray(pc.fill_null(known.take(encoded.indices), False).to_numpy(zero_copy_only=False))
