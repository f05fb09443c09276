"""The blank workbook for employers who would rather have one: what it asks for, it reads back."""

from __future__ import annotations

from pathlib import Path
from typing import Final

import xlsxwriter

from clearbase.standards import example_person
from clearbase.standards.words import words

DOCUMENTS: Final = words(
    "居民身份证 护照 港澳居民来往内地通行证 台湾居民来往大陆通行证 港澳台居民居住证 外国人永久居留身份证"
)
SCHOOLING: Final = ("小学", "初中", "高中", "中专", "职高", "技校", "大专", "本科", "硕士", "博士", "其他")
DWELLINGS: Final = ("企业宿舍", "出租房", "自购房", "公租房", "借住亲友", "工地工棚", "旅馆", "其他")
# Header, width, example, drop-down, and what the explanation says.
COLUMNS: Final[tuple[tuple[str, int, str, tuple[str, ...], str], ...]] = (
    ("序号", 6, "示例", (), "从1开始；写“示例”的一行不会入库，可以删掉；改了序号也不会入库。"),
    ("姓名*", 12, example_person.NAME, (), "与身份证件一致；少数民族姓名中的点用“·”。"),
    ("证件类型", 14, "居民身份证", DOCUMENTS, "不填按居民身份证。"),
    ("证件号码*", 22, example_person.NUMBER, (), "本列已设为文本格式，请直接录入；改成数字会丢失末几位。"),
    ("性别", 6, example_person.SEX, ("男", "女"), "不填按身份证号推算。"),
    ("民族", 8, "汉族", (), "如：汉族、畲族。"),
    ("手机号码*", 14, "13800000000", (), "本人使用的11位手机号。"),
    ("文化程度", 10, "高中", SCHOOLING, ""),
    ("婚姻状况", 10, "未婚", ("未婚", "已婚", "离异", "丧偶"), ""),
    ("户籍地址*", 36, "安徽省阜阳市颍上县某某镇某某村1组2号", (), "户口簿上的地址，写到村组或门牌。"),
    ("现居住地址*", 36, "某某街道某某路1号2幢303室", (), "现在实际居住的地方，写到门牌；住宿舍的写宿舍地址和房号。"),
    ("居住方式", 12, "出租房", DWELLINGS, ""),
    ("部门", 12, "生产部", (), ""),
    ("岗位", 12, "操作工", (), ""),
    ("入职日期*", 13, "2026-01-05", (), "年-月-日，如 2026-01-05。"),
    ("在职状态", 10, "在职", ("在职", "离职"), "不填按在职。"),
    ("离职日期", 13, "", (), "离职的人填写，年-月-日。"),
    ("备注", 20, "", (), "请不要写工资、银行卡、健康等内容。"),
)  # fmt: skip
TITLE: Final = "员工花名册"
FACTS: Final = ("用人单位名称：", "统一社会信用代码：", "所属月份：")
FACT_COLUMNS: Final = (0, 6, 9)
TEXT_ROWS: Final = 5000
HEADER_ROW: Final = 2
A4: Final = 9


def write_template(target: Path) -> None:
    """Write the workbook: the roster sheet with drop-downs, text-formatted cells and an example, and how to fill it."""
    book = xlsxwriter.Workbook(target, {"strings_to_formulas": False})
    title = book.add_format({"bold": True, "font_size": 16, "align": "center"})
    fact = book.add_format({"font_size": 11})
    head = book.add_format(
        {"bold": True, "bg_color": "#DCE6F1", "border": 1, "align": "center", "valign": "vcenter", "text_wrap": True}
    )
    text = book.add_format({"num_format": "@"})
    example = book.add_format({"num_format": "@", "italic": True, "font_color": "#7F7F7F"})
    sheet = book.add_worksheet("花名册")
    sheet.merge_range(0, 0, 0, len(COLUMNS) - 1, TITLE, title)
    for column, label in zip(FACT_COLUMNS, FACTS, strict=True):
        sheet.write_string(1, column, label, fact)
    for column, (header, width, told, choices, _) in enumerate(COLUMNS):
        sheet.set_column(column, column, width, text)
        sheet.write_string(HEADER_ROW, column, header, head)
        if told:
            sheet.write_string(HEADER_ROW + 1, column, told, example)
        if choices:
            rule = {
                "validate": "list",
                "source": list(choices),
                "error_title": header,
                "error_message": "请从列表中选择",
            }
            sheet.data_validation(HEADER_ROW + 1, column, HEADER_ROW + TEXT_ROWS, column, rule)
    sheet.set_landscape()
    sheet.set_paper(A4)
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(HEADER_ROW)
    sheet.freeze_panes(HEADER_ROW + 1, 2)
    _explain(book, head)
    book.close()


def _explain(book: xlsxwriter.Workbook, head: xlsxwriter.format.Format) -> None:
    wrapped = book.add_format({"text_wrap": True, "valign": "top"})
    sheet = book.add_worksheet("填表说明")
    sheet.set_column(0, 0, 14)
    sheet.set_column(1, 1, 70)
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
    for row, (header, _, _, choices, how) in enumerate(COLUMNS, len(lines) + 2):
        sheet.write_string(row, 0, header)
        listed = f"可选：{'、'.join(choices)}。" if choices else ""
        sheet.write_string(row, 1, how + listed, wrapped)
