// SPDX-License-Identifier: Apache-2.0
//
// Sums of rows by group, and distances to the centres of groups. Rows are added in their order, and
// every column by itself, so the bits do not depend on the width of a vector.

#include "kernel.h"
#include "lanes.h"

CREDIT_KERNEL void credit_add_grouped_rows_f64(
    ptrdiff_t rows, ptrdiff_t columns, const double *a, const ptrdiff_t *groups,
    const double *weights, double *output) {
    for (ptrdiff_t row = 0; row < rows; row++) {
        const double *x = a + row * columns, weight = weights[row];
        double *sum = output + groups[row] * columns;
        if (weight == 0) continue;
        CREDIT_LOOP(columns, sum[i] += weight * x[i])
    }
}

CREDIT_KERNEL void credit_add_grouped_squares_f64(
    ptrdiff_t rows, ptrdiff_t columns, const double *a, const ptrdiff_t *groups,
    const double *weights, const double *centers, double *output) {
    for (ptrdiff_t row = 0; row < rows; row++) {
        const double *x = a + row * columns, weight = weights[row];
        const double *center = centers + groups[row] * columns;
        double *sum = output + groups[row] * columns;
        if (weight == 0) continue;
        CREDIT_LOOP(columns, double d = x[i] - center[i]; sum[i] += weight * (d * d))
    }
}

CREDIT_INLINE double scaled_distance(
    ptrdiff_t columns, const double *x, const double *center, const double *scale) {
    double lanes[CREDIT_LANES] = {0};
    ptrdiff_t whole = columns - columns % CREDIT_LANES;
    for (ptrdiff_t first = 0; first < whole; first += CREDIT_LANES) {
        CREDIT_LANE_LOOP(
            double d = x[first + lane] - center[first + lane];
            lanes[lane] += d * d * scale[first + lane])
    }
    for (ptrdiff_t i = whole; i < columns; i++) {
        double d = x[i] - center[i];
        lanes[i - whole] += d * d * scale[i];
    }
    for (int half = CREDIT_LANES / 2; half > 0; half /= 2) {
        for (int lane = 0; lane < half; lane++) lanes[lane] += lanes[lane + half];
    }
    return lanes[0];
}

CREDIT_KERNEL void credit_scaled_distances_f64(
    ptrdiff_t rows, ptrdiff_t columns, ptrdiff_t groups, const double *a, const double *centers,
    const double *scales, double *output) {
    for (ptrdiff_t row = 0; row < rows; row++) {
        for (ptrdiff_t group = 0; group < groups; group++) {
            output[row * groups + group] = scaled_distance(
                columns, a + row * columns, centers + group * columns, scales + group * columns);
        }
    }
}
