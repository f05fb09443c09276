"""Stage 4, resolve: who each line is. Tokens go to staging; the cascade is SQL over sets (``sql/resolve``).

1. The identity number with a name that agrees: that person.
2. The number with another name: never automatic; a provisional person and a review case.
3. The number lost or missing: whom the same employer said before (``pipeline.same_employer``).
4. Nobody: a new person, whose id is that of its smallest line.
5. For those of 2 and 4, and for numbers that are new: whom the model finds among candidates (``pipeline.weighing``).
"""

from __future__ import annotations

import pyarrow as pa
from sqlalchemy import Connection

from clearbase.identity.line_tokens import person_tokens
from clearbase.intake.claim import LINES_A_SOURCE
from clearbase.pipeline.faults import one_file
from clearbase.pipeline.leaving import has_left
from clearbase.pipeline.same_employer import tie_to_employer
from clearbase.pipeline.submissions import Submission, staged, submissions_in
from clearbase.pipeline.weighing import weigh_open_lines
from clearbase.privacy.landing import open_table
from clearbase.settings import Settings
from clearbase.warehouse.copying import copy_rows
from clearbase.warehouse.database import Database
from clearbase.warehouse.statements import statement

BY_NUMBER = ("number_and_name", "held_apart", "as_decided", "number_with_other_name", "number_new")
WITHOUT = ("same_employer", "nobody")


def resolve_batch(settings: Settings, database: Database, batch_id: int) -> None:
    """Give every accepted line of the batch's checked files a person. Run again, it begins anew."""
    key = {"batch_id": batch_id}
    with database.loader.begin() as connection:
        connection.execute(statement("resolve/reopen"), key)
        connection.execute(statement("resolve/forget_batch"), key)
        waiting = submissions_in(connection, batch_id, "checked")
    incoming = []
    for submission in waiting:
        with one_file(database, submission, "resolve"):
            incoming.append(_with_tokens(settings, database, submission))
    if not incoming:
        return
    with database.loader.begin() as connection:
        connection.execute(statement("publish/keep_persons"))
        for lines in incoming:
            copy_rows(connection, "staging.line", lines)
        # The planner must know what was just filled; an anti-join on a table never analysed runs for minutes.
        connection.execute(statement("resolve/analyse"))
        for step in BY_NUMBER:
            connection.execute(statement(f"resolve/{step}"), key)
        tie_to_employer(settings, database, connection, batch_id)
        for step in WITHOUT:
            connection.execute(statement(f"resolve/{step}"), key)
        weigh_open_lines(settings, database, connection, batch_id)
        for submission in waiting:
            if submission.replay_of is not None:
                _keep_decisions(settings, database, connection, submission)
        connection.execute(statement("resolve/done"), key)


def _with_tokens(settings: Settings, database: Database, submission: Submission) -> pa.Table:
    lines = open_table(database.keyring, staged(settings, submission.submission_id, "checked"))
    count = lines.num_rows
    return pa.table(
        {
            "batch_id": pa.array([submission.batch_id] * count, pa.int64()),
            "submission_id": pa.array([submission.submission_id] * count, pa.int64()),
            "line_id": line_ids(submission.submission_id, count),
            "employer_uscc": pa.array([submission.employer_uscc] * count, pa.string()),
            "disposition": lines["disposition"],
            "has_left": has_left(lines),
            **person_tokens(database.keyring.token, lines),
        }
    )


def _keep_decisions(settings: Settings, database: Database, connection: Connection, submission: Submission) -> None:
    lines = open_table(database.keyring, staged(settings, submission.submission_id, "checked"))
    places = {"sheets": lines["sheet"].to_pylist(), "rows": lines["row"].to_pylist()}
    bound = {
        "replay_of": submission.replay_of,
        "line_ids": line_ids(submission.submission_id, lines.num_rows).to_pylist(),
    }
    connection.execute(statement("replay/kept_decisions"), bound | places)


def line_ids(source_id: int, count: int) -> pa.Array:
    """Ledger ids of a source's lines, in the order of the file."""
    first = source_id * LINES_A_SOURCE + 1
    return pa.array(range(first, first + count), pa.int64())
