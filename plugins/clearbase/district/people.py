"""Made-up people as numpy columns: a million of them take some 50 MB, and text is made only for those asked for.

People 0 … ``registered`` − 1 are in the resident registry, the rest only work here. The numbers are valid by GB 11643
and no two people share one.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

import numpy as np

from clearbase.district import places, words
from clearbase.district.id_numbers import Bools, Ints, draw_bodies, with_check
from clearbase.district.origins import DOTTED, draw_counties, draw_ethnic_groups

GIVEN = words.GIVEN_MALE + words.GIVEN_FEMALE + words.RARE_GIVEN
SURNAMES = words.SURNAMES + words.DOUBLE_SURNAMES


@dataclass
class People:
    """One array a column, one element a person. ``sex`` 1 male 2 female (GB/T 2261.1); ``birth`` days since 1970-01-01;
    ``body`` the first 17 digits of the number; ``county`` a place in ``places.COUNTIES``; ``dotted`` −1 or a place in
    ``DOTTED``; ``moved`` and ``new_phone``: the registry still has the former address or phone."""

    registered: int
    sex: Ints
    birth: Ints
    county: Ints
    body: Ints
    surname: Ints
    given: Ints
    second: Ints
    dotted: Ints
    ethnic: Ints
    phone: Ints
    hukou: Ints
    home: Ints
    moved: Bools
    new_phone: Bools

    def __len__(self) -> int:
        return len(self.sex)

    def names(self, who: Ints) -> list[str]:
        out = []
        for surname, given, second, dotted in zip(
            self.surname[who].tolist(), self.given[who].tolist(), self.second[who].tolist(), self.dotted[who].tolist(),
            strict=True,
        ):  # fmt: skip
            if dotted >= 0:
                out.append(DOTTED[dotted])
            else:
                out.append(SURNAMES[surname] + GIVEN[given] + (GIVEN[second] if second >= 0 else ""))
        return out

    def id_numbers(self, who: Ints) -> list[str]:
        return with_check(self.body[who])

    def births(self, who: Ints) -> list[dt.date]:
        days: list[dt.date] = self.birth[who].astype("datetime64[D]").tolist()
        return days

    def sexes(self, who: Ints) -> list[str]:
        return ["男" if sex == 1 else "女" for sex in self.sex[who].tolist()]

    def ethnic_groups(self, who: Ints) -> list[str]:
        return [words.ETHNIC_GROUPS[group] for group in self.ethnic[who].tolist()]

    def phones(self, who: Ints, *, as_registered: bool = False) -> list[str]:
        phone = self.phone[who]
        if as_registered:  # the former number: same prefix, other digits
            phone = np.where(self.new_phone[who], phone - phone % 10**8 + (phone % 10**8 * 7 + 12345) % 10**8, phone)
        return [str(number) for number in phone.tolist()]

    def hukou_addresses(self, who: Ints) -> list[str]:
        out = []
        for county, code in zip(self.county[who].tolist(), self.hukou[who].tolist(), strict=True):
            _, _, _, province, city, name = places.COUNTIES[county]
            town, village = words.TOWNS[code % 22], words.VILLAGES[code // 22 % 24]
            out.append(f"{province}{city}{name}{town}{village}{code // 528 % 18 + 1}组{code // 9504 % 99 + 1}号")
        return out

    def home_streets(self, who: Ints, *, as_registered: bool = False) -> list[str]:
        return [words.STREETS[code % 11] for code in self._home(who, as_registered).tolist()]

    def home_addresses(self, who: Ints, *, as_registered: bool = False) -> list[str]:
        out = []
        for code in self._home(who, as_registered).tolist():
            road, number = words.ROADS[code // 11 % 24], code // 264 % 400 + 1
            block, room = code // 105600 % 30 + 1, code // 3168000 % 6 * 100 + code // 19008000 % 8 + 101
            out.append(f"浙江省宁波市北仑区{words.STREETS[code % 11]}{road}{number}号{block}幢{room}室")
        return out

    def _home(self, who: Ints, as_registered: bool) -> Ints:
        code = self.home[who]
        return np.where(self.moved[who], (code * 13 + 5) % 150_000_000, code) if as_registered else code


def make_people(seed: int, *, registered: int, worker: Bools, today: dt.date) -> People:
    """``len(worker)`` people, the first ``registered`` of them for the registry. Workers are 18 to 62 years old on
    ``today``; the others any age. Nobody with a hukou in the city's own urban area is registered: they do not float."""
    rng = np.random.default_rng([seed, 1])
    count = len(worker)
    sex = np.where(rng.random(count) < 0.56, 1, 2)
    day = (today - dt.date(1970, 1, 1)).days
    working_age = 18.1 + 44 * rng.beta(1.6, 2.3, count)
    any_age = np.where(rng.random(count) < 0.2, 16 * rng.random(count), 16 + 68 * rng.beta(1.4, 2.6, count))
    birth = (day - np.where(worker, working_age, any_age) * 365.25).astype(np.int64)
    county = draw_counties(rng, count, registered)
    body = draw_bodies(rng, sex, birth, county)
    surname = (len(words.SURNAMES) * rng.random(count) ** 2.2).astype(np.int64)
    double = rng.random(count) < 0.008
    surname[double] = len(words.SURNAMES) + rng.integers(0, len(words.DOUBLE_SURNAMES), int(double.sum()))
    men, women, rare = len(words.GIVEN_MALE), len(words.GIVEN_FEMALE), len(words.RARE_GIVEN)
    low, high = np.where(sex == 1, 0, men), np.where(sex == 1, men, men + women)
    given, second = rng.integers(low, high), rng.integers(low, high)
    second[rng.random(count) < 0.22] = -1
    odd = rng.random(count) < 0.003
    given[odd] = men + women + rng.integers(0, rare, int(odd.sum()))
    ethnic, dotted = draw_ethnic_groups(rng, sex, county)
    prefix = np.array(words.PHONE_PREFIXES)[rng.integers(0, len(words.PHONE_PREFIXES), count)]
    phone = prefix * 10**8 + rng.integers(0, 10**8, count)
    shared = np.flatnonzero(rng.random(count) < 0.004)  # two people, one phone: couples and parents
    phone[shared] = phone[shared - 1]
    street = rng.choice(11, count, p=np.array(words.STREET_WEIGHT) / sum(words.STREET_WEIGHT))
    home = rng.integers(0, 13_600_000, count) * 11 + street
    return People(
        registered, sex, birth, county, body, surname, given, second, dotted, ethnic, phone,
        rng.integers(0, 940_000, count), home, rng.random(count) < 0.15, rng.random(count) < 0.1,
    )  # fmt: skip
