# SPDX-License-Identifier: Apache-2.0
"""Simulated choices between gambles and the preferences that make them most likely, by SciPy on a
likelihood written directly from the definitions: writes the golden file that is named on the
command line (Tests/BehavioralTests/Golden/behavioral_choices.json)."""

import json
import sys

import numpy as np
import scipy
from scipy.optimize import minimize
from scipy.stats import norm

SEED = 20241121
LIMIT = 0.2792043


def utility(family, x, a):
    return {"power": lambda: x**a, "exponential": lambda: (1 - np.exp(-a * x)) / a,
            "logarithmic": lambda: np.log1p(a * x) / a}[family]()


def weight(family, p, a, b):
    p = np.clip(p, 0, 1)
    with np.errstate(divide="ignore", invalid="ignore"):
        w = {"identity": lambda: p,
             "tverskyKahneman": lambda: p**a / (p**a + (1 - p) ** a) ** (1 / a),
             "prelec": lambda: np.exp(-((-np.log(p)) ** a)),
             "prelecTwo": lambda: np.exp(-b * (-np.log(p)) ** a),
             "goldsteinEinhorn": lambda: b * p**a / (b * p**a + (1 - p) ** a),
             "power": lambda: p**a}[family]()
    return np.where(p == 0, 0, np.where(p == 1, 1, w))


def values(model, v, problems):
    """CPT values of gambles with two outcomes each: columns x1, p1, x2, p2."""
    x = problems[:, [0, 2]]
    p = problems[:, [1, 3]]
    order = np.argsort(x, axis=1)
    x = np.take_along_axis(x, order, 1)
    p = np.take_along_axis(p, order, 1)
    gains, losses = x >= 0, x < 0
    up = np.stack([np.where(gains[:, 0], 1.0, p[:, 1]), p[:, 1]], 1)
    wp = weight(model["weighting"], up, v["gainWeighting"], v["gainElevation"])
    pi_plus = np.stack([wp[:, 0] - wp[:, 1], wp[:, 1]], 1)
    down = np.stack([p[:, 0], np.where(losses[:, 1], 1.0, p[:, 0])], 1)
    wm = weight(model["weighting"], down, v["lossWeighting"], v["lossElevation"])
    pi_minus = np.stack([wm[:, 0], wm[:, 1] - wm[:, 0]], 1)
    size = np.abs(x)
    u = np.where(gains, utility(model["curve"], size, v["gainCurvature"]) * pi_plus,
                 -v["lossAversion"] * utility(model["curve"], size, v["lossCurvature"]) * pi_minus)
    return u.sum(1)


def probability(model, v, first, second):
    a, b = values(model, v, first), values(model, v, second)
    if model["choiceRule"] == "luce":
        z = np.where(a > 0, np.log(np.abs(a)) - np.log(np.abs(b)),
                     np.log(np.abs(b)) - np.log(np.abs(a)))
    else:
        z = a - b
    z = z * v["sensitivity"]
    core = norm.cdf(z) if model["choiceRule"] == "probit" else 1 / (1 + np.exp(-z))
    return (1 - v["tremble"]) * core + v["tremble"] / 2


def natural(model, theta):
    v = {"gainElevation": 1.0, "lossElevation": 1.0, "tremble": 0.0, "lossAversion": 1.0,
         "gainWeighting": 1.0, "lossWeighting": 1.0, "lossCurvature": None}
    v.update(model["fixed"])
    for name, t in zip(model["free"], theta):
        if name == "tremble":
            v[name] = 1 / (1 + np.exp(-t))
        elif name in ("gainWeighting", "lossWeighting") and model["weighting"] == "tverskyKahneman":
            v[name] = LIMIT + np.exp(t)
        else:
            v[name] = np.exp(t)
    if model["hasEqualCurvature"]:
        v["lossCurvature"] = v["gainCurvature"]
    if model["hasEqualWeighting"]:
        v["lossWeighting"], v["lossElevation"] = v["gainWeighting"], v["gainElevation"]
    return v


def gamble(rng, n, kind):
    x1, x2 = rng.integers(1, 101, n), rng.integers(0, 100, n)
    sign1 = {"gain": 1, "loss": -1, "mixed": 1}[kind]
    sign2 = {"gain": 1, "loss": -1, "mixed": -1}[kind]
    p = rng.integers(5, 96, n) / 100
    return np.stack([sign1 * x1, p, sign2 * x2, 1 - p], 1).astype(float)


def fit(model, truth, rng, n):
    kinds = ["gain", "loss"] if model["choiceRule"] == "luce" else ["gain", "loss", "mixed"]
    first = np.concatenate([gamble(rng, n // len(kinds), k) for k in kinds])
    second = np.concatenate([gamble(rng, n // len(kinds), k) for k in kinds])
    chose = rng.random(len(first)) < probability(model, truth, first, second)

    def loss(theta):
        p = probability(model, natural(model, theta), first, second)
        return -np.sum(np.log(np.where(chose, p, 1 - p)))

    def start(name):
        t = truth[name]
        if name == "tremble":
            return np.log(t / (1 - t))
        tk = model["weighting"] == "tverskyKahneman"
        shift = LIMIT if tk and name in ("gainWeighting", "lossWeighting") else 0
        return np.log(t - shift)

    theta = np.array([start(name) for name in model["free"]])
    for _ in range(3):
        theta = minimize(loss, theta, method="Nelder-Mead",
                         options={"xatol": 1e-10, "fatol": 1e-13, "maxiter": 40000,
                                  "maxfev": 40000, "adaptive": True}).x
        theta = minimize(loss, theta, method="BFGS", options={"gtol": 1e-9}).x
    k = len(theta)

    def hessian(h):
        m, e = np.zeros((k, k)), np.eye(k) * h
        for i in range(k):
            for j in range(k):
                m[i, j] = (loss(theta + e[i] + e[j]) - loss(theta + e[i] - e[j])
                           - loss(theta - e[i] + e[j]) + loss(theta - e[i] - e[j])) / (4 * h * h)
        return m

    # Richardson's extrapolation takes the leading error of the differences away.
    information = (4 * hessian(1e-3) - hessian(2e-3)) / 3
    v = natural(model, theta)
    return {
        **{key: model[key] for key in (
            "curve", "weighting", "choiceRule", "hasEqualCurvature", "hasEqualWeighting",
            "hasTremble", "fixed", "free")},
        "first": first.tolist(), "second": second.tolist(), "chose": chose.tolist(),
        "estimates": [float(v[name]) for name in model["free"]],
        "standardErrors": np.sqrt(np.diag(np.linalg.inv(information))).tolist(),
        "logLikelihood": float(-loss(theta)),
    }


def model(free, **changes):
    base = {"curve": "power", "weighting": "tverskyKahneman", "choiceRule": "softmax",
            "hasEqualCurvature": True, "hasEqualWeighting": False, "hasTremble": False,
            "fixed": {}, "free": free}
    return {**base, **changes}


CASES = [
    (model(["gainCurvature", "lossAversion", "gainWeighting", "lossWeighting", "sensitivity"]),
     {"gainCurvature": 0.74, "lossAversion": 1.27, "gainWeighting": 0.61, "lossWeighting": 0.89,
      "sensitivity": 0.06}),
    (model(["gainCurvature", "lossCurvature", "lossAversion", "gainWeighting", "lossWeighting",
            "gainElevation", "lossElevation", "sensitivity"],
           weighting="prelecTwo", choiceRule="probit", hasEqualCurvature=False),
     {"gainCurvature": 0.8, "lossCurvature": 0.7, "lossAversion": 1.8, "gainWeighting": 0.65,
      "lossWeighting": 0.8, "gainElevation": 1.1, "lossElevation": 0.9, "sensitivity": 0.15}),
    (model(["gainCurvature", "lossAversion", "gainWeighting", "gainElevation", "sensitivity",
            "tremble"],
           weighting="goldsteinEinhorn", hasEqualWeighting=True, hasTremble=True),
     {"gainCurvature": 0.85, "lossAversion": 1.6, "gainWeighting": 0.6, "gainElevation": 0.8,
      "sensitivity": 0.4, "tremble": 0.12}),
    (model(["gainCurvature", "gainWeighting", "sensitivity"], weighting="prelec",
           choiceRule="luce", hasEqualWeighting=True),
     {"gainCurvature": 0.7, "gainWeighting": 0.7, "sensitivity": 6.0}),
    (model(["gainCurvature", "lossAversion", "sensitivity"], curve="exponential",
           weighting="identity"),
     {"gainCurvature": 0.012, "lossAversion": 1.9, "sensitivity": 0.2}),
    (model(["gainCurvature", "lossCurvature", "gainWeighting", "lossWeighting", "sensitivity"],
           curve="logarithmic", weighting="power", hasEqualCurvature=False,
           fixed={"lossAversion": 2.0}),
     {"gainCurvature": 0.05, "lossCurvature": 0.02, "lossAversion": 2.0, "gainWeighting": 1.3,
      "lossWeighting": 0.8, "sensitivity": 0.15}),
    (model(["gainCurvature", "lossAversion", "gainWeighting", "lossWeighting", "sensitivity",
            "tremble"], choiceRule="probit", hasTremble=True),
     {"gainCurvature": 0.8, "lossAversion": 1.5, "gainWeighting": 0.65, "lossWeighting": 0.75,
      "sensitivity": 0.2, "tremble": 0.1}),
]


def main():
    rng = np.random.default_rng(SEED)
    rows = []
    for recipe, truth in CASES:
        full = {"gainElevation": 1.0, "lossElevation": 1.0, "tremble": 0.0, "lossAversion": 1.0,
                "gainWeighting": 1.0, "lossWeighting": 1.0, **truth}
        full.setdefault("lossCurvature", full["gainCurvature"])
        if recipe["hasEqualWeighting"]:
            full["lossWeighting"] = full["gainWeighting"]
            full["lossElevation"] = full["gainElevation"]
        rows.append(fit(recipe, full, rng, 300))
    document = {
        "writtenBy": "Scripts/golden/behavioral_choices.py",
        "libraries": {"numpy": np.__version__, "scipy": scipy.__version__}, "seed": SEED,
        "fits": rows,
    }
    with open(sys.argv[1], "w") as file:
        file.write(json.dumps(document).replace("}, {", "},\n{") + "\n")


main()
