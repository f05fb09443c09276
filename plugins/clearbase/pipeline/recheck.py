"""Before a rule changes: the rules of a suite run over what was published, and what would alter. Nothing is written.

The ledger keeps canonical values, and a rule looks at cells as they were typed; so each file is read again from its
sealed original, as a replay does. Compared are the row rules, and those of a whole file by its own figures: what
reading observes does not depend on them, and what history says is not asked again.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from sqlalchemy import Connection

from clearbase.errors import RequestError, SealError
from clearbase.intake.claim import open_name
from clearbase.intake.corrections import known_corrections
from clearbase.ledger.employers import known_employers
from clearbase.pipeline.check import first_received
from clearbase.pipeline.read import read_original
from clearbase.pipeline.submissions import Submission
from clearbase.quality.check import check_standardised
from clearbase.quality.file_figures import file_figures
from clearbase.quality.file_rules import ROSTER_FILE, Failure, failures, file_rules
from clearbase.quality.rule_book import rule_book
from clearbase.quality.standardise import fields_of
from clearbase.quality.suite import ROSTER_LINE, load_suite
from clearbase.settings import Settings
from clearbase.warehouse.database import Database
from clearbase.warehouse.statements import statement

# What may alter of a cell that was told.
OF_CELLS: Final = ("told_anew", "told_no_more", "graded_otherwise")
# What may alter of a file as a whole: a warning of it; that it is held or refused, which nobody has approved yet.
OF_FILES: Final = ("file_told_anew", "file_told_no_more", "file_stopped")
# What costs a line, and what costs its number: to these rules it is put down.
COSTS: Final = {"quarantined": "quarantine", "freed": "quarantine", "number_withheld": "id", "number_kept": "id"}
PLACE: Final = ("sheet", "row", "field", "rule")
LINE: Final = ("sheet", "row", "disposition_before", "state_before", "bits_before")


@dataclass(frozen=True)
class Scope:
    """Which published submissions: months by their first days, an employer, so many files; None for all."""

    first_month: dt.date | None = None
    last_month: dt.date | None = None
    employer_uscc: str | None = None
    sample: int | None = None


@dataclass
class Recheck:
    """``by_rule``: rule → what alters → how often; ``by_employer`` the same, of whole lines once each.

    ``files``, ``lines``: that were compared; ``same_rules``: files that these very rules have checked; ``otherwise``:
    lines that reading finds elsewhere or no longer, which no rule is the cause of; ``gone``: submissions whose
    original is kept no longer or does not open; ``unreadable``: that cannot be read today; ``employers`` and
    ``altered``: of each rule the employers and files where anything alters.
    """

    by_rule: dict[str, Counter[str]] = field(default_factory=dict)
    by_employer: dict[str, Counter[str]] = field(default_factory=dict)
    employers: dict[str, set[str]] = field(default_factory=dict)
    altered: dict[str, set[int]] = field(default_factory=dict)
    files: int = 0
    lines: int = 0
    otherwise: int = 0
    same_rules: int = 0
    gone: list[int] = field(default_factory=list)
    unreadable: list[int] = field(default_factory=list)

    @property
    def alters(self) -> bool:
        return bool(self.by_rule or self.by_employer)


def recheck(
    settings: Settings,
    database: Database,
    scope: Scope,
    suite_file: Path = ROSTER_LINE,
    progress: Callable[[int, int], None] = lambda done, of: None,
    file_suite: Path = ROSTER_FILE,
) -> Recheck:
    """Run the suites of lines and of whole files over the submissions of ``scope``; ``progress`` is told how many of
    how many files are done.

    Raises SuiteError where the suite cannot be used, RequestError where there is nothing to compare.
    """
    costs, flags = _costs(suite_file), _rights(suite_file)
    of_files = {rule.code for path in (ROSTER_FILE, file_suite) for rule in file_rules(path)}
    others = _others(flags)
    with database.loader.connect() as connection:
        connection = connection.execution_options(postgresql_readonly=True)
        rows = connection.execute(statement("recheck/submissions"), vars(scope)).all()
        corrections, employers = known_corrections(connection), known_employers(connection)
        connection.rollback()
        if not rows:
            raise RequestError("nothing to compare: no published file of these months and employers counts")
        found = Recheck()
        for done, row in enumerate(rows):
            progress(done, len(rows))
            known = dict(row._mapping)
            checked_by = known.pop("rules_sha256")
            submission = Submission(**known)
            try:
                name = open_name(database.keyring, submission.submission_id, submission.file_name_sealed)
                read = read_original(settings, database, submission, name, corrections, employers)
            except (OSError, SealError):
                found.gone.append(submission.submission_id)
                continue
            if read.lines is None:
                found.unreadable.append(submission.submission_id)
                continue
            found.same_rules += bytes(checked_by or b"") == load_suite(suite_file).sha256
            received = first_received(connection, submission)
            checked, frame = check_standardised(read, submission.period, received, received, suite_file)
            key = {name: getattr(submission, name) for name in ("submission_id", "period", "employer_uscc")}
            told = _asked(connection, "findings", key, (*PLACE, "severity"))
            before = _place_keys(told, others)
            lines = _asked(
                connection, "lines", key, ("sheet", "row", "disposition_before", "state_before", "bits_before")
            )
            connection.rollback()
            now = _place_keys(checked.findings, others)
            _compare_findings(found, submission, before, now)
            both = _same_lines(found, lines, checked.lines)
            _compare_lines(found, submission, both, (before, now), costs)
            _compare_rights(found, submission, both, flags)
            if frame is not None:
                figures = file_figures(checked, frame, fields_of(read.lines), submission.kind)
                said = set(told.filter(pc.is_null(told["row"]))["rule"].to_pylist()) & of_files
                _compare_file(found, submission, said, failures(figures, file_suite))
    return found


def _costs(suite_file: Path) -> dict[str, str]:
    """Rule → ``quarantine``, or ``id`` where it takes the number; also of a rule that only the installed suite has."""
    costs: dict[str, str] = {}
    for file in (ROSTER_LINE, suite_file):
        for rule in load_suite(file).rules:
            if rule.effect == "quarantine":
                costs[rule.code] = "quarantine"
            elif rule.effect == "withhold" and rule.fields[0] == "id_number":
                costs[rule.code] = "id"
    return costs


def _rights(suite_file: Path) -> dict[str, int]:
    """Rules whose flags only some may see, with their bits: no finding tells of them, the line's bits do."""
    rules = [rule for file in (ROSTER_LINE, suite_file) for rule in load_suite(file).rules]
    return {rule.code: rule.bit for rule in rules if rule.audience == "rights"}


def _others(flags: Iterable[str]) -> pa.Array:
    """Codes whose findings are not compared: of no row rule, or of a rule that is compared by its bit."""
    codes = [entry.code for chapter in rule_book() if chapter.file != ROSTER_LINE.name for entry in chapter.entries]
    return pa.array([*codes, *flags], pa.string())


def _asked(connection: Connection, name: str, key: dict[str, Any], columns: Sequence[str]) -> pa.Table:
    rows = connection.execute(statement(f"recheck/{name}"), key).all()
    values = list(zip(*rows, strict=True)) or [()] * len(columns)
    types = {"sheet": pa.int16(), "row": pa.int32(), "bits_before": pa.int64()}
    return pa.table({n: pa.array(v, types.get(n, pa.string())) for n, v in zip(columns, values, strict=True)})


def _place_keys(findings: pa.Table, others: pa.Array) -> pa.Table:
    """``key`` (sheet, row, field, rule), ``line`` (sheet, row), ``rule``, ``severity``; a place once."""
    of_rows = pc.and_(pc.is_valid(findings["row"]), pc.invert(pc.is_in(findings["rule"], value_set=others)))
    kept = findings.filter(of_rows)
    texts = [pc.fill_null(kept[name].cast(pa.string()), "") for name in PLACE]
    table = pa.table(
        {
            "key": pc.binary_join_element_wise(*texts, "\x1f"),
            "line": _line_keys(kept["sheet"], kept["row"]),
            "rule": kept["rule"],
            "severity": kept["severity"],
        }
    )
    return table.group_by(["key", "line", "rule"]).aggregate([("severity", "min")]).rename_columns(table.column_names)


def _line_keys(sheet: pa.ChunkedArray, row: pa.ChunkedArray) -> pa.ChunkedArray:
    return pc.binary_join_element_wise(sheet.cast(pa.string()), row.cast(pa.string()), "/")


def _compare_findings(found: Recheck, submission: Submission, before: pa.Table, now: pa.Table) -> None:
    anew = now.filter(pc.invert(_among(now["key"], before["key"])))
    no_more = before.filter(pc.invert(_among(before["key"], now["key"])))
    both = now.join(before, "key", right_suffix="_before", join_type="inner")
    otherwise = both.filter(pc.not_equal(both["severity"], both["severity_before"]))
    for what, table in zip(OF_CELLS, (anew, no_more, otherwise), strict=True):
        if table.num_rows:
            _note_employer(found, submission, what, table.num_rows)
            _note_rules(found, submission, what, table["rule"])


def _same_lines(found: Recheck, before: pa.Table, lines: pa.Table) -> pa.Table:
    """What became of each line when it was checked, and what would now."""
    before = before.append_column("line", _line_keys(before["sheet"], before["row"])).drop_columns(["sheet", "row"])
    now = pa.table(
        {
            "line": _line_keys(lines["sheet"], lines["row"]),
            "disposition": lines["disposition"],
            "state": lines["number_state"],
            "bits": lines["rule_bits"],
        }
    )
    both = now.join(before, "line", join_type="inner")
    found.files += 1
    found.lines += both.num_rows
    found.otherwise += now.num_rows + before.num_rows - 2 * both.num_rows
    return both


def _compare_lines(
    found: Recheck, submission: Submission, both: pa.Table, told: tuple[pa.Table, pa.Table], costs: dict[str, str]
) -> None:
    was, is_now = (pc.equal(both[name], "quarantined") for name in ("disposition_before", "disposition"))
    could, can = (pc.equal(both[name], "usable") for name in ("state_before", "state"))
    # What alters → the lines, and whether what was told of them before or what is told now is its cause.
    masks = {
        "quarantined": (pc.and_not(is_now, was), told[1]),
        "freed": (pc.and_not(was, is_now), told[0]),
        "number_withheld": (pc.and_not(could, can), told[1]),
        "number_kept": (pc.and_not(can, could), told[0]),
    }
    for what, (mask, causes) in masks.items():
        altered = both.filter(mask)["line"]
        if len(altered):
            _note_employer(found, submission, what, len(altered))
            codes = pa.array([code for code, cost in costs.items() if cost == COSTS[what]], pa.string())
            at = pc.and_(_among(causes["line"], altered), pc.is_in(causes["rule"], value_set=codes))
            _note_rules(found, submission, what, causes.filter(at)["rule"])


def _compare_rights(found: Recheck, submission: Submission, both: pa.Table, flags: dict[str, int]) -> None:
    was, now = both["bits_before"].to_numpy().view(np.uint64), both["bits"].to_numpy()
    for code, bit in flags.items():
        mask = np.uint64(1 << bit)
        for what, lines in zip(OF_CELLS, ((now & ~was) & mask, (was & ~now) & mask), strict=False):
            if number := int(np.count_nonzero(lines)):
                _note_employer(found, submission, what, number)
                _note_rules(found, submission, what, pa.array([code] * number))


def _compare_file(found: Recheck, submission: Submission, said: set[str], failed: Sequence[Failure]) -> None:
    """What was said of the file as a whole, and what would be. One that was approved is let in again."""
    warned = {one.rule.code for one in failed if one.rule.verdict == "warn"}
    stopped = {one.rule.code for one in failed if one.rule.verdict != "warn"} if submission.again_of is None else set()
    for what, codes in zip(OF_FILES, (warned - said, said - warned, stopped), strict=True):
        if codes:
            _note_employer(found, submission, what, 1)
            _note_rules(found, submission, what, pa.array(sorted(codes)))


def _note_rules(found: Recheck, submission: Submission, what: str, rules: pa.ChunkedArray | pa.Array) -> None:
    for one in pc.value_counts(rules).to_pylist():
        rule = one["values"]
        found.by_rule.setdefault(rule, Counter())[what] += one["counts"]
        found.employers.setdefault(rule, set()).add(submission.employer_uscc or "")
        found.altered.setdefault(rule, set()).add(submission.submission_id)


def _note_employer(found: Recheck, submission: Submission, what: str, count: int) -> None:
    found.by_employer.setdefault(submission.employer_uscc or "", Counter())[what] += count


def _among(column: pa.ChunkedArray, values: pa.ChunkedArray) -> pa.ChunkedArray:
    return pc.is_in(column, value_set=values.combine_chunks())
