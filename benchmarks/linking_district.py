"""The offline core on a generated district, whose dirt and layouts are another hand's than `identity evaluate`'s:
files as the pipeline reads them, against the registry's extract, counted by the truth beside them.
`./clearbase generate D --seed 77 --months 2`, then `PYTHONPATH=plugins .venv/bin/python
benchmarks/linking_district.py D`."""

from __future__ import annotations

import csv
import gzip
import sys
import time
from collections import Counter
from pathlib import Path

import pyarrow as pa

from clearbase.identity.features import features, features_of_cells
from clearbase.identity.matching import match
from clearbase.identity.model import load_model
from clearbase.quality.standardise import standardise
from clearbase.reading.file import read_roster

EXTRACT = {
    "登记编号": "id", "姓名": "name", "公民身份号码": "id_number", "性别": "sex", "出生日期": "birth_date",
    "手机号": "phone",
    "户籍地址": "household_address", "现居住地址": "current_address",
}  # fmt: skip


def main() -> None:
    folder = Path(sys.argv[1])
    with (folder / "registry.csv").open(encoding="utf-8", newline="") as file:
        extract = list(csv.DictReader(file))
    cells = pa.table({ours: pa.array([row[theirs] for row in extract]) for theirs, ours in EXTRACT.items()})
    records = features_of_cells(cells).append_column("id", cells["id"])
    with (folder / "truth" / "people.csv").open(encoding="utf-8", newline="") as file:
        records_of = {
            row["person_id"]: set(filter(None, row["registry_ids"].split(";"))) for row in csv.DictReader(file)
        }
    truth: dict[str, dict[tuple[int, int], dict[str, str]]] = {}
    with gzip.open(folder / "truth" / "lines.csv.gz", "rt", encoding="utf-8", newline="") as text:
        for row in csv.DictReader(text):
            truth.setdefault(row["file"], {})[int(row["position"]), int(row["row"])] = row
    parts, persons, dirt = [], [], []
    for name, known in truth.items():
        path = folder / "rosters" / name
        read = read_roster(path.read_bytes(), path.name)
        if read.lines is None:
            print(f"{name}: {read.reason}")
            continue
        lines = standardise(read.lines, None)
        places = list(zip(lines["sheet"].to_pylist(), lines["row"].to_pylist(), strict=True))
        keep = [place in known for place in places]
        parts.append(features(lines).filter(pa.array(keep)))
        told = [known[place] for place in places if place in known]
        persons += [row["person_id"] for row in told]
        dirt += [row["dirt"] or "clean" for row in told]
    lines = pa.concat_tables(parts)
    lines = lines.append_column("id", pa.array([f"{n:07d}" for n in range(lines.num_rows)]))
    began, cpu = time.monotonic(), time.process_time()
    matched = match(records, lines, load_model())
    print(
        f"{lines.num_rows} rows of {len(parts)} files against {records.num_rows} records: "
        f"{time.process_time() - cpu:.1f} s of CPU, {time.monotonic() - began:.1f} s"
    )
    said: dict[int, list[tuple[str, str]]] = {}
    for row, outcome, record in zip(
        *(matched.answer[c].to_pylist() for c in ("row", "outcome", "registry_id")), strict=True
    ):
        said.setdefault(row, []).append((outcome, record))
    counts: Counter[str] = Counter()
    by_dirt: dict[str, Counter[str]] = {}
    for row, person in enumerate(persons):
        own, outcome = records_of[person], said[row][0][0]
        found = any(record in own for _, record in said[row])
        word = outcome if outcome != "same" else "right" if found else "WRONG"
        for each in (counts, *(by_dirt.setdefault(kind, Counter()) for kind in dirt[row].split(";"))):
            each.update(["rows", word, *(["known", *(["found"] if found else [])] if own else [])])
    print(
        dict(counts), f"recall {counts['found'] / counts['known']:.5f}, review {counts['review'] / counts['rows']:.2%}"
    )
    for kind, each in sorted(by_dirt.items(), key=lambda item: -item[1]["rows"]):
        print(f"  {kind:34} {dict(each)}")
    both = Counter(zip(matched.person.to_pylist(), persons, strict=True))
    pairs, right = Counter(matched.person.to_pylist()), sum(n * (n - 1) // 2 for n in both.values())
    total, true = (sum(n * (n - 1) // 2 for n in each.values()) for each in (pairs, Counter(persons)))
    print(f"roster against roster: {total - right} of {total} pairs wrong, recall {right / true:.5f} of {true}")


if __name__ == "__main__":
    main()
