"""Take back a published submission, or let it count again.

Trigger it with the submission and the reason; **preview** first tells what would change (persons, spells, headcounts
by month) in the run's note and changes nothing. Without it the decision becomes a row of the ledger and everybody whom
it touches is derived again, in one transaction; readers see all of it or nothing. As `./clearbase undo` and `redo`.
"""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from airflow.sdk import Param, dag, task

from clearbase_airflow import TRIED_AGAIN, note_run, tried_once
from clearbase_assets import EVERY_DAG, PREVIEW, REASON, WAREHOUSE

PARAMS = {
    "submission": Param(None, type=["null", "integer", "string"], title="回执号 submission (12, QD00000012)"),
    "verdict": Param("undone", enum=["undone", "redone"], title="撤销或恢复 verdict"),
    "reason": REASON,
    "preview": PREVIEW,
}


@dag(
    schedule=None,
    max_active_runs=1,
    default_args=TRIED_AGAIN | {"retries": 1, "retry_delay": timedelta(seconds=5)},
    tags=["clearbase", "ledger"],
    dag_display_name="undo_submission 撤销与恢复",
    doc_md=__doc__,
    params=PARAMS,
    **EVERY_DAG,
)
def undo_submission() -> None:
    @task(outlets=[WAREHOUSE], doc_md="Tell what changes, and change it unless it is a preview.")
    def decide(params: dict[str, Any], run_id: str) -> dict[str, int]:
        from clearbase.pipeline.scheduled import decide_published

        with tried_once():
            counts, note = decide_published(params, f"Airflow run {run_id}")
        note_run(note)
        return counts

    decide()


undo_submission()
