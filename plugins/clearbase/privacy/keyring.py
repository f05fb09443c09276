"""The keys of a home: the key-encryption key and the token key, from the environment or from files of mode 0600.

Keys form a chain: the key-encryption key wraps data keys (``identity.data_key``, versioned), a data key wraps each
person's key (``identity.person_key``, deletable) and each landing file's key. Rotating one link rewraps the next; no
sealed row changes.
"""

from __future__ import annotations

import hashlib
import hmac
import os
import secrets
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from clearbase.errors import SealError, SetupError
from clearbase.privacy.sealing import open_sealed, seal, seal_all
from clearbase.runtime.private_files import create_private, read_private
from clearbase.settings import Settings

KEY_BYTES = 32


@dataclass
class Keyring:
    """``data_keys``: key id → key, newest last; ``newest`` wraps what is new."""

    master: bytes = field(repr=False)
    token: bytes = field(repr=False)
    data_keys: dict[int, bytes] = field(default_factory=dict, repr=False)

    @property
    def newest(self) -> int:
        return max(self.data_keys)

    def wrap(self, key: bytes, context: bytes) -> bytes:
        """Seal ``key`` under the newest data key; it opens only in the same ``context``."""
        return seal(self.data_keys[self.newest], self.newest, key, context)

    def wrap_all(self, keys: Sequence[bytes], contexts: Iterable[bytes]) -> list[bytes]:
        """As ``wrap``, each in its own context: one cipher and one draw of nonces for all."""
        newest = self.newest
        return seal_all(self.data_keys[newest], newest, keys, contexts)

    def unwrap(self, wrapped: bytes, context: bytes) -> bytes:
        return open_sealed(self.data_keys, wrapped, context)


def load_keyring(settings: Settings, *, may_create: bool) -> Keyring:
    """The two keys that are not in the database. With ``may_create`` absent files are made; without it (the database
    already holds rows sealed under a key) an absent key is a SetupError, since a new one would open nothing."""
    return Keyring(_key(settings, "master", may_create), _key(settings, "token", may_create))


def _key(settings: Settings, name: str, may_create: bool) -> bytes:
    given = getattr(settings, f"{name}_key")
    path = settings.keys_folder / f"{name}.key"
    if given is not None:
        text, where = given.get_secret_value().strip(), f"CLEARBASE_{name.upper()}_KEY"
    elif path.exists():
        text, where = read_private(path), str(path)
    elif may_create:
        text, where = create_private(path, secrets.token_hex(KEY_BYTES)), str(path)
    else:
        raise SetupError(
            f"the {name} key is missing: the database was sealed with one, but {path} is not there "
            f"and CLEARBASE_{name.upper()}_KEY is not set"
        )
    try:
        key = bytes.fromhex(text)
    except ValueError:
        key = b""
    if len(key) != KEY_BYTES:
        raise SetupError(f"{where} must hold {2 * KEY_BYTES} hexadecimal digits")
    return key


def new_data_key(keyring: Keyring, key_id: int) -> bytes:
    """Make data key ``key_id``, add it to the ring and return it wrapped under the key-encryption key."""
    key = os.urandom(KEY_BYTES)
    keyring.data_keys[key_id] = key
    return seal(keyring.master, 0, key, b"data-key:%d" % key_id)


def unwrap_data_key(keyring: Keyring, key_id: int, wrapped: bytes) -> None:
    """Open a wrapped data key into the ring. Raises SetupError where the key-encryption key is another one."""
    try:
        keyring.data_keys[key_id] = open_sealed({0: keyring.master}, wrapped, b"data-key:%d" % key_id)
    except SealError:
        raise SetupError("the master key is not the one that this database was sealed with") from None


def token_check(keyring: Keyring) -> bytes:
    """What the database remembers of the token key, to refuse another one: tokens under two keys never meet."""
    return hmac.new(keyring.token, b"clearbase token check", hashlib.sha256).digest()
