"""Reads the generated open corpus and compares with its truth: header rows, columns, rows, forbidden values."""

from __future__ import annotations

import hashlib
import importlib.util
import json
from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from functools import lru_cache
from pathlib import Path
from typing import Any

from clearbase.inspection.values import Value, values_of_lines
from clearbase.quality.check import check_standardised
from clearbase.reading.catalogue import FIELDS_CSV, FORBIDDEN, Catalogue, load_catalogue
from clearbase.reading.file import read_roster
from clearbase.reading.header_text import normal, without_hints
from clearbase.records import FileRead, SheetRead

CORPUS = Path(__file__).parents[1] / "data" / "corpus"
NO_SYNONYMS = CORPUS.parent / "no_synonyms.csv"


@dataclass
class Figures:
    header_rows: list[bool] = field(default_factory=list)
    columns: list[bool] = field(default_factory=list)
    traps_taken: list[str] = field(default_factory=list)
    people: list[bool] = field(default_factory=list)
    values: list[bool] = field(default_factory=list)
    lost_given: list[str] = field(default_factory=list)
    forbidden_kept: list[str] = field(default_factory=list)
    unbalanced: list[str] = field(default_factory=list)
    role_wrong: list[str] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)

    def __str__(self) -> str:
        shares = {
            "columns": self.columns,
            "header rows": self.header_rows,
            "people": self.people,
            "values": self.values,
        }
        told = [f"{name} {self.share(hits):.2%} of {len(hits)}" for name, hits in shares.items()]
        return ", ".join([*told, f"traps taken {len(self.traps_taken)}"])

    @staticmethod
    def share(hits: list[bool]) -> float:
        return sum(hits) / max(len(hits), 1)


def generate(out: Path, seed: str = "7", noise: float = 0.0, layouts: Path = CORPUS / "layouts-open.json") -> None:
    spec = importlib.util.spec_from_file_location("make_rosters", CORPUS / "make_rosters.py")
    assert spec and spec.loader
    made = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(made)
    made.generate(json.loads(layouts.read_text(encoding="utf-8")), out, seed, 12, noise)


def truth_by_file(out: Path) -> dict[str, list[dict[str, Any]]]:
    files: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for line in (out / "truth.jsonl").read_text(encoding="utf-8").splitlines():
        told = json.loads(line)
        files[told["file"]].append(told)
    return files


def third_of(file: str) -> int:
    """Which third of the layouts a file or layout belongs to, by a hash of its name. The first (0) is held out: what is
    mended is mended by the other two."""
    return hashlib.sha256(Path(file).stem.encode()).digest()[0] % 3


def catalogue_without(third: int, layouts: Path = CORPUS / "layouts-open.json") -> Catalogue:
    """The catalogue as if nobody had seen a third of the layouts: without the synonyms that only that third has."""
    seen: dict[bool, set[str]] = {True: set(), False: set()}
    for layout in json.loads(layouts.read_text(encoding="utf-8")):
        for column in (column for sheet in layout["sheets"] for column in sheet.get("columns", ())):
            path = [str(level) for level in column.get("header_path") or [column.get("header") or ""]]
            seen[third_of(layout["id"]) == third] |= {normal(path[-1]), normal("".join(path)), *map(normal, path)}
    whole, first = load_catalogue(), load_catalogue(FIELDS_CSV, NO_SYNONYMS)
    forms = seen[True] | {without_hints(form) for form in seen[True]}
    others = seen[False] | {without_hints(form) for form in seen[False]}
    only_there = {form for form in whole.known if form in forms and form not in others and form not in first.known}
    return replace(whole, known={form: field for form, field in whole.known.items() if form not in only_there})


def measure(
    out: Path, wanted: Callable[[str], bool] = lambda file: True, catalogue: Catalogue | None = None
) -> tuple[Figures, dict[str, FileRead]]:
    figures, reads = Figures(), {}
    for name, sheets in truth_by_file(out).items():
        if not wanted(name):
            continue
        read, values = _known(out / name) if catalogue is None else _read(out / name, catalogue)
        reads[name] = read
        for sheet in read.sheets:
            if sheet.read != sheet.lines + sum(sheet.set_aside.values()):
                figures.unbalanced.append(f"{name} {sheet.name}")
        if read.lines is not None:
            figures.forbidden_kept += [f"{name} {f}" for f in FORBIDDEN & set(read.lines.column_names)]
        for told in sheets:
            _compare(figures, told, read)
            _compare_values(figures, told, read, values)
    return figures, reads


def _read(path: Path, catalogue: Catalogue | None) -> tuple[FileRead, dict[tuple[int, int], dict[str, Value]]]:
    read = read_roster(path.read_bytes(), path.name, catalogue)
    return read, _values(read)


@lru_cache(maxsize=200)  # the files of one folder: they are asked about as all and as thirds
def _known(path: Path) -> tuple[FileRead, dict[tuple[int, int], dict[str, Value]]]:
    return _read(path, None)


def _compare(figures: Figures, told: dict[str, Any], read: FileRead) -> None:
    sheet = _sheet_of(told, read)
    label = f"{told['file']} {told['sheet']}"
    if (told["role"] == "roster") != (sheet is not None and sheet.role == "roster"):
        figures.role_wrong.append(f"{label}: {told['role']} taken for {sheet.role if sheet else read.reason}")
    if told["role"] != "roster":
        return
    if sheet is None:
        figures.header_rows.append(False)
        figures.columns += [False] * len(told["columns"])
        return
    figures.header_rows.append(sheet.header_row == told["header_row"])
    if sheet.header_row != told["header_row"]:
        figures.faults.append(f"{label}: header {sheet.header_row}, not {told['header_row']}")
    mapped = {column.col: column for column in sheet.columns}
    for column in told["columns"]:
        got = mapped[column["col"]].field if column["col"] in mapped else None
        right = got == column["field"] or got in column.get("also_ok", ())
        figures.columns.append(right)
        if not right:
            fault = f"{label}: {column['header_path']} → {got}, not {column['field']}"
            (figures.traps_taken if column.get("trap") and got else figures.faults).append(fault)
    places = (read.lines["sheet"].to_pylist(), read.lines["row"].to_pylist()) if read.lines is not None else ([], [])
    rows = {row for position, row in zip(*places, strict=True) if position == sheet.position}
    expected = {row["row"] for row in told["rows"]}
    figures.people += [row in rows for row in expected] + [False] * len(rows - expected)
    if rows != expected:
        figures.faults.append(f"{label}: rows missing {sorted(expected - rows)}, too many {sorted(rows - expected)}")


def _values(read: FileRead) -> dict[tuple[int, int], dict[str, Value]]:
    """Sheet position and row → what `check` tells of the person."""
    if read.lines is None:
        return {}
    checked, canonical = check_standardised(read, None)
    assert canonical is not None
    told = values_of_lines(read.lines, checked.lines, canonical)
    places = zip(read.lines["sheet"].to_pylist(), read.lines["row"].to_pylist(), strict=True)
    return dict(zip(places, told, strict=True))


def _compare_values(
    figures: Figures, told: dict[str, Any], read: FileRead, values: dict[tuple[int, int], dict[str, Value]]
) -> None:
    if told["role"] != "roster":
        return
    sheet = _sheet_of(told, read)
    for row in told["rows"]:
        got = values.get((sheet.position, row["row"]), {}) if sheet else {}
        for name, value in row["values"].items():
            if name in FORBIDDEN:
                continue
            if name in row.get("lossy", ()):
                if name in got:
                    figures.lost_given.append(f"{told['file']} row {row['row']} {name}")
                continue
            figures.values.append(got.get(name) == value)
            if got.get(name) != value:
                figures.faults.append(f"{told['file']} row {row['row']} {name}: {got.get(name)}, not {value}")


def _sheet_of(told: dict[str, Any], read: FileRead) -> SheetRead | None:
    if told["format"] in ("xlsx", "xls", "spreadsheetml"):
        return next((s for s in read.sheets if s.name == told["sheet"]), None)
    return read.sheets[told.get("sheet_index", 0)] if read.sheets else None
