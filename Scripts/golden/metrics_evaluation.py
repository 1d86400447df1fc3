#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Writes what Documentation/Papers/Evaluation.md is computed from: for German credit, four methods and
paper 003's four groups of indicators, the out-of-fold probability of default from the variables of one
group alone, in units of 1/10000, and the statistics that NumPy and SciPy find in them.

Usage: metrics_evaluation.py german.data OUTPUT.json
"""
import json
import sys

import numpy as np
import pandas as pd
import scipy
import sklearn
from scipy import stats
from sklearn.compose import make_column_transformer
from sklearn.discriminant_analysis import LinearDiscriminantAnalysis
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import accuracy_score, roc_auc_score
from sklearn.model_selection import StratifiedKFold, cross_val_predict
from sklearn.naive_bayes import GaussianNB
from sklearn.neighbors import KNeighborsClassifier
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import MinMaxScaler, OneHotEncoder, StandardScaler

SEED = 3
# Columns of german.data, counted from 1 as in its description.
GROUPS = {
    "basic information": [9, 11, 13, 17, 18, 19, 20],
    "ability to repay": [2, 5, 6, 7, 8, 12],
    "bad credit history": [3, 16],
    "external credit status": [1, 4, 10, 14, 15],
}
NUMBERS = {2, 5, 8, 11, 13, 16, 18}
METHODS = {
    "logistic regression": (StandardScaler, lambda: LogisticRegression(C=1e6, max_iter=5000)),
    "naive Bayes": (StandardScaler, GaussianNB),
    "nearest neighbours": (MinMaxScaler, lambda: KNeighborsClassifier(25)),
    "linear discriminant": (StandardScaler, LinearDiscriminantAnalysis),
}


def pipeline(columns, method):
    scaler, model = METHODS[method]
    numbers = [c - 1 for c in columns if c in NUMBERS]
    levels = [c - 1 for c in columns if c not in NUMBERS]
    encode = OneHotEncoder(drop="first", handle_unknown="ignore", sparse_output=False)
    return make_pipeline(
        make_column_transformer((scaler(), numbers), (encode, levels), sparse_threshold=0), model())


def alpha(items):
    k = len(items)
    return k / (k - 1) * (1 - items.var(1, ddof=1).sum() / items.sum(0).var(ddof=1))


def main():
    data = pd.read_csv(sys.argv[1], sep=" ", header=None)
    y = (data[20] == 2).to_numpy()
    folds = StratifiedKFold(10, shuffle=True, random_state=SEED)
    scores = {}
    for method in METHODS:
        scores[method] = np.array([
            np.round(1e4 * cross_val_predict(
                pipeline(columns, method), data, y, cv=folds, method="predict_proba")[:, 1])
            for columns in GROUPS.values()])
    control = scores["linear discriminant"]
    everything = [c for columns in GROUPS.values() for c in columns]
    whole = {
        method: cross_val_predict(
            pipeline(everything, method), data, y, cv=folds, method="predict_proba")[:, 1]
        for method in METHODS}
    document = {
        "writtenBy": "Scripts/golden/metrics_evaluation.py",
        "libraries": {
            "scikit-learn": sklearn.__version__, "numpy": np.__version__,
            "scipy": scipy.__version__},
        "seed": SEED, "groups": list(GROUPS), "methods": list(METHODS), "labels": y.tolist(),
        "scores": [scores[m].astype(int).tolist() for m in METHODS],
        "alpha": [alpha(scores[m]) for m in METHODS],
        # Of the differences from the linear discriminant in hundredths of probability.
        "differences": [[
            [d.mean(), d.std(ddof=1), stats.sem(d), *stats.ttest_1samp(d, 0)]
            for d in (scores[m] - control) / 100] for m in list(METHODS)[:3]],
        "accuracy": [accuracy_score(y, whole[m] >= 0.5) for m in METHODS],
        "auc": [roc_auc_score(y, whole[m]) for m in METHODS],
    }
    with open(sys.argv[2], "w") as file:
        file.write(json.dumps(document, default=float, separators=(",", ":")) + "\n")


main()
