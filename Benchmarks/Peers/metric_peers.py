# SPDX-License-Identifier: Apache-2.0
"""scikit-learn, SciPy and NumPy on the measures of scores and the shares of lenders."""

import numpy as np

from workloads import count


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
    return measured(name, measure)


def metric_form(name, directory, size):
    """The same in NumPy alone, on one thread: what one writes who does not want a library."""
    p = np.fromfile(directory / "metrics_score_f64.bin", "<f8", count(size))
    y = np.fromfile(directory / "metrics_y_u8.bin", "u1", count(size))

    def counts():
        """Positives and negatives up to the last row of each distinct score, from below."""
        order = np.argsort(p)
        ranked, outcomes = p[order], y[order]
        ends = np.flatnonzero(np.append(ranked[1:] != ranked[:-1], True))
        positives = np.cumsum(outcomes, dtype=np.int64)[ends]
        return positives, ends + 1 - positives

    def area():
        positives, negatives = counts()
        before = np.append(0, positives[:-1])
        pairs = np.dot(np.diff(negatives, prepend=0), 2 * positives[-1] - positives - before)
        return pairs / (2 * positives[-1] * negatives[-1])

    def precision():
        positives, negatives = counts()
        found = positives[-1] - np.append(0, positives[:-1])
        mistaken = negatives[-1] - np.append(0, negatives[:-1])
        return np.dot(np.diff(positives, prepend=0) / positives[-1], found / (found + mistaken))

    def distance():
        positives, negatives = counts()
        return np.abs(positives / positives[-1] - negatives / negatives[-1]).max()

    def squares():
        misses = p - y
        return np.dot(misses, misses) / len(p)

    def information():
        return -np.log(np.where(y == 1, p, 1 - p)).mean()

    forms = {
        "roc_auc": area,
        "avg_precision": precision,
        "ks": distance,
        "brier": squares,
        "log_loss": information,
    }
    return measured(name, forms[name])


def measured(name, measure):
    """The work and the value of a measure, to be held against the other peers'."""
    result = {}

    def work():
        result["value"] = float(measure())

    return work, lambda: {name: result["value"], "check": result["value"]}


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
        "check": float(result["value"].mean()),
    }
