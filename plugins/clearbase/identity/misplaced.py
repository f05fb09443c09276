"""Name, number and phone in each other's cells, or a number in the name's: put back before anything is compared.

Only where both cells say so themselves: a cell of names that holds digits and beside it a name, a cell of numbers that
holds a mobile number and beside it a citizen's number or nothing.
"""

from __future__ import annotations

from typing import Final

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from clearbase.standards import name
from clearbase.standards.distinct import one_array, spread_distinct

A_NAME: Final = r"\A\s*[㐀-䶿一-鿿](?:[ \x{3000}]*[㐀-䶿一-鿿]){1,3}(?:·[㐀-䶿一-鿿]+)?\s*\z"
DIGITS: Final = "[0-9][0-9 -]{9,}"
A_NUMBER: Final = r"\A['\s]*(?:[0-9]{15}|[0-9]{6}\s*[0-9]{8}\s*[0-9]{3}[0-9Xx])\s*\z"
A_MOBILE: Final = r"\A['\s]*(?:\+?86)?[ -]*1[3-9][0-9][ -]?[0-9]{4}[ -]?[0-9]{4}(?:\.0)?\s*\z"


def put_back(cells: dict[str, pa.Array]) -> dict[str, pa.Array]:
    """``name``, ``id_number`` and ``phone`` (texts without nulls) with misplaced cells in their places; the others as
    they are."""
    said = {column: cells[column] for column in ("name", "id_number", "phone")}
    digits = _matching(said["name"], DIGITS)
    for other, form in (("phone", A_MOBILE), ("id_number", A_NUMBER)):
        turned = digits & _matching(said["name"], form, digits)
        _exchange(said, "name", other, turned & _matching(said[other], A_NAME, turned))
    said |= _taken_out(said, digits & _matching(said["id_number"], r"\A\s*\z", digits))
    mobile = _matching(said["id_number"], A_MOBILE)
    bare = _matching(said["phone"], rf"(?:{A_NUMBER})|\A\s*\z", mobile)
    _exchange(said, "id_number", "phone", mobile & bare)
    return cells | said


def _exchange(said: dict[str, pa.Array], one: str, other: str, rows: npt.NDArray[np.bool_]) -> None:
    if rows.any():
        mask = pa.array(rows)
        said[one], said[other] = pc.if_else(mask, said[other], said[one]), pc.if_else(mask, said[one], said[other])


def _taken_out(said: dict[str, pa.Array], rows: npt.NDArray[np.bool_]) -> dict[str, pa.Array]:
    """A name and its number in one cell, each in its own."""
    if not rows.any():
        return {}
    mask = pa.array(rows)
    names, numbers = spread_distinct(said["name"].filter(mask), lambda text: name.parts(text) or (text, ""), 2)
    return {
        "name": pc.replace_with_mask(said["name"], mask, names),
        "id_number": pc.replace_with_mask(said["id_number"], mask, numbers),
    }


def _matching(texts: pa.Array, pattern: str, among: npt.NDArray[np.bool_] | None = None) -> npt.NDArray[np.bool_]:
    if among is not None and not among.any():
        return among
    return np.asarray(pc.match_substring_regex(one_array(texts), pattern).to_numpy(zero_copy_only=False))
