"""What identity compares: cells as people type them, brought to keys."""

from __future__ import annotations

import sys
from pathlib import Path

import pyarrow as pa
import pytest

sys.path.insert(0, str(Path(__file__).parent))

from people import ZHANG, features, number, somebody

from clearbase.standards.address import parts_all
from clearbase.standards.name_forms import fold, sound, turned


def of(**cells: str) -> dict[str, object]:
    return features([somebody("1", **cells)]).to_pylist()[0]


@pytest.mark.parametrize(
    "typed",
    ["張偉強", "张 伟 强", "张伟强(离职)", "张伟强 班长", "张\u3000伟强", "张伟强1", "组长:张伟强", "\u200b张伟强"],
)
def test_spellings_of_a_name_are_one(typed: str) -> None:
    assert of(name=typed)["name"] == of()["name"]


@pytest.mark.parametrize("typed", ["", "无", "张", "3412261990", "-"])
def test_what_is_no_name_is_missing_evidence(typed: str) -> None:
    told = of(name=typed, phone="张伟强")
    assert (told["name"], told["sound"], told["phone"]) == (None, None, None)


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("张伟强", "zhangweiqiang"),
        ("單雄信", "shanxiongxin"),
        ("尉迟恭", "yuchigong"),
        ("吕丽", "lvli"),
        ("LÜLI", "lvli"),
        ("䶮三", "yansan"),
    ],
)
def test_names_are_heard_as_surnames_are_read(name: str, expected: str) -> None:
    assert sound(name) == expected


def test_a_latin_name_may_have_its_surname_last() -> None:
    assert turned("Weiqiang Zhang") == sound("ZHANG WEIQIANG".replace(" ", "")) == "zhangweiqiang"
    assert turned("张伟强") is None


def test_an_unreadable_character_has_no_sound() -> None:
    assert (fold("张□强"), sound("张□强")) == (fold("张?强"), None)


@pytest.mark.parametrize(
    ("typed", "digits", "valid", "head", "tail"),
    [
        (ZHANG, ZHANG, True, None, None),
        (f"'{ZHANG[:6]} {ZHANG[6:14]} {ZHANG[14:]}", ZHANG, True, None, None),
        (ZHANG[:6] + ZHANG[8:17], ZHANG, True, None, None),
        (ZHANG[:15] + "000", ZHANG[:15] + "000", False, ZHANG[:15], ""),
        (ZHANG[:17], ZHANG[:17], False, None, None),
        (ZHANG.replace("0", "O", 1), ZHANG, False, ZHANG[:15], ""),
        (f"{ZHANG[:6]}********{ZHANG[14:]}", None, False, ZHANG[:6], ZHANG[14:]),
        (f"{ZHANG[:6]}XXXXXXXX{ZHANG[14:]}", None, False, ZHANG[:6], ZHANG[14:]),
        ("3.41226199003075E+17", None, False, ZHANG[:15], ""),
        ("3.41226E+17", None, False, "34122", ""),  # rounded: the last of them may be another
        (f"{int(float(ZHANG[:17] + '1'))}.0", None, False, ZHANG[:15], ""),
        ("无", None, False, None, None),
        ("111111111111111111", None, False, None, None),
        ("E12345678", "E12345678", True, None, None),
    ],
)
def test_forms_of_a_number(typed: str, digits: str | None, valid: bool, head: str | None, tail: str | None) -> None:
    told = of(id_number=typed)
    assert (told["digits"], told["valid"], told["head"], told["tail"]) == (digits, valid, head, tail)


def test_fifteen_digits_of_one_born_later_are_read_by_the_birth_date() -> None:
    body = "34122620030307501"
    cut = body[:6] + body[8:]
    assert of(id_number=cut, birth_date="2003-03-07")["digits"] == number(body)
    for birth_date in ("1903-03-07", "2003-03-08", ""):
        assert of(id_number=cut, birth_date=birth_date)["digits"] == number("34122619030307501")


def test_a_birth_date_read_from_damaged_digits_is_no_second_witness() -> None:
    assert of(birth_date="", id_number=ZHANG[:15] + "000")["birth_told"] == "number"
    assert of(birth_date="1990年3月7日")["birth_told"] == "column"


def test_addresses_however_much_of_them_is_left_out() -> None:
    typed = [
        "浙江省宁波市北仑区新碶街道明州路12号3幢101室",
        "宁波市北仑区新碶街道明州路12-3-101",
        "北仑区新碶街道明州路12号3幢101",
        "镇海区招宝山街道后大街8号",
        "安徽阜阳颍上县白水镇前进村三组12号",
        "湖南省湘西土家族苗族自治州凤凰县马家镇光明村1组7号",
        "",
        None,
    ]
    parts = parts_all(pa.array(typed))
    rows = list(zip(*(parts[part].to_pylist() for part in ("county", "place", "house")), strict=True))
    assert rows[:3] == [("北仑", "明州", "12-3-101")] * 3
    assert rows[3] == ("镇海", "后大", "8")
    assert rows[4][1:] == ("前进", "3-12") and rows[4][0].endswith("颍上")
    assert rows[5] == ("凤凰", "光明", "1-7")
    assert parts_all(pa.array(["前进村十二组二十号", "前进村三十五号"]))["house"].to_pylist() == ["12-20", "35"]
    assert rows[6:] == [(None, None, None)] * 2
    assert parts_all(pa.array(["大桥镇老街村5号", "石门乡东村5号", "新街路5号"]))["place"].to_pylist() == [
        "老街",
        "东村",
        "新街",
    ]


def test_nobody_has_no_features() -> None:
    assert features([]).num_rows == 0
