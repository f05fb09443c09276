"""What a killed run leaves in the landing store: staged tables of closed submissions, and half-written drafts."""

from __future__ import annotations

import time

from clearbase.settings import Settings
from clearbase.warehouse.database import Database
from clearbase.warehouse.statements import statement

DRAFT_SECONDS = 24 * 3600  # longer than any run writes at one file


def sweep(settings: Settings, database: Database) -> None:
    """Remove them. A submission that is still on its way keeps all it has."""
    staged: dict[int, list[str]] = {}
    for path in (settings.landing_folder / "staged").glob("[0-9]*.sealed"):
        staged.setdefault(int(path.name.split(".")[0]), []).append(path.name)
    if staged:
        with database.loader.begin() as connection:
            closed = connection.execute(statement("intake/closed"), {"submission_ids": list(staged)}).scalars().all()
        for submission_id in closed:
            for name in staged[submission_id]:
                (settings.landing_folder / "staged" / name).unlink(missing_ok=True)
    for draft in settings.landing_folder.glob("*/.*.sealed.*"):
        if time.time() - draft.stat().st_mtime > DRAFT_SECONDS:
            draft.unlink(missing_ok=True)
