// SPDX-License-Identifier: Apache-2.0

#include "recurrent_functions.h"

#define CREDIT_CELLS(S, T)                                                                  \
    CREDIT_KERNEL void credit_lstm_step_back_##S(                                           \
        ptrdiff_t rows, ptrdiff_t hidden, T *gates, const T *previous,                      \
        ptrdiff_t previous_stride, const T *tanh_cell, const T *output,                     \
        ptrdiff_t output_stride, const T *carried_output, T *carried_cell) {                \
        for (ptrdiff_t r = 0; r < rows; r++) {                                              \
            T *in = gates, *forget = in + hidden, *new = forget + hidden;                   \
            T *out = new + hidden;                                                          \
            _Pragma("clang loop vectorize(assume_safety)")                                  \
            for (ptrdiff_t i = 0; i < hidden; i++) {                                        \
                T a = in[i], f = forget[i], g = new[i], o = out[i], t = tanh_cell[i];       \
                T h = output[i] + carried_output[i];                                        \
                T c = CREDIT_FMA(h * o, CREDIT_FMA(-t, t, (T)1), carried_cell[i]);          \
                in[i] = c * g * (a * (1 - a));                                              \
                forget[i] = c * previous[i] * (f * (1 - f));                                \
                new[i] = c * a * CREDIT_FMA(-g, g, (T)1);                                   \
                out[i] = h * t * (o * (1 - o));                                             \
                carried_cell[i] = c * f;                                                    \
            }                                                                               \
            gates += 4 * hidden;                                                            \
            previous += previous_stride;                                                    \
            tanh_cell += hidden;                                                            \
            output += output_stride;                                                        \
            carried_output += hidden;                                                       \
            carried_cell += hidden;                                                         \
        }                                                                                   \
    }                                                                                       \
                                                                                            \
    CREDIT_KERNEL void credit_gru_step_##S(                                                 \
        ptrdiff_t rows, ptrdiff_t hidden, T *gates, const T *previous,                      \
        ptrdiff_t previous_stride, T *output, ptrdiff_t output_stride) {                    \
        for (ptrdiff_t r = 0; r < rows; r++) {                                              \
            T *new = gates, *reset = new + hidden, *update = reset + hidden;                \
            T *inner = update + hidden;                                                     \
            _Pragma("clang loop vectorize(assume_safety)")                                  \
            for (ptrdiff_t i = 0; i < hidden; i++) {                                        \
                T b = 1 / inverse_sigmoid_##S(reset[i]);                                    \
                T z = 1 / inverse_sigmoid_##S(update[i]);                                   \
                T m = double_growth_##S(CREDIT_FMA(b, inner[i], new[i])), n = m / (m + 2);  \
                new[i] = n;                                                                 \
                reset[i] = b;                                                               \
                update[i] = z;                                                              \
                output[i] = CREDIT_FMA(z, previous[i] - n, n);                              \
            }                                                                               \
            gates += 4 * hidden;                                                            \
            previous += previous_stride;                                                    \
            output += output_stride;                                                        \
        }                                                                                   \
    }                                                                                       \
                                                                                            \
    CREDIT_KERNEL void credit_gru_step_back_##S(                                            \
        ptrdiff_t rows, ptrdiff_t hidden, T *gates, const T *previous,                      \
        ptrdiff_t previous_stride, const T *output, ptrdiff_t output_stride,                \
        T *carried_output) {                                                                \
        for (ptrdiff_t r = 0; r < rows; r++) {                                              \
            T *new = gates, *reset = new + hidden, *update = reset + hidden;                \
            T *inner = update + hidden;                                                     \
            _Pragma("clang loop vectorize(assume_safety)")                                  \
            for (ptrdiff_t i = 0; i < hidden; i++) {                                        \
                T n = new[i], b = reset[i], z = update[i];                                  \
                T h = output[i] + carried_output[i];                                        \
                T s = h * (1 - z) * CREDIT_FMA(-n, n, (T)1);                                \
                new[i] = s;                                                                 \
                reset[i] = s * inner[i] * (b * (1 - b));                                    \
                update[i] = h * (previous[i] - n) * (z * (1 - z));                          \
                inner[i] = s * b;                                                           \
                carried_output[i] = h * z;                                                  \
            }                                                                               \
            gates += 4 * hidden;                                                            \
            previous += previous_stride;                                                    \
            output += output_stride;                                                        \
            carried_output += hidden;                                                       \
        }                                                                                   \
    }

CREDIT_KERNEL void credit_scale_rows_f32(
    ptrdiff_t rows, ptrdiff_t columns, const double *values, const double *means,
    const double *scales, float *output) {
    for (ptrdiff_t r = 0; r < rows; r++, values += columns, output += columns) {
        _Pragma("clang loop vectorize(assume_safety)")
        for (ptrdiff_t i = 0; i < columns; i++) {
            double scaled = (values[i] - means[i]) / scales[i];
            scaled = scaled < -1e30 ? -1e30 : scaled;
            output[i] = (float)(scaled > 1e30 ? 1e30 : scaled);
        }
    }
}

CREDIT_CELLS(f32, float)
CREDIT_CELLS(f64, double)
