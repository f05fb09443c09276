"""Whose roster a file is, for which month and of which kind; or why that has to be asked before it is taken.

The same for ``check`` and for the pipeline; only the pipeline can ask who is known.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Final
from zoneinfo import ZoneInfo

import pyarrow as pa

from clearbase.given import Given
from clearbase.ledger.reporters import Authority, may_report
from clearbase.privacy.labels import safe_label
from clearbase.reading.header_text import normal
from clearbase.reading.months import PLACES, in_words
from clearbase.reading.observations import observed
from clearbase.records import FINDINGS, FileFacts, RosterKind
from clearbase.settings import TIME_ZONE

_LEGAL_FORM: Final = re.compile(r"(?:有限责任|股份有限|有限)?公司|集团|（[^（）]*）")
TOLD_NAMES: Final = 3
SHORTEST_NAME: Final = 4  # 本部, 总厂: a part of the house


@dataclass(frozen=True)
class Belonging:
    """``missing``: why it has to be held, a code of ``intake.reasons``. ``kind`` is None only where it is unclear.

    ``disagrees``: another employer that title or file name tell of. ``unknown``: employers that rows name and nobody
    knows. ``names`` and ``periods``: what title, file name and sheets say each, where they differ. All of these are
    told and stop nothing. ``employer_name``: as the file gives it to just this employer. ``kind_reason``: what told the
    kind (``intake.submission``); ``history`` where nothing in the file does, so that what is believed has to.
    ``reported_by``: who may report for the employer and has done so. ``others``: other known employers whose people, as
    the file says, they are; ``let_as``: whose it would be, were it let without an authority.
    """

    employer_uscc: str | None
    period: dt.date | None
    kind: RosterKind | None
    missing: str | None
    disagrees: str | None = None
    unknown: tuple[str, ...] = ()
    names: str | None = None
    periods: str | None = None
    employer_name: str | None = None
    kind_reason: str | None = None
    reported_by: str | None = None
    others: tuple[str, ...] = ()
    let_as: str | None = None


def belonging(
    facts: FileFacts,
    given: Given,
    folder: str | None,
    known: Mapping[str, str | None] | None,
    authorities: Collection[Authority] = (),
    *,
    let: bool = False,
) -> Belonging:
    """``folder``: the credit code of the folder that the file lay in. ``known``: code → name of the employers that are
    recorded, None where nobody can be asked. ``authorities``: who may report for whom. ``let``: somebody has looked at
    this very file and let it in without an authority.

    What was given goes before the folder, the folder before title and file name, these before the rows.
    """
    said = given.employer_uscc or folder
    employer, missing = (said, None) if said else _inferred(facts, known)
    others, unknown = _of_rows(facts, employer, known)
    reporter = None
    meant = _named_instead(facts, said, others, known or {}) if said else None
    named = tuple(sorted({*others, *filter(None, [meant])}))
    if said and meant and (let or may_report(authorities, said, meant, given.period or facts.period)):
        employer, reporter, others, unknown = meant, said, [], ()
    elif said and (others or (meant and given.employer_uscc is None)):
        missing = None if let else "no_authority"
    elif others:
        missing = "employer_conflict"
    period = given.period or facts.period
    if given.period and facts.months and given.period not in facts.months:
        missing = missing or "period_not_there"
    elif period is None:
        missing = missing or "period_missing"
    elif period > _next_month():
        missing = missing or "period_ahead"
    kind = given.kind or facts.kind
    reason = "given" if given.kind else facts.sources.get("kind") if kind else None
    if kind is None and facts.sources.get("kind") == "conflict":
        missing = missing or "kind_unclear"
    elif kind is None:
        # Most are full rosters; what is believed when it is published will tell them better.
        kind, reason = "full", "history"
    disagrees = _disagreeing(facts, said, known) if said and not reporter else None
    names = None if disagrees and disagrees == facts.employer_in_file_name else _names(facts)
    periods = None if given.period else _periods(facts)
    name = _name_of(facts, employer if reporter else said)
    by = ((known or {}).get(reporter) or reporter) if reporter else None
    return Belonging(
        employer, period, kind, missing, disagrees, unknown[:TOLD_NAMES], names, periods, name, reason, by, named
    )


def lines_by_employer(lines: pa.Table, others: Collection[str], known: Mapping[str, str | None]) -> dict[str, int]:
    """Of each of the ``others`` (codes), how many lines name it as the employer; none where the title alone does."""
    columns = [column for column in ("employer_uscc", "employer_name") if column in lines.column_names]
    counts = dict.fromkeys(others, 0)
    if columns:
        for row in lines.group_by(columns).aggregate([([], "count_all")]).to_pylist():
            told = [row[column] or "" for column in columns]
            codes = {code for text in told for code in [normal(text).upper(), *_codes_of(text, known)]}
            for code in codes & counts.keys():
                counts[code] += row["count_all"]
    return counts


def told_of_file(found: Belonging, people: frozenset[str]) -> pa.Table:
    """What is told of whose file it is (``records.FINDINGS``). Employers' names are nobody's secret; ``people``: those
    whom the file names, for one may have got into the place of an employer."""
    told = [("employer_disagrees", found.disagrees), ("employer_names_differ", found.names)]
    told += [("reported_for", found.reported_by), ("periods_differ", found.periods)]
    told += [*(("row_employer_unknown", name) for name in found.unknown)]
    tables = [observed(code, text, safe_label(text, people)) for code, text in told if text]
    return pa.concat_tables([FINDINGS.empty_table(), *tables])


def _names(facts: FileFacts) -> str | None:
    """Title and file name, where they name different employers; the title is believed."""
    one, other = facts.employer_name, facts.employer_in_file_name
    return f"标题“{one}”，文件名“{other}”" if one and other and not _alike(one, other) else None


def _periods(facts: FileFacts) -> str | None:
    """Every place with the month that it says, where they differ; the first is believed."""
    if not (facts.period and facts.other_periods):
        return None
    places = {facts.sources["period"]: facts.period} | facts.other_periods
    return "，".join(f"{PLACES.get(place, place)}{in_words(month)}" for place, month in places.items())


def _name_of(facts: FileFacts, said: str | None) -> str | None:
    """The name that the file gives its employer. Where another has said whose it is, only one that stands with that
    employer's code."""
    return facts.employer_name if said is None or facts.employer_uscc == said else None


def _next_month() -> dt.date:
    """The last month that may be reported: employers prepare the next one's roster at the end of a month."""
    today = dt.datetime.now(ZoneInfo(TIME_ZONE)).date()
    return (today.replace(day=1) + dt.timedelta(days=32)).replace(day=1)


def _inferred(facts: FileFacts, known: Mapping[str, str | None] | None) -> tuple[str | None, str | None]:
    """The employer as the content tells it, and why the file is held."""
    if facts.sources.get("employer_uscc") == "conflict":
        return None, "employer_conflict"
    if facts.employer_uscc is not None:
        return facts.employer_uscc, None if known is None or facts.employer_uscc in known else "employer_unknown"
    if facts.employer_name is not None:
        if known is None:
            return None, None
        named = _codes_of(facts.employer_name, known)
        return (named[0], None) if len(named) == 1 else (None, "employer_unknown")
    return None, "employer_conflict" if facts.sources.get("employer_name") == "conflict" else "employer_missing"


def _of_rows(
    facts: FileFacts, employer: str | None, known: Mapping[str, str | None] | None
) -> tuple[list[str], tuple[str, ...]]:
    """Codes of other known employers that rows name, and what they name besides that nobody knows."""
    if employer is None and facts.employer_name is None:
        return [], ()
    others: list[str] = []
    unknown: list[str] = []
    recorded = known or {}
    named_here = facts.employer_name if facts.employer_uscc in (None, employer) else None
    own = {recorded.get(employer or ""), named_here}
    for told in facts.row_employers:
        codes = [told] if told in recorded else _codes_of(told, recorded)
        if employer in codes or told == employer:
            continue
        if codes:
            others += codes
        elif len(told) >= SHORTEST_NAME and not any(name and _alike(told, name) for name in own):
            unknown.append(told)
    return others, tuple(unknown)


def _named_instead(facts: FileFacts, said: str, others: Collection[str], known: Mapping[str, str | None]) -> str | None:
    """The one other known employer whose whole roster the file says it is: title or file name name it and no row
    contradicts, or every row names it."""
    head = _disagreeing(facts, said, known)
    headed = [head] if head in known else _codes_of(head or "", known)
    named = {*headed, *others}
    if len(named) != 1:
        return None
    meant = named.pop()
    own = known.get(meant)
    agree = all(
        told == meant or meant in _codes_of(told, known) or (told not in known and own and _alike(told, own))
        for told in facts.row_employers
    )
    return meant if agree and (headed or facts.every_row_named) else None


def _disagreeing(facts: FileFacts, said: str, known: Mapping[str, str | None] | None) -> str | None:
    """The employer that the file's head or name tells of, where it is another one than was said."""
    outside = ("title", "file_name", "sheet_name")
    if facts.sources.get("employer_uscc") in outside and facts.employer_uscc != said:
        return facts.employer_uscc
    own = (known or {}).get(said)
    named = facts.employer_name if facts.sources.get("employer_name") in outside else None
    return named if own and named and not _alike(own, named) else None


def _codes_of(name: str, known: Mapping[str, str | None]) -> list[str]:
    wanted = comparable_name(name)
    return [code for code, own in known.items() if own and comparable_name(own) == wanted]


def comparable_name(name: str) -> str:
    """An employer's name as compared: no spaces, half-width brackets as full-width ones are."""
    return "".join(name.split()).replace("(", "（").replace(")", "）")


def _alike(one: str, other: str) -> bool:
    """Whether two names may be one employer's: short and full form, with and without the legal form."""
    a, b = (_LEGAL_FORM.sub("", comparable_name(name)) for name in (one, other))
    return bool(a and b) and (a in b or b in a)
