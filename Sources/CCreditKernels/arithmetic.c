// SPDX-License-Identifier: Apache-2.0

#include "kernel.h"

#define CREDIT_BINARY(NAME, OP, S, T)                                                         \
    CREDIT_KERNEL void credit_##NAME##_##S(                                                   \
        ptrdiff_t count, const T *a, const T *b, T *output) {                                 \
        CREDIT_LOOP(count, output[i] = a[i] OP b[i])                                          \
    }                                                                                         \
    CREDIT_KERNEL void credit_##NAME##_scalar_##S(                                            \
        ptrdiff_t count, const T *a, T b, T *output) {                                        \
        CREDIT_LOOP(count, output[i] = a[i] OP b)                                             \
    }

#define CREDIT_ARITHMETIC(S, T, SQRT, ABS)                                                    \
    CREDIT_BINARY(add, +, S, T)                                                               \
    CREDIT_BINARY(subtract, -, S, T)                                                          \
    CREDIT_BINARY(multiply, *, S, T)                                                          \
    CREDIT_BINARY(divide, /, S, T)                                                            \
    CREDIT_KERNEL void credit_scalar_subtract_##S(                                            \
        ptrdiff_t count, T a, const T *b, T *output) {                                        \
        CREDIT_LOOP(count, output[i] = a - b[i])                                              \
    }                                                                                         \
    CREDIT_KERNEL void credit_scalar_divide_##S(                                              \
        ptrdiff_t count, T a, const T *b, T *output) {                                        \
        CREDIT_LOOP(count, output[i] = a / b[i])                                              \
    }                                                                                         \
    CREDIT_KERNEL void credit_accumulate_##S(ptrdiff_t count, T alpha, const T *x, T *y) {    \
        CREDIT_LOOP(count, y[i] += alpha * x[i])                                              \
    }                                                                                         \
    CREDIT_KERNEL void credit_combine_scaled_##S(                                             \
        ptrdiff_t count, T alpha, const T *x, T beta, const T *y, T *output) {                \
        CREDIT_LOOP(count, output[i] = alpha * x[i] + beta * y[i])                            \
    }                                                                                         \
    CREDIT_KERNEL void credit_add_product_##S(                                                \
        ptrdiff_t count, const T *a, const T *b, T *output) {                                 \
        CREDIT_LOOP(count, output[i] = CREDIT_FMA(a[i], b[i], output[i]))      \
    }                                                                                         \
    CREDIT_KERNEL void credit_sign_##S(ptrdiff_t count, const T *input, T *output) {          \
        CREDIT_LOOP(count, output[i] = input[i] > 0 ? 1 : (input[i] < 0 ? -1 : input[i]))     \
    }                                                                                         \
    CREDIT_KERNEL void credit_relu_##S(ptrdiff_t count, const T *input, T *output) {          \
        CREDIT_LOOP(count, output[i] = input[i] < 0 ? 0 : input[i])                           \
    }                                                                                         \
    CREDIT_KERNEL void credit_clip_##S(                                                       \
        ptrdiff_t count, T low, T high, const T *input, T *output) {                          \
        CREDIT_LOOP(count, T raised = input[i] < low ? low : input[i];                        \
                    output[i] = raised > high ? high : raised)                                \
    }                                                                                         \
    CREDIT_KERNEL void credit_sqrt_##S(ptrdiff_t count, const T *input, T *output) {          \
        CREDIT_LOOP(count, output[i] = SQRT(input[i]))                                        \
    }                                                                                         \
    CREDIT_KERNEL void credit_abs_##S(ptrdiff_t count, const T *input, T *output) {           \
        CREDIT_LOOP(count, output[i] = ABS(input[i]))                                         \
    }

CREDIT_ARITHMETIC(f32, float, __builtin_elementwise_sqrt, __builtin_fabsf)
CREDIT_ARITHMETIC(f64, double, __builtin_elementwise_sqrt, __builtin_fabs)
