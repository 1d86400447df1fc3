# SPDX-License-Identifier: Apache-2.0
"""Writes Tests/LinearAlgebraTests/Golden/kernels.json (needs numpy and mpmath).

Points and exact results of exp, log, tanh and sigmoid for Double and Float: random ones, the
boundaries of the algorithms and of the formats, and special values. `expected` is the correctly
rounded result and `residual` what is missing from it to the exact one, in 1/128 of its ulp. Arrays
are base64 of little-endian elements.
"""

import base64
import json
import pathlib

import mpmath as mp
import numpy as np

SEED = 20261121
mp.mp.dps = 50
OUTPUT = pathlib.Path(__file__).parents[2] / "Tests/LinearAlgebraTests/Golden/kernels.json"

FUNCTIONS = {
    "exp": mp.exp,
    "log": mp.log,
    "tanh": mp.tanh,
    "sigmoid": lambda x: 1 / (1 + mp.exp(-x)),
}


def points(name, scalar, generator):
    """The inputs of one function in one precision."""
    info = np.finfo(scalar)
    count = 400 if scalar == np.float64 else 200
    top = float(np.log(np.float64(info.max)))
    bottom = float(mp.log(mp.mpf(float(info.smallest_subnormal))))
    uniform = generator.uniform
    exponent = uniform(np.log2(float(info.tiny)), np.log2(float(info.max)), count)
    spread = np.exp2(exponent)
    small = uniform(-1, 1, count)
    sets = {
        "exp": [
            uniform(bottom - 1, top, count),
            small,
            uniform(bottom - 1, np.log(info.tiny), count),
        ],
        "log": [spread, uniform(0.5, 2, count), 1 + small * 2.0 ** uniform(-30, -1, count)],
        "tanh": [uniform(-22, 22, count), small, uniform(0.5, 0.6, count), -spread],
        "sigmoid": [uniform(-45, 45, count), small, uniform(bottom - 1, 0, count), -spread],
    }[name]
    edges = [0.0, 0.5, 1.0, 2.0, 0.55, 20.0, 710.0, 746.0, 88.7, 103.9, np.sqrt(0.5), np.sqrt(2)]
    edges += [np.log(2) / 2 * n for n in (1, 3, 5, 2043, 255)] + [top, -bottom]
    edges += [float(info.smallest_subnormal), float(info.tiny), float(info.max)]
    values = np.concatenate(sets + [np.array(edges)]).astype(scalar)
    near = values[-len(edges) :]
    with np.errstate(over="ignore"):
        around = [np.nextafter(near, scalar(np.inf)), np.nextafter(near, scalar(-np.inf))]
    subnormal = np.arange(1, 200, 3).astype(scalar) * info.tiny / 256
    values = np.concatenate([values, *around, subnormal])
    special = np.array([0.0, -0.0, np.inf, -np.inf, np.nan], dtype=scalar)
    return np.concatenate([values, -values, special]).astype(scalar)


def nearest(exact, scalar):
    """The element of `scalar` that is nearest to a multi-precision number."""
    info = np.finfo(scalar)
    if exact == 0:
        return scalar(0)
    if abs(exact) >= mp.mpf(float(info.max)) * (1 + mp.mpf(2) ** -(info.nmant + 2)):
        return scalar(mp.sign(exact) * np.inf)
    exponent = max(int(mp.floor(mp.log(abs(exact), 2))), info.minexp)
    step = mp.mpf(2) ** (exponent - info.nmant)
    return scalar(float(mp.nint(exact / step) * step))


def evaluate(name, x, scalar):
    """The rounded result and the residual of one input."""
    with np.errstate(all="ignore"):
        limits = {
            "exp": np.exp,
            "log": np.log,
            "tanh": np.tanh,
            "sigmoid": lambda v: np.copysign(0, 1) if v == -np.inf else 1 / (1 + np.exp(-v)),
        }
        if not np.isfinite(x) or (name == "log" and x <= 0) or (name == "tanh" and x == 0):
            return scalar(limits[name](x)), 0
    exact = FUNCTIONS[name](mp.mpf(float(x)))
    rounded = nearest(exact, scalar)
    if not np.isfinite(rounded):
        return rounded, 0
    with np.errstate(all="ignore"):
        ulp = mp.mpf(float(np.spacing(abs(rounded))))
    return rounded, int(mp.nint((exact - mp.mpf(float(rounded))) / ulp * 128))


def encode(array):
    """Base64 of the little-endian bytes."""
    return base64.b64encode(array.tobytes()).decode()


def main():
    generator = np.random.default_rng(SEED)
    cases = []
    for label, scalar in (("Double", np.float64), ("Float", np.float32)):
        for name in FUNCTIONS:
            inputs = points(name, scalar, generator)
            results = [evaluate(name, x, scalar) for x in inputs]
            cases.append(
                {
                    "function": name,
                    "scalar": label,
                    "inputs": encode(inputs),
                    "expected": encode(np.array([r[0] for r in results], dtype=scalar)),
                    "residual": encode(np.array([r[1] for r in results], dtype=np.int8)),
                }
            )
            print(label, name, len(inputs))
    versions = {"mpmath": mp.__version__, "numpy": np.__version__}
    golden = {"versions": versions, "seed": SEED, "cases": cases}
    OUTPUT.parent.mkdir(parents=True, exist_ok=True)
    OUTPUT.write_text(json.dumps(golden, indent=1) + "\n")


if __name__ == "__main__":
    main()
