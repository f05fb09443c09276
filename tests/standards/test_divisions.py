from clearbase.standards import divisions


def test_provinces_and_streets():
    assert len(divisions.PROVINCES) == 34
    assert divisions.province("330206199003075676") == "浙江省"
    assert divisions.province("000000") is None
    assert list(divisions.BEILUN_STREETS.values())[6] == "大榭街道"
    assert all(code.startswith("330206") for code in divisions.BEILUN_STREETS)
    assert set(divisions.NINGBO_WITHDRAWN.values()) <= divisions.NINGBO_COUNTIES.keys()
