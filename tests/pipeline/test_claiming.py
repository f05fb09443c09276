"""What a file may do before it is published: a held one gives no number to anybody, and nobody's decision is missed by
what was resolved before it."""

from __future__ import annotations

import datetime as dt
from typing import Any

from rosters import EMPLOYER, HEADER, OTHER_EMPLOYER, roster, worker
from sending import Base
from sqlalchemy import text

from clearbase.given import Given
from clearbase.intake.claim import claim, open_batch
from clearbase.intake.discover import waiting_files
from clearbase.pipeline.holds import decide_hold, waiting_holds
from clearbase.pipeline.persons import merge_persons
from clearbase.pipeline.publish import publish_batch
from clearbase.pipeline.rebuild import rebuild_and_compare
from clearbase.pipeline.reply import reply_batch
from clearbase.pipeline.run import STAGES

SALESMEN = ["业务员姓名" if name == "姓名" else name for name in HEADER]
LINES = "SELECT person_id, candidate_person_id FROM identity.line_person ORDER BY line_id"


def asked(base: Base, sql: str) -> list[Any]:
    with base.database.loader.connect() as connection:
        return [tuple(row) for row in connection.execute(text(sql))]


def others(people: list[list[str]]) -> list[list[str]]:
    """The same numbers under other names, as where a column was taken for the names that is not theirs."""
    return [[f"欧阳{name}", *person] for name, *person in people]


def resolved(base: Base, *files: tuple[str, str, list[list[str]], list[str]]) -> int:
    """A batch of joiners' lists (employer, month, people, header), as far as resolve."""
    with base.database.loader.begin() as connection:
        batch = open_batch(connection)
    for n, (employer, month, people, header) in enumerate(files):
        file = roster(base.folder / f"{batch}-{n}.xlsx", people, header=header)
        given = Given(employer, dt.date.fromisoformat(f"{month}-01"), "joiners")
        claim(base.settings, base.database, batch, waiting_files([file]).files, given, lambda _: None)
    for _, stage in STAGES[:3]:
        stage(base.settings, base.database, batch)
    return batch


def finish(base: Base, batch: int) -> None:
    publish_batch(base.settings, base.database, batch)
    reply_batch(base.settings, base.database, batch)


def test_a_refused_file_leaves_its_numbers_to_whoever_sends_them_right(base: Base) -> None:
    people = [worker(n) for n in range(3)]
    assert base.send(others(people), "2026-01", header=SALESMEN) == "held mapping_doubtful"
    assert asked(base, "SELECT count(*) FROM identity.person_token") == [(0,)]
    (held,) = waiting_holds(base.database)
    decide_hold(base.settings, base.database, held.submission_id, "refused", "those are the salesmen", "test")
    assert base.send(people, "2026-01") == "published"
    assert asked(base, LINES) == [(own, None) for own, _ in asked(base, LINES)]


def test_a_file_that_came_after_a_held_one_of_its_batch_has_the_numbers(base: Base) -> None:
    people = [worker(n) for n in range(3)]
    batch = resolved(base, (EMPLOYER, "2026-01", others(people), SALESMEN), (OTHER_EMPLOYER, "2026-01", people, HEADER))
    waiting = "SELECT count(candidate_person_id) FROM staging.line"
    assert asked(base, waiting) == [(3,)], "resolved, the second names have to be doubted"
    finish(base, batch)
    assert asked(base, "SELECT outcome FROM intake.submission ORDER BY 1") == [("held",), ("published",)]
    assert [candidate for _, candidate in asked(base, LINES)] == [None] * 3
    assert all(told.is_same for told in rebuild_and_compare(base.database))


def test_who_is_merged_between_resolving_and_publishing_is_not_written_to(base: Base) -> None:
    one, other = worker(1), worker(2)
    assert base.send([one, other], "2026-01") == "published"
    first, second = (person for person, _ in asked(base, LINES))
    nameless = [other[0], "", *other[2:]]  # tied by name and phone, not by the number
    batch = resolved(base, (EMPLOYER, "2026-02", [one, nameless], HEADER))
    merge_persons(base.database, first, second, "one worker under two numbers", "test", commit=True)
    finish(base, batch)
    assert {person for person, _ in asked(base, LINES)} == {first}
    assert base.headcounts() == [1, 1]
    assert all(told.is_same for told in rebuild_and_compare(base.database))
