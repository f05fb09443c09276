"""File and sheet names are shown to many, so nobody may be named by them: not by number, phone or name.

Before a file is read nobody knows whom it names: ``unread_label`` keeps only words that rosters are called by. Once it
is read, ``safe_label`` keeps everything but the people who were found in it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Final

from clearbase.standards import credit_code, identity_number

HIDDEN: Final = "○○"
LONGEST_NAME: Final = 30  # of letters that one name has; Uyghur names with their dots come to about 20
LONGEST_REASON: Final = 200
# Seven digits and more, however they are set apart: 138-0013-8001, 330206 19900307 5676, 0574-86881234.
_LONG_RUN = re.compile(r"\d(?:[\s._()（）+\-–—·]{0,2}\d){6,}(?:[\s._\-–—]?[Xx](?![a-z]))?")
_DIGITS = re.compile(r"\d")
FEWEST_DIGITS: Final = 7
# The date of a report is no birth date.
_DATE = re.compile(
    r"20[2-4]\d[-._/]?(?:1[0-2]|0[1-9]|[1-9](?!\d))(?:[-._/]?(?:3[01]|[12]\d|0[1-9]|[1-9](?!\d)))?(?!\d)"
)
_UNPRINTABLE = re.compile("[\x00-\x1f\x7f\ud800-\udfff]")
_CREDIT_CODE = re.compile(r"(?<![0-9A-Z])(?!\d{17}X)(?=[0-9A-Z]*[A-Z])[0-9A-HJ-NPQRTUWXY]{18}(?![0-9A-Z])")
_EIGHTEEN = re.compile(r"(?<![0-9A-Z])[0-9A-HJ-NPQRTUWXY]{18}(?![0-9A-Z])")
# The surnames that nine of ten people have (公安部, 2020年全国姓名报告, the first hundred).
SURNAMES: Final = (
    "王李张刘陈杨黄赵吴周徐孙马朱胡林郭何高罗郑梁谢宋唐许邓冯韩曹曾彭萧肖蔡潘田董袁于余叶蒋杜苏魏程吕丁沈任姚卢傅钟姜崔谭廖范"
    "汪陆金石戴贾韦夏邱方侯邹熊孟秦白江阎薛尹段雷黎史龙陶贺顾毛郝龚邵万钱严覃武莫孔向汤欧阳上官司马诸葛令狐"
)
_WITH_VALUE = re.compile(rf"[:：\d]|\s[{SURNAMES}][\u4e00-\u9fff·]{{1,4}}$")
_BLANKS = re.compile(r"\s+")

# What rosters are called (corpus and messiness G).
ROSTER_WORDS: Final = (
    "花名册 名册 名单 台账 登记表 信息表 统计表 汇总表 明细表 变动表 采集表 报表 表格 表 册 模板 样表 "
    "流动人口 外来人口 外来务工 务工 用工 用人 员工 职工 人员 工人 从业 在职 在岗 在册 离职 退职 辞职 入职 新进 新增 "
    "增减 减员 增员 变更 变动 更正 补报 补充 续报 劳务 派遣 外包 实习 试用 临时 正式 全体 全部 实名制 实名 信息 资料 "
    "备案 登记 统计 汇总 采集 报送 上报 报 月报 季报 年报 最新 最终 修改 改 新 旧 副本 版 第 份 月份 月 年度 年 日 号 "
    "一 二 三 四 五 六 七 八 九 十 季度 上半年 下半年 有限责任公司 有限公司 股份 集团 公司 企业 单位 工厂 分厂 厂 "
    "填表 填写 说明 须知 字典 数据源 选项 参数 目录 封面 示例 样例 打印 备份 隐藏 工资 考勤 考核 合同 协议 学历 教育 "
    "家庭成员 家庭 家属 子女 亲属 宿舍 住宿 通讯录 证书 培训 保险 社保 公积金 "
    "车间 班组 项目部 项目 工地 部门 部 科 店 分公司 街道 社区 园区 的 及 和 与 "
    "roster employees employee staff workers list sheet book data copy new final full joiners leavers hires hr "
    "xlsx xlsm xls et csv tsv txt zip pdf doc docx jpg png"
)
_WORD = re.compile("|".join(sorted(ROSTER_WORDS.split(), key=len, reverse=True)), re.IGNORECASE)
_LETTERS = re.compile(r"[^\W\d_]+(?:[·•][^\W\d_]+)*")


def safe_label(text: str, names: frozenset[str] = frozenset()) -> str:
    """``text`` without long digit runs (credit codes with letters stay) and without any of ``names`` (people's)."""
    label = _without_numbers(text)
    if not names:
        return label
    place = 0
    while place < len(label):
        # The longest name that begins here; looked up, since a file may have a million of them.
        ends = range(min(len(label), place + LONGEST_NAME), place + 1, -1)
        end = next((end for end in ends if label[place:end] in names), None)
        if end:
            label = label[:place] + HIDDEN + label[end:]
        place += len(HIDDEN) if end else 1
    return label


def unread_label(text: str, kept: Iterable[str] = ()) -> str:
    """``text`` without long digit runs and without every word that is neither one of ``ROSTER_WORDS`` nor of ``kept``
    (employers' names)."""
    label = _without_numbers(text)
    names = sorted({name for name in kept if len(name) > 1}, key=len, reverse=True)
    whole = re.compile("|".join([_CREDIT_CODE.pattern, *map(re.escape, names)]))
    parts, told = whole.split(label), [*whole.findall(label), ""]
    return "".join(_LETTERS.sub(_known_words, part) + keep for part, keep in zip(parts, told, strict=True))


def safe_reason(reason: str) -> str:
    """Why somebody decided something, as it is kept: at most ``LONGEST_REASON`` letters, without long digit runs."""
    return _without_numbers(reason.strip())[:LONGEST_REASON]


def names_somebody(label: str) -> bool:
    """Whether a short text looks like a label and its value: 联系人：…, 经办人 李建国, or anything with digits."""
    return bool(_WITH_VALUE.search(label))


def personal_names(texts: Iterable[str | None]) -> frozenset[str]:
    """Names as they may stand in a label: without blanks; single letters say nothing."""
    return frozenset(name for text in texts if text and len(name := _BLANKS.sub("", text)) >= 2)


def _known_words(letters: re.Match[str]) -> str:
    words = list(_WORD.finditer(letters.group()))
    if sum(len(word.group()) for word in words) == len(letters.group()):
        return letters.group()
    kept, place = [], 0
    for word in words:
        if len(word.group()) > 1:  # a single letter beside unknown ones may be part of a name
            kept += [HIDDEN] * (word.start() > place) + [word.group()]
            place = word.end()
    return "".join(kept + [HIDDEN] * (place < len(letters.group())))


def _without_numbers(text: str) -> str:
    # A name in another encoding reaches us as lone surrogates, and Postgres holds no NUL: both become a visible mark.
    text = _UNPRINTABLE.sub("�", text)
    parts, place = [], 0
    for code in _EIGHTEEN.finditer(text):
        if _CREDIT_CODE.fullmatch(code.group()) or _digits_are_a_credit_code(code.group()):
            parts += [_LONG_RUN.sub(_hidden, text[place : code.start()]), code.group()]
            place = code.end()
    return "".join([*parts, _LONG_RUN.sub(_hidden, text[place:])])


def _hidden(found: re.Match[str]) -> str:
    run = found.group()
    date = _DATE.match(run)
    head, rest = (run[: date.end()], run[date.end() :]) if date else ("", run)
    return head + ("○" * 4 if len(_DIGITS.findall(rest)) >= FEWEST_DIGITS else rest)


def _digits_are_a_credit_code(run: str) -> bool:
    """Of digits alone, or of digits and X, it may as well be an identity number."""
    return credit_code.is_valid(run) and not identity_number.is_valid(run)
