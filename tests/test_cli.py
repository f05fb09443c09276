"""The command line's edges: what people type wrong, names that look like markup, faults that nobody foresaw."""

from __future__ import annotations

import os
import resource
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from clearbase.settings import PROJECT
from clearbase.warehouse.database import Database
from clearbase.warehouse.faults import fault_text

Run = Callable[..., "subprocess.CompletedProcess[str]"]
CODE, OTHER = "91350100M000100Y43", "914403001922038216"
HEAD = "统一社会信用代码,单位名称,所属街道\n"
HELP_CPU_SECONDS = 0.7  # the bar of the issue that laid the house


def test_an_empty_list_of_employers_says_so_and_how_to_add_one(clearbase: Run) -> None:
    done = clearbase("employer", "list")
    assert done.returncode == 0
    assert "no employers yet" in done.stderr and "employer add" in done.stderr


@pytest.mark.parametrize(
    ("line", "says"),
    [("", "line 2: no credit code"), ("123,某公司,", "line 3: "), (f"{CODE[:-1]}0,某公司,", "line 3: ")],
)
def test_a_list_s_bad_row_is_told_by_its_line(clearbase: Run, tmp_path: Path, line: str, says: str) -> None:
    file = tmp_path / "list.csv"
    file.write_text(HEAD + (f"{CODE},好公司,\n{line}\n" if line else ",某公司\n"), encoding="utf-8")
    done = clearbase("employer", "add", "--file", file)
    assert done.returncode == 2
    assert says in done.stderr and len(done.stderr.splitlines()) == 1
    assert "no employers yet" in clearbase("employer", "list").stderr, "nothing half-written"


def test_a_short_row_is_an_employer_without_a_street(clearbase: Run, tmp_path: Path) -> None:
    file = tmp_path / "list.csv"
    file.write_text(HEAD + OTHER + "\n", encoding="utf-8")
    done = clearbase("employer", "add", "--file", file)
    assert done.returncode == 0, done.stderr


def test_a_name_that_looks_like_markup_or_control_is_printed_as_it_is(clearbase: Run) -> None:
    assert clearbase("employer", "add", CODE, "--name", "[/b]公司[red]:smile:\x1b[2J").returncode == 0
    done = clearbase("employer", "list")
    assert done.returncode == 0, done.stderr
    assert "[/b]公司[red]:smile:" in done.stdout
    assert "\x1b" not in done.stdout


def test_a_path_that_looks_like_markup(clearbase: Run, tmp_path: Path) -> None:
    folder = tmp_path / "[" / "b]"
    folder.mkdir(parents=True)
    (folder / "[red]:smile:.csv").write_text("x")
    assert clearbase("ingest", folder).returncode == 0
    assert clearbase("ingest", tmp_path / "[/none]").returncode == 2


@pytest.mark.parametrize("arguments", [["ingest", ".", "--kind", "foo"], ["ingest"], ["registry", "load"], ["nosuch"]])
def test_a_wrong_call_exits_2(clearbase: Run, arguments: list[str]) -> None:
    assert clearbase(*arguments).returncode == 2


UNFORESEEN = """
import clearbase.cli, clearbase.console
def fail(): int("张三 330206199003075676")
clearbase.console.print_status = fail
clearbase.cli.main()
"""


def test_an_unforeseen_fault_is_one_line_without_the_value(monkeypatch: pytest.MonkeyPatch) -> None:
    environment = {**os.environ, "PYTHONPATH": str(PROJECT / "plugins")}
    command = [sys.executable, "-c", UNFORESEEN, "status"]
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 2
    assert len(done.stderr.splitlines()) == 1 and "ValueError" in done.stderr and "CLEARBASE_TRACEBACK" in done.stderr
    assert "张三" not in done.stderr
    environment["CLEARBASE_TRACEBACK"] = "1"
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode != 0 and "Traceback" in done.stderr


@pytest.mark.parametrize(
    ("sql", "says"),
    [
        ("SELECT CAST('张三' AS date)", "SQLSTATE 22007, InvalidDatetimeFormat"),
        ("SELECT 张三 FROM ledger.employer", "SQLSTATE 42703, UndefinedColumn"),
        ("DELETE FROM ledger.employer", "SQLSTATE 42501, InsufficientPrivilege"),
        ("SET LOCAL statement_timeout = 1; SELECT pg_sleep(1)", "canceling statement due to statement timeout"),
    ],
)
def test_a_fault_of_the_database_is_told_by_its_class_and_never_quotes(database: Database, sql: str, says: str) -> None:
    with pytest.raises(DBAPIError) as fault, database.loader.connect() as connection:
        connection.execute(text(sql))
    assert says in fault_text(fault.value)
    assert "张三" not in fault_text(fault.value)


def test_help_comes_at_once(clearbase: Run) -> None:
    def seconds() -> float:
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        assert clearbase("--help").returncode == 0
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime

    assert min(seconds() for _ in range(3)) < HELP_CPU_SECONDS


def test_what_is_passed_over_is_told_with_why(clearbase: Run, tmp_path: Path) -> None:
    (tmp_path / "receipts").mkdir()
    for name in ("~$open.xlsx", "half.part", ".hidden"):
        (tmp_path / name).write_text("x")
    (tmp_path / "away.csv").symlink_to("/etc/passwd")
    os.mkfifo(tmp_path / "fifo.csv")
    done = clearbase("ingest", tmp_path)
    assert done.returncode == 0
    for says in ("skipped 3 by their names", "skipped 1 symbolic", "skipped 1 neither", "skipped 1 folders"):
        assert says in done.stderr
    named = clearbase("ingest", tmp_path / "fifo.csv")
    assert named.returncode == 2
    assert named.stderr.startswith("clearbase: neither a file nor a folder: ") and len(named.stderr.splitlines()) == 1


def test_status_does_without_arrow_and_rules() -> None:
    heavy = "import sys, clearbase.console; print([m for m in ('pyarrow', 'pandas', 'openpyxl') if m in sys.modules])"
    environment = {**os.environ, "PYTHONPATH": str(PROJECT / "plugins")}
    done = subprocess.run([sys.executable, "-c", heavy], env=environment, capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_who_may_report_for_whom(clearbase: Run) -> None:
    assert clearbase("employer", "authorise", CODE, CODE).returncode == 2
    assert clearbase("employer", "withdraw", CODE, OTHER).returncode == 2
    assert clearbase("employer", "authorise", CODE, OTHER, "--from", "2026-05", "--to", "2026-04").returncode == 2
    done = clearbase("employer", "authorise", CODE, OTHER, "--from", "2026-01", "--to", "2026-12")
    assert done.returncode == 0, done.stderr
    shown = clearbase("employer", "reporters").stdout
    assert CODE in shown and OTHER in shown and "2026-01-01" in shown and "2027-01-01" in shown
    assert clearbase("employer", "withdraw", CODE, OTHER).returncode == 0
    assert "2027-01-01" not in clearbase("employer", "reporters").stdout
