#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Writes reference values of the special functions, computed with mpmath at 50 digits.

Arguments are random but rounded to doubles first, so the values belong to the stored arguments.
Usage: special_functions.py OUTPUT.json
"""
import json
import random
import sys

import mpmath as mp

mp.mp.dps = 50
SEED = 20240601
TINY = mp.mpf("1e-300")


def normal_survival(x):
    return mp.erfc(x / mp.sqrt(2)) / 2


def gamma_pair(a, x):
    return mp.gammainc(a, 0, x, regularized=True), mp.gammainc(a, x, mp.inf, regularized=True)


def beta_series(x, y, a, b):
    """I_x(a, b) by its series of positive terms; y = 1 - x."""
    term, total, n = mp.mpf(1), mp.mpf(1), 0
    while term > total * mp.eps:
        term *= (a + b + n) / (a + 1 + n) * x
        total += term
        n += 1
    front = a * mp.log(x) + b * mp.log(y) + mp.loggamma(a + b) - mp.loggamma(a + 1)
    return mp.exp(front - mp.loggamma(b)) * total


def beta_pair(x, y, a, b):
    """I_x(a, b) and its complement; 360 digits leave 50 after the subtraction."""
    with mp.workdps(360):
        if x < y:
            lower = beta_series(x, y, a, b)
            return lower, 1 - lower
        upper = beta_series(y, x, b, a)
        return 1 - upper, upper


def student_tail(t, n):
    with mp.workdps(360):
        square, half = t * t, mp.mpf(1) / 2
        return beta_pair(n / (n + square), square / (n + square), n / 2, half)[0] / 2


def double(value):
    return mp.mpf(float(value))


def log_uniform(rng, low, high):
    return double(mp.exp(rng.uniform(float(mp.log(low)), float(mp.log(high)))))


def normal_rows(rng):
    rows = []
    for x in [0, 1e-12, 0.5, 1, 1.96, 5, 8.25, 12.5, 20, 30, 37] + [
        rng.uniform(0, 37) for _ in range(60)
    ]:
        for sign in (1, -1):
            z = double(sign * x)
            with mp.workdps(360):
                rows.append([z, normal_survival(z), mp.log(normal_survival(z))])
    for x in (-40, -60.5, -1e3, -1e8):
        z = -double(x)
        log_survival = -z * z / 2 - mp.log(z * mp.sqrt(2 * mp.pi)) + mp.log(
            mp.nsum(lambda k: (-1) ** k * mp.fac2(2 * k - 1) / z ** (2 * k), [0, 20], method="d"))
        rows.append([z, mp.mpf(0), log_survival])
    return rows


def normal_quantile_rows(rng):
    rows = []
    points = [1e-300, 1e-100, 1e-20, 1e-10, 1e-5, 0.02425, 0.1, 0.25, 0.4, 0.499999, 0.5]
    points += [0.6, 0.75, 0.9, 0.975, 0.999999, 1 - 1e-14]
    points += [rng.random() for _ in range(40)] + [10 ** rng.uniform(-290, -1) for _ in range(40)]
    for p in map(double, points):
        start = mp.mpf(0)
        if p < mp.mpf("0.4"):
            start = -mp.sqrt(-2 * mp.log(p)) * mp.mpf("0.97")
        elif p > mp.mpf("0.6"):
            start = mp.sqrt(-2 * mp.log(1 - p)) * mp.mpf("0.97")
        if p < mp.mpf("0.5"):
            root = mp.findroot(lambda x: mp.log(normal_survival(-x)) - mp.log(p), start)
        else:
            root = mp.findroot(lambda x: mp.log(normal_survival(x)) - mp.log(1 - p), start)
        rows.append([p, root])
    return rows


def gamma_rows(rng):
    rows = []
    while len(rows) < 260:
        a = log_uniform(rng, 1e-6, 1000)
        kind = rng.randrange(3)
        if kind == 0:
            x = log_uniform(rng, 1e-6, 1500)
        elif kind == 1:
            x = double(a * mp.mpf(rng.uniform(0.2, 3)))
        else:
            x = double(max(a + mp.sqrt(a) * mp.mpf(rng.uniform(-12, 30)), mp.mpf("1e-3")))
        lower, upper = gamma_pair(a, x)
        if min(lower, upper) > TINY:
            rows.append([a, x, lower, upper])
    return rows


def beta_rows(rng):
    rows = []
    while len(rows) < 200:
        a = log_uniform(rng, 0.1, 20000)
        b = log_uniform(rng, 0.1, 20000)
        mean = a / (a + b)
        spread = mp.sqrt(mean * (1 - mean) / (a + b + 1))
        x = double(mean + spread * mp.mpf(rng.uniform(-12, 12)))
        if rng.random() < 0.3:
            x = double(rng.random())
        if not 0 < x < 1:
            continue
        lower, upper = beta_pair(x, 1 - x, a, b)
        if min(lower, upper) > TINY:
            rows.append([x, a, b, lower, upper])
    return rows


def student_rows(rng):
    rows = []
    while len(rows) < 160:
        n = log_uniform(rng, 0.5, 1e5) if rng.random() < 0.6 else mp.mpf(rng.randint(1, 300))
        t = log_uniform(rng, 1e-3, 40) if rng.random() < 0.8 else log_uniform(rng, 40, 1e8)
        tail = student_tail(t, n)
        if tail > TINY:
            rows.append([t, n, tail])
    return rows


def student_quantile_rows(rng):
    rows = []
    while len(rows) < 60:
        n = mp.mpf(rng.choice([1, 2, 3, 4, 7, 12, 30, 120, 1000])) + rng.choice([0, 0, 0.5])
        p = double(rng.choice([rng.random(), 10 ** rng.uniform(-30, -1), 0.975, 0.5 + 1e-9]))
        tail = min(p, 1 - p)

        def gap(u):
            return mp.log(student_tail(mp.exp(u), n)) - mp.log(tail)

        low, high = mp.mpf(-40), mp.mpf(80)
        for _ in range(24):
            middle = (low + high) / 2
            low, high = (middle, high) if gap(middle) > 0 else (low, middle)
        u = mp.findroot(gap, (low, high), solver="secant", tol=mp.mpf("1e-60"))
        rows.append([p, n, mp.exp(u) if p > mp.mpf("0.5") else -mp.exp(u)])
    return rows


def main():
    rng = random.Random(SEED)
    tables = {
        "normal": normal_rows(rng),
        "normalQuantile": normal_quantile_rows(rng),
        "incompleteGamma": gamma_rows(rng),
        "incompleteBeta": beta_rows(rng),
        "student": student_rows(rng),
        "studentQuantile": student_quantile_rows(rng),
    }
    document = {
        "writtenBy": "Scripts/golden/special_functions.py",
        "libraries": {"mpmath": mp.__version__, "digits": mp.mp.dps},
        "seed": SEED,
    }
    document.update({k: [[float(v) for v in row] for row in rows] for k, rows in tables.items()})
    with open(sys.argv[1], "w") as file:
        text = json.dumps(document)
        file.write(text.replace("]], ", "]],\n").replace("], [", "],\n[") + "\n")


main()
