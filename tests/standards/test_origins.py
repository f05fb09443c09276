"""Where somebody comes from, by how rosters say it (messiness F7, F8)."""

from __future__ import annotations

import pyarrow as pa
import pytest

from clearbase.standards.divisions import PROVINCES
from clearbase.standards.origins import origin_all

TOLD = {
    "安徽": "340000", "安徽省": "340000", "安徽阜阳": "341200", "安徽省阜阳市颍上县新集镇1号": "341200",
    "阜阳颍上": "341200",
    "北京市朝阳区建国路": "110000", "北京朝阳": "110000", "上海市浦东新区": "310000", "重庆万州": "500000",
    "吉林市": "220200", "吉林省吉林市船营区": "220200", "吉林": "220000", "海南": "460000", "海南省海口市": "460100",
    "青海海南州": "630000", "内蒙古呼和浩特": "150100", "湖北恩施": "422800", "恩施土家族苗族自治州巴东县": "422800",
    "新疆维吾尔自治区喀什地区": "653100", "浙江宁波北仑": "330200", "河南 信阳": "411500", "西双版纳景洪": "532800",
    "安徽信阳": "340000", "颍上县": None, "湖南路5号": None, "苏州路1号": None, "朝阳区": None, "公司宿舍": None,
    "": None,
}  # fmt: skip


@pytest.mark.parametrize("address", TOLD)
def test_as_far_as_the_address_tells(address: str) -> None:
    assert origin_all(pa.array([address, None])).to_pylist() == [TOLD[address], None]


def test_every_province_is_found_by_its_name() -> None:
    found = origin_all(pa.array(list(PROVINCES.values()))).to_pylist()
    assert found == [f"{code}0000" for code in PROVINCES]
