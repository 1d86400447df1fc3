// SPDX-License-Identifier: Apache-2.0
//
// Reductions of every column of a row-major matrix. A few columns at a time go through the same
// lanes and blocks as the elements of a vector do, so a column's sum has the bits of the vector's.

#include "kernel.h"
#include "lanes.h"

#define CREDIT_COLUMNS 32

#define CREDIT_COLUMN_LOOP(BODY)                                                              \
    _Pragma("clang loop vectorize(enable)")                                                   \
    for (int j = 0; j < CREDIT_COLUMNS; j++) { BODY; }

// A narrower last group of columns is read into a full one.
#define CREDIT_READ_ROW(T, ROW, WIDTH)                                                        \
    T padded[CREDIT_COLUMNS] = {0};                                                           \
    const T *row = (ROW);                                                                     \
    if ((WIDTH) < CREDIT_COLUMNS) {                                                           \
        memcpy(padded, row, (size_t)(WIDTH) * sizeof(T));                                     \
        row = padded;                                                                         \
    }

#define CREDIT_SUM_OF_COLUMNS(NAME, T, TERM)                                                  \
    CREDIT_INLINE void NAME##_group(                                                          \
        ptrdiff_t rows, ptrdiff_t stride, int width, const T *a, const T *center, T *output) {\
        (void)center;                                                                         \
        T partial[64][CREDIT_COLUMNS];                                                        \
        int depth = 0;                                                                        \
        ptrdiff_t blocks = 0;                                                                 \
        for (ptrdiff_t start = 0; start < rows; start += CREDIT_BLOCK) {                      \
            T lanes[CREDIT_LANES][CREDIT_COLUMNS] = {{0}};                                    \
            ptrdiff_t count = rows - start < CREDIT_BLOCK ? rows - start : CREDIT_BLOCK;      \
            for (ptrdiff_t i = 0; i < count; i++) {                                           \
                CREDIT_READ_ROW(T, a + (start + i) * stride, width)                           \
                T *lane = lanes[i % CREDIT_LANES];                                            \
                CREDIT_COLUMN_LOOP(lane[j] += TERM)                                           \
            }                                                                                 \
            for (int half = CREDIT_LANES / 2; half > 0; half /= 2) {                          \
                for (int lane = 0; lane < half; lane++) {                                     \
                    CREDIT_COLUMN_LOOP(lanes[lane][j] += lanes[lane + half][j])               \
                }                                                                             \
            }                                                                                 \
            memcpy(partial[depth++], lanes[0], sizeof lanes[0]);                              \
            blocks++;                                                                         \
            for (ptrdiff_t bits = blocks; bits % 2 == 0; bits /= 2) {                         \
                depth--;                                                                      \
                CREDIT_COLUMN_LOOP(partial[depth - 1][j] += partial[depth][j])                \
            }                                                                                 \
        }                                                                                     \
        for (; depth > 1; depth--) {                                                          \
            CREDIT_COLUMN_LOOP(partial[depth - 2][j] += partial[depth - 1][j])                \
        }                                                                                     \
        for (int j = 0; j < width; j++) { output[j] = depth > 0 ? partial[0][j] : 0; }        \
    }

#define CREDIT_EACH_GROUP(GROUP, CENTER)                                                      \
    for (ptrdiff_t first = 0; first < columns; first += CREDIT_COLUMNS) {                     \
        ptrdiff_t left = columns - first;                                                     \
        int width = left < CREDIT_COLUMNS ? (int)left : CREDIT_COLUMNS;                       \
        GROUP(rows, columns, width, a + first, CENTER, output + first);                       \
    }

#define CREDIT_PLAIN_SUM_OF_COLUMNS(NAME, T, TERM)                                            \
    CREDIT_SUM_OF_COLUMNS(NAME, T, TERM)                                                      \
    CREDIT_KERNEL void NAME(ptrdiff_t rows, ptrdiff_t columns, const T *a, T *output) {       \
        CREDIT_EACH_GROUP(NAME##_group, NULL)                                                 \
    }

#define CREDIT_CENTERED_SUM_OF_COLUMNS(NAME, T, TERM)                                         \
    CREDIT_SUM_OF_COLUMNS(NAME, T, TERM)                                                      \
    CREDIT_KERNEL void NAME(                                                                  \
        ptrdiff_t rows, ptrdiff_t columns, const T *a, const T *centers, T *output) {         \
        CREDIT_EACH_GROUP(NAME##_group, centers + first)                                      \
    }

// The first row's values stand until a better one or a NaN comes.
#define CREDIT_EXTREME_OF_COLUMNS(NAME, T, OP, TERM)                                          \
    CREDIT_KERNEL void NAME(ptrdiff_t rows, ptrdiff_t columns, const T *a, T *output) {       \
        for (ptrdiff_t i = 0; i < rows; i++) {                                                \
            const T *row = a + i * columns;                                                   \
            _Pragma("clang loop vectorize(assume_safety)")                                    \
            for (ptrdiff_t j = 0; j < columns; j++) {                                         \
                T value = TERM, standing = i == 0 ? value : output[j];                        \
                output[j] = CREDIT_BETTER(value, OP, standing);                               \
            }                                                                                 \
        }                                                                                     \
    }

#define CREDIT_COLUMN_REDUCTIONS(S, T, ABS)                                                   \
    CREDIT_PLAIN_SUM_OF_COLUMNS(credit_sum_columns_##S, T, row[j])                            \
    CREDIT_PLAIN_SUM_OF_COLUMNS(credit_sum_of_magnitudes_columns_##S, T, ABS(row[j]))         \
    CREDIT_CENTERED_SUM_OF_COLUMNS(                                                           \
        credit_squared_deviations_columns_##S, T,                                             \
        (row[j] - center[j]) * (row[j] - center[j]))                                          \
    CREDIT_EXTREME_OF_COLUMNS(credit_minimum_columns_##S, T, <, row[j])                       \
    CREDIT_EXTREME_OF_COLUMNS(credit_maximum_columns_##S, T, >, row[j])                       \
    CREDIT_EXTREME_OF_COLUMNS(credit_maximum_magnitude_columns_##S, T, >, ABS(row[j]))

CREDIT_COLUMN_REDUCTIONS(f32, float, __builtin_fabsf)
CREDIT_COLUMN_REDUCTIONS(f64, double, __builtin_fabs)
