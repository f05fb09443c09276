"""Remarks without what is nobody's business: numbers that tell who somebody is, illness, debts (messiness F14).

What a remark says beside them stays. The cell's own text is only in the employer's own workbook.
"""

from __future__ import annotations

import re
import unicodedata

import pyarrow as pa
import pyarrow.compute as pc

from clearbase.standards import bank_card, phone
from clearbase.standards.distinct import spread_distinct

# A number as people write it, with blanks or hyphens between; then, without those, what it is.
_NUMBER = re.compile(r"(?<![0-9A-Za-z])[0-9](?:[ -]?[0-9]){6,20}[Xx]?(?![0-9A-Za-z])")
_PERSON = re.compile(
    "[1-9][0-9]{5}(?:(?:18|19|20)[0-9]{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12][0-9]|3[01])[0-9]{3}[0-9X]|[0-9]{9})"
)
_PHONE = re.compile(f"{phone.MOBILE}|0[1-9][0-9]{{9,10}}")
# A clause with one of these is taken out whole.
_HEALTH = re.compile(
    "乙肝|肝炎|艾滋|HIV|梅毒|结核|癌|肿瘤|白血病|糖尿病|高血压|心脏病|癫痫|精神病|精神分裂|抑郁症|残疾|尘肺"
    "|怀孕|流产|手术|住院|病假|病史"
)
_DEBT = re.compile("欠债|欠款|欠钱|负债|网贷|高利贷|失信|老赖|被执行|赌博|讨债|催收")
_CLAUSE = re.compile(r"[^，,。；;、\n]+")
# What RE2 seeks first, over the whole column: seven digits with little between, or one of the words.
_ASKED = r"[0-9０-９](?:[ -]?[0-9０-９]){6}|" + _HEALTH.pattern + "|" + _DEBT.pattern


def without_personal(text: str) -> tuple[str, str | None]:
    """(the remark without it, what was taken out); None where nothing was."""
    taken: dict[str, None] = {}

    def number(match: re.Match[str]) -> str:
        digits = re.sub("[ -]", "", match[0]).upper()
        what = (
            "身份证号" if _PERSON.fullmatch(digits)
            else "电话" if _PHONE.fullmatch(digits)
            else "银行卡号" if bank_card.is_valid(digits)
            else "长号码" if len(digits) >= 15
            else None
        )  # fmt: skip
        if what is None:
            return match[0]
        taken[what] = None
        return f"〔{what}〕"

    def clause(match: re.Match[str]) -> str:
        for words, what in ((_HEALTH, "健康情况"), (_DEBT, "债务情况")):
            if words.search(match[0]):
                taken[what] = None
                return f"〔{what}〕"
        return match[0]

    kept = _CLAUSE.sub(clause, _NUMBER.sub(number, unicodedata.normalize("NFKC", text)))
    return (kept, "、".join(taken)) if taken else (text, None)


def without_personal_all(values: pa.Array) -> tuple[pa.Array, pa.Array]:
    """``without_personal`` of every cell; null stays null in both."""
    asked = pc.fill_null(pc.match_substring_regex(values, _ASKED), False)
    nothing = pa.nulls(len(values), pa.string())
    if not pc.any(asked, min_count=0).as_py():
        return values, nothing
    kept, taken = spread_distinct(values.filter(asked), without_personal, 2)
    return pc.replace_with_mask(values, asked, kept), pc.replace_with_mask(nothing, asked, taken)
