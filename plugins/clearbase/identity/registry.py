"""A registry that many batches are matched against: its keys are sorted once, and a batch looks up those of its own
lines, so that it costs what the batch is and not what the registry is.

Whoever shares no key with a line can be none of its candidates (``sql/link/blocks``) and none of those whom a phone, a
house or a room is shared by. How common a name is, is counted over the whole registry. So the answer is that of
``match`` over all records, line for line.
"""

from __future__ import annotations

from typing import Final

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from clearbase.identity.matching import Matched, decided, memory_of, numbered
from clearbase.identity.model import Model
from clearbase.identity.statements import open_memory, text

# A line's key (a column of ``sql/link/asked_keys.sql``), and the record's that it is looked up among.
ASKED: Final = (
    ("number", "number"), ("area_birth", "area_birth"), ("area_tail", "area_tail"), ("birth_tail", "birth_tail"),
    ("phone", "phone"), ("phone", "phone_2"), ("phone_2", "phone"), ("sound_birth", "sound_birth"),
    ("turned_birth", "sound_birth"), ("house", "house"), ("room", "room"), ("county_name", "county_name"),
    ("surname_birth_county", "surname_birth_county"),
)  # fmt: skip

Keys = dict[str, npt.NDArray[np.uint64]]


class Registry:
    """``records``: ``features`` with an ``id``, as ``match`` takes them."""

    def __init__(self, records: pa.Table) -> None:
        self.records = records.combine_chunks()
        self._order: dict[str, npt.NDArray[np.int64]] = {}
        self._sorted: Keys = {}
        keys = keys_of(self.records)
        for kind in {record for _, record in ASKED}:
            order = np.argsort(keys[kind], kind="stable")
            order = order[np.searchsorted(keys[kind], 0, "right", sorter=order) :]
            self._order[kind], self._sorted[kind] = order, keys[kind][order]
        names = pc.value_counts(self.records["name"].drop_null())
        self._names = pa.table({"name": names.field("values"), "many": names.field("counts")})

    def near(self, lines: pa.Table) -> npt.NDArray[np.int64]:
        """Places of the records that share a key with a line, rising."""
        asked = keys_of(lines)
        found = np.zeros(self.records.num_rows, np.bool_)
        for line, record in ASKED:
            keys = np.unique(asked[line])
            begin, end = (np.searchsorted(self._sorted[record], keys, side) for side in ("left", "right"))
            many = end - begin
            steps = np.arange(many.sum()) - np.repeat(many.cumsum() - many, many)
            found[self._order[record][np.repeat(begin, many) + steps]] = True
        return np.flatnonzero(found)

    def match(self, lines: pa.Table, model: Model) -> Matched:
        """``matching.match`` of ``lines`` against this registry."""
        near = self.near(lines)
        records = self.records.take(pa.array(near))
        with memory_of(records, lines, self._names) as connection:
            matched = decided(connection, records, model)
        answer = matched.answer
        who = pc.take(pa.array(near), answer["who"])
        return Matched(answer.set_column(answer.column_names.index("who"), "who", who), matched.person)


def keys_of(people: pa.Table) -> Keys:
    """Each person's keys, hashed; 0 where one is not told."""
    connection = open_memory()
    try:
        connection.register("people_asked", numbered(people))
        told = connection.sql(text("asked_keys")).fetchnumpy()
    finally:
        connection.close()
    return {kind: np.asarray(keys) for kind, keys in told.items()}
