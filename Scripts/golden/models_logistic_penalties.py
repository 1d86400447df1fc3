# SPDX-License-Identifier: Apache-2.0
"""Writes Tests/ModelsTests/Golden/logistic_penalties.json: L1, elastic net, offsets, signs.

Needs numpy, scipy, scikit-learn and statsmodels. Run from the root of the checkout.
"""

import json
import pathlib

import numpy
import scipy
import scipy.optimize
import sklearn
import sklearn.linear_model
import statsmodels
import statsmodels.api

SEED = 20250303
ROWS, COLUMNS = 90, 6
PATH = pathlib.Path("Tests/ModelsTests/Golden/logistic_penalties.json")


def sample():
    generator = numpy.random.default_rng(SEED)
    x = generator.normal(size=(ROWS, COLUMNS))
    x[:, 3] = 0.8 * x[:, 0] + 0.6 * x[:, 3]
    x[:, 5] = generator.integers(0, 2, ROWS)
    offset = generator.normal(0, 0.7, ROWS)
    logit = x @ numpy.array([0.9, -0.7, 0.05, 0.0, 0.3, -0.5]) - 0.6 + offset
    y = (generator.random(ROWS) < 1 / (1 + numpy.exp(-logit))).astype(float)
    weights = generator.integers(1, 4, ROWS).astype(float)
    return x, y, weights, offset


def saga(x, y, weights, strength, ratio, intercept=True, class_weight=None):
    fit = sklearn.linear_model.LogisticRegression(
        C=strength, l1_ratio=ratio, solver="saga", tol=1e-14, max_iter=200_000,
        fit_intercept=intercept, class_weight=class_weight, random_state=0)
    fit.fit(x, y, sample_weight=weights)
    return {
        "C": strength, "l1Ratio": ratio, "fitsIntercept": intercept,
        "intercept": float(fit.intercept_[0]) if intercept else 0.0,
        "coefficients": fit.coef_[0].tolist(),
    }


def constrained(x, y, weights, bounds, strength):
    """Newton-polished bounded minimum: L-BFGS-B finds the active set, Newton the digits."""
    z = numpy.column_stack([numpy.ones(len(y)), x])
    ridge = numpy.array([0.0] + [1 / strength if strength else 0.0] * x.shape[1])

    def objective(b):
        eta = z @ b
        p = 1 / (1 + numpy.exp(-eta))
        value = (weights * numpy.logaddexp(0, numpy.where(y == 1, -eta, eta))).sum()
        return value + (ridge * b * b).sum() / 2, z.T @ (weights * (p - y)) + ridge * b

    found = scipy.optimize.minimize(
        objective, numpy.zeros(z.shape[1]), jac=True, method="L-BFGS-B",
        bounds=[(None, None)] + bounds, options={"ftol": 1e-15, "gtol": 1e-10})
    b = found.x
    free = [0] + [k for k in range(1, len(b)) if abs(b[k]) > 1e-7]
    b[[k for k in range(len(b)) if k not in free]] = 0
    for _ in range(20):
        p = 1 / (1 + numpy.exp(-(z @ b)))
        hessian = (z.T * (weights * p * (1 - p))) @ z + numpy.diag(ridge)
        b[free] -= numpy.linalg.solve(hessian[numpy.ix_(free, free)], objective(b)[1][free])
    return {"intercept": b[0], "coefficients": b[1:].tolist()}


def main():
    x, y, weights, offset = sample()
    glm = statsmodels.api.GLM(
        y, statsmodels.api.add_constant(x), family=statsmodels.api.families.Binomial(),
        offset=offset, freq_weights=weights).fit(tol=1e-14)
    null = statsmodels.api.GLM(
        y, numpy.ones((ROWS, 1)), family=statsmodels.api.families.Binomial(), offset=offset,
        freq_weights=weights).fit(tol=1e-14)
    up, down = (0, None), (None, 0)
    value = {
        "source": (
            f"scikit-learn {sklearn.__version__} saga, statsmodels {statsmodels.__version__} GLM, "
            f"scipy {scipy.__version__} L-BFGS-B with numpy {numpy.__version__} Newton steps"),
        "seed": SEED,
        "features": x.tolist(),
        "labels": [bool(label) for label in y],
        "weights": weights.tolist(),
        "offsets": offset.tolist(),
        "penalised": [
            saga(x, y, weights, strength, ratio, intercept)
            for strength, ratio, intercept in (
                (0.3, 1.0, True), (0.3, 1.0, False), (5.0, 1.0, True),
                (0.1, 0.5, True), (0.5, 0.2, False), (1.0, 0.9, True))
        ],
        "factors": saga(x, y, weights, 0.2, 0.7, True, {0: 0.6, 1: 1.7}),
        "withOffset": {
            "coefficients": glm.params.tolist(), "standardErrors": glm.bse.tolist(),
            "logLikelihood": glm.llf, "nullLogLikelihood": null.llf,
        },
        "allNonNegative": constrained(x, y, weights, [up] * COLUMNS, 0.5),
        "mixedSigns": constrained(
            x, y, weights, [up, up, (None, None), down, (None, None), (None, None)], None),
    }
    PATH.write_text(json.dumps(value, indent=1) + "\n")


if __name__ == "__main__":
    main()
