"""Days counted from 1904, as workbooks of old Macs do (ECMA-376 part 1, 18.17.4.1).

calamine turns cells in the format of a date into dates by the workbook's own epoch. A bare number in a column of dates
is a day by the same epoch, which only the reader knows: four years and a day lie between the two.
"""

from __future__ import annotations

import datetime as dt
from typing import Final

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from clearbase.records import DATE, NUMBER
from clearbase.standards.calendar_date import EPOCH, SERIALS

DAYS_BETWEEN: Final = (dt.date(1904, 1, 1) - EPOCH).days
_SERIAL: Final = r"^[0-9]{5}(\.[0-9]+)?$"


def days_of_1904(texts: pa.Array, kinds: npt.NDArray[np.int8]) -> tuple[pa.Array, npt.NDArray[np.int8]]:
    """A column of dates with its serial numbers as the dates that they are in a workbook of 1904; all else, ages and
    20210305 among it, as it is."""
    maybe = pc.fill_null(pc.match_substring_regex(texts, _SERIAL), False).to_numpy(zero_copy_only=False)
    rows = np.flatnonzero(maybe & (kinds == NUMBER))
    if not rows.size:
        return texts, kinds
    days = texts.take(pa.array(rows)).cast(pa.float64()).to_numpy().astype(np.int64) + DAYS_BETWEEN
    plausible = (days >= SERIALS.start) & (days < SERIALS.stop)
    rows, days = rows[plausible], days[plausible]
    is_day = np.zeros(len(texts), np.bool_)
    is_day[rows] = True
    dates = pa.array(np.datetime64(EPOCH) + days).cast(pa.date32()).cast(pa.string())
    return pc.replace_with_mask(texts, pa.array(is_day), dates), np.where(is_day, np.int8(DATE), kinds)
