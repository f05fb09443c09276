"""An agency reports for another employer where it may; nobody becomes a leaver by somebody else's roster."""

from __future__ import annotations

import json

from rosters import EMPLOYER, HEADER, OTHER_EMPLOYER, worker
from sending import Base
from sqlalchemy import text

from clearbase.ledger.employers import Employer, record_employer
from clearbase.ledger.reporters import Authority, known_authorities, record_authority
from clearbase.pipeline.holds import ask_about, decide_hold, waiting_holds
from clearbase.pipeline.scheduled_holds import _question

NAME = "宁波丙丁服装有限公司"
STAFF = [worker(n) for n in range(12)]
THEIRS = [worker(n) for n in range(20, 24)]


def test_an_agency_reports_for_another_employer_where_it_may(base: Base) -> None:
    with base.database.loader.begin() as connection:
        for code, name in ((EMPLOYER, "宁波甲乙劳务有限公司"), (OTHER_EMPLOYER, NAME)):
            record_employer(connection, Employer(code, name), "test")
    base.send(STAFF, "2026-01")
    title = f"{NAME}2026年2月员工花名册"
    assert base.send(THEIRS, "2026-02", None, title=title, from_folder=True) == "held no_authority"
    assert base.headcounts() == [12]
    receipts = sorted(base.settings.receipts_folder(EMPLOYER).glob("*.txt"))
    assert "没有代报授权" in receipts[-1].read_text(encoding="utf-8")
    with base.database.loader.begin() as connection:
        record_authority(connection, Authority(EMPLOYER, OTHER_EMPLOYER), "test")
    base.send(THEIRS, "2026-02", None, title=title, from_folder=True)
    assert base.newest("outcome, reason_code, employer_uscc") == f"published {OTHER_EMPLOYER}"
    assert (base.headcounts(), base.headcounts(OTHER_EMPLOYER)) == ([12], [4])
    for code in (EMPLOYER, OTHER_EMPLOYER):
        told = json.loads(sorted(base.settings.receipts_folder(code).glob("*.json"))[-1].read_text(encoding="utf-8"))
        assert (told["employer"]["uscc"], told["findings"][0]["rule"]) == (OTHER_EMPLOYER, "reported_for")


def test_the_newest_entry_of_a_pair_holds(base: Base) -> None:
    with base.database.loader.begin() as connection:
        for told in (Authority(EMPLOYER, OTHER_EMPLOYER), Authority(OTHER_EMPLOYER, EMPLOYER)):
            record_authority(connection, told, "test")
        record_authority(connection, Authority(EMPLOYER, OTHER_EMPLOYER, None, None), "test")
        assert len(known_authorities(connection)) == 2


def _two_known(base: Base) -> None:
    with base.database.loader.begin() as connection:
        for code, name in ((EMPLOYER, "宁波甲乙劳务有限公司"), (OTHER_EMPLOYER, NAME)):
            record_employer(connection, Employer(code, name), "test")


def test_whom_nobody_has_authorised_somebody_is_asked_about_and_approval_is_for_this_file_alone(base: Base) -> None:
    _two_known(base)
    base.send(STAFF, "2026-01")
    title = f"{NAME}2026年2月员工花名册"
    assert base.send(THEIRS, "2026-02", None, title=title, from_folder=True) == "held no_authority"
    (held,) = waiting_holds(base.database)
    assert (held.employer, held.reason, held.lines) == (EMPLOYER, "no_authority", 4)
    assert (held.would_be_of, held.of_others) == (OTHER_EMPLOYER, f"{OTHER_EMPLOYER}: 0"), "the title alone names it"
    (question,) = [_question(row) for row in ask_about(base.database, "a run")]
    assert "| 4 |" in question["body"] and f"| {OTHER_EMPLOYER} |" in question["body"]
    assert NAME not in str(question) and not any(person[0] in str(question) for person in THEIRS)
    decide_hold(base.settings, base.database, held.submission_id, "approved", "an agency of theirs", "test")
    assert base.newest("outcome, reason_code, employer_uscc") == f"published {OTHER_EMPLOYER}"
    assert (base.headcounts(), base.headcounts(OTHER_EMPLOYER)) == ([12], [4])
    assert waiting_holds(base.database) == []
    with base.database.loader.connect() as connection:
        assert known_authorities(connection) == [], "only `employer authorise` lets it report from now on"
    title = f"{NAME}2026年3月员工花名册"
    assert base.send(THEIRS, "2026-03", None, title=title, from_folder=True) == "held no_authority"


def test_a_mixed_file_is_whose_it_is_sent_as_once_somebody_has_let_it(base: Base) -> None:
    _two_known(base)
    header = [*HEADER, "单位名称"]
    people = [[*person, NAME if n < 3 else "宁波甲乙劳务有限公司"] for n, person in enumerate(STAFF)]
    assert base.send(people, "2026-01", None, header=header, from_folder=True) == "held no_authority"
    (held,) = waiting_holds(base.database)
    assert (held.would_be_of, held.of_others, held.lines) == (EMPLOYER, f"{OTHER_EMPLOYER}: 3", 12)
    decide_hold(base.settings, base.database, held.submission_id, "approved", "posted to a customer", "test")
    assert base.newest() == "published"
    assert (base.headcounts(), base.headcounts(OTHER_EMPLOYER)) == ([12], [])


def test_what_was_refused_for_want_of_authority_is_in_the_ledger_and_the_next_file_goes_on(base: Base) -> None:
    _two_known(base)
    title = f"{NAME}2026年2月员工花名册"
    base.send(THEIRS, "2026-02", None, title=title, from_folder=True)
    (held,) = waiting_holds(base.database)
    decide_hold(base.settings, base.database, held.submission_id, "refused", "they report themselves", "test")
    assert base.newest() == "refused no_authority" and waiting_holds(base.database) == []
    with base.database.loader.connect() as connection:
        kept = connection.execute(text("SELECT verdict, reason FROM ledger.hold_decision")).one()
    assert tuple(kept) == ("refused", "they report themselves")
    assert base.send(STAFF, "2026-02", from_folder=True) == "published"
