// SPDX-License-Identifier: Apache-2.0
//
// The search for rows that may be near to some queries, by lower bounds of squared distances that
// never leave the registers.

#include "kernel.h"

typedef float credit_sixteen __attribute__((ext_vector_type(16), aligned(4)));
typedef int credit_sixteen_flags __attribute__((ext_vector_type(16)));

enum { vectors = CREDIT_NEAR_ROWS / 16 };

CREDIT_INLINE uint32_t rows_not_above(const credit_sixteen *bounds, float limit) {
    float values[CREDIT_NEAR_ROWS];
    memcpy(values, bounds, sizeof values);
    uint32_t mask = 0;
    for (int row = 0; row < CREDIT_NEAR_ROWS; row++) {
        mask |= (uint32_t)!(values[row] > limit) << row;
    }
    return mask;
}

CREDIT_KERNEL ptrdiff_t credit_next_near_panel(
    ptrdiff_t start, ptrdiff_t count, ptrdiff_t columns, const float *panels,
    const float *lengths, const float *queries, const float *limits, uint32_t *masks) {
    for (ptrdiff_t panel = start; panel < count; panel++) {
        const credit_sixteen *rows =
            (const credit_sixteen *)(panels + panel * columns * CREDIT_NEAR_ROWS);
        const credit_sixteen *length =
            (const credit_sixteen *)(lengths + panel * CREDIT_NEAR_ROWS);
        credit_sixteen bounds[CREDIT_NEAR_QUERIES][vectors] = {0};
        for (ptrdiff_t k = 0; k < columns; k++) {
            const float *query = queries + k * CREDIT_NEAR_QUERIES;
            for (int q = 0; q < CREDIT_NEAR_QUERIES; q++) {
                for (int v = 0; v < vectors; v++) {
                    bounds[q][v] = CREDIT_FMA(
                        (credit_sixteen)query[q], rows[k * vectors + v], bounds[q][v]);
                }
            }
        }
        credit_sixteen_flags any = 0;
        for (int q = 0; q < CREDIT_NEAR_QUERIES; q++) {
            for (int v = 0; v < vectors; v++) {
                bounds[q][v] = length[v] - 2 * bounds[q][v];
                any |= ~(bounds[q][v] > (credit_sixteen)limits[q]);
            }
        }
        if (__builtin_reduce_or(any) == 0) continue;
        for (int q = 0; q < CREDIT_NEAR_QUERIES; q++) {
            masks[q] = rows_not_above(bounds[q], limits[q]);
        }
        return panel;
    }
    return count;
}
