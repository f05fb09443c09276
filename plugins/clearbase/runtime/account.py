"""Which account of the machine is at work, as the operating system knows it."""

from __future__ import annotations

import os
import pwd


def acting_account() -> str:
    """The account of this process. What the environment says of it (``LOGNAME``) is anybody's word; of ``sudo``'s it is
    told as such."""
    uid = os.getuid()
    try:
        name = pwd.getpwuid(uid).pw_name
    except KeyError:  # a container's account has no name
        name = str(uid)
    before = os.environ.get("SUDO_USER")
    return f"{name} (sudo: {before})" if before else name
