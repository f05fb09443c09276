"""What is told of the registry: what its rules say of an extract, what it holds by state, what was loaded."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sqlalchemy import Row

from clearbase.quality.registry import SUITE
from clearbase.quality.rule_book import plain
from clearbase.quality.suite import load_suite
from clearbase.reading.observations import OBSERVED
from clearbase.warehouse.database import Database
from clearbase.warehouse.statements import statement

SHOWN_LOADS = 10


def told_of_records(flagged: Mapping[str, int]) -> list[dict[str, object]]:
    """A row a rule, in the suite's order: how often, how grave, and the words for officials. Nobody's data."""
    suite = load_suite(SUITE)
    codes = dict.fromkeys(rule.code for rule in suite.rules if rule.code in flagged)
    others = (code for code in flagged if code not in codes)  # what reading observes
    words = {code: (suite.rule(code).severity, plain(suite.rule(code).zh.found)) for code in codes}
    words |= {code: (OBSERVED[code].severity, plain(OBSERVED[code].found)) for code in others}
    return [
        {"rule": code, "severity": severity, "count": flagged[code], "发现": found}
        for code, (severity, found) in words.items()
    ]


def asked_today(database: Database) -> bool:
    """Whether an answer of a database was loaded today."""
    with database.loader.connect() as connection:
        return bool(connection.execute(statement("registry/asked_today")).scalar_one())


def registry_loads(database: Database) -> list[Row[Any]]:
    """The newest extracts, a row each: its kind, where from, and what it brought."""
    with database.loader.connect() as connection:
        return list(connection.execute(statement("registry/loads"), {"shown": SHOWN_LOADS}).all())
