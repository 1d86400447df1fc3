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


def metric(name, directory, size):
    """One measure of scores and outcomes."""
    from scipy.stats import ks_2samp
    from sklearn import metrics

    p = np.fromfile(directory / "metrics_score_f64.bin", "<f8", count(size))
    y = np.fromfile(directory / "metrics_y_u8.bin", "u1", count(size))
    measure = {
        "roc_auc": lambda: metrics.roc_auc_score(y, p),
        "avg_precision": lambda: metrics.average_precision_score(y, p),
        "ks": lambda: ks_2samp(p[y == 1], p[y == 0], method="asymp").statistic,
        "brier": lambda: metrics.brier_score_loss(y, p),
        "log_loss": lambda: metrics.log_loss(y, p),
    }[name]
    result = {}

    def work():
        result["value"] = measure()

    return work, lambda: {name: float(result["value"])}


def shares(directory, size, threads):
    """Each lender's best share of wealth, all at once: 41 steps, then the golden section."""
    rows = count(size)
    x = np.fromfile(directory / "behav_params_f64.bin", "<f8", rows * 8).reshape(rows, 8)
    severity = np.array([1, 0.75, 0.5, 0.3, 0.1])
    probability = np.array([0.15, 0.25, 0.3, 0.2, 0.1])
    free, golden = 0.02, (5**0.5 - 1) / 2
    result = {}

    def weight(p, gamma):
        return p**gamma / (p**gamma + (1 - p) ** gamma) ** (1 / gamma)

    def work():
        p = np.column_stack([x[:, 5:6] * probability, 1 - x[:, 5]])
        outcomes = np.column_stack([np.tile(-severity, (rows, 1)), x[:, 6]])
        worse = np.minimum(np.cumsum(p, 1), 1)
        better = np.minimum(np.cumsum(p[:, ::-1], 1)[:, ::-1], 1)
        losses = np.diff(weight(worse, x[:, 4:5]), axis=1, prepend=0)
        gains = -np.diff(weight(better, x[:, 3:4]), axis=1, append=0)

        def value(share):
            wealth = share[:, None] * outcomes + (1 - share[:, None]) * free - x[:, 7:8]
            size = np.abs(wealth)
            felt = np.where(
                wealth >= 0, size ** x[:, :1] * gains, -x[:, 2:3] * size ** x[:, 1:2] * losses
            )
            return felt.sum(1)

        best, step = np.full(rows, -np.inf), np.zeros(rows, int)
        for i in range(41):
            now = value(np.full(rows, i / 40))
            step[now > best] = i
            best = np.maximum(best, now)
        low, high = np.maximum(step - 1, 0) / 40, np.minimum(step + 1, 40) / 40
        left, right = high - golden * (high - low), low + golden * (high - low)
        left_value, right_value = value(left), value(right)
        for _ in range(25):
            lower = left_value > right_value
            low, high = np.where(lower, low, left), np.where(lower, right, high)
            moved = np.where(lower, high - golden * (high - low), low + golden * (high - low))
            now = value(moved)
            left, right = np.where(lower, moved, right), np.where(lower, left, moved)
            left_value, right_value = (
                np.where(lower, now, right_value), np.where(lower, left_value, now))
        share = (low + high) / 2
        now = value(share)
        result["share"] = np.where(now < best, step / 40, share)
        result["value"] = np.maximum(now, best)

    return work, lambda: {
        "mean_share": float(result["share"].mean()),
        "mean_value": float(result["value"].mean()),
    }


def labelled(directory, name, size, columns):
    """The first rows of `name` and their outcomes."""
    rows = count(size)
    x = np.fromfile(directory / f"{name}_Xtr_f64.bin", "<f8", rows * columns)
    y = np.fromfile(directory / f"{name}_ytr_u8.bin", "u1", rows).astype(int)
    return x.reshape(rows, columns), y


def log_loss(y, p):
    return float(-np.mean(np.log(np.where(y == 1, p, 1 - p))))


def logistic(directory, size, threads, single=False):
    """An L2 penalty with C = 1 by the fastest solver; with `single` the score of one row."""
    from sklearn.linear_model import LogisticRegression

    x, y = labelled(directory, "t200k50", size, 50)
    result = {}

    def fit():
        result["model"] = LogisticRegression(solver="newton-cholesky", max_iter=200).fit(x, y)

    def score():
        result["score"] = float(result["model"].predict_proba(x[:1])[0, 1])

    def quality():
        weights = result["model"].coef_[0]
        loss = log_loss(y, result["model"].predict_proba(x)[:, 1])
        return {"objective": len(y) * loss + float(weights @ weights) / 2}

    if single:
        fit()
        return score, lambda: {"score": result["score"]}
    return fit, quality


def naive_bayes(directory, size, threads):
    from sklearn.naive_bayes import GaussianNB

    x, y = labelled(directory, "t1m50", size, 50)
    result = {}

    def work():
        result["model"] = GaussianNB().fit(x, y)

    return work, lambda: {"log_loss": log_loss(y, result["model"].predict_proba(x)[:, 1])}


def neighbours(directory, size, threads):
    from sklearn.neighbors import KNeighborsClassifier

    x, y = labelled(directory, "t50k20", size, 20)
    queries = np.fromfile(directory / "t50k20_Xte_f64.bin", "<f8", len(x) // 5 * 20)
    queries = queries.reshape(-1, 20)
    model = KNeighborsClassifier(10, algorithm="brute", n_jobs=threads).fit(x, y)
    result = {}

    def work():
        result["probabilities"] = model.predict_proba(queries)[:, 1]

    return work, lambda: {"mean": float(result["probabilities"].mean())}


def support_vectors(directory, size, threads):
    """LIBSVM's machine with a radial kernel, in scikit-learn; it runs on one thread."""
    from sklearn.svm import SVC

    x, y = labelled(directory, "t50k20", size, 20)
    result = {}

    def fit():
        result["model"] = SVC(C=1.0, gamma=0.05).fit(x, y)

    def quality():
        model = result["model"]
        factors = np.zeros(len(y))
        factors[model.support_] = model.dual_coef_[0]
        values = model.decision_function(x) - model.intercept_[0]
        objective = float(factors @ values) / 2 - float(np.abs(factors).sum())
        return {"objective": objective, "support": float(len(model.support_))}

    return fit, quality


def linear_support_vectors(directory, size, threads):
    """LIBLINEAR's Newton method on the primal problem, in scikit-learn."""
    from sklearn.svm import LinearSVC

    x, y = labelled(directory, "t200k50", size, 50)
    result = {}

    def fit():
        result["model"] = LinearSVC(C=1.0, dual=False).fit(x, y)

    def quality():
        model = result["model"]
        weights, intercept = model.coef_[0], float(model.intercept_[0])
        short = np.maximum(1 - np.where(y == 1, 1, -1) * (x @ weights + intercept), 0)
        size = float(weights @ weights) + intercept**2
        return {"objective": float(short @ short) + size / 2}

    return fit, quality


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
    "behav.cpt_alloc": shares,
} | {
    name: lambda directory, size, threads, name=name: metric(
        name.rpartition(".")[2], directory, size
    )
    for name in FEATURES
    if name.startswith("metrics.")
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
