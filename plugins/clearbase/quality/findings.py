"""Findings: where each flagged cell is in the employer's own sheet, what stood there, and that masked."""

from __future__ import annotations

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from clearbase.privacy.mask import mask_all
from clearbase.quality.kernels import Mask
from clearbase.quality.suite import Rule, Suite
from clearbase.records import FINDINGS, SheetRead

PLACES = [("sheet", "ascending"), ("row", "ascending"), ("col", "ascending")]


def findings_of(
    suite: Suite, masks: list[Mask], frame: pa.Table, fields: list[str], sheets: list[SheetRead]
) -> pa.Table:
    """One finding for each flagged cell (schema ``records.FINDINGS``), in the order of sheet, row and column.

    ``masks`` are the rules' in their order; ``fields`` those that the file holds. A field that it does not hold is not
    told line by line, unless its absence puts the line into quarantine: a quarantined line is never without a reason.
    """
    positions = _positions(sheets)
    parts = []
    for rule, mask in _each_cell_once(suite, masks):
        held = not rule.fields or rule.fields[0] in fields
        if (held or rule.effect == "quarantine") and mask.any():
            parts.append(_findings(rule, np.flatnonzero(mask), frame, held, positions))
    if not parts:
        return FINDINGS.empty_table()
    return pa.concat_tables(parts).sort_by(PLACES)


def with_observed(findings: pa.Table, observed: pa.Table) -> pa.Table:
    """The rules' findings and what reading observed, in one order; what is said of the whole file comes first."""
    if not observed.num_rows:
        return findings
    of_the_file = pc.is_null(observed["sheet"])
    of_cells = pa.concat_tables([observed.filter(pc.invert(of_the_file)), findings])
    return pa.concat_tables([observed.filter(of_the_file), of_cells.sort_by(PLACES)])


def rule_counts(findings: pa.Table) -> dict[str, int]:
    """Rule code → number of cells told."""
    return {entry["values"]: entry["counts"] for entry in pc.value_counts(findings["rule"]).to_pylist()}


def _each_cell_once(suite: Suite, masks: list[Mask]) -> list[tuple[Rule, Mask]]:
    """Two expectations of one code on one field are one finding."""
    cells: dict[tuple[str, tuple[str, ...]], tuple[Rule, Mask]] = {}
    for rule, mask in zip(suite.rules, masks, strict=True):
        key = (rule.code, rule.fields)
        cells[key] = (rule, cells[key][1] | mask) if key in cells else (rule, mask)
    return list(cells.values())


def _findings(
    rule: Rule, rows: np.ndarray[tuple[int], np.dtype[np.int64]], frame: pa.Table, held: bool,
    positions: dict[str, dict[int, int]],
) -> pa.Table:  # fmt: skip
    count = len(rows)
    picked = pa.array(rows)
    sheet = frame["sheet"].take(picked).combine_chunks()
    field = rule.fields[0] if rule.fields else None
    # a rule of the whole line tells what its own column says (the row that is repeated), which is nothing personal
    source = f"{field}__raw" if field and held else rule.kwargs.get("column") if not field else None
    found = frame[source].take(picked).combine_chunks() if source else pa.nulls(count, pa.string())
    col = _columns(sheet, positions.get(field or "", {}))
    return pa.table(
        [
            sheet,
            frame["row"].take(picked),
            col,
            _constant(field, count),
            _constant(rule.code, count),
            _constant(rule.severity, count),
            found,
            mask_all(found, field) if field else found,
        ],
        schema=FINDINGS,
    )


def _columns(sheet: pa.Array, where: dict[int, int]) -> pa.Array:
    """Column of the field in the sheet of each finding; null where the sheet has none."""
    found = pc.index_in(sheet, value_set=pa.array(list(where), sheet.type))
    return pa.array(list(where.values()), pa.int16()).take(found)


def _positions(sheets: list[SheetRead]) -> dict[str, dict[int, int]]:
    """Field → sheet → column, 1-based; of several columns for a field the first."""
    positions: dict[str, dict[int, int]] = {}
    for sheet in sheets:
        for column in sheet.columns:
            if column.field:
                positions.setdefault(column.field, {}).setdefault(sheet.position, column.col)
    return positions


def _constant(text: str | None, count: int) -> pa.Array:
    return pa.nulls(count, pa.string()) if text is None else pa.repeat(pa.scalar(text), count)
