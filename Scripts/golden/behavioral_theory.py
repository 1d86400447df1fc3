# SPDX-License-Identifier: Apache-2.0
"""Curves, weights, continuous prospects, schedules and sensitivities at 40 digits with mpmath, and
allocations by SciPy's SLSQP: writes the golden file that is named on the command line
(Tests/BehavioralTests/Golden/behavioral_theory.json)."""

import json
import random
import sys

import mpmath as mp
import numpy as np
import scipy
from scipy.optimize import minimize

SEED = 20240917
mp.mp.dps = 40

CURVES = {
    "power": lambda x, a, b: x**a,
    "exponential": lambda x, a, b: (1 - mp.exp(-a * x)) / a,
    "logarithmic": lambda x, a, b: mp.log(1 + a * x) / a,
    "quadratic": lambda x, a, b: x - a * x * x / 2,
    "expoPower": lambda x, a, b: (1 - mp.exp(-a * x**b)) / a,
}

WEIGHTINGS = {
    "tverskyKahneman": lambda p, a, b: p**a / (p**a + (1 - p) ** a) ** (1 / a),
    "printed": lambda p, a, b: p**a / (p**a + (1 - p) ** a) ** a,
    "prelec": lambda p, a, b: mp.exp(-b * (-mp.log(p)) ** a),
    "goldsteinEinhorn": lambda p, a, b: b * p**a / (b * p**a + (1 - p) ** a),
    "power": lambda p, a, b: p**a,
    "neoAdditive": lambda p, a, b: a + b * p,
    "exponentialPower": lambda p, a, b: mp.exp(-(a / b) * (1 - p**b)),
}


def curves(rng):
    rows = []
    for name, curve in CURVES.items():
        for _ in range(8):
            a, b = rng.uniform(0.2, 1.3), rng.uniform(0.3, 1.4)
            if name == "exponential" and rng.random() < 0.3:
                a = -a
            x = rng.choice([1e-9, 0.01, rng.uniform(0.05, 0.7), rng.uniform(0.1, 0.75)])
            a, b, x = mp.mpf(a), mp.mpf(b), mp.mpf(x)
            rows.append({
                "family": name, "a": a, "b": b, "size": x, "value": curve(x, a, b),
                "derivative": mp.diff(lambda t: curve(t, a, b), x, h=x * mp.mpf("1e-12"))})
    return rows


def weights(rng):
    rows = []
    for name, weighting in WEIGHTINGS.items():
        for _ in range(10):
            a, b = rng.uniform(0.35, 0.98), rng.uniform(0.4, 1.8)
            if name == "neoAdditive":
                a, b = rng.uniform(0, 0.3), rng.uniform(0.3, 0.7)
            p = rng.choice([1e-6, 0.001, 0.999, rng.random(), rng.random(), rng.random()])
            a, b, p = mp.mpf(a), mp.mpf(b), mp.mpf(p)
            rows.append({
                "family": name, "a": a, "b": b, "probability": p, "weight": weighting(p, a, b),
                "derivative": mp.diff(
                    lambda t: weighting(t, a, b), p, h=min(p, 1 - p) * mp.mpf("1e-12"))})
    return rows


def normal_tails(mean, deviation):
    root = mp.sqrt(2)
    return (lambda x: mp.erfc((mean - x) / deviation / root) / 2,
            lambda x: mp.erfc((x - mean) / deviation / root) / 2)


def quadrature(tail, weighting, slope, points):
    """The integral of weighting(tail(x)) slope(x); x = t^4 takes the singularity at 0 away."""
    points = [mp.mpf(p) ** mp.mpf("0.25") if p != mp.inf else p for p in points]
    return mp.quad(lambda t: weighting(tail(t**4)) * slope(t**4) * 4 * t**3, points, maxdegree=9)


def continuous():
    tk = WEIGHTINGS["tverskyKahneman"]
    prelec = WEIGHTINGS["prelec"]
    gains = {"tk": lambda p: tk(p, mp.mpf("0.61"), 0),
             "prelec": lambda p: prelec(p, mp.mpf("0.65"), mp.mpf("1.1")) if p > 0 else mp.mpf(0)}
    losses = {"tk": lambda p: tk(p, mp.mpf("0.69"), 0),
              "prelec": lambda p: prelec(p, mp.mpf("0.8"), mp.mpf("0.9")) if p > 0 else mp.mpf(0)}
    rows = []
    for kind, first, second in [
            ("normal", "0.05", "0.2"), ("normal", "1", "0.1"), ("normal", "-20", "30"),
            ("lognormal", "0.02", "0.3"), ("lognormal", "-0.3", "0.9"), ("uniform", "-1", "3"),
            ("uniform", "2", "5"), ("uniform", "-4", "-1")]:
        a, b = mp.mpf(first), mp.mpf(second)
        for name in ("tk", "prelec"):
            if kind == "normal":
                lower, upper = normal_tails(a, b)
                # Beyond 60 deviations weights are below 1e-400.
                top, bottom = a + 60 * b, 60 * b - a
                knots = sorted([a + k * b for k in (-20, -8, -4, -2, 0, 2, 4, 8, 20)])
            elif kind == "lognormal":
                below, above = normal_tails(a, b)
                # The return exp(Z) - 1.
                lower = lambda x: below(mp.log(1 + x)) if x > -1 else mp.mpf(0)
                upper = lambda x: above(mp.log(1 + x))
                top, bottom = mp.exp(a + 60 * b) - 1, mp.mpf(1)
                knots = sorted([mp.exp(a + k * b) - 1 for k in (-20, -8, -4, -2, 0, 2, 4, 8, 20)])
            else:
                lower = lambda x: min(max((x - a) / (b - a), mp.mpf(0)), mp.mpf(1))
                upper = lambda x: min(max((b - x) / (b - a), mp.mpf(0)), mp.mpf(1))
                top, bottom = max(b, mp.mpf(0)), max(-a, mp.mpf(0))
                knots = [a, b]
            alpha, beta, aversion = mp.mpf("0.88"), mp.mpf("0.75"), mp.mpf("2.25")
            up = sorted({k for k in knots if 0 < k < top})
            down = sorted({-k for k in knots if 0 < -k < bottom})
            gain = loss = mp.mpf(0)
            if top > 0:
                gain = quadrature(upper, gains[name], lambda x: alpha * x ** (alpha - 1),
                                  [mp.mpf(0)] + up + [top])
            if bottom > 0:
                loss = aversion * quadrature(
                    lambda x: lower(-x), losses[name], lambda x: beta * x ** (beta - 1),
                    [mp.mpf(0)] + down + [bottom])
            rows.append({"kind": kind, "first": a, "second": b, "weighting": name,
                         "gain": gain, "loss": loss, "value": gain - loss})
    return rows


def schedules():
    rows = []
    for kind, periods, rate, pd, lgd, discount, delay in [
            ("annuity", 24, "0.01", "0.06", "0.45", "0.002", 0),
            ("annuity", 12, "0", "0.1", "0.6", "0", 3),
            ("equalPrincipal", 36, "0.015", "0.2", "0.35", "0.003", 6),
            ("bullet", 4, "0.03", "0.02", "0.9", "0.01", 2),
            ("bullet", 1, "0.14", "0.08", "0.45", "0", 0)]:
        r, pd, lgd, d = (mp.mpf(v) for v in (rate, pd, lgd, discount))
        balance, balances, payments = mp.mpf(1), [], []
        level = r / (1 - (1 + r) ** -periods) if r > 0 else mp.mpf(1) / periods
        for period in range(periods):
            interest = balance * r
            principal = {
                "annuity": level - interest, "equalPrincipal": mp.mpf(1) / periods,
                "bullet": balance if period == periods - 1 else mp.mpf(0)}[kind]
            balances.append(balance)
            payments.append(interest + principal)
            balance -= principal
        survival = (1 - pd) ** (mp.mpf(1) / periods)
        outcomes, probabilities, received = [], [], mp.mpf(0)
        for period in range(periods):
            outcomes.append(
                received + (1 - lgd) * balances[period] * (1 + d) ** -(period + 1 + delay) - 1)
            probabilities.append(survival**period * (1 - survival))
            received += payments[period] * (1 + d) ** -(period + 1)
        outcomes.append(received - 1)
        probabilities.append(1 - pd)
        rows.append({
            "kind": kind, "periods": periods, "rate": r, "defaultProbability": pd,
            "lossGivenDefault": lgd, "discountRate": d, "recoveryDelay": delay,
            "payments": payments, "outcomes": outcomes, "probabilities": probabilities,
            "mean": mp.fsum(o * p for o, p in zip(outcomes, probabilities))})
    return rows


def log_amount(pd, rate, lgd, tau, chi, aversion):
    tk = WEIGHTINGS["tverskyKahneman"]
    gain = tk(1 - pd, mp.mpf("0.61"), 0) * rate**tau
    loss = aversion * tk(pd, mp.mpf("0.69"), 0) * lgd**chi
    return mp.log(tau * gain / (chi * loss)) / (chi - tau)


def sensitivities(rng):
    rows = []
    for _ in range(6):
        x = [mp.mpf(v) for v in (
            rng.uniform(0.01, 0.4), rng.uniform(0.05, 0.3), rng.uniform(0.1, 0.9),
            rng.uniform(0.3, 0.6), rng.uniform(0.65, 0.95), rng.uniform(1.1, 3))]

        def slope(k):
            return mp.diff(lambda t: log_amount(*x[:k], t, *x[k + 1:]), x[k])

        rows.append({
            "defaultProbability": x[0], "rate": x[1], "lossGivenDefault": x[2], "tau": x[3],
            "chi": x[4], "lambda": x[5], "amount": mp.exp(log_amount(*x)),
            "dDefaultProbability": slope(0), "dRate": slope(1) * x[1],
            "dLossGivenDefault": slope(2) * x[2], "dTau": slope(3), "dChi": slope(4),
            "dLambda": slope(5) * x[5]})
    return rows


def allocations():
    rng = np.random.default_rng(SEED)
    rows = []
    for budget, limit, group_limits in [
            (1.0, None, []), (0.3, 0.1, []), (1.0, 0.25, [0.4, 0.3]), (5.0, 0.8, [0.5, 3.0])]:
        n = 8
        gain, loss = rng.uniform(0.1, 0.6, n), rng.uniform(0.1, 0.6, n)
        tau, chi = rng.uniform(0.3, 0.6, n), rng.uniform(0.7, 1.2, n)
        groups = rng.integers(0, 2, n)

        def value(x):
            return -np.sum(gain * x**tau - loss * x**chi)

        def slope(x):
            return -(gain * tau * x ** (tau - 1) - loss * chi * x ** (chi - 1))

        constraints = [{"type": "ineq", "fun": lambda x: budget - x.sum()}]
        for g, cap in enumerate(group_limits):
            constraints.append(
                {"type": "ineq", "fun": lambda x, g=g, cap=cap: cap - x[groups == g].sum()})
        top = min(limit or budget, budget)
        best = min(
            (minimize(value, np.full(n, start), jac=slope, bounds=[(1e-9, top)] * n,
                      constraints=constraints, method="SLSQP",
                      options={"ftol": 1e-15, "maxiter": 2000})
             for start in (0.01, 0.05, min(0.1, top))), key=lambda r: r.fun)
        rows.append({
            "budget": budget, "loanLimit": limit, "groupLimits": group_limits,
            "gain": gain.tolist(), "loss": loss.tolist(), "tau": tau.tolist(),
            "chi": chi.tolist(), "groups": groups.tolist(), "amounts": best.x.tolist(),
            "value": -best.fun})
    return rows


def plain(value):
    if isinstance(value, dict):
        return {k: plain(v) for k, v in value.items()}
    if isinstance(value, list):
        return [plain(v) for v in value]
    return float(value) if isinstance(value, mp.mpf) else value


def main():
    rng = random.Random(SEED)
    document = {
        "writtenBy": "Scripts/golden/behavioral_theory.py",
        "libraries": {"mpmath": mp.__version__, "digits": mp.mp.dps, "numpy": np.__version__,
                      "scipy": scipy.__version__},
        "seed": SEED,
        "curves": curves(rng), "weights": weights(rng), "continuous": continuous(),
        "schedules": schedules(), "sensitivities": sensitivities(rng),
        "allocations": allocations(),
    }
    with open(sys.argv[1], "w") as file:
        file.write(json.dumps(plain(document)).replace("}, {", "},\n{") + "\n")


main()
