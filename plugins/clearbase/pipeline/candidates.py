"""Who may be meant by people without a number that decides: records and roster lines that share a blocking key.

Only these are opened, in memory; the cost follows whom is asked for and not the base.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from sqlalchemy import Connection

from clearbase.identity.blocks import KINDS, block_tokens, lists_of
from clearbase.identity.features import CELLS, features_of_canonical
from clearbase.identity.matching import Around
from clearbase.identity.person_keys import unwrapped
from clearbase.intake.claim import LINES_A_SOURCE
from clearbase.pipeline.submissions import staged
from clearbase.privacy.keyring import Keyring
from clearbase.privacy.landing import open_table
from clearbase.privacy.sealing import open_sealed, row_name
from clearbase.settings import Settings
from clearbase.warehouse.copying import copy_rows
from clearbase.warehouse.statements import statement

KEPT = (*CELLS, "id_number_damaged")
COUNTED = {"name": ["name"], "house": ["h_place", "h_house"], "room": ["c_place", "c_house"]}
ENOUGH = 8  # names that one house or room may have and still tell somebody (sql/link/macros/names_a_house)


@dataclass(frozen=True)
class Known:
    """``people``: ``features``, ``id`` (text), ``owner`` and ``person`` (int64), ``is_record``; ``around``: what the
    base says of the names, houses and rooms of those asked for; ``any_meet``: whether two of these share a key."""

    people: pa.Table
    around: Around
    any_meet: bool


def find_known(
    connection: Connection, keyring: Keyring, owners: pa.Array, asked: pa.Table, batch_id: int | None = None
) -> Known:
    """Whom ``asked`` (``features``) may be, of all that ``identity.block_token`` knows but files that the batch takes
    again. Leaves their own tokens in the temporary table ``asked_token`` (``owner_id, tokens``) under their ids, for
    those who keep them."""
    tokens = block_tokens(keyring.token, asked)
    lists = lists_of(tokens)
    some = pc.greater(pc.list_value_length(lists), 0)
    connection.execute(statement("resolve/asked"))
    connection.execute(statement("resolve/found"))
    copy_rows(connection, "asked_token", pa.table({"owner_id": owners, "tokens": lists}).filter(some))
    told = [(kind.number, kind.most) for kind in KINDS.values() if kind.most is not None]
    kinds = {"kinds": [number for number, _ in told]}
    found = connection.execute(statement("resolve/candidates"), kinds | {"mosts": [most for _, most in told]}).rowcount
    if found:
        connection.execute(statement("resolve/candidates_apart"))
    any_meet = bool(connection.execute(statement("resolve/any_meet"), kinds).scalar())
    sealed = statement("resolve/candidates_sealed")
    rows = connection.execute(sealed, {"batch_id": batch_id}).all() if found else []
    owner = pa.array([row.owner_id for row in rows], pa.int64())
    columns = {
        "id": in_order(owner),
        "owner": owner,
        "person": pa.array([row.person_id for row in rows], pa.int64()),
        "is_record": pa.array([row.is_record for row in rows], pa.bool_()),
    }
    people = people_of(keyring, rows)
    for name, values in columns.items():
        people = people.append_column(name, values)
    return Known(people, _around(connection, asked, dict(tokens), columns["person"]), any_meet)


def people_of(keyring: Keyring, rows: Sequence[Any]) -> pa.Table:
    """``features`` of sealed lines or records: ``owner_id, is_record, key_no, sealed, wrapped``."""
    opened = [json.loads(_opened(keyring, row)) for row in rows]
    return features_of_canonical(pa.table({f: pa.array([each.get(f) for each in opened], pa.string()) for f in KEPT}))


def told_lines(settings: Settings, keyring: Keyring, submission_id: int, line_ids: list[int]) -> pa.Table:
    """What these lines of a staged file say of their person: ``KEPT``."""
    lines = open_table(keyring, staged(settings, submission_id, "checked"))
    nothing = pa.nulls(lines.num_rows, pa.string())
    told = {name: lines[name] if name in lines.column_names else nothing for name in KEPT}
    return pa.table(told).take(pa.array(np.array(line_ids) - submission_id * LINES_A_SOURCE - 1))


def in_order(ids: pa.Array) -> pa.Array:
    """Ids of lines or records as texts that sort as they do, for ``match``."""
    return pc.utf8_lpad(ids.cast(pa.string()), 20, "0")


def _around(connection: Connection, asked: pa.Table, tokens: dict[str, pa.Array], persons: pa.Array) -> Around:
    counted = [kind for kind, (_, most) in KINDS.items() if most is None]
    bound = {"kinds": [KINDS[kind].number for kind in counted]}
    many = {r.token: r.many for r in connection.execute(statement("resolve/counted"), bound)} if len(persons) else {}
    people = int(connection.execute(statement("resolve/people_known")).scalar_one())
    rows = connection.execute(statement("resolve/apart"), {"persons": persons.unique().to_pylist()}).all()
    pairs = zip(*rows, strict=True) if rows else ([], [])
    apart = pa.table({name: pa.array(side, pa.int64()) for name, side in zip(("person", "other"), pairs, strict=True)})
    names, houses, rooms = (_counted(asked, kind, tokens[kind], many) for kind in counted)
    return Around(people, names, houses, rooms, apart)


def _opened(keyring: Keyring, row: Any) -> bytes:
    key = {row.key_no: unwrapped(keyring, row.key_no, row.wrapped)}
    place = row_name("registry_record" if row.is_record else "roster_line", row.owner_id)
    return open_sealed(key, bytes(row.sealed), place)


def _counted(asked: pa.Table, kind: str, tokens: pa.Array, many: dict[int, int]) -> pa.Table:
    """Of names how many have them; of houses and rooms those in which too many stand."""
    columns = COUNTED[kind]
    known = pa.array([*many, 0], pa.int64())  # the last is no token, for those that nobody was asked about
    at = pc.fill_null(pc.index_in(tokens, value_set=known), len(many))
    counts = pa.array([*many.values(), 0], pa.int64()).take(at)
    told = asked.select(columns).append_column("many", counts)
    if kind != "name":
        told = told.filter(pc.greater(counts, ENOUGH))
    told = told.group_by(columns, use_threads=False).aggregate([("many", "max")])
    return told.rename_columns([*columns, "many"])
