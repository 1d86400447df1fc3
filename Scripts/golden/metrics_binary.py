#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Writes reference values of binary metrics computed with scikit-learn, with ties and weights.

Usage: metrics_binary.py OUTPUT.json
"""
import json
import sys

import numpy as np
import scipy
import sklearn
from sklearn import metrics

SEED = 20240602


def case(rng, rows, levels, weighted):
    # Scores on a grid of `levels` values tie on purpose; 0 and 1 occur.
    probabilities = rng.integers(0, levels, rows) / (levels - 1)
    labels = rng.random(rows) < 0.15 + 0.6 * probabilities
    labels[:2] = [True, False]
    weights = rng.integers(0, 9, rows) / 2.0 if weighted else np.ones(rows)
    weights[:2] = 1
    options = {"sample_weight": weights}
    predictions = probabilities >= 0.5
    kept = weights > 0
    false_rate, true_rate, thresholds = metrics.roc_curve(
        labels[kept], probabilities[kept], sample_weight=weights[kept], drop_intermediate=False)
    confusion = metrics.confusion_matrix(labels, predictions, **options)
    return {
        "labels": labels.tolist(),
        "probabilities": probabilities.tolist(),
        "weights": weights.tolist() if weighted else None,
        "auc": metrics.roc_auc_score(labels, probabilities, **options),
        "falsePositiveRates": false_rate.tolist(),
        "truePositiveRates": true_rate.tolist(),
        "thresholds": thresholds[1:].tolist(),
        "ks": float(np.max(np.abs(true_rate - false_rate))),
        "averagePrecision": metrics.average_precision_score(labels, probabilities, **options),
        "brier": metrics.brier_score_loss(labels, probabilities, **options),
        "logLoss": metrics.log_loss(labels, probabilities, **options),
        "confusion": confusion.astype(float).tolist(),
        "accuracy": metrics.accuracy_score(labels, predictions, **options),
        "precision": metrics.precision_score(labels, predictions, **options),
        "recall": metrics.recall_score(labels, predictions, **options),
        "f1": metrics.f1_score(labels, predictions, **options),
        "f2": metrics.fbeta_score(labels, predictions, beta=2, **options),
        "balancedAccuracy": metrics.balanced_accuracy_score(labels, predictions, **options),
        "mcc": metrics.matthews_corrcoef(labels, predictions, **options),
        "kappa": metrics.cohen_kappa_score(labels, predictions, **options),
    }


def main():
    rng = np.random.default_rng(SEED)
    document = {
        "writtenBy": "Scripts/golden/metrics_binary.py",
        "libraries": {
            "scikit-learn": sklearn.__version__, "numpy": np.__version__,
            "scipy": scipy.__version__},
        "seed": SEED,
        "cases": [
            case(rng, rows, levels, weighted)
            for rows, levels in ((20, 4), (60, 11), (150, 21), (200, 1001))
            for weighted in (False, True)
        ],
    }
    with open(sys.argv[1], "w") as file:
        file.write(json.dumps(document) + "\n")


main()
