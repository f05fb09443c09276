"""What is no roster gets a reason from the table, and nothing gives a traceback."""

from __future__ import annotations

import io
import random
import zipfile
from collections.abc import Callable

import pytest
import xlwt
from roster_files import HEADER, csv_bytes, person, xlsx

from clearbase.reading.file import read_roster
from clearbase.reading.reasons import UNREADABLE, explain

OLE2 = bytes.fromhex("D0CF11E0A1B11AE1")


def ole2_with(stream: str) -> bytes:
    return OLE2 + bytes(512 - 8) + (stream + "\x00").encode("utf-16-le").ljust(128, b"\x00") + bytes(4096)


def zip_with(*members: str) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as package:
        for member in members:
            package.writestr(member, "x")
    return out.getvalue()


def xls(rows: list[list[object]]) -> bytes:
    book = xlwt.Workbook(encoding="utf-8")
    sheet = book.add_sheet("花名册")
    for r, row in enumerate(rows):
        for c, value in enumerate(row):
            sheet.write(r, c, value)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", "empty"),
        (b"\xef\xbb\xbf \r\n", "empty"),
        (b"%PDF-1.7 ...", "pdf"),
        (b"\x89PNG\r\n\x1a\n....", "image"),
        (b"\xff\xd8\xff\xe0....", "image"),
        (b"Rar!\x1a\x07\x00...", "archive"),
        (ole2_with("EncryptionInfo"), "encrypted"),
        (ole2_with("WordDocument"), "word"),
        (ole2_with("Workbook"), "broken"),
        (zip_with("word/document.xml"), "word"),
        (zip_with("一月.xlsx", "二月.xlsx"), "archive"),
        (zip_with("__MACOSX/._a.xlsx", "~$a.xlsx"), "archive_empty"),
        (zip_with(*(f"{n}.xlsx" for n in range(501))), "archive_limits"),
        (zip_with("/".join("abcdefghi")), "archive_limits"),
        (zip_with("content.xml", "mimetype"), "ods"),
        (zip_with("xl/workbook.xml"), "broken"),
        (xlsx(("a", [HEADER, person(1)]))[:900], "broken_zip"),
        (bytes(range(256)) * 50, "binary"),
        (b"\x00" * 500, "empty"),
        ("今天天气很好\n我们去郊游\n".encode(), "not_tabular"),
        (b"a,b,c\n1,2,3\n", "no_header"),
        (xlsx(("a", [["产品", "数量", "单价"], ["x", 1, 2]])), "no_header"),
        (xlsx(("a", [])), "empty"),
        (xlsx(("空", []), ("b", [HEADER, person(1)]), hidden=["b"]), "only_hidden"),
        (b"<?xml version='1.0'?><a/>", "not_tabular"),
        (b"<html><body>hello</body></html>", "not_tabular"),
    ],
)
def test_reason(data: bytes, reason: str) -> None:
    read = read_roster(data, "x.xlsx")
    assert (read.outcome, read.reason) == ("unreadable", reason)
    assert read.lines is None and explain(reason)


def test_a_password_in_an_old_workbook_is_told() -> None:
    plain = xls([HEADER, person(1)])
    assert read_roster(plain, "a.xls").outcome == "read"
    # FILEPASS right after the workbook's BOF record: what Excel writes for a password.
    bof = plain.index(b"\x09\x08\x10\x00")
    locked = bytearray(plain)
    locked[bof + 20 : bof + 20 + 4] = b"\x2f\x00" + locked[bof + 22 : bof + 24]
    assert read_roster(bytes(locked), "a.xls").reason == "encrypted"


def sparse_workbook(ref: str) -> bytes:
    book = xlsx(("a", [["x"]]))
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(book)) as source, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as target:
        for name in source.namelist():
            data = source.read(name)
            if name == "xl/worksheets/sheet1.xml":
                row = "".join(c for c in ref if c.isdigit())
                far = f'<row r="{row}"><c r="{ref}"><v>1</v></c></row></sheetData>'.encode()
                data = data.replace(b"</sheetData>", far)
            target.writestr(name, data)
    return out.getvalue()


@pytest.mark.parametrize("ref", ["XFD1048576", "ZZ1048576"])
def test_a_cell_in_the_far_corner_does_not_cost_the_memory_of_the_rectangle(ref: str) -> None:
    assert read_roster(sparse_workbook(ref), "a.xlsx").reason == "too_large"


def test_a_far_row_alone_is_fine() -> None:
    assert read_roster(sparse_workbook("C1048576"), "a.xlsx").reason == "no_header"


def test_a_zip_bomb_is_refused_by_its_directory() -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr("xl/workbook.xml", "<a/>")
        package.writestr("xl/worksheets/sheet1.xml", bytes(300 * 2**20))
    assert read_roster(out.getvalue(), "a.xlsx").reason == "too_large"


def test_a_hundred_damaged_files_each_end_in_an_outcome() -> None:
    rng = random.Random(20261123)
    people = [HEADER, *(person(n) for n in range(30))]
    page = "<table>" + "".join("<tr>" + "".join(f"<td>{c}</td>" for c in row) + "</tr>" for row in people) + "</table>"
    whole = [
        xlsx(("在职", people), ("b", [["x"]])),
        xls(people),
        csv_bytes([[str(c) for c in row] for row in people], "gb18030"),
        ("﻿" + "\n".join("\t".join(str(c) for c in row) for row in people)).encode("utf-16"),
        page.encode(),
    ]
    outcomes = []
    for n in range(150):
        data = bytearray(whole[n % len(whole)])
        if n % 3 == 0:
            data = data[: rng.randrange(len(data))]
        else:
            for _ in range(rng.choice([1, 5, 40])):
                data[rng.randrange(len(data))] = rng.randrange(256)
        read = read_roster(bytes(data), f"{n}.xls")
        assert read.outcome == "read" or read.reason in UNREADABLE
        assert all(s.read == s.lines + sum(s.set_aside.values()) for s in read.sheets)
        outcomes.append(read.outcome)
    assert set(outcomes) == {"read", "unreadable"}


def wide(columns: int) -> list[list[str]]:
    """A roster of one person with so many columns."""
    extra = [f"备注{n}" for n in range(columns - len(HEADER))]
    return [[*HEADER, *extra], [*map(str, person(1)), *extra]]


def html(rows: list[list[str]]) -> bytes:
    return ("<table>" + "".join("<tr>" + "".join(f"<td>{c}</td>" for c in row) + "</tr>" for row in rows)).encode()


def spreadsheetml(rows: list[list[str]]) -> bytes:
    cells = ["".join(f'<Cell><Data ss:Type="String">{c}</Data></Cell>' for c in row) for row in rows]
    return (
        '<?xml version="1.0"?><Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet" '
        'xmlns:ss="urn:schemas-microsoft-com:office:spreadsheet"><Worksheet ss:Name="a"><Table>'
        + "".join(f"<Row>{row}</Row>" for row in cells)
        + "</Table></Worksheet></Workbook>"
    ).encode()


@pytest.mark.parametrize("form", [csv_bytes, html, spreadsheetml])
@pytest.mark.parametrize(("columns", "reason"), [(16_384, ""), (16_385, "too_wide"), (20_003, "too_wide")])
def test_no_table_is_wider_than_a_sheet_of_excel(
    form: Callable[[list[list[str]]], bytes], columns: int, reason: str
) -> None:
    read = read_roster(form(wide(columns)), "a.csv")
    assert (read.outcome, read.reason) == ("unreadable" if reason else "read", reason)


def test_a_header_of_one_line_that_is_too_wide() -> None:
    assert read_roster(csv_bytes(wide(20_003)[:1]), "a.csv").reason == "too_wide"


@pytest.mark.parametrize(("ref", "reason"), [("XFD1", "no_header"), ("XFE1", "too_wide"), ("ZZZ1", "too_wide")])
def test_a_workbook_is_no_wider_either(ref: str, reason: str) -> None:
    assert read_roster(sparse_workbook(ref), "a.xlsx").reason == reason
