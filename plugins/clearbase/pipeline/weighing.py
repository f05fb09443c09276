"""Whom the model finds for lines that no rule has settled: numbers that are new, lost or under another name.

Whoever is certainly one person is joined: with somebody who is known, or with one another. What is doubtful is asked
about and stands for a provisional person. The rest stays whom the rules made it.
"""

from __future__ import annotations

from functools import cache
from itertools import chain

import numpy as np
import pyarrow as pa
from sqlalchemy import Connection

from clearbase.identity.features import features_of_canonical
from clearbase.identity.matching import match
from clearbase.identity.model import Model, load_model
from clearbase.identity.settling import Weighed, settled
from clearbase.pipeline.candidates import find_known, in_order, told_lines
from clearbase.settings import Settings
from clearbase.warehouse.copying import copy_rows
from clearbase.warehouse.database import Database
from clearbase.warehouse.statements import statement

# What a rule has found that the weights may know better.
OPEN = ("number_new", "number_with_other_name", "number_lost")


def weigh_open_lines(settings: Settings, database: Database, connection: Connection, batch_id: int) -> None:
    """Give the batch's open lines in ``staging.line`` the persons that the model finds, and keep their tokens."""
    key = {"batch_id": batch_id}
    waiting = connection.execute(statement("resolve/open_lines"), key | {"rules": list(OPEN)}).all()
    if not waiting:
        return
    told = pa.concat_tables(
        told_lines(settings, database.keyring, each.submission_id, each.line_ids) for each in waiting
    )
    lines = features_of_canonical(told.combine_chunks())
    ids, was = (np.fromiter(chain.from_iterable(each[column] for each in waiting), np.int64) for column in (1, 2))
    candidates: list[int | None] = list(chain.from_iterable(each.candidates for each in waiting))
    known = find_known(connection, database.keyring, pa.array(ids), lines, batch_id)
    connection.execute(statement("resolve/keep_tokens"))
    if not known.people.num_rows and not known.any_meet:
        return
    lines = lines.append_column("id", in_order(pa.array(ids)))
    model = current_model()
    matched = match(known.people, lines, model, known.around)
    weighed = settled(ids, was, candidates, known.people["person"].to_pylist(), matched)
    keep_weighed(connection, weighed)
    connection.execute(statement("resolve/take_weighed"), {"model": model.version})
    connection.execute(statement("resolve/follow_weighed"), key)


def keep_weighed(connection: Connection, weighed: list[Weighed]) -> None:
    """The temporary table ``weighed``, for the statements that take it on."""
    connection.execute(statement("resolve/weighed"))
    if weighed:
        columns = zip(Weighed._fields, zip(*weighed, strict=True), strict=True)
        copy_rows(connection, "weighed", pa.table({name: pa.array(column) for name, column in columns}))


@cache
def current_model() -> Model:
    """The model in force, read once."""
    return load_model()
