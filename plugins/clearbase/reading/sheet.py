"""One sheet to roster lines: header, mapping, rows, and where every row went."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Final

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from clearbase.reading.catalogue import Catalogue
from clearbase.reading.code_hints import codes_explained, in_words
from clearbase.reading.column_parts import JOINERS
from clearbase.reading.epoch import days_of_1904
from clearbase.reading.facts import find_employer
from clearbase.reading.grid import Grid
from clearbase.reading.headers import SEARCHED_ROWS, Header, find_header
from clearbase.reading.lookalikes import OF_SEVERAL
from clearbase.reading.mapping import header_words, map_columns
from clearbase.reading.merges import NEVER_FILLED, filled_from
from clearbase.reading.periods import LONGEST_TITLE
from clearbase.reading.result_column import SUMMARY_SHEET, with_confirmed, without_results
from clearbase.reading.row_observations import observations_of, total_of
from clearbase.reading.rows import LINE, SECTION, TOTAL, classify_rows, count_reasons
from clearbase.reading.sections import carried_down
from clearbase.reading.sheet_roles import other_role
from clearbase.reading.titles import SheetTexts
from clearbase.records import EMPTY, FINDINGS, TEXT, SheetRead, table_position
from clearbase.standards import code_lists

HEAD_ROWS: Final = SEARCHED_ROWS + 3
# What a title says of the file stands at its beginning; patterns are asked of it, so that it is not taken longer.
TITLE_LENGTH: Final = 200


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
    if grid.name == SUMMARY_SHEET:
        return SheetLines(set_sheet_aside(sheet, "not_roster", "上一次回执的汇总表，不读取"), texts)
    header = find_header(head, catalogue, start)
    if header is None:
        return SheetLines(set_sheet_aside(sheet, "not_roster", "没有找到名册的表头"), texts)
    grid, confirmed = without_results(grid, header)
    mapping = map_columns(header, grid, catalogue)
    sheet.header_row, sheet.columns = header.last + 1, mapping.columns
    fields = {column.field for column in mapping.columns if column.field}
    texts = SheetTexts(
        grid.name, [[text[:TITLE_LENGTH] for text in row if text] for row in head[: header.first - start]]
    )
    short = [text for row in texts.titles for text in row if len(text) <= LONGEST_TITLE]
    titles = [text.replace(find_employer([text]) or "\0", "") for text in short]
    wages = sum(column.field == "wage" for column in mapping.columns)
    if other := other_role(grid.name, titles, header_words(header), fields, wages):
        return SheetLines(set_sheet_aside(sheet, "not_roster", f"{other}，不是花名册"), texts)
    codes = classify_rows(grid, header, mapping.sources)
    rows = np.flatnonzero(codes == LINE)
    sheet.role, sheet.reason = "roster", f"第{header.last + 1}行是表头，识别出{len(mapping.sources)}个字段"
    sheet.lines, sheet.set_aside = len(rows), count_reasons(codes)
    employer = find_employer(texts.titled())
    sections = carried_down(grid, np.flatnonzero(codes == SECTION), rows, employer)
    lines = with_confirmed(_lines(grid, rows, mapping.sources, catalogue, sections, header), confirmed[rows])
    observed = pa.concat_tables(
        [observations_of(grid, sheet, rows), total_of(grid, sheet, np.flatnonzero(codes == TOTAL))]
    )
    return SheetLines(sheet, texts, lines, observed)


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
    header: Header,
) -> pa.Table:
    below, words = header.last + 1, header_words(header)
    own = _together(rows)
    table: dict[str, pa.Array] = {
        "sheet": pa.array(np.full(len(rows), table_position(grid.position, grid.table), np.int16)),
        "row": pa.array((rows + 1).astype(np.int32)),
    }
    for name in catalogue.fields:
        text, kind = None, None
        if columns := sources.get(name):
            filled = [None if name in NEVER_FILLED else filled_from(grid, c, below) for c in columns]
            places = [own if source is None else source[rows] for source in filled]
            texts = [_taken(grid.text[c], at) for c, at in zip(columns, places, strict=True)]
            kinds = [grid.kinds[c][at] for c, at in zip(columns, places, strict=True)]
            if grid.marks.from_1904 and name in catalogue.dates:
                dated = [days_of_1904(text, kind) for text, kind in zip(texts, kinds, strict=True)]
                texts, kinds = [text for text, _ in dated], [kind for _, kind in dated]
            if len(columns) == 1 and (codes := codes_explained(" ".join(header.paths[columns[0]]))):
                (texts[0], kinds[0]) = in_words(texts[0], kinds[0], codes)
            if name in OF_SEVERAL and len(columns) > 1:
                ticked = [_ticked(t, words[c]) for t, c in zip(texts, columns, strict=True)]
                texts, kinds = [text for text, _ in ticked], [kind for _, kind in ticked]
            text, kind = (texts[0], kinds[0]) if len(columns) == 1 else _joined(name, texts, kinds)
        if (told := sections.get(name)) is not None:
            text, kind = _where_empty(text, kind, told)
        if text is not None:
            table[name], table[f"{name}__kind"] = text, pa.array(kind, pa.int8())
    return pa.table(table)


def _together(rows: npt.NDArray[np.int64]) -> npt.NDArray[np.int64] | slice:
    """Rows that follow each other as a slice, which is taken from a column without copying it."""
    if len(rows) and rows[-1] - rows[0] == len(rows) - 1:  # ascending
        return slice(int(rows[0]), int(rows[-1]) + 1)
    return rows


def _taken(text: pa.Array, rows: npt.NDArray[np.int64] | slice) -> pa.Array:
    return text[rows] if isinstance(rows, slice) else text.take(pa.array(rows))


def _where_empty(
    text: pa.Array | None, kind: npt.NDArray[np.int8] | None, told: pa.Array
) -> tuple[pa.Array, npt.NDArray[np.int8]]:
    """What a heading above says, for the lines that say nothing themselves."""
    said = pc.is_valid(told).to_numpy(zero_copy_only=False)
    if text is None or kind is None:
        return told, np.where(said, TEXT, EMPTY).astype(np.int8)
    return pc.coalesce(text, told), np.where((kind == EMPTY) & said, np.int8(TEXT), kind)


def _ticked(texts: pa.Array, word: str) -> tuple[pa.Array, npt.NDArray[np.int8]]:
    """A column that is ticked for those of whom its header holds: the header where it is, nothing where it is not."""
    said = code_lists.canonical_all("yes_no", texts)
    # An amount or a date stands for yes; / or 自愿放弃 for no.
    yes = pc.or_kleene(pc.equal(said, "true"), pc.match_substring_regex(texts, r"\A\s*[1-9][0-9.,/年月日-]*\s*\z"))
    no = pc.or_kleene(
        pc.equal(said, "false"), pc.match_substring_regex(texts, r"\A\s*[/\\—0-]|放弃|未参|不参|未缴|没有")
    )
    nothing = pa.scalar(None, pa.string())
    put = pc.if_else(pc.fill_null(yes, False), word, pc.if_else(pc.fill_null(no, False), nothing, texts))
    return put, np.where(pc.is_valid(put).to_numpy(zero_copy_only=False), TEXT, EMPTY).astype(np.int8)


def _joined(
    name: str, texts: Sequence[pa.Array], kinds: Sequence[npt.NDArray[np.int8]]
) -> tuple[pa.Array, npt.NDArray[np.int8]]:
    """Parts of one field in their order; empty parts leave no trace.

    Arrow 26 leaves out a row of which every part is null, so that such a row gets a part that is not.
    """
    empty = np.all(np.stack(kinds) == EMPTY, axis=0)
    first = pc.if_else(pa.array(empty), "", texts[0])
    whole = pc.binary_join_element_wise(first, *texts[1:], JOINERS.get(name, ""), null_handling="skip")
    kind = np.where(empty, EMPTY, TEXT).astype(np.int8)
    return pc.if_else(pa.array(empty), pa.scalar(None, pa.string()), whole), kind
