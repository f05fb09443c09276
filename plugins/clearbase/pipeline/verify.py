"""Whether the base is what it promises to be: every invariant, what is derived derived again, sealed lines opened.

The whole base each night, and after each batch what it touched: by the same statements, at the cost of the batch. All
of it looks at one moment (REPEATABLE READ), so that a run at work beside it is no difference; nothing is written.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from sqlalchemy import Connection

from clearbase.errors import BrokenError, SealError
from clearbase.identity.person_keys import unwrapped
from clearbase.intake.claim import COMMAND_LINE, original_in
from clearbase.pipeline import anchor
from clearbase.pipeline.derive import DERIVE_MATCH, DERIVE_PERSONS, WHOLE, derive_spells, run
from clearbase.privacy.keyring import Keyring
from clearbase.privacy.landing import open_file
from clearbase.privacy.sealing import open_sealed, row_name
from clearbase.settings import SQL
from clearbase.warehouse.database import Database
from clearbase.warehouse.statements import statement, statements_of

SHOWN = 5
NO_BATCH = 0  # what was touched is told otherwise: numbers of batches begin with 1
OPENED = 200  # sealed lines
FILES_OPENED = 20  # originals
AUDIT = "21_the_audit_is_one_chain"  # how far it went before, and its alerts, are told with it
# Of one batch so much is derived again, so that it costs no more however long its employers' history is.
MOST = {"most_employers": 5, "most_lines": 200_000, "most_persons": 2_000}
TOUCHED = ("touched_submissions", "touched_lines", "touched_persons", "analyse_touched")


@dataclass(frozen=True)
class Finding:
    """One invariant: what it says, how many rows break it, the first few of them (ids only). ``warnings`` are to be
    told and break nothing."""

    says: str
    broken: int
    examples: list[tuple[object, ...]]
    warnings: list[str] = field(default_factory=list)

    @property
    def line(self) -> str:
        """What is printed of it."""
        detail = f": {self.broken} rows, such as {self.examples}" if self.broken else ""
        return f"{'BROKEN' if self.broken else 'ok':7}{self.says}{detail}"


def verify(
    database: Database, batch_id: int | None = None, persons: Sequence[int] = (), load_id: int | None = None
) -> Iterator[Finding]:
    """Check the base as it is now, or what was touched; see ``findings``. After the whole base it is kept outside of it
    how far the audit goes."""
    with database.loader.connect() as connection:
        connection = connection.execution_options(isolation_level="REPEATABLE READ")
        audit_holds = True
        for finding in findings(connection, database, batch_id, persons, load_id):
            audit_holds &= not (finding.broken and finding.says == _first_comment(AUDIT))
            yield finding
        if batch_id is None and audit_holds:
            anchor.keep(connection, database)
        connection.rollback()


def verify_batch(database: Database, batch_id: int | None) -> int:
    """After a batch: check what it touched (None: the whole base); how many checks there were. Raises BrokenError
    with a line for each that does not hold. What was published stays: nothing is mended by itself."""
    batches = [] if batch_id is None else [batch_id]
    told = [f"what batch {batch} touched does not hold:" for batch in batches]
    return _held(list(verify(database, batch_id)), told, batches)


def verify_load(database: Database, load_id: int) -> int:
    """After an extract of the registry: check the persons for whom its records stand, and the registry as a whole; as
    ``verify_batch``."""
    return _held(list(verify(database, NO_BATCH, load_id=load_id)), [f"after extract {load_id} this does not hold:"])


def verify_persons(database: Database, persons: Sequence[int]) -> int:
    """After a decision about whom lines stand for: check these persons and the files that name them; as
    ``verify_batch``."""
    return _held(list(verify(database, NO_BATCH, persons)), ["after the decision this does not hold:"])


def _held(found: list[Finding], told: list[str], batches: Sequence[int] = ()) -> int:
    if broken := [finding.line for finding in found if finding.broken]:
        raise BrokenError([*told, *broken], list(batches))
    return len(found)


def verify_decided(database: Database, submission_id: int) -> int:
    """After a decision about a published submission: check what its batch touched; as ``verify_batch``."""
    with database.loader.connect() as connection:
        key = {"submission_id": submission_id}
        batch_id = connection.execute(statement("verify/batch_of_submission"), key).scalar_one()
    return verify_batch(database, batch_id)


def findings(
    connection: Connection,
    database: Database,
    batch_id: int | None = None,
    persons: Sequence[int] = (),
    load_id: int | None = None,
) -> Iterator[Finding]:
    """A finding for each check, in the transaction of ``connection``, which is read-only once what is derived again has
    been put beside what is there.

    With ``batch_id`` of its files, its lines and their persons and numbers, and the spells of its employers. With
    NO_BATCH of ``persons`` and the files that name them, and of those of the extract ``load_id``. An invariant that
    does not take a batch is one of the registry or the audit as a whole, and left out but after an extract.
    """
    key = {"batch_id": batch_id}
    yield _unfinished(connection, key)  # first: who is at work is asked in the moment that is looked at
    touched = key | {"persons": list(persons), "load_id": load_id}
    run(connection, ("work_tables",), {})
    for step in TOUCHED:
        connection.execute(statement(f"verify/{step}"), touched)
    yield _spells_again(connection, batch_id)
    yield from _persons_again(connection, batch_id)
    connection.exec_driver_sql("SET TRANSACTION READ ONLY")
    for name, query in statements_of("invariants").items():
        if batch_id is None or load_id is not None or ":batch_id" in query.text:
            rows = connection.execute(query, key if ":batch_id" in query.text else {}).all()
            wrong, warnings = [tuple(row) for row in rows], []
            if name == AUDIT:
                wrong, warnings = wrong + anchor.strayed(connection, database), _alerts(connection)
            yield _finding(_first_comment(name), wrong, warnings)
    yield _sealed(connection, database.keyring, key)
    yield _originals(connection, database, key)


def _alerts(connection: Connection) -> list[str]:
    return [
        f"{row.subject}: {row.says}, {row.happened_at:%Y-%m-%d %H:%M}"
        for row in connection.execute(statement("verify/alerts"))
    ]


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


def _unfinished(connection: Connection, key: dict[str, int | None]) -> Finding:
    batches = connection.execute(statement("verify/unfinished_batches"), key).all()
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


def _spells_again(connection: Connection, batch_id: int | None) -> Finding:
    wrong: list[tuple[object, ...]] = []
    chosen = statement("verify/employers" if batch_id is None else "verify/touched_employers")
    employers = connection.execute(chosen, {} if batch_id is None else MOST).scalars().all()
    for employer in employers:
        key = {"employer_uscc": employer, "period": None}
        with connection.begin_nested() as beside:  # rolling it back empties the temporary tables
            run(connection, ("clear_derived", "all_persons", "analyse_affected"), key)
            derive_spells(connection, key)
            for step in ("spells_derived_again", "postings_derived_again"):
                wrong += [(employer, *row) for row in connection.execute(statement(f"verify/{step}"), key)]
            beside.rollback()
    says = "the spells are those that the ledger says when they are derived again"
    return _finding(says + _share(connection, batch_id, "employers", len(employers)), wrong)


def _persons_again(connection: Connection, batch_id: int | None) -> Iterator[Finding]:
    key = {"batch_id": batch_id}
    with connection.begin_nested() as beside:
        connection.execute(statement("verify/everybody" if batch_id is None else "verify/touched_everybody"), MOST)
        *tables, told_lines = WHOLE
        run(connection, tuple(tables), {})
        connection.execute(statement("verify/analyse_whole"))  # loops alone over what is not analysed are endless
        if batch_id is not None:
            connection.execute(statement("verify/joins_by_key_alone"), {"others": "off"})
        run(connection, (told_lines,), {})
        connection.execute(statement("verify/joins_by_key_alone"), {"others": "on"})
        run(connection, (*DERIVE_PERSONS, "person_employment", *DERIVE_MATCH), {})
        persons = [tuple(row) for row in connection.execute(statement("verify/persons_derived_again"), key)]
        states = [tuple(row) for row in connection.execute(statement("verify/states_derived_again"), key)]
        beside.rollback()
    share = _share(connection, batch_id, "persons", MOST["most_persons"])
    yield _finding("the attributes of each person are those that the ledger says when derived again" + share, persons)
    yield _finding("match states and told streets are those that the ledger says when derived again" + share, states)


def _share(connection: Connection, batch_id: int | None, what: str, derived: int) -> str:
    """How much of what was touched is derived again, where that is not the whole base."""
    if batch_id is None:
        return ""
    touched = getattr(connection.execute(statement("verify/touched_counts")).one(), what)
    return f" ({min(derived, touched)} of {touched} {what} that were touched)"


def _sealed(connection: Connection, keyring: Keyring, key: dict[str, int | None]) -> Finding:
    rows = connection.execute(statement("verify/sealed_sample"), key | {"wanted": OPENED}).all()
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


def _originals(connection: Connection, database: Database, key: dict[str, int | None]) -> Finding:
    wrong: list[tuple[object, ...]] = []
    for row in connection.execute(statement("verify/originals"), key | {"wanted": FILES_OPENED}):
        try:
            clear = open_file(database.keyring, original_in(database.landing, row.source_id))
            if hashlib.sha256(clear).digest() != bytes(row.file_sha256):
                wrong.append((row.source_id,))
        except (SealError, OSError):
            wrong.append((row.source_id,))
    return _finding("the originals of files are there and open, a sample", wrong)


def _first_comment(name: str) -> str:
    return (SQL / "invariants" / f"{name}.sql").read_text(encoding="utf-8").split("\n", 1)[0].removeprefix("-- ")
