"""What a registry extract is taken for, and what is refused before anything is written."""

from __future__ import annotations

import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest
from rosters import PEOPLE, roster, worker
from sending import Base
from sqlalchemy import text

from clearbase.errors import SetupError
from clearbase.pipeline import registry
from clearbase.pipeline.persons import merge_persons, part_persons
from clearbase.pipeline.rebuild import rebuild_and_compare
from clearbase.pipeline.registry import load_registry
from clearbase.pipeline.scheduled import load_registry_extracts
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


RECORDS = "SELECT person_id, current FROM identity.record_person ORDER BY record_id"
CASES = "SELECT person_id, candidate_person_id, rule FROM identity.review_case ORDER BY person_id"
TODAY = "SELECT person_id, state FROM mart.registry_today ORDER BY record_id"
ALERTS = "SELECT detail ->> 'says' FROM audit.event WHERE action = 'alert' ORDER BY event_id"
OWN = "登记编号,姓名,公民身份号码,手机号,现居住街道,登记日期,登记状态\n"
ZHANG, LI, WANG = (worker(n)[:2] for n in (0, 1, 2))


def load(base: Base, *rows: tuple[str, list[str], str, str], head: str = OWN) -> int:
    """Number of the registry, name and number, phone, street."""
    file = base.folder / "r.csv"
    file.write_text(
        head + "".join(f"{no},{who[0]},{who[1]},{phone},{street},2025-01-10,有效\n" for no, who, phone, street in rows)
    )
    return load_registry(base.settings, base.database, file).load_id


def asked(base: Base, sql: str) -> list[tuple[object, ...]]:
    with base.database.loader.connect() as connection:
        return [tuple(row) for row in connection.execute(text(sql))]


def is_sound(base: Base) -> bool:
    differing = [told.table for told in rebuild_and_compare(base.database) if not told.is_same]
    broken = [finding.line for finding in verify(base.database) if finding.broken]
    assert (differing, broken) == ([], [])
    return True


STREET, PHONE = "新碶街道", "13800138001"


def test_a_version_that_is_somebody_else_s_is_asked_about_and_ends_what_the_former_said(base: Base) -> None:
    base.send([ZHANG + PEOPLE[0][2:3] + PEOPLE[0][3:]], "2025-03")
    load(base, ("BL1", ZHANG, PHONE, STREET))
    ((zhang, _),) = asked(base, RECORDS)
    load(base, ("BL1", LI, "13900139002", STREET), ("BL9", ZHANG, PHONE, STREET))
    (former, other, again) = asked(base, RECORDS)
    assert (former, again) == ((zhang, False), (zhang, True)), "who has another number of the registry now is no double"
    assert other[1] and asked(base, CASES) == [(other[0], zhang, "record_of_another")]
    assert asked(base, TODAY) == [(zhang, "cancelled"), (other[0], "registered"), (zhang, "registered")]
    ((says,),) = asked(base, ALERTS)
    assert says.startswith("1 newer versions of records are another's")
    assert is_sound(base)
    load(base, ("BL1", LI, "13900139003", STREET))
    assert asked(base, CASES) == [(other[0], zhang, "record_of_another")], "the next version is that other one's"
    assert len(asked(base, ALERTS)) == 1
    load(base, ("BL1", ZHANG, "13800138009", STREET))
    assert asked(base, RECORDS)[-1] == (zhang, True), "an earlier version said so"
    assert len(asked(base, CASES)) == 1 and is_sound(base)


def test_whose_registration_ended_with_a_version_of_another_was_registered_until_then(base: Base) -> None:
    load(base, ("BL1", ZHANG, PHONE, STREET))
    ((zhang, _),) = asked(base, RECORDS)
    load(base, ("BL1", LI, "13900139002", STREET))
    (_, (other, _)) = asked(base, RECORDS)
    states = f"""SELECT state, valid_from::text, valid_to::text FROM warehouse.fact_match
                 WHERE person_id = {zhang} AND known_to = 'infinity' ORDER BY valid_from"""
    first, last = asked(base, states)
    assert first[:2] == ("registered_here", "2025-01-10") and last[0] == "registration_ended"
    assert is_sound(base)
    # It was he all the same: number and name were both wrong.
    merge_persons(base.database, zhang, other, "the same", "test", commit=True)
    assert asked(base, CASES) == [] and {row[0] for row in asked(base, states)} == {"registered_here"}
    assert is_sound(base)


@pytest.mark.parametrize(
    ("who", "phone"),
    [
        ([ZHANG[0], WANG[1]], PHONE),  # a number that was wrong
        (["张新", ZHANG[1]], "13900139009"),  # another name and phone
        ([ZHANG[0], "无"], PHONE),  # a number that is not told any more
    ],
)
def test_a_correction_of_the_number_or_of_the_name_is_of_the_same_person(
    base: Base, who: list[str], phone: str
) -> None:
    load(base, ("BL1", ZHANG, PHONE, STREET))
    load(base, ("BL1", who, phone, STREET))
    (before, after) = asked(base, RECORDS)
    assert before[0] == after[0] and not before[1] and after[1]
    assert (asked(base, CASES), asked(base, ALERTS)) == ([], []) and is_sound(base)


@pytest.mark.parametrize("as_roster", [False, True])
@pytest.mark.parametrize("only_number", [False, True])
def test_a_version_that_bears_the_number_of_somebody_known_is_asked_about_beside_him(
    base: Base, as_roster: bool, only_number: bool
) -> None:
    if as_roster:
        base.send([LI + PEOPLE[0][2:]], "2026-01")
        load(base, ("BL1", ZHANG, PHONE, STREET))
    else:
        load(base, ("BL1", ZHANG, PHONE, STREET), ("BL2", LI, "13900139002", STREET))
    ((li,),) = asked(
        base, "SELECT person_id FROM identity.line_person" if as_roster else
        "SELECT max(person_id) FROM identity.record_person"
    )  # fmt: skip
    load(base, ("BL1", [ZHANG[0], LI[1]] if only_number else LI, PHONE, STREET))
    ((other, candidate, rule),) = asked(base, CASES)
    assert (candidate, rule) == (li, "record_of_another") and other != li
    assert len(asked(base, ALERTS)) == 1 and is_sound(base)
    part_persons(base.database, int(str(other)), int(str(li)), "they are two", "test", commit=True)
    assert asked(base, CASES) == [] and is_sound(base)


BARE = OWN.replace("登记编号,", "序号,")


def test_without_numbers_of_its_own_the_one_record_of_number_and_name_has_a_newer_version(base: Base) -> None:
    load(base, ("1", ZHANG, PHONE, STREET), ("2", LI, "", STREET), head=BARE)
    load(base, ("2", LI, "", STREET), ("1", ZHANG, "13900139009", "大碶街道"), head=BARE)
    assert asked(base, CASES) == [] and [row[1] for row in asked(base, RECORDS)] == [False, True, True]
    assert sorted(str(row[1]) for row in asked(base, TODAY)) == ["moved", "registered"] and is_sound(base)
    load(base, ("BL1", ZHANG, "13900139009", "大碶街道"), ("BL2", LI, "", STREET))
    load(base, ("1", ZHANG, "13900139008", "大碶街道"), head=BARE)
    load(base, ("BL1", ZHANG, "13900139007", "大碶街道"))
    assert asked(base, CASES) == [] and sum(bool(row[1]) for row in asked(base, RECORDS)) == 2
    assert sorted(str(row[1]) for row in asked(base, TODAY)) == ["moved", "registered"] and is_sound(base)


def test_without_numbers_of_its_own_what_the_extract_says_twice_is_two_records(base: Base) -> None:
    load(base, ("1", ZHANG, PHONE, STREET), head=BARE)
    load(base, ("1", ZHANG, PHONE, STREET), ("2", ZHANG, "13900139009", STREET), head=BARE)
    ((double, candidate, rule),) = asked(base, CASES)
    assert rule == "registry_double" and asked(base, RECORDS) == [(candidate, True), (double, True)]
    load(base, ("2", ZHANG, "13900139001", STREET), head=BARE)
    assert [row[1] for row in asked(base, RECORDS)] == [True, True, True], "of two it could be nobody knows which"
    assert is_sound(base)


ENGLISH = "id,name,id_number,sex,birth_date,phone,household_address,current_address"
CHINESE = "编号,姓名,身份证号,性别,出生日期,手机号,户籍地址,现居住地址"


@pytest.mark.parametrize("header", [ENGLISH, CHINESE])
def test_a_bare_extract_is_one_where_the_caller_says_so(base: Base, header: str, tmp_path: Path) -> None:
    file = tmp_path / "r.csv"
    rows = [
        f"R{n},{who[0]},{who[1]},,,1380013800{n},安徽省阜阳市颍上县新集镇{n}号,北仑区新碶街道大路{n}号"
        for n, who in enumerate((ZHANG, LI))
    ]
    file.write_text("\n".join([header, *rows]) + "\n")
    with pytest.raises(SetupError, match="--full or --incremental"):
        load_registry(base.settings, base.database, file)
    loaded = load_registry(base.settings, base.database, file, "full")
    assert (loaded.loaded, loaded.quarantined) == (2, 0)
    assert asked(base, "SELECT DISTINCT street FROM ledger.registry_record") == [(STREET,)]
    for column in ("入职日期", "岗位", "单位名称", "hire_date", "department", "工号"):
        file.write_text("\n".join([f"{header},{column}", *(f"{row},x" for row in rows)]) + "\n")
        with pytest.raises(SetupError, match="ingest") as told:
            load_registry(base.settings, base.database, file, "full")
        assert ZHANG[0] not in str(told.value)


def test_what_lies_in_the_registry_s_inbox_is_said_to_be_one(
    new_home: Callable[[], Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    home = new_home()
    monkeypatch.setenv("CLEARBASE_HOME", str(home))
    monkeypatch.setenv("CLEARBASE_SETTLE_SECONDS", "0")
    inbox = Settings(home=home).registry_inbox
    inbox.mkdir(parents=True)
    (inbox / "r.csv").write_text(f"{ENGLISH}\nR1,{ZHANG[0]},{ZHANG[1]},,,,安徽省阜阳市1号,北仑区新碶街道1号\n")
    counts, refused = load_registry_extracts(None)
    assert (counts["loaded"], refused) == (1, [])
