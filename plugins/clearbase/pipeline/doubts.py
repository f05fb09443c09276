"""Files that a person has to look at before they count: nobody is made a leaver by a file that cannot be right.

Asked in the publication itself, under the employer's lock, of what is believed by then. What is found are counts.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final

from sqlalchemy import Connection, Row

from clearbase.pipeline.submissions import Submission
from clearbase.warehouse.statements import statement

# Below so many persons a share says nothing: half of a shop's four may well have gone.
FEWEST: Final = 10
LOSS: Final = 0.5  # of those believed to be there, whatever the history
OF_HISTORY: Final = 1.5  # times the largest loss that this employer had
LARGEST: Final = 0.9  # more than that is doubted even of whom it is known
OTHER_NAMES: Final = 1 / 3
OTHER_NUMBERS: Final = 0.3

# Reason → whether the figures (``sql/hold/figures.sql``) give it. The first that does is told.
DOUBTS: Final[tuple[tuple[str, Callable[[Row[Any], str], bool]], ...]] = (
    (
        "names_contradict",
        lambda f, kind: f.numbered >= FEWEST and f.other_names >= OTHER_NAMES * f.numbered,
    ),
    (
        "numbers_changed",
        lambda f, kind: f.names_before >= FEWEST and f.other_numbers >= OTHER_NUMBERS * f.names_before,
    ),
    (
        "loss_unexplained",
        lambda f, kind: (
            kind == "full"
            and f.persons_before >= FEWEST
            and f.missing > min(max(LOSS, OF_HISTORY * float(f.usual_loss)), LARGEST) * f.persons_before
        ),
    ),
)


def hold_doubtful(connection: Connection, submission: Submission) -> bool:
    """Hold a resolved submission whose figures cannot be right, unless somebody has approved it. Whether it is held."""
    key: dict[str, Any] = {
        "submission_id": submission.submission_id,
        "employer_uscc": submission.employer_uscc,
        "period": submission.period,
    }
    figures = connection.execute(statement("hold/figures"), key).one()
    reason = next((code for code, doubted in DOUBTS if doubted(figures, submission.kind or "")), None)
    if reason is None or connection.execute(statement("hold/approved"), key).scalar():
        return False
    bound = key | {"reason_code": reason} | dict(figures._mapping)
    connection.execute(statement("hold/add_doubt"), bound)
    connection.execute(statement("hold/settle"), bound)
    connection.execute(statement("publish/unstage"), key)
    return True
