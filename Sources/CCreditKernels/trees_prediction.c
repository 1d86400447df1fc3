// SPDX-License-Identifier: Apache-2.0
//
// Rows on their way from root to leaf. Several rows, or several trees for one row, walk side by
// side, so that the processor has work while each waits for its next node.

#include "kernel.h"

#define CREDIT_WALKERS 16

CREDIT_INLINE bool goes_left(const credit_tree_node *node, const double *x, const uint64_t *sets) {
    double value = x[node->feature & CREDIT_TREE_FEATURE];
    if (__builtin_expect(value != value, 0)) {
        return (node->feature & CREDIT_TREE_MISSING_LEFT) != 0;
    }
    if (__builtin_expect((node->feature & CREDIT_TREE_NOMINAL) != 0, 0)) {
        const uint64_t *set = sets + (ptrdiff_t)node->threshold;
        unsigned level = (unsigned)value;
        return set[level >> 6] >> (level & 63) & 1;
    }
    return value <= node->threshold;
}

// Where the walkers end, each in its own tree with its own row.
CREDIT_INLINE void walk(
    int count, const credit_tree_node *const *trees, const double *const *rows,
    const uint64_t *sets, const credit_tree_node **leaves) {
    uint32_t at[CREDIT_WALKERS] = {0};
    bool moving = true;
    while (moving) {
        moving = false;
        for (int w = 0; w < count; w++) {
            const credit_tree_node *node = trees[w] + at[w];
            if (node->feature < 0) continue;
            at[w] = node->left + !goes_left(node, rows[w], sets);
            moving = true;
        }
    }
    for (int w = 0; w < count; w++) leaves[w] = trees[w] + at[w];
}

void credit_tree_leaves(
    ptrdiff_t rows, ptrdiff_t columns, const double *x, const credit_tree_node *tree,
    const uint64_t *sets, uint32_t *leaves) {
    const credit_tree_node *trees[CREDIT_WALKERS], *found[CREDIT_WALKERS];
    const double *own[CREDIT_WALKERS];
    for (int w = 0; w < CREDIT_WALKERS; w++) trees[w] = tree;
    for (ptrdiff_t row = 0; row < rows; row += CREDIT_WALKERS) {
        int count = rows - row < CREDIT_WALKERS ? (int)(rows - row) : CREDIT_WALKERS;
        for (int w = 0; w < count; w++) own[w] = x + (row + w) * columns;
        walk(count, trees, own, sets, found);
        for (int w = 0; w < count; w++) leaves[row + w] = found[w]->left;
    }
}

CREDIT_INLINE void add_leaf(
    const credit_tree_node *leaf, ptrdiff_t tree, ptrdiff_t outputs, const double *values,
    const ptrdiff_t *first_values, double *output) {
    if (outputs == 1) {
        *output += leaf->threshold;
    } else {
        const double *own = values + first_values[tree] + (ptrdiff_t)leaf->left * outputs;
        for (ptrdiff_t k = 0; k < outputs; k++) output[k] += own[k];
    }
}

void credit_tree_add(
    ptrdiff_t rows, ptrdiff_t columns, const double *x, ptrdiff_t trees,
    const credit_tree_node *nodes, const ptrdiff_t *roots, const uint64_t *sets,
    ptrdiff_t outputs, const double *values, const ptrdiff_t *first_values, double *output) {
    const credit_tree_node *starts[CREDIT_WALKERS], *found[CREDIT_WALKERS];
    const double *own[CREDIT_WALKERS];
    if (rows == 1) {
        for (ptrdiff_t tree = 0; tree < trees; tree += CREDIT_WALKERS) {
            int count = trees - tree < CREDIT_WALKERS ? (int)(trees - tree) : CREDIT_WALKERS;
            for (int w = 0; w < count; w++) {
                starts[w] = nodes + roots[tree + w];
                own[w] = x;
            }
            walk(count, starts, own, sets, found);
            for (int w = 0; w < count; w++) {
                add_leaf(found[w], tree + w, outputs, values, first_values, output);
            }
        }
        return;
    }
    for (ptrdiff_t tree = 0; tree < trees; tree++) {
        for (int w = 0; w < CREDIT_WALKERS; w++) starts[w] = nodes + roots[tree];
        for (ptrdiff_t row = 0; row < rows; row += CREDIT_WALKERS) {
            int count = rows - row < CREDIT_WALKERS ? (int)(rows - row) : CREDIT_WALKERS;
            for (int w = 0; w < count; w++) own[w] = x + (row + w) * columns;
            walk(count, starts, own, sets, found);
            for (int w = 0; w < count; w++) {
                add_leaf(
                    found[w], tree, outputs, values, first_values,
                    output + (row + w) * outputs);
            }
        }
    }
}
