"""Coded fields: what employers write → the canonical value. Literal tables, one a field.

Sources: sex GB/T 2261.1-2003, marital status GB/T 2261.2-2003, ethnicity GB/T 3304-1991, political status
GB/T 4762-1984, education GB/T 4658-2006. Canonical values are ``male|female``, ``active|left``, ``true|false``, an
ethnicity with 族, and the short Chinese label of the others. A value that a table does not know is None; ``NOT_SAID``
is a value that is known to say nothing.
"""

from __future__ import annotations

import re
import unicodedata

import pyarrow as pa

from clearbase.standards.distinct import Column, each_distinct
from clearbase.standards.words import words

NOT_SAID = ""

SEX: dict[str, str] = {
    "男": "male", "男性": "male", "男士": "male", "先生": "male", "M": "male", "MALE": "male", "1": "male",
    "01": "male",
    "女": "female", "女性": "female", "女士": "female", "F": "female", "FEMALE": "female", "2": "female",
    "02": "female",
    "♂": "male", "♀": "female", "0": NOT_SAID, "9": NOT_SAID, "未说明": NOT_SAID, "保密": NOT_SAID,
}  # fmt: skip
# Some HR systems number the sexes from 0. A column is read so only where its identity numbers say so.
SEX_FROM_ZERO: dict[str, str] = {"0": "male", "1": "female"}

_ETHNICITIES = words(
    "汉族 蒙古族 回族 藏族 维吾尔族 苗族 彝族 壮族 布依族 朝鲜族 满族 侗族 瑶族 白族 土家族 哈尼族 哈萨克族 "
    "傣族 黎族 傈僳族 佤族 畲族 高山族 拉祜族 水族 东乡族 纳西族 景颇族 柯尔克孜族 土族 达斡尔族 仫佬族 羌族 "
    "布朗族 撒拉族 毛南族 仡佬族 锡伯族 阿昌族 普米族 塔吉克族 怒族 乌孜别克族 俄罗斯族 鄂温克族 德昂族 "
    "保安族 裕固族 京族 塔塔尔族 独龙族 鄂伦春族 赫哲族 门巴族 珞巴族 基诺族"
)
ETHNICITY: dict[str, str] = {
    **{name: name for name in _ETHNICITIES},
    **{name[:-1]: name for name in _ETHNICITIES},
    **{f"{code:02d}": name for code, name in enumerate(_ETHNICITIES, 1)},
    **{str(code): name for code, name in enumerate(_ETHNICITIES[:9], 1)},
    "维族": "维吾尔族", "维": "维吾尔族", "哈族": "哈萨克族", "蒙族": "蒙古族", "蒙": "蒙古族", "僮族": "壮族",
    "俄罗斯": "俄罗斯族", "97": "其他", "其他": "其他", "98": "外国血统", "外国血统": "外国血统",
    "穿青人": "其他", "穿青人族": "其他", "革家人": "其他", "未识别民族": "其他",
}  # fmt: skip

EDUCATION: dict[str, str] = {
    "博士": "博士", "博士研究生": "博士", "11": "博士", "12": "博士", "13": "博士",
    "硕士": "硕士", "硕士研究生": "硕士", "14": "硕士", "15": "硕士", "16": "硕士", "研究生": "研究生", "10": "研究生",
    "研究生及以上": "研究生", "硕士及以上": "研究生", "MBA": "硕士",
    "本科": "本科", "大学本科": "本科", "大学": "本科", "学士": "本科", "全日制本科": "本科", "本科毕业": "本科",
    "20": "本科", "21": "本科", "22": "本科", "23": "本科", "专升本": "本科", "成人本科": "本科", "函授本科": "本科",
    "大专": "大专", "专科": "大专", "大学专科": "大专", "高职": "大专", "高职高专": "大专",
    "大学专科和专科学校": "大专",
    "专科教育": "大专", "30": "大专", "31": "大专", "32": "大专", "33": "大专", "大专毕业": "大专",
    "全日制大专": "大专",
    "中专": "中专", "中等专科": "中专", "中等职业": "中专", "中职": "中专", "中等专业学校": "中专", "40": "中专",
    "41": "中专",
    "职高": "职高", "职业高中": "职高", "44": "职高", "技校": "技校", "技工学校": "技校", "47": "技校", "技工": "技校",
    "高中": "高中", "普通高中": "高中", "高中毕业": "高中", "60": "高中", "61": "高中", "62": "高中",
    "初中": "初中", "普通初中": "初中", "初中毕业": "初中", "70": "初中", "71": "初中", "初级中学": "初中",
    "73": "初中",
    "小学": "小学", "小学毕业": "小学", "80": "小学", "81": "小学", "83": "小学",
    "文盲": "其他", "半文盲": "其他", "文盲或半文盲": "其他", "未上学": "其他", "90": "其他", "其他": "其他",
}  # fmt: skip

MARITAL_STATUS: dict[str, str] = {
    "未婚": "未婚", "单身": "未婚", "10": "未婚", "1": "未婚", "否": "未婚", "未": "未婚",
    "已婚": "已婚", "有配偶": "已婚", "20": "已婚", "2": "已婚", "是": "已婚", "已": "已婚", "结婚": "已婚",
    "已婚已育": "已婚", "已婚未育": "已婚", "未婚未育": "未婚", "未婚已育": "未婚",
    "初婚": "初婚", "21": "初婚", "再婚": "再婚", "22": "再婚", "复婚": "复婚", "23": "复婚",
    "丧偶": "丧偶", "30": "丧偶", "离异": "离异", "离婚": "离异", "离": "离异", "40": "离异",
    "90": NOT_SAID, "未说明": NOT_SAID, "保密": NOT_SAID,
}  # fmt: skip

_PARTIES = words("中共党员 中共预备党员 共青团员 民革 民盟 民建 民进 农工党 致公党 九三学社 台盟 无党派人士 群众")
POLITICAL_STATUS: dict[str, str] = {
    **{name: name for name in _PARTIES},
    **{f"{code:02d}": name for code, name in enumerate(_PARTIES, 1)},
    **{str(code): name for code, name in enumerate(_PARTIES[:9], 1)},
    "党员": "中共党员", "中国共产党党员": "中共党员", "共产党员": "中共党员", "是": "中共党员", "TRUE": "中共党员",
    "预备党员": "中共预备党员", "中国共产党预备党员": "中共预备党员",
    "团员": "共青团员", "中国共青团员": "共青团员", "中国共产主义青年团团员": "共青团员", "共青团": "共青团员",
    "无党派": "无党派人士", "无党派民主人士": "无党派人士", "群众(现称普通公民)": "群众", "普通公民": "群众",
    "一般群众": "群众",
    "10": "九三学社", "否": NOT_SAID, "FALSE": NOT_SAID,
}  # fmt: skip

EMPLOYMENT_STATUS: dict[str, str] = {
    **dict.fromkeys(
        words(
            "在职 在岗 在场 入场 进场 已入职 入职 正式 试用 试用期 实习 待岗 停薪留职 产假 病假 休假 长假 "
            "退休返聘 返聘 借调 在册 正常 新进 新入职 新增 转正 "
            "在 在厂 在店 在用 在职中 在岗中 在班 上班 现职 是 TRUE 1 Y YES ACTIVE"
        ), "active"),
    **dict.fromkeys(
        words(
            "离职 离岗 离场 已离职 已离岗 已离场 已退场 退场 退工 已退工 辞职 已辞职 辞退 已辞退 自离 "
            "自动离职 解除 解除合同 终止 退休 已退休 死亡 调离 调出 开除 "
            "离 走 走了 已走 已离 离开 离厂 已离厂 离店 退出 不干了 清退 否 FALSE 0 N NO LEFT"
        ), "left"),
}  # fmt: skip

YES_NO: dict[str, str] = {
    **dict.fromkeys(
        words(
            "是 有 对 √ ✓ ✔ ☑ Y YES T TRUE 1 ○ ● 已签 已签订 已缴 已缴纳 已参保 参保 已参加 已办 已办理 "
            "已登记 已申报 已教育 已培训 合格 参加 缴纳 签订 签 缴 已购买 已交 已买 同住 随迁 外地参保 五险 "
            "五险一金 社保 签了 已签署 签署 签过 办 办了 已办妥 已申领 缴了 在缴 正常缴纳 "
            "单位缴 公司缴 厂缴 院缴 校缴 店缴 "
            "交了 交 买了 买 上了 已上 在保 有的 在 在的 都在 带了 来了"
        ), "true"),
    **dict.fromkeys(
        words(
            "否 无 不 × ╳ ✗ ✘ X N NO F FALSE 0 未签 未签订 未缴 未缴纳 未参保 未参加 未办 未办理 未登记 "
            "未申报 未教育 未培训 没有 没 不参保 未购买 未交 未买 不同住 未随迁 办理中 新农合 未 "
            "没签 没办 没缴 没交 没买 没上 没参保 没登记 没来 不在 未上 未签署 未申领 "
            "不缴 不交 不买 没得 自愿放弃 放弃 放弃参保 自愿放弃参保 自愿不参保 已停保 停保 停缴 断缴"
        ), "false"),
    # a contract that the law does not ask for is neither signed nor missing
    **dict.fromkeys(["不适用", "不需要", "无需", "/", "-", "—", "--", "NA", "N/A"], NOT_SAID),
}  # fmt: skip

TABLES: dict[str, dict[str, str]] = {
    "sex": SEX,
    "ethnicity": ETHNICITY,
    "education": EDUCATION,
    "marital_status": MARITAL_STATUS,
    "political_status": POLITICAL_STATUS,
    "employment_status": EMPLOYMENT_STATUS,
    "yes_no": YES_NO,
}


def compact(text: str) -> str:
    """Folded, capitals, without spaces: what the tables are asked with."""
    folded = unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", text).upper())
    return re.sub(r"\.0$", "", "".join(c for c in folded if unicodedata.category(c)[0] not in "ZC"))


def canonical(table: str, text: str) -> str | None:
    """The canonical value, ``NOT_SAID``, or None for a value that ``table`` (a key of ``TABLES``) does not know.

    Tried in this order (messiness F5): the whole text; without a leading code (``21-大学本科``); without a bracket
    (初中(肄业)); the part before a slash (大专/自考).
    """
    values = TABLES[table]
    whole = compact(text)
    uncoded = re.sub(r"^[0-9]{1,3}[-.、_:：]?(?=[^0-9])", "", whole)
    unbracketed = re.sub(r"[(\[【].*?[)\]】]", "", uncoded)
    for attempt in (whole, uncoded, unbracketed, re.split(r"[/、\\]", unbracketed)[0]):
        if attempt in values:
            return values[attempt]
    return None


def validate(table: str, text: str) -> bool:
    """Whether ``table`` knows the text."""
    return canonical(table, text) is not None


def canonical_all(table: str, values: Column) -> pa.Array:
    """``canonical`` of every cell; a value that the table does not know stays as it was, so that a rule can flag
    it."""

    def known_or_text(text: str) -> str | None:
        value = canonical(table, text)
        return text.strip() if value is None else value or None

    return each_distinct(values, known_or_text)
