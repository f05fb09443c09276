"""Whom to call, as people write it into one cell: a name, a number, how they are related, in any order.

>>> split("王五/父子")
('王五', None)
>>> split("（妻）李某 138-0013-8000")
('李某', '13800138000')
"""

from __future__ import annotations

import re
import unicodedata

import pyarrow as pa
import pyarrow.compute as pc

from clearbase.standards.distinct import Column, one_array, spread_distinct

_PHONE = re.compile(
    r"(?<![0-9])(?:\+?86[- ]?)?(1[3-9][0-9][- ]?[0-9]{4}[- ]?[0-9]{4})(?![0-9])"
    r"|(?<![0-9])(0[0-9]{2,3}-?[0-9]{7,8})(?![0-9])"
)
_LABEL = re.compile(r"(?:姓名|联系人|联系电话|电话号码|电话|手机号?|联系方式|关系|tel)\s*:?", re.IGNORECASE)
_RELATION = re.compile(
    r"^(?:与?本人)?(?:之)?(?:父亲?|母亲?|父母|爸爸?|妈妈?|父子|父女|母子|母女|夫妻|夫妇|夫|妻子?|丈夫|配偶|爱人|老公|老婆|儿子?|女儿?|子女"
    r"|兄弟?|弟弟?|哥哥?|姐姐?|妹妹?|姐妹|兄妹|姐弟|岳父|岳母|公公|婆婆|叔叔?|伯父?|舅舅?|姑姑?|姨妈?|亲戚|亲属|家属|朋友|同学|同事|老乡|男友|女友|本人)(?:关系)?$"
)
# Nothing but Han characters of which no label and no relation is made: a name, and the most of them.
_PLAIN = re.compile(r"[\u4e00-\u9fff]{1,15}")
_NO_PLAIN = frozenset(_LABEL.pattern + _RELATION.pattern)
_PLAIN_CELL = r"[\x{4e00}-\x{9fff}]{1,15}"  # for RE2
_NO_PLAIN_CELL = "[" + "".join(sorted(c for c in _NO_PLAIN if "\u4e00" <= c <= "\u9fff")) + "]"
_NAME = re.compile(r"[\u3400-\u9fff·]{1,15}|[A-Za-z][A-Za-z .'-]{1,40}")


def split(text: str) -> tuple[str | None, str | None]:
    """(name, phone). The text as it is and no phone where something is left that is neither, or there are two."""
    if _PLAIN.fullmatch(text) and _NO_PLAIN.isdisjoint(text):
        return text, None
    folded = unicodedata.normalize("NFKC", text).strip()
    numbers = [found[1] or found[2] for found in _PHONE.finditer(folded)]
    rest = _LABEL.sub(" ", _PHONE.sub(" ", folded))
    parts = [part for part in re.split(r"[\s/、,;:|()\[\]【】-]+", rest) if part and not _RELATION.match(part)]
    if len(numbers) > 1 or len(parts) > 1 or any(not _NAME.fullmatch(part) for part in parts):
        return text, None
    if not parts and not numbers:
        return text, None
    phone = re.sub(r"[ -](?=[0-9]{4})", "", numbers[0]) if numbers and numbers[0].startswith("1") else None
    return (parts[0] if parts else None), phone or (numbers[0] if numbers else None)


def split_all(values: Column) -> tuple[pa.Array, pa.Array]:
    """Name and phone of every cell; null stays null."""
    encoded = one_array(values).dictionary_encode()
    texts = encoded.dictionary
    plain = pc.and_(
        pc.match_substring_regex(texts, rf"\A{_PLAIN_CELL}\z"),
        pc.invert(pc.match_substring_regex(texts, _NO_PLAIN_CELL)),
    )
    if pc.all(plain, min_count=0).as_py():
        return one_array(values), pa.nulls(len(values), pa.string())
    names, phones = spread_distinct(texts.filter(pc.invert(plain)), split, 2)
    nothing = pa.nulls(len(texts), pa.string())
    told = (pc.replace_with_mask(of_all, pc.invert(plain), few) for of_all, few in ((texts, names), (nothing, phones)))
    first, second = (of_all.take(encoded.indices) for of_all in told)
    return first, second
