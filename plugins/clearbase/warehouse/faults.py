"""A database's fault as one line. A server's words may quote a cell, so only those that cannot are told in full."""

from __future__ import annotations

import psycopg2
from sqlalchemy.exc import DBAPIError

# SQLSTATE classes (PostgreSQL, appendix A) of faults of connection, rights to connect, resources, operation, system.
TOLD_IN_FULL = ("08", "28", "3D", "53", "57", "58")
HINTS = {
    "22": "a value does not fit where it was to go",
    "23": "a row breaks a constraint",
    "25": "the transaction is not one that may do this",
    "40": "two runs met; run it again",
    "42": "the schema or the rights are not those of this copy of Clearbase",
    "55": "what it needs is in use; run it again",
}


def fault_text(error: DBAPIError | psycopg2.Error) -> str:
    """SQLSTATE, class and hint; the server's first line where no value can stand in it."""
    fault = error.orig if isinstance(error, DBAPIError) else error
    state = getattr(fault, "pgcode", None)
    if state[:2] in TOLD_IN_FULL if state else isinstance(fault, psycopg2.OperationalError):
        return str(fault).strip().splitlines()[0]
    hint = HINTS.get(state[:2], "") if state else "the connection or its options are wrong"
    return ", ".join(filter(None, (f"SQLSTATE {state}" if state else "", type(fault).__name__, hint)))
