"""What publishing costs, into an empty warehouse and into a large one:
`PYTHONPATH=plugins .venv/bin/python benchmarks/publishing.py`.

A batch of files is put where checking leaves it (sealed, staged, with its submissions); resolving and publishing then
are the pipeline's own. The large warehouse is filled by SQL (``benchmarks/fill/*.sql``): persons, spells, ledger lines,
tokens, keys. Told are wall and CPU seconds, those of this process and of every process of the server, beside a raw COPY
of the same rows into a plain logged table: machines are shared and noisy, so the ratio is what counts.
"""

from __future__ import annotations

import argparse
import datetime as dt
import io
import os
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.csv as pacsv
from sqlalchemy import create_engine, text

from clearbase.district.employers import credit_code
from clearbase.district.id_numbers import with_check
from clearbase.intake.claim import open_batch
from clearbase.ledger.employers import Employer, record_employer
from clearbase.pipeline.publish import publish_batch
from clearbase.pipeline.resolve import resolve_batch
from clearbase.pipeline.submissions import staged
from clearbase.pipeline.undo import decide_submission
from clearbase.privacy.landing import seal_table
from clearbase.settings import Settings
from clearbase.warehouse.database import Database, open_database
from clearbase.warehouse.statements import statement

TICK = os.sysconf("SC_CLK_TCK")
HERE = Path(__file__).resolve().parent


def code(n: int) -> str:
    """A valid credit code of nobody."""
    return credit_code(f"{n:08d}")


def numbers(first: int, count: int) -> pa.Array:
    """Distinct valid identity numbers (GB 11643): 999 a day and area, from 1960 on."""
    n = np.arange(first, first + count)
    days = np.datetime64("1960-01-01") + (n // 999 % 16000)
    digits = np.array(np.char.replace(days.astype(str), "-", ""), dtype=np.int64)
    area = 330200 + n // 999 // 16000
    return pa.array(with_check(area * 10**11 + digits * 1000 + n % 999 + 1))


def people(first: int, count: int) -> pa.Table:
    """Checked lines of so many people: 25 fields, as ``quality.check`` leaves them."""
    ids = numbers(first, count)
    n = np.arange(first, first + count)
    parts = [pc.utf8_slice_codeunits(ids, start, stop) for start, stop in ((6, 10), (10, 12), (12, 14))]
    births = pc.binary_join_element_wise(*parts, "-")
    some = lambda *words: pa.array(np.array(words, object)[n % len(words)], pa.string())  # noqa: E731
    return pa.table(
        {
            "sheet": pa.array(np.ones(count), pa.int16()),
            "row": pa.array(np.arange(2, count + 2), pa.int32()),
            "name": pa.array([f"张{'丰华明强军'[i % 5]}{chr(0x4E00 + i % 3000)}" for i in n]),
            "id_number": ids,
            "sex": some("male", "female"),
            "birth_date": births,
            "phone": pa.array([f"138{i % 10**8:08d}" for i in n]),
            "household_address": pa.array([f"安徽省阜阳市颍上县新集镇{i % 3000}号" for i in n]),
            "current_address": pa.array([f"宁波市北仑区新碶街道明州路{i % 900}号" for i in n]),
            "hire_date": some("2024-03-05", "2025-07-01", "2023-11-15"),
            "education": some("20", "70", "30"),
            "ethnicity": some("01", "11"),
            "marital_status": some("10", "20"),
            "political_status": some("13", "03"),
            "department": some("一车间", "二车间", "仓库"),
            "job_title": some("操作工", "质检员"),
            "employee_no": pa.array([f"A{i:07d}" for i in n]),
            "contract_signed": some("是"),
            "contract_start": some("2024-03-05", "2025-07-01"),
            "contract_end": some("2027-03-04", "2028-06-30"),
            "social_insurance": some("是", "否"),
            "insurance_start": some("2024-04", "2025-08"),
            "native_place": some("安徽阜阳", "河南信阳"),
            "household_type": some("农村", "城镇"),
            "dwelling_type": some("1", "2"),
            "employment_form": some("1"),
            "employment_status": some("active"),
            "rule_bits": pa.array(np.zeros(count), pa.uint64()),
            "disposition": some("accepted"),
            "number_state": some("usable"),
        }
    )


def cpu(database: Database) -> float:
    """CPU seconds used so far by this process and by the server, its ended processes included."""
    with database.loader.connect() as connection:
        backend = connection.execute(text("SELECT pg_backend_pid()")).scalar_one()
    stats = {}
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            fields = (folder / "stat").read_text().rsplit(")", 1)[1].split()
        except (OSError, IndexError):
            continue
        stats[int(folder.name)] = (int(fields[1]), *(int(f) for f in fields[11:15]))
    postmaster = stats[backend][0]
    used = sum(user + system for parent, user, system, _, _ in stats.values() if parent == postmaster)
    used += sum(stats[postmaster][1:])
    own = os.times()
    return used / TICK + own.user + own.system


@contextmanager
def measured(database: Database, what: str, told: dict[str, tuple[float, float]]) -> Iterator[None]:
    began, used = time.monotonic(), cpu(database)
    yield
    told[what] = (time.monotonic() - began, cpu(database) - used)
    print(f"{what:<58} {told[what][0]:8.1f} s wall {told[what][1]:8.1f} s CPU", flush=True)


def put(settings: Settings, database: Database, files: list[tuple[str, pa.Table]], month: dt.date, kind: str) -> int:
    """A batch of checked files, as ``check_batch`` leaves them. Returns its number."""
    with database.loader.begin() as connection:
        batch_id = open_batch(connection)
    for employer, lines in files:
        with database.loader.begin() as connection:
            number = int(connection.execute(statement("intake/next_source")).scalar_one())
            record_employer(connection, Employer(employer), "benchmark")
            key = {"submission_id": number, "batch_id": batch_id, "employer_uscc": employer, "period": month}
            rows = lines.num_rows
            connection.execute(
                text("""INSERT INTO intake.submission (submission_id, batch_id, file_name, file_name_sealed, source_key,
                            file_sha256, file_bytes, employer_uscc, period, kind, state, rows_read, rows_set_aside)
                        VALUES (:submission_id, :batch_id, 'bench', '', CAST(:key AS text)::bytea,
                            CAST(:key AS text)::bytea, 1, :employer_uscc, :period, :kind, 'checked', :rows, 0)"""),
                key | {"kind": kind, "rows": rows, "key": str(number)},
            )
            connection.execute(
                text("""INSERT INTO intake.sheet
                            (submission_id, position, name, role, reason, rows_read, lines, set_aside, columns)
                        VALUES (:submission_id, 1, 'Sheet1', 'roster', '', :rows, :rows, '{}', '[]')"""),
                key | {"rows": rows},
            )
        seal_table(database.keyring, staged(settings, number, "checked"), lines)
    return batch_id


def publish(
    settings: Settings, database: Database, batch_id: int, what: str, told: dict[str, tuple[float, float]]
) -> None:
    with measured(database, f"{what}: resolve", told):
        resolve_batch(settings, database, batch_id)
    with measured(database, f"{what}: publish", told):
        publish_batch(settings, database, batch_id)
    with database.loader.connect() as connection:
        left = connection.execute(
            text("SELECT outcome, reason_code, count(*) FROM intake.submission WHERE batch_id = :b GROUP BY 1, 2"),
            {"b": batch_id},
        ).all()
    assert all(row.outcome == "published" for row in left), left


def raw_copy(database: Database, lines: pa.Table, told: dict[str, tuple[float, float]]) -> float:
    """COPY of the rows, all their columns as text, into a plain logged table: the floor."""
    columns = [name for name in lines.column_names if pa.types.is_string(lines[name].type)]
    buffer = io.BytesIO()
    pacsv.write_csv(lines.select(columns), buffer, pacsv.WriteOptions(include_header=False))
    buffer.seek(0)
    admin = create_engine(database.admin)
    with admin.begin() as connection:
        connection.exec_driver_sql(f"CREATE TABLE public.floor ({', '.join(f'{name} text' for name in columns)})")
    with measured(database, "raw COPY of the same rows", told), admin.begin() as connection:
        connection.connection.cursor().copy_expert("COPY public.floor FROM STDIN (FORMAT csv)", buffer)
    with admin.begin() as connection:
        connection.exec_driver_sql("DROP TABLE public.floor")
    admin.dispose()
    return told["raw COPY of the same rows"][1]


def fill(database: Database, persons: int, spells: int) -> None:
    """A base of so many persons and spells, with the ledger under them."""
    admin = create_engine(database.admin)
    for path in sorted((HERE / "fill").glob("*.sql")):
        began = time.monotonic()
        with admin.begin() as connection:
            connection.exec_driver_sql("SET LOCAL session_replication_role = replica")
            connection.execute(text(path.read_text(encoding="utf-8")), {"persons": persons, "spells": spells})
        print(f"  filled {path.stem} in {time.monotonic() - began:.0f} s", flush=True)
    admin.dispose()


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--lines", type=int, default=1_000_000)
    parser.add_argument("--files", type=int, default=100)
    parser.add_argument("--persons", type=int, default=3_000_000)
    parser.add_argument("--spells", type=int, default=5_000_000)
    parser.add_argument("--months", type=int, default=0, help="only: one employer's months in their order")
    parser.add_argument("--people", type=int, default=10_000, help="with --months: people a month")
    parser.add_argument("--only", choices=("empty",), help="leave the large warehouse out")
    asked = parser.parse_args()
    if 0 < asked.months < 4:
        parser.error("--months compares the last three with months 2 to 4: at least 4")
    with tempfile.TemporaryDirectory() as home:
        settings = Settings(home=Path(home) / "home")
        with open_database(settings) as database:
            if asked.months:
                months(settings, database, asked.months, asked.people)
            else:
                sizes(settings, database, asked)


def sizes(settings: Settings, database: Database, asked: argparse.Namespace) -> None:
    told: dict[str, tuple[float, float]] = {}
    a_file = asked.lines // asked.files
    floor = raw_copy(database, people(0, asked.lines), told)
    for what, first in (("empty", 0), ("large", asked.lines))[: 1 if asked.only else 2]:
        if what == "large":
            fill(database, asked.persons, asked.spells)
        files = [(code(first // a_file + n), people(first + n * a_file, a_file)) for n in range(asked.files)]
        batch = put(settings, database, files, dt.date(2026, 1, 1), "full")
        publish(settings, database, batch, f"{asked.lines} lines, {what}", told)
        wall, used = told[f"{asked.lines} lines, {what}: publish"]
        print(f"  = {used / floor:.1f} x raw COPY, {wall:.0f} s")
    if asked.only:
        return
    files = [(code(9_000_000), people(2 * asked.lines, 10_000))]
    batch = put(settings, database, files, dt.date(2026, 1, 1), "full")
    publish(settings, database, batch, "10000 lines, large", told)
    with database.loader.connect() as connection:
        number = int(connection.execute(text("SELECT max(submission_id) FROM ledger.submission")).scalar_one())
    with measured(database, "undo of a submission of 10000 lines", told):
        decide_submission(database, number, "undone", "benchmark", "benchmark", commit=True)
    as_of(database)


def as_of(database: Database) -> None:
    query = text("""SELECT count(*) FROM warehouse.employment_as_of('2026-01-20', now()) WHERE employer_uscc = :code""")
    with database.loader.connect() as connection:
        employers = list(
            connection.execute(text("SELECT employer_uscc FROM ledger.submission ORDER BY random() LIMIT 50")).scalars()
        )
        spells = connection.execute(text("SELECT count(*) FROM warehouse.fact_employment")).scalar_one()
        taken = []
        for code in employers:
            began = time.monotonic()
            connection.execute(query, {"code": code}).scalar_one()
            taken.append(time.monotonic() - began)
    taken.sort()
    middle, worst = taken[len(taken) // 2] * 1000, taken[-1] * 1000
    print(f"who worked where on a day, one employer, {spells} spells: median {middle:.1f} ms, worst {worst:.1f} ms")


def months(settings: Settings, database: Database, many: int, staff: int) -> None:
    """One employer, full rosters month by month; a thirtieth of the staff changes each month."""
    told: dict[str, tuple[float, float]] = {}
    employer, moved = code(1), staff // 30
    for month in range(many):
        when = dt.date(2025 + (month + 7) // 12, (month + 7) % 12 + 1, 1)
        batch = put(settings, database, [(employer, people(month * moved, staff))], when, "full")
        publish(settings, database, batch, f"month {month + 1}", told)
    # Statistics of the tables are gathered every few months, in one month or its neighbour: so three of them each.
    third, last = (
        sum(told[f"month {n}: publish"][1] for n in range(middle - 1, middle + 2)) for middle in (3, many - 1)
    )
    print(f"months {many - 2} to {many} cost {last / third:.2f} x the CPU of months 2 to 4")


if __name__ == "__main__":
    main()
