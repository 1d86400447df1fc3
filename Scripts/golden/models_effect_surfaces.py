# SPDX-License-Identifier: Apache-2.0
"""Writes Tests/ModelsTests/Golden/effect_surfaces.json: effects of two columns at once.

The rows are those of explanation.json. Partial dependence is scikit-learn's; accumulated effects
follow ALEPlot's definition, a loop over cells. Needs numpy and scikit-learn. Run from the root of
the checkout.
"""

import json
import pathlib

import numpy
import sklearn
from sklearn.inspection import partial_dependence
from sklearn.naive_bayes import GaussianNB

GOLDEN = pathlib.Path("Tests/ModelsTests/Golden")


def bins(values, count):
    ends = numpy.unique(numpy.concatenate([
        [values.min()],
        numpy.quantile(values, numpy.arange(1, count + 1) / count, method="inverted_cdf")]))
    return ends, numpy.clip(numpy.searchsorted(ends, values, side="left"), 1, None)


def surface(predict, x, first, second, count):
    """The joint effects of two columns, their main effects taken off."""
    (a, i), (b, j) = bins(x[:, first], count), bins(x[:, second], count)
    rows, columns = len(a) - 1, len(b) - 1

    def at(da, db):
        moved = x.copy()
        moved[:, first], moved[:, second] = a[i - da], b[j - db]
        return predict(moved)

    change = at(0, 0) - at(1, 0) - at(0, 1) + at(1, 1)
    local, size = numpy.full((rows, columns), numpy.nan), numpy.zeros((rows, columns))
    for u in range(rows):
        for v in range(columns):
            inside = (i == u + 1) & (j == v + 1)
            size[u, v] = inside.sum()
            if inside.any():
                local[u, v] = change[inside].mean()
    middles_a = (a[1:] + a[:-1]) / 2 / (a[-1] - a[0])
    middles_b = (b[1:] + b[:-1]) / 2 / (b[-1] - b[0])
    full = [(u, v) for u in range(rows) for v in range(columns) if size[u, v]]
    for u in range(rows):
        for v in range(columns):
            if not size[u, v]:
                near = min(full, key=lambda c: (middles_a[c[0]] - middles_a[u]) ** 2
                           + (middles_b[c[1]] - middles_b[v]) ** 2)
                local[u, v] = local[near]
    total = numpy.zeros((rows + 1, columns + 1))
    total[1:, 1:] = local.cumsum(0).cumsum(1)

    def main_effect(total, size):
        steps = numpy.diff(total, axis=0)
        steps = (steps[:, 1:] + steps[:, :-1]) / 2
        return numpy.concatenate([[0], ((steps * size).sum(1) / size.sum(1)).cumsum()])

    total = total - main_effect(total, size)[:, None] - main_effect(total.T, size.T)[None, :]
    corners = (total[1:, 1:] + total[:-1, 1:] + total[1:, :-1] + total[:-1, :-1]) / 4
    return {
        "first": a.tolist(), "second": b.tolist(), "weights": size.tolist(),
        "effects": (total - (corners * size).sum() / size.sum()).tolist(),
    }


def main():
    rows = json.loads((GOLDEN / "explanation.json").read_text())
    x, y = numpy.array(rows["features"]), numpy.array(rows["labels"])
    bayes = GaussianNB().fit(x, y)

    def predict(rows):
        return bayes.predict_proba(rows)[:, 1]

    both = partial_dependence(
        bayes, x, [1, 2], kind="average", grid_resolution=12, percentiles=(0, 1),
        method="brute", response_method="predict_proba")
    value = {
        "source": f"numpy {numpy.__version__}, scikit-learn {sklearn.__version__}",
        "dependence": {
            "first": both["grid_values"][0].tolist(), "second": both["grid_values"][1].tolist(),
            "average": both["average"][0].tolist(),
        },
        "dense": surface(predict, x, 0, 3, 4),
        "sparse": surface(predict, x, 0, 1, 10),
    }
    (GOLDEN / "effect_surfaces.json").write_text(json.dumps(value) + "\n")


if __name__ == "__main__":
    main()
