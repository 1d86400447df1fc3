# SPDX-License-Identifier: Apache-2.0
"""Writes Tests/ModelsTests/Golden/naive_bayes.json: small weighted fits of every form.

Needs numpy and scikit-learn. Run from the root of the checkout.
"""

import json
import pathlib

import numpy
import sklearn
import sklearn.naive_bayes as bayes

SEED = 20250307
ROWS = 90
PATH = pathlib.Path("Tests/ModelsTests/Golden/naive_bayes.json")


def sample():
    """Three classes; real, binary, count and category columns; integer weights, some of them 0."""
    generator = numpy.random.default_rng(SEED)
    y = numpy.arange(ROWS) % 3
    real = generator.normal(0, 1, (ROWS, 3)) * [1, 30, 0.2] + [5e4, -3, 0] + y[:, None] * 0.4
    binary = (generator.random((ROWS, 2)) < 0.2 + 0.25 * y[:, None]).astype(float)
    counts = generator.poisson(1 + y[:, None] * [0.5, 1, 0, 2], (ROWS, 4)).astype(float)
    categories = numpy.minimum(generator.poisson(0.5 + 0.7 * y[:, None], (ROWS, 2)), 4)
    weights = generator.integers(0, 4, ROWS)
    return real, binary, counts, categories.astype(float), y, weights


def main():
    real, binary, counts, categories, y, weights = sample()
    columns = {"real": real, "binary": binary, "counts": counts, "categories": categories}
    # Weights are repetitions; of Gaussian smoothing scikit-learn has no weighted form.
    rows = numpy.repeat(numpy.arange(ROWS), weights)
    prior = numpy.log(numpy.bincount(y[rows]) / len(rows))

    joints = []

    def fit(model, x):
        model.fit(x[rows], y[rows])
        joints.append(model.predict_joint_log_proba(x))
        return model.predict_log_proba(x).tolist()

    given = [0.2, 0.5, 0.3]
    forms = {
        "gaussian": fit(bayes.GaussianNB(), real),
        "gaussianSmoothed": fit(bayes.GaussianNB(var_smoothing=0.01, priors=given), real),
        "bernoulli": fit(bayes.BernoulliNB(binarize=0.5), binary),
        "bernoulliThreshold": fit(
            bayes.BernoulliNB(alpha=0.3, binarize=1, class_prior=given), counts),
        "multinomial": fit(bayes.MultinomialNB(), counts),
        "multinomialUniform": fit(bayes.MultinomialNB(alpha=0.01, fit_prior=False), counts),
        "complement": fit(bayes.ComplementNB(), counts),
        "complementNormalised": fit(bayes.ComplementNB(alpha=2, norm=True), counts),
        "categorical": fit(bayes.CategoricalNB(), categories),
        "categoricalMinimum": fit(
            bayes.CategoricalNB(alpha=0.5, min_categories=7, fit_prior=False), categories),
    }
    joint = dict(zip(forms, joints))
    mixed = prior + sum(
        joint[name] - prior for name in ("gaussian", "bernoulli", "multinomial", "categorical"))
    value = {
        "source": f"scikit-learn {sklearn.__version__}, numpy {numpy.__version__}",
        "seed": SEED,
        **{name: column.tolist() for name, column in columns.items()},
        "labels": y.tolist(),
        "weights": weights.astype(float).tolist(),
        "given": given,
        "forms": forms,
        "gaussianJoint": joint["gaussian"].tolist(),
        "mixedJoint": mixed.tolist(),
    }
    PATH.write_text(json.dumps(value) + "\n")


if __name__ == "__main__":
    main()
