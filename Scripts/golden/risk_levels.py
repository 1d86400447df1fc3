#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Writes scores of five levels and paired errors by scikit-learn and SciPy.

Usage: risk_levels.py Examples/Tests/RiskLevelsKitTests/Golden/risk_levels.json

Levels, predictions and probabilities are random (seed 3) and lean the right way. The probabilities
are multiples of 1/16, so that they have ties and are exact in JSON.
"""

import json
import sys

import numpy
import scipy
import sklearn
from scipy import stats
from sklearn import metrics

SEED = 3
COUNT = 400
LEVELS = 5


def main(target):
    random = numpy.random.default_rng(SEED)
    levels = random.choice(LEVELS, size=COUNT, p=[0.3, 0.25, 0.1, 0.15, 0.2])
    # Five shares of 16 that lean towards the true level.
    lean = numpy.full((COUNT, LEVELS), 2.0)
    lean[numpy.arange(COUNT), levels] += 1
    shares = numpy.array([random.multinomial(16, row / row.sum()) for row in lean]) / 16
    predictions = shares.argmax(axis=1)
    areas = [metrics.roc_auc_score(levels == level, shares[:, level]) for level in range(LEVELS)]
    golden = {
        "generator": "Scripts/golden/risk_levels.py",
        "versions": {
            "numpy": numpy.__version__, "scipy": scipy.__version__,
            "scikit-learn": sklearn.__version__,
        },
        "seed": SEED,
        "levels": levels.tolist(),
        "probabilities": shares.tolist(),
        "predictions": predictions.tolist(),
        "confusion": metrics.confusion_matrix(levels, predictions).tolist(),
        "accuracy": metrics.accuracy_score(levels, predictions),
        "balancedAccuracy": metrics.balanced_accuracy_score(levels, predictions),
        "meanF1": metrics.f1_score(levels, predictions, average="macro", zero_division=0),
        "meanDistance": metrics.mean_absolute_error(levels, predictions),
        "quadraticKappa": metrics.cohen_kappa_score(levels, predictions, weights="quadratic"),
        "meanAUC": float(numpy.mean(areas)),
        "worstLevelAUC": areas[-1],
    }

    bad = levels == LEVELS - 1
    first = shares[:, -1]
    second = numpy.full(COUNT, 0.1875)
    errors = 100 * (first - bad)
    difference = (first - bad) ** 2 - (second - bad) ** 2
    t = stats.ttest_1samp(difference, 0).statistic
    golden["system"] = {
        "auc": metrics.roc_auc_score(bad, first),
        "brierScore": metrics.brier_score_loss(bad, first),
        "logLoss": metrics.log_loss(bad, first),
        "accuracyAtHalf": metrics.accuracy_score(bad, first >= 0.5),
        "f1AtDefaultRate": metrics.f1_score(bad, first >= bad.mean()),
        "errorMean": errors.mean(),
        "errorDeviation": errors.std(ddof=1),
        "errorStandardError": stats.sem(errors),
        "otherProbability": 0.1875,
        "pairedMean": difference.mean(),
        "pairedT": t,
        "pairedP": 2 * stats.t.sf(abs(t), COUNT - 1),
    }
    with open(target, "w", encoding="utf-8") as file:
        json.dump(golden, file)
        file.write("\n")


if __name__ == "__main__":
    main(*sys.argv[1:])
