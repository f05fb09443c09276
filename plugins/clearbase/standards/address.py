"""Addresses as identity compares them: county, place (village, road, estate) and house numbers, no list of places
needed.

Provinces and prefectures are taken off the front, since rosters leave them out as they like (messiness F7, F8). What a
county, place or house is called is never judged: these are keys for comparing.

>>> parts_all(pa.array(["浙江省宁波市北仑区新碶街道明州路12号3幢101室"]))["house"].to_pylist()
['12-3-101']
"""

from __future__ import annotations

import re

import pyarrow as pa
import pyarrow.compute as pc

from clearbase.standards.distinct import Column, each_distinct, one_array
from clearbase.standards.divisions import PROVINCES

_STEMS = sorted({name.removesuffix("省").removesuffix("市").removesuffix("特别行政区").replace("回族自治区", "")
                 .replace("维吾尔自治区", "").replace("壮族自治区", "").removesuffix("自治区")
                 for name in PROVINCES.values()}, key=len, reverse=True)  # fmt: skip
PROVINCE = rf"\A(?:{'|'.join(_STEMS)})(?:省|市|(?:回族|维吾尔|壮族)?自治区|特别行政区)?"
# The first character may be any (镇海区, 路桥区), the others none that ends something smaller.
CITY = r"\A.[^街镇乡村路号弄0-9县区旗市]{0,11}?(?:市|自治州|地区|盟)"
COUNTY = r"\A(?P<county>.[^街镇乡村路号弄0-9区县旗市]{0,11}?(?:自治县|县|区|旗|市|林区))"
PLACE = r"\A(?:.*(?:街道|镇|乡))?(?P<place>[^0-9]*)"
DIGITS = "零一二三四五六七八九"
COUNTED = "(组|号|幢|栋|楼|单元|室|弄|队|社|层)"
# What ends a name of a place, as far as two characters are left (老街村 is 老街).
PLACE_TAIL = r"\A(.{2,}?)(?:自然村|村委会|村民委员会|居委会|社区|小区|村|路|街|大道|道|第|组)+\z"


def parts_all(values: Column) -> dict[str, pa.Array]:
    """``county``, ``place``, ``house`` of every address; null where it does not say. House: its numbers in order, as
    ``12-3-101``."""
    text = pc.replace_substring_regex(
        pc.utf8_normalize(one_array(values), "NFKC"), r"[\s,，.。;；、()（）\[\]·'\"]+", ""
    )
    counted = pc.fill_null(pc.match_substring_regex(text, f"[{DIGITS}十]{COUNTED}"), False)
    if pc.any(counted, min_count=0).as_py():
        text = pc.replace_with_mask(text, counted, each_distinct(text.filter(counted), _arabic))
    text = pc.replace_substring_regex(text, PROVINCE, "")
    city = pc.struct_field(pc.extract_regex(text, f"(?P<city>{CITY})"), ["city"])
    inner = pc.replace_substring_regex(text, CITY, "")
    county = pc.struct_field(pc.extract_regex(inner, COUNTY), ["county"])
    rest = pc.replace_substring_regex(inner, COUNTY, "")
    county = pc.replace_substring_regex(pc.coalesce(county, city), r"(?:自治县|县|区|旗|市)\z", "")
    place = pc.replace_substring_regex(pc.struct_field(pc.extract_regex(rest, PLACE), ["place"]), PLACE_TAIL, r"\1")
    house = pc.utf8_trim(pc.replace_substring_regex(rest, "[^0-9A-Za-z]+", "-"), "-")
    return {"county": _or_null(county), "place": _or_null(place), "house": _or_null(house)}


def _arabic(text: str) -> str:
    """``十二组`` → ``12组``, up to 99 and only before what is counted."""
    return re.sub(rf"(?:([{DIGITS}])?(十))?([{DIGITS}])?(?={COUNTED})", _number, text)


def _number(match: re.Match[str]) -> str:
    if not match[0]:
        return ""
    tens = (DIGITS.index(match[1]) if match[1] else 1) if match[2] else 0
    return str(10 * tens + (DIGITS.index(match[3]) if match[3] else 0))


def _or_null(text: pa.Array) -> pa.Array:
    return pc.if_else(pc.equal(text, ""), pa.scalar(None, pa.string()), text)
