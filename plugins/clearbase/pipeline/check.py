"""Stage 3, check: values in canonical form, the row rules, findings with cell positions; no line leaves unseen.

Then the rules of the whole file, by its own figures alone: what is believed of its employer is asked when it is
published.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from typing import Any
from zoneinfo import ZoneInfo

import pyarrow as pa
from sqlalchemy import Connection

from clearbase.pipeline.doubts import is_let, stop_by_figures
from clearbase.pipeline.faults import one_file
from clearbase.pipeline.submissions import Submission, staged, submissions_in
from clearbase.privacy.landing import open_table, seal_table
from clearbase.quality.check import check_standardised
from clearbase.quality.file_rules import Judged, judge_file, stopped_by
from clearbase.records import FileChecked, FileRead, MappedColumn, SheetRead
from clearbase.settings import TIME_ZONE, Settings
from clearbase.warehouse.copying import copy_rows
from clearbase.warehouse.database import Database
from clearbase.warehouse.statements import statement

CHINA = ZoneInfo(TIME_ZONE)


def check_batch(settings: Settings, database: Database, batch_id: int) -> None:
    """Check every file of the batch that was read: seal its canonical lines and findings, count the rules, and hold or
    refuse it where its own figures say so."""
    with database.loader.begin() as connection:
        waiting = submissions_in(connection, batch_id, "read")
    for submission in waiting:
        with one_file(database, submission, "check"):
            observed = staged(settings, submission.submission_id, "observed")
            lines = open_table(database.keyring, staged(settings, submission.submission_id, "lines"))
            with database.loader.begin() as connection:
                sheets = read_sheets(connection, submission.submission_id)
                received = _received(connection, submission)
            read = FileRead("read", lines=lines, sheets=sheets, observed=open_table(database.keyring, observed))
            checked, frame = check_standardised(read, submission.period, on=received, received=received)
            checked, judged = judge_file(read, checked, frame, submission.kind)
            seal_table(database.keyring, staged(settings, submission.submission_id, "checked"), checked.lines)
            seal_table(database.keyring, staged(settings, submission.submission_id, "findings"), checked.findings)
            with database.loader.begin() as connection:
                _write(connection, submission, checked)
                _judge(connection, submission, judged)


def _judge(connection: Connection, submission: Submission, judged: Judged) -> None:
    """Hold or refuse what cannot be trusted as a whole, unless somebody has let it. Of a replay the former self's
    approval holds, too: it is the same file."""
    same = [submission]
    if submission.replay_of is not None:
        same.append(replace(submission, submission_id=submission.replay_of))
    failed = stopped_by(judged.failed, lambda code: any(is_let(connection, one, code) for one in same))
    if failed is not None:
        stop_by_figures(connection, submission, judged.figures, failed)


def _received(connection: Connection, submission: Submission) -> dt.date:
    """The day on which the file came; of a replay the day of its first self, so that it is judged as it was then."""
    moment = submission.received_at
    if submission.replay_of is not None:
        key = {"submission_id": submission.submission_id}
        moment = connection.execute(statement("replay/first_received"), key).scalar_one()
    return moment.astimezone(CHINA).date()


def read_sheets(connection: Connection, submission_id: int) -> list[SheetRead]:
    """The sheets of a submission as they were recorded when it was read."""
    rows = connection.execute(statement("intake/sheets"), {"submission_id": submission_id})
    return [_sheet(row) for row in rows]


def _sheet(row: Any) -> SheetRead:
    return SheetRead(
        row.position,
        row.name,
        row.role,
        row.reason,
        row.header_row,
        [MappedColumn(**column) for column in row.columns],
        row.rows_read,
        row.lines,
        dict(row.set_aside),
        row.unit,
    )


def _write(connection: Connection, submission: Submission, checked: FileChecked) -> None:
    key = {"submission_id": submission.submission_id}
    connection.execute(statement("quality/forget_findings"), key)
    connection.execute(statement("quality/forget_rule_counts"), key)
    counts = [key | {"rule": rule, "flagged": flagged} for rule, flagged in checked.rule_counts.items() if flagged]
    if counts:
        connection.execute(statement("quality/add_rule_count"), counts)
    found = checked.findings
    copy_rows(
        connection,
        "quality.finding",
        pa.table(
            {
                "submission_id": pa.array([submission.submission_id] * found.num_rows, pa.int64()),
                "sheet": found["sheet"],
                "row_no": found["row"],
                "col_no": found["col"],
                "field": found["field"],
                "rule": found["rule"],
                "severity": found["severity"],
            }
        ),
    )
    connection.execute(statement("intake/set_state"), key | {"state": "checked"})
