"""Headers that look like a field and are not, or only beside the right neighbours. Literal tables, first match wins."""

from __future__ import annotations

import re
from typing import Final

from clearbase.standards.words import words

# Pattern in the whole normal header (with its parents) → field, or None with the reason why it is nobody's.
# Asked before the synonyms, except where the header is itself a synonym of the catalogue.
DECIDED: Final[tuple[tuple[str, str | None, str], ...]] = (
    (r"(系数|提成比例|提成点数?|折算率)$", None, "计算工资的系数，不是工资"),
    # 联系人(家属), 电话2(家人): a hint says that it is for the worst case.
    (r"(工会|会员)(卡|证|会员)*(编号|卡号|证号|号码|号)$", None, "工会会员证的编号"),
    (r"(家属|亲属|家人|联系人)(姓名|名字)?[/、(及和与].{0,3}关系", "emergency_contact", "紧急联系人"),
    (r"联系人\d?\((家属|家人|亲属|亲友|亲人|家里|紧急|应急)", "emergency_contact", "紧急联系人"),
    (r"(电话|手机|号码|方式)\d?\((家属|家人|亲属|亲友|亲人|家里|紧急|应急)", "emergency_phone", "紧急联系人的电话"),
    (r"^(家属|家人|亲人|家里人)$", "emergency_contact", "紧急联系人"),
    (r"(居住证|暂住证)\((已?办|有|是|已|√).{0,3}[/、,](未|没|无|否|×)", "has_residence_permit", "有没有居住证"),
    (r"商业(保险|险)|(保险|险)\(商|意外(险|保险)|雇主责任|责任险|团体险|团险|车险", None, "商业保险，不是社保"),
    # Other people's particulars. A child's name or number is dropped, not merely ignored.
    (
        r"(随迁|随行|随同|随带|带|携|同住|同来|在甬|本地|身边).*(子女|孩子|小孩|儿童|娃儿?)(人数|个数|数量|数|情况|几个|几人)?(\(人\))?$",
        "children_accompanying",
        "随迁子女的人数",
    ),
    (
        r"^(?!.*(老家|留守|随迁|随行|随带|同住|同来)).*(子女|孩子|小孩|儿女|娃儿?).*(人数|个数|数量|几个)$|^(?!老家|留守)[^老留]*(子女|孩子|小孩)数$",
        "children_count",
        "子女的人数",
    ),
    (
        r"(子女|孩子|小孩|儿女|娃儿?).*(随迁|随行|同来|同住|在甬|一起|带来)(人数|数|情况)?$",
        "children_accompanying",
        "随迁子女的人数",
    ),
    (
        r"(配偶|爱人|夫妻|夫妇|两口子|老婆|老公|媳妇|对象).*(随迁|随行|同来|同住|在甬|一起|都在|在否|在不在|在这|来没|来了没?)(情况)?$",
        "spouse_with",
        "配偶是否随迁",
    ),
    (r"(配偶|爱人|夫妻|老婆|老公).{0,4}在?(本厂|同厂|厂里|本公司|本单位)$", "spouse_with", "配偶是否同在"),
    (
        r"(申请|拟|计划|意向)(入学|就读)(的?(年级|学校|年份|时间|阶段|学段))?$",
        "child_school_need",
        "子女的入学需求",
    ),
    (
        r"(子女|孩子|小孩|娃).*(拟|计划|预计|需要?|要|申请|意向|何时).{0,3}(入学|就读|上学)",
        "child_school_need",
        "子女的入学需求",
    ),
    (
        r"(子女|孩子|小孩|娃)[^姓名字]*(年级|学段)$|(子女|孩子|小孩|娃).{0,3}(读|上|念|在).{0,2}(年级|学段|什么学)|(子女|孩子|小孩|娃).{0,2}(上学|读书|入学)(没|否|了没)$",
        "child_school_stage",
        "子女就学阶段",
    ),
    (
        r"(子女|孩子|小孩|儿子|女儿|婴儿|儿童|娃|崽).*(姓名|名字|身份证|证件|号码|出生|生日|年龄|性别)",
        "child_detail",
        "子女的个人信息，不采集",
    ),
    (r"(原因|比例|基数|金额|账号|日期|时间|单位).*(养老|医疗|失业|工伤|生育|[三四五六]险)$", None, "社保的其他项目"),
    (r"险种.*(养老|医疗|失业|工伤|生育|大病|公积金)$", "insurance_types", "参保险种"),
    (r"(紧急|应急).*人.*[/、(]与?.*关系", "emergency_contact", "紧急联系人"),
    (r"(紧急|应急).*(关系)", None, "与本人的关系"),
    (r"(紧急|应急|家属|亲属).*(人|姓名).*[及和/、与].*(电话|手机|方式)", "emergency_contact", "紧急联系人和电话"),
    (r"(紧急|应急|家属|亲属).*(电话|手机|方式|号码|联系方)", "emergency_phone", "紧急联系人的电话"),
    (r"(紧急|应急).*(地址|住址|单位|身份证)", None, "紧急联系人的信息，不是本人的"),
    (r"(紧急|应急).*(人|姓名)", "emergency_contact", "紧急联系人"),
    (r"(房东|房主|出租人|业主).*(姓名|名字)", "landlord", "房东"),
    (r"^(用工|用人)?(企业|单位|公司)(的)?(联系人|联络员|联络人)(姓名)?$", "employer_contact", "企业的联系人"),
    (r"与.*关系|.*关系$", None, "与他人的关系"),
    (
        r"户主|家庭成员|配偶|爱人|丈夫|妻子|父亲|母亲|父母|家长|监护人|家属|亲属|子女|小孩|孩子|房东|房主|业主|出租人|介绍人|推荐人|内推|面试|"
        r"担保|师傅|导师|带教|上级|直属(?!部门)|领导|主管|经理|班组长|负责人|法人代表|法定代表|填报人|填表人|制表|审核|审批|登记人|录入人|创建人|"
        r"经办|操作人|招聘|同住人|保证人|老板|媳妇|组长|领班|带班|拉长|线长|段长|工头|组头|记工员|舍长|楼长|宿管员|班长|店长|厂长|队长|工长|包工头|老婆|老公|婆娘|证明人|见证人|代领|协管|网格员|管理员|联络员|车主",
        None,
        "他人的信息，不是本人的",
    ),
    (r"\((本地|本市|本区|本省)[/、或,](外地|外来|外市|外区|外省).*\)", "is_floating", "本地或外地"),
    (r"(险|社保|公积金|养老|医疗|工伤|失业).*(单位|个人|企业|公司)(部分|承担|缴纳|扣款)?\)?$", None, "缴费的项目"),
    (
        r"(上家|上一|前一)(家|个)?(工作|单位|公司|雇主)|开户(账号|账户|行|银行)?的?所在",
        None,
        "以前的工作单位，或账户的附带信息",
    ),
    (r"居民.*(养老|医疗|医保|社保|保险)|新农合|新农保|农村合作", None, "城乡居民保险，不是职工社保"),
    (r"(签订|签署|签约)(的)?(方式|形式|次数|地点)", None, "怎样签的，不是合同的内容"),
    (r"复印件|扫描件|原件", None, "是否交了材料，不是内容"),
    # Dropped when read.
    (
        r"(社保|社会保障|劳动保障|劳保|医保|医疗|参保|校园|园区|考勤|门禁|饭|餐|就餐|食堂|门|ic|打|刷|市民|一卡通|油|实名制|物理|工作|员工|人员)卡.*号?$|(通讯|域|用户|人员|系统|登录|平台|支付宝|员工|企业微信|钉钉|个人社保)账号$",
        None,
        "其他卡号或账号",
    ),
    (
        r"(薪酬|薪资|工资|薪).*(组$|体系|账套|方案|项目|等级|币种|形式|支付|结算|核算|计算|周期|档级|级别|比例)|工资的?月份|工资.*(证明|结清|承诺)|结清.*工资|是否.*(补发|发放).*工资|拖欠|期望|补贴(标准|月份)|享受.*补贴"
        r"|(社保|培训|稳岗|租房)补贴",
        None,
        "工资的发放方式或其他补贴",
    ),
    (r"(病|事|年|婚|产)假", None, "考勤"),
    (
        r"开户名|开户地|开户行?(所在)?(省|市)|联行|联号|支行|缴纳地|纳税|免税|社保账号|公积金账号",
        None,
        "账户的附带信息",
    ),
    (r"bank|iban|银行|开户|卡号|工资卡(?!发放)|(?<!登录)账号$", "bank_account", "银行账户，不采集"),
    (r"(发薪|计薪|工资|薪资)(类型|方式|日|截止|发放|条|所属)", None, "工资的发放方式"),
    (
        r"salary|wage|payroll|工资|薪资|薪酬|薪水|日薪|月薪|时薪|年薪|底薪|收入|应发|实发|津贴|补贴|奖金|提成|加班费|工价|单价|多少钱|劳务费|劳动报酬|酬劳|(申报|缴费|缴纳|缴存)基数|扣款|个税$|工钱|人工费|出粮|派件?费|计件单?价|多少钱",
        "wage",
        "工资收入，不采集",
    ),
    (
        r"健康(?!证明)|体检|病(?!医|险)|残疾|残障|症状|发热|血型|核酸|疫苗|过敏|伤残|身体状况|职业禁忌",
        "health",
        "健康信息，不采集",
    ),
    (r"宗教|信仰", "religion", "宗教信仰，不采集"),
    (
        r"^(?!.*(险种|参保|保险|社保|五险|医疗)).*(计生|节育|婚育证|生育|怀孕|孕检|孕期|孕产|预产|避孕|独生子女|准生|哺乳|结扎)",
        "fertility",
        "计划生育信息，不采集",
    ),
    (r"(车牌|车辆|房屋|现场|工地|设备|合同|门头|场所|证书|安全帽)(照片|相片|图片|照)", None, "物品、场所的照片"),
    (r"照片|相片|头像|证件照|人脸", "photo", "照片，不采集"),
    # Dates that are not the hire's, the leave's or the birth's.
    (r"参加工作(?!.*本单位)", None, "参加工作时间不是入职时间"),
    (r"毕业(时间|日期|年)", None, "毕业时间"),
    (r"(发证|颁发|签发|取证|获证|领证).*(时间|日期|机关|单位)", None, "证书的签发"),
    (r"(返岗|返回|返甬|离甬|返乡|返程|回乡|返工|隔离|出发|到访|离开).*(时间|日期)?", None, "行程，不是入职或离职"),
    (r"(上传|更新|修改|创建|录入|采集|导入|操作|打印|审核|提交)(时间|日期)|进入.{0,4}系统", None, "记录的时间"),
    (r"(入党|入团|\(团\)|晋升|调动|调岗|实习|调入|任职)(时间|日期)", None, "其他时间或事项"),
    (r"试用期(期限|时长|长度|状态)|试用期.*[(/](个?月|天)", None, "试用期的长短，不是日期"),
    (r"(学习|办学|培养|教育)(形式|方式|类型|类别)", None, "学习的形式，不是用工形式"),
    (r"工作经历|工作简历|履历|(?<!在)从业经历", None, "以前的经历"),
    (r"(上家|上一|原|(?<![当目])前|曾)(工作|单位|公司|雇主)", None, "以前的工作单位"),
    # Numbers that are not the worker's.
    (r"(办公|座机|固定|单位|公司|工作|企业|宅|家庭|短号).*(电话|手机|号码)", None, "单位或家庭的电话，不是本人手机"),
    (r"(短号|传真|qq|微信|msn)", None, "其他联系方式"),
    (r"拼音|英文名|外文|pinyin|昵称|花名", None, "不是中文姓名"),
    (r"派出所|警务|民警", None, "派出所"),
    (r"(车牌|车辆|安全帽|设备|保险|社保|公积金|合同|档案|电脑|房产|残疾证).*(编号|号码|号)$", None, "其他编号"),
)

# Headers that mean one thing alone and another where a better column has the field already.
ALTERNATIVES: Final[tuple[tuple[re.Pattern[str], str], ...]] = (
    (re.compile(r"^家(庭|里|中)?(所在|现|详细|通信|通讯|常住)*(地址|住址)"), "current_address"),
    (re.compile(r"^(常住地址|住址)$"), "household_address"),
    (re.compile(r"工种$"), "occupation"),
    (re.compile(r"^派遣(期限?)?(起始|开始|起|始)"), "hire_date"),
)


def other_meaning(leaf: str) -> str | None:
    """The second meaning of a header, if it has one."""
    return next((field for pattern, field in ALTERNATIVES if pattern.search(leaf)), None)


# A group of address columns: prefix says whose, the rest which part. Read only where the group has several.
ADDRESS_PREFIX: Final[tuple[tuple[str, str], ...]] = (
    (
        r"^(户籍|户口|原籍|老家|来自|来源地?|从?哪里?来|家庭)(登记|所在)?(地址|地|住址)?(所在)?(的)?",
        "household_address",
    ),
    (r"^(现|目前|当前|实际|经常)?(居住|居留|暂住|租住|住)(所在)?(地址|地|住址|址)?(所在)?(的)?", "current_address"),
    (r"^现(居|地)?(住)?(地址|址|地)?", "current_address"),
)
ADDRESS_PARTS: Final[dict[str, int]] = {
    **dict.fromkeys(("省", "省份", "省市", "省/市", "省(市)", "省/直辖市", "省自治区", "省级"), 1),
    **dict.fromkeys(("市", "市州", "地市", "城市", "市/州", "州市", "地级市", "市级", "市县"), 2),
    **dict.fromkeys(
        ("县", "区", "区县", "县区", "区/县", "县/区", "县市区", "区县市", "县(区)", "区(县)", "县市", "县级"),
        3,
    ),
    **dict.fromkeys(
        ("街道", "乡镇", "镇", "乡", "镇街", "乡镇街道", "乡镇/街道", "街道/乡镇", "镇(街道)", "街道(乡镇)"), 4
    ),
    **dict.fromkeys(("村", "社区", "村社", "村/社区", "社区/村", "村(社区)", "村居", "村组"), 5),
    **dict.fromkeys(
        (
            "详细地址",
            "具体地址",
            "门牌号",
            "详址",
            "详细",
            "地址",
            "门牌",
            "详细住址",
            "小区门牌",
            "乡镇村组",
            "乡镇村",
            "镇村组",
            "街道门牌",
            "县及详细地址",
            "区县及详细地址",
            "详细信息",
            "镇村",
            "乡镇及村",
        ),
        6,
    ),
}
# Of a group without a detailed address each part is a field of its own.
HOUSEHOLD_PARTS: Final[dict[int, str]] = {1: "household_province", 2: "household_city", 3: "household_county"}

# Deeper levels of the department, joined to it where there is one.
DEPARTMENT_PARTS: Final[dict[str, int]] = {
    "二级部门": 2,
    "三级部门": 3,
    "四级部门": 4,
    "所属产线": 2,
    "产线": 2,
    "下级部门": 2,
    "下设部门": 2,
    "下属部门": 2,
}

# Prefixes that say no more than whose column it is, and endings that say the same.
PREFIXES: Final = re.compile(
    r"^(员工|职工|教职工|个人|本人|自己|工人|人员|务工人员|流动人口|当前|最新|从业人员|用户|劳动者|雇员)的?"
)
# What a group says more of than the column itself.
TOLD_BY_GROUP: Final = frozenset(
    words(
        "编号 号码 证号 号 种类 类型 类别 形式 日期 时间 名称 单位 起 止 起始 终止 开始 结束 地址 方式 性质 "
        "情况 状态 等级 级别"
    )
)
TOO_GENERAL: Final = frozenset({"类型", "类别", "编号", "单位", "日期", "时间"})
ENDINGS: Final[tuple[tuple[str, str], ...]] = (
    ("时间", "日期"),
    ("日期", "时间"),
    ("号码", "号"),
    ("号", "号码"),
    ("年月", "日期"),
    ("日", "日期"),
    ("情况", "状况"),
    ("状况", "情况"),
    ("名称", ""),
)

# Taken only where nothing better claims the field, the last ones last: 职务 beside 岗位 is the rank, 联系地址 beside
# 住址 is for the post, 班组 beside 中心 the smallest unit, 家庭电话 beside 紧急联系人电话 rings at home.
LAST_CHOICE: Final = words(
    "学生姓名 实习生姓名 学员姓名 班级 所在班级 职务 工种 联系地址 通讯地址 证件姓名 地址 单位 第一学历 "
    "派遣起始日 派遣终止日 派遣起始日期 派遣终止日期 楼栋 栋号 楼号 楼栋号 床位 床位号 床号 "
    "签订日期 签订时间 合同签订日期 合同签订时间 劳动合同签订日期 电话号码 联系方式 联络方式 班组 班组名称 所属班组 "
    "家人电话 家属电话 亲属电话 家属联系电话 家属联系方式 家庭联系电话 家庭电话 宅电"
)
# Fields that several columns tell together by nature: 养老 √, 医疗 √.
OF_SEVERAL: Final = frozenset({"insurance_types"})
# Of several columns of equal name, the one furthest right: first degree, then highest.
PREFER_LAST: Final = frozenset({"major", "school"})
# Of several columns of equal name, the one with words rather than codes.
PREFER_WORDS: Final = frozenset({"political_status", "department", "education", "employment_status", "job_title"})
