"""Who may see what: logins of streets and departments, what is revealed and exported through the audit's functions.

Reveals and exports are asked for as the reviewer, so that the base itself decides and writes them down; this process
only opens what it was given, with keys that no database has.
"""

from __future__ import annotations

import contextlib
import datetime as dt
import json
from collections.abc import Iterator
from typing import Any, Final

from sqlalchemy import Connection, Row, create_engine
from sqlalchemy.exc import DBAPIError

from clearbase.errors import RequestError
from clearbase.identity.person_keys import unwrapped
from clearbase.pipeline.trace import line_number, record_number
from clearbase.privacy.labels import safe_reason
from clearbase.privacy.sealing import open_sealed, row_name
from clearbase.runtime.account import acting_account
from clearbase.warehouse.database import Database
from clearbase.warehouse.statements import statement

SEALED_AS: Final = {"line": "roster_line", "record": "registry_record"}


def logins(database: Database) -> list[Row[Any]]:
    """A row a login that was given a street or a department."""
    with _session(database, None) as connection:
        return list(connection.execute(statement("access/logins")).all())


def grant_access(database: Database, login: str, street: str | None, department: str | None) -> None:
    """Let ``login`` see a street's rows or a department's extracts. Raises RequestError for both, neither, or a login
    that is not there or not a member of that role."""
    if (street is None) == (department is None):
        raise RequestError("say --street or --department, one of them")
    role = "clearbase_clerk" if street else "clearbase_department"
    with _session(database, None) as connection:
        if not connection.execute(statement("access/is_member"), {"login": login, "role": role}).scalar():
            raise RequestError(f"{login} is no login that is a member of {role}: CREATE ROLE … LOGIN IN ROLE {role}")
        bound = {"login": login, "street": street, "department": department}
        connection.execute(statement("access/grant"), bound)
        _note(connection, "access granted", login, {"street": street, "department": department})


def withdraw_access(database: Database, login: str) -> bool:
    """Let ``login`` see no rows any more. Returns whether it saw some."""
    with _session(database, None) as connection:
        gone = connection.execute(statement("access/withdraw"), {"login": login}).rowcount > 0
        if gone:
            _note(connection, "access withdrawn", login, {})
        return gone


def reveal(database: Database, row: str, reason: str) -> dict[str, str]:
    """What a roster line (``12/1/7``) or a record of the registry (``R`` and its number) says: field → value.

    Asked for in one transaction, which the audit keeps, and told in the next. Raises RequestError where the base does
    not give it: no reason, no open case, erased."""
    record = record_number(row)
    with database.loader.connect() as connection:
        what, number = ("line", line_number(connection, row)) if record is None else ("record", record)
    with _session(database, "reviewer") as connection:
        asked = {"what": what, "id": number, "reason": safe_reason(reason)}
        event = connection.execute(statement("access/ask_reveal"), asked).scalar_one()
    with _session(database, "reviewer") as connection:
        told = connection.execute(statement("access/reveal"), {"event": event}).one_or_none()
    if told is None:
        raise RequestError(f"{row} was erased: its key is gone")
    keys = {told.key_no: unwrapped(database.keyring, told.key_no, told.wrapped)}
    values = json.loads(open_sealed(keys, bytes(told.sealed), row_name(SEALED_AS[what], number)))
    return {field: str(value) for field, value in values.items() if value not in (None, "")}


def export_employed(database: Database, department: str, purpose: str, day: dt.date) -> tuple[int, int]:
    """Give a department who worked where on a day. Returns the extract's number and how many rows it has."""
    bound = {"department": department, "purpose": safe_reason(purpose), "day": day}
    with _session(database, "reviewer") as connection:
        made = connection.execute(statement("access/export"), bound).one()
    return int(made.export_id), int(made.rows)


@contextlib.contextmanager
def _session(database: Database, role: str | None) -> Iterator[Connection]:
    """A transaction as a role, or as the administrator; whose command it is stands in the audit. What the base refuses
    with words of ours becomes a RequestError."""
    url = database.people[role] if role else database.admin
    arguments = {"application_name": f"clearbase, {acting_account()}"}
    engine = create_engine(url, hide_parameters=True, connect_args=arguments)
    try:
        with engine.begin() as connection:
            yield connection
    except DBAPIError as error:
        words = getattr(getattr(error.orig, "diag", None), "message_primary", None)
        if getattr(error.orig, "pgcode", None) in ("42501", "22023") and words:
            raise RequestError(words) from None
        raise
    finally:
        engine.dispose()


def _note(connection: Connection, action: str, login: str, detail: dict[str, str | None]) -> None:
    bound = {"verdict": action, "subject": f"login {login}", "detail": json.dumps(detail, ensure_ascii=False)}
    connection.execute(statement("audit/note"), bound)
