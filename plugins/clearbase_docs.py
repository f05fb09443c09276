"""Data Docs of gate and nights, behind Airflow's own login. Imported by the api-server alone (four seconds)."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from airflow.api_fastapi.core_api.security import GetUserDep
from fastapi import FastAPI, HTTPException, Request
from fastapi.responses import FileResponse, RedirectResponse

from clearbase_airflow import FIGURES_DAY

# Airflow mounts a plugin's app for everybody, so each route asks who it is.
app = FastAPI(title="Clearbase Data Docs", docs_url=None, redoc_url=None, openapi_url=None)


# Dag → the key of the XCom that tells which pages are a run's, and the folder of such pages.
PAGES = {"verify_warehouse": (FIGURES_DAY, "warehouse")}
OF_BATCHES = ("batch_id", "batch")


@app.get("/run/{dag_id}/{run_id}")
def of_run(dag_id: str, run_id: str, user: GetUserDep, request: Request) -> RedirectResponse:
    """The Data Docs of a run's gate, or of a night's figures."""
    from airflow.models.xcom import XComModel
    from airflow.utils.session import create_session
    from sqlalchemy import select

    key, folder = PAGES.get(dag_id, OF_BATCHES)
    with create_session() as session:
        found = session.scalar(
            select(XComModel.value).where(XComModel.dag_id == dag_id, XComModel.run_id == run_id, XComModel.key == key)
        )
    which = str(found).strip('"')  # a text is kept as JSON
    if which in ("None", "null"):
        raise HTTPException(
            404, "这次运行没有可检验的数据，因此没有检验报告。This run had nothing to check, so there are no Data Docs."
        )
    return RedirectResponse(f"{request.scope['root_path']}/{folder}/{which}/index.html")


@app.get("/batch/{batch_id}/{page:path}")
def of_batch(batch_id: int, page: str, user: GetUserDep) -> FileResponse:
    """A page of a batch's Data Docs."""
    return _page(str(batch_id), page)


@app.get("/warehouse/{day}/{page:path}")
def of_night(day: date, page: str, user: GetUserDep) -> FileResponse:
    """A page of a night's Data Docs."""
    return _page(f"warehouse/{day.isoformat()}", page)


def _page(where: str, page: str) -> FileResponse:
    from clearbase.settings import load_settings

    folder = (load_settings().docs_folder / where).resolve()
    file = (folder / page).resolve()
    if not file.is_relative_to(folder) or not file.is_file():
        raise HTTPException(404, "没有这一页，或检验报告已过保存期。No such page, or the Data Docs are no longer kept.")
    return FileResponse(Path(file))
