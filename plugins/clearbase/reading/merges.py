"""Merged cells: only the first cell of a merge holds its value, and it holds it for all (messiness F3)."""

from __future__ import annotations

from typing import Final

import numpy as np
import numpy.typing as npt

from clearbase.reading.grid import Grid

# What belongs to one person alone is not given to the rows below, merge or not.
NEVER_FILLED: Final = frozenset({"name", "id_number", "phone", "row_no", "employee_no", "bank_account"})


def filled_from(grid: Grid, column: int, below: int) -> npt.NDArray[np.int64] | None:
    """For each row the row whose cell of this column speaks for it: itself, or the top of the merge that it is in.
    None where every row speaks for itself.

    Merges that begin above row ``below`` (the header's) fill nothing. A merge over several columns is its first's.
    """
    merged = [(first, last) for first, left, last, _ in grid.merges if left == column and below <= first < last]
    if not merged:
        return None
    source = np.arange(grid.rows)
    for first, last in merged:
        source[first : last + 1] = first
    return source
