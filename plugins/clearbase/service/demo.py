"""`demo`: the synthetic district through the real thing, month by month, as employers would send it."""

from __future__ import annotations

import csv
import shutil
import time
from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Row

from clearbase.errors import ClearbaseError
from clearbase.intake.drop import NO_END_TIMES
from clearbase.service.components import Tell
from clearbase.service.up import Service
from clearbase.settings import Settings
from clearbase.warehouse.database import Database
from clearbase.warehouse.statements import statement

DAGS = ["ingest_rosters", "load_registry", "verify_warehouse"]
MONTH_SECONDS, LOOK_SECONDS, TELL_SECONDS = 300, 0.5, 5.0


class DemoError(ClearbaseError):
    """The demo did not come to its end: what was waited for, and what was seen instead."""


@dataclass(frozen=True)
class Dropped:
    """What was put into the inboxes: files, and the lines of people that the district's truth says they hold."""

    files: int
    lines: int


def load_registry_by_dag(settings: Settings, running: Service, extract: Path) -> str:
    """Put the extract into the registry's inbox, ask for a run, wait. Returns the run's note; raises DemoError where
    nothing was loaded."""
    copy(extract, settings.registry_inbox / extract.name)
    time.sleep(NO_END_TIMES * settings.settle_seconds + 0.5)  # a CSV has no end by which to see that all of it came
    note = _ask_for(running, "load_registry")
    if (settings.registry_inbox / extract.name).exists():
        raise DemoError("the registry's extract was not loaded: look at the Dag load_registry")
    return note or "loaded by the run of the hour, which came before"


def verify_by_dag(running: Service) -> str:
    """Ask for a run of verify_warehouse. Returns its note; raises DemoError where an invariant is broken."""
    return _ask_for(running, "verify_warehouse")


def drop_by_month(
    settings: Settings, database: Database, running: Service, district: Path, tell: Tell, since: int
) -> Dropped:
    """Put each month's files into their employers' inboxes and wait until each has its receipt. ``since``: the last
    submission before."""
    files = lines = 0
    former = {run["dag_run_id"] for run in running.rest.runs("ingest_rosters")}
    for month, listed in sorted(_by_month(district).items()):
        began = time.monotonic()
        for row in listed:
            source = district / "rosters" / row["file"]
            copy(source, settings.drop_folder / row["uscc"] / "inbox" / source.name)
        files, lines = files + len(listed), lines + sum(int(row["rows"]) for row in listed)
        tell(f"{month}: {len(listed)} files dropped")
        _wait_for_answers(database, running, files, since, former, tell)
        tell(f"{month}: all answered after {time.monotonic() - began:.0f} s")
    return Dropped(files, lines)


def last_submission(connection: Connection) -> int:
    """The number of the newest submission, 0 where there is none."""
    return int(connection.execute(statement("intake/next_source")).scalar_one()) - 1


def answered(connection: Connection, since: int) -> Row[Any]:
    """``files`` that came since a submission, those ``answered``, and the ``lines`` of people in these."""
    return connection.execute(statement("status/answered"), {"since": since}).one()


def copy(source: Path, target: Path) -> None:
    """As a careful sender does it: under a hidden name first, then renamed."""
    target.parent.mkdir(parents=True, exist_ok=True)
    draft = target.with_name(f".{target.name}.part")
    shutil.copyfile(source, draft)
    draft.replace(target)


def _by_month(district: Path) -> dict[str, list[dict[str, str]]]:
    months: dict[str, list[dict[str, str]]] = defaultdict(list)
    with (district / "truth" / "files.csv").open(encoding="utf-8", newline="") as listed:
        for row in csv.DictReader(listed):
            months[row["month"]].append(row)
    return months


def _wait_for_answers(
    database: Database, running: Service, files: int, since: int, former: Collection[str], tell: Tell
) -> None:
    deadline = told_at = time.monotonic()
    deadline += MONTH_SECONDS
    while True:
        running.components.watch()
        with database.loader.begin() as connection:
            row = answered(connection, since)
        if row.answered >= files:
            return
        now = time.monotonic()
        if now - told_at >= TELL_SECONDS:
            tell(f"  {row.files} of {files} files taken, {row.answered} answered; {_at_work(running, former)}")
            told_at = now
        if now > deadline:
            raise DemoError(f"{files} files were dropped and {row.answered} are answered after {MONTH_SECONDS} s")
        time.sleep(LOOK_SECONDS)


def _at_work(running: Service, former: Collection[str]) -> str:
    """Which tasks run. Raises DemoError where a run has failed that is none of the former ones."""
    for run in running.rest.runs("ingest_rosters"):
        if run["dag_run_id"] in former:
            continue
        if run["state"] == "failed":
            tasks = running.rest.tasks("ingest_rosters", run["dag_run_id"])
            failed = ", ".join(task for task, state in tasks.items() if state == "failed")
            raise DemoError(
                f"{run['dag_run_id']} has failed in {failed}; its log is in the UI and in {running.home.logs}"
            )
        if run["state"] == "running":
            tasks = running.rest.tasks("ingest_rosters", run["dag_run_id"])
            return ", ".join(task for task, state in tasks.items() if state == "running") or "scheduling"
    return "waiting"


def _ask_for(running: Service, dag: str) -> str:
    run = running.rest.wait(dag, running.rest.trigger(dag))
    if run["state"] != "success":
        raise DemoError(f"{dag} has failed: {run['note'] or running.rest.tasks(dag, run['dag_run_id'])}")
    return str(run["note"] or "")
