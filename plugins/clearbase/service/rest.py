"""A small client of Airflow's public REST API (v2): its health, runs, their tasks."""

from __future__ import annotations

import time
from dataclasses import dataclass
from typing import Any, Final

import httpx

from clearbase.errors import ClearbaseError

PARTS: Final = ("metadatabase", "scheduler", "triggerer", "dag_processor")
AWAY_SECONDS: Final = 60
ENDED: Final = ("success", "failed")


class RestError(ClearbaseError):
    """Airflow refused, or did not come to an end in time."""


def health(url: str) -> dict[str, str]:
    """Part → healthy, unhealthy or away; needs no login."""
    try:
        told = httpx.get(f"{url}/api/v2/monitor/health", timeout=5).json()
        return {part: told[part]["status"] or "away" for part in PARTS}
    except (httpx.HTTPError, ValueError, KeyError, TypeError):
        return dict.fromkeys(PARTS, "away")


@dataclass
class Rest:
    """Logged in as the UI's account; logs in again when its token has run out."""

    url: str
    user: str
    password: str
    token: str = ""

    def call(self, method: str, path: str, **body: Any) -> Any:
        """The answer's JSON. Raises RestError with Airflow's own words."""
        for _ in range(2):
            if not self.token:
                self._log_in()
            answer = _answer(
                method, f"{self.url}/api/v2{path}", json=body or None, headers={"Authorization": f"Bearer {self.token}"}
            )
            if answer.status_code != 401:
                break
            self.token = ""
        if answer.is_error:
            raise RestError(f"{method} {path}: {answer.status_code} {answer.text[:300]}")
        return answer.json() if answer.content else None

    def wait_for_dags(self, names: list[str], seconds: float = 120) -> None:
        """Until the Dags are parsed: a run cannot be asked for before."""
        deadline = time.monotonic() + seconds
        while True:
            if set(names) <= {dag["dag_id"] for dag in self.call("GET", "/dags?limit=100")["dags"]}:
                return
            if time.monotonic() > deadline:
                raise RestError(f"Dags are not there after {seconds:.0f} s: {', '.join(names)}")
            time.sleep(0.5)

    def trigger(self, dag: str, **conf: Any) -> str:
        """Ask for a run; returns its id."""
        return str(self.call("POST", f"/dags/{dag}/dagRuns", logical_date=None, conf=conf)["dag_run_id"])

    def run(self, dag: str, run_id: str) -> dict[str, Any]:
        """The run as Airflow tells it: state, note, times."""
        return dict(self.call("GET", f"/dags/{dag}/dagRuns/{run_id}"))

    def runs(self, dag: str) -> list[dict[str, Any]]:
        """The Dag's latest runs, newest first."""
        return list(self.call("GET", f"/dags/{dag}/dagRuns?order_by=-run_after&limit=100")["dag_runs"])

    def tasks(self, dag: str, run_id: str) -> dict[str, str | None]:
        """Task (with its number where it is mapped) → state."""
        told = self.call("GET", f"/dags/{dag}/dagRuns/{run_id}/taskInstances?limit=100")["task_instances"]
        return {ti["task_id"] + (f"[{ti['map_index']}]" if ti["map_index"] >= 0 else ""): ti["state"] for ti in told}

    def wait(self, dag: str, run_id: str, seconds: float = 300) -> dict[str, Any]:
        """The run once it has ended. Raises RestError when it does not."""
        deadline = time.monotonic() + seconds
        while (run := self.run(dag, run_id))["state"] not in ENDED:
            if time.monotonic() > deadline:
                raise RestError(f"{dag} {run_id} has not ended after {seconds:.0f} s: {self.tasks(dag, run_id)}")
            time.sleep(0.5)
        return run

    def _log_in(self) -> None:
        answer = _answer("POST", f"{self.url}/auth/token", json={"username": self.user, "password": self.password})
        if answer.is_error:
            raise RestError(f"login as {self.user}: {answer.status_code}")
        self.token = str(answer.json()["access_token"])


def _answer(method: str, url: str, **request: Any) -> httpx.Response:
    """The server's answer; one that is just being started again is asked for a minute. Raises RestError after that."""
    deadline = time.monotonic() + AWAY_SECONDS
    while True:
        try:
            return httpx.request(method, url, timeout=30, **request)
        except httpx.TransportError as error:
            if (method != "GET" and not isinstance(error, httpx.ConnectError)) or time.monotonic() > deadline:
                raise RestError(f"{method} {url}: {type(error).__name__}") from None
            time.sleep(1)
