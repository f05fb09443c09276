"""The tokens of a table of people: what identity is joined on."""

from __future__ import annotations

import pyarrow as pa
import pyarrow.compute as pc

from clearbase.privacy.tokens import token_all
from clearbase.standards import name as names

FULL_DATE = "^[0-9]{4}-[0-9]{2}-[0-9]{2}$"


def person_tokens(key: bytes, people: pa.Table) -> dict[str, pa.Array]:
    """``number``, ``name``, ``name_birth``, ``phone`` tokens of canonical lines or records (absent columns: null).

    The name is compared without spaces and dots; a birth date known to the month alone is no evidence.
    """
    name = names.key_all(_column(people, "name"))
    birth = _column(people, "birth_date")
    birth = pc.if_else(pc.match_substring_regex(birth, FULL_DATE), birth, pa.scalar(None, pa.string()))
    return {
        "number": token_all(key, "number", _column(people, "id_number")),
        "name": token_all(key, "name", name),
        "name_birth": token_all(key, "name_birth", pc.binary_join_element_wise(name, birth, "|")),
        "phone": token_all(key, "phone", _column(people, "phone")),
    }


def _column(people: pa.Table, name: str) -> pa.Array:
    if name not in people.column_names:
        return pa.nulls(people.num_rows, pa.string())
    column = people[name]
    return column.combine_chunks() if isinstance(column, pa.ChunkedArray) else column
