"""The way of a fact, there and back, told by ids and places; nobody's name is in it."""

from __future__ import annotations

import re
import subprocess
from collections.abc import Callable
from pathlib import Path

from rosters import EMPLOYER, OTHER_EMPLOYER, PEOPLE, roster, worker

from clearbase.settings import Settings

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


def test_from_a_cell_to_the_figures_and_from_the_registry(clearbase: Run, settings: Settings, tmp_path: Path) -> None:
    """Header, field and what became of the value; the spell, the headcounts by month; the extract's row."""
    extract = tmp_path / "r.csv"
    extract.write_text(
        f"登记编号,姓名,公民身份号码,现居住街道,登记日期,登记状态\nBL1,{PEOPLE[0][0]},{PEOPLE[0][1]},新碶街道,2024-01-01,有效\n"
    )
    assert clearbase("registry", "load", extract).returncode == 0
    bad_phone = [*PEOPLE[0][:3], "1380013", *PEOPLE[0][4:]]
    sent = [bad_phone, PEOPLE[1], PEOPLE[1]]
    file = roster(tmp_path / "九月.xlsx", sent)
    assert clearbase("ingest", file, "--employer", EMPLOYER, "--period", "2026-09", "--kind", "full").returncode == 0
    number = max(
        int(n)
        for n in re.findall(r"(\d+)\.sealed", " ".join(map(str, (settings.landing_folder / "originals").iterdir())))
    )
    row = clearbase("trace", f"{number}/1/2").stdout
    cell = {
        line.split()[1]: line.split()[2:4]
        for line in row.splitlines()
        if re.match(r"\s*\d+ +\S+ +\w+ +(kept|withheld|none)", line)
    }
    assert cell["姓名"] == ["name", "kept"]
    assert cell["手机号"] == ["phone", "withheld"]
    assert "goes on with it" in row or "names it last" in row
    assert re.search(rf"{EMPLOYER} +2026-09 +\d+ +yes", row), row
    assert re.search(r"新碶街道 +2024-01-01 +R\d{6,}", row), row
    repeated = clearbase("trace", f"{number}/1/4").stdout
    assert "repeated" in repeated and f"{number}/1/3" in repeated
    record = re.search(r"R\d{6,}", row)
    assert record
    told = clearbase("trace", record[0])
    assert told.returncode == 0 and "○○.csv" in told.stdout and "newest version" in told.stdout, told.stderr
    assert f"{number}/1/2" in told.stdout
    for text in (row, repeated, told.stdout):
        assert not any(value in text for who in PEOPLE for value in (who[0], who[1], who[3]))


def test_a_submission_tells_what_it_was_made_of_and_why_it_was_held(clearbase: Run, tmp_path: Path) -> None:
    many = [worker(n) for n in range(1, 21)]
    for n, people in enumerate((many, many[:4]), 10):
        file = roster(tmp_path / f"{n}.xlsx", people)
        done = clearbase("ingest", file, "--employer", OTHER_EMPLOYER, "--period", f"2026-{n}", "--kind", "full")
        assert done.returncode == 0, done.stderr
    base = clearbase("psql", "-qtAc", "SELECT max(submission_id) FROM intake.doubt")
    number = base.stdout.strip()
    told = clearbase("trace", number).stdout
    assert "loss_unexplained" in told and re.search(r"persons before +20", told), told
    assert clearbase("hold", "approve", number, "--reason", "they moved").returncode == 0
    assert re.search(rf"taken again as +{int(number) + 1}", clearbase("trace", number).stdout)
    assert re.search(rf"taken again of +{number}", clearbase("trace", str(int(number) + 1)).stdout)


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
