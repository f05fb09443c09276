"""Rosters from the drop folder to the warehouse, with an answer for each file.

Woken by files in an inbox, and every ten minutes. A run takes what waits, small files first, up to a budget: a batch.
Any task may be cleared, it goes on where it was. A bad file gets its outcome and never holds up the others; what fails
a task is our fault or the machine's.

**Run again** (Trigger, with parameters): `submission` takes a decided file again, and `employer` and `period` then say
what the file did not; those two alone take again what was held, refused or unreadable; `batch` finishes a lost run's.
"""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from airflow.sdk import AssetOrTimeSchedule, dag, get_current_context, task
from airflow.sdk.exceptions import AirflowSkipException

from clearbase_airflow import TRIED_AGAIN, note_run, tried_once
from clearbase_assets import EVERY_DAG, EVERY_TEN_MINUTES, REGISTRY, ROSTERS, TAKE_AGAIN, WAREHOUSE

# Stage → what it does, and what is particular to its task.
STAGES: dict[str, tuple[str, dict[str, Any]]] = {
    # Cleared runs find their files read: nothing is left to map over, and the batch goes on.
    "check": ("Canonical values, row rules, findings by cell.", {"trigger_rule": "none_failed_min_one_success"}),
    "gate": ("Great Expectations on the batch's own figures (`batch_gate.json`): a doubt about us stops here.", {}),
    "resolve": ("Who each line is, against the registry and all other rosters.", {"inlets": [REGISTRY]}),
    "publish": ("Ledger and warehouse: one transaction a file, rows balanced inside.", {"outlets": [WAREHOUSE]}),
    "reply": ("Receipts in `drop/<credit code>/receipts`; then the batch is closed.", {}),
    "verify": ("Every invariant on what the batch touched: one that is broken fails it, what is published stays.", {}),
}


@dag(
    schedule=AssetOrTimeSchedule(timetable=EVERY_TEN_MINUTES, assets=[ROSTERS]),
    max_active_runs=2,  # a huge file does not keep small ones waiting
    default_args=TRIED_AGAIN | {"retries": 8, "retry_delay": timedelta(seconds=5)},
    tags=["clearbase", "rosters"],
    dag_display_name="ingest_rosters 花名册入库",
    doc_md=__doc__,
    params=TAKE_AGAIN,
    **EVERY_DAG,
)
def ingest_rosters() -> None:
    @task(doc_md="Seal what waits, empty the inboxes of it, share it out in chunks of like weight.")
    def claim(params: dict[str, Any], run_id: str) -> list[dict[str, Any]]:
        from clearbase.pipeline.scheduled import claim_files

        with tried_once():
            claimed = claim_files(run_id, params)
        if claimed is None:
            raise AirflowSkipException("nothing waits in the drop folder")
        get_current_context()["ti"].xcom_push("batch_id", claimed["batch_id"])
        return list(claimed["chunks"])

    @task(map_index_template="{{ files }}", doc_md="Sheets, headers and cells of these files, and whose they are.")
    def read(batch_id: int, chunk: dict[str, Any]) -> int:
        from clearbase.pipeline.scheduled import read_chunk

        get_current_context()["files"] = chunk["label"]  # type: ignore[typeddict-unknown-key]
        return read_chunk(batch_id, chunk["submission_ids"])

    def run(stage: str, batch_id: int) -> dict[str, int]:
        from clearbase.pipeline.scheduled import run_stage

        with tried_once():
            files, note = run_stage(stage, batch_id)
        note_run(note)
        return files

    claimed = claim()
    before = read.partial(batch_id=claimed["batch_id"]).expand(chunk=claimed)
    for stage, (does, options) in STAGES.items():
        after = task(task_id=stage, doc_md=does, **options)(run)(stage, claimed["batch_id"])
        before >> after
        before = after


ingest_rosters()
