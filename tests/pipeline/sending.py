"""A base to which an employer sends rosters, one after another."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from rosters import EMPLOYER, HEADER, roster, workbook
from sqlalchemy import text

import homes
from clearbase.given import Given
from clearbase.intake.discover import waiting_files
from clearbase.pipeline.run import ingest
from clearbase.pipeline.verify import verify
from clearbase.settings import Settings
from clearbase.warehouse.database import Database, open_database


class Base:
    def __init__(self, settings: Settings, database: Database, folder: Path) -> None:
        self.settings, self.database, self.folder, self.sent = settings, database, folder, 0

    def send(
        self,
        people: list[list[str]],
        month: str,
        kind: str | None = "full",
        *,
        employer: str = EMPLOYER,
        title: str = "",
        stem: str = "",
        header: list[str] | None = None,
        sheet_name: str = "Sheet1",
        from_folder: bool = False,
    ) -> str:
        """What became of it: outcome and reason. ``from_folder``: the folder says whose it is, and nobody else."""
        self.sent += 1
        folder = self.folder / str(self.sent) / (employer if from_folder else "")
        file = roster(
            folder / f"{stem or self.sent}.xlsx", people, title=title, header=header or HEADER, sheet_name=sheet_name
        )
        return self.send_file(file, month, kind, None if from_folder else employer)

    def send_sheets(
        self,
        sheets: dict[str, list[list[str]]],
        month: str,
        kind: str | None = "full",
        header: list[str] | None = None,
    ) -> str:
        self.sent += 1
        return self.send_file(workbook(self.folder / f"{self.sent}.xlsx", sheets, header), month, kind)

    def send_file(self, file: Path, month: str, kind: str | None, employer: str | None = EMPLOYER) -> str:
        given = Given(employer, dt.date.fromisoformat(f"{month}-01"), kind)  # type: ignore[arg-type]
        ingest(self.settings, self.database, waiting_files([file]).files, given, lambda *_: None)
        return self.newest()

    def newest(self, columns: str = "outcome, reason_code") -> str:
        with self.database.loader.connect() as connection:
            row = connection.execute(
                text(f"SELECT {columns} FROM intake.submission ORDER BY submission_id DESC LIMIT 1")
            ).one()
        return " ".join(filter(None, row))

    def headcounts(self, employer: str = EMPLOYER) -> list[int]:
        with self.database.loader.connect() as connection:
            rows = connection.execute(
                text("SELECT persons FROM mart.headcount_month WHERE employer_uscc = :code ORDER BY month"),
                {"code": employer},
            )
            return list(rows.scalars())


@contextmanager
def base_of(home: Path, folder: Path) -> Iterator[Base]:
    """The base of a home that is removed after it; in the end every invariant holds."""
    settings = Settings(home=home)
    with open_database(settings) as database:
        yield Base(settings, database, folder)
        assert [finding.says for finding in verify(database) if finding.broken] == []
    homes.remove(home)  # a module makes forty of them
