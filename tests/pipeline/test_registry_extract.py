"""The registry out of a database: from a real Postgres and from SQLite, by settings and by command, and its password
nowhere."""

from __future__ import annotations

import logging
import sqlite3
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest
from pydantic import SecretStr
from rosters import worker
from sqlalchemy import URL, create_engine, make_url, text

from clearbase.errors import SetupError
from clearbase.intake.claim import original
from clearbase.pipeline.registry import load_source
from clearbase.pipeline.registry_extract import sql_source
from clearbase.pipeline.scheduled import load_registry_extracts
from clearbase.pipeline.verify import verify
from clearbase.privacy.landing import open_file
from clearbase.settings import Settings
from clearbase.warehouse.database import Database, open_database

Run = Callable[..., "subprocess.CompletedProcess[str]"]
PASSWORD = "Schlüssel-7:geheim"
# As the population centre of a district has them: abbreviations of pinyin.
COLUMNS = "djbh, xm, xb, gmsfhm, csrq, mz, lxdh, hjdz, xzz, xzjdmc, djrq, djzt, zxbz, zxrq, zp"


def resident(n: int, *, cancelled: bool = False, zero: str | None = None) -> tuple[object, ...]:
    name, number = worker(n)[:2]
    sex = "1" if int(number[16]) % 2 else "2"
    born = f"{number[6:10]}-{number[10:12]}-{number[12:14]}"
    mark, on = ("1", "2025-06-01") if cancelled else ("0", zero)
    address, street = "新碶街道大路1号", "新碶街道"
    return (f"BL{n}", name, sex, number, born, "01", f"1380013{n:04d}", "安徽省阜阳市1号", address, street,
            "2024-01-02", "有效", mark, on, b"\x89PNG\x00")  # fmt: skip


@pytest.fixture(scope="module")
def registry(database: Database) -> URL:
    """A database of the registry beside ours, with the login that owns it."""
    with create_engine(database.admin).connect() as connection:
        connection = connection.execution_options(isolation_level="AUTOCOMMIT", no_parameters=True)
        connection.exec_driver_sql(f"CREATE ROLE rk LOGIN PASSWORD '{PASSWORD}'")
        connection.exec_driver_sql("CREATE DATABASE rk OWNER rk")
    url = database.admin.set(username="rk", password=PASSWORD, database="rk")
    types = dict.fromkeys(COLUMNS.split(", "), "text") | {"csrq": "date", "djrq": "timestamp", "zxbz": "smallint"}
    types |= {"gmsfhm": "text", "zp": "bytea", "zxrq": "text", "lxdh": "bigint"}
    with create_engine(url).begin() as connection:
        connection.exec_driver_sql(f"CREATE TABLE ldrk ({', '.join(f'{n} {t}' for n, t in types.items())})")
        fill(url, [resident(0), resident(1, cancelled=True), resident(2, zero="0000-00-00"), resident(3)], connection)
    return url


def fill(url: URL, rows: list[tuple[object, ...]], connection=None) -> None:  # type: ignore[no-untyped-def]
    names = COLUMNS.split(", ")
    casts = {"csrq": "CAST(:csrq AS date)", "djrq": "CAST(:djrq AS timestamp)", "zxbz": "CAST(:zxbz AS smallint)"}
    casts |= {"lxdh": "CAST(:lxdh AS bigint)"}
    sql = text(f"INSERT INTO ldrk ({COLUMNS}) VALUES ({', '.join(casts.get(n, f':{n}') for n in names)})")
    told = [dict(zip(names, row, strict=True)) for row in rows]
    if connection is not None:
        connection.execute(sql, told)
        return
    with create_engine(url).begin() as own:
        own.execute(text("DELETE FROM ldrk"))
        own.execute(sql, told)


def bare(url: URL) -> str:
    return url._replace(password=None).render_as_string()


def asked(settings: Settings, url: URL, **more: object) -> Settings:
    given = {"registry_source": SecretStr(url.render_as_string(hide_password=False)), "registry_table": "ldrk"}
    return settings.model_copy(update=given | more)


def states(database: Database) -> dict[str, int]:
    sql = "SELECT state, count(*) FROM mart.registry_today GROUP BY 1"
    with database.loader.connect() as connection:
        return {row[0]: row[1] for row in connection.execute(text(sql))}


def test_a_table_of_a_real_server_is_loaded_and_sealed_as_it_was(
    new_home: Callable[[], Path], registry: URL, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    settings = asked(Settings(home=new_home()), registry)
    with open_database(settings) as database:
        loaded = load_source(settings, database, kind="full")
        assert loaded is not None
        assert (loaded.read, loaded.loaded, loaded.quarantined, loaded.set_aside) == (5, 4, 0, 1)
        assert loaded.flagged == {}, "every column was understood"
        assert states(database) == {"registered": 3, "cancelled": 1}
        with database.loader.connect() as connection:
            label, source, kind = connection.execute(
                text("SELECT file_name, source, kind FROM ledger.registry_load")
            ).one()
            streets = connection.execute(text("SELECT DISTINCT street FROM ledger.registry_record")).scalars().all()
        assert (label.endswith("/rk ldrk"), source, kind, streets) == (True, "sql", "full", ["新碶街道"])
        clear = open_file(database.keyring, original(settings, loaded.load_id)).decode()
        assert clear.splitlines()[0] == COLUMNS.replace(", ", ",") and worker(0)[1] in clear
        again = load_source(settings, database, kind="full")
        assert again is not None and (again.loaded, again.known) == (0, 4)
        assert [finding.line for finding in verify(database) if finding.broken] == []
    kept = b"".join(
        path.read_bytes() for path in settings.home.rglob("*") if path.is_file() and "run" not in path.parts
    )
    assert PASSWORD.encode() not in kept and PASSWORD not in caplog.text


def test_the_same_out_of_sqlite_and_by_a_query(new_home: Callable[[], Path], tmp_path: Path) -> None:
    file = tmp_path / "rk.db"
    with sqlite3.connect(file) as connection:
        connection.execute(f"CREATE TABLE ldrk ({COLUMNS})")
        marks = ", ".join("?" * 15)
        connection.executemany(f"INSERT INTO ldrk VALUES ({marks})", [resident(n) for n in range(4)])
    connection.close()
    query = tmp_path / "全量.sql"
    query.write_text("SELECT xm AS 姓名, gmsfhm AS 公民身份号码, djbh AS 登记编号 FROM ldrk WHERE xm LIKE '%' ;\n")
    settings = Settings(home=new_home())
    with open_database(settings) as database:
        source = sql_source(settings, f"sqlite:///{file}", None, query)
        loaded = load_source(settings, database, source)
        assert loaded is not None and (loaded.loaded, loaded.kind) == (4, "full"), "told by the name of the query"


@pytest.mark.parametrize(
    ("create", "rows", "said"),
    [
        ("CREATE TABLE r (a, b, c)", [("1", "2", "3")], "has the columns a, b, c; name them in a query"),
        ("CREATE TABLE r (xm, gmsfhm, lxdh)", [("王", "1", "2")], "is no registry extract"),
        ("CREATE TABLE r (xm, gmsfhm, hire_date, 入职日期)", [("王", "1", "2", "3")], "is no registry extract"),
        ("CREATE TABLE r (djbh, xm, gmsfhm)", [], "holds no rows, and a full extract holds the whole registry"),
    ],
)
def test_tables_that_are_no_registry(
    new_home: Callable[[], Path], tmp_path: Path, create: str, rows: list[tuple[str, ...]], said: str
) -> None:
    file = tmp_path / "r.db"
    with sqlite3.connect(file) as connection:
        connection.execute(create)
        for row in rows:
            connection.execute(f"INSERT INTO r VALUES ({', '.join('?' * len(row))})", row)
    connection.close()
    settings = Settings(home=new_home())
    source = sql_source(settings, f"sqlite:///{file}", "r", None)
    with open_database(settings) as database:
        with pytest.raises(SetupError) as told:
            load_source(settings, database, source, "full")
        assert said in str(told.value) and "王" not in str(told.value)
        if not rows:
            assert load_source(settings, database, source, "incremental") is None, "nothing has changed"
        assert not list(settings.landing_folder.rglob("*.sealed"))


def test_wrong_types_and_dates_that_are_none_cost_their_cell(new_home: Callable[[], Path], tmp_path: Path) -> None:
    file = tmp_path / "r.db"
    number = worker(0)[1]
    rows = [
        # An identity number that was kept as a floating point number is lost, and its record is not.
        ("R1", "王小明", float(number[:17] + "0"), "1985-06-15", "0000-00-00 00:00:00", 13800138001.0, 0),
        ("R2", "李小红", worker(1)[1], "0000-00-00", "0001-01-01", "无", "N"),
        ("R3", "张小方", worker(2)[1], None, "9999-12-31", None, "否"),
        ("R4", "赵小元", worker(3)[1], "19850615", "", None, "未注销"),
        ("R5", "钱小二", worker(4)[1], None, None, None, "是"),
        ("R6", None, None, "1985-06-15", None, "13800138009", None),
    ]
    with sqlite3.connect(file) as connection:
        connection.execute("CREATE TABLE r (djbh, xm, sfzh, csrq, zxrq, sjhm, sfzx)")
        connection.executemany("INSERT INTO r VALUES (?, ?, ?, ?, ?, ?, ?)", rows)
    connection.close()
    settings = Settings(home=new_home())
    with open_database(settings) as database:
        loaded = load_source(settings, database, sql_source(settings, f"sqlite:///{file}", "r", None))
        assert loaded is not None and (loaded.loaded, loaded.quarantined) == (5, 1)
        assert loaded.flagged["REG_ID_LOST"] == 1 and "REG_CANCELLED_UNREADABLE" not in loaded.flagged
        assert states(database) == {"registered": 4, "cancelled": 1}


def test_where_the_password_comes_from(tmp_path: Path) -> None:
    settings = Settings(home=tmp_path)
    url = "postgresql://li@db.example/registry"
    for shown in (f"postgresql://li:{PASSWORD}@db.example/rk", f"postgresql:///rk?host=db&password={PASSWORD}"):
        with pytest.raises(SetupError, match="stands in the process list") as told:
            sql_source(settings, shown, "t", None)
        assert PASSWORD not in str(told.value) and "geheim" not in str(told.value)
    with pytest.raises(SetupError, match="is not a URL") as told:
        sql_source(settings, f"postgresql//li:{PASSWORD}@db", "t", None)
    assert "geheim" not in str(told.value)
    assert sql_source(settings, url, "t", None).url.password is None
    (tmp_path / "keys").mkdir()
    file = tmp_path / "keys" / "registry.password"
    file.write_text("of-the-file\n")
    file.chmod(0o644)
    with pytest.raises(SetupError, match="can be read by others"):
        sql_source(settings, url, "t", None)
    file.chmod(0o600)
    command = settings.model_copy(update={"registry_password_command": "printf '%s\\n' of-the-command"})
    direct = command.model_copy(update={"registry_password": SecretStr("of-the-environment")})
    found = [sql_source(each, url, "t", None) for each in (settings, command, direct)]
    assert [source.url.password for source in found] == ["of-the-file", "of-the-command", "of-the-environment"]
    assert not any("of-the" in repr(source) for source in found)
    with pytest.raises(SetupError, match="no database is given"):
        sql_source(settings, None, "t", None)
    for both in (("t", file), (None, None)):
        with pytest.raises(SetupError, match="say what of the database"):
            sql_source(settings, url, *both)


def test_the_command_asks_a_database_and_shows_no_password(clearbase: Run, registry: URL, tmp_path: Path) -> None:
    fill(registry, [resident(n) for n in range(4)])
    base = ("registry", "load", "--source", bare(registry), "--table", "ldrk")
    wrong = clearbase(*base, CLEARBASE_REGISTRY_PASSWORD="not-this-99")
    assert wrong.returncode == 2 and "password authentication failed" in wrong.stderr, wrong.stderr
    done = clearbase(*base, CLEARBASE_REGISTRY_PASSWORD=PASSWORD)
    assert done.returncode == 0, done.stderr
    given = registry.render_as_string(hide_password=False)
    refused = clearbase("registry", "load", "--source", given, "--table", "ldrk")
    assert refused.returncode == 2 and "process list" in refused.stderr
    away = str(make_url("postgresql://li@127.0.0.1:1/x"))
    gone = clearbase("registry", "load", "--source", away, "--table", "t", CLEARBASE_REGISTRY_PASSWORD="not-this-99")
    assert gone.returncode == 2 and "cannot connect to postgresql://127.0.0.1:1/x" in gone.stderr
    for told in (wrong, done, refused, gone):
        assert not any(word in told.stdout + told.stderr for word in (PASSWORD, "geheim", "not-this-99", "Traceback"))
    assert [len(told.stderr.strip().splitlines()) for told in (wrong, refused, gone)] == [1, 1, 1]


def test_the_dag_asks_it_once_a_day_or_when_told(
    new_home: Callable[[], Path], registry: URL, monkeypatch: pytest.MonkeyPatch
) -> None:
    fill(registry, [resident(n) for n in range(4)])
    home = new_home()
    monkeypatch.setenv("CLEARBASE_HOME", str(home))
    assert load_registry_extracts(None) == ({}, []), "no database is set"
    monkeypatch.setenv("CLEARBASE_REGISTRY_SOURCE", bare(registry))
    monkeypatch.setenv("CLEARBASE_REGISTRY_TABLE", "ldrk")
    monkeypatch.setenv("CLEARBASE_REGISTRY_KIND", "full")
    counts, refused = load_registry_extracts(None)
    assert not counts and "cannot connect" in refused[0]
    monkeypatch.setenv("CLEARBASE_REGISTRY_PASSWORD_COMMAND", f"printf %s '{PASSWORD}'")
    counts, refused = load_registry_extracts(None)
    assert (counts["loaded"], counts["full"], refused) == (4, 1, [])
    assert load_registry_extracts(None) == ({}, []), "it was asked today"
    fill(registry, [resident(n) for n in range(2)])
    counts, refused = load_registry_extracts(None, database_too=True)
    assert not counts and "2 of 4 records in force" in refused[0]
    counts, refused = load_registry_extracts(None, database_too=True, confirmed=True)
    assert (counts["missed"], refused) == (2, [])
