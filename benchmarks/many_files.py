"""A batch of thousands of small files, with an analyst at work beside it:
`PYTHONPATH=plugins .venv/bin/python benchmarks/many_files.py`.

Told are what the analyst's questions take while the batch is published (which has the machine's cores, too) and alone,
and every lock on what analysts read that would have made them wait.
"""

from __future__ import annotations

import argparse
import datetime as dt
import tempfile
import threading
import time
from pathlib import Path

from publishing import code, people, publish, put
from sqlalchemy import create_engine, text

from clearbase.settings import Settings
from clearbase.warehouse.database import Database, open_database

QUESTIONS = (
    "SELECT month, sum(persons) FROM mart.headcount_month GROUP BY month",
    "SELECT count(*) FROM warehouse.employment_as_of('2026-01-20', now())",
    "SELECT state, count(*) FROM warehouse.fact_match WHERE known_to = 'infinity' GROUP BY state",
)
# Who reads takes ACCESS SHARE, which waits for ACCESS EXCLUSIVE alone (PostgreSQL 18, 13.3.1).
BLOCKING = """SELECT DISTINCT c.oid::regclass::text
              FROM pg_locks AS l
              JOIN pg_class AS c ON c.oid = l.relation JOIN pg_namespace AS n ON n.oid = c.relnamespace
              WHERE l.mode = 'AccessExclusiveLock' AND n.nspname IN ('warehouse', 'mart', 'ledger', 'identity')"""


class Analyst(threading.Thread):
    """Asks one question after the other until told to stop; ``taken``: seconds each; ``blocked_by``: tables on which a
    lock was seen that makes readers wait."""

    def __init__(self, database: Database) -> None:
        super().__init__()
        self.engine = create_engine(database.admin)
        self.ends = threading.Event()
        self.taken: list[float] = []
        self.blocked_by: set[str] = set()

    def run(self) -> None:
        while not self.ends.wait(0.05):
            for question in QUESTIONS:
                with self.engine.begin() as connection:
                    began = time.monotonic()
                    connection.exec_driver_sql(question).all()
                    self.taken.append(time.monotonic() - began)
                    self.blocked_by.update(connection.execute(text(BLOCKING)).scalars())
        self.engine.dispose()

    def told(self, when: str) -> None:
        self.ends.set()
        self.join()
        taken = sorted(self.taken)
        print(
            f"{when}: {len(taken)} questions, median {taken[len(taken) // 2] * 1000:.1f} ms,"
            f" 99th {taken[len(taken) * 99 // 100] * 1000:.0f} ms, worst {taken[-1] * 1000:.0f} ms;"
            f" tables locked against readers: {', '.join(sorted(self.blocked_by)) or 'none'}"
        )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--files", type=int, default=5_000)
    parser.add_argument("--lines", type=int, default=10, help="in each file")
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as home:
        settings = Settings(home=Path(home) / "home")
        with open_database(settings) as database:
            everybody = people(0, asked.files * asked.lines)
            files = [(code(n), everybody.slice(n * asked.lines, asked.lines)) for n in range(asked.files)]
            batch = put(settings, database, files, dt.date(2026, 1, 1), "full")
            beside = Analyst(database)
            beside.start()
            publish(settings, database, batch, f"{asked.files} files of {asked.lines} lines", {})
            beside.told("beside the batch")
            alone = Analyst(database)
            alone.start()
            time.sleep(20)
            alone.told("alone, on what it left")


if __name__ == "__main__":
    main()
