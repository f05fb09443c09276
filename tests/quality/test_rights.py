"""Flags of workers' rights and late reports: whom the law excepts, and from which day on."""

import datetime as dt

import pytest
from dirty_lines import one_line
from one_roster import CLEAN, ON, checked, has_bit, number, roster

from clearbase.quality.check import check_lines

PERIOD = dt.date(2024, 3, 1)
LATE = {**CLEAN, "hire_date": "2024-02-01", "contract_signed": "未签", "social_insurance": "否"}


def flagged(code, **cells):
    result = roster({**CLEAN, **cells})
    assert code not in result.findings["rule"].to_pylist()
    return has_bit(result, code)


@pytest.mark.parametrize(
    ("cells", "late"),
    [
        ({"hire_date": "2024-02-01", "contract_signed": "未签"}, True),
        ({"hire_date": "2024-03-05", "contract_signed": "未签"}, False),  # the month is not over
        ({"hire_date": "2024-01-31", "contract_start": "2024-02-29"}, False),  # the last day of the month
        ({"hire_date": "2024-01-31", "contract_start": "2024-03-01"}, True),
        ({"hire_date": "2020-01-01", "contract_start": "2023-01-01"}, False),  # renewed, as far as a roster tells
        ({"hire_date": "2024-02-01", "contract_signed": "是"}, False),
        ({"hire_date": "2024-02-01", "contract_signed": ""}, False),  # nothing is said
        ({"hire_date": "2024-02-01", "contract_signed": "未签", "employment_status": "离职"}, False),
    ],
)
def test_a_contract_within_a_month(cells, late):
    assert flagged("CONTRACT_LATE", **cells) == late


@pytest.mark.parametrize(
    ("cells", "late"),
    [
        ({"hire_date": "2024-02-01", "social_insurance": "否"}, True),
        ({"hire_date": "2024-03-01", "social_insurance": "否"}, False),  # 30 days end on the 31st
        ({"hire_date": "2024-01-10", "insurance_start": "2024-02"}, False),
        ({"hire_date": "2024-01-10", "insurance_start": "2024-03"}, True),
        ({"hire_date": "2024-01-10", "social_insurance": "是"}, False),
    ],
)
def test_insurance_within_thirty_days(cells, late):
    assert flagged("INSURANCE_LATE", **cells) == late


@pytest.mark.parametrize(
    "excepted",
    [
        {"employment_form": "劳务派遣"}, {"employment_form": "非全日制"}, {"employment_form": "退休返聘"},
        {"employment_form": "实习"}, {"employment_form": "3"}, {"dispatch_agency": "某某人力"},
        {"id_number": number(born="19600615")},
    ],
)  # fmt: skip
def test_whom_the_law_excepts(excepted):
    for code in ("CONTRACT_LATE", "INSURANCE_LATE"):
        assert flagged(code, **LATE) and flagged(code, **{**LATE, "employment_form": "全日制"})
        assert not flagged(code, **{**LATE, **excepted})


def test_retirement_is_of_the_post_and_the_sex():
    woman, man = number(born="19730615", sequence="998"), number(born="19640115", sequence="997")
    assert flagged("OVER_RETIREMENT_AGE", id_number=woman) and flagged("OVER_RETIREMENT_AGE", id_number=man)
    assert not flagged("OVER_RETIREMENT_AGE", id_number=woman, job_title="车间主任")
    assert not flagged("OVER_RETIREMENT_AGE", id_number=number(born="19640615", sequence="997"))


@pytest.mark.parametrize(
    ("hired", "received", "late"),
    [
        ("2024-03-28", dt.date(2024, 4, 2), False),  # Friday, Monday, Tuesday
        ("2024-03-28", dt.date(2024, 4, 3), True),
        ("2024-04-03", dt.date(2024, 4, 9), False),  # three days off, a Sunday worked: 7, 8, 9
        ("2024-04-03", dt.date(2024, 4, 10), True),
        ("2024-02-28", dt.date(2024, 4, 9), False),  # of another month: that was told then
        ("2024-03", dt.date(2024, 4, 30), True),
        ("2024-03-28", None, False),
    ],
)
def test_a_hire_of_the_month_is_reported_within_three_working_days(hired, received, late):
    codes = checked(received=received, hire_date=hired)[1]
    assert ("LATE_REPORT" in codes) == late


def test_what_lies_ahead_follows_the_day_that_is_given():
    ahead = one_line(**{**CLEAN, "id_number": number(born="20300615"), "hire_date": ""})
    told = [check_lines(ahead, PERIOD, on).findings["rule"].to_pylist() for on in (ON, dt.date(2031, 1, 1))]
    assert "ID_BIRTH" in told[0] and "ID_BIRTH" not in told[1]
