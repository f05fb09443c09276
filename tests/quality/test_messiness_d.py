"""Messiness D, names: for each entry a line that is flagged and one that is innocent."""

import pytest
from one_roster import CLEAN, checked, found, roster, told, told_rows


@pytest.mark.parametrize("cell", ["张  三", "张　三", " 张 三 "])
def test_d1_alignment_spaces_are_no_part_of_a_name(cell):
    line, codes = checked(name=cell)
    assert codes == [] and line["name"] == "张三"
    assert checked(name="John  Smith", id_number="E12345678")[0]["name"] == "John Smith"


@pytest.mark.parametrize("dot", "·•・‧．.∙●-")
def test_d2_every_dot_is_the_one_of_the_standard(dot):
    line, codes = checked(name=f"阿卜杜拉 {dot} 买买提")
    assert codes == [] and line["name"] == "阿卜杜拉·买买提"


def test_d3_fifty_characters_are_a_name_and_one_more_is_told_in_plain_words():
    long = "阿卜杜热合曼·" + "买买提" * 14 + "江"
    assert len(long) == 50 and checked(name=long)[0]["name"] == long and told(name=long) == []
    assert told(name=long + "江") == ["NAME_IMPLAUSIBLE"]


@pytest.mark.parametrize("name", ["张㛃", "王𬭚", "李䶮", "陈𬍛"])
def test_d4_characters_beyond_gbk_are_letters_like_others(name):
    line, codes = checked(name=name)
    assert codes == [] and line["name"] == name


def test_d5_known_substitutes_are_replaced_and_others_told():
    for private, character in (("\ue863", "䶮"), ("\ue81e", "龴"), ("\ue82b", "龶"), ("\ue855", "𤇾")):
        line, codes = checked(name="王" + private)
        assert codes == [] and line["name"] == "王" + character
    for cell in ("王□", "王?", "王*", "王\ue000", "王(上龙下天)"):
        assert "NAME_UNCERTAIN" in told(name=cell), cell
    assert told(name="Zhang San") == ["NAME_UNCERTAIN"]  # of a resident's card, which has characters
    assert told(name="John Smith", id_number="E12345678") == []


def test_d6_variants_are_never_rewritten():
    for name in ("呂布", "沈己", "瀋巳"):
        line, codes = checked(name=name)
        assert codes == [] and line["name"] == name


@pytest.mark.parametrize(
    ("cell", "name"),
    [("张三(离职)", "张三"), ("李四★", "李四"), ("王五1", "王五"), ("赵六(女)", "赵六"), ("组长:钱七", "钱七")],
)
def test_d7_notes_are_taken_off_and_told(cell, name):
    line, codes = checked(name=cell)
    assert codes == ["NAME_NOTE"] and line["name"] == name
    assert told(name=name) == []


@pytest.mark.parametrize("cell", ["张三、李四", "张三/李四", "张三，李四", "张三\n李四", "张三、李四、王五"])
def test_d8_two_people_in_a_cell_are_not_one(cell):
    line, codes = checked(name=cell)
    assert codes == ["NAME_MIXED"] and line["disposition"] == "quarantined"


@pytest.mark.parametrize("cell", ["张三(组长)", "欧阳 高峰", "阿依古丽·买买提", "张三"])
def test_d8_a_name_and_its_note_are_one_person(cell):
    line, codes = checked(name=cell)
    assert "NAME_MIXED" not in codes and line["disposition"] == "accepted"
    assert "NAME_MIXED" not in told(name="张三/组长")


def test_d8_a_name_with_its_number_and_swapped_cells_are_told_with_what_was_meant():
    for cell in ("张三330227198506159988", "张三 13800138000"):
        ((code, said),) = found(name=cell)
        assert code == "NAME_MIXED" and said.endswith(f"（可能是 姓名 张三，号码 {cell[2:].strip()}）")
    told_of = found(name="13800138000", phone="张三")
    assert ("NAME_MIXED", "13800138000（可能是 与另一列填反，姓名 张三）") in told_of
    assert ("PHONE_INVALID", "张三") in told_of
    line, codes = checked(name="330227198506159988", id_number="张三", phone="")
    assert {"NAME_MIXED", "NO_EVIDENCE"} <= set(codes) and line["disposition"] == "quarantined"
    assert told(name="13800138000") == ["NAME_IMPLAUSIBLE"]  # and no name anywhere


def test_d9_foreign_names_stay_in_their_order():
    rows = [
        {**CLEAN, "name": n, "id_number": i} for n, i in (("NGUYEN VAN AN", "C1234567"), ("山田 花子", "TR1234567"))
    ]
    result = roster(*rows)
    assert told_rows(result).get("NAME_IMPLAUSIBLE") is None and "NAME_UNCERTAIN" not in told_rows(result)
    assert result.lines["name"].to_pylist()[0] == "NGUYEN VAN AN"
