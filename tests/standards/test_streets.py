"""Streets as cells name them; what is no division's name never comes out."""

from __future__ import annotations

import pyarrow as pa
import pytest

from clearbase.standards.divisions import BEILUN_STREETS
from clearbase.standards.streets import street_all

# (street cell, address cell, the street)
CASES = [
    ("新碶街道", None, "新碶街道"),
    ("新碶", None, "新碶街道"),
    ("北仑区 新碶街道", None, "新碶街道"),
    ("大碶街道(甬保)", None, "大碶街道"),
    ("大碶镇", None, "大碶街道"),
    ("330206001", None, "新碶街道"),
    ("330206011000", None, "郭巨街道"),
    ("330206012", None, None),
    ("蛟川街道", None, "蛟川街道"),
    ("镇海区蛟川街道", None, "镇海区"),
    ("小港街道3号楼502室", None, "小港街道"),
    ("某某路3号", None, None),
    (None, "浙江省宁波市北仑区戚家山街道某某路12号3幢401室", "戚家山街道"),
    (None, "北仑区新碶某某路1号", "新碶街道"),
    (None, "宁波北仑大碶某某村2组", "大碶街道"),
    (None, "大碶街道某某村", "大碶街道"),
    (None, "宁波市鄞州区某某街道1号", "鄞州区"),
    (None, "宁波市鄞州区小港路1号", "鄞州区"),
    (None, "公司宿舍3-502", None),
    (None, "安徽省阜阳市某某镇", None),
    ("小港街道", "北仑区新碶街道1号", "小港街道"),
    ("某宿舍", "北仑区新碶街道1号", "新碶街道"),
    (None, None, None),
]


@pytest.mark.parametrize(("street", "address", "expected"), CASES)
def test_a_street_is_read_from_what_is_said(street: str | None, address: str | None, expected: str | None) -> None:
    assert street_all(pa.array([street], pa.string()), pa.array([address], pa.string())).to_pylist() == [expected]


def test_each_of_the_district_s_streets_is_read_by_name_and_by_code() -> None:
    names = list(BEILUN_STREETS.values())
    nothing = pa.nulls(len(names), pa.string())
    assert street_all(pa.array(names), nothing).to_pylist() == names
    assert street_all(pa.array(list(BEILUN_STREETS)), nothing).to_pylist() == names
    assert street_all(nothing, pa.array([f"北仑区{name}1号" for name in names])).to_pylist() == names
