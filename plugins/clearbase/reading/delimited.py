"""CSV, TSV and their kin to a grid. Row numbers are those of records: what Excel shows, quoted line breaks included."""

from __future__ import annotations

import csv
import io
from itertools import islice
from typing import Final, Literal

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.csv as arrow_csv

from clearbase.reading.cells import Column, join_chunks, texts_column
from clearbase.reading.encoding import decode_text
from clearbase.reading.grid import MAX_COLUMNS, Grid, make_grid
from clearbase.reading.reasons import Unreadable

# In order of preference where two split the head equally well.
SEPARATORS: Final = ("\t", ",", ";", "|", "，")
HEAD_RECORDS: Final = 40
CHUNK_ROWS: Final = 16_384
# A field longer than this is an unclosed quote that swallowed the rest, not a cell.
MAX_FIELD: Final = 131_072
MAX_LINES_IN_CELL: Final = 20


def read_delimited(data: bytes) -> Grid:
    """The one grid of a text file; every cell is TEXT. Raises Unreadable: binary, empty, not_tabular, too_wide."""
    text, _ = decode_text(data)
    if not text.strip():
        raise Unreadable("empty")
    separator = find_separator(text)
    if separator is None:
        raise Unreadable("not_tabular")
    if separator == "，":  # neither reader takes a separator of several bytes
        return make_grid(1, "", _by_record(text, separator))
    columns = _by_arrow(text, separator)
    if columns is None or ('"' in text and _is_swallowed(columns)):
        columns = _by_record(text, separator)
    return make_grid(1, "", columns)


def find_separator(text: str) -> str | None:
    """The separator that gives the head the most rows of the same width > 1; None if no line has two cells."""
    best: tuple[int, int] = (0, 0)
    found = None
    for separator in SEPARATORS:
        widths = [len(record) for record in _head(text, separator)]
        usual = max(set(widths), key=lambda w: (widths.count(w) * (w > 1), w), default=0)
        score = (widths.count(usual) if usual > 1 else 0, usual)
        if score[0] and (score[0] > best[0] or (score[0] == best[0] and score[1] > best[1])):
            best, found = score, separator
    return found


def _head(text: str, separator: str) -> list[list[str]]:
    records = []
    try:
        reader = csv.reader(io.StringIO(text[: 1 << 18], newline=""), delimiter=separator)
        for record in islice(reader, HEAD_RECORDS):
            if any(record):
                records.append(record)
    except csv.Error:
        pass
    return records


def _by_arrow(text: str, separator: str) -> list[Column] | None:
    """The fast way, for a file whose records all have the same width; None where they have not."""
    width = max((len(record) for record in _head(text, separator)), default=0)
    if width > MAX_COLUMNS:
        raise Unreadable("too_wide")
    names = [f"c{c}" for c in range(width)]
    try:
        table = arrow_csv.read_csv(
            pa.BufferReader(text.encode("utf-8")),
            read_options=arrow_csv.ReadOptions(column_names=names, block_size=1 << 22),
            parse_options=arrow_csv.ParseOptions(
                delimiter=separator, newlines_in_values='"' in text, ignore_empty_lines=False
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


def _by_record(text: str, separator: str) -> list[Column]:
    """The patient way: ragged records are padded to the widest. A quote that nobody closed swallows what follows; such
    a file is read again with quotes as plain characters."""
    try:
        columns = _records(text, separator, csv.QUOTE_MINIMAL)
        if not _is_swallowed(columns):
            return columns
    except csv.Error:
        pass
    try:
        return _records(text, separator, csv.QUOTE_NONE)
    except csv.Error as error:
        raise Unreadable("not_tabular") from error


def _is_swallowed(columns: list[Column]) -> bool:
    return any((pc.max(pc.count_substring(texts, "\n")).as_py() or 0) > MAX_LINES_IN_CELL for texts, _ in columns)


def _records(text: str, separator: str, quoting: Literal[0, 3]) -> list[Column]:
    csv.field_size_limit(MAX_FIELD)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator, quoting=quoting)
    chunks: list[list[Column]] = []
    width = 0
    while chunk := list(islice(reader, CHUNK_ROWS)):
        wide = max(1, *map(len, chunk))
        if wide > MAX_COLUMNS:
            raise Unreadable("too_wide")
        padded = [record + [""] * (wide - len(record)) for record in chunk]
        chunks.append([texts_column(pa.array(v, pa.string())) for v in zip(*padded, strict=True)])
        width = max(width, wide)
    for columns in chunks:
        rows = len(columns[0][0])
        missing = (pa.nulls(rows, pa.string()), np.zeros(rows, np.int8))
        columns.extend([missing] * (width - len(columns)))
    return join_chunks(chunks)
