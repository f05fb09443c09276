"""Which month each sheet is of, and which one a file of several months is taken for (messiness A13, B9)."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final

from clearbase.reading.periods import find_year, months_in
from clearbase.reading.titles import SheetTexts, plain
from clearbase.records import FileFacts, SheetRead

# The places where a month stands, in Chinese.
PLACES: Final = {
    "label": "所属月份",
    "title": "标题",
    "file_name": "文件名",
    "sheet_name": "工作表名",
    "folder": "文件夹名",
}


@dataclass(frozen=True)
class SheetMonth:
    """``month``: the month that a table is of, as ``source`` says it: ``label``, ``title``, ``sheet_name``, or nothing
    does. ``others``: other months that stand there too. ``dated``: when it was counted or filled in."""

    month: dt.date | None
    source: str = ""
    others: tuple[tuple[str, dt.date], ...] = ()
    dated: dt.date | None = None


@dataclass(frozen=True)
class FileMonths:
    """``sheets``: of each table of a roster, by its position. ``outside``: what the file's name and its folders say,
    nearest first. ``given``: the month that was said with the file."""

    sheets: Mapping[int, SheetMonth]
    outside: tuple[tuple[str, dt.date], ...] = ()
    given: dt.date | None = None

    def several(self, sheets: Sequence[SheetRead]) -> list[dt.date]:
        """The months of the tables that hold anybody, where they are not all of one."""
        found = {month for sheet in sheets if sheet.lines and (month := self.sheets[sheet.position].month)}
        return sorted(found) if len(found) > 1 else []

    def chosen(self, several: Sequence[dt.date]) -> dt.date | None:
        """Of several months the one that was given, else the one that the file's name says, else the newest. None where
        the one that was given is not among them."""
        if self.given is not None:
            return self.given if self.given in several else None
        return next((month for _, month in self.outside if month in several), max(several))


def months_of(
    tables: Sequence[tuple[SheetRead, SheetTexts]], names: Sequence[str], given: dt.date | None
) -> FileMonths:
    """The months of tables (with what stands round each) and of the names of file and folders, nearest first.

    A month without a year takes it from the titles, the file's name, its folders; from the day of filling in; from the
    month ``given``.
    """
    texts = [texts for _, texts in tables]
    found = [_month_of(each, _year_giver(each, texts, names, given)) for each in texts]
    said = {each.month for each in found if each.source in ("label", "title")}
    named = {month for each in found if (month := _by_name(each))}
    if len(said) == 1 and len(named) > 1:
        # The title was copied with the sheet from month to month, and forgotten there.
        found = [_by_its_name(each) for each in found]
    first: dict[int, SheetMonth] = {}
    whole: dict[int, SheetMonth] = {}
    for (sheet, _), each in zip(tables, found, strict=True):
        own = first.setdefault(sheet.worksheet, each)
        whole[sheet.position] = each if each.month else own
    year_of = _year_giver(SheetTexts("", [row for each in texts for row in each.titles]), texts, names, given)
    outside = [("folder" if at else "file_name", months_in([name], year_of).told) for at, name in enumerate(names)]
    return FileMonths(whole, tuple((place, month) for place, month in outside if month), given)


def tell_period(facts: FileFacts, months: FileMonths, taken: Sequence[SheetMonth], several: Sequence[dt.date]) -> None:
    """The month of a file: as a label or a title says it, else its name, else its sheets' names, else its folders.

    ``months``: of the tables that are ``taken``; ``several``: those among which one was chosen, if any.
    """
    facts.months = tuple(several)
    inside = [(each.source, each.month) for each in taken if each.month]
    titled = [(source, month) for source, month in inside if source != "sheet_name"]
    of_file = [each for each in months.outside if each[0] == "file_name"]
    folders = [each for each in months.outside if each[0] == "folder"]
    chosen = months.chosen(several) if several else None
    of_chosen = [each for each in inside if each[1] == chosen]
    places = [of_chosen] if several else [titled, of_file, inside, folders[:1]]
    told = next((place for place in places if place), [])
    if len({month for _, month in told}) > 1 or (several and chosen is None):
        facts.sources["period"] = "conflict"
    elif told:
        facts.sources["period"], facts.period = told[0]
        also = [*inside, *(other for each in taken for other in each.others), *of_file]
        facts.other_periods = {place: month for place, month in also if month != facts.period}


def period_by_date(facts: FileFacts, taken: Sequence[SheetMonth]) -> None:
    """When it was filled in is the last that is asked: mostly that is the month after."""
    dated = {each.dated for each in taken if each.dated}
    if facts.period is None and "period" not in facts.sources and len(dated) == 1:
        facts.period, facts.sources["period"] = dated.pop(), "filled_in"


def in_words(month: dt.date) -> str:
    return f"{month.year}年{month.month}月"


def reason_of_month(month: dt.date, reason: str) -> str:
    """The reason of a roster sheet in a file of several months."""
    return f"{in_words(month)}的名册，{reason}"


def months_told(sheets: Sequence[SheetRead]) -> list[str]:
    """The months of a file of several, as the reasons of its sheets tell them (``reason_of_month``)."""
    return list(dict.fromkeys(found[1] for sheet in sheets if (found := _OF_MONTH.match(sheet.reason))))


_OF_MONTH: Final = re.compile(r"(\d{4}年\d{1,2}月)的名册，")


def _year_giver(
    own: SheetTexts, sheets: Sequence[SheetTexts], names: Sequence[str], given: dt.date | None
) -> Callable[[int], int | None]:
    """Month → the year that it is of, where its text does not say."""
    everywhere = [text for each in sheets for text in [*each.titled(), plain(each.name)]]
    year = find_year([*own.titled(), plain(own.name), *names, *everywhere])
    dated = None if year else months_in(own.titled()).dated
    if dated is not None:
        return lambda month: dated.year if month <= dated.month else dated.year - 1
    return lambda month: year or (given.year if given else None)


def _month_of(texts: SheetTexts, year_of: Callable[[int], int | None]) -> SheetMonth:
    said = months_in(texts.titled(), year_of)
    named = months_in([plain(texts.name)], year_of).told
    sources = (("label", said.labelled), ("title", said.titled), ("sheet_name", named))
    told = [(source, month) for source, month in sources if month]
    if not told:
        return SheetMonth(None, dated=said.dated)
    source, month = told[0]
    return SheetMonth(month, source, tuple(each for each in told if each[1] != month), said.dated)


def _by_name(found: SheetMonth) -> dt.date | None:
    """The month in the sheet's name: where it is none of the others, it is the month of the sheet."""
    return dict(found.others).get("sheet_name", found.month)


def _by_its_name(found: SheetMonth) -> SheetMonth:
    named = dict(found.others).get("sheet_name")
    return replace(found, month=named, source="sheet_name", others=()) if named else found
