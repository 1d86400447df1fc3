# SPDX-License-Identifier: Apache-2.0
"""Writes Tests/ModelsTests/Golden/logistic_inference.json: robust covariance, effects, Firth.

Needs numpy, scipy and statsmodels. Run from the root of the checkout.
"""

import json
import pathlib

import numpy
import scipy
import scipy.optimize
import scipy.stats
import statsmodels
import statsmodels.api

SEED = 20250304
ROWS = 120
PATH = pathlib.Path("Tests/ModelsTests/Golden/logistic_inference.json")


def sample():
    generator = numpy.random.default_rng(SEED)
    x = numpy.column_stack([
        2015.0 + generator.integers(0, 9, ROWS), generator.normal(3, 2, ROWS),
        generator.integers(0, 2, ROWS).astype(float)])
    extra = generator.normal(size=(ROWS, 2))
    logit = 0.2 * (x[:, 0] - 2019) - 0.5 * x[:, 1] + 0.8 * x[:, 2] + 0.7
    y = (generator.random(ROWS) < 1 / (1 + numpy.exp(-logit))).astype(float)
    return x, y, generator.integers(0, 15, ROWS), extra


def probability(z, b):
    return 1 / (1 + numpy.exp(-(z @ b)))


def leverages(z, p, information):
    return p * (1 - p) * numpy.einsum("ij,jk,ik->i", z, numpy.linalg.inv(information), z)


def sandwiches(z, y, b):
    """White's family by its definitions, in centred columns and moved back."""
    centre = numpy.concatenate([[0], z[:, 1:].mean(0)])
    c = z - centre
    move = numpy.eye(z.shape[1])
    move[0, 1:] = -centre[1:]
    p = probability(z, b)
    information = (c.T * (p * (1 - p))) @ c
    bread = numpy.linalg.inv(information)
    h = leverages(c, p, information)
    n, k = z.shape
    result = {}
    for name, factor in {
            "hc0": numpy.ones(n), "hc1": numpy.full(n, n / (n - k)), "hc2": 1 / (1 - h),
            "hc3": 1 / (1 - h) ** 2}.items():
        meat = (c.T * ((y - p) ** 2 * factor)) @ c
        result[name] = numpy.sqrt(numpy.diag(move @ bread @ meat @ bread @ move.T)).tolist()
    return result


def penalised(z, y, b, firth):
    eta = z @ b
    value = -numpy.logaddexp(0, numpy.where(y == 1, -eta, eta)).sum()
    if firth:
        p = probability(z, b)
        value += numpy.linalg.slogdet((z.T * (p * (1 - p))) @ z)[1] / 2
    return value


def maximise(z, y, firth, start, free):
    """Newton on the (modified) score over the free coefficients."""
    b = start.copy()
    for _ in range(500):
        p = probability(z, b)
        information = (z.T * (p * (1 - p))) @ z
        residual = y - p
        if firth:
            residual = residual + leverages(z, p, information) * (0.5 - p)
        step = numpy.linalg.solve(
            information[numpy.ix_(free, free)], (z.T @ residual)[free])
        b[free] += step / max(1, abs(step).max() / 2)
        if abs(step).max() < 1e-14:
            break
    return b


def firth_or_likelihood(z, y, firth):
    """The fit, Wald errors, profile intervals at 95 % in the centred design."""
    k = z.shape[1]
    everything = list(range(k))
    b = maximise(z, y, firth, numpy.zeros(k), everything)
    top = penalised(z, y, b, firth)
    if firth:  # the score is that of the objective
        found = scipy.optimize.minimize(
            lambda v: -penalised(z, y, v, True), b, method="Nelder-Mead",
            options={"xatol": 1e-9, "fatol": 1e-13, "maxiter": 20000})
        assert -found.fun <= top + 1e-10 and abs(found.x - b).max() < 1e-4
    p = probability(z, b)
    errors = numpy.sqrt(numpy.diag(numpy.linalg.inv((z.T * (p * (1 - p))) @ z)))
    half = scipy.stats.chi2.ppf(0.95, 1) / 2
    intervals = []
    for index in everything:
        free = [k for k in everything if k != index]

        def excess(value):
            start = b.copy()
            start[index] = value
            return penalised(z, y, maximise(z, y, firth, start, free), firth) - top + half

        ends = []
        for sign in (-1, 1):
            far = errors[index]
            while excess(b[index] + sign * far) > 0:
                far *= 1.5
            ends.append(scipy.optimize.brentq(
                lambda t: excess(b[index] + sign * t), 0, far, xtol=1e-13, rtol=1e-14) * sign
                + b[index])
        intervals.append(ends)
    null = maximise(z, y, firth, numpy.zeros(k), [0])
    return {
        "coefficients": b.tolist(), "standardErrors": errors.tolist(), "intervals": intervals,
        "logLikelihood": top, "nullLogLikelihood": penalised(z, y, null, firth)}


def main():
    x, y, groups, extra = sample()
    z = statsmodels.api.add_constant(x)
    logit = statsmodels.api.Logit(y, z)
    fit = logit.fit(method="newton", tol=1e-14, maxiter=50, disp=0)
    robust = logit.fit(method="newton", tol=1e-14, maxiter=50, disp=0, cov_type="HC0")
    clustered = logit.fit(
        method="newton", tol=1e-14, maxiter=50, disp=0, cov_type="cluster",
        cov_kwds={"groups": groups})
    sandwich = sandwiches(z, y, fit.params)
    assert numpy.allclose(robust.bse, sandwich["hc0"], rtol=1e-7)
    effects = {}
    for point in ("overall", "mean"):
        margins = fit.get_margeff(at=point, dummy=True)
        effects[point] = {
            "values": margins.margeff.tolist(), "standardErrors": margins.margeff_se.tolist()}
    wide = numpy.column_stack([z, extra])
    padded = numpy.concatenate([fit.params, [0, 0]])
    p = probability(wide, padded)
    slope = wide.T @ (y - p)
    score = slope @ numpy.linalg.solve((wide.T * (p * (1 - p))) @ wide, slope)
    full = statsmodels.api.Logit(y, wide).fit(method="newton", tol=1e-14, maxiter=50, disp=0)
    wald = fit.wald_test(numpy.eye(4)[[1, 3]], scalar=True)
    # Firth's: a small sample with a separating flag.
    rows = numpy.arange(60)
    flag = ((y[rows] == 1) & (x[rows, 2] == 1)).astype(float)
    small = numpy.column_stack([x[rows, 1], flag])
    centred = numpy.column_stack([numpy.ones(60), small])
    value = {
        "source": (
            f"statsmodels {statsmodels.__version__} Logit, scipy {scipy.__version__}, numpy "
            f"{numpy.__version__}; Firth and profiles by Newton's method and Brent's root"),
        "seed": SEED,
        "features": x.tolist(),
        "labels": [bool(label) for label in y],
        "groups": groups.tolist(),
        "candidates": extra.tolist(),
        "robust": dict(sandwich, cluster=clustered.bse.tolist()),
        "effects": effects,
        "score": score,
        "likelihoodRatio": 2 * (full.llf - fit.llf),
        "wald": float(wald.statistic),
        "waldP": float(wald.pvalue),
        "small": small.tolist(),
        "smallLabels": [bool(label) for label in y[rows]],
        "firth": firth_or_likelihood(centred, y[rows], True),
        "profile": firth_or_likelihood(
            numpy.column_stack([numpy.ones(ROWS), x - [2019, 0, 0]]), y, False),
    }
    PATH.write_text(json.dumps(value, indent=1) + "\n")


if __name__ == "__main__":
    main()
