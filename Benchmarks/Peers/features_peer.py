# SPDX-License-Identifier: Apache-2.0
"""pandas, scikit-learn, networkx and OptBinning on the work of PeerBench's features.

python features_peer.py --data DIR --ids csv.1m,text.tfidf.20k [--reps 7]
"""

import importlib.metadata
import warnings

import numpy as np
import pandas as pd

from feature_files import CARD_VARIABLES, ROW_LEVELS, ROW_NUMBERS, TABLE_TYPES, edges
from measure import options, print_line
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


PREPARE = {
    "csv": csv,
    "text.tfidf": lambda directory, size, threads: text("tfidf", directory, size),
    "text.hashing": lambda directory, size, threads: text("hashing", directory, size),
    "network.pagerank": pagerank,
    "scorecard": scorecard,
    "scorecard.row": lambda *arguments: scorecard(*arguments, single=True),
    "pipeline.row": pipeline_rows,
}


def main():
    warnings.simplefilter("ignore")
    chosen = options("features")
    np.seterr(all="ignore")
    for id in filter(None, chosen.ids.split(",")):
        name, _, size = id.rpartition(".")
        if name not in PREPARE:
            continue
        library = FEATURES[name][2]
        work, quality = PREPARE[name](chosen.data, size, chosen.threads)
        software = f"{library} {importlib.metadata.version(library)}"
        # Processes that a library starts would inherit the core of a pinned thread.
        print_line(id, library, chosen, work, software, quality, pinned=False)


if __name__ == "__main__":
    main()
