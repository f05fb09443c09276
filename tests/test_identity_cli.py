"""Clerks merge and split persons by command: told first, then done; nobody's name is printed."""

from __future__ import annotations

import re
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest
from openpyxl import Workbook

from clearbase.identity.model import load_model
from clearbase.settings import Settings

Run = Callable[..., "subprocess.CompletedProcess[str]"]
CODE = "91350100M000100Y43"
HEADER = ["姓名", "身份证号", "入职日期"]
NAME, WRONG, RIGHT = "王小明", "33020419900307101X", "330204199003079994"

ROW_OF = "SELECT max(submission_id) || '/1/2' FROM ledger.submission WHERE employer_uscc = '{code}'"


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


def test_a_record_of_the_registry_is_split_off(clearbase: Run, tmp_path: Path) -> None:
    file = tmp_path / "r.csv"
    head = "登记编号,姓名,公民身份号码,手机号,登记状态"
    for phone in ("13800138001", "13900139009"):
        file.write_text(f"{head}\nBL1,{NAME},{RIGHT},{phone},有效\n")
        assert clearbase("registry", "load", file).returncode == 0
    newest = "SELECT person_id || ' ' || record_id FROM identity.record_person WHERE current"
    person, record = clearbase("psql", "-qAtc", newest).stdout.split()
    done = clearbase("identity", "split", f"P{person}", f"R{record}", "--reason", "they are two", "--yes")
    assert done.returncode == 0 and f"they stand for P{record}" in done.stdout, done.stderr
    assert f"R{record}" in clearbase("identity", "explain", f"P{record}").stdout
    for row in ("R4711", "R", "X9"):
        refused = clearbase("identity", "split", f"P{person}", row, "--reason", "x", "--yes")
        assert refused.returncode == 2 and len(refused.stderr.splitlines()) == 1, refused.stderr
    assert clearbase("verify").returncode == 0


def test_two_in_review_are_told_apart_explained_and_taken_back(clearbase: Run, tmp_path: Path) -> None:
    number, code = "330227198506159988", "914403001922038216"
    for name, month in (("李秀英", "2026-01"), ("李秀兰", "2026-02")):
        book = Workbook()
        book.active.append(HEADER)
        book.active.append([name, number, "2023-07-01"])
        book.save(file := tmp_path / f"{month}.xlsx")
        assert clearbase("ingest", file, "--employer", code, "--period", month, "--kind", "joiners").returncode == 0
    newest = re.findall(r"(\d+)/1/2", clearbase("psql", "-qAtc", ROW_OF.format(code=code)).stdout)[0]
    row = f"{newest}/1/2"
    told = clearbase("identity", "explain", row)
    assert told.returncode == 0 and "待人工核实" in told.stdout, told.stderr
    one, other = re.findall(r"(P\d+) +(P\d+) +number_with_other_name", told.stdout)[0]
    assert "who they are waits for somebody" in clearbase("status").stdout
    preview = clearbase("identity", "apart", one, other)
    assert preview.returncode == 0 and "nothing was changed" in preview.stderr, preview.stderr
    done = clearbase("identity", "apart", one, other, "--reason", "two cards were shown", "--yes")
    assert done.returncode == 0 and f"they stand for {one} (act A" in done.stdout, done.stderr
    assert "人工认定不是" in clearbase("identity", "explain", one).stdout
    contrary = clearbase("identity", "merge", one, other, "--reason", "one card was borrowed", "--yes")
    assert contrary.returncode == 0 and "与此前的人工决定相反" in contrary.stdout, contrary.stderr
    act = re.search(r"identity confirm (A\d+)", contrary.stdout)
    assert act
    status = clearbase("status").stdout
    assert f"{act[1]} contradicts" in status and f"alert: act {act[1]}: contradicts" in status
    assert f"warning: act {act[1]}: contradicts" in clearbase("verify").stdout
    confirmed = clearbase("identity", "confirm", act[1], "--reason", "looked at again")
    assert confirmed.returncode == 0 and "its case is closed" in confirmed.stdout, confirmed.stderr
    assert f"{act[1]} contradicts" not in clearbase("status").stdout.split("alert:")[0]
    for what in (other, f"A{int(done.stdout.split('act A')[1].split(')')[0])}"):
        undone = clearbase("identity", "undo", what, "--reason", "mistaken", "--yes")
        assert undone.returncode == 0, undone.stderr
    explained = clearbase("identity", "explain", one).stdout
    assert "taken back" in explained and "in review" in explained
    for said in (told, preview, done, contrary):
        assert number not in said.stdout + said.stderr and "李秀" not in said.stdout + said.stderr
    verified = clearbase("verify")
    assert verified.returncode == 0, verified.stdout
    wrong = (
        ("undo", "12"),
        ("undo", "A999999"),
        ("undo", one),
        ("confirm", "12"),
        ("confirm", "A1"),
        ("explain", "12"),
    )
    for arguments in wrong:
        refused = clearbase("identity", *arguments, *(["--reason", "x"] if arguments[0] != "explain" else []))
        assert refused.returncode == 2 and len(refused.stderr.splitlines()) == 1, (arguments, refused.stderr)
    page = tmp_path / "drift.html"
    drifted = clearbase("identity", "drift", "--out", page)
    assert drifted.returncode == 0 and load_model().version in drifted.stdout and page.is_file()
    assert clearbase("identity", "drift", "--out", tmp_path).returncode == 2


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
