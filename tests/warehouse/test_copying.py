"""What goes over in COPY's binary format is in the table as it was in Arrow: every type that we send, nulls too."""

from __future__ import annotations

import datetime as dt

import pyarrow as pa
import pytest
from sqlalchemy import text

from clearbase.warehouse import copying
from clearbase.warehouse.database import Database

COLUMNS = "number bigint, few smallint, said text, day date, sealed bytea, weight real, tokens bigint[]"
ROWS: list[tuple[object, ...]] = [
    (2**62, 3, "王小明", dt.date(1999, 12, 31), b"\x00\xff", -1.5, [1, -(2**62), 3]),
    (None, None, None, None, None, None, []),
    (0, -1, "a", dt.date(2026, 2, 28), b"", 20.25, [7]),
]


@pytest.mark.parametrize("at_once", [1, 2, 100])
def test_rows_arrive_as_they_are(database: Database, monkeypatch: pytest.MonkeyPatch, at_once: int) -> None:
    monkeypatch.setattr(copying, "AT_ONCE", at_once)
    table = pa.table(
        {
            name.split()[0]: pa.array([row[n] for row in ROWS], kind)
            for n, (name, kind) in enumerate(
                zip(
                    COLUMNS.split(", "),
                    (pa.int64(), pa.int16(), pa.string(), pa.date32(), pa.binary(), pa.float32(), pa.list_(pa.int64())),
                    strict=True,
                )
            )
        }
    )
    with database.loader.begin() as connection:
        connection.execute(text(f"CREATE TEMPORARY TABLE sent_{at_once} ({COLUMNS}) ON COMMIT DROP"))
        copying.copy_rows(connection, f"sent_{at_once}", table)
        found = [tuple(row) for row in connection.execute(text(f"SELECT * FROM sent_{at_once}"))]
    assert [tuple(bytes(v) if isinstance(v, memoryview) else v for v in row) for row in found] == ROWS
