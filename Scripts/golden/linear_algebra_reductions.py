# SPDX-License-Identifier: Apache-2.0
"""Writes Tests/LinearAlgebraTests/Golden/reductions.json (needs numpy and scipy)."""

import json
import pathlib

import numpy as np
import scipy
from scipy.special import log_softmax, logsumexp, softmax

SEED = 20261122
OUTPUT = pathlib.Path(__file__).parents[2] / "Tests/LinearAlgebraTests/Golden/reductions.json"
PROBABILITIES = [0.0, 0.01, 0.25, 0.5, 0.6, 0.975, 1.0]


def along(m, axis):
    """NumPy's and SciPy's results along one axis."""
    return {
        "varianceOfPopulation": np.var(m, axis=axis).tolist(),
        "varianceOfSample": np.var(m, axis=axis, ddof=1).tolist(),
        "norm1": np.linalg.norm(m, 1, axis=axis).tolist(),
        "norm2": np.linalg.norm(m, axis=axis).tolist(),
        "normInfinity": np.linalg.norm(m, np.inf, axis=axis).tolist(),
        "argmin": np.argmin(m, axis=axis).tolist(),
        "argmax": np.argmax(m, axis=axis).tolist(),
        "logSumExp": logsumexp(m, axis=axis).tolist(),
        "quantiles": np.quantile(m, PROBABILITIES, axis=axis).ravel().tolist(),
        "softmax": softmax(m, axis=axis).ravel().tolist(),
        "logSoftmax": log_softmax(m, axis=axis).ravel().tolist(),
        "cumulativeSum": np.cumsum(m, axis=axis).ravel().tolist(),
    }


def main():
    generator = np.random.default_rng(SEED)
    # Two digits after the point give ties.
    m = np.round(generator.normal(0, 3, size=(21, 19)), 2)
    counts, edges = np.histogram(m, bins=13)
    part, part_edges = np.histogram(m, bins=8, range=(-2.5, 4.0))
    golden = {
        "versions": {"numpy": np.__version__, "scipy": scipy.__version__},
        "seed": SEED,
        "rowCount": m.shape[0],
        "columnCount": m.shape[1],
        "elements": m.ravel().tolist(),
        "probabilities": PROBABILITIES,
        "rows": along(m, 1),
        "columns": along(m, 0),
        "counts": counts.tolist(),
        "edges": edges.tolist(),
        "countsOfRange": part.tolist(),
        "edgesOfRange": part_edges.tolist(),
    }
    OUTPUT.write_text(json.dumps(golden) + "\n")


if __name__ == "__main__":
    main()
