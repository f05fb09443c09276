"""What Airflow loads: the trigger over the drop folder, the note of a run, Data Docs behind Airflow's own login.

Everything heavy is imported where it is used: every component of Airflow executes this file.
"""

from __future__ import annotations

import asyncio
import contextlib
import hashlib
import time
from collections.abc import AsyncIterator, Iterator
from datetime import timedelta
from typing import Any, ClassVar

from airflow.listeners import hookimpl
from airflow.plugins_manager import AirflowPlugin
from airflow.triggers.base import BaseEventTrigger, TriggerEvent

DOCS = "/clearbase/docs"  # where Airflow mounts the app of clearbase_docs
# Of every Dag's tasks: a retry waits longer each time, and what hangs (a lock, a disk) ends and is tried again.
TRIED_AGAIN: dict[str, Any] = {
    "owner": "data-engineering",
    "retry_exponential_backoff": True,
    "max_retry_delay": timedelta(minutes=5),
    "execution_timeout": timedelta(hours=2),
}
NOTED_DAGS = ("ingest_rosters", "load_registry", "replay_period", "review_held", "undo_submission", "verify_warehouse")
FIGURES_DAY = "figures_day"  # key of the XCom that tells whose pages are a night's
NOTE = "run_note"  # key of the XCom that a Dag's tasks leave
MARK = "\u2063"  # ends a note of ours, unseen: a cleared run's is written anew, a person's is left alone


class DropFolderTrigger(BaseEventTrigger):
    """Wakes `ingest_rosters` when files wait in the drop folder that did not wait before.

    The event carries a count and is no list of work. What was told last is kept in the asset's state store and not in
    memory, so that a triggerer that starts again neither tells it twice nor forgets it.
    """

    def __init__(self, every: float = 1.0, quiet: float = 5.0) -> None:
        super().__init__()
        self.every = every  # seconds between looks
        self.quiet = quiet  # seconds after an event: what comes meanwhile is one event

    def serialize(self) -> tuple[str, dict[str, Any]]:
        return "clearbase_airflow.DropFolderTrigger", {"every": self.every, "quiet": self.quiet}

    async def run(self) -> AsyncIterator[TriggerEvent]:
        told, at = await self._remembered(), 0.0
        while True:
            waiting, count = await asyncio.to_thread(_what_waits)
            if waiting != told and time.monotonic() - at >= self.quiet:
                if count:
                    # Told first and remembered then: a crash between them wakes once too often, never too seldom.
                    yield TriggerEvent({"files": count})
                    at = time.monotonic()
                told = waiting
                await self._remember(waiting)
            await asyncio.sleep(self.every)

    async def _remembered(self) -> str:
        return str(await self.asset_state_store.aget("told", "")) if self.asset_state_store else ""

    async def _remember(self, waiting: str) -> None:
        if self.asset_state_store:
            await self.asset_state_store.aset("told", waiting)


def _what_waits() -> tuple[str, int]:
    """A digest of the waiting files and their count."""
    from clearbase.intake.discover import source_key
    from clearbase.intake.drop import waiting_in_drop
    from clearbase.settings import load_settings

    keys = []
    for path in waiting_in_drop(load_settings()):
        with contextlib.suppress(OSError):
            keys.append(source_key(path))
    return hashlib.sha256(b"".join(sorted(keys))).hexdigest() if keys else "", len(keys)


@contextlib.contextmanager
def tried_once() -> Iterator[None]:
    """What was asked for wrongly, the gate stopped or does not hold is not tried again: that changes nothing."""
    from airflow.sdk.exceptions import AirflowFailException

    from clearbase.errors import BrokenError, GateError, RequestError

    try:
        yield
    except (BrokenError, GateError, RequestError) as error:
        raise AirflowFailException(str(error)) from None


def note_run(text: str) -> None:
    """Leave the text for the note of this run; the last one holds."""
    from airflow.sdk import get_current_context

    get_current_context()["ti"].xcom_push(NOTE, text)


class RunNotes:
    """Writes what became of a run beside it, where the grid shows it. Runs in the scheduler."""

    @hookimpl
    def on_dag_run_success(self, dag_run: Any, msg: str) -> None:
        self._note(dag_run)

    @hookimpl
    def on_dag_run_failed(self, dag_run: Any, msg: str) -> None:
        self._note(dag_run)

    def _note(self, dag_run: Any) -> None:
        from airflow.models.xcom import XComModel
        from sqlalchemy import select
        from sqlalchemy.orm import object_session

        session = object_session(dag_run)
        somebodys = dag_run.note and not str(dag_run.note).endswith(MARK)
        if dag_run.dag_id not in NOTED_DAGS or session is None or somebodys:
            return
        note = session.scalar(
            select(XComModel.value)
            .where(XComModel.dag_id == dag_run.dag_id, XComModel.run_id == dag_run.run_id, XComModel.key == NOTE)
            .order_by(XComModel.timestamp.desc())
            .limit(1)
        )
        if note is not None:
            dag_run.note = f"{note}{MARK}"


async def docs(scope: Any, receive: Any, send: Any) -> None:
    """The app of ``clearbase_docs``, imported by whoever is asked for a page: only the api-server."""
    from clearbase_docs import app

    await app(scope, receive, send)


class ClearbasePlugin(AirflowPlugin):
    name = "clearbase"
    listeners: ClassVar = [RunNotes()]
    fastapi_apps: ClassVar = [{"app": docs, "url_prefix": DOCS, "name": "Clearbase Data Docs"}]
    external_views: ClassVar = [
        {
            "name": "检验报告 Data Docs",
            "href": f"{DOCS}/run/{{DAG_ID}}/{{RUN_ID}}",
            "destination": "dag_run",
            "url_route": "clearbase-data-docs",
        }
    ]
