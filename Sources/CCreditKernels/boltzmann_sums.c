// SPDX-License-Identifier: Apache-2.0

#include "unit_lanes.h"

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
