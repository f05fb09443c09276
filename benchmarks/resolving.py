"""What it costs to find out who the lines of a file are, in a base with so many registry records:
`PYTHONPATH=plugins .venv/bin/python benchmarks/resolving.py [--sizes 1000000 3000000] [--batch 1000]`.

The records are those of a draw (`identity/draw.py`) over and over: names, numbers with birth dates, phones, households
and rooms each shuffled by itself, numbers, phones and houses made new, so that namesakes and birthdays grow with the
registry. Sealed values, tokens and persons are as `registry load` leaves them, put there by COPY; the batches are rows
of the draw, spoilt as it spoils them, staged as checking leaves them; resolving is the pipeline's own.
"""

from __future__ import annotations

import argparse
import datetime as dt
import os
import tempfile
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from publishing import code, measured, put
from sqlalchemy import Connection, create_engine, text

from clearbase.district.id_numbers import with_check
from clearbase.identity.blocks import block_tokens, lists_of
from clearbase.identity.draw import draw
from clearbase.identity.evaluate import cells_of
from clearbase.identity.features import canonical, features_of_canonical
from clearbase.identity.line_tokens import person_tokens
from clearbase.ledger.line_json import json_rows
from clearbase.pipeline.candidates import KEPT
from clearbase.pipeline.resolve import resolve_batch
from clearbase.privacy.keyring import Keyring
from clearbase.privacy.sealing import seal_rows
from clearbase.quality.check import DAMAGED
from clearbase.settings import Settings
from clearbase.warehouse.copying import copy_rows
from clearbase.warehouse.database import Database, open_database

TIMES = 4  # batches of each size; the first wakes everything up
GROUPS = (("name",), ("id_number", "birth_date", "sex"), ("phone",), ("household_address",), ("current_address",))
RULES = "SELECT rule, count(*) FROM staging.line GROUP BY rule ORDER BY 2 DESC"


def as_checked(cells: pa.Table) -> pa.Table:
    """Raw cells as checking keeps them (``candidates.KEPT``)."""
    told = canonical(cells)
    usable, said = told["id_number__usable"], told["id_number"]
    lost = pc.and_(pc.is_null(usable), pc.fill_null(pc.match_substring_regex(said, DAMAGED), False))
    nothing = pa.scalar(None, pa.string())
    return pa.table(
        {
            **{name: told[name] for name in KEPT if name in told.column_names},
            "birth_date": pc.coalesce(told["birth__by_number"], told["birth_date"]),
            "sex": pc.coalesce(told["sex__by_number"], told["sex"]),
            "id_number": usable,
            "id_number_damaged": pc.if_else(lost, said, nothing),
        }
    ).combine_chunks()


def others(records: pa.Table, copy: int) -> pa.Table:
    """As many other people, alike in everything that is counted."""
    if not copy:
        return records
    rng = np.random.default_rng(copy)
    told = {}
    for group in GROUPS:
        order = pa.array(rng.permutation(records.num_rows))
        told |= {column: records[column].take(order).combine_chunks() for column in group}
    head = pc.utf8_slice_codeunits(told["id_number"], 0, 14).cast(pa.int64())
    numbers = with_check(pc.fill_null(head, 0).to_numpy() * 1000 + rng.integers(1, 1000, records.num_rows))
    told["id_number"] = pc.if_else(pc.is_valid(head), pa.array(numbers), pa.scalar(None, pa.string()))
    tail = pa.array(rng.integers(1000, 9999, records.num_rows).astype(str))
    told["phone"] = pc.binary_join_element_wise(pc.utf8_slice_codeunits(told["phone"], 0, 7), tail, "")
    for column in ("household_address", "current_address"):
        told[column] = pc.binary_join_element_wise(told[column], f"{copy}号", "")
    told["id_number_damaged"] = pa.nulls(records.num_rows, pa.string())
    return pa.table({name: told[name] for name in KEPT})


def load(connection: Connection, keyring: Keyring, key: bytes, load_id: int, records: pa.Table) -> None:
    """Records of one source, each its own person's, all sealed under one key."""
    ids = pa.array(np.arange(records.num_rows, dtype=np.int64) + load_id * 2**24 + 1)
    ones, tokens = pa.array(np.ones(records.num_rows, np.int64)), person_tokens(keyring.token, records)
    clears = json_rows(records, list(KEPT)).to_pylist()
    sealed = seal_rows("registry_record", ids.to_pylist(), [1] * len(ids), {1: key}, clears)
    yes = pa.array(np.ones(records.num_rows, np.bool_))
    known = {"record_id": ids, "person_id": ids, "current": yes}
    copy_rows(connection, "identity.person", pa.table({"person_id": ids}))
    copy_rows(connection, "identity.record_person", pa.table(known))
    copy_rows(connection, "identity.record_token", pa.table({"record_id": ids, **tokens, "content": tokens["name"]}))
    record = {"record_id": ids, "load_id": pa.array([load_id] * len(ids)), "row_no": ones.cast(pa.int32())}
    record |= {"registered": yes, "key_no": ones, "sealed": pa.array(sealed, pa.binary())}
    copy_rows(connection, "ledger.registry_record", pa.table(record))
    lists = lists_of(block_tokens(keyring.token, features_of_canonical(records)))
    copy_rows(connection, "identity.block_token", pa.table({"owner_id": ids, "tokens": lists}))
    numbered = pa.table({"number": tokens["number"], "name": tokens["name"], "person_id": ids}).drop_null()
    connection.execute(text("CREATE TEMPORARY TABLE pairs (LIKE identity.person_token) ON COMMIT DROP"))
    copy_rows(connection, "pairs", numbered)
    connection.execute(text("INSERT INTO identity.person_token SELECT * FROM pairs ON CONFLICT DO NOTHING"))


def fill(database: Database, records: pa.Table, first: int, last: int, key: bytes) -> None:
    """Copies ``first`` to ``last`` of the records, the index of tokens made anew at the end."""
    admin = create_engine(database.admin)
    index = "identity.block_token_tokens_idx"
    with admin.begin() as connection:
        connection.exec_driver_sql(f"DROP INDEX {index}")
    for copy in range(first, last):
        with admin.begin() as connection:
            connection.exec_driver_sql("SET LOCAL session_replication_role = replica")
            load(connection, database.keyring, key, copy + 1, others(records, copy))
    with admin.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.exec_driver_sql("SET maintenance_work_mem = '1GB'")
        connection.exec_driver_sql("CREATE INDEX block_token_tokens_idx ON identity.block_token USING gin (tokens)")
        connection.exec_driver_sql("VACUUM ANALYZE")
    admin.dispose()


def checked(lines: pa.Table) -> pa.Table:
    """Lines of a file as ``quality.check`` leaves them."""
    count = lines.num_rows
    state = pc.if_else(pc.is_valid(lines["id_number"]), "usable", "lost")
    places = {"sheet": pa.array(np.ones(count), pa.int16()), "row": pa.array(np.arange(2, count + 2), pa.int32())}
    told = {"rule_bits": pa.array(np.zeros(count), pa.uint64()), "disposition": pa.array(["accepted"] * count)}
    return pa.table({**places, **{name: lines[name] for name in lines.column_names}, **told, "number_state": state})


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sizes", type=int, nargs="+", default=[1_000_000, 3_000_000])
    parser.add_argument("--batch", type=int, default=1000)
    parser.add_argument("--persons", type=int, default=50_000, help="people of the draw that is copied")
    asked = parser.parse_args()
    made = draw(101, asked.persons)
    records, rows = (as_checked(cells_of(some)) for some in (made.records, made.rows[: TIMES * asked.batch]))
    told: dict[str, tuple[float, float]] = {}
    least = {}
    with tempfile.TemporaryDirectory() as home:
        settings = Settings(home=Path(home) / "home")
        with open_database(settings) as database:
            key, there = os.urandom(32), 0
            with create_engine(database.admin).begin() as connection:
                wrapped = database.keyring.wrap_all([key], [b"person-key:1"])[0]
                connection.execute(
                    text("INSERT INTO identity.person_key (key_no, source_id, wrapped) VALUES (1, 0, :wrapped)"),
                    {"wrapped": wrapped},
                )
            for size in sorted(asked.sizes):
                copies = -(-size // records.num_rows)
                fill(database, records, there, copies, key)
                there = copies
                spent = []
                for n in range(TIMES):
                    lines = checked(rows.slice(n * asked.batch, asked.batch))
                    batch = put(settings, database, [(code(n + 1), lines)], dt.date(2026, 1, 1), "full")
                    what = f"{lines.num_rows} lines, {copies * records.num_rows} records, batch {n}"
                    with measured(database, what, told):
                        resolve_batch(settings, database, batch)
                    spent.append(told[what][::-1])
                    with database.loader.begin() as connection:
                        rules = connection.execute(text(RULES)).all()
                        connection.execute(text("DELETE FROM staging.line"))
                        connection.execute(text("DELETE FROM staging.block_token"))
                print("  " + ", ".join(f"{rule} {many}" for rule, many in rules))
                least[size] = min(spent[1:])
                print(f"  least of {TIMES - 1}: {least[size][0]:.2f} s of CPU, {least[size][1]:.2f} s", flush=True)
    (_, small), *_, (_, large) = sorted(least.items())
    print(f"against the most / against the fewest records: {large[0] / small[0]:.2f} of the CPU")


if __name__ == "__main__":
    main()
