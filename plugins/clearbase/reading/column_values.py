"""Columns whose values say what they are, whatever their header says (a column 出生日期 of identity numbers)."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Final

from clearbase.reading.column_names import ALIKE, BARE, CORRECTED, LIKE, UNKNOWN, ColumnName, is_forbidden
from clearbase.reading.column_sample import WORDS, Sample
from clearbase.reading.likeness import only_training, only_workers, speaks_of_another
from clearbase.reading.telling_values import said_by

EXPIRY: Final = re.compile(r"(有效|过期|到期|截止|失效)(期|日期|时间|期限|期至|期止)?(截止|至|止)?(日期|时间)?")
# A column of identity numbers is recognised by the shape of its values, whatever it is called.
ID_SHAPE: Final = re.compile(r"[1-9]\d{5}(19|20)\d\d(0[1-9]|1[0-2])(0[1-9]|[12]\d|3[01])\d{3}[\dXx]")
ID_SHARE: Final = 0.6
TERM: Final = re.compile(
    r"^(?:目前|当前|现行|现|本次|本期|劳动|劳务|聘用)*(?:合同|协议|聘用)"
    r"(?:期限|期|年限|时限|有效期|起止(?:期限|时间|日期)?)(?:\(.*\))?$"
)
DATE_IN: Final = re.compile(r"(?:19|20)\d\d\s*[-./年]?\s*(?:0?[1-9]|1[0-2])(?:\s*[-./月]?\s*\d{1,2})?")
TICKED: Final = {"residence_permit_no": "has_residence_permit"}
TICK: Final = re.compile(
    r"^\s*(?:√|✓|✔|×|是|否|有|无|已?办|未办|没办|已办理|未办理|在办|办理中|办了|Y|N)\s*$", re.IGNORECASE
)
MOST_TICKS: Final = 0.9
PROVINCE: Final = re.compile(
    r"^(?:北京|天津|上海|重庆|河北|山西|辽宁|吉林|黑龙江|江苏|浙江|安徽|福建|江西|山东|河南|湖北|湖南|广东|海南|四川|贵州|云南|陕西|甘肃|青海|台湾"
    r"|内蒙古|广西|西藏|宁夏|新疆|香港|澳门)(?:省|市|(?:壮族|回族|维吾尔)?自治区)?$"
)
FEWEST: Final = 5
SELDOM: Final = 0.2
# Texts of a date's column that are no date by right, and what has at least the look of one.
NO_DAY: Final = re.compile(r"长期|永久|无固定期限|至今|在职|未离职|无|/|-+|\\|待定|未定|暂无|否|无期限|不定期")
LIKE_A_DATE: Final = re.compile(
    r"\d{4}\s*[-./,，。、年]|\d{1,4}\s*[-./]\s*\d{1,2}|^\s*\d{5,8}(?:\.\d+)?\s*$|[一二〇零]{2,4}年|[A-Z][a-z]{2}"
    r"|^\s*\d{1,2}月|^(?:19|20)\d\d$"
)
# Cells that a field never has: 状态 of 正常 and 停用 is an account's, 常用号 of mobile numbers no worker's number.
REFUSED: Final[dict[str, re.Pattern[str]]] = {
    "employee_no": re.compile(r"^1[3-9]\d{9}$"),
    # 合同/协议 of 劳动合同 and 劳务协议 tells which, not whether.
    "contract_signed": re.compile(r"^(?:劳动|劳务|聘用|雇佣|用工|派遣|实习|返聘|退休返聘|承揽)(?:合同|协议)书?$"),
    "employment_status": re.compile(
        r"^(?:正常|停用|启用|禁用|有效|无效|激活|锁定|未激活|已激活|已审核|未审核|审批中|已完成)$"
    ),
}
A_TIME: Final = re.compile(r"\s*\d{1,2}[:：]\d\d")
A_SPAN: Final = re.compile(r"[\u4e00-\u9fff]")
A_NAME: Final = re.compile(r"^\s*[\u4e00-\u9fff](?:\s*[\u4e00-\u9fff·]){1,9}\s*$")
A_PHONE: Final = re.compile(r"^[\s+\d-]{7,20}$")
A_COUNT: Final = re.compile(r"^\s*\d{1,2}\s*次?\s*$")
A_DIGIT: Final = re.compile(r"\d")
OWN_SCHOOL: Final = re.compile(r"(?:所在|所属|本)?(?:学校|院校|园所|幼儿园)(?:名称|全称)?")
# What people put into a number to read it more easily, or to keep Excel from counting with it.
_SPACING: Final = re.compile(r"[\s'\u200b-\u200f\u202a-\u202e\ufeff-]+")


def name_by_values(names: list[ColumnName], sample: Sample, dates: frozenset[str] = frozenset()) -> None:
    """Names again, in place, the columns that their values tell better than their headers."""
    _name_by_numbers(names, sample)
    _check_row_numbers(names, sample)
    _name_by_words(names, sample)
    _settle_terms(names, sample)
    _name_ticks(names, sample)
    _name_provinces(names, sample)
    _refuse_no_dates(names, sample, dates)
    _name_trainings(names, sample)
    _name_lodgings(names, sample)
    _name_own_school(names, sample)
    _name_the_people(names, sample)
    _name_contacts_number(names, sample)


def _name_by_numbers(names: list[ColumnName], sample: Sample) -> None:
    """A column of identity numbers takes the field from a column of that name that holds none (出生日期)."""

    def share(column: int) -> float:
        texts = [_SPACING.sub("", text) for text in sample.texts(column)]
        return sum(bool(ID_SHAPE.fullmatch(text)) for text in texts) / len(texts) if texts else 0.0

    if any(n.field == "id_number" and (share(c) >= ID_SHARE or not sample.texts(c)) for c, n in enumerate(names)):
        return
    named = [c for c, n in enumerate(names) if n.field == "id_number"]
    called = [c for c, n in enumerate(names) if n.field == "name"]
    if len(named) == len(called) == 1 and share(called[0]) >= ID_SHARE and sample.share(named[0], WORDS) >= ID_SHARE:
        # The two headers stand the other way round.
        for c, field, held in ((called[0], "id_number", "身份证号"), (named[0], "name", "姓名")):
            names[c] = replace(names[c], field=field, sureness=BARE, reason=f"列名写反，内容是{held}")
        return
    if any(names[c].sureness == CORRECTED for c in named):
        return
    for column, name in enumerate(names):
        refused = name.field is None and ("他人" in name.reason or speaks_of_another(name.leaf))
        if (
            name.sureness != CORRECTED
            and not refused
            and not is_forbidden(name.field)
            and column not in named
            and share(column) >= ID_SHARE
        ):
            names[column] = replace(
                name, field="id_number", sureness=BARE, rank=-1, part=0, reason="列名不同，但内容是身份证号"
            )
            _name_expiry(names, name.leaf)
            return


def _name_by_words(names: list[ColumnName], sample: Sample) -> None:
    """A column that nobody knows by its header and whose cells all say 男 or 女 tells the sex, where no other does."""
    claimed = {name.field for name in names}
    for column, name in enumerate(names):
        unknown = name.field is None and name.reason == UNKNOWN and not speaks_of_another(name.leaf)
        if unknown and (said := said_by(sample.texts(column))) not in claimed:
            names[column] = replace(name, field=said, sureness=ALIKE, rank=LIKE, reason="列名不识，按内容判断")
            claimed.add(said)


def _name_expiry(names: list[ColumnName], stem: str) -> None:
    """SFid过期时间 beside a column SFid that turned out to hold identity numbers."""
    for c, name in enumerate(names):
        if name.field is None and stem and name.leaf.startswith(stem) and EXPIRY.fullmatch(name.leaf[len(stem) :]):
            names[c] = replace(name, field="id_valid_to", sureness=ALIKE, reason=f"“{stem}”是身份证号，本列是其有效期")


def _settle_terms(names: list[ColumnName], sample: Sample) -> None:
    """合同期限 may hold both ends, the last day, or a number of years, which is neither."""
    for c, name in enumerate(names):
        if TERM.search(name.leaf) and name.sureness != CORRECTED:
            texts = sample.texts(c)
            dates = [len(DATE_IN.findall(text)) for text in texts]
            both, one = sum(n > 1 for n in dates), sum(n == 1 for n in dates)
            told = "contract_start" if 2 * both > len(texts) else "contract_end" if 2 * one > len(texts) else None
            names[c] = replace(name, field=told, sureness=ALIKE, rank=LIKE, reason="按内容判断：起止、止日或年限")


def _name_ticks(names: list[ColumnName], sample: Sample) -> None:
    """居住证 with a tick in its cells says whether, not which."""
    for c, name in enumerate(names):
        if name.field in TICKED and name.sureness != CORRECTED and sample.share(c, TICK) >= MOST_TICKS:
            names[c] = replace(name, field=TICKED[name.field], sureness=BARE, reason="内容只有是否，没有号码")


def _name_provinces(names: list[ColumnName], sample: Sample) -> None:
    """户籍 whose cells name provinces only, beside an address that says more."""
    others = [c for c, n in enumerate(names) if n.field == "household_address" and n.leaf not in ("户籍", "户口")]
    for c, name in enumerate(names):
        provinces = name.leaf in ("户籍", "户口") and sample.share(c, PROVINCE) >= ID_SHARE
        if provinces and name.sureness != CORRECTED and others:
            names[c] = replace(name, field="household_province", sureness=BARE, reason="内容只到省份")


def _check_row_numbers(names: list[ColumnName], sample: Sample) -> None:
    """编号 is the row's number only where it counts; otherwise it is somebody's code."""
    for c, name in enumerate(names):
        if name.field == "row_no" and name.leaf == "编号":
            texts = sample.texts(c)
            counting = sum(text == str(at) for at, text in enumerate(texts, 1))
            if counting < 0.5 * len(texts):
                names[c] = replace(name, field="employee_no", sureness=ALIKE, reason="编号不是顺序号，按工号读取")


def _refuse_no_dates(names: list[ColumnName], sample: Sample, dates: frozenset[str]) -> None:
    """试用期 of 3个月 is no day, and 有无子女 is no number."""
    for c, name in enumerate(names):
        if name.field in dates and name.sureness < CORRECTED:
            filled = [text for text in sample.texts(c) if not NO_DAY.fullmatch(text.strip())]
            if len(filled) >= FEWEST and sum(bool(A_TIME.match(text)) for text in filled) > (1 - SELDOM) * len(filled):
                names[c] = name = replace(name, field=None, reason="内容是钟点，不是日期")
                continue
            spans = sum(bool(A_SPAN.search(text)) and not LIKE_A_DATE.search(text) for text in filled)
            if len(filled) >= FEWEST and spans > (1 - SELDOM) * len(filled):
                names[c] = replace(name, field=None, reason="内容不是日期")
        refused = REFUSED.get(name.field or "")
        if refused and name.sureness < CORRECTED and sample.share(c, refused) >= MOST_TICKS:
            names[c] = replace(name, field=None, reason="内容不是这个字段的")
        if name.field == "children_count" and sample.share(c, TICK) >= MOST_TICKS:
            names[c] = replace(name, field=None, reason="内容只有有无，没有人数")


def _name_trainings(names: list[ColumnName], sample: Sample) -> None:
    """最近培训 of days is when, of numbers how often."""
    for c, name in enumerate(names):
        known = (name.field is None and name.reason == UNKNOWN) or name.field == "trainings"
        texts = sample.texts(c) if known and name.sureness < CORRECTED and only_training(name.leaf) else []
        if len(texts) < FEWEST:
            continue
        dated = sample.share(c, LIKE_A_DATE) >= MOST_TICKS
        told = "training_date" if dated else "trainings" if sample.share(c, A_COUNT) >= MOST_TICKS else name.field
        if told != name.field and not any(n.field == told for n in names):
            names[c] = replace(name, field=told, sureness=ALIKE, rank=LIKE, reason="按内容判断：培训的日期或次数")


def _name_lodgings(names: list[ColumnName], sample: Sample) -> None:
    """住宿 of rooms is the room, of 租房 and 宿舍 the kind of dwelling."""
    told = any(name.field == "dwelling_type" for name in names)
    for c, name in enumerate(names):
        known = name.field == "dorm_room" and name.sureness < CORRECTED and len(sample.texts(c)) >= FEWEST
        if known and not told and sample.share(c, A_DIGIT) < SELDOM:
            names[c] = replace(name, field="dwelling_type", sureness=ALIKE, reason="内容不是房号，是居住方式")


def _name_own_school(names: list[ColumnName], sample: Sample) -> None:
    """学校名称, in which all rows name one school: the one that employs them."""
    told = any(name.field == "employer_name" for name in names)
    for c, name in enumerate(names):
        texts = sample.texts(c)
        one = len(texts) >= FEWEST and len(set(texts)) == 1 and OWN_SCHOOL.fullmatch(name.leaf)
        if name.field == "school" and name.sureness < CORRECTED and one and not told:
            names[c] = replace(name, field="employer_name", sureness=ALIKE, reason="各行同一所学校，是用人单位")


def _name_the_people(names: list[ColumnName], sample: Sample) -> None:
    """从业人员 over cells that are names, where no column is called 姓名."""
    if any(name.field == "name" for name in names):
        return
    for c, name in enumerate(names):
        workers = name.field is None and name.reason == UNKNOWN and only_workers(name.leaf)
        texts = sample.texts(c) if workers else []
        if len(texts) >= FEWEST and sample.share(c, A_NAME) >= MOST_TICKS and len(set(texts)) > len(texts) / 2:
            names[c] = replace(name, field="name", sureness=ALIKE, reason="列名是人员，内容是姓名")
            return


def _name_contacts_number(names: list[ColumnName], sample: Sample) -> None:
    """紧急联络 over telephone numbers is the number, not the person."""
    told = any(name.field == "emergency_phone" for name in names)
    for c, name in enumerate(names):
        named = name.field == "emergency_contact" and name.sureness < CORRECTED and not told
        if named and sample.share(c, A_PHONE) >= MOST_TICKS:
            names[c] = replace(name, field="emergency_phone", sureness=ALIKE, reason="内容是电话，不是姓名")
