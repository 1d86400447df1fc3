// SPDX-License-Identifier: Apache-2.0
//
// The inner loop of matrix products: a tile of sums stays in registers for the whole depth, and
// every sum takes its terms in their order, so its bits depend neither on the tile nor on the other
// rows.

#ifndef CCREDIT_ORDERED_TILES_H
#define CCREDIT_ORDERED_TILES_H

#include "kernel.h"

// For functions whose tiles differ between instruction sets, which CREDIT_KERNEL could not tell.
#if defined(__x86_64__) && defined(__GLIBC__)
#define CREDIT_V3 __attribute__((target("arch=x86-64-v3")))
// Without a least width, wide vectors would be cut in two.
#define CREDIT_V4 __attribute__((target("arch=x86-64-v4"), min_vector_width(512)))
#endif

// A product and a sum, each rounded; CREDIT_FMA rounds once.
#define CREDIT_ROUNDED_ADD(a, b, c) ((a) * (b) + (c))

// Adds A B (rows x depth, depth x vectors) to `sums`, which have room for MOST vectors in a row.
// Element (i, p) of A is a[i * row_step + p * step], vector (p, j) of B is at
// b + p * line + j * vector_step. V is a vector of T or T itself. Rows and vectors are constants
// where this is inlined, and no index that varies may touch the sums: they are registers.
#define CREDIT_ORDERED_TILE(NAME, T, V, MOST, ADD)                                          \
    CREDIT_INLINE void NAME(                                                                \
        const int rows, const int vectors, ptrdiff_t depth, const T *a, ptrdiff_t row_step, \
        ptrdiff_t step, const T *b, ptrdiff_t line, ptrdiff_t vector_step,                  \
        V (*sums)[MOST]) {                                                                  \
        for (ptrdiff_t p = 0; p < depth; p++, a += step, b += line) {                       \
            V right[MOST];                                                                  \
            for (int j = 0; j < vectors; j++) { right[j] = *(const V *)(b + j * vector_step); } \
            _Pragma("clang loop unroll(full)")                                              \
            for (int i = 0; i < rows; i++) {                                                \
                V left = (V)a[i * row_step];                                                \
                for (int j = 0; j < vectors; j++) {                                         \
                    sums[i][j] = ADD(left, right[j], sums[i][j]);                           \
                }                                                                           \
            }                                                                               \
        }                                                                                   \
    }

#endif
