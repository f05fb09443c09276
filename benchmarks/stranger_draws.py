"""Ten pairs of files as somebody else would draw them (`strangers.py`), for `linking_strangers.py`."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

from strangers import (
    AREAS,
    FAMILY,
    Files,
    Rng,
    birthday,
    crowd,
    dwelling,
    household,
    mobile,
    named,
    numbered,
    other_digit,
    somebody,
    swapped,
)


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
