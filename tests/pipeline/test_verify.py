"""``verify`` finds what is altered behind the ledger: each of its checks is broken once and only then speaks."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

import pytest
from rosters import EMPLOYER, HEADER, OTHER_EMPLOYER, PEOPLE, roster, worker
from sqlalchemy import Connection, Engine, create_engine, text

from clearbase.given import Given
from clearbase.intake.claim import open_batch, original
from clearbase.intake.discover import waiting_files
from clearbase.pipeline.registry import load_registry
from clearbase.pipeline.run import ingest
from clearbase.pipeline.verify import MOST, NO_BATCH, Finding, findings, verify, verify_load, verify_persons
from clearbase.settings import SQL, Settings
from clearbase.warehouse.database import Database
from clearbase.warehouse.statements import statement

NEWEST = "known_to = 'infinity'"
# The check (an invariant by its file, else words of what it says) → what is done to the base.
SPOILT = {
    "01_files_balance": """ALTER TABLE intake.submission DROP CONSTRAINT every_row_accounted;
                           UPDATE intake.submission SET rows_read = rows_read + 1 WHERE outcome = 'published'""",
    "02_sheets_balance": "UPDATE intake.sheet SET lines = lines + 1",
    "03_files_agree_with_ledger": """UPDATE intake.submission SET rows_quarantined = rows_quarantined - 1,
                                     rows_repeated = rows_repeated + 1 WHERE rows_quarantined > 0""",
    "04_every_published_line_has_one_person": "DELETE FROM ledger.identity_decision WHERE line_id IS NOT NULL",
    "05_persons_follow_decisions": "UPDATE identity.line_person SET person_id = 7",
    "06_registry_balances": "UPDATE ledger.registry_load SET rows_loaded = 9, rows_known = rows_read - 10",
    "07_every_record_has_one_person": "DELETE FROM identity.record_person",
    "08_what_is_believed_does_not_overlap": f"""INSERT INTO warehouse.fact_employment SELECT person_id, employer_uscc,
        valid_from - 9, valid_to, leave_earliest, start_evidence, leave_evidence, first_line_id - 1, known_from,
        known_to FROM warehouse.fact_employment WHERE {NEWEST}""",
    "09_spells_trace_to_lines": "UPDATE warehouse.spell_state SET last_line_id = 1",
    # Everybody still has a spell there; it only ends before the month in which he is named.
    "10_lines_are_in_the_warehouse": f"UPDATE warehouse.fact_employment SET valid_to = '2024-04-30' WHERE {NEWEST}",
    "11_persons_are_in_the_dimension": "DELETE FROM warehouse.dim_person",
    "12_submissions_are_in_the_warehouse": "UPDATE warehouse.fact_submission SET rows_read = rows_read + 1",
    "13_nothing_is_left_staged": f"""INSERT INTO staging.line
        (batch_id, submission_id, line_id, employer_uscc, disposition)
        SELECT max(batch_id), 1, 1, '{EMPLOYER}', 'accepted' FROM intake.batch""",
    "14_one_number_one_person": """UPDATE identity.line_token SET number = (SELECT min(number::text)::bytea
        FROM identity.line_token) WHERE number IS NOT NULL""",
    "15_residences_follow_the_registry": "UPDATE warehouse.fact_residence SET street = '别处'",
    "the spells are those": "UPDATE warehouse.fact_employment SET valid_from = valid_from - 1",
    "16_match_states_cover_time": f"UPDATE warehouse.fact_match SET valid_to = '2049-01-01' WHERE {NEWEST}",
    "attributes of each person": "UPDATE warehouse.dim_person SET sex = 'female'",
    "match states and told streets": "UPDATE warehouse.fact_match SET state = 'provisional'",
    "17_everybody_has_a_person": "DELETE FROM identity.person",
    "18_nothing_speaks_of_a_line_that_is_not_there": """INSERT INTO identity.line_person
        (line_id, submission_id, person_id, rule)
        SELECT line_id + 9000, submission_id, person_id, rule FROM identity.line_person""",
    "19_places_are_taken_by_units": """INSERT INTO ledger.takes_place
        SELECT max(submission_id), min(submission_id), 2, 2 FROM ledger.submission""",
    "20_units_and_agencies_lie_in_spells": "UPDATE warehouse.fact_posting SET valid_from = valid_from - 9000",
    "originals of files": """UPDATE intake.submission SET file_sha256 = sha256('other bytes')
                             WHERE outcome = 'published'""",
    "sealed lines": "UPDATE ledger.roster_line SET sealed = set_byte(sealed, 30, 255 - get_byte(sealed, 30))",
    "every batch": "INSERT INTO intake.batch DEFAULT VALUES",
    "21_the_audit_is_one_chain": """INSERT INTO audit.event (event_id, action, subject, chain)
                                    SELECT coalesce(max(event_id), 0) + 1, 'x', 'y', '' FROM audit.event""",
    "22_who_was_decided_to_be_two_is_two": """INSERT INTO identity.negative SELECT DISTINCT a.person_id, b.person_id
        FROM identity.line_person AS a JOIN identity.line_person AS b ON a.person_id <> b.person_id""",
    "23_stale_records_follow_full_extracts": """UPDATE ledger.registry_load
        SET kind = 'full', records_stood = 1, records_missed = 1""",
}
# Not of one batch: the registry and the audit as a whole.
OF_THE_BASE = {
    "06_registry_balances",
    "07_every_record_has_one_person",
    "21_the_audit_is_one_chain",
    "23_stale_records_follow_full_extracts",
}
MORE = {
    "03: a count of repeated lines": (
        "03_files_agree_with_ledger",
        "UPDATE intake.submission SET rows_repeated = rows_repeated - 1, rows_published = rows_published + 1",
    ),
    "03: another month": ("03_files_agree_with_ledger", "UPDATE intake.submission SET period = '2023-01-01'"),
    "10: no spell at all": ("10_lines_are_in_the_warehouse", "DELETE FROM warehouse.fact_employment"),
    "15: a residence gone": ("15_residences_follow_the_registry", "DELETE FROM warehouse.fact_residence"),
    "05: another in review": (
        "05_persons_follow_decisions",
        "UPDATE identity.line_person SET candidate_person_id = 7",
    ),
    "05: a record": ("05_persons_follow_decisions", "UPDATE identity.record_person SET person_id = 7"),
    "07: a record that is not there": (
        "07_every_record_has_one_person",
        "INSERT INTO identity.record_person SELECT record_id + 1, person_id, true FROM identity.record_person",
    ),
    "07: a record's token alone": ("07_every_record_has_one_person", "DELETE FROM ledger.registry_record"),
    **{
        f"08: {table} twice": (
            "08_what_is_believed_does_not_overlap",
            f"INSERT INTO warehouse.{table} SELECT * FROM warehouse.{table} WHERE {NEWEST}",
        )
        for table in ("fact_employment", "fact_posting", "fact_residence", "fact_match", "fact_told_street")
    },
    "08: attributes twice": (
        "08_what_is_believed_does_not_overlap",
        "INSERT INTO warehouse.dim_person (person_id, known_from) SELECT person_id, now() FROM warehouse.dim_person",
    ),
    "08: an employer twice": (
        "08_what_is_believed_does_not_overlap",
        """DROP INDEX warehouse.dim_employer_employer_uscc_valid_from_idx;
           INSERT INTO warehouse.dim_employer (employer_uscc, valid_from, known_from)
           SELECT employer_uscc, valid_from, now() FROM warehouse.dim_employer""",
    ),
    "09: the lines are gone": ("09_spells_trace_to_lines", "DELETE FROM ledger.roster_line"),
    "09: the lines are nobody's": (
        "09_spells_trace_to_lines",
        "UPDATE ledger.roster_line SET disposition = 'quarantined'",
    ),
    "23: held again what was never missed": (
        "23_stale_records_follow_full_extracts",
        """INSERT INTO ledger.registry_presence (record_id, load_id, present)
           SELECT record_id, load_id + 1, true FROM ledger.registry_record""",
    ),
    "18: a token": (
        "18_nothing_speaks_of_a_line_that_is_not_there",
        """INSERT INTO identity.line_token (line_id, submission_id, employer_uscc)
           SELECT line_id + 9000, submission_id, employer_uscc FROM identity.line_token""",
    ),
    "18: a decision": (
        "18_nothing_speaks_of_a_line_that_is_not_there",
        """INSERT INTO ledger.identity_decision (source_id, line_id, person_id, verdict, rule, decided_by)
           SELECT source_id, line_id + 9000, person_id, verdict, rule, decided_by FROM ledger.identity_decision
           WHERE line_id IS NOT NULL""",
    ),
    "18: a cell": (
        "18_nothing_speaks_of_a_line_that_is_not_there",
        """INSERT INTO quality.finding (submission_id, sheet, row_no, field, rule, severity)
           SELECT submission_id, position, 9000, 'name', 'missing_name', 'error' FROM intake.sheet""",
    ),
    "18: a unit": (
        "18_nothing_speaks_of_a_line_that_is_not_there",
        "INSERT INTO ledger.line_party SELECT line_id + 9000, sheet, role, party FROM ledger.line_party",
    ),
    "20: of a line that tells another": (
        "20_units_and_agencies_lie_in_spells",
        "UPDATE warehouse.fact_posting SET party = '别处公司'",
    ),
    "a unit that no line tells": ("the spells are those", "UPDATE warehouse.fact_posting SET party = '别处公司'"),
    "18: another submission": (
        "18_nothing_speaks_of_a_line_that_is_not_there",
        "UPDATE identity.line_person SET submission_id = submission_id - 1",
    ),
    "a person too many": (
        "attributes of each person",
        "INSERT INTO warehouse.dim_person (person_id, known_from) VALUES (7, now())",
    ),
    "a person twice": (
        "11_persons_are_in_the_dimension",
        "INSERT INTO warehouse.dim_person (person_id, known_from) SELECT person_id, now() FROM warehouse.dim_person",
    ),
    "16: an overlap": (
        "16_match_states_cover_time",
        "INSERT INTO warehouse.fact_match (person_id, state, valid_from, valid_to, known_from)"
        " SELECT person_id, state, valid_from, 'infinity', now() FROM warehouse.fact_match",
    ),
    "16: known too late": (
        "16_match_states_cover_time",
        "UPDATE warehouse.fact_match SET valid_from = valid_from + 1",
    ),
    "16: a person without states": ("16_match_states_cover_time", "DELETE FROM warehouse.fact_match"),
    "another street": (
        "match states and told streets",
        "UPDATE warehouse.fact_told_street SET street = '某某街道'",
    ),
    "22: in review beside whom he is not": (
        "22_who_was_decided_to_be_two_is_two",
        """INSERT INTO ledger.identity_act (kind, person_id, other_person_id, reason, decided_by)
           SELECT 'apart', min(person_id), max(person_id), '', '' FROM identity.line_person;
           INSERT INTO ledger.identity_decision (source_id, line_id, person_id, verdict, rule, decided_by, act)
           SELECT submission_id, line_id, person_id, 'different', rule, '', (SELECT max(act) FROM ledger.identity_act)
           FROM identity.line_person WHERE person_id = (SELECT min(person_id) FROM identity.line_person);
           INSERT INTO ledger.held_apart_from SELECT (SELECT max(act) FROM ledger.identity_act), line_id
           FROM identity.line_person WHERE person_id = (SELECT max(person_id) FROM identity.line_person);
           INSERT INTO identity.negative SELECT DISTINCT person_id, other_person_id FROM identity.told_apart;
           INSERT INTO identity.review_case SELECT person_id, other_person_id, 'doubtful' FROM identity.negative""",
    ),
    "keys lost": ("sealed lines", "DELETE FROM identity.person_key"),
    "keys swapped": (
        "sealed lines",
        "UPDATE identity.person_key SET wrapped = set_byte(wrapped, 30, 255 - get_byte(wrapped, 30))",
    ),
    "a line moved": (
        "sealed lines",
        "UPDATE ledger.roster_line AS l SET sealed = o.sealed"
        " FROM ledger.roster_line AS o WHERE o.line_id <> l.line_id",
    ),
}


@pytest.fixture(scope="module")
def base(settings: Settings, database: Database, tmp_path_factory: pytest.TempPathFactory) -> Database:
    """Four batches: a file that cannot be read, another employer's roster of other people, and two months of one
    employer with a quarantined and a repeated line; and a registry that knows one of three."""
    folder = tmp_path_factory.mktemp("files")
    registry = folder / "registry.csv"
    name, number = PEOPLE[0][:2]
    registry.write_text(
        f"登记编号,姓名,公民身份号码,现居住街道,登记日期,登记状态\n1,{name},{number},新碶街道,2024-01-01,有效\n"
    )
    load_registry(settings, database, registry)
    nobody = ["", "", "女", "", "", "", "2024-01-01"]
    (folder / "photo.xlsx").write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(100))
    others = roster(folder / "others.xlsx", [worker(1), worker(2)], title="7月")
    units = ("宁波甲乙电子有限公司", "宁波丙丁服装有限公司", "宁波丙丁服装有限公司", "宁波甲乙电子有限公司")
    people = [[*person, unit] for person, unit in zip((*PEOPLE, PEOPLE[0]), units, strict=True)]
    header = [*HEADER, "用工单位"]
    months = {n: roster(folder / f"{n}.xlsx", [*people, nobody], title=f"{n}月", header=header) for n in (5, 6)}
    for employer, month, file in (
        (EMPLOYER, 5, folder / "photo.xlsx"),
        (OTHER_EMPLOYER, 7, others),
        *((EMPLOYER, month, file) for month, file in months.items()),
    ):
        given = Given(employer, dt.date(2024, month, 1), "full")
        ingest(settings, database, waiting_files([file]).files, given, lambda *_: None)
    return database


@pytest.fixture
def batches(base: Database) -> list[int]:
    """Their numbers: unreadable, the other employer's, the first month, the second."""
    with base.loader.connect() as connection:
        return list(connection.execute(text("SELECT DISTINCT batch_id FROM intake.submission ORDER BY 1")).scalars())


@pytest.fixture(scope="module")
def administrator(base: Database) -> Iterator[Engine]:
    """One connection serves all tests: a new one would have to learn every table again."""
    engine = create_engine(base.admin, hide_parameters=True)
    yield engine
    engine.dispose()


@pytest.fixture
def behind(administrator: Engine) -> Iterator[Connection]:
    """The administrator's connection, past triggers and foreign keys; nothing that it does stays."""
    with administrator.connect() as connection:
        connection.execute(text("SET LOCAL session_replication_role = replica"))
        yield connection
        connection.rollback()


def says_of(check: str) -> str:
    file = SQL / "invariants" / f"{check}.sql"
    return file.read_text(encoding="utf-8").splitlines()[0].removeprefix("-- ") if file.is_file() else check


def the_one(found: list[Finding], check: str) -> Finding:
    (finding,) = [finding for finding in found if says_of(check) in finding.says]
    return finding


def test_every_check_has_a_test_that_breaks_it(base: Database) -> None:
    found = list(verify(base))
    assert [finding for finding in found if finding.broken or finding.warnings] == []
    assert {the_one(found, check).says for check in SPOILT} == {finding.says for finding in found}


@pytest.mark.parametrize(
    ("check", "spoil"),
    [pytest.param(*case, id=case[0]) for case in SPOILT.items()]
    + [pytest.param(*case, id=name) for name, case in MORE.items()],
)
def test_what_is_altered_is_found(base: Database, behind: Connection, check: str, spoil: str) -> None:
    behind.exec_driver_sql(spoil)
    assert the_one(list(findings(behind, base)), check).broken


FAULTS = [
    pytest.param(check, spoil, id=name)
    for name, check, spoil in [
        *((check, check, spoil) for check, spoil in SPOILT.items()),
        *((n, *m) for n, m in MORE.items()),
    ]
    # Neither is of the batch, and its person has no registration.
    if check not in OF_THE_BASE and name not in {"every batch", "a person too many", "05: a record"}
]


def test_a_batch_is_checked_for_all_but_the_registry(base: Database, batches: list[int]) -> None:
    whole = [finding.says for finding in verify(base)]
    for batch in batches:
        found = list(verify(base, batch))
        assert [finding for finding in found if finding.broken or finding.warnings] == []
        # What is derived again says how much of the batch that is.
        assert [finding.says.split(" (")[0] for finding in found] == [
            says.split(" (")[0] for says in whole if says not in map(says_of, OF_THE_BASE)
        ]


@pytest.mark.parametrize(("check", "spoil"), FAULTS)
def test_what_is_altered_in_a_batch_is_found_after_it(
    base: Database, behind: Connection, batches: list[int], check: str, spoil: str
) -> None:
    behind.exec_driver_sql(spoil)
    assert the_one(list(findings(behind, base, batches[-1])), check).broken


@pytest.mark.parametrize(("check", "spoil"), FAULTS)
def test_what_is_altered_elsewhere_is_not_looked_at_after_a_batch(
    base: Database, behind: Connection, batches: list[int], check: str, spoil: str
) -> None:
    behind.exec_driver_sql(spoil)
    assert [finding.says for finding in findings(behind, base, batches[0]) if finding.broken] == []


def test_sealed_lines_of_every_month_are_opened(base: Database, behind: Connection) -> None:
    behind.exec_driver_sql("UPDATE ledger.roster_line SET sealed = '' WHERE report_month = '2024-05-01'")
    finding = the_one(list(findings(behind, base)), "sealed lines")
    assert 0 < finding.broken <= 5, "those of the other month open"


def test_a_person_who_was_erased_is_no_fault(base: Database, behind: Connection) -> None:
    """Neither key nor tokens are left: there is nothing to open."""
    behind.exec_driver_sql("DELETE FROM identity.person_key; DELETE FROM identity.line_token")
    assert the_one(list(findings(behind, base)), "sealed lines").broken == 0


@pytest.mark.parametrize("how", ["gone", "altered"])
def test_an_original_that_is_gone_or_altered_is_found(
    base: Database, settings: Settings, batches: list[int], how: str
) -> None:
    with base.loader.connect() as connection:
        number = connection.execute(text("SELECT max(submission_id) FROM intake.submission")).scalar_one()
    file = original(settings, number)
    sealed = file.read_bytes()
    try:
        file.unlink() if how == "gone" else file.write_bytes(sealed[:-1])
        assert the_one(list(verify(base, batches[-1])), "originals of files").examples == [(number,)]
        assert the_one(list(verify(base)), "originals of files").broken == 1
        assert the_one(list(verify(base, batches[0])), "originals of files").broken == 0
    finally:
        file.write_bytes(sealed)
    assert the_one(list(verify(base)), "originals of files").broken == 0


def test_verify_looks_at_one_moment(base: Database) -> None:
    spoil = text("UPDATE warehouse.fact_submission SET rows_read = rows_read + CAST(:by AS integer)")
    found = verify(base)
    first = next(found)
    with base.loader.begin() as connection:
        connection.execute(spoil, {"by": 1})
    try:
        assert [finding.says for finding in [first, *found] if finding.broken] == []
        assert [finding.says for finding in verify(base) if finding.broken] == [
            says_of("12_submissions_are_in_the_warehouse")
        ]
    finally:
        with base.loader.begin() as connection:
            connection.execute(spoil, {"by": -1})


def test_verify_writes_nothing(base: Database) -> None:
    with base.loader.connect() as connection:
        connection = connection.execution_options(isolation_level="REPEATABLE READ")
        assert list(findings(connection, base))
        assert connection.exec_driver_sql("SHOW transaction_read_only").scalar_one() == "on"


def test_a_batch_with_a_run_at_work_is_named_and_breaks_nothing(base: Database) -> None:
    with base.loader.begin() as connection:
        batch = open_batch(connection)
    with base.loader.connect() as run:
        assert run.execute(statement("locks/try_batch"), {"batch_id": batch}).scalar_one()
        run.commit()
        finding = the_one(list(verify(base)), "every batch")
        assert finding.broken == 0
        assert finding.warnings == [warning for warning in finding.warnings if f"batch {batch} " in warning] != []
        run.execute(text("SELECT pg_advisory_unlock_all()"))
        run.commit()
    finding = the_one(list(verify(base)), "every batch")
    assert finding.broken == 1
    assert "nobody is at work" in finding.warnings[0]
    with base.loader.begin() as connection:
        connection.execute(statement("intake/close_batch"), {"batch_id": batch})
    assert the_one(list(verify(base)), "every batch").broken == 0


def test_after_an_extract_its_persons_are_checked_and_the_registry(base: Database, behind: Connection) -> None:
    with base.loader.connect() as connection:
        (load,) = connection.execute(text("SELECT load_id FROM ledger.registry_load")).scalars()
    assert verify_load(base, load) > verify_persons(base, [])
    for check in ("15_residences_follow_the_registry", "06_registry_balances", "attributes of each person"):
        with behind.begin_nested() as spoilt:
            behind.exec_driver_sql(SPOILT[check])
            assert the_one(list(findings(behind, base, NO_BATCH, load_id=load)), check).broken
            spoilt.rollback()


def test_after_a_decision_its_persons_and_the_files_that_name_them_are_checked(
    base: Database, behind: Connection
) -> None:
    with base.loader.connect() as connection:
        find = "SELECT {}(person_id) FROM identity.line_person JOIN intake.submission USING (submission_id)"
        find += f" WHERE employer_uscc = '{EMPLOYER}'"
        person = connection.execute(text(find.format("min"))).scalar_one()
    assert verify_persons(base, [person])
    for check in ("14_one_number_one_person", "12_submissions_are_in_the_warehouse", "the spells are those"):
        with behind.begin_nested() as spoilt:
            behind.exec_driver_sql(SPOILT[check])
            assert the_one(list(findings(behind, base, NO_BATCH, [person])), check).broken
            spoilt.rollback()


def test_one_employer_of_a_batch_is_derived_again_however_many_lines_it_has(
    base: Database, batches: list[int], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(MOST, "most_lines", 1)
    assert "(1 of 1 employers" in the_one(list(verify(base, batches[-1])), "the spells are those").says
