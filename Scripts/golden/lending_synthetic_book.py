#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Bayes-optimal AUC of every part of the synthetic loan book, from its written description.

Usage: lending_synthetic_book.py OUTPUT.json

The tables are typed again here, the distributions are joined with numpy.convolve, the intercept is
found by brentq on the logistic function, and the AUC is summed over all pairs of values.
"""
import json
import sys
from itertools import product

import numpy
import scipy
from scipy.optimize import brentq
from scipy.special import expit


def pmf(outcomes):
    """Lowest value and probabilities of integer outcomes {value: weight}."""
    low, high = min(outcomes), max(outcomes)
    masses = numpy.zeros(high - low + 1)
    for value, weight in outcomes.items():
        masses[value - low] += weight
    return low, masses / masses.sum()


def enumerate_sum(*choices, effect=lambda *values: sum(values)):
    """Exact distribution of `effect` over independent weighted choices."""
    outcomes = {}
    for combination in product(*(choice.items() for choice in choices)):
        weight = numpy.prod([float(w) for _, w in combination])
        value = effect(*(v for v, _ in combination))
        outcomes[value] = outcomes.get(value, 0.0) + weight
    return outcomes


def joined(*parts):
    low, masses = 0, numpy.ones(1)
    for other_low, other in parts:
        low, masses = low + other_low, numpy.convolve(masses, other)
    return low, masses


def mixed(cases):
    """Mixture of {value: weight} dictionaries, each normalised first."""
    total = {}
    for weight, outcomes in cases:
        mass = sum(outcomes.values())
        for value, w in outcomes.items():
            total[value] = total.get(value, 0.0) + weight * w / mass
    return pmf(total)


uniform = lambda values: {v: 1 for v in values}

# Application: age with housing, duration with amount, job, saving account.
ages = {a: (a - 17) * 300 if a <= 27 else 3000 * (77 - a) ** 2 // 2500 for a in range(19, 76)}
own, rent, free = -20, 30, 10
housing = lambda age: (
    {own: 50, rent: 40, free: 10} if age < 30
    else {own: 78, rent: 12, free: 10} if age < 50
    else {own: 70, rent: 8, free: 22})
age_housing = mixed(
    [(w, {-2 * (a - 35) + e: p for e, p in housing(a).items()}) for a, w in ages.items()])
durations = {6: 8, 9: 5, 12: 18, 15: 7, 18: 12, 21: 3, 24: 19, 30: 4, 36: 12, 48: 9, 60: 3}
instalments = {50: 10, 100: 30, 150: 22, 200: 15, 250: 8, 300: 6, 400: 5, 500: 3, 600: 1}
duration_amount = pmf(enumerate_sum(
    durations, instalments, effect=lambda d, i: 2 * (d - 21) + d * i // 150))
jobs = pmf({40: 2, 20: 20, 0: 63, -20: 15})
savings = pmf({30: 60, 10: 10, -30: 6, -60: 6, -40: 18})
application = joined(age_housing, duration_amount, jobs, savings)
purpose = pmf(enumerate_sum({0: 33, -20: 28, 5: 18 + 1, 15: 10, 25: 6, 10: 2, 40: 2}))

# Indicators: three per group, independent given a hidden level.
levels = {-2: 1, -1: 4, 0: 6, 1: 4, 2: 1}
five = uniform([-2, -1, 0, 1, 2])
basic = mixed([(w, enumerate_sum(
    five, uniform(range(-3, 4)), five,
    effect=lambda e, r, c: -8 * (2 * z + e) - 5 * (3 * z + r) - 3 * (2 * z + c)))
    for z, w in levels.items()])
ability = mixed([(w, enumerate_sum(
    uniform([-8, -4, 0, 4, 8]), uniform([-6, -3, 0, 3, 6]), five,
    effect=lambda i, d, e: -2 * (9 * z + i) + 3 * (-7 * z + d) - 6 * (3 * z + e)))
    for z, w in levels.items()])


def history(z):
    cases = []
    for extra, weight in ((0, 3), (1, 1)):
        late = 2 * z + extra
        outcomes = {0: 1} if late == 0 else enumerate_sum(
            {0: 2, 5: 1, 10: 1}, uniform(range(1, 25)),
            effect=lambda d, m: 20 * late + 6 * (10 + 15 * z + d) // 5 + 24 - m)
        cases.append((weight, outcomes))
    low, masses = mixed(cases)
    return {low + i: m for i, m in enumerate(masses) if m > 0}


bad_history = mixed([(w, history(z)) for z, w in {0: 60, 1: 22, 2: 12, 3: 6}.items()])
external = mixed([(w, enumerate_sum(
    uniform([0, 1, 2]), uniform([-10, -5, 0, 5, 10]), uniform([-1, 0, 1]),
    effect=lambda q, u, r: 12 * (z + q) + 3 * (15 + 15 * z + u) // 5 - 15 * (5 - z + r)))
    for z, w in {0: 20, 1: 30, 2: 25, 3: 15, 4: 10}.items()])

words = joined(
    pmf(enumerate_sum({0: 8, 45: 2, -10: 2})),
    pmf({-10: 6, -25: 5, 0: 5, 10: 4, 40: 2, 65: 2, 50: 3, -35: 3}),
    pmf({-25: 8, -55: 4, 15: 3, 20: 3, 50: 4, -20: 2}))
network = joined(
    pmf({100: 16, -40: 24, 0: 60}), pmf({80: 15, -40: 35, 0: 50}),
    pmf({120: 10, -60: 20, 0: 70}), pmf({140: 12, -30: 13, 0: 75}))

COMPONENTS = {
    "application": application, "purpose": purpose, "basicInformation": basic,
    "repaymentAbility": ability, "badCreditHistory": bad_history,
    "externalCreditStatus": external, "words": words, "network": network}
INDICATORS = ["basicInformation", "repaymentAbility", "badCreditHistory", "externalCreditStatus"]
PARTS = {name: [name] for name in INDICATORS + ["network"]}
PARTS["application"] = ["application", "purpose"]
PARTS["text"] = ["purpose", "words"]


def optimal_auc(parts, rate):
    known_names = {c for part in parts for c in PARTS[part]}
    known = joined(*(COMPONENTS[c] for c in COMPONENTS if c in known_names))
    rest = joined(*(COMPONENTS[c] for c in COMPONENTS if c not in known_names))
    low, masses = joined(known, rest)
    values = (low + numpy.arange(len(masses))) / 100
    intercept = brentq(lambda b: masses @ expit(b + values) - rate, -60, 60, xtol=1e-14)
    s = (known[0] + numpy.arange(len(known[1]))) / 100
    r = (rest[0] + numpy.arange(len(rest[1]))) / 100
    risk = expit(intercept + s[:, None] + r[None, :]) @ rest[1]
    bad, good = known[1] * risk, known[1] * (1 - risk)
    wins = numpy.sign(s[:, None] - s[None, :]) / 2 + 0.5
    return float(bad @ wins @ good / (bad.sum() * good.sum()))


sets = [[part] for part in PARTS] + [
    INDICATORS, ["application", "text"], ["application"] + INDICATORS, list(PARTS)]
json.dump({
    "library": f"numpy {numpy.__version__}, scipy {scipy.__version__}",
    "cases": [
        {"defaultRate": rate, "parts": parts, "auc": optimal_auc(parts, rate)}
        for rate in (0.05, 0.3) for parts in sets],
}, open(sys.argv[1], "w"), indent=1)
