"""Files that a person has to look at before they count: nobody is made a leaver by a file that cannot be right.

By its own figures a file is judged when it is checked (``pipeline.check``); by what is believed of its employer in the
publication itself, under the employer's lock. The limits are those of ``expectations/roster_file.json``; what is found
are counts.
"""

from __future__ import annotations

import json
import math
from dataclasses import dataclass
from types import SimpleNamespace
from typing import Any, Final

from sqlalchemy import Connection

from clearbase.pipeline.submissions import Submission
from clearbase.quality.file_figures import Figures as FileFigures
from clearbase.quality.file_figures import share
from clearbase.quality.file_rules import Failure, failures, stopped_by
from clearbase.reading.column_names import BY_CLERK
from clearbase.warehouse.statements import statement

# What decides whose place a roster takes (decision 0018). Where a file is held has its limits in roster_file.json.
FEWEST: Final = 10  # persons: below so many a share says nothing
NAMED_AGAIN: Final = 0.5  # of those whom the roster named that is replaced
TAKES_PLACE: Final = 0.8  # of them, where one of the two is a workbook by units and the other one table of all
# Between a likeness (0.7) and a synonym without its hints (0.9; reading.mapping.CONFIDENCE).
SURE: Final = 0.8
NAMES_STAFF: Final = ("full", "joiners", "changes")  # kinds that name who is there, if only who has come

Figures = SimpleNamespace

# Doubt → other doubts whose approval has let it too: who lets a list be a full roster, or take the place of one of
# mostly others, was told whom it leaves out, and that they have left by it; who lets one without names, that its
# lines go into quarantine.
LET_WITH: Final = {
    "loss_unexplained": ("kind_by_history", "replacement_doubtful"),
    "nothing_usable": ("name_column_missing", "evidence_columns_missing"),
    "mostly_quarantined": ("name_column_missing", "evidence_columns_missing"),
    "identity_mostly_wrong": ("columns_shifted",),
}


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
    figures = Figures(**told, **mapping, other_form=place.persons > 0)
    if place.is_whole:
        figures.replaced, figures.named_again = place.persons, place.again
    return figures


def hold_doubtful(connection: Connection, submission: Submission, figures: Figures) -> bool:
    """Hold a resolved submission whose figures cannot be right, unless somebody has approved it. Whether it is held."""
    kind, is_replay = submission.kind or "", submission.replay_of is not None
    if is_replay:
        # Against what it said before, whatever its kind: what is believed knows of later months by now.
        bound = _key(submission) | {"replay_of": submission.replay_of}
        former = connection.execute(statement("replay/figures"), bound).one()._mapping
        figures, kind = Figures(**(vars(figures) | dict(former) | {"other_form": False})), "full"
    failed = stopped_by(failures(believed(figures, kind, is_replay)), lambda code: is_let(connection, submission, code))
    if failed is None:
        return False
    hold(connection, submission, failed.rule.code, figures)
    return True


def believed(figures: Figures, kind: str, is_replay: bool) -> FileFigures:
    """What the file says against what is believed, as the rules of ``roster_file.json`` look at it."""
    f, usual = figures, float(figures.usual_loss)
    told: FileFigures = {
        "unsure_columns": f.unsure_columns,
        "moved_columns": f.moved_columns,
        "numbered": f.numbered,
        "other_names_share": share(f.other_names, f.numbered),
        "named_both": f.named_both,
        "other_numbers_share": share(f.other_numbers, f.named_both),
        "persons_before": f.persons_before,
        "persons_now": f.persons_now,
        "full_months": f.full_months,
        "replay": int(is_replay),
    }
    if kind == "full":
        told |= {"replaced": f.replaced, "named_again_share": share(f.named_again, f.replaced)}
        told |= {"other_form": int(f.other_form), "missing": f.missing}
        told |= _loss("loss", f.missing, f.persons_before, usual)
    if kind in NAMES_STAFF:
        told |= {"missing_later": f.missing_later} | _loss("late_loss", f.missing_later, f.persons_now, usual)
    return told


def _loss(name: str, missing: int, staff: int, usual: float) -> FileFigures:
    """Who had no loss before loses infinitely more than that."""
    lost = share(missing, staff)
    times = None if lost is None else lost / usual if usual else math.inf
    return {f"{name}_share": lost, f"{name}_by_usual": times}


def is_let(connection: Connection, submission: Submission, reason: str) -> bool:
    """Whether somebody has let it in spite of this, or of something that includes it."""
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


def stop_by_figures(connection: Connection, submission: Submission, figures: FileFigures, failed: Failure) -> None:
    """Hold or refuse a checked submission for its own figures. They are kept: the receipt and the question tell
    them."""
    bound = _key(submission) | {"reason_code": failed.rule.code, "figures": json.dumps(figures, ensure_ascii=False)}
    for step in ("hold/add_figures", "hold/settle" if failed.rule.verdict == "hold" else "hold/turn_away"):
        connection.execute(statement(step), bound)


def _key(submission: Submission) -> dict[str, Any]:
    return {
        "submission_id": submission.submission_id,
        "employer_uscc": submission.employer_uscc,
        "period": submission.period,
    }
