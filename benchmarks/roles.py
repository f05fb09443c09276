"""What row policies and views cost an analyst: usual queries as the local administrator, whom no policy holds, and as
the analyst: `PYTHONPATH=plugins .venv/bin/python benchmarks/roles.py`. The best of several runs in turn, so that a
busy machine is the same for both."""

from __future__ import annotations

import argparse
import csv
import tempfile
import time
from pathlib import Path

from publishing import fill
from sqlalchemy import Connection, create_engine

from clearbase.settings import Settings
from clearbase.warehouse.database import open_database

QUERIES = list(csv.reader((Path(__file__).parent / "usual_queries.csv").open(encoding="utf-8")))[1:]


def seconds(connection: Connection, sql: str) -> float:
    began = time.monotonic()
    connection.exec_driver_sql(sql).all()
    return time.monotonic() - began


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--persons", type=int, default=300_000)
    parser.add_argument("--spells", type=int, default=500_000)
    parser.add_argument("--times", type=int, default=5)
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as home:
        settings = Settings(home=Path(home) / "home")
        with open_database(settings) as database:
            fill(database, asked.persons, asked.spells)
            owner, analyst = (
                create_engine(url, connect_args={"options": "-c jit=off"}).connect()
                for url in (database.admin, database.people["analyst"])
            )
            ratios = []
            for what, sql in QUERIES:
                taken = [(seconds(owner, sql), seconds(analyst, sql)) for _ in range(asked.times)]
                best, mine = (min(each) for each in zip(*taken, strict=True))
                ratios.append((mine / best, what))
                told = f"{best * 1000:8.1f} ms, as analyst {mine * 1000:8.1f} ms: {mine / best:.2f} x"
                print(f"{what:<45} {told}", flush=True)
            owner.close()
            analyst.close()
    worst = max(ratios)
    sizes = f"{asked.persons:,} persons and {asked.spells:,} spells"
    print(f"{len(QUERIES)} queries, {sizes}: at most {worst[0]:.2f} x ({worst[1]})")


if __name__ == "__main__":
    main()
