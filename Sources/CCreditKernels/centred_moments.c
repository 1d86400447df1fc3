// SPDX-License-Identifier: Apache-2.0
//
// First and second moments of rows measured from a centre, in one pass over the rows.

#include "ordered_tiles.h"

// Eight numbers, in one register or more.
typedef double credit_eight __attribute__((ext_vector_type(8), aligned(8)));

CREDIT_ORDERED_TILE(add_moments, double, credit_eight, 2, CREDIT_FMA)

// Adds the products of eight elements of each left row with 8 * `width` elements of the right row.
CREDIT_INLINE void moment_tile(
    const int width, ptrdiff_t rows, ptrdiff_t stride, const double *left, const double *right,
    double *output) {
    credit_eight sums[8][2] = {0};
    add_moments(8, width, rows, left, 1, stride, right, stride, 8, sums);
    for (int k = 0; k < 8; k++, output += stride) {
        for (int j = 0; j < width; j++) ((credit_eight *)output)[j] += sums[k][j];
    }
}

// `stride` elements of a right row: the differences, 1, then 0. Of a left row: the weight times
// these, but for the residual after the weight.
CREDIT_INLINE void moment_row(
    ptrdiff_t columns, ptrdiff_t stride, const double *x, const double *center, double weight,
    double residual, double *left, double *right) {
    CREDIT_LOOP(columns,
        double difference = x[i] - center[i];
        right[i] = difference;
        left[i] = weight * difference)
    for (ptrdiff_t i = columns; i < stride; i++) { left[i] = right[i] = 0; }
    right[columns] = 1;
    left[columns] = weight;
    left[columns + 1] = residual;
}

CREDIT_KERNEL void credit_add_centred_moments_f64(
    ptrdiff_t rows, ptrdiff_t columns, const double *a, const double *center,
    const double *weights, const double *residuals, double *scratch, double *output) {
    ptrdiff_t stride = credit_moment_stride(columns);
    double *left = scratch, *right = scratch + CREDIT_MOMENT_ROWS * stride;
    for (ptrdiff_t start = 0; start < rows; start += CREDIT_MOMENT_ROWS) {
        ptrdiff_t count = rows - start < CREDIT_MOMENT_ROWS ? rows - start : CREDIT_MOMENT_ROWS;
        for (ptrdiff_t row = 0; row < count; row++) {
            moment_row(
                columns, stride, a + (start + row) * columns, center, weights[start + row],
                residuals[start + row], left + row * stride, right + row * stride);
        }
        for (ptrdiff_t i = 0; i < stride; i += 8) {
            double *sums = output + i * stride;
            ptrdiff_t j = 0;
            for (; j + 8 <= i; j += 16) {
                moment_tile(2, count, stride, left + i, right + j, sums + j);
            }
            if (j <= i) moment_tile(1, count, stride, left + i, right + j, sums + j);
        }
    }
}
