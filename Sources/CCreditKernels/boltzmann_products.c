// SPDX-License-Identifier: Apache-2.0
//
// Products in tiles that stay in registers: every element of a result is one sum in the order of
// its terms, whatever the tile.

#include "unit_lanes.h"

#define CREDIT_TILE_ROWS 8

CREDIT_INLINE void product_tile(
    int rows, int vectors, ptrdiff_t inputs, ptrdiff_t input_stride, ptrdiff_t stride,
    const float *input, const float *weights, const float *biases, float *output) {
    Lanes sums[CREDIT_TILE_ROWS][2];
    for (int r = 0; r < rows; r++) {
        for (int v = 0; v < vectors; v++) sums[r][v] = lanes_at(biases)[v];
    }
    for (ptrdiff_t k = 0; k < inputs; k++) {
        const Lanes *w = lanes_at(weights + k * stride);
        for (int r = 0; r < rows; r++) {
            float x = input[r * input_stride + k];
            for (int v = 0; v < vectors; v++) sums[r][v] += x * w[v];
        }
    }
    for (int r = 0; r < rows; r++) {
        Lanes *out = (Lanes *)(output + r * stride);
        for (int v = 0; v < vectors; v++) out[v] = sums[r][v];
    }
}

CREDIT_KERNEL void credit_unit_products(
    ptrdiff_t rows, ptrdiff_t inputs, ptrdiff_t input_stride, ptrdiff_t stride,
    const float *input, const float *weights, const float *biases, float *output) {
    ptrdiff_t width;
    for (ptrdiff_t column = 0; column < stride; column += width) {
        width = stride - column < 2 * CREDIT_UNIT_STEP ? CREDIT_UNIT_STEP : 2 * CREDIT_UNIT_STEP;
        const float *w = weights + column, *b = biases + column;
        ptrdiff_t height;
        for (ptrdiff_t row = 0; row < rows; row += height) {
            const float *x = input + row * input_stride;
            float *y = output + row * stride + column;
            height = rows - row < CREDIT_TILE_ROWS ? 1 : CREDIT_TILE_ROWS;
            // Constant sizes, so that the sums are registers.
            if (height > 1 && width > CREDIT_UNIT_STEP) {
                product_tile(CREDIT_TILE_ROWS, 2, inputs, input_stride, stride, x, w, b, y);
            } else if (height > 1) {
                product_tile(CREDIT_TILE_ROWS, 1, inputs, input_stride, stride, x, w, b, y);
            } else if (width > CREDIT_UNIT_STEP) {
                product_tile(1, 2, inputs, input_stride, stride, x, w, b, y);
            } else {
                product_tile(1, 1, inputs, input_stride, stride, x, w, b, y);
            }
        }
    }
}

CREDIT_KERNEL void credit_unit_sums(
    ptrdiff_t rows, ptrdiff_t stride, const float *values, const float *factors, float *output) {
    for (ptrdiff_t column = 0; column < stride; column += CREDIT_UNIT_STEP) {
        Lanes sum = {0};
        for (ptrdiff_t row = 0; row < rows; row++) {
            Lanes value = *lanes_at(values + row * stride + column);
            sum += factors == NULL ? value : factors[row] * value;
        }
        *(Lanes *)(output + column) = sum;
    }
}

CREDIT_KERNEL void credit_unit_spread_sums(
    ptrdiff_t rows, ptrdiff_t stride, const float *values, const float *means,
    const float *factors, float *output) {
    for (ptrdiff_t column = 0; column < stride; column += CREDIT_UNIT_STEP) {
        Lanes sum = {0};
        for (ptrdiff_t row = 0; row < rows; row++) {
            Lanes value = *lanes_at(values + row * stride + column);
            Lanes term = value * (value - *lanes_at(means + row * stride + column));
            sum += factors == NULL ? term : factors[row] * term;
        }
        *(Lanes *)(output + column) = sum;
    }
}
