"""The compose file, the Dockerfiles and the secrets, without an engine: the schema, and what it cannot say."""

from __future__ import annotations

import importlib.util
import json
import re
import subprocess
from pathlib import Path

import jsonschema
import pytest
from compose_file import ONE_SHOTS, ComposeFile

from clearbase.runtime.postgres_keeper import CONFIGURATION
from clearbase.settings import PROJECT, TIME_ZONE

SECRETS_SCRIPT = PROJECT / "deploy" / "secrets.sh"
DOCKERFILES = (PROJECT / "Dockerfile", PROJECT / "deploy" / "sftp" / "Dockerfile")
INDEXES = re.compile(r"index-url|find-links|pypi\.|pythonhosted|mirror|https?://(?!localhost|api-server)", re.I)
DEFAULTS = {"password_encryption": "scram-sha-256"}  # PostgreSQL's own since 14
SECRET_NAME = re.compile(r"PASSWORD|SECRET|_KEY|TOKEN|CREDENTIAL|PASSFILE|BROKER_URL")


@pytest.mark.all
def test_it_is_valid_by_the_compose_specification(compose: ComposeFile) -> None:
    spec = importlib.util.find_spec("check_jsonschema")  # which carries the specification's schema
    if spec is None or spec.origin is None:
        pytest.skip("needs check-jsonschema, which ./clearbase test --all installs")
    schema = json.loads((Path(spec.origin).parent / "builtin_schemas" / "vendor" / "compose-spec.json").read_text())
    validator = jsonschema.validators.validator_for(schema)(schema)
    assert [f"{list(e.path)}: {e.message}" for e in validator.iter_errors(compose.raw)] == []
    assert list(validator.iter_errors({"services": {"a": {"imagine": "b"}}})), "the schema refuses what is wrong"


def test_every_service_is_watched_limited_and_restarted(compose: ComposeFile) -> None:
    for name, service in compose.services.items():
        assert ("healthcheck" in service) == (name not in ONE_SHOTS), name
        assert service["restart"] == ("no" if name in ONE_SHOTS else "unless-stopped"), name
        assert service["deploy"]["resources"]["limits"]["memory"], name
        assert not service.get("privileged"), name
        if name not in ("redis", "databases"):
            assert service["environment"]["TZ"] == TIME_ZONE, name


def test_who_waits_for_whom_waits_for_what_can_come(compose: ComposeFile) -> None:
    for name in compose.services:
        for needed, condition in compose.needs_of(name).items():
            wanted = "service_completed_successfully" if needed in ONE_SHOTS else "service_healthy"
            assert condition == wanted, (name, needed)


def test_one_environment_for_all_of_airflow(compose: ComposeFile) -> None:
    airflow = [s for s in compose.services.values() if s["image"] == "clearbase:local"]
    assert len(airflow) == 6
    assert all(service["environment"] == airflow[0]["environment"] for service in airflow)
    assert airflow[0]["environment"]["AIRFLOW__CORE__EXECUTOR"] == "CeleryExecutor"


def test_no_secret_stands_in_the_file(compose: ComposeFile) -> None:
    assert not re.search(r"://[^\s/@]*:(?!%s)[^\s/@]+@", compose.text), "a URL with a password in it"
    for name, service in compose.services.items():
        for key, value in service.get("environment", {}).items():
            if SECRET_NAME.search(key):
                assert re.search(r"^/run/secrets\b|cat /run/secrets/\w", value), (name, key)


def test_every_secret_is_declared_used_and_made(compose: ComposeFile, tmp_path: Path) -> None:
    used = {path for name in compose.services for path in compose.secrets_of(name).values()}
    assert used == {secret["file"] for secret in compose.raw["secrets"].values()}
    for name, service in compose.services.items():
        told = json.dumps(service, ensure_ascii=False)
        named = set(re.findall(r"/run/secrets/([\w.]+)", told))
        assert named <= set(compose.secrets_of(name)), f"{name} names a secret that it cannot see"

    made = tmp_path / "secrets"
    done = subprocess.run([SECRETS_SCRIPT, made], capture_output=True, text=True, check=True)
    contents = {path.name: path.read_text() for path in made.iterdir()}
    assert set(contents) == {Path(path).name for path in used}
    assert {path.stat().st_mode & 0o777 for path in made.iterdir()} == {0o600}
    assert all(len(text) > 12 and text.splitlines()[0] not in done.stdout for text in contents.values())
    subprocess.run([SECRETS_SCRIPT, made], capture_output=True, check=True)
    assert {path.name: path.read_text() for path in made.iterdir()} == contents, "what is there is kept"


def test_secrets_and_the_environment_file_stay_out_of_git_and_of_the_image() -> None:
    for path in ("deploy/secrets/master.key", ".env"):
        assert subprocess.run(["git", "check-ignore", "-q", path], cwd=PROJECT, check=False).returncode == 0, path
    lines = (PROJECT / ".dockerignore").read_text().split()
    assert "*" in lines and not any(line.startswith(("!deploy", "!.")) for line in lines)


def test_everything_that_is_mounted_built_or_copied_is_there(compose: ComposeFile) -> None:
    for name in compose.services:
        for path in compose.bind_mounts(name).values():
            assert (PROJECT / path).is_file(), path
        build = compose.services[name].get("build")
        if build:
            context = build if isinstance(build, str) else build["context"]
            assert (PROJECT / context / "Dockerfile").is_file(), name
    named = {v.split(":")[0] for s in compose.services.values() for v in s.get("volumes", []) if v[0] not in "./"}
    assert named == set(compose.raw["volumes"])
    for dockerfile in DOCKERFILES:
        for line in re.findall(r"^COPY (.*)$", dockerfile.read_text(), re.M):
            *sources, _ = [word for word in line.split() if not word.startswith("--")]
            for source in sources:
                assert (dockerfile.parent / source).exists(), f"{dockerfile}: {source}"


def test_what_the_image_copies_is_let_into_its_context() -> None:
    copied = re.findall(r"^COPY (\S+)", (PROJECT / "Dockerfile").read_text(), re.M)
    let_in = {line[1:] for line in (PROJECT / ".dockerignore").read_text().split() if line.startswith("!")}
    assert {source.rstrip("/") for source in copied} == let_in


def test_the_servers_log_holds_no_row_as_the_embedded_one_does_not(compose: ComposeFile) -> None:
    words = compose.command_of("postgres")
    given = dict(word.split("=") for word in words if "=" in word)
    private = {name: value for name, value in CONFIGURATION.items() if name.startswith("log_") or "encryption" in name}
    assert len(private) >= 5
    assert {name: given.get(name, DEFAULTS.get(name)) for name in private} == private


def test_no_index_host_is_named(compose: ComposeFile) -> None:
    for path in (PROJECT / "docker-compose.yml", *DOCKERFILES, SECRETS_SCRIPT):
        assert not INDEXES.search(path.read_text()), path


def test_the_image_installs_the_lock_whole_as_an_ordinary_account() -> None:
    text = (PROJECT / "Dockerfile").read_text().replace("\\\n", "")
    assert re.search(r"pip install .*--no-deps .*--require-hashes", text)
    assert re.search(r"^USER clearbase$", text, re.M)
    locked = set(re.findall(r"^([a-z0-9-]+)==", (PROJECT / "requirements.lock").read_text(), re.M))
    # asyncpg: on PostgreSQL Airflow's own sessions in the api-server and the triggerer run on it.
    assert {"apache-airflow", "apache-airflow-providers-celery", "redis", "psycopg2-binary", "asyncpg"} <= locked
