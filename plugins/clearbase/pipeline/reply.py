"""Stage 6, reply: every file gets its receipt, whatever became of it."""

from __future__ import annotations

import pyarrow as pa
import pyarrow.compute as pc
from sqlalchemy import Connection

from clearbase.intake.claim import original
from clearbase.intake.reasons import REASONS
from clearbase.ledger.employers import known_employers
from clearbase.pipeline.check import read_sheets
from clearbase.pipeline.submissions import Submission, staged, submissions_in
from clearbase.privacy.landing import open_file, open_table
from clearbase.reading.reasons import UNREADABLE
from clearbase.receipts.texts import rule_texts
from clearbase.receipts.write import write_receipt
from clearbase.records import Receipt
from clearbase.settings import EXPECTATIONS, Settings
from clearbase.warehouse.database import Database
from clearbase.warehouse.statements import statement

STAGED_PARTS = ("lines", "checked", "findings")


def reply_batch(settings: Settings, database: Database, batch_id: int) -> None:
    """Write the receipts of the batch's decided files, then close the batch. Written again, a receipt is the same."""
    texts = rule_texts(EXPECTATIONS / "roster_line.json")
    with database.loader.begin() as connection:
        waiting = submissions_in(connection, batch_id, "decided")
    for submission in waiting:
        with database.loader.begin() as connection:
            receipt = _receipt(settings, database, connection, submission)
        published = submission.outcome == "published"
        checked = staged(settings, submission.submission_id, "checked")
        dispositions = (
            open_table(database.keyring, checked).select(["sheet", "row", "disposition"]) if published else None
        )
        write_receipt(
            settings.receipts_folder(submission.employer_uscc),
            receipt,
            open_file(database.keyring, original(settings, submission.submission_id)) if published else None,
            texts,
            dispositions,
        )
        with database.loader.begin() as connection:
            connection.execute(
                statement("intake/set_state"), {"submission_id": submission.submission_id, "state": "closed"}
            )
        for part in STAGED_PARTS:  # the original stays, sealed; what was staged from it has served
            staged(settings, submission.submission_id, part).unlink(missing_ok=True)
    with database.loader.begin() as connection:
        connection.execute(statement("intake/close_batch"), {"batch_id": batch_id})


def _receipt(settings: Settings, database: Database, connection: Connection, submission: Submission) -> Receipt:
    counts = connection.execute(statement("reply/counts"), {"submission_id": submission.submission_id}).one()._mapping
    employer = known_employers(connection).get(submission.employer_uscc or "")
    findings: pa.Table | None = None
    if submission.outcome == "published":
        findings = open_table(database.keyring, staged(settings, submission.submission_id, "findings"))
    code = submission.reason_code or ""
    reason = REASONS.get(code) or UNREADABLE.get(code, "")
    if submission.repeat_of is not None:
        reason += f"原回执号：{receipt_number(submission.repeat_of)}。"
    return Receipt(
        receipt_no=receipt_number(submission.submission_id),
        submission_id=submission.submission_id,
        file_name=submission.file_name,
        outcome=_told_outcome(submission, counts["quarantined"], findings),
        reason=reason,
        employer_uscc=submission.employer_uscc,
        employer_name=employer.name if employer else None,
        period=f"{submission.period:%Y-%m}" if submission.period else None,
        kind=submission.kind,
        counts=dict(counts),
        sheets=read_sheets(connection, submission.submission_id),
        findings=findings,
        received_at=submission.received_at.isoformat(timespec="seconds"),
    )


def _told_outcome(submission: Submission, quarantined: int, findings: pa.Table | None) -> str:
    """An employer is told `partly` where a line was quarantined or a value withheld: there is something to mend."""
    errors = findings is not None and pc.any(pc.equal(findings["severity"], "error")).as_py()
    return "partly" if submission.outcome == "published" and (quarantined or errors) else submission.outcome or ""


def receipt_number(submission_id: int) -> str:
    """What an employer quotes when asking: QD and the number of the submission."""
    return f"QD{submission_id:08d}"
