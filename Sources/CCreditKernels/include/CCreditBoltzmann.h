// SPDX-License-Identifier: Apache-2.0
//
// Kernels of restricted Boltzmann machines. Rows are padded: the stride of a matrix is a multiple
// of CREDIT_UNIT_STEP, and what lies behind its columns is 0 and stays 0. Every sum is taken in the
// order of its terms, so results depend neither on threads nor on the processor.

#ifndef CCREDIT_BOLTZMANN_H
#define CCREDIT_BOLTZMANN_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define CREDIT_UNIT_STEP 16

// Where in a stream of random numbers a draw stands; `step` is another for every draw of states.
typedef struct {
    uint64_t key, step;
} credit_random_place;

// How weights follow their gradient. Velocities v and weights w of gradient g become
// v = momentum v + rate (g - l2 w - l1 sign(w)), w = w + v; where `is_literal` is set
// w = w + momentum v + (rate - l2) g, v = g.
typedef struct {
    float momentum, rate, l1, l2;
    bool is_literal;
} credit_weight_step;

// Weights (units x stride), what they last moved by, and their transpose (stride x units_stride).
typedef struct {
    ptrdiff_t units, units_stride, stride;
    float *weights, *velocities, *transposed;
} credit_unit_layer;

// Pairs of states whose products are summed: `first` (rows x units_stride) with `second`
// (rows x stride), times `scale`.
typedef struct {
    ptrdiff_t rows;
    const float *first, *second;
    float scale;
} credit_unit_pairs;

// The words of Philox4x32-10 for the blocks 16 `block` to 16 `block` + 15 of `row`: 16 first words,
// then 16 second ones and so on. The counter is (block, row, step), the key that of `place`.
void credit_random_words(
    credit_random_place place, uint32_t row, uint32_t block, uint32_t words[64]);

// values = 1 / (1 + exp(-values)), and where `states` is not NULL 1 with that probability, else 0.
void credit_unit_states(
    ptrdiff_t rows, ptrdiff_t columns, ptrdiff_t stride, credit_random_place place,
    ptrdiff_t first_row, float *values, float *states);

// values = values + independent standard normal numbers.
void credit_unit_normals(
    ptrdiff_t rows, ptrdiff_t columns, ptrdiff_t stride, credit_random_place place,
    ptrdiff_t first_row, float *values);

// output = the sum of the rows, each times its factor where `factors` is not NULL.
void credit_unit_sums(
    ptrdiff_t rows, ptrdiff_t stride, const float *values, const float *factors, float *output);

// The same for values (values - means).
void credit_unit_spread_sums(
    ptrdiff_t rows, ptrdiff_t stride, const float *values, const float *means,
    const float *factors, float *output);

// Moves `column_count` columns of the weights from `first_column` on, both multiples of
// CREDIT_UNIT_STEP, along the difference of two sums of pairs, and copies them into the transpose.
void credit_unit_update(
    const credit_unit_layer *layer, ptrdiff_t first_column, ptrdiff_t column_count,
    const credit_unit_pairs *positive, const credit_unit_pairs *negative,
    const credit_weight_step *step);

#endif
