"""The resident registry: an extract becomes append-only records, each of which stands for a person."""

from __future__ import annotations

import io
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc
from sqlalchemy import Connection

from clearbase.errors import SetupError
from clearbase.identity.line_tokens import person_tokens
from clearbase.identity.person_keys import keys_of_persons
from clearbase.intake.claim import next_source, original
from clearbase.ledger.line_json import json_rows
from clearbase.pipeline.derive import PERSONS, run
from clearbase.pipeline.registry_weighing import weigh_records
from clearbase.pipeline.resolve import line_ids
from clearbase.privacy.labels import unread_label
from clearbase.privacy.landing import seal_file
from clearbase.privacy.sealing import seal_rows
from clearbase.privacy.tokens import token_all
from clearbase.quality.registry import (
    EMPLOYERS_ONLY,
    REGISTRY_FIELDS,
    REGISTRY_ONLY,
    SUITE,
    canonical_records,
    foreign_columns,
)
from clearbase.quality.rule_book import plain
from clearbase.quality.suite import load_suite
from clearbase.reading.catalogue import Catalogue, load_catalogue
from clearbase.reading.file import read_roster
from clearbase.reading.observations import OBSERVED
from clearbase.reading.reasons import explain
from clearbase.settings import EXPECTATIONS, Settings
from clearbase.standards.distinct import one_array
from clearbase.standards.streets import street_all
from clearbase.warehouse.copying import copy_rows
from clearbase.warehouse.database import Database
from clearbase.warehouse.statements import statement

CASCADE = (
    "analyse",
    "drop_said_otherwise",
    "drop_known",
    "drop_said_twice",
    "same_record",
    "known_number",
    "other_name",
    "new_person",
)
FOUND = ("persons", "person_tokens")
AFTER_RECORDS = (
    "record_tokens",
    "moves",
    "retire",
    "record_persons",
    "decisions",
    "review_cases",
    "residences",
    "affected_persons",
)


@dataclass(frozen=True)
class RegistryLoad:
    """What an extract brought, as which source. ``read = loaded + known + quarantined + set_aside``; ``flagged``: rule
    of ``expectations/registry.json`` → how often."""

    load_id: int
    read: int
    loaded: int
    known: int
    quarantined: int
    set_aside: int
    flagged: dict[str, int]


def load_registry(settings: Settings, database: Database, file: Path) -> RegistryLoad:
    """Load one extract in one transaction. Records in words that the ledger holds already are counted as known.

    Raises SetupError, with nothing written, where the file cannot be read or is no extract but a roster.
    """
    if not file.is_file():
        raise SetupError(f"no such file: {file}")
    data = file.read_bytes()
    catalogue = load_catalogue(EXPECTATIONS / "registry_fields.csv")
    result = read_roster(data, file.name, catalogue, every_month=True)
    if result.lines is None:
        raise SetupError(f"the registry extract cannot be read: {explain(result.reason)}")
    foreign = foreign_columns(result, catalogue)
    if foreign is not None:
        raise SetupError(_no_extract(file.name, foreign, catalogue))
    checked = canonical_records(result)
    records, quarantined = checked.records, checked.quarantined
    read = sum(sheet.read for sheet in result.sheets)
    set_aside = read - sum(sheet.lines for sheet in result.sheets)
    with database.loader.begin() as connection:
        load_id = next_source(connection)
        digest, _ = seal_file(database.keyring, original(settings, load_id), io.BytesIO(data))
        loaded = _load(database, connection, load_id, records)
        counts = RegistryLoad(load_id, read, loaded, records.num_rows - loaded, quarantined, set_aside, checked.flagged)
        connection.execute(
            statement("registry/load"),
            {
                "load_id": load_id,
                "file_name": unread_label(file.name),
                "file_sha256": digest,
                "rows_read": read,
                "rows_loaded": loaded,
                "rows_known": counts.known,
                "rows_quarantined": quarantined,
                "rows_set_aside": set_aside,
            },
        )
    with database.loader.begin() as connection:
        connection.execute(statement("publish/analyse_changed"))
    return counts


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


def _no_extract(file_name: str, found: list[str], catalogue: Catalogue) -> str:
    labels = load_catalogue().labels | catalogue.labels
    wanted, unwanted = ("、".join(labels[field] for field in fields) for fields in (REGISTRY_ONLY, EMPLOYERS_ONLY))
    return (
        f"{unread_label(file_name)} is no registry extract, nothing was loaded: its columns are {'、'.join(found)}; "
        f"an extract has one of {wanted} and none of {unwanted}. An employer's roster goes in by `clearbase ingest`; "
        "for another name of a column add a synonym to expectations/registry_fields.csv"
    )


def _load(database: Database, connection: Connection, load_id: int, records: pa.Table) -> int:
    ids = line_ids(load_id, records.num_rows)
    clears = json_rows(records, [f for f in REGISTRY_FIELDS if f in records.column_names])
    key = database.keyring.token
    tokens = person_tokens(key, records)
    own = records["registry_no"] if "registry_no" in records.column_names else pa.nulls(records.num_rows, pa.string())
    run(connection, ("work_tables",), {})
    connection.execute(statement("registry/incoming"))
    copy_rows(
        connection,
        "incoming",
        pa.table(
            {
                "record_id": ids,
                "row_no": records["row"],
                "registered": records["registered"],
                "registry_no": token_all(key, "registry_no", own),
                **tokens,
                "content": token_all(key, "registry_record", clears.cast(pa.string())),
            }
        ),
    )
    connection.execute(statement("publish/lock_numbers"))
    for step in CASCADE:
        connection.execute(statement(f"registry/{step}"))
    weigh_records(connection, database.keyring, ids, records)
    for step in FOUND:
        connection.execute(statement(f"registry/{step}"))
    kept = connection.execute(statement("registry/assignments")).all()
    if not kept:
        return 0
    places = pa.array([row.record_id - ids[0].as_py() for row in kept], pa.int64())
    persons = [row.person_id for row in kept]
    keys = keys_of_persons(connection, database.keyring, sorted(set(persons)))
    numbers = [keys[person][0] for person in persons]
    record_ids = [row.record_id for row in kept]
    taken = records.take(places)
    copy_rows(
        connection,
        "ledger.registry_record",
        pa.table(
            {
                "record_id": pa.array(record_ids, pa.int64()),
                "load_id": pa.array([load_id] * len(kept), pa.int64()),
                "row_no": taken["row"],
                "registered": taken["registered"],
                "registered_on": _date(taken, "residence_reg_date"),
                "cancelled_on": _date(taken, "cancelled_on"),
                "registration_told_on": pa.array([row.registration_told_on for row in kept], pa.date32()),
                "cancellation_told_on": pa.array([row.cancellation_told_on for row in kept], pa.date32()),
                "sex": _text(taken, "sex"),
                "birth_month": _month(taken),
                "street": pc.coalesce(
                    street_all(_text(taken, "current_street"), _text(taken, "current_address")),
                    one_array(_text(taken, "current_street")),
                ),
                "key_no": pa.array(numbers, pa.int64()),
                "sealed": pa.array(
                    seal_rows(
                        "registry_record", record_ids, numbers, dict(keys.values()), clears.take(places).to_pylist()
                    ),
                    pa.binary(),
                ),
            }
        ),
    )
    for step in AFTER_RECORDS:
        connection.execute(statement(f"registry/{step}"), {"load_id": load_id})
    run(connection, PERSONS, {})
    return len(kept)


def _text(table: pa.Table, name: str) -> pa.ChunkedArray:
    return table[name] if name in table.column_names else pa.chunked_array([pa.nulls(table.num_rows, pa.string())])


def _date(table: pa.Table, name: str) -> pa.ChunkedArray:
    text = _text(table, name)
    return pc.if_else(pc.equal(pc.utf8_length(text), 10), text, pa.scalar(None, pa.string())).cast(pa.date32())


def _month(table: pa.Table) -> pa.ChunkedArray:
    birth = _text(table, "birth_date")
    return pc.binary_join_element_wise(pc.utf8_slice_codeunits(birth, 0, 7), "01", "-").cast(pa.date32())
