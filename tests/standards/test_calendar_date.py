import datetime as dt
import json
from pathlib import Path

import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from clearbase.standards import calendar_date
from clearbase.standards.calendar_date import Reading

VECTORS = json.loads((Path(__file__).parents[1] / "data" / "vectors.json").read_text(encoding="utf-8"))


@pytest.mark.parametrize("vector", VECTORS["date_texts"], ids=lambda v: v["text"])
def test_vectors(vector):
    if vector["text"] == "2021.10 as number":
        assert calendar_date.parse("2021.1", numeric=True) == Reading(None, "ambiguous")
    elif vector["date"] == "9999-12-31":
        assert calendar_date.parse(vector["text"]) == Reading(None, "open")
    else:
        assert calendar_date.parse(vector["text"]).value == vector["date"]


SERIALS = [v for v in VECTORS["excel_dates"] if v["system"] == 1900]  # the reader corrects 1904 workbooks


@pytest.mark.parametrize("vector", SERIALS, ids=lambda v: v["serial"])
def test_serials(vector):
    assert calendar_date.parse(str(vector["serial"]), numeric=True).value == vector["date"]


@pytest.mark.parametrize(
    ("text", "reading"),
    [
        ("2021。3。5", Reading("2021-03-05", "day")),
        ("2021，3，5", Reading("2021-03-05", "day")),
        ("２０２１．３．５", Reading("2021-03-05", "day")),
        ("2021-03-05 00:00:00", Reading("2021-03-05", "day")),
        ("2021-03-05T09:30:00", Reading("2021-03-05", "day")),
        ("二〇二一年三月", Reading("2021-03", "month")),
        ("二零二一年十二月廿一日", Reading("2021-12-21", "day")),
        ("2021年3月", Reading("2021-03", "month")),
        ("202103", Reading("2021-03", "month")),
        ("2021.10", Reading("2021-10", "month")),
        ("21/3/5", Reading("2021-03-05", "assumed")),
        ("85/3/5", Reading("1985-03-05", "assumed")),
        ("3/5/2021", Reading("2021-03-05", "assumed")),
        ("13/5/2021", Reading("2021-05-13", "assumed")),
        ("12-Mar-2021", Reading("2021-03-12", "day")),
        ("1900-01-00", Reading(None, "unreadable")),
        ("2021", Reading(None, "unreadable")),
        ("2021-13-01", Reading(None, "unreadable")),
        ("至今", Reading(None, "open")),
        ("无固定期限", Reading(None, "open")),
        ("2999-12-31", Reading(None, "open")),
        ("张三", Reading(None, "unreadable")),
    ],
)
def test_forms(text, reading):
    assert calendar_date.parse(text) == reading


def test_ranges():
    assert calendar_date.parse_range("2023.1.1-2025.12.31") == ("2023.1.1", "2025.12.31")
    assert calendar_date.parse_range("2023年1月1日至长期") == ("2023年1月1日", "长期")
    assert calendar_date.parse_range("2021-03-05") is None


def test_ends_of_a_month_and_birthdays():
    assert (calendar_date.earliest("2024-02"), calendar_date.latest("2024-02")) == ("2024-02-01", "2024-02-29")
    assert calendar_date.years_after("2004-02-29", 16) == "2020-02-29"
    assert calendar_date.years_after("2004-02-29", 17) == "2021-03-01"


FORMS = (
    "{0:%Y-%m-%d}",
    "{0.year}.{0.month}.{0.day}",
    "{0.year}年{0.month}月{0.day}日",
    "{0:%Y%m%d}",
    "{0:%Y/%m/%d} 08:00",
)


@given(st.dates(dt.date(1900, 2, 1), dt.date(2098, 12, 31)), st.sampled_from(FORMS))
def test_every_day_in_every_form(day, form):
    assert calendar_date.parse(form.format(day)) == Reading(day.isoformat(), "day")
    assert calendar_date.compact(day.isoformat()) == day.isoformat()


@given(st.text(max_size=30), st.booleans())
def test_anything_gets_a_reading(text, numeric):
    reading = calendar_date.parse(text, numeric)
    assert reading.how in calendar_date.READINGS
    assert (reading.value is not None) == (reading.how in ("day", "month", "assumed"))


def test_columns():
    value, how = calendar_date.parse_all(pa.array(["2021年3月5日", None, "长期", "2021-02-30"]))
    assert value.to_pylist() == ["2021-03-05", None, None, None]
    assert how.to_pylist() == ["day", None, "open", "unreadable"]


@st.composite
def date_texts(draw):
    """Cells that are dates, nearly dates, or numbers of days."""
    year, month, day = draw(st.integers(1890, 2110)), draw(st.integers(0, 13)), draw(st.integers(0, 32))
    form = draw(
        st.sampled_from(["{}-{}-{}", "{}-{:02d}-{:02d}", "{}.{}.{}", "{}/{}/{}", "{}年{}月{}日", "{}{:02d}{:02d}"])
    )
    other = st.sampled_from(
        ["2999-12-31", "2099年1月1日", "2023-1.2", "99999", "20000", "60001", "长期", "x", "21/3/5"]
    )
    return draw(st.one_of(st.just(form.format(year, month, day)), st.integers(0, 99999).map("{:05d}".format), other))


@given(st.lists(st.one_of(st.none(), date_texts())))
def test_a_column_is_read_as_each_of_its_cells_is(texts):
    value, how = calendar_date.parse_all(pa.array(texts, pa.string()))
    read = [(None, None) if text is None else tuple(calendar_date.parse(text)) for text in texts]
    assert list(zip(value.to_pylist(), how.to_pylist(), strict=True)) == read


@given(st.lists(st.one_of(st.none(), st.dates(dt.date(1900, 1, 1), dt.date(2100, 12, 31)).map(str))))
def test_days_later_in_a_column(days):
    column = pa.array(days, pa.string())
    for found, rule in (
        (calendar_date.later_all(column, 12), lambda day: calendar_date.months_after(day, 12)),
        (calendar_date.later_all(column, 1), lambda day: calendar_date.months_after(day, 1)),
        (calendar_date.later_all(column, 192, clipped=False), lambda day: calendar_date.years_after(day, 16)),
        (calendar_date.days_later_all(column, 30), lambda day: calendar_date.days_after(day, 30)),
    ):
        assert found.to_pylist() == [day and rule(day) for day in days]
