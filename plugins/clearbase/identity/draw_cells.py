"""How the cells of the draw are spoilt: each kind of ``draw_words`` by its function (messiness C and D)."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Callable
from typing import TYPE_CHECKING

from clearbase.district import words
from clearbase.identity import draw_words as kinds

if TYPE_CHECKING:
    from clearbase.identity.draw import Person

Rng = random.Random


def of_person(person: Person, carried: Counter[str]) -> tuple[tuple[str, bool], ...]:
    """What makes this person easy to take for another, or hard to read, whatever befalls the row."""
    return (
        (person.kin, bool(person.kin)), ("has a namesake", carried[person.name] > 1),
        ("name with a character outside GBK", any(c in kinds.RARE for c in person.name)),
        ("name of a foreigner", person.name in kinds.FOREIGN),
        ("number of an area that is no county", person.number[:6] in kinds.ODD_AREAS),
    )  # fmt: skip


def spoil_row(rng: Rng, row: dict[str, str], person: Person, people: list[Person]) -> list[str]:
    """What befell the row; its cells are changed in place."""
    befell = []
    kind = _drawn(rng, kinds.NUMBER_KINDS)
    if kind == "number borrowed":
        if not _borrow(rng, row, person, people):
            kind = None
    elif kind is not None and (spoilt := NUMBERS[kind](rng, row["id_number"])) != row["id_number"]:
        row["id_number"] = spoilt
    else:
        kind = None
    befell += [kind] if kind else []
    kind = _drawn(rng, kinds.NAME_KINDS)
    if kind is not None:
        spoilt_name = person.former_name if kind == "name is a former one" else NAMES[kind](rng, row["name"])
        if spoilt_name is not None and spoilt_name != row["name"]:
            row["name"] = spoilt_name
            befell.append(kind)
    if (told := _rare(rng, row)) is not None:
        befell.append(told)
    for kind, share in kinds.OTHER_KINDS:
        if rng.random() < share:
            befell += [kind] if _other(rng, kind, row) else []
    return befell or ["as it should be"]


def _rare(rng: Rng, row: dict[str, str]) -> str | None:
    """What befalls names that programs cannot write, people confuse, or have a dot."""
    if rng.random() >= kinds.SPOILT_FOR_IT:
        return None
    name = row["name"]
    for character, substitutes in kinds.RARE.items():
        if character in name:
            row["name"] = name.replace(character, rng.choice(substitutes))
            return "name with a substitute for a rare character"
    for character in kinds.SELVES:
        if character in name:
            row["name"] = name.replace(character, rng.choice(kinds.SELVES.replace(character, "")))
            return "name: 己, 已 and 巳 confused"
    if words.DOT in name:
        row["name"] = name.replace(words.DOT, "")
        return "name without its dot"
    return None


def spoil_record(rng: Rng, record: dict[str, str]) -> None:
    """A slip of the registry's own: a digit, the old form of a number, or a character."""
    chance = rng.random()
    if chance < 0.4:
        record["id_number"] = _wrong_digit(rng, record["id_number"])
    elif chance < 0.6:
        record["id_number"] = _fifteen(rng, record["id_number"])
    else:
        record["name"] = _misheard(rng, record["name"]) or record["name"]


def _drawn(rng: Rng, shares: tuple[tuple[str, float], ...]) -> str | None:
    chance = rng.random()
    for kind, share in shares:
        if chance < share:
            return kind
        chance -= share
    return None


def _borrow(rng: Rng, row: dict[str, str], person: Person, people: list[Person]) -> bool:
    """Somebody else's number under one's own name; half of them say the other's birth date and sex, too."""
    other = people[rng.choice(person.family)] if person.family and rng.random() < 0.4 else rng.choice(people)
    if other is person or other.name == person.name:
        return False
    row["id_number"] = other.number
    if rng.random() < 0.5 and row["birth_date"]:
        row["birth_date"], row["sex"] = other.birth.isoformat(), other.sex if row["sex"] else ""
    return True


def _other(rng: Rng, kind: str, row: dict[str, str]) -> bool:
    match kind:
        case "name and phone swapped":
            row["name"], row["phone"] = row["phone"], row["name"]
        case "name and number in one cell" if row["id_number"]:
            row["name"], row["id_number"] = f"{row['name']}{row['id_number']}", ""
        case "phone mistyped" if len(row["phone"]) == 11:
            row["phone"] = _wrong_digit(rng, row["phone"], 3)
        case "birth date mistyped" if row["birth_date"]:
            digits = [place for place, c in enumerate(row["birth_date"]) if c.isdigit()]
            place = digits[-1]
            row["birth_date"] = row["birth_date"][:place] + rng.choice("123456789") + row["birth_date"][place + 1 :]
        case "sex wrong" if row["sex"]:
            row["sex"] = "女" if row["sex"] == "男" else "男"
        case _:
            return False
    return True


def as_written(rng: random.Random, text: str, county: tuple[str, str, int, str, str, str], style: str) -> str:
    """As this employer's people write it; some say no more than the county, or leave out what ends a part."""
    if rng.random() < kinds.COUNTY_ALONE:
        return "".join(county[3:])
    for part in {"whole": (), "no province": (county[3],), "county on": (county[3], county[4]), "dashes": (county[3],)}[
        style
    ]:
        text = text.replace(part, "", 1)
    if style == "dashes":
        for ending in ("幢", "号", "组"):
            text = text.replace(ending, "-")
        text = text.removesuffix("室").removesuffix("-")
    return text.replace("镇", "镇 ", 1) if rng.random() < 0.05 else text


# --- numbers


def _spaced(rng: Rng, number: str) -> str:
    return rng.choice((
        f"{number[:6]} {number[6:14]} {number[14:]}", f" {number} ", f"'{number}", f"\t{number}", number.lower(),
        "".join(chr(ord(c) + 0xFEE0) for c in number), f"{number[:6]}-{number[6:14]}-{number[14:]}", f"\u200b{number}",
    ))  # fmt: skip


def _wrong_digit(rng: Rng, number: str, first: int = 0) -> str:
    place = rng.randrange(first, len(number))
    return number[:place] + rng.choice([d for d in "0123456789" if d != number[place]]) + number[place + 1 :]


def _swapped(rng: Rng, number: str) -> str:
    place = rng.choice([i for i in range(16) if number[i] != number[i + 1]])
    return number[:place] + number[place + 1] + number[place] + number[place + 2 :]


def _left_out(rng: Rng, number: str) -> str:
    place = rng.randrange(len(number))
    return number[:place] + number[place + 1 :]


def _too_many(rng: Rng, number: str) -> str:
    place = rng.randrange(len(number))
    return number[:place] + number[place] + number[place:]


def _letter(rng: Rng, number: str) -> str:
    return number.replace("0", "O", 1) if rng.random() < 0.6 else number.replace("1", "l", 1)


def _float(rng: Rng, number: str) -> str:
    if number.endswith("X"):
        return number
    return str(int(float(number))) if rng.random() < 0.7 else f"{float(number):.0f}.0"


def _scientific(digits: int) -> Callable[[Rng, str], str]:
    def spoil(rng: Rng, number: str) -> str:
        if number.endswith("X"):
            return number
        return f"{float(number[:15] + '000'):.{digits - 1}E}"

    return spoil


def _masked(rng: Rng, number: str) -> str:
    return rng.choice((
        f"{number[:6]}********{number[14:]}", f"{number[:6]}********{number[14:]}", f"{number[:10]}****{number[14:]}",
        f"{number[:14]}****", f"{number[:3]}***********{number[14:]}", f"{number[:1]}****************{number[17:]}",
        f"{number[:6]}XXXXXXXX{number[14:]}",
    ))  # fmt: skip


def _digits(rng: Rng, many: int) -> str:
    return "".join(rng.choices("0123456789", k=many))


def _fifteen(rng: Rng, number: str) -> str:
    return number[:6] + number[8:17] if number[6:8] == "19" else number


NUMBERS: dict[str, Callable[[Rng, str], str]] = {
    "number spaced, full width, lower x": _spaced,
    "number: one digit wrong": _wrong_digit,
    "number: digits swapped": _swapped,
    "number: a digit left out": _left_out,
    "number: a digit too many": _too_many,
    "number: two digits wrong": lambda rng, number: _wrong_digit(rng, _wrong_digit(rng, number)),
    "number: letter for a digit": _letter,
    "number lost in Excel (000)": lambda rng, number: number if number.endswith("X") else number[:15] + "000",
    "number lost in Excel (float)": _float,
    "number scientific, 15 digits": _scientific(15),
    "number scientific, 6 digits": _scientific(6),
    "number masked": _masked,
    "number of 15 digits": _fifteen,
    "number with a look-alike of X": lambda rng, number: number.replace("X", rng.choice(kinds.LOOKALIKES_OF_X)),
    "number of a passport or permit": lambda rng, number: (
        f"{rng.choice(('E', 'EA', 'H0', 'M0', '8'))}{_digits(rng, 8)}"[:9]
    ),
    "phone in the number's cell": lambda rng, number: f"{rng.choice(words.PHONE_PREFIXES)}{_digits(rng, 8)}",
    "bank card in the number's cell": lambda rng, number: f"6222{_digits(rng, 15)}",
    "number missing": lambda rng, number: rng.choice(("", "", "无", "/", "待补", "身份证丢失", "111111111111111111")),
}


# --- names


def _spaced_name(rng: Rng, name: str) -> str:
    dotted = name.replace(words.DOT, rng.choice("•・.-‧● "))
    if dotted != name:
        return dotted
    return rng.choice(
        (f"{name[0]}  {name[1:]}", f"{name[0]}\u3000{name[1:]}", f" {name}", " ".join(name), f"{name}\u00a0")
    )


def _traditional(rng: Rng, name: str) -> str:
    return "".join(kinds.TRADITIONAL.get(c, c) for c in name)


def _pinyin(rng: Rng, name: str) -> str | None:
    if any(c not in kinds.SOUNDS for c in name):
        return None
    sounds = [kinds.SOUNDS[c] for c in name]
    surname, given = sounds[0], "".join(sounds[1:])
    return rng.choice((f"{surname.upper()} {given.upper()}", f"{surname.title()} {given.title()}", surname + given,
                       f"{given.title()} {surname.title()}", " ".join(s.title() for s in sounds)))  # fmt: skip


def _misheard(rng: Rng, name: str) -> str | None:
    known = [place for place, c in enumerate(name) if c in words.MISHEARD]
    if not known:
        return None
    place = rng.choice(known)
    return name[:place] + words.MISHEARD[name[place]] + name[place + 1 :]


def _left_out_character(rng: Rng, name: str) -> str | None:
    if len(name) < 3:
        return None
    place = rng.randrange(1, len(name))
    return name[:place] + name[place + 1 :]


def _unreadable(rng: Rng, name: str) -> str:
    return name[:-1] + rng.choice("?□*？")


NAMES: dict[str, Callable[[Rng, str], str | None]] = {
    "name spaced": _spaced_name,
    "name with a note": lambda rng, name: name + rng.choice(kinds.NAME_NOTES),
    "name traditional": _traditional,
    "name in pinyin": _pinyin,
    "name: a character misheard": _misheard,
    "name: a character left out": _left_out_character,
    "name unreadable in part": _unreadable,
    "two people in one cell": lambda rng, name: f"{name}、{rng.choice(words.SURNAMES)}{rng.choice(words.GIVEN_MALE)}",
    "name missing": lambda rng, name: rng.choice(("", "无", "-")),
}
