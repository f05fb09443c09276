"""What a killed run leaves: staged tables of closed submissions, half-written drafts of these and of receipts."""

from __future__ import annotations

import time
from itertools import chain

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
    drafts = [settings.landing_folder.glob("*/.*.sealed.*"), settings.drop_folder.glob("*/receipts/.*.tmp")]
    for draft in chain(*drafts):
        if time.time() - draft.stat().st_mtime > DRAFT_SECONDS:
            draft.unlink(missing_ok=True)
