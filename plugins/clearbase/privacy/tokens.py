"""Tokens: keyed blind indexes on which rows are joined without clear values (HMAC-SHA-256, RFC 2104, 16 bytes).

The kind of value goes into the token, so that a phone never equals a number. Equal values are hashed once.
"""

from __future__ import annotations

import hashlib
import hmac

import pyarrow as pa
import pyarrow.compute as pc

TOKEN_BYTES = 16


def token_all(key: bytes, kind: str, values: pa.Array | pa.ChunkedArray) -> pa.Array:
    """Tokens of a string array: ``binary`` of 16 bytes, null where the value is null or empty."""
    if isinstance(values, pa.ChunkedArray):
        values = values.combine_chunks()
    values = pc.if_else(pc.equal(values, ""), pa.scalar(None, pa.string()), values)
    encoded = pc.dictionary_encode(values)
    base = hmac.new(key, kind.encode() + b"\x00", hashlib.sha256)
    tokens = []
    for value in encoded.dictionary.to_pylist():
        state = base.copy()
        state.update(value.encode())
        tokens.append(state.digest()[:TOKEN_BYTES])
    return pa.array(tokens, pa.binary()).take(encoded.indices)
