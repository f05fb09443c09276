"""Who is each line of a roster: against the registry and against every other line. Sets in, sets out, nothing kept.

1. A valid number with a name that agrees is the person; with another name it is asked about, never joined.
2. For the rest, candidates by repair of the number and by blocking keys (``BLOCKS``), scored by the model.
3. Certain is what the weight says and independent evidence bears out, where one record stands out (``certain.sql``,
   ``by_weight.sql``); what is left is asked about or is nobody of the registry.
4. Lines that are one person for certain share a person (``persons``).
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from clearbase.identity.model import Model
from clearbase.identity.persons import persons_of
from clearbase.identity.scoring import score
from clearbase.identity.statements import open_memory, run, table_of

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

# Key (a file of sql/link/blocks) and how many records, and how many other lines, it may bring up for one line: a key
# that fits more tells nobody.
BLOCKS: tuple[tuple[str, int], ...] = (
    ("number", 20), ("area_birth", 40), ("birth_tail", 20), ("area_tail", 40), ("phone", 20), ("second_phone", 20),
    ("sound_birth", 40), ("turned_birth", 40), ("house_birth", 20), ("house_name", 20), ("room_name", 20),
    ("county_name", 30), ("surname_birth_county", 30),
)  # fmt: skip


@dataclass(frozen=True)
class Matched:
    """``answer``: ``row int64, roster_id, registry_id, outcome, weight, rule, who`` (the record's row or null),
    ``levels`` (what was compared, where it was weighed: ``name=same number=mended …``), one line a roster row or, in
    review, a candidate. ``person``: of every row, the smallest row of those that are one
    person."""

    answer: pa.Table
    person: pa.Array

    def likeliest(self) -> pa.Table:
        """``outcome, who, rule, weight, levels`` of every row: of candidates the first, they fall by weight. A rule's
        weight, which the answer names for the eye, is none: nothing was scored."""
        _, first = np.unique(self.answer["row"].to_numpy(), return_index=True)
        best = self.answer.take(pa.array(first))
        scored = pc.if_else(pc.is_valid(best["levels"]), best["weight"], pa.scalar(None, pa.float64()))
        columns = {name: best[name] for name in ("outcome", "who", "rule")}
        return pa.table(columns | {"weight": scored, "levels": best["levels"]})


@dataclass(frozen=True)
class Around:
    """What a base says where only candidates are in hand: how many ``people`` it holds, ``names`` (name, many),
    ``houses`` (h_place, h_house) and ``rooms`` (c_place, c_house) in which too many stand to tell anybody; ``apart``:
    whom people hold apart (person, other), each pair in both directions."""

    people: int
    names: pa.Table
    houses: pa.Table
    rooms: pa.Table
    apart: pa.Table


def _no(*columns: str) -> pa.Table:
    return pa.table({column: pa.array([], pa.string()) for column in columns})


NOBODY_APART = pa.table({"person": pa.nulls(0, pa.int64()), "other": pa.nulls(0, pa.int64())})
NOTHING_AROUND = Around(0, _no("name", "many"), _no("h_place", "h_house"), _no("c_place", "c_house"), NOBODY_APART)


def match(records: pa.Table, lines: pa.Table, model: Model, around: Around | None = None) -> Matched:
    """``records`` and ``lines``: ``features`` with an ``id`` column each. Neither's order decides anything but the
    order of the answer. Records may have a ``person`` (int64): those of one are not rivals. Without ``around`` the
    records are the base."""
    with memory_of(records, lines) as connection:
        find_candidates(connection, records, around)
        score(connection, model, None if around is None else around.people)
        _decide(connection, model)
        return Matched(table_of(connection, "answer"), persons_of(connection))


@contextmanager
def memory_of(records: pa.Table, lines: pa.Table) -> Iterator[DuckDBPyConnection]:
    """A base in memory with ``registry`` and ``line``, numbered from 0 in their order."""
    connection = open_memory()
    try:
        connection.register("registry", registered(records))
        connection.register("line", numbered(lines))
        yield connection
    finally:
        connection.close()


def find_candidates(connection: DuckDBPyConnection, records: pa.Table, around: Around | None = None) -> None:
    """Who is found by number, and for the rest the pairs to score: ``residual``, ``pair``, ``compared``."""
    _look_around(connection, around or NOTHING_AROUND)
    for name in ("profile_of", "profile", "record_key", "profile_key", "number_met"):
        run(connection, name)
    meet(connection, records, "number_records")
    for name in (
        "people", "people_key", "number_pair", "number_name", "disputed", "third_name", "number_crowd",
        "number_certain", "number_contested", "by_number", "cut_after_all", "cut_key", "unfound", "residual",
        "residual_key", "candidate",
    ):  # fmt: skip
        run(connection, name)
    for block, most in BLOCKS:
        run_block(connection, block, most)
    for name in ("pair", "shared_phone", "shared_house", "shared_room"):
        run(connection, name)
    compare(connection, records)


def compare(connection: DuckDBPyConnection, records: pa.Table) -> None:
    """``compared``: everybody in ``pair``."""
    meet(connection, records, "met_records")
    run(connection, "compared")


def meet(connection: DuckDBPyConnection, records: pa.Table, which: str) -> None:
    """``record``: of the registry those whose cells are looked at. All of them are seldom worth reading."""
    places = table_of(connection, which)["who"]
    connection.register("record", registered(records).take(places))


def registered(records: pa.Table) -> pa.Table:
    """Records numbered, with a ``person`` each, null where none is told."""
    if "person" not in records.column_names:
        records = records.append_column("person", pa.nulls(records.num_rows, pa.int64()))
    return numbered(records)


def numbered(people: pa.Table) -> pa.Table:
    return people.append_column("no", pa.array(np.arange(people.num_rows)))


def _look_around(connection: DuckDBPyConnection, around: Around) -> None:
    """Houses and rooms of the base beside those that the people in hand show, how common names are there, and whom
    people hold apart."""
    connection.register("apart", around.apart)
    for name, told in (("shared_house", around.houses), ("shared_room", around.rooms), ("told_name", around.names)):
        connection.register(f"around_{name}", told)


def run_block(connection: DuckDBPyConnection, block: str, most: int) -> None:
    """Candidates by one key. A line for which it brings up more than ``most`` records gets none of them, nor of
    lines."""
    run(connection, f"blocks/{block}")
    run(connection, "keep_found", {"block": block, "most": most})


def _decide(connection: DuckDBPyConnection, model: Model) -> None:
    limits = model.thresholds
    run(connection, "judged")
    run(connection, "certain", {"same": limits["same"]})
    run(connection, "choice", {"review": limits["review"]})
    run(connection, "contested", {"stands_out": limits["stands_out"]})
    run(connection, "by_weight", {"stands_out": limits["stands_out"]})
    # A rule needs no weight; it stands where automatic links begin, and an equal name adds what it always does.
    weights = {"rule_weight": limits["same"], "same_name": model.bits("name", "same")}
    run(connection, "outcome", weights)
