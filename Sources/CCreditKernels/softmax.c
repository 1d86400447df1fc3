// SPDX-License-Identifier: Apache-2.0
//
// Along rows that lie in memory one after the other. The largest element is subtracted in double,
// so no power overflows and no digit is lost; outputs may be the inputs.

#include "functions.h"

#define CREDIT_SOFTMAX(S, T)                                                                  \
    CREDIT_KERNEL void credit_softmax_##S(                                                    \
        ptrdiff_t rows, ptrdiff_t columns, const T *input, T *output) {                       \
        for (ptrdiff_t row = 0; row < (columns > 0 ? rows : 0); row++) {                      \
            const T *a = input + row * columns;                                               \
            T *b = output + row * columns;                                                    \
            double largest = credit_maximum_##S(columns, a);                                  \
            CREDIT_LOOP(columns, b[i] = (T)exp_one((double)a[i] - largest))                   \
            T total = credit_sum_##S(columns, b);                                             \
            CREDIT_LOOP(columns, b[i] = b[i] / total)                                         \
        }                                                                                     \
    }                                                                                         \
    T credit_log_sum_exp_##S(ptrdiff_t count, const T *a) {                                   \
        if (count == 0) { return -(T)__builtin_inf(); }                                       \
        T largest = credit_maximum_##S(count, a);                                             \
        /* An infinity or a NaN is the result. */                                             \
        if (largest - largest != 0) { return largest; }                                       \
        T total = credit_power_sum_##S(count, a, largest), logarithm;                         \
        credit_log_##S(1, &total, &logarithm);                                                \
        return largest + logarithm;                                                           \
    }                                                                                         \
    CREDIT_KERNEL void credit_log_softmax_##S(                                                \
        ptrdiff_t rows, ptrdiff_t columns, const T *input, T *output) {                       \
        for (ptrdiff_t row = 0; row < (columns > 0 ? rows : 0); row++) {                      \
            const T *a = input + row * columns;                                               \
            T *b = output + row * columns;                                                    \
            T largest = credit_maximum_##S(columns, a);                                       \
            T total = credit_power_sum_##S(columns, a, largest), logarithm;                   \
            credit_log_##S(1, &total, &logarithm);                                            \
            double shift = largest, rest = logarithm;                                         \
            CREDIT_LOOP(columns, b[i] = (T)(((double)a[i] - shift) - rest))                   \
        }                                                                                     \
    }                                                                                         \
    void credit_cumulative_sum_##S(                                                           \
        ptrdiff_t rows, ptrdiff_t columns, const T *input, T *output) {                       \
        for (ptrdiff_t row = 0; row < rows; row++) {                                          \
            T total = 0;                                                                      \
            for (ptrdiff_t i = row * columns; i < (row + 1) * columns; i++) {                 \
                total += input[i];                                                            \
                output[i] = total;                                                            \
            }                                                                                 \
        }                                                                                     \
    }

CREDIT_SOFTMAX(f32, float)
CREDIT_SOFTMAX(f64, double)
