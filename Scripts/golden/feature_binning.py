# SPDX-License-Identifier: Apache-2.0
"""Golden values of optimal binning by OptBinning, on data made here.

Usage: feature_binning.py > Tests/FeatureEngineeringTests/Golden/binning.json
"""
import json
import platform
import sys

import numpy as np
import optbinning
import sklearn
from optbinning import OptimalBinning

SEED = 20260921
N = 700

rng = np.random.default_rng(SEED)
x = np.round(np.concatenate([rng.normal(30, 12, N - 100), rng.uniform(60, 90, 100)]), 1)
rate = 1 / (1 + np.exp(-(0.9 * np.sin(x / 9) - 0.02 * (x - 30) - 0.6)))
y = (rng.uniform(size=N) < rate).astype(int)
weights = rng.integers(0, 4, N).astype(float)
aside = x.copy()
aside[rng.uniform(size=N) < 0.06] = np.nan
aside[rng.uniform(size=N) < 0.05] = -7
aside[rng.uniform(size=N) < 0.04] = -9
levels = rng.choice(list("abcdefgh"), N, p=[.24, .2, .16, .12, .1, .1, .05, .03])
level_rate = dict(zip("abcdefgh", [.2, .35, .5, .28, .6, .41, .3, .7]))
y_levels = (rng.uniform(size=N) < [level_rate[v] for v in levels]).astype(int)

CASES = [
    dict(name="free", monotonic_trend=None),
    dict(name="ascending", monotonic_trend="ascending"),
    dict(name="descending", monotonic_trend="descending"),
    dict(name="peak", monotonic_trend="peak"),
    dict(name="valley", monotonic_trend="valley"),
    dict(name="js", monotonic_trend=None, divergence="js"),
    dict(name="hellinger", monotonic_trend="peak", divergence="hellinger"),
    dict(name="triangular", monotonic_trend="descending", divergence="triangular"),
    dict(name="maxBins", monotonic_trend=None, max_n_bins=4),
    dict(name="minBins", monotonic_trend="descending", min_n_bins=3),
    dict(name="bothBins", monotonic_trend="valley", min_n_bins=3, max_n_bins=5),
    dict(name="minSize", monotonic_trend=None, min_bin_size=0.12),
    dict(name="maxSize", monotonic_trend=None, max_bin_size=0.2, min_bin_size=0.07),
    dict(name="events", monotonic_trend=None, min_bin_n_event=20, max_bin_n_event=60),
    dict(name="nonEvents", monotonic_trend="peak", min_bin_n_nonevent=35),
    dict(name="rateDifference", monotonic_trend=None, min_event_rate_diff=0.08),
    dict(name="pValue", monotonic_trend=None, max_pvalue=0.05),
    dict(name="pValuePeak", monotonic_trend="peak", max_pvalue=0.2, min_event_rate_diff=0.02),
    dict(name="quantiles", monotonic_trend=None, prebinning_method="quantile", max_n_prebins=12),
    dict(name="uniform", monotonic_trend=None, prebinning_method="uniform", max_n_prebins=10),
    dict(name="small", monotonic_trend=None, min_prebin_size=0.02, max_n_prebins=9),
    dict(name="user", monotonic_trend=None, user_splits=[15, 20, 25, 31, 40, 52, 70]),
    dict(name="fixed", monotonic_trend="descending",
         user_splits=[15, 20, 25, 31, 40, 52, 70],
         user_splits_fixed=[False, False, True, False, False, True, False]),
    dict(name="fixedFree", monotonic_trend=None, max_n_bins=4,
         user_splits=[15, 20, 25, 31, 40, 52, 70],
         user_splits_fixed=[False, True, False, False, False, False, True]),
    dict(name="aside", monotonic_trend="descending", special_codes={"seven": -7, "nine": -9}),
    dict(name="weighted", monotonic_trend=None),
    dict(name="levels", dtype="categorical", cat_cutoff=0.06),
    dict(name="levelsFree", dtype="categorical", min_prebin_size=0.01, max_n_bins=4),
]


def number(value):
    return None if value is None else float(value)


def run(case):
    case = dict(case)
    name = case.pop("name")
    categorical = case.get("dtype") == "categorical"
    values = levels if categorical else aside if name == "aside" else x
    labels = y_levels if categorical else y
    binning = OptimalBinning(name=name, solver="cp", **case)
    binning.fit(values, labels, sample_weight=weights if name == "weighted" else None)
    binning.binning_table.build()
    table = binning.binning_table
    splits = [list(map(str, s)) for s in binning.splits] if categorical else \
        [float(s) for s in binning.splits]
    return dict(
        name=name, status=binning.status,
        splits=None if categorical else splits, groups=splits if categorical else None,
        nonEvents=[float(v) for v in table.n_nonevent], events=[float(v) for v in table.n_event],
        woe=[float(v) for v in table._woe], iv=number(table.iv), js=number(table.js),
        hellinger=number(table._hellinger), triangular=number(table._triangular),
        gini=number(table.gini), ks=number(table._ks))


json.dump(
    dict(
        source=dict(
            script="feature_binning.py", seed=SEED, python=platform.python_version(),
            numpy=np.__version__, sklearn=sklearn.__version__, optbinning=optbinning.__version__),
        x=x.tolist(), y=y.tolist(), weights=weights.tolist(),
        aside=[None if np.isnan(v) else float(v) for v in aside],
        levels=[str(v) for v in levels], yLevels=y_levels.tolist(),
        cases=[run(case) for case in CASES]),
    sys.stdout, separators=(",", ":"))
print()
