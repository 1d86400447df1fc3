#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Writes class probabilities of texts by scikit-learn's vectorisers and LogisticRegression.

Usage: models_text.py Tests/ModelsTests/Golden/models_text.json

Texts are random words of three moods (seed 11), some of them empty. The penalty of every regression
is that of a weight decay of 0.01 on the mean loss: C = 1 / (0.01 n).
"""

import json
import sys

import numpy
import sklearn
from sklearn.feature_extraction.text import CountVectorizer, HashingVectorizer, TfidfVectorizer
from sklearn.linear_model import LogisticRegression

SEED = 11
COUNT = 60
TEST_COUNT = 12
DECAY = 0.01
WORDS = [
    "salary savings house garden bonus pension".split(),
    "urgent debt arrears overdue pawn lawyer".split(),
    "holiday travel party beach hotel flight".split(),
]
COMMON = "a the loan for my und café".split()


def texts(random, moods):
    result = []
    for row, mood in enumerate(moods):
        words = []
        for _ in range(random.integers(2, 9)):
            kind = mood if random.random() < 0.6 else random.integers(3)
            words.append(str(random.choice(WORDS[kind])))
            words.append(str(random.choice(COMMON)))
        result.append("" if row % 20 == 7 else " ".join(words))
    return result


def fitted(vectoriser, train, test, labels):
    model = LogisticRegression(C=1 / (DECAY * len(train)), tol=1e-12, max_iter=100_000)
    model.fit(vectoriser.fit_transform(train), labels)
    return model.predict_proba(vectoriser.transform(test)).tolist()


def main(target):
    random = numpy.random.default_rng(SEED)
    moods = random.integers(3, size=COUNT)
    train = texts(random, moods)
    test = texts(random, random.integers(3, size=TEST_COUNT))
    binary = (moods == 1).astype(int)
    golden = {
        "generator": "Scripts/golden/models_text.py",
        "versions": {"numpy": numpy.__version__, "scikit-learn": sklearn.__version__},
        "seed": SEED,
        "decay": DECAY,
        "train": train,
        "test": test,
        "moods": moods.tolist(),
        "tfidf": fitted(TfidfVectorizer(min_df=2, ngram_range=(1, 2)), train, test, binary),
        "hashed": fitted(HashingVectorizer(n_features=64), train, test, binary),
        "counts": fitted(CountVectorizer(), train, test, moods),
    }
    with open(target, "w", encoding="utf-8") as file:
        json.dump(golden, file, indent=1, ensure_ascii=False)
        file.write("\n")


if __name__ == "__main__":
    main(sys.argv[1])
