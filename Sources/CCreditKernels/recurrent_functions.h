// SPDX-License-Identifier: Apache-2.0
//
// The arithmetic of recurrent cells from fused operations only, for vectors of a processor's width or
// for single numbers: the bits are the same.

#ifndef CCREDIT_RECURRENT_FUNCTIONS_H
#define CCREDIT_RECURRENT_FUNCTIONS_H

#include "kernel.h"

// The constant that rounds to an integer also adds the bias of the exponent.
//
// Numbers beyond these limits are as good as at them: sigmoid rounds to 1 or lies below 1e-13 (a
// float) and 1e-17 (a double), tanh rounds to 1. Products of the powers below stay finite.
//
// V are vectors (or numbers) of T, U the unsigned ones. Functions take pointers, since how vectors
// are passed depends on the processor they are compiled for.
#define CREDIT_RECURRENT_FUNCTIONS(                                                         \
    N, V, U, T, SIGMOID_LIMIT, TANH_LIMIT, MAGIC, BITS, LOG2E, LN2, LN2_LOW, TERMS)         \
    CREDIT_INLINE void N##_bound(V *x, T limit) {                                           \
        V high = (V)limit, low = (V)-limit;                                                 \
        *x = *x > high ? high : *x;                                                         \
        *x = *x < low ? low : *x;                                                           \
    }                                                                                       \
                                                                                            \
    /* exp(scale x) = power (1 + rest), by the series of exp(scale r) - 1 with |r| up to half\
       log(2) / scale. A scale of -1 or 2 costs nothing. */                                 \
    CREDIT_INLINE void N##_exponential(const V *x, const T scale, V *power, V *rest) {      \
        V shifted = CREDIT_FMA(*x, (V)(scale * LOG2E), (V)(MAGIC));                         \
        V n = shifted - (V)(MAGIC);                                                         \
        U bits;                                                                             \
        memcpy(&bits, &shifted, sizeof bits);                                               \
        bits <<= BITS;                                                                      \
        memcpy(power, &bits, sizeof bits);                                                  \
        V r = CREDIT_FMA(n, (V)(-LN2_LOW / scale), CREDIT_FMA(n, (V)(-LN2 / scale), *x));   \
        T terms[] = TERMS, factor = scale;                                                  \
        enum { count = sizeof terms / sizeof terms[0] };                                    \
        _Pragma("clang loop unroll(full)")                                                  \
        for (int k = count - 1; k >= 0; k--) { terms[k] *= factor *= scale; }               \
        V sum = (V)terms[0];                                                                \
        _Pragma("clang loop unroll(full)")                                                  \
        for (int k = 1; k < count; k++) { sum = CREDIT_FMA(sum, r, (V)terms[k]); }          \
        *rest = CREDIT_FMA(sum, r, (V)scale) * r;                                           \
    }                                                                                       \
                                                                                            \
    /* 1 + exp(-x), one over the logistic function. */                                      \
    CREDIT_INLINE void N##_inverse_sigmoid(const V *x, V *result) {                         \
        V bounded = *x, power, rest;                                                        \
        N##_bound(&bounded, SIGMOID_LIMIT);                                                 \
        N##_exponential(&bounded, -1, &power, &rest);                                       \
        *result = 1 + CREDIT_FMA(power, rest, power);                                       \
    }                                                                                       \
                                                                                            \
    /* exp(2 x) - 1 = m, of which tanh is m / (m + 2). */                                   \
    CREDIT_INLINE void N##_double_growth(const V *x, V *result) {                           \
        V bounded = *x, power, rest;                                                        \
        N##_bound(&bounded, TANH_LIMIT);                                                    \
        N##_exponential(&bounded, 2, &power, &rest);                                        \
        *result = CREDIT_FMA(power, rest, power - 1);                                       \
    }

#define CREDIT_RECURRENT_GATES(N, V)                                                        \
    CREDIT_INLINE void N##_sigmoid(const V *x, V *result) {                                 \
        V inverse;                                                                          \
        N##_inverse_sigmoid(x, &inverse);                                                   \
        *result = 1 / inverse;                                                              \
    }                                                                                       \
                                                                                            \
    CREDIT_INLINE void N##_tanh(const V *x, V *result) {                                    \
        V m;                                                                                \
        N##_double_growth(x, &m);                                                           \
        *result = m / (m + 2);                                                              \
    }

#define CREDIT_RECURRENT_LSTM(N, V)                                                         \
    /* A step of an LSTM with its four gates over one denominator each for the cell and for \
       the output; `gates` become the gates and the tanh of the cell, if it is there, is    \
       kept. */                                                                             \
    CREDIT_INLINE void N##_lstm(                                                            \
        V *gates, const V *before, V *cell, V *tanh_cell, V *output) {                      \
        V p, q, m, s, mc;                                                                   \
        N##_inverse_sigmoid(&gates[0], &p);                                                 \
        N##_inverse_sigmoid(&gates[1], &q);                                                 \
        N##_double_growth(&gates[2], &m);                                                   \
        N##_inverse_sigmoid(&gates[3], &s);                                                 \
        V pn = p * (m + 2), share = 1 / (pn * q);                                           \
        V c = CREDIT_FMA(*before, pn, m * q) * share;                                       \
        N##_double_growth(&c, &mc);                                                         \
        V nc = mc + 2, other = 1 / (nc * s);                                                \
        *cell = c;                                                                          \
        *output = mc * other;                                                               \
        if (tanh_cell) {                                                                    \
            gates[0] = (m + 2) * q * share;                                                 \
            gates[1] = pn * share;                                                          \
            gates[2] = m * (p * q) * share;                                                 \
            gates[3] = nc * other;                                                          \
            *tanh_cell = mc * s * other;                                                    \
        }                                                                                   \
    }

#define CREDIT_FLOAT_TERMS                                                                  \
    {1 / 5040.0f, 1 / 720.0f, 1 / 120.0f, 1 / 24.0f, 1 / 6.0f, 0.5f}
#define CREDIT_DOUBLE_TERMS                                                                 \
    {1 / 87178291200.0, 1 / 6227020800.0, 1 / 479001600.0, 1 / 39916800.0, 1 / 3628800.0,   \
     1 / 362880.0, 1 / 40320.0, 1 / 5040.0, 1 / 720.0, 1 / 120.0, 1 / 24.0, 1 / 6.0, 0.5}

#define CREDIT_RECURRENT_FLOATS(N, V, U)                                                    \
    CREDIT_RECURRENT_FUNCTIONS(                                                             \
        N, V, U, float, 30, 10, 0x1.8p23f + 127, 23, 0x1.715476p0f, 0x1.62e43p-1f,          \
        -0x1.05c61p-29f, CREDIT_FLOAT_TERMS)
#define CREDIT_RECURRENT_DOUBLES(N, V, U)                                                   \
    CREDIT_RECURRENT_FUNCTIONS(                                                             \
        N, V, U, double, 40, 20, 0x1.8p52 + 1023, 52, 0x1.71547652b82fep0,                  \
        0x1.62e42fefa39efp-1, 0x1.abc9e3b39803fp-56, CREDIT_DOUBLE_TERMS)

#endif
