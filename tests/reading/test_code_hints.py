"""Codes that a header explains are put into its own words; numbers that explain nothing stay numbers."""

from __future__ import annotations

import pytest
from roster_files import xlsx

from clearbase.reading.code_hints import codes_explained
from clearbase.reading.file import read_roster


@pytest.mark.parametrize(
    ("header", "codes"),
    [
        ("居住类型（1自有住宅 2出租屋 3企业宿舍）", {"1": "自有住宅", "2": "出租屋", "3": "企业宿舍"}),
        ("居住类型\n1.自有住宅\n2.出租屋", {"1": "自有住宅", "2": "出租屋"}),
        ("性别（0：男，1：女）", {"0": "男", "1": "女"}),
        ("婚姻状况(10未婚/20已婚/90未说明)", {"10": "未婚", "20": "已婚", "90": "未说明"}),
        ("用工形式[1=全日制;2=非全日制]", {"1": "全日制", "2": "非全日制"}),
        ("身份证号(18位)", {}),
        ("合同期限(1-3年)", {}),
        ("照片(1寸2张)", {}),
        ("联系电话1", {}),
    ],
)
def test_what_a_header_explains(header: str, codes: dict[str, str]) -> None:
    assert codes_explained(header) == codes


def test_cells_say_what_their_code_means_and_other_texts_stay() -> None:
    header = ["序号", "姓名", "身份证号", "居住类型(1自有住宅 2出租屋)", "户口性质1、城镇2、农村"]
    rows = [header, [1, "王一", "x", 2, "01"], [2, "王二", "x", "1", 3], [3, "王三", "x", "宿舍", None]]
    read = read_roster(xlsx(("花名册", rows)), "花名册.xlsx")
    assert read.lines is not None
    assert read.lines["dwelling_type"].to_pylist() == ["出租屋", "自有住宅", "宿舍"]
    assert read.lines["household_type"].to_pylist() == ["城镇", "3", None]
