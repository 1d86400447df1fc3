# SPDX-License-Identifier: Apache-2.0
"""Golden values of joins, groups and sorting by pandas, of ARFF by SciPy, of LIBSVM by scikit-learn.

Usage: python feature_tables.py > Tests/FeatureEngineeringTests/Golden/tables.json
"""

import io
import json
import sys

import numpy as np
import pandas as pd
import scipy
import sklearn
from scipy.io import arff
from sklearn.datasets import load_svmlight_file

SEED = 20261121
random = np.random.default_rng(SEED)


def clean(values):
    return [None if pd.isna(value) else value for value in values]


count = 120
left = pd.DataFrame(
    {
        "row": np.arange(count, dtype=float),
        "bank": random.choice(["a", "b", "c", "d", None], count),
        "year": random.choice([2019.0, 2020.0, 2021.0, np.nan], count),
        "amount": np.where(random.random(count) < 0.1, np.nan, np.round(random.normal(5, 2, count), 6)),
    }
)
right = pd.DataFrame(
    {
        "bank": random.choice(["a", "b", "c", "e"], 9),
        "year": random.choice([2019.0, 2020.0, 2021.0], 9),
        "rate": np.round(random.random(9), 6),
    }
)
known = left.dropna(subset=["bank", "year"])
joins = {
    how: [
        {"row": row, "rate": None if pd.isna(rate) else rate}
        for row, rate in known.merge(right, on=["bank", "year"], how=how)[["row", "rate"]].values
    ]
    for how in ("inner", "left")
}
groups = left.groupby(["bank", "year"], dropna=False, sort=False)["amount"]
distinct = left.groupby(["bank", "year"], dropna=False, sort=False)["amount"].nunique()
grouped = pd.DataFrame(
    {
        "size": groups.size(),
        "count": groups.count(),
        "sum": groups.sum(),
        "mean": groups.mean(),
        "min": groups.min(),
        "max": groups.max(),
        "sd": groups.std(),
        "median": groups.median(),
        "first": groups.first(),
        "last": groups.last(),
        "distinct": distinct,
    }
).reset_index()
ordered = left.sort_values(
    ["bank", "amount"], ascending=[True, False], kind="stable", na_position="last"
)

arff_text = """\
% a comment
@RELATION 'loans of a bank'
@attribute amount REAL
@attribute 'home owner' {yes, no, unknown}
@attribute term integer
@DATA
100.5, yes, 12
?, unknown, 24
-3e2,no,?
"""
data, meta = arff.loadarff(io.StringIO(arff_text))

svm_text = "1 1:0.5 3:-2e-3 7:1e5 # first\n-1 2:1\n\n# only a comment\n0.25 1:3 2:4.5 9:7\n"
features, labels = load_svmlight_file(io.BytesIO(svm_text.encode()))

golden = {
    "versions": {
        "numpy": np.__version__,
        "pandas": pd.__version__,
        "scipy": scipy.__version__,
        "scikit-learn": sklearn.__version__,
    },
    "seed": SEED,
    "left": {name: clean(left[name]) for name in left},
    "right": {name: clean(right[name]) for name in right},
    "joins": joins,
    "groups": {name: clean(grouped[name]) for name in grouped},
    "sortedRows": clean(ordered["row"]),
    "arff": {
        "text": arff_text,
        "amount": clean(data["amount"]),
        "owner": [value.decode() for value in data["home owner"]],
        "term": clean(data["term"]),
    },
    "libsvm": {
        "text": svm_text,
        "labels": labels.tolist(),
        "rows": features.toarray().tolist(),
    },
}
json.dump(golden, sys.stdout, indent=1, default=float)
