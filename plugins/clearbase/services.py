"""What `up` and `demo` do and print. Progress goes to standard error, tables to standard output."""

from __future__ import annotations

import contextlib
import sys
import time

from clearbase.console import told
from clearbase.service.airflow_home import USER
from clearbase.service.up import service
from clearbase.settings import load_settings


def run_up() -> None:
    """``up``."""
    settings = load_settings()
    began = time.monotonic()
    with contextlib.suppress(KeyboardInterrupt), service(settings, say) as running:
        running.wait_until_healthy()
        say(f"ready after {time.monotonic() - began:.0f} s")
        told.print(f"  Airflow       {running.home.url}   user {USER}, password in {running.home.passwords}")
        told.print(f"  drop folder   {settings.drop_folder}/<credit code>/inbox   (employer add makes them)")
        told.print(f"  registry      {settings.registry_inbox}")
        told.print(f"  logs          {running.home.logs}")
        told.print("  Ctrl-C stops it all; started again it goes on from where it was.")
        running.run()
    say("stopped")


def say(line: str) -> None:
    """A line of progress with its time."""
    told.print(f"{time.strftime('%H:%M:%S')} {line}")
    sys.stderr.flush()
