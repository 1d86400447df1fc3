// SPDX-License-Identifier: Apache-2.0

#include "functions.h"

CREDIT_INLINE double log_one(double x) {
    Logarithm parts = logarithm(reduce(x), 0);
    double result = parts.leading - parts.rest;
    result = x == __builtin_inf() ? x : result;
    result = x == 0 ? -__builtin_inf() : result;
    result = x < 0 ? __builtin_nan("") : result;
    return x != x ? x : result;
}

CREDIT_INLINE double log1p_one(double x) {
    Logarithm parts = logarithm_of_sum(x);
    // The sign also makes log1p(-0) -0.
    double result = __builtin_copysign(parts.leading - parts.rest, x);
    result = x == __builtin_inf() ? x : result;
    result = x == -1 ? -__builtin_inf() : result;
    result = x < -1 ? __builtin_nan("") : result;
    return x != x ? x : result;
}

// log(1 + exp(x)) = max(x, 0) + log1p(exp(-abs(x)))
CREDIT_INLINE double softplus_one(double x) {
    Exponential e = exponential(clamp(-__builtin_fabs(x), -746, 0));
    double power = e.mantissa * e.first * e.second;
    Logarithm parts = logarithm_of_sum(power);
    double high = parts.leading - parts.rest;
    double low = (parts.leading - high) - parts.rest;
    low += e.tail * e.first * e.second / (1 + power);
    double positive = x > 0 ? x : 0;
    // The larger term first, so that what the addition loses is exact.
    double larger = positive > high ? positive : high;
    double smaller = positive > high ? high : positive;
    double sum = larger + smaller;
    low += (larger - sum) + smaller;
    double result = x > 40 ? x : sum + low;
    return x != x ? x : result;
}

CREDIT_FUNCTION(log)
CREDIT_FUNCTION(log1p)
CREDIT_FUNCTION(softplus)
