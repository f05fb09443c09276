"""Files that were held for doubt: who waits, and what a person decides of them. The decision is a row of the ledger."""

from __future__ import annotations

from typing import Any, Literal

from sqlalchemy import Row

from clearbase.errors import RequestError
from clearbase.given import Given
from clearbase.intake.claim_again import claim_again
from clearbase.pipeline.check import check_batch
from clearbase.pipeline.publish import publish_batch
from clearbase.pipeline.read import read_batch
from clearbase.pipeline.reply import reply_batch
from clearbase.pipeline.resolve import resolve_batch
from clearbase.pipeline.verify import verify_batch
from clearbase.privacy.labels import safe_reason
from clearbase.settings import Settings
from clearbase.warehouse.database import Database
from clearbase.warehouse.statements import statement

HoldVerdict = Literal["approved", "refused"]


def waiting_holds(database: Database) -> list[Row[Any]]:
    """Each file that waits for a decision, with the figures that made it doubtful (``sql/hold/waiting.sql``)."""
    with database.loader.connect() as connection:
        return list(connection.execute(statement("hold/waiting")).all())


def ask_about(database: Database, run_by: str) -> list[Row[Any]]:
    """Those that nobody was asked about yet: the run takes it upon itself, and asked again finds its own."""
    with database.loader.begin() as connection:
        mine = set(connection.execute(statement("hold/ask"), {"run_by": run_by}).scalars())
    return [row for row in waiting_holds(database) if row.submission_id in mine]


def decide_hold(
    settings: Settings, database: Database, submission_id: int, verdict: HoldVerdict, reason: str, decided_by: str
) -> None:
    """Approve a held file, which is then taken again and published, or refuse it; either way its employer gets a new
    receipt. What was cut short is finished by deciding the same again. Raises RequestError: for a file that waits for
    nobody or was decided otherwise, or for no reason; BrokenError, with all of it done, where an invariant
    does not hold after it."""
    if not reason.strip():
        raise RequestError("say why: the reason is kept with the decision")
    if submission_id not in {row.submission_id for row in waiting_holds(database)}:
        raise RequestError(f"submission {submission_id} does not wait for a decision")
    key: dict[str, Any] = {"submission_id": submission_id, "verdict": verdict}
    with database.loader.begin() as connection:
        connection.execute(statement("hold/decide"), key | {"reason": safe_reason(reason), "decided_by": decided_by})
        decided = connection.execute(statement("hold/verdict"), key).scalar_one()
        if decided != verdict:
            raise RequestError(f"submission {submission_id} is {decided} already")
        refused = connection.execute(statement("hold/refuse"), key).scalar_one() if verdict == "refused" else None
    if refused is not None:
        reply_batch(settings, database, refused)
        return
    batch_id = claim_again(settings, database, f"approval of {submission_id}", submission_id, Given())
    for stage in (read_batch, check_batch, resolve_batch, publish_batch, reply_batch):
        stage(settings, database, batch_id)
    verify_batch(database, batch_id)
