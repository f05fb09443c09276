"""How much reading costs beside its floor: `.venv/bin/python benchmarks/reading.py` (ten minutes for a million rows).

CPU seconds (user and system) and peak memory of fresh processes, each measured several times in turn, the least of
each told. The floors: for CSV decoding the bytes and `pyarrow.csv` with every column text; for xlsx going through the
rows of `python-calamine`. Shared and noisy machines move both alike, so the ratio is what counts.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import tempfile
from pathlib import Path

PLUGINS = Path(__file__).resolve().parents[1] / "plugins"
HEADER = [
    *(
        "序号",
        "姓名",
        "性别",
        "身份证号",
        "手机号",
        "入职日期",
        "民族",
        "学历",
        "户籍地址",
        "现居住地址",
        "部门",
        "岗位",
        "婚姻状况",
    ),
    *(
        "政治面貌",
        "合同开始日期",
        "合同结束日期",
        "备注",
        "工号",
        "籍贯",
        "户口性质",
        "紧急联系人",
        "紧急联系电话",
        "宿舍",
        "年龄",
        "是否参保",
    ),
]
READ = """
import sys; sys.path.insert(0, {plugins!r})
from clearbase.reading.file import read_roster
data = open({file!r}, "rb").read()
assert read_roster(data, "2026年3月花名册").lines.num_rows == {rows}
"""
FLOORS = {
    "csv": """
import pyarrow as pa, pyarrow.csv as pv
data = open({file!r}, "rb").read()
names = data[:2000].decode("utf-8", "ignore").split("\\n")[0].split(",")
types = pv.ConvertOptions(column_types=dict.fromkeys(names, pa.string()), strings_can_be_null=False)
assert pv.read_csv(pa.BufferReader(data.decode().encode()), convert_options=types).num_rows == {rows}
""",
    "xlsx": """
import io, python_calamine as calamine
data = open({file!r}, "rb").read()
sheet = calamine.CalamineWorkbook.from_filelike(io.BytesIO(data)).get_sheet_by_index(0)
assert sum(1 for _ in sheet.iter_rows()) == {rows} + 1
""",
}
MEASURED = """
import resource, json
used = resource.getrusage(resource.RUSAGE_SELF)
print(json.dumps([used.ru_utime + used.ru_stime, used.ru_maxrss]))
"""


def people(rows: int) -> list[list[str | int]]:
    return [
        [
            *(n, f"张三{'丰华明强军'[n % 5]}{n % 97}", "男女"[n % 2], f"33020619{70 + n % 30}0101{n % 1000:03d}1"),
            *(f"138{n * 7919 % 10**8:08d}", f"20{10 + n % 15}-0{1 + n % 9}-1{n % 9}", "汉族", "初中"),
            *(
                f"安徽省阜阳市颍上县某镇{n}号",
                f"新碶街道某路{n % 300}号",
                f"装配{n % 40}车间",
                "操作工",
                "已婚",
                "群众",
            ),
            *("2024-03-01", "2027-02-28", "" if n % 7 else "住宿舍", f"A{n}", "安徽", "农业", f"李四{n % 50}"),
            *(f"139{n % 10**8:08d}", f"3-{n % 500}", 18 + n % 40, "是"),
        ]
        for n in range(1, rows + 1)
    ]


def make(kind: str, rows: int, folder: Path) -> Path:
    file = folder / f"{rows}.{kind}"
    if file.exists():
        return file
    print(f"making {file}", file=sys.stderr, flush=True)
    draft = file.with_suffix(".draft")
    if kind == "csv":
        with draft.open("w", encoding="utf-8", newline="") as out:
            out.write(",".join(HEADER) + "\n")
            out.writelines(",".join(map(str, person)) + "\n" for person in people(rows))
    else:
        import xlsxwriter

        book = xlsxwriter.Workbook(str(draft), {"constant_memory": True})
        sheet = book.add_worksheet("花名册")
        sheet.write_row(0, 0, HEADER)
        for r, person in enumerate(people(rows), 1):
            sheet.write_row(r, 0, person)
        book.close()
    draft.rename(file)
    return file


def measure(code: str) -> tuple[float, float]:
    done = subprocess.run([sys.executable, "-c", code + MEASURED], capture_output=True, text=True, check=True)
    cpu, kilobytes = json.loads(done.stdout)
    return cpu, kilobytes / 2**20


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    options.add_argument("--rows", type=int, default=1_000_000)
    options.add_argument("--kind", choices=["csv", "xlsx"], action="append")
    options.add_argument("--times", type=int, default=3)
    options.add_argument("--folder", type=Path, default=Path(tempfile.gettempdir()) / "clearbase-benchmark")
    given = options.parse_args()
    given.folder.mkdir(parents=True, exist_ok=True)
    for kind in given.kind or ["csv", "xlsx"]:
        file = make(kind, given.rows, given.folder)
        told = {"file": str(file), "rows": given.rows, "plugins": str(PLUGINS)}
        pairs = [(measure(READ.format(**told)), measure(FLOORS[kind].format(**told))) for _ in range(given.times)]
        ours, floor = min(ours[0] for ours, _ in pairs), min(floor[0] for _, floor in pairs)
        print(
            f"{kind}: {given.rows:,} rows x {len(HEADER)} columns, {file.stat().st_size / 2**20:.0f} MB: "
            f"read and mapped {ours:.1f} CPU-s, floor {floor:.1f} CPU-s, ratio {ours / floor:.2f}; "
            f"peak {max(ours[1] for ours, _ in pairs):.1f} GB, floor's {max(floor[1] for _, floor in pairs):.1f} GB"
        )


if __name__ == "__main__":
    main()
