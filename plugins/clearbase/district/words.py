"""Words that made-up people, employers and addresses are put together from. Literal tables, nothing else."""


def _words(text: str) -> tuple[str, ...]:
    return tuple(text.split())


# Surnames in falling frequency; people.py draws them with a weight that falls likewise.
SURNAMES: tuple[str, ...] = tuple(
    "王李张刘陈杨黄赵吴周徐孙马朱胡郭何高林罗郑梁谢宋唐许韩冯邓曹彭曾肖田董袁潘蒋蔡余杜叶程苏魏吕丁任沈姚卢姜"
    "崔钟谭陆汪范金石"
    "廖贾夏韦付方白邹孟熊秦邱江尹薛闫段雷侯龙史陶黎贺顾毛郝龚邵万钱严覃武戴莫孔向汤温康施文牛樊葛邢安齐易乔伍"
    "庞颜倪庄聂章鲁岳翟"
    "殷詹申欧耿关兰焦俞左柳甘祝包宁尚符舒阮柯纪梅童凌毕单季裴霍涂成苗谷盛曲翁冉骆蓝路游辛靳欧管柴蒙鲍华喻祁蒲"
    "房滕屈饶解牟艾尤阳"
)
DOUBLE_SURNAMES: tuple[str, ...] = ("欧阳", "司马", "上官", "诸葛", "夏侯", "皇甫", "尉迟", "东方", "令狐", "司徒")
GIVEN_MALE: tuple[str, ...] = tuple(
    "伟强磊军洋勇杰涛明超刚平辉鹏华飞鑫波斌宇浩凯健俊帆帅旭宁龙林楠恒翔建国志文海峰德庆家兴荣贵福生成东方亮光"
    "松柏山川祥瑞永昌"
    "立新春晓天云江河正义良才根土水火金木宝发全保胜利忠诚传继承宗祖先泽润博雅轩昊然子涵一鸣"
)
GIVEN_FEMALE: tuple[str, ...] = tuple(
    "芳娜敏静丽艳娟霞燕玲婷雪慧莹洁琳倩丹萍红颖玉兰梅琴云莲真环凤英秀珍美华桂香月菊翠琼芬芝彩春秋凡佳怡欣悦诗"
    "雨梦思晓小巧妙"
    "素文淑惠贤如意爱花荷桃杏枝叶青碧瑶琪璐婉柔可心雅菲薇蓉冰"
)
# All of GB18030 but not of GBK (messiness D4); 䶮 and 𬭚 do occur in real given names.
RARE_GIVEN: tuple[str, ...] = ("㛃", "𬭚", "䶮", "𬍛", "㭎", "䲟")
DOT = "·"  # U+00B7, GB18030 A1A4 (民委发〔2016〕33号)
# Names of two parts: people group → men's, women's and fathers' parts.
DOTTED_NAMES: dict[str, tuple[tuple[str, ...], tuple[str, ...], tuple[str, ...]]] = {
    "维吾尔族": (
        _words("阿卜杜拉 买买提 艾力 吐尔逊 玉素甫 库尔班 热合曼 依明"),
        _words("古丽娜尔 阿依古丽 热依汗 帕提古丽 米热古丽 海日古丽 茹仙古丽"),
        _words("买买提 吐尔逊 艾山 阿布都热合曼 依布拉音 卡德尔 玉山"),
    ),
    "彝族": (_words("吉克 沙马 阿尔"), _words("阿支 阿呷 吉伍"), _words("伍呷 木乃 拉铁 尔古")),
}

# One name character taken for another: same sound or same look. A typist's error, so it runs one way only.
MISHEARD: dict[str, str] = {
    "伟": "炜", "军": "均", "杰": "洁", "涛": "滔", "明": "民", "刚": "钢", "辉": "晖", "鹏": "朋", "华": "花",
    "鑫": "新",
    "波": "博", "斌": "彬", "宇": "雨", "浩": "皓", "健": "建", "俊": "骏", "旭": "绪", "林": "琳", "翔": "祥",
    "芳": "方",
    "敏": "闵", "静": "晶", "丽": "莉", "艳": "燕", "娟": "绢", "霞": "侠", "玲": "铃", "婷": "廷", "慧": "惠",
    "洁": "杰",
    "萍": "平", "颖": "影", "玉": "王", "兰": "蓝", "琴": "芹", "莲": "连", "英": "瑛", "秀": "绣", "珍": "真",
    "桂": "贵",
    "建": "健", "国": "囯", "志": "智", "文": "闻", "海": "诲", "峰": "锋", "荣": "容", "永": "咏", "清": "青",
    "晓": "小",
    "张": "章", "陈": "程", "吴": "武", "徐": "许", "李": "季", "刘": "留", "黄": "王", "余": "佘", "肖": "萧",
    "付": "傅",
}  # fmt: skip
# Remarks that get into the name cell (messiness D7). The last one stands only behind a person who has left.
NAME_NOTES: tuple[str, ...] = ("(组长)", "（女）", "★", "1", "（新）")
LEFT_NOTE = "(离职)"

ETHNIC_GROUPS: tuple[str, ...] = (
    "汉族",
    "苗族",
    "土家族",
    "回族",
    "壮族",
    "侗族",
    "彝族",
    "布依族",
    "维吾尔族",
    "藏族",
    "畲族",
)
ETHNIC_WEIGHT: tuple[float, ...] = (90, 2.5, 2.2, 1.0, 0.9, 0.8, 0.9, 0.6, 0.0, 0.2, 0.3)
PHONE_PREFIXES: tuple[int, ...] = (
    130, 131, 132, 133, 135, 136, 137, 138, 139, 147, 150, 151, 152, 157, 158, 159, 166, 173, 176, 177, 178, 180,
    181, 182,
    183, 185, 187, 188, 189, 191, 195, 198, 199,
)  # fmt: skip
EDUCATION: tuple[str, ...] = ("小学", "初中", "初中", "初中", "高中", "中专", "大专", "本科")
DWELLING: tuple[str, ...] = ("出租房", "出租房", "企业宿舍", "企业宿舍", "自购房", "公租房", "借住亲友")
DEPARTMENTS: tuple[str, ...] = ("生产部", "注塑车间", "装配车间", "仓储部", "品质部", "行政部", "设备部", "物流部")
JOBS: tuple[str, ...] = (
    "操作工",
    "普工",
    "班组长",
    "质检员",
    "仓管员",
    "叉车司机",
    "文员",
    "保洁员",
    "技术员",
    "焊工",
)
LEAVE_REASONS: tuple[str, ...] = ("辞职", "辞职", "自离", "合同到期", "辞退")

# Employers: place + style + trade + form, as on a business licence.
EMPLOYER_STYLES: tuple[str, ...] = _words(
    "恒丰 瑞达 鑫源 华茂 永信 天成 联创 泰安 博宏 汇通 宏远 嘉禾 东海 海港 甬江 金塘 明辉 正大 新力 万和 "
    "顺昌 德利 凯源 宝晟 "
    "荣盛 盛隆 佳音 振兴 远航 中恒 卓越 四明 太白 灵峰 九峰 海天达 美信 立诚 富邦达 锦华"
)
EMPLOYER_MORE: tuple[str, ...] = _words("隆 辰 宇 邦 诺 科 耀 拓 润 景 祺 奥 亿 和 益 皓")
EMPLOYER_TRADES: tuple[str, ...] = _words(
    "机械制造 塑料模具 电子科技 汽车零部件 纺织服饰 包装制品 食品 物流 建筑劳务 人力资源服务 物业服务 "
    "五金制品 紧固件 液压件 "
    "文具用品 家用电器 石化装备 船舶配件 冷链物流 餐饮管理"
)

# Hukou addresses: town and village, put together freely.
TOWNS: tuple[str, ...] = _words(
    "城关镇 新民镇 石桥镇 大坪镇 青山镇 龙泉镇 白水镇 双河镇 三元镇 太平镇 兴隆镇 柳林镇 马家镇 高桥镇 "
    "长岭乡 永安乡 清溪乡 "
    "凤凰乡 中和乡 梅花乡 东风街道 河西街道"
)
VILLAGES: tuple[str, ...] = _words(
    "前进村 红星村 光明村 团结村 东升村 张家村 王庄村 李楼村 上湾村 下坝村 桃园村 杨柳村 新建村 五里村 "
    "花桥村 小河村 大井村 "
    "枫树村 石门村 黄泥村 友谊村 民主村 和平村 南山村"
)
# Current addresses: the streets of Beilun, 330206001 to 330206011 in order, and their roads.
STREETS: tuple[str, ...] = _words(
    "新碶街道 小港街道 大碶街道 霞浦街道 柴桥街道 戚家山街道 大榭街道 梅山街道 春晓街道 白峰街道 郭巨街道"
)
STREET_WEIGHT: tuple[float, ...] = (26, 17, 20, 9, 8, 6, 5, 3, 2, 2, 2)
ROADS: tuple[str, ...] = _words(
    "明州路 新大路 恒山路 黄山路 泰山路 庐山路 长江路 中河路 四明山路 太河路 富春江路 珠江路 松花江路 凤洋路 "
    "坝头路 大港路 "
    "横河路 迎宾路 红联路 渡口路 星阳路 芦山路 骆霞路 洪溪路"
)
