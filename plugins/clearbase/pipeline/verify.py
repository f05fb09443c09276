"""Whether the base is what it promises to be: every invariant, what is derived derived again, sealed lines opened.

All of it looks at one moment (REPEATABLE READ), so that a run at work beside it is no difference; nothing is written.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass, field

from sqlalchemy import Connection

from clearbase.errors import SealError
from clearbase.identity.person_keys import unwrapped
from clearbase.intake.claim import COMMAND_LINE
from clearbase.pipeline.derive import DERIVE_MATCH, DERIVE_PERSONS, WHOLE, derive_spells, run
from clearbase.privacy.keyring import Keyring
from clearbase.privacy.sealing import open_sealed, row_name
from clearbase.settings import SQL
from clearbase.warehouse.database import Database
from clearbase.warehouse.statements import statement, statements_of

SHOWN = 5
OPENED = 200  # sealed lines


@dataclass(frozen=True)
class Finding:
    """One invariant: what it says, how many rows break it, the first few of them (ids only). ``warnings`` are to be
    told and break nothing."""

    says: str
    broken: int
    examples: list[tuple[object, ...]]
    warnings: list[str] = field(default_factory=list)


def verify(database: Database) -> Iterator[Finding]:
    """Check the base as it is now; see ``findings``."""
    with database.loader.connect() as connection:
        connection = connection.execution_options(isolation_level="REPEATABLE READ")
        yield from findings(connection, database.keyring)
        connection.rollback()


def findings(connection: Connection, keyring: Keyring) -> Iterator[Finding]:
    """A finding for each check, in the transaction of ``connection``, which is read-only once what is derived again has
    been put beside what is there."""
    yield _unfinished(connection)  # first: who is at work is asked in the moment that is looked at
    yield _spells_again(connection)
    yield from _persons_again(connection)
    connection.exec_driver_sql("SET TRANSACTION READ ONLY")
    for name, query in statements_of("invariants").items():
        rows = connection.execute(query).all()
        yield _finding(_first_comment(name), [tuple(row) for row in rows])
    yield _sealed(connection, keyring)


def fingerprints(database: Database) -> Iterator[tuple[str, int, str]]:
    """(table, rows, hash) of what the ledger determines: recorded times aside, persons by their smallest ledger line.
    Two homes that were given the same files have the same fingerprints, however often a run was killed."""
    with database.loader.connect() as connection:
        connection = connection.execution_options(isolation_level="REPEATABLE READ")
        for name, query in statements_of("fingerprint").items():
            rows, digest = connection.execute(query).one()
            yield name, rows, digest


def _finding(says: str, wrong: list[tuple[object, ...]], warnings: list[str] | None = None) -> Finding:
    return Finding(says, len(wrong), wrong[:SHOWN], warnings or [])


def _unfinished(connection: Connection) -> Finding:
    batches = connection.execute(statement("verify/unfinished_batches")).all()
    stuck: list[tuple[object, ...]] = [(row.batch_id, row.opened_at, row.files) for row in batches if not row.at_work]
    warnings = [
        f"batch {row.batch_id} of {row.opened_at} is not finished ({row.files} files to go): "
        + (f"{row.run_by} is at work on it" if row.at_work else f"nobody is at work on it; {_goes_on(row.run_by)}")
        for row in batches
    ]
    return _finding("every batch that was begun is finished or has a run at work on it", stuck, warnings)


def _goes_on(run_by: str) -> str:
    if run_by == COMMAND_LINE:
        return "`clearbase ingest` goes on with it"
    return f"clear the failed task of Airflow's run {run_by}, or run ingest_rosters with the batch's number"


def _spells_again(connection: Connection) -> Finding:
    wrong: list[tuple[object, ...]] = []
    for employer in connection.execute(statement("verify/employers")).scalars().all():
        key = {"employer_uscc": employer, "period": None}
        with connection.begin_nested() as beside:  # rolling it back drops the temporary tables
            run(connection, ("all_persons", "analyse_affected"), key)
            derive_spells(connection, key)
            wrong += [(employer, *row) for row in connection.execute(statement("verify/spells_derived_again"), key)]
            beside.rollback()
    return _finding("the spells are those that the ledger says when they are derived again", wrong)


def _persons_again(connection: Connection) -> Iterator[Finding]:
    with connection.begin_nested() as beside:
        connection.execute(statement("verify/everybody"))
        for step in ("analyse_affected", *WHOLE, *DERIVE_PERSONS, "person_employment", *DERIVE_MATCH):
            connection.execute(statement(f"publish/{step}"))
        persons = [tuple(row) for row in connection.execute(statement("verify/persons_derived_again"))]
        states = [tuple(row) for row in connection.execute(statement("verify/states_derived_again"))]
        beside.rollback()
    yield _finding("the attributes of each person are those that the ledger says when derived again", persons)
    yield _finding("match states and told streets are those that the ledger says when derived again", states)


def _sealed(connection: Connection, keyring: Keyring) -> Finding:
    rows = connection.execute(statement("verify/sealed_sample"), {"wanted": OPENED}).all()
    wrong: list[tuple[object, ...]] = []
    for row in rows:
        try:
            if row.wrapped is not None:
                keys = {row.key_no: unwrapped(keyring, row.key_no, row.wrapped)}
                json.loads(open_sealed(keys, bytes(row.sealed), row_name("roster_line", row.line_id)))
            elif not row.erased:
                wrong.append((row.line_id,))
        except (SealError, ValueError):
            wrong.append((row.line_id,))
    return _finding("sealed lines open, a sample of every month", wrong)


def _first_comment(name: str) -> str:
    return (SQL / "invariants" / f"{name}.sql").read_text(encoding="utf-8").split("\n", 1)[0].removeprefix("-- ")
