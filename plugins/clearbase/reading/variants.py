"""Characters as Taiwan, Hong Kong and Japan write them, brought to those of the mainland: 證號 and 証号 are 证号."""

from __future__ import annotations

from typing import Final

# Only of headers, never of values: a name keeps the characters that its bearer writes.
SIMPLIFIED: Final = str.maketrans(
    "齡證號碼電話別聯繫戶職務學歷業專黨員國貫現單稱參險繳納養醫療傷產時間離廠進崗來歲備註說類狀態況結屬親與關"
    "係緊緣訂簽約終屆滿開級術訓計積點團隊組織區縣鄉鎮門樓層寢裡裏處檔動帳帐資銀絡連畢勞働傭僱編輪機車場館園農"
    "漁貨運輸駕駛執護衛師課題導當臨暫擇擔據數檢驗體銜獎懲習實驟錄報補貼費額稅變異轉調遷長總經協議書擬責負領應"
    "這個們為爲從過還後歸屜樣種幾條該請選寫確認審閱準淨雙獨歡壽際頭臺灣陸縮寧龍廣東蘇遼漢維壯貴雲陝肅魯齊鄭鄰"
    "網絕續線練縱績緩緝邊遠適達遞郵訊設許詳誌語誤讀賬質購贊趕軍較辦週釋鑑鑒鐘閒闆隨雜難項預顧願飯飲驅髮發魚麼"
    "黃齒嬰婦孫媽爺爾牆獲環畫盡監眾礦禮穩節簡紀紅純紙給統綜緬縫繪罰羅義聞聲聽脫腦膚興舉舊萬葉蘭蓋藝藥虛裝製複"
    "見規視覽觀觸記討託訪評試誠談論諮講謝識譯讓豐財貧買賣証歴栄検帰労広関続発経県満単処図団変実対応戸択気済総"
    "齢満従歯検氷駅験収圏欄廚閣鋪廳樹櫃庫倉飛壓燈鐵錢鋼",
    "龄证号码电话别联系户职务学历业专党员国贯现单称参险缴纳养医疗伤产时间离厂进岗来岁备注说类状态况结属亲与关"
    "系紧缘订签约终届满开级术训计积点团队组织区县乡镇门楼层寝里里处档动账账资银络连毕劳动佣雇编轮机车场馆园农"
    "渔货运输驾驶执护卫师课题导当临暂择担据数检验体衔奖惩习实骤录报补贴费额税变异转调迁长总经协议书拟责负领应"
    "这个们为为从过还后归屉样种几条该请选写确认审阅准净双独欢寿际头台湾陆缩宁龙广东苏辽汉维壮贵云陕肃鲁齐郑邻"
    "网绝续线练纵绩缓缉边远适达递邮讯设许详志语误读账质购赞赶军较办周释鉴鉴钟闲板随杂难项预顾愿饭饮驱发发鱼么"
    "黄齿婴妇孙妈爷尔墙获环画尽监众矿礼稳节简纪红纯纸给统综缅缝绘罚罗义闻声听脱脑肤兴举旧万叶兰盖艺药虚装制复"
    "见规视览观触记讨托访评试诚谈论咨讲谢识译让丰财贫买卖证历荣检归劳广关续发经县满单处图团变实对应户择气济总"
    "龄满从齿检冰驿验收圈栏厨阁铺厅树柜库仓飞压灯铁钱钢",
)
# Whole words that differ by more than their characters.
WORDS: Final = (
    ("身分", "身份"),
    ("役职", "职务"),
    ("社员番号", "工号"),
    ("社番", "工号"),
    ("满了", "期满"),
    ("契约", "合同"),
    ("连络", "联络"),
    ("氏名", "姓名"),
    ("出生年月日", "生年月日"),
    ("生年月日", "出生年月日"),
    ("番号", "号码"),
    ("雇佣区分", "雇佣类型"),
    ("联络先", "联系人"),
)


def simplified(header: str) -> str:
    """A header in the characters and, where they differ, in the words of the mainland."""
    # 携帯 is a telephone; written as 携带 it would be what one brings along.
    header = header.replace("携帯", "手机").translate(SIMPLIFIED)
    for theirs, ours in WORDS:
        header = header.replace(theirs, ours)
    return header
