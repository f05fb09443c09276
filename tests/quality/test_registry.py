"""Registry extracts: what each rule flags, what it costs, and that a record is still taken for what it is."""

import json

import pytest

from clearbase.quality.compile import compile_suite
from clearbase.quality.registry import CANCELLED, IN_FORCE, SUITE, canonical_records
from clearbase.quality.suite import load_suite
from clearbase.reading.catalogue import load_catalogue
from clearbase.reading.file import read_roster
from clearbase.reading.header_text import normal
from clearbase.settings import EXPECTATIONS

GOOD = {
    "登记编号": "BL1", "姓名": "王小红", "公民身份号码": "330227198506159988", "性别": "女", "出生日期": "1985-06-15",
    "民族": "汉族", "联系电话": "13805746621", "户籍地址": "安徽省阜阳市1号", "现居住地址": "大碶街道2号",
    "登记日期": "2023-01-02", "登记状态": "有效", "注销日期": "",
}  # fmt: skip


def records_of(*rows):
    text = "\n".join([",".join(GOOD), *(",".join((GOOD | row).values()) for row in rows)])
    catalogue = load_catalogue(EXPECTATIONS / "registry_fields.csv")
    return canonical_records(read_roster(text.encode(), "r.csv", catalogue, every_month=True))


def test_a_good_record_is_taken_without_a_word():
    found = records_of({}, {"登记编号": "BL2", "公民身份号码": "330204199003079994", "性别": "男", "出生日期": ""})
    assert (found.records.num_rows, found.unusable.num_rows, found.flagged) == (2, 0, {})
    assert found.records["registered"].to_pylist() == [True, True]


# What stands in the row, what flags it, and which value is withheld, if any.
FLAGGED = [
    ({"姓名": "张*"}, "REG_NAME_UNCERTAIN", None),
    ({"公民身份号码": ""}, "REG_ID_MISSING", None),
    ({"公民身份号码": "3.30227E+17"}, "REG_ID_LOST", "id_number"),
    ({"公民身份号码": "330227********9988"}, "REG_ID_MASKED", "id_number"),
    ({"公民身份号码": "3302271985061599"}, "REG_ID_FORMAT", "id_number"),
    ({"公民身份号码": "330227198506159989"}, "REG_ID_CHECKSUM", "id_number"),
    ({"公民身份号码": "330203199002299999", "出生日期": ""}, "REG_ID_BIRTH", "id_number"),
    ({"公民身份号码": "330227850615998"}, "REG_ID_OLD", None),
    ({"性别": "两", "公民身份号码": "", "出生日期": "1985-06-15"}, "REG_SEX_UNKNOWN", "sex"),
    ({"性别": "男"}, "REG_SEX_CONTRADICTS", None),
    ({"出生日期": "1985-13-15"}, "REG_BIRTH_UNREADABLE", None),
    ({"出生日期": "1985-06-16"}, "REG_BIRTH_CONTRADICTS", None),
    ({"联系电话": "1380013800"}, "REG_PHONE_INVALID", "phone"),
    ({"民族": "汉人"}, "REG_ETHNICITY_UNKNOWN", None),
    ({"现居住地址": ""}, "REG_ADDRESS_MISSING", None),
    ({"登记日期": "2023-02-30"}, "REG_DATE_UNREADABLE", "residence_reg_date"),
    ({"登记状态": "处理中"}, "REG_STATUS_UNKNOWN", None),
    ({"注销日期": "去年"}, "REG_CANCELLED_UNREADABLE", "cancelled_on"),
    ({"注销日期": "2022/01/02"}, "REG_CANCELLED_EARLY", None),
    ({"登记编号": ""}, "REG_NO_MISSING", None),
]


@pytest.mark.parametrize(("cells", "rule", "withheld"), FLAGGED, ids=[rule for _, rule, _ in FLAGGED])
def test_a_bad_cell_costs_that_cell_and_no_record(cells, rule, withheld):
    found = records_of(cells)
    found.flagged.pop("REG_ID_MISSING" if rule == "REG_SEX_UNKNOWN" else "", None)
    assert found.flagged == {rule: 1}
    assert (found.records.num_rows, found.unusable.num_rows) == (1, 0)
    assert withheld is None or found.records[withheld].to_pylist() == [None]


@pytest.mark.parametrize(
    ("cells", "rules"),
    [
        ({"姓名": ""}, {"REG_NAME_MISSING"}),
        ({"姓名": "13800138000"}, {"REG_NAME_IMPLAUSIBLE"}),
        ({"公民身份号码": "", "联系电话": "", "出生日期": ""}, {"REG_ID_MISSING", "REG_NO_EVIDENCE"}),
    ],
)
def test_nobody_to_be_known_by_is_quarantined(cells, rules):
    found = records_of(cells, {"登记编号": "BL2", "公民身份号码": "330204199003079994", "性别": "男", "出生日期": ""})
    assert (found.records.num_rows, found.unusable.num_rows, set(found.flagged)) == (1, 1, rules)


def test_a_double_is_told_and_is_a_record_all_the_same():
    found = records_of({}, {"登记编号": "BL2"})
    assert (found.records.num_rows, found.flagged) == (2, {"REG_LINE_REPEATED": 1})


@pytest.mark.parametrize(
    ("cells", "registered", "cancelled_on"),
    [
        ({"注销日期": "2024/05/01"}, False, "2024-05-01"),
        ({"注销日期": "2024年5月"}, False, "2024-05"),
        ({"注销日期": "去年"}, False, None),  # it says that it is cancelled, if not when
        ({"注销日期": "/"}, True, None),
        ({"登记状态": "迁出"}, False, None),
        ({"登记状态": "处理中"}, True, None),
    ],
)
def test_whoever_has_a_cancellation_is_no_longer_registered(cells, registered, cancelled_on):
    found = records_of(cells).records
    assert found["registered"].to_pylist() == [registered]
    assert found["cancelled_on"].to_pylist() == [cancelled_on]


@pytest.mark.parametrize(
    ("header", "cell", "registered"),
    [
        ("注销标志", "0", True),
        ("注销标志", "1", False),
        ("是否注销", "否", True),
        ("ZXBZ", "Y", False),
        ("注销标志", "有效", True),
        ("注销标志", "已注销", False),
        ("登记状态", "未注销", True),
        ("DJZT", "已注销", False),
    ],
)
def test_a_mark_of_cancellation_is_no_status(header, cell, registered):
    text = f"登记编号,姓名,公民身份号码,{header}\nBL1,王小红,330227198506159988,{cell}\n"
    catalogue = load_catalogue(EXPECTATIONS / "registry_fields.csv")
    found = canonical_records(read_roster(text.encode(), "r.csv", catalogue, every_month=True))
    assert found.records["registered"].to_pylist() == [registered]


def test_names_of_columns_in_databases_are_known():
    columns = {
        "DJBH": "registry_no", "XM": "name", "GMSFHM": "id_number", "XB": "sex", "CSRQ": "birth_date",
        "MZ": "ethnicity", "LXDH": "phone", "HJDZ": "household_address", "XZZ": "current_address",
        "JDMC": "current_street",
        "DJRQ": "residence_reg_date", "DJZT": "registration_status", "ZXBZ": "cancelled_mark",
        "ZXRQ": "cancelled_on",
        "full_name": "name", "id_card": "id_number", "gender": "sex", "birthday": "birth_date", "mobile": "phone",
        "registered_on": "residence_reg_date", "cancelled_on": "cancelled_on", "SFZH": "id_number",
    }  # fmt: skip
    known = load_catalogue(EXPECTATIONS / "registry_fields.csv")
    assert {header: (known.lookup(normal(header)) or ("",))[0] for header in columns} == columns


def test_the_suite_is_complete_and_says_what_registry_and_roster_say():
    suite, roster = load_suite(SUITE), load_suite()
    compile_suite(suite)
    assert len({rule.code for rule in suite.rules}) >= 20
    assert {rule for _, rule, _ in FLAGGED} <= {rule.code for rule in suite.rules}
    assert suite.rule("REG_STATUS_UNKNOWN").kwargs["regex"] == f"{IN_FORCE}|{CANCELLED}"
    # A name or an ethnicity is what it is, whoever writes it down.
    same = ("NAME_IMPLAUSIBLE", "NAME_UNCERTAIN", "ETHNICITY_UNKNOWN", "PHONE_INVALID", "ID_CHECKSUM", "ID_BIRTH")
    for code in same:
        mine, theirs = ([(r.type, r.kwargs) for r in s.rules if r.code.endswith(code)] for s in (suite, roster))
        assert mine == theirs, code


def test_great_expectations_loads_the_suite_unchanged():
    import great_expectations as gx

    from clearbase.quality import gx_expectations

    assert gx_expectations
    document = json.loads(SUITE.read_text(encoding="utf-8"))
    suite = gx.ExpectationSuite(**document)
    assert len(suite.expectations) == len(document["expectations"])
