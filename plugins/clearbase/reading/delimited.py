"""CSV, TSV and their kin to a grid. Row numbers are those of records: what Excel shows, quoted line breaks included."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator
from dataclasses import replace
from itertools import islice
from typing import Final

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.csv as arrow_csv

from clearbase.reading.cell_marks import CellMarks
from clearbase.reading.cells import Column, join_chunks, texts_column
from clearbase.reading.encoding import utf8_of
from clearbase.reading.grid import MAX_COLUMNS, Grid, make_grid
from clearbase.reading.quotes import MAX_LINES_IN_CELL, records_despite_quotes, usual_width
from clearbase.reading.reasons import Unreadable
from clearbase.reading.text_formulas import SIGN, unwrapped
from clearbase.records import EMPTY

Widths = npt.NDArray[np.int32]

# In order of preference where two split the head equally well.
SEPARATORS: Final = ("\t", ",", ";", "|", "，")
# Those that programs write; the last one stands in sentences, too.
IN_FILES: Final = SEPARATORS[:-1]
NARROW: Final = 2
HEAD_RECORDS: Final = 40
HEAD_BYTES: Final = 1 << 19
CHUNK_ROWS: Final = 16_384


def read_delimited(data: bytes) -> Grid:
    """The one grid of a text file; every cell is TEXT. Raises Unreadable: binary, empty, not_tabular, too_wide."""
    encoded, _ = utf8_of(data)
    top = encoded[:HEAD_BYTES].decode("utf-8", "ignore")
    separator = find_separator(top)
    if separator is None:
        raise Unreadable("empty" if not top or top.isspace() else "not_tabular")
    columns, widths = _read(encoded, separator, _head(top, separator))
    if SIGN in encoded:
        columns = unwrapped(columns)
    return replace(make_grid(1, "", columns), marks=CellMarks(widths=widths))


def _read(encoded: bytes, separator: str, head: list[list[str]]) -> tuple[list[Column], Widths | None]:
    """The columns, and how many cells each line has; None where all have the same number."""
    usual = usual_width(head)
    quotes = encoded.count(b'"')
    if quotes % 2 == 0:  # else one of them is stray
        columns = _by_arrow(encoded, separator, max(map(len, head)), quotes > 0)
        read = (columns, None) if columns else _by_record(encoded.decode(), separator, usual)
        if read is not None and not (quotes and _may_be_swallowed(read[0], separator, usual)):
            return read
    return _columns(_evenly(records_despite_quotes(encoded.decode(), separator), separator, usual))


def has_mixed_separators(data: bytes) -> bool:
    """Whether some line at the top falls into cells only by another separator than the rest, and into another number
    of them: such a line could not be read. For a file in which nobody was found; ``data`` has been read before."""
    top = utf8_of(data)[0][:HEAD_BYTES].decode("utf-8", "ignore")
    separator = find_separator(top)
    if separator is None:
        return False
    head = _head(top, separator)
    narrow = [record for record in _evenly(head, separator, usual_width(head)) if len(record) <= NARROW]
    return any(
        _split(record, separator, other)[NARROW:] for record in narrow for other in IN_FILES if other != separator
    )


def find_separator(text: str) -> str | None:
    """The separator that gives the head the most rows of the same width > 1; None if no line has two cells."""
    best: tuple[int, int] = (0, 0)
    found = None
    for separator in SEPARATORS:
        records = _head(text, separator)
        widths = [len(record) for record in records]
        usual = usual_width(records)
        score = (widths.count(usual), usual)
        if score[0] and (score[0] > best[0] or (score[0] == best[0] and score[1] > best[1])):
            best, found = score, separator
    return found


def _head(text: str, separator: str) -> list[list[str]]:
    records = records_despite_quotes(text, separator)
    return list(islice((record for record in records if any(record)), HEAD_RECORDS))


def _by_arrow(encoded: bytes, separator: str, width: int, quoted: bool) -> list[Column] | None:
    """The fast way, for a file whose records all have the same width; None where they have not.

    One thread: Arrow's threads cost half as much CPU again, for less than a fifth of the time.
    """
    if len(separator.encode()) > 1:
        return None
    if width > MAX_COLUMNS:
        raise Unreadable("too_wide")
    names = [f"c{c}" for c in range(width)]
    try:
        table = arrow_csv.read_csv(
            pa.BufferReader(pa.py_buffer(encoded)),
            read_options=arrow_csv.ReadOptions(column_names=names, block_size=1 << 22, use_threads=False),
            parse_options=arrow_csv.ParseOptions(
                delimiter=separator, newlines_in_values=quoted, ignore_empty_lines=False
            ),
            convert_options=arrow_csv.ConvertOptions(
                column_types=dict.fromkeys(names, pa.string()), strings_can_be_null=False, check_utf8=False
            ),
        )
    except pa.ArrowInvalid:
        return None
    if table.num_rows == 0:
        return None
    return [texts_column(_one_array(column)) for column in table.columns]


def _one_array(column: pa.ChunkedArray) -> pa.Array:
    combined = column.combine_chunks()
    return pa.concat_arrays(combined.chunks) if isinstance(combined, pa.ChunkedArray) else combined


def _by_record(text: str, separator: str, usual: int) -> tuple[list[Column], Widths] | None:
    """The patient way: ragged records are padded to the widest. None where a quote closes in the middle of a cell, or
    never."""
    try:
        records = csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True)
        return _columns(_evenly(records, separator, usual))
    except csv.Error:
        return None


def _may_be_swallowed(columns: list[Column], separator: str, usual: int) -> bool:
    """Whether some cell goes over lines of which the first and the last may each be a record of the usual width, give
    or take one cell. An address over two lines is far from that; what is near is told by the text itself."""
    if len(columns) < usual:
        return True
    unlike = columns[usual - 1][1] == EMPTY  # records that may be shorter or longer than the usual
    for _, kinds in columns[usual:]:
        unlike |= kinds != EMPTY
    for c, (texts, _) in enumerate(columns):
        rows = pc.fill_null(pc.match_substring_regex(texts, r"[\r\n]"), False)
        if not pc.any(rows).as_py():
            continue
        over_lines = texts.filter(rows)
        if pc.max(pc.count_substring(over_lines, "\n")).as_py() > MAX_LINES_IN_CELL:
            return True
        first_line = pc.replace_substring_regex(over_lines, r"(?s)[\r\n].*", "")
        last_line = pc.replace_substring_regex(over_lines, r"(?s).*[\r\n]", "")
        first = _is_near(c + 1, pc.count_substring(first_line, separator), usual)
        last = _is_near(usual - c, pc.count_substring(last_line, separator), usual)
        if (first & (last | unlike[rows.to_numpy(zero_copy_only=False)])).any():
            return True
    return False


def _is_near(cells: int, separators: pa.Array, usual: int) -> npt.NDArray[np.bool_]:
    """Whether so many cells and one more for each separator are the usual number, give or take one."""
    distance = separators.to_numpy(zero_copy_only=False) + (cells - usual)
    return np.asarray(np.abs(distance) <= 1, np.bool_)


def _evenly(records: Iterable[list[str]], separator: str, usual: int) -> Iterator[list[str]]:
    """A line of one or two cells that another separator splits into about the usual number is split by that one:
    a header pasted above rows that another program wrote, or rows added below."""
    least = usual - max(1, usual // 10)
    for record in records:
        if record and len(record) <= NARROW < least:
            for other in SEPARATORS:
                if other != separator and least <= len(cells := _split(record, separator, other)) <= 2 * usual - least:
                    record = cells
                    break
        yield record


def _split(record: list[str], separator: str, other: str) -> list[str]:
    return next(records_despite_quotes(separator.join(record), other), [])


def _columns(records: Iterator[list[str]]) -> tuple[list[Column], Widths]:
    """The columns, and how many cells each line has."""
    chunks: list[list[Column]] = []
    widths: list[int] = []
    width = 0
    while chunk := list(islice(records, CHUNK_ROWS)):
        widths += map(len, chunk)
        wide = max(1, *widths[-len(chunk) :])
        if wide > MAX_COLUMNS:
            raise Unreadable("too_wide")
        padded = [record + [""] * (wide - len(record)) for record in chunk]
        chunks.append([texts_column(pa.array(v, pa.string())) for v in zip(*padded, strict=True)])
        width = max(width, wide)
    for columns in chunks:
        rows = len(columns[0][0])
        missing = (pa.nulls(rows, pa.string()), np.zeros(rows, np.int8))
        columns.extend([missing] * (width - len(columns)))
    return join_chunks(chunks), np.array(widths, np.int32)
