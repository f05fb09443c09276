"""What `link`, `identity train` and `identity evaluate` do and print: counts and ids, and nobody by name."""

from __future__ import annotations

import json
from pathlib import Path

from clearbase.errors import RequestError
from clearbase.identity.model import MODEL, Model, load_model
from clearbase.lean import arrow_alone

arrow_alone()


def link(registry: Path, roster: Path, target: Path) -> None:
    """``link``."""
    from clearbase.identity.link_files import link_files
    from clearbase.runtime.private_files import write_private

    if target.is_dir():
        raise RequestError(f"{target} is a folder; --out names the CSV to write")
    linked = link_files(registry, roster, load_model())
    write_private(target, linked.text)
    for line in linked.told:
        print(line)
    counts = linked.counts
    print(
        f"{sum(counts.values())} roster rows: {counts['same']} same, {counts['review']} in review, "
        f"{counts['new']} new; model {load_model().version}"
    )


def evaluate(seed: int, persons: int, docs: Path | None) -> None:
    """``identity evaluate``."""
    from clearbase.identity.draw import draw
    from clearbase.identity.evaluate import evaluate as measured
    from clearbase.identity.report import report_of, write_docs

    model = load_model()
    report = report_of(measured(draw(seed, persons), model), model, seed, persons)
    print(report)
    if docs is not None:
        write_docs(docs, report, model)


def train(seeds: list[int], persons: int, target: Path | None) -> None:
    """``identity train``."""
    from clearbase.identity.train import train as trained

    model = trained(load_model(), seeds, persons)
    (target or MODEL).write_text(model_text(model), encoding="utf-8")
    pairs = model.content["trained"]["true_pairs"]
    print(f"model {model.version}, trained on {pairs} pairs of one person: {target or MODEL}")


def model_text(model: Model) -> str:
    """The JSON with one level a line, as a reviewer reads it."""
    content = {key: value for key, value in model.content.items() if key != "comparisons"}
    head = json.dumps(content, ensure_ascii=False, indent=2)[:-2]
    blocks = []
    for comparison in model.content["comparisons"]:
        levels = ",\n".join(f"      {json.dumps(level, ensure_ascii=False)}" for level in comparison["levels"])
        blocks.append(f'    {{"name": "{comparison["name"]}", "levels": [\n{levels}]}}')
    return f'{head},\n  "comparisons": [\n' + ",\n".join(blocks) + "]\n}\n"
