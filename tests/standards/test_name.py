import json
from pathlib import Path

import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from clearbase.standards import name

VECTORS = json.loads((Path(__file__).parents[1] / "data" / "vectors.json").read_text(encoding="utf-8"))


@pytest.mark.parametrize("vector", VECTORS["names"], ids=lambda v: repr(v["input"]))
def test_vectors(vector):
    assert name.compact(vector["input"]) == vector["output"]


@pytest.mark.parametrize(
    ("text", "split"),
    [
        ("张三(离职)", ("张三", "离职")),
        ("李四★", ("李四", "★")),
        ("王五1", ("王五", "1")),
        ("赵六（女）", ("赵六", "女")),
        ("组长:钱七", ("钱七", "组长")),
        ("王(上龙下天)", ("王□", "字形")),
        ("阿卜杜拉 ． 买买提", ("阿卜杜拉·买买提", None)),
        ("⼀二", ("一二", None)),
        ("㛃𬭚", ("㛃𬭚", None)),
    ],
)
def test_notes_are_split_off(text, split):
    assert name.split(text) == split


@pytest.mark.parametrize("text", ["李四13800138000", "陈", "330203199003075676", "同上"[:1], "（离职）", ""])
def test_not_plausible(text):
    assert not name.is_valid(text)


@pytest.mark.parametrize("text", ["张三", "阿卜杜拉·买买提", "John O. Smith", "山田太郎", "ヤマダ", "欧阳㛃𬭚", "张**"])
def test_plausible(text):
    assert name.is_valid(text)


def test_key_joins_spellings():
    assert name.key("买买提 艾力") == name.key("买买提•艾力") == name.key("买买提·艾力") == "买买提艾力"
    assert name.key("John  smith") == "JOHNSMITH"
    assert name.key("吕己") != name.key("呂已")  # variants are candidates, never equal


@given(st.text(max_size=20))
def test_key_is_stable_and_columns_agree(text):
    column = pa.array([text, "张三", None])
    assert name.key_all(column).to_pylist() == [name.key(text), "张三", None]
    assert name.split_all(column)[0].to_pylist() == [name.compact(text) or None, "张三", None]
