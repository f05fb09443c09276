"""Tokens: keyed blind indexes on which rows are joined without clear values (HMAC-SHA-256, RFC 2104, 16 bytes).

The kind of value goes into the token, so that a phone never equals a number. Equal values are hashed once.
"""

from __future__ import annotations

import hashlib

import pyarrow as pa
import pyarrow.compute as pc

TOKEN_BYTES = 16


def token_all(key: bytes, kind: str, values: pa.Array | pa.ChunkedArray) -> pa.Array:
    """Tokens of a string array: ``binary`` of 16 bytes, null where the value is null or empty."""
    if isinstance(values, pa.ChunkedArray):
        values = values.combine_chunks()
    values = pc.if_else(pc.equal(values, ""), pa.scalar(None, pa.string()), values)
    encoded = pc.dictionary_encode(values)
    inner, outer = _states(key)
    inner.update(kind.encode() + b"\x00")
    begin, end = inner.copy, outer.copy
    tokens = []
    for value in encoded.dictionary.cast(pa.binary()).to_pylist():
        within, without = begin(), end()
        within.update(value)
        without.update(within.digest())
        tokens.append(without.digest()[:TOKEN_BYTES])
    return pa.array(tokens, pa.binary()).take(encoded.indices)


def _states(key: bytes) -> tuple[hashlib._Hash, hashlib._Hash]:
    """The inner and outer hash of an HMAC under ``key``, at most a block long, before any text (RFC 2104, 4): what all
    tokens have in common is hashed once, which the module hmac does for each."""
    padded = key.ljust(hashlib.sha256().block_size, b"\x00")
    return hashlib.sha256(bytes(b ^ 0x36 for b in padded)), hashlib.sha256(bytes(b ^ 0x5C for b in padded))
