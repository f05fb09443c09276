"""Clerks merge and split persons by command: told first, then done; nobody's name is printed."""

from __future__ import annotations

import re
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest
from openpyxl import Workbook

from clearbase.settings import Settings

Run = Callable[..., "subprocess.CompletedProcess[str]"]
CODE = "91350100M000100Y43"
HEADER = ["姓名", "身份证号", "入职日期"]
NAME, WRONG, RIGHT = "王小明", "33020419900307101X", "330204199003079994"


def roster(file: Path, number: str) -> Path:
    book = Workbook()
    book.active.append(HEADER)
    book.active.append([NAME, number, "2024-03-05"])
    book.active.append(["李秀英", "330227198506159988", "2023-07-01"])
    book.save(file)
    return file


@pytest.fixture
def persons(clearbase: Run, tmp_path: Path) -> list[str]:
    """One worker, under a mistyped number in January and the right one in February."""
    for month, number in (("2026-01", WRONG), ("2026-02", RIGHT)):
        file = roster(tmp_path / f"{month}.xlsx", number)
        done = clearbase("ingest", file, "--employer", CODE, "--period", month, "--kind", "full")
        assert done.returncode == 0, done.stderr
    found = []
    for row in ("1/1/2", "2/1/2"):
        told = re.search(r"person (\d{6,})", clearbase("trace", row).stdout)
        assert told
        found.append(f"P{told[1]}")
    return found


def test_two_persons_are_merged_and_split_again(clearbase: Run, persons: list[str]) -> None:
    one, other = persons
    assert one != other
    preview = clearbase("identity", "merge", one, other, "--reason", "one worker")
    assert preview.returncode == 0, preview.stderr
    assert CODE in preview.stdout and "headcounts that change" in preview.stdout and "2026-01" in preview.stdout
    assert "nothing was changed" in preview.stderr
    assert "why" in clearbase("identity", "merge", one, other, "--yes").stderr
    done = clearbase("identity", "merge", one, other, "--reason", "one worker", "--yes")
    assert done.returncode == 0 and f"they stand for {one}" in done.stdout, done.stderr
    assert "2/1/2" in clearbase("trace", one).stdout
    wrong = clearbase("identity", "split", one, "2/1/3", "--reason", "not this row")
    assert wrong.returncode == 2 and "no lines of person" in wrong.stderr
    apart = clearbase("identity", "split", one, "2/1/2", "--reason", "they are two", "--yes")
    assert apart.returncode == 0 and f"they stand for {other}" in apart.stdout, apart.stderr
    assert "2/1/2" not in clearbase("trace", one).stdout
    for told in (preview, done, apart):
        assert NAME not in told.stdout + told.stderr and RIGHT not in told.stdout + told.stderr
    assert clearbase("verify").returncode == 0
    for arguments in (("merge", "12", one), ("merge", one, "P4711"), ("split", one, "12-1"), ("split", one, "9/1/1")):
        refused = clearbase("identity", *arguments, "--reason", "x", "--yes")
        assert refused.returncode == 2 and len(refused.stderr.splitlines()) == 1, refused.stderr


def test_what_does_not_hold_after_a_merge_or_an_extract_is_told(
    clearbase: Run, persons: list[str], settings: Settings, tmp_path: Path
) -> None:
    """Both stay as they were done; exit 1 says that somebody has to look."""
    extract = tmp_path / "r.csv"
    extract.write_text(f"登记编号,姓名,公民身份号码,登记日期,登记状态\nBL1,{NAME},{RIGHT},2024-01-01,有效\n")
    spoil = """SET session_replication_role = replica;
               UPDATE warehouse.fact_submission SET rows_read = rows_read + {by};
               UPDATE ledger.registry_load SET rows_loaded = rows_loaded + {by}, rows_known = rows_known - {by}"""
    assert clearbase("registry", "load", extract).returncode == 0
    assert clearbase("psql", "-qc", spoil.format(by=-1)).returncode == 0
    loaded = clearbase("registry", "load", extract)
    assert loaded.returncode == 1 and "each registry extract" in loaded.stderr, loaded.stderr
    done = clearbase("identity", "merge", *persons, "--reason", "one worker", "--yes")
    assert done.returncode == 1 and "they stand for" in done.stdout and "fact_submission" in done.stderr, done.stderr
    assert clearbase("psql", "-qc", spoil.format(by=1)).returncode == 0
    apart = clearbase("identity", "split", persons[0], "2/1/2", "--reason", "they are two", "--yes")
    assert apart.returncode == 0, apart.stderr
