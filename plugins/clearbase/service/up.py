"""`up`: Postgres and Airflow in the foreground, all of it stopped with it."""

from __future__ import annotations

import contextlib
import fcntl
import secrets
import signal
import socket
import time
from collections.abc import Iterator
from types import FrameType

from clearbase.errors import SetupError
from clearbase.runtime.postgres import EmbeddedServer, embedded_server
from clearbase.runtime.private_files import make_drop_folder, private_folder
from clearbase.service.airflow_home import USER, AirflowHome, airflow_home, password
from clearbase.service.components import Components, Tell
from clearbase.service.metadata import make_metadata, metadata_url, migrate_metadata
from clearbase.service.rest import PARTS, Rest, health
from clearbase.service.warden import start_warden
from clearbase.settings import Settings
from clearbase.warehouse.database import open_database

HEALTHY_SECONDS = 180
LOOK_SECONDS, HEALTH_SECONDS = 0.5, 5.0


class Service:
    """Airflow that runs: what `up` waits with and `demo` works with."""

    def __init__(self, home: AirflowHome, components: Components, server: EmbeddedServer | None, tell: Tell) -> None:
        self.home, self.components, self.server, self.tell = home, components, server, tell
        self.rest = Rest(home.url, USER, password(home))
        self.health = dict.fromkeys(PARTS, "away")

    def wait_until_healthy(self) -> None:
        """Raises SetupError where it takes too long; what dies meanwhile is started again and told."""
        deadline = time.monotonic() + HEALTHY_SECONDS
        while set(self.look().values()) != {"healthy"}:
            if time.monotonic() > deadline:
                raise SetupError(f"Airflow is not healthy after {HEALTHY_SECONDS} s; its logs: {self.home.logs}")
            time.sleep(LOOK_SECONDS)

    def look(self) -> dict[str, str]:
        """Watch the components and tell which parts have changed."""
        self.components.watch()
        now = health(self.home.url)
        for part in PARTS:
            if now[part] != self.health[part]:
                self.tell(f"{part} is {now[part]}")
        self.health = now
        return now

    def run(self) -> None:
        """Until SIGTERM or Ctrl-C."""
        next_health = 0.0
        while True:
            if self.server is not None and self.server.revive():
                self.tell("Postgres had ended and is started again")
            if time.monotonic() >= next_health:
                self.look()
                next_health = time.monotonic() + HEALTH_SECONDS
            self.components.watch()
            time.sleep(LOOK_SECONDS)


@contextlib.contextmanager
def service(settings: Settings, tell: Tell) -> Iterator[Service]:
    """Start everything of a home for the length of a ``with`` block; nothing of it is left running after that."""
    with _only_one(settings), _signals(), contextlib.ExitStack() as stack:
        server: EmbeddedServer | None = None
        if settings.database_url is None:
            tell("starting Postgres")
            server = stack.enter_context(embedded_server(settings))
            make_metadata(settings, server)
        with open_database(settings):  # both schemas are in place before anybody works with them
            pass
        make_drop_folder(settings)
        private_folder(settings.registry_inbox)
        mark = secrets.token_hex(8)
        ports = (_port(settings.airflow_port), _port(0), _port(0))
        home = airflow_home(settings, metadata_url(settings, server), ports, mark)
        if migrate_metadata(settings, home, server):
            tell("Airflow's database is at its version")
        tell("starting Airflow")
        warden = start_warden(mark)
        components = Components(home, tell, warden.note)
        try:
            components.start()
            yield Service(home, components, server, tell)
        finally:
            tell("stopping Airflow")
            with _undisturbed():
                components.stop()
                warden.dismiss()


@contextlib.contextmanager
def _only_one(settings: Settings) -> Iterator[None]:
    folder = private_folder(settings.home / "run")
    with (folder / "up.lock").open("a") as lock:
        try:
            fcntl.flock(lock.fileno(), fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise SetupError(f"another `clearbase up` or `demo` runs in {settings.home}; stop it first") from None
        yield


@contextlib.contextmanager
def _signals() -> Iterator[None]:
    """SIGTERM ends the service as Ctrl-C does; SIGINT too where a shell started us deaf to it."""

    def stop(number: int, frame: FrameType | None) -> None:
        raise KeyboardInterrupt

    before = {number: signal.signal(number, stop) for number in (signal.SIGTERM, signal.SIGINT)}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


@contextlib.contextmanager
def _undisturbed() -> Iterator[None]:
    """A second Ctrl-C does not cut the stopping short; SIGKILL does, and then the warden finishes it."""
    before = {number: signal.signal(number, signal.SIG_IGN) for number in (signal.SIGINT, signal.SIGTERM)}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


def _port(wanted: int) -> int:
    """The port, or any free one for 0. Raises SetupError where it is taken."""
    try:
        with socket.create_server(("127.0.0.1", wanted)) as probe:
            return int(probe.getsockname()[1])
    except OSError:
        raise SetupError(
            f"port {wanted} is taken; set CLEARBASE_AIRFLOW_PORT to another one, or to 0 for any"
        ) from None
