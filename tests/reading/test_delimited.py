"""Separators: one a file as a rule, and what becomes of files that mix them."""

from __future__ import annotations

import pytest
from roster_files import HEADER, NUMBER, csv_bytes, person

from clearbase.reading.file import read_roster

PEOPLE = [[str(cell) for cell in person(n)] for n in range(1, 61)]


@pytest.mark.parametrize("title", ["", "某某有限公司2026年3月员工花名册", "单位：某某有限公司，日期：2026年3月"])
@pytest.mark.parametrize(("above", "below"), [("\t", ","), (",", "\t"), ("，", ","), (";", "，"), (",", "|")])
@pytest.mark.parametrize("people", [1, 2, 60])
def test_a_header_with_other_separators_than_its_people(title: str, above: str, below: str, people: int) -> None:
    lines = [above.join(HEADER), *(below.join(row) for row in PEOPLE[:people])]
    read = read_roster("\r\n".join([title, *lines] if title else lines).encode(), "a.csv")
    assert read.lines is not None
    assert read.sheets[0].header_row == 1 + bool(title)
    assert read.lines["name"].to_pylist() == [row[1] for row in PEOPLE[:people]]
    assert read.lines["id_number"].to_pylist() == [row[3] for row in PEOPLE[:people]]


def test_people_added_below_with_another_separator() -> None:
    lines = [",".join(HEADER), *(",".join(row) for row in PEOPLE[:50]), *("\t".join(row) for row in PEOPLE[50:])]
    read = read_roster("\n".join(lines).encode(), "a.csv")
    assert read.lines is not None
    assert read.lines["name"].to_pylist() == [row[1] for row in PEOPLE]


def test_a_quoted_address_survives_the_other_separator() -> None:
    lines = ["\t".join(HEADER), *(",".join([*row[:4], '"138,139"', row[5]]) for row in PEOPLE[:3])]
    read = read_roster("\n".join(lines).encode(), "a.csv")
    assert read.lines is not None
    assert read.lines["phone"].to_pylist() == ["138,139"] * 3


@pytest.mark.parametrize("people", [1, 2, 60])
def test_where_the_numbers_of_columns_do_not_fit_the_reason_is_the_true_one(people: int) -> None:
    lines = ["\t".join(HEADER), *(",".join([*row, "x", "y", "z"]) for row in PEOPLE[:people])]
    read = read_roster("\n".join(lines).encode(), "a.csv")
    assert (read.outcome, read.reason) == ("unreadable", "mixed_separators")
    assert all(sheet.read == sheet.lines + sum(sheet.set_aside.values()) for sheet in read.sheets)


def test_a_template_with_a_note_has_no_people_and_no_mixture() -> None:
    read = read_roster(csv_bytes([HEADER]) + "\r\n说明：姓名，身份证号，手机号必填\r\n".encode(), "a.csv")
    assert read.outcome == "read" and read.lines is not None and not read.lines.num_rows


@pytest.mark.parametrize("end", [b"", "张".encode()[:2], b"\x9a\n\n", b"\xe5"])
@pytest.mark.parametrize("mark", [b"", b"\xef\xbb\xbf"])
def test_a_file_that_is_cut_in_a_character_is_read_to_there(mark: bytes, end: bytes) -> None:
    rows = csv_bytes([HEADER, ["1", "张三", "男", NUMBER, "13800138000", "2024-03-01"]])
    lines = read_roster(mark + rows + b"\n" + end, "a.csv").lines
    assert lines is not None
    assert lines["name"].to_pylist() == ["张三"]


def observed(lines: list[str]) -> list[tuple[int | None, str, str]]:
    told = read_roster("\n".join(lines).encode(), "2026年3月花名册.csv").observed.to_pylist()
    assert all(row["found"] == row["found_masked"] for row in told)
    return [(row["row"], row["rule"], row["found"]) for row in told]


def test_lines_with_a_cell_too_many_or_too_few_are_told_and_keep_their_values() -> None:
    rows = [",".join(row) for row in PEOPLE[:4]]
    rows[0] += ","  # an empty cell more holds nothing
    rows[1] = rows[1].replace(",男,", ",男,x,") + ",备注"
    rows[2] = rows[2].rpartition(",")[0]
    lines = ["某某有限公司2026年3月员工花名册", ",".join(HEADER), *rows, "", "制表人：张三"]
    assert observed(lines) == [
        (4, "ragged_row", "比表头多2格，多出的内容没有列名，没有读取"),
        (5, "ragged_row", "比表头少1格，按空白读取"),
    ]
    table = read_roster("\n".join(lines).encode(), "a.csv").lines
    assert table is not None
    assert table["name"].to_pylist() == [row[1] for row in PEOPLE[:4]]
    assert table["hire_date"].to_pylist()[2] is None
    assert observed([",".join(HEADER) + ",,", *(row + ",备注" for row in rows[:1]), *rows[3:]]) == []


def test_of_many_ragged_lines_the_first_are_told_and_the_rest_counted() -> None:
    rows = [",".join(row[:-1]) for row in PEOPLE]
    told = observed([",".join(HEADER), *rows])
    assert [row for row, _, _ in told] == [*range(2, 52), None]
    assert told[-1] == (None, "ragged_row", "另有10行也是这样")


@pytest.mark.parametrize("separator", [",", "\t"])
@pytest.mark.parametrize("form", ['="{}"', '"=""{}"""', '= "{}"', "={}", '="{}'])
@pytest.mark.parametrize("stray", ["", '甲"座'])
def test_numbers_that_a_system_protects_by_a_formula_are_the_text_in_it(separator: str, form: str, stray: str) -> None:
    people = [[*row[:3], form.format(row[3]), '="138 0013"', stray or row[5]] for row in PEOPLE[:3]]
    people.append(["4", '=""', "女", "=1+1", "x=", ""])
    lines = [separator.join(row) for row in [HEADER, *people]]
    read = read_roster("\n".join(lines).encode(), "a.csv")
    assert read.lines is not None
    assert read.lines["id_number"].to_pylist() == [*(row[3] for row in PEOPLE[:3]), "=1+1"]
    assert read.lines["phone"].to_pylist() == [*["138 0013"] * 3, "x="]
    assert read.lines["name"].to_pylist()[3] is None
