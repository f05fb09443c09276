"""Outlives `up` by a moment: when `up` is gone, however it went, nothing that it started stays.

``python -m clearbase.service.warden MARK`` reads its standard input, which `up` holds open and never writes to.
"""

from __future__ import annotations

import subprocess
import sys
import time

from clearbase.service.components import end_all, marked

GRACE_SECONDS = 15.0  # components end by themselves when `up` dies; what they leave is killed


def start_warden(mark: str) -> subprocess.Popen[bytes]:
    """The warden of a start; it ends when the pipe to it is closed."""
    return subprocess.Popen(
        [sys.executable, "-m", "clearbase.service.warden", mark],
        stdin=subprocess.PIPE,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )


def main() -> None:
    """Wait for the end of the pipe, then for the marked processes, then kill."""
    sys.stdin.buffer.read()
    deadline = time.monotonic() + GRACE_SECONDS
    while marked(sys.argv[1]) and time.monotonic() < deadline:
        time.sleep(0.2)
    end_all(sys.argv[1])


if __name__ == "__main__":
    main()
