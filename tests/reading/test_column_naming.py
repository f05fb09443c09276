"""Headers to fields: what counts, what must never be taken, and whole tables."""

from __future__ import annotations

from pathlib import Path

import pytest
from roster_files import csv_bytes, fields_of_columns

from clearbase.reading.catalogue import load_catalogue
from clearbase.reading.column_names import name_column
from clearbase.reading.file import read_roster
from clearbase.reading.header_text import normal, without_hints


@pytest.mark.parametrize(
    ("header", "field"),
    [
        ("身份\n证号", "id_number"),
        ("*姓  名：", "name"),
        ("手机号（必填）", "phone"),
        ("入职日期:", "hire_date"),
        ("进厂日期", "hire_date"),
        ("参加工作时间（本单位）", "hire_date"),
        ("性别(男/女)", "sex"),
        ("ＮＯ．", "row_no"),
        ("员工性别", "sex"),
        ("户籍地址/省", "household_address"),
        ("紧急联系人电话", "emergency_phone"),
        ("家属姓名", "emergency_contact"),
        ("房东姓名", "landlord"),
        ("籍贯", "native_place"),
        ("家庭住址", "household_address"),
        ("劳动合同/起", "contract_start"),
        ("劳动合同/止", "contract_end"),
        ("劳动合同", "contract_signed"),
        ("配偶是否随迁", "spouse_with"),
        ("随迁子女人数", "children_accompanying"),
        # regional, spoken, abbreviated (the strangers f and g)
        ("厂牌编号", "employee_no"),
        ("拉别", "department"),
        ("屋企电话", "emergency_phone"),
        ("联系电话2(家人)", "emergency_phone"),
        ("联系人（家属）", "emergency_contact"),
        ("社保Y/N", "social_insurance"),
        ("签合同没", "contract_signed"),
        ("居住证(办/未办)", "has_residence_permit"),
        ("来源（中介）", "dispatch_agency"),
        ("派遣起始日", "contract_start"),
        ("两口子都在?", "spouse_with"),
        ("娃几个", "children_count"),
        ("小孩读几年级", "child_school_stage"),
        ("为什么走", "leave_reason"),
        ("携帯(手机)", "phone"),
        ("契約満了", "contract_end"),
        ("工钱(元/天)", "wage"),
        # many kinds (the stranger h)
        ("家庭住址、家庭联系人及电话", "household_address"),
        ("离职备注", "remarks"),
        ("方案起缴日期", "insurance_start"),
        ("参保方案起缴时间", "insurance_start"),
        ("所属中心", "department"),
        ("原签订合同时间", "contract_start"),
        # exports of HR systems and forms of the street (the stranger i)
        ("试用期预计结束日期", "probation_end"),
        ("现居住地所属社区（村）", "current_community"),
        ("随行未满16周岁人数", "children_accompanying"),
        ("合同签署主体", "employer_name"),
        ("外住地址", "current_address"),
        ("住址（身份证）", "id_address"),
        ("在册/离册", "employment_status"),
        ("所在班级", "department"),
        ("派费（元/件）", "wage"),
        ("live_addr", "current_address"),
        # schools, hospitals, firms of two languages (the stranger j)
        ("食品安全培训时间", "training_date"),
        ("继续教育时间", "training_date"),
        ("住工棚/回家", "dwelling_type"),
        ("家属姓名/关系", "emergency_contact"),
        ("社員番号\n工号", "employee_no"),
        ("申请入学年级", "child_school_need"),
        ("配偶是否在本厂", "spouse_with"),
        ("是否外来员工", "is_floating"),
        ("职业工种代码", "occupation"),
        ("学生姓名", "name"),
        ("实习单位", "employer_name"),
        # public sources (the self-play of single headers)
        ("劳动合同制用工形式", "employment_form"),
        ("是否部队转业干部", "is_veteran"),
        ("全日制教育毕业院校", "school"),
        ("第一专业", "major"),
        ("来源地址", "household_address"),
        ("工作或就读单位", "employer_name"),
        ("联系邮箱", "email"),
        ("国籍  默认CHN", "nationality"),
        ("实际任职", "job_title"),
        ("处/室", "department"),
        ("签到合同日期", "contract_start"),
        ("驾驶员名称", "name"),
    ],
)
def test_header_means_field(header: str, field: str) -> None:
    assert (
        name_column(
            header.split("/") if header[:2] in ("户籍", "劳动") and "/" in header else [header], load_catalogue()
        ).field
        == field
    )


@pytest.mark.parametrize(
    ("header", "never"),
    [
        ("退宿日期", "leave_date"),
        ("离甬时间", "leave_date"),
        ("是否结清工资", "wage"),
        ("会员证号", "employee_no"),
        ("劳模\n类型", "report_kind"),
        ("领班", "department"),
        ("带班", "department"),
        ("保险(商业)", "social_insurance"),
        ("娃的姓名", "name"),
        ("提成比例", "wage"),
        ("参加工作时间", "hire_date"),
        ("参加工作时间（yyyy-mm-dd）", "hire_date"),
        ("籍贯", "household_address"),
        ("紧急联系人电话", "phone"),
        ("紧急联系人/电话", "phone"),
        ("家属联系电话", "phone"),
        ("户主姓名", "name"),
        ("配偶/姓名", "name"),
        ("配偶身份证号", "id_number"),
        ("面试官姓名", "name"),
        ("介绍人", "name"),
        ("NAME_OF_COMMUNITY", "name"),
        ("毕业时间", "hire_date"),
        ("返岗日期", "hire_date"),
        ("发证日期", "hire_date"),
        ("年龄（配偶）", "age"),
        ("子女/出生日期", "birth_date"),
        ("原工作单位", "employer_name"),
        ("办公电话", "phone"),
        ("试用期(月)", "probation_end"),
        ("务工人员类型", "report_kind"),
        ("雇员编号", "row_no"),
        ("公积金起缴日期", "insurance_start"),
        ("劳动保障卡号", "bank_account"),
        ("车牌照片", "photo"),
        ("入住员工", "current_address"),
        ("参保人员", "social_insurance"),
        ("家庭电话及办公电话", "emergency_phone"),
        ("户主及电话", "phone"),
        ("学习形式", "employment_form"),
        ("适用岗位", "job_title"),
    ],
)
def test_lookalike_is_never_taken(header: str, never: str) -> None:
    assert name_column(header.split("/"), load_catalogue()).field != never


def test_each_field_once_and_the_loser_says_why() -> None:
    read = read_roster(csv_bytes([["姓名", "电话", "手机号", "性别"], ["张三", "1", "2", "男"]]), "a.csv")
    by_header = {column.header: column for column in read.sheets[0].columns}
    assert by_header["手机号"].field == "phone" and by_header["电话"].field is None
    assert "第3列" in by_header["电话"].reason


def test_home_address_beside_the_hukou_is_where_one_lives() -> None:
    told = fields_of_columns(["姓名", "性别", "年龄", "户籍地址", "家庭住址"], ["张三", "男", "30", "贵州省", "北仑区"])
    assert (told["户籍地址"], told["家庭住址"]) == ("household_address", "current_address")


def test_validity_is_that_of_the_document_to_its_left() -> None:
    told = fields_of_columns(["姓名", "性别", "身份证号", "有效期至"], ["张三", "男", "1", "2030"])
    assert told["有效期至"] == "id_valid_to"
    told = fields_of_columns(
        ["姓名", "性别", "身份证号", "手机号", "证书名", "发证机关", "有效期至"], ["张三", "男", "1", "2", "", "", ""]
    )
    assert told["有效期至"] is None


def test_a_column_of_identity_numbers_is_recognised_by_its_values() -> None:
    told = fields_of_columns(["姓名", "性别", "出生日期", "民族"], ["张三", "男", "330206199001011231", "汉"])
    assert told["出生日期"] == "id_number"


def test_province_without_detail_is_a_field_of_its_own() -> None:
    told = fields_of_columns(["姓名", "性别", "户籍省份", "户籍市"], ["张三", "男", "贵州省", "毕节市"])
    assert (told["户籍省份"], told["户籍市"]) == ("household_province", "household_city")


def test_two_levels_are_joined_and_the_header_row_is_the_lower() -> None:
    rows = [
        ["序号", "姓名", "身份证号", "户籍地址", "", "", "劳动合同", ""],
        ["", "", "", "省", "市", "详细地址", "起", "止"],
        ["1", "张三", "330206199001011231", "贵州省", "毕节市", "大方县1号", "2024-01-01", "2026-12-31"],
    ]
    read = read_roster(csv_bytes(rows), "a.csv")
    assert read.lines is not None and read.sheets[0].header_row == 2
    line = read.lines.to_pylist()[0]
    assert line["household_address"] == "贵州省毕节市大方县1号"
    assert (line["contract_start"], line["contract_end"]) == ("2024-01-01", "2026-12-31")
    assert read.sheets[0].columns[3].header == "户籍地址/省"


def test_normal_form_keeps_hints_until_asked() -> None:
    assert normal("* 手机 号（必填）：") == "手机号(必填)"
    assert without_hints("手机号(必填)") == "手机号"
    assert without_hints("岗位(工种") == "岗位"


def test_a_catalogue_may_be_loaded_from_elsewhere(tmp_path: Path) -> None:
    fields, synonyms = tmp_path / "fields.csv", tmp_path / "more.csv"
    fields.write_text("field,zh_label,synonyms\nname,姓名,姓名|名字\n", encoding="utf-8")
    synonyms.write_text("field,synonyms\nname,大名\n", encoding="utf-8")
    catalogue = load_catalogue(fields, synonyms)
    assert catalogue.lookup("大名") == ("name", 3) and catalogue.fields == ("name",)


@pytest.mark.parametrize(
    ("header", "field"),
    [
        ("用人方式", "employment_form"),
        ("务工人员编码", "employee_no"),
        ("户口详细地址", "household_address"),
        ("现暂住地点", "current_address"),
        ("证照到期日", "id_valid_to"),
        ("实际进场时间", "hire_date"),
        ("最后离岗时间", "leave_date"),
        ("劳动合同签订与否", "contract_signed"),
        ("所在班组名称", "department"),
        ("岗位或工种", "job_title"),
        ("三级教育时间", "training_date"),
        ("解除劳动关系事由", "leave_reason"),
        # Built alike and somebody else's, or something else.
        ("班组长姓名", None),
        ("上级部门负责人", None),
        ("身份证复印件", None),
        ("证书有效期", None),
        ("合同编号", None),
        ("工资发放方式", None),
        ("项目经理电话", None),
        ("毕业时间", None),
        ("公司地址", "employer_address"),
    ],
)
def test_what_a_header_is_built_of_says_what_it_is(header: str, field: str | None) -> None:
    assert name_column([header], load_catalogue()).field == field


def test_values_that_only_one_field_has_name_a_column_that_nobody_knows() -> None:
    header = ["姓名", "身份证号", "手机号", "甲", "乙", "丙", "户主性别"]
    rows = [[f"张{n}", "", f"1380013800{n}", "男女"[n % 2], "汉族", f"第{n}", "男"] for n in range(8)]
    read = read_roster(csv_bytes([header, *rows]), "2026年1月花名册.csv")
    fields = {column.header: column.field for column in read.sheets[0].columns}
    assert (fields["甲"], fields["乙"], fields["丙"], fields["户主性别"]) == ("sex", "ethnicity", None, None)


@pytest.mark.parametrize(
    ("header", "field"),
    [
        ("何时来本市", "arrive_date"),
        ("首次来本市时间", "arrive_date"),
        ("来院时间", "hire_date"),
        ("到本单位时间", "hire_date"),
        ("目前合同签订日期（起）", "contract_start"),
        ("目前合同到期日（止）", "contract_end"),
        ("合同期限截止", "contract_end"),
        ("聘用起", "contract_start"),
        ("聘用止", "contract_end"),
        ("从事何工作", "job_title"),
        ("现地址", "current_address"),
        ("家庭详细住址", "household_address"),
        ("家里电话", "emergency_phone"),
        ("执业证书编号", "skill_certificate"),
        ("有居住证（√）", "has_residence_permit"),
        ("住所（租房/厂宿舍/自购）", "dwelling_type"),
        ("是否外来务工人员", "is_floating"),
        ("年齡", "age"),
        ("身份證號碼", "id_number"),
        ("就业/状况", "employment_status"),
        ("户籍/类型", "household_type"),
        ("与派遣单位劳动合同/起", "contract_start"),
        ("家庭情况/子女/人数", "children_count"),
        ("家庭情况/配偶/是否同来", "spouse_with"),
        ("参加险种/生育", "insurance_types"),
        ("紧急联系人/关系", None),
        ("个人缴费原因/医疗", None),
        ("本次派遣期/起", None),
        ("入伍前学历", None),
        ("缴金地", None),
        ("合同档案存放地", None),
    ],
)
def test_the_ideas_of_a_header_together_say_what_it_is(header: str, field: str | None) -> None:
    assert name_column(header.split("/") if "（" not in header else [header], load_catalogue()).field == field


def test_times_without_a_name_of_their_own_are_those_of_the_group_to_their_left() -> None:
    told = fields_of_columns(
        ["姓名", "性别", "身份证号", "合同类型", "开始时间", "终止时间"], ["张三", "男", "1", "固定", "2024", "2026"]
    )
    assert (told["开始时间"], told["终止时间"]) == ("contract_start", "contract_end")


def test_insured_risks_ticked_in_columns_of_their_own_are_told_together() -> None:
    rows = [["姓名", "性别", "身份证号", "养老", "医疗", "工伤"], ["张三", "男", "1", "√", "", "已参保"]]
    read = read_roster(csv_bytes([*rows, ["李四", "女", "2", "否", "否", "否"]]), "a.csv")
    assert read.lines is not None
    assert read.lines["insurance_types"].to_pylist() == ["养老、工伤", None]


def test_a_column_of_mobile_numbers_is_the_phone_whatever_it_is_called() -> None:
    rows = [["姓名", "性别", "身份证号", "TT"], *(["张三", "男", "1", f"1380013800{n}"] for n in range(6))]
    read = read_roster(csv_bytes(rows), "a.csv")
    assert {c.header: c.field for c in read.sheets[0].columns}["TT"] == "phone"
