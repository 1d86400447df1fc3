// SPDX-License-Identifier: Apache-2.0
//
// Elementwise and reduction kernels. Every function gives the same bits on every processor: no
// operation is fused but where all processors fuse it, and reductions add in a fixed order of lanes
// and blocks. Elementwise outputs may be one of the inputs; other overlaps are not allowed.

#ifndef CCREDIT_KERNELS_H
#define CCREDIT_KERNELS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "CCreditNetworks.h"
#include "CCreditBoltzmann.h"
#include "CCreditSequences.h"
#include "CCreditTrees.h"

// Streaming, what is written goes to memory past the caches, for other threads to read after
// credit_order_streaming; the output is then none of the inputs.
#define CREDIT_DECLARE_BINARY(NAME, S, T)                                                 \
    void credit_##NAME##_##S(ptrdiff_t count, const T *a, const T *b, T *output);         \
    void credit_##NAME##_streaming_##S(                                                   \
        ptrdiff_t count, const T *a, const T *b, T *output, bool streaming);              \
    void credit_##NAME##_scalar_##S(ptrdiff_t count, const T *a, T b, T *output);         \
    void credit_##NAME##_scalar_streaming_##S(                                            \
        ptrdiff_t count, const T *a, T b, T *output, bool streaming);

#define CREDIT_DECLARE_UNARY(NAME, S, T)                                                  \
    void credit_##NAME##_##S(ptrdiff_t count, const T *input, T *output);                 \
    void credit_##NAME##_streaming_##S(                                                   \
        ptrdiff_t count, const T *input, T *output, bool streaming);

// Row-major matrices.
#define CREDIT_DECLARE_ROWS(NAME, S, T)                                                   \
    void credit_##NAME##_##S(                                                             \
        ptrdiff_t rows, ptrdiff_t columns, const T *input, T *output);

// A block of at most 1024 rows, which lie `stride` elements from each other.
#define CREDIT_DECLARE_COLUMNS(NAME, S, T)                                                \
    void credit_##NAME##_##S(                                                             \
        ptrdiff_t rows, ptrdiff_t columns, ptrdiff_t stride, const T *a, T *output);

#define CREDIT_DECLARE(S, T)                                                              \
    CREDIT_DECLARE_BINARY(add, S, T)                                                      \
    CREDIT_DECLARE_BINARY(subtract, S, T)                                                 \
    CREDIT_DECLARE_BINARY(multiply, S, T)                                                 \
    CREDIT_DECLARE_BINARY(divide, S, T)                                                   \
    void credit_pow_##S(ptrdiff_t count, const T *a, const T *b, T *output);              \
    void credit_pow_scalar_##S(ptrdiff_t count, const T *a, T b, T *output);              \
    void credit_scalar_pow_##S(ptrdiff_t count, T a, const T *b, T *output);              \
    void credit_scalar_subtract_##S(                                                      \
        ptrdiff_t count, T a, const T *b, T *output, bool streaming);                     \
    void credit_scalar_divide_##S(                                                        \
        ptrdiff_t count, T a, const T *b, T *output, bool streaming);                     \
    void credit_accumulate_##S(ptrdiff_t count, T alpha, const T *x, T *y);               \
    void credit_add_product_##S(ptrdiff_t count, const T *a, const T *b, T *output);      \
    void credit_clip_##S(                                                                 \
        ptrdiff_t count, T low, T high, const T *input, T *output, bool streaming);       \
    CREDIT_DECLARE_UNARY(sign, S, T)                                                      \
    CREDIT_DECLARE_UNARY(relu, S, T)                                                      \
    CREDIT_DECLARE_UNARY(sqrt, S, T)                                                      \
    CREDIT_DECLARE_UNARY(abs, S, T)                                                       \
    CREDIT_DECLARE_UNARY(exp, S, T)                                                       \
    CREDIT_DECLARE_UNARY(expm1, S, T)                                                     \
    CREDIT_DECLARE_UNARY(log, S, T)                                                       \
    CREDIT_DECLARE_UNARY(log1p, S, T)                                                     \
    CREDIT_DECLARE_UNARY(softplus, S, T)                                                  \
    CREDIT_DECLARE_UNARY(erf, S, T)                                                       \
    CREDIT_DECLARE_UNARY(tanh, S, T)                                                      \
    CREDIT_DECLARE_UNARY(sigmoid, S, T)                                                   \
    T credit_sum_##S(ptrdiff_t count, const T *a);                                        \
    T credit_dot_##S(ptrdiff_t count, const T *a, const T *b);                            \
    T credit_minimum_##S(ptrdiff_t count, const T *a);                                    \
    T credit_maximum_##S(ptrdiff_t count, const T *a);                                    \
    T credit_maximum_magnitude_##S(ptrdiff_t count, const T *a);                          \
    T credit_sum_of_magnitudes_##S(ptrdiff_t count, const T *a);                          \
    T credit_squared_deviations_##S(ptrdiff_t count, const T *a, T center);               \
    T credit_squared_ratios_##S(ptrdiff_t count, const T *a, T scale);                    \
    T credit_power_sum_##S(ptrdiff_t count, const T *a, double shift);                    \
    T credit_log_sum_exp_##S(ptrdiff_t count, const T *a);                                \
    ptrdiff_t credit_position_of_minimum_##S(ptrdiff_t count, const T *a);                \
    ptrdiff_t credit_position_of_maximum_##S(ptrdiff_t count, const T *a);                \
    bool credit_is_finite_##S(ptrdiff_t count, const T *a);                               \
    CREDIT_DECLARE_ROWS(softmax, S, T)                                                    \
    CREDIT_DECLARE_ROWS(log_softmax, S, T)                                                \
    CREDIT_DECLARE_ROWS(cumulative_sum, S, T)                                             \
    CREDIT_DECLARE_COLUMNS(sum_columns, S, T)                                             \
    CREDIT_DECLARE_COLUMNS(sum_of_magnitudes_columns, S, T)                               \
    void credit_squared_deviations_columns_##S(                                           \
        ptrdiff_t rows, ptrdiff_t columns, ptrdiff_t stride, const T *a,                  \
        const T *centers, T *output);                                                     \
    CREDIT_DECLARE_COLUMNS(minimum_columns, S, T)                                         \
    CREDIT_DECLARE_COLUMNS(maximum_columns, S, T)                                         \
    CREDIT_DECLARE_COLUMNS(maximum_magnitude_columns, S, T)                               \
    void credit_combine_scaled_##S(                                                       \
        ptrdiff_t count, T alpha, const T *x, T beta, const T *y, T *output,              \
        bool streaming);                                                                  \
    void credit_transpose_##S(                                                            \
        ptrdiff_t rows, ptrdiff_t columns, const T *input, ptrdiff_t input_stride,        \
        T *output, ptrdiff_t output_stride);

CREDIT_DECLARE(f32, float)
CREDIT_DECLARE(f64, double)

// For every row of a row-major matrix, weight times the row added to the output row of its group.
void credit_add_grouped_rows_f64(
    ptrdiff_t rows, ptrdiff_t columns, const double *a, const ptrdiff_t *groups,
    const double *weights, double *output);

// For every row, weight times its squared difference to the centre of its group added to the output
// row of that group.
void credit_add_grouped_squares_f64(
    ptrdiff_t rows, ptrdiff_t columns, const double *a, const ptrdiff_t *groups,
    const double *weights, const double *centers, double *output);

// The sum of scale times squared difference of every row to every centre (rows x groups).
void credit_scaled_distances_f64(
    ptrdiff_t rows, ptrdiff_t columns, ptrdiff_t groups, const double *a, const double *centers,
    const double *scales, double *output);

// For every row its difference to the centre times x.
void credit_centred_products_f64(
    ptrdiff_t rows, ptrdiff_t columns, const double *a, const double *center, const double *x,
    double *output);

// Adds weight times the difference of every row to the centre.
void credit_add_centred_rows_f64(
    ptrdiff_t rows, ptrdiff_t columns, const double *a, const double *center,
    const double *weights, double *output);

// The rows that `scratch` has room for twice.
#define CREDIT_MOMENT_ROWS 64

// Room for two elements more than there are columns.
static inline ptrdiff_t credit_moment_stride(ptrdiff_t columns) { return (columns + 9) / 8 * 8; }

// Adds moments of the differences d of the rows to the centre (stride x stride): the lower triangle
// of the sum of weight * d d', below it the sums of weight * d and of weight, and of residual * d
// and of residual.
void credit_add_centred_moments_f64(
    ptrdiff_t rows, ptrdiff_t columns, const double *a, const double *center,
    const double *weights, const double *residuals, double *scratch, double *output);

// Per row, with p = 1 / (1 + exp(-logit)): weight (target - p), weight p (1 - p) and
// weight log(1 + exp(-sign logit)).
void credit_logistic_residuals_f64(
    ptrdiff_t count, const double *logits, const double *targets, const double *weights,
    double *output);
void credit_logistic_curvatures_f64(
    ptrdiff_t count, const double *logits, const double *weights, double *output);
void credit_logistic_losses_f64(
    ptrdiff_t count, const double *logits, const double *signs, const double *weights,
    double *output);

// Distances of two rows.
double credit_squared_distance_f64(ptrdiff_t count, const double *x, const double *y);
double credit_manhattan_distance_f64(ptrdiff_t count, const double *x, const double *y);
double credit_chebyshev_distance_f64(ptrdiff_t count, const double *x, const double *y);

// Panels hold the columns of this many rows one after the other, queries those of so many queries.
#define CREDIT_NEAR_ROWS 32
#define CREDIT_NEAR_QUERIES 8

// The first panel from `start` with a row whose length - 2 row'query is not above the limit of a
// query, with a bit for every such row of every query; `count` where there is none.
ptrdiff_t credit_next_near_panel(
    ptrdiff_t start, ptrdiff_t count, ptrdiff_t columns, const float *panels,
    const float *lengths, const float *queries, const float *limits, uint32_t *masks);

// The sum of (p - outcome)^2 over outcomes 0 and 1; whether every p is in 0...1.
double credit_squared_misses(
    ptrdiff_t count, const double *p, const uint8_t *outcomes, int *valid);

// The product of the probabilities of what happened, each clipped to clipping...(1 - clipping), as
// the result times 2^exponent; whether every p is in 0...1. The clipping is at least 2^-60.
double credit_likelihood(
    ptrdiff_t count, const double *p, const uint8_t *outcomes, double clipping,
    int64_t *exponent, int *valid);

// The most outcomes of a loan that credit_best_shares_f64 takes: one more than severities.
#define CREDIT_MOST_OUTCOMES 64

// For each of `count` lenders the share of wealth in 0...cap with the greatest value to cumulative
// prospect theory, and the value. Columns of `lenders` (6 x count): exponents of gains and losses,
// loss aversion, Tversky-Kahneman's gamma of gains and losses, reference return. Columns of `loans`
// (2 x count): default probability, rate. In a default the loss is severity[k], falling, with the
// probability severity_probability[k]; the rest of the wealth earns `risk_free`.
void credit_best_shares_f64(
    ptrdiff_t count, const double *lenders, const double *loans, ptrdiff_t severities,
    const double *severity, const double *severity_probability, double risk_free, double cap,
    int threads, double *shares, double *values);

// A kernel of two rows x and z; see svm_kernels.c for the panels.
enum {
    CREDIT_KERNEL_LINEAR = 0,
    CREDIT_KERNEL_POLYNOMIAL = 1,
    CREDIT_KERNEL_RADIAL = 2,
    CREDIT_KERNEL_SIGMOID = 3,
};

typedef struct {
    int kind, degree;
    double gamma, offset;
} credit_kernel;

// Values of rows of `matrix` with `count` rows in panels; `squares` are the sums of squares of those
// rows as credit_panel_squares gives them. The values of row numbers[k] go to row places[k] of
// `output`, whose rows are `stride` apart.
void credit_kernel_rows_f32(
    credit_kernel kernel, ptrdiff_t count, ptrdiff_t features, const double *panels,
    const double *squares, ptrdiff_t rows, const double *matrix, const ptrdiff_t *numbers,
    float *output, const ptrdiff_t *places, ptrdiff_t stride);
void credit_kernel_rows_f64(
    credit_kernel kernel, ptrdiff_t count, ptrdiff_t features, const double *panels,
    const double *squares, ptrdiff_t rows, const double *matrix, const ptrdiff_t *numbers,
    double *output, const ptrdiff_t *places, ptrdiff_t stride);

// The sums of squares of all rows of whole panels.
void credit_panel_squares(
    ptrdiff_t count, ptrdiff_t features, const double *panels, double *squares);

// Variables of a quadratic problem with their kernel values (rows `stride` apart). `rise` and `fall`
// are 0 where a value may rise, or fall, and minus infinity elsewhere.
typedef struct {
    const float *kernel, *diagonal;
    ptrdiff_t stride;
    const double *lower, *upper;
    double *value, *gradient, *rise, *fall;
} credit_svm_variables;

// Moves pairs of variables of one group until no violation reaches `tolerance`, at most `limit`
// times, and returns how often. Groups end at `ends`, multiples of 16; variables that fill up a
// group may neither rise nor fall.
ptrdiff_t credit_svm_block(
    credit_svm_variables block, ptrdiff_t groups, const ptrdiff_t *ends, double tolerance,
    ptrdiff_t limit);

// values[i] = row[positions[i]].
void credit_svm_gather(
    ptrdiff_t count, const float *row, const ptrdiff_t *positions, float *values);

// sums += factors[k] * row slots[k] of `values`, one k after the other.
void credit_svm_add_rows(
    ptrdiff_t count, ptrdiff_t rows, const double *factors, const ptrdiff_t *slots,
    const float *values, ptrdiff_t stride, double *sums);

// The x86-64 level of the processor that the kernels know: 4, 3, or 0 for any other.
int credit_vector_level(void);

// Completes what this thread wrote past the caches before what it writes from now on.
void credit_order_streaming(void);

// Works on `count` items from `start`.
typedef void (*credit_task)(void *context, ptrdiff_t start, ptrdiff_t count);

// Splits items 0..<count into parts of whole blocks but for the last, has at most `threads` threads
// work on them, and returns when all are done.
void credit_parallel(
    ptrdiff_t count, ptrdiff_t block, int threads, credit_task task, void *context);

// Asks the system to serve the whole pages of untouched memory from large pages.
void credit_prefer_large_pages(void *start, size_t bytes);

// The most threads that callers should ask for: what was set, or else the processors that the first
// thread to ask may run on.
int credit_thread_limit(void);
void credit_set_thread_limit(int threads);

// The file of the loaded library that serves `symbol`, or NULL.
const char *credit_library_of(const char *symbol);

#undef CREDIT_DECLARE
#undef CREDIT_DECLARE_UNARY
#undef CREDIT_DECLARE_BINARY
#undef CREDIT_DECLARE_ROWS
#undef CREDIT_DECLARE_COLUMNS

#endif
