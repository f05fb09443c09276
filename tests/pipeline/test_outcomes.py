"""Every file gets an outcome and a receipt; a bad one never stops the others; nothing is taken twice."""

from __future__ import annotations

import json
import subprocess
import zipfile
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import openpyxl
import pytest
from rosters import EMPLOYER, HEADER, OTHER_EMPLOYER, PEOPLE, roster
from sqlalchemy import text

from clearbase.settings import Settings
from clearbase.warehouse.database import open_database

Run = Callable[..., "subprocess.CompletedProcess[str]"]


def query(settings: Settings, sql: str) -> list[tuple[object, ...]]:
    with open_database(settings) as database, database.loader.connect() as connection:
        return [tuple(row) for row in connection.execute(text(sql))]


def newest(settings: Settings, columns: str) -> tuple[object, ...]:
    return query(settings, f"SELECT {columns} FROM intake.submission ORDER BY submission_id DESC LIMIT 1")[0]


def receipt(settings: Settings, employer: str | None) -> dict[str, object]:
    files = sorted(settings.receipts_folder(employer).glob("*.json"))
    content: dict[str, object] = json.loads(files[-1].read_text(encoding="utf-8"))
    return content


def test_a_roster_with_employer_and_period_is_published(clearbase: Run, settings: Settings, tmp_path: Path) -> None:
    file = roster(tmp_path / "花名册.xlsx", PEOPLE)
    before = file.read_bytes()
    done = clearbase("ingest", file, "--employer", EMPLOYER, "--period", "2026-08")
    assert done.returncode == 0, done.stderr
    assert newest(settings, "outcome, rows_read, rows_published, rows_set_aside") == ("published", 4, 3, 1)
    assert query(settings, "SELECT employer_uscc, month::text, persons FROM mart.headcount_month") == [
        (EMPLOYER, "2026-08-01", 3)
    ]
    assert file.read_bytes() == before, "files given to ingest are left untouched"
    told = receipt(settings, EMPLOYER)
    assert told["outcome"] == "published"
    assert list(settings.receipts_folder(EMPLOYER).glob("*.xlsx"))


def test_the_same_file_again_changes_nothing_and_is_told(clearbase: Run, settings: Settings, tmp_path: Path) -> None:
    file = roster(tmp_path / "again.xlsx", PEOPLE)
    for _ in range(2):
        assert clearbase("ingest", file, "--employer", EMPLOYER, "--period", "2026-09").returncode == 0
    assert newest(settings, "outcome, rows_read, rows_published, rows_repeated, rows_set_aside") == (
        "repeated",
        4,
        0,
        3,
        1,
    )
    assert "原回执号" in str(receipt(settings, EMPLOYER)["reason"])
    assert clearbase("ingest", file, "--employer", EMPLOYER, "--period", "2026-10").returncode == 0
    assert newest(settings, "outcome")[0] == "published", "the same bytes are next month's report too"


@pytest.mark.parametrize(
    ("name", "content", "reason"),
    [
        ("empty.xlsx", b"", "empty"),
        ("scan.pdf", b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n", "pdf"),
        ("photo.xlsx", b"\x89PNG\r\n\x1a\n" + bytes(50), "image"),
        ("cut.xlsx", b"PK\x03\x04" + bytes(60), "broken_zip"),
        ("noise.bin", bytes(range(256)) * 8, "binary"),
        ("letter.txt", "各位同事大家好".encode(), "not_tabular"),
    ],
)
def test_what_cannot_be_read_is_told_and_the_batch_goes_on(
    clearbase: Run, settings: Settings, tmp_path: Path, name: str, content: bytes, reason: str
) -> None:
    folder = tmp_path / OTHER_EMPLOYER
    roster(
        folder / "2026年8月花名册.xlsx", [[*PEOPLE[0][:1], PEOPLE[0][1], *PEOPLE[0][2:]]], title=f"{reason} 2026年8月"
    )
    (folder / name).write_bytes(content)
    done = clearbase("ingest", folder)
    assert done.returncode == 0, done.stderr
    assert "Traceback" not in done.stderr
    rows = query(settings, "SELECT outcome, reason_code FROM intake.submission ORDER BY submission_id DESC LIMIT 2")
    assert ("unreadable", reason) in rows
    assert ("published", None) in rows or ("repeated", "same_bytes") in rows
    texts = [json.loads(f.read_text(encoding="utf-8")) for f in settings.receipts_folder(OTHER_EMPLOYER).glob("*.json")]
    assert any(t["outcome"] == "unreadable" and len(t["reason"]) > 10 for t in texts)


def test_two_runs_at_once_on_one_folder_take_each_file_once(
    new_home: Callable[[], Path], clearbase: Run, tmp_path: Path
) -> None:
    home = new_home()
    for month in range(1, 7):
        name = f"宁波甲乙丙公司2026年{month}月花名册.xlsx"  # more than roster words: its label changes when it is read
        roster(tmp_path / EMPLOYER / name, PEOPLE, title=f"2026年{month}月员工花名册")
    assert clearbase("status", home=home).returncode == 0
    with ThreadPoolExecutor(2) as both:
        runs = list(both.map(lambda _: clearbase("ingest", tmp_path, home=home), range(2)))
    assert [run.returncode for run in runs] == [0, 0], [run.stderr for run in runs]
    taken = query(Settings(home=home), "SELECT count(*) FROM ledger.submission")
    assert taken == [(6,)]
    assert clearbase("verify", home=home).returncode == 0


def test_an_employer_that_is_only_inferred_and_unknown_is_held(
    clearbase: Run, settings: Settings, tmp_path: Path
) -> None:
    file = roster(tmp_path / "九龙公司.xlsx", PEOPLE, title="宁波九龙不存在有限公司2026年8月员工花名册")
    assert clearbase("ingest", file).returncode == 0
    assert newest(settings, "outcome, reason_code, rows_held, rows_set_aside") == ("held", "employer_unknown", 3, 2)
    assert receipt(settings, None)["outcome"] == "held"
    assert not list(settings.receipts_folder(None).glob("*.xlsx")), "no workbook goes where no employer is known"


def test_no_period_is_held(clearbase: Run, settings: Settings, tmp_path: Path) -> None:
    assert clearbase("ingest", roster(tmp_path / "名单.xlsx", PEOPLE), "--employer", EMPLOYER).returncode == 0
    assert newest(settings, "outcome, reason_code") == ("held", "period_missing")


def test_of_a_sheet_a_month_one_is_published_and_a_month_that_is_not_there_is_held(
    new_home: Callable[[], Path], clearbase: Run, tmp_path: Path
) -> None:
    home = new_home()
    settings = Settings(home=home)
    book = openpyxl.Workbook()
    for month, people in ((8, PEOPLE[:1]), (9, PEOPLE[1:])):
        sheet = book.create_sheet(f"{month}月")
        for row in ([f"2026年{month}月员工花名册"], HEADER, *([n, *person] for n, person in enumerate(people, 1))):
            sheet.append(row)
    book.save(tmp_path / "花名册.xlsx")
    for told, outcome in (
        (["--period", "2026-10"], ("held", "period_not_there", 3)),
        ([], ("published", None, 2)),
        (["--period", "2026-08"], ("published", None, 1)),
    ):
        assert clearbase("ingest", tmp_path / "花名册.xlsx", "--employer", EMPLOYER, *told, home=home).returncode == 0
        counts = "outcome, reason_code, coalesce(nullif(rows_published, 0), rows_held)"
        assert newest(settings, counts) == outcome
        if outcome[0] == "held":
            assert "2026年8月、2026年9月" in str(receipt(settings, EMPLOYER)["reason"])
    assert [f["rule"] for f in receipt(settings, EMPLOYER)["findings"]] == ["other_months"]  # type: ignore[attr-defined]


def headcounts(settings: Settings, employer: str) -> list[tuple[object, ...]]:
    return query(
        settings,
        f"SELECT to_char(month, 'MM'), persons FROM mart.headcount_month WHERE employer_uscc = '{employer}' ORDER BY 1",
    )


def test_a_list_of_comers_and_goers_ends_nobody_s_employment(
    new_home: Callable[[], Path], clearbase: Run, tmp_path: Path
) -> None:
    home = new_home()
    settings = Settings(home=home)
    roster(tmp_path / EMPLOYER / "1.xlsx", PEOPLE, title="2026年3月员工花名册")
    changes = roster(tmp_path / EMPLOYER / "2.xlsx", PEOPLE[:2], title="2026年4月入职离职人员变动表")
    assert clearbase("ingest", tmp_path, home=home).returncode == 0
    assert newest(settings, "outcome, reason_code, kind, rows_held") == ("held", "kind_unclear", None, 2)
    assert "变动类型" in str(receipt(settings, EMPLOYER)["reason"])
    assert headcounts(settings, EMPLOYER) == [("03", 3)]
    told = [[*PEOPLE[0], "离职"], [*PEOPLE[1], "新增"]]
    roster(changes, told, title="2026年4月入职离职人员变动表", header=[*HEADER, "变动类型"])
    assert clearbase("ingest", tmp_path, home=home).returncode == 0
    assert newest(settings, "outcome, kind") == ("published", "changes")
    assert headcounts(settings, EMPLOYER)[-1] == ("04", 2), "one left, and who is not on the list stays"


def test_sheets_of_several_employers_are_held_as_that(clearbase: Run, settings: Settings, tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    for name in ("宁波甲乙丙有限公司", "宁波丁戊己有限公司"):
        sheet = book.create_sheet(name[2:5])
        for row in ([f"{name}2026年8月员工花名册"], HEADER, [1, *PEOPLE[0]]):
            sheet.append(row)
    book.save(tmp_path / "园区.xlsx")
    assert clearbase("ingest", tmp_path / "园区.xlsx").returncode == 0
    assert newest(settings, "outcome, reason_code, rows_held") == ("held", "employer_conflict", 2)
    assert "一个单位一份文件" in str(receipt(settings, None)["reason"])


@pytest.mark.parametrize(
    ("title", "told", "outcome"),
    [
        ("统一社会信用代码：{other}", [], ("published", None)),
        ("统一社会信用代码：{other}", ["--employer", EMPLOYER], ("published", None)),
        ("用工单位统一社会信用代码：{other}", [], ("published", None)),
        ("统一社会信用代码：{own}", [], ("published", None)),
    ],
)
def test_the_folder_goes_before_what_a_title_says(
    new_home: Callable[[], Path],
    clearbase: Run,
    tmp_path: Path,
    title: str,
    told: list[str],
    outcome: tuple[object, ...],
) -> None:
    home = new_home()
    text = title.format(own=EMPLOYER, other=OTHER_EMPLOYER)
    roster(tmp_path / EMPLOYER / "2026年5月花名册.xlsx", PEOPLE, title=text)
    assert clearbase("ingest", tmp_path, *told, home=home).returncode == 0
    assert newest(Settings(home=home), "outcome, reason_code, employer_uscc") == (*outcome, EMPLOYER)


def test_rows_of_another_known_employer_hold_the_file_and_of_an_unknown_one_are_told(
    new_home: Callable[[], Path], clearbase: Run, tmp_path: Path
) -> None:
    home = new_home()
    settings = Settings(home=home)
    for code, name in ((EMPLOYER, "宁波甲乙电子有限公司"), (OTHER_EMPLOYER, "宁波丙丁服装有限公司")):
        assert clearbase("employer", "add", code, "--name", name, home=home).returncode == 0
    for named, outcome in (("宁波丙丁服装有限公司", "held"), ("宁波戊己有限公司", "published")):
        people = [[*person, "宁波甲乙电子有限公司"] for person in PEOPLE[:2]] + [[*PEOPLE[2], named]]
        file = roster(tmp_path / EMPLOYER / f"2026年5月{outcome}.xlsx", people, header=[*HEADER, "单位名称"])
        assert clearbase("ingest", file, home=home).returncode == 0
        assert newest(settings, "outcome")[0] == outcome
    findings = receipt(settings, EMPLOYER)["findings"]
    assert [(f["rule"], f["cell"], f["found"]) for f in findings] == [  # type: ignore[attr-defined]
        ("row_employer_unknown", "整表", "宁波戊己有限公司")
    ]


def test_a_zip_is_a_submission_a_file(new_home: Callable[[], Path], clearbase: Run, tmp_path: Path) -> None:
    home = new_home()
    settings = Settings(home=home)
    made = [roster(tmp_path / "made" / f"{n}车间.xlsx", PEOPLE[n : n + 1]) for n in range(3)]
    (tmp_path / EMPLOYER).mkdir()
    with zipfile.ZipFile(tmp_path / EMPLOYER / "2026年5月花名册.zip", "w") as package:
        for file in made:
            package.write(file, f"全部/{file.name}")
        package.writestr("说明.txt", "无")
    for _ in range(2):
        assert clearbase("ingest", tmp_path / EMPLOYER, home=home).returncode == 0
    assert query(
        settings, "SELECT outcome, count(*), min(period)::text FROM intake.submission GROUP BY 1 ORDER BY 1"
    ) == [
        ("published", 3, "2026-05-01"),
        ("repeated", 3, "2026-05-01"),
        ("unreadable", 2, None),
    ]
    assert len(list(settings.receipts_folder(EMPLOYER).glob("*车间.txt"))) == 6


def test_an_earlier_file_again_says_which_one_holds_now(
    new_home: Callable[[], Path], clearbase: Run, tmp_path: Path
) -> None:
    home = new_home()
    first, corrected = (roster(tmp_path / f"{n}.xlsx", PEOPLE[:n]) for n in (2, 3))
    for file in (first, corrected, first):
        assert clearbase("ingest", file, "--employer", EMPLOYER, "--period", "2026-05", home=home).returncode == 0
    told = str(receipt(Settings(home=home), EMPLOYER)["reason"])
    assert "原回执号：QD00000001" in told
    assert "QD00000002)，现以那一份为准" in told


def test_a_conflict_of_number_and_name_goes_to_review(clearbase: Run, settings: Settings, tmp_path: Path) -> None:
    stranger = ["赵某某", *PEOPLE[0][1:]]
    file = roster(tmp_path / "borrowed.xlsx", [stranger])
    assert (
        clearbase("ingest", file, "--employer", OTHER_EMPLOYER, "--period", "2026-08", "--kind", "joiners").returncode
        == 0
    )
    states = query(settings, "SELECT match_state FROM mart.roster_identity ORDER BY submission_id DESC LIMIT 1")
    assert states == [("provisional",)]
    assert query(settings, "SELECT count(*) FROM identity.review_case WHERE rule = 'number_with_other_name'") == [(1,)]


def test_a_line_without_name_or_evidence_is_quarantined_and_others_go_on(
    clearbase: Run, settings: Settings, tmp_path: Path
) -> None:
    nameless = ["", *PEOPLE[1][1:]]
    file = roster(tmp_path / "gaps.xlsx", [nameless, PEOPLE[2], ["刘无据", "", "女", "", "", "", "2024-01-01"]])
    # Told to be full: by its content alone it names too few of the staff to be taken for that.
    told = ("--employer", EMPLOYER, "--period", "2026-11", "--kind", "full")
    assert clearbase("ingest", file, *told).returncode == 0
    assert newest(settings, "outcome, rows_published, rows_quarantined") == ("published", 1, 2)
    # Nobody is taken to have left whom one of the quarantined lines could be.
    assert query(settings, "SELECT count(*) FROM mart.headcount_month WHERE month = '2026-11-01' AND persons = 2") == [
        (1,)
    ]


@pytest.mark.parametrize(
    ("arguments", "environment", "says"),
    [
        (["ingest", "/nowhere/at/all"], {}, "no such file"),
        (["ingest", ".", "--employer", "123"], {}, "not a valid unified social credit code"),
        (["ingest", ".", "--period", "August"], {}, "not a month"),
        (["status"], {"CLEARBASE_POSTGRES_PORT": "many"}, "CLEARBASE_POSTGRES_PORT"),
        (["status"], {"CLEARBASE_DATABASE_URL": "postgresql://nobody:x@127.0.0.1:1/none"}, "the database"),
        (["status"], {"CLEARBASE_DATABASE_URL": "what"}, "not a URL"),
        (["status"], {"CLEARBASE_MASTER_KEY": "ab" * 32}, "master key is not the one"),
        (["status"], {"CLEARBASE_TOKEN_KEY": "ab" * 32}, "token key is not the one"),
        (["registry", "load", "/nowhere.csv"], {}, "no such file"),
        (["employer", "add"], {}, "takes a credit code"),
    ],
)
def test_a_fault_of_the_setup_is_one_line_and_exit_2(
    clearbase: Run, settings: Settings, arguments: list[str], environment: dict[str, str], says: str
) -> None:
    assert clearbase("status").returncode == 0
    done = clearbase(*arguments, **environment)
    assert done.returncode == 2
    assert says in done.stderr
    assert len(done.stderr.strip().splitlines()) == 1, done.stderr
    assert "x@127" not in done.stderr


def test_every_command_has_help(clearbase: Run) -> None:
    for command in (
        [],
        ["ingest"],
        ["registry", "load"],
        ["employer", "add"],
        ["employer", "list"],
        ["status"],
        ["psql"],
        ["verify"],
        ["generate"],
        ["compare"],
        ["test"],
    ):
        done = clearbase(*command, "--help")
        assert done.returncode == 0
        assert len(done.stdout.splitlines()) > 4


def test_verify_and_psql_on_what_these_tests_left(clearbase: Run) -> None:
    done = clearbase("verify")
    assert done.returncode == 0, done.stdout
    assert "BROKEN" not in done.stdout
    asked = clearbase("psql", "-At", "-c", "SELECT count(*) FROM intake.submission WHERE outcome IS NULL")
    assert asked.stdout.strip() == "0"


def test_a_batch_after_which_something_does_not_hold_says_so_and_stays_published(
    clearbase: Run, settings: Settings, tmp_path: Path
) -> None:
    """A spell that no line of the employer tells, of a person whom nobody named."""
    stray = f"""INSERT INTO warehouse.fact_employment
        (person_id, employer_uscc, valid_from, valid_to, start_evidence, first_line_id, known_from, known_to)
        VALUES (7, '{EMPLOYER}', '2020-01-01', 'infinity', 'hire_date', 1, now(), 'infinity')"""
    file = roster(tmp_path / "花名册.xlsx", PEOPLE)
    taken = ("ingest", file, "--employer", EMPLOYER, "--period", "2025-02", "--kind", "joiners")
    done = clearbase("psql", "-c", stray)
    assert done.returncode == 0, done.stderr
    done = clearbase(*taken)
    assert done.returncode == 1, done.stderr
    assert "published" in done.stdout
    assert "BROKEN every spell leads to the file, sheet and row" in done.stderr
    assert f"(7, '{EMPLOYER}')" in done.stderr
    assert "Traceback" not in done.stderr and PEOPLE[0][1] not in done.stderr
    outcome, batch = newest(settings, "outcome, batch_id")
    assert outcome == "published"
    done = clearbase("verify", "--batch", str(batch))
    assert done.returncode == 1 and "BROKEN" in done.stdout
    assert clearbase("psql", "-c", "DELETE FROM warehouse.fact_employment WHERE person_id = 7").returncode == 0
    done = clearbase("verify", "--batch", str(batch))
    assert done.returncode == 0, done.stdout
    assert "(1 of 1 employers that were touched)" in done.stdout and "(3 of 3 persons that were touched)" in done.stdout
    assert len(done.stdout.splitlines()) == len(clearbase("verify").stdout.splitlines()) - 4, (
        "but for registry and audit"
    )


def test_a_batch_that_is_not_there_cannot_be_verified(clearbase: Run) -> None:
    done = clearbase("verify", "--batch", "1000000")
    assert done.returncode == 2 and "no batch 1000000" in done.stderr


def test_verify_finds_what_was_altered_behind_the_ledger_s_back(clearbase: Run) -> None:
    spoil = "UPDATE warehouse.fact_employment SET valid_from = valid_from - 1"
    assert clearbase("psql", "-c", spoil).returncode == 0
    done = clearbase("verify")
    assert done.returncode == 1
    assert "BROKEN" in done.stdout
    assert clearbase("psql", "-c", spoil.replace("- 1", "+ 1")).returncode == 0
    assert clearbase("verify").returncode == 0


def test_a_file_that_cannot_be_opened_is_told_and_the_others_go_on(
    clearbase: Run, settings: Settings, tmp_path: Path
) -> None:
    good = roster(tmp_path / "2019年1月花名册.xlsx", PEOPLE)
    done = clearbase("ingest", "/proc/self/mem", good, "--employer", EMPLOYER, "--period", "2019-01")
    assert done.returncode == 0, done.stderr
    outcomes = query(settings, "SELECT outcome, reason_code FROM intake.submission ORDER BY submission_id DESC LIMIT 2")
    assert sorted(outcomes) == [("published", None), ("unreadable", "unopenable")]


def test_a_column_that_a_clerk_has_assigned_is_remembered_and_wins(
    new_home: Callable[[], Path], clearbase: Run, tmp_path: Path
) -> None:
    home = new_home()
    settings = Settings(home=home)
    header = ["常用号\n(本人)" if h == "手机号" else h for h in HEADER]

    def fields(month: int, *told: str) -> dict[str, str | None]:
        file = roster(tmp_path / f"2026年{month}月花名册.xlsx", PEOPLE, header=header, title="宁波甲乙电子有限公司")
        done = clearbase("ingest", file, *told, home=home)
        assert done.returncode == 0, done.stderr
        columns = query(settings, "SELECT columns FROM intake.sheet ORDER BY submission_id DESC LIMIT 1")[0][0]
        return {column["header"]: column["field"] for column in columns}  # type: ignore[attr-defined]

    assert fields(1, "--employer", EMPLOYER)["常用号 (本人)"] is None
    for assigned, field in (
        ("常用号(本人)", "phone"),
        ("户籍地址", "-"),
        ("入职日期", "hire_date"),
    ):
        done = clearbase("mapping", "set", EMPLOYER, assigned, field, home=home)
        assert (done.returncode, done.stderr) == (0, "")
    unmet = clearbase("mapping", "set", EMPLOYER, "没有这一列", "phone", home=home)
    assert unmet.returncode == 0 and "no file" in unmet.stderr and len(unmet.stderr.splitlines()) == 1
    given, inferred = fields(2, "--employer", EMPLOYER), fields(3)
    assert given == inferred
    assert (given["常用号 (本人)"], given["户籍地址"], given["入职日期"]) == ("phone", None, "hire_date")
    shown = clearbase("mapping", "show", EMPLOYER, home=home).stdout
    assert "按人工更正" in shown and "户籍地址" in shown
    wrong = clearbase("mapping", "set", EMPLOYER, "户籍地址", "no_such_field", home=home)
    assert wrong.returncode == 2 and "fields.csv" in wrong.stderr


def test_status_tells_files_rows_and_persons(new_home: Callable[[], Path], clearbase: Run, tmp_path: Path) -> None:
    home = new_home()
    roster(tmp_path / EMPLOYER / "2026年5月花名册.xlsx", PEOPLE)
    (tmp_path / EMPLOYER / "空.xlsx").touch()
    registry = tmp_path / "居民.csv"
    registry.write_text(f"登记编号,姓名,公民身份号码\nR1,{PEOPLE[0][0]},{PEOPLE[0][1]}\n", encoding="utf-8")
    assert clearbase("registry", "load", registry, home=home).returncode == 0
    assert clearbase("ingest", tmp_path / EMPLOYER, home=home).returncode == 0
    told = [line.split() for line in clearbase("status", home=home).stdout.splitlines()]
    assert ["published", "1", "4", "3", "0", "0", "0", "0", "1"] in told
    assert ["unreadable", "1", *["0"] * 7] in told
    assert ["unreadable", "empty", "1"] in told
    assert ["1", *["0"] * 5, "2", "0"] in told, "registered, new, in review"


def test_a_month_that_cannot_be_over_is_held(new_home: Callable[[], Path], clearbase: Run, tmp_path: Path) -> None:
    home = new_home()
    file = roster(tmp_path / "2049年5月花名册.xlsx", PEOPLE)
    assert clearbase("ingest", file, "--employer", EMPLOYER, home=home).returncode == 0
    assert newest(Settings(home=home), "outcome, reason_code, rows_held") == ("held", "period_ahead", 3)
