"""Every roster file opens, and every row that the truth names holds that person."""

from __future__ import annotations

import csv
import datetime as dt
import io
import re
import unicodedata
from collections import defaultdict
from collections.abc import Callable
from pathlib import Path

import pytest
from python_calamine import CalamineWorkbook

from clearbase.district.generate import DistrictSummary
from clearbase.district.layouts import LAYOUTS

Rows = list[dict[str, str]]
Table = Callable[[Path], Rows]
District = tuple[Path, DistrictSummary]
Opened = list[tuple[dict[str, str], Rows, list[list[object]]]]  # each file: its truth, its lines, its cells
NAME_HEADERS = {"姓名", "员工姓名"}
ID_HEADERS = {"身份证号码", "身份证号", "公民身份号码", "证件号码", "居民身份证号", "身份证"}
HIRE_HEADERS = {
    "入职日期",
    "入职日期(年/月/日)",
    "入职时间",
    "进厂日期",
    "入厂日期",
    "录用日期",
    "到岗日期",
    "入职日期：",
}


def _grid(path: Path, position: int, encoding: str) -> list[list[object]]:
    if path.suffix == ".csv":
        return [list(row) for row in csv.reader(io.StringIO(path.read_bytes().decode(encoding), newline=""))]
    book = CalamineWorkbook.from_path(str(path))
    return book.get_sheet_by_index(position - 1).to_python(skip_empty_area=False)


def _header(text: object) -> str:
    return re.sub(r"[\s*]", "", str(text))


def _digits(cell: object) -> str:
    plain = unicodedata.normalize("NFKC", str(cell))
    return "".join(c for c in plain if c.isalnum()).upper()


def _letters(cell: object) -> str:
    return "".join(c for c in str(cell) if unicodedata.category(c) == "Lo")


def _date(cell: object) -> str:
    if isinstance(cell, dt.date):
        return cell.isoformat()[:10]
    text = str(int(cell)) if isinstance(cell, float) else str(cell)
    if re.fullmatch(r"\d{8}", text):
        return f"{text[:4]}-{text[4:6]}-{text[6:]}"
    year, month, day = re.findall(r"\d+", text)
    return f"{year}-{int(month):02d}-{int(day):02d}"


@pytest.fixture(scope="module", params=["district", "spotless"])
def opened(request: pytest.FixtureRequest, table: Table) -> tuple[Path, Opened]:
    """Each file's truth, its lines' truth, and its cells as another reader sees them."""
    out: Path = request.getfixturevalue(request.param)[0]
    lines = defaultdict(list)
    for line in table(out / "truth" / "lines.csv.gz"):
        lines[line["file"]].append(line)
    return out, [
        (
            file,
            lines[file["file"]],
            _grid(out / "rosters" / file["file"], position(lines[file["file"]]), file["encoding"]),
        )
        for file in table(out / "truth" / "files.csv")
    ]


def position(lines: Rows) -> int:
    return int(lines[0]["position"])


def test_rows_named_in_the_truth_hold_that_person(
    opened: tuple[Path, Opened],
) -> None:
    for file, lines, grid in opened[1]:
        header = next(place for place, row in enumerate(grid) if NAME_HEADERS & {_header(cell) for cell in row})
        names = [_header(cell) for cell in grid[header]]
        name_col = next(col for col, text in enumerate(names) if text in NAME_HEADERS)
        id_col = next(col for col, text in enumerate(names) if text in ID_HEADERS)
        assert HIRE_HEADERS & set(names)
        for line in lines:
            row = grid[int(line["row"]) - 1]
            kinds = dict(kind.split(":") for kind in line["dirt"].split(";") if kind)
            number, name = row[id_col], row[name_col]
            match kinds.get("name"):
                case "missing":
                    assert name == ""
                case "misheard":
                    assert len(str(name)) == len(line["name"]) and name != line["name"]
                case _:
                    assert _letters(name).startswith(_letters(line["name"]))
            match kinds.get("id_number"):
                case "missing":
                    assert number == ""
                case "stored_as_number":
                    assert isinstance(number, float) and 1e17 < number < 1e18
                    if line["dirt"].count("id_number:") == 1:
                        assert abs(number - int(line["id_number"])) < 1100
                case "scientific":
                    assert re.fullmatch(r"\d\.\d{5}E\+17", str(number))
                case "wrong_digit" | "borrowed" | "masked" | "fifteen_digits":
                    assert number != line["id_number"]
                case "spaced":
                    assert number != line["id_number"] and _digits(number) == line["id_number"]
                case _:
                    assert number == line["id_number"], file["file"]
        told = {int(line["row"]) for line in lines}
        for place, row in enumerate(grid[header + 1 :], header + 2):
            if place not in told and len(row) > max(name_col, id_col):
                assert row[name_col] == "" and row[id_col] == ""


def test_hire_and_leave_dates_are_those_of_the_spells(opened: tuple[Path, Opened], table: Table) -> None:
    out, files = opened
    spells = {(s["person_id"], s["uscc"], s["valid_from"], s["valid_to"]) for s in table(out / "truth" / "spells.csv")}
    starts = {key[:3] for key in spells}
    checked = 0
    for file, lines, grid in files:
        header = next(row for row in grid if NAME_HEADERS & {_header(cell) for cell in row})
        hire_col = next(col for col, cell in enumerate(header) if _header(cell) in HIRE_HEADERS)
        leave_col = next(
            (col for col, cell in enumerate(header) if _header(cell) in {"离职日期", "离职时间", "离厂日期"}), None
        )
        for line in lines:
            row = grid[int(line["row"]) - 1]
            if "hire_date:missing" in line["dirt"] or "hire_date:impossible" in line["dirt"]:
                continue
            hired = _date(row[hire_col])
            assert (line["person_id"], file["uscc"], hired) in starts
            if leave_col is not None and line["employed"] == "false" and "left_note" not in line["dirt"]:
                assert (line["person_id"], file["uscc"], hired, _date(row[leave_col])) in spells
                checked += 1
            elif leave_col is not None and line["employed"] == "true":
                assert row[leave_col] == ""
    assert checked


def test_all_layouts_and_encodings_occur(district: District, table: Table) -> None:
    files = table(district[0] / "truth" / "files.csv")
    assert {layout.key for layout in LAYOUTS} <= {file["layout"] for file in files}
    assert {file["encoding"] for file in files} == {"xlsx", "xls", "utf-8-sig", "gb18030"}
    magic = {"xlsx": b"PK\x03\x04", "xls": b"\xd0\xcf\x11\xe0", "utf-8-sig": b"\xef\xbb\xbf"}
    for file in files:
        begins = magic.get(file["encoding"], b"")
        assert (district[0] / "rosters" / file["file"]).read_bytes().startswith(begins)
