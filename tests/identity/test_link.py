"""`link`: two plain files in, one out, however ugly; a fault is a line and exit 2."""

from __future__ import annotations

import csv
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

import command_line

sys.path.insert(0, str(Path(__file__).parent))

from people import COLUMNS, LI, REGISTRY, ZHANG, somebody, write

Run = Callable[..., "subprocess.CompletedProcess[str]"]
ROSTER = (*COLUMNS, "employer_name", "hire_date")
HEADER = ["roster_id", "registry_id", "outcome", "weight", "rule", "person"]


@pytest.fixture
def offline() -> Run:
    """A command without a home."""
    return lambda *arguments: command_line.run([*map(str, arguments)], dict(os.environ))


@pytest.fixture
def answer(offline: Run, tmp_path: Path) -> Callable[..., list[dict[str, str]]]:
    def link(registry: Path, roster: Path) -> list[dict[str, str]]:
        out = tmp_path / "out.csv"
        done = offline("link", "--registry", registry, "--roster", roster, "--out", out)
        assert done.returncode == 0, done.stderr
        with out.open(encoding="utf-8", newline="") as file:
            reader = csv.DictReader(file)
            assert reader.fieldnames == HEADER
            return list(reader)

    return link


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
def test_any_encoding(answer: Callable[..., list[dict[str, str]]], tmp_path: Path, encoding: str) -> None:
    rows = [
        somebody("一", name="张 伟强", current_address="北仑区新碶街道\n明州路12号,3幢101室"),
        somebody("2", name="𬭚三", id_number=""),
    ]
    told = answer(write(tmp_path / "R.csv", REGISTRY, encoding), write(tmp_path / "S.csv", rows, encoding, ROSTER))
    assert (told[0]["roster_id"], told[0]["registry_id"], told[0]["outcome"]) == ("一", "zhang", "same")
    assert {line["roster_id"] for line in told} == {"一", "2"}


def test_lines_of_the_answer(answer: Callable[..., list[dict[str, str]]], tmp_path: Path) -> None:
    rows = [
        somebody("a", employer_name="甲厂"),
        somebody("b", employer_name="乙厂", id_number=""),
        somebody("c", id_number=LI),
        somebody(
            "d", name="王五", id_number="", sex="", birth_date="", phone="", household_address="", current_address=""
        ),
        somebody("a", employer_name="丙厂"),
        somebody("", phone="#REF!", birth_date="1900-01-00"),
    ]
    told = answer(write(tmp_path / "R.csv", REGISTRY), write(tmp_path / "S.csv", rows, columns=ROSTER))
    assert [(line["roster_id"], line["registry_id"], line["outcome"]) for line in told] == [
        ("a", "zhang", "same"),
        ("b", "zhang", "same"),
        ("c", "zhang", "review"),
        ("c", "li", "review"),
        ("d", "", "new"),
        ("a", "zhang", "same"),
        ("", "zhang", "same"),
    ]
    person = [line["person"] for line in told]
    assert person[0] == person[1] == person[5] == person[6] and person[2] == person[3] and len(set(person)) == 3
    assert all(person) and all(line["weight"] for line in told if line["outcome"] != "new")


def test_a_row_of_an_id_alone_is_answered_and_one_without_it_is_told(offline: Run, tmp_path: Path) -> None:
    bare = dict.fromkeys(ROSTER, "")
    rows = [somebody("1"), bare, {**bare, "id": "2"}, bare, bare, somebody("3")]
    roster, out = write(tmp_path / "名册.csv", rows, columns=ROSTER), tmp_path / "out.csv"
    done = offline("link", "--registry", write(tmp_path / "R.csv", REGISTRY), "--roster", roster, "--out", out)
    assert done.returncode == 0 and f"{roster}: nothing stands in line 3, 5-6; left out\n" in done.stdout
    told = [line.split(",")[:3] for line in out.read_text(encoding="utf-8").splitlines()[1:]]
    assert told == [["1", "zhang", "same"], ["2", "", "new"], ["3", "zhang", "same"]]


def test_a_machine_that_knows_ascii_alone_writes_the_same(offline: Run, tmp_path: Path) -> None:
    registry, roster = write(tmp_path / "登记.csv", REGISTRY), write(tmp_path / "名册.csv", [somebody("一")])
    registry.write_bytes(registry.read_bytes() + b",,,,,,,\n")
    ascii_alone = {"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0", "PYTHONPATH": "plugins"}
    command = ["link", "--registry", registry, "--roster", roster, "--out", tmp_path / "答.csv"]
    done = subprocess.run(
        [sys.executable, "-m", "clearbase", *command], capture_output=True, env=ascii_alone, check=False
    )
    assert done.returncode == 0, done.stderr
    assert (tmp_path / "答.csv").read_text(encoding="utf-8").splitlines()[1].startswith("一,zhang,same")


@pytest.mark.parametrize("empty", ["registry", "roster"])
def test_a_file_of_a_header_alone(answer: Callable[..., list[dict[str, str]]], tmp_path: Path, empty: str) -> None:
    registry = write(tmp_path / "R.csv", [] if empty == "registry" else REGISTRY)
    told = answer(registry, write(tmp_path / "S.csv", [] if empty == "roster" else [somebody("1")], columns=ROSTER))
    assert [line["outcome"] for line in told] == ([] if empty == "roster" else ["new"])


def test_columns_that_are_not_there_are_told_and_empty(offline: Run, tmp_path: Path) -> None:
    registry, out = write(tmp_path / "R.csv", REGISTRY, columns=COLUMNS[:6]), tmp_path / "out.csv"
    roster = write(tmp_path / "S.csv", [somebody("1")], columns=("id", "id_number", "name"))
    done = offline("link", "--registry", registry, "--roster", roster, "--out", out)
    assert done.returncode == 0 and "no column household_address, current_address" in done.stdout
    assert "1,zhang,same" in out.read_text(encoding="utf-8")


UGLY = {
    "empty": (b"", "holds nothing"),
    "blank": (b"\n\n  \n", "holds nothing"),
    "no columns": ("姓名\n张三\n".encode(), "no columns"),
    "neither names nor numbers": (
        b"id,sex,birth_date,phone,household_address,current_address\n1,c,d,e,f,g\n",
        "id_number",
    ),
    "no ids": ("name,id_number\n张三,1\n".encode(), "id"),
    "a column twice": (
        b"id,id,name,id_number,sex,birth_date,phone,household_address,current_address\n",
        "more than one",
    ),
    "a workbook": (b"PK\x03\x04 and so on", "a workbook"),
    "binary": (bytes(range(256)) * 40, "neither text nor a table"),
}


@pytest.mark.parametrize("case", UGLY)
def test_a_file_that_cannot_be_taken_is_one_line(offline: Run, tmp_path: Path, case: str) -> None:
    data, why = UGLY[case]
    (tmp_path / "S.csv").write_bytes(data)
    out = tmp_path / "out.csv"
    registry = write(tmp_path / "R.csv", REGISTRY)
    done = offline("link", "--registry", registry, "--roster", tmp_path / "S.csv", "--out", out)
    assert done.returncode == 2 and not out.exists()
    assert why in done.stderr and len(done.stderr.splitlines()) == 1 and "Traceback" not in done.stderr


def test_a_file_that_is_not_there_and_a_folder_that_may_not_be_written(offline: Run, tmp_path: Path) -> None:
    registry = write(tmp_path / "R.csv", REGISTRY)
    for roster, out in ((tmp_path / "none.csv", tmp_path / "out.csv"), (registry, tmp_path)):
        done = offline("link", "--registry", registry, "--roster", roster, "--out", out)
        assert done.returncode == 2 and len(done.stderr.splitlines()) == 1


def test_nothing_of_a_person_is_printed(offline: Run, tmp_path: Path) -> None:
    registry = write(tmp_path / "R.csv", REGISTRY)
    done = offline("link", "--registry", registry, "--roster", registry, "--out", tmp_path / "out.csv")
    assert "3 roster rows: 3 same, 0 in review, 0 new" in done.stdout
    assert not any(cell in done.stdout + done.stderr for cell in (ZHANG, "张伟", "13812345678"))
    text = (tmp_path / "out.csv").read_text(encoding="utf-8")
    assert ZHANG not in text and "张" not in text


def test_help_loads_neither_duckdb_nor_splink() -> None:
    script = (
        "import sys; from clearbase.cli import app; from typer.testing import CliRunner; "
        "print(CliRunner().invoke(app, ['--help']).exit_code, "
        "sorted({'duckdb', 'splink', 'pyarrow'} & set(sys.modules)))"
    )
    done = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, env={"PYTHONPATH": "plugins"}, check=True
    )
    assert done.stdout.split() == ["0", "[]"]
