"""The rule book holds every rule of every suite, needs no server, and is what docs/ shows."""

import json
import subprocess
import sys

import pytest

from clearbase.errors import SetupError
from clearbase.quality.rule_book import CHAPTERS, COSTS, SEVERITIES, counts, entries_of, rule_book
from clearbase.quality.rule_book_page import counted, lines, markdown
from clearbase.settings import EXPECTATIONS, PROJECT

ONE = {
    "type": "expect_column_values_to_be_in_set",
    "kwargs": {"column": "dwelling_type", "value_set": ["宿舍", "出租房"]},
    "meta": {
        "code": "DWELLING", "severity": "warning", "effect": "flag", "fields": ["dwelling_type"],
        "zh": {"found": "“{value}”不明", "expected": "列表之一", "mend": "请选择"},
        "en": {"found": "{value} is unknown", "expected": "one of the list", "mend": "choose"},
        "example": {"bad": "树上", "good": "出租房"},
    },
}  # fmt: skip


def test_docs_hold_what_the_suites_say():
    assert (PROJECT / "docs" / "规则手册.md").read_text(encoding="utf-8") == markdown(rule_book()), (
        "./clearbase rules --markdown --out docs/规则手册.md"
    )


def test_every_code_of_every_suite_is_there_once():
    entries = entries_of(rule_book())
    codes = [entry.code for entry in entries]
    assert len(set(codes)) == len(codes)
    for path in EXPECTATIONS.glob("*.json"):
        document = json.loads(path.read_text(encoding="utf-8"))
        told = [one["meta"]["code"] for one in document.get("expectations", ())]
        told += [one["code"] for one in document.get("observations", ())]
        assert set(told) <= set(codes), path.name
        assert not told or path.name in CHAPTERS, f"{path.name} has a title in the book"
    for entry in entries:
        assert entry.severity in SEVERITIES and entry.cost in COSTS, entry.code
        assert all(entry.zh.values()) and all(entry.en.values()), entry.code
    assert sum(counts(entries).values()) == len(entries)


def test_fields_are_told_by_their_chinese_labels():
    (entry,) = entries_of(rule_book(), "sex_contradicts")
    assert entry.fields == ("性别", "公民身份号码")


def test_a_new_suite_is_in_the_book_without_a_line_of_python(tmp_path):
    other = ONE | {"meta": ONE["meta"] | {"fields": ["dorm_room"], "audience": "rights"}}
    (tmp_path / "mine.json").write_text(json.dumps({"name": "mine", "expectations": [ONE, other]}), encoding="utf-8")
    (tmp_path / "schema.json").write_text('{"type": "object"}', encoding="utf-8")
    (chapter,) = rule_book(tmp_path)
    (entry,) = chapter.entries
    assert (chapter.file, entry.suite, entry.fields) == ("mine.json", "mine", ("dwelling_type", "dorm_room"))
    assert entry.checks[0] == "expect_column_values_to_be_in_set(column=dwelling_type; value_set=宿舍, 出租房)"
    said = "\n".join(lines([entry]))
    assert "“…”不明" in said and "树上 → 出租房" in said
    assert "| 例 example | 树上 | → 出租房 |" in markdown([chapter])
    assert counted([entry]) == "1 条规则 rules：提醒 warning 1"


def test_what_is_no_suite_is_named(tmp_path):
    (tmp_path / "broken.json").write_text("{", encoding="utf-8")
    with pytest.raises(SetupError, match=r"broken\.json"):
        rule_book(tmp_path)
    spoilt = ONE | {"meta": ONE["meta"] | {"en": {"found": "f", "expected": "e"}}}
    (tmp_path / "broken.json").write_text(json.dumps({"expectations": [spoilt]}), encoding="utf-8")
    with pytest.raises(SetupError, match="DWELLING"):
        rule_book(tmp_path)


def test_a_code_that_no_suite_has_is_told_with_the_nearest():
    with pytest.raises(SetupError, match="ID_CHECKSUM"):
        entries_of(rule_book(), "id_checksm")


def test_it_is_printed_without_pandas_or_great_expectations():
    program = (
        "import sys; from clearbase.rules_console import show_rules; show_rules(None, True, False, None);"
        "sys.exit(bool({'pandas', 'great_expectations', 'sqlalchemy', 'pyarrow'} & set(sys.modules)))"
    )
    done = subprocess.run(
        [sys.executable, "-c", program],
        env={"PYTHONPATH": str(PROJECT / "plugins")},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert len(json.loads(done.stdout)["rules"]) == len(entries_of(rule_book()))
