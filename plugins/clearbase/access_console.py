"""What `access`, `reveal` and `export` do and print."""

from __future__ import annotations

import datetime as dt
from zoneinfo import ZoneInfo

from clearbase.console import out, print_rows, told
from clearbase.errors import RequestError, SetupError
from clearbase.pipeline.access import export_employed, grant_access, logins, reveal, withdraw_access
from clearbase.settings import TIME_ZONE, told_settings
from clearbase.warehouse.database import open_database


def print_access() -> None:
    """``access list``."""
    with open_database(told_settings()) as database:
        print_rows(logins(database), "which rows each login may see")


def set_access(login: str, street: str | None, department: str | None) -> None:
    """``access set``."""
    with open_database(told_settings()) as database:
        try:
            grant_access(database, login, street, department)
        except RequestError as error:
            raise SetupError(str(error)) from None
    out.print(f"{login} is of {street or department}")


def remove_access(login: str) -> None:
    """``access remove``."""
    with open_database(told_settings()) as database:
        if not withdraw_access(database, login):
            raise SetupError(f"{login} is of no street and no department: access list")
    out.print(f"{login} sees no rows any more")


def print_revealed(row: str, reason: str) -> None:
    """``reveal``: to standard output alone; the audit has it by then."""
    with open_database(told_settings()) as database:
        try:
            values = reveal(database, row, reason)
        except RequestError as error:
            raise SetupError(str(error)) from None
    told.print(f"{row}: written down in the audit")
    print_rows([{"field": field, "value": value} for field, value in values.items()], row)


def make_export(department: str, purpose: str, day: dt.date | None) -> None:
    """``export``; without a day, of today."""
    day = day or dt.datetime.now(ZoneInfo(TIME_ZONE)).date()
    with open_database(told_settings()) as database:
        try:
            number, rows = export_employed(database, department, purpose, day)
        except RequestError as error:
            raise SetupError(str(error)) from None
    out.print(f"extract {number} for {department}: {rows} rows of {day}")
