"""What is derived is built again from the ledger, beside the live tables, and compared with them, hash for hash.

Recorded decisions are replayed, nothing is scored again: whom lines and records stand for, who is in review and whom a
number with a name stands for are functions of them, too, and compared. All of it looks at one moment and writes nothing
that stays. Persons are told by their smallest ledger line or record.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from sqlalchemy import Connection

from clearbase.pipeline.derive import DERIVE_MATCH, DERIVE_PERSONS, WHOLE, derive_spells, run
from clearbase.warehouse.database import Database
from clearbase.warehouse.statements import statement, statements_of

DECIDED = ("decided", "labels", "cases", "analyse_decided")
BY_EMPLOYER = ("fact_employment", "fact_posting", "spell_state")


@dataclass(frozen=True)
class Rebuilt:
    """A table: its rows and hash as it is, and as the ledger says it."""

    table: str
    rows: int
    rebuilt_rows: int
    hash: str
    rebuilt_hash: str

    @property
    def is_same(self) -> bool:
        return self.hash == self.rebuilt_hash and self.rows == self.rebuilt_rows


def rebuild_and_compare(database: Database, sample: int | None = None) -> Iterator[Rebuilt]:
    """Rebuild every derived table and compare; of the spells those of all employers, or of ``sample`` of them."""
    with database.loader.connect() as connection:
        connection = connection.execution_options(isolation_level="REPEATABLE READ")
        employers = _employers(connection, sample)
        run(connection, ("work_tables",), {})
        for step in (*DECIDED, "start_employment", "start_state", "start_posting"):
            connection.execute(statement(f"rebuild/{step}"))
        for employer in employers:
            key = {"employer_uscc": employer, "period": None}
            with connection.begin_nested() as beside:
                run(connection, ("clear_derived", "all_persons", "analyse_affected"), key)
                derive_spells(connection, key)
                for step in ("add_employment", "add_state", "add_posting"):
                    connection.execute(statement(f"rebuild/{step}"), key)
                beside.commit()
        run(connection, ("clear_derived",), {})
        connection.execute(statement("verify/everybody"))
        for step in ("analyse_affected", *WHOLE, *DERIVE_PERSONS):
            connection.execute(statement(f"publish/{step}"))
        connection.execute(statement("rebuild/person_employment"), {"employers": employers})
        for step in DERIVE_MATCH:
            connection.execute(statement(f"publish/{step}"))
        for table, query in statements_of("rebuilt").items():
            bound = {"employers": employers if sample else None} if table in BY_EMPLOYER else {}
            row = connection.execute(query, bound).one()
            yield Rebuilt(table, row.live_rows, row.rebuilt_rows, row.live_hash, row.rebuilt_hash)
        connection.rollback()


def _employers(connection: Connection, sample: int | None) -> list[str]:
    if sample is None:
        return list(connection.execute(statement("verify/employers")).scalars())
    return list(connection.execute(statement("rebuild/sample"), {"wanted": sample}).scalars())
