# SPDX-License-Identifier: Apache-2.0
"""Writes Tests/ModelsTests/Golden/support_vectors.json: machines of scikit-learn (LIBSVM, LIBLINEAR).

Linear planes are SciPy's minimum of the primal problem. Needs numpy, scipy and scikit-learn. Run
from the root of the checkout.
"""

import json
import pathlib

import numpy
import scipy
import sklearn
from scipy.optimize import minimize
from sklearn.svm import SVC, SVR, LinearSVC, LinearSVR, NuSVC, NuSVR, OneClassSVM

SEED = 20261121
PATH = pathlib.Path("Tests/ModelsTests/Golden/support_vectors.json")
EXACT = {"tol": 1e-7, "shrinking": True, "max_iter": 300_000}
KERNELS = {
    "linear": {"kernel": "linear"},
    "polynomial": {"kernel": "poly", "degree": 3, "gamma": 0.3, "coef0": 1.0},
    "radial": {"kernel": "rbf", "gamma": 0.4},
    "scaled": {"kernel": "rbf", "gamma": "scale"},
    "perColumn": {"kernel": "rbf", "gamma": "auto"},
    "sigmoid": {"kernel": "sigmoid", "gamma": 0.1, "coef0": -0.2},
}


def machine(model, queries):
    """The numbers of a fitted machine of one problem."""
    is_regressor = isinstance(model, (SVR, NuSVR))
    values = model.predict(queries) if is_regressor else model.decision_function(queries)
    return {"values": values.tolist(), "support": model.support_.tolist()}


def main():
    generator = numpy.random.default_rng(SEED)
    rows, columns = 90, 4
    features = generator.normal(size=(rows, columns)).round(3)
    queries = generator.normal(size=(15, columns)).round(3)
    signal = features @ [1.0, -0.7, 0.5, 0.0] + 0.6 * features[:, 0] * features[:, 1]
    labels = (signal + generator.normal(scale=0.8, size=rows) > 0.2).astype(int)
    three = numpy.digitize(signal + generator.normal(scale=0.4, size=rows), [-0.5, 0.6])
    targets = (signal + generator.normal(scale=0.3, size=rows)).round(4)
    weights = generator.integers(1, 4, size=rows).astype(float)
    golden = {
        "versions": {
            "numpy": numpy.__version__, "scipy": scipy.__version__, "sklearn": sklearn.__version__,
            "seed": SEED,
        },
        "features": features.tolist(), "queries": queries.tolist(), "labels": labels.tolist(),
        "three": three.tolist(), "targets": targets.tolist(), "weights": weights.tolist(),
    }
    for name, options in KERNELS.items():
        golden[name] = {
            "c": machine(SVC(C=0.8, **options, **EXACT).fit(features, labels, weights), queries),
            "nu": machine(NuSVC(nu=0.45, **options, **EXACT).fit(features, labels), queries),
            "epsilon": machine(
                SVR(C=1.3, epsilon=0.2, **options, **EXACT).fit(features, targets, weights), queries),
            "nuRegression": machine(
                NuSVR(C=1.3, nu=0.4, **options, **EXACT).fit(features, targets), queries),
            "oneClass": machine(
                OneClassSVM(nu=0.25, **options, **EXACT).fit(features, sample_weight=weights), queries),
        }
    balanced = SVC(C=0.8, gamma=0.4, class_weight="balanced", **EXACT).fit(features, labels)
    golden["balanced"] = balanced.decision_function(queries).tolist()
    classes = SVC(C=2.0, gamma=0.4, decision_function_shape="ovo", **EXACT).fit(features, three)
    golden["pairs"] = classes.decision_function(queries).tolist()
    golden["votes"] = classes.predict(queries).tolist()
    golden["planes"] = planes(features, labels, weights)
    hinge = LinearSVC(
        C=0.7, loss="hinge", tol=1e-9, max_iter=200_000, random_state=0,
        intercept_scaling=2.0).fit(features, labels, weights)
    golden["hinge"] = hinge.coef_[0].tolist() + hinge.intercept_.tolist()
    for name, loss in (("tube", "epsilon_insensitive"), ("squaredTube", "squared_epsilon_insensitive")):
        tube = LinearSVR(
            C=0.7, epsilon=0.2, loss=loss, dual=True, tol=1e-10, max_iter=1_000_000, random_state=0,
            intercept_scaling=2.0).fit(features, targets, weights)
        golden[name] = tube.coef_.tolist() + tube.intercept_.tolist()
    golden["primalTube"] = primal_tube(features, targets, weights)
    PATH.write_text(json.dumps(golden) + "\n")


def planes(features, labels, weights):
    """The plane of the squared hinge loss with a penalised intercept, by the primal problem."""
    design = numpy.hstack([features, numpy.full((len(features), 1), 2.0)])
    signs = 2.0 * labels - 1

    def loss(theta):
        short = numpy.maximum(1 - signs * (design @ theta), 0)
        value = theta @ theta / 2 + 0.7 * weights @ short**2
        return value, theta - 1.4 * design.T @ (weights * signs * short)

    found = minimize(
        loss, numpy.zeros(design.shape[1]), jac=True, method="BFGS", options={"gtol": 1e-11})
    return found.x[:-1].tolist() + [2.0 * found.x[-1]]


def primal_tube(features, targets, weights):
    """The plane of the squared excess with a penalised intercept, by the primal problem."""
    design = numpy.hstack([features, numpy.full((len(features), 1), 2.0)])

    def loss(theta):
        errors = design @ theta - targets
        excess = numpy.sign(errors) * numpy.maximum(numpy.abs(errors) - 0.2, 0)
        value = theta @ theta / 2 + 0.7 * weights @ excess**2
        return value, theta + 1.4 * design.T @ (weights * excess)

    found = minimize(
        loss, numpy.zeros(design.shape[1]), jac=True, method="BFGS", options={"gtol": 1e-11})
    return found.x[:-1].tolist() + [2.0 * found.x[-1]]


if __name__ == "__main__":
    main()
