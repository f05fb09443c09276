"""What reading itself has to tell of a cell or of the file: no rule about a value, but about how it stands there."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import pyarrow as pa

from clearbase.records import FINDINGS, Severity


@dataclass(frozen=True)
class Observation:
    """What the employer is told; ``{value}`` stands for what was seen."""

    severity: Severity
    found: str
    expected: str
    mend: str


OBSERVED: Final[dict[str, Observation]] = {
    "employer_disagrees": Observation(
        "warning",
        "标题、文件名等处写的用人单位“{value}”与报送单位不一致，已按报送单位处理",
        "标题和文件名写报送单位自己的全称",
        "确是本单位人员的，请改正标题或文件名；放错文件夹的，请联系街道流动人口服务站。",
    ),
    "row_employer_unknown": Observation(
        "warning",
        "名单中的单位名称“{value}”与报送单位不一致，也不在本系统的用人单位名单中，只作为文字保存",
        "一份文件只报本单位的人员",
        "属于本单位的，请改成本单位全称；属于其他单位的，请由该单位报送。",
    ),
}


def observed(code: str, found: str | None, found_masked: str | None) -> pa.Table:
    """One finding of the whole file (``records.FINDINGS``): it has neither sheet nor row."""
    return findings_at(code, None, [None], [None], [None], [found], [found_masked])


def findings_at(
    code: str,
    sheet: int | None,
    rows: Sequence[int | None],
    cols: Sequence[int | None],
    fields: Sequence[str | None],
    found: Sequence[str | None],
    masked: Sequence[str | None],
) -> pa.Table:
    """Findings of one code on one sheet, in the form of ``records.FINDINGS``."""
    count = len(rows)
    severity = OBSERVED[code].severity
    columns = ([sheet] * count, rows, cols, fields, [code] * count, [severity] * count, found, masked)
    return pa.table([pa.array(c, t) for c, t in zip(columns, FINDINGS.types, strict=True)], schema=FINDINGS)
