"""What is shown of file and sheet names."""

from clearbase.privacy.labels import safe_label


def test_long_digit_runs_go_and_dates_and_codes_stay() -> None:
    assert safe_label("2026年08月花名册20260831.xlsx") == "2026年08月花名册20260831.xlsx"
    assert "13800138000" not in safe_label("李四13800138000.xlsx")
    assert "330203199003075676" not in safe_label("330203199003075676.xlsx")
    assert safe_label("914403001922038216_2026-08.csv") == "914403001922038216_2026-08.csv"
    assert safe_label("91350100M000100Y43_2026-08.csv") == "91350100M000100Y43_2026-08.csv"


def test_a_person_s_name_goes() -> None:
    assert safe_label("王小明的表", frozenset({"王小明"})) == "○○的表"


def test_what_a_database_cannot_hold_becomes_a_mark() -> None:
    label = safe_label("\udcb8\udcd5花名册\n\x00.xlsx")
    assert label == "��花名册��.xlsx"
    assert label.encode()
