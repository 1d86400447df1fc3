// SPDX-License-Identifier: Apache-2.0
//
// exp, log, tanh and the logistic function without branches, so that loops over them vectorise.
// All arithmetic is in double: float results are the rounded double ones. Coefficients come from
// Scripts/golden/linear_algebra_coefficients.py.

#include "kernel.h"

static const double ln2_high = 0x1.62e42fefp-1;
static const double ln2_low = 0x1.473de6af278edp-34;

// Adding this rounds to an integer, which then lies in the low bits of the sum.
static const double integer_magic = 0x1.8p52;

CREDIT_INLINE uint64_t bits_of(double x) {
    uint64_t bits;
    memcpy(&bits, &x, sizeof bits);
    return bits;
}

CREDIT_INLINE double double_of(uint64_t bits) {
    double x;
    memcpy(&x, &bits, sizeof x);
    return x;
}

// 2^n for an integer n in -1022...1023.
CREDIT_INLINE double power_of_two(double n) {
    return double_of((bits_of(n + integer_magic) + 1023) << 52);
}

// Horner's scheme, constant term first.
#define CREDIT_POLYNOMIAL(RESULT, X, COEFFICIENTS)                                \
    do {                                                                          \
        const int last = sizeof(COEFFICIENTS) / sizeof((COEFFICIENTS)[0]) - 1;    \
        (RESULT) = (COEFFICIENTS)[last];                                          \
        _Pragma("clang loop unroll(full)")                                        \
        for (int k = last - 1; k >= 0; k--) {                                     \
            (RESULT) = (RESULT) * (X) + (COEFFICIENTS)[k];                        \
        }                                                                         \
    } while (0)

// exp(x) = (mantissa + tail) * first * second, where the tail is below half an ulp of the mantissa.
typedef struct {
    double mantissa, tail, first, second;
} Exponential;

// x in -746...710, or NaN.
CREDIT_INLINE Exponential exponential(double x) {
    static const double coefficients[] = {
        0x1p-1, 0x1.5555555555557p-3, 0x1.5555555555556p-5, 0x1.11111111100d8p-7,
        0x1.6c16c16c162d2p-10, 0x1.a01a01abe9ce8p-13, 0x1.a01a01a6d9931p-16,
        0x1.71de022bd5558p-19, 0x1.27e4db6121beep-22, 0x1.af4df5750ec3p-26,
        0x1.1f730a202ec17p-29,
    };
    double n = (x * 0x1.71547652b82fep0 + integer_magic) - integer_magic;
    double high = x - n * ln2_high;
    double low = n * ln2_low;
    double r = high - low;
    double lost = (high - r) - low;
    double polynomial;
    CREDIT_POLYNOMIAL(polynomial, r, coefficients);
    double curved = r * r * polynomial + lost;
    double sum = r + curved;
    Exponential result;
    result.mantissa = 1 + sum;
    result.tail = ((1 - result.mantissa) + sum) + ((r - sum) + curved);
    // Two factors, so that only the last multiplication can overflow or underflow.
    double half = (n * 0.5 + integer_magic) - integer_magic;
    result.first = power_of_two(half);
    result.second = power_of_two(n - half);
    return result;
}

// Comparisons are written so that a NaN passes through.
CREDIT_INLINE double clamp(double x, double low, double high) {
    x = x < low ? low : x;
    return x > high ? high : x;
}

CREDIT_INLINE double exp_one(double x) {
    Exponential e = exponential(clamp(x, -746, 710));
    return e.mantissa * e.first * e.second;
}

CREDIT_INLINE double sigmoid_one(double x) {
    // exp(-abs(x)) never overflows; both tails keep full relative accuracy.
    Exponential e = exponential(clamp(-__builtin_fabs(x), -746, 0));
    double high = e.mantissa * e.first * e.second;
    double low = e.tail * e.first * e.second;
    double denominator = 1 + high;
    double denominator_low = ((1 - denominator) + high) + low;
    double numerator = x < 0 ? high : 1;
    double numerator_low = x < 0 ? low : 0;
    double quotient = numerator / denominator;
    return quotient + (numerator_low - quotient * denominator_low) / denominator;
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
    double small = x + x * (square * polynomial);
    // From 20 on, tanh rounds to 1.
    Exponential e = exponential(clamp(2 * magnitude, 0, 40));
    double high = e.mantissa * e.first * e.second;
    double denominator = high + 1;
    double denominator_low = ((high - denominator) + 1) + e.tail * e.first * e.second;
    double quotient = 2 / denominator;
    double large = 1 - (quotient - quotient * quotient * 0.5 * denominator_low);
    // The sign also makes tanh(-0) -0.
    return __builtin_copysign(magnitude < 0.55 ? small : large, x);
}

CREDIT_INLINE double log_one(double x) {
    static const double coefficients[] = {
        0x1.5555555555555p-1, 0x1.9999999999a38p-2, 0x1.2492492476c87p-2, 0x1.c71c720160b47p-3,
        0x1.745cf901605f7p-3, 0x1.3b1c360763b8ap-3, 0x1.0fbe83c2cbcf3p-3, 0x1.0c04595972ab8p-3,
    };
    const uint64_t root_half = 0x3fe6a09e667f3bcd;
    // x = 2^k (1 + f) with 1 + f between sqrt(1/2) and sqrt(2); subnormals are scaled up first.
    int subnormal = x < 0x1p-1022;
    uint64_t bits = bits_of(subnormal ? x * 0x1p54 : x) + (0x3ff0000000000000 - root_half);
    double k = double_of((bits >> 52) | 0x4330000000000000) - (0x1p52 + 1023);
    k = subnormal ? k - 54 : k;
    double f = double_of((bits & 0x000fffffffffffff) + root_half) - 1;
    double s = f / (2 + f);
    double z = s * s;
    double polynomial;
    CREDIT_POLYNOMIAL(polynomial, z, coefficients);
    double half_square = 0.5 * f * f;
    double correction = s * (half_square + z * polynomial) + k * ln2_low;
    double result = k * ln2_high - ((half_square - correction) - f);
    result = x == __builtin_inf() ? x : result;
    result = x == 0 ? -__builtin_inf() : result;
    result = x < 0 ? __builtin_nan("") : result;
    return x != x ? x : result;
}

#define CREDIT_FUNCTION(NAME, S, T)                                                    \
    CREDIT_KERNEL void credit_##NAME##_##S(                                            \
        ptrdiff_t count, const T *input, T *output) {                                  \
        CREDIT_LOOP(count, output[i] = (T)NAME##_one(input[i]))                        \
    }

#define CREDIT_FUNCTIONS(S, T)    \
    CREDIT_FUNCTION(exp, S, T)    \
    CREDIT_FUNCTION(log, S, T)    \
    CREDIT_FUNCTION(tanh, S, T)   \
    CREDIT_FUNCTION(sigmoid, S, T)

CREDIT_FUNCTIONS(f32, float)
CREDIT_FUNCTIONS(f64, double)
