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
from dataclasses import replace
from pathlib import Path

from dirty_roster import HEADER, make

PLUGINS = Path(__file__).resolve().parents[1] / "plugins"
sys.path.insert(0, str(PLUGINS))

DATES = ("出生日期", "入职日期", "合同开始日期", "合同结束日期", "离职日期")
NUMBERS = ("序号",)

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
