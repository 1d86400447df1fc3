// SPDX-License-Identifier: Apache-2.0

#include "float_functions.h"

CREDIT_INLINE float float_exp(float x) { return float_exp_of_sum(x, 0); }

CREDIT_INLINE float float_sigmoid(float x) {
    // From 18 on, the result rounds to 1. See the double function.
    FloatExponential e = float_exponential(float_clamp(-x, -18, 106), 0);
    float larger = e.inverse > e.first ? e.inverse : e.first;
    float smaller = e.inverse > e.first ? e.first : e.inverse;
    float powers = larger + smaller, powers_low = (larger - powers) + smaller;
    float rest = e.sum * e.first;
    float denominator = powers + rest;
    float denominator_low =
        (((powers - denominator) + rest) + powers_low) + e.sum_tail * e.first;
    return float_quotient(1, 0, denominator, denominator_low, 1 / denominator) * e.inverse;
}

// tanh(x) = m / (m + 1) with 2 m = exp(2 x) - 1 = (2^n - 1) + 2^n sum.
CREDIT_INLINE float float_tanh(float x) {
    float magnitude = __builtin_fabsf(x);
    // From 10 on, tanh rounds to 1.
    float bounded = magnitude > 10 ? 10 : magnitude;
    FloatExponential e = float_exponential(2 * bounded, 0);
    float power = 0.5f * e.power;
    float base = power - 0.5f, rest = power * e.sum;
    float m = base + rest, m_low = ((base - m) + rest) + power * e.sum_tail;
    float denominator = m + 1, denominator_low = ((1 - denominator) + m) + m_low;
    float corrected = float_quotient(m, m_low, denominator, denominator_low, 1 / denominator);
    // Above 2^24, where the lost part of the denominator is not exact, it may exceed 1.
    corrected = corrected > 1 ? 1 : corrected;
    // The sign also makes tanh(-0) -0.
    return __builtin_copysignf(corrected, x);
}

CREDIT_INLINE float float_expm1(float x) {
    // Below -20 the result rounds to -1.
    FloatExponential e = float_exponential(float_clamp(x, -20, 90), 0);
    // exp(x) = 2^n (1 + sum + tail), and 1 - 2^-n is exact or rounds to its larger part.
    float shifted = float_integer_magic - (e.n > 60 ? 60 : e.n);
    float rest = 1 - float_of((float_bits_of(shifted) + 127) << 23);
    float high = rest + e.sum;
    float low = ((rest - high) + e.sum) + e.sum_tail;
    // The sign also makes expm1(-0) -0.
    return __builtin_copysignf((high + low) * e.first * e.second, x);
}

CREDIT_FLOAT_FUNCTION(exp)
CREDIT_FLOAT_FUNCTION(expm1)
CREDIT_FLOAT_FUNCTION(sigmoid)
CREDIT_FLOAT_FUNCTION(tanh)
