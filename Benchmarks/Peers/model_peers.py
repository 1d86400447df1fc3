# SPDX-License-Identifier: Apache-2.0
"""scikit-learn, XGBoost and LightGBM on the models of tables."""

import numpy as np

from feature_files import CARD_VARIABLES
from workloads import count


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


def held_out(directory, size):
    """Training rows of thirty variables and rows held out, in the libraries' own precision."""
    rows = count(size)
    parts = []
    for part, number in (("tr", rows), ("te", rows // 5)):
        x = np.fromfile(directory / f"t200k30_X{part}_f64.bin", "<f8", number * CARD_VARIABLES)
        parts.append(x.reshape(number, CARD_VARIABLES).astype("f4"))
        parts.append(np.fromfile(directory / f"t200k30_y{part}_u8.bin", "u1", number).astype(int))
    return parts


def trees(make, task="fit"):
    """A benchmark of the model that `make` gives for a number of threads.

    It is fitted, or its probabilities are computed for all rows held out or for the first.
    """

    def prepare(directory, size, threads):
        from sklearn.metrics import roc_auc_score

        x, y, held, outcomes = held_out(directory, size)
        result = {}

        def fit():
            result["model"] = make(threads).fit(x, y)

        def predict():
            rows = held[:1] if task == "row" else held
            result["probabilities"] = result["model"].predict_proba(rows)[:, 1]

        def quality():
            if task == "fit":
                predict()
            if task == "row":
                return {"score": float(result["probabilities"][0])}
            return {"auc": float(roc_auc_score(outcomes, result["probabilities"]))}

        if task == "fit":
            return fit, quality
        fit()
        return predict, quality

    return prepare


def forest(depth):
    """A hundred trees by scikit-learn."""

    def make(threads):
        from sklearn.ensemble import RandomForestClassifier

        return RandomForestClassifier(100, max_depth=depth, n_jobs=threads, random_state=0)

    return make


def drawn_forest(threads):
    from xgboost import XGBRFClassifier

    return XGBRFClassifier(
        n_estimators=100, max_depth=12, subsample=0.632, colsample_bynode=0.2,
        tree_method="hist", n_jobs=threads)


def leaf_wise_forest(threads):
    from lightgbm import LGBMClassifier

    return LGBMClassifier(
        boosting_type="rf", n_estimators=100, num_leaves=1024, bagging_freq=1,
        bagging_fraction=0.632, feature_fraction_bynode=0.2, n_jobs=threads, verbose=-1)


def histogram_boosting(threads):
    """It takes the threads of OpenMP."""
    from sklearn.ensemble import HistGradientBoostingClassifier

    return HistGradientBoostingClassifier(max_iter=200, learning_rate=0.1, early_stopping=False)


def lightgbm(threads):
    from lightgbm import LGBMClassifier

    return LGBMClassifier(
        n_estimators=200, learning_rate=0.1, num_leaves=31, n_jobs=threads, verbose=-1)


def xgboost(threads):
    from xgboost import XGBClassifier

    return XGBClassifier(
        n_estimators=200, learning_rate=0.1, max_depth=6, tree_method="hist", n_jobs=threads)
