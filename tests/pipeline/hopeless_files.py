"""Files as nobody would want them: hostile, hopeless, or somebody else's. Each is made by code."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable, Sequence
from typing import Any, Final

import openpyxl
import xlwt
from rosters import HEADER, PEOPLE, worker

SECRET_NAME, SECRET_NUMBER, SECRET_PHONE = "欧阳金丝雀", "330227198506159988", "13712345678"
CANARY: Final = [SECRET_NAME, SECRET_NUMBER, "女", SECRET_PHONE, "河南省信阳市固始县黄雀村7号", "", "2023-07-01"]
SECRETS: Final = (SECRET_NAME, SECRET_NUMBER, SECRET_PHONE, "黄雀村")
OTHER_NAME: Final = "宁波丙丁服装有限公司"


def xlsx(rows: Sequence[Sequence[Any]], title: str = "") -> bytes:
    book = openpyxl.Workbook()
    for row in ([[title]] if title else []) + [list(row) for row in rows]:
        book.active.append(row)
    for row in book.active.iter_rows():
        for cell in row:
            if cell.data_type == "f":  # a text that looks like a formula
                cell.data_type = "s"
    saved = io.BytesIO()
    book.save(saved)
    return saved.getvalue()


def people(*rows: Sequence[Any]) -> list[list[Any]]:
    return [HEADER, *([n, *row] for n, row in enumerate(rows, 1))]


def encrypted_xls() -> bytes:
    """A workbook whose globals begin with FILEPASS (MS-XLS 2.4.117)."""
    book = xlwt.Workbook()
    book.add_sheet("名单").write(0, 0, "姓名")
    saved = io.BytesIO()
    book.save(saved)
    data = bytearray(saved.getvalue())
    bof = data.index(b"\x09\x08\x10\x00")
    after = bof + 20  # the record after BOF, whatever it is, becomes FILEPASS
    data[after : after + 2] = b"\x2f\x00"
    return bytes(data)


def bomb() -> bytes:
    """Half a gigabyte of nothing in half a megabyte."""
    saved = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(xlsx(people(CANARY)))) as source,
        zipfile.ZipFile(saved, "w", zipfile.ZIP_DEFLATED) as target,
    ):
        for member in source.namelist():
            if "sheet1" not in member:
                target.writestr(member, source.read(member))
        with target.open("xl/worksheets/sheet1.xml", "w", force_zip64=True) as out:
            out.write(b'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>')
            for _ in range(8):
                out.write(b" " * 2**26)
            out.write(b"</sheetData></worksheet>")
    return saved.getvalue()


def lost_numbers() -> bytes:
    """Identity numbers as numbers: Excel has kept fifteen digits of eighteen."""
    return xlsx(people(*[[row[0], float(row[1][:15] + "000"), *row[2:]] for row in [CANARY, *PEOPLE]]))


def payroll() -> bytes:
    header = ["序号", "姓名", "部门", "基本工资", "绩效工资", "加班费", "应发工资", "扣款", "实发工资", "银行卡号"]
    rows = [[n, name, "生产部", 3000, 800, 400, 4200, 100, 4100, "6222021234567890123"] for n, name in
            enumerate([SECRET_NAME, *(person[0] for person in PEOPLE)], 1)]  # fmt: skip
    return xlsx([header, *rows], "2026年8月工资发放表")


def nameless() -> bytes:
    header = ["序号", "身份证号", "手机号", "入职日期"]
    return xlsx([header, *([n, row[1], row[3], row[6]] for n, row in enumerate([CANARY, *PEOPLE], 1))])


def shifted() -> bytes:
    """From the second row on a cell too many at the left: names under 身份证号, numbers under 性别."""
    rows = people(CANARY, *PEOPLE, *(worker(n) for n in range(1, 6)))
    return xlsx([rows[0], *([None, *row] for row in rows[1:])])


def formulas() -> bytes:
    hostile = ['=HYPERLINK("http://evil.example","点我")', "<script>alert(1)</script>", "+cmd|'/c calc'!A1"]
    rows = [[f"{SECRET_NAME}{hostile[1]}", SECRET_NUMBER, hostile[0], "@SUM(1+1)", hostile[2], hostile[1], hostile[0]]]
    return xlsx(people(*rows, *PEOPLE))


def others() -> bytes:
    rows = [[*row, OTHER_NAME] for row in (CANARY, *PEOPLE)]
    return xlsx([[*HEADER, "单位名称"], *([n, *row] for n, row in enumerate(rows, 1))])


# Name of the file → its bytes, what may become of it, and what its answer has to say.
FILES: Final[dict[str, tuple[Callable[[], bytes], str, tuple[str, ...]]]] = {
    "encrypted.xls": (encrypted_xls, "unreadable", ("密码", "取消密码", "重新报送")),
    "photo.xlsx": (lambda: b"\x89PNG\r\n\x1a\n" + bytes(4000), "unreadable", ("图片", "Excel", "报送")),
    "scan.xlsx": (lambda: b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n" + bytes(4000), "unreadable", ("PDF", "Excel", "报送")),
    "cut.xlsx": (lambda: xlsx(people(CANARY, *PEOPLE))[:-900], "unreadable", ("不完整或已损坏", "重新保存")),
    "nothing.xlsx": (lambda: xlsx([]), "unreadable", ("空", "重新报送")),
    "bomb.xlsx": (bomb, "unreadable", ("过大", "拆成几个文件")),
    "header-only.xlsx": (lambda: xlsx([HEADER]), "held", ("没有人员", "填写")),
    "payroll.xlsx": (payroll, "unreadable", ("工资表", "报送员工花名册")),
    "nameless.xlsx": (nameless, "published held", ("姓名", "请补")),
    "lost.xlsx": (lost_numbers, "published", ("丢失", "文本", "重新输入")),
    "others.xlsx": (others, "held", ("其他单位", "代报授权")),
    "shifted.xlsx": (shifted, "held refused", ("错误", "请", "重新报送")),
    "formulas.xlsx": (formulas, "published", ("错误", "改")),
}
