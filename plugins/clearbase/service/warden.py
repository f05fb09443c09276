"""Outlives `up` by a moment: when `up` is gone, however it went, nothing that it started stays.

``python -m clearbase.service.warden MARK`` reads its standard input, which `up` holds open: the session of each
component that it starts, a line each.
"""

from __future__ import annotations

import subprocess
import sys
import time
from dataclasses import dataclass

from clearbase.service.components import end_all, started_by

GRACE_SECONDS = 15.0  # components end by themselves when `up` dies; what they leave is killed


@dataclass(frozen=True)
class Warden:
    """The process that stands by; ``with`` it for as long as something may run."""

    process: subprocess.Popen[bytes]

    def note(self, session: int) -> None:
        """Tell it of a session before anything can go wrong with it."""
        assert self.process.stdin is not None
        self.process.stdin.write(b"%d\n" % session)
        self.process.stdin.flush()

    def dismiss(self) -> None:
        """Let it look once more and end."""
        self.process.communicate()


def start_warden(mark: str) -> Warden:
    """The warden of a start; the end of the pipe to it is what it waits for."""
    return Warden(
        subprocess.Popen(
            [sys.executable, "-m", "clearbase.service.warden", mark],
            stdin=subprocess.PIPE,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )
    )


def main() -> None:
    """Read sessions to the end of the pipe, give their processes time to end, then kill what is left."""
    mark, sessions = sys.argv[1], {int(line) for line in sys.stdin}
    deadline = time.monotonic() + GRACE_SECONDS
    while started_by(mark, sessions) and time.monotonic() < deadline:
        time.sleep(0.2)
    end_all(mark, sessions)


if __name__ == "__main__":
    main()
