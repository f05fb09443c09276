"""Rows that say how far a cell reaches, as HTML and SpreadsheetML do, to the places that the employer sees."""

from __future__ import annotations

from typing import Any, Final

from clearbase.reading.cells import Column, column_of
from clearbase.reading.grid import MAX_COLUMNS, Merge
from clearbase.reading.reasons import Unreadable

MAX_ROWS: Final = 1_048_576
MAX_CELLS: Final = 20_000_000


class RowPlacer:
    """Cells put one after the other; those covered by a merge from the left or from above are left empty."""

    def __init__(self) -> None:
        self._rows: dict[int, dict[int, Any]] = {}
        self._covered: dict[int, int] = {}  # column → last row that a merge from above covers
        self._row, self._column, self._width, self._placed = -1, 0, 0, 0
        self.merges: list[Merge] = []

    @property
    def has_row(self) -> bool:
        return self._row >= 0

    @property
    def extent(self) -> tuple[int, int]:
        """How many rows and columns hold anything."""
        return len(self._rows), self._width

    def start_row(self, row: int | None = None) -> None:
        """The next row, or the 0-based one that is named."""
        self._row = self._row + 1 if row is None else row
        self._column = 0
        if not 0 <= self._row < MAX_ROWS:
            raise Unreadable("too_large")

    def place(self, value: Any, across: int = 1, down: int = 1, column: int | None = None) -> None:
        """The value of the next free cell, or of the 0-based column; it covers ``across`` × ``down`` cells."""
        if column is not None:
            self._column = column
        else:
            while self._covered.get(self._column, -1) >= self._row:
                self._column += 1
        across = min(max(across, 1), MAX_COLUMNS)
        if self._column < 0 or self._column + across > MAX_COLUMNS:
            raise Unreadable("too_wide")
        if down > 1:
            for c in range(self._column, self._column + across):
                self._covered[c] = self._row + min(down, MAX_ROWS) - 1
        if across > 1 or down > 1:
            self.merges.append((self._row, self._column, self._row + max(down, 1) - 1, self._column + across - 1))
        if value != "":
            self._rows.setdefault(self._row, {})[self._column] = value
            self._width = max(self._width, self._column + 1)
            self._placed += 1
            if self._placed > MAX_CELLS:
                raise Unreadable("too_large")
        self._column += across

    def columns(self) -> list[Column]:
        height = max(self._rows, default=-1) + 1
        if height * self._width > 3 * MAX_CELLS:
            raise Unreadable("too_large")
        empty: dict[int, Any] = {}
        rows = [self._rows.get(r, empty) for r in range(height)]
        return [column_of([row.get(c, "") for row in rows]) for c in range(self._width)]
