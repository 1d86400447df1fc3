// SPDX-License-Identifier: Apache-2.0
//
// Kernel values of rows with many others, which lie in panels of CREDIT_PANEL rows: the first
// values of all rows of the panel, then their second values, and so on. Every sum runs over the
// features in their order, so a value does not depend on the rows around it, and k(x, z) = k(z, x)
// bit by bit.

#include "kernel.h"

#define CREDIT_PANEL 32
#define CREDIT_KERNEL_BLOCK 512
#define CREDIT_ROWS_AT_ONCE 4

// Half a panel: its sums with four rows fit the registers.
#define CREDIT_PANEL_LANES 16

typedef double PanelLanes
    __attribute__((vector_size(CREDIT_PANEL_LANES * sizeof(double)), aligned(8)));

CREDIT_INLINE void panel_dots(
    const int rows, ptrdiff_t count, ptrdiff_t features, const double *panels,
    const double *const *row, double (*output)[CREDIT_KERNEL_BLOCK]) {
    for (ptrdiff_t first = 0; first < count; first += CREDIT_PANEL_LANES) {
        const double *lanes = panels + first / CREDIT_PANEL * CREDIT_PANEL * features
                              + first % CREDIT_PANEL;
        PanelLanes sums[CREDIT_ROWS_AT_ONCE] = {0};
        for (ptrdiff_t f = 0; f < features; f++) {
            for (int k = 0; k < rows; k++) {
                PanelLanes value = row[k][f] - (PanelLanes){0};
                sums[k] = CREDIT_FMA(*(const PanelLanes *)lanes, value, sums[k]);
            }
            lanes += CREDIT_PANEL;
        }
        for (int k = 0; k < rows; k++) *(PanelLanes *)(output[k] + first) = sums[k];
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

#define CREDIT_KERNEL_ROWS(NAME, S, T)                                                         \
    CREDIT_INLINE void NAME##_part(                                                            \
        const int rows, credit_kernel kernel, ptrdiff_t count, ptrdiff_t features,             \
        const double *panels, const double *squares, const double *const *row,                 \
        T *const *output) {                                                                    \
        double values[CREDIT_ROWS_AT_ONCE][CREDIT_KERNEL_BLOCK];                               \
        panel_dots(rows, count, features, panels, row, values);                                \
        for (int k = 0; k < rows; k++) {                                                       \
            double square = 0;                                                                 \
            for (ptrdiff_t f = 0; f < features; f++) {                                         \
                square = CREDIT_FMA(row[k][f], row[k][f], square);                             \
            }                                                                                  \
            kernel_arguments(kernel, count, squares, square, values[k]);                       \
            CREDIT_LOOP(count, output[k][i] = (T)values[k][i])                                 \
            if (kernel.kind == CREDIT_KERNEL_RADIAL) {                                         \
                credit_exp_##S(count, output[k], output[k]);                                   \
            }                                                                                  \
            if (kernel.kind == CREDIT_KERNEL_SIGMOID) {                                        \
                credit_tanh_##S(count, output[k], output[k]);                                  \
            }                                                                                  \
        }                                                                                      \
    }                                                                                          \
    CREDIT_KERNEL void NAME(                                                                   \
        credit_kernel kernel, ptrdiff_t count, ptrdiff_t features, const double *panels,       \
        const double *squares, ptrdiff_t rows, const double *matrix, const ptrdiff_t *numbers, \
        T *output, const ptrdiff_t *places, ptrdiff_t stride) {                                \
        for (ptrdiff_t first = 0; first < count; first += CREDIT_KERNEL_BLOCK) {               \
            ptrdiff_t part = count - first < CREDIT_KERNEL_BLOCK ? count - first               \
                                                                 : CREDIT_KERNEL_BLOCK;        \
            for (ptrdiff_t k = 0; k < rows;) {                                                 \
                int at_once = rows - k < CREDIT_ROWS_AT_ONCE ? 1 : CREDIT_ROWS_AT_ONCE;        \
                const double *row[CREDIT_ROWS_AT_ONCE];                                        \
                T *target[CREDIT_ROWS_AT_ONCE];                                                \
                for (int i = 0; i < at_once; i++) {                                            \
                    row[i] = matrix + numbers[k + i] * features;                               \
                    target[i] = output + places[k + i] * stride + first;                       \
                }                                                                              \
                if (at_once == 1) {                                                            \
                    NAME##_part(                                                               \
                        1, kernel, part, features, panels + first * features, squares + first, \
                        row, target);                                                          \
                } else {                                                                       \
                    NAME##_part(                                                               \
                        CREDIT_ROWS_AT_ONCE, kernel, part, features,                           \
                        panels + first * features, squares + first, row, target);              \
                }                                                                              \
                k += at_once;                                                                  \
            }                                                                                  \
        }                                                                                      \
    }

CREDIT_KERNEL_ROWS(credit_kernel_rows_f32, f32, float)
CREDIT_KERNEL_ROWS(credit_kernel_rows_f64, f64, double)

CREDIT_KERNEL void credit_panel_squares(
    ptrdiff_t count, ptrdiff_t features, const double *panels, double *squares) {
    for (ptrdiff_t first = 0; first < count; first += CREDIT_PANEL) {
        double *sums = squares + first;
        CREDIT_LOOP(CREDIT_PANEL, sums[i] = 0)
        for (ptrdiff_t f = 0; f < features; f++) {
            CREDIT_LOOP(CREDIT_PANEL, sums[i] = CREDIT_FMA(panels[i], panels[i], sums[i]))
            panels += CREDIT_PANEL;
        }
    }
}
