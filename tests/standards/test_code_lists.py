import pyarrow as pa
import pytest

from clearbase.standards import code_lists


@pytest.mark.parametrize(
    ("table", "text", "value"),
    [
        ("sex", "男", "male"), ("sex", "2", "female"), ("sex", "1.0", "male"), ("sex", "Female", "female"),
        ("sex", "9", code_lists.NOT_SAID), ("sex", "张三", None),
        ("ethnicity", "汉", "汉族"), ("ethnicity", "17", "哈萨克族"), ("ethnicity", "土家", "土家族"),
        ("education", "21-大学本科", "本科"), ("education", "初中(肄业)", "初中"), ("education", "大专/自考", "大专"),
        ("education", "高职", "大专"), ("education", "高中以下", None),
        ("marital_status", "1.未婚", "未婚"), ("marital_status", "离婚", "离异"),
        ("political_status", "党员", "中共党员"), ("political_status", "是", "中共党员"),
        ("employment_status", "已退场", "left"), ("employment_status", "在岗", "active"),
        ("yes_no", "已缴纳", "true"), ("yes_no", "未签", "false"), ("yes_no", "×", "false"), ("yes_no", "√", "true"),
        ("yes_no", "不适用", code_lists.NOT_SAID), ("yes_no", "部分", None),
    ],
)  # fmt: skip
def test_canonical(table, text, value):
    assert code_lists.canonical(table, text) == value


def test_all_56_ethnicities():
    assert len({v for v in code_lists.ETHNICITY.values() if v.endswith("族")}) == 56
    assert code_lists.ETHNICITY["56"] == "基诺族"
    assert code_lists.ETHNICITY["31"] == "达斡尔族"


@pytest.mark.parametrize("table", code_lists.TABLES)
def test_canonical_values_are_fixed_points(table):
    fixed = {"male": "MALE", "female": "FEMALE", "active": "ACTIVE", "left": "LEFT", "true": "TRUE", "false": "FALSE"}
    for value in set(code_lists.TABLES[table].values()) - {code_lists.NOT_SAID}:
        assert code_lists.canonical(table, value) == value, fixed.get(value)


def test_unknown_values_stay_in_the_column():
    column = code_lists.canonical_all("sex", pa.array(["男", "张三", "9", None]))
    assert column.to_pylist() == ["male", "张三", None, None]
