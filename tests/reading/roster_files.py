"""Small ugly files for the reading tests, written as an employer's software writes them."""

from __future__ import annotations

import io
from collections.abc import Sequence
from typing import Any

import xlsxwriter

from clearbase.reading.file import read_roster

HEADER = ["序号", "姓名", "性别", "身份证号", "手机号", "入职日期"]
NUMBER = "330206199001011231"


def person(n: int) -> list[Any]:
    return [n, f"张三{'丰华明强军'[n % 5]}", "男", f"33020619900101{n:03d}1", f"1380013{n:04d}", "2024-03-01"]


def xlsx(*sheets: tuple[str, Sequence[Sequence[Any]]], hidden: Sequence[str] = ()) -> bytes:
    """A workbook of (name, rows); None leaves a cell empty; every other value is written by its type."""
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True})
    dates = book.add_format({"num_format": "yyyy-mm-dd"})
    for name, rows in sheets:
        sheet = book.add_worksheet(name)
        for r, row in enumerate(rows):
            for c, value in enumerate(row):
                if hasattr(value, "year"):
                    sheet.write_datetime(r, c, value, dates)
                elif isinstance(value, str):
                    sheet.write_string(r, c, value)
                elif value is not None:
                    sheet.write(r, c, value)
        if name in hidden:
            sheet.hide()
    book.close()
    return out.getvalue()


def csv_bytes(rows: Sequence[Sequence[str]], encoding: str = "utf-8", separator: str = ",", end: str = "\r\n") -> bytes:
    return end.join(separator.join(row) for row in rows).encode(encoding)


def fields_of_columns(header: list[str], row: list[str]) -> dict[str, str | None]:
    """Header → field of a table of one person."""
    read = read_roster(csv_bytes([header, row]), "a.csv")
    return {column.header: column.field for column in read.sheets[0].columns}
