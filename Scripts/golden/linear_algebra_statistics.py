# SPDX-License-Identifier: Apache-2.0
"""Writes Tests/LinearAlgebraTests/Golden/statistics.json (needs numpy and scipy).

Covariances and correlations with and without weights, and exact moments of hard columns.
"""

import json
import pathlib
from fractions import Fraction

import numpy as np
import scipy
from scipy import stats

SEED = 20261121
OUTPUT = pathlib.Path(__file__).parents[2] / "Tests/LinearAlgebraTests/Golden/statistics.json"


def moments(values):
    """Mean and sample variance in exact arithmetic, rounded once."""
    exact = [Fraction(float(value)) for value in values]
    mean = sum(exact) / len(exact)
    variance = sum((value - mean) ** 2 for value in exact) / (len(exact) - 1)
    return {"values": [float(v) for v in values], "mean": float(mean), "variance": float(variance)}


def main():
    generator = np.random.default_rng(SEED)
    x = generator.normal(size=(37, 4)) @ generator.normal(size=(4, 4)) + [0, 5, -100, 1e3]
    # Ties within and between columns.
    x[:, 1] = np.round(x[:, 1])
    x[:, 3] = np.round(2 * x[:, 3]) / 2
    frequencies = generator.integers(0, 4, 37)
    weights = generator.uniform(0, 3, 37)
    repeated = np.repeat(x, frequencies, axis=0)
    golden = {
        "versions": {"numpy": np.__version__, "scipy": scipy.__version__},
        "seed": SEED,
        "rows": x.tolist(),
        "frequencies": frequencies.astype(float).tolist(),
        "weights": weights.tolist(),
        "covariance": np.cov(x, rowvar=False).tolist(),
        "populationCovariance": np.cov(x, rowvar=False, ddof=0).tolist(),
        "frequencyCovariance": np.cov(x, rowvar=False, fweights=frequencies).tolist(),
        "reliabilityCovariance": np.cov(x, rowvar=False, aweights=weights).tolist(),
        "pearson": np.corrcoef(x, rowvar=False).tolist(),
        "frequencyPearson": np.corrcoef(repeated, rowvar=False).tolist(),
        "spearman": stats.spearmanr(x).statistic.tolist(),
        "frequencySpearman": stats.spearmanr(repeated).statistic.tolist(),
        "ranks": stats.rankdata(x[:, 3]).tolist(),
        "hard": [
            moments(1e9 + generator.integers(0, 100, 300) / 64),
            moments(np.where(generator.uniform(size=300) < 0.5, 1e-9, 1) + 1e6),
            moments(10.0 ** generator.uniform(-10, 10, 200)),
            moments(-1e15 + generator.integers(0, 9, 100)),
        ],
    }
    OUTPUT.write_text(json.dumps(golden, separators=(",", ":")) + "\n")


if __name__ == "__main__":
    main()
