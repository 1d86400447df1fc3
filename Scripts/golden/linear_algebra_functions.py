# SPDX-License-Identifier: Apache-2.0
"""Writes Tests/LinearAlgebraTests/Golden/functions.json (needs numpy and mpmath).

Points and exact results of expm1, log1p, softplus, erf and pow for Double and Float, in the form of
linear_algebra_kernels.py; `exponents` is the second argument of pow.
"""

import json

import mpmath as mp
import numpy as np
from linear_algebra_kernels import OUTPUT, SEED, encode, nearest

FUNCTIONS = {
    "expm1": mp.expm1,
    "log1p": mp.log1p,
    "softplus": lambda x: mp.log1p(mp.exp(x)),
    "erf": mp.erf,
}
LIMITS = {
    "expm1": np.expm1,
    "log1p": np.log1p,
    "softplus": lambda x: np.logaddexp(0, x),
    "erf": lambda x: np.sign(x) if np.isinf(x) else x,
}
COUNT = 300


def points(name, scalar, generator):
    """The inputs of one function in one precision."""
    info = np.finfo(scalar)
    uniform = generator.uniform
    top = float(np.log(np.float64(info.max)))
    bottom = float(mp.log(mp.mpf(float(info.smallest_subnormal))))
    spread = np.exp2(uniform(np.log2(float(info.tiny)), np.log2(float(info.max)), COUNT))
    small = uniform(-1, 1, COUNT)
    tiny = np.exp2(uniform(np.log2(float(info.tiny)) - 10, 0, COUNT))
    signed = np.where(uniform(size=COUNT) < 0.5, tiny, -tiny)
    sets = {
        "expm1": [uniform(-42, 42, COUNT), uniform(40, top, COUNT), small, signed],
        "log1p": [spread, small, uniform(-0.5, 3, COUNT), -1 + tiny, signed],
        "softplus": [uniform(-45, 45, COUNT), uniform(bottom, 0, COUNT), small, spread],
        "erf": [uniform(-6.5, 6.5, COUNT), uniform(0.9, 1.5, COUNT), small, signed],
    }[name]
    edges = [0.5, 1.0, 6.0, 40.0, 710.0, 746.0, np.sqrt(0.5) - 1, np.sqrt(2) - 1, top, -bottom]
    edges += [np.log(2) / 2 * n for n in (1, 3, 5, 2043, 255)]
    edges += [float(info.smallest_subnormal), float(info.tiny), float(info.max)]
    edges = np.array(edges).astype(scalar)
    edges = np.concatenate([edges, -edges])
    with np.errstate(over="ignore"):
        around = [np.nextafter(edges, scalar(np.inf)), np.nextafter(edges, scalar(-np.inf))]
    special = np.array([0.0, -0.0, np.inf, -np.inf, np.nan])
    return np.concatenate([*sets, edges, *around, special]).astype(scalar)


def power_points(scalar, generator):
    """Bases and exponents of pow, most of them with a representable result."""
    info = np.finfo(scalar)
    uniform = generator.uniform
    top = float(np.log(np.float64(info.max)))
    bottom = float(mp.log(mp.mpf(float(info.smallest_subnormal))))
    bases = [
        np.exp2(uniform(np.log2(float(info.tiny)) - 5, np.log2(float(info.max)), 2 * COUNT)),
        uniform(0.5, 2, 2 * COUNT),
        1 + uniform(-1, 1, 2 * COUNT) * 2.0 ** uniform(-info.nmant, -1, 2 * COUNT),
    ]
    bases = np.concatenate(bases).astype(scalar)
    bases[bases == 1] = scalar(1.5)
    exponents = uniform(bottom, top, bases.size) / np.log(bases.astype(np.longdouble))
    pairs = [(b, e) for b, e in zip(bases, exponents.astype(scalar))]
    pairs += [(-b, scalar(np.rint(e))) for b, e in pairs[:COUNT]]
    special = [0.0, 0.5, 1.0, 2.0, 3.0, 1e30, float(info.smallest_subnormal), np.inf]
    special = np.array(special + [1 - info.epsneg, 1 + info.eps, 2.5], dtype=scalar)
    special = [*special, *-special, scalar(np.nan)]
    pairs += [(b, e) for b in special for e in special]
    return np.array([p[0] for p in pairs]), np.array([p[1] for p in pairs])


def rounded(exact, scalar):
    """The nearest element and what it misses, in 1/128 of its ulp."""
    value = nearest(exact, scalar)
    if not np.isfinite(value):
        return value, 0
    with np.errstate(all="ignore"):
        ulp = mp.mpf(float(np.spacing(abs(value))))
    return value, int(mp.nint((exact - mp.mpf(float(value))) / ulp * 128))


def evaluate(name, x, scalar):
    """The rounded result and the residual of one input."""
    with np.errstate(all="ignore"):
        if not np.isfinite(x) or (name == "log1p" and x <= -1) or (name != "softplus" and x == 0):
            return scalar(LIMITS[name](x)), 0
    if name == "softplus" and x > 1000:
        return x, 0
    if name == "expm1" and x > 1000:
        return scalar(np.inf), 0
    return rounded(FUNCTIONS[name](mp.mpf(float(x))), scalar)


def evaluate_power(x, y, scalar):
    """The rounded power and the residual; NumPy knows what IEEE 754 says of special cases."""
    with np.errstate(all="ignore"):
        limit = scalar(np.float_power(np.float64(x), np.float64(y)))
        if not (np.isfinite(x) and np.isfinite(y)) or x == 0 or np.isnan(limit):
            return limit, 0
    exponent = mp.mpf(float(y)) * mp.log(abs(mp.mpf(float(x))))
    if abs(exponent) > 2000:
        return limit, 0
    sign = -1 if np.signbit(limit) else 1
    value, residual = rounded(mp.exp(exponent), scalar)
    return sign * value, sign * residual


def case(name, label, inputs, results, **more):
    """One entry of the file."""
    scalar = inputs.dtype.type
    return {
        "function": name,
        "scalar": label,
        "inputs": encode(inputs),
        **more,
        "expected": encode(np.array([r[0] for r in results], dtype=scalar)),
        "residual": encode(np.array([r[1] for r in results], dtype=np.int8)),
    }


def main():
    generator = np.random.default_rng(SEED)
    cases = []
    for label, scalar in (("Double", np.float64), ("Float", np.float32)):
        for name in FUNCTIONS:
            inputs = points(name, scalar, generator)
            cases.append(case(name, label, inputs, [evaluate(name, x, scalar) for x in inputs]))
        bases, exponents = power_points(scalar, generator)
        results = [evaluate_power(x, y, scalar) for x, y in zip(bases, exponents)]
        cases.append(case("pow", label, bases, results, exponents=encode(exponents)))
    versions = {"mpmath": mp.__version__, "numpy": np.__version__}
    golden = {"versions": versions, "seed": SEED, "cases": cases}
    OUTPUT.with_name("functions.json").write_text(json.dumps(golden, indent=1) + "\n")


if __name__ == "__main__":
    main()
