"""Messiness E, dates: for each entry a line that is flagged and one that is innocent."""

import datetime as dt

import openpyxl
import pytest
from one_roster import CLEAN, checked, roster, told, told_rows
from openpyxl.utils.datetime import CALENDAR_MAC_1904
from workbooks import checked_book

from clearbase.records import DATE, NUMBER


def test_e1_serial_numbers_are_days():
    line, codes = checked(hire_date=("44260", NUMBER))
    assert codes == [] and line["hire_date"] == "2021-03-05"
    assert checked(hire_date=("2021-03-05", DATE))[0]["hire_date"] == "2021-03-05"
    assert told(hire_date=("4426", NUMBER)) == ["HIRE_UNREADABLE"]


def test_e2_a_workbook_of_1904_counts_from_there():
    book = openpyxl.Workbook()
    book.epoch = CALENDAR_MAC_1904
    book.active.append(["姓名", "身份证号", "手机号", "入职日期"])
    book.active.append(["张三", CLEAN["id_number"], "13912345678", dt.date(2021, 3, 5)])
    result = checked_book(book)
    assert result.lines["hire_date"].to_pylist() == ["2021-03-05"] and told_rows(result) == {}


@pytest.mark.parametrize(
    "cell",
    [
        "2021.3.5",
        "2021年3月5日",
        "20210305",
        "2021/3/5",
        "2021-03-05 00:00:00",
        "2021。3。5",
        "2021，3，5",
        "二〇二一年三月五日",
    ],
)
def test_e3_every_way_of_writing_a_day_is_one(cell):
    line, codes = checked(hire_date=cell)
    assert codes == [] and line["hire_date"] == "2021-03-05"
    assert told(hire_date=cell.replace("3", "13").replace("三", "十三")) == ["HIRE_UNREADABLE"]


@pytest.mark.parametrize("field", ["hire_date", "contract_start", "probation_end", "id_valid_to", "insurance_start"])
def test_e4_a_guessed_order_is_told_in_every_column_of_dates(field):
    line, codes = checked(**{field: "21/3/5"})
    assert codes == ["DATE_ASSUMED"] and line[field] == "2021-03-05"
    assert told(**{field: "2021/3/5"}) == []


def test_e5_a_month_alone_stays_one():
    for cell in ("2021.3", "2021年3月"):
        line, codes = checked(hire_date=cell)
        assert codes == [] and line["hire_date"] == "2021-03"


def test_e6_a_number_2021_1_is_january_or_october():
    assert told(hire_date=("2021.1", NUMBER)) == ["HIRE_AMBIGUOUS"]
    assert told(hire_date="2021.1") == [] and told(hire_date=("2021.11", NUMBER)) == []


@pytest.mark.parametrize("cell", ["至今", "长期", "永久", "在职", "未离职", "/", "9999-12-31"])
def test_e7_no_end_is_a_meaning_and_no_fault(cell):
    line, codes = checked(contract_start="2023-01-01", contract_end=cell, leave_date=cell)
    assert codes == [] and line["contract_end"] is None and line["leave_date"] is None
    assert told(leave_date="昨天") == ["LEAVE_UNREADABLE"]


@pytest.mark.parametrize(
    ("cells", "code"),
    [
        ({"hire_date": "2021-02-30"}, "HIRE_UNREADABLE"),
        ({"leave_date": "1900-01-00"}, "LEAVE_UNREADABLE"),
        ({"contract_start": "1900-01-01"}, "DATE_UNREADABLE"),
        ({"hire_date": "2099-01-01"}, "DATE_AHEAD"),
        ({"hire_date": "2031-01-01"}, "DATE_AHEAD"),
        ({"leave_date": "2031-01-01"}, "DATE_AHEAD"),
        ({"birth_date": "2031-01-01", "id_number": "E12345678"}, "DATE_AHEAD"),
        ({"hire_date": "2001-06-14"}, "HIRE_BEFORE_16"),
        ({"hire_date": "2024-04-20"}, "HIRE_AFTER_PERIOD"),
        ({"leave_date": "2020-01-01"}, "LEAVE_BEFORE_HIRE"),
        ({"contract_start": "2023-01-01", "contract_end": "2020-12-31"}, "CONTRACT_ORDER"),
    ],
)
def test_e8_days_that_are_none_or_cannot_be(cells, code):
    line, codes = checked(**cells)
    assert codes == [code]
    field = list(cells)[-1 if code == "CONTRACT_ORDER" else 0]
    assert (line[field] is None) == (code not in ("HIRE_BEFORE_16", "HIRE_AFTER_PERIOD"))


def test_e8_days_that_can_be_are_not_told():
    assert told(hire_date="2001-06-15", leave_date="2024-06-30") == []  # leaves in three months
    assert told(contract_start="2023-01-01", contract_end="2023-01") == []
    assert told(birth_date="1985-06-15") == []


def test_e8_a_hire_ahead_is_no_evidence_against_the_leave_date():
    assert told(hire_date="2031-01-01", leave_date="2024-03-01") == ["DATE_AHEAD"]


def test_e9_a_range_is_a_start_and_an_end():
    line, codes = checked(contract_start="2023.1.1-2025.12.31")
    assert codes == [] and (line["contract_start"], line["contract_end"]) == ("2023-01-01", "2025-12-31")
    line, codes = checked(contract_start="2024.12.31-2023.1.1", contract_end="")
    assert codes == ["CONTRACT_ORDER"] and line["contract_end"] is None
    result = roster({**CLEAN, "contract_start": "2023.1.1-长期"})
    assert told_rows(result) == {}
