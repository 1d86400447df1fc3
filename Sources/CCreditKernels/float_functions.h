// SPDX-License-Identifier: Apache-2.0
//
// Exponentials and logarithms of float elements in float arithmetic, which takes half the time of
// rounding double results. See functions.h for the double ones.

#ifndef CCREDIT_FLOAT_FUNCTIONS_H
#define CCREDIT_FLOAT_FUNCTIONS_H

#include "functions.h"

// Adding this rounds to an integer, which then lies in the low bits of the sum.
static const float float_integer_magic = 0x1.8p23f;

CREDIT_INLINE uint32_t float_bits_of(float x) {
    uint32_t bits;
    memcpy(&bits, &x, sizeof bits);
    return bits;
}

CREDIT_INLINE float float_of(uint32_t bits) {
    float x;
    memcpy(&x, &bits, sizeof x);
    return x;
}

CREDIT_INLINE float float_clamp(float x, float low, float high) {
    x = x < low ? low : x;
    return x > high ? high : x;
}

// exp(x) = (1 + sum + sum_tail) * 2^n, where 2^n = first * second = power if that is a normal
// number, and inverse = 1 / second.
typedef struct {
    float sum, sum_tail, n, power, first, second, inverse;
} FloatExponential;

// exp(x + x_low) with x in -106...90 or NaN, and x_low below an ulp of x; -0 where there is none.
CREDIT_INLINE FloatExponential float_exponential(float x, float x_low) {
    static const float coefficients[] = {
        0x1p-1f, 0x1.5554dcp-3f, 0x1.555518p-5f, 0x1.120c62p-7f, 0x1.6d11fep-10f,
    };
    float shifted = CREDIT_FMA(x, 0x1.715476p0f, float_integer_magic);
    float n = shifted - float_integer_magic;
    // The product and the difference are exact.
    float high = CREDIT_FMA(n, -0x1.62e4p-1f, x) + x_low;
    float r = CREDIT_FMA(n, -0x1.7f7d1cp-20f, high);
    float r_tail = CREDIT_FMA(n, -0x1.7f7d1cp-20f, high - r);
    float polynomial;
    CREDIT_POLYNOMIAL(polynomial, r, coefficients);
    uint32_t whole = float_bits_of(shifted), half = whole >> 1;
    FloatExponential result;
    float curved = r * r * polynomial;
    result.sum = CREDIT_FMA(r * r, polynomial, r);
    result.sum_tail = ((r - result.sum) + curved) + CREDIT_FMA(r_tail, r, r_tail);
    result.n = n;
    result.power = float_of((whole + 127) << 23);
    result.first = float_of((half + 127) << 23);
    result.second = float_of((whole - half + 127) << 23);
    result.inverse = float_of((half - whole + 127) << 23);
    return result;
}

CREDIT_INLINE float float_exp_of_sum(float x, float x_low) {
    FloatExponential e = float_exponential(float_clamp(x, -106, 90), x_low);
    return CREDIT_FMA(e.sum, e.first, e.first) * e.second;
}

// x = 2^k (1 + f) with 1 + f between sqrt(1/2) and sqrt(2), for finite positive x.
typedef struct {
    float k, f;
} FloatReduced;

CREDIT_INLINE FloatReduced float_reduce(float x) {
    const uint32_t root_half = 0x3f3504f3;
    // Subnormals are scaled up first.
    int subnormal = x < 0x1p-126f;
    uint32_t bits = float_bits_of(subnormal ? x * 0x1p25f : x) + (0x3f800000 - root_half);
    FloatReduced result;
    result.k = (float)((int32_t)(bits >> 23) - (subnormal ? 152 : 127));
    result.f = float_of((bits & 0x007fffff) + root_half) - 1;
    return result;
}

// A logarithm is leading - rest, where the leading part is exact.
typedef struct {
    float leading, rest;
} FloatLogarithm;

// log(2^k (1 + f)) + correction, with a correction far below an ulp of 2^k (1 + f).
CREDIT_INLINE FloatLogarithm float_logarithm(FloatReduced x, float correction) {
    static const float coefficients[] = {
        0x1.555556p-1f, 0x1.9999ecp-2f, 0x1.245c28p-2f, 0x1.ddd4dap-3f,
    };
    float s = x.f / (2 + x.f);
    float z = s * s;
    float polynomial;
    CREDIT_POLYNOMIAL(polynomial, z, coefficients);
    float half_square = 0.5f * x.f * x.f;
    float small = CREDIT_FMA(
        s, CREDIT_FMA(z, polynomial, half_square), CREDIT_FMA(x.k, 0x1.7f7d1cp-20f, correction));
    FloatLogarithm result;
    result.leading = x.k * 0x1.62e4p-1f;
    result.rest = (half_square - small) - x.f;
    return result;
}

// log1p(x) for x > -1, as a function of the rounded 1 + x and of what the rounding lost.
CREDIT_INLINE FloatLogarithm float_logarithm_of_sum(float x) {
    float sum = 1 + x;
    float added = sum - 1;
    float lost = (1 - (sum - added)) + (x - added);
    FloatReduced reduced = float_reduce(sum);
    // Near 0 the argument itself is exact.
    int near = reduced.k == 0;
    reduced.f = near ? x : reduced.f;
    return float_logarithm(reduced, near ? 0 : lost / sum);
}

#define CREDIT_FLOAT_FUNCTION(NAME) \
    CREDIT_UNARY(CREDIT_LONG_LOOP_FROM, NAME, f32, float, float_##NAME(input[i]))

#endif
