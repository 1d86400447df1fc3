# SPDX-License-Identifier: Apache-2.0
"""Scores and reason codes of the PMML export of a scorecard by PMML4S, an engine of its own.

Usage: models_scorecard_pmml.py > Tests/ModelsTests/Golden/scorecard_pmml.json

Reads scorecard-v1.pmml and the rows of scorecard_model_v1.json beside it. Needs pypmml and Java.
"""
import json
import pathlib
import sys
from importlib.metadata import version

import pypmml

GOLDEN = pathlib.Path(__file__).parents[2] / "Tests/ModelsTests/Golden"

rows = json.loads((GOLDEN / "scorecard_model_v1.json").read_text())
model = pypmml.Model.fromString((GOLDEN / "scorecard-v1.pmml").read_text())
names = ["income", "balance", "age", "home"]
results = [
    dict(model.predict(dict(zip(names, row)))) for row in zip(*(rows[name] for name in names))
]
pypmml.PMMLContext.shutdown()
json.dump(
    {
        "versions": {"pypmml": version("pypmml")},
        "scores": [float(result["score"]) for result in results],
        "reasons": [
            [result[f"reason{rank}"] for rank in range(1, 5) if result[f"reason{rank}"]]
            for result in results
        ],
    },
    sys.stdout, indent=0)
print()
