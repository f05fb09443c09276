"""What lines say of workers' rights, as of a day (domain.md, Labour checks): ages, contracts, insurance.

Flags for those who may see them and no faults of the data: an employer is not told (``suite.Audience``). Only of who is
at work on that day; contracts and insurance are not asked of whom the law excepts (agency workers, the retired,
interns, part-timers: 劳动合同法 69, 劳动合同法实施条例 21).
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

import pyarrow as pa
import pyarrow.compute as pc

from clearbase.standards import calendar_date, retirement
from clearbase.standards.distinct import first_said, matching

SIXTEEN, EIGHTEEN = 16, 18  # 劳动法 15, 58
A_MONTH, A_YEAR, THIRTY_DAYS = 1, 12, 30  # 劳动合同法 10, 14; 社会保险法 58
EXCEPTED = r"派遣|外包|返聘|退休|实习|见习|非全日制|兼职|小时工|钟点|劳务|\A[2-6](?:\.0)?\z"
# Of women, who retires at 55 and not at 50: posts of management and of technicians, as far as a post's name tells.
MANAGES = "经理|主管|主任|部长|科长|厂长|总监|总裁|董事|会计|工程师|技术员|医师|教师|专员|干部|管理"
NOTHING = pa.scalar(None, pa.string())


def rights_columns(column: Callable[[str], pa.Array], as_of: dt.date) -> dict[str, pa.Array]:
    """``rights__age`` (``under_16 | under_18 | retired``); of ``contract_start`` and ``insurance_start`` each ``__due``
    and ``__told``: the last day by which there has to be one, and the day since which there is (``as_of`` where the
    line says that there is none). Null where nothing is asked or known. ``column`` gives a column of the check frame.
    """
    day = as_of.isoformat()
    left = _either(pc.equal(column("employment_status"), "left"), pc.less_equal(column("leave_date__latest"), day))
    here = pc.invert(left)
    age = _age(column, day)
    hired = pc.if_else(pc.and_(here, pc.invert(_excepted(column, age))), column("hire_date__latest"), NOTHING)
    year_on, month_on = (calendar_date.later_all(hired, months) for months in (A_YEAR, A_MONTH))
    started = calendar_date.earliest_all(column("contract_start"))
    # who begins a contract after a year with the employer renews one: the first is not in the roster
    first = pc.if_else(pc.fill_null(pc.less(started, year_on), False), started, NOTHING)
    insured = calendar_date.earliest_all(column("insurance_start"))
    return {
        "rights__age": pc.if_else(here, age, NOTHING),
        "contract_start__due": month_on,
        "contract_start__told": first_said(first, _none_by(day, column("contract_signed"), started)),
        "insurance_start__due": calendar_date.days_later_all(hired, THIRTY_DAYS),
        "insurance_start__told": first_said(insured, _none_by(day, column("social_insurance"), insured)),
    }


def _none_by(day: str, said: pa.Array, since: pa.Array) -> pa.Array:
    """``day`` where the line says that there is none, and no date of one."""
    return pc.if_else(pc.fill_null(pc.and_(pc.equal(said, "false"), pc.is_null(since)), False), day, NOTHING)


def _age(column: Callable[[str], pa.Array], day: str) -> pa.Array:
    born, sixteen = column("born"), column("birth_date__sixteen")
    young = pc.or_(_true(pc.greater(sixteen, day)), _true(pc.less(column("hire_date__latest"), sixteen)))
    minor = _true(pc.greater(born, calendar_date.years_after(day, -EIGHTEEN)))
    if pc.all(pc.is_null(born), min_count=0).as_py():
        return born
    return pc.case_when(
        pc.make_struct(young, minor, _retired(column, born, day)), "under_16", "under_18", "retired"
    )  # fmt: skip


def _retired(column: Callable[[str], pa.Array], born: pa.Array, day: str) -> pa.Array:
    month = pc.utf8_slice_codeunits(born, 0, 7)
    months = month.dictionary_encode()
    reached = {group: _reached(months, group, day[:7]) for group in retirement.STEPS}
    man, woman = (_true(pc.equal(column("sex__known"), sex)) for sex in ("male", "female"))
    manages = _either(matching(column("job_title"), MANAGES), pc.is_valid(column("professional_title")))
    of_woman = pc.if_else(manages, reached["F55"], reached["F50"])
    return pc.or_(pc.and_(man, reached["M60"]), pc.and_(woman, of_woman))


def _reached(born: pa.DictionaryArray, group: retirement.Group, month: str) -> pa.Array:
    """Who has come to the age by that month."""
    told = [(retirement.month(said, group) or "~") <= month for said in born.dictionary.to_pylist()]
    return _true(pa.array(told, pa.bool_()).take(born.indices))


def _excepted(column: Callable[[str], pa.Array], age: pa.Array) -> pa.Array:
    excepted = _either(_true(pc.equal(age, "retired")), pc.is_valid(column("dispatch_agency")))
    for field in ("employment_form", "contract_type", "employment_status__raw"):
        excepted = _either(excepted, matching(column(field), EXCEPTED))
    return excepted


def _either(first: pa.Array, second: pa.Array) -> pa.Array:
    return pc.or_(pc.fill_null(first, False), pc.fill_null(second, False))


def _true(mask: pa.Array) -> pa.Array:
    return pc.fill_null(mask, False)
