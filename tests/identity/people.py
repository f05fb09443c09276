"""Small registries and rosters for the identity tests: rows as dictionaries, numbers with their check character."""

from __future__ import annotations

import csv
from pathlib import Path

import pyarrow as pa

from clearbase.identity.features import CELLS, features_of_cells
from clearbase.identity.matching import match
from clearbase.identity.model import load_model
from clearbase.standards.identity_number import check_character

COLUMNS = ("id", *CELLS)
Row = dict[str, str]


def number(body: str) -> str:
    return body + check_character(body)


def somebody(id: str, **cells: str) -> Row:
    """Zhang Weiqiang of Yingshang, unless told otherwise."""
    return {
        "id": id, "name": "张伟强", "id_number": ZHANG, "sex": "男", "birth_date": "1990-03-07", "phone": "13812345678",
        "household_address": "安徽省阜阳市颍上县白水镇前进村3组12号",
        "current_address": "浙江省宁波市北仑区新碶街道明州路12号3幢101室", **cells,
    }  # fmt: skip


ZHANG = number("34122619900307501")
TWIN = number("34122619900307503")
LI = number("33020619850101002")
REGISTRY = [
    somebody("zhang"),
    somebody("twin", name="张伟明", id_number=TWIN, phone="13812345679"),
    somebody("li", name="李秀英", id_number=LI, sex="女", birth_date="1985-01-01", phone="13900001111",
             household_address="浙江省宁波市北仑区小港街道红联路5号", current_address="北仑区小港街道红联路5号"),
]  # fmt: skip


def features(rows: list[Row]) -> pa.Table:
    cells = pa.table({column: pa.array([row.get(column, "") for row in rows], pa.string()) for column in COLUMNS})
    return features_of_cells(cells).append_column("id", cells["id"])


def linked(registry: list[Row], roster: list[Row]) -> tuple[dict[str, list[tuple[str, str, str]]], dict[str, int]]:
    """roster id → its (outcome, registry id, rule), and roster id → person."""
    matched = match(features(registry), features(roster), load_model())
    told: dict[str, list[tuple[str, str, str]]] = {}
    for line in matched.answer.to_pylist():
        told.setdefault(line["roster_id"], []).append((line["outcome"], line["registry_id"], line["rule"]))
    return told, {row["id"]: person for row, person in zip(roster, matched.person.to_pylist(), strict=True)}


def write(path: Path, rows: list[Row], encoding: str = "utf-8", columns: tuple[str, ...] = COLUMNS) -> Path:
    with path.open("w", encoding=encoding, newline="") as file:
        out = csv.DictWriter(file, columns, extrasaction="ignore", restval="")
        out.writeheader()
        out.writerows(rows)
    return path
