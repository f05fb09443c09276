"""What is set aside loses nobody; what is somebody else's takes nothing from the worker."""

from __future__ import annotations

from typing import Any

import pytest
from roster_files import HEADER, csv_bytes, person, xlsx

from clearbase.reading.catalogue import load_catalogue
from clearbase.reading.column_names import name_column
from clearbase.reading.file import read_roster

PEOPLE = [person(n) for n in range(1, 7)]


def roles(*sheets: tuple[str, list[list[Any]]], file: str = "2026年3月花名册.xlsx") -> list[tuple[str, str]]:
    return [(sheet.name, sheet.role) for sheet in read_roster(xlsx(*sheets), file).sheets]


def numbered(header: str, column: int = 3) -> str | None:
    """The field of a column of that header that holds the workers' numbers (3) or phones (4)."""
    rows = [["姓名", "性别", "部门", header], *([p[1], p[2], "一车间", p[column]] for p in PEOPLE)]
    read = read_roster(xlsx(("花名册", rows)), "花名册.xlsx")
    return {column.header: column.field for column in read.sheets[0].columns}[header]


@pytest.mark.parametrize(
    "header",
    [
        *("二代身份证号码", "第二代身份证号", "18位身份证号", "中国居民身份证号码", "新身份证号", "新员工身份证号"),
        *(
            "离职人员身份证号",
            "编外人员身份证号",
            "劳务人员身份证号",
            "外籍人员证件号码",
            "焊工身份证号",
            "厨师身份证号",
        ),
        *("退役军人身份证号", "实名身份证号", "乙方身份证号", "TT"),
    ],
)
def test_a_column_of_valid_numbers_is_the_workers_whatever_it_is_called(header: str) -> None:
    assert numbered(header) == "id_number"


@pytest.mark.parametrize(
    "header",
    [
        "老乡电话",
        "室友电话",
        "老公电话",
        "亲友电话",
        "中介电话",
        "客服电话",
        "宿管电话",
        "项目部电话",
        "第二联系人电话",
    ],
)
def test_the_phone_of_another_is_never_the_workers(header: str) -> None:
    phones = [
        ["姓名", "性别", "部门", header],
        *([p[1], "男", "一车间", f"1380013800{n}"] for n, p in enumerate(PEOPLE)),
    ]
    read = read_roster(xlsx(("花名册", phones)), "花名册.xlsx")
    assert {column.header: column.field for column in read.sheets[0].columns}[header] != "phone"


@pytest.mark.parametrize(
    ("header", "field"),
    [
        ("身份证号（须与户主页一致）", "id_number"),
        ("证件号码（由班长填写）", "id_number"),
        ("手机号（微信同号）", "phone"),
        ("户籍地址（户口本户主页）", "household_address"),
        ("现居住地（出租房请写房东）", "current_address"),
        ("职务（组长/班长/员工）", "job_title"),
        ("姓名（与户主关系）", "name"),
        ("直属部门", "department"),
        ("年龄（配偶）", None),
        ("试用期（月）", None),
    ],
)
def test_a_hint_that_mentions_another_leaves_the_column_to_the_worker(header: str, field: str | None) -> None:
    assert name_column([header], load_catalogue()).field == field


@pytest.mark.parametrize(
    "title",
    [
        "宁波测试电子有限公司外来务工人员及随迁子女情况登记表",
        "流动人口及家庭成员信息采集表",
        "宁波贝贝儿童用品有限公司流动人口登记表",
        "说明：随迁子女人数不含老家子女",
    ],
)
def test_a_title_that_mentions_relatives_makes_nobody_one(title: str) -> None:
    header = ["姓名", "性别", "身份证号", "户籍地址", "现居住地址", "联系电话", "随迁子女人数"]
    rows = [[title], header, *([p[1], p[2], p[3], "安徽省", "北仑区", "13800138001", "1"] for p in PEOPLE)]
    assert roles(("Sheet1", rows)) == [("Sheet1", "roster")]


def test_one_more_person_on_the_other_sheet_keeps_the_sheet() -> None:
    more = [HEADER, *PEOPLE[1:], person(9)]
    read = read_roster(xlsx(("Sheet1", [HEADER, *PEOPLE]), ("Sheet2", more)), "2026年3月花名册.xlsx")
    assert [sheet.role for sheet in read.sheets] == ["roster", "roster"]
    assert read.lines is not None and person(9)[3] in read.lines["id_number"].to_pylist()


def test_namesakes_of_two_workshops_are_two_people() -> None:
    one = [["姓名", "身份证号", "手机号"], *([p[1], p[3], p[4]] for p in PEOPLE[:4])]
    other = [["姓名", "身份证号", "手机号"], *([p[1], person(20 + n)[3], "139"] for n, p in enumerate(PEOPLE[:4]))]
    assert roles(("一车间", one), ("二车间", other)) == [("一车间", "roster"), ("二车间", "roster")]


@pytest.mark.parametrize("name", ["模板班组", "打印部", "3D打印车间", "协议工", "派遣工"])
def test_a_workshop_is_no_sample_and_no_copy(name: str) -> None:
    others = [HEADER, *(person(n) for n in range(20, 24))]
    assert roles(("木工班组", [HEADER, *PEOPLE]), (name, others)) == [("木工班组", "roster"), (name, "roster")]


@pytest.mark.parametrize(
    ("name", "header"),
    [
        ("Sheet1", ["姓名", "身份证号", "部门", "入职日期", "基本工资", "岗位工资"]),
        ("花名册", ["姓名", "身份证号", "班组", "进场日期", "日工资", "应发工资", "实发工资"]),
        ("计件", ["序号", "姓名", "身份证号", "手机号"]),
    ],
)
def test_pay_beside_the_people_drops_the_pay_and_not_the_people(name: str, header: list[str]) -> None:
    who = {"姓名": 1, "身份证号": 3, "手机号": 4}
    rows = [header, *([p[who[h]] if h in who else "1" for h in header] for p in PEOPLE)]
    read = read_roster(xlsx((name, rows)), "2026年3月.xlsx")
    assert read.outcome == "read" and read.lines is not None and read.lines.num_rows == len(PEOPLE)
    assert "wage" not in read.lines.column_names


def test_applicants_beside_the_roster_are_no_workers() -> None:
    applicants = [["姓名", "性别", "学历", "应聘职位"], *([f"赵{n}", "男", "大专", "焊工"] for n in range(4))]
    told = dict(roles(("花名册", [HEADER, *PEOPLE]), ("面试登记表", applicants)))
    assert told == {"花名册": "roster", "面试登记表": "set_aside"}


def test_foreigners_without_a_digit_are_no_header() -> None:
    rows = [
        ["姓名", "国籍", "部门", "岗位"],
        ["John Smith", "USA", "Sales", "Manager"],
        ["Ann Lee", "UK", "IT", "Lead"],
    ]
    read = read_roster(csv_bytes(rows), "花名册.csv")
    assert read.lines is not None and read.lines["name"].to_pylist() == ["John Smith", "Ann Lee"]


def test_whether_somebody_is_there_is_put_into_words() -> None:
    rows = [["姓名", "身份证号", "性别", "是否在职"], ["张一", "1", "男", "√"], ["李二", "2", "女", "×"]]
    read = read_roster(csv_bytes(rows), "花名册.csv")
    assert read.lines is not None and read.lines["employment_status"].to_pylist() == ["在职", "离职"]


def test_a_permit_that_is_ticked_is_no_number() -> None:
    rows = [["姓名", "身份证号", "性别", "居住证"], *([f"张{n}", str(n), "男", "√"] for n in range(3))]
    assert read_roster(csv_bytes(rows), "花名册.csv").sheets[0].columns[3].field == "has_residence_permit"


def test_insured_risks_are_no_amounts_and_no_refusals() -> None:
    header = ["姓名", "身份证号", "性别", "养老", "医疗", "工伤"]
    rows = [header, ["张一", "1", "男", "100", "/", "2021-3"], ["李二", "2", "女", "自愿放弃", "√", ""]]
    read = read_roster(csv_bytes(rows), "花名册.csv")
    assert read.lines is not None and read.lines["insurance_types"].to_pylist() == ["养老、工伤", "医疗"]


@pytest.mark.parametrize("names", [("5月入职", "6月入职", "7月入职"), ("3月批", "10月批")])
def test_months_of_hire_are_no_months_of_a_report(names: tuple[str, ...]) -> None:
    sheets = [(name, [HEADER, *(person(10 * at + n) for n in range(1, 4))]) for at, name in enumerate(names)]
    assert {role for _, role in roles(*sheets, file="2026年8月新进人员.xlsx")} == {"roster"}


@pytest.mark.parametrize(
    ("total", "told"),
    [
        (["合计9人"], True),
        (["合计", "9人"], True),
        (["合计", "6人"], False),
        (["小计：3人"], False),
        (["合计", "", "12000"], False),
    ],
)
def test_a_total_that_is_not_the_number_of_people_read_is_told(total: list[str], told: bool) -> None:
    read = read_roster(xlsx(("花名册", [HEADER, *PEOPLE, total])), "花名册.xlsx")
    assert ("total_disagrees" in read.observed["rule"].to_pylist()) == told
