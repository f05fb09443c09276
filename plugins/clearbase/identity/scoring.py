"""Weights of candidate pairs by a Splink 5 model on DuckDB: only the pairs in hand, whatever the registry's size."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING

from clearbase.errors import StageFault
from clearbase.identity.model import Model
from clearbase.identity.statements import run

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

# A name that few people carry in the files in hand weighs as it usually would: so many usual names stand beside them.
USUAL_WEIGHT = 100_000.0


def score(connection: DuckDBPyConnection, model: Model, people: int | None = None) -> None:
    """Table ``scored`` of the pairs in ``pair`` (``who_l, who_r``) between people in ``compared``. ``people``: of a
    base that ``told_name`` counts names of; else the records count them. Without a pair Splink is not asked."""
    if not connection.table("pair").shape[0]:
        run(connection, "nothing_scored")
        return
    from splink import DuckDBAPI, Linker
    from splink.internals.exceptions import SplinkException

    logging.getLogger("splink").setLevel(logging.ERROR)
    usual: dict[str, float] = {"weight": USUAL_WEIGHT, "usual": model.usual_name}
    if people is None:
        run(connection, "name_frequency", usual)
    else:
        run(connection, "name_frequency_around", usual | {"people": people})
    run(connection, "blocked")
    try:
        api = DuckDBAPI(connection=connection)
        linker = Linker(api.register("compared"), model.splink_settings(), validate_settings=False, log_level=None)
        linker.table_management.register_term_frequency_lookup(api.register("name_frequency"), "name")
        linker.table_management.register_blocked_pairs_for_predict(api.register("blocked"))
        prediction = linker.inference.predict(warning_mode="never")
    except SplinkException as error:  # its text may print SQL with data in it
        raise StageFault(f"Splink refused the model {model.version}: {type(error).__name__}") from None
    connection.table(prediction.physical_name).create_view("prediction", replace=True)
    run(connection, "scored", {name: model.levels(name) for name in model.comparisons})
