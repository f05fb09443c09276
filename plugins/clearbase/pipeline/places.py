"""One month sent as one table of all and again as a workbook by units: which takes whose place (decision 0018).

Decided in the transaction that publishes the later of the two, as a row of the ledger; it holds while both stand, so
that an undo of either leaves what there would be without it.
"""

from __future__ import annotations

from sqlalchemy import Connection

from clearbase.pipeline.doubts import FEWEST, NAMED_AGAIN, TAKES_PLACE, is_approved
from clearbase.pipeline.submissions import Submission
from clearbase.warehouse.statements import statement


def take_places(connection: Connection, submission: Submission) -> None:
    """Write down whose place a full roster takes, once its lines, persons and units are in the ledger."""
    if submission.kind != "full":
        return
    let = is_approved(connection, submission, "replacement_doubtful")
    bound = {
        "submission_id": submission.submission_id,
        "employer_uscc": submission.employer_uscc,
        "period": submission.period,
        "enough": TAKES_PLACE,
        "least": NAMED_AGAIN if let else TAKES_PLACE,
        "fewest": FEWEST,
    }
    connection.execute(statement("publish/takes_place"), bound)
