"""Several tables on one sheet: beside each other, or below each other with headers of their own (messiness B8)."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise
from typing import Final

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from clearbase.reading.catalogue import Catalogue
from clearbase.reading.column_names import name_column
from clearbase.reading.grid import Grid
from clearbase.reading.header_text import normal
from clearbase.reading.headers import (
    MAX_LEVELS,
    MIN_RECOGNISED,
    PERSON_FIELDS,
    SEARCHED_ROWS,
    Header,
    find_header,
    header_at,
    recognised_fields,
)
from clearbase.reading.kinds import find_kind
from clearbase.reading.result_column import result_columns
from clearbase.records import EMPTY

MAX_TABLES: Final = 30
TITLE_ROWS: Final = 3
TITLE_CELLS: Final = 2
# A header of another table names or numbers a person near the left.
ANCHOR_COLUMNS: Final = 12
BLANKS: Final = (" ", "  ", "   ", "    ", "\u3000", "\u3000\u3000")  # 姓 名


def split_tables(grid: Grid, catalogue: Catalogue) -> list[Grid]:
    """The tables of a sheet, each with all else emptied; the sheet itself where it holds one table or none."""
    header = None if grid.hidden else find_header(grid.head(SEARCHED_ROWS + MAX_LEVELS), catalogue)
    if header is None:
        return [grid]
    blocks = _side_by_side(header, catalogue)
    if len(blocks) > 1:
        everything = range(grid.rows)
        ours = result_columns(header)
        regions = [(grid.region(everything, columns, at), columns) for at, columns in enumerate(blocks, 1)]
        return [
            replace(region, results=[grid.text[c] for c in ours if c not in columns]) for region, columns in regions
        ]
    starts = _further_tables(grid, header, catalogue)
    if not starts:
        return [grid]
    bounds = [0, *starts, grid.rows]
    spans = [range(first, last) for first, last in pairwise(bounds)]
    return [grid.region(rows, range(grid.columns), at) for at, rows in enumerate(spans, 1)]


def _side_by_side(header: Header, catalogue: Catalogue) -> list[range]:
    """Column ranges of tables whose headers repeat each other from left to right, or of which each begins with a
    number of its own (序号 姓名 … 入职日期 | 序号 姓名 … 离职日期)."""
    words = [normal(path[-1]) if path else "" for path in header.paths]
    first = next((c for c, word in enumerate(words) if word), 0)
    starts = [c for c, word in enumerate(words) if word == words[first]]
    ends = [*starts[1:], len(words)]
    blocks = [range(a, b) for a, b in zip(starts, ends, strict=True)]
    told = [[word for word in words[block.start : block.stop] if word] for block in blocks]
    shortest = min(map(len, told))
    alike = all(names[:shortest] == told[0][:shortest] for names in told)
    numbered = name_column(header.paths[first], catalogue).field == "row_no" if words[first] else False
    if len(blocks) == 1 or not (alike or numbered) or not all(_is_table(header, b, catalogue) for b in blocks):
        return [range(len(words))]
    return [range(blocks[0].stop), *blocks[1:]]


def _is_table(header: Header, columns: range, catalogue: Catalogue) -> bool:
    fields = {name_column(header.paths[c], catalogue).field for c in columns if header.paths[c]} - {None}
    return len(fields) >= MIN_RECOGNISED and bool(fields & PERSON_FIELDS)


def _further_tables(grid: Grid, header: Header, catalogue: Catalogue) -> list[int]:
    """The first rows of the tables below the first, titles included."""
    own = recognised_fields(header, catalogue)
    kind = _kind_of(grid, range(max(header.first - TITLE_ROWS, 0), header.first))
    starts: list[int] = []
    last = header.last
    for row in _candidates(grid, header, catalogue):
        if row <= last:
            continue
        found = header_at(grid.head(MAX_LEVELS + 1, row), 0, catalogue)
        if found is None:
            continue
        start = _title_above(grid, row, last)
        told = _kind_of(grid, range(start, row))
        # The same header again is a printed page's, unless what stands above it says that others follow.
        if recognised_fields(found, catalogue) != own or (told is not None and told != kind):
            starts.append(start)
            own, kind = recognised_fields(found, catalogue), told
            if len(starts) == MAX_TABLES - 1:
                break
        last = row + found.last
    return starts


def _candidates(grid: Grid, header: Header, catalogue: Catalogue) -> list[int]:
    hits = np.zeros(grid.rows, np.bool_)
    words = [word for word, (field, _) in catalogue.known.items() if field in PERSON_FIELDS]
    spread = [blank.join(word) for word in words if len(word) == 2 for blank in BLANKS]
    anchors = pa.array([*words, *spread, *(f"*{word}" for word in words)])
    for column, path in enumerate(header.paths[:ANCHOR_COLUMNS]):
        if name_column(path, catalogue).field == "id_type":
            continue  # 居民身份证 is a value there
        hits |= pc.is_in(grid.text[column], value_set=anchors).to_numpy(zero_copy_only=False)
    hits[: header.last + 1] = False
    return [int(row) for row in np.flatnonzero(hits)]


def _title_above(grid: Grid, row: int, after: int) -> int:
    """The first row of the title that stands directly above a header, or the header's own row."""
    start = row
    while start - 1 > after and row - start < TITLE_ROWS:
        filled = sum(bool(kinds[start - 1] != EMPTY) for kinds in grid.kinds)
        if not 0 < filled <= TITLE_CELLS:
            break
        start -= 1
    return start


def _kind_of(grid: Grid, rows: range) -> str | None:
    return find_kind([text for row in rows for _, text in grid.row_texts(row)])
