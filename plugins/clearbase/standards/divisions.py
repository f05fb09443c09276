"""Administrative divisions (GB/T 2260), as far as checking needs them: provinces, Ningbo's counties, Beilun's streets.

Two digits tell the province for current and withdrawn codes alike. Of six digits no list is complete, and genuine
numbers carry codes that none knows (domain.md, Standards): an unknown one is worth a warning and no more.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path

PROVINCES: dict[str, str] = {
    "11": "北京市", "12": "天津市", "13": "河北省", "14": "山西省", "15": "内蒙古自治区",
    "21": "辽宁省", "22": "吉林省", "23": "黑龙江省",
    "31": "上海市", "32": "江苏省", "33": "浙江省", "34": "安徽省", "35": "福建省", "36": "江西省", "37": "山东省",
    "41": "河南省", "42": "湖北省", "43": "湖南省", "44": "广东省", "45": "广西壮族自治区", "46": "海南省",
    "50": "重庆市", "51": "四川省", "52": "贵州省", "53": "云南省", "54": "西藏自治区",
    "61": "陕西省", "62": "甘肃省", "63": "青海省", "64": "宁夏回族自治区", "65": "新疆维吾尔自治区",
    "71": "台湾省", "81": "香港特别行政区", "82": "澳门特别行政区",
}  # fmt: skip
# First two digits that are no province of today: residence permits of Taiwan people.
OTHER_PREFIXES: dict[str, str] = {"83": "台湾居民居住证"}

# Ningbo's counties now, and withdrawn codes with the one they went into (江东, 鄞县, 奉化市).
NINGBO_COUNTIES: dict[str, str] = {
    "330203": "海曙区", "330205": "江北区", "330206": "北仑区", "330211": "镇海区", "330212": "鄞州区",
    "330213": "奉化区", "330225": "象山县", "330226": "宁海县", "330281": "余姚市", "330282": "慈溪市",
}  # fmt: skip
NINGBO_WITHDRAWN: dict[str, str] = {"330204": "330212", "330227": "330212", "330283": "330213"}

BEILUN_STREETS: dict[str, str] = {
    "330206001": "新碶街道", "330206002": "小港街道", "330206003": "大碶街道", "330206004": "霞浦街道",
    "330206005": "柴桥街道", "330206006": "戚家山街道", "330206007": "大榭街道", "330206008": "梅山街道",
    "330206009": "春晓街道", "330206010": "白峰街道", "330206011": "郭巨街道",
}  # fmt: skip

CODES = Path(__file__).with_name("division_codes.txt")
# Numbers that were given out under codes which no list holds (messiness C10); 50xxxx besides, of people in Chongqing
# who were born before it was a province, and xxxx01, the districts of a city taken together.
GENUINE = frozenset(("321119", "441282"))


def province(code: str) -> str | None:
    """Name of the province that a division code or an identity number begins with; None where no list knows it."""
    return PROVINCES.get(code[:2])


@cache
def known_areas() -> frozenset[str]:
    """Six-digit codes with which a genuine number may begin: present, withdrawn, and those of ``GENUINE``."""
    known = set(GENUINE)
    for line in CODES.read_text(encoding="utf-8").splitlines():
        if line.startswith("#"):
            continue
        prefecture, *runs = line.split()
        known.add(prefecture + "01")
        for run in runs:
            first, _, last = run.partition("-")
            known.update(f"{prefecture}{county:02d}" for county in range(int(first), int(last or first) + 1))
    return frozenset(known)


def is_known_area(code: str) -> bool:
    """Whether six digits are ones that a genuine citizen's number may carry."""
    return code in known_areas() or code.startswith("50")
