"""Who a row without a usable number is by what the same employer said before: a rule, so only where all of it agrees.

Who says just what was said goes on as the newest that said it: a worker without a number is one person every month, and
one case where he is in review. Else the rule joins name and birth date, or name and a phone of one's own, where one
person alone comes into question and nothing that both sides tell is against it. Two rows of one file that differ are
never joined so. What the rule leaves goes to the weights (``pipeline.weighing``).
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import chain
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from sqlalchemy import Connection

from clearbase.identity.blocks import block_tokens
from clearbase.identity.features import features_of_canonical
from clearbase.identity.statements import open_memory, run, table_of
from clearbase.intake.claim import LINES_A_SOURCE
from clearbase.pipeline.candidates import people_of, told_lines
from clearbase.settings import Settings
from clearbase.warehouse.copying import copy_rows
from clearbase.warehouse.database import Database
from clearbase.warehouse.statements import statement


def tie_to_employer(settings: Settings, database: Database, connection: Connection, batch_id: int) -> None:
    """The temporary table ``tied`` (``line_id, alike, person_id, candidate_person_id``) of the batch's lines that no
    number has settled: the first that says just the same, and whom the rule finds, if anybody."""
    key = {"batch_id": batch_id}
    for step in ("tied", "lost_pair"):
        connection.execute(statement(f"resolve/{step}"))
    if not connection.execute(statement("resolve/lost_pairs"), key).rowcount:
        return
    waiting = connection.execute(statement("resolve/lost_lines"), key).all()
    lost = _of_files(settings, database, waiting)
    staged = connection.execute(statement("resolve/employers_staged"), key).all()
    said = [_published(connection, database)]
    if staged:
        lines = _of_files(settings, database, staged)
        persons = {"person": _flat(staged, "person_ids"), "candidate": _flat(staged, "candidates")}
        persons["is_own"] = pa.array(np.ones(lines.num_rows, bool))
        said.append(_with(lines, persons).select(said[0].column_names))
    shared = _shared_phones(connection, database, key, lost)
    base = open_memory()
    try:
        base.register("lost", lost)
        base.register("said", pa.concat_tables(said))
        base.register("shared", shared)
        for step in ("alike", "found", "met", "person_met"):
            run(base, f"employer/{step}")
        copy_rows(connection, "tied", table_of(base, "employer/tied"))
    finally:
        base.close()


def _of_files(settings: Settings, database: Database, files: Sequence[Any]) -> pa.Table:
    """What lines of staged files say (``features``), with ``line_id``, ``file`` and ``pair``."""
    told = pa.concat_tables(told_lines(settings, database.keyring, each.submission_id, each.line_ids) for each in files)
    lines = _flat(files, "line_ids")
    file = pc.divide(lines, LINES_A_SOURCE)
    return _with(
        features_of_canonical(told.combine_chunks()), {"line_id": lines, "file": file, "pair": _flat(files, "pairs")}
    )


def _published(connection: Connection, database: Database) -> pa.Table:
    """The same of the employers' published lines, with ``person`` and ``candidate``, of no file in hand; and what
    contradicts a row though the employer did not say it (``is_own`` false): the persons' records, a whole number."""
    rows = connection.execute(statement("resolve/employers_lines")).all()
    columns = {"line_id": "owner_id", "pair": "pair", "person": "person_id", "candidate": "candidate_person_id"}
    told = {column: pa.array([getattr(row, name) for row in rows], pa.int64()) for column, name in columns.items()}
    told["file"] = pa.nulls(len(rows), pa.int64())
    told["is_own"] = pa.array([row.is_own for row in rows], pa.bool_())
    return _with(people_of(database.keyring, rows), told)


def _shared_phones(connection: Connection, database: Database, key: dict[str, int], lost: pa.Table) -> pa.Table:
    """``phone``: of these lines those with which more than one name stands, in the batch or in the base."""
    tokens = next(column for kind, column in block_tokens(database.keyring.token, lost) if kind == "phone")
    asked = pa.table({"line_id": lost["line_id"], "token": tokens}).filter(pc.is_valid(tokens))
    connection.execute(statement("resolve/asked_phone"))
    copy_rows(connection, "asked_phone", asked)
    several = connection.execute(statement("resolve/shared_phones"), key).scalars()
    kept = pc.is_in(lost["line_id"], value_set=pa.array(list(several), pa.int64()))
    return lost.filter(kept).select(["phone"])


def _with(people: pa.Table, columns: dict[str, pa.Array]) -> pa.Table:
    for name, values in columns.items():
        people = people.append_column(name, values)
    return people


def _flat(files: Sequence[Any], column: str) -> pa.Array:
    return pa.array(chain.from_iterable(getattr(each, column) for each in files), pa.int64())
