"""The model as reviewed JSON (``model.json``): comparisons, their levels, and what each level adds to the weight.

A weight is in bits: ``log2(prior / (1 - prior))`` plus ``log2(m / u)`` of each comparison's level (Fellegi and Sunter
1969). The prior is fixed and not that of the files in hand, so that one pair has one weight however many rows stand
beside it.
"""

from __future__ import annotations

import hashlib
import json
import math
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

MODEL = Path(__file__).with_name("model.json")


@dataclass(frozen=True)
class Model:
    """``content`` is the JSON as it stands."""

    content: dict[str, Any]

    @property
    def thresholds(self) -> dict[str, float]:
        """``same``: automatic from here on; ``review``: asked about; ``stands_out``: how far the second must be
        behind."""
        return dict(self.content["thresholds"])

    @cached_property
    def version(self) -> str:
        """Twelve hexadecimal digits of the content's hash: what a decision names as its model."""
        canonical = json.dumps(self.content, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
        return hashlib.sha256(canonical.encode()).hexdigest()[:12]

    @property
    def usual_name(self) -> float:
        """How often two persons share a name: what the frequency of a name is drawn towards."""
        return float(self._level("name", "same")["u"])

    @property
    def prior_bits(self) -> float:
        return math.log2(self.content["prior"] / (1 - self.content["prior"]))

    def bits(self, comparison: str, level: str) -> float:
        return bits(self._level(comparison, level))

    def levels(self, comparison: str) -> list[str]:
        """Names of the levels in the order of Splink's numbers, from -1 (missing) and 0 (other) up."""
        found = next(each for each in self.content["comparisons"] if each["name"] == comparison)["levels"]
        return [found[0]["level"], *(level["level"] for level in reversed(found[1:]))]

    @property
    def comparisons(self) -> list[str]:
        return [each["name"] for each in self.content["comparisons"]]

    def splink_settings(self) -> dict[str, Any]:
        """The same model as Splink's settings."""
        return {
            "link_type": "dedupe_only",
            "unique_id_column_name": "who",
            "probability_two_random_records_match": self.content["prior"],
            "retain_matching_columns": True,
            "retain_intermediate_calculation_columns": False,
            "blocking_rules_to_generate_predictions": ["l.who = r.who"],
            "comparisons": [
                {
                    "output_column_name": each["name"],
                    "comparison_description": each["name"],
                    "comparison_levels": [_splink_level(level, i == 0) for i, level in enumerate(each["levels"])],
                }
                for each in self.content["comparisons"]
            ],
        }

    def _level(self, comparison: str, level: str) -> dict[str, Any]:
        found = next(each for each in self.content["comparisons"] if each["name"] == comparison)
        return dict(next(each for each in found["levels"] if each["level"] == level))


def load_model(path: Path = MODEL) -> Model:
    return Model(json.loads(path.read_text(encoding="utf-8")))


def bits(level: dict[str, Any]) -> float:
    """What the level adds; 0 for a missing value, which says nothing."""
    return math.log2(level["m"] / level["u"]) if "m" in level else 0.0


def _splink_level(level: dict[str, Any], missing: bool) -> dict[str, Any]:
    known: dict[str, Any] = {"sql_condition": level["when"], "label_for_charts": level["level"]}
    if missing:
        return known | {"is_null_level": True}
    known |= {"m_probability": level["m"], "u_probability": level["u"]}
    if "frequency_of" in level:
        known |= {
            "tf_adjustment_column": level["frequency_of"],
            "tf_adjustment_weight": 1.0,
            "tf_minimum_u_value": 1e-7,
        }
    return known
