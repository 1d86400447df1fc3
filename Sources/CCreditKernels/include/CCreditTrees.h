// SPDX-License-Identifier: Apache-2.0
//
// Kernels of decision trees. Feature values are codes, one column after the other; the rows of a
// node lie next to each other in their order. What is summed are whole numbers, so sums do not
// depend on the order of rows, on threads or on the processor.

#ifndef CCREDIT_TREES_H
#define CCREDIT_TREES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

// What a row adds to the sums of its node: `a`, a target or a negative gradient, and `b`, a weight
// or a curvature of 0 or more. In trees of three and more classes `a` is the class.
//
// Sums are packed into 64 bits: a times 2^32 plus b. They are right as long as the sum of |a| is
// below 2^31 and the sum of b below 2^32.
typedef struct {
    int32_t b, a;
} credit_tree_row;

// A node of a tree. In a leaf `feature` is -1, `threshold` the first value and `left` the number of
// the leaf. Else rows whose value is at most `threshold` go to node `left`, the others to the one
// after; `left` is counted from the tree's root.
typedef struct {
    double threshold;
    int32_t feature;
    uint32_t left;
} credit_tree_node;

// Flags in `feature`: missing values go left; the threshold is the position of a set of levels.
#define CREDIT_TREE_MISSING_LEFT 0x40000000
#define CREDIT_TREE_NOMINAL 0x20000000
#define CREDIT_TREE_FEATURE 0x1FFFFFFF

// Words of 64 bits in a set of levels.
#define CREDIT_TREE_SET_WORDS 4

enum { CREDIT_TREE_QUADRATIC = 0, CREDIT_TREE_ENTROPY = 1 };

// What the best cut of one feature in one node is asked for.
typedef struct {
    int64_t total;            // the packed sums of the node
    double unit_a, unit_b;    // what one unit of a and of b stands for
    double l1, l2;            // penalties on the values of both sides
    double minimum_b;         // the least b on either side, in its own units
    double lower, upper;      // bounds of both sides' values where `bounded`
    int32_t criterion;
    int32_t direction;        // 1: the right value must not be lower, -1: not higher, 0: free
    int32_t bounded;
    int32_t bins;             // codes below are values, the code `bins` is a missing value
    int32_t class_count;      // 2 stands for packed pairs
} credit_tree_query;

// The best cut: rows of a code up to `code` go left. `next` is the code above in the node, or -1.
typedef struct {
    double score;             // minus infinity where there is none
    int64_t left;             // the packed sums of the left side (pairs only)
    double left_b;            // the sum of b on the left, in its units
    int32_t code, next;
    int32_t missing_left;
    int32_t distinct;         // codes that occur
} credit_tree_cut;

#define CREDIT_TREE_DECLARE(S, T)                                                              \
    /* Adds the rows of a node to the sums of their codes. */                                  \
    void credit_tree_sum_##S(                                                                  \
        ptrdiff_t count, const uint32_t *rows, const credit_tree_row *values, const T *codes,  \
        int64_t *sums);                                                                        \
    /* The same, and marks the codes that occur. */                                            \
    void credit_tree_sum_marked_##S(                                                           \
        ptrdiff_t count, const uint32_t *rows, const credit_tree_row *values, const T *codes,  \
        int64_t *sums, uint64_t *marks);                                                       \
    /* The same for three and more classes: one sum of b for each class of each code. */       \
    void credit_tree_sum_classes_##S(                                                          \
        ptrdiff_t count, const uint32_t *rows, const credit_tree_row *values, const T *codes,  \
        ptrdiff_t classes, int64_t *sums, uint64_t *marks);                                    \
    /* The least and the largest code below `bins`; whether the code `bins` occurs. */         \
    bool credit_tree_range_##S(                                                                \
        ptrdiff_t count, const uint32_t *rows, const T *codes, int32_t bins,                   \
        int32_t *least, int32_t *largest);                                                     \
    /* Moves the rows whose code is marked in `is_left` to the front, keeping their order, and \
       returns how many they are. */                                                           \
    ptrdiff_t credit_tree_partition_##S(                                                       \
        ptrdiff_t count, uint32_t *rows, credit_tree_row *values, const T *codes,              \
        const uint8_t *is_left, uint32_t *other_rows, credit_tree_row *other_values);          \
    /* The packed sums of the rows whose code is marked in `is_left`. */                       \
    int64_t credit_tree_left_sum_##S(                                                          \
        ptrdiff_t count, const uint32_t *rows, const credit_tree_row *values, const T *codes,  \
        const uint8_t *is_left);                                                               \
    /* The number of bounds below each value; `missing` for a NaN. Bounds are padded with      \
       infinity to `padded`, a power of two. */                                                \
    void credit_tree_codes_##S(                                                                \
        ptrdiff_t count, const double *values, const double *bounds, ptrdiff_t padded,         \
        T missing, T *codes);

CREDIT_TREE_DECLARE(u8, uint8_t)
CREDIT_TREE_DECLARE(u16, uint16_t)
#undef CREDIT_TREE_DECLARE

// Four columns at a time.
void credit_tree_sum_four_u8(
    ptrdiff_t count, const uint32_t *rows, const credit_tree_row *values,
    const uint8_t *const columns[4], int64_t *const sums[4]);

// The best cut by the sums of every code. Where `marks` is not NULL only marked codes are looked
// at. `room` holds 15 doubles for every code, that of a missing value included, and four for every
// class.
credit_tree_cut credit_tree_best_cut(
    const credit_tree_query *query, const int64_t *sums, const uint64_t *marks, double *room);

// The best division of levels in the order of their values a / (b + smoothing); a missing value is
// a level too. `set` gets the levels that go left.
credit_tree_cut credit_tree_best_set(
    const credit_tree_query *query, double smoothing, const int64_t *sums, double *room,
    uint64_t set[CREDIT_TREE_SET_WORDS]);

// The score of a cut whose left side has these packed sums.
double credit_tree_score(const credit_tree_query *query, int64_t left);

// The score of the node without a cut. `totals` has the sum of every class where there are three
// and more, whose logarithms need `room` for two numbers each.
double credit_tree_node_score(
    const credit_tree_query *query, const int64_t *totals, double *room);

// The score of a division by the sums of every class, and the sum of b on the left.
double credit_tree_classes_score(
    const credit_tree_query *query, const int64_t *left, const int64_t *totals, double *room,
    double *left_b);

// Sets the sums of marked codes, `width` for each code, and the marks to 0.
void credit_tree_clear(ptrdiff_t words, ptrdiff_t width, int64_t *sums, uint64_t *marks);

// output = a - b.
void credit_tree_subtract(ptrdiff_t count, const int64_t *a, const int64_t *b, int64_t *output);

// Whole numbers a * scale_a and b * scale_b of every row; returns their packed sum.
int64_t credit_tree_quantise(
    ptrdiff_t count, const double *a, const double *b, double scale_a, double scale_b,
    credit_tree_row *output);

// The negative gradient a = weight (target - p) and the curvature b = weight p (1 - p) of the log
// loss, p the sigmoid of the score.
void credit_tree_logistic_f64(
    ptrdiff_t count, const double *scores, const double *targets, const double *weights,
    double *a, double *b);

// Sorts numbers without NaN ascending (-0 before 0); `room` is as long.
void credit_sort_f64(ptrdiff_t count, double *values, double *room);

// The leaf of each row of a row-major matrix in one tree. `is_plain` tells that no value is missing
// and no split is by a set.
void credit_tree_leaves(
    ptrdiff_t rows, ptrdiff_t columns, const double *x, const credit_tree_node *tree,
    const uint64_t *sets, bool is_plain, uint32_t *leaves);

// Adds the values of one row's or several rows' leaves to `output` (rows x outputs), tree by tree.
// Where there are several outputs, those of a leaf of a tree begin at
// values[first_values[tree] + leaf * outputs]. Tree t ends at roots[t + 1]. `room` holds the
// largest tree, which pays from about a thousand rows, or is NULL.
void credit_tree_add(
    ptrdiff_t rows, ptrdiff_t columns, const double *x, ptrdiff_t trees,
    const credit_tree_node *nodes, const ptrdiff_t *roots, const uint64_t *sets, bool is_plain,
    ptrdiff_t outputs, const double *values, const ptrdiff_t *first_values,
    credit_tree_node *room, double *output);

#endif
