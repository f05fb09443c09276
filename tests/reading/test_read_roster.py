"""Whole files: outcome, lines, balance."""

from __future__ import annotations

import datetime as dt

import pytest
from roster_files import HEADER, NUMBER, csv_bytes, person, xlsx

from clearbase.reading.catalogue import FORBIDDEN
from clearbase.reading.file import read_roster
from clearbase.records import DATE, TEXT, FileRead
from clearbase.records import NUMBER as NUMBER_KIND
from clearbase.standards import example_person


def balances(read: FileRead) -> bool:
    return all(sheet.read == sheet.lines + sum(sheet.set_aside.values()) for sheet in read.sheets)


def test_a_titled_roster_with_every_kind_of_row_that_is_no_person() -> None:
    rows = [
        ["北仑测试电子有限公司2026年3月员工花名册"],
        [],
        HEADER,
        ["示例", "李四", "男", NUMBER, "13800000000", "2024-01-01"],
        person(1),
        ["一、生产部"],
        person(2),
        [],
        HEADER,
        person(3),
        [4, None, None, None, None, None],
        ["合计", "3人"],
        ["制表人：王某", None, None, "审核人："],
        ["备注：本表每月5日前报送"],
        [],
    ]
    read = read_roster(xlsx(("花名册", rows)), "x.xlsx")
    assert read.outcome == "read" and read.lines is not None
    assert read.lines["row"].to_pylist() == [5, 7, 10]
    sheet = read.sheets[0]
    assert (sheet.header_row, sheet.read, sheet.lines) == (3, 14, 3)
    assert sheet.set_aside == {"title": 1, "blank": 3, "header": 2, "example": 1, "section": 1, "total": 2, "note": 1}
    assert balances(read)


def test_kinds_and_texts_of_typed_cells() -> None:
    rows = [HEADER, [1, "张三", "男", 330203199003075676.0, 13800138000.0, dt.datetime(2024, 3, 1)]]
    read = read_roster(xlsx(("a", rows)), "a.xlsx")
    assert read.lines is not None
    line = read.lines.to_pylist()[0]
    assert (line["id_number"], line["id_number__kind"]) == ("3.302031990030756e+17", NUMBER_KIND)
    assert (line["phone"], line["phone__kind"]) == ("13800138000", NUMBER_KIND)
    assert (line["hire_date"], line["hire_date__kind"]) == ("2024-03-01", DATE)
    assert (line["name"], line["name__kind"]) == ("张三", TEXT)


def test_positions_stay_where_the_employer_sees_them() -> None:
    rows = [[], [], [None, None, *HEADER], [None, None, *person(1)]]
    read = read_roster(xlsx(("a", rows)), "a.xlsx")
    assert read.lines is not None
    assert read.lines["row"].to_pylist() == [4]
    assert [c.col for c in read.sheets[0].columns] == [3, 4, 5, 6, 7, 8]
    assert read.sheets[0].read == 2 and balances(read)


def test_forbidden_columns_are_named_and_have_no_values() -> None:
    header = [*HEADER, "基本工资", "银行卡号", "健康状况", "宗教信仰", "子女姓名", "计生情况", "照片"]
    values = ["5000", "6222020200112233445", "良好", "无", "张小三", "无", "x.jpg"]
    read = read_roster(xlsx(("a", [header, [*person(1), *values]])), "a.xlsx")
    assert read.lines is not None
    forbidden = {c.field for c in read.sheets[0].columns if c.forbidden}
    assert forbidden == FORBIDDEN
    kept = {text for column in read.lines.columns for text in column.to_pylist()}
    assert not kept & set(values)


def test_sheets_of_one_file_are_put_together() -> None:
    leavers = [[*HEADER, "离职日期"], [*person(3), "2026-03-02"]]
    data = xlsx(
        ("在职", [HEADER, person(1), person(2)]), ("离职", leavers), ("旧表", [HEADER, person(4)]), hidden=["旧表"]
    )
    read = read_roster(data, "x公司2026年3月.xlsx")
    assert read.lines is not None and read.facts.kind == "full"
    assert read.lines["sheet"].to_pylist() == [1, 1, 2]
    assert read.lines["leave_date"].to_pylist() == [None, None, "2026-03-02"]
    assert read.lines["leave_date__kind"].to_pylist() == [0, 0, TEXT]
    assert read.lines["report_kind"].to_pylist() == [None, None, "离职"]
    assert [s.role for s in read.sheets] == ["roster", "roster", "set_aside"]
    assert read.sheets[2].set_aside == {"hidden": 2} and balances(read)


def test_dictionary_and_payroll_sheets_are_set_aside_with_a_reason() -> None:
    payroll = [["姓名", "身份证号", "基本工资", "加班费", "扣款", "实发工资"], ["张三", NUMBER, 1, 2, 3, 4]]
    data = xlsx(("花名册", [HEADER, person(1)]), ("字典", [["男"], ["女"]]), ("工资", payroll), ("空", []))
    read = read_roster(data, "a.xlsx")
    assert [s.set_aside for s in read.sheets] == [{"header": 1}, {"not_roster": 2}, {"not_roster": 2}, {}]
    assert all(sheet.reason for sheet in read.sheets)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
@pytest.mark.parametrize("separator", [",", "\t", ";", "|", "，"])
def test_delimited_files_in_every_dress(encoding: str, separator: str) -> None:
    people = [[str(cell) for cell in person(n)] for n in range(1, 4)]
    read = read_roster(csv_bytes([HEADER, *people], encoding, separator), "a.csv")
    assert read.outcome == "read" and read.lines is not None
    assert read.lines["name"].to_pylist() == [p[1] for p in people]
    assert set(read.lines["id_number__kind"].to_pylist()) == {TEXT}


@pytest.mark.parametrize("head", ["", "某某有限公司花名册\r\n"])
def test_quoted_line_breaks_count_as_one_row(head: str) -> None:
    rows = [",".join(HEADER), '1,"张\n三",男,' + NUMBER + ",13800138000,2024", "", "2,李四,女,330206,139,2025"]
    read = read_roster((head + "\r\n".join(rows)).encode(), "a.csv")
    assert read.lines is not None
    first = 3 if head else 2
    assert read.lines["row"].to_pylist() == [first, first + 2]
    assert read.lines["name"].to_pylist() == ["张\n三", "李四"]


def test_a_roster_without_identity_numbers_keeps_its_people() -> None:
    rows = [
        ["姓名", "性别", "岗位", "电话"],
        ["张三", "男", "负责人", "138"],
        ["合计", "1", "", ""],
        ["", "", "说明", ""],
    ]
    read = read_roster(csv_bytes(rows), "a.csv")
    assert read.lines is not None and read.lines["name"].to_pylist() == ["张三"]


def test_a_person_without_a_name_is_still_a_line() -> None:
    read = read_roster(
        xlsx(("a", [HEADER, [1, None, "男", NUMBER, "13800138000", None], [2, None, "女", None, "139", None]])), "a"
    )
    assert read.lines is not None and read.lines.num_rows == 2


def test_a_template_without_people_is_read_with_no_lines() -> None:
    read = read_roster(xlsx(("a", [HEADER])), "a.xlsx")
    assert read.outcome == "read" and read.lines is not None and read.lines.num_rows == 0


def test_spreadsheetml_keeps_types_and_places() -> None:
    cells = "".join(f'<Cell><Data ss:Type="String">{text}</Data></Cell>' for text in HEADER)
    xml = (
        '<?xml version="1.0"?><Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet" '
        'xmlns:ss="urn:schemas-microsoft-com:office:spreadsheet"><Worksheet ss:Name="册"><Table>'
        f'<Row ss:Index="3">{cells}</Row><Row><Cell ss:Index="2"><Data ss:Type="String">张三</Data></Cell>'
        f'<Cell ss:Index="4"><Data ss:Type="Number">330206199001011231</Data></Cell>'
        '<Cell><Data ss:Type="Error">#REF!</Data></Cell>'
        '<Cell><Data ss:Type="DateTime">2024-03-01T00:00:00.000</Data></Cell></Row></Table></Worksheet></Workbook>'
    ).encode()
    read = read_roster(xml, "a.xls")
    assert read.lines is not None and read.container == "spreadsheetml"
    line = read.lines.to_pylist()[0]
    assert (line["row"], line["name"], line["hire_date"]) == (4, "张三", "2024-03-01")
    assert line["id_number__kind"] == NUMBER_KIND and line["phone__kind"] == 5
    bomb = xml.replace(b'<?xml version="1.0"?>', b'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY x "y">]>')
    assert read_roster(bomb, "a.xls").reason == "broken"


def test_html_table_in_gb2312_with_spans() -> None:
    head = "".join(f"<th>{text}</th>" for text in HEADER)
    body = f"<td>1</td><td>张三</td><td>男</td><td>{NUMBER}</td><td>138</td><td rowspan=2>2024-03-01</td>"
    second = f"<td>2</td><td>李四<br>四</td><td>女</td><td>{NUMBER}</td><td>139</td>"
    page = (
        '<html><meta charset="gb2312"><table><tr><td colspan=6>某某有限公司花名册</td></tr>'
        f"<tr>{head}</tr><tr>{body}</tr><tr>{second}</tr></table></html>"
    )
    read = read_roster(page.encode("gb18030"), "a.xls")
    assert read.lines is not None and read.container == "html"
    assert read.lines["hire_date"].to_pylist() == ["2024-03-01"] * 2  # one cell for both
    assert read.facts.employer_name == "某某有限公司"


@pytest.mark.parametrize(
    ("name", "header"),
    [
        ("合同", ["姓名", "身份证号", "部门", "合同开始日期", "合同结束日期"]),
        ("家庭成员", ["姓名", "与本人关系", "部门", "工号", "联系电话"]),
        ("教育经历", ["姓名", "学校", "专业", "学历"]),
    ],
)
@pytest.mark.parametrize("same", [True, False])
def test_a_sheet_that_tells_more_of_the_same_people_is_set_aside_and_one_of_others_is_not(
    name: str, header: list[str], same: bool
) -> None:
    people = [person(n) for n in range(1, 6)]
    rows = [[who[1] if same else f"赵{who[1]}", *["某"] * (len(header) - 1)] for who in people for _ in range(2)]
    read = read_roster(xlsx(("员工", [HEADER, *people]), (name, [header, *rows])), "2026年1月花名册.xlsx")
    assert [sheet.role for sheet in read.sheets] == ["roster", "set_aside" if same else "roster"]
    if same:
        assert "附表" in read.sheets[1].reason
        assert read.lines is not None and read.lines.num_rows == 5


@pytest.mark.parametrize(
    "mark", ["例", "样", "示", "（例）", "【示】", "[样]", "“例”", "《例》", "例1", "示例", "〔样例〕"]
)
def test_a_row_that_is_marked_as_an_example_is_no_person(mark: str) -> None:
    read = read_roster(xlsx(("花名册", [HEADER, person(1), [mark, *person(2)[1:]], person(3)])), "花名册.xlsx")
    assert read.lines is not None and read.lines["row"].to_pylist() == [2, 4]
    assert read.sheets[0].set_aside == {"header": 1, "example": 1}


@pytest.mark.parametrize("name", ["样其军", "示范军", "例强"])
def test_a_person_whose_name_begins_like_an_example_is_one(name: str) -> None:
    read = read_roster(xlsx(("花名册", [["姓名", "身份证号", "性别"], [name, NUMBER, "男"]])), "花名册.xlsx")
    assert read.lines is not None and read.lines.num_rows == 1


def test_the_example_of_our_template_is_no_person_wherever_it_stands() -> None:
    ours = [2, example_person.NAME, "女", example_person.NUMBER, "13700000000", "2024-03-01"]
    read = read_roster(xlsx(("花名册", [HEADER, person(1), ours])), "花名册.xlsx")
    assert read.sheets[0].set_aside == {"header": 1, "example": 1}
