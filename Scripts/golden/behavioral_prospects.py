#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Writes weights and loan decisions of prospect theory, computed with mpmath at 50 digits.

Usage: behavioral_prospects.py OUTPUT.json
"""
import json
import random
import sys

import mpmath as mp

mp.mp.dps = 50
SEED = 20240603
# tau, chi, lambda of the three presets.
PRESETS = {
    "opportunistic": ("0.55", "0.95", "1.5"),
    "neutral": ("0.5", "0.9", "2.25"),
    "riskAverse": ("0.45", "0.85", "3.5"),
}


def ratio(p, gamma, outer):
    return p**gamma / (p**gamma + (1 - p) ** gamma) ** outer


def tversky_kahneman(p, gamma):
    return ratio(p, gamma, 1 / gamma)


def prelec(p, alpha, beta):
    return mp.exp(-beta * (-mp.log(p)) ** alpha)


def weights(rng):
    rows = []
    for _ in range(60):
        p = mp.mpf(rng.choice([rng.random(), 10 ** rng.uniform(-200, -1), 1 - 1e-9]))
        gamma = mp.mpf(rng.uniform(0.28, 1.8))
        alpha, beta = mp.mpf(rng.uniform(0.2, 1.5)), mp.mpf(rng.uniform(0.3, 2))
        printed = mp.mpf(rng.uniform(0.1, 1))
        rows.append({
            "probability": p,
            "gamma": gamma, "tverskyKahneman": tversky_kahneman(p, gamma),
            "alpha": alpha, "beta": beta,
            "prelec": prelec(p, alpha, 1), "prelecTwo": prelec(p, alpha, beta),
            "printedGamma": printed, "printed": ratio(p, printed, printed),
        })
    return rows


def loans(rng):
    rows = []
    for name, parameters in PRESETS.items():
        tau, chi, loss_aversion = map(mp.mpf, parameters)
        for _ in range(20):
            pd, rate, lgd = (
                mp.mpf(rng.uniform(0.001, 0.6)), mp.mpf(rng.uniform(0.01, 0.6)),
                mp.mpf(rng.uniform(0.05, 1)))
            gain = tversky_kahneman(1 - pd, mp.mpf("0.61")) * rate**tau
            loss = loss_aversion * tversky_kahneman(pd, mp.mpf("0.69")) * lgd**chi
            omega = gain / loss
            xi = (tau * omega / chi) ** (1 / (chi - tau))
            rows.append({
                "lender": name, "defaultProbability": pd, "rate": rate, "lossGivenDefault": lgd,
                "gain": gain, "loss": loss, "omega": omega, "amount": xi,
                "value": xi**tau * gain - xi**chi * loss})
    return rows


def plain(rows):
    return [{k: v if isinstance(v, str) else float(v) for k, v in row.items()} for row in rows]


def main():
    rng = random.Random(SEED)
    document = {
        "writtenBy": "Scripts/golden/behavioral_prospects.py",
        "libraries": {"mpmath": mp.__version__, "digits": mp.mp.dps},
        "seed": SEED,
        "weights": plain(weights(rng)),
        "loans": plain(loans(rng)),
    }
    with open(sys.argv[1], "w") as file:
        file.write(json.dumps(document).replace("}, {", "},\n{") + "\n")


main()
