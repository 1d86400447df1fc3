// SPDX-License-Identifier: Apache-2.0
//
// Elementwise and reduction kernels. Every function gives the same bits on every processor: no
// operation is fused, and reductions add in a fixed order of lanes and blocks. Elementwise outputs
// may be one of the inputs; other overlaps are not allowed.

#ifndef CCREDIT_KERNELS_H
#define CCREDIT_KERNELS_H

#include <stdbool.h>
#include <stddef.h>

#define CREDIT_DECLARE_BINARY(NAME, S, T)                                                 \
    void credit_##NAME##_##S(ptrdiff_t count, const T *a, const T *b, T *output);         \
    void credit_##NAME##_scalar_##S(ptrdiff_t count, const T *a, T b, T *output);

#define CREDIT_DECLARE_UNARY(NAME, S, T)                                                  \
    void credit_##NAME##_##S(ptrdiff_t count, const T *input, T *output);

#define CREDIT_DECLARE(S, T)                                                              \
    CREDIT_DECLARE_BINARY(add, S, T)                                                      \
    CREDIT_DECLARE_BINARY(subtract, S, T)                                                 \
    CREDIT_DECLARE_BINARY(multiply, S, T)                                                 \
    CREDIT_DECLARE_BINARY(divide, S, T)                                                   \
    void credit_scalar_subtract_##S(ptrdiff_t count, T a, const T *b, T *output);         \
    void credit_scalar_divide_##S(ptrdiff_t count, T a, const T *b, T *output);           \
    void credit_accumulate_##S(ptrdiff_t count, T alpha, const T *x, T *y);               \
    CREDIT_DECLARE_UNARY(sqrt, S, T)                                                      \
    CREDIT_DECLARE_UNARY(abs, S, T)                                                       \
    CREDIT_DECLARE_UNARY(exp, S, T)                                                       \
    CREDIT_DECLARE_UNARY(log, S, T)                                                       \
    CREDIT_DECLARE_UNARY(tanh, S, T)                                                      \
    CREDIT_DECLARE_UNARY(sigmoid, S, T)                                                   \
    T credit_sum_##S(ptrdiff_t count, const T *a);                                        \
    T credit_dot_##S(ptrdiff_t count, const T *a, const T *b);                            \
    T credit_minimum_##S(ptrdiff_t count, const T *a);                                    \
    T credit_maximum_##S(ptrdiff_t count, const T *a);                                    \
    bool credit_is_finite_##S(ptrdiff_t count, const T *a);

CREDIT_DECLARE(f32, float)
CREDIT_DECLARE(f64, double)

// The x86-64 level of the processor that the kernels know: 4, 3, or 0 for any other.
int credit_vector_level(void);

// The file of the loaded library that serves `symbol`, or NULL.
const char *credit_library_of(const char *symbol);

#undef CREDIT_DECLARE
#undef CREDIT_DECLARE_UNARY
#undef CREDIT_DECLARE_BINARY

#endif
