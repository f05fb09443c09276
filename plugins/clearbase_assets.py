"""What the Dags hand to each other; the asset graph tells the way of a roster."""

from __future__ import annotations

from airflow.sdk import Asset, AssetWatcher

from clearbase_airflow import DropFolderTrigger

ROSTERS = Asset(
    "rosters",
    uri="clearbase://drop/rosters",
    group="clearbase",
    extra={"说明": "用人单位报送的花名册 employers' rosters that wait in the drop folder"},
    watchers=[AssetWatcher(name="drop_folder", trigger=DropFolderTrigger())],
)
REGISTRY = Asset(
    "registry",
    uri="clearbase://registry/residents",
    group="clearbase",
    extra={"说明": "居民登记信息 the resident registry as loaded"},
)
WAREHOUSE = Asset(
    "warehouse",
    uri="clearbase://warehouse/base",
    group="clearbase",
    extra={"说明": "底数仓库 who works and lives where, derived from the ledger"},
)
