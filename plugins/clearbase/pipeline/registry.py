"""The resident registry: an extract becomes append-only records, each of which stands for a person."""

from __future__ import annotations

import contextlib
import io
from dataclasses import dataclass
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc
from sqlalchemy import Connection

from clearbase.errors import SetupError
from clearbase.identity.line_tokens import person_tokens
from clearbase.identity.person_keys import keys_of_persons
from clearbase.intake.claim import next_source, original
from clearbase.intake.sql_extract import SqlSource
from clearbase.ledger.line_json import json_rows
from clearbase.pipeline.derive import PERSONS, run
from clearbase.pipeline.registry_extract import Extract, file_extract, how_to_name, no_extract, sql_extract, sql_source
from clearbase.pipeline.registry_presence import ExtractKind, refuse_loss, tell_presence, told_kind
from clearbase.pipeline.registry_weighing import weigh_records
from clearbase.pipeline.resolve import line_ids
from clearbase.privacy.landing import seal_file
from clearbase.privacy.sealing import seal_rows
from clearbase.privacy.tokens import token_all
from clearbase.quality.registry import REGISTRY_FIELDS, canonical_records, foreign_columns
from clearbase.reading.catalogue import load_catalogue
from clearbase.reading.file import read_roster
from clearbase.reading.reasons import explain
from clearbase.settings import EXPECTATIONS, Settings
from clearbase.standards.distinct import one_array
from clearbase.standards.origins import origin_all
from clearbase.standards.streets import street_all
from clearbase.warehouse.copying import copy_rows
from clearbase.warehouse.database import Database
from clearbase.warehouse.statements import statement

CASCADE = (
    "analyse",
    "named",
    "drop_said_otherwise",
    "said_again",
    "drop_known",
    "drop_said_twice",
    "same_record",
    "same_number_and_name",
    "known_number",
    "held_apart",
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
    of ``expectations/registry.json`` → how often. ``missed``: records that a full extract no longer holds, stale from
    it on; ``returned``: stale ones that it holds again."""

    load_id: int
    read: int
    loaded: int
    known: int
    quarantined: int
    set_aside: int
    kind: ExtractKind
    missed: int
    returned: int
    flagged: dict[str, int]


def load_registry(
    settings: Settings,
    database: Database,
    file: Path,
    kind: ExtractKind | None = None,
    *,
    confirmed: bool = False,
    is_told: bool = False,
) -> RegistryLoad:
    """Load one extract in one transaction. Records in words that the ledger holds already are counted as known.

    ``kind``: what the extract is; None: by its title or name, else an increment. ``confirmed``: a full one may lack
    more of what stood than ``settings.registry_most_lost``. ``is_told``: it is said to be an extract, as it is where
    ``kind`` says what it is; then it needs no column that only a registry has.

    Raises SetupError, with nothing written, where the file cannot be read or is no extract but a roster, or lacks more.
    """
    is_told = is_told or kind is not None
    return load_extract(settings, database, file_extract(file), kind, confirmed=confirmed, is_told=is_told)


def load_source(
    settings: Settings,
    database: Database,
    source: SqlSource | None = None,
    kind: ExtractKind | None = None,
    *,
    confirmed: bool = False,
) -> RegistryLoad | None:
    """The same for what a database answers, by default that of the settings; None where an increment has no rows.
    Raises SetupError as well where the database cannot be asked, or has no rows for a full extract."""
    source = source or sql_source(settings, None, None, None)
    kind = kind or settings.registry_kind or told_kind([source.name])
    extract = sql_extract(source)
    if extract is not None:
        return load_extract(settings, database, extract, kind, confirmed=confirmed, is_told=True)
    if kind == "full":
        raise SetupError(f"{source.name} of {source.place} holds no rows, and a full extract holds the whole registry")
    return None


def load_extract(
    settings: Settings,
    database: Database,
    extract: Extract,
    kind: ExtractKind | None,
    *,
    confirmed: bool,
    is_told: bool,
) -> RegistryLoad:
    """The same for what a file holds or a database has answered, which is sealed as the original."""
    catalogue = load_catalogue(EXPECTATIONS / "registry_fields.csv")
    result = read_roster(extract.data, extract.file_name, catalogue, every_month=True)
    if result.lines is None:
        why = explain(result.reason) + how_to_name(extract, catalogue)
        raise SetupError(f"the registry extract cannot be read: {why}")
    foreign = foreign_columns(result, catalogue, is_told=is_told)
    if foreign is not None:
        raise SetupError(no_extract(extract, foreign, catalogue))
    kind = kind or told_kind([*result.facts.titles, *extract.names])
    checked = canonical_records(result)
    records, quarantined = checked.records, checked.unusable.num_rows
    read = sum(sheet.read for sheet in result.sheets)
    set_aside = read - sum(sheet.lines for sheet in result.sheets)
    with database.loader.begin() as connection, contextlib.ExitStack() as undone:
        load_id = next_source(connection)
        sealed = original(settings, load_id)
        undone.callback(sealed.unlink, missing_ok=True)
        digest, _ = seal_file(database.keyring, sealed, io.BytesIO(extract.data))
        loaded = _load(database, connection, load_id, records)
        presence = tell_presence(connection, database.keyring.token, load_id, kind, checked.unusable)
        if not confirmed:
            refuse_loss(presence, settings.registry_most_lost)
        counts = RegistryLoad(
            load_id=load_id,
            read=read,
            loaded=loaded,
            known=records.num_rows - loaded,
            quarantined=quarantined,
            set_aside=set_aside,
            kind=kind,
            missed=presence.missed,
            returned=presence.returned,
            flagged=checked.flagged,
        )
        connection.execute(
            statement("registry/load"),
            {
                "load_id": load_id,
                "file_name": extract.label,
                "file_sha256": digest,
                "kind": kind,
                "source": extract.source,
                "rows_read": read,
                "rows_loaded": loaded,
                "rows_known": counts.known,
                "rows_quarantined": quarantined,
                "rows_set_aside": set_aside,
                "records_stood": presence.stood,
                "records_missed": presence.missed,
                "records_returned": presence.returned,
            },
        )
        if loaded:
            connection.execute(statement("registry/note_conflicts"), {"load_id": load_id})
        undone.pop_all()
    with database.loader.begin() as connection:
        connection.execute(statement("publish/analyse_changed"))
    return counts


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
                "replaces": pa.array([row.replaces for row in kept], pa.int64()),
                "registered": taken["registered"],
                "registered_on": _date(taken, "residence_reg_date"),
                "cancelled_on": _date(taken, "cancelled_on"),
                "registration_told_on": pa.array([row.registration_told_on for row in kept], pa.date32()),
                "cancellation_told_on": pa.array([row.cancellation_told_on for row in kept], pa.date32()),
                "sex": _text(taken, "sex"),
                "birth_month": _month(taken),
                "household_area": origin_all(_text(taken, "household_address")),
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
