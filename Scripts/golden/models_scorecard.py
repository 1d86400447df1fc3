# SPDX-License-Identifier: Apache-2.0
"""Points of scorecards by OptBinning, on data made here and with given bins.

Usage: models_scorecard.py > Tests/ModelsTests/Golden/scorecard.json
"""
import json
import sys

import numpy as np
import optbinning
import pandas as pd
import sklearn
from optbinning import BinningProcess, Scorecard
from sklearn.linear_model import LogisticRegression

SEED = 20261121
N = 400

rng = np.random.default_rng(SEED)
age = np.round(rng.uniform(18, 75, N))
debt = np.round(rng.gamma(2, 8, N), 1)
job = rng.choice(["clerk", "farmer", "pilot", "none"], N, p=[.4, .3, .2, .1])
risk = -0.4 - (age - 40) / 30 + debt / 20 + (job == "none") * 1.2 - (job == "pilot") * 0.8
bad = (rng.uniform(size=N) < 1 / (1 + np.exp(-risk))).astype(int)
frame = pd.DataFrame({"age": age, "debt": debt, "job": job})
splits = {"age": [27.5, 38.5, 52.5], "debt": [5.05, 11.05, 20.05, 30.05]}
groups = [["pilot"], ["clerk", "farmer"], ["none"]]


def cards():
    methods = {
        "pdo_odds": {"pdo": 20, "odds": 50, "scorecard_points": 600},
        "min_max": {"min": 300, "max": 850},
    }
    for method, parameters in methods.items():
        for intercept_based in (False, True):
            params = {
                name: {"user_splits": np.array(values), "user_splits_fixed": [True] * len(values)}
                for name, values in splits.items()
            }
            params["job"] = {
                "user_splits": np.array([np.array(g, dtype=object) for g in groups], dtype=object),
                "user_splits_fixed": [True] * len(groups),
            }
            process = BinningProcess(
                list(frame.columns), categorical_variables=["job"], binning_fit_params=params)
            card = Scorecard(
                binning_process=process,
                estimator=LogisticRegression(C=np.inf, tol=1e-13, max_iter=10_000),
                scaling_method=method, scaling_method_params=parameters,
                intercept_based=intercept_based)
            card.fit(frame, bad)
            table = card.table(style="detailed")
            table = table[~table["Bin"].isin(["Special", "Missing"])]
            yield {
                "method": method,
                "interceptBased": intercept_based,
                "intercept": float(card.intercept_),
                "points": {
                    name: [float(v) for v in table[table["Variable"] == name]["Points"]]
                    for name in frame.columns
                },
                "bins": {
                    name: [str(v) for v in table[table["Variable"] == name]["Bin"]]
                    for name in frame.columns
                },
                "weightsOfEvidence": {
                    name: [float(v) for v in table[table["Variable"] == name]["WoE"]]
                    for name in frame.columns
                },
                "coefficients": {
                    name: float(table[table["Variable"] == name]["Coefficient"].iloc[0])
                    for name in frame.columns
                },
                "scores": [float(v) for v in card.score(frame)],
            }


json.dump(
    {
        "versions": {"optbinning": optbinning.__version__, "scikit-learn": sklearn.__version__},
        "seed": SEED, "age": list(age), "debt": list(debt), "job": list(job),
        "bad": [int(v) for v in bad], "splits": splits, "groups": groups, "cards": list(cards()),
    },
    sys.stdout)
print()
