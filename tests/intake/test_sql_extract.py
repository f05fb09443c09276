"""What a database answers becomes cells; what is wrong with it is one line without its password or anybody's data."""

from __future__ import annotations

import datetime as dt
import sqlite3
from pathlib import Path

import pytest
from sqlalchemy import URL, create_engine, make_url, text

from clearbase.errors import SetupError
from clearbase.intake import sql_extract
from clearbase.intake.sql_extract import SqlSource, ask_source
from clearbase.reading.delimited import read_delimited
from clearbase.warehouse.database import Database

PASSWORD = "Gänse-Füßchen%40_7"
NUMBER = 330204199003079994  # as a whole number it is beyond what a float holds


@pytest.fixture(scope="module")
def residents(database: Database) -> URL:
    """A database beside ours, on a real server, with a login of its own that owns it."""
    with create_engine(database.admin).connect() as connection:
        connection = connection.execution_options(isolation_level="AUTOCOMMIT", no_parameters=True)
        connection.exec_driver_sql(f"CREATE ROLE residents_owner LOGIN PASSWORD '{PASSWORD}'")
        connection.exec_driver_sql("CREATE DATABASE residents OWNER residents_owner")
    url = database.admin.set(username="residents_owner", password=PASSWORD, database="residents")
    with create_engine(url).begin() as connection:
        connection.exec_driver_sql("CREATE SCHEMA reg")
        connection.exec_driver_sql(
            "CREATE TABLE reg.person (name text, number numeric(18), since date, seen timestamp, at_home boolean,"
            " lost double precision, photo bytea, whole bigint)"
        )
        connection.execute(
            text("INSERT INTO reg.person VALUES (:name, :number, :since, :seen, true, :lost, '\\x00ff00', :whole)"),
            [
                {
                    "name": "王小明",
                    "number": NUMBER,
                    "since": dt.date(2024, 1, 2),
                    "seen": dt.datetime(2024, 1, 2, 9, 30),
                    "lost": float(NUMBER),
                    "whole": NUMBER,
                },
                dict.fromkeys(("name", "number", "since", "seen", "lost", "whole")),
            ],
        )
        connection.exec_driver_sql("CREATE TABLE reg.wide AS SELECT n FROM generate_series(1, 25000) AS n")
        connection.exec_driver_sql('CREATE VIEW reg."Of Today" AS SELECT * FROM reg.person')
    return url


def cells(answer: sql_extract.Answer) -> list[list[str | None]]:
    grid = read_delimited(answer.data)
    return [list(row) for row in zip(*(column.to_pylist() for column in grid.text), strict=True)]


def lite(file: Path, *sql: str) -> URL:
    with sqlite3.connect(file) as connection:
        for statement in sql:
            connection.execute(statement)
    connection.close()
    return URL.create("sqlite", database=str(file))


def test_values_are_the_cells_that_they_are(residents: URL) -> None:
    answer = ask_source(SqlSource(residents, "reg.person", table="reg.person"))
    assert (answer.rows, answer.columns[:2]) == (2, ["name", "number"])
    header, row, *rest = cells(answer)
    assert header == ["name", "number", "since", "seen", "at_home", "lost", "photo", "whole"]
    assert row[:5] == ["王小明", str(NUMBER), "2024-01-02", "2024-01-02 09:30:00", "TRUE"]
    assert row[5] == repr(float(NUMBER)), "what has lost its digits shows it"
    assert row[6:] == [None, str(NUMBER)], "a picture is no cell"
    assert all(cell in (None, "TRUE") for row in rest for cell in row), "NULL is an empty cell"


def test_what_stands_in_a_cell_stays_in_it(tmp_path: Path) -> None:
    ugly = ['"北仑"村, 1号', "上\n下", "上\r下", "a;b\tc|d", "=1+1", "  ", "x" * 300]
    url = lite(tmp_path / "r.db", "CREATE TABLE r (n integer, address text)")
    with sqlite3.connect(tmp_path / "r.db") as connection:
        connection.executemany("INSERT INTO r VALUES (?, ?)", enumerate(ugly))
        connection.execute("INSERT INTO r VALUES (7, CAST(X'B1B1C2D8' AS text))")  # GB18030 in a text column
    connection.close()
    answer = ask_source(SqlSource(url, "r", table="r"))
    found = [row[1] for row in cells(answer)[1:]]
    assert [text and text.strip() for text in found] == [*(text.strip() or None for text in ugly), "北仑"]


def test_it_is_asked_in_pieces(residents: URL, monkeypatch: pytest.MonkeyPatch) -> None:
    pieces: list[int] = []
    write = sql_extract._write

    def counted(out, columns, given):  # type: ignore[no-untyped-def]
        def each():  # type: ignore[no-untyped-def]
            for piece in given:
                pieces.append(len(piece))
                yield piece

        return write(out, columns, each())

    monkeypatch.setattr(sql_extract, "_write", counted)
    answer = ask_source(SqlSource(residents, "reg.wide", table="reg.wide"))
    assert (answer.rows, pieces) == (25_000, [10_000, 10_000, 5_000])
    monkeypatch.setattr(sql_extract, "LINES_A_SOURCE", 20_000)
    with pytest.raises(SetupError, match="more than 19999 rows"):
        ask_source(SqlSource(residents, "reg.wide", table="reg.wide"))


@pytest.mark.parametrize(
    "query",
    [
        "SELECT name, at_home FROM reg.person WHERE name LIKE '%小%';",
        "SELECT name, at_home FROM reg.person WHERE to_char(seen, 'HH24:MI') = '09:30' -- :name",
        "SELECT name, at_home FROM reg.\"Of Today\" WHERE number::text = '330204199003079994'",
    ],
)
def test_a_query_is_asked_as_it_stands(residents: URL, query: str) -> None:
    assert cells(ask_source(SqlSource(residents, "q.sql", query=query))) == [["name", "at_home"], ["王小明", "TRUE"]]


@pytest.mark.parametrize(
    ("query", "said"),
    [
        ("DELETE FROM reg.person", "syntax error"),
        ("WITH gone AS (DELETE FROM reg.person RETURNING name) SELECT * FROM gone", "FeatureNotSupported"),
        ("SELECT 1; COMMIT; DELETE FROM reg.person", "read-only transaction"),
        ("SELECT nextval('reg.q')", "read-only transaction"),
        ("SELECT x FROM reg.person", 'column "x" does not exist'),
        ("SELECT name::integer FROM reg.person", "SQLSTATE 22P02, InvalidTextRepresentation"),
        ("SELECT DATE '0044-03-15 BC' AS since", "cast that column to text"),
    ],
)
def test_nothing_is_written_and_no_value_is_told(residents: URL, query: str, said: str) -> None:
    with create_engine(residents).begin() as connection:
        connection.exec_driver_sql("CREATE SEQUENCE IF NOT EXISTS reg.q")
    with pytest.raises(SetupError) as told:
        ask_source(SqlSource(residents, "q.sql", query=query))
    assert said in str(told.value)
    assert not any(hidden in str(told.value) for hidden in (PASSWORD, "王小明", "\n"))
    with create_engine(residents).connect() as connection:
        assert connection.exec_driver_sql("SELECT count(*) FROM reg.person").scalar_one() == 2


@pytest.mark.parametrize(
    ("change", "table", "said"),
    [
        ({}, "reg.persons", "there are person"),
        ({}, "nowhere.person", "nowhere.person"),
        ({"password": "wrong-one-77"}, "reg.person", "password authentication failed"),
        ({"database": "nowhere"}, "reg.person", 'database "nowhere" does not exist'),
        ({"drivername": "oracle+nodriver"}, "reg.person", "no driver for oracle+nodriver://"),
        ({"drivername": "mysql+pymysql"}, "reg.person", "no driver for mysql+pymysql:// is installed (pymysql)"),
    ],
)
def test_what_is_missing_is_told_with_how_to_mend_it(residents: URL, change: dict, table: str, said: str) -> None:  # type: ignore[type-arg]
    with pytest.raises(SetupError) as told:
        ask_source(SqlSource(residents.set(**change), table, table=table))
    assert said in str(told.value)
    assert not any(hidden in str(told.value) for hidden in (PASSWORD, "wrong-one-77", "\n", "Traceback"))


def test_a_server_that_is_not_there(tmp_path: Path) -> None:
    url = make_url("postgresql://li:geheim-77@127.0.0.1:1/registry")
    with pytest.raises(SetupError, match=r"cannot connect to postgresql://127.0.0.1:1/registry: .*refused") as told:
        ask_source(SqlSource(url, "p", table="p"))
    assert "geheim-77" not in str(told.value) and "CLEARBASE_REGISTRY_PASSWORD" in str(told.value)
    missing = tmp_path / "none.db"
    with pytest.raises(SetupError, match="no such file"):
        ask_source(SqlSource(URL.create("sqlite", database=str(missing)), "p", table="p"))
    assert not missing.exists()
    missing.write_text("no database at all, but long enough to be looked at" * 40)
    with pytest.raises(SetupError, match="file is not a database"):
        ask_source(SqlSource(URL.create("sqlite", database=str(missing)), "p", table="p"))


def test_sqlite_is_not_written_to(tmp_path: Path) -> None:
    url = lite(tmp_path / "r.db", "CREATE TABLE r (n integer)", "INSERT INTO r VALUES (1)")
    for query in ("DELETE FROM r", "CREATE TABLE s (n)"):
        with pytest.raises(SetupError, match="attempt to write a readonly database"):
            ask_source(SqlSource(url, "q", query=query))
    assert ask_source(SqlSource(url, "r", table="r")).rows == 1
