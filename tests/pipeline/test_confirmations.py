"""The workbook that went back comes again: only what was mended changes, and what was confirmed is not asked again."""

from __future__ import annotations

import datetime as dt
import json
from pathlib import Path
from typing import Any

import openpyxl
from rosters import EMPLOYER, HEADER, OTHER_EMPLOYER, PEOPLE, worker
from sending import Base
from sqlalchemy import text

from clearbase.pipeline.persons import merge_persons, split_person
from clearbase.pipeline.replay import Scope, begin_replay, close_replay, replay_batch, unfinished_batches
from clearbase.pipeline.run import STAGES
from clearbase.pipeline.undo import decide_submission
from clearbase.reading.result_column import ASKS, CONFIRM_WORD, RESULT_HEADER

MONTH, NEXT, THIRD = "2026-05", "2026-06", "2026-07"
# The number's holder is a man; the cell says 女: a warning, and the number is believed.
ODD = [PEOPLE[0][0], PEOPLE[0][1], "女", *PEOPLE[0][3:]]


def fitting(n: int) -> list[str]:
    """A worker whose phone is not the next one's: a series is told of, too."""
    name, number, sex, _, *rest = worker(n)
    return [name, number, sex, f"138{n * 7:08d}", *rest]


STAFF = [ODD, *(fitting(n) for n in range(1, 8))]


def newest(base: Base, end: str, employer: str = EMPLOYER) -> Path:
    return max(base.settings.receipts_folder(employer).glob(f"*{end}"), key=lambda path: path.name)


def told(base: Base) -> dict[str, Any]:
    content: dict[str, Any] = json.loads(newest(base, ".json").read_text(encoding="utf-8"))
    return content


def asked(base: Base) -> list[str]:
    return [finding["rule"] for finding in told(base)["findings"] if finding["severity"] == "warning"]


def returned(base: Base, to: Path, changes: dict[tuple[int, str], str]) -> Path:
    """The newest marked workbook, with (row, header) → what the employer has written there."""
    book = openpyxl.load_workbook(newest(base, ".xlsx"))
    sheet = book.worksheets[0]
    columns = {cell.value: cell.column for cell in sheet[1]}
    for (row, header), value in changes.items():
        sheet.cell(row, columns[header]).value = value
    to.parent.mkdir(parents=True, exist_ok=True)
    book.save(to)
    return to


def rows(base: Base, query: str) -> list[tuple[Any, ...]]:
    with base.database.loader.connect() as connection:
        return [tuple(row) for row in connection.execute(text(query))]


def believed(base: Base) -> dict[str, list[tuple[Any, ...]]]:
    """What is believed of everybody, by the person."""
    return {
        "spells": rows(base, """SELECT person_id, employer_uscc, valid_from, valid_to, start_evidence, leave_evidence
                                FROM warehouse.fact_employment WHERE known_to = 'infinity' ORDER BY 1"""),
        "persons": rows(base, """SELECT person_id, sex, birth_month, registry_record_id FROM warehouse.dim_person
                                 WHERE known_to = 'infinity' ORDER BY 1"""),
        "streets": rows(base, """SELECT person_id, street, valid_from, valid_to FROM warehouse.fact_told_street
                                 WHERE known_to = 'infinity' ORDER BY 1"""),
        "headcounts": rows(base, "SELECT employer_uscc, month, persons FROM mart.headcount_month ORDER BY 2"),
    }  # fmt: skip


def findings(base: Base) -> list[tuple[Any, ...]]:
    return [(f["cell"], f["rule"], f["severity"], f["found"]) for f in told(base)["findings"]]


def test_the_marked_workbook_sent_back_changes_only_what_was_mended(base: Base, tmp_path: Path) -> None:
    """Two rows are mended, one by a hire date and one by a phone; all other persons, spells and findings stay."""
    staff = [*STAFF, [*fitting(20)[:3], "1380013", *fitting(20)[4:6], "2024-13-45"]]
    assert base.send(staff, MONTH) == "published"
    before, found = believed(base), findings(base)
    assert {(cell, rule) for cell, rule, _, _ in found} == {
        ("D2", "SEX_CONTRADICTS"),
        ("E10", "PHONE_INVALID"),
        ("H10", "HIRE_UNREADABLE"),
    }
    mended = {(10, "入职日期"): "2024-02-01", (3, "入职日期"): "2023-12-01"}
    back = returned(base, tmp_path / "back" / "批注表改好.xlsx", mended)
    book = openpyxl.load_workbook(back)
    assert [cell.value for cell in book.worksheets[0]["I"]][:3] == [RESULT_HEADER, ASKS, "已入库"]
    assert base.send_file(back, MONTH, "full") == "published"
    after = believed(base)
    changed = {p for p, *_ in set(before["spells"]) ^ set(after["spells"])}
    assert len(changed) == 2 and {p for p, *_ in before["spells"]} == {p for p, *_ in after["spells"]}
    for what in ("persons", "streets", "headcounts"):
        assert after[what] == before[what], what
    assert findings(base) == [each for each in found if each[0] != "H10"]
    counts = told(base)["counts"]
    assert (counts["published"], counts["quarantined"], counts["repeated"]) == (9, 0, 0)
    again = openpyxl.load_workbook(newest(base, ".xlsx"))
    assert [cell.value for cell in again.worksheets[0][1]] == [*HEADER, RESULT_HEADER]


def confirm(base: Base, tmp_path: Path, month: str = MONTH) -> int:
    """Sends a roster with one warning, and its workbook back with the mark. Returns that submission."""
    assert base.send(STAFF, month) == "published"
    assert asked(base) == ["SEX_CONTRADICTS"]
    back = returned(base, tmp_path / "back" / f"{month}.xlsx", {(2, RESULT_HEADER): CONFIRM_WORD})
    assert base.send_file(back, month, "full") == "published"
    return int(rows(base, "SELECT max(submission_id) FROM intake.submission")[0][0])


def test_a_confirmed_warning_is_not_asked_again_nor_next_month(base: Base, tmp_path: Path) -> None:
    submission = confirm(base, tmp_path)
    receipt = told(base)
    assert (asked(base), receipt["confirmed"], receipt["outcome"]) == ([], 1, "published")
    sheet = openpyxl.load_workbook(newest(base, ".xlsx")).worksheets[0]
    assert sheet["I2"].value == "已确认" and sheet["D2"].fill.fill_type is None and sheet["D2"].comment is None
    assert "已确认1" in newest(base, ".txt").read_text(encoding="utf-8")
    assert base.send(STAFF, NEXT) == "published", "an own file, without a mark"
    assert (asked(base), told(base)["confirmed"]) == ([], 1)
    assert rows(base, f"SELECT rule, confirmed FROM quality.finding WHERE submission_id > {submission}") == [
        ("SEX_CONTRADICTS", True)
    ], "it is a finding still"
    tokens = rows(base, "SELECT rule, length(token) FROM quality.confirmation")
    assert tokens == [("SEX_CONTRADICTS", 16)]


def test_another_value_another_rule_another_person_another_employer_is_asked(base: Base, tmp_path: Path) -> None:
    confirm(base, tmp_path)
    other = fitting(1)
    wrong = "女" if other[2] == "男" else "男"
    also = [[*ODD[:2], "男", "13800138001/13900139001", *ODD[4:]], [*other[:2], wrong, *other[3:]], *STAFF[2:]]
    assert base.send(also, NEXT) == "published"
    assert sorted(asked(base)) == ["PHONE_SECOND", "SEX_CONTRADICTS"]
    # His number was another's: the sex may well be right by now.
    number = worker(15)[1]
    renamed = [[ODD[0], number, *ODD[2:]], *STAFF[1:]]
    assert base.send(renamed, THIRD) == "published"
    assert asked(base) == ["SEX_CONTRADICTS"] and told(base)["confirmed"] == 0
    assert base.send(STAFF, MONTH, employer=OTHER_EMPLOYER) == "published"
    content = json.loads(newest(base, ".json", OTHER_EMPLOYER).read_text(encoding="utf-8"))
    assert content["confirmed"] == 0 and content["rules"] == {"SEX_CONTRADICTS": 1}


def test_an_error_cannot_be_confirmed_away(base: Base, tmp_path: Path) -> None:
    bad = [[*fitting(30)[:3], "1380013", *fitting(30)[4:]], *STAFF]
    assert base.send(bad, MONTH) == "published"
    back = returned(base, tmp_path / "back.xlsx", {(2, RESULT_HEADER): CONFIRM_WORD})
    assert base.send_file(back, MONTH, "full") == "published"
    assert [f["rule"] for f in told(base)["findings"]] == ["PHONE_INVALID", "SEX_CONTRADICTS"]
    assert rows(base, "SELECT count(*) FROM quality.confirmation") == [(0,)]


def test_undone_it_is_asked_again_and_redone_it_is_not(base: Base, tmp_path: Path) -> None:
    submission = confirm(base, tmp_path)
    decide_submission(base.database, submission, "undone", "sent by mistake", "test", commit=True)
    assert base.send(STAFF, NEXT) == "published"
    assert asked(base) == ["SEX_CONTRADICTS"]
    decide_submission(base.database, submission, "redone", "it was right", "test", commit=True)
    assert base.send(STAFF, THIRD) == "published"
    assert asked(base) == []


def test_replaced_by_a_later_roster_of_the_month_it_counts_still(base: Base, tmp_path: Path) -> None:
    confirm(base, tmp_path)
    assert base.send(STAFF[:7], MONTH) == "published", "the same month once more, in a file of its own"
    assert asked(base) == []


def test_a_merge_takes_what_was_confirmed_along_and_a_split_leaves_it(base: Base, tmp_path: Path) -> None:
    """The line that was marked is the person's to whom it belongs."""
    confirm(base, tmp_path)
    persons = "SELECT DISTINCT person_id FROM identity.line_person AS p JOIN quality.confirmation USING (line_id)"
    odd = rows(base, persons)[0][0]
    stranger = rows(base, f"SELECT min(person_id) FROM identity.line_person WHERE person_id > {odd}")[0][0]
    merge_persons(base.database, odd, stranger, "the same man", "test", commit=True)
    assert rows(base, persons) == [(min(odd, stranger),)]
    assert base.send(STAFF, NEXT) == "published"
    assert asked(base) == []
    lines = rows(base, f"SELECT line_id FROM quality.confirmation JOIN identity.line_person USING (line_id) "
                       f"WHERE person_id = {min(odd, stranger)}")  # fmt: skip
    split_person(base.database, min(odd, stranger), [lines[0][0]], "somebody else", "test", commit=True)
    assert base.send(STAFF, THIRD) == "published"
    assert asked(base) == ["SEX_CONTRADICTS"]


def test_marks_of_a_file_that_waits_are_seen_and_not_remembered(base: Base, tmp_path: Path) -> None:
    """Of a held file nobody knows yet who its lines are."""
    assert base.send(STAFF, MONTH) == "published"
    back = returned(base, tmp_path / "back" / "改好.xlsx", {(2, RESULT_HEADER): CONFIRM_WORD})
    assert base.send_file(back, "2030-01", "full") == "held period_ahead"
    assert (asked(base), told(base)["confirmed"]) == ([], 1)
    assert rows(base, "SELECT count(*) FROM quality.confirmation") == [(0,)]


def test_a_replay_remembers_anew_what_its_file_has_confirmed(base: Base, tmp_path: Path) -> None:
    """Its former self counts no longer; its own line does."""
    submission = confirm(base, tmp_path)
    month = dt.date.fromisoformat(f"{MONTH}-01")
    number = begin_replay(base.settings, base.database, Scope(month, month), "a rule was another", "test")
    for batch in unfinished_batches(base.database, number):
        replay_batch(base.settings, base.database, number, batch, dict(STAGES))
    close_replay(base.database, number)
    marked = rows(base, "SELECT submission_id FROM quality.confirmation ORDER BY 1")
    standing = {row[0] for row in rows(base, "SELECT submission_id FROM ledger.standing_submission")}
    assert marked[0] == (submission,) and submission not in standing and {m for (m,) in marked} & standing
    assert base.send(STAFF, NEXT) == "published"
    assert asked(base) == []
