"""People and files as somebody else would draw them, for `stranger_draws.py`: none of it comes from
``identity/draw.py``, its words or its ways to spoil a cell. Everybody and everything in them is invented.
"""

from __future__ import annotations

import datetime as dt
import random
from dataclasses import dataclass, field

FAMILY = (
    "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕苏卢"
    "蒋蔡贾丁魏薛叶阎余潘杜戴夏锺汪田任姜范方石姚谭廖邹熊金陆郝孔白崔康毛邱秦江史顾侯邵孟"
)
MEN, WOMEN = (
    "伟强磊洋勇军杰涛明超刚平辉鹏华飞鑫波斌宇浩凯健俊帆帅旭宁龙林欢阳建亮成畅峰毅昊志远子轩一鸣国栋家豪",
    "芳娜敏静丽艳娟霞玲婷雪慧莹倩丹红兰梅琴云莲真环秀月菊翠琼芬春怡诗梦佳淑珍雅欣美英瑶思雨涵紫桂凤",
)
# Area code, and how the registry and people write it.
AREAS = (
    ("330212", "浙江省", "宁波市", "鄞州区"), ("330211", "浙江省", "宁波市", "镇海区"),
    ("330281", "浙江省", "宁波市", "余姚市"),
    ("411525", "河南省", "信阳市", "固始县"), ("341522", "安徽省", "六安市", "霍邱县"),
    ("522422", "贵州省", "毕节地区", "大方县"),
    ("532128", "云南省", "昭通市", "镇雄县"), ("513425", "四川省", "凉山彝族自治州", "会理县"),
    ("362331", "江西省", "上饶市", "鄱阳县"),
    ("500235", "重庆市", "", "云阳县"), ("150426", "内蒙古自治区", "赤峰市", "翁牛特旗"),
    ("450821", "广西壮族自治区", "贵港市", "平南县"),
)  # fmt: skip
TOWNS = ("城关镇", "大桥镇", "石门乡", "清水镇", "白杨乡", "龙泉镇", "三河镇", "新田乡")
VILLAGES = ("李家村", "东坪村", "桥头村", "上湾村", "红星村", "太平村", "向阳村", "河口村", "老街村", "双井村")
STREETS = ("中河街道", "下应街道", "首南街道", "钟公庙街道", "邱隘镇", "五乡镇", "姜山镇")
ROADS = (
    "泰康中路",
    "四明中路",
    "天童北路",
    "日丽西路",
    "兴宁路",
    "百丈东路",
    "宁姜公路",
    "启明路",
    "鄞县大道",
    "前河南路",
)
ESTATES = ("和顺家园", "东湖花园", "金桂苑", "凤凰新村", "盛世华城", "宏泰小区", "鄞州人才公寓", "四季桂花园")
FIRMS = ("恒通五金厂", "甬江汽配有限公司", "海达物流", "双马机械股份有限公司", "明辉劳务派遣有限公司", "老王烧烤店")
HEADS = ("130", "131", "135", "136", "137", "138", "139", "150", "158", "159", "177", "182", "186", "188", "199")
WEIGHTS, CHECKS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2), "10X98765432"

Cells = dict[str, str]
Rng = random.Random


@dataclass
class One:
    """Somebody: what is true of the person now, and what the registry has (``known``)."""

    name: str
    number: str
    sex: str
    birth: dt.date
    phone: str
    home: str
    room: str
    known: Cells = field(default_factory=dict)


@dataclass
class Files:
    """Two files and the truth of them: ``records_of`` and ``rows_of`` name persons, ``kinds`` what a row is a case of.
    ``style``: how the files are written (encoding, delimiter, quoting)."""

    people: list[One] = field(default_factory=list)
    records: list[Cells] = field(default_factory=list)
    rows: list[Cells] = field(default_factory=list)
    records_of: list[int] = field(default_factory=list)
    rows_of: list[int] = field(default_factory=list)
    kinds: list[str] = field(default_factory=list)
    style: dict[str, str] = field(default_factory=dict)

    def person(self, one: One, registered: bool = True, **other: str) -> int:
        self.people.append(one)
        if registered:
            self.record(len(self.people) - 1, **other)
        return len(self.people) - 1

    def record(self, who: int, **other: str) -> None:
        self.records.append({"id": f"{33000000 + len(self.records)}", **cells(self.people[who]), **other})
        self.records_of.append(who)

    def row(self, who: int, kind: str, **other: str) -> None:
        firm = FIRMS[who % len(FIRMS)]
        cell = cells(self.people[who]) | {"employer_name": firm, "hire_date": "2025-03-01"}
        self.rows.append({"id": f"e{len(self.rows) + 1}", **cell, **other})
        self.rows_of.append(who)
        self.kinds.append(kind)


def cells(one: One) -> Cells:
    return {
        "name": one.name, "id_number": one.number, "sex": one.sex, "birth_date": one.birth.isoformat(),
        "phone": one.phone,
        "household_address": one.home, "current_address": one.room,
    }  # fmt: skip


def checked(first17: str) -> str:
    return first17 + CHECKS[sum(int(d) * w for d, w in zip(first17, WEIGHTS, strict=True)) % 11]


def birthday(rng: Rng) -> dt.date:
    """Before 2000 mostly; who is born later never had 15 digits, and gets them here all the same."""
    return dt.date(1961, 1, 1) + dt.timedelta(days=rng.randrange(17000))


def named(rng: Rng, sex: str, surname: str = "") -> str:
    pool = MEN if sex == "男" else WOMEN
    return (surname or rng.choice(FAMILY[:60])) + "".join(rng.choices(pool, k=rng.choice((1, 2, 2, 2))))


def numbered(rng: Rng, area: str, birth: dt.date, sex: str, order: int | None = None) -> str:
    order = rng.randrange(500) * 2 + (sex == "男") if order is None else order
    return checked(f"{area}{birth:%Y%m%d}{order % 1000:03d}")


def mobile(rng: Rng) -> str:
    return rng.choice(HEADS) + f"{rng.randrange(10**8):08d}"


def household(rng: Rng, area: tuple[str, ...]) -> str:
    return "".join(area[1:]) + rng.choice(TOWNS) + rng.choice(VILLAGES) + f"{rng.randrange(1, 400)}号"


def dwelling(rng: Rng) -> str:
    if rng.random() < 0.5:
        estate = f"{rng.choice(ESTATES)}{rng.randrange(1, 60)}幢{rng.randrange(1, 5)}单元"
        return f"宁波市鄞州区{rng.choice(STREETS)}{estate}{rng.randrange(1, 19)}{rng.randrange(1, 5):02d}室"
    return f"宁波市鄞州区{rng.choice(STREETS)}{rng.choice(ROADS)}{rng.randrange(1, 1999)}号"


def somebody(rng: Rng, **given: object) -> One:
    sex = str(given.get("sex") or rng.choice("男女"))
    area = rng.choice(AREAS)
    born = given.get("birth")
    birth = born if isinstance(born, dt.date) else birthday(rng)
    return One(
        str(given.get("name") or named(rng, sex)), numbered(rng, str(given.get("area") or area[0]), birth, sex), sex,
        birth, mobile(rng), str(given.get("home") or household(rng, area)), str(given.get("room") or dwelling(rng)),
    )  # fmt: skip


def other_digit(rng: Rng, text: str, first: int = 0, last: int | None = None) -> str:
    at = rng.randrange(first, last or len(text))
    return text[:at] + rng.choice([d for d in "0123456789" if d != text[at]]) + text[at + 1 :]


def swapped(rng: Rng, text: str) -> str:
    at = rng.choice([i for i in range(len(text) - 1) if text[i] != text[i + 1]])
    return text[:at] + text[at + 1] + text[at] + text[at + 2 :]


def crowd(rng: Rng, files: Files, many: int, unregistered: float = 0.15) -> list[int]:
    """People without anything special, so that files are as large as files are."""
    return [files.person(somebody(rng), rng.random() >= unregistered) for _ in range(many)]
