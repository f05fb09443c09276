"""Sealing: AES-256-GCM, one blob a row (NIST SP 800-38D).

Layout of a sealed value: version (1 byte, 1) · key id (8 bytes, big-endian) · nonce (12 random bytes) · ciphertext and
tag. The associated data is the row's own name (table and id), so that a blob moved to another row does not open.
"""

from __future__ import annotations

import os
import struct
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

import numpy as np
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from clearbase.errors import SealError

VERSION = 1
NONCE_BYTES = 12
_HEAD = struct.Struct(">BQ")


def seal(key: bytes, key_id: int, clear: bytes, associated: bytes) -> bytes:
    """Seal one value under ``key``, which readers find by ``key_id``."""
    nonce = os.urandom(NONCE_BYTES)
    return _HEAD.pack(VERSION, key_id) + nonce + AESGCM(key).encrypt(nonce, clear, associated)


def seal_all(key: bytes, key_id: int, clears: Sequence[bytes], associated: Iterable[bytes]) -> list[bytes]:
    """Seal values under one key, each for its own place."""
    head, encrypt = _HEAD.pack(VERSION, key_id), AESGCM(key).encrypt
    drawn = os.urandom(NONCE_BYTES * len(clears))
    nonces = [drawn[start : start + NONCE_BYTES] for start in range(0, len(drawn), NONCE_BYTES)]
    return [head + n + encrypt(n, clear, place) for n, clear, place in zip(nonces, clears, associated, strict=True)]


def key_of(sealed: bytes) -> int:
    """The number of the key that a sealed value names. Raises SealError where it is too short or of another format."""
    if len(sealed) < _HEAD.size + NONCE_BYTES:
        raise SealError("a sealed value is too short")
    version, key_id = _HEAD.unpack_from(sealed)
    if version != VERSION:
        raise SealError(f"sealed format {version} is not known")
    return int(key_id)


def open_sealed(keys: Mapping[int, bytes], sealed: bytes, associated: bytes) -> bytes:
    """Open one value. Raises SealError for an unknown version or key and for any alteration."""
    key_id = key_of(sealed)
    if key_id not in keys:
        raise SealError("the key of a sealed value is gone")
    nonce = sealed[_HEAD.size : _HEAD.size + NONCE_BYTES]
    try:
        return AESGCM(keys[key_id]).decrypt(nonce, sealed[_HEAD.size + NONCE_BYTES :], associated)
    except InvalidTag:
        raise SealError("a sealed value does not open: another key or place, or altered") from None


def row_name(table: str, row_id: int) -> bytes:
    """The associated data of a row's blob: its place, so that it opens nowhere else."""
    return f"{table}:{row_id}".encode()


def seal_rows(
    table: str, row_ids: Sequence[int], key_ids: Sequence[int], keys: Mapping[int, bytes], clears: Iterable[bytes]
) -> list[bytes]:
    """Seal one blob a row, each under its own key. Heads and nonces are made for all at once; of ciphers, which take a
    kilobyte each, only those that are wanted again are kept."""
    heads = np.empty((len(row_ids), _HEAD.size + NONCE_BYTES), np.uint8)
    heads[:, 0] = VERSION
    heads[:, 1 : _HEAD.size] = np.array(key_ids, ">i8").view(np.uint8).reshape(-1, 8)
    heads[:, _HEAD.size :] = np.frombuffer(os.urandom(NONCE_BYTES * len(row_ids)), np.uint8).reshape(-1, NONCE_BYTES)
    begun = heads.view(f"V{heads.shape[1]}").ravel().tolist() if len(row_ids) else []
    again = {key_id for key_id, uses in Counter(key_ids).items() if uses > 1}
    ciphers = {key_id: AESGCM(keys[key_id]) for key_id in again}
    place = f"{table}:".encode() + b"%d"  # as row_name
    return [
        head + (ciphers.get(key_id) or AESGCM(keys[key_id])).encrypt(head[_HEAD.size :], clear, place % row_id)
        for head, key_id, clear, row_id in zip(begun, key_ids, clears, row_ids, strict=True)
    ]
