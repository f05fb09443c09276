"""Several tables on one sheet, headings between the rows, merged cells."""

from __future__ import annotations

import io
from collections.abc import Sequence
from typing import Any

import openpyxl
import pytest
import xlwt
from roster_files import HEADER, person, xlsx

from clearbase.reading.file import read_roster
from clearbase.reading.sections import is_heading
from clearbase.records import FileRead

SHORT = ["序号", "姓名", "身份证号", "手机号"]


def short(n: int) -> list[Any]:
    number, name, _, id_number, phone, _ = person(n)
    return [number, name, id_number, phone]


def balances(read: FileRead) -> bool:
    return all(sheet.read == sheet.lines + sum(sheet.set_aside.values()) for sheet in read.sheets)


def merged_xlsx(rows: Sequence[Sequence[Any]], *merges: str) -> bytes:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    for row in rows:
        sheet.append(list(row))
    for merge in merges:
        sheet.merge_cells(merge)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def test_two_tables_beside_each_other() -> None:
    rows = [
        ["某某有限公司2026年3月花名册"],
        [*SHORT, None, *SHORT],
        [*short(1), None, *short(2)],
        [*short(3), None, *short(4)],
        [*short(5)],
    ]
    read = read_roster(xlsx(("花名册", rows)), "x.xlsx")
    assert read.lines is not None
    assert [(s.position, s.worksheet, s.name, s.header_row, s.lines) for s in read.sheets] == [
        (1, 1, "花名册", 2, 3),
        (1001, 1, "花名册", 2, 2),
    ]
    assert [c.col for c in read.sheets[1].columns] == [6, 7, 8, 9]
    people = {(line["sheet"], line["row"]): line["id_number"] for line in read.lines.to_pylist()}
    assert people == {
        (1, 3): short(1)[2], (1, 4): short(3)[2], (1, 5): short(5)[2], (1001, 3): short(2)[2], (1001, 4): short(4)[2],
    }  # fmt: skip
    assert balances(read)


@pytest.mark.parametrize("title", ["2026年3月离职人员", "二、离职人员名单"])
def test_leavers_below_the_active_under_a_header_of_their_own(title: str) -> None:
    rows = [
        ["某某有限公司2026年3月在职员工花名册"],
        HEADER,
        person(1),
        person(2),
        [],
        [title],
        [*HEADER, "离职日期"],
        [*person(3), "2026-03-05"],
    ]
    read = read_roster(xlsx(("花名册", rows)), "x.xlsx")
    assert read.lines is not None
    assert [(s.header_row, s.lines) for s in read.sheets] == [(2, 2), (7, 1)]
    assert read.lines["row"].to_pylist() == [3, 4, 8]
    assert read.lines["leave_date"].to_pylist() == [None, None, "2026-03-05"]
    assert read.lines["report_kind"].to_pylist() == [None, None, "离职"]
    assert read.facts.kind == "full"
    assert balances(read)


def test_the_same_header_under_a_title_of_leavers_is_another_table() -> None:
    rows = [["花名册"], HEADER, person(1), ["离职人员"], HEADER, person(2)]
    read = read_roster(xlsx(("表", rows)), "某某有限公司2026年3月花名册.xlsx")
    assert read.lines is not None
    assert [s.header_row for s in read.sheets] == [2, 5]
    assert read.lines["report_kind"].to_pylist() == [None, "离职"]


def test_the_header_of_each_printed_page_begins_no_table() -> None:
    rows = [["花名册"], HEADER, person(1), ["花名册 第2页"], HEADER, person(2)]
    read = read_roster(xlsx(("表", rows)), "x.xlsx")
    assert [(s.header_row, s.lines) for s in read.sheets] == [(2, 2)]
    assert balances(read)


def test_headings_of_departments_are_carried_down() -> None:
    rows = [HEADER, ["一、生产部"], person(1), person(2), ["注塑车间 23人"], person(3), ["花名册续表"], person(4)]
    read = read_roster(xlsx(("表", rows)), "x.xlsx")
    assert read.lines is not None
    assert read.lines["department"].to_pylist() == ["生产部", "生产部", "注塑车间", "注塑车间"]
    assert balances(read)


def test_a_department_of_its_own_goes_before_the_heading() -> None:
    rows = [[*HEADER, "部门"], ["装配车间", None, None, None, None, "12人"], [*person(1), "质检科"], person(2)]
    read = read_roster(xlsx(("表", rows)), "x.xlsx")
    assert read.lines is not None
    assert read.lines["department"].to_pylist() == ["质检科", "装配车间"]


def test_a_heading_of_leavers_without_a_header() -> None:
    rows = [HEADER, person(1), ["以下人员已离职"], person(2)]
    read = read_roster(xlsx(("表", rows)), "x.xlsx")
    assert read.lines is not None
    assert read.lines["report_kind"].to_pylist() == [None, "离职"]


@pytest.mark.parametrize("text", ["一、生产部", "(二)办公室", "注塑车间23人", "部门:行政", "后勤", "离职人员"])
def test_what_is_a_heading(text: str) -> None:
    assert is_heading(text)


@pytest.mark.parametrize("text", ["张三", "2026年3月花名册", "请各单位按时报送本表以便汇总并及时上报街道", "第2页"])
def test_what_is_none(text: str) -> None:
    assert not is_heading(text)


def test_a_merged_cell_speaks_for_its_rows_and_no_others() -> None:
    rows = [["部门", *HEADER], ["装配", *person(1)], [None, *person(2)], [None, *person(3)]]
    read = read_roster(merged_xlsx(rows, "A2:A3"), "x.xlsx")
    assert read.lines is not None
    assert read.lines["department"].to_pylist() == ["装配", "装配", None]


def test_merges_of_an_old_workbook() -> None:
    book = xlwt.Workbook()
    sheet = book.add_sheet("表")
    for c, text in enumerate(["部门", *HEADER]):
        sheet.write(0, c, text)
    sheet.write_merge(1, 2, 0, 0, "装配")
    for r in (1, 2):
        for c, value in enumerate(person(r), 1):
            sheet.write(r, c, value)
    out = io.BytesIO()
    book.save(out)
    read = read_roster(out.getvalue(), "x.xls")
    assert read.lines is not None
    assert read.lines["department"].to_pylist() == ["装配", "装配"]


def test_further_rows_of_one_person_are_set_aside() -> None:
    rows = [
        [*HEADER, "现住地址"],
        [*person(1), "甲路1号"],
        [None, None, None, None, "13900001111", None, "乙路2号"],
        [*person(2), "丙路"],
    ]
    read = read_roster(merged_xlsx(rows, "B2:B3", "D2:D3"), "x.xlsx")
    assert read.lines is not None
    assert read.lines["row"].to_pylist() == [2, 4]
    assert read.sheets[0].set_aside["continued"] == 1
    assert balances(read)


def test_a_person_with_no_part_of_a_joined_field_keeps_a_row() -> None:
    rows = [
        ["姓名", "身份证号", "现居住省", "现居住市", "现居住详细地址"],
        ["王一", "1", "浙江省", "宁波市", "北仑区1号"],
        ["王二", "2"],
    ]
    read = read_roster(xlsx(("花名册", rows)), "花名册.xlsx")
    assert read.lines is not None
    assert read.lines["current_address"].to_pylist() == ["浙江省宁波市北仑区1号", None]


def test_leavers_beside_the_active_are_a_table_of_their_own() -> None:
    header = ["序号", "姓名", "身份证号", "入职日期", "序号", "姓名", "身份证号", "离职日期"]
    rows = [header, *([n, f"甲{n}", f"{n}", "2024-01-01", n, f"乙{n}", f"9{n}", "2026-10-01"] for n in range(1, 3))]
    read = read_roster(xlsx(("花名册", rows)), "花名册.xlsx")
    assert read.lines is not None
    assert [(s.name, s.lines) for s in read.sheets] == [("花名册", 2), ("花名册", 2)]
    told = dict(zip(read.lines["name"].to_pylist(), read.lines["leave_date"].to_pylist(), strict=True))
    assert told == {"甲1": None, "甲2": None, "乙1": "2026-10-01", "乙2": "2026-10-01"}


def test_a_group_of_three_levels_keeps_its_outermost_name() -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    for row in (
        ["姓名", "性别", "配偶信息", None, None, None, "入职日期"],
        [None, None, "身份", None, "联系", None, None],
        [None, None, "姓名", "身份证号", "手机号", "现居住地址", None],
        *(["张三", "男", "李四", person(n)[3], "13800000000", "某处", "2024-01-01"] for n in range(1, 7)),
    ):
        sheet.append(row)
    for merge in ("A1:A3", "B1:B3", "G1:G3", "C1:F1", "C2:D2", "E2:F2"):
        sheet.merge_cells(merge)
    stream = io.BytesIO()
    book.save(stream)
    read = read_roster(stream.getvalue(), "花名册.xlsx")
    told = {column.header: column.field for column in read.sheets[0].columns}
    assert told["配偶信息/身份/身份证号"] is None and told["配偶信息/联系/现居住地址"] is None
    assert read.lines is not None and not {"id_number", "current_address", "phone"} & set(read.lines.column_names)


@pytest.mark.parametrize(
    "second",
    [
        ["必填", "必填", "选填", "18位身份证号", "必填", "格式2021-03-05"],
        ["No", "Name", "Sex", "ID Number", "Phone", "Hire date"],
        ["1", "2", "3", "4", "5", "6"],
        ["A", "B", "C", "D", "E", "F"],
        ["甲", "乙", "丙", "1", "2", "3"],
        ["(1)", "(2)", "(3)", "(4)", "(5)", "(6)"],
        ["①", "②", "③", "④", "⑤", "⑥"],
    ],
)
def test_a_row_under_the_header_that_explains_it_is_no_person(second: list[str]) -> None:
    read = read_roster(xlsx(("花名册", [HEADER, second, person(1), person(2)])), "花名册.xlsx")
    assert read.lines is not None and read.lines["row"].to_pylist() == [3, 4]
    assert read.sheets[0].set_aside == {"header": 2}


def test_a_page_mark_or_the_title_again_ends_no_department() -> None:
    rows = [HEADER, [None, "生产部"], person(1), ["第1页 共2页"], person(2), ["管理人员："], person(3)]
    read = read_roster(xlsx(("花名册", rows)), "花名册.xlsx")
    assert read.lines is not None
    assert read.lines["department"].to_pylist() == ["生产部", "生产部", "管理人员"]
    assert read.sheets[0].set_aside == {"header": 1, "section": 2, "title": 1}


def test_name_and_number_are_header_enough() -> None:
    rows = [["姓名", "身份证号码"], *([p[1], p[3]] for p in map(person, range(1, 4)))]
    read = read_roster(xlsx(("Sheet1", rows)), "花名册.xlsx")
    assert read.lines is not None and read.lines.num_rows == 3


OWN, OTHER = "宁波甲电子有限公司", "宁波乙电子有限公司"


def employers_told(*rows: list[object], title: str = f"{OWN}2026年10月员工花名册") -> list[str | None]:
    read = read_roster(xlsx(("花名册", [[title], HEADER, *rows])), "x.xlsx")
    assert read.lines is not None
    held = "employer_name" in read.lines.column_names
    return read.lines["employer_name"].to_pylist() if held else [None] * read.lines.num_rows


@pytest.mark.parametrize(
    "heading",
    [OTHER, f"二、{OTHER}", f"{OTHER}（2人）", f"{OTHER} 2人", f"{OTHER}员工名单", f"{OTHER}2026年10月员工花名册"],
)
def test_a_heading_that_is_another_employer_is_carried_down(heading: str) -> None:
    assert employers_told(person(1), [heading], person(2), ["生产部"], person(3)) == [None, OTHER, OTHER]
    assert employers_told(person(1), [heading], person(2), [OWN], person(3)) == [None, OTHER, None]


@pytest.mark.parametrize(
    "heading",
    [
        "北仑分公司",
        "注塑一分厂",
        "外包公司",
        "生产部",
        f"以上人员由{OTHER}派遣",
        f"{OWN}2026年10月员工花名册",
        "甲电子有限公司",
    ],
)
def test_what_is_no_other_employer_is_not(heading: str) -> None:
    assert employers_told(person(1), [heading], person(2)) == [None, None]


def test_the_title_on_the_next_page_ends_no_department() -> None:
    rows = [["一、注塑车间"], person(1), [f"{OWN}2026年10月员工花名册"], HEADER, person(2)]
    read = read_roster(xlsx(("花名册", [[f"{OWN}2026年10月员工花名册"], HEADER, *rows])), "x.xlsx")
    assert read.lines is not None and read.lines["department"].to_pylist() == ["注塑车间", "注塑车间"]


def test_people_below_another_employer_are_told_as_others() -> None:
    rows = [[f"{OWN}2026年10月员工花名册"], HEADER, person(1), [OTHER], person(2)]
    facts = read_roster(xlsx(("花名册", rows)), "x.xlsx").facts
    assert (facts.employer_name, facts.row_employers) == (OWN, (OTHER,))
