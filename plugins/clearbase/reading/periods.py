"""The month that a text names, in the forms in which clerks and programs write one (messiness A13).

Three sorts of months are told apart: one that is labelled as the month reported, one that stands in a title, and that
of a day on which somebody counted or filled in the form, which mostly lies in the month after.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Iterable
from typing import Final, NamedTuple

_MONTH: Final = r"(1[0-2]|0?[1-9])"
_ENGLISH: Final = (
    r"(Jan(?:uary)?|Feb(?:ruary)?|Mar(?:ch)?|Apr(?:il)?|May|June?|July?|Aug(?:ust)?|Sept?(?:ember)?|Oct(?:ober)?"
    r"|Nov(?:ember)?|Dec(?:ember)?)\.?"
)
_ABBREVIATED: Final = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")


def _of_english(found: re.Match[str]) -> tuple[int, int]:
    month, year = (found[1], found[2]) if found[2].isdigit() else (found[2], found[1])
    return int(year), _ABBREVIATED.index(month[:3].lower()) + 1


def _of_digits(found: re.Match[str]) -> tuple[int, int]:
    return int(found[1]) % 100 + 2000, int(found[2])


# Year and month, most telling form first.
_FORMS: Final[tuple[tuple[re.Pattern[str], Callable[[re.Match[str]], tuple[int, int]]], ...]] = (
    (re.compile(rf"(?<!\d)(20\d\d)\s*年\s*{_MONTH}\s*月"), _of_digits),
    (re.compile(rf"(?<!\d)(2\d)\s*年\s*{_MONTH}\s*月"), _of_digits),
    (re.compile(rf"(?<!\d)(20\d\d)\s*[-./_]\s*{_MONTH}(?!\d)"), _of_digits),
    (re.compile(rf"(?<!\d)(20\d\d)\s*年\s*{_MONTH}(?!\d|\s*[-—~至到、]\s*\d)"), _of_digits),
    (
        re.compile(r"(?<!\d)(20\d\d)(0[1-9]|1[0-2])(?:(?:0[1-9]|[12]\d|3[01])(?:\d{6})?)?(?!\d)"),
        _of_digits,
    ),
    (re.compile(rf"(?<!\d)(20\d\d)\s*年?度?\s*第\s*{_MONTH}\s*期"), _of_digits),
    (re.compile(rf"(?<![A-Za-z]){_ENGLISH}[\s,_-]*(20\d\d)(?!\d)", re.IGNORECASE), _of_english),
    (re.compile(rf"(?<!\d)(20\d\d)[\s,_-]*{_ENGLISH}(?![A-Za-z])", re.IGNORECASE), _of_english),
)
# A month whose year stands elsewhere. 1-10月 and 1月至3月 are no month.
_BARE: Final = re.compile(
    rf"(?<![\d年.、,/~至到—-]){_MONTH}\s*月(?!\s*[-—~至到、]\s*\d)|第\s*{_MONTH}\s*期|^{_ENGLISH}$", re.IGNORECASE
)
_YEAR: Final = re.compile(r"(?<!\d)(20[0-4]\d)(?=\s*年|\D|$)|(?<!\d)(2\d)(?=年)")

_LABELLED: Final = re.compile(
    r"(?:(?:所属|统计|报表|数据|填报|填表|报送|报告|上报)(?:月份|年月|月度|期间?|月)|所属期|月份|年月)\s*:?\s*"
)
_AS_OF: Final = re.compile(r"(?:统计|截止|截至|数据|报表)(?:日期|时间)\s*:?\s*")
_FILLED_IN: Final = re.compile(
    r"(?:填报|填表|填写|填制|制表|制单|编制|编报|报送|上报|申报|提交|打印|导出|生成|更新|盖章)(?:日期|时间)\s*:?\s*"
)
# What follows a label up to the next one: a date, and nothing that could be a title's.
_VALUE: Final = re.compile(r"[^\u4e00-\u9fff]{0,4}[0-9A-Za-z][0-9A-Za-z\s年月日号./_-]*|\s*第?\s*\d{1,2}\s*期")

_CHINESE_DIGITS: Final = dict(zip("〇○零OＯ一二三四五六七八九", "00000123456789", strict=True))
_CHINESE_YEAR: Final = re.compile(r"二[〇○零OＯ][一二三四五六七八九〇○零]{2}(?=年)")
# 三月 may be part of a name, so what stands round it must speak of a month.
_CHINESE_MONTH: Final = re.compile(
    r"(?:(?<=[年第册单账表])|(?<![\u4e00-\u9fff]))(?:十[一二]?|[一二三四五六七八九])(?=期"
    r"|月(?:份|$|[^\u4e00-\u9fff]|员工|职工|人员|在职|离职|入职|新|花名册|名册|名单|台账))"
    r"|(?<=年)(?:十[一二]?|[一二三四五六七八九])(?=月)"
)
_CHINESE_MONTHS: Final = ("一", "二", "三", "四", "五", "六", "七", "八", "九", "十", "十一", "十二")
# A text that names the roster is its title.
_TITLE: Final = re.compile(r"名册|名单|台账|一览表|登记表|信息表|统计表|汇总表|明细表|员工表|人员表|职工表|月报|报表")
# A long cell above the header explains how to fill in the form; so does one that begins like this.
EXPLAINS: Final = re.compile(r"^(注|说明|备注|填表|填写|版本)")
LONGEST_TITLE: Final = 40


class Months(NamedTuple):
    """What texts that belong together say, each the first day of a month: as the month reported, as a title does, as
    the day on which it was counted or filled in."""

    labelled: dt.date | None = None
    titled: dt.date | None = None
    dated: dt.date | None = None

    @property
    def told(self) -> dt.date | None:
        """The month reported; the day of filling in is another matter."""
        return self.labelled or self.titled


def months_in(texts: Iterable[str], year_of: Callable[[int], int | None] | None = None) -> Months:
    """``year_of`` gives a month the year that its own text lacks."""
    year_of = year_of or _no_year
    labelled: list[dt.date] = []
    as_of: list[dt.date] = []
    filled_in: list[dt.date] = []
    plain: list[tuple[bool, dt.date]] = []
    for text in map(_in_digits, texts):
        rest = _taken_out(_FILLED_IN, text, filled_in, year_of)
        rest = _taken_out(_AS_OF, rest, as_of, year_of)
        rest = _taken_out(_LABELLED, rest, labelled, year_of)
        if not EXPLAINS.search(text) and (month := _month(rest, year_of if len(text) <= LONGEST_TITLE else _no_year)):
            plain.append((not _TITLE.search(text), month))
    titled = min(plain, key=lambda each: each[0])[1] if plain else None
    return Months(next(iter(labelled), None), titled, next(iter([*as_of, *filled_in]), None))


def find_period(texts: list[str]) -> dt.date | None:
    """The first day of the month that texts name: as labelled, as a title does, else when they were filled in."""
    months = months_in(texts)
    return months.told or months.dated


def find_year(texts: Iterable[str]) -> int | None:
    """The first year that a text names beside anything but a day of filling in."""
    for text in map(_in_digits, texts):
        if not EXPLAINS.search(text) and (found := _YEAR.search(_taken_out(_FILLED_IN, text, [], _no_year))):
            return int(found[1] or f"20{found[2]}")
    return None


def tells_time(name: str) -> bool:
    """Whether a folder is called after a month or a year: 2026年, 10月."""
    return bool(find_year([name]) or months_in([name], lambda month: 2000).told)


def without_dates(text: str) -> str:
    """``text`` with a blank for what of it is a date or a month: 2026-10-31宁波甲电子有限公司花名册."""
    return _DATES.sub(" ", _in_digits(text) if _CHINESE_YEAR.search(text) else text)


_DATES: Final = re.compile(
    rf"(?<!\d)20\d\d\s*年?度?\s*第\s*{_MONTH}\s*期"
    rf"|(?<!\d)(?:20)?\d\d\s*年\s*{_MONTH}\s*月(?:份|\s*\d{{1,2}}\s*[日号])?"
    r"|(?<!\d)20\d\d[-./_年]\d{1,2}(?:[-./_月]\d{1,2}日?)?(?!\d)"
    r"|(?<!\d)20\d\d(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])?(?!\d)"
    rf"|(?<![A-Za-z]){_ENGLISH}[\s,_-]*20\d\d(?!\d)"
    r"|20\d\d\s*年?度?"
    rf"|(?<!\d){_MONTH}\s*月份?(?:\s*\d{{1,2}}\s*[日号])?",
    re.IGNORECASE,
)


def _no_year(month: int) -> None:
    return None


def _month(text: str, year_of: Callable[[int], int | None]) -> dt.date | None:
    for form, numbers in _FORMS:
        if found := form.search(text):
            return dt.date(*numbers(found), 1)
    if found := _BARE.search(text):
        word = next(group for group in found.groups() if group)
        month = int(word) if word.isdigit() else _ABBREVIATED.index(word[:3].lower()) + 1
        year = find_year([text]) or year_of(month)
        return dt.date(year, month, 1) if year else None
    return None


def _taken_out(label: re.Pattern[str], text: str, months: list[dt.date], year_of: Callable[[int], int | None]) -> str:
    """``text`` without what such labels say, which goes to ``months``."""
    rest, place = "", 0
    for found in label.finditer(text):
        value = _VALUE.match(text, found.end())
        if value and (month := _month(value[0], year_of)):
            months.append(month)
            rest, place = rest + text[place : found.start()] + " ", value.end()
    return rest + text[place:]


def _in_digits(text: str) -> str:
    """二〇二六年十月 → 2026年10月."""
    text = _CHINESE_YEAR.sub(lambda found: "".join(_CHINESE_DIGITS.get(c, c) for c in found[0]), text)
    return _CHINESE_MONTH.sub(lambda found: str(_CHINESE_MONTHS.index(found[0]) + 1), text)
