"""The resident registry's extract: everybody registered once, a few twice; some cancelled, some no longer true."""

from __future__ import annotations

import csv
import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from clearbase.district.dirt import fifteen, misheard, wrong_digit
from clearbase.district.id_numbers import Bools, Ints
from clearbase.district.people import People

HEADER = (
    "登记编号", "姓名", "公民身份号码", "性别", "出生日期", "民族", "户籍地址", "现居住地址", "现居住街道", "手机号",
    "登记日期", "登记状态", "注销日期",
)  # fmt: skip
DOUBLES = 0.002
# A second record of the same person: how it differs, and its share of the doubles.
DOUBLE_KINDS: tuple[tuple[str, float], ...] = (
    ("same number, new address", 0.5),
    ("misheard name", 0.2),
    ("fifteen digits", 0.15),
    ("wrong digit", 0.15),
)
CANCELLED_WORKER, CANCELLED_OTHER = 0.03, 0.10
CHUNK = 50_000


@dataclass
class Registry:
    """One element a record, in the order of the extract: the person, 0 or the place of its kind in ``DOUBLE_KINDS``
    plus 1, days (since 1970-01-01) of registration and cancellation (0: valid)."""

    person: Ints
    double: Ints
    since: Ints
    cancelled: Ints

    def __len__(self) -> int:
        return len(self.person)


def record_no(place: int) -> str:
    return f"BL{place + 1:09d}"


def make_registry(seed: int, people: People, worker: Bools, *, extract: dt.date, dirt: float) -> Registry:
    """The extract as of the day before ``extract``."""
    rng = np.random.default_rng([seed, 5])
    day = (extract - dt.date(1970, 1, 1)).days
    everybody = np.arange(people.registered)
    twice = everybody[rng.random(len(everybody)) < DOUBLES * dirt]
    order = rng.permutation(len(everybody) + len(twice))
    kinds = 1 + rng.choice(len(DOUBLE_KINDS), len(twice), p=[share for _, share in DOUBLE_KINDS])
    person = np.concatenate([everybody, twice])[order]
    double = np.concatenate([np.zeros(len(everybody), dtype=np.int64), kinds])[order]
    born = people.birth[person]
    since = np.maximum(np.minimum(born + 30, day - 1), day - 1 - rng.exponential(800, len(person)).astype(np.int64))
    leaves = rng.random(len(person)) < np.where(worker[person], CANCELLED_WORKER, CANCELLED_OTHER)
    cancelled = np.where(leaves, since + rng.integers(0, np.maximum(day - since, 1)), 0)
    return Registry(person, double, since, cancelled)


def write_registry(
    path: Path, seed: int, people: People, registry: Registry, progress: Callable[[str], None] | None
) -> None:
    rng = np.random.default_rng([seed, 6])
    with path.open("w", encoding="utf-8", newline="") as file:
        out = csv.writer(file, lineterminator="\n")
        out.writerow(HEADER)
        for start in range(0, len(registry), CHUNK):
            out.writerows(_records(rng, people, registry, np.arange(start, min(start + CHUNK, len(registry)))))
            if progress:
                progress(f"registry: {min(start + CHUNK, len(registry)):,} of {len(registry):,} records")


def _records(rng: np.random.Generator, people: People, registry: Registry, places: Ints) -> list[tuple[str, ...]]:
    who, double = registry.person[places], registry.double[places]
    name, number = people.names(who), people.id_numbers(who)
    home = people.home_addresses(who, as_registered=True)
    street = people.home_streets(who, as_registered=True)
    phone = people.phones(who, as_registered=True)
    for row in np.flatnonzero(double).tolist():
        match DOUBLE_KINDS[int(double[row]) - 1][0]:
            case "misheard name":
                name[row] = misheard(rng, name[row])
            case "fifteen digits" if number[row][6:8] == "19":
                number[row] = fifteen(number[row])
            case "wrong digit":
                number[row] = wrong_digit(rng, number[row])
        one = who[row : row + 1]
        home[row], street[row] = people.home_addresses(one)[0], people.home_streets(one)[0]
        phone[row] = people.phones(one)[0]
    cancelled = registry.cancelled[places]
    return list(
        zip(
            [record_no(place) for place in places.tolist()], name, number, people.sexes(who),
            [day.isoformat() for day in people.births(who)], people.ethnic_groups(who), people.hukou_addresses(who),
            home, street, phone, _days(registry.since[places]),
            ["注销" if day else "有效" for day in cancelled.tolist()], _days(cancelled), strict=True,
        )
    )  # fmt: skip


def _days(days: Ints) -> list[str]:
    texts = days.astype("datetime64[D]").astype(str).tolist()
    return ["" if not day else text for day, text in zip(days.tolist(), texts, strict=True)]
