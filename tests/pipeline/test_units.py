"""The unit of a table is kept with its sheet, told in the receipt, and asked when a file's figures are doubted."""

from __future__ import annotations

import json

from rosters import EMPLOYER, HEADER, worker
from sending import Base
from sqlalchemy import text

from clearbase.ledger.employers import Employer, record_employer
from clearbase.pipeline.trace import trace

NAME = "宁波甲乙电子有限公司"


def test_a_branch_of_the_employer_that_is_known_by_the_shorter_name(base: Base) -> None:
    with base.database.loader.begin() as connection:
        record_employer(connection, Employer(EMPLOYER, NAME), "test")
    base.send([worker(n) for n in range(3)], "2026-01", title=f"{NAME}北仑分公司2026年1月花名册")
    with base.database.loader.connect() as connection:
        assert connection.execute(text("SELECT unit FROM intake.sheet")).scalar() == "北仑分公司"
    files = sorted(base.settings.receipts_folder(EMPLOYER).glob("*.json"))
    assert json.loads(files[-1].read_text(encoding="utf-8"))["sheets"][0]["unit"] == "北仑分公司"


def test_who_is_of_another_unit_is_not_missing_on_the_roster_of_one(base: Base) -> None:
    base.send([worker(n) for n in range(20)], "2026-01")
    assert base.send([worker(n) for n in range(30, 33)], "2026-01", sheet_name="一车间") == "published"


def test_who_was_on_the_leavers_sheet_last_is_still_of_the_workshop(base: Base) -> None:
    """Named again by a list, a roster of the workshop without the worker is one without the worker."""
    header = [*HEADER, "离职日期"]
    people = [[*worker(n), ""] for n in range(4)]
    gone = [*worker(2), "2026-02-10"]
    base.send_sheets({"一车间": people[:3], "二车间": people[3:]}, "2026-01", header=header)
    base.send_sheets({"一车间": people[:2], "二车间": people[3:], "离职人员": [gone]}, "2026-02", header=header)
    base.send([people[2]], "2026-03", "joiners", header=header)
    assert base.headcounts() == [4, 4, 4], "he had not left"
    base.send_sheets({"一车间": people[:2]}, "2026-04", header=header)
    assert base.headcounts() == [4, 4, 4, 3]


def test_a_sheet_that_is_replaced_speaks_no_more_while_the_other_does(base: Base) -> None:
    """Nor does what it said of trainings; the fixture asks the invariants."""
    header = [*HEADER, "培训日期"]
    people = [[*worker(n), "2026-01-05"] for n in range(4)]
    base.send_sheets({"一车间": people[:2], "二车间": people[2:]}, "2026-01", header=header)
    base.send_sheets({"一车间": people[:1]}, "2026-01", header=header)
    assert base.headcounts() == [3]
    with base.database.loader.connect() as connection:
        trained = connection.execute(text("SELECT count(*) FROM warehouse.fact_training")).scalar()
        person = connection.execute(text("SELECT person_id FROM identity.line_person ORDER BY 1 OFFSET 2 LIMIT 1"))
        rows = dict(trace(connection, base.database.keyring, f"P{person.scalar_one()}"))
    assert trained == 3
    assert [row.counts for row in rows["rows that stand for the person"]] == [False]
