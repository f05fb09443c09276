"""Ten pairs of files as somebody else would draw them, for `linking_strangers.py`: none of it comes from
``identity/draw.py``, its words or its ways to spoil a cell. Everybody and everything in them is invented.
"""

from __future__ import annotations

import datetime as dt
import random
from collections.abc import Callable
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


def plain(rng: Rng) -> Files:
    """1. Everything filled in; typing errors by a hurried clerk; some moved, have another phone or two jobs."""
    files = Files()
    people = crowd(rng, files, 3000)
    for who in people + rng.choices(people, k=900):
        one = files.people[who]
        number = one.number
        kind, other = rng.choice((
            ("clean", {}), ("clean", {}), ("clean", {}), ("clean", {}), ("clean", {}), ("clean", {}),
            ("a digit wrong", {"id_number": other_digit(rng, number)}),
            ("neighbours swapped", {"id_number": swapped(rng, number)}),
            ("a digit lost", {"id_number": number[:9] + number[10:]}), ("last digit lost", {"id_number": number[:17]}),
            ("small x, blanks", {"id_number": f"{number[:6]} {number[6:14]} {number[14:]}".lower()}),
            ("new phone", {"phone": mobile(rng)}), ("moved", {"current_address": dwelling(rng)}),
            ("moved, new phone", {"current_address": dwelling(rng), "phone": mobile(rng)}),
            ("no number", {"id_number": ""}), ("no number, new phone", {"id_number": "", "phone": mobile(rng)}),
            ("name spaced", {"name": "　".join(one.name)}), ("name and title", {"name": one.name + "（班长）"}),
            ("wrong sex", {"sex": "女" if one.sex == "男" else "男"}),
        ))  # fmt: skip
        files.row(who, kind, **other)
    return files


def bare(rng: Rng) -> Files:
    """2. A registry of names, numbers and households, a roster of names and numbers: nothing else to go by."""
    files = Files()
    for who in crowd(rng, files, 2500):
        number = files.people[who].number
        kind, text = rng.choice((
            ("clean", number), ("clean", number), ("clean", number), ("clean", number), ("clean", number),
            ("clean", number),
            ("clean", number), ("clean", number), ("clean", number), ("as text with an apostrophe", "'" + number),
            ("a digit wrong", other_digit(rng, number)), ("no number", ""),
            ("full width", "".join(chr(ord(c) + 0xFEE0) for c in number)),
        ))  # fmt: skip
        empty = dict.fromkeys(("sex", "birth_date", "phone", "household_address", "current_address"), "")
        files.row(who, kind, **{**empty, "id_number": text})
    for record in files.records:
        record |= {"phone": "", "current_address": ""}
    return files


DATES: dict[str, Callable[[dt.date], str]] = {
    "1990.3.7": lambda d: f"{d.year}.{d.month}.{d.day}",
    "1990/3/7 0:00": lambda d: f"{d.year}/{d.month}/{d.day} 0:00",
    "1990年3月7日": lambda d: f"{d.year}年{d.month}月{d.day}日", "19900307": lambda d: f"{d:%Y%m%d}",
    "Excel's number": lambda d: str((d - dt.date(1899, 12, 30)).days), "90-03-07": lambda d: f"{d:%y-%m-%d}",
    "1990年3月": lambda d: f"{d.year}年{d.month}月", "1990-03": lambda d: f"{d:%Y-%m}",
    "1990-03-07 00:00:00": lambda d: f"{d:%Y-%m-%d} 00:00:00", "Mar 7, 1990": lambda d: f"{d:%b} {d.day}, {d.year}",
}  # fmt: skip


def dates(rng: Rng) -> Files:
    """3. Birth dates in every form, and a third without a number: name, birth date and one thing more must do."""
    files = Files()
    people = crowd(rng, files, 3000)
    for who in people + rng.choices(people, k=900):
        form = rng.choice([*DATES])
        other = {"birth_date": DATES[form](files.people[who].birth)}
        if rng.random() < 0.33:
            other |= {"id_number": rng.choice(("", "无", "未提供"))}
            if rng.random() < 0.5:
                other |= {"household_address": ""}
            files.row(who, f"no number, {form}", **other)
        else:
            files.row(who, f"number, {form}", **other)
    return files


def doubles(rng: Rng) -> Files:
    """4. A registry that has people twice: with the old 15 digits, another valid number, a slip, bare, moved."""
    files = Files()
    for who in crowd(rng, files, 2500, 0.1):
        one, registered = files.people[who], files.records_of and files.records_of[-1] == who
        kind = "once"
        if registered and rng.random() < 0.3:
            kind, other = rng.choice((
                ("twice, 15 digits", {"id_number": one.number[:6] + one.number[8:17]}),
                ("twice, another valid number", {"id_number": numbered(rng, "330212", one.birth, one.sex)}),
                ("twice, a slip in the number", {"id_number": other_digit(rng, one.number)}),
                ("twice, without a number", {"id_number": ""}),
                ("twice, an earlier address and phone", {"phone": mobile(rng), "current_address": dwelling(rng)}),
                ("twice, all the same", {}),
            ))  # fmt: skip
            files.record(who, **other)
        how, cell = rng.choice((
            ("", {}), ("", {}), ("", {}), (", row without a number", {"id_number": ""}),
            (", row with a slip", {"id_number": other_digit(rng, one.number)}),
            (", row of 15 digits", {"id_number": one.number[:6] + one.number[8:17]}),
        ))  # fmt: skip
        files.row(who, kind + how, **cell)
    return files


def families(rng: Rng) -> Files:
    """5. Twins of consecutive numbers, siblings, father and son, couples: one house, often one phone, one surname."""
    files = Files()
    crowd(rng, files, 500)
    for _ in range(700):
        first = somebody(rng)
        sex = rng.choice("男女")
        relation = rng.choice(("twin", "sibling", "parent and child", "couple"))
        years = {"twin": 0, "sibling": rng.randrange(1, 8), "parent and child": 24, "couple": rng.randrange(0, 4)}
        birth = first.birth if relation == "twin" else first.birth + dt.timedelta(days=365 * years[relation] + 13)
        surname = rng.choice(FAMILY[:60]) if relation == "couple" else first.name[0]
        second = somebody(rng, sex=sex, birth=birth, home=first.home, room=first.room, name=named(rng, sex, surname))
        if second.name == first.name:
            continue
        order = int(first.number[14:17])
        second.number = numbered(
            rng, first.number[:6], birth, sex, order + (2 if sex == first.sex else 1) if relation == "twin" else None
        )
        if rng.random() < 0.4:
            second.phone = first.phone
        known = rng.random()
        both = [files.person(first, known < 0.8), files.person(second, known >= 0.2)]
        for who in both:
            number = files.people[who].number
            how, other = rng.choice((
                ("whole", {}), ("whole", {}), ("no number", {"id_number": ""}),
                ("a digit wrong at the end", {"id_number": other_digit(rng, number, 14, 17)}),
                ("Excel", {"id_number": number[:15] + "000"}), ("masked behind", {"id_number": number[:14] + "****"}),
                ("no number, no birth date", {"id_number": "", "birth_date": ""}),
                ("number of the other", {"id_number": files.people[sum(both) - who].number}),
            ))  # fmt: skip
            files.row(who, f"{relation}: {how}", **other)
    return files


def namesakes(rng: Rng) -> Files:
    """6. Many of one name, some born on one day, some from one county; a third of the rows without number or phone."""
    files = Files()
    crowd(rng, files, 500)
    days = [birthday(rng) for _ in range(60)]
    for _ in range(1500):
        area = rng.choice(AREAS)
        name = rng.choice(("王伟", "李娜", "张敏", "刘洋", "陈静", "王芳", "李强", "张伟"))
        one = somebody(
            rng, name=name, sex="女" if name[1] in "娜敏静芳" else "男", birth=rng.choice(days), area=area[0],
            home=household(rng, area),
        )  # fmt: skip
        who = files.person(one, rng.random() < 0.8)
        how, other = rng.choice((
            ("whole", {}), ("whole", {}), ("a digit wrong", {"id_number": other_digit(rng, one.number, 0, 17)}),
            ("no number", {"id_number": ""}), ("no number, new phone", {"id_number": "", "phone": mobile(rng)}),
            ("name and birth date alone",
             {"id_number": "", "phone": "", "household_address": "", "current_address": ""}),
            ("masked", {"id_number": one.number[:6] + "********" + one.number[14:], "phone": ""}),
        ))  # fmt: skip
        files.row(who, how, **other)
    return files


def borrowed(rng: Rng) -> Files:
    """7. Numbers of others under one's own name and phone: a colleague's, a brother's, half registered themselves."""
    files = Files()
    owners = crowd(rng, files, 1500, 0.1)
    for _ in range(300):
        owner = files.people[rng.choice(owners)]
        kin = rng.random() < 0.4
        one = somebody(rng, sex=owner.sex, **({"home": owner.home} if kin else {}))
        if kin:
            one.name = owner.name[0] + one.name[1:]
        if one.name == owner.name or one.name[1:] == owner.name[1:]:
            continue
        who = files.person(one, rng.random() < 0.5)
        told = {"id_number": owner.number}
        kind = "borrowed of kin" if kin else "borrowed"
        if rng.random() < 0.5:
            told |= {"birth_date": owner.birth.isoformat(), "household_address": owner.home}
            kind += ", with birth date and household"
        files.row(who, kind, **told)
    for who in owners:
        if rng.random() < 0.5:
            files.row(who, "owner")
    return files


def masked(rng: Rng) -> Files:
    """8. Numbers with stars, of 15 digits, out of spreadsheets."""
    files = Files()
    people = crowd(rng, files, 3000)
    for who in people + rng.choices(people, k=900):
        n = files.people[who].number
        kind, text = rng.choice((
            ("330204********1234", f"{n[:6]}********{n[14:]}"), ("3302**********1234", f"{n[:4]}**********{n[14:]}"),
            ("330204199003******", f"{n[:12]}******"), ("33020419900307****", f"{n[:14]}****"),
            ("***************234", "*" * 14 + n[14:]), ("15 digits", n[:6] + n[8:17]),
            ("3.30204E+17", n if n[-1] == "X" else f"{int(n):.5E}"),
            ("3.30204199003071E+17", n if n[-1] == "X" else f"{int(n[:15] + '000'):.14E}"),
            ("000 at the end", n if n[-1] == "X" else n[:15] + "000"), ("stars of two", f"{n[:10]}**{n[12:]}"),
            ("dots", f"{n[:6]}........{n[14:]}"), ("xxxx", f"{n[:14]}xxxx"), ("clean", n), ("clean", n),
        ))  # fmt: skip
        other = {"id_number": text}
        if rng.random() < 0.3:
            other |= {"phone": "", "current_address": ""}
            kind += ", no phone or room"
        files.row(who, kind, **other)
    return files


def muddled(rng: Rng) -> Files:
    """9. Cells in the wrong column, rows repeated, ids twice or none; GBK, tabs, quotes and line breaks in cells."""
    files = Files(style={"encoding": "gb18030", "delimiter": "\t"})
    for who in crowd(rng, files, 2000):
        one = files.people[who]
        kind, other = rng.choice((
            ("clean", {}), ("clean", {}), ("clean", {}),
            ("name and phone swapped", {"name": one.phone, "phone": one.name}),
            ("name and number swapped", {"name": one.number, "id_number": one.name}),
            ("number and phone swapped", {"id_number": one.phone, "phone": one.number}),
            ("number in the name's cell, too", {"name": f"{one.name} {one.number}", "id_number": ""}),
            ("no name", {"name": ""}), ("quotes", {"name": f'"{one.name}"', "current_address": f'"{one.room}"'}),
            ("line break", {"name": one.name[0] + "\n" + one.name[1:], "household_address": one.home + "\n"}),
            ("no id", {"id": ""}), ("id of another", {"id": "e1"}), ("addresses swapped",
             {"household_address": one.room, "current_address": one.home}),
            ("phone with +86", {"phone": f"+86 {one.phone[:3]}-{one.phone[3:7]}-{one.phone[7:]}"}),
            ("phone as float", {"phone": one.phone + ".0"}), ("two phones", {"phone": f"{mobile(rng)}、{one.phone}"}),
        ))  # fmt: skip
        files.row(who, kind, **other)
        if rng.random() < 0.1:
            files.row(who, "repeated: " + kind, **other)
    return files


def large(rng: Rng) -> Files:
    """10. 100,000 rows against 120,000 records: addresses that no gazetteer knows, one worker at several firms."""
    files = Files()
    for _ in range(120_000):
        one = somebody(rng)
        block = f"{rng.choice('abcdefghijk')}座"
        one.room = f"{rng.choice(FAMILY)}{rng.choice(FAMILY)}街{block} {rng.randrange(10**5, 10**6)}"
        files.person(one, rng.random() < 0.9)
    for _ in range(100_000):
        who = rng.randrange(len(files.people))
        one = files.people[who]
        chance = rng.random()
        if chance < 0.9:
            files.row(who, "clean")
        elif chance < 0.94:
            files.row(who, "a digit wrong", id_number=other_digit(rng, one.number))
        elif chance < 0.97:
            files.row(who, "no number", id_number="")
        else:
            files.row(who, "new phone and room", phone=mobile(rng), current_address=dwelling(rng))
    return files


DRAWS: dict[str, Callable[[Rng], Files]] = {
    each.__name__: each for each in (plain, bare, dates, doubles, families, namesakes, borrowed, masked, muddled, large)
}
