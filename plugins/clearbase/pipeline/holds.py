"""Files that were held for doubt: who waits, and what a person decides of them. The decision is a row of the ledger."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final, Literal

from sqlalchemy import Connection, Row

from clearbase.errors import RequestError
from clearbase.given import Given
from clearbase.intake.claim_again import take_again
from clearbase.pipeline.check import check_batch
from clearbase.pipeline.gate import gate_batch
from clearbase.pipeline.publish import publish_batch
from clearbase.pipeline.read import read_batch
from clearbase.pipeline.reply import reply_batch
from clearbase.pipeline.resolve import resolve_batch
from clearbase.privacy.labels import safe_reason
from clearbase.settings import Settings
from clearbase.warehouse.database import Database
from clearbase.warehouse.locks import session_lock
from clearbase.warehouse.statements import statement

HoldVerdict = Literal["approved", "refused"]
# With the gate, by command too: such a file is published because somebody has said so, and not for its figures.
STAGES: Final = (read_batch, check_batch, gate_batch, resolve_batch, publish_batch, reply_batch)


@dataclass(frozen=True)
class Decided:
    """What a decision came to. ``became``: the submission that answers its employer, the one taken again of an approved
    file; with its outcome, and the reason where it was not published. ``batch_id``: the batch that was worked on."""

    submission_id: int
    verdict: HoldVerdict
    batch_id: int
    became: int
    outcome: str
    reason_code: str | None


def waiting_holds(database: Database) -> list[Row[Any]]:
    """Each file that waits for a decision, with the figures that made it doubtful, and those whose decision was cut
    short (``sql/hold/waiting.sql``)."""
    with database.loader.connect() as connection:
        return list(connection.execute(statement("hold/waiting")).all())


def ask_about(database: Database, run_by: str) -> list[Row[Any]]:
    """Those that nobody was asked about yet: the run takes it upon itself, and asked again finds its own."""
    with database.loader.begin() as connection:
        mine = set(connection.execute(statement("hold/ask"), {"run_by": run_by}).scalars())
    return [row for row in waiting_holds(database) if row.submission_id in mine]


def decide_hold(
    settings: Settings, database: Database, submission_id: int, verdict: HoldVerdict, reason: str, decided_by: str
) -> Decided:
    """Approve a held file, which is then taken again and published if nothing else is wrong with it, or refuse it;
    either way its employer gets a new receipt. What was cut short is finished by deciding the same again.

    Raises RequestError: for a file that waits for nobody or was decided otherwise, or for no reason; GateError, with
    the decision kept, where our own figures do not agree: once they do, the same decision goes on.
    """
    if not reason.strip():
        raise RequestError("say why: the reason is kept with the decision")
    decision: dict[str, Any] = {"submission_id": submission_id, "verdict": verdict}
    decision |= {"reason": safe_reason(reason), "decided_by": decided_by}
    with database.loader.connect() as connection:
        held = _waiting(connection, submission_id)
    if verdict == "refused":
        batch_id = held.batch_id
        # Whoever still writes its batch's receipts comes to the end of it first, and cannot write over the new one.
        with session_lock(database, "batch", batch_id=batch_id), database.loader.begin() as connection:
            _record(connection, decision)
            connection.execute(statement("hold/refuse"), decision)
    else:
        # Taken again in the transaction that decides: an approval is never without the file that it lets in.
        with session_lock(database, "claims"), database.loader.begin() as connection:
            _record(connection, decision)
            given = Given(held.settled_employer)
            batch_id = take_again(settings, database, connection, f"approval of {submission_id}", submission_id, given)
    finish_hold(settings, database, batch_id)
    with database.loader.connect() as connection:
        became = connection.execute(statement("hold/became"), decision).one()
    return Decided(submission_id, verdict, batch_id, became.submission_id, became.outcome, became.reason_code)


def unfinished_holds(database: Database) -> list[int]:
    """Batches of decisions that were cut short, but for those that the gate has stopped: these wait for a person."""
    with database.loader.connect() as connection:
        return list(connection.execute(statement("hold/unfinished")).scalars())


def finish_hold(settings: Settings, database: Database, batch_id: int) -> None:
    """Take the batch of a decision to its end, from wherever it is."""
    with session_lock(database, "batch", batch_id=batch_id):
        for stage in STAGES:
            stage(settings, database, batch_id)


def _waiting(connection: Connection, submission_id: int) -> Row[Any]:
    rows = connection.execute(statement("hold/waiting")).all()
    held = next((row for row in rows if row.submission_id == submission_id), None)
    if held is None:
        raise RequestError(f"submission {submission_id} does not wait for a decision")
    return held


def _record(connection: Connection, decision: dict[str, Any]) -> None:
    """Write the decision, unless it is there: the first one of a file holds."""
    _waiting(connection, decision["submission_id"])  # nobody was faster
    connection.execute(statement("hold/decide"), decision)
    decided = connection.execute(statement("hold/verdict"), decision).scalar_one()
    if decided != decision["verdict"]:
        raise RequestError(f"submission {decision['submission_id']} is {decided} already")
