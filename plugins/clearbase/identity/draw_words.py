"""Words and shares of the draw that identity is evaluated on. Written by hand: none of it comes from what the matcher
folds names or reads sounds with, so that agreement between the two is no tautology.
"""

from __future__ import annotations

from clearbase.standards.words import words

# Simplified → traditional, for those of the names drawn that a sender writes so.
TRADITIONAL: dict[str, str] = dict(
    zip(
        "张刘陈杨黄赵吴孙马罗郑谢许韩冯邓叶苏吕卢钟谭陆贾韦邹侯龙万钱严汤庞颜聂鲁伟军杰涛刚辉鹏华飞凯健旭宁兴"
        "荣贵东国志庆义宝发继传泽润丽艳静洁颖琼兰莲凤爱环红萍晓云贤轩诗圣",
        "張劉陳楊黃趙吳孫馬羅鄭謝許韓馮鄧葉蘇呂盧鍾譚陸賈韋鄒侯龍萬錢嚴湯龐顏聶魯偉軍傑濤剛輝鵬華飛凱健旭寧興"
        "榮貴東國志慶義寶發繼傳澤潤麗艷靜潔穎瓊蘭蓮鳳愛環紅萍曉雲賢軒詩聖",
        strict=True,
    )
)
# How the commonest characters sound, for senders who write names in Latin letters.
_SAID = words(
    "wang:王汪旺 li:李丽莉力立 zhang:张章 liu:刘柳 chen:陈晨 yang:杨洋阳 huang:黄 zhao:赵 wu:吴武伍 "
    "zhou:周 xu:徐许旭 sun:孙 ma:马 zhu:朱祝 hu:胡 guo:郭国 he:何贺 gao:高 lin:林琳 luo:罗 zheng:郑正 "
    "liang:梁亮良 xie:谢 song:宋松 tang:唐汤 han:韩涵 feng:冯峰凤丰 deng:邓 cao:曹 peng:彭鹏 xiao:肖晓小 "
    "tian:田天 dong:董东冬 yuan:袁 pan:潘 jiang:蒋江姜 cai:蔡才 du:杜 cheng:程成诚 su:苏素 wei:魏伟韦 "
    "ding:丁 ren:任 shen:沈 yao:姚 lu:卢陆路 cui:崔 zhong:钟忠 fan:范樊 jin:金锦 shi:石 qiang:强 jun:军俊 "
    "yong:勇永 jie:杰洁 tao:涛 ming:明铭 chao:超 gang:刚 ping:平萍 hui:辉慧惠 hua:华花 fei:飞菲 "
    "xin:鑫新心欣 bo:波博 bin:斌 yu:宇雨玉 hao:浩昊 kai:凯 jian:健建 shuai:帅 ning:宁 long:龙 nan:楠 "
    "xiang:翔祥香 wen:文 hai:海 de:德 qing:庆青 jia:家佳嘉 xing:兴 rong:荣蓉 gui:贵桂 fu:福 sheng:生胜 "
    "fang:芳方 na:娜 min:敏 jing:静晶 yan:艳燕 juan:娟 xia:霞 ling:玲 ting:婷 xue:雪 ying:莹颖英 qian:倩 "
    "dan:丹 hong:红 lan:兰 mei:梅美 qin:琴 yun:云 lian:莲 zhen:真珍 huan:环 xiu:秀 yue:月 ju:菊 cui:翠 "
    "qiong:琼 fen:芬 chun:春 qiu:秋 yi:怡意一 shi:诗 meng:梦"
)
SOUNDS: dict[str, str] = {
    character: sound for sound, characters in (said.split(":") for said in _SAID) for character in characters
}

# Shares of the rows, by what befalls the number. What is left is typed as it should be.
NUMBER_KINDS: tuple[tuple[str, float], ...] = (
    ("number spaced, full width, lower x", 0.03), ("number: one digit wrong", 0.006), ("number: digits swapped", 0.003),
    ("number: a digit left out", 0.003), ("number: a digit too many", 0.001), ("number: two digits wrong", 0.001),
    ("number: letter for a digit", 0.001), ("number lost in Excel (000)", 0.006),
    ("number lost in Excel (float)", 0.002),
    ("number scientific, 15 digits", 0.002), ("number scientific, 6 digits", 0.003), ("number masked", 0.006),
    ("number of 15 digits", 0.004), ("number missing", 0.012), ("number borrowed", 0.0015),
    ("number with a look-alike of X", 0.01), ("number of a passport or permit", 0.001),
    ("phone in the number's cell", 0.001), ("bank card in the number's cell", 0.001),
)  # fmt: skip
NAME_KINDS: tuple[tuple[str, float], ...] = (
    ("name spaced", 0.03), ("name with a note", 0.004), ("name traditional", 0.006), ("name in pinyin", 0.004),
    ("name: a character misheard", 0.003), ("name: a character left out", 0.001), ("name unreadable in part", 0.001),
    ("name is a former one", 0.001), ("name missing", 0.0005), ("two people in one cell", 0.001),
)  # fmt: skip
OTHER_KINDS: tuple[tuple[str, float], ...] = (
    ("name and phone swapped", 0.003), ("name and number in one cell", 0.001),
    ("phone mistyped", 0.004), ("birth date mistyped", 0.003), ("sex wrong", 0.002),
)  # fmt: skip
# Of persons: how they live and what the registry says of them.
TWINS, SIBLINGS, COUPLES, NAMESAKES = 0.004, 0.12, 0.12, 0.004
MOVED, NEW_PHONE, SHARED_PHONE = 0.20, 0.15, 0.01
RECORD_TWICE, RECORD_DAMAGED, RECORD_BARE = 0.004, 0.003, 0.03
UNREGISTERED, WORKS = 0.15, 0.6
SECOND_JOB, AGAIN = 0.15, 0.10  # further rows of one worker: another employer, hired again
LACKS: dict[str, float] = {
    "birth_date": 0.35,
    "sex": 0.15,
    "phone": 0.04,
    "household_address": 0.2,
    "current_address": 0.25,
}
HOUSEHOLD_MOVED, COUNTY_ALONE = 0.03, 0.06
EMPTY_CELL = 0.01
NAME_NOTES = ("(组长)", "（女）", "★", "1", "（离职）", " 班长")
# Of persons whose name or number few have; how often a row that could be spoilt for it is.
RARE_NAME, SELF_NAME, FOREIGN_NAME, ODD_AREA, SPOILT_FOR_IT = 0.003, 0.003, 0.003, 0.003, 0.4
RARE = {"䶮": ("\ue863", "(上龙下天)", "龙天", "?"), "㛃": ("?", "□"), "𬭚": ("?", "□"), "𬍛": ("?", "□", "*")}
SELVES = "己已巳"
FOREIGN = (
    "迈克尔·约翰逊", "安娜·伊万诺娃", "约翰·史密斯", "玛丽亚·加西亚", "阮文安", "金秀贤",
    "MICHAEL JOHNSON", "ANNA IVANOVA", "Nguyen Van An", "Maria Garcia",
)  # fmt: skip
ODD_AREAS = ("321119", "441282", "330201", "510201", "340101")
LOOKALIKES_OF_X = "×ΧХ*✕"
