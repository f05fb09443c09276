"""Each night: can the warehouse's figures be right, and are they fresh? ``expectations/warehouse.json``, run by Great
Expectations on a table of codes and counts (``sql/quality/warehouse_figures.sql``).

Whether they agree with the ledger is asked by ``verify``; this asks what agrees and still cannot be.
"""

from __future__ import annotations

import datetime as dt
import shutil
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final
from zoneinfo import ZoneInfo

from clearbase.quality.gate import Failure, run_gate
from clearbase.settings import EXPECTATIONS, TIME_ZONE, Settings
from clearbase.warehouse.database import Database
from clearbase.warehouse.statements import statement

if TYPE_CHECKING:
    import pandas as pd

SUITE: Final = EXPECTATIONS / "warehouse.json"
MANY: Final = 100  # persons or lines: a share of fewer says nothing
TEXTS: Final = ("employer_uscc", "month", "employer_is_known")
KEPT_DOCS: Final = 60  # nights whose pages are kept


@dataclass(frozen=True)
class Figures:
    """``evaluated``: expectations; ``broken`` fail the night, ``warnings`` are told; ``page``: its Data Docs."""

    evaluated: int
    broken: list[Failure]
    warnings: list[Failure]
    page: Path


def check_figures(settings: Settings, database: Database) -> Figures | None:
    """Run the suite on the warehouse as it is at one moment; None where nothing is published yet. Nothing of the base
    is written, the pages lie in the home's folder of Data Docs, one a day."""
    table = _figures(database)
    if table is None:
        return None
    today = dt.datetime.now(ZoneInfo(TIME_ZONE)).date()
    docs = docs_folder(settings) / today.isoformat()
    docs.parent.mkdir(parents=True, exist_ok=True)
    result = run_gate(SUITE, table, docs)
    for old in sorted(path for path in docs.parent.iterdir() if path.is_dir())[:-KEPT_DOCS]:
        shutil.rmtree(old, ignore_errors=True)
    broken = [failure for failure in result.failures if failure.stops]
    warnings = [failure for failure in result.failures if not failure.stops]
    return Figures(result.evaluated, broken, warnings, docs / "index.html")


def docs_folder(settings: Settings) -> Path:
    """Where the pages of the nights lie, a folder a day."""
    return settings.docs_folder / "warehouse"


def _figures(database: Database) -> pd.DataFrame | None:
    import pandas as pd

    with database.loader.connect() as connection:
        connection = connection.execution_options(isolation_level="REPEATABLE READ", postgresql_readonly=True)
        rows = connection.execute(statement("quality/warehouse_figures"), {"many": MANY}).all()
        connection.rollback()
    if not rows:
        return None
    table = pd.DataFrame([row._mapping for row in rows])
    # What is null but for its first row would else be a column of objects, which Great Expectations does not compare.
    return table.astype({name: "float64" for name in table.columns if name not in TEXTS})
