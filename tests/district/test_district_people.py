"""People, registry and employers by other hands' arithmetic: python-stdnum."""

from __future__ import annotations

import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from stdnum.cn import uscc
from stdnum.iso7064 import mod_11_2

from clearbase.district.careers import STILL_THERE, make_careers, month_bounds
from clearbase.district.employers import CARE, make_employers
from clearbase.district.generate import DistrictSummary
from clearbase.district.people import make_people
from clearbase.district.places import COUNTIES, LOCAL_COUNTIES

Rows = list[dict[str, str]]
Table = Callable[[Path], Rows]
District = tuple[Path, DistrictSummary]


def test_every_number_is_valid_unique_and_agrees_with_birth_and_sex(district: District, table: Table) -> None:
    people = table(district[0] / "truth" / "people.csv")
    codes = {code for place in COUNTIES for code in place[:2]}
    for person in people:
        number = person["id_number"]
        assert len(number) == 18 and mod_11_2.is_valid(number)
        assert number[:6] in codes
        assert number[6:14] == person["birth_date"].replace("-", "")
        assert "女男"[int(number[16]) % 2] == person["sex"]
    assert len({person["id_number"] for person in people}) == len(people)


def test_names_hold_what_makes_names_hard() -> None:
    people = make_people(5, registered=40_000, worker=np.ones(40_000, dtype=bool), today=dt.date(2026, 8, 1))
    names = people.names(np.arange(40_000))
    letters = set("".join(names))
    assert {"㛃", "𬭚", "䶮"} <= letters
    assert any("·" in name for name in names) and any(name.startswith("欧阳") for name in names)
    with pytest.raises(UnicodeEncodeError):
        "".join(names).encode("gbk")
    phones = Counter(people.phones(np.arange(40_000)))
    assert 0.98 < len(phones) / 40_000 < 1 and all(len(phone) == 11 for phone in phones)


def test_registry_holds_most_workers_few_doubles_and_no_locals(district: District, table: Table) -> None:
    out, summary = district
    people = {person["person_id"]: person for person in table(out / "truth" / "people.csv")}
    records = {record["登记编号"]: record for record in table(out / "registry.csv")}
    workers = {spell["person_id"] for spell in table(out / "truth" / "spells.csv")}
    assert 0.75 < sum(bool(people[worker]["registry_ids"]) for worker in workers) / len(workers) < 0.85
    doubles = seen = 0
    for person in people.values():
        own = [code for code in person["registry_ids"].split(";") if code]
        seen += len(own)
        doubles += len(own) > 1
        assert person["id_number"][:6] not in LOCAL_COUNTIES or not own
        exact = [code for code in own if records[code]["公民身份号码"] == person["id_number"]]
        assert not own or exact
        states = [records[code]["登记状态"] for code in own]
        assert ";".join(states) == person["registry_states"]
    assert seen == len(records) and doubles == summary.registry_records - summary.residents > 0
    for record in records.values():
        assert (record["登记状态"] == "注销") == bool(record["注销日期"])
        assert not record["注销日期"] or record["登记日期"] <= record["注销日期"] < "2026-08-01"
    cancelled = Counter(record["登记状态"] for record in records.values())
    assert 0.03 < cancelled["注销"] / len(records) < 0.15


def test_employers_have_valid_codes_and_varied_sizes() -> None:
    employers = make_employers(7, count=60, workers=7000)
    assert all(uscc.is_valid(employer.uscc) for employer in employers)
    assert len({employer.uscc for employer in employers}) == len({employer.name for employer in employers}) == 60
    assert abs(sum(employer.size for employer in employers) - 7000) < 60
    assert min(employer.size for employer in employers) < 20 and max(employer.size for employer in employers) > 250
    assert abs(sum(share * factor for share, factor in CARE) - 1) < 0.01


def test_careers_have_hires_leavers_rehires_moves_and_second_jobs() -> None:
    employers = make_employers(1, count=30, workers=3000)
    bounds = month_bounds(dt.date(2026, 11, 1), 4)
    assert [first for first, _ in bounds[1:]] == [after for _, after in bounds[:-1]]
    workers = np.arange(4000)
    birth = np.full(4000, (dt.date(1990, 1, 1) - dt.date(1970, 1, 1)).days)
    spells = make_careers(1, employers=employers, workers=workers, birth=birth, bounds=bounds)
    assert (spells.end > spells.start).all()
    by_pair, by_person = defaultdict(list), defaultdict(list)
    for person, employer, start, end in zip(
        spells.person.tolist(), spells.employer.tolist(), spells.start.tolist(), spells.end.tolist(), strict=True
    ):
        by_pair[person, employer].append((start, end))
        by_person[person].append((start, end, employer))
    rehired = [sorted(own) for own in by_pair.values() if len(own) > 1]
    assert rehired and all(first[1] < second[0] for first, second in (own[:2] for own in rehired))
    begin, after = bounds[0][0], bounds[-1][1]
    assert any(begin <= start < after for start in spells.start.tolist())
    assert any(end != STILL_THERE for end in spells.end.tolist())
    two = [own for own in by_person.values() if len({employer for _, _, employer in own}) > 1]
    overlap = [own for own in two if max(start for start, _, _ in own) < min(end for _, end, _ in own)]
    assert overlap and len(overlap) < len(two)  # second jobs, and moves
    assert (spells.start - birth[spells.person] >= 17 * 365).all()
