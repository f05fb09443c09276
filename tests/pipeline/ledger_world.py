"""A small world of workers and employers of its own, as often as a test wants one in the same base."""

from __future__ import annotations

import csv
import datetime as dt
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path
from typing import Any

from hypothesis import HealthCheck
from hypothesis import settings as how
from hypothesis.stateful import RuleBasedStateMachine, run_state_machine_as_test
from rosters import HEADER, workbook
from sqlalchemy import event, text

from clearbase.district.employers import credit_code
from clearbase.given import Given
from clearbase.intake.discover import waiting_files
from clearbase.pipeline.run import ingest
from clearbase.records import RosterKind
from clearbase.settings import Settings
from clearbase.standards.divisions import known_areas
from clearbase.standards.identity_number import check_character as number_check
from clearbase.warehouse.database import Database, open_database

Outcome = tuple[int | None, str, str | None]  # ledger submission or None, outcome, reason


class Killed(BaseException):
    """The run is gone: nothing of it is done any more."""


@dataclass(frozen=True)
class Row:
    """A line: which worker, how many days later than usual hired, when left; ``how`` it is spoilt, if it is."""

    worker: int
    hired: int = 0
    left: int | None = None
    how: str = ""


@dataclass(frozen=True)
class Sending:
    """A file: who sends it, for which month, as what; ``unit``: a plant of the employer that it is of; two of them
    (``一分厂+二分厂``): a workbook with a sheet for each, on which its workers take turns."""

    employer: int
    month: int
    kind: RosterKind
    rows: tuple[Row, ...]
    unit: str = ""


@dataclass
class World:
    """``number``: tells this world's people and employers from those of every other, up to 499."""

    settings: Settings
    database: Database
    folder: Path
    number: int
    sent: int = 0
    last: int = 0  # number of the submission that the newest file became
    codes: list[str] = field(default_factory=list)
    books: dict[Sending, bytes] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.codes = [credit_code(f"{self.number * 10 + n:08d}") for n in range(3)]

    def send(self, sending: Sending, killed_after: int | None = None) -> Outcome:
        """Send a file; where the run is killed, another finishes what it left."""
        self.sent += 1
        file = self._written(sending)
        given = Given(self.codes[sending.employer], dt.date(2026, sending.month, 1), sending.kind)
        files = waiting_files([file]).files
        before = self._newest_number()
        try:
            with killing(self.database, killed_after):
                ingest(self.settings, self.database, files, given, lambda *_: None)
        except Killed:
            ingest(self.settings, self.database, files, given, lambda *_: None)
        # Killed once all was done, it is there already, and what was sent again repeats it.
        return self._outcome(before)

    def extract(self, registered: list[tuple[int, str]]) -> Path:
        """A registry extract of these workers with the state of each registration."""
        self.sent += 1
        file = self.folder / f"{self.number}-{self.sent}-registry.csv"
        with file.open("w", encoding="utf-8-sig", newline="") as sheet:
            writer = csv.writer(sheet)
            writer.writerow(["登记编号", "姓名", "公民身份号码", "手机号", "现居住地址", "登记日期", "登记状态"])
            for worker, state in registered:
                name, number, _, phone, _, address, _, _ = self._cells(Row(worker))
                day = dt.date(2025, 6, 1) + dt.timedelta(days=worker)
                writer.writerow([f"BL{self.number:04d}{worker:04d}", name, number, phone, address, str(day), state])
        return file

    def _written(self, sending: Sending) -> Path:
        header, file = [*HEADER, "离职日期"], self.folder / f"{self.number}-{self.sent}.csv"
        if "+" in sending.unit:
            if sending not in self.books:  # written again it would have another date in it
                plants = sending.unit.split("+")
                people = [self._cells(row) for row in sending.rows]
                sheets = {plant: people[n :: len(plants)] for n, plant in enumerate(plants)}
                self.books[sending] = workbook(file.with_suffix(".xlsx"), sheets, header).read_bytes()
            file = file.with_suffix(".xlsx")
            file.write_bytes(self.books[sending])
            return file
        with file.open("w", encoding="utf-8-sig", newline="") as sheet:
            writer = csv.writer(sheet)
            if sending.unit:
                writer.writerow([f"{sending.unit}花名册"])
            writer.writerow(header)
            writer.writerows([n, *self._cells(row)] for n, row in enumerate(sending.rows, 1))
        return file

    def _newest_number(self) -> int:
        with self.database.loader.connect() as connection:
            return int(
                connection.execute(text("SELECT coalesce(max(submission_id), 0) FROM intake.submission")).scalar_one()
            )

    def _outcome(self, after: int) -> Outcome:
        """Of the first submission after that number."""
        with self.database.loader.connect() as connection:
            row = connection.execute(
                text("""SELECT i.submission_id, l.submission_id IS NOT NULL AS in_ledger, i.outcome, i.reason_code
                        FROM intake.submission AS i LEFT JOIN ledger.submission AS l USING (submission_id)
                        WHERE i.submission_id > :after ORDER BY i.submission_id LIMIT 1"""),
                {"after": after},
            ).one()
        self.last = row.submission_id
        return row.submission_id if row.in_ledger else None, row.outcome, row.reason_code

    def _cells(self, row: Row) -> list[str]:
        # Worlds share a base: nobody of one is to be found by name, day, house or what is left of a number of another.
        born = dt.date(1975 + row.worker, 1 + row.worker % 12, 1 + (row.worker + self.number) % 28)
        areas = sorted(known_areas())
        body = f"{areas[31 * self.number % len(areas)]}{born:%Y%m%d}{2 * self.number - 1:03d}"
        number = body + number_check(body)
        given = "甲乙丙丁戊己庚辛壬癸"[self.number % 10] + "子丑寅卯辰巳午未申酉戌亥"[self.number // 10 % 12]
        name = "赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨"[row.worker] + given
        if row.how == "other name":
            name = "司马" + name[1:]
        if row.how == "no name":
            name = ""
        if row.how == "number lost":
            # As Excel leaves it; in every world one that fails its check, which one in eleven would pass.
            tries = (number[:14] + digit + "000" for digit in (number[14], *"0123456789"))
            number = next(lost for lost in tries if number_check(lost[:17]) != lost[17])
        hired = dt.date(2025, 1 + row.worker % 12, 3) + dt.timedelta(days=row.hired)
        left = "" if row.left is None else str(dt.date(2026, 1, 1) + dt.timedelta(days=row.left))
        phone = f"138{self.number:04d}{row.worker:04d}"
        home, room = f"安徽省阜阳市{given}县{self.number}号", f"北仑区新碶街道{self.number}号"
        return [name, number, "男", phone, home, room, str(hired), left]

    def tables(self) -> dict[str, list[Any]]:
        """What is derived, with employers and persons in the terms of every world: by their place and birth month."""
        named = {"codes": self.codes}
        with self.database.loader.connect() as connection:
            return {
                what: sorted(str(tuple(row)) for row in connection.execute(text(sql), named))
                for what, sql in DERIVED.items()
            }


OURS = "employer_uscc = ANY (CAST(:codes AS text[]))"
WHICH = "array_position(CAST(:codes AS text[]), employer_uscc)"
DERIVED = {
    "spells": f"""SELECT {WHICH}, p.birth_month, p.sex, e.valid_from::text, e.valid_to::text,
                         e.leave_earliest, e.start_evidence, e.leave_evidence
                  FROM warehouse.fact_employment AS e JOIN warehouse.dim_person AS p USING (person_id)
                  WHERE e.known_to = 'infinity' AND p.known_to = 'infinity' AND {OURS}""",
    "match states": f"""SELECT p.birth_month, m.state, m.valid_from::text, m.valid_to::text
                        FROM warehouse.fact_match AS m JOIN warehouse.dim_person AS p USING (person_id)
                        WHERE m.known_to = 'infinity' AND p.known_to = 'infinity'
                          AND person_id IN (SELECT person_id FROM warehouse.spell_state WHERE {OURS})""",
    "state": f"""SELECT {WHICH}, p.birth_month, e.spell_no, e.first_month, e.last_named, e.last_active, e.hire_date,
                        e.leave_date, e.left_by, e.newest_hire, e.newest_leave, e.unit, e.absent_by
                 FROM warehouse.spell_state AS e JOIN warehouse.dim_person AS p USING (person_id)
                 WHERE p.known_to = 'infinity' AND {OURS}""",
    "postings": f"""SELECT {WHICH}, p.birth_month, f.role, f.party, f.told_from, f.valid_from::text, f.valid_to::text
                    FROM warehouse.fact_posting AS f JOIN warehouse.dim_person AS p USING (person_id)
                    WHERE f.known_to = 'infinity' AND p.known_to = 'infinity' AND {OURS}""",
    "headcounts": f"SELECT {WHICH}, month, persons FROM mart.headcount_month WHERE {OURS}",
    "submissions": f"""SELECT {WHICH}, period, kind, rows_published, rows_quarantined
                       FROM warehouse.fact_submission WHERE {OURS}""",
}


def _wait_for_its_end(database: Database) -> None:
    """The server ends what a run that is gone had open, and gives its locks back, when it comes to it."""
    held = "SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND pid <> pg_backend_pid()"
    deadline = time.monotonic() + 20
    with database.loader.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        while connection.execute(text(held)).scalar_one() and time.monotonic() < deadline:
            time.sleep(0.05)


@contextmanager
def killing(database: Database, after: int | None) -> Iterator[None]:
    """The run inside is killed once it has executed so many statements: from there on none of its statements is, and
    what it has not committed is rolled back."""
    if after is None:
        yield
        return
    left = after

    def count(*_: Any) -> None:
        nonlocal left
        left -= 1
        if left < 0:
            raise Killed

    is_killed = False
    event.listen(database.loader, "before_cursor_execute", count)
    event.listen(database.loader, "commit", count)
    try:
        yield
    except Killed:
        is_killed = True
        database.loader.dispose()  # with the process go its connections, and what was open on them
        raise
    finally:
        event.remove(database.loader, "before_cursor_execute", count)
        event.remove(database.loader, "commit", count)
        if is_killed:
            _wait_for_its_end(database)


def run_machine(machine: type[RuleBasedStateMachine], home: Path, folder: Path, sequences: int, steps: int) -> int:
    """So many random sequences in one base, each a world of its own. Returns how many ends the machine ``compared``."""
    settings = Settings(home=home)
    with open_database(settings) as database:
        compared = count()
        base = {"settings": settings, "database": database, "folder": folder, "worlds": count(1), "compared": compared}
        run_state_machine_as_test(
            type("Here", (machine,), base),
            settings=how(
                max_examples=sequences,
                stateful_step_count=steps,
                deadline=None,
                derandomize=sequences < 10,
                suppress_health_check=list(HealthCheck),
                print_blob=True,
            ),
        )
        return next(compared)
