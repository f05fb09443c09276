"""What is told of a sheet's lines beside their values: struck out, errors, lines with a cell too many."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from clearbase.reading.grid import Grid
from clearbase.reading.observations import findings_at
from clearbase.records import EMPTY, FINDINGS, SheetRead

# So many places of one sort are told by themselves; of the rest only how many they are.
MOST_TOLD: Final = 50

# (0-based row, 0-based column or None for the whole line, what was seen)
Place = tuple[int, int | None, str | None]


def observations_of(grid: Grid, sheet: SheetRead, rows: npt.NDArray[np.int64]) -> pa.Table:
    """What is told of the lines in these 0-based rows: a struck line once, an error where its column is ours."""
    told = _Told(grid, sheet, rows)
    parts = [told.struck(), told.errors(), told.hidden(), told.ragged()]
    return pa.concat_tables([FINDINGS.empty_table(), *parts])


class _Told:
    def __init__(self, grid: Grid, sheet: SheetRead, rows: npt.NDArray[np.int64]) -> None:
        self._grid, self._sheet, self._rows, self._marks = grid, sheet, rows, grid.marks
        self._fields = {c.col - 1: c.field for c in sheet.columns if c.field and not c.forbidden}
        marks = grid.marks
        # A set of a million rows only where somebody asks for it.
        self._people = set(rows.tolist()) if marks.struck or marks.errors or marks.hidden_rows else set()

    def struck(self) -> pa.Table:
        first: dict[int, int] = {}
        for row, column in sorted(self._marks.struck):
            if row in self._people and column in self._fields:
                first.setdefault(row, column)
        return self._at("struck_out", [(row, column, None) for row, column in first.items()])

    def errors(self) -> pa.Table:
        errors = sorted(self._marks.errors.items())
        return self._at("excel_error", [(r, c, t) for (r, c), t in errors if r in self._people and c in self._fields])

    def hidden(self) -> pa.Table:
        hidden = len(self._people & self._marks.hidden_rows)
        return self._of_sheet("hidden_rows", str(hidden) if hidden else None)

    def ragged(self) -> pa.Table:
        """Lines of a text file with fewer cells than the header has names, or with something in a cell beyond it."""
        widths, header = self._marks.widths, self._sheet.header_row
        if widths is None or header is None or not len(self._rows):
            return FINDINGS.empty_table()
        lines = widths[self._rows]
        named = max((column.col for column in self._sheet.columns if column.header), default=0)
        end = max(named, int(widths[header - 1]))  # a header may end with separators, too
        beyond = np.zeros(len(lines), np.int64)
        for column in range(end, self._grid.columns):
            if column not in self._fields:
                beyond[self._grid.kinds[column][self._rows] != EMPTY] = column + 1 - end
        short = np.where(beyond == 0, np.maximum(named - lines, 0), 0)
        places = np.flatnonzero((short > 0) | (beyond > 0))
        said = [
            f"比表头多{beyond[n]}格，多出的内容没有列名，没有读取" if beyond[n] else f"比表头少{short[n]}格，按空白读取"
            for n in places[:MOST_TOLD]
        ]
        told = self._at("ragged_row", [(int(self._rows[n]), None, s) for n, s in zip(places, said, strict=False)])
        more = len(places) - len(said)
        return pa.concat_tables([told, self._of_sheet("ragged_row", f"另有{more}行也是这样" if more else None)])

    def _at(self, code: str, places: Sequence[Place]) -> pa.Table:
        texts = [text for _, _, text in places]
        return findings_at(
            code,
            self._sheet.position,
            [row + 1 for row, _, _ in places],
            [None if column is None else column + 1 for _, column, _ in places],
            [None if column is None else self._fields[column] for _, column, _ in places],
            texts,
            texts,
        )

    def _of_sheet(self, code: str, value: str | None) -> pa.Table:
        """What is told of the sheet as a whole; nothing where there is no value."""
        if value is None:
            return FINDINGS.empty_table()
        return findings_at(code, self._sheet.position, [None], [None], [None], [value], [value])
