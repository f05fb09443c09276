"""Where somebody comes from as a division code (GB/T 2260), as far as an address tells it: a prefecture, or a province
alone (messiness F8).

A code of four zeros or two is no place to live in but enough to count by, and tells nobody: it may be kept in clear.

>>> origin_all(pa.array(["安徽", "安徽阜阳", "阜阳市颍上县新集镇", "颍上县"])).to_pylist()
['340000', '341200', '341200', None]
"""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path
from typing import Final

import pyarrow as pa
import pyarrow.compute as pc

from clearbase.standards.distinct import Column, each_distinct, one_array
from clearbase.standards.divisions import PROVINCES

NAMES: Final = Path(__file__).with_name("prefecture_names.txt")
ENDING = "(?:维吾尔自治区|壮族自治区|回族自治区|特别行政区|自治区|省|市)"
PEOPLES = "蒙古|藏|回|朝鲜|土家|苗|羌|彝|布依|侗|哈尼|壮|傣|景颇|白|傈僳|哈萨克|柯尔克孜"  # of autonomous prefectures
PREFECTURE_ENDING = rf"(?:(?:(?:{PEOPLES})族?)*自治州|市|地区|盟)\Z"
# What makes another place of a name: 苏州路 is a road, 朝阳区 a district, 湖南镇 a town.
ANOTHER = "[区县镇乡村街路道弄]"


def origin_all(addresses: Column) -> pa.Array:
    """Six digits for each address: of the prefecture that it names, else of the province; null where neither stands at
    its beginning. A prefecture of another province than the address names is not taken."""
    text = pc.replace_substring_regex(one_array(addresses), r"[\s,，.。、·]+", "")
    text = pc.replace_substring_regex(text, r"\A吉林市", "吉林省吉林市")  # the only one called as its province
    found = pc.extract_regex(text, _pattern())
    whole = pc.binary_join_element_wise(
        *(pc.fill_null(pc.struct_field(found, [part]), "") for part in ("province", "city", "other")), "|"
    )
    return each_distinct(whole, _code)


def _code(parts: str) -> str | None:
    province, city, other = parts.split("|")
    of_province, of_city = _provinces().get(province), _prefectures().get(city)
    is_city = of_city is not None and (not other or city in _whole_names())
    if of_city is not None and is_city and of_province in (None, of_city[:2]):
        return of_city + "00"
    if of_province is None or (other and not city):
        return None
    return of_province + "0000"


@cache
def _pattern() -> str:
    provinces, cities = ("|".join(sorted(each, key=len, reverse=True)) for each in (_provinces(), _prefectures()))
    return rf"\A(?P<province>(?:{provinces})?)(?P<city>(?:{cities})?)(?P<other>{ANOTHER}?)"


@cache
def _provinces() -> dict[str, str]:
    """Names, whole and short → two digits."""
    return {form: code for code, name in PROVINCES.items() for form in (name, re.sub(ENDING + r"\Z", "", name))}


@cache
def _whole_names() -> frozenset[str]:
    return frozenset(line.split()[1] for line in NAMES.read_text(encoding="utf-8").splitlines() if line[0] != "#")


@cache
def _prefectures() -> dict[str, str]:
    """Names, whole and short → four digits; no short one that is a province's or another prefecture's."""
    lines = [line.split() for line in NAMES.read_text(encoding="utf-8").splitlines() if line[0] != "#"]
    short: dict[str, set[str]] = {}
    for code, name in lines:
        short.setdefault(re.sub(PREFECTURE_ENDING, "", name), set()).add(code)
    told = {name: codes.pop() for name, codes in short.items() if len(codes) == 1 and name not in _provinces()}
    return told | {name: code for code, name in lines}
