"""Extracts of the resident registry, full or incremental, into the ledger.

Takes what lies in `CLEARBASE_HOME/registry/inbox`, oldest first. A file leaves the inbox once it is sealed and loaded;
one that is no extract is moved to `registry/refused`, and the run says why. With `file` it loads that one. Loading the
same extract again changes nothing. Where the registry is a database (`CLEARBASE_REGISTRY_SOURCE`, docs/operating.md),
it is asked once a day, or with `database`; its address and password are settings and never parameters.

A record that a **full** extract (全量) no longer holds is stale, not cancelled, until an extract holds it again. A full
extract that lacks more than a fifth of what stood is refused with its figures; `confirmed` takes it all the same.
"""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from airflow.sdk import CronTriggerTimetable, Param, dag, task
from airflow.sdk.exceptions import AirflowSkipException

from clearbase_airflow import TRIED_AGAIN, note_run, tried_once
from clearbase_assets import EVERY_DAG, REGISTRY, WAREHOUSE

PARAMS = {
    "file": Param(None, type=["null", "string"], title="文件 file (on this machine, instead of the inbox)"),
    "database": Param(False, type="boolean", title="读取数据库 database (that of the settings, instead of the inbox)"),
    "kind": Param(
        None,
        type=["null", "string"],
        enum=[None, "full", "incremental"],
        values_display={"full": "全量 full", "incremental": "增量 incremental"},
        title="全量或增量 kind (empty: by title or name)",
    ),
    "confirmed": Param(False, type="boolean", title="确认减少 confirmed (a full extract may lack however many)"),
}


@dag(
    schedule=CronTriggerTimetable("0 * * * *", timezone="Asia/Shanghai"),
    max_active_runs=1,
    default_args=TRIED_AGAIN | {"retries": 2, "retry_delay": timedelta(seconds=30)},
    tags=["clearbase", "registry"],
    dag_display_name="load_registry 居民登记信息",
    doc_md=__doc__,
    params=PARAMS,
    **EVERY_DAG,
)
def load_registry() -> None:
    @task(outlets=[REGISTRY, WAREHOUSE], doc_md="Seal each extract, load its records, find out whom they stand for.")
    def load(params: dict[str, Any]) -> dict[str, int]:
        from clearbase.errors import RequestError
        from clearbase.pipeline.scheduled import load_registry_extracts

        with tried_once():
            counts, refused = load_registry_extracts(
                params["file"],
                database_too=bool(params["database"]),
                kind=params["kind"],
                confirmed=bool(params["confirmed"]),
            )
            if counts:
                note_run("，".join(f"{name} {count}" for name, count in counts.items()))
            if refused:
                raise RequestError("; ".join(refused))
        if not counts:
            raise AirflowSkipException("no extract waits in registry/inbox")
        return counts

    load()


load_registry()
