// SPDX-License-Identifier: Apache-2.0
//
// Kernels of recurrent networks. Products are fused multiply-adds on every processor (a function of
// the C library stands in where there is no instruction), and every element of a product is summed
// in the order of the depth: the bits depend neither on the processor nor on the other rows.

#ifndef CCREDIT_SEQUENCES_H
#define CCREDIT_SEQUENCES_H

#include <stdbool.h>
#include <stddef.h>

// The columns of a panel.
#define CREDIT_PANEL_F32 32
#define CREDIT_PANEL_F64 16

// The units of a panel of an LSTM.
#define CREDIT_STEP_UNITS_F32 16
#define CREDIT_STEP_UNITS_F64 8

#define CREDIT_DECLARE_SEQUENCES(S, T)                                                      \
    /* B (depth x columns) in panels of consecutive columns, the last one filled up with   \
       zeros; b is B, or its transpose. */                                                  \
    void credit_pack_panels_##S(                                                            \
        ptrdiff_t depth, ptrdiff_t columns, const T *b, ptrdiff_t ldb, bool transposed,     \
        T *panels);                                                                         \
    /* C = A B + bias, A B (bias is NULL), or C + A B, with A (rows x depth). */            \
    void credit_panel_product_##S(                                                          \
        ptrdiff_t rows, ptrdiff_t columns, ptrdiff_t depth, const T *a, ptrdiff_t lda,      \
        const T *panels, const T *bias, bool accumulate, T *c, ptrdiff_t ldc);              \
    /* C (rows x columns) += transpose of A (depth x rows) times B (depth x columns). */    \
    void credit_add_transposed_product_##S(                                                 \
        ptrdiff_t rows, ptrdiff_t columns, ptrdiff_t depth, const T *a, ptrdiff_t lda,      \
        const T *b, ptrdiff_t ldb, T *c, ptrdiff_t ldc);                                    \
    /* One step of an LSTM for some rows, which are contiguous but where a stride is given. */ \
    typedef struct {                                                                        \
        ptrdiff_t rows, inputs, hidden;                                                     \
        /* Of credit_pack_lstm. */                                                          \
        const T *panels;                                                                    \
        const T *input;                                                                     \
        /* The output before, and the cell before; NULL where they are 0. */                \
        const T *before;                                                                    \
        ptrdiff_t before_stride;                                                            \
        const T *cell_before;                                                               \
        /* The cell may be the one before. */                                               \
        T *cell, *output;                                                                   \
        ptrdiff_t output_stride;                                                            \
        /* The gates (i, f, g, o) and the tanh of the cell, for the way back, or NULL. */   \
        T *gates, *tanh_cell;                                                               \
    } credit_lstm_step_##S;                                                                 \
    /* Kernel (inputs x 4 hidden), recurrent weights (hidden x 4 hidden) and bias           \
       (4 hidden) in panels of consecutive units, the last one filled up with zeros:        \
       (1 + inputs + hidden) rows of the four gates, the bias first. */                     \
    void credit_pack_lstm_##S(                                                              \
        ptrdiff_t inputs, ptrdiff_t hidden, const T *kernel, const T *recurrent,            \
        const T *bias, T *panels);                                                          \
    void credit_take_lstm_step_##S(const credit_lstm_step_##S *step);                       \
    /* Gates become the derivatives by their arguments; `carried_output` is that of the     \
       later steps, and `carried_cell` becomes that of the cell before. */                  \
    void credit_lstm_step_back_##S(                                                         \
        ptrdiff_t rows, ptrdiff_t hidden, T *gates, const T *previous,                      \
        ptrdiff_t previous_stride, const T *tanh_cell, const T *output,                     \
        ptrdiff_t output_stride, const T *carried_output, T *carried_cell);                 \
    /* One step of a GRU for rows of (n of the input, r, z, n of the output before). */     \
    void credit_gru_step_##S(                                                               \
        ptrdiff_t rows, ptrdiff_t hidden, T *gates, const T *previous,                      \
        ptrdiff_t previous_stride, T *output, ptrdiff_t output_stride);                     \
    /* `carried_output` becomes what reaches the output before through z. */                \
    void credit_gru_step_back_##S(                                                          \
        ptrdiff_t rows, ptrdiff_t hidden, T *gates, const T *previous,                      \
        ptrdiff_t previous_stride, const T *output, ptrdiff_t output_stride,                \
        T *carried_output);

// (value - mean) / scale of every column, kept within 1e30.
void credit_scale_rows_f32(
    ptrdiff_t rows, ptrdiff_t columns, const double *values, const double *means,
    const double *scales, float *output);

CREDIT_DECLARE_SEQUENCES(f32, float)
CREDIT_DECLARE_SEQUENCES(f64, double)

#endif
