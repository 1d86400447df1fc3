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

// A polynomial up to 0.8; then 1 - 2 / (exp(2 x) + 1), whose second term is small enough for its
// roundings not to matter.
CREDIT_INLINE float float_tanh(float x) {
    static const float coefficients[] = {
        -0x1.555556p-2f, 0x1.1110f4p-3f, -0x1.ba105ep-5f, 0x1.657652p-6f, -0x1.1a7ebap-7f,
        0x1.87849cp-9f, -0x1.4caed2p-11f,
    };
    float magnitude = __builtin_fabsf(x), square = x * x;
    float polynomial;
    CREDIT_POLYNOMIAL(polynomial, square, coefficients);
    float small = CREDIT_FMA(x * square, polynomial, x);
    // From 10 on, tanh rounds to 1.
    float bounded = magnitude > 10 ? 10 : magnitude;
    FloatExponential e = float_exponential(2 * bounded, -0.0f);
    float large = 1 - 2 / (CREDIT_FMA(e.sum, e.power, e.power) + 1);
    // The sign also makes tanh(-0) -0.
    return __builtin_copysignf(magnitude < 0.8f ? small : large, x);
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
