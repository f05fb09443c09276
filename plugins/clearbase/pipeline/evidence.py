"""What spoke for and against somebody, comparison by comparison, in words and bits: why a weight is what it is."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import chain
from typing import Any, Final

from clearbase.identity.model import Model

SHOWN: Final = 5  # weighed decisions: more tell nobody more
COMPARED: Final[dict[str, str]] = {
    "name": "姓名", "number": "证件号码、出生日期", "sex": "性别", "phone": "手机号",
    "household": "户籍地址", "current": "现住址",
}  # fmt: skip
# (comparison, level) → Chinese; the English meanings stand in the model (docs/identity.md).
FOUND: Final[dict[tuple[str, str], str]] = {
    ("name", "missing"): "一方无可用姓名",
    ("name", "same"): "同名（名字越少见分越高）",
    ("name", "sound"): "同音",
    ("name", "part"): "缺字或有字无法辨认",
    ("name", "one_off"): "三字以上差一字",
    ("name", "surname"): "仅首字相同",
    ("name", "other"): "不同名",
    ("number", "missing"): "一方证件号码、出生日期过少",
    ("number", "same"): "同一有效号码",
    ("number", "mended"): "校验不符的号码，差一步即相同（错一位、换位、漏位、多位）",
    ("number", "cut"): "尾数丢失，前段与出生日期相同",
    ("number", "masked_birth"): "未遮盖的数字相符，出生日期相同",
    ("number", "masked"): "未遮盖的数字相符，无出生日期可比",
    ("number", "two_off"): "校验不符的号码，差两步",
    ("number", "other_birth"): "两个有效号码不同，出生日期相同",
    ("number", "other"): "两个有效号码不同，出生日期也不同",
    ("number", "birth"): "无号码可比，出生日期相同",
    ("number", "birth_near"): "无号码可比，出生日期仅年、月或日不同",
    ("number", "birth_other"): "无号码可比，出生日期不同",
    ("sex", "missing"): "未填",
    ("sex", "same"): "相同",
    ("sex", "other"): "不同",
    ("phone", "missing"): "未填，或三个以上姓名共用",
    ("phone", "same"): "有一个号码相同",
    ("phone", "one_off"): "错一位、换位、漏位或多位",
    ("phone", "other"): "不同",
    ("household", "missing"): "一方未填",
    ("household", "same"): "同一门牌",
    ("household", "place"): "同县同村或同路",
    ("household", "county"): "同县",
    ("household", "other"): "不同县",
    ("current", "missing"): "一方未填",
    ("current", "same"): "同一房间",
    ("current", "place"): "同路或同小区",
    ("current", "other"): "不同",
}


def evidence(weighed: Sequence[tuple[str, Any]], model: Model) -> list[dict[str, Any]]:
    """``weighed``: places (``12/1/7, 13/1/7``) and a decision with ``levels``, ``weight`` and ``model``. Lines
    ``rows, compared, level, found, bits``; what one side does not tell is left out. Bits are those of ``model``: of a
    decision by another version the levels stand without them."""
    told = list(chain.from_iterable(_of(places, decision, model) for places, decision in weighed[:SHOWN]))
    left = len(weighed) - SHOWN
    return [*told, _line(f"… {left} more 另有 {left} 种", "", "", "", "")] if left > 0 else told


def gathered(decisions: Sequence[tuple[str, Any]]) -> list[tuple[str, Any]]:
    """Places that were weighed alike as one, the heaviest first: a worker's months say the same again and again."""
    alike: dict[tuple[str, float, str], list[tuple[str, Any]]] = {}
    for place, decision in decisions:
        if decision.levels:
            alike.setdefault((decision.levels, float(decision.weight), decision.model), []).append((place, decision))
    ordered = sorted(alike.values(), key=lambda each: -float(each[0][1].weight))
    return [(_places([place for place, _ in each]), each[0][1]) for each in ordered]


def _places(places: list[str]) -> str:
    return ", ".join(places[:3]) + (f" … {len(places)} rows" if len(places) > 3 else "")


def _of(places: str, decision: Any, model: Model) -> Iterator[dict[str, Any]]:
    levels = dict(each.split("=") for each in decision.levels.split())
    known = decision.model == model.version
    bits = {name: model.bits(name, level) for name, level in levels.items()} if known else {}
    if known and levels["name"] == "same":  # a rare name weighs more: its share is what the others leave
        bits["name"] = float(decision.weight) - model.prior_bits - sum(bits.values()) + bits["name"]
    yield _line(places, "start 起点", "", "任意两人", _signed(model.prior_bits) if known else "")
    for comparison, level in levels.items():
        if level != "missing":
            compared, found = f"{comparison} {COMPARED.get(comparison, '')}", FOUND.get((comparison, level), "")
            yield _line("", compared.strip(), level, found, _signed(bits[comparison]) if known else "")
    yield _line("", "together 合计", "", f"model {decision.model}", _signed(decision.weight))


def _line(rows: str, compared: str, level: str, found: str, bits: str) -> dict[str, Any]:
    return {"rows": rows, "compared": compared, "level": level, "found": found, "bits": bits}


def _signed(bits: float) -> str:
    return f"{float(bits):+.1f}"
