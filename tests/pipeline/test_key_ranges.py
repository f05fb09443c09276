"""What concerns one file or one employer is found by ranges of the key, whatever else the base holds: a nightly check
or a replay that read everybody's lines for each would take as long as there are employers times lines."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterator
from typing import Any

import pytest
from rosters import EMPLOYER
from sqlalchemy import Connection, create_engine, text

from clearbase.warehouse.database import Database
from clearbase.warehouse.statements import statement

FILES, LINES = 60, 3000
KEY = {
    "employer_uscc": EMPLOYER,
    "submission_id": 2,
    "replay_of": 1,
    "period": dt.date(2026, 1, 1),
    "kind": "full",
}


@pytest.fixture(scope="module")
def crowded(database: Database) -> Iterator[Connection]:
    """Two files of one employer among those of others, as publishing leaves them."""
    engine = create_engine(database.admin)
    with engine.connect() as connection:
        connection.execute(text("SET LOCAL session_replication_role = replica"))
        connection.execute(
            text("""INSERT INTO ledger.submission (submission_id, employer_uscc, period, kind, lines)
                    SELECT n, CASE WHEN n <= 2 THEN :employer ELSE lpad(n::text, 18, '9') END, '2026-01-01',
                           'full', :lines
                    FROM generate_series(1, :files) AS n"""),
            {"employer": EMPLOYER, "files": FILES, "lines": LINES},
        )
        connection.execute(
            text("""INSERT INTO identity.line_person (line_id, submission_id, person_id, rule)
                    SELECT s * 16777216::bigint + l, s, l, 'number_new'
                    FROM generate_series(1, :files) AS s, generate_series(1, :lines) AS l"""),
            {"files": FILES, "lines": LINES},
        )
        connection.execute(text("ANALYZE identity.line_person, ledger.submission"))
        connection.execute(statement("publish/work_tables"))
        yield connection
        connection.rollback()
    engine.dispose()


def nodes(plan: dict[str, Any]) -> Iterator[dict[str, Any]]:
    yield plan
    for child in plan.get("Plans", []):
        yield from nodes(child)


@pytest.mark.parametrize(
    "name", ["publish/all_persons", "publish/affected_persons", "replay/affected", "replay/figures", "trace/rests_on"]
)
def test_lines_of_a_file_are_a_range_of_the_key(crowded: Connection, name: str) -> None:
    explain = text(f"EXPLAIN (FORMAT JSON) {statement(name).text}")
    told = crowded.execute(explain, KEY).scalar_one()
    plan = (json.loads(told) if isinstance(told, str) else told)[0]["Plan"]
    found = [
        node
        for node in nodes(plan)
        if node.get("Relation Name") == "line_person" or "line_person" in node.get("Index Name", "")
    ]
    assert found
    for node in found:
        assert node["Node Type"] != "Seq Scan", node
        assert "line_id" in str(node.get("Index Cond", node.get("Recheck Cond"))), node
