"""Data Docs of the gate, behind Airflow's own login. Imported by the api-server alone (four seconds)."""

from __future__ import annotations

from pathlib import Path

from airflow.api_fastapi.core_api.security import GetUserDep
from fastapi import FastAPI, HTTPException, Request
from fastapi.responses import FileResponse, RedirectResponse

# Airflow mounts a plugin's app for everybody, so each route asks who it is.
app = FastAPI(title="Clearbase Data Docs", docs_url=None, redoc_url=None, openapi_url=None)


@app.get("/run/{dag_id}/{run_id}")
def of_run(dag_id: str, run_id: str, user: GetUserDep, request: Request) -> RedirectResponse:
    """The Data Docs of a run's gate."""
    from airflow.models.xcom import XComModel
    from airflow.utils.session import create_session
    from sqlalchemy import select

    with create_session() as session:
        claimed = session.scalar(
            select(XComModel.value).where(
                XComModel.dag_id == dag_id,
                XComModel.run_id == run_id,
                XComModel.task_id == "claim",
                XComModel.key == "batch_id",
            )
        )
    if claimed is None:
        raise HTTPException(
            404, "这次运行没有文件，因此没有检验报告。This run had no files, so there are no Data Docs."
        )
    return RedirectResponse(f"{request.scope['root_path']}/batch/{int(claimed)}/index.html")


@app.get("/batch/{batch_id}/{page:path}")
def of_batch(batch_id: int, page: str, user: GetUserDep) -> FileResponse:
    """A page of a batch's Data Docs."""
    from clearbase.settings import load_settings

    folder = (load_settings().docs_folder / str(batch_id)).resolve()
    file = (folder / page).resolve()
    if not file.is_relative_to(folder) or not file.is_file():
        raise HTTPException(404, "没有这一页，或检验报告已过保存期。No such page, or the Data Docs are no longer kept.")
    return FileResponse(Path(file))
