import json
import re

import pytest

from clearbase.quality.compile import compile_suite
from clearbase.quality.suite import ROSTER_LINE, SuiteError, columns_of, load_suite
from clearbase.reading.observations import OBSERVED
from clearbase.standards import name

ONE = {
    "type": "expect_column_values_to_not_be_null",
    "kwargs": {"column": "name"},
    "meta": {
        "code": "A", "bit": 0, "severity": "error", "effect": "flag", "fields": ["name"],
        "zh": {"found": "空", "expected": "有", "mend": "填"}, "en": {"found": "f", "expected": "e", "mend": "m"},
    },
}  # fmt: skip


def changed(*, meta=None, **entry):
    return {**ONE, **entry, "meta": {**ONE["meta"], **(meta or {})}}


def load(tmp_path, *entries):
    path = tmp_path / "suite.json"
    path.write_text(json.dumps({"name": "s", "expectations": list(entries)}), encoding="utf-8")
    return load_suite(path)


def test_the_roster_suite_is_complete():
    suite = load_suite()
    compile_suite(suite)
    assert suite.name == "roster_line"
    assert len({rule.code for rule in suite.rules}) == len({rule.bit for rule in suite.rules}) >= 60
    for rule in suite.rules:
        for texts in (rule.zh, rule.en):
            assert texts.found and texts.expected and texts.mend
            assert set(re.findall(r"{\w*}", texts.found)) <= {"{value}"}
        assert re.search("[一-鿿]", rule.zh.found) and not re.search("[。.]$", rule.zh.found)
        assert rule.severity == "error" or rule.effect != "quarantine"


def test_every_code_has_an_example_and_leaves_bits_for_others():
    suite = load_suite()
    codes = {rule.code for rule in suite.rules}
    assert len(codes) >= 60 and len({rule.bit for rule in suite.rules} & {61, 62, 63}) == 0
    for code in codes:
        rule = suite.rule(code)
        assert rule.example and rule.example.bad != rule.example.good, code
        assert all(other in codes | OBSERVED.keys() for other in rule.yields_to), code
    of_rights = {rule.code for rule in suite.rules if rule.audience == "rights"}
    assert of_rights == {"UNDER_16", "UNDER_18", "OVER_RETIREMENT_AGE", "CONTRACT_LATE", "INSURANCE_LATE"}
    assert all(rule.effect == "flag" for rule in suite.rules if rule.audience == "rights")


def test_columns_are_found_under_any_argument():
    assert columns_of({"column_A": "a", "column_list": ["b", "c"], "sum_column": "d", "value_set": ["e"]}) == [*"abcd"]


def test_the_file_is_read_by_every_reader_of_utf8():
    text = ROSTER_LINE.read_text(encoding="utf-8")
    assert "\ufffd" not in text and not re.search("[\ue000-\uf8ff]", text)  # private characters stand as escapes


def test_name_pattern_is_that_of_the_standard():
    pattern = next(
        r.kwargs["regex"] for r in load_suite().rules if r.type.endswith("to_match_regex") and "name" in r.fields
    )
    texts = ("张三", "陈", "John O. Smith", "13800138000", "张三1380", "阿·里", "王\ue863", "㛃𬭚", "a\n", "张三\n")
    for text in texts:
        assert bool(re.search(pattern, text)) == bool(re.fullmatch(name.PLAUSIBLE, text)), text


@pytest.mark.parametrize(
    ("entry", "said"),
    [
        (
            changed(type="expect_column_values_to_be_nice"),
            "expect_column_values_to_be_nice is none that Great Expectations takes",
        ),
        (changed(kwargs={"column": "name", "mostly": 0.9}), "takes no mostly"),
        (changed(kwargs={}), "lacks column"),
        (changed(type="expect_column_values_to_match_regex", kwargs={"column": "name", "regex": "a$"}), r"write \Z"),
        (changed(type="expect_column_values_to_match_regex", kwargs={"column": "name", "regex": r"\d"}), r"write \Z"),
        (
            changed(type="expect_column_values_to_match_regex", kwargs={"column": "name", "regex": "(?=a)"}),
            "not understood",
        ),
        (
            changed(
                type="expect_column_pair_values_to_be_equal",
                kwargs={"column_A": "a", "column_B": "b", "ignore_row_if": "neither"},
            ),
            "either_value_is_missing",
        ),
    ],
)
def test_what_cannot_be_compiled_is_named(tmp_path, entry, said):
    with pytest.raises(SuiteError, match="A") as raised:
        compile_suite(load(tmp_path, entry))
    assert said in str(raised.value)


@pytest.mark.parametrize(
    "entries",
    [
        [changed(meta={"bit": 64})],
        [changed(meta={"severity": "fatal"})],
        [changed(meta={"effect": "withhold", "fields": []})],
        [changed(meta={"audience": "everybody"})],
        [changed(meta={"example": {"bad": "张"}})],
        [changed(), changed(meta={"code": "B"})],
        [changed(), changed(meta={"bit": 1})],
    ],
)
def test_wrong_meta_is_refused(tmp_path, entries):
    with pytest.raises(SuiteError):
        load(tmp_path, *entries)


def test_meta_may_say_for_whom_and_give_an_example(tmp_path):
    told = changed(meta={"audience": "rights", "example": {"bad": "", "good": "张三"}})
    (plain,), (rule,) = load(tmp_path, ONE).rules, load_suite(_other(tmp_path, told)).rules
    assert (plain.audience, plain.example) == ("employer", None)
    assert (rule.audience, rule.example.good) == ("rights", "张三")


def _other(tmp_path, entry):
    path = tmp_path / "other.json"
    path.write_text(json.dumps({"name": "s", "expectations": [entry]}), encoding="utf-8")
    return path


def test_no_file(tmp_path):
    with pytest.raises(SuiteError, match=r"gone\.json"):
        load_suite(tmp_path / "gone.json")
