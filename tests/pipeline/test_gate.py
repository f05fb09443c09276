"""The gate on a real batch: it passes what is right and stops what was altered, and shows nobody's data."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from typing import Any

import great_expectations as gx
import pytest
from rosters import EMPLOYER, PEOPLE, roster
from sqlalchemy import create_engine, text

from clearbase.errors import GateError
from clearbase.intake.claim import Given, claim, open_batch
from clearbase.intake.discover import waiting_files
from clearbase.pipeline.check import check_batch
from clearbase.pipeline.gate import SUITE, gate_batch
from clearbase.pipeline.publish import publish_batch
from clearbase.pipeline.read import read_batch
from clearbase.pipeline.resolve import resolve_batch
from clearbase.pipeline.submissions import staged
from clearbase.privacy.landing import open_table, seal_table
from clearbase.settings import Settings
from clearbase.warehouse.database import Database
from clearbase.warehouse.statements import statement

Admin = Callable[..., None]
SUITE_JSON = json.loads(SUITE.read_text(encoding="utf-8"))
# One line says something wrong, so that there is a finding.
SPOILT = [*PEOPLE[:2], ["张建国", "321119197310309990", *PEOPLE[2][2:]]]


@pytest.fixture(scope="module")
def batch(settings: Settings, database: Database, tmp_path_factory: pytest.TempPathFactory) -> int:
    """A batch of two files that are checked."""
    folder = tmp_path_factory.mktemp("rosters")
    roster(folder / "2024年1月花名册.xlsx", SPOILT)
    roster(folder / "2024年12月花名册.xlsx", PEOPLE)
    with database.loader.begin() as connection:
        batch_id = open_batch(connection)
    claim(settings, database, batch_id, waiting_files([folder]).files, Given(EMPLOYER), lambda label: None)
    read_batch(settings, database, batch_id)
    check_batch(settings, database, batch_id)
    return batch_id


@pytest.fixture
def admin(database: Database) -> Iterator[Admin]:
    """Writes what the loader may not, and takes it back after the test."""
    engine = create_engine(database.admin)
    undo: list[str] = []

    def write(change: str, back: str) -> None:
        with engine.begin() as connection:
            connection.execute(text(change))
        undo.append(back)

    yield write
    with engine.begin() as connection:
        for back in undo:
            connection.execute(text(back))
    engine.dispose()


def gate_run(database: Database, batch_id: int) -> Any:
    with database.loader.connect() as connection:
        return connection.execute(text(f"SELECT * FROM quality.gate_run WHERE batch_id = {batch_id}")).one()


def test_great_expectations_loads_the_suite_unchanged() -> None:
    suite = gx.get_context(mode="ephemeral").suites.add(gx.ExpectationSuite(**SUITE_JSON))
    assert len(suite.expectations) == len(SUITE_JSON["expectations"]) >= 15
    for expectation in SUITE_JSON["expectations"]:
        meta = expectation["meta"]
        assert meta["severity"] in ("critical", "warning")
        assert all(meta[language][part] for language in ("zh", "en") for part in ("found", "expected", "mend"))
    codes = [expectation["meta"]["code"] for expectation in SUITE_JSON["expectations"]]
    assert len(set(codes)) == len(codes)


def test_a_right_batch_passes_and_is_documented_without_anybodys_data(
    settings: Settings, database: Database, batch: int
) -> None:
    with database.loader.connect() as connection:
        rules = [row.rule for row in connection.execute(statement("quality/gate_summary"), {"batch_id": batch})]
    assert None in rules and "ID_CHECKSUM" in rules, "one file has findings, the other has none"
    gate_batch(settings, database, batch)
    run = gate_run(database, batch)
    assert (run.passed, run.evaluated, run.failed) == (True, len(SUITE_JSON["expectations"]), [])
    pages = [path for path in (settings.docs_folder / str(batch)).rglob("*") if path.is_file()]
    assert (settings.docs_folder / str(batch) / "index.html").is_file()
    shown = "".join(path.read_text(encoding="utf-8", errors="ignore") for path in pages)
    assert "batch_gate" in shown
    assert re.search(r"""<(link|script|img|iframe)\b[^>]*(src|href)=["']https?:""", shown) is None, (
        "no page asks a foreign host"
    )
    front = (settings.docs_folder / str(batch) / "index.html").read_text(encoding="utf-8")
    assert all(expectation["meta"]["code"] in front for expectation in SUITE_JSON["expectations"])
    (detail,) = re.findall(r'<a href="(validations/[^"]*)"', front)
    assert (settings.docs_folder / str(batch) / detail).is_file()
    for person in (*PEOPLE, *SPOILT):
        for value in (person[0], person[1], person[3]):
            assert value not in shown


ALTERED = {
    "SHEETS_BALANCE": (
        "UPDATE intake.sheet SET rows_read = rows_read + 1",
        "UPDATE intake.sheet SET rows_read = rows_read - 1",
    ),
    "LINES_BALANCE": ("UPDATE intake.sheet SET lines = lines + 1", "UPDATE intake.sheet SET lines = lines - 1"),
    "STAGED_LINES": (
        "UPDATE intake.submission SET rows_set_aside = rows_set_aside - 1",
        "UPDATE intake.submission SET rows_set_aside = rows_set_aside + 1",
    ),
    "RULE_COUNTS": (
        "UPDATE quality.rule_count SET flagged = flagged + 1",
        "UPDATE quality.rule_count SET flagged = flagged - 1",
    ),
    "STAGED_FINDINGS": (
        "INSERT INTO quality.finding SELECT * FROM quality.finding WHERE field = 'id_number'",
        "DELETE FROM quality.finding WHERE ctid IN (SELECT max(ctid) FROM quality.finding WHERE field = 'id_number')",
    ),
    "RULE_UNKNOWN": (
        "UPDATE quality.rule_count SET rule = 'X' || rule",
        "UPDATE quality.rule_count SET rule = substr(rule, 2)",
    ),
    "EMPLOYER_CODE": (
        "UPDATE intake.submission SET employer_uscc = 'x' || employer_uscc",
        "UPDATE intake.submission SET employer_uscc = substr(employer_uscc, 2)",
    ),
}


@pytest.mark.parametrize("code", ALTERED)
def test_what_does_not_agree_stops_the_batch_and_is_named(
    settings: Settings, database: Database, batch: int, admin: Admin, code: str
) -> None:
    admin(*ALTERED[code])
    with pytest.raises(GateError, match=code) as stopped:
        gate_batch(settings, database, batch)
    assert "expected" in str(stopped.value)
    assert code in [failure["code"] for failure in gate_run(database, batch).failed]
    assert not gate_run(database, batch).passed


@pytest.mark.parametrize("part", ["lines", "checked", "findings"])
def test_a_staged_table_that_was_cut_or_is_gone_stops_the_batch(
    settings: Settings, database: Database, batch: int, part: str
) -> None:
    with database.loader.connect() as connection:
        number = connection.execute(
            text(f"SELECT max(submission_id) FROM intake.submission WHERE batch_id = {batch}")
        ).scalar_one()
    path = staged(settings, number, part)
    whole = open_table(database.keyring, path)
    for altered in (whole.slice(1), None):
        if altered is None:
            path.unlink()
        else:
            seal_table(database.keyring, path, altered)
        with pytest.raises(GateError, match="STAGED"):
            gate_batch(settings, database, batch)
    seal_table(database.keyring, path, whole)
    gate_batch(settings, database, batch)


def test_what_cannot_be_computed_stops_the_batch(
    settings: Settings, database: Database, batch: int, monkeypatch: pytest.MonkeyPatch, tmp_path: Any
) -> None:
    suite = json.loads(json.dumps(SUITE_JSON))
    suite["expectations"][3]["kwargs"]["column"] = "no_such_column"
    (tmp_path / "suite.json").write_text(json.dumps(suite), encoding="utf-8")
    monkeypatch.setattr("clearbase.pipeline.gate.SUITE", tmp_path / "suite.json")
    with pytest.raises(GateError, match="could not be computed"):
        gate_batch(settings, database, batch)


def test_a_rule_that_flags_nearly_everybody_of_several_employers_stops_the_batch(
    settings: Settings, database: Database, batch: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("clearbase.pipeline.gate.MANY_LINES", 1)
    monkeypatch.setattr("clearbase.pipeline.gate.MANY_EMPLOYERS", 1)
    gate_batch(settings, database, batch)  # one number in six lines is an employer's mistake
    suite = json.loads(json.dumps(SUITE_JSON))
    for expectation in suite["expectations"]:
        if expectation["meta"]["code"] == "RULE_RUNS_WILD":
            expectation["kwargs"]["max_value"] = 0.1
    path = settings.home / "suite.json"
    path.write_text(json.dumps(suite), encoding="utf-8")
    monkeypatch.setattr("clearbase.pipeline.gate.SUITE", path)
    with pytest.raises(GateError, match="RULE_RUNS_WILD"):
        gate_batch(settings, database, batch)


def test_lines_without_a_disposition_stop_the_batch(
    settings: Settings, database: Database, batch: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("clearbase.pipeline.gate.DISPOSITIONS", ("quarantined",))
    with pytest.raises(GateError, match="DISPOSITIONS"):
        gate_batch(settings, database, batch)


def test_after_the_gate_the_batch_goes_on_and_there_is_nothing_left_to_stop(
    settings: Settings, database: Database, batch: int
) -> None:
    gate_batch(settings, database, batch)
    resolve_batch(settings, database, batch)
    publish_batch(settings, database, batch)
    gate_batch(settings, database, batch)
    with database.loader.connect() as connection:
        rows = connection.execute(statement("intake/batch_outcomes"), {"batch_id": batch}).all()
    assert {row.outcome: row.files for row in rows} == {"published": 2}
