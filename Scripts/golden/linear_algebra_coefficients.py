# SPDX-License-Identifier: Apache-2.0
"""Prints the polynomial coefficients of the functions in Sources/CCreditKernels (needs mpmath).

Each polynomial is a near-minimax (Chebyshev) fit in 60 digits; its maximum error is printed.
"""

import struct

from mpmath import chebyfit, cos, erf, erfc, exp, log, lu_solve, matrix, mp, mpf, pi, sqrt, tanh

mp.dps = 60


def exp_tail(r):
    """(exp(r) - 1 - r) / r^2, by its series, which has no cancellation."""
    total, term = mpf(0), mpf(1) / 2
    for k in range(3, 60):
        total += term
        term *= r / k
    return total


def log_tail(z):
    """(2 atanh(s) / s - 2) / z with z = s^2."""
    return sum(2 * z ** (k - 1) / (2 * k + 1) for k in range(1, 60))


def tanh_tail(z):
    """(tanh(x) / x - 1) / z with z = x^2."""
    z = max(z, mpf(10) ** -25)
    return (tanh(sqrt(z)) / sqrt(z) - 1) / z


def power_log_tail(z):
    """(atanh(s) / s - 1 - z / 3) / z^2 with z = s^2."""
    return sum(z ** (k - 2) / (2 * k + 1) for k in range(2, 60))


def erf_tail(z):
    """(erf(x) / x - 2 / sqrt(pi)) / z with z = x^2."""
    z = max(z, mpf(10) ** -25)
    return (erf(sqrt(z)) / sqrt(z) - 2 / sqrt(pi)) / z


def scaled_erfc(u):
    """exp(x^2) erfc(x) with u = 2 / (2 + x) - 0.4375."""
    x = 2 / (u + mpf("0.4375")) - 2
    return exp(x * x) * erfc(x)


def nearest_float(x):
    """The nearest single-precision number, as a double."""
    return struct.unpack("f", struct.pack("f", float(x)))[0]


def show(name, function, low, high, terms, rounded=float):
    coefficients, error = chebyfit(function, [low, high], terms, error=True)
    print(f"// {name}: [{float(low):.6g}, {float(high):.6g}], error {float(error):.2g}")
    print(", ".join(rounded(c).hex() for c in reversed(coefficients)))


def show_tail(name, function, high, terms, rounded):
    """A tail times z in 0...high, near-minimax: it agrees at the zeros of the Chebyshev polynomial
    of one degree more, of which the first is moved to z = 0.
    """
    zeros = sorted(cos(pi * (2 * k + 1) / (2 * terms + 2)) for k in range(terms + 1))
    nodes = [high * (x - zeros[0]) / (1 - zeros[0]) for x in zeros[1:]]
    powers = matrix([[z**k for k in range(terms)] for z in nodes])
    coefficients = lu_solve(powers, matrix([function(z) for z in nodes]))
    grid = [high * k / 1000 for k in range(1, 1001)]
    error = max(
        abs(z * (sum(c * z**k for k, c in enumerate(coefficients)) - function(z))) for z in grid)
    print(f"// {name}: up to {float(high):.6g}, error {float(error):.2g}")
    print(", ".join(rounded(c).hex() for c in coefficients))


ratio = (sqrt(2) - 1) / (sqrt(2) + 1)
show("exp", exp_tail, -log(2) * mpf("0.5001"), log(2) * mpf("0.5001"), 11)
show("log", log_tail, mpf(0), ratio**2 * mpf("1.0001"), 8)
show("tanh", tanh_tail, mpf(0), mpf("0.55") ** 2, 12)
show("log in pow", power_log_tail, mpf(0), ratio**2 * mpf("1.0001"), 9)
show("erf below 1", erf_tail, mpf(0), mpf(1), 12)
low, high = mpf(1) / 4 - mpf("0.4375"), mpf(2) / 3 - mpf("0.4375")
show("exp(x^2) erfc(x)", scaled_erfc, low, high, 17)
show("exp of float", exp_tail, -log(2) * mpf("0.501"), log(2) * mpf("0.501"), 5, nearest_float)
show("log of float", log_tail, mpf(0), ratio**2 * mpf("1.001"), 4, nearest_float)
show_tail("tanh of float", tanh_tail, mpf("0.72") ** 2, 5, nearest_float)
show("erf of float below 1", erf_tail, mpf(0), mpf(1), 7, nearest_float)
show("exp(x^2) erfc(x) of float", scaled_erfc, low, high, 9, nearest_float)
leading = 2 / sqrt(pi) - 1
print("2 / sqrt(pi) - 1", float(leading).hex())
third = mpf(float(mpf(1) / 3))
print("1/3 high", float(third).hex(), "low", float(mpf(1) / 3 - third).hex())
bits = int(log(2) * 2**33)
print("ln 2 high", float(mpf(bits) / 2**33).hex(), "low", float(log(2) - mpf(bits) / 2**33).hex())
short = int(log(2) * 2**15)
rest = nearest_float(log(2) - mpf(short) / 2**15)
print("ln 2 high of float", float(mpf(short) / 2**15).hex(), "low", rest.hex())
