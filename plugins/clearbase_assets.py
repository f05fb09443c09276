"""What the Dags share: assets that they hand to each other, fields of their forms, what holds for each of them."""

from __future__ import annotations

from typing import Any

import pendulum
from airflow.sdk import Asset, AssetWatcher, CronTriggerTimetable, Param

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

EVERY_DAG: dict[str, Any] = {"start_date": pendulum.datetime(2026, 1, 1, tz="Asia/Shanghai"), "catchup": False}
NUMBER, WORD = ["null", "integer"], ["null", "string"]
REASON = Param("", type="string", maxLength=200, title="原因 reason（不写个人信息 no personal data）")
PREVIEW = Param(True, type="boolean", title="只预览，不执行 preview only")
# What may be said to ingest_rosters of what it shall take again.
TAKE_AGAIN = {
    "submission": Param(None, type=NUMBER, minimum=1, title="回执号数字 submission (QD00000012: 12)"),
    "employer": Param(None, type=WORD, title="统一社会信用代码 employer"),
    "period": Param(None, type=WORD, title="所属月份 period (YYYY-MM)"),
    "batch": Param(None, type=NUMBER, minimum=1, title="批次 batch"),
}
EVERY_TEN_MINUTES = CronTriggerTimetable("*/10 * * * *", timezone="Asia/Shanghai")
