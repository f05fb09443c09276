"""What `up` and `demo` do and print. Progress goes to standard error, tables to standard output."""

from __future__ import annotations

import contextlib
import sys
import time

from clearbase.console import add_employers, print_status, told
from clearbase.district.generate import generate_district
from clearbase.service import demo
from clearbase.service.airflow_home import USER
from clearbase.service.up import service
from clearbase.settings import Settings, told_settings
from clearbase.warehouse.database import open_database

SEED = 7


def run_up() -> None:
    """``up``."""
    settings = told_settings()
    began = time.monotonic()
    with contextlib.suppress(KeyboardInterrupt), service(settings, say) as running:
        running.wait_until_healthy()
        say(f"ready after {time.monotonic() - began:.0f} s")
        told.print(f"  Airflow       {running.home.url}   user {USER}, password in {running.home.passwords}")
        told.print(f"  drop folder   {settings.drop_folder}/<credit code>/inbox   (employer add makes them)")
        told.print(f"  registry      {settings.registry_inbox}")
        told.print(f"  logs          {running.home.logs}")
        print_connections(settings)
        told.print("  Ctrl-C stops it all; started again it goes on from where it was.")
        running.run()
    say("stopped")


def print_connections(settings: Settings) -> None:
    """How each role connects; passwords stand in their file, not on the screen."""
    with open_database(settings) as database:
        for word, url in database.people.items():
            told.print(f"  {word:<13} {url.set(drivername='postgresql').render_as_string()}")
    told.print(
        f"                passwords in {settings.keys_folder / 'postgres.json'}; or ./clearbase psql --role analyst"
    )


def say(line: str) -> None:
    """A line of progress with its time."""
    told.print(f"{time.strftime('%H:%M:%S')} {line}")
    sys.stderr.flush()


def run_demo(residents: int, employers: int, months: int) -> int:
    """``demo``: 0 where every row of every file is accounted for, each as the district's truth says."""
    settings = told_settings()
    began = time.monotonic()
    district = settings.home / "district"
    try:
        if not (district / "truth" / "files.csv").is_file():
            say(f"making a synthetic district: {residents:,} residents, {employers} employers, {months} months")
            made = generate_district(
                district, seed=SEED, residents=residents, employers=employers, months=months, dirt=1.0
            )
            say(f"  {made}")
        with service(settings, say) as running, open_database(settings) as database:
            running.wait_until_healthy()
            say(f"Airflow is ready: {running.home.url}, user {USER}, password in {running.home.passwords}")
            add_employers(None, None, None, district / "employers.csv")
            running.rest.wait_for_dags(demo.DAGS)
            say(f"registry: {demo.load_registry_by_dag(settings, running, district / 'registry.csv')}")
            with database.loader.begin() as connection:
                since = demo.last_submission(connection)
            dropped = demo.drop_by_month(settings, database, running, district, say, since)
            say(f"verify_warehouse: {demo.verify_by_dag(running)}")
            with database.loader.begin() as connection:
                row = demo.answered(connection, since)
    except KeyboardInterrupt:
        say("stopped before its end")
        return 130
    print_status()
    accounted = (row.files, row.answered, row.lines) == (dropped.files, dropped.files, dropped.lines)
    say(
        f"{dropped.files} files, {dropped.lines} lines of people dropped; {row.answered} files and {row.lines} lines "
        f"accounted for: {'every row' if accounted else 'NOT EVERY ROW'}; {time.monotonic() - began:.0f} s in all"
    )
    say(f"the data stay in {settings.home}; look at them: ./clearbase up, ./clearbase status, ./clearbase psql")
    return int(not accounted)
