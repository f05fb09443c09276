"""The words that headers are built of, each with the idea that it stands for: 目前合同到期日 is now, contract, end,
when.

Employers' headers are endless, their words are few. A header is cut into words from left to right, the longest first;
``likeness`` says which ideas together make which field.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from clearbase.standards.words import words

# Idea → its words. An idea in capitals adds nothing: it says whose the column is, or fills the line.
CONCEPTS: Final[dict[str, str]] = {
    "WORKER": "业务员 销售员 导购员 营业员 收银员 服务员 操作工 焊工 厨师 技术员 押运员 装卸工 护士 医生 医师 "
    "药师 技师 护理人员 医务人员 学习 院内 厂内 店内 人事 员工 职工 教职工 教职员工 教职员 教师 老师 人员 工人 "
    "民工 农民工 务工人员 务工者 从业人员 会员 学员 队员 劳动者 雇员 用户 本人 个人 自己 持证人 被派遣人员 "
    "派遣人员 派遣员工 用工人员 就业人员 参保人员 参保人 工友 骑手 保洁员 保安员 保安 护工 护理员 家政员 "
    "驾驶员 司机 社员 村民 居民 外来人员 流动人员 流动人口 新居民 同志 其 我 参训人员 务工 实习生 技工 名族",
    "FILLER": "直属 的 之 及 和 与 或 请填写 填写 填 详细 具体 准确 信息 内容 资料 名称 首次 第一次 最初 初次 "
    "首 登记 基本 相关 主要 发生 所 所在 所属 隶属 归属 其中 最后 最终 本次 分类 是指 栏 完整 系统 国家 目 "
    "最高 全日制 在职教育",
    "NOW": "现 目前 当前 现在 现时 最新 最近 现任 现居 实际 真实 法定 中文 常用 有效 现有 本期 正式",
    "name": "姓名 名字 人名 姓 名 姓名全称 中文姓名",
    "identity": "身份证明 居民身份证 身份证件 身份证 公民身份证 公民身份 身份 证件 证照 二代证 sfz",
    "number": "工号 号码 号 编号 编码 代码 代号 证号 number no id id号 编码号 证件号 id号码 胸牌 工牌",
    "phone": "移动电话 手提电话 手机 长号 电话 联系方式 联络方式 联系号 联系号码 联络号码 tel mobile phone "
    "移动手机 私人电话 号码电话 座机",
    "reach": "联系 联络",
    "mail": "电子邮件 电子邮箱 邮箱 邮件 e-mail email 邮址 电子信箱 信箱",
    "post_office": "通信 通讯 邮寄 邮政 收件",
    "address": "地址 住址 居址 居所 住所 详址 址 处所 地点 住处 居处 门牌 所在地 地 点 门牌号 场所 住所地",
    "area": "城市 地区 区域 行政区划 位置 省市",
    "household": "户籍 户口 户籍地 户口地 户口所在地 户籍所在地 原籍 老家 户口本 户口簿 常住户口",
    "home": "家庭 家里 家中 家",
    "live": "居住 暂住 租住 居住地 现居住 常住 经常居住 寄住 借住 落脚 所住 入住 落户 住在 长期居住 居留",
    "lodging": "住宿 宿舍 寝室 住宿地 内宿 厂内住宿 工棚 生活区 集体宿舍",
    "dwell": "出租房 出租房屋 出租屋 租赁房屋 住房 房屋 住所 居所 居住处所 住处 处所 居住场所 住房来源",
    "room": "房间 房号 床位 楼号 楼栋 幢号 室号 单元号 门牌号 房间编号 房间号 幢室号",
    "kind": "形态 模式 类型 类别 种类 性质 方式 形式 属性 别",
    "when": "日期 时间 年月日 年月 月份 何时 什么时候 哪年 哪一年 日 月 年 年份 起止时间 起止日期 起止 时候",
    "come": "来到 到达 来 到 抵达 抵 迁入 流入 进入 进 入住 起始居住",
    "locality": "京 在京 在甬 在沪 在深 在杭 本辖 本市 本地 本区 本县 本镇 本村 本街道 当地 此地 本城 暂住地 "
    "甬 宁波 北仑 浙 浙江 杭 沪 深 城 我市 我区 我县 我镇 流入地 此 本辖区 辖区 现居住地 仑 本省 境内",
    "unit": "承运商 本单位 我单位 用人单位 工作单位 单位 本公司 我公司 公司 企业 工厂 本厂 厂 医院 本院 院 "
    "学校 本校 校 本店 店 园 集团 法人 主体 实体 机构 合作社 我院 我校 我司 雇主 企业主体 门店 商户 店铺 "
    "分公司 子公司 施工单位 参建单位 承包单位 接收单位 服务处所 新公司 就职单位 务工单位 务工企业 甲方",
    "enter": "入职 入厂 进厂 到岗 上岗 录用 受聘 报到 受雇 入司 进司 到职 进场 入场 入园 入校 入店 开工 "
    "加入 上工 入队 进项目 进单位 进本单位 入本公司 到任 到厂 到店 到校 到院 入院工作",
    "leave": "最后工作 解除 解除劳动关系 解除合同 解除劳动合同 离职 离厂 离岗 离司 离店 离校 退工 退场 退回 "
    "退职 离场 辞职 辞退 解聘 减员 离队 离开本单位 终止用工 退厂 退出 出场 停工 终止劳动关系 解约 离任 退伙 "
    "撤场 离院 自离",
    "employ": "任职受雇从业 任职受雇 聘用 聘任 聘 雇佣 雇用 用工 就业 任职 工作 从业 用人 劳动关系 录取",
    "hired": "任职受雇从业 任职受雇 聘用 受聘 雇佣 雇用 用工 录取 招聘 招用",
    "contract": "劳动合同 合同 协议 劳动协议 聘期 劳动合约 合约 劳务合同 劳务协议 用工合同 聘用合同 劳合同 "
    "书面劳动合同 劳动合同书 聘书",
    "signed": "签订 签署 签约 签字 签 订立 签定 续签 首签",
    "start": "起做 起缴 起始 开始 起 始 生效 自 初始 从 起效 启始 始期 首期 首日",
    "end": "终止 到期 截止 结束 届满 止 至 终 期满 失效 满 终了 完结 截至 满期 中止",
    "term": "期限 期间 期 有效期 有效 年限",
    "probation": "试用 试用期 转正 见习期 见习",
    "insurance": "入社保 上保险 社会保障卡 社保 社会保险 五险 五险一金 参保 社会保障 养老保险 医疗保险 "
    "工伤保险 失业保险 保险 社会保险费 城镇职工社会保险 医保 社会保险参保",
    "insurance_kind": "险种 保险种类 参保种类 参保项目 社保种类 保险项目 险别",
    "fund": "公积金 住房公积金 住房公积",
    "pay_in": "代缴 缴纳 缴费 参加 购买 办理 缴 交 参 缴存 投保 缴交 参保 起缴 交纳 申领 领取 开始缴纳 持有 已办",
    "increase": "增加 增员 新增",
    "permit": "暂住证件 居住证件 暂住证明 居住证 暂住证 临时居住证 流动人口居住证 新居民证",
    "registration": "登记 申报 居住登记 暂住登记",
    "whether": "是否 有无 有没有 是不是 与否 是 否 有 无 已 未 是否有 是否已 需要 是否需要 是否正在",
    "state": "状态 状况 情况 现状 动态 与否 进度 程度",
    "serving": "在职 在岗 在册 在职离职 在离职 离在职 在场 在厂 在职与否 进退场 入离职 进离场",
    "post": "行政职务 行政岗位 专业岗位 岗位 工种 职务 职位 岗 职业 岗位名称 岗位类别 班组工种 在岗岗位",
    "work": "从事 做 干 担任 现从事",
    "what": "何 什么 哪种 工作",
    "occupation": "职业 从业",
    "department": "生产组 下设部门 下属部门 生产班组 教研室 护理单元 病区 学部 年级组 教学部 部门 车间 班组 "
    "科室 处室 产线 工段 组别 班别 小组 团队 生产线 线别 拉线 事业部 组织 院系 施工班组 工序班组 劳务班组 "
    "作业班组 施工队 所属班组 分队 班组名称 部门路径 业务部门 区队 班级",
    "skill_paper": "药师注册证 护士证 医师证 药师证 执业药师证 资格证 资格证书 执业证 执业证书 操作证 上岗证 "
    "保安员证 保安证 从业资格证 从业证 技能证书 职业资格证 证书 特种作业证 特种作业操作证 健康证 电工证 焊工证 "
    "职业证书 技能等级证书 职业技能等级证书 岗位证书 资质证书 特种工证 特殊工种证 特种证书 工种证 职业技能证书 "
    "技能鉴定证书 技能证 注册证书 护士执业证 执业资格证",
    "skill": "鉴定 技能 技术 职业技能 职业资格 技工 国家职业资格 工种 职业资格证书 技能人才 技能鉴定 "
    "职业技能鉴定 专业技能",
    "grade": "等级 级别 级 水平 层次 档次",
    "title": "职称 专业技术资格 专业技术职务 专业技术职称 专业职称 专业技术等级 专业技术级别 "
    "专业技术职务任职资格 专业技术资格等级",
    "training": "职业卫生培训 职业健康培训 卫生培训 培训 安全教育 三级教育 三级安全教育 岗前培训 参训 "
    "入场教育 进场教育 安全培训 入职培训 技能培训 职业技能培训 职业培训 入场安全教育 班前教育",
    "schooling": "学历 文化程度 文化 教育程度 受教育程度 最高学历 文化水平 学位学历 学历学位 文凭 文化层次 "
    "最后学历 教育水平 学历水平",
    "before": "入伍前 第一 原 前 曾 以前 原始",
    "school": "毕业院校 毕业学校 院校 学校 毕业于",
    "graduated": "毕业 所学 学历 最高学历 最高 主修",
    "major": "专业",
    "marriage": "婚姻 婚否 婚育 婚配 结婚 婚姻状况 婚恋",
    "politics": "政治面貌 政治 面貌 党派 政治身份 党员 中共党员",
    "ethnic": "民族 族别 少数民族",
    "origin": "籍贯 祖籍 出生地 籍贯地 祖籍地",
    "born": "出身 出生 生日 出生日期 诞生",
    "sex": "姓别 性别 男女",
    "age": "年龄 岁数 周岁 年岁",
    "nation": "国籍 国别",
    "children": "子女 孩子 小孩 儿女 随迁子女 小朋友 儿童 未成年子女 未成年人",
    "spouse": "配偶 爱人 夫妻",
    "count": "人数 个数 数量 数 几个 几人 多少 总数 数（人）",
    "together": "随迁 随行 同来 同住 同行 随同 一起 在一起 共同居住 在身边 随带 携带 带来 在本地 在甬 一同",
    "veteran": "退役军人 退伍军人 复员军人 转业军人 专业军人 军人 退役 退伍 复转军人 军转干部 退役士兵 退伍兵 复员",
    "outsider": "外来务工人员 外来务工 外来工 外来 外地 外地人 外来人口 流动人口 外省 新居民 务工 新市民 "
    "本地外地 外来人员",
    "agency": "派遣单位 派遣公司 派遣机构 劳务公司 劳务单位 人力资源公司 中介 外包公司 外包单位 派遣 "
    "劳务派遣单位 劳务派遣公司 劳务派遣机构 派出单位 劳务派遣 劳务企业 劳务中介 人力公司 劳务外包单位 "
    "劳务外包公司 劳务外包 外包 派遣方 劳务供应商 用工中介 劳务队伍 劳务分包单位 劳务分包",
    "full_name": "全称 名称",
    "cooperate": "合作 劳动 编制 身份 员工来源 人员来源 用工来源 来源",
    "urgent": "紧急 应急 紧急联系 紧急联络 应急联系 紧急联络人 家属 直系亲属",
    "person": "人",
    "reason": "原因 事由 理由 缘由 原因备注 原因说明",
    "place_of_work": "项目 工地 工程 施工 标段 楼盘 站点 网点 片区 派驻 派往 派遣地 服务站点 作业 工区 厂区 "
    "所在厂区 务工 项目部 办公 上班 务工地",
    "town": "镇街 街道 乡镇 镇 乡 街镇 镇乡 街道办",
    "part": "省 省份 市 县 区 区县 市县 县市 社区 村 村居 村组 组 乡镇村组 镇村 街村 省市 省市县",
    "remark": "备注 说明 附注 补充说明 其他 特殊说明 描述 注释",
    "insured_risk": "养老 医疗 工伤 失业 生育 养老险 工伤险 医疗险 失业险 生育险 大病 城镇职工养老保险 "
    "城镇职工基本养老保险 生育保险 工伤保险 医疗保险 失业保险 养老保险 基本养老 基本医疗",
    "community": "社区 村 村居 网格 居委会 村委会 村社区 行政村 村社",
    "industry": "行业 产业",
    "wage": "月薪 年薪 工资 薪资 薪酬 薪水 报酬",
    "study": "就读 就学 上学 入学 读书 学段 年级 班级",
    "points": "积分 量化积分 新居民积分 新市民积分",
}
# Written as in Taiwan and Hong Kong, or as some software writes it.
TRADITIONAL: Final = str.maketrans(
    "齡證號碼電話別電聯繫戶籍職務學歷業專黨員國貫現單稱參險繳納養醫療傷產時間離廠進崗來歲備註說類狀態況結婚屬親與關係緊緣訂"
    "簽約終屆滿開終級術培訓計積點團隊組織區縣鄉鎮門牌樓層間寢室裡處檔",
    "龄证号码电话别电联系户籍职务学历业专党员国贯现单称参险缴纳养医疗伤产时间离厂进岗来岁备注说类状态况结婚属亲与关系紧缘订"
    "签约终届满开终级术培训计积点团队组织区县乡镇门牌楼层间寝室里处档",
)

_IDEAS: Final[dict[str, frozenset[str]]] = {}
for _idea, _text in CONCEPTS.items():
    for _word in words(_text):
        _IDEAS[_word] = _IDEAS.get(_word, frozenset()) | {_idea}
_WORD: Final = re.compile("|".join(sorted(map(re.escape, _IDEAS), key=len, reverse=True)))


@dataclass(frozen=True)
class Ideas:
    """``words``: the ideas of each word of a header in its order; ``unread``: how many characters no word covers."""

    words: tuple[frozenset[str], ...]
    unread: int

    @property
    def held(self) -> frozenset[str]:
        return frozenset().union(*self.words)


def ideas_of(form: str) -> Ideas:
    """The ideas of a header in its normal form (``header_text.normal``)."""
    held: list[frozenset[str]] = []
    unread = at = 0
    form = form.translate(TRADITIONAL)
    while at < len(form):
        if found := _WORD.match(form, at):
            held.append(_IDEAS[found[0]])
            at = found.end()
        else:
            unread += form[at].isalnum()
            at += 1
    return Ideas(tuple(held), unread)
