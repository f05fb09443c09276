"""The blank workbook for employers who would rather have one: what it asks for, it reads back.

Which columns it has, their drop-downs, number formats, examples and explanations stand in the field catalogue
(``expectations/fields.csv``); those of no ``template_header`` it does not ask for.
"""

from __future__ import annotations

import csv
import datetime as dt
import math
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, Final

import xlsxwriter
from xlsxwriter.format import Format

from clearbase.settings import EXPECTATIONS

CATALOGUE: Final = EXPECTATIONS / "fields.csv"
TITLE: Final = "员工花名册"
FACTS: Final = ("用人单位名称：", "统一社会信用代码：", "所属月份：")
FACT_COLUMNS: Final = (0, 6, 9)
TEXT_ROWS: Final = 5000
HEADER_ROW: Final = 2
A3, A4 = 8, 9
LINE: Final = 16.5  # points
HOW_WIDTH: Final = 70  # characters; a Chinese one takes two
DATES: Final = "yyyy-mm-dd"
# What a date may be without a question; anything else may be left there all the same, and is told after reading.
FIRST_DAY, LAST_DAY = dt.date(1950, 1, 1), dt.date(2100, 12, 31)


@dataclass(frozen=True)
class TemplateColumn:
    """One column of the workbook. ``width`` in characters; ``number_format`` Excel's; ``choices`` of its drop-down."""

    field: str
    header: str
    width: int
    number_format: str
    choices: tuple[str, ...]
    example: str
    how: str


@cache
def template_columns(catalogue: Path = CATALOGUE) -> tuple[TemplateColumn, ...]:
    """The columns in the order of the catalogue; what must be filled in bears a star."""
    with catalogue.open(encoding="utf-8-sig", newline="") as lines:
        return tuple(
            TemplateColumn(
                row["field"],
                row["template_header"] + ("*" if row["required"] == "Y" else ""),
                int(row["width"]),
                row["number_format"],
                tuple(filter(None, row["choices"].split("|"))),
                row["example"],
                row["how_to_fill"],
            )
            for row in csv.DictReader(lines)
            if row["template_header"]
        )


def write_template(target: Path) -> None:
    """Write the workbook: the roster sheet with drop-downs, its cells' formats and an example, and how to fill it."""
    book = xlsxwriter.Workbook(target, {"strings_to_formulas": False})
    title = book.add_format({"bold": True, "font_size": 16, "align": "center"})
    fact = book.add_format({"font_size": 11})
    head = book.add_format(
        {"bold": True, "bg_color": "#DCE6F1", "border": 1, "align": "center", "valign": "vcenter", "text_wrap": True}
    )
    columns = template_columns()
    sheet = book.add_worksheet("花名册")
    sheet.merge_range(0, 0, 0, len(columns) - 1, TITLE, title)
    for place, label in zip(FACT_COLUMNS, FACTS, strict=True):
        sheet.write_string(1, place, label, fact)
    for place, column in enumerate(columns):
        form: dict[str, Any] = {"num_format": column.number_format, "align": "left"}
        sheet.set_column(place, place, column.width, book.add_format(form))
        sheet.write_string(HEADER_ROW, place, column.header, head)
        example = book.add_format(form | {"italic": True, "font_color": "#7F7F7F"})
        if column.example and column.number_format == DATES:
            sheet.write_datetime(HEADER_ROW + 1, place, dt.date.fromisoformat(column.example), example)
        elif column.example:
            sheet.write_string(HEADER_ROW + 1, place, column.example, example)
        if rule := _allowed(column):
            sheet.data_validation(HEADER_ROW + 1, place, HEADER_ROW + TEXT_ROWS, place, rule)
    sheet.set_default_row(LINE)
    sheet.set_row(0, 1.5 * LINE)
    sheet.set_row(HEADER_ROW, 2 * LINE)
    sheet.set_landscape()
    sheet.set_paper(A3)
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(HEADER_ROW)
    sheet.freeze_panes(HEADER_ROW + 1, 2)
    _explain(book, head)
    book.close()


def _allowed(column: TemplateColumn) -> dict[str, Any] | None:
    """What may be typed: one of the choices; a date, or after a question something else."""
    if column.choices:
        told = {"error_title": column.header, "error_message": "请从列表中选择"}
        return {"validate": "list", "source": list(column.choices), **told}
    if column.number_format == DATES:
        told = {"error_title": column.header, "error_message": "请填年-月-日，如 2026-01-05", "error_type": "warning"}
        return {"validate": "date", "criteria": "between", "minimum": FIRST_DAY, "maximum": LAST_DAY, **told}
    return None


def _explain(book: xlsxwriter.Workbook, head: Format) -> None:
    wrapped = book.add_format({"text_wrap": True, "valign": "top"})
    sheet = book.add_worksheet("填表说明")
    sheet.set_column(0, 0, 18)
    sheet.set_column(1, 1, HOW_WIDTH)
    sheet.set_paper(A4)
    sheet.fit_to_pages(1, 0)
    lines = (
        "第二行写明单位名称、18位统一社会信用代码和月份（如 2026年11月），直接写在冒号后面。",
        "一行一人；带*的栏目请务必填写。灰色的示例行不会入库。",
        "填好后存为xlsx，不设密码，放入本单位的 inbox 文件夹；回执在 receipts 文件夹。",
    )
    for row, line in enumerate(lines):
        sheet.merge_range(row, 0, row, 1, line, wrapped)
    sheet.write_row(len(lines) + 1, 0, ("栏目", "怎么填"), head)
    for row, column in enumerate(template_columns(), len(lines) + 2):
        sheet.write_string(row, 0, column.header, wrapped)
        told = column.how + (f"可选：{'、'.join(column.choices)}。" if column.choices else "")
        sheet.write_string(row, 1, told, wrapped)
        # A reader of xlsx takes the height as it stands: none fits it to wrapped text by itself.
        sheet.set_row(row, LINE * max(1, math.ceil(1.8 * len(told) / HOW_WIDTH)))
