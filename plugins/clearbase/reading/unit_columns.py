"""What a column of units or of children holds, by its cells: companies, branches of one, how many children."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Final

from clearbase.reading.column_names import ALIKE, BARE, CORRECTED, ColumnName
from clearbase.reading.column_sample import Sample

A_COMPANY: Final = re.compile(r"公司$|集团$|[\u4e00-\u9fff]{3}(?:厂|合作社|事务所|经营部|医院|学校|酒店)$")
BRANCH: Final = re.compile(r"(?:所[在属])?(?:门店|店铺|门市|分店|连锁店|店面)(?:名称?)?")
CHILDREN: Final = re.compile(r"(?:有|几)?(?:小孩|孩子|子女|娃|儿女)(?:几个)?")
HOW_MANY: Final = re.compile(r"^\s*[0-9一二两三四无没]\s*[个名]?\s*$")
FEWEST: Final = 5
MOST: Final = 0.9


def name_units(names: list[ColumnName], sample: Sample) -> None:
    """Names again, in place, columns of units and of children that their cells tell better than their headers."""
    _name_companies(names, sample)
    _name_branches(names, sample)
    _name_children(names, sample)


def _name_companies(names: list[ColumnName], sample: Sample) -> None:
    """所属组织 over names of companies is the employer, where no column has that and another is the department."""
    departments = [c for c, name in enumerate(names) if name.field == "department" and not name.part]
    if len(departments) < 2 or any(name.field == "employer_name" for name in names):
        return
    for c in departments:
        told = len(sample.texts(c)) >= FEWEST and sample.share(c, A_COMPANY) >= MOST
        if told and names[c].sureness != CORRECTED:
            names[c] = replace(names[c], field="employer_name", sureness=BARE, reason="内容是单位名称，不是部门")
            return


def _name_branches(names: list[ColumnName], sample: Sample) -> None:
    """门店 of 高塘店 and 万达店: the branches of an employer, no employers."""
    if any(name.field == "department" for name in names):
        return
    for c, name in enumerate(names):
        called = name.field == "employer_name" and name.sureness == ALIKE and BRANCH.fullmatch(name.leaf)
        texts = sample.texts(c) if called else []
        if len(texts) >= FEWEST and len(set(texts)) > 1 and sample.share(c, A_COMPANY) <= 1 - MOST:
            names[c] = replace(name, field="department", reason="内容是各门店，按部门读取")
            return


def _name_children(names: list[ColumnName], sample: Sample) -> None:
    """小孩 over 1 and 2 is how many; over names it stays somebody else's."""
    if any(name.field == "children_count" for name in names):
        return
    for c, name in enumerate(names):
        called = name.field is None and CHILDREN.fullmatch(name.leaf)
        if called and len(sample.texts(c)) >= FEWEST and sample.share(c, HOW_MANY) >= MOST:
            names[c] = replace(name, field="children_count", sureness=ALIKE, reason="内容是个数，按子女数读取")
            return
