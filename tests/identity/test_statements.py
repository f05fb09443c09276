"""What DuckDB cannot do is told by statement and kind: its own words may quote a cell."""

from __future__ import annotations

from pathlib import Path

import duckdb
import pyarrow as pa
import pytest

from clearbase.errors import StageFault
from clearbase.identity import statements
from clearbase.identity.statements import open_memory, run, table_of


@pytest.mark.parametrize("ask", [run, table_of])
def test_no_cell_is_in_the_error(ask, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    connection = open_memory()
    connection.register("people", pa.table({"name": ["张伟强"]}))
    sql = "SELECT CAST(name AS INTEGER) AS told FROM people"
    (tmp_path / "wrong_statement.sql").write_text(sql, encoding="utf-8")
    monkeypatch.setattr(statements, "FOLDER", tmp_path)
    with pytest.raises(duckdb.Error, match="张伟强"):
        connection.execute(sql).fetchall()
    with pytest.raises(StageFault, match=r"^sql/link/wrong_statement\.sql: ConversionException$") as told:
        ask(connection, "wrong_statement")
    assert told.value.__suppress_context__
    connection.close()
