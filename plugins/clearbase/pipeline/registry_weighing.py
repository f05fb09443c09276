"""Whom the model finds for registry records that no number has settled: workers whom rosters know, and doubles.

A worker without a record whom a new record is certainly is that record's person; so is who has its number under another
spelling of the name. Two records join by a human decision alone, however sure the weights are, so the second stands for
a provisional person and is asked about.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

import numpy as np
import numpy.typing as npt
import pyarrow as pa
from sqlalchemy import Connection

from clearbase.identity.features import features_of_canonical
from clearbase.identity.matching import Matched, match
from clearbase.identity.settling import NAMES, Weighed
from clearbase.pipeline.candidates import find_known, in_order
from clearbase.pipeline.weighing import current_model, keep_weighed
from clearbase.privacy.keyring import Keyring
from clearbase.warehouse.statements import statement

DOUBLE = "registry_double"


class Open(NamedTuple):
    """Of every record: its id, whether the rules leave it open, whom its number makes it in review beside (0:
    nobody)."""

    records: npt.NDArray[np.int64]
    is_open: npt.NDArray[np.bool_]
    candidates: npt.NDArray[np.int64]


def weigh_records(connection: Connection, keyring: Keyring, ids: pa.Array, records: pa.Table) -> None:
    """Give records in ``incoming`` that stand for nobody known, or whose number is under another name, the persons that
    the model finds, and keep the tokens of all. ``ids`` and canonical ``records``: of all that the extract brought."""
    told = connection.execute(statement("registry/open_records")).one()
    if told.records is None:
        return
    kept = Open(np.array(told.records, np.int64), np.array(told.is_open), np.array(told.candidates, np.int64))
    people = features_of_canonical(records.take(pa.array(np.searchsorted(ids.to_numpy(), kept.records))))
    owners = pa.array(kept.records)
    known = find_known(connection, keyring, owners, people)
    if known.people.num_rows or known.any_meet:
        people = people.append_column("id", in_order(owners))
        model = current_model()
        matched = match(known.people, people, model, known.around)
        registered = {row.person_id for row in connection.execute(statement("registry/registered"))}
        weighed = list(_found(matched, known.people["person"].to_numpy(), registered, kept))
        keep_weighed(connection, weighed)
        connection.execute(statement("registry/take_weighed"), {"model": model.version})
    connection.execute(statement("registry/keep_tokens"))


def _found(matched: Matched, persons: npt.NDArray[np.int64], registered: set[int], kept: Open) -> Iterator[Weighed]:
    """Of whom the weights say anything. ``registered``: of the candidates' persons those who have a record."""
    best = matched.likeliest()
    first = matched.person.to_numpy()  # of the records that are one person the first
    is_new = kept.is_open & (kept.candidates == 0)
    met = best["outcome"].to_numpy(zero_copy_only=False) != "new"
    double = is_new & is_new[first] & (first != np.arange(len(first)))
    rows = np.flatnonzero(kept.is_open & met | double)
    taken = set(registered)
    stands: dict[int, int] = {}
    for row, one in zip(rows.tolist(), best.take(pa.array(rows)).to_pylist(), strict=True):
        record, candidate = int(kept.records[row]), int(kept.candidates[row])
        rule, weighed = NAMES.get(one["rule"], one["rule"]), (one["weight"], one["levels"])
        if one["outcome"] == "new":
            other = int(kept.records[first[row]])
            yield Weighed(record, record, record, stands.get(other, other), DOUBLE, None, None)
            continue
        person = int(persons[one["who"]])
        if one["outcome"] == "same" and person not in taken and candidate in (0, person):
            taken.add(person)
            stands[record] = person
            yield Weighed(record, record, person, None, rule, *weighed)
        elif candidate in (0, person):
            yield Weighed(record, record, record, person, DOUBLE if person in registered else rule, *weighed)
