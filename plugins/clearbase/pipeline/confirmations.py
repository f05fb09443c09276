"""Warnings that an employer has confirmed (确认无误 in the column 处理结果) are remembered for the person, the rule and
the value, and not asked again.

What is remembered hangs on the ledger line that was marked: merged or split, its person takes it along, and it counts
while the line's submission does (docs/decisions/0023). Of the value there is a keyed token.
"""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc
from sqlalchemy import Connection

from clearbase.pipeline.resolve import line_ids
from clearbase.pipeline.submissions import Submission, staged
from clearbase.privacy.keyring import Keyring
from clearbase.privacy.landing import open_table
from clearbase.privacy.tokens import token_all
from clearbase.quality.suite import load_suite
from clearbase.records import CONFIRMED
from clearbase.settings import Settings
from clearbase.standards.distinct import each_distinct
from clearbase.warehouse.copying import copy_rows
from clearbase.warehouse.statements import statement

PART = "\x1f"
LATE = "LATE_REPORT"


@dataclass(frozen=True)
class Asked:
    """The findings that can be confirmed, by their place in the findings (``at``), the line that each is of (its place
    in the lines) and the token of what it was asked for."""

    at: npt.NDArray[np.int64]
    line: npt.NDArray[np.int64]
    token: pa.Array


def remember_confirmed(
    settings: Settings, keyring: Keyring, connection: Connection, submission: Submission, lines: pa.Table
) -> None:
    """Within the publication: the warnings of the accepted lines that the employer has marked."""
    if CONFIRMED not in lines.column_names:
        return
    findings = open_table(keyring, staged(settings, submission.submission_id, "findings"))
    asked = asked_of(keyring.token, findings, lines)
    marked = pc.and_(lines[CONFIRMED], pc.equal(lines["disposition"], "accepted"))
    said = np.asarray(marked.combine_chunks().to_numpy(zero_copy_only=False))[asked.line]
    ids = line_ids(submission.submission_id, lines.num_rows).take(pa.array(asked.line[said]))
    found = findings.take(pa.array(asked.at[said]))
    table = pa.table({"line_id": ids, "token": asked.token.filter(pa.array(said)), "rule": found["rule"]})
    once = table.group_by(["line_id", "token"], use_threads=False).aggregate([("rule", "first")])
    count = once.num_rows
    copy_rows(
        connection,
        "quality.confirmation",
        pa.table(
            {
                "submission_id": pa.array([submission.submission_id] * count, pa.int64()),
                "line_id": once["line_id"],
                "employer_uscc": pa.array([submission.employer_uscc] * count, pa.string()),
                "rule": once["rule_first"],
                "token": once["token"],
            }
        ),
    )


def confirmed_among(
    keyring: Keyring, connection: Connection, submission: Submission, findings: pa.Table, lines: pa.Table
) -> pa.Array:
    """For each finding whether its employer need not be asked: it has confirmed it in this file, or of the same person
    before, in a file that counts. Of a file that is not published only the former is known."""
    hit = np.zeros(findings.num_rows, np.bool_)
    asked = asked_of(keyring.token, findings, lines)
    if not len(asked.at):
        return pa.array(hit)
    if CONFIRMED in lines.column_names:
        hit[asked.at] = np.asarray(pc.fill_null(lines[CONFIRMED], False).to_numpy())[asked.line]
    key = {"submission_id": submission.submission_id, "employer_uscc": submission.employer_uscc}
    known = {(row.person_id, bytes(row.token)) for row in connection.execute(statement("quality/confirmed"), key)}
    if known and submission.outcome == "published":
        persons = {row.line_id: row.person_id for row in connection.execute(statement("quality/line_persons"), key)}
        first = line_ids(submission.submission_id, 1)[0].as_py()
        tokens = pa.array({token for _, token in known}, pa.binary())
        for n in np.flatnonzero(pc.is_in(asked.token, tokens).to_numpy(zero_copy_only=False)):
            person = persons.get(first + int(asked.line[n]))
            hit[asked.at[n]] |= (person, asked.token[n].as_py()) in known
    return pa.array(hit)


def told_before(connection: Connection, submission: Submission, findings: pa.Table, lines: pa.Table) -> pa.Array:
    """For each finding whether it says that a hire is reported late whom an earlier file of the month has named with
    the same day: whether that was in time was said then. Only of a file that is published."""
    hit = np.zeros(findings.num_rows, np.bool_)
    late = np.flatnonzero(pc.equal(findings["rule"], LATE).to_numpy())
    if not len(late) or submission.outcome != "published":
        return pa.array(hit)
    line = pc.index_in(_place(findings.take(pa.array(late))), value_set=_place(lines)).to_numpy()
    ids = line_ids(submission.submission_id, lines.num_rows).take(pa.array(line))
    key = {"employer_uscc": submission.employer_uscc, "period": submission.period, "line_ids": ids.to_pylist()}
    known = connection.execute(statement("quality/named_before"), key).scalars().all()
    hit[late] = pc.is_in(ids, value_set=pa.array(known, ids.type)).to_numpy(zero_copy_only=False)
    return pa.array(hit)


def mark_confirmed(connection: Connection, submission: Submission, confirmed: pa.Table) -> None:
    """Note in ``quality.finding`` which of its findings its receipt did not ask about."""
    if confirmed.num_rows:
        places = {f"{name}s": confirmed[name].to_pylist() for name in ("sheet", "row", "col", "rule", "field")}
        connection.execute(statement("quality/mark_confirmed"), places | {"submission_id": submission.submission_id})


def asked_of(key: bytes, findings: pa.Table, lines: pa.Table) -> Asked:
    """The warnings of single lines. A token says the rule, the field, what stood there, and what the line says in the
    other fields that the rule compares: where one of them changes, it is asked again."""
    warned = pc.and_(pc.equal(findings["severity"], "warning"), pc.is_valid(findings["row"]))
    at = np.flatnonzero(pc.fill_null(warned, False).to_numpy())
    chosen = findings.take(pa.array(at))
    places = pc.index_in(_place(chosen), value_set=_place(lines))
    of_lines = pc.is_valid(places)
    at, chosen = at[of_lines.to_numpy(zero_copy_only=False)], chosen.filter(of_lines)
    line = places.drop_null().to_numpy(zero_copy_only=False).astype(np.int64)
    told = [chosen["rule"], chosen["field"], each_distinct(chosen["found"], _plain), _compared(chosen, lines, line)]
    parts = [pc.fill_null(_one(part), "") for part in told]
    return Asked(at, line, token_all(key, "confirmed", pc.binary_join_element_wise(*parts, PART)))


def _place(table: pa.Table) -> pa.Array:
    """Sheet and row as one number."""
    return _one(pc.add(pc.multiply(table["sheet"].cast(pa.int64()), 2**32), table["row"].cast(pa.int64())))


def _compared(chosen: pa.Table, lines: pa.Table, line: npt.NDArray[np.int64]) -> pa.Array:
    """What the lines say in the fields that each finding's rule compares its own with."""
    beside = {rule.code: rule.fields[1:] for rule in load_suite().rules if len(rule.fields) > 1}
    said = pa.nulls(len(line), pa.string())
    rules = _one(chosen["rule"])
    for code in pc.unique(rules).to_pylist():
        held = [field for field in beside.get(code, ()) if field in lines.column_names]
        if held:
            values = [pc.fill_null(_one(lines[field]).take(pa.array(line)), "") for field in held]
            joined = pc.binary_join_element_wise(*values, PART) if len(values) > 1 else values[0]
            said = pc.if_else(pc.equal(rules, code), joined, said)
    return said


def _plain(text: str) -> str:
    return "".join(unicodedata.normalize("NFKC", text).split())


def _one(column: pa.Array | pa.ChunkedArray) -> pa.Array:
    return column.combine_chunks() if isinstance(column, pa.ChunkedArray) else column
