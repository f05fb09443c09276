"""What a registry extract is taken for, and what is refused before anything is written."""

from __future__ import annotations

import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest
from rosters import PEOPLE, roster
from sqlalchemy import text

from clearbase.pipeline import registry
from clearbase.pipeline.registry import load_registry
from clearbase.pipeline.verify import verify
from clearbase.settings import Settings
from clearbase.warehouse.database import Database, open_database
from clearbase.warehouse.statements import statement

Run = Callable[..., "subprocess.CompletedProcess[str]"]
WRITTEN = "SELECT (SELECT count(*) FROM ledger.registry_load), (SELECT count(*) FROM warehouse.dim_person)"
REST = ["性别", "手机号", "户籍地址", "现居住地址"]


def people(*more: str) -> list[list[str]]:
    return [[*person[:6], *more] for person in PEOPLE]


@pytest.mark.parametrize(
    ("columns", "values", "found"),
    [
        (["入职日期"], ["2024-03-05"], "入职日期"),
        (["在职状态"], ["在职"], "在职状态"),
        (["状态"], ["在职"], "姓名"),
        # An employer may well ask when somebody registered: it is his roster all the same.
        (["居住登记日期", "入职时间"], ["2023-01-02", "2024-03-05"], "入职日期"),
        ([], [], "姓名"),
    ],
)
def test_an_employer_s_roster_is_no_registry(
    clearbase: Run, settings: Settings, tmp_path: Path, columns: list[str], values: list[str], found: str
) -> None:
    file = roster(tmp_path / "花名册.xlsx", people(*values), header=["序号", "姓名", "身份证号", *REST, *columns])
    assert clearbase("status").returncode == 0
    landed = sorted(settings.landing_folder.rglob("*"))
    done = clearbase("registry", "load", file)
    assert done.returncode == 2, done.stdout
    assert len(done.stderr.strip().splitlines()) == 1, done.stderr
    assert found in done.stderr
    assert "登记编号" in done.stderr and "ingest" in done.stderr
    assert not any(value in done.stderr for value in PEOPLE[0][:2])
    with open_database(settings) as database, database.loader.connect() as connection:
        assert connection.execute(text(WRITTEN)).one() == (0, 0)
    assert sorted(settings.landing_folder.rglob("*")) == landed


@pytest.mark.parametrize(
    ("columns", "values"),
    [
        (["登记编号"], ["BL1"]),
        (["登记日期"], ["2023-01-02"]),
        (["登记状态"], ["有效"]),
        (["状态"], ["注销"]),
        (["注销日期"], [""]),
    ],
)
def test_one_column_that_only_a_registry_has_makes_an_extract(
    new_home: Callable[[], Path], tmp_path: Path, columns: list[str], values: list[str]
) -> None:
    file = roster(tmp_path / "r.xlsx", people(*values)[:1], header=["序号", "姓名", "身份证号", *REST, *columns])
    settings = Settings(home=new_home())
    with open_database(settings) as database:
        assert load_registry(settings, database, file).loaded == 1


HEAD = "登记编号,姓名,公民身份号码,手机号,登记状态\n"


def spells(database: Database) -> list[tuple[str, str]]:
    sql = "SELECT valid_from::text, valid_to::text FROM warehouse.fact_residence WHERE known_to = 'infinity'"
    with database.loader.connect() as connection:
        return [(row[0], row[1]) for row in connection.execute(text(sql))]


def test_a_registration_without_dates_begins_and_ends_when_it_was_first_told(
    new_home: Callable[[], Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Another phone in a later extract is no news of either."""
    settings, file = Settings(home=new_home()), tmp_path / "r.csv"
    today = statement("registry/assignments").text
    told = [
        ("2026-01-10", "1", "有效"),
        ("2026-02-10", "2", "有效"),
        ("2026-03-10", "2", "注销"),
        ("2026-05-10", "3", "注销"),
    ]
    with open_database(settings) as database:
        for day, phone, status in told:
            asked = text(today.replace("current_date", f"DATE '{day}'"))
            monkeypatch.setattr(
                registry,
                "statement",
                lambda name, asked=asked: asked if name.endswith("assignments") else statement(name),
            )
            file.write_text(f"{HEAD}BL1,{PEOPLE[0][0]},{PEOPLE[0][1]},1380013800{phone},{status}\n")
            assert load_registry(settings, database, file).loaded == 1
        assert spells(database) == [("2026-01-10", "2026-03-10")]
        assert [finding.says for finding in verify(database) if finding.broken] == []


def test_of_one_number_listed_twice_the_last_row_holds(new_home: Callable[[], Path], tmp_path: Path) -> None:
    settings, file = Settings(home=new_home()), tmp_path / "r.csv"
    row = f"BL1,{PEOPLE[0][0]},{PEOPLE[0][1]},"
    file.write_text(f"{HEAD}{row}13800138001,有效\n{row}13800138002,有效\n")
    with open_database(settings) as database:
        for loaded, known in ((1, 1), (0, 2)):
            counts = load_registry(settings, database, file)
            assert (counts.loaded, counts.known) == (loaded, known)
        assert len(spells(database)) == 1
        assert [finding.says for finding in verify(database) if finding.broken] == []
