// SPDX-License-Identifier: Apache-2.0

#include "float_functions.h"

CREDIT_INLINE float float_log(float x) {
    FloatLogarithm parts = float_logarithm(float_reduce(x), 0);
    float result = parts.leading - parts.rest;
    result = x == __builtin_inff() ? x : result;
    result = x == 0 ? -__builtin_inff() : result;
    result = x < 0 ? __builtin_nanf("") : result;
    return x != x ? x : result;
}

CREDIT_INLINE float float_log1p(float x) {
    FloatLogarithm parts = float_logarithm_of_sum(x);
    // The sign also makes log1p(-0) -0.
    float result = __builtin_copysignf(parts.leading - parts.rest, x);
    result = x == __builtin_inff() ? x : result;
    result = x == -1 ? -__builtin_inff() : result;
    result = x < -1 ? __builtin_nanf("") : result;
    return x != x ? x : result;
}

// log(1 + exp(x)) = max(x, 0) + log1p(exp(-abs(x)))
CREDIT_INLINE float float_softplus(float x) {
    FloatExponential e = float_exponential(float_clamp(-__builtin_fabsf(x), -106, 0), -0.0f);
    float mantissa = 1 + e.sum, tail = ((1 - mantissa) + e.sum) + e.sum_tail;
    float power = mantissa * e.first * e.second;
    FloatLogarithm parts = float_logarithm_of_sum(power);
    float high = parts.leading - parts.rest;
    float low = (parts.leading - high) - parts.rest;
    low += tail * e.first * e.second / (1 + power);
    float positive = x > 0 ? x : 0;
    // The larger term first, so that what the addition loses is exact.
    float larger = positive > high ? positive : high;
    float smaller = positive > high ? high : positive;
    float sum = larger + smaller;
    low += (larger - sum) + smaller;
    float result = x > 20 ? x : sum + low;
    return x != x ? x : result;
}

CREDIT_FLOAT_FUNCTION(log)
CREDIT_FLOAT_FUNCTION(log1p)
CREDIT_FLOAT_FUNCTION(softplus)
