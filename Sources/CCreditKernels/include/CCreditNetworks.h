// SPDX-License-Identifier: Apache-2.0
//
// Kernels of neural networks. Matrices are row-major and contiguous. Every function gives the same
// bits on every processor. Outputs may be one of the inputs where both have the same shape.

#ifndef CCREDIT_NETWORKS_H
#define CCREDIT_NETWORKS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define CREDIT_DECLARE_NETWORKS(S, T)                                                         \
    /* Every row of the output is `row`. */                                                   \
    void credit_net_fill_rows_##S(                                                            \
        ptrdiff_t rows, ptrdiff_t columns, const T *row, T *output);                          \
    /* Adds the sum of every column, rows in ascending order. */                              \
    void credit_net_add_column_sums_##S(                                                      \
        ptrdiff_t rows, ptrdiff_t columns, const T *values, T *sums);                         \
    /* Rows `indices[i]` of a matrix, one after the other. */                                 \
    void credit_net_gather_rows_##S(                                                          \
        ptrdiff_t count, ptrdiff_t columns, const ptrdiff_t *indices, const T *values,        \
        T *output);                                                                           \
    /* C = row + A B, every element summed in the order of the depth, with A (rows x depth). */ \
    void credit_ordered_product_##S(                                                          \
        ptrdiff_t rows, ptrdiff_t columns, ptrdiff_t depth, const T *a, ptrdiff_t lda,        \
        const T *b, const T *row, T *c);                                                      \
    /* Gradients times the slope of an activation, given by the activation's output. */       \
    void credit_net_relu_slope_##S(ptrdiff_t count, const T *output, T *gradient);            \
    void credit_net_tanh_slope_##S(ptrdiff_t count, const T *output, T *gradient);            \
    void credit_net_sigmoid_slope_##S(ptrdiff_t count, const T *output, T *gradient);         \
    /* x / sqrt(2) and -x^2 / 2, whose erf and exp the next function takes. */                \
    void credit_net_gelu_arguments_##S(                                                       \
        ptrdiff_t count, const T *x, T *scaled, T *square);                                   \
    /* x times the normal distribution function; its slope replaces the error function. */    \
    void credit_net_gelu_##S(                                                                 \
        ptrdiff_t count, const T *x, T *error_function, const T *bell, T *output);            \
    /* Keeps an element times `scale` where its 16 random bits are below `threshold`, and */  \
    /* otherwise makes it 0; `mask` takes the factors. */                                     \
    void credit_net_dropout_##S(                                                              \
        ptrdiff_t count, uint64_t key, uint32_t threshold, T scale, const T *input,           \
        T *output, T *mask);                                                                  \
    /* Vectors of a table (levels x width) for the codes in a column, from `start` on in every */ \
    /* output row; zeros for a code that is no level. */                                      \
    void credit_net_embed_##S(                                                                \
        ptrdiff_t rows, ptrdiff_t inputs, ptrdiff_t outputs, ptrdiff_t column,                \
        ptrdiff_t levels, ptrdiff_t width, ptrdiff_t start, const T *table, const T *input,   \
        T *output);                                                                           \
    /* Adds the gradients of those vectors to that of the table. */                           \
    void credit_net_embed_gradient_##S(                                                       \
        ptrdiff_t rows, ptrdiff_t inputs, ptrdiff_t outputs, ptrdiff_t column,                \
        ptrdiff_t levels, ptrdiff_t width, ptrdiff_t start, const T *input,                   \
        const T *output_gradient, T *table_gradient);                                         \
    /* Columns normalised by the means and variances of the rows; `normal` takes the values */ \
    /* before scale and offset, `inverse` one over the standard deviations. Running means and */ \
    /* variances move by `momentum`. */                                                       \
    void credit_net_batch_norm_##S(                                                           \
        ptrdiff_t rows, ptrdiff_t columns, double epsilon, double momentum, const T *scale,   \
        const T *offset, T *running_mean, T *running_variance, const T *input, T *output,     \
        T *normal, T *inverse);                                                               \
    /* The same by the running means and variances. */                                        \
    void credit_net_batch_norm_still_##S(                                                     \
        ptrdiff_t rows, ptrdiff_t columns, double epsilon, const T *scale, const T *offset,   \
        const T *running_mean, const T *running_variance, const T *input, T *output);         \
    /* `input_gradient` may be NULL or the output's gradient. */                              \
    void credit_net_batch_norm_gradient_##S(                                                  \
        ptrdiff_t rows, ptrdiff_t columns, const T *scale, const T *normal, const T *inverse, \
        const T *output_gradient, T *scale_gradient, T *offset_gradient, T *input_gradient);  \
    /* Rows normalised by their own mean and variance; `inverse` has one number per row. */   \
    void credit_net_layer_norm_##S(                                                           \
        ptrdiff_t rows, ptrdiff_t columns, double epsilon, const T *scale, const T *offset,   \
        const T *input, T *output, T *normal, T *inverse);                                    \
    void credit_net_layer_norm_gradient_##S(                                                  \
        ptrdiff_t rows, ptrdiff_t columns, const T *scale, const T *normal, const T *inverse, \
        const T *output_gradient, T *scale_gradient, T *offset_gradient, T *input_gradient);  \
    /* The sum of squares. */                                                                 \
    double credit_net_squared_norm_##S(ptrdiff_t count, const T *values);                     \
    /* Weighted sums of losses; the gradients are those of the sum. `focal` is gamma. */      \
    double credit_net_softmax_loss_##S(                                                       \
        ptrdiff_t rows, ptrdiff_t classes, double focal, const T *outputs,                    \
        const T *targets, const T *weights, T *gradient);                                     \
    double credit_net_logistic_loss_##S(                                                      \
        ptrdiff_t rows, double focal, const T *outputs, const T *targets, const T *weights,   \
        T *gradient);                                                                         \
    double credit_net_squared_loss_##S(                                                       \
        ptrdiff_t rows, ptrdiff_t columns, const T *outputs, const T *targets,                \
        const T *weights, T *gradient);                                                       \
    double credit_net_huber_loss_##S(                                                         \
        ptrdiff_t rows, ptrdiff_t columns, double delta, const T *outputs, const T *targets,  \
        const T *weights, T *gradient);                                                       \
    double credit_net_poisson_loss_##S(                                                       \
        ptrdiff_t rows, ptrdiff_t columns, const T *outputs, const T *targets,                \
        const T *weights, T *gradient);                                                       \
    /* Steps of optimisers with gradient = scale * gradient + decay * parameter. */           \
    void credit_net_sgd_##S(                                                                  \
        ptrdiff_t count, T scale, T decay, T momentum, bool nesterov, T rate,                 \
        const T *gradient, T *velocity, T *parameters);                                       \
    /* Parameters are first multiplied by `shrink`. */                                        \
    void credit_net_adam_##S(                                                                 \
        ptrdiff_t count, T scale, T decay, T shrink, T beta1, T beta2, T rate,                \
        T root_correction, T epsilon, const T *gradient, T *first, T *second,                 \
        T *parameters);                                                                       \
    void credit_net_rmsprop_##S(                                                              \
        ptrdiff_t count, T scale, T decay, T alpha, T epsilon, T momentum, T rate,            \
        const T *gradient, T *second, T *velocity, T *parameters);

CREDIT_DECLARE_NETWORKS(f32, float)
CREDIT_DECLARE_NETWORKS(f64, double)

#undef CREDIT_DECLARE_NETWORKS

#endif
