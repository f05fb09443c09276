"""What a file says outside its table: employer, credit code, report month, kind of roster (messiness A13, B1).

Asked in this order: the rows above the header, the file's name, the sheet's name, the folders (of a zip, too); then
columns whose rows all agree.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Sequence
from typing import Final, TypeVar

import pyarrow as pa
import pyarrow.compute as pc

from clearbase.reading.header_text import normal
from clearbase.reading.kinds import find_kind
from clearbase.reading.months import FileMonths, SheetMonth, period_by_date, tell_period
from clearbase.reading.periods import EXPLAINS, LONGEST_TITLE, find_period, without_dates
from clearbase.reading.titles import SheetTexts, joined_labels, plain
from clearbase.records import FileFacts
from clearbase.standards import credit_code

T = TypeVar("T")

EMPLOYER_LABEL: Final = re.compile(
    r"(?:单位名称|企业名称|公司名称|用人单位|用工单位|填报单位|报送单位|编制单位|填表单位|单位全称|企业全称|所属单位)"
    r"(?:名称)?(?:\((?:盖章|公章|签章|全称)\))?:\s*"
)
# Whom a row or a column of such a name speaks of is not the reporting employer: where its people work, who sent them.
OTHER_PARTY: Final = re.compile(
    r"(?:用工|派遣|外包|劳务|发包|承包|客户|服务)(?:单位|企业|公司|机构|方)?(?:名称|全称)?(?:\([^()]*\))?"
    r"\s*(?:[:的]|统一社会信用|社会信用|信用代码|$)"
)
NEXT_LABEL: Final = re.compile(r"\s+|(?:统一社会信用代码|填报日期|填表日期|日期|联系人|联系电话|单位:).*$")
COMPANY: Final = re.compile(
    r"[\u4e00-\u9fffA-Za-z0-9()·&]{2,40}?(?:有限责任公司|股份有限公司|有限公司|分公司|集团公司|公司|合作社|事务所|工厂|总厂|"
    r"(?<=[\u4e00-\u9fff])厂|酒店|商行|经营部|个体工商户)(?:[\u4e00-\u9fff]{2,10}分公司)?(?:\([^()]{2,10}\))?(?!名称|有限|股份|集团)"
)
# What is called 公司 without being the name of one.
NO_COMPANY: Final = re.compile(
    r"^(?:本|我|各|总|分|子|母|贵|该|一|二|三|四|五|六|[0-9]+|集团|所属|所在|全|外包|派遣|劳务)*(?:公司|分公司|集团公司|厂|工厂|总厂)$"
)
# Not after a credit code's own letters, and not a mere number: those are identity numbers.
CREDIT_CODE: Final = re.compile(r"(?<![0-9A-Z])([0-9A-HJ-NPQRTUWXY]{18})(?![0-9A-Z])")


def find_facts(
    names: list[str],
    sheets: list[SheetTexts],
    lines: pa.Table | None,
    months: FileMonths,
    taken: Sequence[SheetMonth],
    several: Sequence[dt.date] = (),
    other_party: frozenset[str] = frozenset(),
) -> FileFacts:
    """The facts of a file. Where its sheets or lines disagree the fact stays None and ``sources`` says ``conflict``.

    ``names``: of the file and its folders, nearest first (``titles.names_of``): what nothing else says, they may say.
    ``taken``: the months of ``sheets``; ``several``: those of the file, among which one was chosen. ``other_party``:
    fields of ``lines`` whose header names a user unit or an agency (``is_other_party``).
    """
    facts = FileFacts()
    facts.employer_name = _find(facts, "employer_name", find_employer, names, sheets)
    named = find_employer(names[:1])
    if named and facts.employer_name and named != facts.employer_name:
        facts.employer_in_file_name = named
    own = [SheetTexts(sheet.name, [row for row in sheet.titles if not _of_other_party(row)]) for sheet in sheets]
    facts.employer_uscc = _find(facts, "employer_uscc", find_credit_code, names, own)
    tell_period(facts, months, taken, several)
    facts.kind = _find(facts, "kind", find_kind, names, sheets)
    if facts.kind == "full" and find_kind(names[:1]) == "correction":
        # The roster inside is called what it was called when it was sent first.
        facts.kind, facts.sources["kind"] = "correction", "file_name"
    _agreeing_columns(facts, lines, other_party)
    period_by_date(facts, taken)
    if facts.employer_uscc is None and "employer_uscc" not in facts.sources:
        # Many a single employer calls itself 用工单位: better than nothing, but it contradicts nobody.
        facts.employer_uscc = _find(facts, "employer_uscc", find_credit_code, names, sheets)
        if "employer_uscc" in facts.sources:
            facts.sources["employer_uscc"] = "other_party"
    return facts


def _find(
    facts: FileFacts, fact: str, finder: Callable[[list[str]], T | None], names: list[str], sheets: list[SheetTexts]
) -> T | None:
    places: tuple[tuple[str, list[list[str]]], ...] = (
        ("title", [sheet.titled() for sheet in sheets]),
        ("file_name", [[names[0]]]),
        ("sheet_name", [[sheet.name] for sheet in sheets]),
        *(("folder", [[folder]]) for folder in names[1:]),
    )
    for source, texts_by_sheet in places:
        told = [finder([plain(t) for t in texts]) for texts in texts_by_sheet]
        found = {value for value in told if value is not None}
        if fact == "kind" and found and found <= {"joiners", "leavers"} and None in told:
            continue  # of some of its people only: their lines will say so, and the file is what else it is called
        if len(found) == 1:
            facts.sources[fact] = source
            return found.pop()
        if found:
            # 在职 and 离职 sheets in one file: together they are the full roster.
            if fact == "kind" and "full" in found and "changes" not in found:
                facts.sources[fact] = source
                return next(value for value in found if value == "full")
            facts.sources[fact] = "conflict"
            return None
    return None


def find_employer(texts: list[str]) -> str | None:
    """The employer's name: after a label, else what ends like a company's name."""
    for text in texts:
        label = EMPLOYER_LABEL.search(text)
        if label and (name := NEXT_LABEL.split(text[label.end() :].strip(), maxsplit=1)[0].strip("_- ")):
            return name
    for text in texts:
        if len(text) > LONGEST_TITLE or EXPLAINS.search(text):
            continue
        for candidate in COMPANY.findall(without_dates(text)):
            if not NO_COMPANY.match(candidate):
                return str(candidate)
    return None


def find_credit_code(texts: list[str]) -> str | None:
    """A valid credit code (GB 32100); one of digits alone only beside a label, as identity numbers look like that."""
    for text in texts:
        for code in CREDIT_CODE.findall(text.upper().replace(" ", "")):
            if credit_code.is_valid(code) and (not code.isdigit() or "信用代码" in text):
                return str(code)
    return None


def is_other_party(header: str) -> bool:
    """Whether a column's header speaks of a user unit, an agency, a client."""
    return bool(OTHER_PARTY.search(normal(header)))


def _of_other_party(row: list[str]) -> bool:
    return any(OTHER_PARTY.search(plain(text)) for text in joined_labels(row))


def _agreeing_columns(facts: FileFacts, lines: pa.Table | None, other_party: frozenset[str]) -> None:
    if lines is None or not lines.num_rows:
        return
    told = {normal(text).upper() for text in _values(lines, "employer_uscc")}
    codes = {code for code in told if credit_code.is_valid(code)}
    names = {text.strip() for text in _values(lines, "employer_name")}
    for column, named in (("employer_uscc", codes), ("employer_name", names)):
        if column not in other_party:
            facts.row_employers += tuple(sorted(named))
    own = [lines[c] for c in ("employer_uscc", "employer_name") if c in lines.column_names and c not in other_party]
    facts.every_row_named = bool(own) and pc.coalesce(*own).null_count == 0
    if "employer_uscc" not in other_party and len(codes | ({facts.employer_uscc} - {None})) > 1:
        facts.employer_uscc, facts.sources["employer_uscc"] = None, "conflict"
    elif (
        len(told) == len(codes) == 1
        and facts.employer_uscc is None
        and facts.sources.get("employer_uscc") != "conflict"
    ):
        source = "other_party" if "employer_uscc" in other_party else "column"
        facts.employer_uscc, facts.sources["employer_uscc"] = codes.pop(), source
    if facts.employer_name is None and names and facts.sources.get("employer_name") != "conflict":
        if len(names) == 1:
            facts.employer_name, facts.sources["employer_name"] = names.pop(), "column"
        elif "employer_name" not in other_party:
            facts.sources["employer_name"] = "conflict"
    month = _only_value(lines, "report_period")
    if facts.period is None and month and (period := find_period([plain(month)])):
        facts.period, facts.sources["period"] = period, "column"


def _values(lines: pa.Table, column: str) -> list[str]:
    return pc.unique(lines[column].drop_null()).to_pylist() if column in lines.column_names else []


def _only_value(lines: pa.Table, column: str) -> str | None:
    """The value in which all rows agree that have one; None where they do not."""
    values = _values(lines, column)
    return values[0] if len(values) == 1 else None
