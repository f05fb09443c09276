"""`check`: one file looked at without a server, in the form of its schema."""

from __future__ import annotations

import datetime as dt
import json
import random
import subprocess
import sys
from collections import Counter
from pathlib import Path
from typing import Any

import jsonschema
import openpyxl
import pytest
from corpus_figures import generate
from rosters import PEOPLE, roster

from clearbase.inspection.report import Told, inspect
from clearbase.settings import EXPECTATIONS, PROJECT

SCHEMA = json.loads((EXPECTATIONS / "check_report.schema.json").read_text(encoding="utf-8"))
EMPLOYER = "91350100M000100Y43"


def report_of(path: Path, **given: Any) -> dict[str, Any]:
    report = inspect(path.read_bytes(), path.name, Told(**given), True)
    jsonschema.validate({"files": [report]}, SCHEMA)
    return report


def test_every_report_of_the_corpus_is_of_its_form_and_balances(tmp_path: Path) -> None:
    generate(tmp_path, "5", 0.2)
    for file in sorted(f for f in tmp_path.iterdir() if f.suffix != ".jsonl"):
        report = report_of(file)
        for sheet in report["sheets"]:
            counts = dict(sheet["counts"])
            assert counts.pop("read") == sum(counts.values()), f"{file.name} {sheet['name']}"
            assert counts["set_aside"] == sum(sheet["set_aside"].values())


def test_a_plain_roster_is_accepted_with_every_value(tmp_path: Path) -> None:
    made = roster(tmp_path / "测试厂有限公司2026年1月花名册.xlsx", PEOPLE)
    report = report_of(made)
    assert (report["outcome"], report["reason"], report["period"], report["kind"]) == (
        "accepted",
        "",
        "2026-01",
        "full",
    )
    assert report["employer"]["name"] == "测试厂有限公司"
    assert [row["status"] for row in report["rows"]] == ["accepted"] * len(PEOPLE)
    assert [row["values"]["name"] for row in report["rows"]] == [person[0] for person in PEOPLE]
    assert {c["confidence"] for c in report["sheets"][0]["columns"] if c["field"]} <= {0.7, 0.9, 1.0}


def test_what_the_command_line_says_goes_before_the_file(tmp_path: Path) -> None:
    made = roster(tmp_path / "名单.xlsx", PEOPLE, title="")
    assert report_of(made)["reason"] in ("employer_missing", "period_missing")
    given = report_of(made, employer_uscc=EMPLOYER, period=dt.date(2026, 3, 1), kind="joiners")
    assert (given["outcome"], given["employer"]["uscc"]) == ("accepted", EMPLOYER)
    assert (given["period"], given["kind"]) == ("2026-03", "joiners")


def test_a_lost_number_has_no_value_and_a_wrong_one_only_in_quarantine(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(["姓名", "身份证号", "性别", "部门"])
    sheet.append(["甲一", 330203199003075676.0, "男", "质检"])
    sheet.append(["乙二", "360429128006297734", "女", "质检"])
    path = tmp_path / "2026年1月花名册.xlsx"
    book.save(path)
    lost, wrong = report_of(path)["rows"]
    assert lost["status"] == wrong["status"] == "quarantined"
    assert "id_number" not in lost["values"]
    assert lost["values"]["department"] == "质检"
    assert wrong["values"]["id_number"] == "360429128006297734"
    cells = {finding["cell"] for finding in report_of(path)["findings"] if finding["field"] == "id_number"}
    assert cells == {"B2", "B3"}


@pytest.mark.parametrize("data", [b"%PDF-1.7 ...", b"", b"\x89PNG\r\n\x1a\n"])
def test_what_is_no_roster_has_an_outcome_and_words(tmp_path: Path, data: bytes) -> None:
    path = tmp_path / "花名册.xlsx"
    path.write_bytes(data)
    report = report_of(path)
    assert report["outcome"] == "unreadable"
    assert report["message"]
    assert report["rows"] == []


def test_the_command_needs_no_server_and_prints_no_person(tmp_path: Path) -> None:
    made = roster(tmp_path / "2026年1月花名册.xlsx", PEOPLE)
    target = tmp_path / "report.json"
    done = subprocess.run(
        [sys.executable, "-m", "clearbase", "check", str(made), "--rows", "--json", str(target)],
        env={"PYTHONPATH": str(PROJECT / "plugins"), "CLEARBASE_HOME": str(tmp_path / "home"), "PATH": "/usr/bin:/bin"},
        capture_output=True,
        text=True,
        check=True,
    )
    assert "accepted" in done.stdout
    assert not any(person[0] in done.stdout for person in PEOPLE)
    assert not (tmp_path / "home").exists()
    jsonschema.validate(json.loads(target.read_text(encoding="utf-8")), SCHEMA)


def test_check_loads_no_airflow_no_expectations_and_no_database() -> None:
    heavy = ("airflow", "great_expectations", "sqlalchemy")
    code = f"import sys, clearbase.offline; print([m for m in {heavy} if m in sys.modules])"
    done = subprocess.run(
        [sys.executable, "-c", code],
        env={"PYTHONPATH": str(PROJECT / "plugins"), "PATH": "/usr/bin:/bin"},
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout.strip() == "[]"


def test_five_hundred_damaged_files_each_end_in_an_outcome_with_a_reason(tmp_path: Path) -> None:
    generate(tmp_path, "11", 0.1)
    whole = [f.read_bytes() for f in sorted(tmp_path.iterdir()) if f.suffix != ".jsonl"]
    rng = random.Random(20261124)
    outcomes: Counter[str] = Counter()
    for n in range(500):
        data = bytearray(whole[n % len(whole)])
        if n % 3 == 0:
            del data[rng.randrange(len(data)) :]
        for _ in range(rng.choice([1, 5, 40]) if n % 3 else 0):
            data[rng.randrange(len(data))] = rng.randrange(256)
        report = inspect(bytes(data), f"{n}.xls", Told(), True)
        jsonschema.validate({"files": [report]}, SCHEMA)
        assert report["outcome"] == "accepted" or report["message"], report["reason"]
        outcomes[report["outcome"]] += 1
    assert min(outcomes[outcome] for outcome in ("unreadable", "held")) > 50
