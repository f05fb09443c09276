"""The kind of a roster: by the words of a title, and by what each of its lines says of itself."""

from __future__ import annotations

import re
from typing import Final

import pyarrow as pa
import pyarrow.compute as pc

from clearbase.reading.periods import EXPLAINS, LONGEST_TITLE
from clearbase.records import FileFacts, RosterKind
from clearbase.standards import calendar_date, code_lists

# Words → kind. Joiners and leavers are asked before the full roster: 新进员工花名册 is a list of joiners.
KIND_WORDS: Final[tuple[tuple[RosterKind, re.Pattern[str]], ...]] = (
    ("leavers", re.compile(r"离职|减员|退工|离厂|退场|离场|撤场|解除劳动|终止劳动")),
    ("joiners", re.compile(r"新进|新入|入职|增员|新增|新招|招用|录用|新员工|进场人员")),
    ("full", re.compile(r"在职|花名册|名册|全员|台账|员工表|员工信息|人员信息|员工名单|人员名单|职工名单|员工档案")),
)
# One list of comers and goers. Read as a full roster it would end everybody else's employment.
CHANGES: Final = re.compile(
    r"入离职|离入职|进离职|进出厂|增减员|减增员|增减(?:变动|变化|人员|情况|名单|表)"
    r"|(?:变动|异动)(?:人员|员工|情况)*(?:统计|登记|明细|汇总)?(?:表|名单|明细|台账|花名册)"
)
# What says again what was reported before. 补报 is a late report, 修正药业 an employer, 请更正 an instruction.
CORRECTION: Final = re.compile(
    r"(?<![请予应须以需])(?:更正|补正|修正|订正)(?:后|过)?(?:的)?"
    r"(?=版|稿|件|表|名单|名册|花名册|台账|人员|员工|职工|信息|数据|$|[^\u4e00-\u9fff])"
)
# 本月入职3人，离职2人: a count above a roster, no name of the list.
_COUNTED: Final = re.compile(
    r"(?:入职|新进|新增|新入|离职|减员|增员|退工)(?:人员|员工|职工)?(?:人数)?[:为]?\s*\d+\s*(?:人|名)"
)
# What is said of lines in the catalogue's field report_kind, where a sheet or a heading says it of all of them.
KIND_LABELS: Final[dict[str | None, str]] = {"leavers": "离职", "joiners": "新增", "full": "全量"}
# What a line says of itself in the field report_kind.
LINE_LEFT: Final = r"^(?:离职|减员|退工|离厂|退场|离场|离岗|辞职|辞退|LEAVE|leave|[减离退]$)"
LINE_CAME: Final = r"^(?:新增|新进|新入|入职|增员|ADD|add|[增入进]$)"


def find_kind(texts: list[str]) -> RosterKind | None:
    """The kind by the words of a title; changes where it names both joiners and leavers."""
    told = [text for text in texts if len(text) <= LONGEST_TITLE and not EXPLAINS.search(text)]
    found = _kinds_in(told)
    if found & {"joiners", "leavers", "changes"} and any("在职" in text for text in told):
        return "full"
    if {"joiners", "leavers"} <= found:
        # Counts alone do not make a list of changes of what else is called a roster.
        left = _kinds_in([_COUNTED.sub("", text) for text in told])
        return "full" if left == {"full"} else "changes"
    if "changes" in found:
        return "changes"
    # A list of leavers that is said again is one of leavers; what is only a roster says again whom it names.
    if not found & {"joiners", "leavers"} and any(CORRECTION.search(text) for text in told):
        return "correction"
    return next((kind for kind, _ in KIND_WORDS if kind in found), None)


def _kinds_in(texts: list[str]) -> set[str]:
    named = {"changes" for text in texts if CHANGES.search(text)}
    return named | {kind for text in texts for kind, words in KIND_WORDS if words.search(text)}


def kind_by_lines(facts: FileFacts, lines: pa.Table) -> None:
    """Where title and names do not settle the kind: what every line says of itself.

    A list of changes of which some line does not say whether it came or went stays unclear (``conflict``). One without
    a word of a kind is of comers and goers where each line says so in ``report_kind``, of leavers where all have left.
    """
    unclear = facts.kind == "changes" or facts.sources.get("kind") == "conflict"
    if not unclear and facts.kind is not None:
        return
    left, came = (_lines_say(lines, words) for words in (LINE_LEFT, LINE_CAME))
    if lines.num_rows and _all(pc.or_(left, came)):
        facts.kind = "leavers" if _all(left) else "joiners" if _all(came) else "changes"
        facts.sources["kind"] = "column"
        return
    gone, there = _left(lines), _there(lines)
    if unclear and lines.num_rows and _all(pc.or_(pc.or_(left, came), pc.or_(gone, there))):
        facts.kind = "changes"
        facts.sources["kind"] = facts.sources["kind"].replace("conflict", "column")
    elif unclear:
        facts.kind, facts.sources["kind"] = None, "conflict"
    elif lines.num_rows and _all(gone):
        facts.kind, facts.sources["kind"] = "leavers", "content"


def _all(mask: pa.Array) -> bool:
    return bool(pc.all(mask).as_py())


def _lines_say(lines: pa.Table, words: str) -> pa.Array:
    texts = pc.utf8_trim_whitespace(_texts(lines, "report_kind"))
    return pc.fill_null(pc.match_substring_regex(texts, words), False)


def _left(lines: pa.Table) -> pa.Array:
    return pc.or_(_has_status(lines, "left"), _is_dated(lines, "leave_date"))


def _there(lines: pa.Table) -> pa.Array:
    """Said to be there; or, beside others with their leave dates, with a date of hire and without one of leaving."""
    dated = _is_dated(lines, "leave_date")
    came = pc.and_(_is_dated(lines, "hire_date"), bool(pc.any(dated).as_py()))
    return pc.or_(_has_status(lines, "active"), came)


def _has_status(lines: pa.Table, status: str) -> pa.Array:
    texts = _texts(lines, "employment_status")
    meant = [text for text in pc.unique(texts).drop_null().to_pylist() if _status(text) == status]
    return pc.is_in(texts, value_set=pa.array(meant, pa.string()))


def _status(text: str) -> str | None:
    return code_lists.canonical("employment_status", text)


def _is_dated(lines: pa.Table, field: str) -> pa.Array:
    texts = _texts(lines, field)
    values = pc.unique(texts).drop_null().to_pylist()
    dates = [text for text in values if calendar_date.parse(text).how != "open"]
    return pc.is_in(texts, value_set=pa.array(dates, pa.string()))


def _texts(lines: pa.Table, field: str) -> pa.Array:
    if field not in lines.column_names:
        return pa.nulls(lines.num_rows, pa.string())
    column = lines[field]
    return column.combine_chunks() if isinstance(column, pa.ChunkedArray) else column
