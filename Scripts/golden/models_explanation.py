# SPDX-License-Identifier: Apache-2.0
"""Writes Tests/ModelsTests/Golden/explanation.json: effects and Shapley values of small models.

Needs numpy, pandas, scikit-learn, shap and PyALE. Run from the root of the checkout.
"""

import itertools
import json
import math
import pathlib

import numpy
import pandas
import PyALE
import shap
import sklearn
from PyALE._src.ALE_1D import aleplot_1D_categorical
from sklearn.inspection import partial_dependence
from sklearn.linear_model import LogisticRegression
from sklearn.naive_bayes import GaussianNB

SEED = 20251121
ROWS, COLUMNS = 150, 5
PATH = pathlib.Path("Tests/ModelsTests/Golden/explanation.json")


def numeric_ale(predict, x, column, bins):
    """ALEPlot's definition: type-1 quantiles, differences per bin, centred by the middles."""
    values = x[:, column]
    ends = numpy.unique(numpy.concatenate([
        [values.min()],
        numpy.quantile(values, numpy.arange(1, bins + 1) / bins, method="inverted_cdf")]))
    index = numpy.clip(numpy.searchsorted(ends, values, side="left"), 1, None)
    low, high = x.copy(), x.copy()
    low[:, column], high[:, column] = ends[index - 1], ends[index]
    change = predict(high) - predict(low)
    effects = [0.0]
    for end in range(1, len(ends)):
        effects.append(effects[-1] + change[index == end].mean())
    effects = numpy.array(effects)
    counts = numpy.array([(index == end).sum() for end in range(1, len(ends))])
    mean = ((effects[:-1] + effects[1:]) / 2 * counts).sum() / counts.sum()
    return {"ends": ends.tolist(), "effects": (effects - mean).tolist(), "counts": counts.tolist()}


def conditional_shapley(w, mean, cov, x):
    """All orders of columns, with the expectation of a linear model of normal columns."""
    count = len(w)

    def worth(known):
        known = sorted(known)
        unknown = [j for j in range(count) if j not in known]
        filled = mean.copy()
        filled[known] = x[known]
        if known and unknown:
            slope = numpy.linalg.solve(cov[numpy.ix_(known, known)], cov[numpy.ix_(known, unknown)])
            filled[unknown] += (x[known] - mean[known]) @ slope
        return w @ filled

    values = numpy.zeros(count)
    for order in itertools.permutations(range(count)):
        for place, column in enumerate(order):
            values[column] += worth(order[: place + 1]) - worth(order[:place])
    return values / math.factorial(count)


def main():
    generator = numpy.random.default_rng(SEED)
    x = generator.normal(0, 1, (ROWS, COLUMNS))
    x[:, 1] = 0.8 * x[:, 0] + 0.6 * x[:, 1]
    x[:, 2] = numpy.round(x[:, 2])
    y = (x[:, 0] - x[:, 1] ** 2 + 0.5 * x[:, 2] + generator.normal(0, 1, ROWS) > -0.5).astype(int)
    bayes = GaussianNB().fit(x, y)

    def predict(rows):
        return bayes.predict_proba(numpy.asarray(rows))[:, 1]

    grid = partial_dependence(
        bayes, x, [1], kind="both", grid_resolution=12, percentiles=(0, 1), method="brute",
        response_method="predict_proba")
    few = partial_dependence(
        bayes, x, [2], kind="average", grid_resolution=50, method="brute",
        response_method="predict_proba")
    background, rows = x[:20], x[20:24]
    kernel = shap.KernelExplainer(predict, background, link="identity")
    values = kernel.shap_values(rows, nsamples=2**COLUMNS, l1_reg=0, silent=True)

    logit = LogisticRegression(C=numpy.inf, tol=1e-14, max_iter=10_000, solver="newton-cholesky")
    logit.fit(x, y)
    weights = logit.coef_[0]
    linear = shap.LinearExplainer(
        (weights, logit.intercept_[0]), shap.maskers.Independent(x, max_samples=ROWS))
    covariance = numpy.cov(x.T, bias=True)
    correlated = [conditional_shapley(weights, x.mean(axis=0), covariance, row) for row in rows]

    # Levels whose effect depends on a number, by PyALE.
    levels = generator.choice(["a", "b", "c", "d"], ROWS)
    amount = x[:, 0] + 0.7 * (levels == "c") + 1.4 * (levels == "a")

    class Interaction:
        def predict(self, table):
            score = table["amount"] * (1 + (table["level"] == 1)) - 0.5 * (table["level"] == 2)
            return (score + 0.25 * table["level"] ** 2).to_numpy()

    def encode(column):
        codes = column["level"].astype(str).map({"a": 0, "b": 1, "c": 2, "d": 3}).astype(float)
        return pandas.DataFrame({"level": codes})

    ordered = pandas.CategoricalDtype(["a", "b", "c", "d"], ordered=True)
    table = pandas.DataFrame({"level": pandas.Series(levels).astype(ordered), "amount": amount})
    listed = aleplot_1D_categorical(
        table.copy(), Interaction(), "level", encode, ["level", "amount"], include_CI=False)
    table["level"] = levels
    similar = aleplot_1D_categorical(
        table.copy(), Interaction(), "level", encode, ["level", "amount"], include_CI=False)

    value = {
        "source": f"scikit-learn {sklearn.__version__}, shap {shap.__version__}, "
        f"PyALE 1.2.0, numpy {numpy.__version__}",
        "seed": SEED,
        "features": x.tolist(), "labels": y.tolist(),
        "dependence": {
            "grid": grid["grid_values"][0].tolist(), "average": grid["average"][0].tolist(),
            "individual": grid["individual"][0].tolist(),
            "few": few["grid_values"][0].tolist(), "fewAverage": few["average"][0].tolist(),
        },
        "numericEffects": numeric_ale(predict, x, 0, 10),
        "tiedEffects": numeric_ale(predict, x, 2, 10),
        "kernel": {"base": float(kernel.expected_value), "values": values.tolist()},
        "linear": {
            "base": float(linear.expected_value), "values": linear.shap_values(rows).tolist(),
            "correlated": [row.tolist() for row in correlated],
        },
        "levels": levels.tolist(), "amounts": amount.tolist(),
        "listedEffects": listed["eff"].tolist(), "listedCounts": listed["size"].tolist(),
        "similarLevels": similar.index.astype(str).tolist(),
        "similarEffects": similar["eff"].tolist(),
    }
    PATH.write_text(json.dumps(value) + "\n")


if __name__ == "__main__":
    main()
