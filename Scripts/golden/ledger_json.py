#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Writes Tests/LedgerTests/Golden/numbers.json: doubles and their text in ECMAScript.

The shortest digits are Python's repr, laid out after ECMA-262 section 6.1.6.1.20.
Usage: python3 Scripts/golden/ledger_json.py
"""
import json
import pathlib
import platform
import random
import struct
from decimal import Decimal


def text(value):
    if value == 0:
        return "0"
    sign, digits, exponent = Decimal(repr(abs(value))).as_tuple()
    digits = "".join(map(str, digits))
    stripped = digits.rstrip("0")
    exponent += len(digits) - len(stripped)
    digits = stripped
    k, n = len(digits), len(digits) + exponent
    if k <= n <= 21:
        out = digits + "0" * (n - k)
    elif 0 < n <= 21:
        out = digits[:n] + "." + digits[n:]
    elif -6 < n <= 0:
        out = "0." + "0" * -n + digits
    else:
        out = digits[0] + ("." + digits[1:] if k > 1 else "") + "e" + ("+" if n > 0 else "-")
        out += str(abs(n - 1))
    return ("-" if value < 0 else "") + out


SEED = 5
random.seed(SEED)
values = []
while len(values) < 1000:
    bits = random.getrandbits(64)
    value = struct.unpack(">d", struct.pack(">Q", bits))[0]
    if value == value and abs(value) != float("inf"):
        values.append(value)
values += [random.randint(-10**k, 10**k) / 10**random.randint(0, 12) for k in range(23) for _ in range(20)]
values += [float(10**k) for k in range(-30, 0)] + [float(10**k) for k in range(0, 30)]
output = {
    "made by": f"Scripts/golden/ledger_json.py, Python {platform.python_version()}, seed {SEED}",
    "numbers": [[struct.pack(">d", v).hex(), text(v)] for v in values],
}
path = pathlib.Path(__file__).resolve().parents[2] / "Tests/LedgerTests/Golden/numbers.json"
path.write_text(json.dumps(output, separators=(",", ":")).replace('],[', '],\n[') + "\n")
