// SPDX-License-Identifier: Apache-2.0
//
// Reductions of every column of at most CREDIT_BLOCK rows of a row-major matrix. The elements of a
// column go through the same lanes as those of a block of a vector do, so that blocks of rows,
// added pairwise, give the bits of the vector's sum.

#include "kernel.h"
#include "lanes.h"

// So many columns at a time keep their lanes in the second-level cache, or their extremes in the
// first; the longer the part of a row, the faster it is read.
#define CREDIT_COLUMNS 1024
#define CREDIT_EXTREME_COLUMNS 2048

#define CREDIT_COLUMN_LOOP(WIDTH, BODY)                                                       \
    _Pragma("clang loop vectorize(assume_safety) interleave(enable)")                         \
    for (int j = 0; j < (WIDTH); j++) { BODY; }

// Rows that go to the same lane are added to it together, one after the other.
#define CREDIT_ROWS_AT_A_TIME 4

#define CREDIT_SUM_OF_GROUP(NAME, T, TERM)                                                    \
    CREDIT_INLINE void NAME##_group(                                                          \
        ptrdiff_t rows, int width, ptrdiff_t stride, const T *a, const T *center, T *output) {\
        (void)center;                                                                         \
        T lanes[CREDIT_LANES][CREDIT_COLUMNS];                                                \
        for (int lane = 0; lane < CREDIT_LANES; lane++) {                                     \
            memset(lanes[lane], 0, (size_t)width * sizeof(T));                                \
        }                                                                                     \
        const ptrdiff_t step = CREDIT_ROWS_AT_A_TIME * CREDIT_LANES;                          \
        ptrdiff_t whole = rows - rows % step;                                                 \
        for (ptrdiff_t i = 0; i < whole; i += step) {                                         \
            for (int k = 0; k < CREDIT_LANES; k++) {                                          \
                const T *row0 = a + (i + k) * stride, *row1 = row0 + CREDIT_LANES * stride;   \
                const T *row2 = row1 + CREDIT_LANES * stride;                                 \
                const T *row3 = row2 + CREDIT_LANES * stride;                                 \
                T *lane = lanes[k];                                                           \
                CREDIT_COLUMN_LOOP(                                                           \
                    width,                                                                    \
                    lane[j] = (((lane[j] + TERM(row0)) + TERM(row1)) + TERM(row2)) + TERM(row3))\
            }                                                                                 \
        }                                                                                     \
        for (ptrdiff_t i = whole; i < rows; i++) {                                            \
            const T *row = a + i * stride;                                                    \
            T *lane = lanes[i % CREDIT_LANES];                                                \
            CREDIT_COLUMN_LOOP(width, lane[j] += TERM(row))                                   \
        }                                                                                     \
        for (int half = CREDIT_LANES / 2; half > 0; half /= 2) {                              \
            for (int lane = 0; lane < half; lane++) {                                         \
                CREDIT_COLUMN_LOOP(width, lanes[lane][j] += lanes[lane + half][j])            \
            }                                                                                 \
        }                                                                                     \
        memcpy(output, lanes[0], (size_t)width * sizeof(T));                                  \
    }

// The first row's values stand until a better one or a NaN comes.
#define CREDIT_EXTREME_OF_GROUP(NAME, T, OP, TERM)                                            \
    CREDIT_INLINE void NAME##_group(                                                          \
        ptrdiff_t rows, int width, ptrdiff_t stride, const T *a, const T *center, T *output) {\
        (void)center;                                                                         \
        const T *row = a;                                                                     \
        CREDIT_COLUMN_LOOP(width, output[j] = TERM(row))                                           \
        for (ptrdiff_t i = 1; i < rows; i++) {                                                \
            row = a + i * stride;                                                             \
            CREDIT_COLUMN_LOOP(                                                               \
                width, T value = TERM(row); output[j] = CREDIT_BETTER(value, OP, output[j]))       \
        }                                                                                     \
    }

#define CREDIT_EACH_GROUP(NAME, WIDTH, CENTER)                                                \
    for (ptrdiff_t first = 0; first < columns; first += (WIDTH)) {                            \
        ptrdiff_t left = columns - first;                                                     \
        int width = left < (WIDTH) ? (int)left : (WIDTH);                                     \
        NAME##_group(rows, width, stride, a + first, CENTER, output + first);                 \
    }

#define CREDIT_PLAIN_COLUMNS(NAME, WIDTH, T)                                                  \
    CREDIT_KERNEL void NAME(                                                                  \
        ptrdiff_t rows, ptrdiff_t columns, ptrdiff_t stride, const T *a, T *output) {         \
        CREDIT_EACH_GROUP(NAME, WIDTH, NULL)                                                  \
    }

#define CREDIT_CENTERED_COLUMNS(NAME, T)                                                      \
    CREDIT_KERNEL void NAME(                                                                  \
        ptrdiff_t rows, ptrdiff_t columns, ptrdiff_t stride, const T *a, const T *centers,    \
        T *output) {                                                                          \
        CREDIT_EACH_GROUP(NAME, CREDIT_COLUMNS, centers + first)                              \
    }

#define CREDIT_ELEMENT(ROW) ROW[j]
#define CREDIT_MAGNITUDE_f32(ROW) __builtin_fabsf(ROW[j])
#define CREDIT_MAGNITUDE_f64(ROW) __builtin_fabs(ROW[j])
#define CREDIT_DEVIATION_SQUARE(ROW) ((ROW[j] - center[j]) * (ROW[j] - center[j]))

#define CREDIT_COLUMN_REDUCTIONS(S, T)                                                        \
    CREDIT_SUM_OF_GROUP(credit_sum_columns_##S, T, CREDIT_ELEMENT)                            \
    CREDIT_PLAIN_COLUMNS(credit_sum_columns_##S, CREDIT_COLUMNS, T)                           \
    CREDIT_SUM_OF_GROUP(                                                                      \
        credit_sum_of_magnitudes_columns_##S, T, CREDIT_MAGNITUDE_##S)                        \
    CREDIT_PLAIN_COLUMNS(credit_sum_of_magnitudes_columns_##S, CREDIT_COLUMNS, T)             \
    CREDIT_SUM_OF_GROUP(                                                                      \
        credit_squared_deviations_columns_##S, T, CREDIT_DEVIATION_SQUARE)                    \
    CREDIT_CENTERED_COLUMNS(credit_squared_deviations_columns_##S, T)                         \
    CREDIT_EXTREME_OF_GROUP(credit_minimum_columns_##S, T, <, CREDIT_ELEMENT)                 \
    CREDIT_PLAIN_COLUMNS(credit_minimum_columns_##S, CREDIT_EXTREME_COLUMNS, T)           \
    CREDIT_EXTREME_OF_GROUP(credit_maximum_columns_##S, T, >, CREDIT_ELEMENT)                 \
    CREDIT_PLAIN_COLUMNS(credit_maximum_columns_##S, CREDIT_EXTREME_COLUMNS, T)           \
    CREDIT_EXTREME_OF_GROUP(                                                                  \
        credit_maximum_magnitude_columns_##S, T, >, CREDIT_MAGNITUDE_##S)                     \
    CREDIT_PLAIN_COLUMNS(credit_maximum_magnitude_columns_##S, CREDIT_EXTREME_COLUMNS, T)

CREDIT_COLUMN_REDUCTIONS(f32, float)
CREDIT_COLUMN_REDUCTIONS(f64, double)
