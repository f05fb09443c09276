"""Expectations that somebody has added to a suite by hand, with as much ``meta`` as he cared to write.

What is not said there is said here: a bit that no other rule has, from 63 downwards in the order of the file (so that
another one below takes none away), a code made of it, a warning that withholds nothing, the fields that the arguments
name, and plain texts. A rule that stays deserves texts and a bit of its own.
"""

from __future__ import annotations

from typing import Any

HIGHEST = 63
LONG = 12  # so many values of a set are told


def with_meta(entries: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The entries with whole ``meta``; those that had it are the same. Raises KeyError where no bit is free."""
    taken = {(entry.get("meta") or {}).get("bit") for entry in entries}
    free = [bit for bit in range(HIGHEST, -1, -1) if bit not in taken]
    codes: dict[str, int] = {}
    done = []
    for entry in entries:
        meta = entry.get("meta") or {}
        if "bit" not in meta:
            code = meta.get("code")
            bit = codes[code] if code in codes else _next(free)
            if code:
                codes[code] = bit
            meta = {"code": f"ADDED_{bit}", **meta, "bit": bit}
        done.append({**entry, "meta": {**_plain(entry), **meta}})
    return done


def _next(free: list[int]) -> int:
    if not free:
        raise KeyError("a free bit: 64 codes are the most")
    return free.pop(0)


def _plain(entry: dict[str, Any]) -> dict[str, Any]:
    """What is not said in a rule's own meta."""
    kwargs = entry.get("kwargs") or {}
    columns = [value for key, value in kwargs.items() if "column" in key and isinstance(value, str)]
    fields = list(dict.fromkeys(column.split("__")[0] for column in columns))
    zh, en = _expected(entry.get("type", ""), kwargs)
    return {
        "severity": "warning",
        "effect": "flag",
        "fields": fields,
        "zh": {"found": "“{value}”不符合本地增加的规则", "expected": zh, "mend": "请核对后改正；确实无误的不必改动"},
        "en": {"found": "{value} breaks a rule that was added here", "expected": en, "mend": "check it and mend it"},
    }


def _expected(type_: str, kwargs: dict[str, Any]) -> tuple[str, str]:
    values = kwargs.get("value_set")
    if isinstance(values, list) and values and type_.endswith("to_be_in_set"):
        listed = "、".join(map(str, values[:LONG])) + ("等" if len(values) > LONG else "")
        if type_ == "expect_column_values_to_be_in_set":
            return listed, f"one of {listed}"
    return f"符合规则 {type_}", f"as {type_} says"
