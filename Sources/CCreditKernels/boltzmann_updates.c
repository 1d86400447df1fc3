// SPDX-License-Identifier: Apache-2.0

#include "ordered_tiles.h"
#include "unit_lanes.h"

#define CREDIT_TILE_UNITS 8

CREDIT_ORDERED_TILE(add_pairs, float, Lanes, 2, CREDIT_ROUNDED_ADD)

// The scaled sum of the products of `units` first states with 16 or 32 second ones.
CREDIT_INLINE void pair_tile(
    const int units, const int vectors, ptrdiff_t units_stride, ptrdiff_t stride,
    const credit_unit_pairs *pairs, ptrdiff_t unit, ptrdiff_t column, Lanes (*sums)[2]) {
    for (int u = 0; u < units; u++) {
        for (int v = 0; v < vectors; v++) sums[u][v] = (Lanes){0};
    }
    add_pairs(
        units, vectors, pairs->rows, pairs->first + unit, 1, units_stride,
        pairs->second + column, stride, CREDIT_UNIT_STEP, sums);
    for (int u = 0; u < units; u++) {
        for (int v = 0; v < vectors; v++) sums[u][v] *= pairs->scale;
    }
}

CREDIT_INLINE void move_lanes(
    const Lanes *gradient, const credit_weight_step *step, Lanes *w, Lanes *v) {
    if (step->is_literal) {
        *w = *w + (step->momentum * *v + (step->rate - step->l2) * *gradient);
        *v = *gradient;
    } else {
        // A comparison that holds is -1.
        Lanes sign = __builtin_convertvector((*w < 0) - (*w > 0), Lanes);
        Lanes pull = (*gradient - step->l2 * *w) - step->l1 * sign;
        *v = step->momentum * *v + step->rate * pull;
        *w = *w + *v;
    }
}

CREDIT_INLINE void update_tile(
    int units, int vectors, const credit_unit_layer *layer, ptrdiff_t unit, ptrdiff_t column,
    const credit_unit_pairs *positive, const credit_unit_pairs *negative,
    const credit_weight_step *step) {
    ptrdiff_t units_stride = layer->units_stride, stride = layer->stride;
    Lanes gradient[CREDIT_TILE_UNITS][2], other[CREDIT_TILE_UNITS][2];
    pair_tile(units, vectors, units_stride, stride, positive, unit, column, gradient);
    pair_tile(units, vectors, units_stride, stride, negative, unit, column, other);
    for (int u = 0; u < units; u++) {
        ptrdiff_t place = (unit + u) * stride + column;
        Lanes *w = (Lanes *)(layer->weights + place), *s = (Lanes *)(layer->velocities + place);
        for (int v = 0; v < vectors; v++) {
            gradient[u][v] -= other[u][v];
            move_lanes(&gradient[u][v], step, &w[v], &s[v]);
        }
    }
    for (ptrdiff_t j = column; j < column + vectors * CREDIT_UNIT_STEP; j++) {
        for (int u = 0; u < units; u++) {
            layer->transposed[j * units_stride + unit + u] =
                layer->weights[(unit + u) * stride + j];
        }
    }
}

CREDIT_KERNEL void credit_unit_update(
    const credit_unit_layer *layer, ptrdiff_t first_column, ptrdiff_t column_count,
    const credit_unit_pairs *positive, const credit_unit_pairs *negative,
    const credit_weight_step *step) {
    ptrdiff_t end = first_column + column_count, width;
    for (ptrdiff_t column = first_column; column < end; column += width) {
        width = end - column < 2 * CREDIT_UNIT_STEP ? CREDIT_UNIT_STEP : 2 * CREDIT_UNIT_STEP;
        ptrdiff_t height;
        for (ptrdiff_t unit = 0; unit < layer->units; unit += height) {
            height = layer->units - unit < CREDIT_TILE_UNITS ? 1 : CREDIT_TILE_UNITS;
            // Constant sizes, so that the sums are registers.
            if (height > 1 && width > CREDIT_UNIT_STEP) {
                update_tile(CREDIT_TILE_UNITS, 2, layer, unit, column, positive, negative, step);
            } else if (height > 1) {
                update_tile(CREDIT_TILE_UNITS, 1, layer, unit, column, positive, negative, step);
            } else if (width > CREDIT_UNIT_STEP) {
                update_tile(1, 2, layer, unit, column, positive, negative, step);
            } else {
                update_tile(1, 1, layer, unit, column, positive, negative, step);
            }
        }
    }
}
