"""Raw roster lines as ugly as messiness.md knows them, for the tests of this folder. Every person is invented."""

import datetime as dt
import random

import pyarrow as pa

from clearbase.records import BOOL, DATE, EMPTY, ERROR, NUMBER, TEXT, FileRead, MappedColumn, SheetRead
from clearbase.standards.identity_number import check_character

PERIOD = dt.date(2024, 3, 1)

NAMES = [
    "张三",
    "李 四",
    "王五(离职)",
    "阿卜杜拉•买买提",
    "John  Smith",
    "陈",
    "合计",
    "同上",
    "13800138000",
    "张**",
    "王\ue863",
    "张三、李四",
    "张三13800138000",
    "Zhang San",
    "无",
    "",
]
BORN = [dt.date(*d) for d in ((1990, 3, 7), (1985, 12, 31), (2004, 2, 29), (2010, 6, 1), (2007, 1, 1), (1958, 5, 4))]
AREAS = ["330206", "341225", "000001", "991234", "810000", "911124"]
SEXES = ["男", "女", "1", "2", "male", "x", "9", ""]
DATES = [
    "2021-03-05",
    "2021.3.5",
    "2021年3月",
    "21/3/5",
    "2021-02-30",
    "至今",
    "张三",
    "2024-05-01",
    "2024-03-11",
    "2006-01-01",
    "44260",
    "2099-01-01",
    "3/5/2021",
    "",
]
PHONES = (
    "13800138000", "+86 138-0013-8000", "13800138000.0", "1380013800", "138001380001", "0574-86780000",
    "13800138000/13900139000", "12345678901", "无", "同上", "李四", "",
)  # fmt: skip
FIELDS = (
    "name", "sex", "id_type", "id_number", "birth_date", "phone", "hire_date", "leave_date", "contract_start",
    "ethnicity", "education", "marital_status", "employment_status", "social_insurance", "department",
    "age", "contract_end", "contract_signed", "insurance_start", "id_valid_to", "employment_form", "dispatch_agency",
    "job_title", "current_street", "current_address", "remarks", "employer_uscc", "political_status",
)  # fmt: skip


def number(rng: random.Random) -> tuple[str, int]:
    """An identity number cell: right, spoiled in one of the known ways, another document's, or none."""
    body = f"{rng.choice(AREAS)}{rng.choice(BORN):%Y%m%d}{rng.randrange(1000):03d}"
    good = body + check_character(body)
    wrong = good[:12] + str((int(good[12]) + 1) % 10) + good[13:]
    impossible = body[:10] + "0230" + body[14:]
    return rng.choice(
        [
            *[(good, TEXT)] * 6, (good.lower() + "\t", TEXT), (f"'{good[:6]} {good[6:14]} {good[14:]}", TEXT),
            (wrong, TEXT), (impossible + check_character(impossible), TEXT), (body[:6] + body[8:], TEXT),
            (good[:15] + "000", NUMBER), (good[:17] + "0", NUMBER), ("3.30206E+17", TEXT),
            (good[:6] + "********" + good[14:], TEXT), (good[:17], TEXT), ("E12345678", TEXT), ("H12345678", TEXT),
            ("13800138000", TEXT), ("6222021234567890128", TEXT), ("33O2" + good[4:], TEXT), ("李四", TEXT),
            ("111111111111111111", TEXT), ("无", TEXT), ("同上", TEXT), ("#REF!", ERROR), ("", EMPTY),
        ]
    )  # fmt: skip


def dirty_lines(seed: int, count: int) -> pa.Table:
    """A raw lines table (records.FileRead.lines) of ``count`` rows on two sheets; every tenth row repeats one above."""
    rng = random.Random(seed)
    rows: list[dict[str, tuple[str, int]]] = []
    for n in range(count):
        if n and n % 10 == 0 and not 30 <= n < 38:
            rows.append(dict(rng.choice(rows)))
            continue
        said = {
            "name": rng.choice(NAMES), "sex": rng.choice(SEXES), "id_type": rng.choice(["", "身份证", "护照"]),
            "birth_date": rng.choice([*DATES, "1990-03-07", "1990年3月"]), "phone": rng.choice(PHONES),
            "hire_date": rng.choice(DATES), "leave_date": rng.choice(DATES),
            "contract_start": rng.choice([*DATES, "2023.1.1-2025.12.31"]),
            "ethnicity": rng.choice(["汉", "苗族", "地球族", ""]),
            "education": rng.choice(["大专/自考", "高中以下", ""]),
            "marital_status": rng.choice(["已婚", "1.未婚", "其它情况", ""]),
            "employment_status": rng.choice(["在职", "已退场", "不知", ""]),
            "social_insurance": rng.choice(["已缴纳", "否", "部分", "/", ""]),
            "department": rng.choice(["一车间", "同上"]),
            "age": rng.choice(["34", "34岁", "71", "不详", ""]), "contract_end": rng.choice([*DATES, "长期"]),
            "contract_signed": rng.choice(["是", "未签", "/", ""]), "insurance_start": rng.choice([*DATES, "2021.4"]),
            "id_valid_to": rng.choice([*DATES, "长期"]),
            "employment_form": rng.choice(["全日制", "劳务派遣", "实习", ""]),
            "dispatch_agency": rng.choice(["", "", "某某人力"]), "job_title": rng.choice(["操作工", "车间主任", ""]),
            "current_street": rng.choice(["新碶街道", "小港", "3号楼", ""]),
            "current_address": rng.choice(["北仑区新碶街道某路1号", "海曙区某路", "公司宿舍", ""]),
            "remarks": rng.choice(["住宿舍", "老婆电话13800138000", "有乙肝，夜班", ""]),
            "employer_uscc": rng.choice(["91350100M000100Y43", "91350100M000100Y44", "330206000012345", ""]),
            "political_status": rng.choice(["群众", "党", ""]),
        }  # fmt: skip
        row = {f: (t, TEXT if t else EMPTY) for f, t in said.items()} | {"id_number": number(rng)}
        row["hire_date"] = rng.choice(
            [row["hire_date"]] * 4 + [("2021.1", NUMBER), ("2021-03-05", DATE), ("#N/A", ERROR)]
        )
        if rng.random() < 0.05:
            row["social_insurance"] = ("True", BOOL)
        if 30 <= n < 38:  # filled down: a number, a phone and a date, one more each row
            row["id_number"] = (str(330227198506159981 + n - 30), TEXT)
            row["phone"] = (str(13800138000 + n), TEXT)
            row["hire_date"] = row["birth_date"] = row["contract_start"] = (f"2002-03-{n - 20:02d}", TEXT)
        rows.append(row)
    return lines_of(rows)


def lines_of(rows: list[dict[str, tuple[str, int]]], fields: tuple[str, ...] = FIELDS) -> pa.Table:
    """The lines table of rows given as field → (text, kind); the second half lies on sheet 2."""
    count = len(rows)
    columns: dict[str, pa.Array] = {
        "sheet": pa.array([1 if n < (count + 1) // 2 else 2 for n in range(count)], pa.int16()),
        "row": pa.array(range(4, 4 + count), pa.int32()),
    }
    for field in fields:
        cells = [row.get(field, ("", EMPTY)) for row in rows]
        columns[field] = pa.array([text or None for text, _ in cells], pa.string())
        columns[f"{field}__kind"] = pa.array([kind for _, kind in cells], pa.int8())
    return pa.table(columns)


def read_of(lines: pa.Table) -> FileRead:
    """The lines as a file that was read: on sheet 2 every column lies one to the right."""
    fields = [c for c in lines.column_names if f"{c}__kind" in lines.column_names]
    sheets = [
        SheetRead(p, f"表{p}", "roster", "", 3, [MappedColumn(n + p, f, f) for n, f in enumerate(fields)])
        for p in (1, 2)
    ]
    return FileRead("read", lines=lines, sheets=sheets)


def one_line(**cells: str | tuple[str, int]) -> FileRead:
    """A file of one line: field=text or field=(text, kind)."""
    row = {f: c if isinstance(c, tuple) else (c, TEXT if c else EMPTY) for f, c in cells.items()}
    return read_of(lines_of([row], tuple(cells)))
