"""Messiness F, other cells: for each entry a line that is flagged and one that is innocent."""

import io

import openpyxl
import pyarrow as pa
import pytest
import xlsxwriter
from dirty_lines import PERIOD
from one_roster import CLEAN, GOOD, ON, checked, found, number, roster, told, told_rows
from openpyxl.styles import Font
from workbooks import checked_book

from clearbase.quality.check import check_lines
from clearbase.reading.file import read_roster
from clearbase.receipts.marks import told as text_told
from clearbase.records import ERROR, NUMBER
from clearbase.standards.origins import origin_all

HEADER = ["姓名", "身份证号", "手机号", "入职日期"]


def people(*changes):
    """Lines of different people, changed one by one."""
    return [
        {**CLEAN, "name": f"张{'甲乙丙丁戊己庚辛'[n]}", "id_number": number(sequence=f"{7 * n + 120}"),
         "phone": str(13800138000 + 7 * n), **change}
        for n, change in enumerate(changes)
    ]  # fmt: skip


def book_of(*rows):
    book = openpyxl.Workbook()
    for row in (HEADER, *rows):
        book.active.append(list(row))
    return book, book.active


@pytest.mark.parametrize("cell", ["/", "\\", "--", "——", "暂无", "不详", "null", "N/A", "#N/A", "*", "0"])
def test_f1_words_for_nothing_are_nothing(cell):
    line, codes = checked(phone=cell, department=cell)
    assert codes == ["PHONE_MISSING"] and line["department"] is None
    assert checked(skill_level="无")[0]["skill_level"] == "无"  # here it is a value


def test_f1_an_error_of_excel_is_told_once():
    assert told(phone=("#REF!", ERROR)) == ["CELL_ERROR"]
    assert told(name=("#NAME?", ERROR)) == ["NAME_MISSING", "CELL_ERROR"]  # why the line is set apart, and why that
    book = io.BytesIO()
    made = xlsxwriter.Workbook(book)
    sheet = made.add_worksheet()
    for n, row in enumerate([HEADER, ["张三", GOOD, "", "2021-03-05"]]):
        sheet.write_row(n, 0, row)
    sheet.write_formula(1, 2, "=NA()", None, "#N/A")
    made.close()
    read = read_roster(book.getvalue(), "某某机械2024年3月花名册.xlsx")
    assert check_lines(read, PERIOD, ON).findings["rule"].to_pylist() == ["excel_error"]


def test_f2_ditto_marks_are_copied_where_people_agree_and_told_where_they_do_not():
    result = roster(*people({"department": "一车间"}, {"department": "同上"}, {"department": "〃"}))
    assert result.lines["department"].to_pylist() == ["一车间"] * 3 and told_rows(result) == {}
    for field in ("name", "id_number", "phone"):
        assert told(**{field: "同上"}) == ["DITTO"] and checked(**{field: "〃"})[0][field] is None
    assert checked(name="同上")[0]["disposition"] == "quarantined"


def test_f3_a_merged_department_is_that_of_all_its_rows():
    book, sheet = book_of(
        *([f"张{c}", number(sequence=f"{n}20"), f"1380013800{n}", "2021-03-05"] for n, c in enumerate("甲乙", 1))
    )
    for row, text in enumerate(["部门", "一车间"], 1):
        sheet.cell(row, 5, text)
    sheet.merge_cells("E2:E3")
    result = checked_book(book)
    assert result.lines["department"].to_pylist() == ["一车间"] * 2 and told_rows(result) == {}


@pytest.mark.parametrize(
    ("cell", "value"),
    [
        ("是", "true"),
        ("√", "true"),
        ("已签", "true"),
        ("×", "false"),
        ("未签", "false"),
        ("N", "false"),
        ("0", "false"),
        ("/", None),
    ],
)
def test_f4_yes_and_no_in_all_their_forms(cell, value):
    line, codes = checked(contract_signed=cell, department="一车间")
    assert codes == [] and line["contract_signed"] == value
    assert told(contract_signed="部分") == ["YES_NO_UNKNOWN"]


@pytest.mark.parametrize(
    ("field", "cell", "value"),
    [
        ("marital_status", "1.未婚", "未婚"),
        ("education", "21-大学本科", "本科"),
        ("education", "大专/自考", "大专"),
        ("education", "初中(肄业)", "初中"),
    ],
)
def test_f5_codes_beside_words(field, cell, value):
    line, codes = checked(**{field: cell})
    assert codes == [] and line[field] == value
    assert told(**{field: "7.不好说"}) in (["CODE_UNKNOWN"], ["EDUCATION_UNKNOWN"])


def test_f6_one_phone_for_many_is_told_and_one_for_three_is_not():
    shared = [{"phone": "13800138000"}] * 4
    assert told_rows(roster(*people(*shared))) == {"PHONE_SHARED": [4, 5, 6, 7]}
    assert told_rows(roster(*people(*shared[:3]))) == {}
    again = people({}) * 5  # one person five times is one person
    assert "PHONE_SHARED" not in told_rows(roster(*again))


@pytest.mark.parametrize("cell", [("13800138000.0", NUMBER), "+86 138-0013-8000", "138 0013 8000"])
def test_f6_a_phone_is_read_through_what_stands_round_it(cell):
    line, codes = checked(phone=cell)
    assert codes == [] and line["phone"] == "13800138000"
    assert told(phone="13800138000/13900139000") == ["PHONE_SECOND"] and told(phone="66600") == ["PHONE_INVALID"]
    assert checked(phone="0574 86780000")[0]["phone"] == "0574-86780000"


def test_f7_a_street_that_is_none_or_not_that_of_the_address():
    assert told(current_street="3号宿舍楼") == ["STREET_UNKNOWN"]
    assert told(current_street="小港", current_address="北仑区新碶街道某路1号") == ["STREET_DISAGREES"]
    for street, address in (
        ("新碶街道", "浙江宁波北仑新碶街道某路1号"), ("新碶", "宿舍3-502"), ("330206001", "公司宿舍"),
        ("大碶镇", "北仑区大碶街道"), ("庄市街道", "宁波市某路"),
    ):  # fmt: skip
        assert told(current_street=street, current_address=address) == [], street


def test_f8_an_origin_of_a_province_alone_is_kept_as_it_is_and_has_a_partial_code():
    line, codes = checked(household_address="安徽", household_province="安徽", native_place="安徽阜阳")
    assert codes == [] and line["household_address"] == "安徽" and line["native_place"] == "安徽阜阳"
    assert told(household_address=("#REF!", ERROR)) == ["CELL_ERROR"]
    # The code that the ledger keeps in clear (pipeline.publish).
    assert origin_all(pa.array(["安徽", "安徽阜阳"])).to_pylist() == ["340000", "341200"]


@pytest.mark.parametrize(("cell", "value"), [("专科", "大专"), ("高职", "大专"), ("中专", "中专"), ("技校", "技校")])
def test_f9_education_has_synonyms_and_the_rest_is_told(cell, value):
    line, codes = checked(education=cell)
    assert codes == [] and line["education"] == value
    assert told(education="高中以下") == ["EDUCATION_UNKNOWN"]


def test_f10_blanks_and_forms_of_letters_fold_and_names_keep_theirs():
    line, codes = checked(name="\u00a0张三\u200b", phone="１３８００１３８０００", sex="女 ", education="⼤专")
    assert codes == [] and (line["name"], line["phone"], line["education"]) == ("张三", "13800138000", "大专")
    assert checked(name="⼀⼆")[0]["name"] == "一二" and checked(name="呂布")[0]["name"] == "呂布"


def test_f11_a_formula_without_a_result_is_told_and_one_with_is_read():
    book, sheet = book_of(["张三", GOOD, "13912345678", "2021-03-05"])
    sheet["C2"] = "=A9&B9"
    result = checked_book(book)
    assert result.findings["rule"].to_pylist() == ["formula_uncalculated"]  # and not that the phone is missing, too
    assert told_rows(checked_book(book_of(["张三", GOOD, "13912345678", "2021-03-05"])[0])) == {}


@pytest.mark.parametrize("cell", ["=cmd|'/c calc'!A1", "+1+1", "@SUM(A1)", "-2+3"])
def test_f12_what_looks_like_a_formula_is_text(cell):
    line, codes = checked(remarks=cell, department=cell)
    assert codes == [] and line["department"] == cell
    assert told(phone="+8613800138000", leave_date="-") == []  # innocent cases
    assert "PHONE_INVALID" in told(phone=cell)


def test_f13_html_stays_the_text_that_it_is():
    cell = "<script>alert({value})</script>"
    line, codes = checked(remarks=cell)
    assert codes == [] and line["remarks"] == cell
    ((code, said),) = found(sex=cell)
    assert code == "SEX_UNKNOWN" and text_told("性别“{value}”", said) == f"性别“{cell}”"


@pytest.mark.parametrize(
    ("cell", "kept"),
    [
        (f"老乡 {GOOD} 介绍", "老乡 〔身份证号〕 介绍"),
        ("妻子13800138000，同住", "妻子〔电话〕,同住"),
        ("卡号6222 0212 3456 7890 128", "卡号〔银行卡号〕"),
        ("夜班；有乙肝", "夜班;〔健康情况〕"),
        ("欠债不还，住宿舍", "〔债务情况〕,住宿舍"),
    ],
)
def test_f14_remarks_are_loaded_without_what_is_private(cell, kept):
    line, codes = checked(remarks=cell)
    assert codes == ["REMARKS_PERSONAL"] and line["remarks"] == kept


@pytest.mark.parametrize("cell", ["住宿舍", "2021-03-05入职，工号10023", "3号线夜班", "合同编号HT-2021-0305"])
def test_f14_other_remarks_are_loaded_as_they_are(cell):
    line, codes = checked(remarks=cell)
    assert codes == [] and line["remarks"] == cell


def test_f15_a_line_that_is_struck_out_is_told():
    book, sheet = book_of(
        ["周明远", GOOD, "13912345678", "2021-03-05"], ["吴小刚", number(sequence="326"), "13712345678", "2021-03-05"]
    )
    sheet["A2"].font = Font(strike=True)
    assert told_rows(checked_book(book)) == {"struck_out": [2]}


@pytest.mark.parametrize(
    ("field", "cell", "value"),
    [("children_count", "3人", "3"), ("children_count", "2个", "2"), ("age", "38岁", "38"), ("trainings", "2次", "2")],
)
def test_f16_units_are_taken_off_numbers(field, cell, value):
    line, codes = checked(**{field: cell})
    assert codes == [] and line[field] == value
    assert told(age="58岁") == ["AGE_CONTRADICTS"]


def test_f17_a_column_that_was_filled_down_is_told():
    numbers = [{"id_number": str(int(number()) + n)} for n in range(5)]
    result = roster(*people(*numbers))
    assert told_rows(result) == {"ID_RUN": [4, 5, 6, 7, 8]}
    assert result.lines["id_number"].null_count == 5 and result.lines["id_number_damaged"].null_count == 5
    assert "ID_RUN" not in told_rows(roster(*people(*numbers[:4])))  # three steps
    days = [{"hire_date": f"2021-03-{5 + n:02d}"} for n in range(5)]
    phones = [{"phone": str(13800138000 + n)} for n in range(5)]
    assert told_rows(roster(*people(*days))) == {"AUTOFILL": [4, 5, 6, 7, 8]}
    assert told_rows(roster(*people(*phones))) == {"AUTOFILL": [4, 5, 6, 7, 8]}
    assert told_rows(roster(*people(*days[::-1]))) == {} and told_rows(roster(*people(*phones[:4]))) == {}


def test_f18_a_column_sorted_alone_contradicts_the_numbers_line_by_line():
    born = ["1985-06-15", "1990-03-07", "1978-11-02", "1996-01-30"]
    lines = [{"id_number": number(born=day.replace("-", "")), "birth_date": day, "sex": "女"} for day in born]
    lines = people(*lines)
    for line in lines:
        line["id_number"] = number(born=line["birth_date"].replace("-", ""))
    assert told_rows(roster(*lines)) == {}
    moved = [{**line, "birth_date": day} for line, day in zip(lines, sorted(born), strict=True)]
    assert told_rows(roster(*moved)) == {"BIRTH_CONTRADICTS": [4, 5, 6]}
