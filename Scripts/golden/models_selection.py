# SPDX-License-Identifier: Apache-2.0
"""Writes Tests/ModelsTests/Golden/selection.json: splits of scikit-learn and tests of 5 x 2 folds.

Cases are chosen without ties, where scikit-learn's splits do not depend on an order of its own.
Needs numpy, scipy and scikit-learn. Run from the root of the checkout.
"""

import json
import pathlib

import numpy
import scipy
import sklearn
from scipy import stats
from sklearn.model_selection import GroupKFold, StratifiedGroupKFold, TimeSeriesSplit

SEED = 20260312
PATH = pathlib.Path("Tests/ModelsTests/Golden/selection.json")


def folds(splitter, *data):
    return [[train.tolist(), test.tolist()] for train, test in splitter.split(*data)]


def paired(differences):
    """Dietterich's t and Alpaydin's F with their p-values."""
    p = numpy.array(differences)
    variance = ((p - p.mean(axis=1, keepdims=True)) ** 2).sum(axis=1)
    n = len(p)
    t = p[0, 0] / numpy.sqrt(variance.mean())
    f = (p**2).sum() / (2 * variance.sum())
    return [t, 2 * stats.t.sf(abs(t), n), f, stats.f.sf(f, 2 * n, n)]


def main():
    generator = numpy.random.default_rng(SEED)
    # Groups of different sizes, in mixed order.
    sizes = numpy.arange(1, 16) + 2 * (numpy.arange(15) // 3)
    groups = generator.permutation(numpy.repeat(numpy.arange(15), sizes))
    x = numpy.zeros((len(groups), 1))
    # Positives per group such that every group's spread of classes is its own.
    labels = numpy.zeros(len(groups), dtype=int)
    for group in range(15):
        rows = numpy.flatnonzero(groups == group)
        labels[rows[: group // 3]] = 1
    spreads = [int(abs(len(r) - 2 * labels[r].sum())) for r in
               (numpy.flatnonzero(groups == g) for g in range(15))]
    differences = generator.normal(0.01, 0.02, (5, 2))
    many = generator.normal(0.03, 0.02, (8, 2))
    value = {
        "source": f"scikit-learn {sklearn.__version__}, scipy {scipy.__version__}",
        "seed": SEED,
        "groups": groups.tolist(),
        "labels": labels.tolist(),
        "spreads": spreads,
        "grouped": folds(GroupKFold(n_splits=4), x, None, groups),
        "stratifiedGrouped": folds(StratifiedGroupKFold(n_splits=3), x, labels, groups),
        "expanding": folds(TimeSeriesSplit(n_splits=4), x),
        "rolling": folds(TimeSeriesSplit(n_splits=3, max_train_size=20, gap=5, test_size=12), x),
        "differences": differences.tolist(),
        "paired": paired(differences),
        "differencesOfEight": many.tolist(),
        "pairedOfEight": paired(many),
    }
    PATH.write_text(json.dumps(value) + "\n")


if __name__ == "__main__":
    main()
