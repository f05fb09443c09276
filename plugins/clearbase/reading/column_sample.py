"""What stands below a header: the first cells of a column, by which a doubtful name is judged."""

from __future__ import annotations

import re
from typing import Final

from clearbase.reading.grid import Grid
from clearbase.records import EMPTY

SAMPLE_ROWS: Final = 60
WORDS: Final = re.compile(r"[\u4e00-\u9fff]")


class Sample:
    """The first cells below the header, by column; taken only where somebody asks."""

    def __init__(self, grid: Grid, first: int) -> None:
        self._grid, self._first = grid, first
        self._taken: dict[int, list[str]] = {}

    def texts(self, column: int) -> list[str]:
        if column not in self._taken:
            kinds = self._grid.kinds[column][self._first :]
            filled = (kinds != EMPTY).nonzero()[0][:SAMPLE_ROWS] + self._first
            self._taken[column] = [self._grid.text[column][int(row)].as_py() for row in filled]
        return self._taken[column]

    def share(self, column: int, pattern: re.Pattern[str]) -> float:
        texts = self.texts(column)
        return sum(bool(pattern.search(text)) for text in texts) / max(len(texts), 1)
