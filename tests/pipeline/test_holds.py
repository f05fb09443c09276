"""A file whose figures cannot be right waits for a person; nobody is made a leaver by it. The decision is kept, and the
next roster goes on from it."""

from __future__ import annotations

import contextlib
import json
from typing import Any

import pytest
from ledger_world import Killed, killing
from rosters import EMPLOYER, HEADER, OTHER_EMPLOYER, worker
from sending import Base
from sqlalchemy import text

from clearbase.errors import GateError, RequestError
from clearbase.given import Given
from clearbase.intake.corrections import correct_column
from clearbase.intake.reasons import reason_text
from clearbase.ledger.employers import Employer, record_employer
from clearbase.ledger_console import _became
from clearbase.pipeline import holds, reply
from clearbase.pipeline.holds import HoldVerdict, decide_hold, waiting_holds
from clearbase.pipeline.reply import receipt_number
from clearbase.pipeline.run import ingest
from clearbase.pipeline.scheduled_holds import HELD
from clearbase.pipeline.trace import trace


def _killed(*_: object) -> None:
    raise Killed


def receipt(base: Base, employer: str = EMPLOYER) -> tuple[dict[str, Any], str]:
    """The newest receipt: JSON, and its one line."""
    file = sorted(base.settings.receipts_folder(employer).glob("*.json"))[-1]
    return json.loads(file.read_text(encoding="utf-8")), file.with_suffix(".txt").read_text(encoding="utf-8")


def test_half_of_the_staff_gone_waits_for_somebody_and_nobody_has_left(base: Base) -> None:
    staff = [worker(n) for n in range(20)]
    assert base.send(staff, "2026-01") == "published"
    assert base.send(staff[:8], "2026-02") == "held loss_unexplained"
    (held,) = waiting_holds(base.database)
    assert (held.persons_before, held.persons_now, held.missing) == (20, 8, 12)
    assert base.headcounts() == [20]
    decide_hold(base.settings, base.database, held.submission_id, "approved", "a line was closed", "test")
    assert base.newest() == "published" and base.headcounts() == [20, 8]
    assert waiting_holds(base.database) == []
    with base.database.loader.connect() as connection:
        told = dict(trace(connection, base.database.keyring, str(held.submission_id + 1)))["decisions about it"]
    assert [(row.submission, row.verdict, row.reason) for row in told] == [
        (held.submission_id, "approved", "a line was closed")
    ], "the file that was published in its stead tells who let it"
    with pytest.raises(RequestError, match="does not wait"):
        decide_hold(base.settings, base.database, held.submission_id, "refused", "too late", "test")


@pytest.mark.parametrize("code", sorted(HELD))
def test_no_reason_of_a_refused_file_says_that_it_waits(code: str) -> None:
    assert "等待工作人员核实" in reason_text(code, [])
    refused = reason_text(code, [], refused=True)
    assert "等待" not in refused and "暂未" not in refused and "经工作人员核实，没有入库" in refused


def test_approved_the_new_receipt_says_so_and_which_one_it_answers(base: Base) -> None:
    staff = [worker(n) for n in range(20)]
    base.send(staff, "2026-01")
    base.send(staff[:8], "2026-02")
    (held,) = waiting_holds(base.database)
    decide_hold(base.settings, base.database, held.submission_id, "approved", "已电话核实", "test")
    told, line = receipt(base)
    assert told["outcome"] == "published" and told["receipt_no"] != receipt_number(held.submission_id)
    for words in (told["reason"], line):
        assert f"待核回执{receipt_number(held.submission_id)}" in words and "批准入库" in words
        assert "核实意见：已电话核实。" in words


def test_refused_it_changes_nothing_and_the_receipt_says_so(base: Base) -> None:
    staff = [worker(n) for n in range(20)]
    base.send(staff, "2026-01")
    base.send(staff[:5], "2026-02")
    (held,) = waiting_holds(base.database)
    decide_hold(base.settings, base.database, held.submission_id, "refused", "a list of joiners", "test")
    assert base.newest() == "refused loss_unexplained" and base.headcounts() == [20]
    told, line = receipt(base)
    assert told["outcome_zh"] == "退回" and told["receipt_no"] == receipt_number(held.submission_id)
    for words in (told["reason"], line):
        assert "等待" not in words and "暂未" not in words, "nobody waits any more"
        assert "经工作人员核实，没有入库" in words and "核实意见：a list of joiners。" in words
    assert base.send(staff[:19], "2026-02") == "published", "the next file is asked anew"


@pytest.mark.parametrize("verdict", ["approved", "refused"])
def test_a_decision_that_was_cut_short_is_finished_by_the_same_one(
    base: Base, verdict: HoldVerdict, monkeypatch: pytest.MonkeyPatch
) -> None:
    staff = [worker(n) for n in range(20)]
    base.send(staff, "2026-01")
    base.send(staff[:5], "2026-02")
    (held,) = waiting_holds(base.database)
    other: HoldVerdict = "refused" if verdict == "approved" else "approved"
    with monkeypatch.context() as killed, pytest.raises(Killed):
        killed.setattr(holds, "finish_hold", _killed)
        decide_hold(base.settings, base.database, held.submission_id, verdict, "cut short", "test")
    assert [row.decided for row in waiting_holds(base.database)] == [verdict]
    with pytest.raises(RequestError, match=f"is {verdict} already"):
        decide_hold(base.settings, base.database, held.submission_id, other, "another mind", "test")
    decide_hold(base.settings, base.database, held.submission_id, verdict, "again", "test")
    assert waiting_holds(base.database) == []
    assert base.newest() == ("published" if verdict == "approved" else "refused loss_unexplained")
    receipts = sorted(base.settings.receipts_folder(EMPLOYER).glob("*.json"))
    assert f'"{base.newest().split()[0]}"' in receipts[-1].read_text(encoding="utf-8")


@pytest.mark.parametrize("verdict", ["approved", "refused"])
@pytest.mark.parametrize("after", [12, 60, 110])
def test_killed_in_the_middle_a_decision_is_finished_by_the_next_ingest(
    base: Base, verdict: HoldVerdict, after: int
) -> None:
    staff = [worker(n) for n in range(20)]
    base.send(staff, "2026-01")
    base.send(staff[:5], "2026-02")
    (held,) = waiting_holds(base.database)
    with contextlib.suppress(Killed), killing(base.database, after):
        decide_hold(base.settings, base.database, held.submission_id, verdict, "cut short", "test")
    with base.database.loader.connect() as connection:
        kept = connection.execute(text("SELECT count(*) FROM ledger.hold_decision")).scalar_one()
    assert kept == (after > 12 or verdict == "refused")
    ingest(base.settings, base.database, [], Given(), lambda *_: None)
    if kept:
        assert waiting_holds(base.database) == []
        assert base.newest() == ("published" if verdict == "approved" else "refused loss_unexplained")
        assert base.headcounts() == ([20, 5] if verdict == "approved" else [20])
    else:
        assert [row.decided for row in waiting_holds(base.database)] == [None]


def test_what_is_still_at_work_on_cannot_be_decided_and_its_reply_writes_over_nothing(
    base: Base, monkeypatch: pytest.MonkeyPatch
) -> None:
    staff = [worker(n) for n in range(20)]
    base.send(staff, "2026-01")
    write, told = reply.write_receipt, []

    def and_decide(*given: Any) -> Any:
        with pytest.raises(RequestError, match="does not wait"):
            decide_hold(base.settings, base.database, given[1].submission_id, "refused", "at once", "test")
        told.append(given[1].outcome)
        return write(*given)

    with monkeypatch.context() as at_work:
        at_work.setattr(reply, "write_receipt", and_decide)
        assert base.send(staff[:5], "2026-02") == "held loss_unexplained"
    assert told == ["held"]
    with base.database.loader.connect() as connection:
        assert connection.execute(text("SELECT count(*) FROM ledger.hold_decision")).scalar() == 0
    (held,) = waiting_holds(base.database)
    decide_hold(base.settings, base.database, held.submission_id, "refused", "later", "test")
    assert receipt(base)[0]["outcome_zh"] == "退回"


def test_what_became_of_an_approved_file_is_told_as_it_is(
    base: Base, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    staff = [worker(n) for n in range(20)]
    base.send(staff, "2026-01")
    base.send(staff[:5], "2026-02")
    (held,) = waiting_holds(base.database)

    def broken(*_: Any) -> None:
        raise ValueError

    with monkeypatch.context() as fault:
        fault.setattr("clearbase.pipeline.check.check_standardised", broken)
        done = decide_hold(base.settings, base.database, held.submission_id, "approved", "a line was closed", "test")
    assert (done.verdict, done.outcome, done.reason_code) == ("approved", "held", "fault")
    assert "held (fault); it is not in the base" in _became(done)
    told, _ = receipt(base)
    assert told["outcome"] == "held" and "仍没有入库" in told["reason"]


def test_an_approval_of_one_doubt_says_nothing_of_another(base: Base) -> None:
    staff = [worker(n) for n in range(20)]
    base.send(staff, "2026-01")
    header = ["业务员姓名" if name == "姓名" else name for name in HEADER]
    assert base.send(staff[:8], "2026-02", header=header) == "held mapping_doubtful"
    for outcome in ("held loss_unexplained", "published"):
        (held,) = waiting_holds(base.database)
        done = decide_hold(base.settings, base.database, held.submission_id, "approved", "as it says", "test")
        assert f"{done.outcome} {done.reason_code or ''}".strip() == outcome
    assert base.headcounts() == [20, 8]


def test_an_approved_file_passes_the_gate(base: Base, monkeypatch: pytest.MonkeyPatch) -> None:
    staff = [worker(n) for n in range(20)]
    base.send(staff, "2026-01")
    base.send(staff[:5], "2026-02")
    (held,) = waiting_holds(base.database)
    said = (base.settings, base.database, held.submission_id, "approved", "a line was closed", "test")
    with monkeypatch.context() as gate, pytest.raises(GateError):
        gate.setattr("clearbase.pipeline.gate.DISPOSITIONS", ("quarantined",))
        decide_hold(*said)  # type: ignore[arg-type]
    ingest(base.settings, base.database, [], Given(), lambda *_: None)
    assert base.headcounts() == [20], "what the gate stopped waits for a person"
    assert decide_hold(*said).outcome == "published"  # type: ignore[arg-type]


def test_what_was_sent_by_name_stays_that_employers_when_it_is_approved(base: Base) -> None:
    with base.database.loader.begin() as connection:
        for code, name in ((EMPLOYER, "宁波甲乙劳务有限公司"), (OTHER_EMPLOYER, "宁波丙丁服装有限公司")):
            record_employer(connection, Employer(code, name), "test")
    staff = [worker(n) for n in range(20)]
    base.send(staff, "2026-01")
    title = "宁波丙丁服装有限公司2026年2月员工花名册"
    assert base.send(staff[:5], "2026-02", title=title) == "held loss_unexplained"
    (held,) = waiting_holds(base.database)
    decide_hold(base.settings, base.database, held.submission_id, "approved", "a line was closed", "test")
    assert base.newest() == "published" and base.headcounts() == [20, 5]


def test_a_reason_keeps_no_identity_number(base: Base) -> None:
    staff = [worker(n) for n in range(20)]
    base.send(staff, "2026-01")
    base.send(staff[:5], "2026-02")
    (held,) = waiting_holds(base.database)
    number = next(cell for cell in staff[0] if len(cell) == 18)
    decide_hold(base.settings, base.database, held.submission_id, "refused", f"{number} still works there", "test")
    with base.database.loader.connect() as connection:
        kept = str(connection.execute(text("SELECT reason FROM ledger.hold_decision")).scalar())
    assert number not in kept and kept.endswith("still works there")


def test_what_an_employer_has_lost_before_is_no_surprise(base: Base) -> None:
    staff = [worker(n) for n in range(40)]
    base.send(staff, "2026-01")
    assert base.send(staff[:22], "2026-02") == "published"  # 45 %
    assert base.send(staff[:9], "2026-03") == "published"  # 59 % of 22, less than one and a half times as much
    assert base.headcounts() == [40, 22, 9]


def test_an_employer_that_is_known_to_lose_few_is_asked_early(base: Base) -> None:
    """Its own history says what it may lose; a newcomer of that size may lose half."""
    staff = [worker(n) for n in range(40)]
    for month in range(1, 5):
        assert base.send(staff[: 41 - month], f"2026-{month:02d}") == "published"
    assert base.send(staff[:22], "2026-05") == "held loss_unexplained"
    (held,) = waiting_holds(base.database)
    assert (held.persons_before, held.missing, float(held.usual_loss)) == (37, 15, 0.0263)


def test_a_late_month_whose_people_a_later_roster_does_not_name_is_held(base: Base) -> None:
    """The later one has no word of its kind and was taken for full, since nothing was known yet."""
    staff = [worker(n) for n in range(50)]
    assert base.send(staff[:5], "2026-02", None) == "published"
    assert base.send(staff, "2026-01") == "held late_loss"
    (held,) = waiting_holds(base.database)
    assert (held.persons_now, held.missing_later) == (50, 45)
    assert base.headcounts() == [5]
    assert base.send(staff[:48], "2026-02") == "published"
    assert base.send([*staff, worker(50)], "2026-01") == "published", "two or three are no reason to ask"


@pytest.mark.parametrize("kind", ["joiners", "changes"])
def test_a_late_list_of_comers_whom_a_later_roster_does_not_name_is_held(base: Base, kind: str) -> None:
    staff = [worker(n) for n in range(40)]
    base.send(staff[:20], "2026-01")
    base.send(staff[:22], "2026-03")
    assert base.send(staff[20:32], "2026-02", kind) == "held late_loss"
    (held,) = waiting_holds(base.database)
    assert (held.persons_now, held.missing_later) == (12, 10)
    assert base.headcounts() == [22, 22, 22], "they were hired years ago, as the later roster says"
    decide_hold(base.settings, base.database, held.submission_id, "approved", "they did not stay", "test")
    assert base.headcounts() == [32, 32, 22], "approved, they have left by the roster that does not name them"


def test_a_late_list_of_comers_opens_nothing_that_a_later_roster_has_closed(base: Base) -> None:
    staff = [worker(n) for n in range(40)]
    base.send(staff[:20], "2026-01")
    base.send(staff[:31], "2026-03")
    assert base.send(staff[20:33], "2026-02", "joiners") == "published", "two are no reason to ask"
    assert base.headcounts() == [33, 33, 31]


def test_who_is_told_to_have_left_on_a_late_roster_needs_no_later_one(base: Base) -> None:
    staff = [[*worker(n), "2026-01-20" if n > 9 else ""] for n in range(20)]
    base.send(staff[:10], "2026-02", header=[*HEADER, "离职日期"])
    assert base.send(staff, "2026-01", header=[*HEADER, "离职日期"]) == "published"


def test_a_column_that_was_sorted_by_itself_is_held(base: Base) -> None:
    base.send([worker(n) for n in range(20)], "2026-01")
    assert base.send([worker(n, number_of=(n + 1) % 20) for n in range(20)], "2026-02") == "held names_contradict"


def test_numbers_that_change_in_mass_are_held(base: Base) -> None:
    base.send([worker(n) for n in range(20)], "2026-01")
    people = [worker(n, number_of=n + 300 if n < 8 else None) for n in range(20)]
    assert base.send(people, "2026-02") == "held numbers_changed"


def test_numbers_that_change_in_mass_in_one_of_two_plants_are_held(base: Base) -> None:
    """Though the newest roster is the other plant's."""
    base.send([worker(n) for n in range(12)], "2026-01", title="一分厂2026年1月花名册")
    base.send([worker(n) for n in range(20, 40)], "2026-01", title="二分厂2026年1月花名册")
    people = [worker(n, number_of=n + 300 if n < 6 else None) for n in range(12)]
    assert base.send(people, "2026-02", title="一分厂2026年2月花名册") == "held numbers_changed"


def test_lists_of_comers_and_small_employers_are_never_doubted(base: Base) -> None:
    base.send([worker(n) for n in range(20)], "2026-01")
    assert base.send([worker(30)], "2026-02", "joiners") == "published"
    with base.database.loader.connect() as connection:
        assert connection.execute(text("SELECT count(*) FROM intake.doubt")).scalar() == 0


def test_a_name_taken_on_a_likeness_is_asked_about_once(base: Base) -> None:
    header = ["业务员姓名" if name == "姓名" else name for name in HEADER]
    assert base.send([worker(n) for n in range(3)], "2026-01", header=header) == "held mapping_doubtful"
    (held,) = waiting_holds(base.database)
    assert (held.unsure_columns, held.moved_columns) == (1, 0)
    decide_hold(base.settings, base.database, held.submission_id, "approved", "its own salesmen", "test")
    assert base.newest() == "published"
    assert base.send([worker(n) for n in range(3)], "2026-02", header=header) == "published"


def test_a_hire_date_that_is_now_something_else_is_held(base: Base) -> None:
    header = [*HEADER[:-1], "入职时间"]
    assert base.send([worker(n) for n in range(3)], "2026-01", header=header) == "published"
    people = [[*worker(n), "2025-01-01"] for n in range(3)]
    assert base.send(people, "2026-02", header=[*header, "入职日期"]) == "held mapping_doubtful"
    (held,) = waiting_holds(base.database)
    assert (held.unsure_columns, held.moved_columns) == (0, 1)
    with base.database.loader.begin() as connection:
        correct_column(connection, EMPLOYER, "入职时间", "contract_start", "test")
    assert base.send(people, "2026-03", header=[*header, "入职日期"]) == "published", "a clerk has said so"


def test_an_identity_number_from_another_column_than_before_is_held(base: Base) -> None:
    people = [worker(n) for n in range(3)]
    assert base.send(people, "2026-01") == "published"
    swapped = [[person[1], person[0], *person[2:]] for person in people]
    assert base.send(swapped, "2026-02") == "held mapping_doubtful"
    (held,) = waiting_holds(base.database)
    assert held.moved_columns == 1


def test_a_roster_that_replaces_one_of_mostly_others_is_held(base: Base) -> None:
    staff = [worker(n) for n in range(40)]
    assert base.send(staff[:12], "2026-01") == "published"
    assert base.send(staff[:8], "2026-01") == "published", "two thirds of them are named again"
    assert base.send(staff[:12], "2026-01") == "published"
    assert base.send(staff[8:40], "2026-01") == "held replacement_doubtful"
    (held,) = waiting_holds(base.database)
    assert (held.replaced, held.named_again) == (12, 4)
    decide_hold(base.settings, base.database, held.submission_id, "approved", "the first was another plant's", "test")
    assert base.newest() == "published" and base.headcounts() == [32]


def test_who_is_told_to_have_left_by_the_late_file_itself_is_not_asked_about(base: Base) -> None:
    """However many they are; on a list of changes, too."""
    header = [*HEADER, "离职日期"]
    staff = [[*worker(n), "2026-01-20" if n > 4 else ""] for n in range(25)]
    base.send(staff[:5], "2026-02", header=header)
    assert base.send(staff, "2026-01", header=header) == "published"
    assert base.headcounts() == [5, 5]
    base.send(staff[:5], "2026-05", header=header)
    gone = [[*worker(n), "2026-04-10"] for n in range(40, 60)]
    assert base.send(gone, "2026-04", "changes", header=header) == "published"
    assert base.send([[*worker(n), ""] for n in range(60, 80)], "2026-04", "changes", header=header) == "held late_loss"
