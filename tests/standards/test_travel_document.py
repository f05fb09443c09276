import pyarrow as pa
import pytest

from clearbase.standards import travel_document


@pytest.mark.parametrize(
    ("number", "named", "kind"),
    [
        ("H12345678", None, "HM_PASS"), ("M1234567890", None, "HM_PASS"), ("12345678", None, None),
        ("12345678", "TW_PASS", "TW_PASS"), ("E12345678", None, "PASSPORT"), ("EA1234567", None, "PASSPORT"),
        ("123456789", None, None), ("123456789", "PASSPORT", "PASSPORT"), ("USA330206123456", None, "FPR"),
    ],
)  # fmt: skip
def test_types(number, named, kind):
    assert travel_document.type_of(number, named) == kind
    assert travel_document.type_all(pa.array([number]), pa.array([named], pa.string())).to_pylist() == [kind]


@pytest.mark.parametrize(
    ("said", "kind"),
    [("居民身份证", "ID"), ("第二代身份证", "ID"), ("护照", "PASSPORT"), ("港澳居民来往内地通行证", "HM_PASS"),
     ("台胞证", "TW_PASS"), ("港澳台居民居住证", "HMT_RES"), ("外国人永久居留身份证", "FPR"), ("什么", None)],
)  # fmt: skip
def test_named_types(said, kind):
    assert travel_document.named_type(said) == kind
