"""Nobody gets at what his role does not give him: each row of docs/forbidden.csv is tried, as its role."""

from __future__ import annotations

import contextlib
import csv
import datetime as dt
import json
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import psycopg2
import pytest
from rosters import OTHER_EMPLOYER, PEOPLE, worker
from sending import Base
from sqlalchemy import URL, create_engine, text

from clearbase.pipeline.access import export_employed, grant_access, reveal
from clearbase.pipeline.registry import load_registry
from clearbase.pipeline.verify import findings, verify
from clearbase.settings import Settings
from clearbase.warehouse.database import OWNER, Database, open_database
from clearbase.warehouse.statements import statement

PROJECT = Path(__file__).parents[2]

ATTEMPTS = list(csv.DictReader((PROJECT / "docs" / "forbidden.csv").open(encoding="utf-8")))
# What no answer and no error may hold, whoever asks.
SECRETS = [value for person in PEOPLE for value in (person[0], person[1], person[3])]
DENIED = ("42501", "22023")  # no privilege; what our own functions refuse (PostgreSQL, appendix A)


@pytest.fixture(scope="module")
def filled(new_home: Callable[[], Path], tmp_path_factory: pytest.TempPathFactory) -> Iterator[Base]:
    """Workers of three streets, one in review; a clerk of one street; two departments with an extract or two each."""
    settings, folder = Settings(home=new_home()), tmp_path_factory.mktemp("rosters")
    with open_database(settings) as database:
        base = Base(settings, database, folder)
        base.send([*PEOPLE, *(worker(n) for n in range(12))], "2026-01")
        other = ["司马小明", *PEOPLE[0][1:]]
        base.send([other, *PEOPLE[1:]], "2026-01", employer=OTHER_EMPLOYER)
        extract = folder / "r.csv"
        # The second full extract no longer holds somebody of another street than the clerk's.
        for people in (PEOPLE, [p for p in PEOPLE if "新碶" in p[5]]):
            extract.write_text(
                "登记编号,姓名,公民身份号码,现居住地址,登记日期\n"
                + "".join(f"BL{p[1][-4:]},{p[0]},{p[1]},{p[5]},2025-0{PEOPLE.index(p) + 1}-01\n" for p in people)
            )
            load_registry(settings, database, extract, "full", confirmed=True)
        grant_access(database, "clearbase_clerk", "新碶街道", None)
        grant_access(database, "clearbase_department", None, "人社局")
        for department in ("人社局", "公安局", "人社局"):
            export_employed(database, department, "monthly comparison", dt.date(2026, 1, 31))
        with create_engine(database.admin).connect() as connection:
            connection.execution_options(isolation_level="AUTOCOMMIT").exec_driver_sql("ANALYZE")
        yield base


def ask(database: Database, role: str, sql: str) -> list[tuple[object, ...]]:
    """The rows of the last statement, in a session of that role's login."""
    url = database.admin if role == "admin" else database.people.get(role)
    if url is None:
        url = database.people["loader"].set(username=OWNER, password=owner_password(database))
    connection = psycopg2.connect(**arguments(url))
    try:
        with connection, connection.cursor() as cursor:
            cursor.execute(sql)
            return cursor.fetchall() if cursor.description else []
    finally:
        connection.close()


def arguments(url: URL) -> dict[str, Any]:
    return dict(url.get_dialect()().create_connect_args(url)[1])


def owner_password(database: Database) -> str:
    return str(json.loads((database.landing.parent / "keys" / "postgres.json").read_text())[OWNER])


@pytest.mark.parametrize("attempt", ATTEMPTS, ids=[f"{a['role']}: {a['attempt']}" for a in ATTEMPTS])
def test_it_does_not_get_through(filled: Base, attempt: dict[str, str]) -> None:
    if attempt["ends"] == "empty":
        assert ask(filled.database, attempt["role"], attempt["sql"]) == []
        return
    with pytest.raises(psycopg2.Error) as told:
        ask(filled.database, attempt["role"], attempt["sql"])
    assert told.value.pgcode in DENIED, told.value
    assert not any(secret in str(told.value) for secret in SECRETS)


def test_there_are_sixty_and_more_of_every_role() -> None:
    assert len(ATTEMPTS) >= 60
    assert {attempt["role"] for attempt in ATTEMPTS} == {
        *("analyst", "clerk", "reviewer", "department", "auditor", "loader", "owner")
    }


LINE_IN_REVIEW = "SELECT min(line_id) FROM identity.line_person JOIN identity.review_case USING (person_id)"
ALLOWED = (
    ("analyst", "SELECT count(*) FROM warehouse.employment_as_of('2026-01-31')", 18),
    ("analyst", "SELECT count(*) FROM warehouse.fact_told_street", None),
    ("analyst", "SELECT sum(persons) FROM mart.headcount_month", None),
    ("analyst", "SELECT count(*) FROM warehouse.fact_training", 0),
    ("clerk", "SELECT count(DISTINCT street) FROM warehouse.fact_told_street", 1),
    ("clerk", "SELECT count(*) FROM warehouse.fact_residence", 1),
    ("clerk", "SELECT sum(persons) FROM mart.headcount_month", None),
    ("analyst", "SELECT count(*) FROM ledger.stale_record", None),
    ("analyst", "SELECT count(*) FROM mart.match_today WHERE registry_stale_since IS NOT NULL", None),
    ("clerk", "SELECT count(*) FROM mart.registry_today", 1),
    ("reviewer", "SELECT count(*) FROM identity.review_case", 1),
    ("department", "SELECT count(DISTINCT export_id) FROM extract.given", 2),
    ("auditor", "SELECT count(*) FROM audit.event WHERE action = 'export'", 3),
)


@pytest.mark.parametrize(("role", "sql", "answer"), ALLOWED)
def test_what_a_role_is_for_works(filled: Base, role: str, sql: str, answer: int | None) -> None:
    ((told,),) = ask(filled.database, role, sql)
    assert told == answer if answer is not None else told > 0


def test_a_clerk_sees_his_street_and_whoever_lives_there_and_nobody_else(filled: Base) -> None:
    streets = "SELECT street, count(DISTINCT person_id) FROM warehouse.fact_told_street GROUP BY street ORDER BY 1"
    all_streets = dict(ask(filled.database, "analyst", streets))
    assert len(all_streets) >= 3
    assert ask(filled.database, "clerk", streets) == [("新碶街道", all_streets["新碶街道"])]
    persons = "SELECT count(DISTINCT person_id) FROM warehouse.dim_person"
    ((seen,),), ((every,),) = (ask(filled.database, role, persons) for role in ("clerk", "analyst"))
    assert 0 < seen < every


def test_a_clerk_without_a_street_sees_nobody(filled: Base) -> None:
    with create_engine(filled.database.admin).begin() as connection:
        connection.exec_driver_sql("DELETE FROM access.login WHERE login = 'clearbase_clerk'")
    try:
        assert ask(filled.database, "clerk", "SELECT person_id FROM warehouse.fact_told_street") == []
        assert ask(filled.database, "clerk", "SELECT person_id FROM warehouse.dim_person") == []
    finally:
        grant_access(filled.database, "clearbase_clerk", "新碶街道", None)


def test_what_is_revealed_stands_in_the_audit_first(filled: Base) -> None:
    with filled.database.loader.connect() as connection:
        row = connection.execute(
            text("""SELECT concat_ws('/', l.submission_id, l.sheet, l.row_no) FROM ledger.roster_line AS l
                    JOIN identity.line_person AS p USING (line_id) JOIN identity.review_case AS c USING (person_id)""")
        ).scalar_one()
    values = reveal(filled.database, row, f"are these two one man? {PEOPLE[0][1]}")
    assert (values["name"], values["id_number"]) == ("司马小明", PEOPLE[0][1])
    events = ask(
        filled.database,
        "auditor",
        "SELECT actor, subject, detail->>'reason', application FROM audit.event WHERE action = 'reveal'",
    )
    assert len(events) == 1
    actor, subject, reason, application = events[0]
    assert actor == "clearbase_reviewer"
    assert str(reason).startswith("are these two one man?") and PEOPLE[0][1] not in str(reason)
    assert str(subject).startswith("line ") and str(application).startswith("clearbase, ")


def test_a_candidate_s_registry_record_is_revealed_in_the_same_way(filled: Base) -> None:
    candidate = """SELECT p.record_id FROM identity.record_person AS p
                   JOIN identity.review_case AS c ON c.candidate_person_id = p.person_id"""
    ((record,),) = ask(filled.database, "reviewer", candidate)
    assert reveal(filled.database, f"R{record}", "are these two one man?")["id_number"] == PEOPLE[0][1]
    ((subject,),) = ask(
        filled.database,
        "auditor",
        "SELECT subject FROM audit.event WHERE action = 'reveal' ORDER BY event_id DESC LIMIT 1",
    )
    assert subject == f"record {record}"


def test_who_rolls_back_has_been_told_nothing(filled: Base) -> None:
    """Within one session: asked, rolled back, asked again; then another's event."""
    ((line,),) = ask(filled.database, "reviewer", LINE_IN_REVIEW)
    asks = f"SELECT audit.ask_reveal('line', {line}, 'is it the same man')"
    with (
        contextlib.closing(psycopg2.connect(**arguments(filled.database.people["reviewer"]))) as connection,
        connection.cursor() as cursor,
    ):
        cursor.execute(asks)
        ((gone,),) = cursor.fetchall()
        connection.rollback()
        with pytest.raises(psycopg2.errors.InsufficientPrivilege):
            cursor.execute(f"SELECT * FROM audit.reveal({gone})")
        connection.rollback()
        cursor.execute(asks)
        ((event,),) = cursor.fetchall()
        connection.commit()
        cursor.execute(f"SELECT what, id, sealed IS NOT NULL FROM audit.reveal({event})")
        assert cursor.fetchall() == [("line", line, True)]
        connection.commit()
    with pytest.raises(psycopg2.errors.InsufficientPrivilege):  # asked by another login
        ask(filled.database, "admin", f"SELECT * FROM audit.reveal({event})")


def test_reasons_keep_no_long_numbers_however_they_are_given(filled: Base) -> None:
    ((line,),) = ask(filled.database, "reviewer", LINE_IN_REVIEW)
    ask(filled.database, "reviewer", f"SELECT audit.ask_reveal('line', {line}, 'is {PEOPLE[0][1]} his number')")
    told = f"SELECT * FROM audit.export_employed('公安局', 'of {PEOPLE[0][1]} alone', '2026-01-31')"
    ask(filled.database, "reviewer", told)
    kept = ask(filled.database, "auditor", "SELECT detail::text FROM audit.event ORDER BY event_id DESC LIMIT 4")
    assert any("○○○○" in str(row) for row in kept) and not any(PEOPLE[0][1] in str(row) for row in kept)
    ((purpose,),) = ask(filled.database, "loader", "SELECT purpose FROM extract.export ORDER BY export_id DESC LIMIT 1")
    assert purpose == "of ○○○○ alone"


def test_an_extract_stands_in_the_audit_with_its_number_before_and_its_rows_after(filled: Base) -> None:
    number, rows = export_employed(filled.database, "公安局", "monthly comparison", dt.date(2026, 1, 31))
    told = ask(
        filled.database,
        "auditor",
        f"""SELECT action, detail->>'extract', detail->>'rows' FROM audit.event
            WHERE detail->>'extract' = '{number}' OR subject = 'extract {number}' ORDER BY event_id""",
    )
    assert told == [("export", str(number), None), ("exported", None, str(rows))]


def test_nobody_can_connect_but_to_the_base(filled: Base) -> None:
    for role in ("analyst", "loader"):
        for name in ("postgres", "template1"):
            with pytest.raises(psycopg2.OperationalError, match="permission denied"):
                psycopg2.connect(**arguments(filled.database.people[role]) | {"dbname": name})


def test_every_view_asks_with_the_rights_of_who_asks_and_no_partition_is_granted(filled: Base) -> None:
    with create_engine(filled.database.admin).connect() as connection:
        views = connection.execute(
            text("""SELECT relname FROM pg_class WHERE relkind = 'v' AND relnamespace::regnamespace::text IN
                    ('ledger', 'warehouse', 'mart', 'extract') AND relname <> 'fact_training'
                    AND NOT coalesce(reloptions @> ARRAY['security_invoker=true'], false)""")
        ).all()
        partitions = connection.execute(
            text(
                "SELECT relname FROM pg_class"
                " WHERE relispartition AND relacl::text ~ 'analyst|clerk|reviewer|department'"
            )
        ).all()
        loose = connection.execute(
            text("""SELECT proname FROM pg_proc WHERE prosecdef AND pronamespace::regnamespace::text !~ '^pg_'
                    AND NOT coalesce('search_path=pg_catalog, pg_temp' = ANY (proconfig), false)""")
        ).all()
        public = connection.execute(
            text("""SELECT p.oid::regprocedure
                    FROM pg_proc AS p, aclexplode(coalesce(p.proacl, acldefault('f', p.proowner))) AS a
                    WHERE a.grantee = 0 AND p.pronamespace::regnamespace::text !~ '^pg_|information_schema'""")
        ).all()
    assert (views, partitions, loose, public) == ([], [], [], [])


# What a ruler of the base does who knows how events are chained.
CHAINED_ANEW = """
DO $$
DECLARE
    former bytea;
    each audit.event;
BEGIN
    FOR each IN SELECT * FROM audit.event ORDER BY event_id LOOP
        former := audit.link(former, each);
        UPDATE audit.event SET chain = former WHERE event_id = each.event_id;
    END LOOP;
END $$"""


@pytest.mark.parametrize(
    "spoil",
    [
        "UPDATE audit.event SET actor = 'nobody' WHERE event_id = 2",
        "DELETE FROM audit.event WHERE event_id = 2",
        "UPDATE audit.event SET happened_at = happened_at - interval '1 hour' WHERE event_id = 1",
        "DELETE FROM audit.event",
        "DELETE FROM audit.event WHERE event_id = (SELECT max(event_id) FROM audit.event)",
        f"UPDATE audit.event SET actor = 'nobody' WHERE event_id = 2; {CHAINED_ANEW}",
    ],
)
def test_the_administrator_too_cannot_change_the_audit_unseen(filled: Base, spoil: str) -> None:
    assert not [finding.says for finding in verify(filled.database) if finding.broken]
    with create_engine(filled.database.admin, hide_parameters=True).connect() as connection:
        connection.exec_driver_sql("SET LOCAL session_replication_role = replica")
        connection.exec_driver_sql(spoil)
        broken = [finding.says for finding in findings(connection, filled.database) if finding.broken]
        connection.rollback()
    assert len(broken) == 1 and "audit" in broken[0]


def test_events_of_sessions_at_once_make_one_chain(filled: Base) -> None:
    def note(n: int) -> None:
        with filled.database.loader.begin() as connection:
            told = {"verdict": "tried", "subject": f"at once {n}", "detail": "{}"}
            connection.execute(statement("audit/note"), told)

    with ThreadPoolExecutor(8) as hands:
        list(hands.map(note, range(40)))
    assert [finding.says for finding in verify(filled.database) if finding.broken] == []


def test_an_unusual_number_of_reveals_is_told(filled: Base) -> None:
    ((line,),) = ask(filled.database, "reviewer", LINE_IN_REVIEW)
    for _ in range(30):
        ask(filled.database, "reviewer", f"SELECT audit.ask_reveal('line', {line}, 'is it the same man')")
    for _ in range(10):
        export_employed(filled.database, "公安局", "monthly comparison", dt.date(2026, 1, 31))
    told = [warning for finding in verify(filled.database) for warning in finding.warnings]
    assert "reveals by clearbase_reviewer: 30 within an hour" in told[0]
    assert "exports by clearbase_reviewer: 10 within an hour" in told[1]


PLANS = (
    ("analyst", "SELECT count(*) FROM warehouse.employment_as_of('2026-01-20') WHERE employer_uscc = 'x'"),
    ("analyst", "SELECT * FROM warehouse.match_as_of('2026-01-20') WHERE person_id = 7"),
    ("analyst", "SELECT * FROM warehouse.residence_as_of('2026-01-20') WHERE person_id = 7"),
    ("clerk", "SELECT count(*) FROM warehouse.employment_as_of('2026-01-20') WHERE employer_uscc = 'x'"),
    ("clerk", "SELECT * FROM warehouse.told_street_as_of('2026-01-20') WHERE person_id = 7"),
)


@pytest.mark.parametrize(("role", "sql"), PLANS)
def test_days_and_keys_are_asked_of_the_table_itself(filled: Base, role: str, sql: str) -> None:
    """Not after the policy, row by row: the key by its index, the days beside it."""
    rows = ask(filled.database, role, f"SET enable_seqscan = off; EXPLAIN (COSTS off) {sql}")
    plan = "\n".join(str(line) for (line,) in rows)
    assert "Index" in plan and "valid_from <= '2026-01-20'" in plan, plan
    assert "Subquery Scan" not in plan and "Function Scan" not in plan, plan
