// SPDX-License-Identifier: Apache-2.0

#include "kernel.h"
#include "lanes.h"

// Rows measured from a centre, without a copy of the matrix.

CREDIT_INLINE double centred_product(
    ptrdiff_t columns, const double *row, const double *center, const double *x) {
    double lanes[CREDIT_LANES] = {0};
    ptrdiff_t whole = columns - columns % CREDIT_LANES;
    for (ptrdiff_t first = 0; first < whole; first += CREDIT_LANES) {
        CREDIT_LANE_LOOP(
            lanes[lane] += (row[first + lane] - center[first + lane]) * x[first + lane])
    }
    for (ptrdiff_t i = whole; i < columns; i++) {
        lanes[i - whole] += (row[i] - center[i]) * x[i];
    }
    for (int half = CREDIT_LANES / 2; half > 0; half /= 2) {
        for (int lane = 0; lane < half; lane++) lanes[lane] += lanes[lane + half];
    }
    return lanes[0];
}

CREDIT_KERNEL void credit_centred_products_f64(
    ptrdiff_t rows, ptrdiff_t columns, const double *a, const double *center, const double *x,
    double *output) {
    for (ptrdiff_t row = 0; row < rows; row++) {
        output[row] = centred_product(columns, a + row * columns, center, x);
    }
}

CREDIT_KERNEL void credit_add_centred_rows_f64(
    ptrdiff_t rows, ptrdiff_t columns, const double *a, const double *center,
    const double *weights, double *output) {
    ptrdiff_t row = 0;
    for (; row + 4 <= rows; row += 4) {
        const double *x = a + row * columns, *w = weights + row;
        CREDIT_LOOP(columns,
            double c = center[i];
            output[i] += (w[0] * (x[i] - c) + w[1] * (x[i + columns] - c))
                + (w[2] * (x[i + 2 * columns] - c) + w[3] * (x[i + 3 * columns] - c)))
    }
    for (; row < rows; row++) {
        const double *x = a + row * columns, w = weights[row];
        CREDIT_LOOP(columns, output[i] += w * (x[i] - center[i]))
    }
}
