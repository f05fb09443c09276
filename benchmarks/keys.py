"""What sealing and tokens cost beside their floor, and how long a rotation of data keys takes beside publications:
`PYTHONPATH=plugins .venv/bin/python benchmarks/keys.py`.

The floor is the ciphers and hashes themselves: AES-256-GCM of the same texts, each under its own key, and HMAC-SHA-256
of the same distinct values from hashed states, in a bare loop that keeps nothing.
"""

from __future__ import annotations

import argparse
import datetime as dt
import hashlib
import os
import tempfile
import threading
import time
from pathlib import Path

import pyarrow as pa
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from publishing import code, people, put

from clearbase.ledger.line_json import json_rows
from clearbase.pipeline.publish import publish_batch
from clearbase.pipeline.resolve import resolve_batch
from clearbase.pipeline.rotate import rotate_data_key
from clearbase.privacy.key_sources import KEY_BYTES
from clearbase.privacy.sealing import seal_rows
from clearbase.privacy.tokens import token_all
from clearbase.settings import Settings
from clearbase.warehouse.copying import copy_rows
from clearbase.warehouse.database import Database, open_database

TOKENS = {"number": "id_number", "name": "name", "phone": "phone"}
CHUNK = 10_000  # lines of a file
OTHERS = 10**12


def sealing(rows: int) -> None:
    key, used = os.urandom(KEY_BYTES), {"tokens": 0.0, "sealing": 0.0, "floor": 0.0}
    for first in range(0, rows, CHUNK):
        lines = people(first, CHUNK)
        ids = list(range(first, first + CHUNK))
        keys = {each: os.urandom(KEY_BYTES) for each in ids}
        clears = json_rows(lines, [n for n in lines.column_names if pa.types.is_string(lines[n].type)]).to_pylist()
        values = [v.encode() for column in TOKENS.values() for v in lines[column].unique().to_pylist()]
        began = time.process_time()
        for kind, column in TOKENS.items():
            token_all(key, kind, lines[column])
        tokens = time.process_time()
        seal_rows("roster_line", ids, ids, keys, clears)
        sealed = time.process_time()
        bare(keys, clears, values)
        used["tokens"] += tokens - began
        used["sealing"] += sealed - tokens
        used["floor"] += time.process_time() - sealed
    tokens, sealed, floor = (seconds / rows * 1e6 for seconds in used.values())
    print(f"{rows:,} rows of three tokens, CPU-s a million: tokens {tokens:.2f}, sealing {sealed:.2f}")
    print(f"  together {tokens + sealed:.2f}, hashes and ciphers alone {floor:.2f}: {(tokens + sealed) / floor:.2f} x")


def bare(keys: dict[int, bytes], clears: list[bytes], values: list[bytes]) -> None:
    nonce, place = os.urandom(12), b"roster_line:1234567"
    for key, clear in zip(keys.values(), clears, strict=True):
        AESGCM(key).encrypt(nonce, clear, place)
    begin, end = hashlib.sha256(b"i" * 64).copy, hashlib.sha256(b"o" * 64).copy
    for value in values:
        within, without = begin(), end()
        within.update(value)
        without.update(within.digest())
        without.digest()


def rotation(rows: int) -> None:
    with tempfile.TemporaryDirectory() as home:
        settings = Settings(home=Path(home) / "home")
        with open_database(settings) as database, open_database(settings) as beside:
            fill(database, rows)
            ends, published = threading.Event(), []
            others = threading.Thread(target=publishing, args=(settings, beside, ends, published))
            others.start()
            began, used = time.monotonic(), time.process_time()
            done = rotate_data_key(settings, database, lambda *_: None)
            took = time.monotonic() - began
            during = len(published)
            ends.set()
            others.join()
    print(
        f"{done.wrapped['person_keys']:,} keys wrapped anew in {took:.1f} s wall while {during} files of 500 lines were"
        f" published; this process with the publishing {time.process_time() - used:.1f} CPU-s"
    )


def fill(database: Database, rows: int) -> None:
    for first in range(OTHERS, OTHERS + rows, 100_000):
        ids = list(range(first, min(first + 100_000, OTHERS + rows)))
        places = [b"person-key:%d" % each for each in ids]
        wrapped = database.keyring.wrap_all([os.urandom(KEY_BYTES) for _ in ids], places)
        persons = [OTHERS + each for each in ids]  # whom the files do not name
        table = pa.table({"key_no": ids, "person_id": persons, "wrapped": pa.array(wrapped, pa.binary())})
        with database.loader.begin() as connection:
            copy_rows(connection, "identity.person_key", table)


def publishing(settings: Settings, database: Database, ends: threading.Event, published: list[int]) -> None:
    while not ends.is_set():
        nth = len(published)
        batch = put(settings, database, [(code(nth), people(nth * 500, 500))], dt.date(2026, 1, 1), "full")
        resolve_batch(settings, database, batch)
        publish_batch(settings, database, batch)
        published.append(batch)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rows", type=int, default=1_000_000)
    parser.add_argument("--only", choices=("sealing", "rotation"))
    asked = parser.parse_args()
    if asked.only != "rotation":
        sealing(asked.rows)
    if asked.only != "sealing":
        rotation(asked.rows)


if __name__ == "__main__":
    main()
