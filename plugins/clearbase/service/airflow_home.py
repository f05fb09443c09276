"""Where Airflow lives in a home and how it is set up: all by the environment, every secret in a file of mode 0600."""

from __future__ import annotations

import json
import os
import secrets
import shlex
import sys
from base64 import urlsafe_b64encode
from dataclasses import dataclass
from pathlib import Path

from clearbase.runtime.private_files import create_private, private_folder, read_private, write_private
from clearbase.settings import PROJECT, TIME_ZONE, Settings

USER = "admin"
METADATA = "airflow"  # database and role
HANDS = 4  # tasks at once; 8 need a gigabyte more
MARK = "CLEARBASE_UP"  # in the environment of every process that `up` starts, whatever that starts in turn


@dataclass(frozen=True)
class AirflowHome:
    """``environment``: of every component; ``passwords``: the file that holds the login of the UI."""

    folder: Path
    logs: Path
    passwords: Path
    url: str
    environment: dict[str, str]


def metadata_password(settings: Settings) -> str:
    """The password of Airflow's role in the embedded server, generated at the first call."""
    return create_private(settings.keys_folder / "airflow_database", secrets.token_urlsafe(24))


def airflow_home(settings: Settings, metadata: str, ports: tuple[int, int, int], mark: str) -> AirflowHome:
    """Make what Airflow needs in the home. ``metadata``: SQLAlchemy URL without a password; ``ports``: the UI's and
    those of the workers' and triggers' logs; ``mark`` tells the processes of this start from all others."""
    folder, keys = private_folder(settings.home / "airflow"), settings.keys_folder
    logs = private_folder(folder / "logs")
    create_private(keys / "airflow_fernet_key", urlsafe_b64encode(os.urandom(32)).decode())
    create_private(keys / "airflow_jwt_secret", secrets.token_urlsafe(64))
    create_private(keys / "airflow_api_secret", secrets.token_urlsafe(32))
    passwords = keys / "airflow_passwords.json"
    create_private(passwords, json.dumps({USER: secrets.token_urlsafe(15)}))
    # libpq and asyncpg look there, so that no URL and no list of processes holds a password.
    write_private(keys / "airflow.pgpass", f"*:*:{METADATA}:{METADATA}:{metadata_password(settings)}\n")
    port, worker_logs, trigger_logs = ports
    url = f"http://127.0.0.1:{port}"

    def secret(name: str) -> str:
        return f"cat {shlex.quote(str(keys / name))}"

    own = {
        MARK: mark,
        "AIRFLOW_HOME": str(folder),
        "CLEARBASE_HOME": str(settings.home),
        "GX_ANALYTICS_ENABLED": "false",
        "PATH": os.pathsep.join([str(Path(sys.executable).parent), os.environ.get("PATH", os.defpath)]),
        "PGPASSFILE": str(keys / "airflow.pgpass"),
        "PYTHONPATH": os.pathsep.join(
            [str(PROJECT / "plugins"), str(PROJECT / "plugins" / "clearbase" / "service" / "preload")]
        ),
        "TZ": TIME_ZONE,
        "AIRFLOW__API__BASE_URL": url,
        "AIRFLOW__API__EXPOSE_CONFIG": "False",
        "AIRFLOW__API__HOST": "127.0.0.1",
        "AIRFLOW__API__INSTANCE_NAME": "清底 Clearbase",
        "AIRFLOW__API__PORT": str(port),
        "AIRFLOW__API__SECRET_KEY_CMD": secret("airflow_api_secret"),
        "AIRFLOW__API__WORKERS": "1",
        "AIRFLOW__API_AUTH__JWT_SECRET_CMD": secret("airflow_jwt_secret"),
        "AIRFLOW__CORE__DAGS_ARE_PAUSED_AT_CREATION": "False",
        "AIRFLOW__CORE__DAGS_FOLDER": str(PROJECT / "dags"),
        "AIRFLOW__CORE__DEFAULT_TIMEZONE": TIME_ZONE,
        "AIRFLOW__CORE__EXECUTION_API_SERVER_URL": f"{url}/execution/",
        "AIRFLOW__CORE__EXECUTOR": "LocalExecutor",
        "AIRFLOW__CORE__FERNET_KEY_CMD": secret("airflow_fernet_key"),
        "AIRFLOW__CORE__LOAD_EXAMPLES": "False",
        "AIRFLOW__CORE__MP_START_METHOD": "fork",  # what is preloaded is inherited
        "AIRFLOW__CORE__PARALLELISM": str(HANDS),
        "AIRFLOW__CORE__PLUGINS_FOLDER": str(PROJECT / "plugins"),
        "AIRFLOW__CORE__SIMPLE_AUTH_MANAGER_PASSWORDS_FILE": str(passwords),
        "AIRFLOW__CORE__SIMPLE_AUTH_MANAGER_USERS": f"{USER}:admin",
        "AIRFLOW__DAG_PROCESSOR__MIN_FILE_PROCESS_INTERVAL": "300",  # Dags change with the program, not by the minute
        "AIRFLOW__DATABASE__SQL_ALCHEMY_CONN": metadata,
        "AIRFLOW__LOGGING__BASE_LOG_FOLDER": str(logs),
        "AIRFLOW__LOGGING__TRIGGER_LOG_SERVER_PORT": str(trigger_logs),
        "AIRFLOW__LOGGING__WORKER_LOG_SERVER_PORT": str(worker_logs),
        "AIRFLOW__SCHEDULER__SCHEDULER_IDLE_SLEEP_TIME": "0.25",
        # A task whose process is gone is tried again after a minute, not after five.
        "AIRFLOW__SCHEDULER__TASK_INSTANCE_HEARTBEAT_TIMEOUT": "60",
        "AIRFLOW__USAGE_DATA_COLLECTION__ENABLED": "False",
    }
    return AirflowHome(folder, logs, passwords, url, {**_inherited(), **own})


def password(home: AirflowHome) -> str:
    """The generated password of the UI's only account."""
    return str(json.loads(read_private(home.passwords))[USER])


def _inherited() -> dict[str, str]:
    """The caller's environment without another Airflow's settings."""
    return {name: value for name, value in os.environ.items() if not name.startswith("AIRFLOW")}
