"""The offline core on files that somebody else would draw (`stranger_draws.py`): written, linked as `link` does, and
counted by kind. `PYTHONPATH=plugins .venv/bin/python benchmarks/linking_strangers.py [--seed N] [--draw NAME …]`.
Exits 1 where a row was dropped or has two outcomes."""

from __future__ import annotations

import argparse
import csv
import random
import sys
import tempfile
import time
from collections import Counter, defaultdict
from pathlib import Path

from stranger_draws import DRAWS
from strangers import Files

from clearbase.identity.link_files import COLUMNS, answer_csv, features_with_id, read_cells
from clearbase.identity.matching import Matched, match
from clearbase.identity.model import load_model

BORROWED = "borrowed"


def written(path: Path, files: Files, rows: list[dict[str, str]], columns: tuple[str, ...]) -> Path:
    style = {"encoding": "utf-8", "delimiter": ","} | files.style
    with path.open("w", encoding=style["encoding"], newline="") as file:
        out = csv.DictWriter(file, columns, delimiter=style["delimiter"], restval="")
        out.writeheader()
        out.writerows(rows)
    return path


def linked(files: Files, folder: Path) -> tuple[Matched, float]:
    """What ``link`` does, in steps, since ids that stand twice would not tell rows apart."""
    registry = written(folder / "R.csv", files, files.records, COLUMNS)
    roster = written(folder / "S.csv", files, files.rows, (*COLUMNS, "employer_name", "hire_date"))
    began = time.process_time()
    told: list[str] = []
    records, lines = (features_with_id(read_cells(path, told), path, told) for path in (registry, roster))
    matched = match(records, lines, load_model())
    answer_csv(matched, lines["id"])
    return matched, time.process_time() - began


def counted(files: Files, matched: Matched) -> tuple[dict[str, Counter[str]], int]:
    """Counts by kind, with ``all`` first; rows without exactly one outcome."""
    said: dict[int, list[tuple[str, int | None]]] = defaultdict(list)
    for line in matched.answer.select(["row", "outcome", "who"]).to_pylist():
        said[line["row"]].append((line["outcome"], line["who"]))
    registered = set(files.records_of)
    counts: dict[str, Counter[str]] = {"all": Counter()}
    faulty = 0
    for row, (person, kind) in enumerate(zip(files.rows_of, files.kinds, strict=True)):
        outcomes = [outcome for outcome, _ in said[row]]
        faulty += len(set(outcomes)) != 1 or (outcomes[0] != "review" and len(outcomes) > 1)
        found = any(who is not None and files.records_of[who] == person for _, who in said[row])
        outcome = outcomes[0] if outcomes[0] != "same" else "right" if found else "wrong"
        for each in ("all", kind):
            counts.setdefault(each, Counter()).update(
                ["rows", outcome, *(["known"] if person in registered else []), *(["found"] if found else [])]
            )
    return counts, faulty


def pairs(labels: Counter[object]) -> int:
    return sum(n * (n - 1) // 2 for n in labels.values())


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--draw", nargs="*", default=[*DRAWS])
    parser.add_argument("--kinds", action="store_true", help="every kind, not only what is wrong or not found")
    asked = parser.parse_args()
    faults = 0
    print("| draw | rows | precision | recall with review | automatically | in review | pairs of rows | found | CPU |")
    print("| --- | --- | --- | --- | --- | --- | --- | --- | --- |")
    for name in asked.draw:
        files = DRAWS[name](random.Random(f"{name} {asked.seed}"))  # noqa: S311
        with tempfile.TemporaryDirectory() as folder:
            matched, cpu = linked(files, Path(folder))
        counts, faulty = counted(files, matched)
        faults += faulty
        whole = counts["all"]
        known = max(whole["known"], 1)
        person = matched.person.to_pylist()
        told, true = pairs(Counter(person)), pairs(Counter(files.rows_of))
        right = pairs(Counter(zip(person, files.rows_of, strict=True)))
        print(
            f"| {name} | {whole['rows']} | {whole['right'] / max(whole['right'] + whole['wrong'], 1):.5f} "
            f"({whole['wrong']} wrong) | {whole['found'] / known:.4f} | {whole['right'] / known:.4f} "
            f"| {whole['review'] / whole['rows']:.2%} | {told - right} of {told} wrong "
            f"| {f'{right / true:.4f} of {true}' if true else ''} | {cpu:.1f} s |",
            flush=True,
        )
        for kind, each in sorted(counts.items()):
            if kind != "all" and (asked.kinds or each["wrong"] or each["found"] < each["known"] or each["review"]):
                print(
                    f"    {kind:44} {each['rows']:5} rows, {each['known']:5} registered: {each['right']} right, "
                    f"{each['wrong']} WRONG, {each['review']} in review, {each['known'] - each['found']} not found"
                )
    if faults:
        print(f"{faults} rows without exactly one outcome")
    return bool(faults)


if __name__ == "__main__":
    sys.exit(main())
