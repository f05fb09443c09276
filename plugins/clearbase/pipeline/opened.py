"""Settings and database for what a Dag's task calls."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator

from sqlalchemy.exc import DBAPIError

from clearbase.errors import ClearbaseError, StageFault
from clearbase.pipeline.faults import describe
from clearbase.settings import Settings, load_settings
from clearbase.warehouse.database import Database, open_database
from clearbase.warehouse.faults import fault_text


@contextlib.contextmanager
def opened(stage: str) -> Iterator[tuple[Settings, Database]]:
    """Settings and database. A foreign error may quote a cell, and Airflow logs it: told are its type and place."""
    try:
        settings = load_settings()
        with open_database(settings) as database:
            yield settings, database
    except ClearbaseError:
        raise
    except DBAPIError as error:
        raise StageFault(f"{describe(error, stage)}: {fault_text(error)}") from None
    except OSError as error:  # a full disk, a folder that may not be written; its path may hold a person's name
        raise StageFault(f"{describe(error, stage)}: {error.strerror or 'no cause told'}") from None
    except Exception as error:
        raise StageFault(describe(error, stage)) from None
