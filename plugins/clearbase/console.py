"""What the commands do and print. Tables go to standard output, progress to standard error.

The stages are imported by the commands that run them: `status` and `psql` need neither Arrow nor the rules.
"""

from __future__ import annotations

import csv
import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path

from rich.console import Console
from rich.table import Table
from rich.text import Text

from clearbase.errors import BrokenError, SetupError
from clearbase.given import checked_code, given_facts, report_month
from clearbase.intake.corrections import NOBODYS, correct_column, has_header, known_corrections
from clearbase.ledger.employers import Employer, known_employers, record_employers
from clearbase.runtime.private_files import make_drop_folder
from clearbase.settings import TIME_ZONE, Settings, told_settings
from clearbase.warehouse.database import Database, libpq_environment, open_database
from clearbase.warehouse.statements import statement

# Tables in a pipe or a log are not cut to an imagined screen.
# Names and paths are printed as they are, never read as markup or emoji.
out = Console(highlight=False, markup=False, emoji=False, soft_wrap=True, width=None if sys.stdout.isatty() else 160)
told = Console(stderr=True, highlight=False, markup=False, emoji=False, soft_wrap=True)


def ingest_files(paths: list[Path], employer: str | None, period: str | None, kind: str | None) -> None:
    """``ingest``: the table of outcomes at the end. Every file's outcome is a success of the command; after it
    BrokenError, where what was touched does not hold."""
    from clearbase.intake.discover import waiting_files
    from clearbase.pipeline.run import ingest

    settings = told_settings()
    given = given_facts(employer, period, kind)
    waiting = waiting_files(paths)
    for why, number in waiting.skipped.items():
        told.print(f"skipped {number} {why}")
    with open_database(settings) as database:
        broken: BrokenError | None = None
        with told.status("claiming") as line:
            try:
                batches = ingest(
                    settings, database, waiting.files, given, lambda stage, what: line.update(Text(f"{stage}: {what}"))
                )
            except BrokenError as error:
                broken, batches = error, error.batches
        if not batches:
            told.print("nothing to take: no files there")
            return
        with database.loader.connect() as connection:
            rows = connection.execute(statement("status/batches"), {"batches": batches}).all()
        print_rows(rows, "this run: files by outcome, and their rows")
        told.print(f"receipts: {settings.drop_folder}/<credit code>/receipts")
    if broken:
        raise broken


def confirmed(question: str) -> bool:
    """Whether somebody who sits at a terminal says yes."""
    return sys.stdin.isatty() and input(f"{question} [y/N] ").strip().lower() in ("y", "yes", "是")


def print_status() -> None:
    """``status``."""
    settings = told_settings()
    with open_database(settings) as database, database.loader.connect() as connection:
        for name, title in (
            ("files", "files by outcome, and their rows"),
            ("reasons", "files that need somebody"),
            ("persons", "persons on the rosters"),
            ("cases", "who they are waits for somebody"),
            ("registry", "registry records"),
            ("base", "the base"),
        ):
            print_rows(connection.execute(statement(f"status/{name}")).all(), title)
        for alert in connection.execute(statement("verify/alerts")):
            out.print(f"alert: {alert.subject}: {alert.says}, {alert.happened_at:%Y-%m-%d %H:%M}")


def print_verification(with_fingerprints: bool, batch_id: int | None = None, with_figures: bool = False) -> int:
    """``verify``: a line an invariant; 1 where any is broken. With ``batch_id`` of what that batch touched; with
    figures a line for each that cannot be right."""
    from clearbase.pipeline.verify import fingerprints, verify

    broken, settings = 0, told_settings()
    with open_database(settings) as database:
        if batch_id is not None:
            with database.loader.connect() as connection:
                if not connection.execute(statement("intake/batch"), {"batch_id": batch_id}).all():
                    raise SetupError(f"there is no batch {batch_id}")
        for finding in verify(database, batch_id):
            broken += bool(finding.broken)
            out.print(finding.line)
            for warning in finding.warnings:
                out.print(f"warning: {warning}")
        if with_figures:
            broken += _print_figures(settings, database)
        if with_fingerprints:
            for name, rows, digest in fingerprints(database):
                out.print(f"{digest}  {name} ({rows} rows)")
    return int(broken > 0)


def _print_figures(settings: Settings, database: Database) -> int:
    """What Great Expectations says of the warehouse's figures; how many break."""
    from clearbase.pipeline.figures import check_figures

    with told.status("asking Great Expectations"):
        found = check_figures(settings, database)
    if found is None:
        out.print("figures: nothing is published yet")
        return 0
    for failure in found.broken:
        out.print(f"{'BROKEN':7}{failure.text}")
    for failure in found.warnings:
        out.print(f"warning: {failure.text}")
    held = found.evaluated - len(found.broken) - len(found.warnings)
    out.print(f"figures: {held} of {found.evaluated} checks of the warehouse hold; {found.page}")
    return len(found.broken)


def run_psql(arguments: list[str], role: str | None = None) -> int:
    """``psql``: the wheel's or the one on PATH, with the password in its environment and never in its arguments."""
    with open_database(told_settings()) as database:
        program = str(database.psql) if database.psql else shutil.which("psql")
        if program is None:
            raise SetupError("no psql on PATH")
        if role is not None and role not in database.people:
            raise SetupError(f"there is no role {role}; there are {', '.join(database.people)}")
        url = database.people[role] if role else database.admin
        environment = os.environ | {"PGTZ": TIME_ZONE} | libpq_environment(url)
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
            folder,
            seed=seed,
            residents=residents,
            employers=employers,
            months=months,
            dirt=dirt,
            progress=lambda what: line.update(Text(what)),
        )
    out.print(f"{folder}: {summary}")
    out.print(
        f"next: ./clearbase registry load {folder}/registry.csv; "
        f"./clearbase employer add --file {folder}/employers.csv; "
        f"./clearbase ingest {folder}/rosters; ./clearbase compare {folder}/truth"
    )


def print_comparison(truth: Path) -> int:
    """``compare``: headcounts by employer and month against the truth; clean ones have to be equal."""
    from clearbase.marts.headcount import compare_headcounts

    with open_database(told_settings()) as database, database.loader.connect() as connection:
        result = compare_headcounts(connection, truth / "headcount.csv")
    print_rows(result.summary, "headcount by employer and month: warehouse against truth")
    for line in result.differing[:20]:
        out.print("  ".join(map(str, line)))
    return int(result.clean_differ > 0)


def add_employers(
    code: str | None, name: str | None, street: str | None, file: Path | None, first: str | None = None
) -> None:
    """``employer add``."""
    if (code is None) == (file is None):
        raise SetupError("employer add takes a credit code, or --file with a list")
    if first and file:
        raise SetupError("--from goes with a single code")
    since = report_month(first) if first else None
    listed = _listed(file) if file else [Employer(checked_code(code or ""), name, street, since)]
    settings = told_settings()
    with open_database(settings) as database, database.loader.begin() as connection:
        added = record_employers(connection, listed, "employer add")
    make_drop_folder(settings)
    for each in listed:
        (settings.drop_folder / each.uscc / "inbox").mkdir(parents=True, exist_ok=True)
        settings.receipts_folder(each.uscc).mkdir(parents=True, exist_ok=True)
    out.print(f"{added} recorded, {len(listed) - added} known already")


def show_mapping(employer: str) -> None:
    """``mapping show``."""
    code = checked_code(employer)
    with open_database(told_settings()) as database, database.loader.connect() as connection:
        rows = connection.execute(statement("mapping/columns"), {"employer_uscc": code}).all()
        corrected = known_corrections(connection).get(code, {})
    if not rows:
        told.print("no file of this employer was read yet")
    print_rows(rows, f"columns of the newest file of {code}")
    print_rows([{"header": h, "field": f or NOBODYS} for h, f in corrected.items()], "assigned by a clerk; these win")


def set_mapping(employer: str, header: str, field: str) -> None:
    """``mapping set``."""
    code = checked_code(employer)
    with open_database(told_settings()) as database, database.loader.begin() as connection:
        correct_column(connection, code, header, field, "mapping set")
        met = has_header(connection, code, header)
    if not met:
        told.print(f"warning: no file of {code} that was read so far has this header; `mapping show {code}` tells them")
    out.print(f"{header} is {field} in the files of {code} that are read from now on")


def list_employers() -> None:
    """``employer list``."""
    with open_database(told_settings()) as database, database.loader.connect() as connection:
        rows = [
            {"code": e.uscc, "name": e.name or "", "street": e.street or ""}
            for e in known_employers(connection).values()
        ]
    if not rows:
        told.print("no employers yet; add one: ./clearbase employer add CODE --name NAME, or a list: --file CSV")
    print_rows(rows, f"{len(rows)} employers")


def _listed(file: Path) -> list[Employer]:
    if not file.is_file():
        raise SetupError(f"no such file: {file}")
    try:
        with file.open(encoding="utf-8-sig", newline="") as lines:
            rows = csv.DictReader(lines)
            missing = {"统一社会信用代码", "单位名称"} - set(rows.fieldnames or ())
            if missing:
                raise SetupError(f"{file} lacks the columns {', '.join(sorted(missing))}")
            return [_listed_employer(row, f"{file}, line {rows.line_num}") for row in rows]
    except UnicodeDecodeError:
        raise SetupError(f"{file} is not UTF-8; save it as CSV UTF-8") from None
    except csv.Error as error:
        raise SetupError(f"{file} is not a CSV: {error}") from None


def _listed_employer(row: Mapping[str, str | None], where: str) -> Employer:
    code, name, street = ((row.get(column) or "").strip() for column in ("统一社会信用代码", "单位名称", "所属街道"))
    if not code:
        raise SetupError(f"{where}: no credit code")
    try:
        return Employer(checked_code(code), name or None, street or None)
    except SetupError:  # its text quotes the cell
        raise SetupError(f"{where}: no valid credit code (18 characters with a check character, GB 32100)") from None


def print_rows(rows: Sequence[object], title: str) -> None:
    """A table under its title; nothing where there are no rows."""
    if not rows:
        return
    named: list[Mapping[str, object]] = [row if isinstance(row, Mapping) else row._mapping for row in rows]  # type: ignore[attr-defined]
    table = Table(title=title, title_justify="left", box=None, pad_edge=False)
    for name in named[0]:
        table.add_column(
            str(name).replace("_", " "), justify="left" if isinstance(named[0][name], str) else "right", no_wrap=True
        )
    for row in named:
        table.add_row(*("" if value is None else _printable(str(value)) for value in row.values()))
    out.print(table)
    out.print()


def _printable(text: str) -> str:
    """A name may hold what steers a terminal."""
    return "".join(c if c.isprintable() else "�" for c in text)
