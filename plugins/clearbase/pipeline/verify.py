"""Whether the base is what it promises to be: every invariant, and the spells derived again from the ledger."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from clearbase.pipeline.publish import DERIVE
from clearbase.settings import SQL
from clearbase.warehouse.database import Database
from clearbase.warehouse.statements import statement, statements_of

SHOWN = 5


@dataclass(frozen=True)
class Finding:
    """One invariant: what it says, how many rows break it, the first few of them (ids only)."""

    says: str
    broken: int
    examples: list[tuple[object, ...]]


def verify(database: Database) -> Iterator[Finding]:
    """Check every file of ``sql/invariants`` and then the spells of every employer against the ledger."""
    with database.loader.connect() as connection:
        for name, query in statements_of("invariants").items():
            rows = connection.execute(query).all()
            yield Finding(_first_comment(name), len(rows), [tuple(row) for row in rows[:SHOWN]])
        connection.rollback()
    yield _spells_again(database)


def fingerprints(database: Database) -> Iterator[tuple[str, int, str]]:
    """(table, rows, hash) of what the ledger determines: recorded times aside, persons by their smallest ledger line.
    Two homes that were given the same files have the same fingerprints, however often a run was killed."""
    with database.loader.connect() as connection:
        for name, query in statements_of("fingerprint").items():
            rows, digest = connection.execute(query).one()
            yield name, rows, digest


def _spells_again(database: Database) -> Finding:
    wrong: list[tuple[object, ...]] = []
    with database.loader.connect() as connection:
        employers = list(connection.execute(statement("verify/employers")).scalars())
        connection.rollback()
        for employer in employers:
            key = {"employer_uscc": employer}
            for step in ("all_persons", "analyse_affected", *DERIVE):
                connection.execute(statement(f"publish/{step}"), key)
            wrong += [(employer, *row) for row in connection.execute(statement("verify/spells_derived_again"), key)]
            connection.rollback()
    return Finding("the spells are those that the ledger says when they are derived again", len(wrong), wrong[:SHOWN])


def _first_comment(name: str) -> str:
    return (SQL / "invariants" / f"{name}.sql").read_text(encoding="utf-8").split("\n", 1)[0].removeprefix("-- ")
