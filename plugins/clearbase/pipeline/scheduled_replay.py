"""What the tasks of ``replay_period`` call: ids and counts go in and come out."""

from __future__ import annotations

from collections import Counter
from typing import Any, Final

from clearbase.errors import RequestError, SetupError
from clearbase.given import checked_code, report_month
from clearbase.pipeline.opened import opened
from clearbase.pipeline.read import read_batch
from clearbase.pipeline.replay import (
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
from clearbase.pipeline.scheduled import STAGES

RESULTS: Final = {
    "published": "已按新结果入库",
    "unchanged": "已重新入库，时段不变",
    "held": "待核（原结果保留）",
    "refused": "未替换（原结果保留）",
    "unreadable": "无法读取（原结果保留）",
    "cannot be replayed": "无法重放（原结果保留）",
    "waiting": "处理中",
}


def plan_period(asked: dict[str, Any], asked_by: str) -> tuple[list[dict[str, int]], str]:
    """The batches to replay (``asked``: first, last, employer, reason, preview), none for a preview; and a note for
    people. A replay of the same months that was cut short goes on. Raises RequestError for what is not possible."""
    scope = _scope(asked)
    with opened("replay") as (settings, database):
        plan = plan_replay(settings, database, scope)
        if asked.get("preview"):
            return [], f"预览（未执行）preview, not done: {_planned(plan)}"
        replay_id = begin_replay(settings, database, scope, str(asked.get("reason") or ""), asked_by)
        batches = unfinished_batches(database, replay_id)
        if not batches:  # all was done but the last task
            close_replay(database, replay_id)
        return [{"replay_id": replay_id, "batch_no": number} for number in batches], _planned(plan)


def replay_one_batch(replay_id: int, batch_no: int) -> dict[str, int]:
    """One batch through all the stages, the gate among them. Returns the replay's files by result, so far."""
    with opened("replay") as (settings, database):
        stages: Stages = {"read": read_batch, **STAGES}
        replay_batch(settings, database, replay_id, batch_no, stages)
        return dict(Counter(row.result for row in files_of(database, replay_id)))


def told_period(replay_id: int) -> str:
    """The replay has come to its end: what it has changed, as a note for people."""
    with opened("replay") as (_, database):
        changed = close_replay(database, replay_id)
    files = Counter(row.result for row in changed.files)
    became = "，".join(f"{RESULTS[result]} {result} {number}" for result, number in files.most_common())
    counts = [f"{row.employer} {row.month} {row.headcount} → {row.then}" for row in changed.headcounts]
    more = f" …（共 {len(counts)} 处）" if len(counts) > 20 else ""
    return (
        f"重放 replay {replay_id}：文件 files {became}；时段有变的人员 persons {changed.persons}；"
        f"月末人数 headcounts {'; '.join(counts[:20]) or '不变 unchanged'}{more}"
    )


def _scope(asked: dict[str, Any]) -> Scope:
    first, last, employer = (str(asked.get(name) or "").strip() for name in ("first", "last", "employer"))
    try:
        return Scope(report_month(first), report_month(last or first), checked_code(employer) if employer else None)
    except SetupError as error:
        raise RequestError(str(error)) from None


def _planned(plan: Plan) -> str:
    employers = {file.employer_uscc for file in plan.files}
    cannot = len(plan.gone) + len(plan.behind)
    goes_on = f"接着做 goes on: replay {plan.unfinished}；" if plan.unfinished is not None else ""
    return (
        f"{goes_on}文件 files {len(plan.files)}，单位 employers {len(employers)}，"
        f"行 lines {sum(file.lines for file in plan.files)}；无法重放 cannot be replayed {cannot}"
    )
