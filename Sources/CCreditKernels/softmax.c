// SPDX-License-Identifier: Apache-2.0
//
// Along rows that lie in memory one after the other. The largest element is subtracted with what
// the subtraction loses, so no power overflows and no digit is lost; outputs may be the inputs.

#include "float_functions.h"

CREDIT_INLINE float exp_of_difference_f32(float a, float b) {
    float difference = a - b, added = difference - a;
    float lost = (a - (difference - added)) - (b + added);
    // Nothing is lost of an infinity.
    return float_exp_of_sum(difference, lost == lost ? lost : -0.0f);
}

CREDIT_INLINE double exp_of_difference_f64(double a, double b) { return exp_one(a - b); }

// Positive terms in several vectors of lanes at a time, whose blocks are added in double.
#define CREDIT_SUM_OF_POWERS(S, T)                                                            \
    CREDIT_INLINE double sum_of_powers_##S(ptrdiff_t count, const T *a) {                     \
        enum { lanes_count = 64, block = 4096 };                                              \
        double total = 0;                                                                     \
        for (ptrdiff_t start = 0; start < count; start += block) {                            \
            T lanes[lanes_count] = {0};                                                       \
            ptrdiff_t length = count - start < block ? count - start : block;                 \
            ptrdiff_t end = start + length, whole = end - length % lanes_count;               \
            for (ptrdiff_t i = start; i < whole; i += lanes_count) {                          \
                for (int lane = 0; lane < lanes_count; lane++) { lanes[lane] += a[i + lane]; }\
            }                                                                                 \
            for (ptrdiff_t i = whole; i < end; i++) { lanes[i - whole] += a[i]; }             \
            for (int half = lanes_count / 2; half > 0; half /= 2) {                           \
                for (int lane = 0; lane < half; lane++) { lanes[lane] += lanes[lane + half]; }\
            }                                                                                 \
            total += (double)lanes[0];                                                        \
        }                                                                                     \
        return total;                                                                         \
    }

CREDIT_SUM_OF_POWERS(f32, float)
CREDIT_SUM_OF_POWERS(f64, double)

#define CREDIT_SOFTMAX(S, T)                                                                  \
    CREDIT_KERNEL void credit_softmax_##S(                                                    \
        ptrdiff_t rows, ptrdiff_t columns, const T *input, T *output) {                       \
        for (ptrdiff_t row = 0; row < (columns > 0 ? rows : 0); row++) {                      \
            const T *a = input + row * columns;                                               \
            T *b = output + row * columns;                                                    \
            T largest = credit_maximum_##S(columns, a);                                       \
            CREDIT_LONG_LOOP(columns, b[i] = exp_of_difference_##S(a[i], largest))            \
            T share = (T)(1 / sum_of_powers_##S(columns, b));                                 \
            CREDIT_LOOP(columns, b[i] = b[i] * share)                                         \
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
