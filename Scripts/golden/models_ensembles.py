# SPDX-License-Identifier: Apache-2.0
"""Writes Tests/ModelsTests/Golden/ensembles.json: voting of small models.

Needs numpy and scikit-learn. Run from the root of the checkout.
"""

import json
import pathlib

import numpy
import sklearn
from sklearn.ensemble import VotingClassifier
from sklearn.naive_bayes import GaussianNB
from sklearn.neighbors import KNeighborsClassifier

SEED = 20251123
PATH = pathlib.Path("Tests/ModelsTests/Golden/ensembles.json")


def main():
    generator = numpy.random.default_rng(SEED)
    x = generator.normal(0, 1, (90, 3))
    y = numpy.digitize(x[:, 0] + x[:, 1] ** 2 + generator.normal(0, 0.7, 90), [0.3, 1.6])
    query = generator.normal(0, 1, (25, 3))
    members = [
        ("nb", GaussianNB()), ("knn", KNeighborsClassifier(7)), ("far", KNeighborsClassifier(31))]

    def vote(rule, weights):
        model = VotingClassifier(members, voting=rule, weights=weights).fit(x, y)
        return model.predict_proba(query) if rule == "soft" else model.predict(query)

    value = {
        "source": f"scikit-learn {sklearn.__version__}, numpy {numpy.__version__}",
        "seed": SEED,
        "features": x.tolist(), "labels": y.tolist(), "queries": query.tolist(),
        "soft": vote("soft", [1, 2, 0.5]).tolist(), "hard": vote("hard", [1, 1, 1]).tolist(),
        "weightedHard": vote("hard", [3, 1, 1]).tolist(),
    }
    PATH.write_text(json.dumps(value) + "\n")


if __name__ == "__main__":
    main()
