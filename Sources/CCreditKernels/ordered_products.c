// SPDX-License-Identifier: Apache-2.0

#include "ordered_tiles.h"

#define CREDIT_TAKE_ROWS(NAME, ROWS)                                                        \
    for (; rows >= ROWS; rows -= ROWS, a += ROWS * lda, c += ROWS * columns) {              \
        NAME##_tile(ROWS, vectors, columns, depth, a, lda, b, row, c);                      \
    }

// Some columns of a product: `vectors` vectors of V wide.
#define CREDIT_PRODUCT_COLUMNS(NAME, T, V, LANES)                                           \
    CREDIT_ORDERED_TILE(NAME##_add, T, V, 2, CREDIT_ROUNDED_ADD)                            \
    CREDIT_INLINE void NAME##_tile(                                                         \
        const int rows, const int vectors, ptrdiff_t columns, ptrdiff_t depth, const T *a,  \
        ptrdiff_t lda, const T *b, const T *row, T *c) {                                    \
        V sums[8][2];                                                                       \
        for (int i = 0; i < rows; i++) {                                                    \
            for (int j = 0; j < vectors; j++) sums[i][j] = *(const V *)(row + j * LANES);   \
        }                                                                                   \
        NAME##_add(rows, vectors, depth, a, lda, 1, b, columns, LANES, sums);               \
        for (int i = 0; i < rows; i++) {                                                    \
            for (int j = 0; j < vectors; j++) *(V *)(c + i * columns + j * LANES) = sums[i][j]; \
        }                                                                                   \
    }                                                                                       \
    CREDIT_INLINE void NAME(                                                                \
        const int vectors, ptrdiff_t rows, ptrdiff_t columns, ptrdiff_t depth, const T *a,  \
        ptrdiff_t lda, const T *b, const T *row, T *c) {                                    \
        CREDIT_TAKE_ROWS(NAME, 8)                                                           \
        CREDIT_TAKE_ROWS(NAME, 4)                                                           \
        CREDIT_TAKE_ROWS(NAME, 1)                                                           \
    }

#define CREDIT_ORDERED_PRODUCT(S, T, LANES)                                                 \
    typedef T Lanes_##S __attribute__((ext_vector_type(LANES), aligned(sizeof(T))));        \
    CREDIT_PRODUCT_COLUMNS(wide_##S, T, Lanes_##S, LANES)                                   \
    CREDIT_PRODUCT_COLUMNS(narrow_##S, T, T, 1)                                             \
    CREDIT_KERNEL void credit_ordered_product_##S(                                          \
        ptrdiff_t rows, ptrdiff_t columns, ptrdiff_t depth, const T *a, ptrdiff_t lda,      \
        const T *b, const T *row, T *c) {                                                   \
        ptrdiff_t j = 0;                                                                    \
        for (; j + 2 * LANES <= columns; j += 2 * LANES) {                                  \
            wide_##S(2, rows, columns, depth, a, lda, b + j, row + j, c + j);               \
        }                                                                                   \
        for (; j + LANES <= columns; j += LANES) {                                          \
            wide_##S(1, rows, columns, depth, a, lda, b + j, row + j, c + j);               \
        }                                                                                   \
        for (; j < columns; j++) {                                                          \
            narrow_##S(1, rows, columns, depth, a, lda, b + j, row + j, c + j);             \
        }                                                                                   \
    }

CREDIT_ORDERED_PRODUCT(f32, float, 16)
CREDIT_ORDERED_PRODUCT(f64, double, 8)
