"""The gate before publishing: do our own figures of the batch agree? A bad file is not its affair, a broken rule is.

The Dag has it, and an approval on the command line too; `ingest` saves the seven seconds that Great Expectations
costs, and publishing balances every file's rows in its transaction either way.
"""

from __future__ import annotations

import json
import shutil
from collections.abc import Sequence
from dataclasses import asdict
from typing import TYPE_CHECKING, Any, Final

import pyarrow as pa
import pyarrow.compute as pc
from sqlalchemy import Row

from clearbase.errors import GateError
from clearbase.pipeline.submissions import staged
from clearbase.privacy.landing import open_table
from clearbase.quality.gate import GateResult, run_gate
from clearbase.receipts.texts import rule_texts
from clearbase.settings import EXPECTATIONS, Settings
from clearbase.warehouse.database import Database
from clearbase.warehouse.statements import statement

if TYPE_CHECKING:
    import pandas as pd

SUITE: Final = EXPECTATIONS / "batch_gate.json"
DISPOSITIONS: Final = ("accepted", "quarantined", "repeated")
MANY_LINES, MANY_EMPLOYERS = 500, 5  # from here on the share of a rule says something about the rule
KEPT_DOCS: Final = 200  # batches whose Data Docs are kept


def gate_batch(settings: Settings, database: Database, batch_id: int) -> None:
    """Run the gate on the batch's checked files and keep what it said. Raises GateError where it stops the publish;
    the batch stays as it is, and once the cause is mended the gate may be run again. Nothing to publish passes."""
    with database.loader.begin() as connection:
        rows = connection.execute(statement("quality/gate_summary"), {"batch_id": batch_id}).all()
    if not rows:
        return
    result = run_gate(SUITE, _summary(settings, database, rows), settings.docs_folder / str(batch_id))
    failed = json.dumps([asdict(failure) for failure in result.failures], ensure_ascii=False)
    with database.loader.begin() as connection:
        connection.execute(statement("quality/forget_gate_run"), {"batch_id": batch_id})
        connection.execute(
            statement("quality/add_gate_run"),
            {"batch_id": batch_id, "passed": result.passed, "evaluated": result.evaluated, "failed": failed},
        )
    _forget_old_docs(settings)
    if not result.passed:
        raise GateError(_told(batch_id, result))


def _summary(settings: Settings, database: Database, rows: Sequence[Row[Any]]) -> pd.DataFrame:
    """The table that the suite is written for: a row a file and rule."""
    import pandas as pd

    table = pd.DataFrame([row._mapping for row in rows])
    counts = pd.DataFrame([_staged_counts(settings, database, number) for number in table["submission_id"].unique()])
    table = table.merge(counts, on="submission_id")
    known = rule_texts(EXPECTATIONS / "roster_line.json")
    is_known = table["rule"].isin(known).map({True: "yes", False: "no"})
    table["rule_is_known"] = is_known.where(table["rule"].notna(), None)  # a file without findings has no rule
    files = table.drop_duplicates("submission_id")
    lines, employers = int(files["lines"].sum()), files["employer_uscc"].nunique()
    table["quarantined_share"] = table["quarantined"] / table["lines"].clip(lower=1)
    table["error_share_of_batch"] = pd.Series([None] * len(table), dtype="Float64")
    if lines >= MANY_LINES and employers >= MANY_EMPLOYERS:
        errors = table["severity"] == "error"
        shares = table[errors].groupby("rule")["flagged"].sum() / lines
        table.loc[errors, "error_share_of_batch"] = table.loc[errors, "rule"].map(shares).astype("Float64")
    return table


def _staged_counts(settings: Settings, database: Database, submission_id: int) -> dict[str, int | None]:
    """Rows of the staged tables; null for one that is not there or does not open, which equals no count."""
    parts = {part: _open(settings, database, int(submission_id), part) for part in ("lines", "checked", "findings")}
    checked = parts["checked"]
    disposed = [checked["disposition"], pa.array(DISPOSITIONS)] if checked is not None else None
    return {
        "submission_id": int(submission_id),
        **{f"staged_{part}": None if table is None else table.num_rows for part, table in parts.items()},
        "lines_disposed": pc.sum(pc.is_in(disposed[0], value_set=disposed[1])).as_py() or 0 if disposed else None,
        "quarantined": pc.sum(pc.equal(disposed[0], "quarantined")).as_py() or 0 if disposed else None,
    }


def _open(settings: Settings, database: Database, submission_id: int, part: str) -> pa.Table | None:
    try:
        return open_table(database.keyring, staged(settings, submission_id, part))
    except Exception:  # whatever is wrong with it, the gate says that it is not what was recorded
        return None


def _forget_old_docs(settings: Settings) -> None:
    kept = sorted((path for path in settings.docs_folder.iterdir() if path.name.isdigit()), key=lambda p: int(p.name))
    for path in kept[:-KEPT_DOCS]:
        shutil.rmtree(path, ignore_errors=True)


def _told(batch_id: int, result: GateResult) -> str:
    return f"batch {batch_id} is not published: " + " | ".join(f.text for f in result.failures if f.stops)
