"""What is told of a sheet's lines beside their values: struck out, errors, formulas, lines with a cell too many."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from typing import Final

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from clearbase.reading.cell_marks import MAX_SCANNED
from clearbase.reading.grid import Grid
from clearbase.reading.observations import findings_at
from clearbase.records import EMPTY, FINDINGS, SheetRead

# So many places of one sort are told by themselves; of the rest only how many they are.
MOST_TOLD: Final = 50

# Fields by which a person is known: what stands there is typed, and a row that has it is somebody's.
IDENTITY: Final = ("name", "id_number")

# (0-based row, 0-based column or None for the whole line, what was seen)
Place = tuple[int, int | None, str | None]


def observations_of(grid: Grid, sheet: SheetRead, rows: npt.NDArray[np.int64]) -> pa.Table:
    """What is told of the lines in these 0-based rows: a struck line once, an error where its column is ours."""
    told = _Told(grid, sheet, rows)
    parts = [
        told.struck(),
        told.errors(),
        told.uncalculated(),
        told.formulas(),
        told.hidden(),
        told.ragged(),
        told.unscanned(),
    ]
    return pa.concat_tables([FINDINGS.empty_table(), *parts])


# 合计 9人, 总计：9: one such row tells how many people there should be; 小计 of departments do not.
_TOTAL: Final = re.compile(
    r"^(?:(?:合计|总计|共计):?共?(?=\d+[人名])|(?:总人数|人数合计|合计人数|总计人数):?)(\d{1,7})(?:人|名)?$"
)


def total_of(grid: Grid, sheet: SheetRead, totals: npt.NDArray[np.int64]) -> pa.Table:
    """A count of people in one of these 0-based rows that is not the number of lines."""
    found = []
    for row in totals[-MOST_TOLD:]:
        cells = grid.row_texts(int(row))
        texts = ["".join(unicodedata.normalize("NFKC", text).split()) for _, text in cells]
        for text in (*texts, "".join(texts[:2])):
            if (told := _TOTAL.match(text)) and not told[1].startswith("0"):
                found.append((int(row), cells[0][0], int(told[1])))
                break
    if len(found) != 1 or found[0][2] == sheet.lines:
        return FINDINGS.empty_table()
    row, column, count = found[0]
    said = f"{count}人（读到{sheet.lines}人）"
    return findings_at("total_disagrees", sheet.position, [row + 1], [column + 1], [None], [said], [said])


class _Told:
    def __init__(self, grid: Grid, sheet: SheetRead, rows: npt.NDArray[np.int64]) -> None:
        self._grid, self._sheet, self._rows, self._marks = grid, sheet, rows, grid.marks
        self._fields = {c.col - 1: c.field for c in sheet.columns if c.field and not c.forbidden}
        marks = grid.marks
        # A set of a million rows only where somebody asks for it.
        asked = marks.struck or marks.errors or marks.hidden_rows or marks.uncalculated
        self._people = set(rows.tolist()) if asked else set()

    def struck(self) -> pa.Table:
        first: dict[int, int] = {}
        for row, column in sorted(self._marks.struck):
            if row in self._people and column in self._fields:
                first.setdefault(row, column)
        return self._at("struck_out", [(row, column, None) for row, column in first.items()])

    def errors(self) -> pa.Table:
        errors = sorted(self._marks.errors.items())
        return self._at("excel_error", [(r, c, t) for (r, c), t in errors if r in self._people and c in self._fields])

    def uncalculated(self) -> pa.Table:
        """Formulas without a result, of people; and of the other rows below the header those that would name one, since
        such a row is taken for blank."""
        below = self._sheet.header_row or 0
        places = [
            (row, column)
            for row, column in sorted(self._marks.uncalculated)
            if (field := self._fields.get(column))
            and (row in self._people or (row >= below and field in IDENTITY and self._is_here(row)))
        ]
        told = [(row, column, f"{letters_of(column)}{row + 1}") for row, column in places[:MOST_TOLD]]
        more = len(places) - len(told)
        rest = self._of_sheet("formula_uncalculated", f"另有{more}格也是这样" if more else None)
        return pa.concat_tables([self._at("formula_uncalculated", told), rest])

    def formulas(self) -> pa.Table:
        """Names and numbers that are calculated, once a column at the first of them."""
        places: list[Place] = []
        for column, field in self._fields.items():
            if field in IDENTITY and column in self._marks.formulas:
                rows = np.intersect1d(self._marks.formulas[column], self._rows)
                held = rows[self._grid.kinds[column][rows] != EMPTY] if column < self._grid.columns else rows[:0]
                if held.size:
                    places.append((int(held[0]), column, str(held.size)))
        return self._at("formula_identity", places)

    def unscanned(self) -> pa.Table:
        return self._of_sheet("marks_unread", None if self._marks.scanned else f"{MAX_SCANNED >> 20}MB")

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

    def _is_here(self, row: int) -> bool:
        """Whether the row is this table's, where its sheet holds several."""
        return self._grid.table == 1 or row >= self._grid.first_filled()

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


def letters_of(column: int) -> str:
    """0 → ``A``, 26 → ``AA``: the column as the sheet names it."""
    letters = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(65 + rest) + letters
    return letters
