import pytest

from clearbase.standards import bank_card, divisions, identity_number, name


def test_luhn():
    assert bank_card.luhn("79927398713") and not bank_card.luhn("79927398710")  # the example of ISO/IEC 7812-1


@pytest.mark.parametrize(
    ("digits", "valid"),
    [
        ("6222021234567890128", True),
        ("6222021234567890129", False),
        ("4111111111111111", True),
        ("330227198506159988", False),
    ],
)
def test_bank_cards(digits, valid):
    assert bank_card.is_valid(digits) == valid


def test_areas():
    assert len(divisions.known_areas()) > 7000
    for code in ("330206", "330204", "110101", "321119", "441282", "500101", "330201"):
        assert divisions.is_known_area(code), code
    assert not divisions.is_known_area("339999") and not divisions.is_known_area("000000")
    assert {*divisions.NINGBO_COUNTIES, *divisions.NINGBO_WITHDRAWN} <= divisions.known_areas()


def test_letters_are_only_read_where_check_and_date_hold():
    assert identity_number.without_letters("33O2271985O6159988") == "330227198506159988"
    for text in ("33O2271985O6159989", "33O2271985I3159988", "33O227", "33022719850615998A"):
        assert identity_number.without_letters(text) is None


def test_what_a_cell_of_names_holds():
    for text, what in (
        ("张三、李四", "several"), ("张三330227198506159988", "number"), ("13800138000", "digits"),
        ("Zhang San", "latin"), ("张三", None), ("张三(离职)", None), ("组长:钱七", None), ("陈某某 Chan", None),
    ):  # fmt: skip
        assert name.holds(text) == what, text
    assert name.parts("张三 13800138000") == ("张三", "13800138000") and name.parts("张三") is None


def test_every_substitute_is_one_private_character_for_one_letter():
    assert len(name.SUBSTITUTES) == 66
    assert all(0xE815 <= private <= 0xE864 for private in name.SUBSTITUTES)
    assert all(name.compact(f"王{character}") == f"王{character}" for character in name.SUBSTITUTES.values())
    # Python's codec knows all but those that GB 18030-2005 moved
    for number, two in enumerate([*range(0x50, 0x7F), *range(0x80, 0xA1)]):
        decoded, ours = bytes([0xFE, two]).decode("gb18030"), name.SUBSTITUTES.get(0xE815 + number)
        assert ours is None or decoded == ours or 0xE000 <= ord(decoded) <= 0xF8FF
