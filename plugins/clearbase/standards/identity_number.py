"""Citizen identity numbers, 公民身份号码 (GB 11643-1999): 6 area + 8 birth + 3 sequence (odd: male) + check character.

The check character is ISO 7064 MOD 11-2 over weights 7 9 10 5 8 4 2 1 6 3 7 9 10 5 8 4 2. Numbers of 15 digits (until
2013-01-01) become 18 by inserting 19 and adding the check. An area code that no list knows does not make a number
invalid: genuine numbers carry withdrawn codes, which is why ``stdnum.cn.ric`` is not used here (domain.md, Standards).
Residence permits of HK/Macau/Taiwan people (81, 82, 83) and of foreign permanent residents (9) have the same build.

>>> compact("'１１０１０５ 19491231 002ｘ")
'11010519491231002X'
>>> is_valid("110105194912310021")
False
"""

from __future__ import annotations

import datetime as dt
import re
import unicodedata

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from clearbase.standards.distinct import Column, changed, each_distinct, one_array
from clearbase.standards.invalid import Invalid

WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
CHECKS = "10X98765432"
SHAPE = "[0-9]{17}[0-9X]"

# What stands for the X (messiness C6). NFKC does the full-width ones; these are other letters that look the same.
X_LOOKALIKES = dict.fromkeys(map(ord, "×хХχΧ✕✖╳"), "X")
BLANKS = re.compile(r"[\x00-\x20\x7f]")
DECORATION = re.compile(r"['’‘`\"“”＇\-－—–_.,，。:：;；/\\|]")
# The same for RE2, without what may be a point between digits that are lost.
DECORATED = r"[\x00-\x20\x7f'’‘`\"“”\-–—_]"
# A cell typed as a number and saved as text: only some of its digits are left (C5), or a float's own text.
SCIENTIFIC = r"[0-9](?:\.[0-9]+)?[eE]\+?[0-9]{1,2}"
FLOAT_TEXT = r"[0-9]{16,}\.0*"


def compact(text: str) -> str:
    """The number without what people, sheets and chats put round it; upper case. Length and check are not touched."""
    if text.isascii():
        kept = BLANKS.sub("", text)
    else:
        # Capitals before marks are taken off: that of some letters is a letter with a mark (ῒ).
        capitals = unicodedata.normalize("NFKC", text).translate(X_LOOKALIKES).upper()
        folded = unicodedata.normalize("NFKC", capitals)
        kept = "".join(c for c in folded if unicodedata.category(c) not in ("Cf", "Cc", "Zs", "Zl", "Zp", "Mn"))
    if re.fullmatch(SCIENTIFIC, kept) or re.fullmatch(FLOAT_TEXT, kept):
        return kept.upper()
    number = DECORATION.sub("", kept).upper()
    # Some forms want * for X; a masked last digit looks the same, so only where the check character is X anyway.
    if re.fullmatch(r"[0-9]{17}\*", number) and check_character(number[:17]) == "X":
        return number[:17] + "X"
    return number


def check_character(body: str) -> str:
    """The 18th character for 17 digits (GB 11643-1999, 6.2)."""
    return CHECKS[sum(int(d) * w for d, w in zip(body, WEIGHTS, strict=True)) % 11]


def from_15(number: str) -> str:
    """The 18-character number of a 15-digit one. Sequences 996-999 marked people born in the 1800s; read as 1900s."""
    if not re.fullmatch(r"[0-9]{15}", number):
        raise Invalid("length")
    body = number[:6] + "19" + number[6:]
    return body + check_character(body)


def birth(number: str) -> dt.date | None:
    """The birth date in an 18-character number, or None where there is no such day."""
    if not re.fullmatch(SHAPE, number):
        return None
    try:
        return dt.date(int(number[6:10]), int(number[10:12]), int(number[12:14]))
    except ValueError:
        return None


def sex(number: str) -> str | None:
    """``male`` or ``female`` by the 17th digit, None where the number has not the shape."""
    if not re.fullmatch(SHAPE, number):
        return None
    return "male" if int(number[16]) % 2 else "female"


def validate(text: str, today: dt.date | None = None) -> str:
    """The compact 18-character number. Raises Invalid: ``length``, ``lost``, ``masked``, ``shape``, ``birth``,
    ``checksum``. ``today`` bounds the birth date (default: the system's day)."""
    number = compact(text)
    if is_lost(number):
        raise Invalid("lost")
    if is_masked(number):
        raise Invalid("masked")
    if len(number) == 15 and number.isdigit():
        number = from_15(number)
    if len(number) != 18:
        raise Invalid("length")
    if not re.fullmatch(SHAPE, number):
        raise Invalid("shape")
    born = birth(number)
    if born is None or born > (today or dt.date.today()):
        raise Invalid("birth")
    if check_character(number[:17]) != number[17]:
        raise Invalid("checksum")
    return number


def is_valid(text: str, today: dt.date | None = None) -> bool:
    try:
        validate(text, today)
    except Invalid:
        return False
    return True


def is_lost(number: str) -> bool:
    """Scientific or float text of a number: its last digits are gone for good (messiness C1-C5)."""
    return bool(re.fullmatch(SCIENTIFIC, number) or re.fullmatch(FLOAT_TEXT, number))


# Letters that are typed, or read by a scanner, for digits (messiness C7).
LETTERS = str.maketrans("OQDILZSB", "00011258")
LETTERED = "[0-9OQDILZSB]{17}[0-9XOQDILZSB]"


def without_letters(number: str) -> str | None:
    """The number that a compact one with letters for digits was meant to be; None unless its check and date hold."""
    if not re.fullmatch(LETTERED, number):
        return None
    meant = number.translate(LETTERS)
    born = birth(meant)
    return meant if born and check_character(meant[:17]) == meant[17] else None


def is_masked(number: str) -> bool:
    """A number of which the sender starred out a part (messiness C9)."""
    return bool(re.fullmatch(r"[0-9X*]{15,18}", number)) and "*" in number


# --- the same over Arrow columns -------------------------------------------------------------------------------------


def compact_all(values: Column) -> pa.Array:
    """``compact`` of every cell; null stays null."""
    return changed(one_array(values), pa.array(~shaped_all(values)), _compact_others)


def _compact_others(array: pa.Array) -> pa.Array:
    # full-width digits, blanks or hyphens between them, a small x: many distinct texts that are all made right alike
    folded = pc.utf8_normalize(array, "NFKC")
    bare = pc.utf8_upper(pc.replace_substring_regex(folded, DECORATED, ""))
    array = pc.if_else(pc.match_substring_regex(bare, rf"\A{SHAPE}\z"), bare, array)
    return each_distinct(array, compact, SHAPE)


def from_15_all(values: Column) -> pa.Array:
    """``from_15`` where a cell is 15 digits; every other cell as it is."""
    array = one_array(values)
    old = pc.fill_null(pc.match_substring_regex(array, r"\A[0-9]{15}\z"), False)
    if not pc.any(old, min_count=0).as_py():
        return array
    return pc.replace_with_mask(array, old, each_distinct(array.filter(old), from_15))


def shaped_all(values: Column) -> npt.NDArray[np.bool_]:
    """True where a cell is 17 digits and a digit or X (``SHAPE``). Shape ``(len(values),)``; null is False."""
    shaped = np.zeros(len(values), np.bool_)
    shaped[_shaped(one_array(values))[0]] = True
    return shaped


def read_all(values: Column) -> tuple[npt.NDArray[np.bool_], pa.Array, pa.Array]:
    """(``checksum_all``, ``birth_all`` with days that lie ahead, ``sex_all``) of a column, its bytes looked at once."""
    array = one_array(values)
    shaped = _shaped(array)
    return _checked(array, *shaped), _born(array, *shaped, dt.date.max), _sexed(array, *shaped)


def checksum_all(values: Column) -> npt.NDArray[np.bool_]:
    """True where a compact cell has 17 digits and their check character. Shape ``(len(values),)``; null is False."""
    array = one_array(values)
    return _checked(array, *_shaped(array))


def _checked(array: pa.Array, rows: npt.NDArray[np.int64], characters: npt.NDArray[np.uint8]) -> npt.NDArray[np.bool_]:
    total = np.zeros(len(rows), np.int16)  # at most 9 times the sum of the weights, 891
    for place, weight in enumerate(WEIGHTS):
        total += (characters[:, place] - 48) * np.int16(weight)
    remainder = total % 11
    good = np.zeros(len(array), np.bool_)
    good[rows] = np.frombuffer(CHECKS.encode(), np.uint8)[remainder] == characters[:, 17]
    return good


def valid_all(values: Column, today: dt.date | None = None) -> npt.NDArray[np.bool_]:
    """``is_valid`` of every compact 18-character cell; everything else, 15 digits included, is False."""
    array = one_array(values)
    rows, characters = _shaped(array)
    good = _checked(array, rows, characters)
    good[rows[~_births(characters, today)[1]]] = False
    return good


def birth_all(values: Column, today: dt.date | None = None) -> pa.Array:
    """Birth dates as ``YYYY-MM-DD``; null where the shape is wrong or the day is none or lies ahead.

    The check character is not asked: combine with ``valid_all`` where the date is to be believed.
    """
    array = one_array(values)
    return _born(array, *_shaped(array), today)


def born_all(values: Column) -> npt.NDArray[np.bool_]:
    """True where a cell of the right shape holds a day that exists, ahead or not. Shape ``(len(values),)``."""
    array = one_array(values)
    rows, characters = _shaped(array)
    real = np.zeros(len(array), np.bool_)
    real[rows] = _births(characters, dt.date.max)[1]
    return real


def _born(
    array: pa.Array, rows: npt.NDArray[np.int64], characters: npt.NDArray[np.uint8], today: dt.date | None
) -> pa.Array:
    born, real = _births(characters, today)
    text = np.full((len(rows), 10), ord("-"), np.uint8)
    for to, source in ((slice(0, 4), slice(0, 4)), (slice(5, 7), slice(4, 6)), (slice(8, 10), slice(6, 8))):
        text[:, to] = born[:, source]
    offsets = np.arange(len(rows) + 1, dtype=np.int32) * 10
    dates = pa.StringArray.from_buffers(len(rows), pa.py_buffer(offsets), pa.py_buffer(text.tobytes()))
    where = np.full(len(array), -1, np.int64)
    where[rows[real]] = np.flatnonzero(real)
    return dates.take(pa.array(where, mask=where < 0))


def sex_all(values: Column) -> pa.Array:
    """``male`` or ``female`` by the 17th digit; null where the shape is wrong."""
    array = one_array(values)
    return _sexed(array, *_shaped(array))


def _sexed(array: pa.Array, rows: npt.NDArray[np.int64], characters: npt.NDArray[np.uint8]) -> pa.Array:
    code = np.full(len(array), -1, np.int8)
    code[rows] = characters[:, 16] & 1
    return pa.array(["female", "male"]).take(pa.array(code, mask=code < 0))


def _shaped(array: pa.Array) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.uint8]]:
    """Rows of 17 digits and a digit or X, and their bytes as a (rows, 18) matrix, column by column in memory: what
    follows asks one place of all numbers after the other."""
    valid = np.asarray(array.is_valid().to_numpy(zero_copy_only=False))
    offsets = np.frombuffer(array.buffers()[1], np.int32)[array.offset : array.offset + len(array) + 1]
    eighteen = (np.diff(offsets) == 18) & valid
    rows = np.flatnonzero(eighteen)
    if not len(rows):
        return rows, np.empty((0, 18), np.uint8)
    start, end = int(offsets[0]), int(offsets[-1])
    data = array.buffers()[2]
    if end - start != 18 * len(rows):  # after a filter the texts lie one behind the other, 18 bytes each
        picked = array.filter(pa.array(eighteen))
        start, data = int(np.frombuffer(picked.buffers()[1], np.int32)[picked.offset]), picked.buffers()[2]
    matrix = np.asfortranarray(np.frombuffer(data, np.uint8, count=18 * len(rows), offset=start).reshape(-1, 18))
    shaped = (matrix[:, 17] - 48 < 10) | (matrix[:, 17] == ord("X"))
    for place in range(17):
        shaped &= matrix[:, place] - 48 < 10
    return (rows, matrix) if shaped.all() else (rows[shaped], matrix[shaped])


def _births(
    characters: npt.NDArray[np.uint8], today: dt.date | None
) -> tuple[npt.NDArray[np.uint8], npt.NDArray[np.bool_]]:
    """Of numbers of the right shape the eight birth characters and whether that day exists and is not ahead."""
    born = characters[:, 6:14]
    digits = [(born[:, place] - 48).astype(np.int16) for place in range(8)]
    year = ((digits[0] * 10 + digits[1]) * 10 + digits[2]) * 10 + digits[3]
    month = digits[4] * 10 + digits[5]
    day = digits[6] * 10 + digits[7]
    leap = (year % 4 == 0) & ((year % 100 != 0) | (year % 400 == 0))
    lengths = np.array([0, 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31], np.int16)
    length = np.where(month <= 12, lengths[np.minimum(month, 12)], 0) + ((month == 2) & leap)
    limit = today or dt.date.today()
    ahead = year.astype(np.int32) * 10000 + month * 100 + day > limit.year * 10000 + limit.month * 100 + limit.day
    return born, (year > 0) & (day >= 1) & (day <= length) & ~ahead
