"""Where people come from: their hukou county, their ethnic group, and names of two parts where those are the custom."""

from __future__ import annotations

import numpy as np

from clearbase.district import places, words
from clearbase.district.id_numbers import Ints

DOTTED = tuple(
    f"{first}{words.DOT}{father}"
    for men, women, fathers in words.DOTTED_NAMES.values()
    for first in men + women
    for father in fathers
)
_SHARE_DOTTED = {"维吾尔族": 0.85, "彝族": 0.5}
_SHARE_LOCAL = 0.35  # of the workers who are in no registry


def draw_counties(rng: np.random.Generator, count: int, registered: int) -> Ints:
    codes = [place[0] for place in places.COUNTIES]
    local = np.array([code in places.LOCAL_COUNTIES for code in codes])
    weight = np.array([places.PROVINCE_WEIGHT.get(code[:2], places.OTHER_PROVINCE) for code in codes])
    # A province's weight is shared by its counties; neighbours in the city, above all the home county, come on top.
    provinces = np.array([int(code[:2]) for code in codes])
    weight = weight / np.array([(provinces == province).sum() for province in provinces]) * ~local
    county: Ints = rng.choice(len(codes), count, p=weight / weight.sum())
    near = registered + np.flatnonzero(rng.random(count - registered) < _SHARE_LOCAL)
    at_home = np.where(local, 1.0, 0.0) + 6.0 * np.array([code == places.HOME_COUNTY for code in codes])
    county[near] = rng.choice(len(codes), len(near), p=at_home / at_home.sum())
    return county


def draw_ethnic_groups(rng: np.random.Generator, sex: Ints, county: Ints) -> tuple[Ints, Ints]:
    """Ethnic group of each person and, for those who have one, the name of two parts (place in ``DOTTED``)."""
    weight = np.array(words.ETHNIC_WEIGHT)
    ethnic: Ints = rng.choice(len(weight), len(sex), p=weight / weight.sum())
    codes = np.array([place[0] for place in places.COUNTIES])
    for prefix, group in (("65", "维吾尔族"), ("5134", "彝族")):
        home = np.char.startswith(codes, prefix)[county] & (rng.random(len(sex)) < 0.8)
        ethnic[home] = words.ETHNIC_GROUPS.index(group)
    dotted = np.full(len(sex), -1)
    start = 0
    for group, (men, women, fathers) in words.DOTTED_NAMES.items():
        mine = (ethnic == words.ETHNIC_GROUPS.index(group)) & (rng.random(len(sex)) < _SHARE_DOTTED[group])
        low, high = np.where(sex == 1, 0, len(men)), np.where(sex == 1, len(men), len(men) + len(women))
        first = rng.integers(low, high)
        dotted[mine] = (start + first * len(fathers) + rng.integers(0, len(fathers), len(sex)))[mine]
        start += (len(men) + len(women)) * len(fathers)
    return ethnic, dotted
