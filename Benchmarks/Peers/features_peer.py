# SPDX-License-Identifier: Apache-2.0
"""The libraries of Python on the work of PeerBench's features; those of models are in `*_peers.py`.

python features_peer.py --data DIR --ids csv.1m,text.tfidf.20k [--reps 7]
"""

import importlib.metadata
import importlib.util
import ssl
import warnings

import numpy as np
import pandas as pd

from feature_files import CARD_VARIABLES, ROW_LEVELS, ROW_NUMBERS, TABLE_TYPES, edges
from ledger_peers import append, merkle
from measure import options, print_line
from metric_peers import metric, metric_form, shares
from model_peers import (
    drawn_forest,
    forest,
    histogram_boosting,
    leaf_wise_forest,
    lightgbm,
    linear_support_vectors,
    log_loss,
    logistic,
    naive_bayes,
    neighbours,
    support_vectors,
    trees,
    xgboost,
)
from network_peers import (
    boltzmann,
    boltzmann_form,
    deep_belief,
    perceptron,
    perceptron_form,
    sequences,
)
from workloads import FEATURES, count


def csv(directory, size, threads):
    """A table, its types given, as PeerBench gets a schema.

    pandas' default conversion of numbers may be off by a unit in the last place, ours never is.
    """
    path = directory / f"table_{size}.csv"
    result = {}

    def work():
        # The table before is gone, as in PeerBench the new one takes its place.
        result.clear()
        result["table"] = pd.read_csv(path, dtype=TABLE_TYPES, parse_dates=["day"])

    return work, lambda: {
        "rows": len(result["table"]),
        "sum": float(result["table"]["amount1"].sum()),
    }


def text(kind, directory, size):
    from sklearn.feature_extraction.text import HashingVectorizer, TfidfVectorizer

    lines = (directory / f"text_{size}.txt").read_text().splitlines()
    vectorizer = TfidfVectorizer if kind == "tfidf" else HashingVectorizer
    result = {}

    def work():
        result["matrix"] = vectorizer().fit_transform(lines)

    return work, lambda: {
        "stored": result["matrix"].nnz,
        "sum": float(result["matrix"].sum()),
    }


def pagerank(directory, size, threads):
    import networkx as nx

    graph = nx.DiGraph()
    graph.add_nodes_from(range(count(size) // 5 + 1))
    graph.add_edges_from(map(tuple, edges(directory, size).tolist()))
    result = {}

    def work():
        result["ranks"] = nx.pagerank(graph)

    return work, lambda: {
        "largest": max(result["ranks"].values()),
        "first": result["ranks"][0],
    }


def scorecard(directory, size, threads, single=False):
    """Bins of thirty variables, their weights of evidence, and a regression on them.

    With `single` it is one row through the bins and the regression.
    """
    from optbinning import BinningProcess
    from sklearn.linear_model import LogisticRegression

    rows = count(size)
    x = np.fromfile(directory / "t200k30_Xtr_f64.bin", "<f8", rows * CARD_VARIABLES)
    x = x.reshape(rows, CARD_VARIABLES)
    y = np.fromfile(directory / "t200k30_ytr_u8.bin", "u1", rows).astype(int)
    result = {}

    def fit():
        process = BinningProcess([f"x{i}" for i in range(CARD_VARIABLES)], n_jobs=threads)
        evidence = process.fit(x, y).transform(x)
        result["process"] = process
        result["model"] = LogisticRegression(max_iter=300).fit(evidence, y)

    def score():
        evidence = result["process"].transform(x[:1])
        result["score"] = float(result["model"].predict_proba(evidence)[0, 1])

    def quality():
        p = result["model"].predict_proba(result["process"].transform(x))[:, 1]
        return {"log_loss": float(-np.mean(np.log(np.where(y == 1, p, 1 - p))))}

    if single:
        fit()
        return score, lambda: {"score": result["score"]}
    return fit, quality


def pipeline_rows(directory, size, threads):
    """Single rows through imputation, standardisation, one-hot encoding and a regression."""
    from sklearn.compose import ColumnTransformer
    from sklearn.impute import SimpleImputer
    from sklearn.linear_model import LogisticRegression
    from sklearn.pipeline import make_pipeline
    from sklearn.preprocessing import OneHotEncoder, StandardScaler

    table = pd.read_csv(directory / f"rows_{size}.csv")
    numbers = make_pipeline(SimpleImputer(strategy="median"), StandardScaler())
    steps = ColumnTransformer([("x", numbers, ROW_NUMBERS), ("l", OneHotEncoder(), ROW_LEVELS)])
    model = make_pipeline(steps, LogisticRegression()).fit(table, table["default"])
    # A row comes as a table of one, made before: what a service has to make is not counted.
    rows = [table.iloc[[row]] for row in range(len(table))]
    result = {}

    def work():
        result["sum"] = sum(model.predict_proba(row)[0, 1] for row in rows)

    return work, lambda: {"sum": float(result["sum"])}


def version(library):
    """The version of a library; those of SQLite and OpenSSL come with Python."""
    if library == "sqlite3":
        import sqlite3

        return sqlite3.sqlite_version
    if library == "hashlib":
        return ssl.OPENSSL_VERSION
    return importlib.metadata.version(library)


PREPARE = {
    "csv": csv,
    "text.tfidf": lambda directory, size, threads: text("tfidf", directory, size),
    "text.hashing": lambda directory, size, threads: text("hashing", directory, size),
    "network.pagerank": pagerank,
    "scorecard": scorecard,
    "scorecard.row": lambda *arguments: scorecard(*arguments, single=True),
    "pipeline.row": pipeline_rows,
    "logreg": logistic,
    "logreg.row": lambda *arguments: logistic(*arguments, single=True),
    "gnb": naive_bayes,
    "knn": neighbours,
    "svc_rbf": support_vectors,
    "linsvm": linear_support_vectors,
    "ledger.append": append,
    "mlp": perceptron,
    "rbm": boltzmann,
    "dbn": deep_belief,
    "behav.cpt_alloc": shares,
    "rf.d12": trees(forest(12)),
    "rf.full": trees(forest(None)),
    "rf.drawn": trees(drawn_forest),
    "rf.leaves": trees(leaf_wise_forest),
    "rf.predict": trees(forest(12), "rows"),
    "rf.row": trees(forest(12), "row"),
    "gbdt": trees(histogram_boosting),
    "gbdt.lightgbm": trees(lightgbm),
    "gbdt.xgboost": trees(xgboost),
    "ledger.merkle": merkle,
} | {
    name: lambda directory, size, threads, name=name: sequences(name, directory, size, threads)
    for name in FEATURES
    if name.startswith("lstm.")
} | {
    name: lambda directory, size, threads, name=name: metric(
        name.rpartition(".")[2], directory, size
    )
    for name in FEATURES
    if name.startswith("metrics.")
}


# scikit-learn where another library comes first.
FURTHER_FORMS = {"mlp": perceptron_form, "rbm": boltzmann_form}


def works(name, chosen, size):
    """The work of every library of this id."""
    yield FEATURES[name][2], PREPARE[name](chosen.data, size, chosen.threads)
    if name.startswith("metrics."):
        yield "numpy", metric_form(name.rpartition(".")[2], chosen.data, size)
    if name in FURTHER_FORMS:
        yield "scikit-learn", FURTHER_FORMS[name](chosen.data, size, chosen.threads)


def main():
    warnings.simplefilter("ignore")
    chosen = options("features")
    np.seterr(all="ignore")
    has_torch = importlib.util.find_spec("torch") is not None
    for id in filter(None, chosen.ids.split(",")):
        name, _, size = id.rpartition(".")
        if name not in PREPARE or (FEATURES[name][2] == "torch" and not has_torch):
            continue
        for library, (work, quality) in works(name, chosen, size):
            software = f"{library} {version(library)}"
            # Processes that a library starts would inherit the core of a pinned thread.
            print_line(id, library, chosen, work, software, quality, pinned=False)


if __name__ == "__main__":
    main()
