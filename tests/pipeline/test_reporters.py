"""An agency reports for another employer where it may; nobody becomes a leaver by somebody else's roster."""

from __future__ import annotations

import json

from rosters import EMPLOYER, OTHER_EMPLOYER, worker
from sending import Base

from clearbase.ledger.employers import Employer, record_employer
from clearbase.ledger.reporters import Authority, known_authorities, record_authority

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
