"""How rosters and registry fit together, day for day: the same whichever of them came first, and in whatever order."""

from __future__ import annotations

import contextlib
import datetime as dt
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

import pytest
from rosters import EMPLOYER, HEADER, OTHER_EMPLOYER, roster, worker
from sqlalchemy import create_engine, text

from clearbase.errors import BrokenError
from clearbase.given import Given
from clearbase.intake.discover import waiting_files
from clearbase.pipeline.rebuild import rebuild_and_compare
from clearbase.pipeline.registry import load_registry
from clearbase.pipeline.run import ingest
from clearbase.pipeline.verify import verify
from clearbase.settings import PROJECT, Settings
from clearbase.warehouse.database import Database, open_database

A, B = EMPLOYER, OTHER_EMPLOYER


class Case(NamedTuple):
    """``registered``: street, since, cancelled on; ``lines``: employer, month, hired, left, street of residence;
    ``states``: since when which."""

    registered: tuple[str, str, str] | None
    lines: list[tuple[str, str, str, str, str]]
    states: list[tuple[str, str]]


HERE = ("新碶街道", "2024-01-10", "")
CASES = {
    "registered and at work": Case(
        HERE, [(A, "2025-01", "2024-03-05", "", "新碶街道")], [("2024-01-10", "registered_here")]
    ),
    "never registered": Case(None, [(A, "2025-01", "2024-11-01", "", "新碶街道")], [("2024-11-01", "not_registered")]),
    "registered after the hire": Case(
        ("新碶街道", "2025-01-20", ""),
        [(A, "2025-01", "2024-11-01", "", "")],
        [("2024-11-01", "not_registered"), ("2025-01-20", "registered_here")],
    ),
    "cancelled while at work": Case(
        ("新碶街道", "2024-01-10", "2025-02-01"),
        [(A, "2025-01", "2024-03-05", "", "")],
        [("2024-01-10", "registered_here"), ("2025-02-01", "cancelled_still_working")],
    ),
    "cancelled, then left": Case(
        ("新碶街道", "2024-01-10", "2025-02-01"),
        [(A, "2025-01", "2024-03-05", "", ""), (A, "2025-03", "2024-03-05", "2025-03-10", "")],
        [
            ("2024-01-10", "registered_here"),
            ("2025-02-01", "cancelled_still_working"),
            ("2025-03-10", "registration_ended"),
        ],
    ),
    "cancelled before the hire": Case(
        ("新碶街道", "2023-01-10", "2023-06-01"),
        [(A, "2025-01", "2024-03-05", "", "")],
        [
            ("2023-01-10", "registered_here"),
            ("2023-06-01", "registration_ended"),
            ("2024-03-05", "cancelled_still_working"),
        ],
    ),
    "left and still registered": Case(
        HERE,
        [(A, "2025-02", "2024-03-05", "2025-02-15", "")],
        [("2024-01-10", "registered_here"), ("2025-02-15", "left_still_registered")],
    ),
    "left, then cancelled": Case(
        ("新碶街道", "2024-01-10", "2025-04-01"),
        [(A, "2025-02", "2024-03-05", "2025-02-15", "")],
        [
            ("2024-01-10", "registered_here"),
            ("2025-02-15", "left_still_registered"),
            ("2025-04-01", "registration_ended"),
        ],
    ),
    "registered after leaving": Case(
        ("新碶街道", "2025-03-01", ""),
        [(A, "2025-02", "2024-03-05", "2025-02-15", "")],
        [("2024-03-05", "not_registered"), ("2025-03-01", "left_still_registered")],
    ),
    "left one of two employers": Case(
        HERE,
        [(A, "2025-02", "2024-03-05", "2025-02-15", ""), (B, "2025-01", "2025-01-01", "", "")],
        [("2024-01-10", "registered_here")],
    ),
    "left, and hired by another": Case(
        HERE,
        [(A, "2025-02", "2024-03-05", "2025-02-15", ""), (B, "2025-03", "2025-03-05", "", "")],
        [
            ("2024-01-10", "registered_here"),
            ("2025-02-15", "left_still_registered"),
            ("2025-03-05", "registered_here"),
        ],
    ),
    "registered elsewhere": Case(
        ("蛟川街道", "2024-01-10", ""),
        [(A, "2025-01", "2024-03-05", "", "新碶街道")],
        [("2024-01-10", "registered_elsewhere")],
    ),
    "registered elsewhere and left": Case(
        ("蛟川街道", "2024-01-10", ""),
        [(A, "2025-02", "2024-03-05", "2025-02-15", "")],
        [("2024-01-10", "registered_elsewhere")],
    ),
    "the address differs and later agrees": Case(
        HERE,
        [(A, "2025-01", "2024-03-05", "", "大碶街道"), (A, "2025-03", "2024-03-05", "", "新碶街道")],
        [("2024-01-10", "registered_here"), ("2025-01-01", "address_differs"), ("2025-03-01", "registered_here")],
    ),
    "a month that tells no street keeps the one before": Case(
        HERE,
        [(A, "2025-01", "2024-03-05", "", "大碶街道"), (A, "2025-03", "2024-03-05", "", "")],
        [("2024-01-10", "registered_here"), ("2025-01-01", "address_differs")],
    ),
    "two employers tell two streets, the newer month holds": Case(
        HERE,
        [(A, "2025-01", "2024-03-05", "", "大碶街道"), (B, "2025-03", "2025-01-01", "", "小港街道")],
        [("2024-01-10", "registered_here"), ("2025-01-01", "address_differs")],
    ),
    "the address differs and he left": Case(
        HERE,
        [(A, "2025-01", "2024-03-05", "", "大碶街道"), (A, "2025-02", "2024-03-05", "2025-02-15", "大碶街道")],
        [
            ("2024-01-10", "registered_here"),
            ("2025-01-01", "address_differs"),
            ("2025-02-15", "left_still_registered"),
        ],
    ),
    "registered and on no roster": Case(HERE, [], [("2024-01-10", "registered_here")]),
}
FILES = sorted({(line[1], line[0]) for case in CASES.values() for line in case.lines})
ORDERS = {
    "the registry first": ["registry", *FILES],
    "the registry last": [*FILES, "registry"],
    "the months backwards": [*FILES[::-1][:3], "registry", *FILES[::-1][3:]],
}
REGISTRY = "登记编号,姓名,公民身份号码,现居住街道,登记日期,登记状态,注销日期"
STATES = """SELECT valid_from::text, state FROM warehouse.fact_match
            WHERE known_to = 'infinity' AND person_id = {} ORDER BY valid_from"""
BY_RECORD = """(SELECT p.person_id FROM ledger.registry_record AS r JOIN identity.record_person AS p USING (record_id)
                WHERE r.row_no = :row)"""
BY_LINE = "(SELECT person_id FROM mart.roster_identity WHERE file = :file AND row = :row)"


def person_of(case: str) -> list[str]:
    return worker(list(CASES).index(case) + 1)


def write_registry(path: Path) -> Path:
    rows = []
    for name, case in CASES.items():
        if case.registered:
            street, since, cancelled = case.registered
            state = "注销" if cancelled else "有效"
            rows.append(f"R{len(rows)},{','.join(person_of(name)[:2])},{street},{since},{state},{cancelled}")
    path.write_text("\n".join([REGISTRY, *rows, ""]), encoding="utf-8")
    return path


def rows_of(employer: str, month: str) -> dict[str, list[str]]:
    """Of each case that this file names: its row."""
    rows = {}
    for name, case in CASES.items():
        for whose, when, hired, left, street in case.lines:
            if (whose, when) == (employer, month):
                address = f"浙江省宁波市北仑区{street}某某路1号" if street else ""
                rows[name] = [*person_of(name)[:5], address, hired, left]
    return rows


def send(settings: Settings, database: Database, file: Path, employer: str, month: str) -> None:
    given = Given(employer, dt.date.fromisoformat(f"{month}-01"), "joiners")
    # One test changes the tables behind the ledger's back, which the batch's own verification tells.
    with contextlib.suppress(BrokenError):
        ingest(settings, database, waiting_files([file]).files, given, lambda *_: None)


@pytest.mark.parametrize("order", ORDERS)
def test_the_states_of_each_case(new_home: Callable[[], Path], tmp_path: Path, order: str) -> None:
    settings = Settings(home=new_home())
    with open_database(settings) as database:
        for what in ORDERS[order]:
            if isinstance(what, str):
                load_registry(settings, database, write_registry(tmp_path / "registry.csv"))
                continue
            month, employer = what
            rows = list(rows_of(employer, month).values())
            file = roster(tmp_path / f"{employer}-{month}.xlsx", rows, header=[*HEADER, "离职日期"])
            send(settings, database, file, employer, month)
        registered = [name for name, case in CASES.items() if case.registered]
        found = {}
        with database.loader.connect() as connection:
            for name, case in CASES.items():
                if name in registered:
                    sql, bound = STATES.format(BY_RECORD), {"row": registered.index(name) + 2, "file": ""}
                else:
                    employer, month = case.lines[0][:2]
                    place = list(rows_of(employer, month)).index(name)
                    sql, bound = STATES.format(BY_LINE), {"row": place + 2, "file": f"{employer}-{month}.xlsx"}
                found[name] = [tuple(row) for row in connection.execute(text(sql), bound)]
        assert found == {name: case.states for name, case in CASES.items()}
        assert [finding.says for finding in verify(database) if finding.broken] == []
        assert [table.table for table in rebuild_and_compare(database) if not table.is_same] == []


def test_in_review_all_is_provisional(settings: Settings, database: Database, tmp_path: Path) -> None:
    known, stranger = worker(40), worker(41, number_of=40)
    registry = tmp_path / "registry.csv"
    registry.write_text(f"{REGISTRY}\nR1,{known[0]},{known[1]},新碶街道,2024-01-10,有效,\n", encoding="utf-8")
    load_registry(settings, database, registry)
    file = roster(tmp_path / "x.xlsx", [[*stranger[:6], "2024-03-05", "2025-02-15"]], header=[*HEADER, "离职日期"])
    send(settings, database, file, A, "2025-02")
    with database.loader.connect() as connection:
        sql = text("SELECT state, valid_from::text, valid_to::text FROM warehouse.fact_match ORDER BY person_id DESC")
        assert [tuple(row) for row in connection.execute(sql)] == [
            ("provisional", "2024-03-05", "infinity"),
            ("registered_here", "2024-01-10", "infinity"),
        ]


def test_a_month_in_order_reads_no_earlier_one(settings: Settings, database: Database, tmp_path: Path) -> None:
    """What is believed stands for the earlier lines: a change of it behind the ledger's back is carried on, until
    somebody reads the whole (a month that comes late)."""
    newest = text(
        "SELECT t.street FROM warehouse.fact_told_street AS t JOIN mart.roster_identity AS i USING (person_id)"
        " WHERE t.known_to = 'infinity' AND t.valid_to = 'infinity' AND i.file = :file"
    )

    def told(month: str, street: str) -> str:
        address = f"北仑区{street}1号" if street else ""
        file = roster(tmp_path / f"{month}.xlsx", [[*worker(50)[:5], address, "2024-03-05"]])
        send(settings, database, file, B, month)
        with database.loader.connect() as connection:
            return str(connection.execute(newest, {"file": f"{month}.xlsx"}).scalar_one())

    assert told("2025-05", "新碶街道") == "新碶街道"
    admin = create_engine(database.admin)
    with admin.begin() as connection:
        connection.execute(
            text(
                "UPDATE warehouse.fact_told_street SET street = '霞浦街道'"
                " WHERE person_id = (SELECT person_id FROM mart.roster_identity WHERE file = '2025-05.xlsx')"
            )
        )
    admin.dispose()
    assert told("2025-06", "") == "霞浦街道", "not read again"
    assert told("2025-04", "") == "新碶街道", "read again"
    assert told("2025-07", "大碶街道") == "大碶街道"
    assert [finding.says for finding in verify(database) if finding.broken] == []


def test_what_stays_is_not_touched(settings: Settings, database: Database, tmp_path: Path) -> None:
    """Months that say the same add no row to what is derived, however many they are."""
    counted = text(
        "SELECT (SELECT count(*) FROM warehouse.dim_person), (SELECT count(*) FROM warehouse.fact_match),"
        " (SELECT count(*) FROM warehouse.fact_told_street)"
    )
    counts = set()
    for month in ("2025-08", "2025-09", "2025-10"):
        send(settings, database, roster(tmp_path / f"{month}.xlsx", [worker(60)]), A, month)
        with database.loader.connect() as connection:
            counts.add(tuple(connection.execute(counted).one()))
    assert len(counts) == 1


def test_the_documented_queries_run(database: Database) -> None:
    page = (PROJECT / "docs" / "match-states.md").read_text(encoding="utf-8").split("## Queries")[1]
    lines = [line[4:] for line in page.splitlines() if line.startswith("    ") and not line.strip().startswith("--")]
    queries = [query for query in "\n".join(lines).split(";") if query.strip()]
    assert len(queries) == 6
    with database.loader.connect() as connection:
        for query in queries:
            connection.execute(text(query)).all()
