"""Columns that claim one field, or whose neighbours and cells say more than their header (the stranger h)."""

from __future__ import annotations

from roster_files import csv_bytes, fields_of_columns

from clearbase.reading.file import read_roster


def test_who_lives_in_a_dormitory_is_called_by_no_name() -> None:
    header = ["房间号", "入住员工", "员工编号", "所属部门", "职务", "联系方式"]
    rows = [
        ["203", name, f"100{n}", "品质部", "文员", f"1380013800{n}"]
        for n, name in enumerate(["王华", "余翔", "沈玉", "黄俊", "李洁"])
    ]
    read = read_roster(csv_bytes([header, *rows]), "宿舍信息.csv")
    assert read.sheets[0].role == "roster"
    assert {column.header: column.field for column in read.sheets[0].columns}["入住员工"] == "name"


def test_a_telephone_at_home_gives_way_to_that_of_the_contact() -> None:
    told = fields_of_columns(["姓名", "家庭电话", "紧急联系人", "紧急联系人电话"], ["张三", "1", "李四", "2"])
    assert (told["家庭电话"], told["紧急联系人电话"]) == (None, "emergency_phone")


def test_the_centre_is_the_department_and_its_team_is_not() -> None:
    told = fields_of_columns(["姓名", "中心", "岗位", "班组"], ["张三", "制造中心", "文员", "一班"])
    assert (told["中心"], told["班组"]) == ("department", None)


def test_the_end_of_a_contract_is_told_by_what_stands_beside_it() -> None:
    told = fields_of_columns(
        ["姓名", "性别", "身份证号", "续签时间", "截止时间"], ["张三", "男", "1", "2024-01-01", "2026-01-01"]
    )
    assert told["截止时间"] == "contract_end"


def test_a_rank_is_no_trade_and_a_family_of_posts_no_people() -> None:
    header = ["姓名", "身份证号", "职务", "工种", "岗位族", "职级", "合同/协议"]
    trades = ("焊工", "木工", "电工", "普工", "钢筋工", "架子工")
    rows = [
        [f"张{n}", "", ("工人", "组长")[n % 2], trade, ("服务族", "管理族")[n % 2], "一级二级"[n % 2 * 2 :][:2], paper]
        for n, trade in enumerate(trades)
        for paper in [("劳动合同", "劳务协议")[n % 2]]
    ]
    read = read_roster(csv_bytes([header, *rows]), "2026年1月花名册.csv")
    fields = {column.header: column.field for column in read.sheets[0].columns}
    assert fields["工种"] == "job_title"
    assert fields["岗位族"] is fields["职级"] is fields["合同/协议"] is None
