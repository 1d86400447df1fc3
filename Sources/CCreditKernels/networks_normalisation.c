// SPDX-License-Identifier: Apache-2.0
//
// Means and variances are summed in double arithmetic, in the order of the rows.

#include "kernel.h"

#define CREDIT_NORM_BLOCK 64

#define CREDIT_NET_NORMALISATION(S, T)                                                        \
    CREDIT_KERNEL void credit_net_batch_norm_##S(                                             \
        ptrdiff_t rows, ptrdiff_t columns, double epsilon, double momentum, const T *scale,   \
        const T *offset, T *running_mean, T *running_variance, const T *input, T *output,     \
        T *normal, T *inverse) {                                                              \
        for (ptrdiff_t start = 0; start < columns; start += CREDIT_NORM_BLOCK) {              \
            ptrdiff_t width = columns - start < CREDIT_NORM_BLOCK ? columns - start           \
                                                                  : CREDIT_NORM_BLOCK;        \
            double mean[CREDIT_NORM_BLOCK] = {0}, variance[CREDIT_NORM_BLOCK] = {0};          \
            for (ptrdiff_t r = 0; r < rows; r++) {                                            \
                const T *x = input + r * columns + start;                                     \
                CREDIT_LOOP(width, mean[i] += (double)x[i])                                   \
            }                                                                                 \
            CREDIT_LOOP(width, mean[i] /= (double)rows)                                       \
            for (ptrdiff_t r = 0; r < rows; r++) {                                            \
                const T *x = input + r * columns + start;                                     \
                CREDIT_LOOP(                                                                  \
                    width, double d = (double)x[i] - mean[i]; variance[i] += d * d)           \
            }                                                                                 \
            double rest = rows > 1 ? (double)rows - 1 : 1;                                    \
            for (ptrdiff_t i = 0; i < width; i++) {                                           \
                T *m = running_mean + start + i, *v = running_variance + start + i;           \
                *m = (T)((1 - momentum) * (double)*m + momentum * mean[i]);                   \
                *v = (T)((1 - momentum) * (double)*v + momentum * variance[i] / rest);        \
                inverse[start + i] =                                                          \
                    (T)(1 / __builtin_elementwise_sqrt(variance[i] / (double)rows + epsilon)); \
            }                                                                                 \
            const T *own = inverse + start, *a = scale + start, *b = offset + start;          \
            for (ptrdiff_t r = 0; r < rows; r++) {                                            \
                const T *x = input + r * columns + start;                                     \
                T *n = normal + r * columns + start, *y = output + r * columns + start;       \
                CREDIT_LOOP(                                                                  \
                    width, T value = (T)((double)x[i] - mean[i]) * own[i]; n[i] = value;      \
                    y[i] = a[i] * value + b[i])                                               \
            }                                                                                 \
        }                                                                                     \
    }                                                                                         \
    CREDIT_KERNEL void credit_net_batch_norm_still_##S(                                       \
        ptrdiff_t rows, ptrdiff_t columns, double epsilon, const T *scale, const T *offset,   \
        const T *running_mean, const T *running_variance, const T *input, T *output) {        \
        for (ptrdiff_t r = 0; r < rows; r++) {                                                \
            const T *x = input + r * columns;                                                 \
            T *y = output + r * columns;                                                      \
            CREDIT_LOOP(                                                                      \
                columns,                                                                      \
                double v = (double)running_variance[i] + epsilon;                             \
                double n = ((double)x[i] - (double)running_mean[i])                           \
                    / __builtin_elementwise_sqrt(v);                                          \
                y[i] = (T)((double)scale[i] * n + (double)offset[i]))                         \
        }                                                                                     \
    }                                                                                         \
    CREDIT_KERNEL void credit_net_batch_norm_gradient_##S(                                    \
        ptrdiff_t rows, ptrdiff_t columns, const T *scale, const T *normal, const T *inverse, \
        const T *output_gradient, T *scale_gradient, T *offset_gradient, T *input_gradient) { \
        for (ptrdiff_t start = 0; start < columns; start += CREDIT_NORM_BLOCK) {              \
            ptrdiff_t width = columns - start < CREDIT_NORM_BLOCK ? columns - start           \
                                                                  : CREDIT_NORM_BLOCK;        \
            double sum[CREDIT_NORM_BLOCK] = {0}, along[CREDIT_NORM_BLOCK] = {0};              \
            for (ptrdiff_t r = 0; r < rows; r++) {                                            \
                const T *n = normal + r * columns + start;                                    \
                const T *g = output_gradient + r * columns + start;                           \
                CREDIT_LOOP(                                                                  \
                    width, sum[i] += (double)g[i];                                            \
                    along[i] += (double)g[i] * (double)n[i])                                  \
            }                                                                                 \
            const T *a = scale + start, *own = inverse + start;                               \
            T *sg = scale_gradient + start, *og = offset_gradient + start;                    \
            CREDIT_LOOP(width, sg[i] += (T)along[i]; og[i] += (T)sum[i])                      \
            if (!input_gradient) continue;                                                    \
            for (ptrdiff_t r = 0; r < rows; r++) {                                            \
                const T *n = normal + r * columns + start;                                    \
                const T *g = output_gradient + r * columns + start;                           \
                T *x = input_gradient + r * columns + start;                                  \
                CREDIT_LOOP(                                                                  \
                    width,                                                                    \
                    double rest = (sum[i] + (double)n[i] * along[i]) / (double)rows;          \
                    x[i] = (T)((double)a[i] * (double)own[i] * ((double)g[i] - rest)))        \
            }                                                                                 \
        }                                                                                     \
    }                                                                                         \
    CREDIT_KERNEL void credit_net_layer_norm_##S(                                             \
        ptrdiff_t rows, ptrdiff_t columns, double epsilon, const T *scale, const T *offset,   \
        const T *input, T *output, T *normal, T *inverse) {                                   \
        for (ptrdiff_t r = 0; r < rows; r++) {                                                \
            const T *x = input + r * columns;                                                 \
            T *n = normal + r * columns, *y = output + r * columns;                           \
            double mean = 0, variance = 0;                                                    \
            for (ptrdiff_t i = 0; i < columns; i++) { mean += (double)x[i]; }                 \
            mean /= (double)columns;                                                          \
            for (ptrdiff_t i = 0; i < columns; i++) {                                         \
                variance += ((double)x[i] - mean) * ((double)x[i] - mean);                    \
            }                                                                                 \
            double own =                                                                      \
                1 / __builtin_elementwise_sqrt(variance / (double)columns + epsilon);         \
            inverse[r] = (T)own;                                                              \
            CREDIT_LOOP(                                                                      \
                columns, T value = (T)(((double)x[i] - mean) * own); n[i] = value;            \
                y[i] = scale[i] * value + offset[i])                                          \
        }                                                                                     \
    }                                                                                         \
    CREDIT_KERNEL void credit_net_layer_norm_gradient_##S(                                    \
        ptrdiff_t rows, ptrdiff_t columns, const T *scale, const T *normal, const T *inverse, \
        const T *output_gradient, T *scale_gradient, T *offset_gradient, T *input_gradient) { \
        for (ptrdiff_t r = 0; r < rows; r++) {                                                \
            const T *n = normal + r * columns, *g = output_gradient + r * columns;            \
            CREDIT_LOOP(                                                                      \
                columns, scale_gradient[i] += g[i] * n[i]; offset_gradient[i] += g[i])        \
            if (!input_gradient) continue;                                                    \
            double sum = 0, along = 0;                                                        \
            for (ptrdiff_t i = 0; i < columns; i++) {                                         \
                double d = (double)g[i] * (double)scale[i];                                   \
                sum += d;                                                                     \
                along += d * (double)n[i];                                                    \
            }                                                                                 \
            double own = (double)inverse[r], count = (double)columns;                         \
            T *x = input_gradient + r * columns;                                              \
            CREDIT_LOOP(                                                                      \
                columns,                                                                      \
                double d = (double)g[i] * (double)scale[i];                                   \
                x[i] = (T)(own * (d - (sum + (double)n[i] * along) / count)))                 \
        }                                                                                     \
    }

CREDIT_NET_NORMALISATION(f32, float)
CREDIT_NET_NORMALISATION(f64, double)
