import pyarrow as pa
import pytest
from dirty_lines import lines_of, one_line

from clearbase.quality.citizen_cells import digits_left
from clearbase.quality.standardise import standardise
from clearbase.records import BOOL, EMPTY, NUMBER, TEXT

GOOD = "11010519491231002X"


def cell(field, text, kind=TEXT, **others):
    table = standardise(one_line(**{field: (text, kind)}, **others).lines, None)
    return table[field].to_pylist()[0]


@pytest.mark.parametrize(
    ("text", "kind", "form", "number"),
    [
        (GOOD, TEXT, "citizen18", GOOD),
        ("110105491231002", TEXT, "citizen15", GOOD),
        ("110105491231002.0", NUMBER, "citizen15", GOOD),
        ("110105491331002", TEXT, "unknown", "110105491331002"),
        ("330203199003075008", NUMBER, "lost", "330203199003075***"),
        ("330204199003079994", NUMBER, "lost", "330204199003079***"),  # although its checksum fits
        ("3.30203199003075e+17", NUMBER, "lost", "330203199003075***"),
        ("3.30203E+17", TEXT, "lost", "330203************"),
        ("330203199003075008.0", TEXT, "lost", "330203199003075***"),
        ("330203********5676", TEXT, "masked", "330203********5676"),
        ("H12345678", TEXT, "HM_PASS", "H12345678"),
        ("13800138000", TEXT, "phone", "13800138000"),
        ("111111111111111111", TEXT, None, None),
        ("无", TEXT, None, None),
        ("同上", TEXT, "unknown", "同上"),
    ],
)
def test_number_cells(text, kind, form, number):
    table = standardise(one_line(id_number=(text, kind)).lines, None)
    assert table["id_number__form"].to_pylist() == [form]
    assert table["id_number"].to_pylist() == [number]


def test_named_document_types():
    read = one_line(id_number="12345678", id_type="台胞证")
    table = standardise(read.lines, None)
    assert table["id_type"].to_pylist() == ["TW_PASS"]
    assert table["id_number__usable"].to_pylist() == ["12345678"]
    assert standardise(one_line(id_number="810000199408230021").lines, None)["id_type"].to_pylist() == ["HMT_RES"]
    assert standardise(one_line(id_number="911124198108030024").lines, None)["id_type"].to_pylist() == ["FPR"]


def test_digits_that_are_left():
    assert digits_left("3E+17") == "3" + "*" * 17
    assert digits_left("330203199003075676") == "330203199003075***"


@pytest.mark.parametrize(
    ("field", "text", "kind", "value"),
    [
        ("name", "张　三(离职)", TEXT, "张三"),
        ("current_address", " 北仑区\u200b新碶\n街道 ", TEXT, "北仑区新碶 街道"),
        ("current_address", "无", TEXT, None),
        ("skill_level", "无", TEXT, "无"),
        ("employee_no", "1001.0", NUMBER, "1001"),
        ("age", "35岁", TEXT, "35"),
        ("age", "35.0", NUMBER, "35"),
        ("children_accompanying", "是", TEXT, "true"),
        ("social_insurance", "True", BOOL, "true"),
        ("social_insurance", "/", TEXT, None),
        ("contract_signed", "不适用", TEXT, None),
        ("phone", "13800138000.0", NUMBER, "13800138000"),
        ("hire_date", "2021.1", NUMBER, None),
        ("hire_date", "2021.1", TEXT, "2021-01"),
        ("contract_end", "2023.1.1-2025.12.31", TEXT, "2025-12-31"),
        ("employer_uscc", "91350100m000100y43", TEXT, "91350100M000100Y43"),
        ("name", "", EMPTY, None),
    ],
)
def test_cells(field, text, kind, value):
    assert cell(field, text, kind) == value


def test_what_is_never_kept():
    columns = standardise(
        one_line(name="张三", bank_account="6222020000000000000", religion="无").lines, None
    ).column_names
    assert "name" in columns
    assert not [c for c in columns if c.startswith(("bank_account", "religion"))]


def test_a_range_fills_the_end():
    table = standardise(one_line(contract_start="2023.1.1-2025.12.31").lines, None)
    assert (table["contract_start"].to_pylist(), table["contract_end"].to_pylist()) == (["2023-01-01"], ["2025-12-31"])


def test_ditto_is_copied_within_the_sheet_only():
    rows = [{"department": (text, TEXT)} for text in ("一车间", "同上", "〃", "同上", "二车间", "同上")]
    table = standardise(lines_of(rows, ("department",)), None)
    # the fourth line is the first of the second sheet
    assert table["department"].to_pylist() == ["一车间", "一车间", "一车间", None, "二车间", "二车间"]


@pytest.mark.parametrize(
    ("said", "read"),
    [(("0", "1", "0"), ["male", "female", "male"]), (("1", "0", "1"), ["male", None, "male"])],
)
def test_sexes_numbered_from_zero(said, read):
    male, female = "330204199003079994", "330227198506159988"
    numbers = (male, female, male)
    rows = [{"id_number": (n, TEXT), "sex": (sex, NUMBER)} for n, sex in zip(numbers, said, strict=True)]
    assert standardise(lines_of(rows, ("id_number", "sex")), None)["sex"].to_pylist() == read


def test_chunked_and_empty_tables():
    lines = one_line(name="张三", id_number=GOOD, hire_date="2021.3.5").lines
    table = standardise(pa.concat_tables([lines, lines]), None)
    assert table["hire_date"].to_pylist() == ["2021-03-05"] * 2
    assert standardise(lines.slice(0, 0), None).num_rows == 0


def test_who_is_not_ticked_is_a_no_where_there_are_only_ticks():
    for said, read in (
        (("√", None, "√", None), ["true", "false", "true", "false"]),
        (("√", None, None, None), ["true", "false", None, None]),  # the second sheet holds no tick
        (("√", None, "×", None, None, None), ["true", None, "false", None, None, None]),
    ):
        rows = [{"contract_signed": (text, TEXT if text else EMPTY)} for text in said]
        table = standardise(lines_of(rows, ("contract_signed",)), None)
        assert table["contract_signed"].to_pylist() == read


def test_whom_to_call_is_a_name_and_the_number_behind_it_theirs():
    said = ("王五/父子", "王五 13800138000", "王五（朋友）13900139000", "王五")
    table = standardise(lines_of([{"emergency_contact": (s, TEXT)} for s in said], ("emergency_contact",)), None)
    assert table["emergency_contact"].to_pylist() == ["王五"] * 4
    assert table["emergency_phone"].to_pylist() == [None, "13800138000", "13900139000", None]


@pytest.mark.parametrize("field", ["id_valid_to", "residence_permit_valid", "probation_end"])
def test_of_a_range_an_end_takes_the_end(field):
    for said, read in (("2015.03.02-2035.03.02", "2035-03-02"), ("2015.3.2-长期", None), ("2035-03-02", "2035-03-02")):
        assert standardise(one_line(**{field: said}).lines, None)[field].to_pylist() == [read]


def test_ditto_in_brackets_or_quotes_is_no_department_of_its_own():
    said = ("一车间", "（同上）", "'", "...", "“同上”", "同前", "〃〃", "二车间", "", "", "", "", "", "", "", "")
    rows = [{"department": (text, TEXT if text else EMPTY)} for text in said]
    told = standardise(lines_of(rows, ("department",)), None)["department"].to_pylist()
    assert told[:8] == ["一车间"] * 7 + ["二车间"]
