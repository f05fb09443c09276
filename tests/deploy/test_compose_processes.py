"""The commands and health checks of docker-compose.yml, run as processes: without an engine, they work together.

What a container gives is given by hand: its secrets (only those that the service names), its mounts, host names and
ports, all by replacing what stands in the file with what is here. PostgreSQL is the embedded server, the SFTP server
has a test of its own; everything else is started by the file's own words, in the file's own order.
"""

from __future__ import annotations

import contextlib
import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from graphlib import TopologicalSorter
from pathlib import Path

import psycopg2
import pytest
from compose_file import ONE_SHOTS, ComposeFile
from rosters import PEOPLE, roster

from clearbase.runtime.postgres import ADMIN, EmbeddedServer, embedded_server
from clearbase.settings import PROJECT, Settings

pytestmark = [
    pytest.mark.all("redis"),
    pytest.mark.skipif(
        shutil.which("redis-cli") is None, reason="needs redis-cli on PATH (apt-get install redis-tools)"
    ),
]

HEALTHY_SECONDS, STOP_SECONDS = 180, 60
# Fixed ports of the containers, which on one machine would meet those of others.
PORTS = ("postgres", "redis", "api-server", "worker", "triggerer")
EMPLOYER = "91350100M000100Y43"
DAGS = ("ingest_rosters", "load_registry", "verify_warehouse")


@dataclass
class Machine:
    """This machine in the place of the containers."""

    compose: ComposeFile
    root: Path
    ports: dict[str, int]
    programs: Path  # PostgreSQL's
    running: dict[str, subprocess.Popen[bytes]] = field(default_factory=dict)

    def local(self, service: str, text: str) -> str:
        """``text`` of the file with this machine's paths, hosts and ports."""
        here = {
            **{
                target: str(self.root / Path(source).name)
                for target, source in self.compose.bind_mounts(service).items()
            },
            "/run/secrets": str(self.root / "secrets-of" / service),
            "/var/lib/clearbase": str(self.root / "home"),
            "/srv/drop": str(self.root / "drop"),
            "/opt/clearbase": str(PROJECT),
            "@postgres:5432": f"@127.0.0.1:{self.ports['postgres']}",
            "--port=5432": f"--port={self.ports['postgres']}",
            "@redis:6379": f"@127.0.0.1:{self.ports['redis']}",
            "port 6379": f"port {self.ports['redis']}",
            "-p 6379": f"-p {self.ports['redis']}",
            "0.0.0.0": "127.0.0.1",
            "//api-server:8080": f"//127.0.0.1:{self.ports['api-server']}",
            "//localhost:8080": f"//127.0.0.1:{self.ports['api-server']}",
        }
        for there, place in here.items():
            text = text.replace(there, place)
        return text

    def environment(self, service: str) -> dict[str, str]:
        """The service's own environment and nothing of ours but where programs lie."""
        given = {k: self.local(service, v) for k, v in self.compose.services[service].get("environment", {}).items()}
        if service == "databases":
            given |= {"PGHOST": "127.0.0.1", "PGPORT": str(self.ports["postgres"])}
        else:
            given |= {
                "AIRFLOW__API__PORT": str(self.ports["api-server"]),
                "AIRFLOW__LOGGING__WORKER_LOG_SERVER_PORT": str(self.ports["worker"]),
                "AIRFLOW__LOGGING__TRIGGER_LOG_SERVER_PORT": str(self.ports["triggerer"]),
            }
        return {
            "PATH": os.pathsep.join([str(Path(sys.executable).parent), str(self.programs), os.environ["PATH"]]),
            "HOME": str(self.root),
            "HOSTNAME": socket.gethostname(),
            "LANG": "C.UTF-8",
            "DEPLOYMENT_TEST": str(self.root),  # tells our processes from all others, whatever they start
            **given,
        }

    def bring_in(self, service: str) -> None:
        """Its secrets, under the names that it asked for, and the files that it mounts."""
        folder = self.root / "secrets-of" / service
        folder.mkdir(parents=True, mode=0o700)
        for name, source in self.compose.secrets_of(service).items():
            shutil.copy(self.root / "secrets" / Path(source).name, folder / name)
        for source in self.compose.bind_mounts(service).values():
            text = (PROJECT / source).read_text()
            (self.root / Path(source).name).write_text(self.local(service, text))

    def start(self, service: str) -> None:
        with (self.root / f"{service}.log").open("wb") as log:
            self.running[service] = subprocess.Popen(
                [self.local(service, word) for word in self.compose.command_of(service)],
                env=self.environment(service),
                cwd=self.root,
                stdout=log,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )

    def log(self, service: str) -> str:
        return f"{service}:\n" + (self.root / f"{service}.log").read_text(errors="replace")[-5000:]

    def finish(self, service: str) -> None:
        """A one-shot service has to end well."""
        assert self.running.pop(service).wait(HEALTHY_SECONDS) == 0, self.log(service)

    def wait_until_healthy(self, service: str) -> None:
        deadline = time.monotonic() + HEALTHY_SECONDS
        while True:
            assert service not in self.running or self.running[service].poll() is None, self.log(service)
            healthy, told = self.check(service)
            if healthy:
                return
            assert time.monotonic() < deadline, f"{told}\n{self.log(service)}"
            time.sleep(0.5)

    def check(self, service: str) -> tuple[bool, str]:
        """The service's health check, within its own time limit, and what it told."""
        seconds = float(self.compose.services[service]["healthcheck"]["timeout"].rstrip("s"))
        command = [self.local(service, word) for word in self.compose.check_of(service)]
        try:
            done = subprocess.run(
                command,
                env=self.environment(service),
                cwd=self.root,
                capture_output=True,
                text=True,
                check=False,
                timeout=seconds,
            )
        except subprocess.TimeoutExpired:
            return False, f"{command}: no answer in {seconds} s"
        return done.returncode == 0, f"{command}: {done.stdout}{done.stderr}"

    def stop(self) -> dict[str, int]:
        """SIGTERM to each, the last started first, as Compose stops them. Service → exit code."""
        ended = {}
        for service, process in reversed(self.running.items()):
            process.send_signal(signal.SIGTERM)
            with contextlib.suppress(subprocess.TimeoutExpired):
                ended[service] = process.wait(STOP_SECONDS)
        return ended

    def left(self) -> dict[int, str]:
        """Processes of this test that still run: pid → command."""
        found = {}
        for process in Path("/proc").glob("[0-9]*"):
            with contextlib.suppress(OSError):
                if f"DEPLOYMENT_TEST={self.root}\0".encode() in (process / "environ").read_bytes():
                    found[int(process.name)] = (process / "cmdline").read_bytes().replace(b"\0", b" ").decode()[:200]
        return found


def free_ports() -> dict[str, int]:
    with contextlib.ExitStack() as stack:
        sockets = [stack.enter_context(socket.create_server(("127.0.0.1", 0))) for _ in PORTS]
        return dict(zip(PORTS, (each.getsockname()[1] for each in sockets), strict=True))


def make_administrator(server: EmbeddedServer, password: str) -> None:
    """The image's ``postgres``, with the password of its secret file."""
    connection = psycopg2.connect(
        host=str(server.sockets), port=server.port, user=ADMIN, password=server.passwords[ADMIN], dbname="postgres"
    )
    connection.autocommit = True
    with connection.cursor() as cursor:
        cursor.execute("CREATE ROLE postgres SUPERUSER LOGIN PASSWORD %s", (password,))
    connection.close()


@pytest.fixture(scope="module")
def machine(
    compose: ComposeFile, bare_home: Callable[[], Path], tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Machine]:
    root, ports = tmp_path_factory.mktemp("compose"), free_ports()
    for folder in ("home", "drop"):
        (root / folder).mkdir()
    subprocess.run([PROJECT / "deploy" / "secrets.sh", root / "secrets"], check=True, capture_output=True)
    with embedded_server(Settings(home=bare_home(), postgres_port=ports["postgres"])) as server:
        make_administrator(server, (root / "secrets" / "postgres_password").read_text())
        made = Machine(compose, root, ports, server.psql.parent)
        try:
            yield made
        finally:
            made.stop()
            for pid in made.left():
                with contextlib.suppress(ProcessLookupError):
                    os.kill(pid, signal.SIGKILL)


@pytest.fixture(scope="module")
def services(machine: Machine) -> Machine:
    """Every service but SFTP, started in the file's order, each one only when what it waits for is there."""
    waits = {
        name: set(machine.compose.needs_of(name)) - {"sftp"} for name in machine.compose.services if name != "sftp"
    }
    order = TopologicalSorter(waits)
    order.prepare()
    while order.is_active():
        ready = order.get_ready()
        for name in ready:
            machine.bring_in(name)
            if name != "postgres":
                machine.start(name)
        for name in ready:
            (machine.finish if name in ONE_SHOTS else machine.wait_until_healthy)(name)
            order.done(name)
    return machine


def call(machine: Machine, path: str, body: dict[str, object] | None = None, token: str = "") -> dict[str, object]:
    request = urllib.request.Request(
        f"http://127.0.0.1:{machine.ports['api-server']}{path}",
        data=None if body is None else json.dumps(body).encode(),
        headers={"Content-Type": "application/json", **({"Authorization": f"Bearer {token}"} if token else {})},
    )
    with urllib.request.urlopen(request, timeout=30) as answer:
        return dict(json.load(answer))


def test_every_health_check_passes(services: Machine) -> None:
    assert set(services.running) == set(services.compose.services) - ONE_SHOTS - {"postgres", "sftp"}
    told = call(services, "/api/v2/monitor/health")
    assert {name: part["status"] for name, part in told.items()} == dict.fromkeys(  # type: ignore[index]
        ("metadatabase", "scheduler", "triggerer", "dag_processor"), "healthy"
    )


def wait_for(services: Machine, seen: Callable[[], bool], seconds: float = 180) -> None:
    deadline = time.monotonic() + seconds
    while not seen():
        assert time.monotonic() < deadline, (
            services.log("worker") + services.log("scheduler") + services.log("triggerer")
        )
        time.sleep(0.5)


def test_a_dropped_roster_goes_through_our_dags_on_the_celery_worker(services: Machine) -> None:
    """The trigger wakes the Dag, the worker's keys and databases are those it was given, the gate runs there."""
    name = ["--name", "测试厂"]
    done = subprocess.run(
        [sys.executable, "-m", "clearbase", "employer", "add", EMPLOYER, *name],
        env=services.environment("worker"),
        cwd=services.root,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    own = services.root / "drop" / EMPLOYER
    roster(own / "inbox" / "2026年5月花名册.xlsx", PEOPLE)
    answer = {".json", ".txt", ".xlsx", ".html"}
    wait_for(services, lambda: {path.suffix for path in (own / "receipts").glob("QD00000001_*")} >= answer)
    assert list((own / "inbox").iterdir()) == []
    assert (services.root / "home" / "docs" / "1" / "index.html").is_file()
    assert "succeeded" in services.log("worker"), "and it ran there"


def test_a_run_asked_for_by_rest_succeeds(services: Machine) -> None:
    passwords = json.loads((services.root / "secrets" / "airflow_passwords.json").read_text())
    login: dict[str, object] = {"username": "admin", "password": passwords["admin"]}
    token = str(call(services, "/auth/token", login)["access_token"])
    listed = call(services, "/api/v2/dags", token=token)["dags"]
    assert {dag["dag_id"] for dag in listed} == set(DAGS)  # type: ignore[attr-defined]
    run = call(services, "/api/v2/dags/verify_warehouse/dagRuns", {"logical_date": None}, token)
    place = f"/api/v2/dags/verify_warehouse/dagRuns/{run['dag_run_id']}"
    wait_for(services, lambda: call(services, place, token=token)["state"] not in ("queued", "running"))
    told = call(services, place, token=token)
    assert told["state"] == "success", "every invariant holds"
    assert "invariants hold" in str(told["note"])


def test_sigterm_stops_all_and_nothing_is_left(services: Machine) -> None:
    expected = set(services.running)
    assert services.left(), "told by their environment"
    ended = services.stop()
    assert set(ended) == expected, f"did not end in {STOP_SECONDS} s"
    deadline = time.monotonic() + 10
    while services.left() and time.monotonic() < deadline:
        time.sleep(0.2)
    assert services.left() == {}, ended
    assert [name for name in expected if services.check(name)[0]] == [], "a health check says no where nothing runs"
    assert services.left() == {}, "what a check that ran out of time had started is gone too"
