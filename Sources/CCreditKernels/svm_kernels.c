// SPDX-License-Identifier: Apache-2.0
//
// Kernel values of one row with many, which lie in panels of CREDIT_PANEL rows: the first values of
// all rows of the panel, then their second values, and so on. Every sum runs over the features in
// their order, so a value does not depend on the rows around it, and k(x, z) = k(z, x) bit by bit.

#include "kernel.h"

#define CREDIT_PANEL 32
#define CREDIT_KERNEL_BLOCK 512

typedef double PanelLanes
    __attribute__((vector_size(CREDIT_PANEL * sizeof(double)), aligned(8)));

CREDIT_INLINE void panel_dots(
    ptrdiff_t count, ptrdiff_t features, const double *panels, const double *row,
    double *output) {
    for (ptrdiff_t first = 0; first < count; first += CREDIT_PANEL) {
        PanelLanes sums = {0};
        for (ptrdiff_t f = 0; f < features; f++) {
            sums += *(const PanelLanes *)panels * row[f];
            panels += CREDIT_PANEL;
        }
        *(PanelLanes *)(output + first) = sums;
    }
}

// What the transcendental function of a kernel is taken of, or the value of the kernel itself.
CREDIT_INLINE void kernel_arguments(
    credit_kernel kernel, ptrdiff_t count, const double *squares, double square, double *values) {
    double bases[CREDIT_KERNEL_BLOCK];
    switch (kernel.kind) {
    case CREDIT_KERNEL_RADIAL:
        CREDIT_LOOP(
            count, double distance = (squares[i] + square) - 2 * values[i];
            values[i] = -kernel.gamma * (distance > 0 ? distance : 0))
        break;
    case CREDIT_KERNEL_POLYNOMIAL:
        CREDIT_LOOP(
            count, values[i] = kernel.gamma * values[i] + kernel.offset; bases[i] = values[i])
        for (int k = 1; k < kernel.degree; k++) CREDIT_LOOP(count, values[i] *= bases[i])
        break;
    case CREDIT_KERNEL_SIGMOID:
        CREDIT_LOOP(count, values[i] = kernel.gamma * values[i] + kernel.offset)
        break;
    default:
        break;
    }
}

// `first` is a multiple of the panel.
#define CREDIT_KERNEL_ROW(NAME, S, T)                                                          \
    CREDIT_KERNEL void NAME(                                                                   \
        credit_kernel kernel, ptrdiff_t first, ptrdiff_t count, ptrdiff_t features,            \
        const double *panels, const double *squares, const double *row, double square,         \
        T *output) {                                                                           \
        double values[CREDIT_KERNEL_BLOCK];                                                    \
        for (ptrdiff_t end = first + count; first < end; first += CREDIT_KERNEL_BLOCK) {       \
            ptrdiff_t part = end - first < CREDIT_KERNEL_BLOCK ? end - first                   \
                                                               : CREDIT_KERNEL_BLOCK;          \
            panel_dots(part, features, panels + first * features, row, values);                \
            kernel_arguments(kernel, part, squares + first, square, values);                   \
            CREDIT_LOOP(part, output[i] = (T)values[i])                                        \
            if (kernel.kind == CREDIT_KERNEL_RADIAL) credit_exp_##S(part, output, output);     \
            if (kernel.kind == CREDIT_KERNEL_SIGMOID) credit_tanh_##S(part, output, output);   \
            output += part;                                                                    \
        }                                                                                      \
    }

CREDIT_KERNEL_ROW(credit_kernel_row_f32, f32, float)
CREDIT_KERNEL_ROW(credit_kernel_row_f64, f64, double)
