"""What a Dag's task calls: it opens the settings and the database, holds what it works on, and runs one stage.

Ids and counts go in and come out; whatever a stage finds out is in the database and the landing store.
"""

from __future__ import annotations

import itertools
import logging
from collections import Counter
from collections.abc import Callable, Collection, Sequence
from dataclasses import asdict, dataclass
from functools import partial
from pathlib import Path
from typing import Any, Final

from sqlalchemy import Row

from clearbase.errors import RequestError, SetupError
from clearbase.given import Given, given_facts
from clearbase.intake.chunks import chunks_of
from clearbase.intake.claim_again import claim_again
from clearbase.intake.claim_drop import claim_dropped
from clearbase.intake.discover import files_below, source_key
from clearbase.intake.drop import is_settled
from clearbase.pipeline.check import check_batch
from clearbase.pipeline.figures import check_figures
from clearbase.pipeline.gate import gate_batch
from clearbase.pipeline.opened import opened
from clearbase.pipeline.publish import publish_batch
from clearbase.pipeline.read import read_batch
from clearbase.pipeline.rebuild import rebuild_and_compare
from clearbase.pipeline.registry import RegistryLoad, load_registry, load_source
from clearbase.pipeline.registry_presence import ExtractKind
from clearbase.pipeline.registry_told import asked_today, told_of_records
from clearbase.pipeline.reply import reply_batch
from clearbase.pipeline.resolve import resolve_batch
from clearbase.pipeline.sweep import sweep
from clearbase.pipeline.trace import submission_number
from clearbase.pipeline.undo import decide_submission, effect_of
from clearbase.pipeline.verify import verify_batch, verify_decided, verify_load
from clearbase.runtime.private_files import private_folder
from clearbase.settings import Settings
from clearbase.warehouse.database import Database
from clearbase.warehouse.locks import session_lock
from clearbase.warehouse.statements import statement

log = logging.getLogger(__name__)

STAGES: Final[dict[str, Callable[[Settings, Database, int], object]]] = {
    "check": check_batch,
    "gate": gate_batch,
    "resolve": resolve_batch,
    "publish": publish_batch,
    "reply": reply_batch,
    "verify": lambda _, database, batch_id: verify_batch(database, batch_id),
}
OUTCOMES: Final = {
    "published": "已入库",
    "held": "待核",
    "refused": "退回",
    "unreadable": "无法读取",
    "repeated": "重复报送",
}


def claim_files(run_by: str, asked: dict[str, Any]) -> dict[str, Any] | None:
    """The batch of a Dag run and its chunks; None where nothing waits.

    ``asked``, all or none of it: ``batch`` to finish, or ``submission``, ``employer``, ``period`` to take again. Raises
    RequestError for what is no such thing.
    """
    with opened("claim") as (settings, database):
        sweep(settings, database)
        batch_id: int | None
        if asked.get("batch"):
            batch_id = _left_behind(database, int(asked["batch"]))
        elif any(asked.get(name) for name in ("submission", "employer", "period")):
            batch_id = claim_again(settings, database, run_by, asked.get("submission"), _given(asked))
        else:
            batch_id = claim_dropped(settings, database, run_by) or _forsaken(database)
        if batch_id is None:
            return None
        return {"batch_id": batch_id, "chunks": [asdict(chunk) for chunk in chunks_of(database, batch_id)]}


def read_chunk(batch_id: int, submission_ids: Collection[int]) -> int:
    """Read these files of a batch. Returns how many there were."""
    with opened("read") as (settings, database), session_lock(database, "chunk", submission_id=min(submission_ids)):
        read_batch(settings, database, batch_id, frozenset(submission_ids))
    return len(submission_ids)


def run_stage(stage: str, batch_id: int) -> tuple[dict[str, int], str]:
    """Run a stage of ``STAGES`` on a batch. Returns its files by outcome, or by state where there is none yet, and the
    same with its rows as a note for people. ``verify`` raises BrokenError where an invariant does not hold."""
    with opened(stage) as (settings, database), session_lock(database, "batch", batch_id=batch_id):
        STAGES[stage](settings, database, batch_id)
        with database.loader.begin() as connection:
            rows = connection.execute(statement("intake/batch_outcomes"), {"batch_id": batch_id}).all()
    return {row.outcome: int(row.files) for row in rows}, _note(batch_id, rows)


def _note(batch_id: int, rows: Sequence[Row[Any]]) -> str:
    total, read, published, quarantined = (
        sum(int(getattr(row, name)) for row in rows)
        for name in ("files", "rows_read", "rows_published", "rows_quarantined")
    )
    chinese = "，".join(f"{OUTCOMES.get(row.outcome, '处理中')} {row.files}" for row in rows)
    english = ", ".join(f"{row.outcome} {row.files}" for row in rows)
    return (
        f"批次 {batch_id}：文件 {total} 份（{chinese}）；读取 {read} 行，入库 {published} 行，隔离 {quarantined} 行。\n"
        f"Batch {batch_id}: {total} files ({english}); {read} rows read, {published} published, "
        f"{quarantined} quarantined."
    )


def load_registry_extracts(
    file: str | None, *, database_too: bool = False, kind: ExtractKind | None = None, confirmed: bool = False
) -> tuple[Counter[str], list[str]]:
    """Load the extract that is named; or what the database of the settings answers (``database_too``); or the extracts
    that wait in the registry's inbox, oldest first, and once a day that database's answer, where one is set.

    What the rules say of each is logged, a line a rule. ``kind``, ``confirmed``: as ``load_registry``. Returns the sum
    of their counts, and what is wrong with those that were refused. Raises BrokenError where what one has touched does
    not hold.
    """
    counts: Counter[str] = Counter()
    refused, loads = [], []
    with opened("registry") as (settings, database):

        def take(load: Callable[[], RegistryLoad | None]) -> bool:
            try:
                loaded = load()
            except SetupError as error:
                refused.append(str(error))
                return False
            if loaded is not None:
                loads.append(loaded.load_id)
                counts.update(_told_load(loaded))
            return True

        for path in [Path(file)] if file else [] if database_too else waiting_extracts(settings):
            key = source_key(path) if path.is_file() else b""
            load = partial(load_registry, settings, database, path, kind, confirmed=confirmed, is_told=True)
            taken = take(load)
            _move(path, key, settings.registry_inbox, None if taken else settings.registry_inbox.parent / "refused")
        if database_too or (not file and settings.registry_source is not None and not asked_today(database)):
            take(partial(load_source, settings, database, kind=kind, confirmed=confirmed))
        for load_id in loads:
            verify_load(database, load_id)
    return +counts, refused


def _told_load(loaded: RegistryLoad) -> Counter[str]:
    for told in told_of_records(loaded.flagged):
        log.info("%s", " ".join(map(str, told.values())))
    log.info("extract %d taken as %s", loaded.load_id, loaded.kind)
    figures = {name: n for name, n in asdict(loaded).items() if name not in ("load_id", "kind", "flagged")}
    return Counter(figures | {"files": 1, loaded.kind: 1, "findings": sum(loaded.flagged.values())})


def waiting_extracts(settings: Settings) -> list[Path]:
    """Extracts in the registry's inbox that nobody writes at any more, by their time."""
    found = files_below(settings.registry_inbox, Counter())
    return sorted(
        (path for path in found if is_settled(path, settings.settle_seconds)), key=lambda p: p.stat().st_mtime
    )


def decide_published(asked: dict[str, Any], decided_by: str) -> tuple[dict[str, int], str]:
    """Undo or redo a published submission (``asked``: submission, verdict, reason, preview). Returns its figures and
    the same as a note for people. Raises RequestError for what is not possible."""
    number = submission_number(str(asked.get("submission") or ""))
    if number is None:
        raise RequestError("say which submission: its number, or its receipt's (QD00000012)")
    commit = not asked.get("preview")
    with opened("undo") as (_, database):
        # Tried again after it was done and before it was verified, the run tells what it did.
        done = effect_of(database, number, asked["verdict"], decided_by) if commit else None
        effect = done or decide_submission(
            database, number, asked["verdict"], str(asked.get("reason") or ""), decided_by, commit=commit
        )
        if commit:
            verify_decided(database, number)
    months = ", ".join(
        f"{month:%Y-%m} {before} → {after}" for month, (before, after) in effect.change.headcounts.items()
    )
    states = ", ".join(f"{state} {before} → {after}" for state, (before, after) in effect.states.items())
    said = {"undone": ("已撤销", "undone"), "redone": ("已恢复", "redone")}[effect.verdict]
    chinese, english = said if commit else (f"预览（未执行）：若{said[0][1:]}", f"preview, not done: if {said[1]}")
    note = (
        f"{chinese} submission {number} {english}：人员 persons {effect.change.persons}，时段 spells "
        f"-{effect.change.spells_ended} +{effect.change.spells_begun}；月末人数 headcounts "
        f"{months or '不变 unchanged'}；登记状态 match states {states or '不变 unchanged'}；"
        f"登记信息有变的人员 persons of whom something else is told {effect.otherwise}"
    )
    return {"persons": effect.change.persons, "spells": effect.change.spells_ended + effect.change.spells_begun}, note


def rebuild_sample(employers: int) -> dict[str, int]:
    """Rebuild the derived tables beside the live ones, spells of so many employers, and compare. Raises RequestError,
    naming them, where any differs."""
    with opened("rebuild") as (_, database):
        tables = list(rebuild_and_compare(database, employers))
    if differing := [table.table for table in tables if not table.is_same]:
        raise RequestError(f"tables that are not what the ledger says: {', '.join(differing)}")
    return {"tables": len(tables), "rows": sum(table.rows for table in tables)}


def verify_warehouse() -> dict[str, int]:
    """Check every invariant. Raises BrokenError, with a line for each that is broken."""
    with opened("verify") as (_, database):
        return {"invariants": verify_batch(database, None)}


@dataclass(frozen=True)
class FiguresTold:
    """``day``: whose pages tell it all, None where nothing is published yet. ``broken``: a text for each that fails."""

    day: str | None
    counts: dict[str, int]
    note: str | None
    broken: list[str]


def check_warehouse_figures() -> FiguresTold:
    """Ask whether the warehouse's figures can be right (``pipeline.figures``); warnings are logged, and a note."""
    with opened("figures") as (settings, database):
        found = check_figures(settings, database)
    if found is None:
        return FiguresTold(None, {"checks": 0}, None, [])
    for failure in found.warnings:
        log.warning("%s", failure.text)
    counts = {"checks": found.evaluated, "broken": len(found.broken), "warnings": len(found.warnings)}
    codes = ", ".join(failure.code for failure in (*found.broken, *found.warnings))
    note = f"底数检验 {found.evaluated} 项，不符或提醒 checks that fail or warn: {codes}" if codes else None
    return FiguresTold(found.page.parent.name, counts, note, [failure.text for failure in found.broken])


def _move(path: Path, key: bytes, inbox: Path, target: Path | None) -> None:
    """Out of the inbox: what was loaded is sealed in the landing store; what was not is kept beside it.

    A file that took its place meanwhile stays for the next run.
    """
    if path.parent.resolve() != inbox or not path.is_file() or source_key(path) != key:
        return
    if target is None:
        path.unlink(missing_ok=True)
    else:
        private_folder(target)
        taken = itertools.count(2)
        there = target / path.name
        while there.exists():
            there = target / f"{path.stem}_{next(taken)}{path.suffix}"
        path.replace(there)


def _forsaken(database: Database) -> int | None:
    """A batch whose run has failed for good is finished by the next run that finds nothing else to do."""
    with database.loader.begin() as connection:
        found = connection.execute(statement("intake/forsaken_batch")).scalar()
    return None if found is None else int(found)


def _left_behind(database: Database, batch_id: int) -> int:
    with database.loader.begin() as connection:
        row = connection.execute(statement("intake/batch"), {"batch_id": batch_id}).one_or_none()
    if row is None or row.closed_at is not None:
        raise RequestError(f"batch {batch_id} " + ("is closed already" if row else "is not there"))
    return batch_id


def _given(asked: dict[str, Any]) -> Given:
    try:
        return given_facts(asked.get("employer"), asked.get("period"))
    except SetupError as error:
        raise RequestError(str(error)) from None
