"""Plain Splink and recordlinkage on the draw that ours gets, as their own documentation links two tables: for
`linking.py --peers`. Both get names, numbers, dates, phones and addresses as ours has brought them to one form."""

from __future__ import annotations

import json
import os
import resource
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.csv

from clearbase.identity.draw import Draw
from clearbase.identity.matching import match
from clearbase.identity.model import Model
from clearbase.identity.report import table

RECORDLINKAGE = "recordlinkage==0.16"
VENV = Path(tempfile.gettempdir()) / f"clearbase-peers-{os.getuid()}"
PYTHON = VENV / "bin" / "python"
SCRIPT = Path(__file__).with_name("peer_recordlinkage.py")
SAID = ("right", "wrong", "review")
AUTOMATIC, ASKED = 0.95, 0.5  # Splink's README clusters at 0.95; what is likelier than not is asked about
# A row's records, the likeliest first, with whether the first is linked without asking.
Links = dict[int, tuple[bool, list[int]]]


@dataclass(frozen=True)
class Peer:
    """What a tool said of each row, at what cost."""

    tool: str
    links: Links
    cpu: float
    wall: float


def ours(records: pa.Table, lines: pa.Table, model: Model) -> Links:
    links: Links = {}
    for line in match(records, lines, model).answer.select(["row", "outcome", "who"]).to_pylist():
        if line["who"] is not None:
            links.setdefault(line["row"], (line["outcome"] == "same", []))[1].append(line["who"])
    return links


def plain(people: pa.Table) -> pa.Table:
    """The columns that peers get of ``features``."""
    joined = {
        place: pc.binary_join_element_wise(*(people[column] for column in columns), "|")
        for place, columns in (
            ("household", ("h_county", "h_place", "h_house")), ("current", ("c_place", "c_house")),
        )
    }  # fmt: skip
    told = {column: people[column] for column in ("name", "sex", "birth", "phone")} | joined
    return pa.table({"unique_id": range(people.num_rows), "number": people["digits"]} | told)


def splink(records: pa.Table, lines: pa.Table, model: Model) -> Links:
    """As the README's quickstart: comparisons of the library, m and u estimated, the best record of each row."""
    import logging

    import splink.comparison_library as cl
    from splink import DuckDBAPI, Linker, SettingsCreator, block_on

    del model
    logging.getLogger("splink").setLevel(logging.ERROR)
    api = DuckDBAPI()
    registry = api.register(plain(records), dataset_display_name="registry")
    roster = api.register(plain(lines), dataset_display_name="roster")
    settings = SettingsCreator(
        link_type="link_only",
        comparisons=[
            cl.JaroWinklerAtThresholds("name", [0.9, 0.7]).configure(term_frequency_adjustments=True),
            cl.DamerauLevenshteinAtThresholds("number", [1, 2]),
            cl.ExactMatch("sex"), cl.DateOfBirthComparison("birth", input_is_string=True),
            cl.LevenshteinAtThresholds("phone", [1]),
            cl.JaroWinklerAtThresholds("household", [0.9]), cl.JaroWinklerAtThresholds("current", [0.9]),
        ],
        blocking_rules_to_generate_predictions=[
            block_on("number"), block_on("phone"), block_on("name", "birth"), block_on("household", "birth"),
            block_on("substr(number, 1, 14)"), block_on("substr(number, 7, 12)"),
        ],
    )  # fmt: skip
    linker = Linker([registry, roster], settings, log_level=None)
    training = linker.training
    training.estimate_probability_two_random_records_match([block_on("number", "name")], recall=0.85)
    training.estimate_u_using_random_sampling(max_pairs=1e6, seed=1)
    training.estimate_parameters_using_expectation_maximisation(block_on("number"))
    training.estimate_parameters_using_expectation_maximisation(block_on("name", "birth"))
    predicted = linker.inference.predict(threshold_match_probability=ASKED, warning_mode="never")
    said = api._con.sql(
        f"SELECT * FROM {predicted.physical_name}"  # noqa: S608
    ).to_arrow_table()
    turned = said["source_dataset_l"][0].as_py() == "roster" if said.num_rows else False
    row, record = ("unique_id_l", "unique_id_r") if turned else ("unique_id_r", "unique_id_l")
    return links_of(zip(*(said[column].to_pylist() for column in (row, record, "match_probability")), strict=True))


def links_of(pairs: object) -> Links:
    """(row, record, probability) as ``Links``."""
    best: dict[int, list[tuple[float, int]]] = {}
    for row, record, probability in pairs:  # type: ignore[attr-defined]
        best.setdefault(row, []).append((-probability, record))
    links: Links = {}
    for row, found in best.items():
        found.sort()
        automatic = -found[0][0] >= AUTOMATIC
        links[row] = (automatic, [record for _, record in (found[:1] if automatic else found[:5])])
    return links


def recordlinkage(records: pa.Table, lines: pa.Table, model: Model) -> Links | str:
    """In the environment that ``environment`` has made."""
    del model
    with tempfile.TemporaryDirectory() as folder:
        for name, people in (("registry", records), ("roster", lines)):
            pyarrow.csv.write_csv(plain(people), f"{folder}/{name}.csv")
        done = subprocess.run([PYTHON, SCRIPT, folder, str(ASKED)], capture_output=True, text=True)
    if done.returncode:
        return f"not run: {done.stderr.strip().splitlines()[-1]}"
    return links_of(json.loads(done.stdout))


def environment() -> str | None:
    """recordlinkage in an environment of its own, made where it is missing; why not, where it cannot be."""
    if PYTHON.exists() and not subprocess.run([PYTHON, "-c", "import recordlinkage"], capture_output=True).returncode:
        return None
    for command in ([sys.executable, "-m", "venv", VENV], [PYTHON, "-m", "pip", "install", "-q", RECORDLINKAGE]):
        made = subprocess.run(command, capture_output=True, text=True)
        if made.returncode:
            return (made.stderr.strip().splitlines() or ["no word why"])[-1]
    return None


def cpu() -> float:
    """Seconds of this process and of those that it waited for."""
    return sum(
        used.ru_utime + used.ru_stime
        for used in map(resource.getrusage, (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    )


def timed(tool: str, link: Callable[..., Links | str], *people: object) -> Peer | None:
    spent, began = cpu(), time.monotonic()
    links = link(*people)
    if isinstance(links, str):
        print(f"{tool}: {links}")
        return None
    peer = Peer(tool, links, cpu() - spent, time.monotonic() - began)
    print(f"{tool}: {peer.cpu:.1f} s of CPU, {peer.wall:.1f} s", flush=True)
    return peer


def counts_of(made: Draw, links: Links) -> dict[str, Counter[str]]:
    """By error kind, with ``all``: rows, known (registered), right, wrong, review, found."""
    registered = set(made.record_person)
    counts: dict[str, Counter[str]] = {"number borrowed": Counter()}
    for row, (person, kinds) in enumerate(zip(made.row_person, made.row_kinds, strict=True)):
        automatic, named = links.get(row, (False, []))
        found = any(made.record_person[record] == person for record in named)
        words = ["rows", *(["known"] if person in registered else []), *(["found"] if found else [])]
        words += [("right" if found else "wrong") if automatic else "review"] if named else []
        for kind in ("all", *kinds):
            counts.setdefault(kind, Counter()).update(words)
    return counts


def beside(made: Draw, records: pa.Table, lines: pa.Table, model: Model) -> None:
    """Print what each tool makes of the draw, and where another is better than ours."""
    tools: list[tuple[str, Callable[..., Links | str]]] = [("ours", ours), ("Splink, plain", splink)]
    if why := environment():
        print(f"{RECORDLINKAGE} is NOT beside them: it cannot be installed here ({why})")
    else:
        tools.append(("recordlinkage", recordlinkage))
    peers = [peer for tool, link in tools if (peer := timed(tool, link, records, lines, model)) is not None]
    counted = {peer.tool: counts_of(made, peer.links) for peer in peers}
    heads = (
        "tool", "precision", "wrong", "recall automatically", "with review", "rows in review", "borrowed linked", "CPU",
        "wall",
    )  # fmt: skip
    told: list[tuple[object, ...]] = []
    for peer in peers:
        whole, taken = counted[peer.tool]["all"], counted[peer.tool]["number borrowed"]
        told.append((
            peer.tool, f"{whole['right'] / max(whole['right'] + whole['wrong'], 1):.5f}", whole["wrong"],
            f"{whole['right'] / whole['known']:.4f}", f"{whole['found'] / whole['known']:.5f}",
            f"{whole['review'] / whole['rows']:.2%}", f"{taken['right'] + taken['wrong']} of {taken['rows']}",
            f"{peer.cpu:.1f} s", f"{peer.wall:.1f} s",
        ))  # fmt: skip
    print("\n".join(table(heads, told)))
    for peer in peers:
        wrong = Counter({kind: each["wrong"] for kind, each in counted[peer.tool].items() if each["wrong"]})
        print(f"{peer.tool}, wrong links by what befell the row: {dict(wrong.most_common()) or 'none'}")
    print("\nWhere another is better than ours: linked right automatically, more; or in review, fewer")
    heads = ("error kind", "rows", "tool", "right", "wrong", "in review", "ours: right", "wrong", "in review")
    told = [
        (kind, each["rows"], peer.tool, *(count[word] for count in (each, counted["ours"][kind]) for word in SAID))
        for peer in peers[1:]
        for kind, each in sorted(counted[peer.tool].items(), key=lambda item: -item[1]["rows"])
        if each["right"] > counted["ours"][kind]["right"] or each["review"] < counted["ours"][kind]["review"]
    ]
    print("\n".join(table(heads, told)))
