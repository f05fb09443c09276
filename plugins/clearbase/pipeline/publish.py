"""Stage 5, publish: one transaction a submission: ledger lines, decisions, spells, the balance of rows."""

from __future__ import annotations

import itertools
from concurrent.futures import Future, ThreadPoolExecutor

import pyarrow as pa
import pyarrow.compute as pc
from sqlalchemy import Connection

from clearbase.errors import AccountingError
from clearbase.identity.person_keys import key_of_source, keys_of_persons
from clearbase.ledger.line_json import json_rows
from clearbase.pipeline.claiming import Sure, is_waiting, judge, standing
from clearbase.pipeline.confirmations import remember_confirmed
from clearbase.pipeline.derive import PERSONS, REPLACE, derive_spells, fold_persons, run
from clearbase.pipeline.faults import one_file
from clearbase.pipeline.leaving import column_of, status_of
from clearbase.pipeline.parties import line_parties
from clearbase.pipeline.places import take_places
from clearbase.pipeline.replacing import note_change, take_place
from clearbase.pipeline.resolve import line_ids, resolve_batch
from clearbase.pipeline.submissions import Submission, staged, submissions_in
from clearbase.privacy.landing import open_table
from clearbase.privacy.sealing import seal_rows
from clearbase.records import CONFIRMED
from clearbase.settings import Settings
from clearbase.standards.origins import origin_all
from clearbase.standards.streets import street_all
from clearbase.warehouse.copying import copy_rows
from clearbase.warehouse.database import Database
from clearbase.warehouse.statements import statement

# What is done once the lines themselves are written, in this order.
AFTER_LINES = (
    "note_conflicts",
    "line_identities",
    "ledger_submission",
    "submission_units",
    *("without_loops", "lines_in_hand", "with_loops", "analyse_lines_in_hand"),
)
HANDS = 2
CLOSING = ("outcome", "fact_submission", "unstage")
NOT_IN_JSON = frozenset({"sheet", "row", "rule_bits", "disposition", "number_state", CONFIRMED})
# Not necessary, and not the worker's own (fields.csv: 默认不入仓).
THIRD_PERSONS = frozenset({"emergency_contact", "emergency_phone", "landlord"})


def publish_batch(settings: Settings, database: Database, batch_id: int) -> None:
    """Publish the batch's resolved submissions, earlier months first. Of one whose rows
    do not balance nothing is written, and it is held."""
    while True:
        with database.loader.begin() as connection:
            stale = connection.execute(statement("resolve/reopen"), {"batch_id": batch_id}).rowcount
        if stale:
            resolve_batch(settings, database, batch_id)
        with database.loader.begin() as connection:
            waiting = submissions_in(connection, batch_id, "resolved")
        if not waiting:
            return
        for period in sorted({submission.period for submission in waiting if submission.period}):
            # Apart, so that of two who need a new month the second does not wait for all that the first has to write.
            with database.loader.begin() as connection:
                connection.execute(statement("publish/ensure_month"), {"period": period})
        _publish_all(settings, database, waiting)
        _analyse(database)


def _publish_all(settings: Settings, database: Database, waiting: list[Submission]) -> None:
    """Judge one after the other, in their order; while the server works for one employer, lines of another are
    sealed. An employer's next file is judged by what its last one has said. What is not published stays as it is."""
    under_way: dict[str | None, Future[bool]] = {}
    published = itertools.count(1)

    def publish(sure: Sure) -> bool:
        may_follow = _publish_sure(settings, database, sure)
        count = next(published)
        if count & (count - 1) == 0:  # the 1st, 2nd, 4th, …: a base that was empty is planned for as that no longer
            _analyse(database)
        return may_follow

    with ThreadPoolExecutor(HANDS) as hands:
        for submission in waiting:
            former = under_way.get(submission.employer_uscc)
            if former is not None and not former.result():
                continue
            with one_file(database, submission, "publish"):
                sure = judge(settings, database, submission)
                if sure is not None:
                    under_way[submission.employer_uscc] = hands.submit(publish, sure)
        for done in under_way.values():
            done.result()


def _analyse(database: Database) -> None:
    with database.loader.begin() as connection:
        connection.execute(statement("publish/analyse_changed"))


def _publish_sure(settings: Settings, database: Database, sure: Sure) -> bool:
    """Whether the employer's next file may follow: not where this has to be judged again."""
    submission = sure.submission
    with one_file(database, submission, "publish"), database.loader.begin() as connection:
        run(connection, ("keep_persons", "sample_little", "work_tables"), {})
        if is_waiting(connection, submission):
            if standing(connection, submission) != sure.standing:
                return False
            _publish(settings, database, connection, submission)
    return True


def _publish(settings: Settings, database: Database, connection: Connection, submission: Submission) -> None:
    lines = open_table(database.keyring, staged(settings, submission.submission_id, "checked"))
    bound = {
        "submission_id": submission.submission_id,
        "employer_uscc": submission.employer_uscc,
        "period": submission.period,
        "kind": submission.kind,
        "lines": lines.num_rows,
    }
    copy_rows(connection, "ledger.roster_line", _ledger_lines(database, connection, submission, lines))
    parties = line_parties(connection, submission, line_ids(submission.submission_id, lines.num_rows), lines)
    if parties is not None:
        copy_rows(connection, "ledger.line_party", parties)
    run(connection, AFTER_LINES, bound)
    take_places(connection, submission)
    remember_confirmed(settings, database.keyring, connection, submission, lines)
    replayed = submission.replay_of is not None
    in_order = not replayed and connection.execute(statement("publish/in_order"), bound).scalar_one()
    if replayed:
        take_place(connection, submission)
    else:
        run(connection, ("affected_in_order" if in_order else "affected_persons",), bound)
    run(connection, ("analyse_affected",), bound)
    derive_spells(connection, bound, folding=in_order)
    note_change(connection, submission)
    run(connection, REPLACE, bound)
    if replayed:
        run(connection, PERSONS, bound)
    else:
        fold_persons(connection, bound)
    unbalanced = connection.execute(statement("publish/balance"), bound).all()
    if unbalanced:
        raise AccountingError(
            f"submission {submission.submission_id}: sheets whose rows do not balance: "
            f"{[tuple(row) for row in unbalanced]} (position, read, lines, written, set aside)"
        )
    run(connection, CLOSING, bound)


def _ledger_lines(database: Database, connection: Connection, submission: Submission, lines: pa.Table) -> pa.Table:
    count = lines.num_rows
    ids = line_ids(submission.submission_id, count)
    staging = connection.execute(statement("publish/assignments"), {"submission_id": submission.submission_id}).one()
    if count != staging.lines or (count and (ids[0].as_py(), ids[-1].as_py()) != (staging.first, staging.last)):
        raise AccountingError(
            f"submission {submission.submission_id}: the staged lines are not those that were checked"
        )
    persons = staging.persons or []
    own = sorted({p for p in persons if p is not None})
    begun_from = ids[0].as_py() if count else None
    keys: dict[int | None, tuple[int, bytes]] = dict(
        keys_of_persons(connection, database.keyring, own, begun_from).items()
    )
    if None in persons:  # quarantined and repeated lines belong to nobody
        keys[None] = key_of_source(connection, database.keyring, submission.submission_id)
    numbers = [keys[person][0] for person in persons]
    clears = json_rows(lines, [name for name in lines.column_names if name not in NOT_IN_JSON | THIRD_PERSONS])
    sealed = seal_rows("roster_line", ids.to_pylist(), numbers, dict(keys.values()), clears.to_pylist())
    accepted = pc.equal(lines["disposition"], "accepted")
    return pa.table(
        {
            "line_id": ids,
            "submission_id": pa.array([submission.submission_id] * count, pa.int64()),
            "employer_uscc": pa.array([submission.employer_uscc] * count, pa.string()),
            "report_month": pa.array([submission.period] * count, pa.date32()),
            "sheet": lines["sheet"],
            "row_no": lines["row"],
            "disposition": pc.if_else(accepted, "published", lines["disposition"]),
            "rule_bits": lines["rule_bits"].cast(pa.int64(), safe=False),
            "number_state": lines["number_state"],
            "sex": column_of(lines, "sex"),
            "birth_month": _month(column_of(lines, "birth_date")),
            "hire_date": _day(column_of(lines, "hire_date")),
            "leave_date": _day(column_of(lines, "leave_date")),
            "employment_status": status_of(lines),
            "education": column_of(lines, "education"),
            "trainings": _count(column_of(lines, "trainings")),
            "training_date": _day(column_of(lines, "training_date")),
            "current_street": street_all(column_of(lines, "current_street"), column_of(lines, "current_address")),
            "household_area": _area(lines),
            "key_no": pa.array(numbers, pa.int64()),
            "sealed": pa.array(sealed, pa.binary()),
        }
    )


def _area(lines: pa.Table) -> pa.Array:
    """Where the household is, by its address, else by the columns of its province and city."""
    province, city = (pc.fill_null(column_of(lines, f"household_{part}"), "") for part in ("province", "city"))
    return pc.coalesce(
        origin_all(column_of(lines, "household_address")),
        origin_all(pc.binary_join_element_wise(province, city, "")),
    )


def _count(texts: pa.ChunkedArray) -> pa.ChunkedArray:
    """Digits as int32; null where a cell says something else or more than fits."""
    digits = pc.fill_null(pc.match_substring_regex(texts, r"\A[0-9]{1,10}\z"), False)
    whole = pc.if_else(digits, texts, pa.scalar(None, pa.string())).cast(pa.int64())
    return pc.if_else(pc.less_equal(whole, 2**31 - 1), whole, pa.scalar(None, pa.int64())).cast(pa.int32())


def _day(dates: pa.ChunkedArray) -> pa.ChunkedArray:
    """ISO dates; a month alone counts from its first day."""
    whole = pc.if_else(pc.equal(pc.utf8_length(dates), 7), pc.binary_join_element_wise(dates, "01", "-"), dates)
    return whole.cast(pa.date32())


def _month(dates: pa.ChunkedArray) -> pa.ChunkedArray:
    return pc.binary_join_element_wise(pc.utf8_slice_codeunits(dates, 0, 7), "01", "-").cast(pa.date32())
