#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Writes reference values of metrics beyond metrics_binary.py: from scikit-learn, SciPy and statsmodels
where they have the measure, else from its definition pair by pair or by numeric integration.

Usage: metrics_measures.py OUTPUT.json
"""
import json
import sys
import warnings

import numpy as np
import scipy
import sklearn
import statsmodels
import statsmodels.api as sm
from scipy import integrate, spatial, stats
from sklearn import metrics
from statsmodels.stats import proportion

SEED = 20261121
warnings.filterwarnings("ignore")


def pairs(y, s, w):
    """The share of concordant pairs, and placement values, pair by pair."""
    pos, neg = np.flatnonzero(y), np.flatnonzero(~y)
    wins = (s[pos][:, None] > s[neg][None, :]) + 0.5 * (s[pos][:, None] == s[neg][None, :])
    m, n = w[pos].sum(), w[neg].sum()
    v10, v01 = wins @ w[neg] / n, w[pos] @ wins / m
    return v10, v01, float(w[pos] @ v10 / m), w[pos], w[neg]


def delong(y, first, second, w):
    v10, v01, a, wp, wn = pairs(y, first, w)
    u10, u01, b, _, _ = pairs(y, second, w)

    def covariance(x10, x01, xa, z10, z01, za):
        m, n = wp.sum(), wn.sum()
        return float(
            (wp * (x10 - xa) * (z10 - za)).sum() / (m - 1) / m
            + (wn * (x01 - xa) * (z01 - za)).sum() / (n - 1) / n)

    return [a, b, covariance(v10, v01, a, v10, v01, a), covariance(u10, u01, b, u10, u01, b),
            covariance(v10, v01, a, u10, u01, b)]


def rates(y, s, w):
    """(FPR, TPR) at every threshold, and none."""
    points = [(0.0, 0.0)]
    for t in sorted(set(s), reverse=True):
        hit = s >= t
        points.append((w[hit & ~y].sum() / w[~y].sum(), w[hit & y].sum() / w[y].sum()))
    return np.array(points)


def pieces(f, knots):
    knots = sorted({0.0, 1.0, *[k for k in knots if 0 < k < 1]})
    return sum(integrate.quad(f, a, b, epsabs=1e-13, epsrel=1e-12, limit=200)[0]
               for a, b in zip(knots, knots[1:]))


def h_measure(y, s, w, a, b):
    """The integral of the least loss over the costs, thresholds tried one by one."""
    p = w[y].sum() / w.sum()
    points = rates(y, s, w)
    density = stats.beta(a, b).pdf

    def loss(c):
        return np.min(c * (1 - p) * points[:, 0] + (1 - c) * p * (1 - points[:, 1])) * density(c)

    knots = []
    for i in range(len(points)):
        for j in range(i + 1, len(points)):
            df, dt = points[j] - points[i]
            if p * dt + (1 - p) * df > 0:
                knots.append(p * dt / (p * dt + (1 - p) * df))
    worst = pieces(lambda c: min(c * (1 - p), (1 - c) * p) * density(c), [p])
    return float(1 - pieces(loss, knots) / worst)


def emp(y, s, w, p0, p1, roi):
    p = w[y].sum() / w.sum()
    points = rates(y, s, w)

    def best(l):
        gains = l * p * points[:, 1] - roi * (1 - p) * points[:, 0]
        return gains.max(), points[gains.argmax()] @ [1 - p, p]

    knots = []
    for i in range(len(points)):
        for j in range(i + 1, len(points)):
            df, dt = points[j] - points[i]
            if dt > 0:
                knots.append(roi * (1 - p) * df / (p * dt))
    density = 1 - p0 - p1
    return [float(density * pieces(lambda l: best(l)[k], knots) + p1 * best(1)[k]) for k in (0, 1)]


def calibration(y, p, w):
    x = np.log(p / (1 - p))
    line = sm.GLM(y.astype(float), sm.add_constant(x), family=sm.families.Binomial(),
                  freq_weights=w).fit(tol=1e-14, maxiter=200)
    large = sm.GLM(y.astype(float), np.ones_like(x), family=sm.families.Binomial(), offset=x,
                   freq_weights=w).fit(tol=1e-14, maxiter=200)
    null = (w * np.where(y, np.log(p), np.log1p(-p))).sum()
    covariance = line.cov_params()
    return {"intercept": line.params[0], "slope": line.params[1], "interceptSE": line.bse[0],
            "slopeSE": line.bse[1], "covariance": covariance[0][1], "inTheLarge": large.params[0],
            "inTheLargeSE": large.bse[0], "statistic": 2 * (line.llf - null)}


def ranking_case(rng, rows, levels, weighted):
    s = rng.integers(1, levels, rows) / levels
    y = rng.random(rows) < 0.1 + 0.7 * s
    y[:4] = [True, False, True, False]
    other = np.round(np.clip(s + rng.normal(0, 0.25, rows), 0.01, 0.99), 2)
    w = rng.integers(0, 5, rows).astype(float) if weighted else np.ones(rows)
    w[:4] = 1
    p = w[y].sum() / w.sum()
    keep = w > 0
    reliability = [(s == v) & keep for v in sorted(set(s[keep]))]
    rate = [w[r & y].sum() / w[r].sum() for r in reliability]
    share = [w[r].sum() / w.sum() for r in reliability]
    value = [float(s[r][0]) for r in reliability]
    z = (w * (y - s) * (1 - 2 * s)).sum() / np.sqrt((w * (1 - 2 * s) ** 2 * s * (1 - s)).sum())
    pg = keep & (s <= 0.6)
    hull = spatial.ConvexHull(np.vstack([rates(y[keep], s[keep], w[keep]), [[1, 0]]]))
    repeated = np.repeat(s, w.astype(int))
    sampled = rng.permutation(repeated)
    same = [(i, j) for i in range(len(repeated)) for j in range(len(repeated)) if i != j]
    a, b = np.array([repeated[i] for i, _ in same]), np.array([repeated[j] for _, j in same])
    chance = a * (1 - b)
    return {
        "labels": y.tolist(), "scores": s.tolist(), "others": other.tolist(),
        "weights": w.tolist() if weighted else None,
        "delong": delong(y, s, other, w),
        "h": [h_measure(y, s, w, 2, 1 + (1 - p) / p), h_measure(y, s, w, 2, 2),
              h_measure(y, s, w, 1 + p, 2 - p)],
        "emp": emp(y, s, w, 0.55, 0.1, 0.2644) + emp(y, s, w, 0.2, 0.3, 0.1),
        "mcclish": metrics.roc_auc_score(y, s, sample_weight=w, max_fpr=0.3),
        "hullArea": float(hull.volume),
        "murphy": [float(np.dot(share, (np.array(value) - rate) ** 2)),
                   float(np.dot(share, (np.array(rate) - p) ** 2)), float(p * (1 - p))],
        "spiegelhalter": [float(z), float(2 * stats.norm.sf(abs(z)))],
        "calibration": calibration(y, s, w),
        "partialGini": 2 * metrics.roc_auc_score(y[pg], s[pg], sample_weight=w[pg]) - 1,
        "expectedArea": float((chance * ((a > b) + 0.5 * (a == b))).sum() / chance.sum()),
        "drift": [
            float(stats.wasserstein_distance(s, other, w, None)),
            float(stats.energy_distance(s, other, w, None))],
        "ks": [float(stats.ks_2samp(repeated, np.repeat(other, w.astype(int))).statistic)],
        "expectedCost": [float((w * np.where(s >= 1 / 6, ~y, 5 * y)).sum()),
                         float(min((w * np.where(s >= t, ~y, 5 * y)).sum()
                                   for t in [*set(s[keep]), 2]))],
    }


def multi_class(rng, weighted):
    rows, classes = 120, 4
    labels = rng.integers(0, classes, rows)
    predictions = np.where(rng.random(rows) < 0.6, labels, rng.integers(0, classes, rows))
    raw = rng.random((rows, classes)) + 1.5 * np.eye(classes)[predictions]
    p = raw / raw.sum(1, keepdims=True)
    w = rng.integers(0, 4, rows).astype(float) if weighted else np.ones(rows)
    one = {"sample_weight": w}
    def averages(f):
        return [f(labels, predictions, average=k, **one) for k in ("macro", "weighted", "micro")]
    out = {
        "labels": labels.tolist(), "predictions": predictions.tolist(),
        "probabilities": p.tolist(), "weights": w.tolist() if weighted else None,
        "confusion": metrics.confusion_matrix(labels, predictions, **one).astype(float).tolist(),
        "accuracy": metrics.accuracy_score(labels, predictions, **one),
        "balancedAccuracy": metrics.balanced_accuracy_score(labels, predictions, **one),
        "precision": averages(metrics.precision_score), "recall": averages(metrics.recall_score),
        "f1": averages(metrics.f1_score),
        "kappa": [metrics.cohen_kappa_score(labels, predictions, weights=k, **one)
                  for k in (None, "linear", "quadratic")],
        "mcc": metrics.matthews_corrcoef(labels, predictions, **one),
        "logLoss": metrics.log_loss(labels, p, **one),
        "brier": float((w[:, None] * (p - np.eye(classes)[labels]) ** 2).sum() / w.sum()),
        "auc": [metrics.roc_auc_score(labels, p, multi_class="ovr", average=k, **one)
                for k in ("macro", "weighted")],
    }
    if not weighted:  # scikit-learn has no weights here
        out["auc"].append(metrics.roc_auc_score(labels, p, multi_class="ovo", average="macro"))
    return out


def regression(rng, weighted):
    y = np.round(rng.gamma(2.0, 3.0, 80), 2) + 0.1
    p = np.round(y * rng.normal(1.05, 0.3, 80), 1)
    w = rng.integers(0, 4, 80).astype(float) if weighted else np.ones(80)
    one = {"sample_weight": w}
    repeated = np.repeat(np.abs(p - y), w.astype(int))
    return {
        "outcomes": y.tolist(), "predictions": p.tolist(),
        "weights": w.tolist() if weighted else None,
        "bias": float(np.average(p - y, weights=w)),
        "mae": metrics.mean_absolute_error(y, p, **one),
        "mse": metrics.mean_squared_error(y, p, **one),
        "medianAE": float(np.median(repeated)),
        "maximum": float(repeated.max()),
        "mape": metrics.mean_absolute_percentage_error(y, p, **one),
        "r2": metrics.r2_score(y, p, **one),
        "explained": metrics.explained_variance_score(y, p, **one),
        "pinball": metrics.mean_pinball_loss(y, p, alpha=0.8, **one),
    }


def backtests():
    out = []
    for defaults, total, p in ((0, 50, 0.02), (3, 120, 0.01), (12, 400, 0.05), (30, 30, 0.9),
                               (41, 1000, 0.03)):
        rate = defaults / total
        def part(k, a, b):
            return k * np.log(a / b) if k else 0.0
        out.append({
            "defaults": defaults, "total": total, "probability": p,
            "binomial": stats.binomtest(defaults, total, p, alternative="greater").pvalue,
            "jeffreys": stats.beta.cdf(p, defaults + 0.5, total - defaults + 0.5),
            "normal": stats.norm.sf((rate - p) / np.sqrt(p * (1 - p) / total)),
            "kupiec": 2 * (part(defaults, rate, p) + part(total - defaults, 1 - rate, 1 - p)),
            "interval": list(proportion.proportion_confint(defaults, total, 0.05, "beta")),
        })
    return out


def distributions(rng):
    e, a = rng.integers(1, 40, 8).astype(float), rng.integers(1, 40, 8).astype(float)
    a[2] = 0
    pe, pa = e / e.sum(), a / a.sum()
    floor = np.maximum(pe, 1e-4), np.maximum(pa, 1e-4)
    jeffreys = (e + 0.5) / (e + 0.5).sum(), (a + 0.5) / (a + 0.5).sum()
    psi = [float(((x - r) * np.log(x / r)).sum()) for r, x in (floor, jeffreys)]
    scale = 1 / e.sum() + 1 / a.sum()
    return {
        "reference": e.tolist(), "current": a.tolist(), "psi": psi,
        "pValue": stats.chi2.sf(psi[0] / scale, 7), "critical": scale * stats.chi2.ppf(0.95, 7),
        "jensenShannon": spatial.distance.jensenshannon(pe, pa, 2),
        "hellinger": float(np.sqrt(((np.sqrt(pe) - np.sqrt(pa)) ** 2).sum() / 2)),
        "totalVariation": float(np.abs(pe - pa).sum() / 2),
        "kullbackLeibler": float(stats.entropy(pa, pe)),
        "kolmogorov": [[x, stats.kstwobign.sf(x)] for x in (0.25, 0.6, 0.95, 1.0, 1.35, 2.5)],
    }


def samples(rng):
    items = rng.normal(0, 1, (60, 1)) + rng.normal(0, 0.8, (60, 4)) * [1, 1.5, 0.7, 1]
    def alpha(x):
        k = x.shape[1]
        return k / (k - 1) * (1 - x.var(0, ddof=1).sum() / x.sum(1).var(ddof=1))
    r = np.corrcoef(items.T)[np.triu_indices(4, 1)].mean()
    t = stats.ttest_rel(items[:, 0], items[:, 1])
    interval = stats.t.interval(0.9, 59, items[:, 0].mean(), stats.sem(items[:, 0]))
    return {
        "items": items.T.tolist(), "alpha": alpha(items), "standardised": 4 * r / (1 + 3 * r),
        "without": [alpha(np.delete(items, k, 1)) for k in range(4)],
        "summary": [items[:, 0].mean(), items[:, 0].std(ddof=1), stats.sem(items[:, 0]),
                    *interval],
        "paired": [t.statistic, t.pvalue],
    }


def main():
    rng = np.random.default_rng(SEED)
    document = {
        "writtenBy": "Scripts/golden/metrics_measures.py",
        "libraries": {
            "scikit-learn": sklearn.__version__, "numpy": np.__version__,
            "scipy": scipy.__version__, "statsmodels": statsmodels.__version__},
        "seed": SEED,
        "ranking": [ranking_case(rng, rows, levels, weighted)
                    for rows, levels in ((24, 6), (40, 17)) for weighted in (False, True)],
        "multiClass": [multi_class(rng, False), multi_class(rng, True)],
        "regression": [regression(rng, False), regression(rng, True)],
        "backtests": backtests(),
        "distributions": distributions(rng),
        "samples": samples(rng),
    }
    with open(sys.argv[1], "w") as file:
        file.write(json.dumps(document, default=float) + "\n")


main()
