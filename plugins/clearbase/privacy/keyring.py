"""The keys of a home: the key-encryption (master) key and the token key, from wherever ``key_sources`` finds them.

Keys form a chain: the master key wraps data keys (``identity.data_key``, versioned), a data key wraps each person's key
(``identity.person_key``, deletable) and each landing file's key. Rotating one link rewraps the next; no sealed row
changes. While the master key is rotated there are two, and what is under either opens.
"""

from __future__ import annotations

import hashlib
import hmac
import os
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field

from clearbase.errors import SealError, SetupError
from clearbase.privacy.key_sources import KEY_BYTES, NEXT, find_key, needed_key
from clearbase.privacy.sealing import key_of, open_sealed, seal, seal_all
from clearbase.settings import Settings


@dataclass
class Keyring:
    """``data_keys``: key id → key; the ``newest`` wraps what is new. ``next_master``: while that key is rotated.
    ``again``: makes the ring anew, for a key that came since it was made."""

    master: bytes = field(repr=False)
    token: bytes = field(repr=False)
    data_keys: dict[int, bytes] = field(default_factory=dict, repr=False)
    next_master: bytes | None = field(default=None, repr=False)
    again: Callable[[], Keyring] | None = field(default=None, repr=False)

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
        """What ``wrap`` sealed, in whichever process and under whichever data key. Raises SealError."""
        if key_of(wrapped) not in self.data_keys:
            self.refresh()
        return open_sealed(self.data_keys, wrapped, context)

    def refresh(self) -> None:
        """Take in the keys that were made since."""
        if self.again is not None:
            now = self.again()
            self.master, self.next_master = now.master, now.next_master
            self.data_keys.update(now.data_keys)


def load_keyring(settings: Settings, *, may_create: bool) -> Keyring:
    """The keys that are not in the database. With ``may_create`` absent files are made; without it (the database
    already holds rows sealed under a key) an absent key is a SetupError, since a new one would open nothing."""
    following = find_key(settings, NEXT)
    # A rotation that was cut short may have left the next one alone.
    master = find_key(settings, "master") or following or needed_key(settings, "master", may_create=may_create)
    return Keyring(master, needed_key(settings, "token", may_create=may_create), next_master=following)


def new_data_key(keyring: Keyring, key_id: int) -> bytes:
    """Make data key ``key_id``, add it to the ring and return it wrapped under the key-encryption key."""
    key = os.urandom(KEY_BYTES)
    keyring.data_keys[key_id] = key
    return wrap_data_key(keyring.master, key_id, key)


def wrap_data_key(master: bytes, key_id: int, key: bytes) -> bytes:
    """A data key as the base keeps it."""
    return seal(master, 0, key, _place(key_id))


def unwrap_data_key(keyring: Keyring, key_id: int, wrapped: bytes) -> None:
    """Open a wrapped data key into the ring, under the master key or the next one: whichever opens it is the master key
    from then on. Raises SetupError where neither does."""
    for master in filter(None, (keyring.master, keyring.next_master)):
        try:
            keyring.data_keys[key_id] = open_sealed({0: master}, wrapped, _place(key_id))
        except SealError:
            continue
        if master != keyring.master:
            keyring.master, keyring.next_master = master, keyring.master
        return
    raise SetupError("the master key is not the one that this database was sealed with")


def _place(key_id: int) -> bytes:
    return b"data-key:%d" % key_id


def token_check(keyring: Keyring) -> bytes:
    """What the database remembers of the token key, to refuse another one: tokens under two keys never meet."""
    return hmac.new(keyring.token, b"clearbase token check", hashlib.sha256).digest()
