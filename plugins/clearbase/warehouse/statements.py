"""SQL lives in ``sql/``, one statement a file; this finds it."""

from __future__ import annotations

from functools import cache

from sqlalchemy import TextClause, text

from clearbase.settings import SQL


@cache
def statement(name: str) -> TextClause:
    """The statement in ``sql/<name>.sql``, with its ``:parameters`` bound at execution."""
    return text((SQL / f"{name}.sql").read_text(encoding="utf-8"))


def statements_of(folder: str) -> dict[str, TextClause]:
    """All statements of a folder by name, in the order of their names."""
    return {path.stem: statement(f"{folder}/{path.stem}") for path in sorted((SQL / folder).glob("*.sql"))}


def newest_migration() -> str:
    """Revision of the newest file in ``sql/migrations``."""
    return max(path.name.split("_")[0] for path in (SQL / "migrations").glob("*.sql"))


def run_migration(name: str) -> None:
    """Run a migration's SQL as it stands: the driver sees no parameters, so ``%`` and ``:`` mean themselves."""
    from alembic import op

    sql = (SQL / "migrations" / f"{name}.sql").read_text(encoding="utf-8")
    op.get_bind().execution_options(no_parameters=True).exec_driver_sql(sql)
