"""What is shown of file and sheet names."""

import pytest

from clearbase.privacy.labels import personal_names, safe_label, unread_label


def test_long_digit_runs_go_and_dates_and_codes_stay() -> None:
    assert safe_label("2026年08月花名册20260831.xlsx") == "2026年08月花名册20260831.xlsx"
    assert "13800138000" not in safe_label("李四13800138000.xlsx")
    assert "330203199003075676" not in safe_label("330203199003075676.xlsx")
    assert safe_label("914403001922038216_2026-08.csv") == "914403001922038216_2026-08.csv"
    assert safe_label("91350100M000100Y43_2026-08.csv") == "91350100M000100Y43_2026-08.csv"


@pytest.mark.parametrize(
    "number",
    [
        "138-0013-8001",
        "138 1234 5678",
        "+86 138 0013 8000",
        "0574-86881234",
        "1234567",
        "330206-19900307-5676",
        "330204 19900307 9994",
        "33020619900101123X",
        "1990-03-07",
    ],
)
def test_numbers_go_however_they_are_set_apart(number: str) -> None:
    for label in (safe_label(f"花名册{number}.xlsx"), unread_label(f"{number} 花名册")):
        assert not any(digit in label for digit in "0123456789X"), label


@pytest.mark.parametrize("month", ["2026年10月", "2026-10", "202610", "2026.10.31", "20261031"])
def test_months_and_days_of_a_report_stay(month: str) -> None:
    assert safe_label(f"花名册{month} 13800138000") in (f"花名册{month} ○○○○", f"花名册{month}○○○○")


def test_a_folder_and_the_file_in_it_make_no_number_together() -> None:
    assert safe_label("送500/2026年10月.xlsx") == "送500/2026年10月.xlsx"


def test_an_employer_s_name_stays_where_it_is_known() -> None:
    told = unread_label("宁波甲乙有限公司8月花名册-填报人李建国.xlsx", ["宁波甲乙有限公司"])
    assert told == "宁波甲乙有限公司8月花名册-○○.xlsx"


def test_a_person_s_name_goes() -> None:
    assert safe_label("王小明的表", frozenset({"王小明"})) == "○○的表"


def test_what_a_database_cannot_hold_becomes_a_mark() -> None:
    label = safe_label("\udcb8\udcd5花名册\n\x00.xlsx")
    assert label == "��花名册��.xlsx"
    assert label.encode()


def test_a_name_of_a_million_is_found_wherever_it_stands() -> None:
    names = personal_names([*(f"甲{n}" for n in range(200_000)), "买买提 · 吐尔逊", None, "王"])
    assert safe_label("离职买买提·吐尔逊甲77.xlsx", names) == "离职○○○○.xlsx"
    assert safe_label("王", names) == "王"


def test_before_it_is_read_only_roster_words_are_shown() -> None:
    assert unread_label("2025年3月员工花名册(新).xlsx") == "2025年3月员工花名册(新).xlsx"
    assert unread_label("填表说明") == "填表说明" and unread_label("10月工资") == "10月工资"
    assert unread_label("王五_13800001111.pdf") == "○○_○○○○.pdf"
    assert unread_label("孙小美离职.csv") == "○○离职.csv"
    assert unread_label("王新年.xlsx") == "○○.xlsx"
    assert unread_label("ZhangSan_Roster.XLSX") == "○○_Roster.XLSX"
    assert unread_label("买买提·吐尔逊入职.xls") == "○○入职.xls"
    assert unread_label("91330203MA2AABC004_2025-06_花名册.xlsx") == "91330203MA2AABC004_2025-06_花名册.xlsx"
    assert "330203199003075676" not in unread_label("张三330203199003075676.xlsx")
