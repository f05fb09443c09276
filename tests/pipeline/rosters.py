"""Small rosters for the pipeline's tests."""

from __future__ import annotations

from pathlib import Path

import openpyxl

from clearbase.standards.identity_number import check_character

EMPLOYER, OTHER_EMPLOYER = "91350100M000100Y43", "914403001922038216"
HEADER = ["序号", "姓名", "身份证号", "性别", "手机号", "户籍地址", "现居住地址", "入职日期"]

# Valid numbers (GB 11643) of people who do not exist.
PEOPLE = [
    [
        "王小明",
        "330204199003079994",
        "男",
        "13800138001",
        "安徽省阜阳市颍上县新集镇1号",
        "北仑区新碶街道1号",
        "2024-03-05",
    ],
    ["李秀英", "330227198506159988", "女", "13800138002", "河南省信阳市固始县2号", "北仑区大碶街道2号", "2023-07-01"],
    ["张建国", "321119197310309998", "男", "13800138003", "江西省上饶市玉山县3号", "北仑区小港街道3号", "2022-11-15"],
]


def roster(
    path: Path, people: list[list[str]], *, title: str = "", header: list[str] | None = None, sheet_name: str = "Sheet1"
) -> Path:
    """An xlsx with an optional title row, a header and one row a person."""
    return workbook(path, {sheet_name: people}, header, title=title)


def workbook(
    path: Path, sheets: dict[str, list[list[str]]], header: list[str] | None = None, *, title: str = ""
) -> Path:
    """An xlsx with a sheet for each name, as ``roster``."""
    book = openpyxl.Workbook()
    book.remove(book.active)
    for name, people in sheets.items():
        sheet = book.create_sheet(name)
        if title:
            sheet.append([title])
        sheet.append(header or HEADER)
        for number, person in enumerate(people, 1):
            sheet.append([number, *person])
    path.parent.mkdir(parents=True, exist_ok=True)
    book.save(path)
    return path


def worker(n: int, number_of: int | None = None) -> list[str]:
    """One of many workers, or one with another's number."""
    first = f"3302041990{1 + (number_of or n) // 28:02d}{1 + (number_of or n) % 28:02d}{(number_of or n):03d}"
    surname, given = "赵钱孙李周吴郑王冯陈"[n % 10], "一二三四五六七八九十"[n // 10 % 10]
    sex = "男" if int(first[-1]) % 2 else "女"  # as the number says: who contradicts in mass is held
    return [f"{surname}{given}", first + check_character(first), sex, f"138{n:08d}", *PEOPLE[0][4:]]
