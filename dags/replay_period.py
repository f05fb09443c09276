"""Replay months under the rules, columns and kinds of today.

Every published file of these months that counts is taken again from its sealed original, with what was given with it,
and takes the place of its former self: the new one is published and the old one undone in one transaction. A file that
is held, unreadable or refused this time changes nothing; its former self stays. **preview** tells in the run's note how
many files, employers and lines that is and what cannot be replayed, and changes nothing. Without it the note tells at
the end what changed. Triggered again after a failure, or a task cleared, it goes on and does nothing twice. As
`./clearbase replay`.
"""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from airflow.sdk import Param, dag, task

from clearbase_airflow import TRIED_AGAIN, note_run, tried_once
from clearbase_assets import EVERY_DAG, PREVIEW, REASON, WAREHOUSE, WORD

MONTH = {"type": WORD, "pattern": "^20[0-9]{2}-(0[1-9]|1[0-2])$", "description": "含本月 this month included"}
PARAMS = {
    "first": Param(None, title="起始月份 first month (YYYY-MM)", **MONTH),
    "last": Param(None, title="截止月份 last month (YYYY-MM)", **MONTH),
    "employer": Param(
        None,
        type=WORD,
        title="统一社会信用代码 employer",
        description="只重放这一家单位；不填为全部单位 of this employer alone; empty: of all",
    ),
    "reason": REASON,
    "preview": PREVIEW,
}


@dag(
    schedule=None,
    max_active_runs=1,
    default_args=TRIED_AGAIN | {"retries": 2, "retry_delay": timedelta(seconds=30)},
    tags=["clearbase", "ledger"],
    dag_display_name="replay_period 按月重放",
    doc_md=__doc__,
    params=PARAMS,
    **EVERY_DAG,
)
def replay_period() -> None:
    @task(doc_md="What there is to replay, in batches by month; nothing for a preview.")
    def plan(params: dict[str, Any], run_id: str) -> list[dict[str, int]]:
        from clearbase.pipeline.scheduled_replay import plan_period

        with tried_once():
            batches, note = plan_period(params, f"Airflow run {run_id}")
        note_run(note)
        return batches

    @task(outlets=[WAREHOUSE], max_active_tis_per_dagrun=1, doc_md="Take a batch again, file by file to its place.")
    def replay(batch: dict[str, int]) -> dict[str, int]:
        from clearbase.pipeline.scheduled_replay import replay_one_batch

        with tried_once():
            return replay_one_batch(**batch)

    @task(doc_md="Tell what has changed: files, persons, headcounts by month.")
    def tell(batches: list[dict[str, int]]) -> None:
        from clearbase.pipeline.scheduled_replay import told_period

        note_run(told_period(batches[0]["replay_id"]))

    batches = plan()
    replay.expand(batch=batches) >> tell(batches)


replay_period()
