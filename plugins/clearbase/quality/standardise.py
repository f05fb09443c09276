"""Raw lines to canonical values: every cell in the form of its field, its text as it was kept beside it.

What a value *is* comes from ``standards``; this module knows which field is of which sort, what an empty cell looks
like (messiness F1) and what ditto marks mean (F2). Nothing is judged here: a value that cannot be read stays as text,
so that a rule can flag it and ``check`` withhold it.
"""

from __future__ import annotations

import datetime as dt
import re

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from clearbase.quality import citizen_cells, date_cells, remarks
from clearbase.quality.cell_texts import holds_one, trimmed, without
from clearbase.quality.kernels import mask_of
from clearbase.records import ERROR, NUMBER
from clearbase.standards import code_lists, contact, credit_code, name, phone
from clearbase.standards.distinct import changed, each_distinct, one_array
from clearbase.standards.words import words

# Dropped when read; here once more, so that no reader's gap lets them through (domain.md, Privacy).
NEVER_KEPT = frozenset(["wage", "bank_account", "health", "religion", "fertility", "child_detail", "photo"])

NAMES = frozenset(["name", "former_name", "employer_contact", "emergency_contact", "landlord"])
PHONES = frozenset(["phone", "emergency_phone", "employer_contact_phone"])
DATES = frozenset(
    words(
        "birth_date hire_date leave_date contract_start contract_end probation_end id_valid_to arrive_date "
        "residence_reg_date residence_permit_valid insurance_start training_date report_period cancelled_on"
    )
)
YES_NO = frozenset(
    words(
        "is_floating residence_registered has_residence_permit contract_signed social_insurance housing_fund "
        "spouse_with is_veteran"
    )
)
CODES = frozenset(words("sex ethnicity education marital_status political_status employment_status"))
COUNTS = frozenset(["age", "children_count", "children_accompanying", "trainings"])
TICKS = ("√", "✓", "✔", "☑", "√ ")
TICKED_SHARE = 0.1
DITTO_FIELDS = frozenset(
    words(
        "household_address current_address department employer_name employer_address employer_street "
        "work_site current_street current_community dwelling_type dispatch_agency"
    )
)
# After brackets and quotes round it are taken off (messiness F2).
DITTO = words("同上 同前 同左 同上行 ″ 〃 〃〃 \" ' '' ” “ ’ ↓ …… … ... 同")
DITTO_BYTES_MOST = pa.scalar(30, pa.int32())  # with its brackets
DITTO_WRAP = "（）()[]【】“”\"'‘’ "

NULL_WORDS = words(
    "/ \\ - -- --- — —— 、 。 . * ** 空 暂无 不详 未知 没有 待补 待补充 待定 未提供 null NULL None NaN nan N/A n/a NA "
    "#N/A #REF! #VALUE! #NAME? #DIV/0! #NUM! #NULL! ########"
)
NULL_TEXTS = (*NULL_WORDS, "无", "0", "0.0", "○")
# Fields whose 无 is a value: no grade, no reason (messiness F1).
NONE_IS_A_VALUE = frozenset(
    words("skill_level skill_certificate leave_reason professional_title points residence_permit_no major")
)
PLACEHOLDERS = (
    *(d * n for d in "0123456789" for n in range(4, 19)),
    *("1234567890123456789"[:n] for n in (6, *range(15, 20))),  # of 8 or 10 it could be a permit
    *words("补办中 办理中 丢失 遗失 没带 暂缺 后补 未带 忘带 无证 XXX XXXX ***"),
)


def standardise(lines: pa.Table, period: dt.date | None, on: dt.date | None = None) -> pa.Table:
    """Canonical columns of raw roster lines (``records.FileRead.lines``), in their order.

    Returns ``sheet, row`` and for each field F ``F`` (string), ``F__raw`` (the cell's text) and ``F__kind``; beside
    them ``name__note``, ``name__holds`` (``name.Holds``), ``phone__second``, ``remarks__personal`` (what was taken out
    of them), ``<date>__how`` (``calendar_date.READINGS``, or ``ahead``) and, with ``id_number``,
    ``id_number__placeholder``, ``id_number__form`` and ``id_type`` (see ``citizen_cells``). ``period`` is the month
    reported (not used for values); ``on`` the day from which dates lie ahead (default: today).
    """
    on = on or dt.date.today()
    columns: dict[str, pa.Array] = {"sheet": one_column(lines["sheet"]), "row": one_column(lines["row"])}
    for field in fields_of(lines):
        raw, kind = one_array(lines[field]), one_column(lines[f"{field}__kind"])
        columns |= _canonical(field, raw, kind)
        if field in date_cells.AHEAD:
            columns |= date_cells.without_ahead(field, columns, raw, on)
        columns[f"{field}__raw"], columns[f"{field}__kind"] = raw, kind
    for field in DITTO_FIELDS & columns.keys():
        columns[field] = copied_from_above(columns[field], columns["sheet"])
    for field in YES_NO & columns.keys():
        columns[field] = _blank_is_no(columns[field], columns[f"{field}__raw"], columns["sheet"])
    if "emergency_contact" in columns:
        columns |= _emergency(columns)
    for start, end in date_cells.RANGES.items():
        if start in columns:
            columns |= date_cells.range_end(columns, start, end)
    if "id_number" in columns:
        columns |= citizen_cells.number_columns(columns, on)
    if "sex" in columns:
        columns["sex"] = _sexes(columns)
    return pa.table(columns)


def fields_of(lines: pa.Table) -> list[str]:
    """Catalogue fields that a lines table holds, in its order, without those that are never kept."""
    held = set(lines.column_names)
    return [c for c in lines.column_names if f"{c}__kind" in held and c not in NEVER_KEPT]


def one_column(column: pa.ChunkedArray) -> pa.Array:
    if not isinstance(column, pa.ChunkedArray):
        return column
    return column.chunk(0) if column.num_chunks == 1 else column.combine_chunks()


def copied_from_above(values: pa.Array, sheets: pa.Array) -> pa.Array:
    """Ditto marks replaced by the nearest value above them in the same sheet; null where there is none."""
    short = np.flatnonzero(mask_of(pc.less_equal(pc.binary_length(values), DITTO_BYTES_MOST)))
    said = values.take(pa.array(short)).dictionary_encode()
    marks = [text in DITTO or text.strip(DITTO_WRAP) in DITTO for text in said.dictionary.to_pylist()]
    ditto = np.zeros(len(values), np.bool_)
    ditto[short] = np.array(marks, np.bool_)[said.indices.to_numpy()]
    if not ditto.any():
        return values
    source = np.maximum.accumulate(np.where(ditto, -1, np.arange(len(values))))
    sheet = sheets.to_numpy(zero_copy_only=False)
    return values.take(pa.array(source, mask=(source < 0) | (sheet[np.maximum(source, 0)] != sheet)))


def _canonical(field: str, raw: pa.Array, kind: pa.Array) -> dict[str, pa.Array]:
    """The canonical column of one field and what is told beside it."""
    error, numeric = (pc.equal(kind, pa.scalar(of, pa.int8())) for of in (ERROR, NUMBER))
    text = changed(trimmed(raw), error, lambda some: pa.nulls(len(some), pa.string()))
    if field in NAMES:
        if field != "name":
            return {field: name.split_all(without(text, NULL_TEXTS))[0]}
        named, note, held = name.cells_all(without(_one_under_another(raw, text), NULL_TEXTS))
        return {field: named, "name__note": note, "name__holds": held}
    if field in PHONES:
        said = without(text, NULL_TEXTS)
        first, second = phone.numbers_all(said)
        first = pc.coalesce(first, said)
        return {field: first, "phone__second": second} if field == "phone" else {field: first}
    if field in DATES:
        return date_cells.dates(field, text, numeric)
    if field == "id_number":
        number = without(text, (*NULL_TEXTS, *PLACEHOLDERS))
        instead = pc.if_else(pc.is_null(number), text, pa.scalar(None, pa.string()))
        return {field: number, "id_number__placeholder": instead}
    if field == "remarks":
        kept, taken = remarks.without_personal_all(without(text, NULL_TEXTS))
        return {field: kept, "remarks__personal": taken}
    if field in CODES:
        return {field: code_lists.canonical_all(field, without(text, (*NULL_WORDS, "无")))}
    if field in YES_NO:
        return {field: code_lists.canonical_all("yes_no", without(text, NULL_WORDS))}
    if field in COUNTS:
        count = _children if field == "children_count" else _count
        return {field: each_distinct(without(text, NULL_WORDS), count, "[1-9]?[0-9]")}
    if field == "employer_uscc":
        return {field: each_distinct(without(text, NULL_TEXTS), lambda t: credit_code.compact(t) or t)}
    plain = changed(text, numeric, lambda some: pc.replace_substring_regex(some, r"\.0+\z", ""))
    return {field: without(plain, NULL_WORDS if field in NONE_IS_A_VALUE else NULL_TEXTS)}


def _one_under_another(raw: pa.Array, text: pa.Array) -> pa.Array:
    """Names one under another in a cell stand with a mark between them: a line break is no alignment (messiness D8)."""
    if not holds_one(raw, (b"\n",)):
        return text
    apart = pc.replace_substring_regex(raw, r"(\p{Han}{2,}) *\r?\n\s*(\p{Han}{2,})", r"\1、\2")
    return pc.if_else(pc.fill_null(pc.not_equal(apart, raw), False), trimmed(apart), text)


def _blank_is_no(values: pa.Array, raw: pa.Array, sheets: pa.Array) -> pa.Array:
    """In a sheet whose column holds ticks and nothing else, who is not ticked is a no; a × would not be a blank."""
    said = raw.dictionary_encode()
    texts = [text.strip() for text in said.dictionary.to_pylist()]
    if not any(text in TICKS for text in texts):
        return values
    # of each text, and of a cell without one behind them: ticked, blank
    places = pc.fill_null(said.indices, len(texts)).to_numpy()
    ticks = np.array([*(text in TICKS for text in texts), False])[places]
    blank = np.array([*(not text for text in texts), True])[places]
    sheet = sheets.to_numpy(zero_copy_only=False)
    only_ticks = set(sheet[ticks]) - set(sheet[~ticks & ~blank])
    # One tick among hundreds is a slip of the pen and no custom of the sheet.
    only_ticks = {one for one in only_ticks if ticks[sheet == one].mean() >= TICKED_SHARE}
    if not only_ticks:
        return values
    return pc.if_else(pa.array(blank & np.isin(sheet, list(only_ticks))), "false", values)


def _emergency(columns: dict[str, pa.Array]) -> dict[str, pa.Array]:
    """Whom to call, without what stands beside the name: 王五/父子 is 王五; of 王五 13800138000 the number is the
    contact's, where the sheet has no column for it or nothing in it."""
    said = without(columns["emergency_contact__raw"], NULL_TEXTS)
    names, numbers = contact.split_all(said)
    told = {"emergency_contact": name.split_all(names)[0]}
    if numbers.null_count < len(numbers):
        given = columns.get("emergency_phone", pa.nulls(len(numbers), pa.string()))
        told["emergency_phone"] = pc.coalesce(given, numbers)
    return told


def _sexes(columns: dict[str, pa.Array]) -> pa.Array:
    """A column of 0 and 1 and no 2 counts from zero (0 male) where its identity numbers agree better with that."""
    distinct = {text.removesuffix(".0") for text in pc.unique(columns["sex__raw"]).to_pylist() if text}
    if "0" not in distinct or "2" in distinct or "sex__by_number" not in columns:
        return columns["sex"]
    said = one_array(pc.replace_substring_regex(columns["sex__raw"], r"\.0\z", ""))
    from_zero = each_distinct(said, lambda text: code_lists.SEX_FROM_ZERO.get(text))
    by_number = columns["sex__by_number"]
    agreement = [pc.sum(pc.equal(reading, by_number)).as_py() or 0 for reading in (from_zero, columns["sex"])]
    return pc.coalesce(from_zero, columns["sex"]) if agreement[0] > agreement[1] else columns["sex"]


def _count(said: str) -> str | None:
    """``35岁`` → 35, ``2.0`` → 2; yes and no where the sheet counts like that; anything else as it is."""
    if match := re.fullmatch(r"([0-9]+)(?:\.0+)?\s*(?:人|个|岁|周岁|次|名)?", said):
        return str(int(match[1]))
    return code_lists.canonical("yes_no", said) or said


def _children(said: str) -> str | None:
    return "0" if said in ("无", "没有", "未育") else _count(said)
