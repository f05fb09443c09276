"""What an employer knows of the people who ever worked for it: one list a field, one element a spell."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field

import numpy as np

from clearbase.district import words
from clearbase.district.careers import STILL_THERE, Spells
from clearbase.district.employers import Employer
from clearbase.district.people import People

Cell = str | float | dt.date | None
_EPOCH = dt.date(1970, 1, 1)


@dataclass
class Staff:
    """Clear values by field of the catalogue. ``stranger``: the number of somebody from the registry, which this person
    may have borrowed (messiness H). Spells stand longest-serving first."""

    employer: Employer
    spells: Spells
    name: list[str]
    id_number: list[str]
    stranger: list[str]
    sex: list[str]
    phone: list[str]
    household_address: list[str]
    current_address: list[str]
    hire_date: list[dt.date]
    leave_date: list[dt.date | None]
    people: People = field(repr=False)

    def __len__(self) -> int:
        return len(self.name)

    def values(self, wanted: str) -> list[Cell]:
        """The values of a field; those that few layouts ask for are made when asked."""
        who = self.spells.person
        match wanted:
            case "name" | "id_number" | "sex" | "phone" | "household_address" | "current_address" | "hire_date":
                return list(getattr(self, wanted))
            case "leave_date":
                return list(self.leave_date)
            case "employee_no":
                return [f"{self.employer.number + 1:03d}{place + 1:05d}" for place in range(len(self))]
            case "ethnicity":
                return list(self.people.ethnic_groups(who))
            case "birth_date":
                return list(self.people.births(who))
            case "current_street":
                return list(self.people.home_streets(who))
            case "employer_name":
                return [self.employer.name] * len(self)
            case "employer_uscc":
                return [self.employer.uscc] * len(self)
            case "id_type":
                return ["居民身份证"] * len(self)
            case "remarks":
                return [None] * len(self)
        table = _BY_PERSON[wanted]
        return [table[place] for place in (who * 7919 // 13 % len(table)).tolist()]


# What stays the same for a person wherever they work, without a column of its own in ``People``.
_BY_PERSON: dict[str, tuple[str, ...]] = {
    "education": words.EDUCATION,
    "dwelling_type": words.DWELLING,
    "department": words.DEPARTMENTS,
    "job_title": words.JOBS,
    "leave_reason": words.LEAVE_REASONS,
}


def staff_of(employer: Employer, spells: Spells, people: People, rng: np.random.Generator) -> Staff:
    """``spells``: all of this employer's."""
    who = spells.person
    return Staff(
        employer=employer,
        spells=spells,
        name=people.names(who),
        id_number=people.id_numbers(who),
        stranger=people.id_numbers(rng.integers(0, people.registered, len(who))),
        sex=people.sexes(who),
        phone=people.phones(who),
        household_address=people.hukou_addresses(who),
        current_address=people.home_addresses(who),
        hire_date=[_EPOCH + dt.timedelta(days=day) for day in spells.start.tolist()],
        leave_date=[None if day == STILL_THERE else _EPOCH + dt.timedelta(days=day) for day in spells.end.tolist()],
        people=people,
    )
