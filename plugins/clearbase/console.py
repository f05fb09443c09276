"""What the commands do and print. Tables go to standard output, progress to standard error.

The stages are imported by the commands that run them: `status` and `psql` need neither Arrow nor the rules.
"""

from __future__ import annotations

import csv
import datetime as dt
import os
import re
import shutil
import signal
import subprocess
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import cast

from rich.console import Console
from rich.table import Table

from clearbase.errors import SetupError
from clearbase.ledger.employers import Employer, checked_code, known_employers, record_employer
from clearbase.records import RosterKind
from clearbase.settings import load_settings
from clearbase.warehouse.database import open_database
from clearbase.warehouse.statements import statement

# Tables in a pipe or a log are not cut to an imagined screen.
out = Console(highlight=False, soft_wrap=True, width=None if sys.stdout.isatty() else 160)
told = Console(stderr=True, highlight=False, soft_wrap=True)


def ingest_files(paths: list[Path], employer: str | None, period: str | None, kind: str | None) -> None:
    """``ingest``: the table of outcomes at the end. Every file's outcome is a success of the command."""
    from clearbase.intake.claim import Given
    from clearbase.pipeline.run import ingest

    settings = load_settings()
    given = Given(checked_code(employer) if employer else None, _month(period), cast("RosterKind | None", kind))
    with open_database(settings) as database:
        with told.status("claiming") as line:
            batches = ingest(settings, database, paths, given, lambda stage, what: line.update(f"{stage}: {what}"))
        if not batches:
            told.print("nothing to take: no files there")
            return
        with database.loader.connect() as connection:
            rows = connection.execute(statement("status/batches"), {"batches": batches}).all()
        _print_rows(rows, "this run: files by outcome, and their rows")
        told.print(f"receipts: {settings.drop_folder}/<credit code>/receipts")


def print_status() -> None:
    """``status``."""
    settings = load_settings()
    with open_database(settings) as database, database.loader.connect() as connection:
        for name, title in (
            ("files", "files by outcome, and their rows"),
            ("reasons", "files that need somebody"),
            ("persons", "persons on the rosters"),
            ("base", "the base"),
        ):
            _print_rows(connection.execute(statement(f"status/{name}")).all(), title)


def print_verification(with_fingerprints: bool) -> int:
    """``verify``: a line an invariant; 1 where any is broken."""
    from clearbase.pipeline.verify import fingerprints, verify

    broken = 0
    with open_database(load_settings()) as database:
        for finding in verify(database):
            broken += bool(finding.broken)
            detail = f": {finding.broken} rows, such as {finding.examples}" if finding.broken else ""
            out.print(f"{'BROKEN' if finding.broken else 'ok':7}{finding.says}{detail}", markup=False)
            for warning in finding.warnings:
                out.print(f"warning: {warning}", markup=False)
        if with_fingerprints:
            for name, rows, digest in fingerprints(database):
                out.print(f"{digest}  {name} ({rows} rows)", markup=False)
    return int(broken > 0)


def run_psql(arguments: list[str]) -> int:
    """``psql``: the wheel's or the one on PATH, with the password in its environment and never in its arguments."""
    with open_database(load_settings()) as database:
        program = str(database.psql) if database.psql else shutil.which("psql")
        if program is None:
            raise SetupError("no psql on PATH")
        url = database.admin
        given = {
            "PGHOST": url.query.get("host", url.host),
            "PGPORT": url.port,
            "PGUSER": url.username,
            "PGPASSWORD": url.password,
            "PGDATABASE": url.database,
            "PGTZ": "Asia/Shanghai",
        }
        environment = os.environ | {name: str(value) for name, value in given.items() if value is not None}
        before = signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C interrupts psql's query, not this process
        try:
            return subprocess.run(
                [program, *arguments],
                env=environment,
                check=False,
                preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),
            ).returncode
        finally:
            signal.signal(signal.SIGINT, before)


def generate_folder(folder: Path, *, seed: int, residents: int, employers: int, months: int, dirt: float) -> None:
    """``generate``."""
    from clearbase.district.generate import generate_district

    with told.status("generating") as line:
        summary = generate_district(
            folder, seed=seed, residents=residents, employers=employers, months=months, dirt=dirt, progress=line.update
        )
    out.print(f"{folder}: {summary}", markup=False)
    out.print(
        f"next: ./clearbase registry load {folder}/registry.csv; "
        f"./clearbase employer add --file {folder}/employers.csv; "
        f"./clearbase ingest {folder}/rosters; ./clearbase compare {folder}/truth",
        markup=False,
    )


def print_comparison(truth: Path) -> int:
    """``compare``: headcounts by employer and month against the truth; clean ones have to be equal."""
    from clearbase.marts.headcount import compare_headcounts

    with open_database(load_settings()) as database, database.loader.connect() as connection:
        result = compare_headcounts(connection, truth / "headcount.csv")
    _print_rows(result.summary, "headcount by employer and month: warehouse against truth")
    for line in result.differing[:20]:
        out.print("  ".join(map(str, line)), markup=False)
    return int(result.clean_differ > 0)


def load_registry_file(file: Path) -> None:
    """``registry load``."""
    from clearbase.pipeline.registry import load_registry

    settings = load_settings()
    with open_database(settings) as database, told.status("loading the registry"):
        counts = load_registry(settings, database, file)
    _print_rows([counts.__dict__], "registry records")


def add_employers(code: str | None, name: str | None, street: str | None, file: Path | None) -> None:
    """``employer add``."""
    if (code is None) == (file is None):
        raise SetupError("employer add takes a credit code, or --file with a list")
    listed = _listed(file) if file else [Employer(checked_code(code or ""), name, street)]
    settings = load_settings()
    with open_database(settings) as database, database.loader.begin() as connection:
        added = sum(record_employer(connection, each, "employer add") for each in listed)
    for each in listed:
        (settings.drop_folder / each.uscc / "inbox").mkdir(parents=True, exist_ok=True)
        settings.receipts_folder(each.uscc).mkdir(parents=True, exist_ok=True)
    out.print(f"{added} recorded, {len(listed) - added} known already", markup=False)


def list_employers() -> None:
    """``employer list``."""
    with open_database(load_settings()) as database, database.loader.connect() as connection:
        rows = [
            {"code": e.uscc, "name": e.name or "", "street": e.street or ""}
            for e in known_employers(connection).values()
        ]
    _print_rows(rows, f"{len(rows)} employers")


def _listed(file: Path) -> list[Employer]:
    if not file.is_file():
        raise SetupError(f"no such file: {file}")
    try:
        with file.open(encoding="utf-8-sig", newline="") as lines:
            rows = list(csv.DictReader(lines))
    except UnicodeDecodeError:
        raise SetupError(f"{file} is not UTF-8") from None
    missing = {"统一社会信用代码", "单位名称"} - set(rows[0] if rows else {})
    if missing:
        raise SetupError(f"{file} lacks the columns {', '.join(sorted(missing))}")
    return [
        Employer(checked_code(row["统一社会信用代码"]), row["单位名称"] or None, row.get("所属街道") or None)
        for row in rows
    ]


def _month(text: str | None) -> dt.date | None:
    if text is None:
        return None
    match = re.fullmatch(r"(20[0-9]{2})-(0[1-9]|1[0-2])", text)
    if not match:
        raise SetupError(f"--period {text!r} is not a month such as 2026-10")
    return dt.date(int(match[1]), int(match[2]), 1)


def _print_rows(rows: Sequence[object], title: str) -> None:
    if not rows:
        return
    named: list[Mapping[str, object]] = [row if isinstance(row, Mapping) else row._mapping for row in rows]  # type: ignore[attr-defined]
    table = Table(title=title, title_justify="left", box=None, pad_edge=False)
    for name in named[0]:
        table.add_column(
            str(name).replace("_", " "), justify="left" if isinstance(named[0][name], str) else "right", no_wrap=True
        )
    for row in named:
        table.add_row(*("" if value is None else str(value) for value in row.values()))
    out.print(table)
    out.print()
