# SPDX-License-Identifier: Apache-2.0
"""Writes Tests/LinearAlgebraTests/Golden/factorisations.json (needs numpy and scipy).

Results for which a backward error is not the right measure: eigenvalues, singular values,
determinants, ranks and functions of small fixed matrices of moderate condition.
"""

import json
import pathlib

import numpy as np
import scipy
from scipy import linalg

SEED = 20261121
OUTPUT = (
    pathlib.Path(__file__).parents[2] / "Tests/LinearAlgebraTests/Golden/factorisations.json"
)


def flat(array):
    """Row-major elements of an array."""
    return [float(x) for x in np.asarray(array).ravel()]


def ordered(values):
    """Eigenvalues by descending magnitude, real part and imaginary part."""
    values = sorted(values, key=lambda z: (-round(abs(z), 12), -round(z.real, 12), -z.imag))
    return [float(z.real) for z in values], [float(z.imag) for z in values]


def case(generator, n, m):
    """One square matrix (n x n), one tall matrix (m x n) and what is known about them."""
    # Multiples of 1/64 are exact in Float too.
    square = np.round(generator.standard_normal((n, n)) * 64) / 64
    tall = np.round(generator.standard_normal((m, n)) * 64) / 64
    right = np.round(generator.standard_normal(m) * 64) / 64
    symmetric = (square + square.T) / 2
    positive = tall.T @ tall
    real, imaginary = ordered(linalg.eigvals(square))
    sign, magnitude = np.linalg.slogdet(square)
    _, d, _ = linalg.ldl(symmetric)
    solution, residual, rank, values = linalg.lstsq(tall, right, lapack_driver="gelsd")
    deficient = np.column_stack([tall, tall[:, 0] + tall[:, 1]])
    least, _, deficient_rank, _ = linalg.lstsq(deficient, right, lapack_driver="gelsd")
    return {
        "n": n,
        "m": m,
        "square": flat(square),
        "tall": flat(tall),
        "right": flat(right),
        "eigenvaluesReal": real,
        "eigenvaluesImaginary": imaginary,
        "symmetricEigenvalues": flat(linalg.eigvalsh(symmetric)),
        "generalisedEigenvalues": flat(linalg.eigvalsh(symmetric, positive)),
        "negativeInertia": int((linalg.eigvalsh(d) < 0).sum()),
        "logDeterminant": float(magnitude),
        "determinantSign": float(sign),
        "singularValues": flat(linalg.svdvals(tall)),
        "condition2": float(np.linalg.cond(tall)),
        "condition1": float(np.linalg.cond(square, 1)),
        "pseudoInverse": flat(linalg.pinv(tall)),
        "squareRoot": flat(linalg.sqrtm(positive).real),
        "leastSquares": flat(solution),
        "residualNorm": float(np.sqrt(residual)),
        "rank": int(rank),
        "deficientLeastSquares": flat(least),
        "deficientRank": int(deficient_rank),
    }


def main():
    generator = np.random.default_rng(SEED)
    document = {
        "numpy": np.__version__,
        "scipy": scipy.__version__,
        "seed": SEED,
        "cases": [case(generator, n, m) for n, m in ((2, 3), (4, 9), (7, 12))],
    }
    OUTPUT.write_text(json.dumps(document, separators=(",", ":")) + "\n")


if __name__ == "__main__":
    main()
