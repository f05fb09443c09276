"""Whom the model finds for registry records that no number has settled: workers whom rosters know, and doubles.

A worker without a record whom a new record is certainly is that record's person. Two records join by a human decision
alone, however sure the weights are, so the second stands for a provisional person and is asked about.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import numpy as np
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


def weigh_records(connection: Connection, keyring: Keyring, ids: pa.Array, records: pa.Table) -> None:
    """Give records in ``incoming`` that stand for nobody known the persons that the model finds, and keep the tokens of
    all. ``ids`` and canonical ``records``: of all that the extract brought."""
    kept = connection.execute(statement("registry/open_records")).all()
    if not kept:
        return
    places = pa.array([row.record_id for row in kept], pa.int64())
    people = features_of_canonical(records.take(pa.array(np.searchsorted(ids.to_numpy(), places.to_numpy()))))
    known = find_known(connection, keyring, places, people)
    if known.people.num_rows or known.any_meet:
        people = people.append_column("id", in_order(places))
        model = current_model()
        matched = match(known.people, people, model, known.around)
        open_rows = {n: row.record_id for n, row in enumerate(kept) if row.is_open}
        registered = {row.person_id for row in connection.execute(statement("registry/registered"))}
        weighed = list(_found(matched, known.people["person"].to_pylist(), registered, open_rows))
        keep_weighed(connection, weighed)
        connection.execute(statement("registry/take_weighed"), {"model": model.version})
    connection.execute(statement("registry/keep_tokens"))


def _found(
    matched: Matched, persons: list[int], registered: set[int], open_rows: Mapping[int, int]
) -> Iterator[Weighed]:
    """``registered``: of the candidates' persons those who have a record; ``open_rows``: row → record."""
    best = matched.likeliest().to_pylist()
    together = matched.person.to_pylist()
    taken = set(registered)
    for row, record in open_rows.items():
        one = best[row]
        rule, weighed = NAMES.get(one["rule"], one["rule"]), (one["weight"], one["levels"])
        if one["outcome"] == "new":
            other = open_rows.get(together[row], record)
            if other != record:
                yield Weighed(record, record, record, other, DOUBLE, None, None)
            continue
        person = persons[one["who"]]
        if one["outcome"] == "same" and person not in taken:
            taken.add(person)
            yield Weighed(record, record, person, None, rule, *weighed)
        else:
            yield Weighed(record, record, record, person, DOUBLE if person in registered else rule, *weighed)
