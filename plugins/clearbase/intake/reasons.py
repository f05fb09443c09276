"""Why a readable file is not published: a code for the machine; for the employer what was found and what to do."""

from __future__ import annotations

from typing import Final

REASONS: Final[dict[str, str]] = {
    "employer_unknown": "文件里的单位名称或统一社会信用代码不在本系统的用人单位名单中。"
    "请核对单位全称和18位统一社会信用代码；"
    "新单位请先到街道流动人口服务站登记，登记后重新报送即可。",
    "employer_missing": "没有找到用人单位：文件里没有单位全称，也没有18位统一社会信用代码。"
    "请在表格标题或第一行写明后重新报送。",
    "period_missing": "没有找到所属月份。请在文件名或表格标题中写明年月(例如：2026年10月)后重新报送。",
    "kind_unclear": "标题、文件名或工作表名同时写了入职和离职，但没有逐人写明，无法判断谁入职、谁离职。"
    "请把新进人员和离职人员分成两个工作表(工作表名写明“新进人员”“离职人员”)或两个文件，"
    "或增加“变动类型”一列逐人填写“新增”或“离职”，然后重新报送。",
    "no_lines": "表头下面没有人员。请确认名单已填写并保存；确实没有人员的，请联系街道流动人口服务站说明。",
    "fault": "系统处理这份文件时出现内部错误，文件已完整保存，没有入库；技术人员会查看处理。"
    "不需要修改文件；如急需，请联系街道流动人口服务站并说明回执号。",
    "same_bytes": "这份文件与以前报送的文件内容完全相同，没有再次入库；处理结果以原回执为准。",
}
