"""Findings: where each flagged cell is in the employer's own sheet, what stood there, and that masked."""

from __future__ import annotations

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from clearbase.privacy.mask import mask_all
from clearbase.quality.kernels import Mask
from clearbase.quality.suite import Rule, Suite
from clearbase.records import FINDINGS, SheetRead
from clearbase.standards.distinct import one_array

OF_THE_LINE = "line"  # columns line__…: what lines say of each other by their places
PLACES = [("sheet", "ascending"), ("row", "ascending"), ("col", "ascending")]


def findings_of(
    suite: Suite, masks: list[Mask], frame: pa.Table, fields: list[str], sheets: list[SheetRead]
) -> pa.Table:
    """One finding for each flagged cell (schema ``records.FINDINGS``), in the order of sheet, row and column.

    ``masks`` are the rules' in their order; ``fields`` those that the file holds. A field that it does not hold is not
    told line by line, unless its absence puts the line into quarantine: a quarantined line is never without a reason.
    What is for those alone who may see flags of rights (``Rule.audience``) is no finding: only the bits hold it.
    """
    positions = _positions(sheets)
    parts = []
    for rule, mask in _told_cells(suite, masks):
        held = not rule.fields or rule.fields[0] in fields
        if (held or rule.effect == "quarantine") and mask.any():
            parts.append(_findings(rule, np.flatnonzero(mask), frame, held, positions))
    if not parts:
        return FINDINGS.empty_table()
    return pa.concat_tables(parts).sort_by(PLACES)


def with_observed(suite: Suite, findings: pa.Table, observed: pa.Table) -> pa.Table:
    """The rules' findings and what reading observed, in one order; what is said of the whole file comes first."""
    if not observed.num_rows:
        return findings
    findings = _without_yielding(suite, findings, observed)
    of_the_file = pc.is_null(observed["sheet"])
    of_cells = pa.concat_tables([observed.filter(pc.invert(of_the_file)), findings])
    return pa.concat_tables([observed.filter(of_the_file), of_cells.sort_by(PLACES)])


def rule_counts(findings: pa.Table) -> dict[str, int]:
    """Rule code → number of cells told."""
    return {entry["values"]: entry["counts"] for entry in pc.value_counts(findings["rule"]).to_pylist()}


def _without_yielding(suite: Suite, findings: pa.Table, observed: pa.Table) -> pa.Table:
    """Why a cell is empty is told by reading: that it is empty need not be told again."""
    for code in {one for rule in suite.rules for one in rule.yields_to}:
        seen = observed.filter(pc.equal(observed["rule"], code))
        if not seen.num_rows:
            continue
        yielding = [r.code for r in suite.rules if code in r.yields_to and r.effect != "quarantine"]
        again = pc.and_(
            pc.is_in(findings["rule"], value_set=pa.array(yielding)),
            pc.is_in(_places(findings), value_set=one_array(_places(seen)), skip_nulls=True),
        )
        findings = findings.filter(pc.invert(pc.fill_null(again, False)))
    return findings


def _places(findings: pa.Table) -> pa.ChunkedArray:
    """Sheet, row and column of a finding as one text; null where it is of no cell."""
    return pc.binary_join_element_wise(*(findings[name].cast(pa.string()) for name in ("sheet", "row", "col")), "/")


def _told_cells(suite: Suite, masks: list[Mask]) -> list[tuple[Rule, Mask]]:
    """What is told of which lines: of two rules on a cell of which one yields to the other that one only."""
    cells = _each_cell_once(suite, masks)
    of_cell = {(rule.code, rule.fields[:1]): mask for rule, mask in cells}
    told = []
    for rule, mask in cells:
        if rule.audience == "rights":
            continue
        for code in rule.yields_to:
            if (other := of_cell.get((code, rule.fields[:1]))) is not None:
                mask = mask & ~other
        told.append((rule, mask))
    return told


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
    # ... but a rule that somebody added may name any column, and no field
    whose = field or str(source or OF_THE_LINE).split("__")[0]
    masked = found if whose == OF_THE_LINE else mask_all(found, whose)
    if rule.suggests:
        found = _with_suggestion(found, frame[rule.suggests].take(picked).combine_chunks())
    return pa.table(
        [
            sheet,
            frame["row"].take(picked),
            col,
            _constant(field, count),
            _constant(rule.code, count),
            _constant(rule.severity, count),
            found,
            masked,
        ],
        schema=FINDINGS,
    )


def _with_suggestion(found: pa.Array, meant: pa.Array) -> pa.Array:
    """张三1380013… → the same with （可能是 …）behind it; only in clear, where the cell itself may stand."""
    told = pc.binary_join_element_wise(found, "（可能是 ", meant, "）", "")
    return pc.coalesce(told, found)


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
