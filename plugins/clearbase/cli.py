"""The command line. What a command needs is imported when it runs, so that help comes at once."""

from __future__ import annotations

import os
import sys
import traceback
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from clearbase.access_cli import access, reveal_or_export
from clearbase.employer_cli import employer
from clearbase.errors import BrokenError, ClearbaseError
from clearbase.identity_cli import identity, link
from clearbase.keys_cli import keys
from clearbase.ledger_cli import hold, ledger
from clearbase.registry_cli import registry
from clearbase.rules_cli import rules

app = typer.Typer(
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
    help="Clearbase (清底): employers' rosters read, checked, matched against the registry, kept in a ledger.",
)
app.add_typer(registry, name="registry")
app.add_typer(employer, name="employer")
mapping = typer.Typer(no_args_is_help=True, rich_markup_mode=None, help="Which field an employer's column is.")
app.add_typer(mapping, name="mapping")
app.add_typer(ledger)
app.add_typer(hold, name="hold")
app.add_typer(identity, name="identity")
app.command("link")(link)
app.add_typer(keys, name="keys")
app.add_typer(access, name="access")
app.add_typer(reveal_or_export)
app.add_typer(rules)

DIFFERENCE, SETUP_FAULT = 1, 2


class Kind(StrEnum):
    """What a roster is."""

    full = "full"
    joiners = "joiners"
    leavers = "leavers"
    changes = "changes"
    correction = "correction"


Paths = Annotated[list[Path], typer.Argument(help="files and folders; they are left untouched")]
EmployerCode = Annotated[str | None, typer.Option(help="credit code of the employer; wins over the content")]
Period = Annotated[str | None, typer.Option(help="report month, YYYY-MM; wins over the content")]
KindOfRoster = Annotated[Kind | None, typer.Option(help="what the files are; else told from the content")]


@app.command()
def ingest(paths: Paths, employer: EmployerCode = None, period: Period = None, kind: KindOfRoster = None) -> None:
    """Take roster files all the way to the warehouse; receipts lie under drop/<code>/receipts."""
    from clearbase.console import ingest_files

    ingest_files(paths, employer, period, kind.value if kind else None)


@app.command()
def check(
    paths: Paths,
    employer: EmployerCode = None,
    period: Period = None,
    kind: KindOfRoster = None,
    json: Annotated[Path | None, typer.Option(help="write the whole report there; - for standard output")] = None,
    rows: Annotated[bool, typer.Option("--rows", help="with every person's values in the report")] = False,
) -> None:
    """Read and check rosters without a server: what would be taken, and what would be told. Nothing is stored, and
    nothing that is stored is asked: neither who is known nor columns that `mapping set` has assigned."""
    from clearbase.lean import arrow_alone

    arrow_alone()
    from clearbase.offline import check_files

    check_files(paths, employer, period, kind.value if kind else None, json, rows)


@app.command()
def template(target: Annotated[Path, typer.Argument(help="the .xlsx to write")]) -> None:
    """Write the blank roster for employers who would rather have one."""
    from clearbase.offline import make_template

    make_template(target)


@app.command()
def status() -> None:
    """Files by outcome, rows, persons."""
    from clearbase.console import print_status

    print_status()


@app.command()
def verify(
    fingerprint: Annotated[bool, typer.Option(help="also print a hash of every derived table")] = False,
    batch: Annotated[int | None, typer.Option(help="only what this batch touched", min=1)] = None,
    figures: Annotated[bool, typer.Option("--figures", help="also whether the figures can be right (seconds)")] = False,
) -> None:
    """Check every invariant of ledger and warehouse; exit 1 on any difference."""
    from clearbase.console import print_verification

    raise typer.Exit(print_verification(fingerprint, batch, figures))


@app.command()
def up() -> None:
    """Run Postgres and Airflow in the foreground: Dags, drop folder, UI. Ctrl-C or SIGTERM stops all of it."""
    from clearbase.services import run_up

    run_up()


@app.command()
def demo(
    residents: Annotated[int, typer.Option(min=100, help="people in the registry")] = 20_000,
    employers: Annotated[int, typer.Option(min=1, help="employers that report")] = 60,
    months: Annotated[int, typer.Option(min=1, help="months of rosters")] = 3,
) -> None:
    """A synthetic district through the real thing: Airflow, drop folder, warehouse. Its data stay in CLEARBASE_HOME."""
    from clearbase.services import run_demo

    raise typer.Exit(run_demo(residents, employers, months))


@app.command(context_settings={"allow_extra_args": True, "ignore_unknown_options": True})
def psql(
    context: typer.Context,
    role: Annotated[str | None, typer.Option(help="analyst, clerk, reviewer, department, auditor or loader")] = None,
) -> None:
    """Open psql on the base as its local administrator, who sees all rows, or as a role; other arguments go to psql."""
    from clearbase.console import run_psql

    raise typer.Exit(run_psql(context.args, role))


@app.command()
def generate(
    folder: Annotated[Path, typer.Argument(help="where the district is written")] = Path("district"),
    seed: Annotated[int, typer.Option(help="the same seed gives the same bytes")] = 7,
    residents: Annotated[int, typer.Option(min=100, help="people in the registry")] = 20_000,
    employers: Annotated[int, typer.Option(min=1, help="employers that report")] = 60,
    months: Annotated[int, typer.Option(min=1, help="months of rosters")] = 3,
    dirt: Annotated[float, typer.Option(min=0, max=20, help="how dirty: 1 as in life, 0 clean")] = 1.0,
) -> None:
    """Make a synthetic district: a registry, rosters in many layouts, and the whole truth beside them."""
    from clearbase.console import generate_folder

    generate_folder(folder, seed=seed, residents=residents, employers=employers, months=months, dirt=dirt)


@app.command()
def compare(truth: Annotated[Path, typer.Argument(help="the truth folder of a generated district")]) -> None:
    """Compare the headcounts in the warehouse with a generated district's truth; exit 1 where clean months differ."""
    from clearbase.console import print_comparison

    raise typer.Exit(print_comparison(truth))


@app.command(context_settings={"allow_extra_args": True, "ignore_unknown_options": True})
def test(
    context: typer.Context,
    everything: Annotated[bool, typer.Option("--all", help="also what needs more than Python, or more time")] = False,
) -> None:
    """Lint, types and tests on a real Postgres; further arguments go to pytest."""
    from clearbase.runtime.house_tests import run_tests

    raise typer.Exit(run_tests(everything, context.args))


@mapping.command("show")
def mapping_show(employer: Annotated[str, typer.Argument(help="credit code of the employer")]) -> None:
    """The columns of an employer's newest file, why each was taken for what, and what a clerk has assigned."""
    from clearbase.console import show_mapping

    show_mapping(employer)


@mapping.command("set")
def mapping_set(
    employer: Annotated[str, typer.Argument(help="credit code of the employer")],
    header: Annotated[str, typer.Argument(help="the column's header, as mapping show tells it")],
    field: Annotated[str, typer.Argument(help="a field of expectations/fields.csv; - for none of ours")],
) -> None:
    """Assign a column. It is remembered for this employer and wins in every file that `ingest` or the drop folder takes
    from now on; `check` does not know it. A header that no file of the employer has yet is told, and remembered."""
    from clearbase.console import set_mapping

    set_mapping(employer, header, field)


def main() -> None:
    """Run a command. A fault of the set-up is one line and exit 2, never a traceback."""
    try:
        app()
    except BrokenError as error:
        print(f"clearbase: {error}", file=sys.stderr)
        sys.exit(DIFFERENCE)
    except ClearbaseError as error:
        print(f"clearbase: {error}", file=sys.stderr)
        sys.exit(SETUP_FAULT)
    except KeyboardInterrupt:
        sys.exit(130)
    except Exception as error:
        if os.environ.get("CLEARBASE_TRACEBACK") == "1":
            raise
        print(f"clearbase: {_one_line(error)}", file=sys.stderr)
        sys.exit(SETUP_FAULT)


def _one_line(error: Exception) -> str:
    """What may be said of an error that is none of ours: its own words may quote a cell."""
    if isinstance(error, OSError):  # a full disk, a folder that may not be written
        return ": ".join(str(part) for part in (error.strerror or error, error.filename) if part)
    if type(error).__module__.startswith("psycopg2") or hasattr(error, "orig"):
        from clearbase.warehouse.faults import fault_text

        return f"the database refused: {fault_text(error)}"
    frames = traceback.extract_tb(error.__traceback__)
    where = next((f for f in reversed(frames) if "clearbase" in Path(f.filename).parts), frames[-1])
    return (
        f"an unforeseen {type(error).__name__} at {Path(where.filename).name}:{where.lineno} "
        "(CLEARBASE_TRACEBACK=1 shows the traceback, which may hold data)"
    )
