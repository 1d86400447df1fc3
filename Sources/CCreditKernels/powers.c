// SPDX-License-Identifier: Apache-2.0
//
// pow(x, y) = exp(y log(x)). A double result needs the logarithm to about 64 bits, since y log(x)
// may reach 745; the exact products come from a fused multiply-add, which has the same bits on
// every processor. For a float result the logarithm in double is enough.

#include "functions.h"

// A number as the unevaluated sum of two.
typedef struct {
    double high, low;
} Pair;

CREDIT_INLINE Pair product(double a, double b) {
    Pair result;
    result.high = a * b;
    result.low = CREDIT_FMA(a, b, -result.high);
    return result;
}

// The first addend is the larger one, or 0.
CREDIT_INLINE Pair sum(double a, double b) {
    Pair result;
    result.high = a + b;
    result.low = (a - result.high) + b;
    return result;
}

// log(x) = k ln 2 + 2 s (1 + s^2 / 3 + s^4 q(s^2)) with s = f / (2 + f).
CREDIT_INLINE Pair long_logarithm(double x) {
    static const double coefficients[] = {
        0x1.999999999999ap-3, 0x1.2492492492491p-3, 0x1.c71c71c71cfd9p-4, 0x1.745d174513593p-4,
        0x1.3b13b1bc75cd4p-4, 0x1.1110dfad0f8eap-4, 0x1.e1f7fa7547177p-5, 0x1.ac4a89c964b82p-5,
        0x1.b8d433113b7fap-5,
    };
    const double third = 0x1.5555555555555p-2, third_low = 0x1.5555555555555p-56;
    Reduced reduced = reduce(x);
    Pair divisor = sum(2, reduced.f);
    Pair s;
    s.high = reduced.f / divisor.high;
    Pair whole = product(s.high, divisor.high);
    s.low = (((reduced.f - whole.high) - whole.low) - s.high * divisor.low) / divisor.high;
    Pair z = product(s.high, s.high);
    z.low += 2 * s.high * s.low;
    double polynomial;
    CREDIT_POLYNOMIAL(polynomial, z.high, coefficients);
    Pair cubic = product(z.high, third);
    cubic.low += z.high * third_low + z.low * third;
    Pair series = sum(cubic.high, z.high * z.high * polynomial);
    series.low += cubic.low;
    Pair curved = product(2 * s.high, series.high);
    curved.low += 2 * (s.high * series.low + s.low * series.high);
    Pair tail = sum(2 * s.high, curved.high);
    tail.low += curved.low + 2 * s.low;
    Pair result = sum(reduced.k * ln2_high, tail.high);
    result.low += tail.low + reduced.k * ln2_low;
    return result;
}

// The special cases of IEEE 754, given abs(x)^y for finite positive abs(x) and y not NaN.
CREDIT_INLINE double signed_power(double x, double y, double power) {
    double base = __builtin_fabs(x), size = __builtin_fabs(y), half = 0.5 * size;
    // Above 2^52 there is no fraction, above 2^53 no odd number.
    int whole = size >= 0x1p52 || (size + 0x1p52) - 0x1p52 == size;
    int odd = whole && size < 0x1p53 && (half + 0x1p52) - 0x1p52 != half;
    double result = base == 0 ? (y < 0 ? __builtin_inf() : 0) : power;
    result = base == __builtin_inf() ? (y < 0 ? 0 : __builtin_inf()) : result;
    result = base == 1 ? 1 : result;
    result = odd ? __builtin_copysign(result, x) : result;
    result = x < 0 && base != __builtin_inf() && !whole ? __builtin_nan("") : result;
    result = x != x ? x : result;
    result = y != y ? y : result;
    return x == 1 || y == 0 ? 1 : result;
}

CREDIT_INLINE double pow_f64(double x, double y) {
    Pair logarithm = long_logarithm(__builtin_fabs(x));
    // Beyond 2^64 every base but 1 overflows or underflows.
    double bounded = clamp(y, -0x1p65, 0x1p65);
    Pair exponent = product(bounded, logarithm.high);
    exponent.low += bounded * logarithm.low;
    double high = clamp(exponent.high, -746, 710);
    double low = high == exponent.high ? exponent.low : 0;
    Exponential e = exponential_of_sum(high, low);
    return signed_power(x, y, e.mantissa * e.first * e.second);
}

CREDIT_INLINE float pow_f32(float x, float y) {
    Logarithm logarithm_of_x = logarithm(reduce(__builtin_fabs((double)x)), 0);
    double exponent = y * (logarithm_of_x.leading - logarithm_of_x.rest);
    return (float)signed_power(x, y, exp_one(exponent));
}

#define CREDIT_POWERS(S, T)                                                          \
    CREDIT_KERNEL void credit_pow_##S(                                               \
        ptrdiff_t count, const T *a, const T *b, T *output) {                        \
        CREDIT_LONG_LOOP(count, output[i] = pow_##S(a[i], b[i]))                     \
    }                                                                                \
    CREDIT_KERNEL void credit_pow_scalar_##S(                                        \
        ptrdiff_t count, const T *a, T b, T *output) {                               \
        CREDIT_LONG_LOOP(count, output[i] = pow_##S(a[i], b))                        \
    }                                                                                \
    CREDIT_KERNEL void credit_scalar_pow_##S(                                        \
        ptrdiff_t count, T a, const T *b, T *output) {                               \
        CREDIT_LONG_LOOP(count, output[i] = pow_##S(a, b[i]))                        \
    }

CREDIT_POWERS(f32, float)
CREDIT_POWERS(f64, double)
