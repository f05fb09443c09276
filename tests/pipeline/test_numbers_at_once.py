"""One identity number stands for one person, whoever publishes it first; what comes second under another name is in
review. Batches are taken as far as resolve, then others publish, then they do."""

from __future__ import annotations

import datetime as dt
import threading
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from rosters import EMPLOYER, OTHER_EMPLOYER, roster
from sqlalchemy import Connection, text

from clearbase.given import Given
from clearbase.identity.person_keys import keys_of_persons
from clearbase.intake.claim import claim, open_batch
from clearbase.intake.discover import waiting_files
from clearbase.pipeline.claiming import claim_numbers, meet_known
from clearbase.pipeline.publish import publish_batch
from clearbase.pipeline.registry import load_registry
from clearbase.pipeline.reply import reply_batch
from clearbase.pipeline.run import STAGES
from clearbase.pipeline.submissions import submissions_in
from clearbase.pipeline.verify import verify
from clearbase.settings import Settings
from clearbase.warehouse.database import Database
from clearbase.warehouse.statements import statement

# Valid numbers (GB 11643) of men who do not exist, one a test.
NUMBERS = iter(
    (
        "330204199003070017",
        "330204199204110011",
        "330204199305120032",
        "330204199406130053",
        "330204199507140074",
        "330204199608150095",
        "330204199709160014",
        "330204199003079994",
    )
)
Resolved = Callable[..., int]


@pytest.fixture
def number() -> str:
    return next(NUMBERS)


@pytest.fixture
def resolved(settings: Settings, database: Database, tmp_path: Path) -> Resolved:
    """A batch of files as far as resolve: ``resolved(EMPLOYER, [(month, [(name, number, phone), …]), …])``."""

    def stages(employer: str, files: list[tuple[str, list[tuple[str, str, str]]]]) -> int:
        with database.loader.begin() as connection:
            batch = open_batch(connection)
        for month, people in files:
            rows = [[name, number, "男", phone, "安徽省", "北仑区", "2020-01-01"] for name, number, phone in people]
            file = roster(tmp_path / f"{batch}-{month}.xlsx", rows)
            given = Given(employer, dt.date.fromisoformat(f"{month}-01"), "joiners")
            claim(settings, database, batch, waiting_files([file]).files, given, lambda _: None)
        for _, stage in STAGES[:3]:
            stage(settings, database, batch)
        return batch

    return stages


def finish(settings: Settings, database: Database, batch: int) -> None:
    publish_batch(settings, database, batch)
    reply_batch(settings, database, batch)


def persons(database: Database, batch: int) -> list[tuple[int, int | None]]:
    """(person, candidate) of the batch's published lines, in the order of the files."""
    with database.loader.connect() as connection:
        rows = connection.execute(
            text("""SELECT p.person_id, p.candidate_person_id FROM identity.line_person AS p
                    JOIN intake.submission AS s USING (submission_id) WHERE s.batch_id = :b ORDER BY p.line_id"""),
            {"b": batch},
        )
        return [(row[0], row[1]) for row in rows]


def broken(database: Database) -> list[str]:
    return [finding.says for finding in verify(database) if finding.broken]


def test_a_number_published_meanwhile_under_another_name_goes_to_review(
    settings: Settings, database: Database, resolved: Resolved, number: str
) -> None:
    slow = resolved(EMPLOYER, [("2024-01", [("王甲", number, "13800138001")])])
    quick = resolved(OTHER_EMPLOYER, [("2024-01", [("李乙", number, "13800138002")])])
    finish(settings, database, quick)
    finish(settings, database, slow)
    ((holder, nobody),) = persons(database, quick)
    ((own, candidate),) = persons(database, slow)
    assert nobody is None and own != holder
    assert candidate == holder
    with database.loader.connect() as connection:
        case = connection.execute(
            text("SELECT candidate_person_id, rule FROM identity.review_case WHERE person_id = :p"), {"p": own}
        )
        assert [tuple(row) for row in case] == [(holder, "number_with_other_name")]
        decision = "SELECT verdict, rule FROM ledger.identity_decision WHERE person_id = :p"
        assert [tuple(row) for row in connection.execute(text(decision), {"p": own})] == [
            ("unsure", "number_with_other_name")
        ]
    assert broken(database) == []


def test_lines_tied_to_a_replaced_person_go_along(
    settings: Settings, database: Database, resolved: Resolved, number: str
) -> None:
    # The line without a number is tied to the numbered one and is published before it: its month is earlier.
    tied = [
        ("2024-02", [("王甲", number, "13800138003"), ("赵丙", number, "13800138004")]),
        ("2024-01", [("王甲", "", "13800138003")]),
    ]
    slow = resolved(EMPLOYER, tied)
    quick = resolved(OTHER_EMPLOYER, [("2024-02", [("王甲", number, "13800138005")])])
    finish(settings, database, quick)
    finish(settings, database, slow)
    ((holder, _),) = persons(database, quick)
    numbered, other_name, lost = persons(database, slow)
    assert numbered == lost == (holder, None)
    assert other_name[1] == holder
    assert broken(database) == []


def test_lines_tied_to_a_person_who_turns_doubtful_turn_doubtful_too(
    settings: Settings, database: Database, resolved: Resolved, number: str
) -> None:
    tied = [("2024-04", [("王甲", number, "13800138006")]), ("2024-03", [("王甲", "", "13800138006")])]
    slow = resolved(EMPLOYER, tied)
    quick = resolved(OTHER_EMPLOYER, [("2024-03", [("李乙", number, "13800138007")])])
    finish(settings, database, quick)
    finish(settings, database, slow)
    ((holder, _),) = persons(database, quick)
    numbered, lost = persons(database, slow)
    assert numbered == lost
    assert numbered[1] == holder
    assert broken(database) == []


@pytest.mark.parametrize("same_name", [True, False])
def test_a_registry_loaded_between_resolve_and_publish_is_met(
    settings: Settings, database: Database, resolved: Resolved, tmp_path: Path, number: str, same_name: bool
) -> None:
    batch = resolved(EMPLOYER, [("2024-05", [("王甲", number, "13800138008")])])
    extract = tmp_path / "registry.csv"
    name = "王甲" if same_name else "李乙"
    extract.write_text(f"登记编号,姓名,公民身份号码,登记日期,登记状态\n{number[6:]},{name},{number},2024-01-01,有效\n")
    load_registry(settings, database, extract)
    finish(settings, database, batch)
    ((person, candidate),) = persons(database, batch)
    with database.loader.connect() as connection:
        of_record = connection.execute(
            text("SELECT max(person_id) FROM identity.record_person WHERE current")
        ).scalar_one()
    assert (person if same_name else candidate) == of_record
    assert broken(database) == []


def test_two_employers_that_publish_one_number_at_once_wait_for_each_other(
    settings: Settings, database: Database, resolved: Resolved, number: str
) -> None:
    first = resolved(EMPLOYER, [("2024-06", [("王甲", number, "13800138009")])])
    second = resolved(OTHER_EMPLOYER, [("2024-06", [("李乙", number, "13800138010")])])
    with ThreadPoolExecutor(1) as pool:
        with database.loader.begin() as connection:
            claimed(connection, first)
            other = pool.submit(finish, settings, database, second)
            waiting_locks(database, 1)
            assert not other.done()
        other.result(60)
    finish(settings, database, first)
    ((holder, nobody),) = persons(database, first)
    ((_, candidate),) = persons(database, second)
    assert nobody is None
    assert candidate == holder
    assert broken(database) == []


def claimed(connection: Connection, batch: int) -> None:
    """Let the batch's first file claim its numbers."""
    submission = submissions_in(connection, batch, "resolved")[0]
    connection.execute(statement("publish/lock_numbers"))
    meet_known(connection, submission)
    claim_numbers(connection, submission)


def waiting_locks(database: Database, wanted: int) -> None:
    """Returns once ``wanted`` statements wait for a lock."""
    until = time.monotonic() + 20
    with database.loader.connect() as connection:
        while connection.execute(text("SELECT count(*) FROM pg_locks WHERE NOT granted")).scalar_one() < wanted:
            assert time.monotonic() < until
            time.sleep(0.05)


def waiting_persons(database: Database, wanted: int) -> None:
    """Returns once ``wanted`` statements wait for persons."""
    sql = (
        "SELECT count(*) FROM pg_stat_activity"
        " WHERE wait_event_type = 'Lock' AND query LIKE '%person%FOR NO KEY UPDATE%' AND pid <> pg_backend_pid()"
    )
    until = time.monotonic() + 20
    with database.loader.connect() as connection:
        while connection.execute(text(sql)).scalar_one() < wanted:
            connection.rollback()  # the view is read once a transaction
            assert time.monotonic() < until
            time.sleep(0.05)


def test_what_the_registry_says_is_not_overwritten_by_a_roster_that_waited_for_it(
    settings: Settings, database: Database, resolved: Resolved, tmp_path: Path, number: str
) -> None:
    months = [resolved(EMPLOYER, [(f"2024-{month}", [("王甲", number, "13800138012")])]) for month in ("08", "09")]
    finish(settings, database, months[0])
    person = persons(database, months[0])[0][0]
    extract = tmp_path / "registry.csv"
    extract.write_text(f"登记编号,姓名,公民身份号码,登记日期,登记状态\nBL9,王甲,{number},2024-01-01,有效\n")
    with ThreadPoolExecutor(2) as pool, database.loader.connect() as held, database.loader.connect() as employer:
        held.execute(text("SELECT FROM identity.person WHERE person_id = :p FOR NO KEY UPDATE"), {"p": person})
        employer.execute(statement("publish/lock_employer"), {"employer_uscc": EMPLOYER})
        publishing = pool.submit(finish, settings, database, months[1])
        waiting_locks(database, 1)
        loading = pool.submit(load_registry, settings, database, extract)
        waiting_locks(database, 2)
        employer.commit()  # the publication goes on, as far as the person whom the load has written first
        waiting_persons(database, 2)
        held.commit()
        assert loading.result(60).loaded == 1
        publishing.result(60)
    with database.loader.connect() as connection:
        state = connection.execute(
            text("SELECT state FROM mart.match_today WHERE person_id = :p"), {"p": person}
        ).scalar_one()
    assert state == "registered_here"
    assert broken(database) == []


def test_two_publications_of_one_new_person_share_one_key(
    settings: Settings, database: Database, resolved: Resolved, number: str
) -> None:
    batches = [
        resolved(employer, [("2024-07", [("王甲", number, "13800138011")])]) for employer in (EMPLOYER, OTHER_EMPLOYER)
    ]
    for batch in batches:
        with database.loader.begin() as connection:
            claimed(connection, batch)
    start = threading.Barrier(2)

    def publish(batch: int) -> None:
        start.wait(10)
        finish(settings, database, batch)

    with ThreadPoolExecutor(2) as pool:
        for done in [pool.submit(publish, batch) for batch in batches]:
            done.result(60)
    assert persons(database, batches[0]) == persons(database, batches[1])
    person = persons(database, batches[0])[0][0]
    with database.loader.begin() as one:
        made = keys_of_persons(one, database.keyring, [person, 7])  # 7 is nobody yet
        with ThreadPoolExecutor(1) as pool:

            def ask() -> dict[int, tuple[int, bytes]]:
                with database.loader.begin() as two:
                    return keys_of_persons(two, database.keyring, [person, 7])

            asked = pool.submit(ask)
            time.sleep(0.3)
            one.commit()
            assert asked.result(30) == made
    assert broken(database) == []
