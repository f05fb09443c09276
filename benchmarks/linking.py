"""What linking costs beside Splink over everything, on one draw, in one run; CPU seconds, so that other jobs matter
little: `PYTHONPATH=plugins .venv/bin/python benchmarks/linking.py [--persons 1000000]`. Splink gets the same features,
comparisons, m and u, blocks for itself over all rows, and takes each row's best record from weight 20 on. With
`--peers` it is what Splink and recordlinkage make of the draw by themselves (`linking_peers.py`)."""

from __future__ import annotations

import argparse
import time
from collections.abc import Iterator
from contextlib import contextmanager

import duckdb
import pyarrow as pa
import pyarrow.compute as pc
from linking_peers import beside
from splink import DuckDBAPI, Linker, block_on

from clearbase.identity.draw import Draw, draw
from clearbase.identity.evaluate import count, tables
from clearbase.identity.matching import match
from clearbase.identity.model import Model, load_model
from clearbase.identity.statements import open_memory

# What Splink may block on: the keys that bring up nearly everything that ours do.
RULES = (
    ("digits",), ("phone",), ("name", "birth"), ("sound", "birth"), ("h_place", "h_house", "birth"),
    ("name", "h_county"), ("substr(digits, 1, 14)",), ("substr(digits, 7, 12)",),
)  # fmt: skip


@contextmanager
def measured(what: str, spent: dict[str, float]) -> Iterator[None]:
    """CPU seconds of the body under ``what``; of several the least, as other jobs only ever add to them."""
    cpu, wall = time.process_time(), time.monotonic()
    yield
    used = time.process_time() - cpu
    spent[what] = min(used, spent.get(what, used))
    print(f"{what}: {used:.1f} s of CPU, {time.monotonic() - wall:.1f} s", flush=True)


def over_everything(connection: duckdb.DuckDBPyConnection, model: Model) -> list[tuple[int, int]]:
    """(row, record) by Splink alone."""
    connection.execute(
        "CREATE TABLE everybody AS SELECT no AS who, * EXCLUDE (no, id) FROM record "
        "UNION ALL BY NAME SELECT -1 - no AS who, * EXCLUDE (no, id) FROM line"
    )
    for side, condition in (("roster", "who < 0"), ("registry", "who >= 0")):
        connection.execute(f"CREATE TABLE {side} AS SELECT * FROM everybody WHERE {condition}")  # noqa: S608
    settings = model.splink_settings() | {
        "link_type": "link_only",
        "blocking_rules_to_generate_predictions": [block_on(*rule) for rule in RULES],
    }
    api = DuckDBAPI(connection=connection)
    linker = Linker([api.register("registry"), api.register("roster")], settings, log_level=None)
    predicted = linker.inference.predict(threshold_match_weight=model.thresholds["same"], warning_mode="never")
    return connection.execute(
        "SELECT -1 - least(who_l, who_r), greatest(who_l, who_r) "  # noqa: S608
        f"FROM {predicted.physical_name} "
        "QUALIFY row_number() OVER (PARTITION BY least(who_l, who_r) ORDER BY match_weight DESC) = 1"
    ).fetchall()


def copied(people: pa.Table, copies: int) -> pa.Table:
    """The same people again and again with other numbers, phones, centuries and places: a large draw takes long."""
    told = []
    for copy in range(copies):
        other = {column: people[column] for column in people.column_names}
        if copy:
            for columns, pattern, text in (
                (("digits", "head"), r"\A.{3}(.{3}).{2}", f"{100 + copy}\\1{10 + copy}"),
                (("phone", "phone_2"), r"\A.{3}", str(200 + copy)),
                (("birth",), r"\A..", str(100 + copy)), (("h_place", "h_county", "c_place", "id"), r"\z", str(copy)),
            ):  # fmt: skip
                for column in columns:
                    other[column] = pc.replace_substring_regex(people[column], pattern, text)
        told.append(pa.table(other))
    return pa.concat_tables(told).combine_chunks()


def among_rows(connection: duckdb.DuckDBPyConnection, model: Model) -> None:
    """Rows against rows by Splink alone: the other half of what ours does."""
    settings = model.splink_settings() | {"blocking_rules_to_generate_predictions": [block_on(*rule) for rule in RULES]}
    api = DuckDBAPI(connection=connection)
    linker = Linker(api.register("roster"), settings, log_level=None)
    linker.inference.predict(threshold_match_weight=model.thresholds["same"], warning_mode="never")


def told_of(made: Draw, links: list[tuple[int, int]]) -> str:
    right = sum(made.row_person[row] == made.record_person[record] for row, record in links)
    registered = set(made.record_person)
    known = sum(person in registered for person in made.row_person)
    return f"precision {right / max(len(links), 1):.5f}, recall {right / known:.4f} (automatic links)"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--persons", type=int, default=1_000_000)
    parser.add_argument("--rows", type=int, default=333_000)
    parser.add_argument("--seed", type=int, default=101)
    parser.add_argument("--copies", type=int, default=1, help="of the draw, for CPU alone: persons and rows are of one")
    parser.add_argument("--peers", action="store_true", help="plain Splink and recordlinkage beside ours: quality, too")
    parser.add_argument("--times", type=int, default=1, help="that each is run, by turns; the least CPU counts")
    asked = parser.parse_args()
    spent: dict[str, float] = {}
    model = load_model()
    with measured("draw", spent):
        made = draw(asked.seed, asked.persons)
        del made.rows[asked.rows :], made.row_person[asked.rows :], made.row_kinds[asked.rows :]
    print(f"{len(made.rows):,} rows, {len(made.records):,} records, seed {asked.seed}, model {model.version}")
    with measured("features of both", spent):
        records, lines = tables(made)
    if asked.peers:
        beside(made, records, lines, model)
    else:
        if asked.copies > 1:
            records, lines = copied(records, asked.copies), copied(lines, asked.copies)
            print(f"{asked.copies} copies: {lines.num_rows:,} rows, {records.num_rows:,} records")
        for _ in range(asked.times):
            beside_everything(made if asked.copies == 1 else None, records, lines, model, spent)
        ours, splink = (
            sum(cpu for what, cpu in spent.items() if what.startswith(who)) for who in ("ours: rows", "Splink")
        )
        print(f"ours / Splink over everything: {ours:.1f} / {splink:.1f} = {ours / splink:.2f} of the CPU")


def beside_everything(
    made: Draw | None, records: pa.Table, lines: pa.Table, model: Model, spent: dict[str, float]
) -> None:
    """Ours, and Splink over everything, with the same model; ``made``: with the draw, quality, too."""
    with measured("ours: rows against records and rows", spent):
        matched = match(records, lines, model)
    if made is not None:
        whole = count(made, matched).all
        print(
            f"  precision {whole.precision:.5f}, recall {whole.same_right / whole.known:.4f} automatically, "
            f"{whole.recall:.5f} with review, {whole.review / whole.rows:.2%} in review"
        )
    with measured("ours: 1,000 rows", spent):
        match(records, lines.slice(0, 1000), model)
    connection = open_memory()
    for name, people in (("record", records), ("line", lines)):
        connection.register(name, people.append_column("no", pa.array(range(people.num_rows), pa.int64())))
    with measured("Splink over everything: rows against records", spent):
        links = over_everything(connection, model)
    if made is not None:
        print(f"  {told_of(made, links)}")
    with measured("Splink over everything: rows against rows", spent):
        among_rows(connection, model)


if __name__ == "__main__":
    main()
