import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from clearbase.privacy.mask import mask, mask_all


@pytest.mark.parametrize(
    ("field", "text", "shown"),
    [
        ("name", "张三丰", "张○○"),
        ("id_number", "330206199003075676", "33**************76"),
        ("phone", "13800138000", "13*******00"),
        ("phone", "1380013", "*******"),
        ("birth_date", "1990-03-07", "1990-**"),
        ("birth_date", "张三", "**"),
        ("hire_date", "2021.3.5", "2021.3.5"),
        ("hire_date", "2021-03-05 00:00:00", "2021-03-05 00:00:00"),
        ("hire_date", "13800138000", "13*******00"),
        ("hire_date", "李小明", "李○○"),
        ("sex", "女", "女"),
        ("sex", "李小明", "李○○"),
        ("current_address", "浙江省宁波市北仑区大碶街道1号", "浙江省宁波市…"),
        ("remarks", "电话13800138000", "电话***********"),
        ("anything_else", "330206199003075676", "33**************76"),
    ],
)
def test_what_is_shown(field, text, shown):
    assert mask(text, field) == shown


NUMBERS = st.text(alphabet="0123456789X", min_size=8, max_size=20)


@given(NUMBERS, st.sampled_from(["id_number", "phone", "hire_date", "sex"]))
def test_never_more_than_four_characters_of_a_number(text, field):
    shown = mask(text, field)
    if len(text) > 9:
        assert sum(c.isalnum() for c in shown) <= 4


def test_columns():
    assert mask_all(pa.array(["张三", None, "张三"]), "name").to_pylist() == ["张○", None, "张○"]
