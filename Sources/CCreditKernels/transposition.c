// SPDX-License-Identifier: Apache-2.0
//
// Transposition in squares of one cache line on either side: each line is read once and written
// once, whole, so that it does not matter how many lines of a column the cache can hold.

#include "kernel.h"

typedef float Line_f32 __attribute__((vector_size(64), aligned(4)));
typedef double Line_f64 __attribute__((vector_size(64), aligned(8)));

#define CREDIT_LINE_f32 16
#define CREDIT_LINE_f64 8

// After step `half` of a square, elements whose row and column differ in that bit have changed
// places; after all steps it is transposed.
#define CREDIT_EXCHANGE(SIDE, HALF, LOW, HIGH)                                                \
    _Pragma("clang loop unroll(full)")                                                        \
    for (int k = 0; k < (SIDE); k++) {                                                        \
        if ((k & (HALF)) == 0) {                                                              \
            __typeof__(line[0]) upper = line[k], lower = line[k + (HALF)];                    \
            line[k] = LOW;                                                                    \
            line[k + (HALF)] = HIGH;                                                          \
        }                                                                                     \
    }

#define CREDIT_SHUFFLE(...) __builtin_shufflevector(upper, lower, __VA_ARGS__)

CREDIT_INLINE void transpose_square_f32(
    const float *input, ptrdiff_t input_stride, float *output, ptrdiff_t output_stride) {
    Line_f32 line[16];
    _Pragma("clang loop unroll(full)")
    for (int k = 0; k < 16; k++) { line[k] = *(const Line_f32 *)(input + k * input_stride); }
    CREDIT_EXCHANGE(16, 8,
        CREDIT_SHUFFLE(0, 1, 2, 3, 4, 5, 6, 7, 16, 17, 18, 19, 20, 21, 22, 23),
        CREDIT_SHUFFLE(8, 9, 10, 11, 12, 13, 14, 15, 24, 25, 26, 27, 28, 29, 30, 31))
    CREDIT_EXCHANGE(16, 4,
        CREDIT_SHUFFLE(0, 1, 2, 3, 16, 17, 18, 19, 8, 9, 10, 11, 24, 25, 26, 27),
        CREDIT_SHUFFLE(4, 5, 6, 7, 20, 21, 22, 23, 12, 13, 14, 15, 28, 29, 30, 31))
    CREDIT_EXCHANGE(16, 2,
        CREDIT_SHUFFLE(0, 1, 16, 17, 4, 5, 20, 21, 8, 9, 24, 25, 12, 13, 28, 29),
        CREDIT_SHUFFLE(2, 3, 18, 19, 6, 7, 22, 23, 10, 11, 26, 27, 14, 15, 30, 31))
    CREDIT_EXCHANGE(16, 1,
        CREDIT_SHUFFLE(0, 16, 2, 18, 4, 20, 6, 22, 8, 24, 10, 26, 12, 28, 14, 30),
        CREDIT_SHUFFLE(1, 17, 3, 19, 5, 21, 7, 23, 9, 25, 11, 27, 13, 29, 15, 31))
    _Pragma("clang loop unroll(full)")
    for (int k = 0; k < 16; k++) { *(Line_f32 *)(output + k * output_stride) = line[k]; }
}

CREDIT_INLINE void transpose_square_f64(
    const double *input, ptrdiff_t input_stride, double *output, ptrdiff_t output_stride) {
    Line_f64 line[8];
    _Pragma("clang loop unroll(full)")
    for (int k = 0; k < 8; k++) { line[k] = *(const Line_f64 *)(input + k * input_stride); }
    CREDIT_EXCHANGE(8, 4,
        CREDIT_SHUFFLE(0, 1, 2, 3, 8, 9, 10, 11), CREDIT_SHUFFLE(4, 5, 6, 7, 12, 13, 14, 15))
    CREDIT_EXCHANGE(8, 2,
        CREDIT_SHUFFLE(0, 1, 8, 9, 4, 5, 12, 13), CREDIT_SHUFFLE(2, 3, 10, 11, 6, 7, 14, 15))
    CREDIT_EXCHANGE(8, 1,
        CREDIT_SHUFFLE(0, 8, 2, 10, 4, 12, 6, 14), CREDIT_SHUFFLE(1, 9, 3, 11, 5, 13, 7, 15))
    _Pragma("clang loop unroll(full)")
    for (int k = 0; k < 8; k++) { *(Line_f64 *)(output + k * output_stride) = line[k]; }
}

// So many rows and columns at a time, for the sake of the pages that they lie on.
#define CREDIT_TILE 64

#define CREDIT_TRANSPOSITION(S, T)                                                            \
    CREDIT_INLINE void transpose_part_##S(                                                    \
        ptrdiff_t rows, ptrdiff_t columns, const T *input, ptrdiff_t input_stride, T *output, \
        ptrdiff_t output_stride) {                                                            \
        const ptrdiff_t side = CREDIT_LINE_##S;                                               \
        ptrdiff_t whole_rows = rows - rows % side, whole_columns = columns - columns % side;  \
        for (ptrdiff_t j = 0; j < whole_columns; j += side) {                                 \
            for (ptrdiff_t i = 0; i < whole_rows; i += side) {                                \
                transpose_square_##S(                                                         \
                    input + i * input_stride + j, input_stride, output + j * output_stride + i,\
                    output_stride);                                                           \
            }                                                                                 \
        }                                                                                     \
        for (ptrdiff_t i = 0; i < rows; i++) {                                                \
            for (ptrdiff_t j = i < whole_rows ? whole_columns : 0; j < columns; j++) {        \
                output[j * output_stride + i] = input[i * input_stride + j];                  \
            }                                                                                 \
        }                                                                                     \
    }                                                                                         \
    CREDIT_KERNEL void credit_transpose_##S(                                                  \
        ptrdiff_t rows, ptrdiff_t columns, const T *input, ptrdiff_t input_stride, T *output, \
        ptrdiff_t output_stride) {                                                            \
        for (ptrdiff_t j = 0; j < columns; j += CREDIT_TILE) {                                \
            ptrdiff_t width = columns - j < CREDIT_TILE ? columns - j : CREDIT_TILE;          \
            for (ptrdiff_t i = 0; i < rows; i += CREDIT_TILE) {                               \
                ptrdiff_t height = rows - i < CREDIT_TILE ? rows - i : CREDIT_TILE;           \
                transpose_part_##S(                                                           \
                    height, width, input + i * input_stride + j, input_stride,                \
                    output + j * output_stride + i, output_stride);                           \
            }                                                                                 \
        }                                                                                     \
    }

CREDIT_TRANSPOSITION(f32, float)
CREDIT_TRANSPOSITION(f64, double)
