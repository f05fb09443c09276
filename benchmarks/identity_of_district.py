"""Whom the pipeline took the rows of a generated district for, by its truth: `./clearbase generate D --seed N`,
`registry load` and `ingest` as it says, then
`PYTHONPATH=plugins .venv/bin/python benchmarks/identity_of_district.py D`.

Of rows: those given to a registered person automatically, and rightly; those in review; of persons in the registry how
many rows were found. Of pairs of rows that stand for one person: how many do, and how many of all.
"""

from __future__ import annotations

import csv
import gzip
import hashlib
import sys
from collections import Counter, defaultdict
from pathlib import Path

from sqlalchemy import text

from clearbase.quality.registry import canonical_records
from clearbase.reading.catalogue import load_catalogue
from clearbase.reading.file import read_roster
from clearbase.settings import EXPECTATIONS, told_settings
from clearbase.warehouse.database import open_database

LINES = """SELECT encode(s.file_sha256, 'hex') AS file, l.sheet, l.row_no, p.person_id, p.candidate_person_id, d.rule
FROM ledger.roster_line AS l JOIN intake.submission AS s USING (submission_id)
JOIN identity.line_person AS p USING (line_id)
JOIN LATERAL (SELECT rule FROM ledger.identity_decision AS d WHERE d.line_id = l.line_id
              ORDER BY decision_id DESC LIMIT 1) AS d ON true"""
RECORDS = (
    "SELECT r.row_no, p.person_id FROM ledger.registry_record AS r JOIN identity.record_person AS p USING (record_id)"
)


def main() -> None:
    folder = Path(sys.argv[1])
    truth = {}
    hashes: dict[str, str] = {}
    with gzip.open(folder / "truth" / "lines.csv.gz", "rt", encoding="utf-8", newline="") as rows:
        for row in csv.DictReader(rows):
            file = row["file"]
            if file not in hashes:
                hashes[file] = hashlib.sha256((folder / "rosters" / file).read_bytes()).hexdigest()
            truth[hashes[file], int(row["position"]), int(row["row"])] = row
    with (folder / "truth" / "people.csv").open(encoding="utf-8", newline="") as rows:
        owners = {
            number: row["person_id"]
            for row in csv.DictReader(rows)
            for number in row["registry_ids"].split(";")
            if number
        }
    extract = folder / "registry.csv"
    read = read_roster(
        extract.read_bytes(), extract.name, load_catalogue(EXPECTATIONS / "registry_fields.csv"), every_month=True
    )
    records = canonical_records(read).records
    number_at = dict(zip(records["row"].to_pylist(), records["registry_no"].to_pylist(), strict=True))
    with open_database(told_settings()) as database, database.loader.connect() as connection:
        lines = connection.execute(text(LINES)).all()
        people_of: dict[int, set[str]] = defaultdict(set)
        for row in connection.execute(text(RECORDS)):
            people_of[row.person_id].add(owners.get(number_at[row.row_no], "?"))
    registered = set(owners.values())
    counts: Counter[str] = Counter()
    by_dirt: dict[str, Counter[str]] = defaultdict(Counter)
    pairs: Counter[tuple[int, str]] = Counter()
    for line in lines:
        known = truth.get((line.file, line.sheet, line.row_no))
        if known is None:
            continue
        person = known["person_id"]
        said = people_of.get(line.person_id)
        maybe = people_of.get(line.candidate_person_id or 0, set())
        word = "review" if line.candidate_person_id else "nobody"
        if said:
            word = "right" if person in said else "WRONG"
        words = ["rows", word]
        if person in registered:
            words += ["registered", *(["found"] if person in (said or maybe) else ["MISSED"])]
        for each in (counts, *(by_dirt[kind] for kind in (known["dirt"] or "clean").split(";"))):
            each.update(words)
        if line.candidate_person_id is None:
            pairs[line.person_id, person] += 1
    print(dict(counts))
    for kind, each in sorted(by_dirt.items(), key=lambda item: -item[1]["rows"]):
        print(f"  {kind:34} {dict(each)}")
    ours: Counter[int] = Counter()
    true: Counter[str] = Counter()
    for (own, person), many in pairs.items():
        ours[own] += many
        true[person] += many
    twos = lambda c: sum(n * (n - 1) // 2 for n in c.values())  # noqa: E731
    together, right, all_true = twos(ours), twos(pairs), twos(true)
    print(f"pairs of rows: {together - right} of {together} wrong; {right / all_true:.5f} of {all_true} found")


if __name__ == "__main__":
    main()
