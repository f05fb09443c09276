"""Headings between rows: a department, another employer, or who has left, for all lines below until the next
(messiness B6, B8, B12)."""

from __future__ import annotations

import re
import unicodedata
from typing import Final

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from clearbase.reading.facts import find_employer
from clearbase.reading.grid import Grid
from clearbase.reading.kinds import KIND_LABELS, KIND_WORDS
from clearbase.reading.periods import without_dates
from clearbase.records import EMPTY

# A heading 在职 is of those who are there; words of a whole roster (名册, 台账) are no heading.
_PRESENT: Final = re.compile(r"在职|在岗|在册")
_KINDS: Final = (*(pair for pair in KIND_WORDS if pair[0] != "full"), ("full", _PRESENT))
_NUMBERED: Final = re.compile(
    r"^(?:第?[一二三四五六七八九十]+[、.章节部分]+|[(][一二三四五六七八九十\d]+[)]|\d{1,2}[、.)])"
)
_LABEL: Final = re.compile(r"^(?:部门|车间|班组|科室|所属部门)(?:名称)?:")
_COUNTED: Final = re.compile(r"[(,:]?(?:共计?|合计|计)?\d+(?:人|名)[)]?$")
_UNIT: Final = re.compile(
    r"(?:部|部门|车间|科|科室|组|班|班组|线|产线|室|中心|队|仓|仓库|店|处|项目|项目部|办|办公室|食堂|门卫|保安|后勤|"
    r"行政|财务|生产|品质|质检|工程|销售|采购|仓储|管理层|管理人员|办公区)$"
)
# Titles and page heads are no departments.
_TITLE: Final = re.compile(r"花名册|名册|名单|台账|一览表|登记表|统计表|信息表|公司|第\d+页|20\d\d年|\d月")
# What is printed on each page.
_PAGE: Final = re.compile(r"名册|名单|台账|一览表|登记表|统计表|信息表|第\d+页")
LONGEST: Final = 20
# 北仑分公司 and 总厂 are parts of the house. What is called a company is longer than 甲公司.
_PART_OF_THE_HOUSE: Final = re.compile(r"(?<!有限公司)(?:分公司|分厂|总厂|工厂)$")
_SENTENCE: Final = re.compile(r"^(?:本|由|以上|以下|注|说明|备注|上述|经)")
SHORTEST_COMPANY: Final = 6
LONGEST_REST: Final = 16


def is_heading(text: str) -> bool:
    """Whether a row's first text, folded and without white space, names a part of the staff."""
    return _department(text) is not None or _kind(text) is not None or _company(text) is not None


def carried_down(
    grid: Grid, sections: npt.NDArray[np.int64], rows: npt.NDArray[np.int64], employer: str | None = None
) -> dict[str, pa.Array]:
    """``department``, ``employer_name`` and ``report_kind`` as headings say them, one value a line of ``rows``
    (0-based, ascending), null where none does; only the fields that some heading speaks of.

    ``employer``: whom the sheet's title names: under a heading of that name people are its own again.
    """
    told: dict[str, list[str | None]] = {"department": [None], "employer_name": [None], "report_kind": [None]}
    for row in sections:
        text = _squeezed(next(t for c, t in grid.row_texts(int(row)) if grid.kinds[c][row] != EMPTY))
        heading = {"department": _department(text), "employer_name": _company(text), "report_kind": _kind(text)}
        own = _is_own(heading["employer_name"], employer)
        if _PAGE.search(text) and (own or not any(heading.values())):
            # The title again, as printed on each page, ends nothing.
            heading = {field: values[-1] for field, values in told.items()}
        else:
            # A department ends with any heading, a kind and an employer with another of theirs.
            heading["report_kind"] = heading["report_kind"] or told["report_kind"][-1]
            heading["employer_name"] = None if own else heading["employer_name"] or told["employer_name"][-1]
        for field, value in heading.items():
            told[field].append(value)
    above = pa.array(np.searchsorted(sections, rows))
    found = {field: pa.array(values, pa.string()).take(above) for field, values in told.items() if any(values)}
    return {field: values for field, values in found.items() if values.null_count < len(values)}


def _squeezed(text: str) -> str:
    return "".join(unicodedata.normalize("NFKC", text).split())


def _department(text: str) -> str | None:
    if _kind(text) or _TITLE.search(text):
        return None
    bare = _LABEL.sub("", _NUMBERED.sub("", text))
    evident = bare != text
    uncounted = _COUNTED.sub("", bare).strip(":,-、")
    evident = evident or uncounted != bare
    if not uncounted or len(uncounted) > LONGEST or not re.search(r"[\u4e00-\u9fff]", uncounted):
        return None
    return uncounted if evident or _UNIT.search(uncounted) else None


def _company(text: str) -> str | None:
    """The employer that a heading consists of: 二、宁波乙电子有限公司(12人)."""
    bare = _COUNTED.sub("", _NUMBERED.sub("", text))
    name = None if _SENTENCE.search(bare) else find_employer([bare])
    if name is None or len(name) < SHORTEST_COMPANY or _PART_OF_THE_HOUSE.search(name):
        return None
    start = without_dates(bare).strip().find(name)
    return name if start == 0 and len(bare) - len(name) <= LONGEST_REST else None


def _is_own(company: str | None, employer: str | None) -> bool:
    own = _squeezed(employer) if employer else ""
    return bool(company and own) and ((company or "") in own or own in (company or ""))


def _kind(text: str) -> str | None:
    if len(text) > LONGEST:
        return None
    return next((KIND_LABELS[kind] for kind, words in _KINDS if words.search(text)), None)
