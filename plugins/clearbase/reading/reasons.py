"""Why a file could not be read: a code for the machine, and for the employer what was found and what to do."""

from __future__ import annotations

from typing import Final

# code → what was found, what to do. The texts go into receipts as they stand.
UNREADABLE: Final[dict[str, str]] = {
    "unopenable": "文件打不开（没有读取权限、读取出错，或在读取前被移走）。请确认文件完整后重新报送。",
    "empty": "文件是空的（0字节或没有任何内容）。请确认已保存后重新报送。",
    "encrypted": "文件设有打开密码，无法读取。请在Excel中取消密码（文件→信息→保护工作簿→清空密码）后重新报送。",
    "pdf": "这是PDF文件，不是表格。请报送原始的Excel(xlsx)或CSV文件。",
    "image": "这是图片（照片、截图或扫描件），不是表格。请报送原始的Excel(xlsx)或CSV文件。",
    "word": "这是Word文档。请把其中的表格粘贴到Excel，另存为xlsx后重新报送。",
    "office_other": "这是演示文稿、邮件等其他办公文档，不是表格。请报送Excel(xlsx)或CSV文件。",
    "ods": "这是OpenDocument格式的文件。请用Excel或WPS打开后另存为xlsx，再重新报送。",
    "xlsb": "这是Excel二进制工作簿（xlsb）。请另存为xlsx后重新报送。",
    "archive": "这是rar、7z等格式的压缩包，或压缩包里又套了压缩包，没有打开。"
    "请解压后逐个报送其中的表格文件，或打成一个zip（只一层）报送。",
    "archive_empty": "压缩包里没有文件。请确认已放入花名册后重新报送。",
    "archive_encrypted": "压缩包设有密码，无法打开。请去掉密码后重新报送，或解压后逐个报送其中的表格文件。",
    "archive_limits": "压缩包里的文件太多、层级太深或展开后过大（最多500个文件、8层文件夹、共1GB），没有打开。"
    "请解压后分几次报送其中的表格文件。",
    "broken_zip": "文件不完整或已损坏（xlsx的压缩结构打不开），可能没有传完。请用Excel打开确认后重新保存、报送。",
    "broken": "文件不完整或已损坏，无法打开。请用Excel打开确认后另存为xlsx，再重新报送。",
    "too_large": "文件展开后过大（行列或体积超出上限）。请删除表格外的空白格式，或按部门拆成几个文件后重新报送。",
    "text_too_long": "有单元格的文字远远超过32767个字符，这是Excel一个单元格的上限，正常的名单不会这样。"
    "请检查是否有整篇内容误贴进了一个单元格，删除后另存为xlsx，再重新报送。",
    "too_wide": "表格超过16384列，这是Excel一张工作表的上限，多半是换行丢失、所有人员连成了一行。"
    "请改成一行一人、一列一项，另存为xlsx后重新报送。",
    "too_many_sheets": "工作簿的工作表（或网页里的表格）超过999张。请只留花名册所在的工作表，重新报送。",
    "binary": "文件内容不是表格，也不是文本，无法识别。请报送Excel(xlsx)或CSV文件。",
    "not_tabular": "文件里没有表格：找不到分成多列的内容。请把名单放在Excel表格里报送。",
    "mixed_separators": "文件里混用了逗号、制表符、分号等几种分隔符，表头与人员的列数对不上，分不清每一列。"
    "请用Excel打开、核对每一列后另存为xlsx，再重新报送。",
    "no_header": "没有找到表头：前30行里没有同时出现姓名（或身份证号）等至少3个列名。"
    "请在名单上方保留一行列名，一人一行、一项一列；每人一张登记表的，请汇总成一张名单。",
    "only_hidden": "工作簿里只有隐藏的工作表有内容。请取消隐藏后重新报送。",
    "not_roster": "文件里只有工资表、考勤表等，没有员工花名册。请报送员工花名册。",
}


def explain(code: str) -> str:
    """The Chinese text of a reason code; KeyError for a code that is not in the table."""
    return UNREADABLE[code]


class Unreadable(Exception):
    """Raised inside reading only, and turned into an outcome by ``read_roster``. Carries the code, never content."""

    def __init__(self, code: str) -> None:
        if code not in UNREADABLE:
            raise KeyError(code)
        super().__init__(code)
        self.code = code
