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
