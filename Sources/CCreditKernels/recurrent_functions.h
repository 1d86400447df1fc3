// SPDX-License-Identifier: Apache-2.0
//
// Logistic function and tanh to a few units in the last place, from fused operations only.

#ifndef CCREDIT_RECURRENT_FUNCTIONS_H
#define CCREDIT_RECURRENT_FUNCTIONS_H

#include "kernel.h"

// exp(x) = power (1 + rest), from the series of exp(r) - 1 with |r| up to log(2) / 2.
#define CREDIT_RECURRENT_FUNCTIONS(S, T, U, FMA, MAGIC, BIAS, BITS, LOG2E, LN2, LN2_LOW, TERMS)  \
    CREDIT_INLINE T rest_and_power_##S(T x, T *power) {                                     \
        T shifted = FMA(x, LOG2E, MAGIC), n = shifted - MAGIC;                              \
        U bits;                                                                             \
        memcpy(&bits, &shifted, sizeof bits);                                               \
        bits = (bits + BIAS) << BITS;                                                       \
        memcpy(power, &bits, sizeof bits);                                                  \
        T r = FMA(n, -LN2_LOW, FMA(n, -LN2, x));                                            \
        static const T terms[] = TERMS;                                                     \
        enum { count = sizeof terms / sizeof terms[0] };                                    \
        T sum = terms[0];                                                                   \
        _Pragma("clang loop unroll(full)")                                                  \
        for (int k = 1; k < count; k++) { sum = FMA(sum, r, terms[k]); }                    \
        return FMA(sum * r, r, r);                                                          \
    }                                                                                       \
                                                                                            \
    CREDIT_INLINE T recurrent_sigmoid_##S(T x) {                                            \
        T bounded = x > 80 ? 80 : x;                                                        \
        bounded = bounded < -80 ? -80 : bounded;                                            \
        T power, rest = rest_and_power_##S(-bounded, &power);                               \
        return 1 / (1 + FMA(power, rest, power));                                           \
    }                                                                                       \
                                                                                            \
    /* m / (m + 2) with m = exp(2 x) - 1. */                                                \
    CREDIT_INLINE T recurrent_tanh_##S(T x) {                                               \
        T bounded = x > 20 ? 20 : x;                                                        \
        bounded = bounded < -20 ? -20 : bounded;                                            \
        T power, rest = rest_and_power_##S(2 * bounded, &power);                            \
        T m = FMA(power, rest, power - 1);                                                  \
        return m / (m + 2);                                                                 \
    }

#define CREDIT_FLOAT_TERMS \
    {1 / 5040.0f, 1 / 720.0f, 1 / 120.0f, 1 / 24.0f, 1 / 6.0f, 0.5f}
#define CREDIT_DOUBLE_TERMS                                                                 \
    {1 / 87178291200.0, 1 / 6227020800.0, 1 / 479001600.0, 1 / 39916800.0, 1 / 3628800.0,   \
     1 / 362880.0, 1 / 40320.0, 1 / 5040.0, 1 / 720.0, 1 / 120.0, 1 / 24.0, 1 / 6.0, 0.5}

CREDIT_RECURRENT_FUNCTIONS(
    f32, float, uint32_t, __builtin_fmaf, 0x1.8p23f, 127, 23, 0x1.715476p0f, 0x1.62e43p-1f,
    -0x1.05c61p-29f, CREDIT_FLOAT_TERMS)
CREDIT_RECURRENT_FUNCTIONS(
    f64, double, uint64_t, __builtin_fma, 0x1.8p52, 1023, 52, 0x1.71547652b82fep0,
    0x1.62e42fefa39efp-1, 0x1.abc9e3b39803fp-56, CREDIT_DOUBLE_TERMS)

#endif
