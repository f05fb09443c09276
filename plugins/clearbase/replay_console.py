"""What `replay` does and prints."""

from __future__ import annotations

import getpass
from collections import Counter
from collections.abc import Iterable
from functools import partial
from typing import Any

from rich.status import Status
from rich.text import Text
from sqlalchemy import Row

from clearbase.console import confirmed, out, print_rows, told
from clearbase.errors import RequestError, SetupError
from clearbase.given import checked_code, report_month
from clearbase.pipeline.replay import (
    Changed,
    Plan,
    Scope,
    Stages,
    begin_replay,
    close_replay,
    files_of,
    plan_replay,
    replay_batch,
    unfinished_batches,
)
from clearbase.pipeline.reply import receipt_number
from clearbase.pipeline.run import STAGES
from clearbase.pipeline.verify import verify_batch
from clearbase.settings import Settings, told_settings
from clearbase.warehouse.database import Database, open_database

# Why a replayed file was not published, where no other command tells it.
WHY = {
    "replay_overtaken": "its former self counts no longer",
    "replay_out_of_order": "a later file of its month stays as it was",
    "replay_elsewhere": "it is now taken for another employer's or month's: undo it, and take it again with what it is",
}


def replay_months(first: str, last: str, employer: str | None, reason: str, yes: bool) -> None:
    """``replay``: what there is to do, then, once it is confirmed, file by file what became of it."""
    scope = Scope(report_month(first), report_month(last), checked_code(employer) if employer else None)
    settings = told_settings()
    with open_database(settings) as database:
        try:
            plan = plan_replay(settings, database, scope)
            _print_plan(plan)
            if not plan.files and plan.unfinished is None:
                raise RequestError("nothing to replay: no published file of these months counts and is kept")
            if not yes and not confirmed("Shall they be replayed?"):
                told.print("nothing was changed; --yes does it without asking")
                return
            number = begin_replay(settings, database, scope, reason, f"command line, {getpass.getuser()}")
            _run(settings, database, number)
            _print_changed(close_replay(database, number))
        except RequestError as error:
            raise SetupError(str(error)) from None


def _run(settings: Settings, database: Database, number: int) -> None:
    """Batch by batch; a line a file when it has its outcome."""
    files = files_of(database, number)
    done = {row.submission_id for row in files if row.result != "waiting"}
    stages: Stages = {**dict(STAGES), "verify": lambda _, database, batch_id: verify_batch(database, batch_id)}
    with told.status("replaying") as line:
        for batch_no in unfinished_batches(database, number):
            show = partial(_show, line, f"{len(done)} of {len(files)} files; batch {batch_no}")
            replay_batch(settings, database, number, batch_no, stages, show)
            for row in files_of(database, number):
                if row.result != "waiting" and row.submission_id not in done:
                    done.add(row.submission_id)
                    told.print(_told(row))


def _show(line: Status, at: str, stage: str) -> None:
    line.update(Text(f"{at}: {stage}"))


def _told(row: Row[Any]) -> str:
    became = f" → {receipt_number(row.replayed_as)}" if row.replayed_as is not None else ""
    why = f": {WHY.get(row.reason, row.reason)}" if row.reason else ""
    persons = f", {row.persons_changed} persons" if row.persons_changed else ""
    return f"{row.month} {row.employer} {receipt_number(row.submission_id)}{became} {row.result}{persons}{why}"


def _print_plan(plan: Plan) -> None:
    if plan.unfinished is not None:
        told.print(f"replay {plan.unfinished} of these months was begun and not finished: it goes on")
    months: dict[str, list[Row[Any]]] = {}
    for file in plan.files:
        months.setdefault(f"{file.period:%Y-%m}", []).append(file)
    rows = [
        {
            "month": month,
            "files": len(files),
            "employers": len({file.employer_uscc for file in files}),
            "lines": sum(file.lines for file in files),
        }
        for month, files in months.items()
    ]
    print_rows(rows, "what is taken again, each file in the place of its former self")
    cannot = [
        {"month": f"{file.period:%Y-%m}", "employer": file.employer_uscc, "submission": file.submission_id, "why": why}
        for why, files in (
            ("its original is kept no longer", plan.gone),
            ("the original of a later file of its month is kept no longer", plan.behind),
        )
        for file in files
    ]
    print_rows(cannot, "what cannot be replayed and stays as it is")


def _print_changed(changed: Changed) -> None:
    became: Iterable[tuple[str, int]] = Counter(row.result for row in changed.files).most_common()
    print_rows(
        [{"result": result, "files": files} for result, files in became], "files; all but published stay as they were"
    )
    stayed = [row for row in changed.files if row.result not in ("published", "unchanged")]
    rows = [
        {"month": row.month, "employer": row.employer, "submission": row.submission_id, "result": row.result}
        | {"taken again as": row.replayed_as, "why": WHY.get(row.reason, row.reason)}
        for row in stayed
    ]
    print_rows(rows, "files that stay as they were; `trace` tells more, `hold list` which wait for a decision")
    out.print(f"persons whose spells changed: {changed.persons}")
    print_rows(changed.headcounts, "headcounts that changed")
