// SPDX-License-Identifier: Apache-2.0

#include "float_functions.h"

CREDIT_INLINE float float_exp(float x) { return float_exp_of_sum(x, -0.0f); }

CREDIT_INLINE float float_sigmoid(float x) {
    // From 18 on, the result rounds to 1. See the double function.
    FloatExponential e = float_exponential(float_clamp(-x, -18, 106), -0.0f);
    float larger = e.inverse > e.first ? e.inverse : e.first;
    float smaller = e.inverse > e.first ? e.first : e.inverse;
    float powers = larger + smaller, powers_low = (larger - powers) + smaller;
    float denominator = CREDIT_FMA(e.sum, e.first, powers);
    float denominator_low = CREDIT_FMA(e.sum, e.first, powers - denominator) + powers_low;
    float quotient = 1 / denominator;
    float rest = CREDIT_FMA(-quotient, denominator, 1.0f) - quotient * denominator_low;
    return CREDIT_FMA(rest, quotient, quotient) * e.inverse;
}

// With x = n ln(2) / 2 + r and t = tanh(r): 1 - 2 (1 - t) / (2^n + 1 + (2^n - 1) t), whose second
// term is small enough for its roundings not to matter. Up to 0.72, tanh(x) is t itself.
CREDIT_INLINE float float_tanh(float x) {
    static const float coefficients[] = {
        -0x1.5554d8p-2f, 0x1.10f5eap-3f, -0x1.b63972p-5f, 0x1.4665dp-6f, -0x1.46bf92p-8f,
    };
    float magnitude = __builtin_fabsf(x);
    int near = magnitude < 0.72f;
    // From 10 on, tanh rounds to 1.
    float bounded = magnitude > 10 ? 10 : magnitude;
    float shifted = CREDIT_FMA(bounded, 0x1.715476p1f, float_integer_magic);
    float n = near ? 0 : shifted - float_integer_magic;
    // The first product and its difference are exact.
    float r = CREDIT_FMA(n, -0x1.7f7d1cp-21f, CREDIT_FMA(n, -0x1.62e4p-2f, bounded));
    float square = r * r, polynomial = coefficients[4];
    _Pragma("clang loop unroll(full)")
    for (int k = 3; k >= 0; k--) {
        polynomial = CREDIT_FMA(polynomial, square, coefficients[k]);
    }
    float t = CREDIT_FMA(r * square, polynomial, r);
    float power = float_of((float_bits_of(shifted) + 127) << 23);
    float far = 1 - CREDIT_FMA(t, -2.0f, 2.0f) / CREDIT_FMA(power - 1, t, power + 1);
    // The sign also makes tanh(-0) -0.
    return __builtin_copysignf(near ? t : far, x);
}

CREDIT_INLINE float float_expm1(float x) {
    // Below -20 the result rounds to -1.
    FloatExponential e = float_exponential(float_clamp(x, -20, 90), -0.0f);
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
