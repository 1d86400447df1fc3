# SPDX-License-Identifier: Apache-2.0
"""Writes Tests/ModelsTests/Golden/calibration.json: calibration maps, from independent programs.

Platt, isotonic and temperature are scikit-learn's (Platt again by SciPy to more digits), beta is
SciPy's minimum of the likelihood, checked against betacal, Venn-Abers is venn-abers' and the
definition itself. Needs numpy, scipy, scikit-learn, betacal and venn-abers. Run from the root of
the checkout.
"""

import json
import pathlib

import betacal
import numpy
import scipy
import sklearn
from scipy.optimize import minimize, minimize_scalar
from scipy.special import expit, log_softmax, logit, softmax
from sklearn.isotonic import IsotonicRegression
from venn_abers import VennAbers

SEED = 20260311
ROWS = 160
PATH = pathlib.Path("Tests/ModelsTests/Golden/calibration.json")


def platt(scores, labels, weights):
    """Slope and intercept with Platt's targets."""
    positive, negative = weights[labels == 1].sum(), weights[labels == 0].sum()
    targets = numpy.where(labels == 1, (positive + 1) / (positive + 2), 1 / (negative + 2))

    def loss(theta):
        eta = theta[0] * scores + theta[1]
        slope = weights * (expit(eta) - targets)
        value = weights @ (numpy.logaddexp(0, eta) - targets * eta)
        return value, numpy.array([slope @ scores, slope.sum()])

    return polish(loss, numpy.zeros(2))


def beta(p, labels, weights, form):
    """a, b, c of the largest likelihood with a and b not negative."""
    x, y = numpy.log(p), -numpy.log1p(-p)

    def loss(theta):
        a, b = (theta[0], theta[0]) if form == "equalShapes" else theta[:2]
        c = (a - b) * numpy.log(2) if form == "fixedMiddle" else theta[-1]
        eta = a * x + b * y + c
        slope = weights * (expit(eta) - labels)
        value = weights @ (numpy.logaddexp(0, eta) - labels * eta)
        da, db, dc = slope @ x, slope @ y, slope.sum()
        if form == "equalShapes":
            return value, numpy.array([da + db, dc])
        if form == "fixedMiddle":
            return value, numpy.array([da + numpy.log(2) * dc, db - numpy.log(2) * dc])
        return value, numpy.array([da, db, dc])

    size = {"threeParameters": 3, "equalShapes": 2, "fixedMiddle": 2}[form]
    free = {"threeParameters": 2, "equalShapes": 1, "fixedMiddle": 2}[form]
    bounds = [(0, None)] * free + [(None, None)] * (size - free)
    theta = polish(loss, numpy.ones(size), bounds)
    a, b = (theta[0], theta[0]) if form == "equalShapes" else theta[:2]
    c = (a - b) * numpy.log(2) if form == "fixedMiddle" else theta[-1]
    return [a, b, c]


def polish(loss, start, bounds=None):
    """The minimum, by Newton steps on numeric second derivatives of the inner coordinates."""
    theta = minimize(
        loss, start, jac=True, method="L-BFGS-B", bounds=bounds,
        options={"ftol": 1e-15, "gtol": 1e-10, "maxiter": 10_000}).x
    inner = [i for i in range(len(theta)) if not (bounds and bounds[i][0] == 0 and theta[i] < 1e-9)]
    for _ in range(20):
        step = 1e-5
        hessian = numpy.array([
            (loss(theta + step * numpy.eye(len(theta))[i])[1]
             - loss(theta - step * numpy.eye(len(theta))[i])[1]) / (2 * step)
            for i in inner])[:, inner]
        theta[inner] -= numpy.linalg.solve(hessian, loss(theta)[1][inner])
    return theta.tolist()


def temperature(p, codes, weights):
    """1 / beta of the smallest weighted log loss."""
    logs = numpy.log(p)

    def loss(exponent):
        return -(weights @ log_softmax(numpy.exp(exponent) * logs, axis=1)[range(len(p)), codes])

    found = minimize_scalar(loss, bounds=(-10, 10), method="bounded", options={"xatol": 1e-12})
    return float(numpy.exp(-found.x))


def venn_abers_by_definition(scores, labels, weights, new):
    """Isotonic regression of the rows and the new one, once negative and once positive."""
    result = []
    for score in new:
        ends = []
        for label in (0, 1):
            fit = IsotonicRegression().fit(
                numpy.append(scores, score), numpy.append(labels, label),
                sample_weight=numpy.append(weights, 1))
            ends.append(float(fit.predict([score])[0]))
        result.append(ends)
    return result


def main():
    generator = numpy.random.default_rng(SEED)
    truth = generator.normal(-0.5, 1.5, ROWS)
    labels = (generator.random(ROWS) < expit(truth)).astype(int)
    # Overconfident, and rounded so that there are ties.
    p = numpy.clip(numpy.round(expit(2.2 * truth + 0.8), 2), 0.01, 0.99)
    weights = generator.integers(1, 4, ROWS).astype(float)
    new = numpy.round(numpy.linspace(0.005, 0.995, 67), 3)

    # A bend that beta calibration can only follow with b = 0.
    bent = numpy.clip(generator.random(ROWS), 0.01, 0.99)
    bent_labels = (
        generator.random(ROWS) < expit(1.5 * numpy.log(bent) + 1.5 * numpy.log1p(-bent) + 2)
    ).astype(int)

    isotonic = IsotonicRegression(out_of_bounds="clip").fit(p, labels, sample_weight=weights)
    falling = IsotonicRegression(increasing=False, out_of_bounds="clip").fit(
        new, numpy.sin(4 * new) + 0.1 * numpy.cos(60 * new))

    three = softmax(generator.normal(0, 1, (ROWS, 3)) + numpy.eye(3)[numpy.arange(ROWS) % 3], axis=1)
    codes = numpy.arange(ROWS) % 3

    forms = {form: beta(p, labels, weights, form)
             for form in ("threeParameters", "equalShapes", "fixedMiddle")}
    repeated = numpy.repeat(numpy.arange(ROWS), weights.astype(int))
    peers = {"threeParameters": "abm", "equalShapes": "am", "fixedMiddle": "ab"}
    for form, parameters in peers.items():
        peer = betacal.BetaCalibration(parameters=parameters).fit(p[repeated, None], labels[repeated])
        a, b, c = forms[form]
        ours = expit(a * numpy.log(p) - b * numpy.log1p(-p) + c)
        assert numpy.abs(peer.predict(p[:, None]) - ours).max() < 1e-4, form

    peer = VennAbers()
    peer.fit(numpy.column_stack([1 - p, p]), labels)
    merged, intervals = peer.predict_proba(numpy.column_stack([1 - new, new]))

    # Saerens: rows of another base rate, with exact posteriors of two normals.
    drawn = numpy.concatenate([generator.normal(0, 1, 270), generator.normal(3, 1, 30)])
    posterior = expit(3 * drawn - 4.5)
    share = numpy.array([0.5, 0.5])
    for _ in range(100_000):
        joint = numpy.column_stack([1 - posterior, posterior]) * share / 0.5
        share = (joint / joint.sum(axis=1, keepdims=True)).mean(axis=0)

    value = {
        "source": f"scikit-learn {sklearn.__version__}, scipy {scipy.__version__}, "
                  f"betacal 1.1.0, venn-abers 1.5.4",
        "seed": SEED,
        "probabilities": p.tolist(),
        "labels": labels.tolist(),
        "weights": weights.tolist(),
        "new": new.tolist(),
        "platt": platt(logit(p), labels, weights),
        "plattUnweighted": platt(p, labels, numpy.ones(ROWS)),
        "isotonic": isotonic.predict(new).tolist(),
        "isotonicPositions": isotonic.X_thresholds_.tolist(),
        "isotonicValues": isotonic.y_thresholds_.tolist(),
        "falling": falling.predict(new).tolist(),
        "fallingTargets": (numpy.sin(4 * new) + 0.1 * numpy.cos(60 * new)).tolist(),
        "beta": forms,
        "bent": bent.tolist(),
        "bentLabels": bent_labels.tolist(),
        "betaBent": beta(bent, bent_labels, numpy.ones(ROWS), "threeParameters"),
        "temperature": temperature(numpy.column_stack([1 - p, p]), labels, weights),
        "three": three.tolist(),
        "codes": codes.tolist(),
        "temperatureThree": temperature(three, codes, weights),
        "vennAbers": venn_abers_by_definition(p, labels, weights, new),
        "vennAbersPeer": intervals.tolist(),
        "vennAbersMerged": merged[:, 1].tolist(),
        "drawn": posterior.tolist(),
        "shares": share.tolist(),
    }
    PATH.write_text(json.dumps(value) + "\n")


if __name__ == "__main__":
    main()
