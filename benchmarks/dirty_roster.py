"""A dirty roster for benchmarks: invented people under 25 headers, with a few per cent of each kind of dirt, always the
same for so many rows."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path

import numpy as np
import numpy.typing as npt

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "plugins"))

from clearbase.district.id_numbers import with_check

HEADER = [
    "序号", "姓名", "性别", "身份证号", "出生日期", "民族", "手机号", "户籍地址", "现居住地址",
    "学历", "政治面貌", "婚姻状况", "部门", "岗位", "入职日期", "合同开始日期", "合同结束日期",
    "是否签订劳动合同", "是否参加社保", "在职状态", "离职日期", "工号", "紧急联系人", "紧急联系电话", "备注",
]  # fmt: skip
SURNAMES = "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕苏卢蒋蔡贾丁魏薛叶阎"
GIVEN = "".join(chr(0x4E00 + 37 * n) for n in range(500))
AREAS = ("341225", "411525", "360734", "330206", "421182", "522428", "532128", "610924", "500234", "130928")
Text = npt.NDArray[np.object_]


def people(rows: int) -> dict[str, Text]:
    """The columns of a roster of ``rows`` invented people, with a few per cent of each kind of dirt."""
    rng = np.random.default_rng(7)
    born = np.datetime64("1960-01-01") + rng.integers(0, 365 * 47, rows).astype("timedelta64[D]")
    birth = born.astype(str).astype(object)
    area = rng.choice(np.array(AREAS, object), rows)
    order = rng.integers(0, 1000, rows)
    number = _numbers(area, birth, order)
    hired = np.datetime64("2016-01-01") + rng.integers(0, 3700, rows).astype("timedelta64[D]")
    hire = hired.astype(str).astype(object)
    ends = (hired + np.timedelta64(1095, "D")).astype(str).astype(object)
    surname, given = np.array(list(SURNAMES), object), np.array(list(GIVEN), object)
    name = surname[rng.integers(0, len(SURNAMES), rows)] + given[rng.integers(0, 500, rows)]
    name = name + np.where(rng.random(rows) < 0.85, given[rng.integers(0, 500, rows)], "")
    ranges = rng.choice(np.array(["38", "39", "50", "87", "99"], object), rows)
    mobile = _joined("1", ranges, np.arange(rows) * 7919 % 10**8, 8)
    folk = rng.choice(np.array(["汉", "汉族", "苗族", "土家族", "回"], object), rows, p=[0.6, 0.3, 0.04, 0.04, 0.02])
    village = rng.integers(1, 900, rows)
    table = {
        "序号": np.arange(1, rows + 1).astype(str).astype(object),
        "姓名": name,
        "性别": np.where(order % 2 == 1, "男", "女").astype(object),
        "身份证号": number,
        "出生日期": birth.copy(),
        "民族": folk,
        "手机号": mobile,
        "户籍地址": "安徽省阜阳市颍上县" + _texts(village) + "村" + _texts(rng.integers(1, 300, rows)) + "号",
        "现居住地址": "北仑区新碶街道明州路" + _texts(rng.integers(1, 900, rows)) + "号",
        "学历": rng.choice(np.array(["初中", "高中", "大专", "本科", "中专"], object), rows),
        "政治面貌": rng.choice(np.array(["群众", "共青团员", "中共党员"], object), rows, p=[0.8, 0.12, 0.08]),
        "婚姻状况": rng.choice(np.array(["已婚", "未婚", "离异"], object), rows),
        "部门": "装配" + _texts(village % 40) + "车间",
        "岗位": rng.choice(np.array(["操作工", "质检员", "焊工", "叉车工", "文员"], object), rows),
        "入职日期": hire,
        "合同开始日期": hire.copy(),
        "合同结束日期": ends,
        "是否签订劳动合同": rng.choice(np.array(["是", "否"], object), rows, p=[0.95, 0.05]),
        "是否参加社保": rng.choice(np.array(["是", "否", "已参保"], object), rows, p=[0.8, 0.1, 0.1]),
        "在职状态": np.full(rows, "在职", object),
        "离职日期": np.full(rows, "", object),
        "工号": "A" + _texts(np.arange(rows)),
        "紧急联系人": surname[rng.integers(0, len(SURNAMES), rows)] + given[rng.integers(0, 500, rows)],
        "紧急联系电话": _joined("13", np.full(rows, "7", object), np.arange(rows) * 104729 % 10**8, 8),
        "备注": np.where(rng.random(rows) < 0.1, "住宿舍", "").astype(object),
    }
    _spoil(table, rng)
    return table


# Field → share of the rows, and what becomes of the cell.
DIRT: dict[str, list[tuple[float, Callable[[str], str]]]] = {
    "姓名": [
        (0.02, lambda t: t[0] + " " + t[1:]),
        (0.01, lambda t: t + "(离职)"),
        (0.003, lambda t: ""),
        (0.003, lambda t: t[0] + "?"),
    ],
    "身份证号": [
        (0.02, lambda t: t[:16] + str((int(t[16]) + 1) % 10) + t[17:]),
        (0.01, lambda t: t[:6] + " " + t[6:14] + " " + t[14:]),
        (0.01, str.lower),
        (0.005, lambda t: f"{t[0]}.{t[1:6]}E+17"),
        (0.005, lambda t: t[:6] + "********" + t[14:]),
        (0.005, lambda t: t[:17]),
        (0.005, lambda t: t[:6] + t[8:17]),
        (0.005, lambda t: ""),
    ],
    "性别": [
        (0.01, lambda t: "女" if t == "男" else "男"),
        (0.01, lambda t: "不详"),
        (0.005, lambda t: "x"),
    ],
    "出生日期": [
        (0.03, lambda t: t.replace("-", ".")),
        (0.01, lambda t: t[:4] + "-02-30"),
        (0.02, lambda t: "1980" + t[4:]),
    ],
    "民族": [(0.01, lambda t: "地球")],
    "手机号": [
        (0.02, lambda t: t[:10]),
        (0.02, lambda t: f"{t[:3]}-{t[3:7]}-{t[7:]}"),
        (0.01, lambda t: t + "/13900139000"),
        (0.02, lambda t: ""),
    ],
    "入职日期": [
        (0.03, lambda t: t.replace("-", "/")),
        (0.02, lambda t: f"{t[:4]}年{t[5:7]}月{t[8:]}日"),
        (0.01, lambda t: t[2:].replace("-", "/")),
        (0.005, lambda t: "待定x"),
        (0.01, lambda t: ""),
    ],
    "合同结束日期": [(0.03, lambda t: "长期"), (0.01, lambda t: "三年")],
    "学历": [(0.01, lambda t: "社会大学")],
    "婚姻状况": [(0.01, lambda t: "其它情况")],
    "政治面貌": [(0.01, lambda t: "无")],
    "是否参加社保": [(0.02, lambda t: "部分")],
    "是否签订劳动合同": [(0.02, lambda t: "√")],
    "离职日期": [
        (0.03, lambda t: "2026-02-10"),
        (0.005, lambda t: "2001-01-01"),
        (0.005, lambda t: "走了"),
    ],
    "在职状态": [(0.02, lambda t: "离职"), (0.005, lambda t: "？")],
}


def _spoil(table: dict[str, Text], rng: np.random.Generator) -> None:
    rows = len(table["姓名"])
    for field, kinds in DIRT.items():
        column = table[field]
        clean = column.copy()
        for part, spoil in kinds:
            for n in rng.choice(rows, int(rows * part), replace=False):
                column[n] = spoil(clean[n])
    again = rng.choice(rows - 1, rows // 200, replace=False)  # the same line twice
    for column in table.values():
        column[again + 1] = column[again]


def _numbers(area: Text, birth: Text, order: npt.NDArray[np.int64]) -> Text:
    days = np.char.replace(birth.astype(str), "-", "").astype(np.int64)
    return np.array(with_check(area.astype(np.int64) * 10**11 + days * 1000 + order), object)


def _joined(head: str, middle: Text, tail: npt.NDArray[np.int64], width: int) -> Text:
    return np.array([f"{head}{m}{t:0{width}d}" for m, t in zip(middle, tail, strict=True)], object)


def _texts(numbers: npt.NDArray[np.int64]) -> Text:
    return numbers.astype(str).astype(object)


def make(rows: int, folder: Path) -> Path:
    file = folder / f"dirty-{rows}.csv"
    if not file.exists():
        print(f"making {file}", file=sys.stderr, flush=True)
        table, draft = people(rows), file.with_suffix(".draft")
        with draft.open("w", encoding="utf-8", newline="") as out:
            out.write(",".join(HEADER) + "\n")
            out.writelines(",".join(row) + "\n" for row in zip(*(table[name] for name in HEADER), strict=True))
        draft.rename(file)
    return file
