// SPDX-License-Identifier: Apache-2.0

#include "mapping.h"

#define CREDIT_BINARY(NAME, OP, S, T)                                                         \
    CREDIT_KERNEL void credit_##NAME##_streaming_##S(                                         \
        ptrdiff_t count, const T *a, const T *b, T *output, bool streaming) {                 \
        CREDIT_MAP(CREDIT_LOOP_FROM, T, count, output, streaming,                             \
            CREDIT_FETCH(a) CREDIT_FETCH(b), a[i] OP b[i])                                    \
    }                                                                                         \
    void credit_##NAME##_##S(ptrdiff_t count, const T *a, const T *b, T *output) {            \
        credit_##NAME##_streaming_##S(count, a, b, output, false);                            \
    }                                                                                         \
    CREDIT_KERNEL void credit_##NAME##_scalar_streaming_##S(                                  \
        ptrdiff_t count, const T *a, T b, T *output, bool streaming) {                        \
        CREDIT_MAP(CREDIT_LOOP_FROM, T, count, output, streaming, CREDIT_FETCH(a), a[i] OP b) \
    }                                                                                         \
    void credit_##NAME##_scalar_##S(ptrdiff_t count, const T *a, T b, T *output) {            \
        credit_##NAME##_scalar_streaming_##S(count, a, b, output, false);                     \
    }

#define CREDIT_ARITHMETIC(S, T, SQRT, ABS)                                                    \
    CREDIT_BINARY(add, +, S, T)                                                               \
    CREDIT_BINARY(subtract, -, S, T)                                                          \
    CREDIT_BINARY(multiply, *, S, T)                                                          \
    CREDIT_BINARY(divide, /, S, T)                                                            \
    CREDIT_KERNEL void credit_scalar_subtract_##S(                                            \
        ptrdiff_t count, T a, const T *b, T *output, bool streaming) {                        \
        CREDIT_MAP(CREDIT_LOOP_FROM, T, count, output, streaming, CREDIT_FETCH(b), a - b[i])  \
    }                                                                                         \
    CREDIT_KERNEL void credit_scalar_divide_##S(                                              \
        ptrdiff_t count, T a, const T *b, T *output, bool streaming) {                        \
        CREDIT_MAP(CREDIT_LOOP_FROM, T, count, output, streaming, CREDIT_FETCH(b), a / b[i])  \
    }                                                                                         \
    CREDIT_KERNEL void credit_accumulate_##S(ptrdiff_t count, T alpha, const T *x, T *y) {    \
        CREDIT_LOOP(count, y[i] += alpha * x[i])                                              \
    }                                                                                         \
    CREDIT_KERNEL void credit_combine_scaled_##S(                                             \
        ptrdiff_t count, T alpha, const T *x, T beta, const T *y, T *output,                  \
        bool streaming) {                                                                     \
        CREDIT_MAP(CREDIT_LOOP_FROM, T, count, output, streaming,                             \
            CREDIT_FETCH(x) CREDIT_FETCH(y), alpha * x[i] + beta * y[i])                      \
    }                                                                                         \
    CREDIT_KERNEL void credit_add_product_##S(                                                \
        ptrdiff_t count, const T *a, const T *b, T *output) {                                 \
        CREDIT_LOOP(count, output[i] = CREDIT_FMA(a[i], b[i], output[i]))                     \
    }                                                                                         \
    CREDIT_INLINE T clip_##S(T x, T low, T high) {                                            \
        x = x < low ? low : x;                                                                \
        return x > high ? high : x;                                                           \
    }                                                                                         \
    CREDIT_KERNEL void credit_clip_##S(                                                       \
        ptrdiff_t count, T low, T high, const T *input, T *output, bool streaming) {          \
        CREDIT_MAP(CREDIT_LOOP_FROM, T, count, output, streaming, CREDIT_FETCH(input),        \
            clip_##S(input[i], low, high))                                                    \
    }                                                                                         \
    CREDIT_UNARY(CREDIT_LOOP_FROM, sign, S, T,                                                \
        input[i] > 0 ? 1 : (input[i] < 0 ? -1 : input[i]))                                    \
    CREDIT_UNARY(CREDIT_LOOP_FROM, relu, S, T, input[i] < 0 ? 0 : input[i])                   \
    CREDIT_UNARY(CREDIT_LOOP_FROM, sqrt, S, T, SQRT(input[i]))                                \
    CREDIT_UNARY(CREDIT_LOOP_FROM, abs, S, T, ABS(input[i]))

CREDIT_ARITHMETIC(f32, float, __builtin_elementwise_sqrt, __builtin_fabsf)
CREDIT_ARITHMETIC(f64, double, __builtin_elementwise_sqrt, __builtin_fabs)
