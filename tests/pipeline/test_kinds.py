"""What no word of a file settles, what is believed of its employer does, or a person is asked."""

from __future__ import annotations

import json

import pytest
from rosters import EMPLOYER, HEADER, worker
from sending import Base
from sqlalchemy import text

from clearbase.intake.reasons import reason_text
from clearbase.pipeline.holds import decide_hold, waiting_holds
from clearbase.pipeline.scheduled_holds import HELD
from clearbase.pipeline.trace import trace
from clearbase.quality.file_rules import file_rules

STAFF = [worker(n) for n in range(20)]
NEW = [[*worker(n)[:-1], "2026-02-10"] for n in range(30, 34)]
KIND = "outcome, reason_code, kind, kind_reason"


@pytest.mark.parametrize("named", [20, 11])
def test_who_names_most_of_the_staff_is_a_full_roster(base: Base, named: int) -> None:
    base.send(STAFF, "2026-01", None)
    assert base.newest(KIND) == "published full history", "nobody is believed to be there"
    base.send(STAFF[:named], "2026-02", None)
    assert base.newest(KIND) == "published full history"
    assert base.headcounts() == [20, named]


def test_half_of_the_staff_may_be_a_shift_and_is_asked_about(base: Base) -> None:
    base.send(STAFF, "2026-01")
    assert base.send(STAFF[:10], "2026-02", None) == "held kind_by_history"
    assert base.headcounts() == [20]


def test_of_whom_all_are_new_is_a_list_of_joiners_and_ends_nothing(base: Base) -> None:
    base.send(STAFF, "2026-01")
    base.send(NEW, "2026-02", None)
    assert base.newest(KIND) == "published joiners content"
    assert base.headcounts() == [20, 24]
    with base.database.loader.connect() as connection:
        assert dict(trace(connection, base.database.keyring, "2"))["submission 2"][0].kind_by == "content"
    files = sorted(base.settings.receipts_folder(EMPLOYER).glob("*.json"))
    assert json.loads(files[-1].read_text(encoding="utf-8"))["kind_reason"] == "content"
    (base.folder / "again").mkdir()
    again = (base.folder / "2" / "2.xlsx").rename(base.folder / "again" / "3.xlsx")
    assert base.send_file(again, "2026-02", None) == "repeated same_bytes", "though its kind was settled since"


def test_nearly_all_new_with_an_odd_date_is_a_list_of_joiners_by_history(base: Base) -> None:
    base.send(STAFF, "2026-01")
    people = [[*worker(n)[:-1], "2026-02-10"] for n in range(30, 49)] + [worker(50)]
    base.send(people, "2026-02", None)
    assert base.newest(KIND) == "published joiners history"
    assert base.headcounts() == [21, 40]


def test_what_history_does_not_tell_is_asked_and_approved_it_is_full(base: Base) -> None:
    base.send(STAFF, "2026-01")
    assert base.send(STAFF[:6], "2026-02", None) == "held kind_by_history"
    assert base.headcounts() == [20]
    (held,) = waiting_holds(base.database)
    assert (held.persons_before, held.persons_now, held.missing) == (20, 6, 14)
    decide_hold(base.settings, base.database, held.submission_id, "approved", "a line was closed", "test")
    assert base.newest(KIND) == "published full history" and base.headcounts() == [20, 6]


def test_refused_it_changes_nothing_and_the_receipt_says_what_to_write(base: Base) -> None:
    base.send(STAFF, "2026-01")
    base.send([worker(n) for n in range(30, 34)], "2026-02", None)  # new, but hired years ago
    (held,) = waiting_holds(base.database)
    assert held.reason == "kind_by_history"
    decide_hold(base.settings, base.database, held.submission_id, "refused", "which kind", "test")
    assert base.newest() == "refused kind_by_history" and base.headcounts() == [20]
    files = sorted(base.settings.receipts_folder(EMPLOYER).glob("*.txt"))
    assert "新进人员表" in files[-1].read_text(encoding="utf-8")


def test_changes_of_which_each_line_says_what_it_is_end_only_who_left(base: Base) -> None:
    base.send(STAFF, "2026-01")
    people = [[*STAFF[0], "2026-02-05"], [*NEW[0], ""]]
    base.send(people, "2026-02", None, title="2026年2月人员变动表", header=[*HEADER, "离职日期"])
    assert base.newest(KIND) == "published changes title"
    people = [[*STAFF[1], "减员"], [*NEW[1], "增员"]]
    base.send(people, "2026-03", None, title="2026年3月人员变动表", header=[*HEADER, "变动类型"])
    assert base.newest(KIND) == "published changes column"
    assert base.headcounts() == [20, 21, 20]
    left = text("SELECT count(*) FROM ledger.roster_line WHERE employment_status = 'left' OR leave_date IS NOT NULL")
    with base.database.loader.connect() as connection:
        assert connection.execute(left).scalar() == 2


@pytest.mark.parametrize(("named", "kind", "then"), [(3, "correction", 20), (20, "full", 20)])
def test_a_correction_of_a_few_ends_nobody_and_one_of_all_is_the_roster_again(
    base: Base, named: int, kind: str, then: int
) -> None:
    base.send(STAFF, "2026-01")
    base.send(STAFF[:named], "2026-01", None, title="2026年1月花名册", stem="花名册_更正")
    assert base.newest(KIND) == f"published {kind} file_name"
    assert base.headcounts() == [then]


def test_a_correction_of_most_is_asked_about_and_approved_it_is_the_roster_again(base: Base) -> None:
    base.send(STAFF, "2026-01")
    assert base.send(STAFF[:15], "2026-01", None, title="2026年1月花名册", stem="花名册_更正") == "held kind_by_history"
    assert base.headcounts() == [20], "nobody has left unasked"
    (held,) = waiting_holds(base.database)
    decide_hold(base.settings, base.database, held.submission_id, "approved", "five were another firm's", "test")
    assert base.newest(KIND) == "published full file_name"
    assert base.headcounts() == [15]


def test_a_correction_that_names_all_of_the_roster_of_its_month_is_the_roster_again(base: Base) -> None:
    """Who had left by that roster is missing on both; a line in review names whom it could be."""
    base.send(STAFF, "2026-01")
    base.send(STAFF[:15], "2026-02")
    copied = worker(14, number_of=13)
    base.send([*STAFF[:14], copied, NEW[0]], "2026-02", None, title="2026年2月花名册", stem="花名册_更正")
    assert base.newest(KIND) == "published full file_name"
    assert base.headcounts() == [20, 16]


def test_a_correction_that_is_said_to_be_one_stays_one(base: Base) -> None:
    base.send(STAFF, "2026-01")
    base.send(STAFF[:15], "2026-01", "correction")
    assert base.newest(KIND) == "published correction given"
    assert base.headcounts() == [20]


def test_every_reason_to_ask_somebody_has_its_words() -> None:
    of_rules = {rule.code for rule in file_rules() if rule.verdict == "hold"}
    assert of_rules | {"kind_by_history", "no_authority"} == set(HELD)
    assert all(reason_text(code, []) for code in HELD)
