"""What was so on a day, and what was known of it at a moment: a late correction changes the first, never the second."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

from rosters import EMPLOYER, HEADER, PEOPLE, roster
from sending import Base
from sqlalchemy import text

from clearbase.given import Given
from clearbase.intake.discover import waiting_files
from clearbase.ledger.employers import Employer, known_employers, record_employer
from clearbase.pipeline.rebuild import rebuild_and_compare
from clearbase.pipeline.registry import load_registry
from clearbase.pipeline.run import ingest
from clearbase.pipeline.undo import decide_submission
from clearbase.settings import PROJECT, Settings
from clearbase.warehouse.database import Database

A, B = "新碶街道", "大碶街道"
NEWEST = "SELECT max(submission_id) FROM ledger.submission"


def ask(database: Database, sql: str, **bound: Any) -> Any:
    with database.loader.connect() as connection:
        return connection.execute(text(sql), bound).scalar()


def send(settings: Settings, database: Database, file: Path, month: int, kind: str) -> dt.datetime:
    given = Given(EMPLOYER, dt.date(2026, month, 1), kind)  # type: ignore[arg-type]
    ingest(settings, database, waiting_files([file]).files, given, lambda *_: None)
    moment: dt.datetime = ask(database, "SELECT clock_timestamp()")
    return moment


def test_a_late_leaver_changes_what_was_so_and_not_what_was_known(
    settings: Settings, database: Database, tmp_path: Path
) -> None:
    there = "SELECT count(*) FROM warehouse.employment_as_of(CAST(:day AS date), CAST(:known AS timestamptz))"
    first = send(settings, database, roster(tmp_path / "1.xlsx", PEOPLE), 1, "full")
    left = roster(tmp_path / "2.xlsx", [[*PEOPLE[0], "2026-01-10"]], header=[*HEADER, "离职日期"])
    second = send(settings, database, left, 2, "leavers")
    assert ask(database, there, day="2026-01-05", known="infinity") == 3
    assert ask(database, there, day="2026-01-20", known="infinity") == 2
    assert ask(database, there, day="2026-01-20", known=first) == 3, "nobody knew yet"
    assert ask(database, there, day="2026-01-20", known=second) == 2
    number = ask(database, "SELECT max(submission_id) FROM ledger.submission")
    decide_submission(database, number, "undone", "it was another person", "test", commit=True)
    assert ask(database, there, day="2026-01-20", known="infinity") == 3
    assert ask(database, there, day="2026-01-20", known=second) == 2, "that is what was believed then"


def test_an_employer_is_called_as_it_was_known(settings: Settings, database: Database) -> None:
    for name in ("旧名称有限公司", "新名称有限公司"):
        with database.loader.begin() as connection:
            record_employer(connection, Employer(EMPLOYER, name), "test")
    named = """SELECT name FROM warehouse.employer_as_of('2026-01-15', CAST(:known AS timestamptz))
               WHERE employer_uscc = :code"""
    before = ask(
        database,
        "SELECT known_from FROM warehouse.dim_employer WHERE employer_uscc = :code AND name = '旧名称有限公司'",
        code=EMPLOYER,
    )
    assert ask(database, named, known="infinity", code=EMPLOYER) == "新名称有限公司"
    assert ask(database, named, known=before, code=EMPLOYER) == "旧名称有限公司"


def test_an_employer_is_called_as_it_was_on_a_day(base: Base) -> None:
    """Renamed in April and moved in June, of which we hear late; then a name between turns up."""
    told = [("甲厂", A, None), ("丁厂", A, 4), ("丁厂", B, 6), ("乙厂", A, 2), ("丙厂", A, 2)]
    moments = []
    for name, street, month in told:
        since = dt.date(2026, month, 1) if month else None
        for is_new in (True, False):
            with base.database.loader.begin() as connection:
                assert record_employer(connection, Employer(EMPLOYER, name, street, since), "test") is is_new
        moments.append(ask(base.database, "SELECT clock_timestamp()"))
    sql = """SELECT name || street FROM warehouse.employer_as_of(CAST(:day AS date), CAST(:known AS timestamptz))
             WHERE employer_uscc = :code"""
    days = ("2025-01-01", "2026-01-31", "2026-02-01", "2026-03-31", "2026-04-01", "2026-06-01")

    def called(known: Any) -> list[str]:
        return [ask(base.database, sql, day=day, known=known, code=EMPLOYER) for day in days]

    first, between, fourth, last = f"甲厂{A}", f"丙厂{A}", f"丁厂{A}", f"丁厂{B}"
    assert called("infinity") == [first, first, between, between, fourth, last]
    assert called(moments[2]) == [first, first, first, first, fourth, last], "nobody knew yet"
    assert called(moments[0]) == [first] * 6
    with base.database.loader.connect() as connection:
        assert known_employers(connection)[EMPLOYER].name == "丁厂", "the newest, whatever was heard last"
    assert all(table.is_same for table in rebuild_and_compare(base.database))


def test_a_person_is_described_as_he_was_known(settings: Settings, database: Database, tmp_path: Path) -> None:
    """A masked number tells no sex: there the newest line that says one holds."""
    sexes = """SELECT string_agg(p.sex, ',') FROM warehouse.person_as_of(CAST(:known AS timestamptz)) AS p
               JOIN mart.roster_identity AS i USING (person_id) WHERE i.file = '4.xlsx'"""
    worker = ["钱某某", "33022719850615****", "男", "13800138444", "", "", "2025-01-05"]
    first = send(settings, database, roster(tmp_path / "4.xlsx", [worker]), 4, "joiners")
    worker[2] = "女"
    second = send(settings, database, roster(tmp_path / "5.xlsx", [worker]), 5, "joiners")
    assert ask(database, sexes, known=first) == "male"
    assert ask(database, sexes, known=second) == ask(database, sexes, known="infinity") == "female"
    number = ask(database, NEWEST)
    decide_submission(database, number, "undone", "it was another", "test", commit=True)
    assert ask(database, sexes, known="infinity") == "male"
    decide_submission(database, number - 1, "undone", "it was another", "test", commit=True)
    rows = """SELECT count(*) FROM warehouse.person_as_of(CAST(:known AS timestamptz)) AS p
              JOIN warehouse.dim_person AS d USING (person_id, known_from) WHERE d.sex_line_id / 16777216 = :n"""
    assert ask(database, rows, known="infinity", n=number - 1) == 0, "nobody speaks of him any more"
    assert ask(database, rows, known=first, n=number - 1) == 1, "that is what was believed then"


def test_a_late_registration_changes_what_was_so_and_not_what_was_known(
    settings: Settings, database: Database, tmp_path: Path
) -> None:
    state = """SELECT m.state FROM warehouse.match_as_of(CAST(:day AS date), CAST(:known AS timestamptz)) AS m
               JOIN mart.roster_identity AS i USING (person_id) WHERE i.file = '6.xlsx'"""
    before = send(settings, database, roster(tmp_path / "6.xlsx", PEOPLE[:1]), 6, "joiners")
    registry = tmp_path / "registry.csv"
    name, number = PEOPLE[0][:2]
    registry.write_text(
        f"登记编号,姓名,公民身份号码,现居住街道,登记日期,登记状态\n1,{name},{number},小港街道,2026-03-01,有效\n"
    )
    load_registry(settings, database, registry)
    assert ask(database, state, day="2026-02-01", known="infinity") == "not_registered"
    assert ask(database, state, day="2026-06-30", known="infinity") == "address_differs"
    assert ask(database, state, day="2026-06-30", known=before) == "not_registered", "nobody knew yet"


def test_the_planner_sees_through_the_function(database: Database) -> None:
    with database.loader.connect() as connection:
        connection.execute(text("SET LOCAL enable_seqscan = off"))
        plan = connection.execute(
            text("EXPLAIN SELECT * FROM warehouse.employment_as_of('2026-01-20') WHERE employer_uscc = 'X'")
        )
        told = "\n".join(row[0] for row in plan)
    assert "Index" in told and "Function Scan" not in told


def test_the_documented_queries_run(database: Database) -> None:
    page = (PROJECT / "docs" / "as-of.md").read_text(encoding="utf-8").split("## Queries")[1]
    lines = [line for line in page.splitlines() if line.startswith("    ") and not line.strip().startswith("--")]
    queries = [query for query in "\n".join(lines).split(";") if query.strip()]
    assert len(queries) == 12
    with database.loader.connect() as connection:
        for query in queries:
            connection.execute(text(query.replace(":00+08", r"\:00+08"))).all()


def called(base: Base, *days: str) -> list[tuple[str | None, str | None]]:
    """Name and street that hold on each day."""
    sql = text("SELECT name, street FROM warehouse.employer_as_of(CAST(:day AS date)) WHERE employer_uscc = :code")
    with base.database.loader.connect() as connection:
        rows = [connection.execute(sql, {"day": day, "code": EMPLOYER}).one_or_none() for day in days]
    return [tuple(row) if row else (None, None) for row in rows]  # type: ignore[misc]


def test_what_a_late_entry_does_not_say_is_as_it_was_on_its_day(base: Base) -> None:
    """Renamed and moved in June; of a name from March on we hear later, and of its street nothing."""
    june, march, july = (dt.date(2026, month, 1) for month in (6, 3, 7))
    for entry in (
        Employer(EMPLOYER, "甲厂", A),
        Employer(EMPLOYER, "丙厂", B, june),
        Employer(EMPLOYER, "乙厂", None, march),
    ):
        with base.database.loader.begin() as connection:
            assert record_employer(connection, entry, "test")
    days = ("2026-02-28", "2026-03-01", "2026-06-01", "2026-07-01")
    assert called(base, *days) == [("甲厂", A), ("乙厂", A), ("丙厂", B), ("丙厂", B)]
    for street, since in ((B, march), (A, july)):
        with base.database.loader.begin() as connection:
            assert record_employer(connection, Employer(EMPLOYER, None, street, since), "test")
    assert called(base, *days) == [("甲厂", A), ("乙厂", B), ("丙厂", B), ("丙厂", A)]
    assert all(table.is_same for table in rebuild_and_compare(base.database))


def test_the_first_entry_holds_always_whatever_day_it_names(base: Base) -> None:
    with base.database.loader.begin() as connection:
        assert record_employer(connection, Employer(EMPLOYER, "甲厂", A, dt.date(2026, 5, 1)), "test")
    assert called(base, "2025-01-01", "2026-05-01") == [("甲厂", A)] * 2
