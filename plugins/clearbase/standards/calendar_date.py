"""Dates as employers write them (messiness E): text in any order of marks, serial numbers, Chinese numerals, months.

A date is ``YYYY-MM-DD``, or ``YYYY-MM`` where the cell says no more: a day is never invented. How a cell was read is
kept beside it (``READINGS``), because an unreadable cell, an ambiguous one and one that says 长期 are not the same.
Serial numbers count from 1899-12-30 (the 1900 system); a 1904 workbook is corrected by the reader.

>>> parse("2021年3月5日")
Reading(value='2021-03-05', how='day')
>>> parse("2021.1", numeric=True)
Reading(value=None, how='ambiguous')
"""

from __future__ import annotations

import calendar
import datetime as dt
import re
import unicodedata
from collections.abc import Callable
from typing import Literal, NamedTuple

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from clearbase.standards.distinct import Column, changed, each_distinct, one_array
from clearbase.standards.invalid import Invalid
from clearbase.standards.words import words

How = Literal["day", "month", "assumed", "open", "ambiguous", "unreadable"]
READINGS: tuple[How, ...] = ("day", "month", "assumed", "open", "ambiguous", "unreadable")


class Reading(NamedTuple):
    """``value`` is None unless ``how`` is day, month or assumed (the order of day, month, year had to be guessed)."""

    value: str | None
    how: How


# A date cell that says there is no end, or nothing (messiness E7): null with a meaning, no fault.
OPEN_WORDS = frozenset(
    words(
        "长期 长期有效 永久 永久有效 至今 迄今 现在 今 在职 在岗 未离职 未离 无固定期限 无固定期 无固定 "
        "无期限 无 暂无 未定 待定 / // - -- — —— \\ 、 。 . * 0 空 不详 未知 没有 null none nan nat n/a na "
        "#n/a ##### 未签 无合同"
    )
)
NO_DATES = frozenset(("0000-00-00", "0001-01-01"))  # of databases: MySQL's zero date, the first day that .NET knows
SERIALS = range(20000, 60001)
EPOCH = dt.date(1899, 12, 30)
YEARS = range(1900, 2101)
# An end written as a far date means none. What begins on one lies ahead (``quality.standardise`` knows which is which).
FAR_YEARS = frozenset((2099, 2999, 9999))
FAR = r"\A\D*(?:2099|2999|9999)"
CHINESE_DIGITS = {
    character: digit
    for digit, characters in enumerate(("〇零○Ｏ", "一", "二", "三", "四", "五", "六", "七", "八", "九"))
    for character in characters
}
ENGLISH_MONTHS = {name.lower(): n for n, name in enumerate(calendar.month_abbr) if name}
# What most cells look like, and what no word or numeral could be in.
PLAIN = re.compile(r"([0-9]{4})(?:([-./])([0-9]{1,2})\2([0-9]{1,2})|年([0-9]{1,2})月([0-9]{1,2})日)")
PLAIN_CELL = (  # the same for RE2, eight digits, and the number of a day
    r"\A(?:[0-9]{4}(?:-[0-9]{1,2}-|\.[0-9]{1,2}\.|/[0-9]{1,2}/)[0-9]{1,2}|[0-9]{4}年[0-9]{1,2}月[0-9]{1,2}日|[0-9]{8}|[0-9]{5})\z"
)
TIME = re.compile(r"(?<=[0-9日号])[ T]+[0-9]{1,2}[:时点].*$")


def parse(text: str, numeric: bool = False) -> Reading:
    """Read one cell; ``numeric`` tells that the cell was typed as a number (its text is then the number's)."""
    if (plain := PLAIN.fullmatch(text)) and text not in NO_DATES:
        return _build(int(plain[1]), int(plain[3] or plain[5]), int(plain[4] or plain[6]), "day")
    said = text
    if not text.isascii():
        said = "".join(c for c in unicodedata.normalize("NFKC", text) if unicodedata.category(c) not in ("Cf", "Cc"))
    said = said.strip(" \t\r\n'\"")
    if not said or said.lower() in OPEN_WORDS or said.strip("…") == "":
        return Reading(None, "open")
    said = TIME.sub("", said)
    if said in NO_DATES:
        return Reading(None, "open")
    if re.fullmatch(r"[0-9]+(?:\.[0-9]+)?", said):
        return _number(said, numeric)
    if any(c in CHINESE_DIGITS or c in "十廿卅" for c in said):
        said = _arabic(said)
    parts = re.fullmatch(
        r"([0-9]{4}|[0-9]{1,2})\s*[-./,。、年_ ]\s*([0-9]{1,2})(?:\s*[-./,。、月_ ]+\s*([0-9]{1,4})?)?\s*[日号.。]?",
        said,
    )
    if parts:
        return _parts(parts[1], parts[2], parts[3])
    if english := re.fullmatch(r"(?:([0-9]{1,2})[- ])?([A-Za-z]{3})[A-Za-z]*[-, ]+([0-9]{4}|[0-9]{2})", said):
        month = ENGLISH_MONTHS.get(english[2].lower())
        if month:
            return _build(_year(english[3]), month, int(english[1]) if english[1] else None, "day")
    return Reading(None, "unreadable")


def parse_range(text: str) -> tuple[str, str] | None:
    """The two halves of ``2023.1.1-2025.12.31`` or ``2023年1月1日至长期`` (messiness E9), None where it is no
    range."""
    said = unicodedata.normalize("NFKC", text).strip()
    one = r"[0-9]{4}[-./年][0-9]{1,2}(?:[-./月][0-9]{1,2}日?|月)?|[0-9]{8}"
    halves = re.fullmatch(
        rf"({one})\s*(?:至|到|~|-+|—+|–)\s*({one}|长期|至今|今|无固定期限)", said.replace("--", "~").replace("——", "~")
    )
    return (halves[1], halves[2]) if halves else None


def compact(text: str) -> str:
    """The canonical date, or an empty text where the cell holds none."""
    return parse(text).value or ""


def validate(text: str) -> str:
    """The canonical date. Raises Invalid with the reading as reason: ``open``, ``ambiguous``, ``unreadable``."""
    reading = parse(text)
    if reading.value is None:
        raise Invalid(reading.how)
    return reading.value


def is_valid(text: str) -> bool:
    return parse(text).value is not None


def parse_all(values: Column, rule: Callable[[str], Reading] = parse) -> tuple[pa.Array, pa.Array]:
    """(canonical dates, readings) of every cell, each a string column; null stays null in both.

    ``rule`` reads what is not written plainly; what is, as most cells are, is read a column at a time.
    """
    encoded = one_array(values).dictionary_encode()
    texts = encoded.dictionary
    plain = pc.fill_null(pc.match_substring_regex(texts, PLAIN_CELL), False)
    plain = pc.and_(plain, pc.invert(pc.is_in(texts, value_set=pa.array(sorted(NO_DATES)))))
    value, how = _plain_dates(texts.filter(plain))
    others = [rule(text) for text in texts.filter(pc.invert(plain)).to_pylist()]
    # the plain ones and the others behind them, and where each text of the dictionary stands among those
    order = np.argsort(np.argsort(~plain.to_numpy(zero_copy_only=False), kind="stable"), kind="stable")
    at = pa.array(order).take(encoded.indices)
    both = zip((value, how), ([r.value for r in others], [r.how for r in others]), strict=True)
    first, second = (pa.concat_arrays([known, pa.array(rest, pa.string())]).take(at) for known, rest in both)
    return first, second


def _plain_dates(texts: pa.Array) -> tuple[pa.Array, pa.Array]:
    """``parse`` of texts that ``PLAIN_CELL`` matches."""
    serial = pc.equal(pc.binary_length(texts), 5)
    written = pc.if_else(serial, "1970-01-01", texts)
    parts = pc.extract_regex(written, r"(?P<year>[0-9]{4})\D?(?P<month>[0-9]{1,2})\D?(?P<day>[0-9]{1,2})")
    year, month, day = (pc.struct_field(parts, n).cast(pa.int32()).to_numpy() for n in range(3))
    months = (year - 1970) * 12 + np.clip(month, 1, 12) - 1
    first, next_first = (some.astype("datetime64[M]").astype("datetime64[D]") for some in (months, months + 1))
    length = (next_first - first).astype(np.int32)
    known = (year >= YEARS.start) & (year < YEARS.stop) & (month >= 1) & (month <= 12) & (day >= 1) & (day <= length)
    known &= ~((year == 1900) & (month == 1))
    number = pc.if_else(serial, texts, "0").cast(pa.int64()).to_numpy()
    numbered = serial.to_numpy(zero_copy_only=False)
    days = np.where(numbered, np.datetime64(EPOCH) + number, first + (day - 1))
    known = np.where(numbered, (number >= SERIALS.start) & (number < SERIALS.stop), known)
    far = np.isin(year, list(FAR_YEARS))
    told = pa.array(days, pa.date32()).cast(pa.string())
    how = np.where(far, "open", np.where(known, "day", "unreadable"))
    return pc.if_else(pa.array(known & ~far), told, pa.scalar(None, pa.string())), pa.array(how, pa.string())


def earliest(value: str) -> str:
    """The first day that a date of day or month precision can mean."""
    return value if len(value) == 10 else value + "-01"


def latest(value: str) -> str:
    """The last day that a date of day or month precision can mean."""
    if len(value) == 10:
        return value
    year, month = int(value[:4]), int(value[5:])
    return f"{value}-{calendar.monthrange(year, month)[1]:02d}"


def earliest_all(values: Column) -> pa.Array:
    """``earliest`` of every cell; null stays null. Only what is no whole day is looked at."""
    return _whole_days(values, earliest)


def latest_all(values: Column) -> pa.Array:
    """``latest`` of every cell; null stays null."""
    return _whole_days(values, latest)


def _whole_days(values: Column, rule: Callable[[str], str]) -> pa.Array:
    array = one_array(values)
    months = pc.not_equal(pc.binary_length(array), pa.scalar(10, pa.int32()))
    return changed(array, months, lambda some: each_distinct(some, rule))


def years_after(value: str, years: int) -> str:
    """The same day ``years`` later (29 February becomes 1 March, when the age is reached)."""
    year, rest = int(value[:4]) + years, value[4:]
    if rest == "-02-29" and not calendar.isleap(year):
        rest = "-03-01"
    return f"{year:04d}{rest}"


def months_after(value: str, months: int) -> str:
    """The same day ``months`` later, or the last of its month where that is shorter (民法典 202)."""
    year, nth = divmod(int(value[:4]) * 12 + int(value[5:7]) - 1 + months, 12)
    day = min(int(value[8:10]), calendar.monthrange(year, nth + 1)[1])
    return f"{year:04d}-{nth + 1:02d}-{day:02d}"


def days_after(value: str, days: int) -> str:
    """The day ``days`` later."""
    return (dt.date.fromisoformat(value) + dt.timedelta(days=days)).isoformat()


def later_all(days: pa.Array, months: int, clipped: bool = True) -> pa.Array:
    """``months_after`` of every day, or ``years_after`` where not ``clipped``; null stays null."""

    def later(day: npt.NDArray[np.datetime64]) -> npt.NDArray[np.datetime64]:
        month = day.astype("datetime64[M]")
        moved = (month + months).astype("datetime64[D]") + (day - month.astype("datetime64[D]"))
        last = (month + months + 1).astype("datetime64[D]") - 1
        return np.asarray(np.minimum(moved, last)) if clipped else moved

    return _each_day(days, later)


def days_later_all(days: pa.Array, number: int) -> pa.Array:
    """``days_after`` of every day; null stays null."""
    return _each_day(days, lambda day: day + number)


def _each_day(
    days: pa.Array, rule: Callable[[npt.NDArray[np.datetime64]], npt.NDArray[np.datetime64]]
) -> pa.Array:  # fmt: skip
    encoded = days.dictionary_encode()
    moved = rule(encoded.dictionary.cast(pa.date32()).to_numpy(zero_copy_only=False).astype("datetime64[D]"))
    return pa.array(moved, pa.date32()).cast(pa.string()).take(encoded.indices)


def _number(said: str, numeric: bool) -> Reading:
    whole, _, fraction = said.partition(".")
    if fraction.strip("0") == "":
        if len(whole) == 8:
            return _build(int(whole[:4]), int(whole[4:6]), int(whole[6:]), "day")
        if len(whole) == 6 and int(whole[:4]) in YEARS:
            return _build(int(whole[:4]), int(whole[4:]), None, "month")
    if len(whole) == 5 and int(whole) in SERIALS:
        return Reading((EPOCH + dt.timedelta(days=int(whole))).isoformat(), "day")
    if len(whole) == 4 and 1 <= len(fraction) <= 2:
        # 2021.10 typed as a number is 2021.1: January or October (messiness E6)
        if numeric and fraction == "1":
            return Reading(None, "ambiguous")
        return _build(int(whole), int(fraction), None, "month")
    return Reading(None, "unreadable")


def _parts(first: str, second: str, third: str | None) -> Reading:
    if third is None:
        return _build(int(first), int(second), None, "month") if len(first) == 4 else Reading(None, "unreadable")
    if len(first) == 4:
        return _build(int(first), int(second), int(third), "day") if len(third) <= 2 else Reading(None, "unreadable")
    if len(third) == 4:
        # Excel's American order, 3/5/2021; the other way only where the month can be no month
        month, day = (int(second), int(first)) if int(first) > 12 else (int(first), int(second))
        return _build(int(third), month, day, "assumed")
    return _build(_year(first), int(second), int(third), "assumed") if len(third) <= 2 else Reading(None, "unreadable")


def _build(year: int, month: int, day: int | None, how: How) -> Reading:
    if year in FAR_YEARS:
        return Reading(None, "open")
    # 1900-01-00 and 1900-01-01 are what an empty formula shows as a date (messiness E8)
    if year not in YEARS or not 1 <= month <= 12 or (year, month) == (1900, 1):
        return Reading(None, "unreadable")
    if day is None:
        return Reading(f"{year:04d}-{month:02d}", "month")
    try:
        return Reading(dt.date(year, month, day).isoformat(), how)
    except ValueError:
        return Reading(None, "unreadable")


def _year(text: str) -> int:
    """Four digits as they are; two as Excel takes them: 00-29 are 2000s, 30-99 1900s."""
    year = int(text)
    return year if len(text) == 4 else year + (2000 if year < 30 else 1900)


def _arabic(said: str) -> str:
    """二〇二一年十二月廿一日 → 2021年12月21日."""
    text = said.replace("廿", "二十").replace("卅", "三十")
    text = "".join(str(CHINESE_DIGITS[c]) if c in CHINESE_DIGITS else c for c in text)

    def tens(match: re.Match[str]) -> str:
        return str(int(match[1] or 1) * 10 + int(match[2] or 0))

    return re.sub(r"([1-9])?十([1-9])?", tens, text)
