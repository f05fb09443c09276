"""The files of a batch in a few chunks of like weight, so that they are read side by side."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from clearbase.warehouse.database import Database
from clearbase.warehouse.statements import statement

MOST_CHUNKS: Final = 4  # a mapped task costs about a second, and there are four hands
CHUNK_BYTES: Final = 2 * 2**20  # less is read before another task has begun
FILE_BYTES: Final = 20_000  # what a file costs whatever its size, told in bytes


@dataclass(frozen=True)
class Chunk:
    """``submission_ids`` in the order in which they are read; ``label`` names no person."""

    submission_ids: list[int]
    label: str
    weight: int


def chunks_of(database: Database, batch_id: int) -> list[Chunk]:
    """The batch's claimed files, heaviest first onto the lightest chunk. Files of the same bytes go together: the
    second of two is known for a repeat only once the first was read."""
    with database.loader.begin() as connection:
        rows = connection.execute(statement("intake/claimed_in_batch"), {"batch_id": batch_id}).all()
    alike: dict[bytes, list[tuple[int, str, int]]] = {}
    for row in rows:
        alike.setdefault(bytes(row.file_sha256), []).append((row.submission_id, row.file_name, row.file_bytes))
    groups = sorted(alike.values(), key=_weight, reverse=True)
    count = min(MOST_CHUNKS, len(groups), 1 + sum(map(_weight, groups)) // CHUNK_BYTES)
    chunks: list[list[tuple[int, str, int]]] = [[] for _ in range(count)]
    for group in groups:
        min(chunks, key=_weight).extend(group)
    return [Chunk([id for id, _, _ in sorted(files)], _label(files), _weight(files)) for files in chunks]


def _weight(files: list[tuple[int, str, int]]) -> int:
    return sum(size + FILE_BYTES for _, _, size in files)


def _label(files: list[tuple[int, str, int]]) -> str:
    first = min(files)[1]
    megabytes = sum(size for _, _, size in files) / 2**20
    return f"{first} 等 {len(files)} 份 {megabytes:.1f} MB" if len(files) > 1 else f"{first} {megabytes:.1f} MB"
