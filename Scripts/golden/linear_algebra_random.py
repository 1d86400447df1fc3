# SPDX-License-Identifier: Apache-2.0
"""Writes Tests/LinearAlgebraTests/Golden/random.json (needs numpy and mpmath).

Words of numpy.random.Philox (Philox4x64-10), and standard normal quantiles.
"""

import json
import pathlib

import mpmath as mp
import numpy as np

SEED = 20261121
OUTPUT = pathlib.Path(__file__).parents[2] / "Tests/LinearAlgebraTests/Golden/random.json"
mp.mp.dps = 400


def fnv1a(text):
    """The 64-bit FNV-1a hash of a text's UTF-8 bytes."""
    value = 0xCBF29CE484222325
    for byte in text.encode():
        value = (value ^ byte) * 0x100000001B3 % 2**64
    return value


def words(key, counter, count):
    """The words after `counter`, which numpy advances before each block."""
    generator = np.random.Philox(key=key, counter=counter)
    return [f"{int(word):016x}" for word in generator.random_raw(count)]


def child(seed, purpose, index):
    """A child stream's first words, by the rule of RandomStream.child."""
    # numpy advances the counter first, so it starts one before (hash, index, 1, 0).
    counter = (fnv1a(purpose) + (index % 2**64) * 2**64 + 2**128) - 1
    parts = [counter >> (64 * lane) & (2**64 - 1) for lane in range(4)]
    block = words(np.array([seed, 0], dtype=np.uint64), np.array(parts, dtype=np.uint64), 2)
    key = [int(word, 16) for word in block]
    return {
        "seed": f"{seed:016x}",
        "purpose": purpose,
        "index": index,
        "words": words(np.array(key, dtype=np.uint64), 0, 6),
    }


def quantile(p):
    """The standard normal quantile."""
    p = mp.mpf(p)
    with mp.workdps(60):
        if p > mp.mpf("1e-30"):
            start = mp.sqrt(2) * mp.erfinv(2 * p - 1)
        else:
            start = -mp.sqrt(-2 * mp.log(p))
        return mp.findroot(lambda x: mp.log(mp.ncdf(x)) - mp.log(p), start)


def main():
    generator = np.random.default_rng(SEED)
    seeds = [0, 1, 2**64 - 1] + [int(s) for s in generator.integers(0, 2**63, 5)]
    streams = [
        {"seed": f"{s:016x}", "words": words(np.array([s, 0], dtype=np.uint64), 0, 101)}
        for s in seeds
    ]
    children = [
        child(7, "fold", 0),
        child(7, "fold", 3),
        child(7, "", -1),
        child(2**64 - 1, "Ω", 5),
    ]
    probabilities = [float(p) for p in generator.uniform(0, 1, 60)]
    probabilities += [float(p) for p in 10.0 ** generator.uniform(-300, -1, 40)]
    probabilities += [0.5, 0.075, 0.925, 0.0749, 2.0**-53, 1 - 2.0**-53]
    probabilities += [float(np.exp(-25)), 1e-11, 1e-12]
    golden = {
        "versions": {"mpmath": mp.__version__, "numpy": np.__version__},
        "seed": SEED,
        "streams": streams,
        "children": children,
        "quantiles": [[p, float(quantile(p))] for p in probabilities],
    }
    OUTPUT.parent.mkdir(parents=True, exist_ok=True)
    OUTPUT.write_text(json.dumps(golden, indent=1) + "\n")


if __name__ == "__main__":
    main()
