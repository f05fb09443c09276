"""Months are replayed under a corrected mapping: the tables are as if it had been there from the start; what cannot be
published again stays as it was."""

from __future__ import annotations

import datetime as dt
import json
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from ledger_world import Killed, killing
from rosters import EMPLOYER, HEADER, OTHER_EMPLOYER, PEOPLE, roster, worker
from sending import Base, base_of
from sqlalchemy import text
from test_undo import derived

import homes
from clearbase.errors import RequestError
from clearbase.intake.claim import original
from clearbase.intake.corrections import correct_column
from clearbase.pipeline.holds import decide_hold, waiting_holds
from clearbase.pipeline.persons import split_person
from clearbase.pipeline.rebuild import rebuild_and_compare
from clearbase.pipeline.replay import (
    Changed,
    Scope,
    begin_replay,
    close_replay,
    plan_replay,
    replay_batch,
    unfinished_batches,
)
from clearbase.pipeline.run import STAGES
from clearbase.pipeline.undo import decide_submission
from clearbase.pipeline.verify import verify
from clearbase.settings import Settings
from clearbase.warehouse.database import open_database

COLUMN = "起算日"  # no header that reading knows
TWO_DATES = [*HEADER[:-1], "合同开始日期", COLUMN]
JANUARY, FEBRUARY, MARCH = (dt.date(2026, month, 1) for month in (1, 2, 3))


def dated(person: list[str], arrived: str) -> list[str]:
    return [*person[:-1], "2020-01-01", arrived]


def months(base: Base) -> None:
    """Two months of full rosters, lists between them, another employer, and a roster that was replaced in its month."""
    one, two, three = (dated(person, f"2025-0{n}-10") for n, person in enumerate(PEOPLE, 1))
    base.send([one, two], "2026-01", header=TWO_DATES)
    base.send([one, two, three], "2026-01", header=TWO_DATES)
    base.send([dated(worker(1), "2026-01-20"), dated(worker(2), "2026-01-25")], "2026-01", "joiners", header=TWO_DATES)
    base.send([[*two, "2026-02-10"]], "2026-02", "leavers", header=[*TWO_DATES, "离职日期"])
    base.send([dated(worker(3), "2026-02-03")], "2026-02", "joiners", header=TWO_DATES)
    base.send([one, dated(worker(1), "2026-01-20"), dated(worker(3), "2026-02-03")], "2026-02", header=TWO_DATES)
    base.send([three], "2026-02", header=TWO_DATES, employer=OTHER_EMPLOYER)


def correct(base: Base, field: str = "hire_date", column: str = COLUMN) -> None:
    for employer in (EMPLOYER, OTHER_EMPLOYER):
        with base.database.loader.begin() as connection:
            correct_column(connection, employer, column, field, "test")


def replay(base: Base, first: dt.date = JANUARY, last: dt.date = MARCH, employer: str | None = None) -> Changed:
    number = begin_replay(base.settings, base.database, Scope(first, last, employer), "a column was another", "test")
    for batch_no in unfinished_batches(base.database, number):
        replay_batch(base.settings, base.database, number, batch_no, dict(STAGES))
    return close_replay(base.database, number)


def results(changed: Changed) -> list[tuple[int, str, str | None]]:
    return [(row.submission_id, row.result, row.reason) for row in changed.files]


def ask(base: Base, sql: str) -> list[Any]:
    with base.database.loader.connect() as connection:
        return [tuple(row) for row in connection.execute(text(sql))]


def is_rebuilt(base: Base) -> bool:
    return all(table.is_same for table in rebuild_and_compare(base.database))


@pytest.fixture(scope="module")
def corrected(new_home: Callable[[], Path], tmp_path_factory: pytest.TempPathFactory) -> dict[str, list[Any]]:
    """What is derived where the column was right from the start."""
    with base_of(new_home(), tmp_path_factory.mktemp("corrected")) as base:
        correct(base)
        months(base)
        return derived(base.database)


@pytest.fixture(scope="module")
def home_of_months(new_home: Callable[[], Path], tmp_path_factory: pytest.TempPathFactory) -> Path:
    settings = Settings(home=new_home())
    with open_database(settings) as database:
        months(Base(settings, database, tmp_path_factory.mktemp("months")))
    return settings.home


@pytest.fixture
def sent(home_of_months: Path, bare_home: Callable[[], Path], tmp_path: Path) -> Iterator[Base]:
    """A base of its own to which the months were sent."""
    with base_of(homes.clone(home_of_months, bare_home()), tmp_path) as made:
        yield made


def test_it_is_as_if_the_column_had_been_right_from_the_start(sent: Base, corrected: dict[str, list[Any]]) -> None:
    base = sent
    wrong = derived(base.database)
    assert wrong != corrected
    correct(base)
    plan = plan_replay(base.settings, base.database, Scope(JANUARY, MARCH))
    assert [len(batch) for batch in plan.batches] == [3, 4], "by month"
    assert (len(plan.files), plan.gone, plan.behind, plan.unfinished) == (7, (), (), None)
    assert derived(base.database) == wrong, "a preview changes nothing"
    changed = replay(base)
    assert derived(base.database) == corrected
    assert {result for _, result, _ in results(changed)} <= {"published", "unchanged"}
    assert changed.persons == 6
    assert is_rebuilt(base)
    standing = ask(base, "SELECT submission_id FROM ledger.standing_submission ORDER BY 1")
    assert standing == [(n,) for n in range(8, 15)], "each in the place of its former self, in the same order"
    again = replay(base)
    assert {result for _, result, _ in results(again)} == {"unchanged"} and again.persons == 0
    assert again.headcounts == [] and derived(base.database) == corrected
    assert is_rebuilt(base)


@pytest.mark.parametrize("after", [60, 150, 240, *(pytest.param(n, marks=pytest.mark.all) for n in range(5, 400, 30))])
def test_killed_in_the_middle_it_goes_on_and_does_nothing_twice(
    sent: Base, corrected: dict[str, list[Any]], after: int
) -> None:
    base = sent
    correct(base)
    with pytest.raises(Killed), killing(base.database, after):
        replay(base)
    assert is_rebuilt(base), "what is published by then is whole"
    replay(base)
    assert derived(base.database) == corrected
    assert ask(base, "SELECT count(*), max(submission_id) FROM intake.submission") == [(14, 14)]
    assert ask(base, "SELECT count(*) FROM intake.replay WHERE closed_at IS NULL") == [(0,)]
    assert is_rebuilt(base)


def test_what_is_held_leaves_the_old(base: Base) -> None:
    staff = [worker(n) for n in range(20)]
    base.send(staff, "2026-01")
    base.send([worker(30)], "2026-01", "joiners")
    base.send([*staff, worker(30)], "2026-02")
    before = derived(base.database)
    correct(base, "-", "姓名")
    changed = replay(base)
    held = ("held", "name_column_missing")
    assert [row[1:] for row in results(changed)] == [held, held, held], "lists too"
    assert derived(base.database) == before and is_rebuilt(base)
    assert [row.missing for row in waiting_holds(base.database)] == [None] * 3, "held for itself, whatever was believed"
    assert len(list(base.settings.receipts_folder(EMPLOYER).glob("*.txt"))) == 3, "nothing new for the employer"
    correct(base, "name", "姓名")
    assert {result for _, result, _ in results(replay(base))} == {"unchanged"}
    assert derived(base.database) == before
    assert waiting_holds(base.database) == [], "their former selves are replaced"
    assert is_rebuilt(base)


def test_a_corrected_number_makes_other_persons_of_as_many_rows(base: Base, new_home: Callable[[], Path]) -> None:
    header = [*HEADER, COLUMN]
    people = [[*worker(n + 100), worker(n)[1]] for n in range(12)]
    settings = Settings(home=new_home())
    with open_database(settings) as database:
        other = Base(settings, database, base.folder / "other")
        correct(other, "-", "身份证号")
        correct(other, "id_number")
        other.send(people, "2026-01", header=header)
        right = derived(database)
    base.send(people, "2026-01", header=header)
    correct(base, "-", "身份证号")
    correct(base, "id_number")
    changed = replay(base)
    assert results(changed) == [(1, "published", None)] and changed.persons == 24
    assert derived(base.database) == right and is_rebuilt(base)


def test_a_later_file_of_the_month_that_stays_keeps_those_before_it(base: Base) -> None:
    staff = [worker(n) for n in range(20)]
    base.send([dated(person, "2025-01-01") for person in staff], "2026-01", header=TWO_DATES)
    base.send(staff[:19], "2026-01", header=["员工姓名" if name == "姓名" else name for name in HEADER])
    base.send(staff, "2026-02")
    before = derived(base.database)
    correct(base)
    correct(base, "-", "员工姓名")
    changed = replay(base, JANUARY, JANUARY)
    assert results(changed) == [(1, "refused", "replay_out_of_order"), (2, "held", "name_column_missing")]
    assert derived(base.database) == before and is_rebuilt(base)
    correct(base, "name", "员工姓名")
    assert {result for _, result, _ in results(replay(base))} == {"unchanged"}, "the later one counts"
    assert is_rebuilt(base)


def test_approved_once_it_is_not_asked_about_again_and_approved_on_replay_it_takes_the_place(base: Base) -> None:
    staff = [worker(n) for n in range(20)]
    base.send(staff, "2026-01")
    base.send(staff[:8], "2026-02")
    (held,) = waiting_holds(base.database)
    decide_hold(base.settings, base.database, held.submission_id, "approved", "a line was closed", "test")
    base.send(staff[:9], "2026-03")
    before = derived(base.database)
    assert {result for _, result, _ in results(replay(base))} == {"unchanged"}
    assert derived(base.database) == before
    correct(base, "-", "姓名")
    changed = replay(base, MARCH, MARCH)
    assert results(changed)[0][1] == "held", "however few they were"
    changed = replay(base, JANUARY, JANUARY)
    assert results(changed)[0][1:] == ("held", "name_column_missing")
    held = waiting_holds(base.database)[-1]
    correct(base, "name", "姓名")
    decide_hold(base.settings, base.database, held.submission_id, "approved", "taken with the right column", "test")
    assert base.newest("outcome, reason_code") == "published"
    why = ask(base, "SELECT reason, decided_by FROM ledger.submission_decision ORDER BY decision_id DESC LIMIT 1")
    newest = ask(base, "SELECT max(submission_id) FROM intake.submission")[0][0]
    assert why == [(f"replayed as {newest}: a column was another", "test")], "who asked for the replay, and why"
    assert base.headcounts()[0] == 20
    assert len(ask(base, "SELECT FROM ledger.standing_submission WHERE period = '2026-01-01'")) == 1
    assert is_rebuilt(base)


def test_a_kind_that_history_settled_stays_though_history_knows_more_by_now(base: Base) -> None:
    staff = [worker(n) for n in range(40)]
    base.send(staff[:10], "2026-01", None)
    base.send(staff, "2026-01", "joiners")
    base.send([[*worker(50)[:-1], "2026-02-10"]], "2026-02", None)
    kinds = "SELECT kind, kind_reason FROM intake.submission WHERE replay_of IS {} NULL ORDER BY submission_id"
    assert {result for _, result, _ in results(replay(base))} == {"unchanged"}
    assert ask(base, kinds.format("NOT")) == ask(base, kinds.format(""))
    assert is_rebuilt(base)


def test_what_was_given_with_a_file_is_given_again(base: Base) -> None:
    base.send(PEOPLE, "2026-01", "joiners", title=f"另一家有限公司 {OTHER_EMPLOYER} 2025年12月花名册")
    replay(base)
    given = "SELECT given_employer, given_period, given_kind, employer_uscc, period, kind, again_of, replay_of"
    told = ask(base, f"{given} FROM intake.submission WHERE submission_id = 2")
    assert told == [(EMPLOYER, JANUARY, "joiners", EMPLOYER, JANUARY, "joiners", 1, 1)]


def test_an_undo_of_the_new_one_does_not_bring_back_the_old(base: Base) -> None:
    base.send(PEOPLE, "2026-01")
    replay(base)
    decide_submission(base.database, 2, "undone", "it was wrong after all", "test", commit=True)
    assert derived(base.database)["spells"] == []
    decide_submission(base.database, 1, "redone", "as it was before the replay", "test", commit=True)
    assert base.headcounts() == [3]
    with pytest.raises(RequestError, match="submission 1 counts in its place"):
        decide_submission(base.database, 2, "redone", "both of them", "test", commit=True)
    reasons = ask(base, "SELECT reason FROM ledger.submission_decision WHERE submission_id = 1 ORDER BY decision_id")
    assert reasons[0] == ("replayed as 2: a column was another",)
    assert is_rebuilt(base)


def test_whose_original_is_gone_stays_with_what_came_before_it_in_its_month(base: Base) -> None:
    base.send(PEOPLE[:2], "2026-01")
    base.send(PEOPLE[2:], "2026-01", "joiners")
    base.send([worker(1)], "2026-01", "joiners")
    base.send(PEOPLE, "2026-02")
    lost = [original(base.settings, number) for number in (2, 4 + 2)]
    kept = lost[0].read_bytes()
    lost[0].unlink()
    plan = plan_replay(base.settings, base.database, Scope(JANUARY, FEBRUARY))
    assert [[file.submission_id for file in files] for files in (plan.files, plan.gone, plan.behind)] == [
        [3, 4],
        [2],
        [1],
    ]
    cannot = ("cannot be replayed", None)
    assert results(replay(base)) == [(1, *cannot), (2, *cannot), (3, "unchanged", None), (4, "unchanged", None)]
    kept_too = lost[1].read_bytes()
    lost[1].unlink()
    with pytest.raises(RequestError, match="nothing to replay"):
        replay(base, FEBRUARY, FEBRUARY)
    assert [finding.says for finding in verify(base.database) if finding.broken] == [
        "the originals of files are there and open, a sample"
    ]
    for file, sealed in zip(lost, (kept, kept_too), strict=True):
        file.write_bytes(sealed)
    assert is_rebuilt(base)


def test_what_a_person_decided_of_a_row_stays_decided(base: Base) -> None:
    base.send(PEOPLE, "2026-01")
    base.send(PEOPLE, "2026-02")
    second = 2 * 2**24 + 1
    ((person,),) = ask(base, f"SELECT person_id FROM identity.line_person WHERE line_id = {second}")
    split_person(base.database, person, [second], "they are two", "test", commit=True)
    before = derived(base.database)
    replay(base)
    lines = "(3 * 16777216 + 1, 4 * 16777216 + 1)"
    told = f"SELECT person_id, rule FROM identity.line_person WHERE line_id IN {lines} ORDER BY 1"
    assert ask(base, told) == [(person, "same_row"), (second, "split_by_person")]
    assert derived(base.database)["spells"] == before["spells"]
    assert is_rebuilt(base)


def test_an_employer_gets_a_receipt_only_where_it_tells_something_else(base: Base) -> None:
    people = [[*PEOPLE[0][:-1], "2026-02-30"], *PEOPLE[1:]]
    base.send(people, "2026-01")
    receipts = base.settings.receipts_folder(EMPLOYER)
    assert len(list(receipts.glob("*.json"))) == 1
    replay(base)
    assert len(list(receipts.glob("*.json"))) == 1, "nothing differs for it"
    correct(base, "-", "入职日期")
    replay(base)
    (receipt,) = receipts.glob("QD00000003_*.json")
    told = json.loads(receipt.read_text(encoding="utf-8"))
    assert "QD00000001" in told["reason"] and told["outcome"] == "published"
    correct(base, "hire_date", "入职日期")
    (base.folder / "again").mkdir()
    again = (base.folder / "1" / "1.xlsx").rename(base.folder / "again" / "2.xlsx")
    assert base.send_file(again, "2026-01", "full") == "repeated same_bytes"
    (receipt,) = receipts.glob("QD00000004_*.txt")
    assert "QD00000001" in receipt.read_text(encoding="utf-8"), "the number that it knows"


def test_by_command_it_is_told_first_then_done_and_what_became_of_each_file(
    clearbase: Callable[..., Any], tmp_path: Path
) -> None:
    file = roster(tmp_path / "1.xlsx", PEOPLE)
    assert clearbase("ingest", file, "--employer", EMPLOYER, "--period", "2026-01").returncode == 0
    asked = ("replay", "--from", "2026-01", "--to", "2026-02", "--employer", EMPLOYER)
    preview = clearbase(*asked)
    assert preview.returncode == 0 and "nothing was changed" in preview.stderr, preview.stderr
    assert re.search(r"2026-01 +1 +1 +3", preview.stdout), preview.stdout
    done = clearbase(*asked, "--reason", "a rule was mended", "--yes")
    assert done.returncode == 0, done.stderr
    assert f"2026-01 {EMPLOYER} QD00000001 → QD00000002 unchanged" in done.stderr
    assert "persons whose spells changed: 0" in done.stdout
    unexplained = clearbase(*asked, "--yes")
    assert unexplained.returncode == 2 and "say why" in unexplained.stderr, unexplained.stderr
    for arguments in (("2026-02", "2026-01"), ("2019-01", "2019-02"), ("January", "2026-02")):
        wrong = clearbase("replay", "--from", arguments[0], "--to", arguments[1], "--yes")
        assert wrong.returncode == 2 and len(wrong.stderr.splitlines()) == 1, wrong.stderr


def test_a_corrected_column_that_tells_agencies_has_changed_something(base: Base) -> None:
    """No spell of employment is another, and yet it is known by now who has sent whom."""
    column = "谁送来的"
    base.send([[*person, "宁波甲甲劳务有限公司"] for person in PEOPLE], "2026-01", header=[*HEADER, column])
    correct(base, "dispatch_agency", column)
    (file,) = replay(base).files
    assert (file.result, file.persons_changed) == ("published", 3)
    assert ask(base, "SELECT count(*) FROM warehouse.fact_posting WHERE known_to = 'infinity'") == [(3,)]
