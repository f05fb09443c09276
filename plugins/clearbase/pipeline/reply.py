"""Stage 6, reply: every file gets its receipt, whatever became of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

import pyarrow as pa
import pyarrow.compute as pc
from sqlalchemy import Connection

from clearbase.intake.claim import open_name, original
from clearbase.intake.corrections import known_corrections
from clearbase.intake.reasons import NO_REASON, reason_text, waits_for
from clearbase.ledger.employers import Employer, known_employers
from clearbase.pipeline.check import first_received, read_sheets
from clearbase.pipeline.confirmations import confirmed_among, mark_confirmed, told_before
from clearbase.pipeline.faults import OF_THE_HOUSE, note_fault
from clearbase.pipeline.read import read_original
from clearbase.pipeline.submissions import Submission, staged, submissions_in
from clearbase.privacy.landing import open_file, open_table
from clearbase.quality.check import check_standardised
from clearbase.quality.file_rules import judge_file
from clearbase.reading.reasons import UNREADABLE
from clearbase.receipts.texts import RuleText, rule_texts
from clearbase.receipts.write import write_receipt
from clearbase.records import Receipt
from clearbase.settings import EXPECTATIONS, Settings
from clearbase.warehouse.database import Database
from clearbase.warehouse.statements import statement

STAGED_PARTS = ("lines", "observed", "checked", "findings")
# Reasons of a file that could not be read or checked to the end, and would not be now.
UNTOLD: Final = ("fault", "original_lost")


def reply_batch(settings: Settings, database: Database, batch_id: int) -> None:
    """Write the receipts of the batch's decided files, then close the batch. Written again, a receipt is the same."""
    texts = rule_texts(EXPECTATIONS / "roster_line.json")
    with database.loader.begin() as connection:
        waiting = submissions_in(connection, batch_id, "decided")
        employers = known_employers(connection)
    shut: OSError | None = None
    for submission in waiting:
        try:
            if not _tells_nothing_new(database, submission):
                _write(settings, database, submission, texts, employers, whole=True)
        except OF_THE_HOUSE:
            raise
        except Exception as fault:
            if isinstance(fault, OSError) and not isinstance(fault, FileNotFoundError):
                shut = fault  # one employer's folder, or the disk: the others get theirs first
                continue
            # The outcome stands; it is told without the marked workbook and the findings.
            note_fault(database, submission, fault, "reply")
            _write(settings, database, submission, texts, employers, whole=False)
        with database.loader.begin() as connection:
            connection.execute(
                statement("intake/set_state"), {"submission_id": submission.submission_id, "state": "closed"}
            )
        for part in STAGED_PARTS:  # the original stays, sealed; what was staged from it has served
            staged(settings, submission.submission_id, part).unlink(missing_ok=True)
    if shut is not None:
        raise shut
    with database.loader.begin() as connection:
        connection.execute(statement("intake/close_batch"), {"batch_id": batch_id})


def _tells_nothing_new(database: Database, submission: Submission) -> bool:
    """A replay is our affair: its employer hears of it only where it was published and tells something else than the
    receipt that is there."""
    if submission.replay_of is None:
        return False
    if submission.outcome != "published":
        return True
    with database.loader.begin() as connection:
        key = {"submission_id": submission.submission_id}
        return bool(connection.execute(statement("replay/told_the_same"), key).scalar())


def _write(
    settings: Settings,
    database: Database,
    submission: Submission,
    texts: Mapping[str, RuleText],
    employers: Mapping[str, Employer],
    *,
    whole: bool,
) -> None:
    """One receipt; with ``whole`` also what was found in it, and the marked workbook."""
    answer = _answer(settings, database, submission, employers) if whole else Answer()
    with database.loader.begin() as connection:
        if submission.outcome == "published" and answer.confirmed is not None:
            mark_confirmed(connection, submission, answer.confirmed)
        receipt = _receipt(database, connection, submission, employers, answer)
    # Who has reported for another gets the receipt too: it is its file.
    for code in dict.fromkeys((submission.employer_uscc, submission.given_employer or submission.employer_uscc)):
        write_receipt(settings.receipts_folder(code), receipt, answer.original, texts, answer.dispositions)


@dataclass(frozen=True)
class Answer:
    """What a receipt tells beside outcome and counts: findings to be mended or looked at and those that are
    ``confirmed``, what became of each line, and the bytes of the file that is marked."""

    findings: pa.Table | None = None
    confirmed: pa.Table | None = None
    dispositions: pa.Table | None = None
    original: bytes | None = None


def _answer(
    settings: Settings, database: Database, submission: Submission, employers: Mapping[str, Employer]
) -> Answer:
    """Of a file of which lines were read, whether they were published, held or refused; of another nothing."""
    number = submission.submission_id
    stopped = submission.outcome in ("held", "refused") and submission.reason_code not in UNTOLD
    if submission.outcome != "published" and not stopped:
        return Answer()
    # What was checked in this batch is not read again, however far it got.
    if submission.outcome == "published" or staged(settings, number, "findings").is_file():
        lines, findings = (
            open_table(database.keyring, staged(settings, number, part)) for part in ("checked", "findings")
        )
    elif original(settings, number).is_file():  # its retention may be over when somebody decides
        lines, findings = _checked_again(settings, database, submission, employers)
    else:
        return Answer()
    with database.loader.begin() as connection:
        findings = findings.filter(pc.invert(told_before(connection, submission, findings, lines)))
        known = confirmed_among(database.keyring, connection, submission, findings, lines)
    data = None
    # What names several employers' people is given back to nobody who may be only one of them.
    if submission.reason_code != "employer_conflict" or submission.given_employer is not None:
        data = open_file(database.keyring, original(settings, number))
    dispositions = lines.select(["sheet", "row", "disposition"])
    return Answer(findings.filter(pc.invert(known)), findings.filter(known), dispositions, data)


def _checked_again(
    settings: Settings, database: Database, submission: Submission, employers: Mapping[str, Employer]
) -> tuple[pa.Table, pa.Table]:
    """Lines and findings of a file that got no further, or was decided long after what was staged of it had gone: read
    and checked from its original."""
    name = open_name(database.keyring, submission.submission_id, submission.file_name_sealed)
    with database.loader.begin() as connection:
        corrections = known_corrections(connection)
        received = first_received(connection, submission)
    read = read_original(settings, database, submission, name, corrections, employers)
    checked, frame = check_standardised(read, submission.period, on=received, received=received)
    checked, _ = judge_file(read, checked, frame, submission.kind)
    return checked.lines, checked.findings


def _receipt(
    database: Database,
    connection: Connection,
    submission: Submission,
    employers: Mapping[str, Employer],
    answer: Answer,
) -> Receipt:
    counts = connection.execute(statement("reply/counts"), {"submission_id": submission.submission_id}).one()._mapping
    employer = employers.get(submission.employer_uscc or "")
    name = submission.file_name
    if submission.employer_uscc is not None:  # in its own folder a file is called what its employer called it
        name = open_name(database.keyring, submission.submission_id, submission.file_name_sealed)
    code = submission.reason_code or ""
    sheets = read_sheets(connection, submission.submission_id)
    figures = connection.execute(statement("reply/figures"), {"submission_id": submission.submission_id}).scalar()
    refused = submission.outcome == "refused"
    reason = reason_text(code, sheets, refused=refused, figures=figures) or UNREADABLE.get(code, "")
    reason = _decided(connection, submission, reason)
    if submission.repeat_of is not None:
        reason += f"原回执号：{receipt_number(_first_receipt(connection, submission.repeat_of))}。"
        later = connection.execute(statement("reply/replaced_by"), {"submission_id": submission.repeat_of}).scalar()
        if later is not None:
            newer = receipt_number(_first_receipt(connection, later))
            reason += (
                f"注意：之后又收到过同一月份的花名册(回执号{newer})，现以那一份为准；"
                "要恢复本文件的内容，请联系街道流动人口服务站。"
            )
    reason += _in_place_of(connection, submission)
    if submission.replay_of is not None:
        sent = receipt_number(_first_receipt(connection, submission.replay_of))
        reason += (
            f"列的认定或规则更正后，系统把原文件重新处理了一次，结果以本回执为准(原回执号：{sent})；不需要重新报送。"
        )
    return Receipt(
        receipt_no=receipt_number(submission.submission_id),
        submission_id=submission.submission_id,
        file_name=name,
        outcome=_told_outcome(submission, counts["quarantined"], answer.findings),
        reason=reason,
        employer_uscc=submission.employer_uscc,
        employer_name=employer.name if employer else None,
        period=f"{submission.period:%Y-%m}" if submission.period else None,
        kind=submission.kind,
        kind_reason=submission.kind_reason,
        counts=dict(counts),
        sheets=sheets,
        findings=answer.findings,
        received_at=submission.received_at.isoformat(timespec="seconds"),
        confirmed=answer.confirmed,
        waits_for=waits_for(code),
    )


def _in_place_of(connection: Connection, submission: Submission) -> str:
    """That a workbook by units was taken for the whole employer's, and why; nothing of another."""
    row = connection.execute(statement("reply/takes_place"), {"submission_id": submission.submission_id}).one_or_none()
    if row is None:
        return ""
    former = receipt_number(_first_receipt(connection, row.former_id))
    return (
        f"本文件分车间、门店等列出了同月全员花名册(回执号{former})上{row.persons}人中的{row.named_again}人，"
        "按全单位的花名册处理，并取代那一份；本文件没有列出的在职人员，按已离职处理。"
    )


def _decided(connection: Connection, submission: Submission, reason: str) -> str:
    """The reason with what a person has decided: of the file, or of the one that it was taken again of. A replay is
    our affair, and its employer was never asked to wait."""
    if submission.replay_of is not None:
        return reason
    asked = {"submission_id": submission.again_of or submission.submission_id}
    if submission.outcome == "refused":
        asked = {"submission_id": submission.submission_id}
    decision = connection.execute(statement("reply/hold_decision"), asked).one_or_none()
    opinion = ""
    if decision is not None and decision.reason != NO_REASON:
        opinion = f"核实意见：{decision.reason.rstrip('。.')}。"
    if submission.again_of is None or submission.outcome == "refused":
        return reason + opinion
    former = receipt_number(submission.again_of)
    if decision is None:
        return f"{reason}本文件即回执{former}所指的文件，由系统重新处理；处理结果以本回执为准。"
    if submission.outcome == "published":
        return f"本文件即待核回执{former}所指的文件，经工作人员核实，已批准入库；处理结果以本回执为准。{opinion}"
    return f"待核回执{former}所指的文件经工作人员核准后重新处理，仍没有入库，处理结果以本回执为准：{reason}{opinion}"


def _first_receipt(connection: Connection, submission_id: int) -> int:
    """The number by which its employer knows a file that was replayed since."""
    return int(connection.execute(statement("reply/first_receipt"), {"submission_id": submission_id}).scalar_one())


def _told_outcome(submission: Submission, quarantined: int, findings: pa.Table | None) -> str:
    """An employer is told `partly` where a line was quarantined or a value withheld: there is something to mend."""
    errors = findings is not None and pc.any(pc.equal(findings["severity"], "error")).as_py()
    return "partly" if submission.outcome == "published" and (quarantined or errors) else submission.outcome or ""


def receipt_number(submission_id: int) -> str:
    """What an employer quotes when asking: QD and the number of the submission."""
    return f"QD{submission_id:08d}"
