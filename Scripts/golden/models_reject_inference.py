# SPDX-License-Identifier: Apache-2.0
"""Writes Tests/ModelsTests/Golden/reject_inference.json: a bivariate probit with selection.

The likelihood is written with Owen's T function, maximised by scipy. Needs numpy and scipy. Run from
the root of the checkout.
"""

import json
import pathlib

import numpy
import scipy
from scipy import optimize, stats
from scipy.special import log_ndtr, ndtr, owens_t

SEED = 20251124
ROWS = 500
PATH = pathlib.Path("Tests/ModelsTests/Golden/reject_inference.json")


def bivariate(h, k, rho):
    """P(X <= h, Y <= k) by Owen's T function; h and k are not 0."""
    root = numpy.sqrt(1 - rho * rho)
    delta = numpy.where((h * k < 0), 0.5, 0.0)
    return (
        ndtr(h) / 2 + ndtr(k) / 2 - owens_t(h, (k / h - rho) / root)
        - owens_t(k, (h / k - rho) / root) - delta)


def main():
    generator = numpy.random.default_rng(SEED)
    x = generator.normal(0, 1, (ROWS, 2))
    z = numpy.column_stack([x[:, 0], generator.normal(0, 1, ROWS)])
    unseen = generator.multivariate_normal([0, 0], [[1, 0.5], [0.5, 1]], ROWS)
    accepted = 0.3 - 0.8 * z[:, 0] + 0.9 * z[:, 1] + unseen[:, 0] > 0
    positive = -0.4 + 0.9 * x[:, 0] - 0.6 * x[:, 1] + unseen[:, 1] > 0

    def negative(point):
        b, g, rho = point[:3], point[3:6], numpy.tanh(point[6])
        outcome = b[0] + x @ b[1:]
        selection = g[0] + z @ g[1:]
        sign = numpy.where(positive, 1.0, -1.0)
        seen = bivariate(selection, sign * outcome, sign * rho)
        terms = numpy.where(accepted, numpy.log(numpy.maximum(seen, 1e-300)), log_ndtr(-selection))
        return -terms.sum()

    start = numpy.zeros(7)
    start[[0, 3]] = 0.01
    found = optimize.minimize(negative, start, method="BFGS", options={"gtol": 1e-7})
    found = optimize.minimize(
        negative, found.x, method="Nelder-Mead",
        options={"xatol": 1e-10, "fatol": 1e-12, "maxiter": 20000, "maxfev": 20000})

    def hessian(point, step=1e-4):
        count = len(point)
        matrix = numpy.zeros((count, count))
        for i in range(count):
            for j in range(count):
                total = 0
                for a in (1, -1):
                    for b in (1, -1):
                        moved = point.copy()
                        moved[i] += a * step
                        moved[j] += b * step
                        total += a * b * negative(moved)
                matrix[i, j] = total / (4 * step * step)
        return matrix

    errors = numpy.sqrt(numpy.diag(numpy.linalg.inv(hessian(found.x))))
    apart = optimize.minimize(
        lambda point: negative(numpy.append(point, 0.0)), found.x[:6], method="BFGS",
        options={"gtol": 1e-7})
    value = {
        "source": f"scipy {scipy.__version__}, numpy {numpy.__version__}",
        "seed": SEED,
        "features": x.tolist(), "selection": z.tolist(),
        "outcomes": [bool(p) if a else None for p, a in zip(positive, accepted)],
        "parameters": found.x.tolist(), "standardErrors": errors.tolist(),
        "logLikelihood": -float(found.fun), "independentLogLikelihood": -float(apart.fun),
    }
    PATH.write_text(json.dumps(value) + "\n")

    rows = []
    for rho in [-0.999, -0.96, -0.8, -0.5, -0.1, 0.0, 0.2, 0.6, 0.75, 0.93, 0.97, 0.999]:
        for h, k in [(0.0, 0.0), (1.2, -0.4), (-2.5, -2.4), (0.3, 3.5), (-1.0, 2.0), (-5.0, -4.0)]:
            rows.append([h, k, rho, exact(h, k, rho)])
    path = pathlib.Path("Tests/CreditSpecialFunctionsTests/Golden/bivariate_normal.json")
    path.write_text(json.dumps({"source": "mpmath, 30 digits", "rows": rows}) + "\n")


def exact(h, k, rho):
    """The integral of phi(t) Phi((k - rho t) / sqrt(1 - rho^2)) up to h."""
    import mpmath
    mpmath.mp.dps = 30
    root = mpmath.sqrt(1 - mpmath.mpf(rho) ** 2)
    edge = [k / rho] if rho and -20 < k / rho < h else []
    return float(mpmath.quad(
        lambda t: mpmath.npdf(t) * mpmath.ncdf((k - rho * t) / root),
        sorted([-20, *edge, *[e + d for e in edge for d in (-0.3, 0.3) if -20 < e + d < h], h])))


if __name__ == "__main__":
    main()
