"""Each night: what agrees with the ledger and still cannot be is told by Great Expectations, and nobody's data is."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import Any

import great_expectations as gx
import pytest
from rosters import EMPLOYER, OTHER_EMPLOYER, PEOPLE, worker
from sending import Base, base_of
from sqlalchemy import create_engine, text

from clearbase.pipeline import figures
from clearbase.pipeline.figures import KEPT_DOCS, SUITE, check_figures, docs_folder
from clearbase.pipeline.registry import load_registry

SUITE_JSON = json.loads(SUITE.read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def base(new_home: Callable[[], Path], tmp_path_factory: pytest.TempPathFactory) -> Iterator[Base]:
    folder = tmp_path_factory.mktemp("rosters")
    with base_of(new_home(), folder) as base:
        assert check_figures(base.settings, base.database) is None, "nothing is published yet"
        base.send([worker(n) for n in range(12)], "2026-09")
        base.send([worker(n) for n in range(10)], "2026-10")
        base.send(PEOPLE, "2026-10", employer=OTHER_EMPLOYER)
        extract = folder / "registry.csv"
        rows = [",".join([f"BL{n}", worker(n)[0], worker(n)[1], "有效"]) for n in range(9)]
        extract.write_text("\n".join(["登记编号,姓名,公民身份号码,登记状态", *rows]), encoding="utf-8")
        load_registry(base.settings, base.database, extract)
        yield base


@pytest.fixture
def spoilt(base: Base) -> Iterator[Callable[[str, str], None]]:
    """Alters the base behind the ledger's back, and takes it back."""
    engine = create_engine(base.database.admin)
    undo: list[str] = []

    def run(sql: str) -> None:
        with engine.begin() as connection:
            connection.execute(
                text("SET LOCAL session_replication_role = replica")
            )  # the ledger's triggers stand aside
            connection.execute(text(sql))

    def write(change: str, back: str) -> None:
        run(change)
        undo.append(back)

    yield write
    for back in undo:
        run(back)
    engine.dispose()


def told(base: Base) -> tuple[list[str], list[str]]:
    found = check_figures(base.settings, base.database)
    assert found is not None and found.evaluated == len(SUITE_JSON["expectations"])
    faults = [failure.fault for failure in (*found.broken, *found.warnings) if failure.fault]
    assert faults == []
    return [failure.code for failure in found.broken], [failure.code for failure in found.warnings]


def test_great_expectations_loads_the_suite_unchanged() -> None:
    suite = gx.get_context(mode="ephemeral").suites.add(gx.ExpectationSuite(**SUITE_JSON))
    assert len(suite.expectations) == len(SUITE_JSON["expectations"]) >= 10
    for expectation in SUITE_JSON["expectations"]:
        assert expectation["meta"]["severity"] in ("critical", "warning")


def test_a_right_warehouse_holds_and_its_pages_show_nobody(base: Base) -> None:
    assert told(base) == ([], [])
    (folder,) = docs_folder(base.settings).iterdir()
    shown = "".join(page.read_text(encoding="utf-8", errors="ignore") for page in folder.rglob("*.html"))
    assert "底数仓库检验" in shown and "WAREHOUSE_REGISTERED_MOVED" in shown
    for person in (*PEOPLE, worker(3)):
        assert person[1] not in shown and person[3] not in shown


SPOILT = {
    "WAREHOUSE_PERSON_WITHOUT_SPELL": (
        "UPDATE warehouse.fact_match SET known_to = '2999-01-01' WHERE known_to = 'infinity'",
        "UPDATE warehouse.fact_match SET known_to = 'infinity' WHERE known_to = '2999-01-01'",
    ),
    "WAREHOUSE_SPELL_WITHOUT_PERSON": (
        "UPDATE warehouse.fact_employment SET person_id = -person_id",
        "UPDATE warehouse.fact_employment SET person_id = -person_id",
    ),
    "WAREHOUSE_EMPLOYER_UNKNOWN": (
        "UPDATE warehouse.dim_employer SET known_to = '2999-01-01' WHERE known_to = 'infinity'",
        "UPDATE warehouse.dim_employer SET known_to = 'infinity' WHERE known_to = '2999-01-01'",
    ),
    "WAREHOUSE_MORE_WORK_THAN_ARE": (
        "UPDATE warehouse.dim_person SET known_to = '2999-01-01' WHERE known_to = 'infinity'",
        "UPDATE warehouse.dim_person SET known_to = 'infinity' WHERE known_to = '2999-01-01'",
    ),
    "WAREHOUSE_MONTH_AHEAD": (
        "UPDATE ledger.submission SET period = '2027-05-01' WHERE submission_id = 2",
        "UPDATE ledger.submission SET period = '2026-10-01' WHERE submission_id = 2",
    ),
}
WARNED = {
    "WAREHOUSE_ROSTERS_STALE": (
        "UPDATE warehouse.fact_submission SET recorded_at = recorded_at - interval '40 days'",
        "UPDATE warehouse.fact_submission SET recorded_at = recorded_at + interval '40 days'",
    ),
    "WAREHOUSE_REGISTRY_STALE": (
        "UPDATE ledger.registry_load SET recorded_at = recorded_at - interval '140 days'",
        "UPDATE ledger.registry_load SET recorded_at = recorded_at + interval '140 days'",
    ),
    # Everything was known two days ago, but what is registered was believed otherwise until now.
    "WAREHOUSE_REGISTERED_MOVED": (
        """UPDATE warehouse.fact_employment SET known_from = known_from - interval '2 days';
           INSERT INTO warehouse.fact_match SELECT person_id, 'not_registered', valid_from, valid_to, NULL,
               known_from - interval '2 days', known_from FROM warehouse.fact_match WHERE known_to = 'infinity'""",
        """UPDATE warehouse.fact_employment SET known_from = known_from + interval '2 days';
           DELETE FROM warehouse.fact_match WHERE state = 'not_registered' AND known_to < 'infinity'
               AND known_from = known_to - interval '2 days'""",
    ),
    "WAREHOUSE_QUARANTINED_SHARE": (
        "UPDATE warehouse.fact_submission SET rows_quarantined = rows_quarantined + 9",
        "UPDATE warehouse.fact_submission SET rows_quarantined = rows_quarantined - 9",
    ),
    "WAREHOUSE_IN_REVIEW": (
        """CREATE TABLE public.kept AS TABLE warehouse.fact_match;
           UPDATE warehouse.fact_match SET state = 'provisional' WHERE record_id IS NULL""",
        KEPT := """TRUNCATE warehouse.fact_match; INSERT INTO warehouse.fact_match TABLE public.kept;
                   DROP TABLE public.kept""",
    ),
    # Of yesterday, too, so that it has not moved.
    "WAREHOUSE_REGISTERED_SHARE": (
        """CREATE TABLE public.kept AS TABLE warehouse.fact_match;
           UPDATE warehouse.fact_match SET state = 'not_registered'""",
        KEPT,
    ),
}


@pytest.mark.parametrize("code", SPOILT)
def test_a_spoilt_warehouse_fails_the_night(base: Base, spoilt: Callable[[str, str], None], code: str) -> None:
    spoilt(*SPOILT[code])
    assert code in told(base)[0]


@pytest.mark.parametrize("code", WARNED)
def test_what_is_old_or_moved_too_far_is_told(
    base: Base, spoilt: Callable[[str, str], None], monkeypatch: pytest.MonkeyPatch, code: str
) -> None:
    monkeypatch.setattr(figures, "MANY", 5)
    before = told(base)
    assert code not in before[1]
    spoilt(*WARNED[code])
    assert told(base) == (before[0], sorted([*before[1], code], key=_order))


def _order(code: str) -> int:
    return [one["meta"]["code"] for one in SUITE_JSON["expectations"]].index(code)


def test_a_headcount_that_jumps_is_told(base: Base, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(figures, "MANY", 3)
    assert "WAREHOUSE_HEADCOUNT_JUMPS" not in told(base)[1]
    assert base.send(PEOPLE[:2], "2026-11", "leavers", employer=OTHER_EMPLOYER) == "published"
    assert "WAREHOUSE_HEADCOUNT_JUMPS" in told(base)[1]


def test_pages_of_old_nights_go(base: Base) -> None:
    for n in range(KEPT_DOCS + 3):
        (docs_folder(base.settings) / f"2020-01-{n:03d}").mkdir()
    told(base)
    assert len(list(docs_folder(base.settings).iterdir())) == KEPT_DOCS


def test_the_command_tells_and_fails(
    base: Base, clearbase: Callable[..., Any], spoilt: Callable[[str, str], None]
) -> None:
    run = partial(clearbase, "verify", "--figures", home=base.settings.home)
    right = run()
    assert right.returncode == 0, right.stdout + right.stderr
    assert f"figures: {len(SUITE_JSON['expectations'])} of {len(SUITE_JSON['expectations'])} checks" in right.stdout
    spoilt(*SPOILT["WAREHOUSE_SPELL_WITHOUT_PERSON"])
    wrong = run()
    assert wrong.returncode == 1 and "BROKEN WAREHOUSE_SPELL_WITHOUT_PERSON" in wrong.stdout
    assert EMPLOYER not in wrong.stdout.split("WAREHOUSE_SPELL_WITHOUT_PERSON")[1]
