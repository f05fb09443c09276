"""A sheet as it stands: every cell's text and kind, by column, in the places that the employer sees."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import Final

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from clearbase.reading.cell_marks import CellMarks
from clearbase.reading.reasons import Unreadable
from clearbase.records import EMPTY, TABLE_STEP

# A sheet of Excel has no more (XFD), so a wider table can be neither the employer's nor given back in a workbook.
MAX_COLUMNS: Final = 16_384


Merge = tuple[int, int, int, int]


@dataclass
class Grid:
    """``text[c][r]`` is the text of the cell in sheet row ``r + 1``, column ``c + 1`` (null when empty),
    ``kinds[c][r]`` its kind (int8, ``records.CELL_KINDS``). Rows end with the last that holds anything.

    ``merges``: (first row, first column, last row, last column) of merged cells, 0-based; only the first cell holds a
    value. ``marks``: what is said of cells beside their values. ``table``: which of the tables of its sheet this is,
    where one was split (``tables.split_tables``). ``results``: columns of ours (``result_column``) that stand beside
    another table of the row and serve this one, too.
    """

    position: int
    name: str
    text: list[pa.Array]
    kinds: list[npt.NDArray[np.int8]]
    rows: int
    hidden: bool = False
    merges: list[Merge] = field(default_factory=list)
    table: int = 1
    marks: CellMarks = field(default_factory=CellMarks)
    results: list[pa.Array] = field(default_factory=list)

    @property
    def columns(self) -> int:
        return len(self.text)

    def first_filled(self) -> int:
        """The first row that holds anything, 0-based; the number of rows where none does."""
        filled = [int(found[0]) for kinds in self.kinds if (found := np.flatnonzero(kinds != EMPTY)).size]
        return min(filled, default=self.rows)

    def head(self, rows: int, first: int = 0) -> list[list[str]]:
        """``rows`` rows from ``first`` on as lists of text, '' for an empty cell."""
        wanted = max(min(rows, self.rows - first), 0)
        columns = [column.slice(first, wanted).to_pylist() for column in self.text]
        return [[column[r] or "" for column in columns] for r in range(wanted)]

    def region(self, rows: range, columns: range, table: int) -> Grid:
        """The same sheet with nothing outside of these rows and columns; every cell stays in its place."""
        inside = np.zeros(self.rows, np.bool_)
        inside[rows.start : rows.stop] = True
        mask = pa.array(inside)
        nothing = pa.nulls(self.rows, pa.string()), np.full(self.rows, EMPTY, np.int8)
        kept = [
            (pc.if_else(mask, text, None), np.where(inside, kinds, np.int8(EMPTY))) if c in columns else nothing
            for c, (text, kinds) in enumerate(zip(self.text, self.kinds, strict=True))
        ]
        cut = make_grid(self.position, self.name, kept, self.hidden)
        return replace(cut, merges=self.merges, table=table, marks=self.marks)

    def with_rows(self, rows: int) -> Grid:
        """The grid with at least so many rows, those beyond its own empty; a grid without any stays as it is."""
        more = rows - self.rows
        if more <= 0 or not self.rows:
            return self
        blank, none = pa.nulls(more, pa.string()), np.full(more, EMPTY, np.int8)
        text = [pa.concat_arrays([column, blank]) for column in self.text]
        return replace(self, text=text, kinds=[np.concatenate([kinds, none]) for kinds in self.kinds], rows=rows)

    def row_texts(self, row: int) -> list[tuple[int, str]]:
        """(column index, text) of the cells of one row that hold anything; ``row`` is 0-based."""
        return [(c, self.text[c][row].as_py()) for c in range(self.columns) if self.kinds[c][row] != EMPTY]


def make_grid(
    position: int,
    name: str,
    columns: list[tuple[pa.Array, npt.NDArray[np.int8]]],
    hidden: bool = False,
    merges: Sequence[Merge] = (),
) -> Grid:
    """A grid whose trailing empty rows and columns are cut: formatted blanks are no content (messiness A12).

    Every table of every container comes through here. Raises Unreadable: too_wide, too_many_sheets.
    """
    if position >= TABLE_STEP:
        raise Unreadable("too_many_sheets")
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
        [merge for merge in merges if merge[0] < last_row],
    )
