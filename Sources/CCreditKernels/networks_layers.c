// SPDX-License-Identifier: Apache-2.0

#include "functions.h"

#define CREDIT_NET_ROWS(S, T)                                                                 \
    CREDIT_KERNEL void credit_net_fill_rows_##S(                                              \
        ptrdiff_t rows, ptrdiff_t columns, const T *row, T *output) {                         \
        for (ptrdiff_t r = 0; r < rows; r++) {                                                \
            T *o = output + r * columns;                                                      \
            CREDIT_LOOP(columns, o[i] = row[i])                                               \
        }                                                                                     \
    }                                                                                         \
    CREDIT_KERNEL void credit_net_add_column_sums_##S(                                        \
        ptrdiff_t rows, ptrdiff_t columns, const T *values, T *sums) {                        \
        for (ptrdiff_t r = 0; r < rows; r++) {                                                \
            const T *v = values + r * columns;                                                \
            CREDIT_LOOP(columns, sums[i] += v[i])                                             \
        }                                                                                     \
    }                                                                                         \
    CREDIT_KERNEL void credit_net_gather_rows_##S(                                            \
        ptrdiff_t count, ptrdiff_t columns, const ptrdiff_t *indices, const T *values,        \
        T *output) {                                                                          \
        for (ptrdiff_t r = 0; r < count; r++) {                                               \
            memcpy(                                                                           \
                output + r * columns, values + indices[r] * columns,                          \
                (size_t)columns * sizeof(T));                                                 \
        }                                                                                     \
    }

CREDIT_NET_ROWS(f32, float)
CREDIT_NET_ROWS(f64, double)

#define CREDIT_NET_EMBEDDING(S, T)                                                            \
    CREDIT_KERNEL void credit_net_embed_##S(                                                  \
        ptrdiff_t rows, ptrdiff_t inputs, ptrdiff_t outputs, ptrdiff_t column,                \
        ptrdiff_t levels, ptrdiff_t width, ptrdiff_t start, const T *table, const T *input,   \
        T *output) {                                                                          \
        for (ptrdiff_t r = 0; r < rows; r++) {                                                \
            T code = input[r * inputs + column];                                              \
            T *y = output + r * outputs + start;                                              \
            if (code >= 0 && code < (T)levels) {                                              \
                memcpy(y, table + (ptrdiff_t)code * width, (size_t)width * sizeof(T));        \
            } else {                                                                          \
                memset(y, 0, (size_t)width * sizeof(T));                                      \
            }                                                                                 \
        }                                                                                     \
    }                                                                                         \
    CREDIT_KERNEL void credit_net_embed_gradient_##S(                                         \
        ptrdiff_t rows, ptrdiff_t inputs, ptrdiff_t outputs, ptrdiff_t column,                \
        ptrdiff_t levels, ptrdiff_t width, ptrdiff_t start, const T *input,                   \
        const T *output_gradient, T *table_gradient) {                                        \
        for (ptrdiff_t r = 0; r < rows; r++) {                                                \
            T code = input[r * inputs + column];                                              \
            if (!(code >= 0 && code < (T)levels)) continue;                                   \
            const T *g = output_gradient + r * outputs + start;                               \
            T *t = table_gradient + (ptrdiff_t)code * width;                                  \
            CREDIT_LOOP(width, t[i] += g[i])                                                  \
        }                                                                                     \
    }

CREDIT_NET_EMBEDDING(f32, float)
CREDIT_NET_EMBEDDING(f64, double)

// The finaliser of SplitMix64 (Steele, Lea and Flood 2014, DOI 10.1145/2660193.2660195): 16 bits
// each for four elements.
CREDIT_INLINE uint64_t mixed(uint64_t state) {
    state = (state ^ (state >> 30)) * 0xBF58476D1CE4E5B9u;
    state = (state ^ (state >> 27)) * 0x94D049BB133111EBu;
    return state ^ (state >> 31);
}

#define CREDIT_NET_ELEMENTS(S, T)                                                             \
    CREDIT_KERNEL void credit_net_relu_slope_##S(                                             \
        ptrdiff_t count, const T *output, T *gradient) {                                      \
        CREDIT_LOOP(count, gradient[i] = output[i] > 0 ? gradient[i] : 0)                     \
    }                                                                                         \
    CREDIT_KERNEL void credit_net_tanh_slope_##S(                                             \
        ptrdiff_t count, const T *output, T *gradient) {                                      \
        CREDIT_LOOP(count, gradient[i] *= (1 - output[i]) * (1 + output[i]))                  \
    }                                                                                         \
    CREDIT_KERNEL void credit_net_sigmoid_slope_##S(                                          \
        ptrdiff_t count, const T *output, T *gradient) {                                      \
        CREDIT_LOOP(count, gradient[i] *= output[i] * (1 - output[i]))                        \
    }                                                                                         \
    CREDIT_KERNEL void credit_net_gelu_arguments_##S(                                         \
        ptrdiff_t count, const T *x, T *scaled, T *square) {                                  \
        CREDIT_LOOP(                                                                          \
            count, scaled[i] = x[i] * (T)0x1.6a09e667f3bcdp-1;                                \
            square[i] = (T)-0.5 * x[i] * x[i])                                                \
    }                                                                                         \
    CREDIT_KERNEL void credit_net_gelu_##S(                                                   \
        ptrdiff_t count, const T *x, T *error_function, const T *bell, T *output) {           \
        CREDIT_LOOP(                                                                          \
            count, T share = (T)0.5 + (T)0.5 * error_function[i]; T value = x[i];             \
            error_function[i] = share + value * bell[i] * (T)0x1.9884533d43651p-2;            \
            output[i] = value * share)                                                        \
    }                                                                                         \
    CREDIT_KERNEL void credit_net_dropout_##S(                                                \
        ptrdiff_t count, uint64_t key, uint32_t threshold, T scale, const T *input,           \
        T *output, T *mask) {                                                                 \
        for (ptrdiff_t start = 0; start < count; start += 64) {                               \
            uint64_t words[16];                                                               \
            for (int w = 0; w < 16; w++) {                                                    \
                words[w] =                                                                    \
                    mixed(key + ((uint64_t)start / 4 + (uint64_t)w + 1) * 0x9E3779B97F4A7C15u); \
            }                                                                                 \
            ptrdiff_t part = count - start < 64 ? count - start : 64;                         \
            for (ptrdiff_t i = 0; i < part; i++) {                                            \
                uint32_t bits = (uint32_t)(words[i / 4] >> (16 * (i % 4))) & 0xFFFF;          \
                T factor = bits < threshold ? scale : 0;                                      \
                mask[start + i] = factor;                                                     \
                output[start + i] = input[start + i] * factor;                                \
            }                                                                                 \
        }                                                                                     \
    }

CREDIT_NET_ELEMENTS(f32, float)
CREDIT_NET_ELEMENTS(f64, double)
