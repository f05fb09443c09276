"""What web systems and old HR programs save as .xls: pages in frames of tables, MIME HTML, XML in GBK."""

from __future__ import annotations

import base64
import quopri

import pytest
from roster_files import HEADER, person

from clearbase.reading.file import read_roster

ROWS = [HEADER, *([str(cell) for cell in person(n)] for n in range(1, 4))]
NAMES = [row[1] for row in ROWS[1:]]


def table(rows: list[list[str]]) -> str:
    return "<table>" + "".join("<tr>" + "".join(f"<td>{c}</td>" for c in row) + "</tr>" for row in rows) + "</table>"


def names(data: bytes) -> list[str | None]:
    read = read_roster(data, "2026年3月花名册.xls")
    assert read.lines is not None, read.reason
    assert all(s.read == s.lines + sum(s.set_aside.values()) for s in read.sheets)
    return read.lines["name"].to_pylist()


def test_a_roster_inside_of_a_layout_table_is_found() -> None:
    page = f"<table><tr><td>菜单</td><td><b>花名册</b><table><tr><td>{table(ROWS)}</td></tr></table></td></tr></table>"
    assert names(page.encode()) == NAMES
    assert names(page.removesuffix("</td></tr></table></td></tr></table>").encode()) == NAMES


def test_a_small_table_in_a_cell_is_part_of_that_cell() -> None:
    rows = [[row[0], f"<table><tr><td>{row[1]}</td></tr></table>", *row[2:]] for row in ROWS]
    read = read_roster(table(rows).encode(), "a.xls")
    assert names(table(rows).encode()) == NAMES
    assert len(read.sheets) == 1


def test_tables_in_tables_without_end_are_read_to_some_depth() -> None:
    assert names(table(ROWS).encode() + b"<table><tr><td>" * 3000 + b"x") == NAMES


def mime(body: bytes, encoding: str, charset: str) -> bytes:
    head = (
        "From: <Saved by Excel>\r\nMIME-Version: 1.0\r\nX-Document-Type: Workbook\r\n"
        'Content-Type: multipart/related; boundary="----=_B"\r\n\r\nA page in MIME.\r\n\r\n------=_B\r\n'
        f"Content-Location: file:///C:/a.htm\r\nContent-Transfer-Encoding: {encoding}\r\n"
        f"Content-Type: text/html{charset}"
    )
    return (
        head.encode() + b"\r\n\r\n" + body + b"\r\n------=_B\r\nContent-Type: text/css\r\n\r\ntd{}\r\n------=_B--\r\n"
    )


def test_a_page_in_mime_is_read() -> None:
    page = f'<html><head><meta charset="gb2312"></head>{table(ROWS)}</html>'.encode("gb18030")
    assert names(mime(quopri.encodestring(page), "quoted-printable", "")) == NAMES
    bare = table(ROWS).encode("gb18030")
    assert names(mime(base64.encodebytes(bare), "base64", '; charset="gb2312"')) == NAMES
    assert read_roster(mime(b"<p>x</p>", "8bit", ""), "a.xls").reason == "not_tabular"
    assert read_roster(mime(bare, "base64", "")[:300], "a.xls").outcome == "unreadable"


def spreadsheetml(declaration: str) -> str:
    cells = ["".join(f'<Cell><Data ss:Type="String">{c}</Data></Cell>' for c in row) for row in ROWS]
    return (
        f'{declaration}<Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet" '
        'xmlns:ss="urn:schemas-microsoft-com:office:spreadsheet"><Worksheet ss:Name="花名册"><Table>'
        + "".join(f"<Row>{row}</Row>" for row in cells)
        + "</Table></Worksheet></Workbook>"
    )


@pytest.mark.parametrize("declared", ["gb2312", "GBK", "gb18030"])
def test_spreadsheetml_in_a_chinese_encoding_is_read(declared: str) -> None:
    text = spreadsheetml(f'<?xml version="1.0" encoding="{declared}"?>\r\n<?mso-application progid="Excel.Sheet"?>')
    assert names(text.encode("gb18030")) == NAMES
    assert names(text.encode()) == NAMES, "and what says so and is UTF-8"


def test_spreadsheetml_in_gbk_is_looked_through_for_entities_as_well() -> None:
    text = spreadsheetml('<?xml version="1.0" encoding="gbk"?><!DOCTYPE a [<!ENTITY b "c">]>')
    assert read_roster(text.encode("gb18030"), "a.xls").reason == "broken"
