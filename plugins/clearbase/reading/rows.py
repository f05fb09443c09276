"""Which rows below the header are people, and what the others are (messiness B5-B7, B11).

Nothing vanishes: each row that is set aside is counted under its reason.
"""

from __future__ import annotations

import re
import unicodedata
from typing import Final

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from clearbase.reading.grid import Grid
from clearbase.reading.header_text import normal
from clearbase.reading.headers import Header
from clearbase.reading.sections import is_heading
from clearbase.records import EMPTY, NUMBER
from clearbase.standards import example_person
from clearbase.standards.words import words

LINE, BLANK, TOTAL, NOTE, EXAMPLE, SECTION, HEADER, TITLE, CONTINUED = range(9)
REASONS: Final = ("line", "blank", "total", "note", "example", "section", "header", "title", "continued")

# Asked of a row's first texts after NFKC and without white space, in this order. A department
# called 审核部 is no signature.
TOTAL_TEXT: Final = re.compile(
    r"^[(]?(合计|小计|总计|共计|累计|总人数|人数合计|本页小计|本页合计|平均(值|年龄|工资)?)(人数)?([:(\d人共)]|$)"
    r"|^(制表|制单|填表|填报|审核|审批|复核|核对|单位负责人|部门负责人|负责人|法定代表|经办|盖章|签字|签章)(人|单位|日期|时间|部门)?"
    r"(签字|签名|签章|盖章)?([:(]|$)"
    r"|^(用人|用工|填报|报送)?单位(名称)?([:]|[(]?(盖章|公章|签章))"
)
NOTE_TEXT: Final = re.compile(
    r"^(备注|说明|注意|填表说明|填写说明|填报说明|温馨提示|特别说明|注\d?[:.、]|注$|\*|※|附[:件注])"
)
EXAMPLE_TEXT: Final = re.compile(
    r"^\W{0,3}(示例|样例|范例|举例|填写示例|填表示例|例如|例[:)】]|如[:]|example|[例样示]\d?\W{0,3}$)", re.IGNORECASE
)
# 工会主席：  填表人：某某  填表日期： is a line of signatures, whoever signs.
LABELLED: Final = re.compile(r"^[\u4e00-\u9fff()]{2,12}:")
PAGE: Final = re.compile(r"第\d+页|共\d+页|花名册|名册|台账|一览表|登记表|统计表")
# Below the header some forms say how to fill in a column, name it in English, or count the columns.
_HOW_TO_FILL: Final = re.compile(
    r"必填|选填|填写|填报|格式|文本|下拉|选择|说明|示例|例如|如:|\d+位|自动|不填|^(?:yyyy|年)[-./年]|^[(（].*[)）]$",
    re.IGNORECASE,
)
_COLUMN_WORD: Final = re.compile(
    r"^(?:full|real|user|first|last)?_?(?:name|no\.?|id|idcard|id_?number|sex|gender|phone|mobile|tel|date|dept|department|position|post|title"
    r"|address|birth\w*|email|remarks?|number|code|type|status|hire\w*|entry\w*|nation\w*|education|age)",
    re.IGNORECASE,
)
_DIGITS: Final = re.compile(r"\d{6,}|\d{4}[-./年]\d{1,2}")
UNDER_HEADER: Final = 2
_STEMS: Final = "甲乙丙丁戊己庚辛壬癸"
_LETTERS: Final = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
_ROUND: Final = re.compile(r"^\d{2,8}0{9,}[\dXx]?$")  # 430000000000000000
SAMPLE_NAMES: Final = frozenset(words("张三 李四 王五 赵六 张某某 李某某 某某某 小明 XXX"))
SAMPLE_NUMBERS: Final = frozenset(
    words(
        "13800000000 13800138000 13888888888 13900000000 13912345678 13812345678 12345678901 13000000000 13123456789 "
        "110101199001011234 110101199003071234 11010519491231002X 110101199003070011 330206199001011234 "
        "330203199001011234 123456789012345678 110000199001010000 320101199001011234 440301199001011234"
    )
)
# The quick look over all rows: texts that may begin so. Beside a name and a number only an example can be no person.
_OPENING: Final = "(（【[〔［{｛<＜《〈「『“‘\"'"
_EXAMPLE: Final = rf"^[\s{re.escape(_OPENING)}]*(示例|样例|范例|举例|填写示例|填表示例|例|样|示|如[:：]|(?i:example))"
_SUSPECT: Final = (
    r"^\s*[(（【\[]?\s*(合\s*计|小\s*计|总\s*计|共\s*计|累计|总人数|人数合计|本页|平均|制\s*表|制单|填\s*表|填报|填写|审\s*核|审批"
    r"|复核|核对|负责人|部门负责|法定代表|经办|盖章|签字|签章|用人单位|用工单位|报送单位|单位|备\s*注|说\s*明|注意|注|温馨|特别|附"
    r"|\*|※)|" + _EXAMPLE
)
# What a text must begin with for either pattern to be asked: looking at one character costs a third of asking it.
_BLANKS: Final = " \t\r\n\x0b\x0c\u3000\u00a0"
_EXAMPLE_BEGINS: Final = _BLANKS + _OPENING + "示样范举填例如eE"
_SUSPECT_BEGINS: Final = _EXAMPLE_BEGINS + "合小总共累人本平制审复核负部法经盖签用报单备说注温特附*※"
FIRST_COLUMNS: Final = 3
# Fields that a clerk fills in beforehand for people who do not exist yet.
PREFILLED: Final = frozenset({"row_no", "employee_no"})
_SEQUENCE: Final = re.compile(r"\s*[A-Za-z]{0,6}[-_]?\d{1,12}\s*")

Codes = npt.NDArray[np.int8]


def classify_rows(grid: Grid, header: Header, sources: dict[str, list[int]]) -> Codes:
    """One code (``LINE`` …) for every row of the grid."""
    codes = np.full(grid.rows, LINE, np.int8)
    filled = np.zeros(grid.rows, np.int32)
    for kinds in grid.kinds:
        filled += kinds != EMPTY
    codes[: header.first] = TITLE
    codes[header.first : header.last + 1] = HEADER
    codes[filled == 0] = BLANK
    below = header.last + 1
    named = _filled_any(grid, sources, ("name",))
    numbered = _filled_any(grid, sources, ("id_number",))
    certain = named & (filled >= 2) & (numbered if "id_number" in sources else True)
    doubtful = ~certain | _suspects(grid, sources)
    doubtful[:below] = False
    doubtful &= filled > 0
    for row in np.flatnonzero(doubtful):
        codes[row] = _judge(grid, int(row), sources, bool(named[row]), bool(numbered[row]))
    codes[_example_of_ours(grid, sources)] = EXAMPLE
    for second in range(below, min(below + UNDER_HEADER, grid.rows)):
        if codes[second] == LINE and (codes[second + 1 :] == LINE).any() and _is_nobody(grid, second, sources):
            codes[second] = EXAMPLE
        if codes[second] in (LINE, NOTE, EXAMPLE) and _explains_columns(grid, second, sources):
            codes[second] = HEADER
    for name_column in sources.get("name", ()):
        for first, column, last, _ in grid.merges:
            if column == name_column and first >= below and last > first:
                # Further rows of one person: a second phone, a second address. The name stands for all of them.
                under = np.s_[first + 1 : last + 1]
                codes[under] = np.where((codes[under] == LINE) & ~numbered[under], CONTINUED, codes[under])
    _mark_repeated_headers(grid, header, sources, codes)
    return codes


def _example_of_ours(grid: Grid, sources: dict[str, list[int]]) -> list[int]:
    """The rows of the example of our own template, which a clerk has numbered like any other."""
    numbers = pa.array([example_person.NUMBER, example_person.NUMBER.lower()])
    hits = [pc.is_in(grid.text[column], value_set=numbers) for column in sources.get("id_number", ())]
    rows = {int(row) for hit in hits for row in np.flatnonzero(hit.to_numpy(zero_copy_only=False))}
    names = sources.get("name", ())
    return [row for row in rows if any((grid.text[c][row].as_py() or "").strip() == example_person.NAME for c in names)]


def _is_nobody(grid: Grid, row: int, sources: dict[str, list[int]]) -> bool:
    """张三 with a number that belongs to nobody, where forms show how they are filled in."""
    told = {column: text.strip() for column, text in grid.row_texts(row)}
    named = any(told.get(column) in SAMPLE_NAMES for column in sources.get("name", ()))
    numbers = [text.removesuffix(".0") for text in told.values()]
    return named and any(number in SAMPLE_NUMBERS or _ROUND.match(number) for number in numbers)


def _explains_columns(grid: Grid, row: int, sources: dict[str, list[int]]) -> bool:
    """Whether a row directly below the header says more of its columns and nothing of a person."""
    told = {c: "".join(unicodedata.normalize("NFKC", text).split()) for c, text in grid.row_texts(row)}
    texts = list(told.values())
    if len(texts) < 3 or any(_DIGITS.search(text) and not _HOW_TO_FILL.search(text) for text in texts):
        return False
    if _counts_columns([text.strip("()").upper() for text in texts]):
        return True
    names = [told[c] for c in sources.get("name", ()) if c in told]
    if not all(_HOW_TO_FILL.search(name) or _COLUMN_WORD.search(name) for name in names):
        return False
    told_columns = sum(bool(_HOW_TO_FILL.search(text) or _COLUMN_WORD.search(text)) for text in texts)
    return 2 * told_columns > len(texts)


def _counts_columns(texts: list[str]) -> bool:
    """1 2 3, (1) (2) (3), A B C or, as statistical forms have it, 甲 乙 1 2 3."""
    rest = texts[sum(text in _STEMS for text in texts) :]
    if texts[: len(texts) - len(rest)] != list(_STEMS[: len(texts) - len(rest)]):
        return False
    if all(text.isdecimal() for text in rest):
        return not rest or [int(text) for text in rest] == list(range(int(rest[0]), int(rest[0]) + len(rest)))
    return all(len(text) == 1 for text in rest) and "".join(rest) in _LETTERS


def _filled_any(grid: Grid, sources: dict[str, list[int]], fields: tuple[str, ...]) -> npt.NDArray[np.bool_]:
    found = np.zeros(grid.rows, np.bool_)
    for name in fields:
        for column in sources.get(name, ()):
            found |= grid.kinds[column] != EMPTY
    return found


def _suspects(grid: Grid, sources: dict[str, list[int]]) -> npt.NDArray[np.bool_]:
    """Rows whose name or one of whose first cells begins like a total, a note or an example."""
    found = np.zeros(grid.rows, np.bool_)
    pattern, begins = (_EXAMPLE, _EXAMPLE_BEGINS) if "id_number" in sources else (_SUSPECT, _SUSPECT_BEGINS)
    for column in sorted({*range(min(FIRST_COLUMNS, grid.columns)), *sources.get("name", ())}):
        rows = _beginning_with(grid.text[column], begins)
        hits = pc.match_substring_regex(grid.text[column].take(pa.array(rows)), pattern)
        found[rows[hits.to_numpy(zero_copy_only=False)]] = True
    for column in sources.get("name", ()):
        for colon in ":：":  # a name with a colon may be a label
            found |= pc.fill_null(pc.match_substring(grid.text[column], colon), False).to_numpy(zero_copy_only=False)
    return found


def _beginning_with(texts: pa.Array, characters: str) -> npt.NDArray[np.int64]:
    """The rows whose text begins with one of these."""
    first = pc.utf8_slice_codeunits(texts, 0, 1)
    return np.flatnonzero(pc.is_in(first, value_set=pa.array(list(characters))).to_numpy(zero_copy_only=False))


def _judge(grid: Grid, row: int, sources: dict[str, list[int]], named: bool, numbered: bool) -> int:
    cells = grid.row_texts(row)
    texts = ["".join(unicodedata.normalize("NFKC", text).split()) for _, text in cells]
    columns = {column for column, _ in cells}
    name_columns = set(sources.get("name", ()))
    first_texts = [text for (column, _), text in zip(cells, texts, strict=True) if column < FIRST_COLUMNS]
    name_texts = [text for (column, _), text in zip(cells, texts, strict=True) if column in name_columns]
    # Of somebody who has a name only the first cell and the name itself may say that the row is no person.
    leading = (texts[:1] + name_texts) if named else (first_texts or texts[:1])
    if any(EXAMPLE_TEXT.search(text) for text in leading):
        return EXAMPLE
    signed = all(LABELLED.search(text) for text in texts)
    if named and numbered and not signed:
        return LINE
    if any(TOTAL_TEXT.search(text) for text in leading):
        return TOTAL
    if any(NOTE_TEXT.search(text) for text in leading):
        return NOTE
    if not named and not numbered and len(cells) <= FIRST_COLUMNS and is_heading(texts[0]):
        return SECTION
    if signed:
        return TOTAL
    prefilled = {column for name in PREFILLED for column in sources.get(name, ())}
    worth = [
        text
        for column, text in cells
        if not (column in prefilled and _SEQUENCE.fullmatch(text)) and text.strip() not in ("0", "0.0")
    ]
    if not worth:
        # Pre-numbered or formula rows of the form: as good as blank.
        return BLANK
    if not named and not numbered and all(grid.kinds[column][row] == NUMBER for column in columns):
        return TOTAL
    if len(cells) == 1:
        if any(TOTAL_TEXT.search(text) for text in texts):
            return TOTAL
        if PAGE.search(texts[0]):
            return TITLE
        if numbered or (named and min(name_columns) > 0 and len(texts[0]) <= 4 and not is_heading(texts[0])):
            return LINE
        return SECTION if len(texts[0]) <= 40 else NOTE
    return LINE


def _mark_repeated_headers(grid: Grid, header: Header, sources: dict[str, list[int]], codes: Codes) -> None:
    """The header again, as printed on each page; of several levels the lower ones follow it."""
    tops = {c: path[0] for c, path in enumerate(header.paths) if path}
    anchor = (sources.get("name") or sources.get("id_number") or [0])[0]
    if not tops.get(anchor):
        return
    word = "".join(header.paths[anchor][-1].split())
    maybe = _beginning_with(grid.text[anchor], _BLANKS + word[:1])
    again = pc.equal(_squeezed(grid.text[anchor].take(pa.array(maybe))), word)
    for row in maybe[again.to_numpy(zero_copy_only=False)]:
        if row <= header.last:
            continue
        words = {normal(level) for path in header.paths for level in path}
        for at in range(int(row), min(int(row) + header.last - header.first + 1, grid.rows)):
            texts = [normal(text) for _, text in grid.row_texts(at)]
            if texts and sum(text in words for text in texts) >= max(2, len(texts) * 0.6):
                codes[at] = HEADER


def _squeezed(texts: pa.Array) -> pa.Array:
    """Without white space; only short texts can be a header, so the rest is left as it is."""
    return pc.replace_substring_regex(texts, r"[\s\x{3000}]+", "")


def count_reasons(codes: Codes) -> dict[str, int]:
    """Reason → rows, for every reason but the lines; from the first to the last row that holds anything."""
    held = np.flatnonzero(codes != BLANK)
    inside = codes[held[0] :] if held.size else codes[:0]
    counts = np.bincount(inside, minlength=len(REASONS))
    return {reason: int(counts[code]) for code, reason in enumerate(REASONS) if code != LINE and counts[code]}
