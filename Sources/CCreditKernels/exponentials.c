// SPDX-License-Identifier: Apache-2.0

#include "functions.h"

CREDIT_INLINE double expm1_one(double x) {
    // Below -40 the result rounds to -1.
    Exponential e = exponential(clamp(x, -40, 710));
    // exp(x) = 2^n (1 + sum + tail), and 1 - 2^-n is exact or rounds to its larger part.
    double rest = 1 - power_of_two(-(e.n > 100 ? 100 : e.n));
    double high = rest + e.sum;
    double low = ((rest - high) + e.sum) + e.sum_tail;
    // The sign also makes expm1(-0) -0.
    return __builtin_copysign((high + low) * e.first * e.second, x);
}

// 1 / (1 + exp(-x)) = inverse / (inverse + first + sum * first), where nothing overflows.
CREDIT_INLINE double sigmoid_one(double x) {
    // From 40 on, the result rounds to 1.
    Exponential e = exponential(clamp(-x, -40, 746));
    double larger = e.inverse > e.first ? e.inverse : e.first;
    double smaller = e.inverse > e.first ? e.first : e.inverse;
    double powers = larger + smaller, powers_low = (larger - powers) + smaller;
    double denominator = CREDIT_FMA(e.sum, e.first, powers);
    double denominator_low = CREDIT_FMA(e.sum, e.first, powers - denominator) + powers_low;
    double quotient = 1 / denominator;
    return CREDIT_FMA(-quotient, quotient * denominator_low, quotient) * e.inverse;
}

CREDIT_INLINE double tanh_one(double x) {
    static const double coefficients[] = {
        -0x1.5555555555555p-2, 0x1.1111111111109p-3, -0x1.ba1ba1ba1a732p-5,
        0x1.664f48822e9a5p-6, -0x1.226e3539b9272p-7, 0x1.d6d3c60009e9cp-9,
        -0x1.7da25da5066b5p-10, 0x1.3547bfaa42508p-11, -0x1.f41d11ba745ap-13,
        0x1.8c93b7d5aba25p-14, -0x1.1adede7706052p-15, 0x1.08378067f032ap-17,
    };
    double magnitude = __builtin_fabs(x);
    double square = x * x;
    double polynomial;
    CREDIT_POLYNOMIAL(polynomial, square, coefficients);
    double small = CREDIT_FMA(x * square, polynomial, x);
    // From 20 on, tanh rounds to 1.
    Exponential e = exponential(clamp(2 * magnitude, 0, 40));
    double power = CREDIT_FMA(e.sum, e.first, e.first) * e.second;
    double denominator = power + 1, denominator_low = (power - denominator) + 1;
    double quotient = 2 / denominator;
    double large = 1 - CREDIT_FMA(-0.5 * quotient * quotient, denominator_low, quotient);
    // The sign also makes tanh(-0) -0.
    return __builtin_copysign(magnitude < 0.55 ? small : large, x);
}

CREDIT_FUNCTION(exp)
CREDIT_FUNCTION(expm1)
CREDIT_FUNCTION(sigmoid)
CREDIT_FUNCTION(tanh)
