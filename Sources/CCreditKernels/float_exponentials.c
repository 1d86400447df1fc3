// SPDX-License-Identifier: Apache-2.0
//
// exp, the logistic function and tanh of float elements in float arithmetic, which takes half the
// time of rounding the double results and stays within an ulp.

#include "functions.h"

// Adding this rounds to an integer, which then lies in the low bits of the sum.
static const float float_integer_magic = 0x1.8p23f;

CREDIT_INLINE float float_power_of_two(float n) {
    float shifted = n + float_integer_magic;
    uint32_t bits;
    memcpy(&bits, &shifted, sizeof bits);
    bits = (bits + 127) << 23;
    float result;
    memcpy(&result, &bits, sizeof result);
    return result;
}

CREDIT_INLINE float float_clamp(float x, float low, float high) {
    x = x < low ? low : x;
    return x > high ? high : x;
}

// exp(x) = (mantissa + tail) * first * second, where the tail is below half an ulp of the mantissa.
typedef struct {
    float mantissa, tail, first, second;
} FloatExponential;

// x in -104...89, or NaN.
CREDIT_INLINE FloatExponential float_exponential(float x) {
    static const float coefficients[] = {
        0x1p-1f, 0x1.555556p-3f, 0x1.5554e8p-5f, 0x1.1110ep-7f, 0x1.6d444ap-10f, 0x1.a125f6p-13f,
    };
    float n = (x * 0x1.715476p0f + float_integer_magic) - float_integer_magic;
    float high = x - n * 0x1.62e4p-1f;
    float low = n * 0x1.7f7d1cp-20f;
    float r = high - low;
    float lost = (high - r) - low;
    float polynomial;
    CREDIT_POLYNOMIAL(polynomial, r, coefficients);
    float curved = r * r * polynomial + lost;
    float sum = r + curved;
    FloatExponential result;
    result.mantissa = 1 + sum;
    result.tail = ((1 - result.mantissa) + sum) + ((r - sum) + curved);
    float half = (n * 0.5f + float_integer_magic) - float_integer_magic;
    result.first = float_power_of_two(half);
    result.second = float_power_of_two(n - half);
    return result;
}

CREDIT_INLINE float float_exp(float x) {
    FloatExponential e = float_exponential(float_clamp(x, -104, 89));
    return e.mantissa * e.first * e.second;
}

CREDIT_INLINE float float_sigmoid(float x) {
    FloatExponential e = float_exponential(float_clamp(-__builtin_fabsf(x), -104, 0));
    float high = e.mantissa * e.first * e.second;
    float low = e.tail * e.first * e.second;
    float denominator = 1 + high;
    float denominator_low = ((1 - denominator) + high) + low;
    float numerator = x < 0 ? high : 1;
    float numerator_low = x < 0 ? low : 0;
    float quotient = numerator / denominator;
    return quotient + (numerator_low - quotient * denominator_low) / denominator;
}

CREDIT_INLINE float float_tanh(float x) {
    static const float coefficients[] = {
        -0x1.555556p-2f, 0x1.111104p-3f, -0x1.ba142ep-5f, 0x1.65793p-6f, -0x1.17641p-7f,
        0x1.4b239ap-9f,
    };
    float magnitude = __builtin_fabsf(x);
    float square = x * x;
    float polynomial;
    CREDIT_POLYNOMIAL(polynomial, square, coefficients);
    float small = x + x * (square * polynomial);
    // From 10 on, tanh rounds to 1.
    FloatExponential e = float_exponential(float_clamp(2 * magnitude, 0, 20));
    float high = e.mantissa * e.first * e.second;
    float denominator = high + 1;
    float denominator_low = ((high - denominator) + 1) + e.tail * e.first * e.second;
    float quotient = 2 / denominator;
    float large = 1 - (quotient - quotient * quotient * 0.5f * denominator_low);
    // The sign also makes tanh(-0) -0.
    return __builtin_copysignf(magnitude < 0.55f ? small : large, x);
}

#define CREDIT_FLOAT_FUNCTION(NAME)                                    \
    CREDIT_KERNEL void credit_##NAME##_f32(                            \
        ptrdiff_t count, const float *input, float *output) {          \
        CREDIT_LOOP(count, output[i] = float_##NAME(input[i]))         \
    }

CREDIT_FLOAT_FUNCTION(exp)
CREDIT_FLOAT_FUNCTION(sigmoid)
CREDIT_FLOAT_FUNCTION(tanh)
