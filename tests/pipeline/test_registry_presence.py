"""What a full extract of the registry no longer holds is stale until an extract holds it again, and nobody is lost by
it; a full extract that lacks too much is refused."""

from __future__ import annotations

import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest
from rosters import PEOPLE, worker
from sending import Base
from sqlalchemy import create_engine, text

from clearbase.errors import SetupError
from clearbase.pipeline.persons import merge_persons
from clearbase.pipeline.rebuild import rebuild_and_compare
from clearbase.pipeline.registry import RegistryLoad, load_registry
from clearbase.pipeline.registry_presence import told_kind

Run = Callable[..., "subprocess.CompletedProcess[str]"]
HEAD = "登记编号,姓名,公民身份号码,手机号码,现居住街道,登记日期,登记状态"
STATES = "SELECT state, count(*) FROM mart.registry_today GROUP BY 1 ORDER BY 1"
A, B = "新碶街道", "大碶街道"


def person(n: int, phone: str = "", street: str = A, status: str = "有效", no: str | None = None) -> str:
    name, number = worker(n)[:2]
    own = f"BL{n}" if no is None else no
    return f"{own},{name},{number},{phone or f'1380013{n:04d}'},{street},2025-01-10,{status}"


def load(base: Base, *rows: str, name: str = "全量.csv", confirmed: bool = False) -> RegistryLoad:
    file = base.folder / name
    file.write_text("\n".join([HEAD, *rows]) + "\n")
    return load_registry(base.settings, base.database, file, confirmed=confirmed)


def states(base: Base, role: str = "loader") -> dict[str, int]:
    engine = base.database.loader if role == "loader" else create_engine(base.database.people[role])
    with engine.connect() as connection:
        return {row[0]: row[1] for row in connection.execute(text(STATES))}


def stale(base: Base) -> list[int]:
    """Numbers of the rows, in their extract, of the records that are stale."""
    sql = """SELECT r.row_no FROM mart.registry_today AS t JOIN ledger.registry_record AS r USING (record_id)
             WHERE t.state = 'stale' ORDER BY 1"""
    with base.database.loader.connect() as connection:
        return list(connection.execute(text(sql)).scalars())


def everybody(n: int = 10) -> list[str]:
    return [person(i) for i in range(n)]


def test_what_a_later_full_extract_lacks_is_stale_and_comes_back(base: Base) -> None:
    first = load(base, *everybody())
    assert (first.kind, first.loaded, first.missed) == ("full", 10, 0)
    second = load(base, *everybody(8))
    assert (second.loaded, second.known, second.missed, second.returned) == (0, 8, 2, 0)
    assert states(base) == {"registered": 8, "stale": 2}
    again = load(base, *everybody(8))
    assert (again.missed, again.returned) == (0, 0), "they are stale already"
    back = load(base, person(9, phone="13900139000"), name="增量.csv")
    assert (back.kind, back.loaded, back.missed, back.returned) == ("incremental", 1, 0, 1)
    assert load(base, person(8), name="r.csv").returned == 1, "in the same words, too"
    assert states(base) == {"registered": 10}
    assert [table.table for table in rebuild_and_compare(base.database) if not table.is_same] == []


def test_states_are_told_apart(base: Base) -> None:
    load(base, *everybody())
    load(base, person(0, street=B), person(1, status="注销"), *everybody(9)[2:])
    assert states(base) == {"registered": 7, "moved": 1, "cancelled": 1, "stale": 1}
    load(base, person(0, street=B), *everybody(8)[2:])
    assert states(base) == {"registered": 6, "moved": 1, "cancelled": 1, "stale": 2}, "who is cancelled may be left out"


def test_an_increment_makes_nobody_stale(base: Base) -> None:
    load(base, *everybody(), name="r.csv")
    assert load(base, person(0), name="r.csv").missed == 0
    # Nor does the first full extract: no earlier one held them, and whichever was drawn first is not known.
    assert load(base, *everybody(9)).missed == 0
    assert load(base, *everybody(9)).missed == 1, "two of them lack it"


def test_who_came_by_an_increment_since_is_not_missed_and_who_was_changed_by_one_is(base: Base) -> None:
    load(base, *everybody())
    load(base, person(10), person(9, phone="13900139000"), name="增量.csv")
    done = load(base, *everybody(9))
    assert done.missed == 1
    assert states(base) == {"registered": 10, "stale": 1}


def test_a_full_extract_that_lacks_too_much_is_refused_with_figures_and_leaves_nothing(base: Base) -> None:
    load(base, *everybody())
    landed = sorted(base.settings.landing_folder.rglob("*"))
    with pytest.raises(SetupError, match=r"3 of 10 records in force \(30\.0%\)") as told:
        load(base, *everybody(7))
    assert "--yes" in str(told.value) and "--incremental" in str(told.value)
    assert states(base) == {"registered": 10} and sorted(base.settings.landing_folder.rglob("*")) == landed
    assert load(base, *everybody(7), confirmed=True).missed == 3
    # What is stale stands no more: two more of seven are asked about again, one is not.
    with pytest.raises(SetupError, match="2 of 7"):
        load(base, *everybody(5))
    assert load(base, *everybody(6)).missed == 1


def test_a_full_extract_that_has_counted_its_numbers_anew_is_refused(base: Base) -> None:
    load(base, *everybody())
    renumbered = [person(n, no=f"BL{(n + 1) % 10}") for n in range(10)]
    with pytest.raises(SetupError, match=r"10 of 10 records in force \(100\.0%\) are other people than before"):
        load(base, *renumbered)
    assert states(base) == {"registered": 10}
    without = [row.replace(f"BL{(n + 1) % 10}", "") for n, row in enumerate(renumbered)]
    assert load(base, *without).missed == 0
    with base.database.loader.connect() as connection:
        assert connection.execute(text("SELECT count(*) FROM identity.review_case")).scalar_one() == 0
    assert [table.table for table in rebuild_and_compare(base.database) if not table.is_same] == []


def test_whoever_a_quarantined_row_could_be_is_not_missed(base: Base) -> None:
    load(base, *everybody())
    nameless = person(9).split(",")
    nameless[1] = ""
    own_number_lost = person(8, no="").split(",")
    own_number_lost[1] = ""
    done = load(base, *everybody(8), ",".join(nameless), ",".join(own_number_lost))
    assert (done.quarantined, done.missed) == (2, 0)


def test_a_registry_without_numbers_of_its_own(base: Base) -> None:
    load(base, *(person(n, no="") for n in range(10)))
    done = load(base, person(0, no="", phone="13900139000"), *(person(n, no="") for n in range(1, 9)))
    assert (done.loaded, done.missed) == (1, 1), "another phone is the same person; the tenth is not there"
    assert load(base, *everybody(9)).missed == 0, "from now on they are numbered"


def test_a_merge_of_a_double_leaves_it_stale_or_not(base: Base) -> None:
    load(base, *everybody(), person(0, no="BL99"))
    with base.database.loader.connect() as connection:
        provisional, candidate = connection.execute(
            text("SELECT person_id, candidate_person_id FROM identity.review_case")
        ).one()
    load(base, *everybody())
    assert states(base) == {"registered": 10, "stale": 1}
    merge_persons(base.database, candidate, provisional, "the same", "test", commit=True)
    assert states(base) == {"registered": 10, "stale": 1}
    assert [table.table for table in rebuild_and_compare(base.database) if not table.is_same] == []


def test_a_match_state_says_that_its_registration_is_stale_and_stays(base: Base) -> None:
    base.send([*PEOPLE, *(worker(n) for n in range(6))], "2026-01")
    load(base, *everybody(6))
    sql = "SELECT state, registry_stale_since IS NOT NULL, count(*) FROM mart.match_today GROUP BY 1, 2 ORDER BY 1, 2"
    with base.database.loader.connect() as connection:
        before = connection.execute(text(sql)).all()
    load(base, *everybody(5))
    with base.database.loader.connect() as connection:
        after = {tuple(row) for row in connection.execute(text(sql)).all()}
        states_before = {row[0]: row[2] for row in before}
    assert not any(row[1] for row in before)
    changed = [row for row in after if row[1]]
    assert len(changed) == 1 and changed[0][2] == 1
    assert {state: sum(n for s, _, n in after if s == state) for state in states_before} == states_before


def test_analysts_see_it_and_a_clerk_his_street(base: Base) -> None:
    from clearbase.pipeline.access import grant_access

    load(base, *everybody(9), person(9, street=B), *(person(n, street=B) for n in range(10, 20)))
    load(base, *everybody(9)[1:], *(person(n, street=B) for n in range(10, 20)))
    grant_access(base.database, "clearbase_clerk", B, None)
    assert states(base, "analyst") == {"registered": 18, "stale": 2}
    assert states(base, "clerk") == {"registered": 10, "stale": 1}
    for own, seen in (("analyst", 2), ("clerk", 1)):
        with create_engine(base.database.people[own]).connect() as connection:
            for sql in ("SELECT count(*) FROM ledger.stale_record", "SELECT count(*) FROM ledger.registry_presence"):
                assert connection.execute(text(sql)).scalar_one() == seen


@pytest.mark.parametrize(
    ("texts", "kind"),
    [
        (["居民登记信息全量数据"], "full"),
        (["Sheet1", "2026年11月增量"], "incremental"),
        (["全量数据中的变更部分"], "incremental"),
        (["registry_full_202611"], "full"),
        (["fulltime"], "incremental"),
        (["居民"], "incremental"),
    ],
)
def test_the_kind_is_told_by_titles_and_name(texts: list[str], kind: str) -> None:
    assert told_kind(texts) == kind


def test_the_first_row_may_say_it(base: Base) -> None:
    file = base.folder / "r.csv"
    file.write_text("\n".join(["居民登记信息（全量）,,,,,,", HEAD, *everybody()]) + "\n")
    assert load_registry(base.settings, base.database, file).kind == "full"
    assert load_registry(base.settings, base.database, file, "incremental").kind == "incremental", "what is said wins"


def test_the_command_tells_it(clearbase: Run, tmp_path: Path) -> None:
    file = tmp_path / "r.csv"
    file.write_text("\n".join([HEAD, *everybody()]) + "\n")
    assert clearbase("registry", "load", file, "--full").returncode == 0
    file.write_text("\n".join([HEAD, *everybody(6)]) + "\n")
    refused = clearbase("registry", "load", file, "--full")
    assert (refused.returncode, len(refused.stderr.strip().splitlines())) == (2, 1)
    assert "4 of 10" in refused.stderr
    done = clearbase("registry", "load", file, "--full", "--yes")
    assert done.returncode == 0 and "4 records are stale" in done.stderr, done.stderr
    for told in (clearbase("registry", "status").stdout, clearbase("status").stdout):
        assert "stale" in told and "doubles in review" in told
    lines = clearbase("registry", "status").stdout.splitlines()
    assert lines[2].split()[:6] == ["10", "6", "0", "0", "4", "0"]
