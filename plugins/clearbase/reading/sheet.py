"""One sheet to roster lines: header, mapping, rows, and where every row went."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Final

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from clearbase.reading.catalogue import Catalogue
from clearbase.reading.facts import SheetTexts
from clearbase.reading.grid import Grid
from clearbase.reading.headers import SEARCHED_ROWS, find_header
from clearbase.reading.mapping import JOINERS, header_words, map_columns
from clearbase.reading.merges import NEVER_FILLED, filled_from
from clearbase.reading.observations import observations_of
from clearbase.reading.rows import LINE, SECTION, classify_rows, count_reasons
from clearbase.reading.sections import carried_down
from clearbase.reading.sheet_roles import other_role
from clearbase.records import EMPTY, FINDINGS, TEXT, SheetRead, table_position

HEAD_ROWS: Final = SEARCHED_ROWS + 3


@dataclass
class SheetLines:
    """A sheet after reading; ``lines`` only for a roster: ``sheet, row, F, F__kind`` as in ``records.FileRead``."""

    read: SheetRead
    texts: SheetTexts
    lines: pa.Table | None = None
    observed: pa.Table = field(default_factory=FINDINGS.empty_table)


def read_sheet(grid: Grid, catalogue: Catalogue) -> SheetLines:
    """Takes a sheet for a roster, or sets it aside with the reason why."""
    sheet = SheetRead(table_position(grid.position, grid.table), grid.name, "set_aside", "")
    texts = SheetTexts(grid.name, [])
    if not grid.rows:
        sheet.reason = "空白工作表"
        return SheetLines(sheet, texts)
    first = grid.first_filled()
    start = first if grid.table > 1 else 0
    head = grid.head(HEAD_ROWS, start)
    sheet.read = grid.rows - first
    if grid.hidden:
        return SheetLines(set_sheet_aside(sheet, "hidden", "隐藏的工作表，不读取"), texts)
    header = find_header(head, catalogue, start)
    if header is None:
        return SheetLines(set_sheet_aside(sheet, "not_roster", "没有找到名册的表头"), texts)
    mapping = map_columns(header, grid, catalogue)
    sheet.header_row, sheet.columns = header.last + 1, mapping.columns
    fields = {column.field for column in mapping.columns if column.field}
    texts = SheetTexts(grid.name, [[text for text in row if text] for row in head[: header.first - start]])
    if other := other_role(header_words(header), fields):
        return SheetLines(set_sheet_aside(sheet, "not_roster", f"{other}，不是花名册"), texts)
    codes = classify_rows(grid, header, mapping.sources)
    rows = np.flatnonzero(codes == LINE)
    sheet.role, sheet.reason = "roster", f"第{header.last + 1}行是表头，识别出{len(mapping.sources)}个字段"
    sheet.lines, sheet.set_aside = len(rows), count_reasons(codes)
    sections = carried_down(grid, np.flatnonzero(codes == SECTION), rows)
    lines = _lines(grid, rows, mapping.sources, catalogue, sections, header.last + 1)
    return SheetLines(sheet, texts, lines, observations_of(grid, sheet, rows))


def set_sheet_aside(sheet: SheetRead, key: str, reason: str) -> SheetRead:
    """The whole sheet under one reason."""
    sheet.role, sheet.reason, sheet.lines, sheet.set_aside = "set_aside", reason, 0, {key: sheet.read}
    return sheet


def _lines(
    grid: Grid,
    rows: npt.NDArray[np.int64],
    sources: dict[str, list[int]],
    catalogue: Catalogue,
    sections: dict[str, pa.Array],
    below: int,
) -> pa.Table:
    table: dict[str, pa.Array] = {
        "sheet": pa.array(np.full(len(rows), table_position(grid.position, grid.table), np.int16)),
        "row": pa.array((rows + 1).astype(np.int32)),
    }
    for name in catalogue.fields:
        text, kind = None, None
        if columns := sources.get(name):
            places = [rows if name in NEVER_FILLED else filled_from(grid, c, below)[rows] for c in columns]
            texts = [_taken(grid.text[c], at) for c, at in zip(columns, places, strict=True)]
            kinds = [grid.kinds[c][at] for c, at in zip(columns, places, strict=True)]
            text, kind = (texts[0], kinds[0]) if len(columns) == 1 else _joined(name, texts, kinds)
        if (told := sections.get(name)) is not None:
            text, kind = _where_empty(text, kind, told)
        if text is not None:
            table[name], table[f"{name}__kind"] = text, pa.array(kind, pa.int8())
    return pa.table(table)


def _taken(text: pa.Array, rows: npt.NDArray[np.int64]) -> pa.Array:
    """The texts of these rows; of rows that follow each other without copying them."""
    if len(rows) and rows[-1] - rows[0] == len(rows) - 1 and (np.diff(rows) == 1).all():
        return text.slice(int(rows[0]), len(rows))
    return text.take(pa.array(rows))


def _where_empty(
    text: pa.Array | None, kind: npt.NDArray[np.int8] | None, told: pa.Array
) -> tuple[pa.Array, npt.NDArray[np.int8]]:
    """What a heading above says, for the lines that say nothing themselves."""
    said = pc.is_valid(told).to_numpy(zero_copy_only=False)
    if text is None or kind is None:
        return told, np.where(said, TEXT, EMPTY).astype(np.int8)
    return pc.coalesce(text, told), np.where((kind == EMPTY) & said, np.int8(TEXT), kind)


def _joined(
    name: str, texts: list[pa.Array], kinds: list[npt.NDArray[np.int8]]
) -> tuple[pa.Array, npt.NDArray[np.int8]]:
    """Parts of one field in their order; empty parts leave no trace."""
    whole = pc.binary_join_element_wise(*texts, JOINERS.get(name, ""), null_handling="skip")
    empty = np.all(np.stack(kinds) == EMPTY, axis=0)
    kind = np.where(empty, EMPTY, TEXT).astype(np.int8)
    return pc.if_else(pa.array(empty), pa.scalar(None, pa.string()), whole), kind
