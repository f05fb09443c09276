"""Before a rule changes: what would alter is told by rule and employer, and nothing is written."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from rosters import EMPLOYER, HEADER, OTHER_EMPLOYER, PEOPLE
from sending import Base, base_of

from clearbase.errors import RequestError
from clearbase.intake.claim import original
from clearbase.pipeline.recheck import Recheck, Scope, recheck
from clearbase.pipeline.verify import fingerprints
from clearbase.quality.file_rules import ROSTER_FILE
from clearbase.quality.suite import ROSTER_LINE, SuiteError, load_suite
from clearbase.reading.observations import OBSERVED

COLUMNS = [*HEADER, "文化程度"]
SCHOOLED = [[*person, school] for person, school in zip(PEOPLE, ("初中", "大专", "初中"), strict=True)]
# The second employer's file: a number that does not check, a name that is a note, a line without evidence.
DOUBTFUL = [
    ["王小明", "330204199003079995", *PEOPLE[0][2:], "本科"],
    ["李秀英", "", "女", "", *PEOPLE[1][4:], "#REF!"],  # which reading tells, and no rule
    ["赵钱孙", "330227198506159988", *PEOPLE[1][2:], "博士"],
]


@pytest.fixture(scope="module")
def base(new_home: Callable[[], Path], tmp_path_factory: pytest.TempPathFactory) -> Iterator[Base]:
    with base_of(new_home(), tmp_path_factory.mktemp("rosters")) as base:
        assert base.send(SCHOOLED, "2024-09", header=COLUMNS) == "published"
        assert base.send(SCHOOLED[:2], "2024-10", header=COLUMNS) == "published"
        assert base.send(DOUBTFUL, "2024-10", employer=OTHER_EMPLOYER, header=COLUMNS) == "published"
        yield base


@pytest.fixture
def edited(tmp_path: Path) -> Callable[[str, Callable[[dict[str, Any]], Any]], Path]:
    """The suite on disk, the expectations of one code given to ``change``."""

    def write(code: str, change: Callable[[dict[str, Any]], Any]) -> Path:
        suite = json.loads(ROSTER_LINE.read_text(encoding="utf-8"))
        kept = []
        for one in suite["expectations"]:
            if one["meta"]["code"] != code or change(one) is not False:
                kept.append(one)
        suite["expectations"] = kept
        # A name of its own: a process reads a suite once.
        path = tmp_path / f"{code}{len(list(tmp_path.iterdir()))}.json"
        path.write_text(json.dumps(suite), encoding="utf-8")
        return path

    return write


def stricter(expectation: dict[str, Any]) -> None:
    expectation["kwargs"]["value_set"].remove("初中")


def asked(base: Base, suite: Path = ROSTER_LINE, scope: Scope | None = None) -> Recheck:
    return recheck(base.settings, base.database, scope or Scope(), suite)


def everything(base: Base) -> list[Any]:
    files = sorted(str(p) for p in base.settings.landing_folder.rglob("*")) + sorted(
        str(p) for p in base.settings.drop_folder.rglob("*")
    )
    return [*fingerprints(base.database), files]


def test_under_the_rules_of_publication_nothing_would_alter(base: Base) -> None:
    found = asked(base)
    assert (found.files, found.lines, found.alters, found.gone, found.otherwise) == (3, 8, False, [], 0)
    assert found.same_rules == 3, "each file keeps which rules it met"


def test_a_stricter_set_is_told_by_rule_and_employer_and_the_base_stays(
    base: Base, edited: Callable[..., Path]
) -> None:
    before = everything(base)
    found = asked(base, edited("EDUCATION_UNKNOWN", stricter))
    assert found.by_rule == {"EDUCATION_UNKNOWN": {"told_anew": 3}} and found.same_rules == 0
    assert found.by_employer == {EMPLOYER: {"told_anew": 3}}
    assert found.employers == {"EDUCATION_UNKNOWN": {EMPLOYER}} and len(found.altered["EDUCATION_UNKNOWN"]) == 2
    assert everything(base) == before


def test_a_rule_that_goes_frees_lines_and_keeps_numbers(base: Base, edited: Callable[..., Path]) -> None:
    found = asked(base, edited("ID_CHECKSUM", lambda _: False))
    assert found.by_rule == {"ID_CHECKSUM": {"told_no_more": 1, "number_kept": 1}}
    assert found.by_employer == {OTHER_EMPLOYER: {"told_no_more": 1, "number_kept": 1}}
    found = asked(base, edited("NO_EVIDENCE", lambda _: False))
    assert found.by_rule == {"NO_EVIDENCE": {"told_no_more": 1, "freed": 1}}
    assert found.by_employer == {OTHER_EMPLOYER: {"told_no_more": 1, "freed": 1}}


def test_a_rule_that_costs_more_quarantines_lines_and_withholds_numbers(
    base: Base, edited: Callable[..., Path]
) -> None:
    def by_name(expectation: dict[str, Any]) -> None:
        if "value_set" in expectation["kwargs"]:
            expectation["kwargs"]["value_set"].append("王小明")

    found = asked(base, edited("NAME_IMPLAUSIBLE", by_name))
    assert found.by_rule == {"NAME_IMPLAUSIBLE": {"told_anew": 3, "quarantined": 3}}
    assert found.by_employer[EMPLOYER] == {"told_anew": 2, "quarantined": 2}

    def without_jiangsu(expectation: dict[str, Any]) -> None:
        expectation["meta"]["effect"] = "withhold"
        expectation["meta"]["severity"] = "error"
        expectation["type"] = "expect_column_values_to_not_match_regex"
        expectation["kwargs"] = {"column": "id_number", "regex": "^32"}

    found = asked(base, edited("ID_AREA", without_jiangsu))
    assert found.by_rule == {"ID_AREA": {"told_anew": 1, "number_withheld": 1}}


def test_flags_that_only_some_may_see_are_compared_by_their_bits(base: Base, edited: Callable[..., Path]) -> None:
    def restricted(expectation: dict[str, Any]) -> None:
        expectation["meta"] |= {"audience": "rights", "bit": 61}
        stricter(expectation)

    found = asked(base, edited("EDUCATION_UNKNOWN", restricted))
    assert found.by_rule == {"EDUCATION_UNKNOWN": {"told_anew": 3}} and found.by_employer[EMPLOYER] == {"told_anew": 3}


def test_another_severity_is_told(base: Base, edited: Callable[..., Path]) -> None:
    found = asked(base, edited("ID_CHECKSUM", lambda one: one["meta"].update(severity="warning")))
    assert found.by_rule == {"ID_CHECKSUM": {"graded_otherwise": 1}}


def test_the_scope_is_months_employer_and_sample(base: Base, edited: Callable[..., Path]) -> None:
    suite = edited("EDUCATION_UNKNOWN", stricter)
    september, october = dt.date(2024, 9, 1), dt.date(2024, 10, 1)
    assert asked(base, suite, Scope(september, september)).by_rule["EDUCATION_UNKNOWN"] == {"told_anew": 2}
    assert asked(base, suite, Scope(october, None, EMPLOYER)).by_rule["EDUCATION_UNKNOWN"] == {"told_anew": 1}
    assert asked(base, suite, Scope(None, None, OTHER_EMPLOYER)).by_rule == {}
    assert asked(base, suite, Scope(sample=2)).files == 2
    with pytest.raises(RequestError, match="nothing to compare"):
        asked(base, suite, Scope(dt.date(2020, 1, 1), dt.date(2020, 1, 1)))


def test_a_file_whose_original_is_gone_is_counted_and_one_that_is_damaged(base: Base) -> None:
    lost = original(base.settings, 1)
    aside = lost.rename(lost.with_suffix(".aside"))
    try:
        found = asked(base)
        assert (found.files, found.gone, found.alters) == (2, [1], False)
        lost.write_bytes(aside.read_bytes()[:-5])
        assert asked(base).gone == [1]
    finally:
        aside.rename(lost)


def test_a_suite_that_cannot_be_used_is_named(base: Base, tmp_path: Path) -> None:
    broken = tmp_path / "broken.json"
    broken.write_text('{"name": "x"}', encoding="utf-8")
    with pytest.raises(SuiteError, match=r"broken\.json"):
        asked(base, broken)


def test_what_reading_observes_is_told_and_no_rule(base: Base) -> None:
    with base.database.loader.connect() as connection:
        told = connection.exec_driver_sql("SELECT DISTINCT rule FROM quality.finding").scalars().all()
    assert set(told) & set(OBSERVED) and not asked(base).alters


def test_rules_of_whole_files_are_run_by_the_file_s_own_figures(
    base: Base, tmp_path: Path, clearbase: Callable[..., Any]
) -> None:
    """Three lines are enough for a share; what is asked of the employer's history is not asked again."""
    document = json.loads(ROSTER_FILE.read_text(encoding="utf-8"))
    kept = []
    for one in document["expectations"]:
        if one["meta"]["code"] in ("identity_mostly_wrong", "errors_in_most_rows"):
            one["kwargs"] |= {"max_value": 0.3}
            one["kwargs"].pop("row_condition")
        if one["meta"]["code"] != "columns_missing":
            kept.append(one)
    suite = tmp_path / "copy.json"
    suite.write_text(json.dumps(document | {"expectations": kept}), encoding="utf-8")
    found = recheck(base.settings, base.database, Scope(), file_suite=suite)
    assert found.by_rule["identity_mostly_wrong"] == {"file_stopped": 1}
    assert found.by_rule["errors_in_most_rows"] == {"file_told_anew": 1}
    assert found.employers["identity_mostly_wrong"] == {OTHER_EMPLOYER}
    done = clearbase("recheck", "--suite", suite, home=base.settings.home)
    assert done.returncode == 0 and "files held or refused" in done.stdout, done.stderr


def test_the_command_prints_tables_or_json(
    base: Base, edited: Callable[..., Path], clearbase: Callable[..., Any]
) -> None:
    run = partial(clearbase, home=base.settings.home)
    suite = edited("EDUCATION_UNKNOWN", stricter)
    done = run("recheck", "--suite", suite)
    assert done.returncode == 0, done.stderr
    assert "EDUCATION_UNKNOWN" in done.stdout and EMPLOYER in done.stdout and OTHER_EMPLOYER not in done.stdout
    assert "8 published lines of 3 files" in done.stdout and "0 of these files were checked by" in done.stdout
    assert load_suite().sha256.hex() in run("trace", "QD00000001").stdout
    report = json.loads(run("recheck", "--suite", suite, "--json", "--employer", EMPLOYER).stdout)
    assert report["by_rule"] == {"EDUCATION_UNKNOWN": {"told_anew": 3, "files": 2, "employers": [EMPLOYER]}}
    assert "nothing would alter" in run("recheck").stdout
    assert run("recheck", "--suite", suite.with_name("none.json")).returncode == 2
