# SPDX-License-Identifier: Apache-2.0
"""Golden values of term counts, tf-idf and feature hashing by scikit-learn.

Usage: python feature_text.py > Tests/FeatureEngineeringTests/Golden/text.json
"""

import json
import random

import sklearn
from sklearn.feature_extraction.text import (
    CountVectorizer,
    HashingVectorizer,
    TfidfVectorizer,
)
from sklearn.utils import murmurhash3_32

SEED = 20261122
rng = random.Random(SEED)
WORDS = (
    "loan car repair Debt debt consolidation wedding medical bills house kitchen roof new used "
    "credit card pay off late fees small business café Übersee 2024 x y_z 3rd rent don't "
    "ΑΘΗΝΑΣ Ὀδυσσεύς naïve 東京 кредит ½ ２０２４ e-mail ¹²"
).split()
BLANKS = [" ", " ", " ", "  ", "\t", "\n", ", ", ". ", " - ", "\u00a0", "\u2003 ", "\x1c"]


def document():
    text = ""
    for _ in range(rng.randrange(1, 14)):
        text += rng.choice(WORDS) + rng.choice(BLANKS)
    return text


documents = [document() for _ in range(40)]
documents[7] = ""
documents[13] = "x y ! ?"
documents[21] = "İstanbul ŞİŞLİ ﬁnance ΣΑΣ Σ ΑΣ. ΑΣ'Α a\u0301b co\u0308op"
documents[17] = " \t\n "
STOP = ["loan", "the", "off", "debt"]
train, test = documents[:32], documents[32:] + ["unheard terms only", "kitchen unheard"]

ANALYZERS = {
    "words": dict(),
    "words12": dict(ngram_range=(1, 2)),
    "words23stop": dict(ngram_range=(2, 3), stop_words=STOP),
    "cased": dict(lowercase=False),
    "single": dict(token_pattern=r"(?u)\b\w+\b"),
    "characters24": dict(analyzer="char", ngram_range=(2, 4)),
    "characters13cased": dict(analyzer="char", ngram_range=(1, 3), lowercase=False),
    "within25": dict(analyzer="char_wb", ngram_range=(2, 5)),
    "within7": dict(analyzer="char_wb", ngram_range=(7, 7)),
}


def plain(matrix):
    matrix = matrix.tocsr()
    matrix.sort_indices()
    return {
        "columnCount": matrix.shape[1],
        "rowOffsets": matrix.indptr.tolist(),
        "columnIndices": matrix.indices.tolist(),
        "values": matrix.data.astype(float).tolist(),
    }


def case(vectorizer, **more):
    fitted = vectorizer.fit(train)
    return {
        "terms": list(fitted.get_feature_names_out()),
        "train": plain(fitted.transform(train)),
        "test": plain(fitted.transform(test)),
        **more,
    }


golden = {
    "versions": {"scikit-learn": sklearn.__version__},
    "seed": SEED,
    "train": train,
    "test": test,
    "stopWords": STOP,
    "terms": {
        name: [CountVectorizer(**options).build_analyzer()(text) for text in documents[:24]]
        for name, options in ANALYZERS.items()
    },
    "documents": documents[:24],
    "counts": case(CountVectorizer()),
    "binary": case(CountVectorizer(binary=True, ngram_range=(1, 2))),
    "limited": case(CountVectorizer(min_df=2, max_df=0.4)),
    "fractions": case(CountVectorizer(min_df=0.1, max_df=7)),
    "vocabulary": case(CountVectorizer(vocabulary=["roof", "card", "debt", "nothing"])),
    "tfidf": case(TfidfVectorizer()),
    "unsmooth": case(TfidfVectorizer(smooth_idf=False, norm=None)),
    "sublinear": case(TfidfVectorizer(sublinear_tf=True, norm="l1", ngram_range=(1, 2))),
    "characters": case(TfidfVectorizer(analyzer="char_wb", ngram_range=(2, 4), min_df=2)),
    "binaryTfidf": case(TfidfVectorizer(binary=True)),
    "hashed": plain(HashingVectorizer(n_features=64).transform(documents[:24])),
    "hashedWide": plain(HashingVectorizer(ngram_range=(1, 2)).transform(documents[:24])),
    "hashedUnsigned": plain(
        HashingVectorizer(n_features=50, alternate_sign=False, norm="l1").transform(documents[:24])
    ),
    "hashedBinary": plain(
        HashingVectorizer(
            n_features=32, binary=True, norm=None, analyzer="char", ngram_range=(2, 3)
        ).transform(documents[:24])
    ),
    "murmur": [
        [text, murmurhash3_32(text, seed=0, positive=False)]
        for text in ["", "a", "ab", "abc", "abcd", "abcde", "kitchen", "東京", "loan repair"]
    ],
}

# The most frequent terms: ties by the order of the terms, which scikit-learn does not promise.
full = CountVectorizer().fit(train)
totals = full.transform(train).sum(axis=0).A1
order = sorted(range(len(totals)), key=lambda index: (-totals[index], index))[:12]
golden["mostFrequent"] = case(
    TfidfVectorizer(vocabulary=[full.get_feature_names_out()[i] for i in sorted(order)])
)

print(json.dumps(golden, ensure_ascii=True, separators=(",", ":")))
