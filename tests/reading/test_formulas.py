"""Formulas: without a result they are no content, and nothing of that vanishes; names and numbers are no formulas."""

from __future__ import annotations

import io
import re
from typing import Any

import xlsxwriter
from roster_files import HEADER, person
from test_observations import observed, saved, workbook
from test_sizes import changed

from clearbase.reading.file import read_roster
from clearbase.reading.row_observations import letters_of


def test_a_formula_that_nobody_calculated_is_told_where_it_stands() -> None:
    book, sheet = workbook([*HEADER, "年龄"], [*person(1), "=2026-1990"], [*person(2), 36])
    sheet["H3"] = "=1+1"  # in nobody's column
    assert observed(saved(book)) == [(1, 2, 7, "age", "formula_uncalculated", "G2")]


def test_a_row_of_nothing_but_formulas_does_not_vanish() -> None:
    row = ["=ROW()-1", "=Sheet2!B2", "男", "=Sheet2!D2", "=Sheet2!E2", "=Sheet2!F2"]
    book, _ = workbook(HEADER, person(1), ["=ROW()-1", "=Sheet2!B2", None, "=Sheet2!D2"], row, [], row[:2])
    read = read_roster(saved(book), "2026年3月花名册.xlsx")
    roster = read.sheets[0]
    assert roster.read == roster.lines + sum(roster.set_aside.values()) == 6
    told = [(line["row"], line["field"], line["rule"], line["found"]) for line in read.observed.to_pylist()]
    assert (3, "name", "formula_uncalculated", "B3") in told
    assert (3, "id_number", "formula_uncalculated", "D3") in told
    assert (6, "name", "formula_uncalculated", "B6") in told
    assert (6, "row_no", "formula_uncalculated", "A6") not in told, "numbers that a form gives beforehand are nobody"


def test_of_many_formulas_the_first_are_told_and_the_rest_counted() -> None:
    book, _ = workbook([*HEADER, "年龄"], *([*person(n), "=1+1"] for n in range(1, 61)))
    told = observed(saved(book))
    assert len(told) == 51
    assert told[-1] == (1, None, None, None, "formula_uncalculated", "另有10格也是这样")


def calculated(formulas: dict[tuple[int, int], Any], rows: list[list[Any]]) -> bytes:
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out)
    sheet = book.add_worksheet("花名册")
    for r, row in enumerate(rows):
        sheet.write_row(r, 0, row)
    for (r, c), value in formulas.items():
        sheet.write_formula(r, c, "=Sheet2!A1", None, value)
    book.close()
    # Excel says of an empty text that it is one; XlsxWriter does not.
    plain, told = (rb'<c r="\w+">(?=<f>[^<]*</f><v></v>)', lambda found: found[0][:-1] + b' t="str">')
    return changed(out.getvalue(), "worksheets", lambda xml: re.sub(plain, told, xml))


def test_names_and_numbers_that_are_calculated_are_told_once_a_column() -> None:
    rows = [HEADER, *map(person, range(1, 5))]
    formulas = {(2, 1): "张三", (3, 1): "李四", (4, 1): "", (1, 3): "330206199001011231", (1, 4): "13800138000"}
    assert observed(calculated(formulas, rows)) == [
        (1, 3, 2, "name", "formula_identity", "2"),
        (1, 2, 4, "id_number", "formula_identity", "1"),
    ]


def test_a_result_that_is_an_empty_text_is_a_result() -> None:
    rows = [[*HEADER, "备注"], [*person(1), None]]
    assert observed(calculated({(1, 6): ""}, rows)) == []


def test_columns_are_named_as_in_the_sheet() -> None:
    assert [letters_of(c) for c in (0, 25, 26, 701, 702, 16_383)] == ["A", "Z", "AA", "ZZ", "AAA", "XFD"]
