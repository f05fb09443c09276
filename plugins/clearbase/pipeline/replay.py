"""Months that were published are replayed: every file that counts is taken again under the rules, columns and kinds of
today, and takes the place of its former self.

What is to be done is written down first (``intake.replay``), so that what was killed goes on when the same is asked for
again. What it changed is read from recorded time: what was believed when it was asked for, and what is now.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from sqlalchemy import Connection, Row

from clearbase.errors import RequestError
from clearbase.intake.claim import original
from clearbase.intake.claim_replay import claim_replay
from clearbase.privacy.labels import safe_reason
from clearbase.settings import Settings
from clearbase.warehouse.database import Database
from clearbase.warehouse.locks import session_lock
from clearbase.warehouse.statements import statement

MOST_FILES: Final = 100  # a batch, so that what was done is told often enough
Stages = Mapping[str, Callable[[Settings, Database, int], object]]


@dataclass(frozen=True)
class Scope:
    """Report months from the first to the last, by their first days; of one employer, or of all."""

    first_month: dt.date
    last_month: dt.date
    employer_uscc: str | None = None


@dataclass(frozen=True)
class Plan:
    """``batches``: files (``sql/replay/standing.sql``) by month, never parting those of an employer's month;
    ``gone``: whose original is kept no longer; ``behind``: that came before such a one in their month, and would speak
    after it. ``unfinished``: the replay of the same months that goes on instead."""

    batches: tuple[tuple[Row[Any], ...], ...]
    gone: tuple[Row[Any], ...]
    behind: tuple[Row[Any], ...]
    unfinished: int | None = None

    @property
    def files(self) -> list[Row[Any]]:
        """What can be replayed."""
        return [file for batch in self.batches for file in batch]


@dataclass(frozen=True)
class Changed:
    """What a replay has done so far: a row a file, the persons whose spells differ, the headcounts that differ."""

    files: Sequence[Row[Any]]
    persons: int
    headcounts: Sequence[Row[Any]]


def plan_replay(settings: Settings, database: Database, scope: Scope) -> Plan:
    """What there is to replay; nothing is changed. Raises RequestError where the last month is before the first."""
    if scope.last_month < scope.first_month:
        raise RequestError("the last month is before the first")
    with database.loader.connect() as connection:
        return _plan(settings, connection, scope)


def begin_replay(settings: Settings, database: Database, scope: Scope, reason: str, asked_by: str) -> int:
    """Write down what is to be replayed. Returns the replay's number; that of an unfinished one of the same scope.
    Raises RequestError where there is nothing, or for no reason: that of an unfinished one is kept already."""
    with session_lock(database, "claims"), database.loader.begin() as connection:
        plan = _plan(settings, connection, scope)
        if plan.unfinished is not None:
            return plan.unfinished
        if not plan.files:
            raise RequestError("nothing to replay: no published file of these months counts and is kept")
        if not reason.strip():
            raise RequestError("say why: the reason is kept with the replay")
        bound = vars(scope) | {"reason": safe_reason(reason), "asked_by": asked_by}
        replay_id = int(connection.execute(statement("replay/begin"), bound).scalar_one())
        numbered: list[tuple[int | None, Sequence[Row[Any]]]] = [*enumerate(plan.batches, 1)]
        rows = [
            {"replay_id": replay_id, "submission_id": file.submission_id, "batch_no": batch_no}
            for batch_no, batch in [*numbered, (None, plan.gone), (None, plan.behind)]
            for file in batch
        ]
        connection.execute(statement("replay/add_file"), rows)
    return replay_id


def unfinished_batches(database: Database, replay_id: int) -> list[int]:
    """The batches of a replay that are still to be done, in their order."""
    with database.loader.connect() as connection:
        return list(connection.execute(statement("replay/batches"), {"replay_id": replay_id}).scalars())


def replay_batch(
    settings: Settings,
    database: Database,
    replay_id: int,
    batch_no: int,
    stages: Stages,
    progress: Callable[[str], None] = lambda _: None,
) -> None:
    """Take one batch through the stages; ``progress`` is told which. Cut short and called again, it goes on where it
    was."""
    batch_id = claim_replay(settings, database, replay_id, batch_no)
    with session_lock(database, "batch", batch_id=batch_id):
        for name, stage in stages.items():
            progress(name)
            stage(settings, database, batch_id)


def close_replay(database: Database, replay_id: int) -> Changed:
    """All its files have their outcome: what it has changed."""
    key = {"replay_id": replay_id}
    with database.loader.begin() as connection:
        connection.execute(statement("replay/close"), key)
    return Changed(
        files_of(database, replay_id),
        _ask(database, "persons", key)[0][0],
        _ask(database, "headcounts", key),
    )


def files_of(database: Database, replay_id: int) -> list[Row[Any]]:
    """A row a file: what became of it (``sql/replay/files.sql``)."""
    return _ask(database, "files", {"replay_id": replay_id})


def _ask(database: Database, name: str, key: dict[str, Any]) -> list[Row[Any]]:
    with database.loader.connect() as connection:
        return list(connection.execute(statement(f"replay/{name}"), key).all())


def _plan(settings: Settings, connection: Connection, scope: Scope) -> Plan:
    bound = vars(scope)
    months: dict[tuple[dt.date, str], list[Row[Any]]] = {}
    for row in connection.execute(statement("replay/standing"), bound):
        months.setdefault((row.period, row.employer_uscc), []).append(row)
    groups, gone, behind = [], [], []
    for files in months.values():
        lost = [n for n, file in enumerate(files) if not original(settings, file.submission_id).is_file()]
        first = lost[-1] + 1 if lost else 0
        gone += [files[n] for n in lost]
        behind += [file for n, file in enumerate(files[:first]) if n not in lost]
        if files[first:]:
            groups.append(files[first:])
    unfinished = connection.execute(statement("replay/unfinished"), bound).scalar()
    return Plan(_batches(groups, settings.batch_bytes), tuple(gone), tuple(behind), unfinished)


def _batches(groups: list[list[Row[Any]]], budget: int) -> tuple[tuple[Row[Any], ...], ...]:
    """In the order of the months, up to so many bytes and files; a batch is of one month."""
    batches: list[list[Row[Any]]] = []
    for files in groups:
        size = sum(file.file_bytes for file in files)
        last = batches[-1] if batches else []
        whole = len(last) + len(files) > MOST_FILES or sum(file.file_bytes for file in last) + size > budget
        if not last or last[0].period != files[0].period or whole:
            batches.append([])
        batches[-1] += files
    return tuple(tuple(sorted(batch, key=lambda file: int(file.submission_id))) for batch in batches)
