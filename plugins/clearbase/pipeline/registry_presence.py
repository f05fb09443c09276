"""What a full extract of the registry no longer holds: stale, which is no cancellation, until an extract holds it again
(decision 0028). In sets, after the records of the extract are in the ledger, in the same transaction."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final, Literal

import pyarrow as pa
from sqlalchemy import Connection

from clearbase.errors import SetupError
from clearbase.identity.line_tokens import person_tokens
from clearbase.privacy.tokens import token_all
from clearbase.warehouse.copying import copy_rows
from clearbase.warehouse.statements import statement

ExtractKind = Literal["full", "incremental"]
# What title or name of an extract calls it. 全区 is where it is of, 全量 what it holds.
KIND_WORDS: Final[tuple[tuple[ExtractKind, re.Pattern[str]], ...]] = (
    ("incremental", re.compile(r"增量|变更|变动|incremental|delta", re.IGNORECASE)),
    ("full", re.compile(r"全量|全库|(?<![a-z])full(?![a-z])", re.IGNORECASE)),
)


@dataclass(frozen=True)
class Presence:
    """``stood``: records in force that came with or before the full extract before it; ``missed``: those of them that
    this one does not hold, stale from it on; ``returned``: stale ones that it holds again; ``others``: records of a
    full one that are another's than before."""

    stood: int = 0
    missed: int = 0
    returned: int = 0
    others: int = 0


def told_kind(texts: list[str]) -> ExtractKind:
    """What an extract is by its titles and its name: incremental unless one says full and none an increment."""
    found = {kind for kind, words in KIND_WORDS if any(words.search(text) for text in texts)}
    return "full" if found == {"full"} else "incremental"


def tell_presence(connection: Connection, key: bytes, load_id: int, kind: ExtractKind, unusable: pa.Table) -> Presence:
    """Write down which stale records the extract holds again and, of a full one, which it no longer holds.

    ``unusable``: its quarantined rows in canonical columns; whoever one of them could be is not missed. Needs the
    temporary tables ``named`` and ``incoming`` of the load, and ``key`` for tokens.
    """
    bound = {"load_id": load_id}
    connection.execute(statement("registry/unusable"))
    own = unusable["registry_no"] if "registry_no" in unusable.column_names else pa.nulls(unusable.num_rows)
    tokens = {"registry_no": token_all(key, "registry_no", own.cast(pa.string())), **person_tokens(key, unusable)}
    copy_rows(connection, "unusable", pa.table(tokens))
    for step in ("named_by_unusable", "analyse_named"):
        connection.execute(statement(f"registry/{step}"))
    stood = missed = others = 0
    if kind == "full":
        stood = connection.execute(statement("registry/stood"), bound).rowcount
        missed = connection.execute(statement("registry/missed"), bound).rowcount
        others = int(connection.execute(statement("registry/others")).scalar_one())
    returned = connection.execute(statement("registry/returned"), bound).rowcount
    return Presence(stood, missed, returned, others)


def refuse_loss(presence: Presence, most_lost: float) -> None:
    """Raises SetupError, with the figures, where a full extract has lost more than a share of what stood, or says of
    more than that share that they are other people."""
    if presence.missed > most_lost * presence.stood:
        share = presence.missed / presence.stood
        raise SetupError(
            f"told to be a full extract, but {presence.missed} of {presence.stood} records in force ({share:.1%}) are "
            f"not in it, more than CLEARBASE_REGISTRY_MOST_LOST allows ({most_lost:.0%}): nothing was loaded. Is it "
            "cut, or of one street? Then load it as --incremental (Dag: kind). If they are gone, --yes (Dag: confirmed)"
        )
    if presence.stood and presence.others > most_lost * presence.stood:
        share = presence.others / presence.stood
        raise SetupError(
            f"under their numbers of the registry {presence.others} of {presence.stood} records in force ({share:.1%}) "
            f"are other people than before, more than CLEARBASE_REGISTRY_MOST_LOST allows ({most_lost:.0%}): nothing "
            "was loaded. Are the rows counted anew? Then leave that column out: they are found by identity number and "
            "name. If the registry has given its numbers to others, --yes (Dag: confirmed)"
        )
