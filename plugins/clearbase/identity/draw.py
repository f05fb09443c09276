"""A draw of people, a registry and rosters with the truth: what ``identity evaluate`` and ``identity train`` go by.

Everybody has a number valid by GB 11643; surnames and given names are as skewed as in life; there are families, twins
with neighbouring numbers, namesakes born on one day, people whom no registry knows. Then cells are spoilt
(``draw_words``).
"""

from __future__ import annotations

import datetime as dt
import random
from collections import Counter
from dataclasses import dataclass, field

from clearbase.district import places, words
from clearbase.identity import draw_words as kinds
from clearbase.identity.draw_cells import as_written, of_person, spoil_record, spoil_row

GIVEN = {"男": words.GIVEN_MALE, "女": words.GIVEN_FEMALE}
SURNAME_WEIGHT = [1 / (rank + 6) for rank in range(len(words.SURNAMES))]
STREET_WEIGHT = list(words.STREET_WEIGHT)
COUNTY_WEIGHT = [places.PROVINCE_WEIGHT.get(each[0][:2], places.OTHER_PROVINCE) for each in places.COUNTIES]
COLUMNS = ("id", "name", "id_number", "sex", "birth_date", "phone", "household_address", "current_address")
ROSTER_COLUMNS = (*COLUMNS, "employer_name", "hire_date")
HOME = next(each for each in places.COUNTIES if each[0] == places.HOME_COUNTY)
TODAY = dt.date(2026, 11, 1)


@dataclass
class Person:
    """``former_phone``, ``former_address``: what the registry still has. ``family``: who shares the household;
    ``kin``: who may be taken for them."""

    name: str
    sex: str
    birth: dt.date
    county: tuple[str, str, int, str, str, str]
    number: str
    phone: str
    household: str
    current: str
    former_phone: str
    former_address: str
    former_name: str
    registered: bool
    family: list[int] = field(default_factory=list)
    kin: str = ""


@dataclass
class Draw:
    """Rows as they stand in two files, and beside them who they are: ``record_person``, ``row_person`` (places in
    ``people``) and ``row_kinds``, what befell each row."""

    people: list[Person]
    records: list[dict[str, str]]
    rows: list[dict[str, str]]
    record_person: list[int]
    row_person: list[int]
    row_kinds: list[tuple[str, ...]]


def draw(seed: int, persons: int) -> Draw:
    """``persons`` in the registry, and as many more beside it as ``UNREGISTERED`` says."""
    rng = random.Random(f"identity {seed}")  # noqa: S311
    people = _people(rng, persons)
    made = Draw(people, [], [], [], [], [])
    _registry(rng, made)
    _rosters(rng, made)
    return made


def _people(rng: random.Random, persons: int) -> list[Person]:
    taken: set[str] = set()
    people: list[Person] = []
    total = int(persons * (1 + kinds.UNREGISTERED))
    while len(people) < total:
        one = _somebody(rng, taken)
        people.append(one)
        chance = rng.random()
        if one.name.isascii():
            continue
        if chance < kinds.TWINS:
            people.append(_relative(rng, taken, one, one.birth, True))
            one.kin = people[-1].kin = "has a twin"
        elif chance < kinds.TWINS + kinds.SIBLINGS:
            born = one.birth + dt.timedelta(days=rng.randrange(330, 2500))
            people.append(_relative(rng, taken, one, born, False))
            one.kin = people[-1].kin = "has a brother or sister"
        elif chance < kinds.TWINS + kinds.SIBLINGS + kinds.COUPLES:
            other = _somebody(rng, taken)
            other.household, other.current, other.former_address = one.household, one.current, one.former_address
            if rng.random() < 0.1:
                other.phone = one.phone
            people.append(other)
        elif chance < kinds.TWINS + kinds.SIBLINGS + kinds.COUPLES + kinds.NAMESAKES:
            other = _somebody(rng, taken, birth=one.birth, sex=one.sex)
            other.name = one.name
            one.kin = other.kin = "has a namesake born on one day"
            people.append(other)
            continue
        else:
            continue
        people[-1].family.append(len(people) - 2)
        people[-2].family.append(len(people) - 1)
    for person in people:
        person.registered = rng.random() < 1 / (1 + kinds.UNREGISTERED)
        if rng.random() < kinds.SHARED_PHONE:
            person.phone = rng.choice(people).phone
        if rng.random() >= kinds.NEW_PHONE:
            person.former_phone = person.phone
        if rng.random() >= kinds.MOVED:
            person.former_address = person.current
    return people


def _somebody(rng: random.Random, taken: set[str], birth: dt.date | None = None, sex: str | None = None) -> Person:
    sex = sex or rng.choice("男男男女女")
    birth = birth or TODAY - dt.timedelta(days=int(365.25 * (17 + 48 * rng.betavariate(1.6, 2.2))))
    county = rng.choices(places.COUNTIES, COUNTY_WEIGHT)[0]
    return Person(
        _name(rng, sex), sex, birth, county, _number(rng, taken, county, birth, sex), _phone(rng),
        _household(rng, county), _home(rng), _phone(rng), _home(rng), _name(rng, sex), True,
    )  # fmt: skip


def _relative(rng: random.Random, taken: set[str], one: Person, birth: dt.date, twin: bool) -> Person:
    """A brother or sister: surname, household, often the room and the generation's character; a twin's number is the
    next."""
    other = _somebody(rng, taken, birth, one.sex if twin and rng.random() < 0.7 else None)
    surname = one.name[:2] if one.name[:2] in words.DOUBLE_SURNAMES else one.name[0]
    given = rng.choice(GIVEN[other.sex])
    while given in one.name:
        given = rng.choice(GIVEN[other.sex])
    long = len(one.name) > len(surname) + 1
    other.name = surname + (one.name[len(surname)] if long and rng.random() < 0.6 else "") + given
    other.county, other.household = one.county, one.household
    near = int(one.number[14:17]) + (2 if other.sex == one.sex else 1) if twin else None
    other.number = _number(rng, taken, one.county, birth, other.sex, near)
    if rng.random() < 0.6:
        other.current, other.former_address = one.current, one.former_address
    if rng.random() < 0.05:
        other.phone = one.phone
    return other


def _name(rng: random.Random, sex: str) -> str:
    if rng.random() < kinds.FOREIGN_NAME:
        return rng.choice(kinds.FOREIGN)
    if rng.random() < 0.006:
        men, women, fathers = words.DOTTED_NAMES["维吾尔族"]
        return rng.choice(men if sex == "男" else women) + words.DOT + rng.choice(fathers)
    surname = (
        rng.choice(words.DOUBLE_SURNAMES) if rng.random() < 0.005 else rng.choices(words.SURNAMES, SURNAME_WEIGHT)[0]
    )
    pool = GIVEN[sex]
    weight = [1 / (rank + 5) for rank in range(len(pool))]
    given = "".join(rng.choices(pool, weight, k=1 if rng.random() < 0.2 else 2))
    if rng.random() < kinds.RARE_NAME:
        given = given[:-1] + rng.choice(list(kinds.RARE))
    elif rng.random() < kinds.SELF_NAME:
        given = given[:-1] + rng.choice(kinds.SELVES)
    return surname + given


def _number(
    rng: random.Random, taken: set[str], county: tuple[str, str, int, str, str, str], birth: dt.date, sex: str,
    sequence: int | None = None,
) -> str:  # fmt: skip
    area = county[1] if county[1] and birth.year + 8 < county[2] else county[0]
    if sequence is None and rng.random() < kinds.ODD_AREA:
        area = rng.choice(kinds.ODD_AREAS)
    while True:
        if sequence is None:
            sequence = rng.randrange(0, 500) * 2 + (1 if sex == "男" else 0)
        number = with_check(f"{area}{birth:%Y%m%d}{sequence % 1000:03d}")
        if number not in taken:
            taken.add(number)
            return number
        sequence += 2


def with_check(body: str) -> str:
    """GB 11643 once more, in another hand than the library's."""
    total = 0
    for digit in body:
        total = (total + int(digit)) * 2 % 11
    rest = (12 - total) % 11
    return body + ("X" if rest == 10 else str(rest))


def _phone(rng: random.Random) -> str:
    return f"{rng.choice(words.PHONE_PREFIXES)}{rng.randrange(10**8):08d}"


def _household(rng: random.Random, county: tuple[str, str, int, str, str, str]) -> str:
    town, village = rng.choice(words.TOWNS), rng.choice(words.VILLAGES)
    return f"{county[3]}{county[4]}{county[5]}{town}{village}{rng.randrange(1, 19)}组{rng.randrange(1, 100)}号"


def _home(rng: random.Random) -> str:
    street, road = rng.choices(words.STREETS, STREET_WEIGHT)[0], rng.choice(words.ROADS)
    room = f"{rng.randrange(1, 30)}幢{rng.randrange(1, 7)}{rng.randrange(1, 13):02d}室"
    return f"浙江省宁波市北仑区{street}{road}{rng.randrange(1, 600)}号{room}"


def _registry(rng: random.Random, made: Draw) -> None:
    found: list[tuple[int, dict[str, str]]] = []
    for place, person in enumerate(made.people):
        if not person.registered:
            continue
        record = _record(person, person.former_phone, person.former_address)
        if rng.random() < kinds.RECORD_DAMAGED:
            spoil_record(rng, record)
        if rng.random() < kinds.RECORD_BARE:
            record["phone"] = ""
        found.append((place, record))
        if rng.random() < kinds.RECORD_TWICE:
            double = _record(person, person.phone, person.current)
            if rng.random() < 0.5:
                spoil_record(rng, double)
            found.append((place, double))
    rng.shuffle(found)
    for no, (place, record) in enumerate(found, 1):
        made.records.append({"id": f"R{no:07d}"} | record)
        made.record_person.append(place)


def _record(person: Person, phone: str, current: str) -> dict[str, str]:
    return {
        "name": person.name, "id_number": person.number, "sex": person.sex, "birth_date": person.birth.isoformat(),
        "phone": phone, "household_address": person.household, "current_address": current,
    }  # fmt: skip


def _rosters(rng: random.Random, made: Draw) -> None:
    employers = [_employer(rng, no) for no in range(max(3, len(made.people) // 90))]
    found: list[tuple[int, dict[str, str], tuple[str, ...]]] = []
    carried = Counter(person.name for person in made.people)
    for place, person in enumerate(made.people):
        if rng.random() >= kinds.WORKS and person.registered:
            continue
        own = [told for told, so in of_person(person, carried) if so]
        where = [rng.choice(employers)]
        while rng.random() < kinds.SECOND_JOB:
            where.append(rng.choice(employers))
        if rng.random() < kinds.AGAIN:
            where.append(where[0])
        for employer in where:
            row, told = _row(rng, person, employer)
            found.append((place, row, (*told, *own, *spoil_row(rng, row, person, made.people))))
    rng.shuffle(found)
    for no, (place, row, befell) in enumerate(found, 1):
        made.rows.append({"id": f"S{no:07d}"} | row)
        made.row_person.append(place)
        made.row_kinds.append(befell)


def _employer(rng: random.Random, no: int) -> dict[str, str]:
    lacks = {column for column, share in kinds.LACKS.items() if rng.random() < share}
    return {
        "name": f"宁波{rng.choice(words.EMPLOYER_STYLES)}{rng.choice(words.EMPLOYER_TRADES)}有限公司{no}",
        "lacks": " ".join(lacks), "date": rng.choice(("%Y-%m-%d", "%Y/%m/%d", "%Y.%m.%d", "%Y%m%d", "%Y年%m月%d日")),
        "address": rng.choice(("whole", "whole", "no province", "county on", "dashes")),
        "phone": _phone(rng) if rng.random() < 0.02 else "",
        "dormitory": f"公司宿舍{rng.randrange(1, 5)}号楼" if rng.random() < 0.1 else "",
    }  # fmt: skip


def _row(rng: random.Random, person: Person, employer: dict[str, str]) -> tuple[dict[str, str], list[str]]:
    hired = max(person.birth + dt.timedelta(days=6300), TODAY - dt.timedelta(days=int(rng.expovariate(1 / 700))))
    row = _record(person, person.phone, person.current)
    moved_household = rng.random() < kinds.HOUSEHOLD_MOVED
    household = _household(rng, person.county) if moved_household else person.household
    row["birth_date"] = person.birth.strftime(employer["date"])
    row["household_address"] = as_written(rng, household, person.county, employer["address"])
    row["current_address"] = employer["dormitory"] or as_written(rng, person.current, HOME, employer["address"])
    row["phone"] = employer["phone"] or row["phone"]
    for column in kinds.LACKS:
        if column in employer["lacks"].split() or rng.random() < kinds.EMPTY_CELL:
            row[column] = ""
    row |= {"employer_name": employer["name"], "hire_date": hired.strftime(employer["date"])}
    told = [] if person.registered else ["not in the registry"]
    if person.registered and person.phone != person.former_phone:
        told.append("phone changed")
    if person.registered and person.current != person.former_address:
        told.append("moved")
    return row, told
