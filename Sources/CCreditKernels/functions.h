// SPDX-License-Identifier: Apache-2.0
//
// What the elementary functions of double elements share. There are no branches, so that loops over
// the functions vectorise. Coefficients come from
// Scripts/golden/linear_algebra_coefficients.py.

#ifndef CCREDIT_FUNCTIONS_H
#define CCREDIT_FUNCTIONS_H

#include "mapping.h"

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

// One level of Estrin's scheme: pairs of coefficients become the coefficients of x^2.
#define CREDIT_ESTRIN(NEXT, COUNT, PREVIOUS, X)                                   \
    _Pragma("clang loop unroll(full)")                                            \
    for (int k = 0; k < (COUNT) / 2; k++) {                                       \
        (NEXT)[k] = CREDIT_FMA((PREVIOUS)[2 * k + 1], (X), (PREVIOUS)[2 * k]);    \
    }                                                                             \
    if ((COUNT) % 2) { (NEXT)[(COUNT) / 2] = (PREVIOUS)[(COUNT) - 1]; }

// A polynomial of at most 32 coefficients, constant term first. Chains of dependent operations are
// short, for these are what an out-of-order processor waits for.
#define CREDIT_POLYNOMIAL(RESULT, X, COEFFICIENTS)                                \
    do {                                                                          \
        enum {                                                                    \
            count = sizeof(COEFFICIENTS) / sizeof((COEFFICIENTS)[0]),             \
            half = (count + 1) / 2,                                               \
            quarter = (half + 1) / 2,                                             \
            eighth = (quarter + 1) / 2,                                           \
            sixteenth = (eighth + 1) / 2,                                         \
        };                                                                        \
        __typeof__(RESULT) x1 = (X), x2 = x1 * x1, x4 = x2 * x2, x8 = x4 * x4;    \
        __typeof__(RESULT) a[half], b[quarter], c[eighth], d[sixteenth], e[1];    \
        CREDIT_ESTRIN(a, count, COEFFICIENTS, x1)                                 \
        CREDIT_ESTRIN(b, half, a, x2)                                             \
        CREDIT_ESTRIN(c, quarter, b, x4)                                          \
        CREDIT_ESTRIN(d, eighth, c, x8)                                           \
        CREDIT_ESTRIN(e, sixteenth, d, x8 * x8)                                   \
        (RESULT) = e[0];                                                          \
    } while (0)

// exp(x) = (mantissa + tail) * first * second, where the tail is below half an ulp of the mantissa;
// mantissa + tail = 1 + sum + sum_tail, first * second = 2^n and inverse = 1 / second.
typedef struct {
    double mantissa, tail, sum, sum_tail, n, first, second, inverse;
} Exponential;

// exp(x + x_low) with x in -746...710 or NaN, and x_low below 2^-20; -0 where there is none.
CREDIT_INLINE Exponential exponential_of_sum(double x, double x_low) {
    static const double coefficients[] = {
        0x1p-1, 0x1.5555555555557p-3, 0x1.5555555555556p-5, 0x1.11111111100d8p-7,
        0x1.6c16c16c162d2p-10, 0x1.a01a01abe9ce8p-13, 0x1.a01a01a6d9931p-16,
        0x1.71de022bd5558p-19, 0x1.27e4db6121beep-22, 0x1.af4df5750ec3p-26,
        0x1.1f730a202ec17p-29,
    };
    double shifted = CREDIT_FMA(x, 0x1.71547652b82fep0, integer_magic), n = shifted - integer_magic;
    double high = CREDIT_FMA(n, -ln2_high, x), sum_high = high + x_low;
    double r = CREDIT_FMA(n, -ln2_low, sum_high);
    double lost = CREDIT_FMA(n, -ln2_low, sum_high - r) + ((high - sum_high) + x_low);
    double polynomial;
    CREDIT_POLYNOMIAL(polynomial, r, coefficients);
    double curved = CREDIT_FMA(r * r, polynomial, lost);
    double sum = r + curved;
    Exponential result;
    result.sum = sum;
    result.sum_tail = (r - sum) + curved;
    result.mantissa = 1 + sum;
    result.tail = ((1 - result.mantissa) + sum) + result.sum_tail;
    result.n = n;
    // Two factors, so that only the last multiplication can overflow or underflow.
    uint64_t whole = bits_of(shifted), half = whole >> 1;
    result.first = double_of((half + 1023) << 52);
    result.second = double_of((whole - half + 1023) << 52);
    result.inverse = double_of((half - whole + 1023) << 52);
    return result;
}

// x in -746...710, or NaN.
CREDIT_INLINE Exponential exponential(double x) { return exponential_of_sum(x, -0.0); }

// Comparisons are written so that a NaN passes through.
CREDIT_INLINE double clamp(double x, double low, double high) {
    x = x < low ? low : x;
    return x > high ? high : x;
}

CREDIT_INLINE double exp_one(double x) {
    Exponential e = exponential(clamp(x, -746, 710));
    return CREDIT_FMA(e.sum, e.first, e.first) * e.second;
}

// x = 2^k (1 + f) with 1 + f between sqrt(1/2) and sqrt(2), for finite positive x.
typedef struct {
    double k, f;
} Reduced;

CREDIT_INLINE Reduced reduce(double x) {
    const uint64_t root_half = 0x3fe6a09e667f3bcd;
    // Subnormals are scaled up first.
    int subnormal = x < 0x1p-1022;
    uint64_t bits = bits_of(subnormal ? x * 0x1p54 : x) + (0x3ff0000000000000 - root_half);
    double k = double_of((bits >> 52) | 0x4330000000000000) - (0x1p52 + 1023);
    Reduced result;
    result.k = subnormal ? k - 54 : k;
    result.f = double_of((bits & 0x000fffffffffffff) + root_half) - 1;
    return result;
}

// A logarithm is leading - rest, where the leading part is exact.
typedef struct {
    double leading, rest;
} Logarithm;

// log(2^k (1 + f)) + correction, with a correction far below an ulp of 2^k (1 + f).
CREDIT_INLINE Logarithm logarithm(Reduced x, double correction) {
    static const double coefficients[] = {
        0x1.5555555555555p-1, 0x1.9999999999a38p-2, 0x1.2492492476c87p-2, 0x1.c71c720160b47p-3,
        0x1.745cf901605f7p-3, 0x1.3b1c360763b8ap-3, 0x1.0fbe83c2cbcf3p-3, 0x1.0c04595972ab8p-3,
    };
    double s = x.f / (2 + x.f);
    double z = s * s;
    double polynomial;
    CREDIT_POLYNOMIAL(polynomial, z, coefficients);
    double half_square = 0.5 * x.f * x.f;
    double small =
        CREDIT_FMA(s, CREDIT_FMA(z, polynomial, half_square), CREDIT_FMA(x.k, ln2_low, correction));
    Logarithm result;
    result.leading = x.k * ln2_high;
    result.rest = (half_square - small) - x.f;
    return result;
}

// log1p(x) for x > -1, as a function of the rounded 1 + x and of what the rounding lost.
CREDIT_INLINE Logarithm logarithm_of_sum(double x) {
    double sum = 1 + x;
    double added = sum - 1;
    double lost = (1 - (sum - added)) + (x - added);
    Reduced reduced = reduce(sum);
    // Near 0 the argument itself is exact.
    int near = reduced.k == 0;
    reduced.f = near ? x : reduced.f;
    return logarithm(reduced, near ? 0 : lost / sum);
}

#define CREDIT_FUNCTION(NAME) \
    CREDIT_UNARY(CREDIT_LONG_LOOP_FROM, NAME, f64, double, NAME##_one(input[i]))

#endif
