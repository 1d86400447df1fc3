// SPDX-License-Identifier: Apache-2.0
//
// Rows on their way from root to leaf. Several rows, or several trees for one row, walk side by
// side without a branch, so that the processor has work while each waits for its next node and
// nothing to guess; a walker in its leaf stays there until the others have come to theirs.

#include "kernel.h"

#include <math.h>

#define CREDIT_WALKERS 16

#define CREDIT_UNROLLED _Pragma("clang loop unroll(full)")

// Whether all values are there and are amounts, so that a comparison alone tells the way.
typedef enum { PLAIN, SPECIAL } kind_of_trees;

CREDIT_INLINE bool is_in_set(const credit_tree_node *node, double value, const uint64_t *sets) {
    const uint64_t *set = sets + (ptrdiff_t)node->threshold;
    unsigned level = (unsigned)value;
    return set[level >> 6] >> (level & 63) & 1;
}

// One step of a walker; -1 where it is in a leaf, 0 otherwise.
CREDIT_INLINE int32_t step(
    const credit_tree_node *tree, const double *x, const uint64_t *sets, kind_of_trees kind,
    uint32_t *at) {
    const credit_tree_node *node = tree + *at;
    const int32_t feature = node->feature, is_leaf = feature >> 31;
    const double value = x[feature & ~is_leaf & CREDIT_TREE_FEATURE];
    bool goes_left = value <= node->threshold;
    if (kind == SPECIAL) {
        const bool is_missing = value != value;
        goes_left |= is_missing & ((feature & CREDIT_TREE_MISSING_LEFT) != 0);
        if (!is_leaf && !is_missing && (feature & CREDIT_TREE_NOMINAL)) {
            goes_left = is_in_set(node, value, sets);
        }
    }
    const uint32_t next = node->left + !goes_left;
    // Not a condition, which compilers like to make a branch of.
    *at ^= (next ^ *at) & ~(uint32_t)is_leaf;
    return is_leaf;
}

// Where the rows of one tree end; the last of fewer rows walks for those that are missing.
CREDIT_INLINE void walk_rows(
    int count, const credit_tree_node *tree, const double *x, ptrdiff_t columns,
    const uint64_t *sets, kind_of_trees kind, uint32_t *at) {
    const double *rows[CREDIT_WALKERS];
    for (int w = 0; w < CREDIT_WALKERS; w++) {
        rows[w] = x + (w < count ? w : count - 1) * columns;
        at[w] = 0;
    }
    int32_t have_ended;
    do {
        have_ended = -1;
        CREDIT_UNROLLED
        for (int w = 0; w < CREDIT_WALKERS; w++) {
            have_ended &= step(tree, rows[w], sets, kind, &at[w]);
        }
    } while (!have_ended);
}

// Writes a plain tree so that a walker in a leaf steps onto itself: there is nothing to ask but the
// comparison.
CREDIT_INLINE void close_leaves(
    ptrdiff_t count, const credit_tree_node *tree, credit_tree_node *closed) {
    for (ptrdiff_t i = 0; i < count; i++) {
        credit_tree_node node = tree[i];
        const bool is_leaf = node.feature < 0;
        closed[i].threshold = is_leaf ? INFINITY : node.threshold;
        closed[i].feature = is_leaf ? 0 : node.feature & CREDIT_TREE_FEATURE;
        closed[i].left = is_leaf ? (uint32_t)i : node.left;
    }
}

// The same as walk_rows in such a tree.
CREDIT_INLINE void walk_closed(
    int count, const credit_tree_node *closed, const double *x, ptrdiff_t columns, uint32_t *at) {
    const double *rows[CREDIT_WALKERS];
    for (int w = 0; w < CREDIT_WALKERS; w++) {
        rows[w] = x + (w < count ? w : count - 1) * columns;
        at[w] = 0;
    }
    uint32_t moves;
    do {
        moves = 0;
        CREDIT_UNROLLED
        for (int w = 0; w < CREDIT_WALKERS; w++) {
            const credit_tree_node *node = closed + at[w];
            const uint32_t next = node->left + !(rows[w][node->feature] <= node->threshold);
            moves |= next ^ at[w];
            at[w] = next;
        }
    } while (moves);
}

// Where one row ends in each of these trees.
CREDIT_INLINE void walk_trees(
    int count, const credit_tree_node *nodes, const ptrdiff_t *roots, const double *x,
    const uint64_t *sets, kind_of_trees kind, uint32_t *at) {
    const credit_tree_node *trees[CREDIT_WALKERS];
    for (int w = 0; w < CREDIT_WALKERS; w++) {
        trees[w] = nodes + roots[w < count ? w : count - 1];
        at[w] = 0;
    }
    int32_t have_ended;
    do {
        have_ended = -1;
        CREDIT_UNROLLED
        for (int w = 0; w < CREDIT_WALKERS; w++) {
            have_ended &= step(trees[w], x, sets, kind, &at[w]);
        }
    } while (!have_ended);
}

CREDIT_INLINE int walkers(ptrdiff_t count) {
    return count < CREDIT_WALKERS ? (int)count : CREDIT_WALKERS;
}

CREDIT_INLINE void find_leaves(
    ptrdiff_t rows, ptrdiff_t columns, const double *x, const credit_tree_node *tree,
    const uint64_t *sets, kind_of_trees kind, uint32_t *leaves) {
    uint32_t at[CREDIT_WALKERS];
    for (ptrdiff_t row = 0; row < rows; row += CREDIT_WALKERS) {
        int count = walkers(rows - row);
        walk_rows(count, tree, x + row * columns, columns, sets, kind, at);
        for (int w = 0; w < count; w++) leaves[row + w] = tree[at[w]].left;
    }
}

void credit_tree_leaves(
    ptrdiff_t rows, ptrdiff_t columns, const double *x, const credit_tree_node *tree,
    const uint64_t *sets, bool is_plain, uint32_t *leaves) {
    if (is_plain) {
        find_leaves(rows, columns, x, tree, sets, PLAIN, leaves);
    } else {
        find_leaves(rows, columns, x, tree, sets, SPECIAL, leaves);
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

CREDIT_INLINE void add_values(
    ptrdiff_t rows, ptrdiff_t columns, const double *x, ptrdiff_t trees,
    const credit_tree_node *nodes, const ptrdiff_t *roots, const uint64_t *sets,
    kind_of_trees kind, ptrdiff_t outputs, const double *values, const ptrdiff_t *first_values,
    credit_tree_node *room, double *output) {
    uint32_t at[CREDIT_WALKERS];
    if (rows == 1) {
        for (ptrdiff_t tree = 0; tree < trees; tree += CREDIT_WALKERS) {
            int count = walkers(trees - tree);
            walk_trees(count, nodes, roots + tree, x, sets, kind, at);
            for (int w = 0; w < count; w++) {
                add_leaf(
                    nodes + roots[tree + w] + at[w], tree + w, outputs, values, first_values,
                    output);
            }
        }
        return;
    }
    for (ptrdiff_t tree = 0; tree < trees; tree++) {
        const credit_tree_node *own = nodes + roots[tree];
        const bool is_closed = kind == PLAIN && room;
        if (is_closed) close_leaves(roots[tree + 1] - roots[tree], own, room);
        for (ptrdiff_t row = 0; row < rows; row += CREDIT_WALKERS) {
            int count = walkers(rows - row);
            if (is_closed) {
                walk_closed(count, room, x + row * columns, columns, at);
            } else {
                walk_rows(count, own, x + row * columns, columns, sets, kind, at);
            }
            for (int w = 0; w < count; w++) {
                add_leaf(
                    own + at[w], tree, outputs, values, first_values,
                    output + (row + w) * outputs);
            }
        }
    }
}

void credit_tree_add(
    ptrdiff_t rows, ptrdiff_t columns, const double *x, ptrdiff_t trees,
    const credit_tree_node *nodes, const ptrdiff_t *roots, const uint64_t *sets, bool is_plain,
    ptrdiff_t outputs, const double *values, const ptrdiff_t *first_values,
    credit_tree_node *room, double *output) {
    if (is_plain) {
        add_values(
            rows, columns, x, trees, nodes, roots, sets, PLAIN, outputs, values, first_values,
            room, output);
    } else {
        add_values(
            rows, columns, x, trees, nodes, roots, sets, SPECIAL, outputs, values, first_values,
            room, output);
    }
}
