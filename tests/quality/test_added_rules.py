"""A rule that is typed into the suite by hand takes effect: no Python is touched, Great Expectations stays out."""

import json
import os
import shutil
import subprocess
import sys

import pytest
from dirty_lines import one_line
from one_roster import CLEAN

from clearbase.quality.check import check_lines
from clearbase.quality.compile import compile_suite
from clearbase.quality.suite import ROSTER_LINE, SuiteError, load_suite
from clearbase.receipts.texts import rule_texts
from clearbase.settings import PROJECT

TYPED = {
    "type": "expect_column_values_to_be_in_set",
    "kwargs": {"column": "department", "value_set": ["一车间", "二车间"]},
}
ASKED = """
import sys
from clearbase.cli import main
try:
    main()
finally:
    print("great_expectations" in sys.modules, file=sys.stderr)
"""


def suite_with(path, *entries):
    document = json.loads(ROSTER_LINE.read_text(encoding="utf-8"))
    document["expectations"] += entries
    path.write_text(json.dumps(document, ensure_ascii=False), encoding="utf-8")
    return path


def check(project, *arguments):
    """``./clearbase check`` of a copy of the project: (its report, whether it imported Great Expectations)."""
    done = subprocess.run(
        [sys.executable, "-c", ASKED, "check", *arguments, "--json", "-"],
        cwd=project, capture_output=True, text=True, env={**os.environ, "PYTHONPATH": str(project / "plugins")},
    )  # fmt: skip
    return json.loads(done.stdout), done.stderr.strip().splitlines()[-1] == "True"


@pytest.fixture(scope="module")
def project(tmp_path_factory):
    """The library and its suites as they stand, somewhere else."""
    folder = tmp_path_factory.mktemp("project")
    without = shutil.ignore_patterns("__pycache__")
    for part in ("plugins/clearbase", "expectations", "sql"):
        shutil.copytree(PROJECT / part, folder / part, ignore=without)
    lines = ["姓名,身份证号,手机号,入职日期,部门"]
    lines += [f"周明远,{CLEAN['id_number']},13912345678,2021-03-05,{part}" for part in ("一车间", "三车间")]
    (folder / "花名册.csv").write_text("\n".join(lines), encoding="utf-8")
    return folder


def findings(report):
    (file,) = report["files"]
    return [(f["cell"], f["rule"], f["found"], f["expected"]) for f in file["findings"] if f["cell"]]


def test_a_typed_rule_takes_effect_in_check_and_needs_no_great_expectations(project):
    report, imported = check(project, project / "花名册.csv")
    assert findings(report) == [] and not imported
    suite_with(project / "expectations" / "roster_line.json", TYPED)
    report, imported = check(project, project / "花名册.csv")
    assert findings(report) == [("E3", "ADDED_63", "“三车间”不符合本地增加的规则", "一车间、二车间")]
    assert not imported


def test_one_that_no_kernel_knows_takes_effect_too_by_great_expectations(project):
    unknown = {"type": "expect_column_value_lengths_to_equal", "kwargs": {"column": "department", "value": 4}}
    suite_with(project / "expectations" / "roster_line.json", unknown)
    report, imported = check(project, project / "花名册.csv")
    assert [cell for cell, *_ in findings(report)] == ["E2", "E3"] and imported


def test_what_is_not_said_is_chosen_the_same_each_time(tmp_path):
    first = suite_with(tmp_path / "a.json", TYPED, {**TYPED, "meta": {"code": "WORKSHOP"}}, TYPED)
    rules = load_suite(first).rules[-3:]
    assert [(r.code, r.bit) for r in rules] == [("ADDED_63", 63), ("WORKSHOP", 62), ("ADDED_61", 61)]
    assert all((r.severity, r.effect, r.fields) == ("warning", "flag", ("department",)) for r in rules)
    compile_suite(load_suite(first))
    assert rule_texts(first)["WORKSHOP"].zh_expected == "一车间、二车间"
    whole = load_suite(suite_with(tmp_path / "b.json", {**TYPED, "meta": {"severity": "error", "effect": "withhold"}}))
    assert (whole.rules[-1].severity, whole.rules[-1].effect, whole.rules[-1].bit) == ("error", "withhold", 63)
    same = {**TYPED, "meta": {"code": "TWICE"}}
    assert {rule.bit for rule in load_suite(suite_with(tmp_path / "c.json", same, same)).rules[-2:]} == {63}


def test_more_than_64_codes_are_refused_and_not_dropped(tmp_path):
    with pytest.raises(SuiteError, match="a free bit"):
        load_suite(suite_with(tmp_path / "d.json", *[TYPED] * 20))


def test_a_rule_of_no_field_shows_nobody(tmp_path):
    entry = {
        "type": "expect_column_values_to_be_in_set",
        "kwargs": {"column": "name", "value_set": ["李四"]},
        "meta": {"code": "OF_NO_FIELD", "fields": []},
    }
    suite = suite_with(tmp_path / "no_field.json", entry)
    found = check_lines(one_line(**CLEAN), None, suite_file=suite).findings.to_pylist()
    (told,) = (finding for finding in found if finding["rule"] == "OF_NO_FIELD")
    assert told["found"] == CLEAN["name"] and told["found_masked"] not in ("", CLEAN["name"])
