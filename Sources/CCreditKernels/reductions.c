// SPDX-License-Identifier: Apache-2.0
//
// Element i of a block goes to lane i % CREDIT_LANES whatever the vector width of the processor;
// lanes, then blocks, are added pairwise. The order of additions is a function of count alone.

#include "kernel.h"

#define CREDIT_LANES 16
#define CREDIT_BLOCK 1024

#define CREDIT_LANE_LOOP(BODY) \
    for (int lane = 0; lane < CREDIT_LANES; lane++) { BODY; }

// TERM(i) is added over a block of at most CREDIT_BLOCK elements from `start`.
#define CREDIT_SUM(NAME, T, PARAMETERS, ARGUMENTS, TERM)                                      \
    CREDIT_INLINE T NAME##_block(ptrdiff_t start, ptrdiff_t count, PARAMETERS) {              \
        T lanes[CREDIT_LANES] = {0};                                                          \
        ptrdiff_t whole = count - count % CREDIT_LANES;                                       \
        for (ptrdiff_t i = start; i < start + whole; i += CREDIT_LANES) {                     \
            CREDIT_LANE_LOOP(lanes[lane] += TERM(i + lane))                                   \
        }                                                                                     \
        for (ptrdiff_t lane = 0; lane < count - whole; lane++) {                              \
            lanes[lane] += TERM(start + whole + lane);                                        \
        }                                                                                     \
        for (int half = CREDIT_LANES / 2; half > 0; half /= 2) {                              \
            for (int lane = 0; lane < half; lane++) { lanes[lane] += lanes[lane + half]; }    \
        }                                                                                     \
        return lanes[0];                                                                      \
    }                                                                                         \
    CREDIT_KERNEL T NAME(ptrdiff_t count, PARAMETERS) {                                       \
        T partial[64];                                                                        \
        int depth = 0;                                                                        \
        ptrdiff_t blocks = 0;                                                                 \
        for (ptrdiff_t start = 0; start < count; start += CREDIT_BLOCK) {                     \
            ptrdiff_t left = count - start;                                                   \
            partial[depth++] =                                                                \
                NAME##_block(start, left < CREDIT_BLOCK ? left : CREDIT_BLOCK, ARGUMENTS);    \
            blocks++;                                                                         \
            /* As many trailing zero bits, as many equal halves are complete. */              \
            for (ptrdiff_t bits = blocks; bits % 2 == 0; bits /= 2) {                         \
                depth--;                                                                      \
                partial[depth - 1] += partial[depth];                                         \
            }                                                                                 \
        }                                                                                     \
        T total = depth > 0 ? partial[--depth] : 0;                                           \
        while (depth > 0) { total = partial[--depth] + total; }                               \
        return total;                                                                         \
    }

// A NaN that has reached a lane stays there, since no comparison with it holds.
#define CREDIT_BETTER(X, OP, BEST) ((((X) OP (BEST)) | ((X) != (X))) ? (X) : (BEST))

#define CREDIT_EXTREME(NAME, T, OP)                                                           \
    CREDIT_KERNEL T NAME(ptrdiff_t count, const T *a) {                                       \
        T lanes[CREDIT_LANES];                                                                \
        CREDIT_LANE_LOOP(lanes[lane] = a[0])                                                  \
        ptrdiff_t whole = count - count % CREDIT_LANES;                                       \
        for (ptrdiff_t i = 0; i < whole; i += CREDIT_LANES) {                                 \
            CREDIT_LANE_LOOP(lanes[lane] = CREDIT_BETTER(a[i + lane], OP, lanes[lane]))       \
        }                                                                                     \
        T best = lanes[0];                                                                    \
        CREDIT_LANE_LOOP(best = CREDIT_BETTER(lanes[lane], OP, best))                         \
        for (ptrdiff_t i = whole; i < count; i++) { best = CREDIT_BETTER(a[i], OP, best); }   \
        return best;                                                                          \
    }

#define CREDIT_COMMA ,
#define CREDIT_ELEMENT(i) a[i]
#define CREDIT_PRODUCT(i) (a[i] * b[i])

#define CREDIT_REDUCTIONS(S, T)                                                               \
    CREDIT_SUM(credit_sum_##S, T, const T *a, a, CREDIT_ELEMENT)                              \
    CREDIT_SUM(credit_dot_##S, T, const T *a CREDIT_COMMA const T *b, a CREDIT_COMMA b,       \
        CREDIT_PRODUCT)                                                                       \
    CREDIT_EXTREME(credit_minimum_##S, T, <)                                                  \
    CREDIT_EXTREME(credit_maximum_##S, T, >)                                                  \
    CREDIT_KERNEL bool credit_is_finite_##S(ptrdiff_t count, const T *a) {                    \
        /* x - x is 0 for finite x and NaN otherwise; a sum keeps the NaN. */                 \
        T lanes[CREDIT_LANES] = {0};                                                          \
        ptrdiff_t whole = count - count % CREDIT_LANES;                                       \
        for (ptrdiff_t i = 0; i < whole; i += CREDIT_LANES) {                                 \
            CREDIT_LANE_LOOP(lanes[lane] += a[i + lane] - a[i + lane])                        \
        }                                                                                     \
        for (ptrdiff_t i = whole; i < count; i++) { lanes[0] += a[i] - a[i]; }                \
        T total = 0;                                                                          \
        CREDIT_LANE_LOOP(total += lanes[lane])                                                \
        return total == 0;                                                                    \
    }

CREDIT_REDUCTIONS(f32, float)
CREDIT_REDUCTIONS(f64, double)
