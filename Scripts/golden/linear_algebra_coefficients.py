# SPDX-License-Identifier: Apache-2.0
"""Prints the polynomial coefficients of Sources/CCreditKernels/functions.c (needs mpmath).

Each polynomial is a near-minimax (Chebyshev) fit in 60 digits; its maximum error is printed.
"""

from mpmath import chebyfit, log, mp, mpf, sqrt, tanh

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


def show(name, function, low, high, terms):
    coefficients, error = chebyfit(function, [low, high], terms, error=True)
    print(f"// {name}: [{float(low):.6g}, {float(high):.6g}], error {float(error):.2g}")
    print(", ".join(float(c).hex() for c in reversed(coefficients)))


ratio = (sqrt(2) - 1) / (sqrt(2) + 1)
show("exp", exp_tail, -log(2) * mpf("0.5001"), log(2) * mpf("0.5001"), 11)
show("log", log_tail, mpf(0), ratio**2 * mpf("1.0001"), 8)
show("tanh", tanh_tail, mpf(0), mpf("0.55") ** 2, 12)
bits = int(log(2) * 2**33)
print("ln 2 high", float(mpf(bits) / 2**33).hex(), "low", float(log(2) - mpf(bits) / 2**33).hex())
