# SPDX-License-Identifier: Apache-2.0
"""Writes Tests/LinearAlgebraTests/Golden/optimisation.json (needs mpmath, numpy and scipy).

Minima and roots of Brent's series, Nelder-Mead runs of SciPy and a logistic regression.
"""

import json
import pathlib

import mpmath as mp
import numpy as np
import scipy
from scipy import optimize

SEED = 20261121
OUTPUT = pathlib.Path(__file__).parents[2] / "Tests/LinearAlgebraTests/Golden/optimisation.json"
mp.mp.dps = 40


def brent_slope(x):
    """The derivative of the sum of ((2i - 5) / (x - i^2))^2, i = 1...20."""
    return -2 * sum(mp.mpf(2 * i - 5) ** 2 / (x - i * i) ** 3 for i in range(1, 21))


def brent_minimum(n):
    """The minimum of the series between its poles n^2 and (n + 1)^2, by bisection."""
    edge = mp.mpf(10) ** -9
    bounds = (n * n + edge, (n + 1) ** 2 - edge)
    return float(mp.findroot(brent_slope, bounds, solver="anderson", tol=1e-30))


def nelder_mead(name, function, start, adaptive):
    """A run of SciPy's Nelder-Mead."""
    run = optimize.minimize(
        function,
        start,
        method="Nelder-Mead",
        options={"xatol": 1e-8, "fatol": 1e-8, "adaptive": adaptive, "maxiter": 2000},
    )
    return {
        "function": name,
        "start": start,
        "isAdaptive": adaptive,
        "iterations": run.nit,
        "evaluations": run.nfev,
        "point": run.x.tolist(),
        "value": float(run.fun),
    }


def logistic(rows, labels):
    """The ridge logistic regression in high precision, by Newton's method."""
    x = mp.matrix(rows.tolist())
    w = mp.zeros(x.cols, 1)
    for _ in range(60):
        p = (x * w).apply(lambda t: 1 / (1 + mp.exp(-t)))
        gradient = x.T * (p - mp.matrix(labels.tolist())) + w
        weights = mp.diag([v * (1 - v) for v in p])
        step = mp.lu_solve(x.T * weights * x + mp.eye(x.cols), gradient)
        w -= step
        if mp.norm(step) < mp.mpf(10) ** -30:
            break
    return [float(value) for value in w]


def beale(x):
    return (
        (1.5 - x[0] + x[0] * x[1]) ** 2
        + (2.25 - x[0] + x[0] * x[1] ** 2) ** 2
        + (2.625 - x[0] + x[0] * x[1] ** 3) ** 2
    )


def main():
    generator = np.random.default_rng(SEED)
    rows = np.round(generator.normal(size=(60, 4)), 3)
    odds = rows @ [1.0, -2.0, 0.5, 0.0]
    labels = (generator.uniform(size=60) < 1 / (1 + np.exp(-odds))).astype(float)
    golden = {
        "versions": {
            "mpmath": mp.__version__,
            "numpy": np.__version__,
            "scipy": scipy.__version__,
        },
        "seed": SEED,
        "brentMinima": [brent_minimum(n) for n in range(1, 20)],
        "nelderMead": [
            nelder_mead("rosenbrock", optimize.rosen, [-1.2, 1.0], False),
            nelder_mead("rosenbrock", optimize.rosen, [0.0, 1.3, 0.7, -0.8], True),
            nelder_mead("beale", beale, [1.0, 1.0], False),
        ],
        "logistic": {
            "rows": rows.tolist(),
            "labels": labels.tolist(),
            "coefficients": logistic(rows, labels),
        },
    }
    OUTPUT.write_text(json.dumps(golden, separators=(",", ":")) + "\n")


if __name__ == "__main__":
    main()
