import datetime as dt

import pyarrow as pa
import pytest
from dirty_lines import PERIOD, dirty_lines, lines_of, one_line, read_of

from clearbase.quality.check import check_lines
from clearbase.quality.suite import load_suite
from clearbase.records import ERROR, FINDINGS, NUMBER, TEXT, FileRead

GOOD = "330227198506159988"  # a woman born on 1985-06-15
CLEAN = {"name": "张三", "id_number": GOOD, "phone": "13800138000", "hire_date": "2021-03-05"}


def checked(**cells):
    result = check_lines(one_line(**{**CLEAN, **cells}), PERIOD)
    told = [f["rule"] for f in result.findings.to_pylist()]
    return result.lines.to_pylist()[0], told


def test_a_clean_line_is_accepted_without_a_word():
    line, told = checked()
    assert told == []
    assert line["disposition"] == "accepted" and line["number_state"] == "usable"
    assert (line["id_number"], line["id_type"], line["sex"], line["birth_date"]) == (GOOD, "ID", "female", "1985-06-15")


@pytest.mark.parametrize(
    ("cells", "rule", "withheld"),
    [
        ({"id_number": ("330227198506159000", NUMBER)}, "ID_LOST", "id_number"),
        ({"id_number": "3.30227E+17"}, "ID_LOST", "id_number"),
        ({"id_number": "330227********9988"}, "ID_MASKED", "id_number"),
        ({"id_number": "3302271985061599"}, "ID_FORMAT", "id_number"),
        ({"id_number": "330227198506159989"}, "ID_CHECKSUM", "id_number"),
        ({"id_number": "330203199002299999"}, "ID_BIRTH", "id_number"),
        ({"phone": "1380013800"}, "PHONE_INVALID", "phone"),
        ({"hire_date": "2021-02-30"}, "HIRE_UNREADABLE", "hire_date"),
        ({"hire_date": ("2021.1", NUMBER)}, "HIRE_AMBIGUOUS", "hire_date"),
        ({"leave_date": "2020-01-01"}, "LEAVE_BEFORE_HIRE", "leave_date"),
        ({"leave_date": "昨天"}, "LEAVE_UNREADABLE", "leave_date"),
        ({"contract_end": "昨天"}, "DATE_UNREADABLE", "contract_end"),
        ({"employment_status": "不知"}, "STATUS_UNKNOWN", "employment_status"),
        ({"social_insurance": "部分"}, "YES_NO_UNKNOWN", "social_insurance"),
    ],
)
def test_a_bad_cell_costs_that_cell(cells, rule, withheld):
    line, told = checked(**cells)
    assert told == [rule]
    assert line[withheld] is None
    assert line["disposition"] == "accepted"
    assert [line[f] for f in CLEAN if f != withheld and f in CLEAN] == [v for f, v in CLEAN.items() if f != withheld]


@pytest.mark.parametrize(
    ("cells", "rule"),
    [
        ({"name": "张三(离职)"}, "NAME_NOTE"),
        ({"name": "张*"}, "NAME_UNCERTAIN"),
        ({"id_number": "330227850615998"}, "ID_OLD"),
        ({"id_number": "000001198506159980"}, None),
        ({"phone": "13800138000/13900139000"}, "PHONE_SECOND"),
        ({"phone": ""}, "PHONE_MISSING"),
        ({"hire_date": ""}, "HIRE_MISSING"),
        ({"hire_date": "21/3/5"}, "DATE_ASSUMED"),
        ({"hire_date": "2001-06-14"}, "HIRE_BEFORE_16"),
        ({"hire_date": "2001-06"}, None),
        ({"hire_date": "2024-04-01"}, "HIRE_AFTER_PERIOD"),
        ({"hire_date": "2024-03-31"}, None),
        ({"ethnicity": "地球族"}, "ETHNICITY_UNKNOWN"),
        ({"education": "高中以下"}, "EDUCATION_UNKNOWN"),
        ({"marital_status": "不好说"}, "CODE_UNKNOWN"),
        ({"remarks": "住宿舍"}, None),
    ],
)
def test_a_warning_withholds_nothing(cells, rule):
    if cells.get("id_number", "").startswith("000001"):
        body = "00000119850615998"
        from clearbase.standards.identity_number import check_character

        cells, rule = {"id_number": body + check_character(body)}, "ID_AREA"
    line, told = checked(**cells)
    assert told == ([rule] if rule else [])
    assert line["disposition"] == "accepted" and line["number_state"] == "usable"


def test_the_number_wins():
    line, told = checked(sex="男", birth_date="1985-06-16")
    assert told == ["SEX_CONTRADICTS", "BIRTH_CONTRADICTS"]
    assert (line["sex"], line["birth_date"]) == ("female", "1985-06-15")
    assert checked(birth_date="1985年6月")[1] == []
    line, told = checked(id_number="", sex="男", birth_date="1985年6月")
    assert told == ["ID_MISSING"]
    assert (line["sex"], line["birth_date"], line["number_state"]) == ("male", "1985-06", "missing")


def test_a_lost_number_keeps_what_is_left():
    line, _ = checked(id_number=("330227198506159008", NUMBER))
    assert (line["number_state"], line["id_number"], line["id_number_damaged"]) == ("lost", None, "330227198506159***")
    assert checked(id_number="330227198506159989")[0]["id_number_damaged"] == "330227198506159989"
    assert checked(id_number="同上")[0]["id_number_damaged"] is None
    assert checked()[0]["id_number_damaged"] is None


def test_other_documents_are_usable():
    for number, kind in (("E12345678", "PASSPORT"), ("H1234567800", "HM_PASS")):
        line, told = checked(id_number=number)
        assert told == [] and line["number_state"] == "usable"
        assert (line["id_number"], line["id_type"], line["sex"]) == (number, kind, None)


@pytest.mark.parametrize(
    ("cells", "rules"),
    [
        ({"name": ""}, {"NAME_MISSING"}),
        ({"name": "13800138000"}, {"NAME_IMPLAUSIBLE"}),
        ({"name": ("#REF!", ERROR)}, {"NAME_MISSING", "CELL_ERROR"}),
        ({"id_number": "", "phone": "12"}, {"ID_MISSING", "PHONE_INVALID", "NO_EVIDENCE"}),
    ],
)
def test_quarantine_only_without_name_or_evidence(cells, rules):
    line, told = checked(**cells)
    assert line["disposition"] == "quarantined"
    assert set(told) == rules


def test_a_birth_date_alone_is_evidence():
    line, told = checked(id_number="", phone="", birth_date="1985.6.15")
    assert line["disposition"] == "accepted" and set(told) == {"ID_MISSING", "PHONE_MISSING"}


def test_a_missing_column_is_not_told_line_by_line():
    result = check_lines(one_line(name="张三", phone="13800138000"), PERIOD)
    assert result.findings.num_rows == 0
    assert result.lines["number_state"].to_pylist() == ["missing"]
    bits = {r.code: r.bit for r in load_suite().rules}
    assert result.lines["rule_bits"].to_pylist()[0] & (1 << bits["ID_MISSING"])
    nameless = check_lines(one_line(phone="13800138000"), PERIOD)
    assert nameless.findings["rule"].to_pylist() == ["NAME_MISSING"]
    assert nameless.lines["disposition"].to_pylist() == ["quarantined"]


def rows(*lines):
    return check_lines(read_of(lines_of([{f: (t, TEXT) for f, t in line.items() if t} for line in lines])), PERIOD)


def test_repeated_lines():
    result = rows(
        CLEAN,
        CLEAN | {"department": "二车间", "phone": ""},  # the same person and spell: the first is kept
        CLEAN | {"hire_date": "2023-01-01"},  # hired again: another spell
        CLEAN | {"name": "李四"},  # the number of somebody else: no repetition, a question for identity
    )
    assert result.lines["disposition"].to_pylist() == ["accepted", "repeated", "accepted", "accepted"]
    repeated = [f for f in result.findings.to_pylist() if f["rule"] == "LINE_REPEATED"]
    assert [(f["row"], f["severity"], f["found"], f["field"]) for f in repeated] == [(5, "info", "4", None)]


def test_without_a_number_only_all_the_same_is_repeated():
    bare = {"name": "张三", "phone": "13800138000", "id_number": "330227198506159989"}
    result = rows(bare, bare, bare | {"department": "二车间"}, bare | {"id_number": ""}, bare)
    assert result.lines["disposition"].to_pylist() == ["accepted", "repeated", "accepted", "accepted", "repeated"]


def test_findings_point_at_cells_and_hide_persons():
    read = read_of(dirty_lines(7, 200))
    result = check_lines(read, PERIOD)
    assert result.findings.schema == FINDINGS
    columns = {(s.position, c.field): c.col for s in read.sheets for c in s.columns}
    raw = {(r["sheet"], r["row"]): r for r in read.lines.to_pylist()}
    for finding in result.findings.to_pylist():
        assert finding["col"] == columns.get((finding["sheet"], finding["field"]))
        if finding["field"]:
            said = raw[finding["sheet"], finding["row"]][finding["field"]]
            assert finding["found"] == said or finding["found"].startswith(f"{said}（可能是 ")
        if finding["field"] in ("name", "id_number", "phone") and finding["found"]:
            shown = finding["found_masked"]
            assert shown != finding["found"] or len(shown) <= 2 or not shown.strip("*○")
            assert sum(c.isdigit() for c in shown) <= 4
    told = {(f["sheet"], f["row"]) for f in result.findings.to_pylist() if f["severity"] == "error"}
    for line in result.lines.to_pylist():
        assert line["disposition"] != "quarantined" or (line["sheet"], line["row"]) in told
    assert sum(result.rule_counts.values()) == result.findings.num_rows


def test_quarantined_lines_are_exactly_those_without_name_or_evidence():
    result = check_lines(read_of(dirty_lines(8, 300)), PERIOD)
    names = [f for f in result.findings.to_pylist() if f["field"] == "name"]
    told = ("NAME_MISSING", "NAME_IMPLAUSIBLE", "NAME_MIXED", "DITTO")
    unreadable_names = {(f["sheet"], f["row"]) for f in names if f["rule"] in told}
    for line in result.lines.to_pylist():
        evidence = line["id_number"] or line["phone"] or line["birth_date"]
        lost = (line["sheet"], line["row"]) in unreadable_names or not evidence
        assert (line["disposition"] == "quarantined") == lost
        assert (line["number_state"] == "usable") == (line["id_number"] is not None)


def test_canonical_columns_are_strings_and_hold_no_helpers():
    lines = check_lines(read_of(dirty_lines(9, 60)), PERIOD).lines
    assert not [c for c in lines.column_names if "__" in c]
    others = {"sheet": pa.int16(), "row": pa.int32(), "rule_bits": pa.uint64()}
    assert all(f.type == others.get(f.name, pa.string()) for f in lines.schema)
    assert lines.num_rows == 60


def test_unreadable_and_empty_files():
    nothing = check_lines(FileRead("unreadable"), None)
    assert nothing.lines.num_rows == nothing.findings.num_rows == 0 and nothing.rule_counts == {}
    empty = check_lines(read_of(dirty_lines(1, 5).slice(0, 0)), dt.date(2024, 1, 1))
    assert empty.lines.num_rows == 0 and "disposition" in empty.lines.column_names
