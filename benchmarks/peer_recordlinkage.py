"""recordlinkage in an environment of its own (`linking_peers.py` makes it): two CSV files in a folder, pairs of row,
record and probability as JSON. Blocks, comparisons and the unsupervised classifier (ECM) as in its documentation."""

import json
import sys

import pandas
import recordlinkage

BLOCKS = (["number"], ["phone"], ["name", "birth"], ["household", "birth"], ["area_birth"], ["birth_tail"])


def main() -> None:
    folder, least = sys.argv[1], float(sys.argv[2])
    registry, roster = (
        pandas.read_csv(f"{folder}/{name}.csv", dtype=str, index_col="unique_id") for name in ("registry", "roster")
    )
    for people in (registry, roster):
        people["area_birth"], people["birth_tail"] = people["number"].str[:14], people["number"].str[6:18]
    pairs = None
    for keys in BLOCKS:
        index = recordlinkage.Index()
        index.block(keys)
        found = index.index(roster.dropna(subset=keys), registry.dropna(subset=keys))
        pairs = found if pairs is None else pairs.union(found)
    compare = recordlinkage.Compare()
    compare.string("name", "name", method="jarowinkler", threshold=0.85, label="name")
    compare.string("number", "number", method="damerau_levenshtein", threshold=0.88, label="number")
    compare.exact("sex", "sex", label="sex")
    compare.exact("birth", "birth", label="birth")
    compare.string("phone", "phone", method="damerau_levenshtein", threshold=0.9, label="phone")
    compare.string("household", "household", method="jarowinkler", threshold=0.9, label="household")
    compare.string("current", "current", method="jarowinkler", threshold=0.9, label="current")
    seen = compare.compute(pairs, roster, registry)
    classifier = recordlinkage.ECMClassifier()
    classifier.fit(seen)
    probability = classifier.prob(seen)
    likely = probability[probability >= least]
    json.dump([(int(row), int(record), float(p)) for (row, record), p in likely.items()], sys.stdout)


if __name__ == "__main__":
    main()
