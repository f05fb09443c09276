"""Flags of workers' rights: in the restricted view and nowhere else; late reports by the day on which a file came."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Callable, Iterator
from pathlib import Path

import psycopg2
import pytest
from rosters import EMPLOYER, HEADER, PEOPLE
from sending import Base, base_of
from sqlalchemy import text

from clearbase.quality.suite import load_suite
from clearbase.settings import PROJECT
from clearbase.standards.identity_number import check_character

MINOR_BODY = "33022720080615998"  # 17 years old in January 2026
MINOR = ["周小", MINOR_BODY + check_character(MINOR_BODY), "女", "13800138009", *PEOPLE[0][4:6], "2025-11-03"]
CONTRACT = [*HEADER, "是否签订劳动合同"]
FLAGS = "SELECT code, person_id, period::text FROM mart.rights_flag ORDER BY 1, 2"


@pytest.fixture(scope="module")
def base(new_home: Callable[[], Path], tmp_path_factory: pytest.TempPathFactory) -> Iterator[Base]:
    with base_of(new_home(), tmp_path_factory.mktemp("rosters")) as made:
        people = [[*PEOPLE[1], "是"], [*MINOR, "未签"]]
        assert made.send(people, "2026-01", header=CONTRACT) == "published"
        yield made


def asked(base: Base, role: str, sql: str) -> list[tuple[object, ...]]:
    url = base.database.people[role]
    connection = psycopg2.connect(**url.get_dialect()().create_connect_args(url)[1])
    try:
        with connection, connection.cursor() as cursor:
            cursor.execute(sql)
            return cursor.fetchall()
    finally:
        connection.close()


def test_the_reviewer_sees_them_and_no_finding_tells_them(base: Base) -> None:
    flags = asked(base, "reviewer", FLAGS)
    assert [(code, period) for code, _, period in flags] == [
        ("CONTRACT_LATE", "2026-01-01"),
        ("UNDER_18", "2026-01-01"),
    ]
    assert len({person for _, person, _ in flags}) == 1
    rights = [rule.code for rule in load_suite().rules if rule.audience == "rights"]
    with base.database.loader.connect() as connection:
        told = connection.execute(text("SELECT rule FROM quality.finding UNION SELECT rule FROM quality.rule_count"))
        assert set(told.scalars()).isdisjoint(rights)
    for receipt in base.database.landing.parent.rglob("*.json"):
        assert not any(code in receipt.read_text(encoding="utf-8") for code in rights)


def test_the_view_knows_the_bits_of_the_suite() -> None:
    sql = (PROJECT / "sql" / "migrations" / "0036_rights_flags.sql").read_text(encoding="utf-8")
    bits = {(rule.bit, rule.code) for rule in load_suite().rules if rule.audience == "rights"}
    assert len(bits) == 5 and all(f"({bit}, '{code}')" in sql for bit, code in bits)


def test_what_no_longer_counts_is_no_flag(base: Base) -> None:
    assert base.send([[*PEOPLE[1], "是"], [*MINOR, "是"]], "2026-01", header=CONTRACT) == "published"
    assert [code for code, *_ in asked(base, "reviewer", FLAGS)] == ["UNDER_18"]


def test_a_hire_is_late_by_the_day_on_which_the_file_came(base: Base) -> None:
    today = dt.datetime.now(dt.UTC).astimezone(dt.timezone(dt.timedelta(hours=8))).date()
    long_ago = today.replace(day=1) - dt.timedelta(days=60)
    for hired, late in ((today, 0), (long_ago, 1)):
        month = f"{hired:%Y-%m}"
        assert base.send([[*PEOPLE[2][:6], f"{hired}"]], month, "joiners") == "published"
        with base.database.loader.connect() as connection:
            told = connection.execute(
                text("""SELECT count(*) FROM quality.finding WHERE rule = 'LATE_REPORT' AND submission_id =
                        (SELECT max(submission_id) FROM intake.submission WHERE employer_uscc = :code)"""),
                {"code": EMPLOYER},
            )
            assert told.scalar_one() == late, hired


def test_a_hire_that_an_earlier_list_has_named_is_not_called_late_again(base: Base) -> None:
    """The joiners' list came late and was told so; the full roster of the month names the same hire, and another."""
    month = dt.date(2025, 3, 1)
    hired = [[*PEOPLE[2][:6], "2025-03-04"], [*PEOPLE[1][:6], "2025-03-05"]]

    def late() -> list[str]:
        newest = max(base.settings.receipts_folder(EMPLOYER).glob("*.json"), key=lambda path: path.name)
        told = json.loads(newest.read_text(encoding="utf-8"))["findings"]
        return [finding["cell"] for finding in told if finding["rule"] == "LATE_REPORT"]

    assert base.send(hired[:1], f"{month:%Y-%m}", "joiners") == "published"
    assert late() == ["H2"]
    assert base.send(hired, f"{month:%Y-%m}") == "published"
    assert late() == ["H3"]
    assert base.send([[*PEOPLE[2][:6], "2025-03-11"], hired[1]], f"{month:%Y-%m}") == "published"
    assert late() == ["H2"], "another day is another hire"
