# SPDX-License-Identifier: Apache-2.0
"""Writes Tests/ModelsTests/Golden/logistic_regression.json: small weighted logistic regressions.

Needs mpmath, numpy and scikit-learn. Run from the root of the checkout.
"""

import json
import pathlib

import mpmath
import numpy
import sklearn
import sklearn.linear_model

mpmath.mp.dps = 60
SEED = 20240611
ROWS = 80
PATH = pathlib.Path("Tests/ModelsTests/Golden/logistic_regression.json")


def sample():
    """A year far from zero, an amount of large scale, a flag; integer weights."""
    generator = numpy.random.default_rng(SEED)
    year = 2015.0 + generator.integers(0, 9, ROWS)
    amount = numpy.round(numpy.exp(generator.normal(9, 1, ROWS)), 2)
    flag = generator.integers(0, 2, ROWS).astype(float)
    x = numpy.column_stack([year, amount, flag])
    logit = 0.3 * (year - 2019) - 0.00006 * amount + 0.9 * flag - 0.2
    y = (generator.random(ROWS) < 1 / (1 + numpy.exp(-logit))).astype(float)
    weights = generator.integers(1, 5, ROWS).astype(float)
    return x, y, weights


def inference(x, y, weights, intercept):
    """Newton's method at 60 digits on the repeated rows: weights are repetitions by definition."""
    rows = numpy.repeat(numpy.arange(len(y)), weights.astype(int))
    design = mpmath.matrix(
        [([1] if intercept else []) + [mpmath.mpf(value) for value in x[row]] for row in rows])
    labels = mpmath.matrix([int(y[row]) for row in rows])
    count, size = len(rows), design.cols
    beta = mpmath.zeros(size, 1)
    for _ in range(40):
        p = [1 / (1 + mpmath.exp(-eta)) for eta in design * beta]
        gradient = design.T * (labels - mpmath.matrix(p))
        scaled = mpmath.matrix(count, size)
        for row in range(count):
            for column in range(size):
                scaled[row, column] = design[row, column] * p[row] * (1 - p[row])
        information = design.T * scaled
        beta += mpmath.lu_solve(information, gradient)
    assert mpmath.norm(gradient, mpmath.inf) < mpmath.mpf(10) ** -40
    covariance = information ** -1
    errors = [mpmath.sqrt(covariance[k, k]) for k in range(size)]
    z = [b / error for b, error in zip(beta, errors)]
    quantile = mpmath.sqrt(2) * mpmath.erfinv(mpmath.mpf("0.9"))
    likelihood = sum(mpmath.log(q if label else 1 - q) for q, label in zip(p, labels))
    return {
        "coefficients": [float(b) for b in beta],
        "standardErrors": [float(error) for error in errors],
        "z": [float(value) for value in z],
        "p": [float(mpmath.erfc(abs(value) / mpmath.sqrt(2))) for value in z],
        "intervals90": [
            [float(b - quantile * error), float(b + quantile * error)]
            for b, error in zip(beta, errors)],
        "logLikelihood": float(likelihood),
        "aic": float(2 * size - 2 * likelihood),
        "bic": float(mpmath.log(count) * size - 2 * likelihood),
        "observations": float(weights.sum()),
    }


def ridge(x, y, weights, strength, intercept):
    """scikit-learn's L2 fit on standardised columns."""
    fit = sklearn.linear_model.LogisticRegression(
        C=strength, fit_intercept=intercept, solver="newton-cholesky", tol=1e-13, max_iter=1000)
    fit.fit(x, y, sample_weight=weights)
    return {
        "C": strength,
        "fitsIntercept": intercept,
        "intercept": float(fit.intercept_[0]) if intercept else 0.0,
        "coefficients": fit.coef_[0].tolist(),
        "probabilities": fit.predict_proba(x)[:, 1].tolist(),
    }


def main():
    x, y, weights = sample()
    standardised = (x - x.mean(0)) / x.std(0)
    value = {
        "source": (
            f"mpmath {mpmath.__version__} at 60 digits, scikit-learn "
            f"{sklearn.__version__} newton-cholesky, numpy {numpy.__version__}"),
        "seed": SEED,
        "features": x.tolist(),
        "standardised": standardised.tolist(),
        "labels": [bool(label) for label in y],
        "weights": weights.tolist(),
        "maximumLikelihood": inference(x, y, weights, True),
        "withoutIntercept": inference(standardised, y, weights, False),
        "ridge": [
            ridge(standardised, y, weights, strength, intercept)
            for strength in (0.01, 1.0, 1000.0)
            for intercept in (True, False)
        ],
    }
    PATH.write_text(json.dumps(value, indent=1) + "\n")


if __name__ == "__main__":
    main()
