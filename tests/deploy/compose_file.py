"""docker-compose.yml as Compose reads it: variables filled in, ``$$`` made ``$``."""

from __future__ import annotations

import re
import shlex
from dataclasses import dataclass
from typing import Any

import yaml

from clearbase.settings import PROJECT

FILE = PROJECT / "docker-compose.yml"
ONE_SHOTS = {"init", "databases"}
VARIABLE = re.compile(r"\$(?:(\$)|\{([A-Z_]+):-([^}]*)\})")


@dataclass(frozen=True)
class ComposeFile:
    """``raw``: as YAML gives it, anchors merged; ``services``: filled in."""

    text: str
    raw: dict[str, Any]
    services: dict[str, dict[str, Any]]

    def secrets_of(self, service: str) -> dict[str, str]:
        """File name under /run/secrets → path on the host, as the file gives it."""
        named = [{"source": s} if isinstance(s, str) else s for s in self.services[service].get("secrets", [])]
        return {s.get("target", s["source"]): self.raw["secrets"][s["source"]]["file"] for s in named}

    def needs_of(self, service: str) -> dict[str, str]:
        """Service → the condition that it waits for."""
        return {name: need["condition"] for name, need in self.services[service].get("depends_on", {}).items()}

    def command_of(self, service: str) -> list[str]:
        """What the container runs, where the file names it."""
        given = self.services[service]
        parts = [given.get("entrypoint", []), given.get("command", [])]
        return [word for part in parts for word in (shlex.split(part) if isinstance(part, str) else part)]

    def check_of(self, service: str) -> list[str]:
        """The health check as a list of arguments."""
        kind, *words = self.services[service]["healthcheck"]["test"]
        return ["sh", "-c", *words] if kind == "CMD-SHELL" else words

    def bind_mounts(self, service: str) -> dict[str, str]:
        """Path in the container → path on the host, as the file gives it."""
        mounts = (v.split(":") for v in self.services[service].get("volumes", []))
        return {mount[1]: mount[0] for mount in mounts if mount[0].startswith(".")}


def read_compose_file() -> ComposeFile:
    text = FILE.read_text()
    raw = yaml.safe_load(text)
    return ComposeFile(text, raw, _filled_in(raw["services"]))


def _filled_in(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _filled_in(each) for key, each in value.items()}
    if isinstance(value, list):
        return [_filled_in(each) for each in value]
    return VARIABLE.sub(lambda m: m[1] or m[3], value) if isinstance(value, str) else value
