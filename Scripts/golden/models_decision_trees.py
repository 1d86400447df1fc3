#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Decision trees of scikit-learn on continuous numbers, for the tests of exact cuts.

Numbers are of single precision, which scikit-learn works with, and continuous, so that no two
splits gain the same.
"""
import json
import pathlib
import sys

import numpy
import sklearn
from sklearn.tree import DecisionTreeClassifier, DecisionTreeRegressor

SEED = 20240607
OUTPUT = pathlib.Path(__file__).parents[2] / "Tests/ModelsTests/Golden/decision_trees.json"


def nodes(tree):
    """Depth-first, left before right: feature (-1 in leaves), threshold, samples' weight, value.

    A node of one class is a leaf; rounding of weights makes scikit-learn split some of them.
    """
    t = tree.tree_
    found = []

    def walk(i):
        shares = t.value[i].ravel()
        pure = len(shares) > 1 and shares.max() > 1 - 1e-12
        leaf = t.children_left[i] < 0 or pure
        found.append([
            -1 if leaf else int(t.feature[i]), 0.0 if leaf else float(t.threshold[i]),
            float(t.weighted_n_node_samples[i]), *map(float, shares)])
        if not leaf:
            walk(t.children_left[i])
            walk(t.children_right[i])

    walk(0)
    return found


def main():
    random = numpy.random.default_rng(SEED)
    rows, columns = 300, 5
    x = random.normal(size=(rows, columns)).astype(numpy.float32)
    signal = x[:, 0] + 0.8 * (x[:, 1] > 0.3) - x[:, 2] * x[:, 3]
    noise = random.normal(size=rows)
    two = (signal + noise > 0.2).astype(int)
    three = numpy.digitize(signal + noise, [-0.6, 0.9])
    target = signal + 0.3 * noise
    weights = random.integers(1, 4, rows).astype(float)
    fractions = random.uniform(0.2, 3, rows)
    cases = {}

    def classifier(name, y, w, **settings):
        tree = DecisionTreeClassifier(random_state=0, **settings).fit(x, y, sample_weight=w)
        cases[name] = {
            "nodes": nodes(tree), "probabilities": tree.predict_proba(x).tolist(),
            "importances": tree.feature_importances_.tolist()}

    classifier("gini", two, None, max_depth=4)
    classifier("giniWeighted", two, weights, max_depth=4, min_weight_fraction_leaf=0.02)
    classifier("giniFractions", two, fractions, max_depth=4)
    classifier("entropy", two, weights, criterion="entropy", max_depth=4)
    classifier("threeGini", three, weights, max_depth=4)
    classifier("threeEntropy", three, None, criterion="entropy", max_depth=4)
    classifier("balanced", two, None, class_weight="balanced", max_depth=3)
    classifier("pruned", two, None, ccp_alpha=0.01)
    classifier("leaves", two, None, max_leaf_nodes=9)
    classifier("minimumGain", two, None, min_impurity_decrease=0.01)
    classifier("full", two, None)
    path = DecisionTreeClassifier(random_state=0, max_depth=5).cost_complexity_pruning_path(x, two)
    regressor = DecisionTreeRegressor(random_state=0, max_depth=5).fit(
        x, target, sample_weight=fractions)
    OUTPUT.write_text(json.dumps({
        "seed": SEED, "python": sys.version.split()[0], "numpy": numpy.__version__,
        "scikitLearn": sklearn.__version__, "features": x.astype(float).tolist(),
        "two": two.tolist(), "three": three.tolist(), "target": target.tolist(),
        "weights": weights.tolist(), "fractions": fractions.tolist(), "cases": cases,
        "path": {"costs": path.ccp_alphas.tolist(), "impurities": path.impurities.tolist()},
        "regression": {
            "nodes": nodes(regressor), "predictions": regressor.predict(x).tolist(),
            "importances": regressor.feature_importances_.tolist()},
    }) + "\n")


if __name__ == "__main__":
    main()
