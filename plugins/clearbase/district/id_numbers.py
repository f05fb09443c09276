"""Identity numbers by GB 11643-1999 for many people at once.

The arithmetic is our own and not the library's (``standards``), so that the library is checked against another hand.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from clearbase.district import places

Ints = npt.NDArray[np.int64]
Bools = npt.NDArray[np.bool_]

_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_CHECKS = np.array(list("10X98765432"))


def with_check(body: Ints) -> list[str]:
    """The 18 characters of each number, from its first 17 digits."""
    total = np.zeros(len(body), dtype=np.int64)
    for place, weight in enumerate(_WEIGHTS):
        total += body // 10 ** (16 - place) % 10 * weight
    return [f"{number}{check}" for number, check in zip(body.tolist(), _CHECKS[total % 11].tolist(), strict=True)]


def draw_bodies(rng: np.random.Generator, sex: Ints, birth: Ints, county: Ints) -> Ints:
    """The first 17 digits, no two alike. Numbers came with the first card (1984 on), later ever nearer to birth."""
    dates = birth.astype("datetime64[D]")
    year = dates.astype("datetime64[Y]").astype(np.int64) + 1970
    month = dates.astype("datetime64[M]").astype(np.int64) % 12 + 1
    day = (dates - dates.astype("datetime64[M]")).astype(np.int64) + 1
    issued = np.maximum(np.where(year < 1985, year + 16, year + 4), 1986)
    now = np.array([int(place[0]) for place in places.COUNTIES])[county]
    withdrawn = np.array([int(place[1] or 0) for place in places.COUNTIES])[county]
    area = np.where(issued < np.array([place[2] for place in places.COUNTIES])[county], withdrawn, now)
    stem = area * 10**11 + (year * 10_000 + month * 100 + day) * 1000
    body: Ints = stem + rng.integers(0, 499, len(sex)) * 2 + np.where(sex == 1, 1, 2)
    while True:
        order = np.argsort(body, kind="stable")
        again = order[1:][np.diff(body[order]) == 0]
        if not len(again):
            return body
        body[again] = stem[again] + rng.integers(0, 499, len(again)) * 2 + np.where(sex[again] == 1, 1, 2)
