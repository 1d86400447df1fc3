# SPDX-License-Identifier: Apache-2.0
"""Writes Tests/ModelsTests/Golden/naive_bayes_numbers.json: kernel densities and cut columns.

The densities are scipy's, in logarithms by logsumexp; the cuts come from the published formula,
counted anew for every stretch. Needs numpy and scipy. Run from the root of the checkout.
"""

import json
import pathlib

import numpy
import scipy
from scipy.special import logsumexp
from scipy.stats import gaussian_kde, norm

SEED = 20250412
ROWS = 120
PATH = pathlib.Path("Tests/ModelsTests/Golden/naive_bayes_numbers.json")


def sample():
    """Three classes; a bimodal, a tied and a useless column; integer weights, some of them 0."""
    generator = numpy.random.default_rng(SEED)
    y = numpy.arange(ROWS) % 3
    modes = numpy.where(generator.random(ROWS) < 0.5, -2, 2) * (y == 1)
    x = numpy.column_stack([
        generator.normal(modes, 0.7),
        numpy.round(generator.normal(3 * y, 2)),
        generator.normal(100, 5, ROWS),
    ])
    return x, y, generator.integers(0, 4, ROWS)


def width(kind, values, everything):
    """The width of a class's kernels in a column."""
    distinct = numpy.unique(everything)
    least = (distinct[-1] - distinct[0]) / (len(distinct) - 1) / 6
    n = len(values)
    if kind == "range":
        return max((values.max() - values.min()) / n**0.5, least)
    return max(gaussian_kde(values, "scott").factor * values.std(ddof=1), least)


def entropy(codes):
    shares = numpy.bincount(codes) / len(codes)
    shares = shares[shares > 0]
    return float(-(shares * numpy.log2(shares)).sum())


def cuts(x, y):
    """Fayyad and Irani's recursion, every candidate counted anew."""
    values = numpy.unique(x)
    if len(values) < 2 or len(x) < 2:
        return []

    def parts(cut):
        return y[x <= cut], y[x > cut]

    candidates = [(a + b) / 2 for a, b in zip(values, values[1:])]
    rest = [
        sum(len(part) * entropy(part) for part in parts(cut)) / len(y) for cut in candidates
    ]
    best = candidates[int(numpy.argmin(numpy.round(rest, 12)))]
    low, high = parts(best)
    gain = entropy(y) - min(rest)
    k, k1, k2 = (len(numpy.unique(part)) for part in (y, low, high))
    delta = numpy.log2(3**k - 2) - (k * entropy(y) - k1 * entropy(low) - k2 * entropy(high))
    if k == 1 or gain <= (numpy.log2(len(y) - 1) + delta) / len(y):
        return []
    return sorted(
        cuts(x[x <= best], low) + [best] + cuts(x[x > best], high))


def main():
    x, y, weights = sample()
    rows = numpy.repeat(numpy.arange(ROWS), weights)
    x_fit, y_fit = x[rows], y[rows]
    prior = numpy.log(numpy.bincount(y_fit) / len(rows))
    queries = numpy.vstack([x[:25], [[40, -30, 160], [-2.2, 4, 99.5]]])

    def joint(kind):
        total = numpy.tile(prior, (len(queries), 1))
        for code in range(3):
            for column in range(3):
                values = x_fit[y_fit == code, column]
                h = kind if not isinstance(kind, str) else width(kind, values, x_fit[:, column])
                total[:, code] += [
                    logsumexp(norm.logpdf(q, values, h)) - numpy.log(len(values))
                    for q in queries[:, column]]
        return total.tolist()

    scott = gaussian_kde(x_fit[y_fit == 0, 0], "scott")
    found = [cuts(x_fit[:, column], y_fit) for column in range(3)]
    total = numpy.tile(prior, (len(queries), 1))
    for code in range(3):
        for column in range(3):
            places = numpy.searchsorted(found[column], x_fit[y_fit == code, column])
            counts = numpy.bincount(places, minlength=len(found[column]) + 1) + 0.5
            shares = numpy.log(counts / counts.sum())
            total[:, code] += shares[numpy.searchsorted(found[column], queries[:, column])]
    value = {
        "source": f"numpy {numpy.__version__}, scipy {scipy.__version__}",
        "seed": SEED,
        "features": x.tolist(), "labels": y.tolist(), "weights": weights.tolist(),
        "queries": queries.tolist(),
        "range": joint("range"), "scott": joint("scott"), "fixed": joint(0.8),
        # One density by scipy itself, for the queries.
        "density": scott(queries[:, 0]).tolist(),
        "cuts": found, "discretised": total.tolist(),
    }
    PATH.write_text(json.dumps(value) + "\n")


if __name__ == "__main__":
    main()
