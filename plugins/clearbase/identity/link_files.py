"""Two plain CSV files, a registry and a roster, linked offline: cells raw as people type them, any encoding, ids in
the answer."""

from __future__ import annotations

import csv
import io
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from clearbase.errors import RequestError
from clearbase.identity.features import CELLS, features_of_cells
from clearbase.identity.matching import Matched, match
from clearbase.identity.model import Model
from clearbase.reading.delimited import read_delimited
from clearbase.reading.reasons import Unreadable
from clearbase.records import EMPTY

COLUMNS = ("id", *CELLS)
ANSWER = ("roster_id", "registry_id", "outcome", "weight", "rule", "person")
# Bytes with which other files begin: PK (xlsx, zip), OLE2 (xls), PDF.
NOT_TEXT = {b"PK\x03\x04": "a workbook or zip", b"\xd0\xcf\x11\xe0": "an old workbook (xls)", b"%PDF": "a PDF"}
WHY = {
    "empty": "holds nothing",
    "not_tabular": "has no columns",
    "binary": "is neither text nor a table",
    "too_wide": "has too many columns",
}


@dataclass(frozen=True)
class Linked:
    """The answer as CSV, how many roster rows have each outcome, and what is to be told of the files."""

    text: str
    counts: dict[str, int]
    told: list[str]


def link_files(registry: Path, roster: Path, model: Model) -> Linked:
    """Raises RequestError for a file that cannot be taken; OSError where one cannot be read."""
    told: list[str] = []
    records, lines = (features_with_id(read_cells(path, told), path, told) for path in (registry, roster))
    matched = match(records, lines, model)
    first = matched.answer.group_by("row").aggregate([("outcome", "min")])["outcome_min"]
    counts = {outcome: pc.sum(pc.equal(first, outcome)).as_py() or 0 for outcome in ("same", "review", "new")}
    return Linked(answer_csv(matched, lines["id"]), counts, told)


def read_cells(path: Path, told: list[str]) -> pa.Table:
    """The columns of ``COLUMNS`` as text, in the order of the file; lines without anything in them, not even an id,
    are left out and told. A column that is not there is told and empty; without ids, or without both names and numbers,
    nothing can be said."""
    data = path.read_bytes()
    for magic, what in NOT_TEXT.items():
        if data.startswith(magic):
            raise RequestError(f"{path} is {what}, not a CSV: save it as CSV")
    try:
        grid = read_delimited(data)
    except Unreadable as error:
        raise RequestError(
            f"{path} {WHY.get(error.code, 'cannot be read as CSV')}; its first line must name {', '.join(COLUMNS)}"
        ) from None
    first = grid.first_filled()
    header = [(cell or "").strip().strip("\ufeff").lower() for cell in grid.head(1, first)[0]] if grid.rows else []
    missing = [column for column in COLUMNS if column not in header]
    if "id" in missing or {"name", "id_number"} <= set(missing):
        raise RequestError(f"{path} has no column {', '.join(missing)}; its first line must name {', '.join(COLUMNS)}")
    if missing:
        told.append(f"{path}: no column {', '.join(missing)}; taken as empty")
    if twice := [column for column in COLUMNS if header.count(column) > 1]:
        raise RequestError(f"{path} has more than one column {', '.join(twice)}")
    filled = np.zeros(grid.rows, np.bool_)
    for kinds in grid.kinds:
        filled |= kinds != EMPTY
    if blank := lines_told(np.flatnonzero(~filled[first + 1 :]) + first + 2):
        told.append(f"{path}: nothing stands in line {blank}; left out")
    filled[: first + 1] = False
    keep = pa.array(filled)
    return pa.table({
        column: pc.fill_null(grid.text[header.index(column)].filter(keep), "") if column in header
        else pa.array([""] * int(filled.sum()), pa.string())
        for column in COLUMNS
    })  # fmt: skip


def lines_told(numbers: npt.NDArray[np.int64]) -> str:
    """Numbers in rising order as ``3, 7-9``."""
    runs = np.split(numbers, np.flatnonzero(np.diff(numbers) > 1) + 1)
    return ", ".join(str(run[0]) if len(run) == 1 else f"{run[0]}-{run[-1]}" for run in runs if len(run))


def features_with_id(cells: pa.Table, path: Path, told: list[str]) -> pa.Table:
    """Features and ``id``. Ids that stand twice or are empty are told, by their number, and kept."""
    ids = cells["id"]
    twice = len(ids) - pc.count_distinct(ids).as_py()
    if twice:
        told.append(f"{path}: {twice} of {len(ids)} ids stand there before")
    return features_of_cells(cells).append_column("id", ids)


def answer_csv(matched: Matched, ids: pa.ChunkedArray) -> str:
    """The lines of ``ANSWER``. A person is named by the smallest roster id of its rows, whatever their order."""
    person = pa.table({"person": matched.person, "id": ids, "row": pa.array(range(len(ids)), pa.int64())})
    smallest = person.group_by("person").aggregate([("id", "min"), ("row", "min")])
    order = smallest.sort_by([("id_min", "ascending"), ("row_min", "ascending")])["person"].to_pylist()
    number = {each: f"P{place:07d}" for place, each in enumerate(order, 1)}
    names = [number[each] for each in matched.person.to_pylist()]
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(ANSWER)
    answer = matched.answer
    columns = [answer[c].to_pylist() for c in ("row", "roster_id", "registry_id", "outcome", "weight", "rule")]
    for row, roster_id, registry_id, outcome, weight, rule in zip(*columns, strict=True):
        said = "" if weight is None else f"{weight:.1f}"
        writer.writerow((roster_id, registry_id, outcome, said, rule, names[row]))
    return out.getvalue()
