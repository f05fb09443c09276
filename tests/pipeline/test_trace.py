"""The way of a fact, there and back, told by ids and places; nobody's name is in it."""

from __future__ import annotations

import re
import subprocess
from collections.abc import Callable
from pathlib import Path

from rosters import EMPLOYER, PEOPLE, roster

Run = Callable[..., "subprocess.CompletedProcess[str]"]


def test_from_a_submission_to_a_row_to_a_person_and_back(clearbase: Run, tmp_path: Path) -> None:
    file = roster(tmp_path / "花名册.xlsx", PEOPLE)
    assert clearbase("ingest", file, "--employer", EMPLOYER, "--period", "2026-08").returncode == 0
    told = clearbase("trace", "QD00000001")
    assert told.returncode == 0, told.stderr
    assert "花名册.xlsx" in told.stdout and "counts" in told.stdout and "roster" in told.stdout
    row = clearbase("trace", "1/1/2")
    assert row.returncode == 0, row.stderr
    assert "number_new" in row.stdout and "published" in row.stdout
    person = re.search(r"person (\d{6,})", row.stdout)
    assert person, row.stdout
    back = clearbase("trace", f"P{person[1]}")
    assert back.returncode == 0 and "1/1/2" in back.stdout and EMPLOYER in back.stdout
    for who in PEOPLE:
        for text in (told.stdout, row.stdout, back.stdout):
            assert who[0] not in text and who[1] not in text and who[3] not in text


def test_an_undone_submission_says_so(clearbase: Run) -> None:
    preview = clearbase("undo", "1", "--reason", "sent by mistake")
    assert preview.returncode == 0 and "nothing was changed" in preview.stderr
    assert "headcounts that change" in preview.stdout
    done = clearbase("undo", "QD00000001", "--reason", "sent by mistake", "--yes")
    assert done.returncode == 0 and "is undone" in done.stdout, done.stderr
    told = clearbase("trace", "1").stdout
    assert "undone" in told and "sent by mistake" in told
    assert "undone" in clearbase("status").stdout
    assert clearbase("rebuild", "--verify").returncode == 0
    again = clearbase("undo", "1", "--reason", "again", "--yes")
    assert again.returncode == 2 and "already" in again.stderr
    assert clearbase("redo", "1", "--reason", "it was right", "--yes").returncode == 0


def test_what_is_not_there_is_told_in_one_line(clearbase: Run) -> None:
    for what in ("4711", "1/1/4711", "P4711", "nonsense"):
        done = clearbase("trace", what)
        assert done.returncode == 2 and len(done.stderr.splitlines()) == 1, done.stderr
    assert clearbase("rebuild").returncode == 2
    assert "why" in clearbase("undo", "1", "--yes").stderr
