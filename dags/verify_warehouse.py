"""Every invariant of ledger and warehouse, each night.

The same as `./clearbase verify`: rows balance by sheet, every row traces to its source, spells and persons are derived
again and compared, sealed lines open. A broken invariant fails the task and is named in its error; nothing is mended by
itself. The rebuild comes after it, whatever it found: what is broken there is asked of the tables, too. Last, Great
Expectations asks whether the figures themselves can be right and are fresh (`warehouse.json`, as `./clearbase verify
--figures`): *Data Docs* beside the run. Any of them fails the run. Each reads one moment and blocks nobody.
"""

from __future__ import annotations

from datetime import timedelta

from airflow.sdk import CronTriggerTimetable, dag, get_current_context, task

from clearbase_airflow import FIGURES_DAY, TRIED_AGAIN, note_run, tried_once
from clearbase_assets import EVERY_DAG, WAREHOUSE

EMPLOYERS_A_NIGHT = 50


@dag(
    schedule=CronTriggerTimetable("30 2 * * *", timezone="Asia/Shanghai"),
    max_active_runs=1,
    max_active_tasks=1,  # one after the other, and each is the run's last: it fails where any does
    default_args=TRIED_AGAIN | {"retries": 1, "retry_delay": timedelta(minutes=5)},
    tags=["clearbase", "quality"],
    dag_display_name="verify_warehouse 核验",
    doc_md=__doc__,
    **EVERY_DAG,
)
def verify_warehouse() -> None:
    @task(inlets=[WAREHOUSE], priority_weight=3, doc_md="Check them all.")
    def verify() -> dict[str, int]:
        from clearbase.pipeline.scheduled import verify_warehouse

        with tried_once():
            counts = verify_warehouse()
        note_run(f"核验通过 {counts['invariants']} 项 invariants hold")
        return counts

    @task(
        inlets=[WAREHOUSE],
        priority_weight=2,
        doc_md="Build the derived tables again from the ledger, spells of a sample, and compare.",
    )
    def rebuild() -> dict[str, int]:
        from clearbase.pipeline.scheduled import rebuild_sample

        with tried_once():
            return rebuild_sample(EMPLOYERS_A_NIGHT)

    @task(inlets=[WAREHOUSE], doc_md="Great Expectations on the warehouse's figures (`warehouse.json`).")
    def figures() -> dict[str, int]:
        from clearbase.errors import BrokenError
        from clearbase.pipeline.scheduled import check_warehouse_figures

        with tried_once():
            told = check_warehouse_figures()
            get_current_context()["ti"].xcom_push(FIGURES_DAY, told.day)
            if told.note:
                note_run(told.note)
            if told.broken:
                raise BrokenError(told.broken, [])
        return told.counts

    verify()
    rebuild()
    figures()


verify_warehouse()
