"""Made-up employers: valid GB 32100-2015 codes, names as on a business licence, one of Beilun's eleven streets."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from clearbase.district import words

# How carefully an employer keeps its roster: (share of employers, factor on every share of dirt). The mean factor is 1.
# Dirt lumps: most offices are careful, a few spoil much, so some rosters are wholly clean.
CARE: tuple[tuple[float, float], ...] = ((0.35, 0.03), (0.45, 0.9), (0.20, 2.92))

_USCC_ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"
_ORG_ALPHABET = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"
_ORG_WEIGHTS = (3, 7, 9, 10, 5, 8, 4, 2)
_SMALLEST, _LARGEST = 5, 400  # of employers whose sizes average about 117, as in the default district


@dataclass(frozen=True)
class Employer:
    """``size``: people employed at the start. ``care``: factor on the shares of dirt."""

    number: int
    uscc: str
    name: str
    street: str
    size: int
    care: float


def credit_code(organisation: str, region: str = "330206") -> str:
    """GB 32100-2015 code of a company (91), registered in ``region``, over the first eight characters of its
    organisation code (GB 11714); both check characters are worked out here."""
    rest = 11 - sum(_ORG_ALPHABET.index(c) * w for c, w in zip(organisation, _ORG_WEIGHTS, strict=True)) % 11
    body = f"91{region}{organisation}{'X' if rest == 10 else '0' if rest == 11 else rest}"
    total = sum(_USCC_ALPHABET.index(c) * pow(3, place, 31) for place, c in enumerate(body))
    return body + _USCC_ALPHABET[(31 - total % 31) % 31]


def make_employers(seed: int, *, count: int, workers: int) -> list[Employer]:
    """``count`` employers with about ``workers`` people in all, sizes log-normal."""
    rng = np.random.default_rng([seed, 2])
    share = np.clip(rng.lognormal(0.0, 1.0, count), _SMALLEST / 71, _LARGEST / 71)
    sizes = np.maximum(_SMALLEST, np.round(share / share.sum() * workers)).astype(np.int64)
    factor = np.array([factor for _, factor in CARE])[rng.choice(len(CARE), count, p=[part for part, _ in CARE])]
    street = rng.choice(11, count, p=np.array(words.STREET_WEIGHT) / sum(words.STREET_WEIGHT))
    names: set[str] = set()
    codes: set[str] = set()
    out = []
    for number in range(count):
        name, code = _name(rng), _code(rng)
        while name in names:
            name = _name(rng)
        while code in codes:
            code = _code(rng)
        names.add(name)
        codes.add(code)
        out.append(
            Employer(number, code, name, words.STREETS[int(street[number])], int(sizes[number]), float(factor[number]))
        )
    return out


def _code(rng: np.random.Generator) -> str:
    return credit_code("MA" + "".join(_USCC_ALPHABET[place] for place in rng.integers(0, len(_USCC_ALPHABET), 6)))


def _name(rng: np.random.Generator) -> str:
    place = ("宁波", "宁波北仑", "宁波经济技术开发区")[int(rng.choice(3, p=[0.5, 0.42, 0.08]))]
    style = words.EMPLOYER_STYLES[int(rng.integers(len(words.EMPLOYER_STYLES)))]
    more = words.EMPLOYER_MORE[int(rng.integers(len(words.EMPLOYER_MORE)))] if rng.random() < 0.5 else ""
    trade = words.EMPLOYER_TRADES[int(rng.integers(len(words.EMPLOYER_TRADES)))]
    return f"{place}{style}{more}{trade}有限公司"
