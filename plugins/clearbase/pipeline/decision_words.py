"""Why a row is taken for somebody, in words: rule → (English, Chinese). Every rule that decides has its line here."""

from __future__ import annotations

from typing import Final

WORDS: Final[dict[str, tuple[str, str]]] = {
    # the cascade over rosters (sql/resolve, sql/publish)
    "number_new": ("the first row that bears this identity number", "该身份证号首次出现"),
    "number_and_name": ("identity number and name are known together", "身份证号、姓名与已知人员一致"),
    "number_with_other_name": (
        "the identity number is known under another name: somebody has to decide",
        "身份证号已在另一姓名名下，待人工核实",
    ),
    "number_and_employer": (
        "several bear this number and name; this employer's own earlier row tells which",
        "同号同名者不止一人，按本单位此前的行认定",
    ),
    "same_row": (
        "says again what a row of this employer and month says of which people have decided",
        "与本单位同月一行内容相同，该行已有人工认定",
    ),
    "number_held_apart": (
        "several bear this number and name whom people hold apart: somebody has to decide",
        "同号同名者已由人工认定为两人，待人工核实",
    ),
    "same_employer": (
        "no usable number; what the same employer said of one person before, and nothing is against it",
        "无可用身份证号，与本单位此前所报同一人相符，且无相反信息",
    ),
    "number_lost": (
        "no usable number and nobody known who it could be: a new person",
        "无可用身份证号，也无已知人员可对应",
    ),
    # the registry (sql/registry)
    "registry_new": ("a registry record of nobody known before", "登记库新记录，此前无此人"),
    "same_record": ("a newer version of the same registry record", "同一登记记录的新版本"),
    "record_of_another": (
        "a newer version of a registry record that says somebody else than the version before: somebody has to decide",
        "登记记录的新版本与此前所载不是同一人，待人工核实",
    ),
    "registry_double": (
        "a second registry record with this number and name: records join by people's word alone",
        "登记库中同号同名的又一条记录，待人工核实",
    ),
    # the model and its rules (identity/matching)
    "number_and_same": ("the same valid number, the same name", "身份证号相同，姓名相同"),
    "number_and_sound": ("the same valid number, a name of the same sound", "身份证号相同，姓名同音"),
    "number_and_unreadable": (
        "the same valid number, a name with an unreadable character",
        "身份证号相同，姓名有字无法辨认",
    ),
    "number_and_part": (
        "the same number and phone, a name with a character left out",
        "身份证号、手机号相同，姓名缺字",
    ),
    "number_and_missing": (
        "the same number without a name; phone, house or room agrees",
        "身份证号相同，姓名缺失，另有手机号或住址相符",
    ),
    "mended_number_by_weight": (
        "a damaged number that fits once mended, weighed by the model",
        "号码有误经修复相符，模型评分达到自动认定线",
    ),
    "cut_number_by_weight": (
        "a number whose last digits were lost, weighed by the model",
        "号码尾数丢失，模型评分达到自动认定线",
    ),
    "masked_number_by_weight": (
        "a masked number whose visible digits fit, weighed by the model",
        "号码被遮盖，模型评分达到自动认定线",
    ),
    "without_number_by_weight": ("no number to compare, weighed by the model", "无号码可比，模型评分达到自动认定线"),
    "with_another_line": (
        "certainly one person with another row, which tells who it is",
        "与另一行确为同一人，按该行认定",
    ),
    "number_under_other_name": (
        "a number that stands with another name: somebody has to decide",
        "号码在他人名下，待人工核实",
    ),
    "number_without_name": (
        "a known number without a name, and too little beside it: somebody has to decide",
        "号码已知但姓名缺失，其他信息不足，待人工核实",
    ),
    "name_under_other_number": (
        "name and phone or address of somebody with another valid number: somebody has to decide",
        "姓名及手机号或住址与另一有效号码者相同，待人工核实",
    ),
    "doubtful": ("likely, but not enough to decide without asking", "模型评分介于两条线之间，待人工核实"),
    "held_apart": (
        "fits two whom people hold apart: somebody has to decide",
        "与已由人工认定为两人者均相符，待人工核实",
    ),
    "nobody": ("nobody known who it could be", "无已知人员可对应"),
    # people (sql/person)
    "merged_by_person": ("a person decided that it is this person", "人工认定为同一人"),
    "split_by_person": ("a person decided that it is somebody else", "人工认定为另一人"),
    "apart_by_person": ("a person decided that it is not who it may have been", "人工认定不是候选人"),
}
KINDS: Final[dict[str, str]] = {
    "merge": "合并 P{1} is P{0}",
    "split": "拆分 rows of P{0} are P{1}",
    "apart": "认定为两人 P{0} is not P{1}",
    "undo": "撤销 takes back A{2}",
    "confirm": "复核确认 A{2} is right",
}
