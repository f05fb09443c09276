"""The blank workbook is read back: nobody in it at first, everybody who is filled in."""

from __future__ import annotations

import csv
import datetime as dt
import io
from pathlib import Path

import openpyxl
import pyarrow as pa
import pytest
from openpyxl.utils import get_column_letter

from clearbase.given import Given
from clearbase.inspection.report import Report, report_of
from clearbase.quality.check import check_lines
from clearbase.quality.standardise import YES_NO
from clearbase.quality.suite import load_suite
from clearbase.reading.catalogue import load_catalogue
from clearbase.reading.file import read_roster
from clearbase.receipts.template import CATALOGUE, FACT_COLUMNS, HEADER_ROW, TEXT_ROWS, template_columns, write_template
from clearbase.records import TEXT, FileRead
from clearbase.standards import code_lists, example_person, identity_number, travel_document

COLUMNS = template_columns()
CHOICES = {column.field: column.choices for column in COLUMNS if column.choices}


@pytest.fixture(scope="module")
def blank(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("template") / "花名册.xlsx"
    write_template(path)
    return path


def inspect(data: bytes, name: str) -> Report:
    return report_of(read_roster(data, name), name, Given(), True).report


def test_the_blank_one_holds_nobody_and_its_example_is_set_aside(blank: Path) -> None:
    report = inspect(blank.read_bytes(), blank.name)
    assert (report["outcome"], report["reason"], report["rows"]) == ("held", "no_lines", [])
    roster, notes = report["sheets"]
    assert (roster["role"], roster["header_row"]) == ("roster", HEADER_ROW + 1)
    assert roster["set_aside"]["example"] == 1
    assert notes["role"] == "set_aside"


def test_the_example_is_set_aside_however_it_is_numbered(blank: Path) -> None:
    book = openpyxl.load_workbook(blank)
    book["花名册"].cell(HEADER_ROW + 2, 1).value = 1
    out = io.BytesIO()
    book.save(out)
    report = inspect(out.getvalue(), "x.xlsx")
    assert (report["reason"], report["rows"]) == ("no_lines", [])
    assert report["sheets"][0]["set_aside"]["example"] == 1


def test_the_example_is_the_person_that_reading_knows() -> None:
    told = {column.field: column.example for column in COLUMNS}
    assert (told["name"], told["id_number"], told["sex"]) == (
        example_person.NAME,
        example_person.NUMBER,
        example_person.SEX,
    )
    assert identity_number.is_valid(told["id_number"])
    assert (told["sex"] == "男") == bool(int(told["id_number"][16]) % 2)


def test_every_column_is_known(blank: Path) -> None:
    columns = inspect(blank.read_bytes(), blank.name)["sheets"][0]["columns"]
    assert [column["header"] for column in columns if column["field"] is None] == []
    assert len({column["field"] for column in columns}) == len(COLUMNS)


def test_who_is_filled_in_is_accepted(blank: Path) -> None:
    book = openpyxl.load_workbook(blank)
    sheet = book["花名册"]
    for column, fact in zip(FACT_COLUMNS, ("某某电子有限公司", "91350100M000100Y43", "2026年11月"), strict=True):
        sheet.cell(2, column + 1).value += fact
    values = [column.example for column in COLUMNS]
    for column, value in enumerate(["1", "李四", *values[2:]], 1):
        sheet.cell(HEADER_ROW + 3, column).value = value or None
    out = io.BytesIO()
    book.save(out)
    report = inspect(out.getvalue(), "x.xlsx")
    assert (report["outcome"], report["period"], report["kind"]) == ("accepted", "2026-11", "full")
    assert report["employer"] == {"name": "某某电子有限公司", "uscc": "91350100M000100Y43"}
    (row,) = report["rows"]
    assert row["values"]["name"] == "李四"
    assert row["values"]["id_number"] == "11010519491231002X"
    assert row["values"]["hire_date"] == "2026-01-05"


def test_drop_downs_and_number_formats_are_those_of_the_catalogue(blank: Path) -> None:
    sheet = openpyxl.load_workbook(blank)["花名册"]
    with CATALOGUE.open(encoding="utf-8-sig", newline="") as lines:
        rows = [row for row in csv.DictReader(lines) if row["template_header"]]
    asked = {str(rule.sqref): rule for rule in sheet.data_validations.dataValidation}
    for place, row in enumerate(rows, 1):
        letter = get_column_letter(place)
        assert sheet.cell(HEADER_ROW + 1, place).value.strip("*") == row["template_header"]
        assert sheet.column_dimensions[letter].number_format == row["number_format"]
        assert sheet.cell(HEADER_ROW + 2, place).number_format in (row["number_format"], "General")
        rule = asked.get(f"{letter}{HEADER_ROW + 2}:{letter}{HEADER_ROW + TEXT_ROWS + 1}")
        listed = rule.formula1.strip('"').split(",") if rule is not None and rule.type == "list" else []
        assert "|".join(listed) == row["choices"]
        assert (rule is not None and rule.type == "date") == (row["number_format"] == "yyyy-mm-dd")
        assert (row["number_format"] == "yyyy-mm-dd") == row["type"].startswith("date")
    assert load_catalogue().labels.keys() >= {row["field"] for row in rows}


@pytest.mark.parametrize("field", CHOICES)
def test_what_may_be_chosen_is_what_the_rules_take(field: str) -> None:
    """Every choice has a canonical form, lies in the set of its field's rule, and no rule says a word of it."""
    table = "yes_no" if field in YES_NO else field
    if table in code_lists.TABLES:
        canonical = [code_lists.canonical(table, choice) for choice in CHOICES[field]]
        assert None not in canonical
        assert len({one for one in canonical if one}) == len([one for one in canonical if one]), "none says another's"
    elif field == "id_type":
        canonical = [travel_document.named_type(choice) for choice in CHOICES[field]]
        assert None not in canonical and len(set(canonical)) == len(canonical)
    else:
        canonical = [*CHOICES[field]]
    for rule in load_suite().rules:
        if rule.type == "expect_column_values_to_be_in_set" and rule.kwargs["column"] == field:
            assert {one for one in canonical if one} <= set(rule.kwargs["value_set"]), rule.code
    count = len(CHOICES[field])
    lines = pa.table(
        {
            "sheet": pa.array([1] * count, pa.int16()),
            "row": pa.array(range(1, count + 1), pa.int32()),
            field: pa.array(CHOICES[field]),
            f"{field}__kind": pa.array([TEXT] * count, pa.int8()),
        }
    )
    told = check_lines(FileRead("read", lines=lines), None).findings.to_pylist()
    assert [one["rule"] for one in told if one["field"] == field] == []


def test_a_date_typed_into_a_date_cell_is_that_day(blank: Path) -> None:
    book = openpyxl.load_workbook(blank)
    sheet = book["花名册"]
    row = ["1", "李四", *[column.example for column in COLUMNS][2:]]
    for place, (value, column) in enumerate(zip(row, COLUMNS, strict=True), 1):
        is_date = value and column.number_format == "yyyy-mm-dd"
        sheet.cell(HEADER_ROW + 3, place).value = dt.date.fromisoformat(value) if is_date else value or None
    out = io.BytesIO()
    book.save(out)
    (read,) = inspect(out.getvalue(), "2026年11月花名册.xlsx")["rows"]
    assert (read["values"]["hire_date"], read["values"]["contract_end"]) == ("2026-01-05", "2028-12-31")
