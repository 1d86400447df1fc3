# SPDX-License-Identifier: Apache-2.0
"""Writes Tests/ModelsTests/Golden/linear_regression.json: least squares, ridge, inference.

Needs numpy, scikit-learn and statsmodels. Run from the root of the checkout.
"""

import json
import pathlib

import numpy
import sklearn
import sklearn.linear_model
import statsmodels
import statsmodels.api
import statsmodels.datasets

SEED = 20250307
ROWS = 90
PATH = pathlib.Path("Tests/ModelsTests/Golden/linear_regression.json")


def sample():
    generator = numpy.random.default_rng(SEED)
    x = numpy.column_stack([
        2015.0 + generator.integers(0, 9, ROWS), generator.normal(3, 2, ROWS),
        generator.integers(0, 2, ROWS).astype(float), generator.normal(0, 50, ROWS)])
    noise = generator.normal(size=ROWS) * (0.5 + numpy.abs(x[:, 1]))
    y = 0.4 * (x[:, 0] - 2019) - 1.2 * x[:, 1] + 0.8 * x[:, 2] + 0.01 * x[:, 3] + 7 + noise
    return x, y, generator.uniform(0.2, 3, ROWS), generator.integers(0, 12, ROWS)


def fit(results, new, groups):
    # Their aic and bic use the same log-likelihood and parameter count as ours.
    prediction = results.get_prediction(new).summary_frame(alpha=0.05)
    value = {
        "values": results.params, "standardErrors": results.bse, "t": results.tvalues,
        "p": results.pvalues, "intervals": results.conf_int(0.05),
        "rSquared": results.rsquared, "adjustedRSquared": results.rsquared_adj,
        "fStatistic": results.fvalue, "fPValue": results.f_pvalue, "aic": results.aic,
        "bic": results.bic, "logLikelihood": results.llf, "residualVariance": results.scale,
        "means": prediction["mean"], "meanErrors": prediction["mean_se"],
        "meanLower": prediction["mean_ci_lower"], "rowLower": prediction["obs_ci_lower"],
        "rowUpper": prediction["obs_ci_upper"],
        "robust": {
            kind.lower(): getattr(results, kind + "_se") for kind in ("HC0", "HC1", "HC2", "HC3")},
    }
    cluster = results.get_robustcov_results("cluster", groups=groups, use_t=True)
    value["robust"]["cluster"] = cluster.bse
    value["clusterP"] = cluster.pvalues
    return {
        key: {k: numpy.asarray(v).tolist() for k, v in item.items()}
        if isinstance(item, dict) else numpy.asarray(item).tolist()
        for key, item in value.items()}


def ridge(x, y, weights, alpha, intercept):
    # Centred by hand and solved exactly: their solvers stop at 1e-16 of the uncentred squares.
    model = sklearn.linear_model.Ridge(alpha=alpha, fit_intercept=intercept, solver="svd")
    model.fit(x, y, sample_weight=weights)
    return {
        "alpha": alpha, "intercept": float(model.intercept_),
        "coefficients": model.coef_.tolist(), "hasIntercept": intercept}


def main():
    x, y, weights, groups = sample()
    ones = statsmodels.api.add_constant(x)
    new = ones[:6] + 0.5 * (ones[:6] != 1)
    # A centred copy and the way back keep the digits that years near 2020 cost their solver.
    ols = statsmodels.api.OLS(y, ones).fit()
    wls = statsmodels.api.WLS(y, ones, weights=weights).fit()
    origin = statsmodels.api.OLS(y, x[:, 1:]).fit()
    longley = statsmodels.datasets.longley.load_pandas()
    value = {
        "source": (
            f"statsmodels {statsmodels.__version__} OLS and WLS, scikit-learn "
            f"{sklearn.__version__} Ridge, numpy {numpy.__version__}"),
        "seed": SEED,
        "features": x.tolist(), "targets": y.tolist(), "weights": weights.tolist(),
        "groups": groups.tolist(), "new": new[:, 1:].tolist(),
        "ols": fit(ols, new, groups), "wls": fit(wls, new, groups),
        "origin": fit(origin, new[:, 2:], groups),
        "ridge": [
            ridge(x, y, None, 2.5, True), ridge(x, y, weights, 40, True),
            ridge(x[:, 1:], y, weights, 7, False)],
        "longley": {
            "features": longley.exog.to_numpy().tolist(),
            "targets": longley.endog.to_numpy().tolist(),
        },
    }
    PATH.write_text(json.dumps(value, indent=1) + "\n")


main()
