"""Files that a person has to look at before they count: nobody is made a leaver by a file that cannot be right.

Asked in the publication itself, under the employer's lock, of what is believed by then. What is found are counts.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from types import SimpleNamespace
from typing import Any, Final

from sqlalchemy import Connection

from clearbase.pipeline.submissions import Submission
from clearbase.reading.column_names import BY_CLERK
from clearbase.warehouse.statements import statement

# Below so many persons a share says nothing: half of a shop's four may well have gone.
FEWEST: Final = 10
# What a full roster may lose unasked: staff from so many on → share, of an employer that we do not know yet and, at
# least, of one that we know. Five of a shop's twelve may change in a month; of a thousand a tenth is a line closed.
LOSSES: Final = ((200, 0.3, 0.1), (50, 0.4, 0.2), (0, 0.5, 0.3))
FEWEST_LOST: Final = 5  # persons; fewer say nothing whatever their share
OF_HISTORY: Final = 1.5  # times the largest loss that this employer had within a year
LARGEST: Final = 0.9  # more than that is doubted even of whom it is known
KNOWN: Final = 4  # full rosters in that year: three times one could be compared with the one before
NAMES_STAFF: Final = ("full", "joiners", "changes")  # kinds that name who is there, if only who has come
OTHER_NAMES: Final = 1 / 3
OTHER_NUMBERS: Final = 0.3
NAMED_AGAIN: Final = 0.5  # of those whom the roster named that is replaced
TAKES_PLACE: Final = 0.8  # of them, where one of the two is a workbook by units and the other one table of all
# Between a likeness (0.7) and a synonym without its hints (0.9; reading.mapping.CONFIDENCE).
SURE: Final = 0.8

Figures = SimpleNamespace


def may_lose(figures: Figures, staff: int) -> float:
    """How many of ``staff`` a full roster may leave out before somebody is asked: what the employer's own history
    explains where there is enough of it, what is common for its size before."""
    unknown, known = next((unknown, known) for least, unknown, known in LOSSES if staff >= least)
    share = max(known if figures.full_months >= KNOWN else unknown, OF_HISTORY * float(figures.usual_loss))
    return max(min(share, LARGEST) * staff, FEWEST_LOST)


# Reason → whether the figures (``sql/hold/figures.sql``, ``mapping.sql``) give it. The first that does is told.
DOUBTS: Final[tuple[tuple[str, Callable[[Figures, str], bool]], ...]] = (
    # A column that is not what it was taken for explains whatever else is odd.
    ("mapping_doubtful", lambda f, kind: f.unsure_columns + f.moved_columns > 0),
    (
        "names_contradict",
        lambda f, kind: f.numbered >= FEWEST and f.other_names >= OTHER_NAMES * f.numbered,
    ),
    (
        "numbers_changed",
        lambda f, kind: f.named_both >= FEWEST and f.other_numbers >= OTHER_NUMBERS * f.named_both,
    ),
    (
        "replacement_doubtful",
        lambda f, kind: kind == "full" and f.replaced >= FEWEST and f.named_again < f.least_again * f.replaced,
    ),
    (
        "loss_unexplained",
        lambda f, kind: kind == "full" and f.persons_before >= FEWEST and f.missing > may_lose(f, f.persons_before),
    ),
    (
        "late_loss",
        lambda f, kind: (
            kind in NAMES_STAFF and f.persons_now >= FEWEST and f.missing_later > may_lose(f, f.persons_now)
        ),
    ),
)

# Doubt → other doubts whose approval has let it too: who lets a list be a full roster, or take the place of one of
# mostly others, was told whom it leaves out, and that they have left by it.
LET_WITH: Final = {"loss_unexplained": ("kind_by_history", "replacement_doubtful")}


@dataclass(frozen=True)
class Place:
    """The full rosters of its month that were sent the other way: one table of all before a workbook ``by_units``, or
    the reverse. ``persons`` whom they name, ``again`` those of them whom this one names; ``took_place``: its former
    self, where it is a replay, took the place of one."""

    by_units: bool
    persons: int
    again: int
    took_place: bool

    @property
    def is_whole(self) -> bool:
        """Whether a workbook by units is of the whole employer, surely or if somebody says so."""
        enough = NAMED_AGAIN if self.persons >= FEWEST else TAKES_PLACE
        return self.by_units and (self.took_place or (self.persons > 0 and self.again >= enough * self.persons))


def figures_of(connection: Connection, submission: Submission) -> Figures:
    """What the submission says against what is believed, and how sure its columns are."""
    key, replay = _key(submission), {"replay_of": submission.replay_of}
    place = Place(*connection.execute(statement("hold/place"), key | replay).one())
    told = connection.execute(statement("hold/figures"), key | {"whole": place.is_whole}).one()._mapping
    bound = {"sure": SURE, "by_clerk": BY_CLERK} | replay
    mapping = connection.execute(statement("hold/mapping"), key | bound).one()._mapping
    figures = Figures(**told, **mapping, least_again=TAKES_PLACE if place.persons else NAMED_AGAIN)
    if place.is_whole:
        figures.replaced, figures.named_again = place.persons, place.again
    return figures


def hold_doubtful(connection: Connection, submission: Submission, figures: Figures) -> bool:
    """Hold a resolved submission whose figures cannot be right, unless somebody has approved it. Whether it is held."""
    kind = submission.kind or ""
    if submission.replay_of is not None:
        # Against what it said before, whatever its kind: what is believed knows of later months by now.
        bound = _key(submission) | {"replay_of": submission.replay_of}
        former = connection.execute(statement("replay/figures"), bound).one()._mapping
        figures, kind = Figures(**(vars(figures) | dict(former) | {"least_again": NAMED_AGAIN})), "full"
    reasons = [code for code, doubted in DOUBTS if doubted(figures, kind)]
    if submission.replay_of is not None and figures.replaced and not figures.persons_now:
        reasons = reasons or ["replacement_doubtful"]
    reason = next((code for code in reasons if not _is_let(connection, submission, code)), None)
    if reason is None:
        return False
    hold(connection, submission, reason, figures)
    return True


def _is_let(connection: Connection, submission: Submission, reason: str) -> bool:
    return any(is_approved(connection, submission, code) for code in (reason, *LET_WITH.get(reason, ())))


def is_approved(connection: Connection, submission: Submission, reason: str) -> bool:
    """Whether somebody has let it, or the file that it was taken again of, when held for this reason: an approval of
    one doubt says nothing of another."""
    return bool(connection.execute(statement("hold/approved"), _key(submission) | {"reason_code": reason}).scalar())


def hold(connection: Connection, submission: Submission, reason: str, figures: Figures) -> None:
    """Hold a resolved submission for a reason that somebody may decide of, with the figures that made it doubtful."""
    bound = _key(submission) | {"reason_code": reason} | vars(figures)
    for step in ("hold/add_doubt", "hold/settle", "publish/unstage"):
        connection.execute(statement(step), bound)


def _key(submission: Submission) -> dict[str, Any]:
    return {
        "submission_id": submission.submission_id,
        "employer_uscc": submission.employer_uscc,
        "period": submission.period,
    }
