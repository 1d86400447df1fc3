# SPDX-License-Identifier: Apache-2.0
"""Writes Tests/ModelsTests/Golden/nearest_neighbours.json: small fits of every metric and weighting.

Needs numpy and scikit-learn; Gower's distance and the weightings that scikit-learn lacks are numpy.
Run from the root of the checkout.
"""

import json
import pathlib

import numpy
import sklearn
from sklearn.neighbors import (
    KNeighborsClassifier, KNeighborsRegressor, RadiusNeighborsClassifier, RadiusNeighborsRegressor)

SEED = 20250311
ROWS, QUERIES = 120, 15
PATH = pathlib.Path("Tests/ModelsTests/Golden/nearest_neighbours.json")


def gower(x, row, spans):
    """The mean of scaled differences; the last column is nominal."""
    parts = numpy.abs(x - row) / spans
    parts[:, -1] = x[:, -1] != row[-1]
    return parts.mean(axis=1)


def main():
    generator = numpy.random.default_rng(SEED)
    x = generator.normal(0, [1, 2, 0.5, 1], (ROWS + QUERIES, 4)) + [10, 0, -3, 0]
    x[:, 3] += 0.7 * x[:, 1]
    # Whole kinds of a column, for Gower's distance.
    kinds = numpy.column_stack([x[:, :3], generator.integers(0, 3, len(x))])
    y = (x[:, 0] + generator.normal(0, 1, len(x)) > 10).astype(int) + (x[:, 1] > 2)
    z = x[:, 0] - x[:, 1] + generator.normal(0, 0.3, len(x))
    train, query = slice(0, ROWS), slice(ROWS, None)

    def classify(model):
        return model.fit(x[train], y[train]).predict_proba(x[query]).tolist()

    def regress(model):
        return model.fit(x[train], z[train]).predict(x[query]).tolist()

    inverse = numpy.linalg.inv(numpy.cov(x[train].T))
    metrics = {
        "euclidean": {"metric": "euclidean"},
        "manhattan": {"metric": "manhattan"},
        "chebyshev": {"metric": "chebyshev"},
        "minkowski": {"metric": "minkowski", "p": 3.5},
        "mahalanobis": {
            "metric": "mahalanobis", "metric_params": {"VI": inverse}, "algorithm": "brute"},
    }
    weightings = {
        "uniform": "uniform",
        "inverseDistance": "distance",
        "shifted": lambda d: 1 / (d + 0.25),
        # Where all neighbours are farther than 1, they count the same.
        "oneMinus": lambda d: numpy.where(d[:, :1] < 1, numpy.maximum(1 - d, 0), 1),
        "gaussian": lambda d: numpy.exp(-((d / 0.8) ** 2) / 2),
    }
    spans = numpy.ptp(kinds[train], axis=0)
    near = []
    for row in kinds[query]:
        distances = gower(kinds[train], row, spans)
        order = numpy.argsort(distances, kind="stable")[:6]
        near.append({"rows": order.tolist(), "distances": distances[order].tolist()})
    value = {
        "source": f"scikit-learn {sklearn.__version__}, numpy {numpy.__version__}",
        "seed": SEED,
        "features": x[train].tolist(), "queries": x[query].tolist(),
        "kinds": kinds[train].tolist(), "kindQueries": kinds[query].tolist(),
        "labels": y[train].tolist(), "targets": z[train].tolist(),
        "metrics": {
            name: classify(KNeighborsClassifier(7, weights="distance", **options))
            for name, options in metrics.items()},
        "weightings": {
            name: classify(KNeighborsClassifier(9, weights=weighting))
            for name, weighting in weightings.items()},
        "radius": classify(RadiusNeighborsClassifier(2.5, weights="distance")),
        "regression": regress(KNeighborsRegressor(6, weights="distance")),
        "radiusRegression": regress(RadiusNeighborsRegressor(2.5)),
        "gower": near,
    }
    PATH.write_text(json.dumps(value) + "\n")


if __name__ == "__main__":
    main()
