"""Where keys come from that are in no database: the environment, a command (of a vault, a KMS), a file of mode 0600."""

from __future__ import annotations

import secrets
import shlex
import subprocess
from pathlib import Path

from clearbase.errors import SetupError
from clearbase.runtime.private_files import create_private, read_private
from clearbase.settings import Settings

KEY_BYTES = 32
NEXT = "next_master"  # what the master key is to be, while it is rotated
COMMAND_SECONDS = 30


def find_key(settings: Settings, name: str) -> bytes | None:
    """The key of this name, or None; the environment goes before a command, a command before a file. Raises SetupError,
    which never shows a key, where one is of the wrong form or cannot be asked for."""
    value, command = getattr(settings, f"{name}_key"), getattr(settings, f"{name}_key_command")
    if value is not None:
        return _checked(value.get_secret_value(), _variable(name))
    if command is not None:
        return _checked(printed_by(command, f"{_variable(name)}_COMMAND"), f"what {_variable(name)}_COMMAND printed")
    path = key_file(settings, name)
    return _checked(read_private(path), str(path)) if path.exists() else None


def needed_key(settings: Settings, name: str, *, may_create: bool) -> bytes:
    """As ``find_key``, but an absent one is made in its file, if it may be; else SetupError says where it should be."""
    key, path = find_key(settings, name), key_file(settings, name)
    if key is not None:
        return key
    if not may_create:
        raise SetupError(
            f"the {name} key is missing: the database was sealed with one, but {path} is not there, and neither "
            f"{_variable(name)} nor {_variable(name)}_COMMAND is set"
        )
    return _checked(make_key_file(path), str(path))


def source_of(settings: Settings, name: str) -> str | None:
    """Where the key comes from, in words; None where there is none."""
    if getattr(settings, f"{name}_key") is not None:
        return _variable(name)
    if getattr(settings, f"{name}_key_command") is not None:
        return f"{_variable(name)}_COMMAND"
    path = key_file(settings, name)
    return str(path) if path.exists() else None


def is_from_file(settings: Settings, name: str) -> bool:
    """Whether the key is read from its file, so that it is ours to replace."""
    return getattr(settings, f"{name}_key") is None and getattr(settings, f"{name}_key_command") is None


def key_file(settings: Settings, name: str) -> Path:
    return settings.keys_folder / f"{name}.key"


def make_key_file(path: Path) -> str:
    """A new key in a file that only its owner may read; where one is there already, that."""
    return create_private(path, secrets.token_hex(KEY_BYTES))


def _variable(name: str) -> str:
    return f"CLEARBASE_{name.upper()}_KEY"


def printed_by(command: str, what: str) -> str:
    """What the command prints. It is run without a shell, and its words, which may be the key, are told to nobody."""
    try:
        done = subprocess.run(
            shlex.split(command), capture_output=True, text=True, timeout=COMMAND_SECONDS, stdin=subprocess.DEVNULL
        )
    except ValueError:
        raise SetupError(
            f"{what} cannot be read as a command: a quote is not closed, or its output is no text"
        ) from None
    except subprocess.TimeoutExpired:
        raise SetupError(f"{what} did not answer within {COMMAND_SECONDS} s") from None
    except OSError as error:
        raise SetupError(f"{what} cannot be run: {error.strerror}") from None
    if done.returncode:
        raise SetupError(f"{what} ended with exit code {done.returncode}")
    return done.stdout


def _checked(text: str, where: str) -> bytes:
    try:
        key = bytes.fromhex(text.strip())
    except ValueError:
        key = b""
    if len(key) != KEY_BYTES:
        raise SetupError(f"{where} must hold {2 * KEY_BYTES} hexadecimal digits")
    return key
