"""Keys: made once, mode 0600, refused with one line where they are lost, wrong or readable by others."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from clearbase.errors import SetupError
from clearbase.privacy.keyring import load_keyring, new_data_key, token_check, unwrap_data_key
from clearbase.settings import Settings


def test_keys_are_made_once_and_private(tmp_path: Path) -> None:
    settings = Settings(home=tmp_path)
    first, second = (load_keyring(settings, may_create=True) for _ in range(2))
    assert (first.master, first.token) == (second.master, second.token)
    assert first.master != first.token
    for name in ("master.key", "token.key"):
        assert (tmp_path / "keys" / name).stat().st_mode & 0o777 == 0o600
    assert token_check(first) == token_check(second)
    assert first.master.hex() not in repr(first)


def test_a_lost_key_is_not_made_anew(tmp_path: Path) -> None:
    with pytest.raises(SetupError, match="master key is missing"):
        load_keyring(Settings(home=tmp_path), may_create=False)
    assert not (tmp_path / "keys" / "master.key").exists()


def test_a_wrong_key_is_told(tmp_path: Path) -> None:
    ring = load_keyring(Settings(home=tmp_path), may_create=True)
    wrapped = new_data_key(ring, 1)
    other = load_keyring(Settings(home=tmp_path, master_key="ab" * 32, token_key="cd" * 32), may_create=False)
    with pytest.raises(SetupError, match="master key is not the one"):
        unwrap_data_key(other, 1, wrapped)
    assert token_check(other) != token_check(ring)


@pytest.mark.parametrize("text", ["", "zz", "ab" * 31, "ab" * 33])
def test_a_key_of_the_wrong_form_is_told_without_showing_it(tmp_path: Path, text: str) -> None:
    with pytest.raises(SetupError, match="64 hexadecimal digits") as told:
        load_keyring(Settings(home=tmp_path, master_key=text, token_key="cd" * 32), may_create=True)
    assert not text or text not in str(told.value)


def test_a_key_that_others_can_read_is_refused(tmp_path: Path) -> None:
    load_keyring(Settings(home=tmp_path), may_create=True)
    (tmp_path / "keys" / "master.key").chmod(0o644)
    with pytest.raises(SetupError, match="mode 0600"):
        load_keyring(Settings(home=tmp_path), may_create=True)


def _folder(path: Path) -> None:
    path.mkdir(mode=0o700)


def _not_text(path: Path) -> None:
    path.write_bytes(b"\xff\xfe\x80" * 20)
    path.chmod(0o600)


@pytest.mark.parametrize(("spoil", "says"), [(_folder, "is a folder"), (_not_text, "is not text")])
def test_a_broken_key_file_is_told_by_its_name(tmp_path: Path, spoil: Callable[[Path], None], says: str) -> None:
    path = tmp_path / "keys" / "master.key"
    path.parent.mkdir()
    spoil(path)
    with pytest.raises(SetupError, match=says) as told:
        load_keyring(Settings(home=tmp_path), may_create=True)
    assert str(path) in str(told.value) and "backup" in str(told.value)
