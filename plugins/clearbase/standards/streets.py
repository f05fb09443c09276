"""Streets (街道) read from what rosters and registries say: a street's name, its code, or an address that holds one.

Only what is a division's name comes out, never a house number: a street may be kept in clear, an address may not.
"""

from __future__ import annotations

import pyarrow as pa
import pyarrow.compute as pc

from clearbase.standards.distinct import Column, one_array
from clearbase.standards.divisions import BEILUN_STREETS, NINGBO_COUNTIES

OWN_COUNTY = "330206"
STEMS = "|".join(sorted((name.removesuffix("街道") for name in BEILUN_STREETS.values()), key=len, reverse=True))
# A stem alone is a street only after the district's own name, or where it is all there is: 小港路 is a road anywhere.
OWN = rf"(?:^|区|市|省)(?:北仑区?)?(?P<stem>{STEMS})(?:街道|镇|乡|$|[（(])|北仑区?(?P<after>{STEMS})"
OTHER_COUNTIES = [(code, name) for code, name in NINGBO_COUNTIES.items() if code != OWN_COUNTY]
COUNTY = "(?P<county>" + "|".join(name for _, name in OTHER_COUNTIES) + ")"
# Some other place's street, as it is: nothing but its name.
ELSEWHERE = r"\A(?P<name>\p{Han}{1,10}(?:街道|镇|乡))\z"
CODE = rf"\A(?P<code>{OWN_COUNTY}0(?:0[1-9]|1[01]))(?:000|[0-9]{{3}})?\z"


def street_all(street: Column, address: Column) -> pa.Array:
    """The street of each row, from its street column, else from its address: one of Beilun's by its full name, another
    county of Ningbo by the county's, another street by what the street column calls it; null where nothing is read."""
    return pc.coalesce(said_all(street), lives_all(address))


def said_all(street: Column) -> pa.Array:
    """What the cells of a street column name, null where they name none."""
    said = _bare(street)
    return pc.coalesce(_own(said), _coded(said), _part(said, COUNTY, "county"), _part(said, ELSEWHERE, "name"))


def lives_all(address: Column) -> pa.Array:
    """The street of Beilun, or the other county of Ningbo, that an address tells; null where it tells none."""
    lives = _bare(address)
    return pc.coalesce(_own(lives), _part(lives, COUNTY, "county"))


def _bare(texts: Column) -> pa.Array:
    return one_array(pc.replace_substring_regex(texts, r"[\s\x{3000}]+", ""))


def _own(texts: pa.Array) -> pa.Array:
    found = pc.extract_regex(texts, OWN)
    stem, after = (pc.struct_field(found, [name]) for name in ("stem", "after"))
    either = pc.binary_join_element_wise(stem, after, "")
    return pc.if_else(
        pc.equal(either, ""), pa.scalar(None, pa.string()), pc.binary_join_element_wise(either, "街道", "")
    )


def _coded(texts: pa.Array) -> pa.Array:
    place = pc.index_in(_part(texts, CODE, "code"), value_set=pa.array(list(BEILUN_STREETS)))
    return pa.array(list(BEILUN_STREETS.values())).take(place)


def _part(texts: pa.Array, pattern: str, name: str) -> pa.Array:
    return pc.struct_field(pc.extract_regex(texts, pattern), [name])
