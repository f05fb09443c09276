"""A sheet as it stands: every cell's text and kind, by column, in the places that the employer sees."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from clearbase.reading.reasons import Unreadable
from clearbase.records import EMPTY

# A sheet of Excel has no more (XFD), so a wider table can be neither the employer's nor given back in a workbook.
MAX_COLUMNS: Final = 16_384


@dataclass
class Grid:
    """``text[c][r]`` is the text of the cell in sheet row ``r + 1``, column ``c + 1`` (null when empty),
    ``kinds[c][r]`` its kind (int8, ``records.CELL_KINDS``). Rows end with the last that holds anything."""

    position: int
    name: str
    text: list[pa.Array]
    kinds: list[npt.NDArray[np.int8]]
    rows: int
    hidden: bool = False

    @property
    def columns(self) -> int:
        return len(self.text)

    def head(self, rows: int) -> list[list[str]]:
        """The first rows as lists of text, '' for an empty cell."""
        wanted = min(rows, self.rows)
        columns = [column.slice(0, wanted).to_pylist() for column in self.text]
        return [[column[r] or "" for column in columns] for r in range(wanted)]

    def row_texts(self, row: int) -> list[tuple[int, str]]:
        """(column index, text) of the cells of one row that hold anything; ``row`` is 0-based."""
        return [(c, self.text[c][row].as_py()) for c in range(self.columns) if self.kinds[c][row] != EMPTY]


def make_grid(
    position: int,
    name: str,
    columns: list[tuple[pa.Array, npt.NDArray[np.int8]]],
    hidden: bool = False,
) -> Grid:
    """A grid whose trailing empty rows and columns are cut: formatted blanks are no content (messiness A12).

    Every table of every container comes through here. Raises Unreadable: too_wide.
    """
    last_row, last_column = 0, 0
    for c, (_, kinds) in enumerate(columns):
        filled = np.flatnonzero(kinds != EMPTY)
        if filled.size:
            last_row = max(last_row, int(filled[-1]) + 1)
            last_column = c + 1
    if last_column > MAX_COLUMNS:
        raise Unreadable("too_wide")
    kept = columns[:last_column]
    return Grid(
        position,
        name,
        [text.slice(0, last_row) for text, _ in kept],
        [kinds[:last_row] for _, kinds in kept],
        last_row,
        hidden,
    )
