"""What checking costs beside its floor and beside Great Expectations: `.venv/bin/python benchmarks/checking.py`.

The row rules of `expectations/roster_line.json` over a dirty roster of a million lines and 25 columns, as it is read.
CPU seconds (user and system, all threads) of fresh processes, each measured several times in turn, the least told. The
floor reads the same file with `pyarrow.csv`, every column as text, and casts its dates and numbers. Great Expectations
(pandas engine, COMPLETE, no progress bars) runs the same suite on the same table, once, and has to flag the same cells,
rule by rule. Noisy machines move all of them alike, so the ratios are what counts.
"""

from __future__ import annotations

import argparse
import json
import pickle
import subprocess
import sys
import tempfile
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import numpy as np
import numpy.typing as npt

PLUGINS = Path(__file__).resolve().parents[1] / "plugins"
sys.path.insert(0, str(PLUGINS))

HEADER = [
    "序号", "姓名", "性别", "身份证号", "出生日期", "民族", "手机号", "户籍地址", "现居住地址",
    "学历", "政治面貌", "婚姻状况", "部门", "岗位", "入职日期", "合同开始日期", "合同结束日期",
    "是否签订劳动合同", "是否参加社保", "在职状态", "离职日期", "工号", "紧急联系人", "紧急联系电话", "备注",
]  # fmt: skip
DATES = ("出生日期", "入职日期", "合同开始日期", "合同结束日期", "离职日期")
NUMBERS = ("序号",)
SURNAMES = "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕苏卢蒋蔡贾丁魏薛叶阎"
GIVEN = "".join(chr(0x4E00 + 37 * n) for n in range(500))
AREAS = ("341225", "411525", "360734", "330206", "421182", "522428", "532128", "610924", "500234", "130928")
WEIGHTS = np.array([7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2])

FLOOR = """
import pyarrow as pa, pyarrow.compute as pc, pyarrow.csv as pv
data = open({file!r}, "rb").read()
names = data[:2000].decode("utf-8", "ignore").split("\\n")[0].split(",")
types = pv.ConvertOptions(column_types=dict.fromkeys(names, pa.string()), strings_can_be_null=True)
table = pv.read_csv(pa.BufferReader(data), convert_options=types)
for name in {dates!r}:
    pc.cast(pc.strptime(table[name], format="%Y-%m-%d", unit="s", error_is_null=True), pa.date32())
for name in {numbers!r}:
    pc.cast(table[name], pa.int32())
assert table.num_rows == {rows}
"""
CHECK = """
import sys; sys.path.insert(0, {plugins!r})
import datetime as dt, pickle, time
import pyarrow as pa, pyarrow.feather as pf
from clearbase.quality import frame as frames
from clearbase.quality.check import _compiled, _lines
from clearbase.quality.compile import rule_bits
from clearbase.quality.findings import findings_of, rule_counts
from clearbase.quality.standardise import fields_of
from clearbase.quality.suite import ROSTER_LINE
lines, sheets = pf.read_table({lines!r}, memory_map=False), pickle.load(open({sheets!r}, "rb"))
compiled, parts = _compiled(ROSTER_LINE), dict()
def timed(part, work, *given):
    begun = time.process_time()
    done = work(*given)
    parts[part] = parts.get(part, 0) + time.process_time() - begun
    return done
standardise = frames.standardise
frames.standardise = lambda *given: timed("standardise", standardise, *given)
frame = timed("frame", frames.check_frame, lines, dt.date(2026, 3, 1), compiled.suite.columns())
parts["frame"] -= parts["standardise"]
masks = timed("masks", compiled.masks, frame)
fields = fields_of(lines)
checked = timed("lines and bits", _lines, frame, fields, compiled.suite, masks, dict())
found = timed("findings", findings_of, compiled.suite, masks, frame, fields, sheets)
told = rule_counts(found)
assert checked.num_rows == {rows}
"""
TELL_CHECK = """
import json
print(json.dumps([parts, found.num_rows, len(told)]))
"""
GX = """
import json, logging, os, time, warnings
import numpy as np
os.environ["GX_ANALYTICS_ENABLED"] = "false"
logging.disable(logging.CRITICAL)
warnings.simplefilter("ignore")
import great_expectations as gx
from great_expectations.data_context.types.base import ProgressBarsConfig
from clearbase.quality import gx_expectations
from clearbase.quality.suite import ROSTER_LINE
rows = min({gx_rows}, frame.num_rows)
document = json.loads(ROSTER_LINE.read_text(encoding="utf-8"))
for n, entry in enumerate(document["expectations"]):
    entry["meta"] = dict(place=n)
table = frame.slice(0, rows).to_pandas()
begun = time.process_time()
context = gx.get_context(mode="ephemeral")
context.variables.progress_bars = ProgressBarsConfig(globally=False)
suite = context.suites.add(gx.ExpectationSuite(**document))
asset = context.data_sources.add_pandas("lines").add_dataframe_asset("frame")
batch = asset.add_batch_definition_whole_dataframe("whole").get_batch(dict(dataframe=table))
done = batch.validate(suite, result_format=dict(result_format="COMPLETE", include_unexpected_rows=False))
spent = time.process_time() - begun
differ, flagged = [], 0
for one in done.results:
    place = one.expectation_config.meta["place"]
    rule, ours = compiled.suite.rules[place], np.flatnonzero(masks[place][:rows])
    theirs = np.unique(np.array(one.result.get("unexpected_index_list") or [], np.int64))
    flagged += len(theirs)
    if one.exception_info.get("raised_exception") or not np.array_equal(ours, theirs):
        differ.append(rule.code)
assert len(done.results) == len(compiled.suite.rules)
print(json.dumps([spent, rows, flagged, differ]))
"""
MEASURED = """
import resource, json
used = resource.getrusage(resource.RUSAGE_SELF)
print(json.dumps(used.ru_utime + used.ru_stime))
"""

Text = npt.NDArray[np.object_]


def people(rows: int) -> dict[str, Text]:
    """The columns of a roster of ``rows`` invented people, with a few per cent of each kind of dirt."""
    rng = np.random.default_rng(7)
    born = np.datetime64("1960-01-01") + rng.integers(0, 365 * 47, rows).astype("timedelta64[D]")
    birth = born.astype(str).astype(object)
    area = rng.choice(np.array(AREAS, object), rows)
    order = rng.integers(0, 1000, rows)
    number = _numbers(area, birth, order)
    hired = np.datetime64("2016-01-01") + rng.integers(0, 3700, rows).astype("timedelta64[D]")
    hire = hired.astype(str).astype(object)
    ends = (hired + np.timedelta64(1095, "D")).astype(str).astype(object)
    surname, given = np.array(list(SURNAMES), object), np.array(list(GIVEN), object)
    name = surname[rng.integers(0, len(SURNAMES), rows)] + given[rng.integers(0, 500, rows)]
    name = name + np.where(rng.random(rows) < 0.85, given[rng.integers(0, 500, rows)], "")
    ranges = rng.choice(np.array(["38", "39", "50", "87", "99"], object), rows)
    mobile = _joined("1", ranges, np.arange(rows) * 7919 % 10**8, 8)
    folk = rng.choice(np.array(["汉", "汉族", "苗族", "土家族", "回"], object), rows, p=[0.6, 0.3, 0.04, 0.04, 0.02])
    village = rng.integers(1, 900, rows)
    table = {
        "序号": np.arange(1, rows + 1).astype(str).astype(object),
        "姓名": name,
        "性别": np.where(order % 2 == 1, "男", "女").astype(object),
        "身份证号": number,
        "出生日期": birth.copy(),
        "民族": folk,
        "手机号": mobile,
        "户籍地址": "安徽省阜阳市颍上县" + _texts(village) + "村" + _texts(rng.integers(1, 300, rows)) + "号",
        "现居住地址": "北仑区新碶街道明州路" + _texts(rng.integers(1, 900, rows)) + "号",
        "学历": rng.choice(np.array(["初中", "高中", "大专", "本科", "中专"], object), rows),
        "政治面貌": rng.choice(np.array(["群众", "共青团员", "中共党员"], object), rows, p=[0.8, 0.12, 0.08]),
        "婚姻状况": rng.choice(np.array(["已婚", "未婚", "离异"], object), rows),
        "部门": "装配" + _texts(village % 40) + "车间",
        "岗位": rng.choice(np.array(["操作工", "质检员", "焊工", "叉车工", "文员"], object), rows),
        "入职日期": hire,
        "合同开始日期": hire.copy(),
        "合同结束日期": ends,
        "是否签订劳动合同": rng.choice(np.array(["是", "否"], object), rows, p=[0.95, 0.05]),
        "是否参加社保": rng.choice(np.array(["是", "否", "已参保"], object), rows, p=[0.8, 0.1, 0.1]),
        "在职状态": np.full(rows, "在职", object),
        "离职日期": np.full(rows, "", object),
        "工号": "A" + _texts(np.arange(rows)),
        "紧急联系人": surname[rng.integers(0, len(SURNAMES), rows)] + given[rng.integers(0, 500, rows)],
        "紧急联系电话": _joined("13", np.full(rows, "7", object), np.arange(rows) * 104729 % 10**8, 8),
        "备注": np.where(rng.random(rows) < 0.1, "住宿舍", "").astype(object),
    }
    _spoil(table, rng)
    return table


# Field → share of the rows, and what becomes of the cell.
DIRT: dict[str, list[tuple[float, Callable[[str], str]]]] = {
    "姓名": [
        (0.02, lambda t: t[0] + " " + t[1:]),
        (0.01, lambda t: t + "(离职)"),
        (0.003, lambda t: ""),
        (0.003, lambda t: t[0] + "?"),
    ],
    "身份证号": [
        (0.02, lambda t: t[:16] + str((int(t[16]) + 1) % 10) + t[17:]),
        (0.01, lambda t: t[:6] + " " + t[6:14] + " " + t[14:]),
        (0.01, str.lower),
        (0.005, lambda t: f"{t[0]}.{t[1:6]}E+17"),
        (0.005, lambda t: t[:6] + "********" + t[14:]),
        (0.005, lambda t: t[:17]),
        (0.005, lambda t: t[:6] + t[8:17]),
        (0.005, lambda t: ""),
    ],
    "性别": [
        (0.01, lambda t: "女" if t == "男" else "男"),
        (0.01, lambda t: "不详"),
        (0.005, lambda t: "x"),
    ],
    "出生日期": [
        (0.03, lambda t: t.replace("-", ".")),
        (0.01, lambda t: t[:4] + "-02-30"),
        (0.02, lambda t: "1980" + t[4:]),
    ],
    "民族": [(0.01, lambda t: "地球")],
    "手机号": [
        (0.02, lambda t: t[:10]),
        (0.02, lambda t: f"{t[:3]}-{t[3:7]}-{t[7:]}"),
        (0.01, lambda t: t + "/13900139000"),
        (0.02, lambda t: ""),
    ],
    "入职日期": [
        (0.03, lambda t: t.replace("-", "/")),
        (0.02, lambda t: f"{t[:4]}年{t[5:7]}月{t[8:]}日"),
        (0.01, lambda t: t[2:].replace("-", "/")),
        (0.005, lambda t: "待定x"),
        (0.01, lambda t: ""),
    ],
    "合同结束日期": [(0.03, lambda t: "长期"), (0.01, lambda t: "三年")],
    "学历": [(0.01, lambda t: "社会大学")],
    "婚姻状况": [(0.01, lambda t: "其它情况")],
    "政治面貌": [(0.01, lambda t: "无")],
    "是否参加社保": [(0.02, lambda t: "部分")],
    "是否签订劳动合同": [(0.02, lambda t: "√")],
    "离职日期": [
        (0.03, lambda t: "2026-02-10"),
        (0.005, lambda t: "2001-01-01"),
        (0.005, lambda t: "走了"),
    ],
    "在职状态": [(0.02, lambda t: "离职"), (0.005, lambda t: "？")],
}


def _spoil(table: dict[str, Text], rng: np.random.Generator) -> None:
    rows = len(table["姓名"])
    for field, kinds in DIRT.items():
        column = table[field]
        clean = column.copy()
        for part, spoil in kinds:
            for n in rng.choice(rows, int(rows * part), replace=False):
                column[n] = spoil(clean[n])
    again = rng.choice(rows - 1, rows // 200, replace=False)  # the same line twice
    for column in table.values():
        column[again + 1] = column[again]


def _numbers(area: Text, birth: Text, order: npt.NDArray[np.int64]) -> Text:
    body = np.array([a + b.replace("-", "") + f"{o:03d}" for a, b, o in zip(area, birth, order, strict=True)])
    digits = body.view(np.uint32).reshape(len(body), 17) - ord("0")
    check = np.array(list("10X98765432"), object)[(digits @ WEIGHTS) % 11]
    numbers: Text = body.astype(object) + check
    return numbers


def _joined(head: str, middle: Text, tail: npt.NDArray[np.int64], width: int) -> Text:
    return np.array([f"{head}{m}{t:0{width}d}" for m, t in zip(middle, tail, strict=True)], object)


def _texts(numbers: npt.NDArray[np.int64]) -> Text:
    return numbers.astype(str).astype(object)


def make(rows: int, folder: Path) -> Path:
    file = folder / f"dirty-{rows}.csv"
    if not file.exists():
        print(f"making {file}", file=sys.stderr, flush=True)
        table, draft = people(rows), file.with_suffix(".draft")
        with draft.open("w", encoding="utf-8", newline="") as out:
            out.write(",".join(HEADER) + "\n")
            out.writelines(",".join(row) + "\n" for row in zip(*(table[name] for name in HEADER), strict=True))
        draft.rename(file)
    return file


def read(file: Path, rows: int) -> tuple[Path, Path]:
    """What reading hands to checking, kept beside the file."""
    import pyarrow.feather as pf

    from clearbase.reading.file import read_roster

    lines, sheets = file.with_suffix(".lines"), file.with_suffix(".sheets")
    if not sheets.exists():
        print(f"reading {file}", file=sys.stderr, flush=True)
        done = read_roster(file.read_bytes(), "2026年3月花名册.csv")
        assert done.lines is not None and done.lines.num_rows == rows, [sheet.set_aside for sheet in done.sheets]
        pf.write_feather(done.lines.combine_chunks(), str(lines), compression="uncompressed", chunksize=rows)
        sheets.write_bytes(pickle.dumps([replace(sheet) for sheet in done.sheets]))
    return lines, sheets


def run(code: str) -> list[object]:
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    if done.returncode:
        raise SystemExit(done.stderr)
    return [json.loads(line) for line in done.stdout.splitlines() if line[:1] in "[0123456789"]


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    options.add_argument("--rows", type=int, default=1_000_000)
    options.add_argument("--gx-rows", type=int, default=1_000_000, help="of the same table; 0 for none")
    options.add_argument("--times", type=int, default=3)
    options.add_argument("--folder", type=Path, default=Path(tempfile.gettempdir()) / "clearbase-benchmark")
    given = options.parse_args()
    given.folder.mkdir(parents=True, exist_ok=True)

    from clearbase.quality.suite import load_suite

    rules, file = load_suite().rules, make(given.rows, given.folder)
    lines, sheets = read(file, given.rows)
    told = {
        "file": str(file), "rows": given.rows, "plugins": str(PLUGINS), "lines": str(lines), "sheets": str(sheets),
        "dates": DATES, "numbers": NUMBERS, "gx_rows": given.gx_rows,
    }  # fmt: skip
    floors, parts = [], []
    for _ in range(given.times):
        (floor,) = run(FLOOR.format(**told) + MEASURED)
        ((spent, findings, codes),) = run(CHECK.format(**told) + TELL_CHECK)  # type: ignore[misc]
        floors.append(float(str(floor)))
        parts.append(spent)
    best, floor = min(parts, key=lambda p: sum(p.values())), min(floors)
    ours = sum(best.values())
    print(
        f"{given.rows:,} lines x {len(HEADER)} columns, {file.stat().st_size / 2**20:.0f} MB; {len(rules)} "
        f"expectations under {len({rule.code for rule in rules})} codes, {findings:,} findings by {codes} of them"
    )
    print("checking: " + ", ".join(f"{part} {cpu:.2f}" for part, cpu in best.items()) + f" = {ours:.2f} CPU-s")
    print(f"floor (pyarrow.csv and casts): {floor:.2f} CPU-s; ratio {ours / floor:.2f}")
    if given.gx_rows:
        ((spent, rows, flagged, differ),) = run(CHECK.format(**told) + GX.format(**told))  # type: ignore[misc]
        scaled = spent * given.rows / rows
        print(
            f"Great Expectations COMPLETE, {rows:,} of the lines: {spent:.1f} CPU-s ({scaled:.1f} for all); ratio "
            f"{scaled / ours:.1f}; {flagged:,} cells flagged, "
            + (f"other cells by {', '.join(differ)}" if differ else "the same by every rule")
        )


if __name__ == "__main__":
    main()
