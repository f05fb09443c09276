"""`check`: one file looked at without a server, in the form of its schema."""

from __future__ import annotations

import datetime as dt
import json
import random
import subprocess
import sys
import zipfile
from collections import Counter
from pathlib import Path
from typing import Any

import jsonschema
import openpyxl
import pytest
from corpus_figures import generate
from rich.cells import cell_len
from rosters import HEADER, OTHER_EMPLOYER, PEOPLE, roster

from clearbase.given import Given
from clearbase.inspection import report as inspection
from clearbase.reading.file import read_roster
from clearbase.settings import EXPECTATIONS, PROJECT

SCHEMA = json.loads((EXPECTATIONS / "check_report.schema.json").read_text(encoding="utf-8"))
VALIDATOR = jsonschema.Draft202012Validator(SCHEMA)
EMPLOYER = "91350100M000100Y43"


def report_of(path: Path, **given: Any) -> dict[str, Any]:
    read = read_roster(path.read_bytes(), path.name, period=given.get("period"))
    report = inspection.report_of(read, path.name, Given(**given), True).report
    VALIDATOR.validate({"files": [report]})
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


def test_another_name_than_the_said_employer_s_is_not_its_name(tmp_path: Path) -> None:
    made = roster(
        tmp_path / "2026年1月花名册.xlsx", PEOPLE, title=f"宁波丙丁服装有限公司 统一社会信用代码：{OTHER_EMPLOYER}"
    )
    report = report_of(made, employer_uscc=EMPLOYER)
    assert report["employer"] == {"name": None, "uscc": EMPLOYER}
    assert [finding["rule"] for finding in report["findings"]] == ["employer_disagrees"]
    assert report_of(made)["employer"] == {"name": "宁波丙丁服装有限公司", "uscc": OTHER_EMPLOYER}


def test_rows_of_another_employer_are_told_without_a_server(tmp_path: Path) -> None:
    people = [[*person, "宁波戊己有限公司"] for person in PEOPLE]
    made = roster(tmp_path / "2026年1月花名册.xlsx", people, title="宁波甲乙电子有限公司", header=[*HEADER, "用人单位"])
    (finding,) = report_of(made, employer_uscc=EMPLOYER)["findings"]
    assert (finding["rule"], finding["cell"]) == ("row_employer_unknown", None)
    assert "宁波戊己有限公司" in finding["found"]


def test_title_and_file_name_that_disagree_are_told(tmp_path: Path) -> None:
    made = roster(
        tmp_path / "宁波甲电子有限公司2025年9月花名册.xlsx", PEOPLE, title="宁波乙电子有限公司2025年10月花名册"
    )
    report = report_of(made)
    assert (report["outcome"], report["period"], report["employer"]["name"]) == (
        "accepted",
        "2025-10",
        "宁波乙电子有限公司",
    )
    found = {finding["rule"]: finding["found"] for finding in report["findings"]}
    assert set(found) == {"employer_names_differ", "periods_differ"}
    assert "标题2025年10月，文件名2025年9月" in found["periods_differ"]


def test_a_month_that_is_not_in_the_file_holds_it_and_tells_its_months(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    for month in (8, 9):
        sheet = book.create_sheet(f"{month}月")
        for row in ([f"宁波甲乙电子有限公司2025年{month}月花名册"], HEADER, [1, *PEOPLE[0]]):
            sheet.append(row)
    path = tmp_path / "花名册.xlsx"
    book.save(path)
    given = {"period": dt.date(2025, 10, 1), "employer_uscc": EMPLOYER}
    report = report_of(path, **given)
    assert (report["outcome"], report["reason"]) == ("held", "period_not_there")
    assert "2025年8月、2025年9月" in report["message"]
    taken = report_of(path, **given | {"period": dt.date(2025, 8, 1)})
    assert (taken["outcome"], [row["sheet"] for row in taken["rows"]]) == ("accepted", ["8月"])
    assert [finding["rule"] for finding in taken["findings"]] == ["other_months"]


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


def test_a_card_without_end_says_so_and_a_contract_has_no_last_day(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(["姓名", "身份证号", "证件有效期至", "合同到期日"])
    sheet.append(["甲一", "360429128006297734", "长期", "无固定期限"])
    sheet.append(["乙二", "", "2036.8.14", "2027-02-31"])
    path = tmp_path / "2026年1月花名册.xlsx"
    book.save(path)
    first, second = (row["values"] for row in report_of(path)["rows"])
    assert first["id_valid_to"] == "长期" and "contract_end" not in first
    assert second["id_valid_to"] == "2036-08-14"


@pytest.mark.parametrize("data", [b"%PDF-1.7 ...", b"", b"\x89PNG\r\n\x1a\n"])
def test_what_is_no_roster_has_an_outcome_and_words(tmp_path: Path, data: bytes) -> None:
    path = tmp_path / "花名册.xlsx"
    path.write_bytes(data)
    report = report_of(path)
    assert report["outcome"] == "unreadable"
    assert report["message"]
    assert report["rows"] == []


def check(home: Path, *arguments: object) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "clearbase", "check", *map(str, arguments)],
        env={"PYTHONPATH": str(PROJECT / "plugins"), "CLEARBASE_HOME": str(home), "PATH": "/usr/bin:/bin"},
        capture_output=True,
        text=True,
        check=True,
    )


def test_the_command_needs_no_server_and_prints_no_person(tmp_path: Path) -> None:
    spoilt = [[*PEOPLE[0][:1], "33020419900307999X", *PEOPLE[0][2:]], *PEOPLE[1:]]
    made = roster(tmp_path / "2026年1月花名册.xlsx", spoilt, sheet_name=PEOPLE[1][0])
    target = tmp_path / "report.json"
    done = check(tmp_path / "home", made, "--rows", "--json", target)
    assert "held employer_missing" in done.stdout
    assert "C2" in done.stdout
    assert not any(word in done.stdout for person in spoilt for word in person[:2])
    assert not (tmp_path / "home").exists()
    assert target.stat().st_mode & 0o077 == 0, "it holds clear values"
    jsonschema.validate(json.loads(target.read_text(encoding="utf-8")), SCHEMA)


def test_the_command_says_that_it_knows_no_assigned_columns(tmp_path: Path) -> None:
    made = roster(tmp_path / "2026年1月花名册.xlsx", PEOPLE)
    assert "mapping set" in check(tmp_path / "home", made, "--employer", EMPLOYER).stdout
    assert "mapping set" not in check(tmp_path / "home", made).stdout


def test_the_table_of_findings_is_wrapped_and_never_cut(tmp_path: Path) -> None:
    spoilt = [["王1", "33020419900307999", person[2], "123", *person[4:]] for person in PEOPLE]
    made = roster(tmp_path / "2026年1月花名册.xlsx", spoilt)
    lines = check(tmp_path / "home", made, "--employer", EMPLOYER).stdout.splitlines()
    assert not any("…" in line for line in lines)
    head = next(at for at, line in enumerate(lines) if line.startswith("rule "))
    last = next(at for at, line in enumerate(lines) if line.startswith("  --json"))
    assert last - head > 4 and all(cell_len(line) <= 160 for line in lines[head:last])


@pytest.mark.parametrize("name", ["王五_13800001111.pdf", "王五.pdf", "花名册-王五.pdf"])
def test_the_name_of_a_file_that_cannot_be_read_names_nobody(tmp_path: Path, name: str) -> None:
    path = tmp_path / name
    path.write_bytes(b"%PDF-1.7 ...")
    told = check(tmp_path / "home", path).stdout
    assert "王五" not in told and "13800001111" not in told
    assert ".pdf: unreadable pdf" in told


def test_each_file_of_a_zip_has_its_entry_and_what_cannot_be_opened_has_one_too(tmp_path: Path) -> None:
    made = roster(tmp_path / "made" / "一车间.xlsx", PEOPLE)
    (tmp_path / "in").mkdir()
    with zipfile.ZipFile(tmp_path / "in" / "测试厂有限公司2026年3月.zip", "w") as package:
        package.write(made, "在职/一车间.xlsx")
        package.writestr("说明.txt", "无")
    (tmp_path / "in" / "gone.xlsx").touch()
    done = check(tmp_path / "home", tmp_path / "in", "--json", "-")
    report = json.loads(done.stdout)
    jsonschema.validate(report, SCHEMA)
    told = {Path(file["file"]).name: (file["outcome"], file["period"], file["reason"]) for file in report["files"]}
    assert told == {
        "gone.xlsx": ("unreadable", None, "empty"),
        "一车间.xlsx": ("accepted", "2026-03", ""),
        "说明.txt": ("unreadable", None, "not_tabular"),
    }


def test_check_loads_nothing_heavy(tmp_path: Path) -> None:
    """Half a second of import is pandas and openpyxl; Great Expectations is six."""
    heavy = ("airflow", "great_expectations", "sqlalchemy", "pandas", "openpyxl", "xlsxwriter", "jsonschema")
    made = roster(tmp_path / "2026年1月花名册.xlsx", PEOPLE, title="宁波甲乙电子有限公司")
    target = tmp_path / "report.json"
    code = f"""
import sys
from clearbase.cli import app
app(["check", {str(made)!r}, "--rows", "--json", {str(target)!r}], standalone_mode=False)
print([m for m in {heavy} if m in sys.modules])
"""
    done = subprocess.run(
        [sys.executable, "-c", code],
        env={"PYTHONPATH": str(PROJECT / "plugins"), "PATH": "/usr/bin:/bin"},
        capture_output=True,
        text=True,
        check=True,
    )
    assert json.loads(target.read_text(encoding="utf-8"))["files"][0]["outcome"] == "accepted"
    assert done.stdout.splitlines()[-1] == "[]"


def test_arrow_without_pandas_still_finds_it_where_it_is_wanted() -> None:
    code = """
import sys
from clearbase.lean import arrow_alone
arrow_alone()
import pyarrow as pa
table = pa.table({"a": ["x", None]})
assert "pandas" not in sys.modules
print(table.to_pandas().shape)
"""
    done = subprocess.run(
        [sys.executable, "-c", code],
        env={"PYTHONPATH": str(PROJECT / "plugins"), "PATH": "/usr/bin:/bin"},
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout.strip() == "(2, 1)"


@pytest.mark.parametrize(
    ("col", "letters"), [(1, "A"), (26, "Z"), (27, "AA"), (702, "ZZ"), (703, "AAA"), (16384, "XFD")]
)
def test_column_letters(col: int, letters: str) -> None:
    assert inspection.column_letters(col) == letters


@pytest.mark.parametrize("files", [200, pytest.param(500, marks=pytest.mark.all)])
def test_damaged_files_each_end_in_an_outcome_with_a_reason(tmp_path: Path, files: int) -> None:
    generate(tmp_path, "11", 0.1)
    whole = [f.read_bytes() for f in sorted(tmp_path.iterdir()) if f.suffix != ".jsonl"]
    rng = random.Random(20261124)
    outcomes: Counter[str] = Counter()
    for n in range(files):
        data = bytearray(whole[n % len(whole)])
        if n % 3 == 0:
            del data[rng.randrange(len(data)) :]
        for _ in range(rng.choice([1, 5, 40]) if n % 3 else 0):
            data[rng.randrange(len(data))] = rng.randrange(256)
        report = inspection.report_of(read_roster(bytes(data), f"{n}.xls"), f"{n}.xls", Given(), True).report
        VALIDATOR.validate({"files": [report]})
        assert report["outcome"] == "accepted" or report["message"], report["reason"]
        outcomes[report["outcome"]] += 1
    assert min(outcomes[outcome] for outcome in ("unreadable", "held")) > files // 10
