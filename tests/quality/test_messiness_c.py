"""Messiness C, identity numbers: for each entry a line that is flagged and one that is innocent."""

import pytest
from one_roster import CLEAN, GOOD, checked, found, has_bit, number, roster, told, told_rows

from clearbase.records import NUMBER


def test_c1_a_number_typed_as_a_number_has_lost_its_end():
    line, codes = checked(id_number=("330227198506159000", NUMBER))
    assert codes == ["ID_LOST"] and line["number_state"] == "lost"
    assert told(id_number=number(sequence="000")) == []  # as text a number may end like that


def test_c2_the_last_digits_that_software_wrote_wrong_are_lost_too():
    assert told(id_number=("330227198506159998", NUMBER)) == ["ID_LOST"]
    assert told(id_number="330227198506159998") == ["ID_CHECKSUM"]  # as text it is a slip of the pen


def test_c3_digits_that_a_float_made_up_are_never_believed():
    by_chance = number(sequence="008")
    line, codes = checked(id_number=(by_chance, NUMBER))
    assert codes == ["ID_LOST"] and line["id_number_damaged"] == by_chance[:15] + "***"
    assert checked(id_number=by_chance)[0]["id_number"] == by_chance


def test_c4_in_a_damaged_column_numbers_that_end_in_x_survive():
    with_x = next(n for n in (number(sequence=f"{s:03d}") for s in range(100, 200)) if n.endswith("X"))
    result = roster({**CLEAN, "id_number": ("330227198506159000", NUMBER)}, {**CLEAN, "id_number": with_x})
    assert told_rows(result) == {"ID_LOST": [4]}
    assert result.lines["number_state"].to_pylist() == ["lost", "usable"]


def test_c5_scientific_text_of_a_csv_cannot_be_recovered():
    line, codes = checked(id_number="3.30227E+17")
    assert codes == ["ID_LOST"] and line["id_number_damaged"] == "330227************"
    assert told(id_number=GOOD) == []


@pytest.mark.parametrize(
    "cell",
    [
        "'" + GOOD,
        "\t" + GOOD,
        GOOD + "\u200b",
        "330227 19850615 9988",
        "３３０２２７１９８５０６１５９９８８",
        "330227-19850615-9988",
    ],
)
def test_c6_what_stands_round_a_number_is_taken_off_in_silence(cell):
    line, codes = checked(id_number=cell)
    assert codes == [] and line["id_number"] == GOOD
    assert told(id_number=cell + "1") == ["ID_FORMAT"]


def test_c7_letters_for_digits_are_a_suggestion_where_the_check_fits_and_no_number():
    assert found(id_number="33O2271985O6159988") == [("ID_LETTERS", f"33O2271985O6159988（可能是 {GOOD}）")]
    line, _ = checked(id_number="33O2271985O6159988")
    assert (line["id_number"], line["number_state"]) == (None, "lost")
    assert told(id_number="33O2271985O6159989") == ["ID_FORMAT"]
    assert told(id_number=GOOD) == []


def test_c8_numbers_of_15_digits_are_converted_and_told():
    line, codes = checked(id_number="330227850615998")
    assert codes == ["ID_OLD"] and line["id_number"] == GOOD
    assert told(id_number="330227851315998") == ["ID_FORMAT"]  # no such month


def test_c9_a_starred_number_is_no_key():
    line, codes = checked(id_number="330227********9988")
    assert codes == ["ID_MASKED"] and line["id_number"] is None
    with_x = next(n for n in (number(sequence=f"{s:03d}") for s in range(100, 200)) if n.endswith("X"))
    assert told(id_number=with_x[:17] + "*") == []  # a star for the X


@pytest.mark.parametrize("area", ["321119", "441282", "500113", "330201", "330204", "810000", "911124"])
def test_c10_of_area_codes_only_the_impossible_are_told(area):
    line, codes = checked(id_number=number("339999"))
    assert codes == ["ID_AREA"] and line["number_state"] == "usable"
    assert told(id_number=number(area)) == []


def test_c11_a_number_under_two_names_and_a_person_with_two_numbers():
    other = number(sequence="123")
    result = roster(
        CLEAN, {**CLEAN, "name": "李四", "phone": "13800138001"}, {**CLEAN, "name": "王五", "id_number": other}
    )
    assert told_rows(result) == {"ID_TWO_NAMES": [4, 5]}
    result = roster(CLEAN, {**CLEAN, "id_number": other, "phone": "13800138001"})
    assert told_rows(result) == {"NAME_BIRTH_TWO_IDS": [4, 5]}
    # hired again, spelt with a space, or another day of birth: nothing to ask
    result = roster(
        CLEAN, {**CLEAN, "name": "张 三", "hire_date": "2023-01-01"}, {**CLEAN, "id_number": number(born="19900307")}
    )
    assert told_rows(result) == {}


def test_c12_the_number_wins_over_sex_and_birth():
    line, codes = checked(sex="男", birth_date="1985-06-16")
    assert codes == ["SEX_CONTRADICTS", "BIRTH_CONTRADICTS"]
    assert (line["sex"], line["birth_date"]) == ("female", "1985-06-15")
    assert told(sex="女", birth_date="1985年6月") == []


def test_c13_documents_of_others_have_their_types():
    for cell, kind in (("E12345678", "PASSPORT"), ("H12345678", "HM_PASS")):
        line, codes = checked(id_number=cell)
        assert codes == [] and line["id_type"] == kind
    assert checked(id_number="12345678", id_type="台胞证")[0]["id_type"] == "TW_PASS"
    assert told(id_number="12345678") == ["ID_FORMAT"]


def test_c14_a_phone_or_a_bank_card_in_the_column_of_numbers():
    for cell in ("13800138000", "6222021234567890128"):
        line, codes = checked(id_number=cell)
        assert codes == ["ID_MISPLACED"]
        assert (line["id_number"], line["id_number_damaged"]) == (None, None)
    assert told(id_number="6222021234567890129") == ["ID_FORMAT"]  # no card's check
    assert told(id_number=GOOD) == []


@pytest.mark.parametrize("cell", ["111111111111111111", "123456789012345678", "无", "待补", "办理中", "/"])
def test_c15_a_placeholder_is_no_number_and_told_as_one(cell):
    line, codes = checked(id_number=cell)
    assert codes == ["ID_PLACEHOLDER"] and line["id_number"] is None and line["number_state"] == "missing"
    assert told(id_number="") == ["ID_MISSING"]


def test_c16_ages_are_flags_of_rights_which_no_employer_is_told():
    for born, code in (("20090615", "UNDER_16"), ("20070615", "UNDER_18"), ("19600615", "OVER_RETIREMENT_AGE")):
        line = {**CLEAN, "id_number": number(born=born), "hire_date": "2024-03-04"}
        result = roster(line)
        assert has_bit(result, code), code
        assert {"UNDER_16", "UNDER_18", "OVER_RETIREMENT_AGE"}.isdisjoint(told_rows(result))
        gone = roster({**line, "employment_status": "离职", "hire_date": "2024-03-04"})
        assert not has_bit(gone, code)
    assert not any(has_bit(roster(CLEAN), code) for code in ("UNDER_16", "UNDER_18", "OVER_RETIREMENT_AGE"))
