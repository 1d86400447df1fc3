// SPDX-License-Identifier: Apache-2.0
//
// Element i of a block goes to lane i % CREDIT_LANES whatever the vector width of the processor;
// lanes, then blocks, are added pairwise. The order of additions is a function of count alone.

#include "functions.h"
#include "lanes.h"

// Lists of parameters travel in parentheses.
#define CREDIT_OPEN(...) __VA_ARGS__

// TERM(i) is added over a block of at most CREDIT_BLOCK elements from `start`.
#define CREDIT_SUM_BLOCK(NAME, T, PARAMETERS, TERM)                                           \
    CREDIT_INLINE T NAME##_block(ptrdiff_t start, ptrdiff_t count, CREDIT_OPEN PARAMETERS) {  \
        T lanes[CREDIT_LANES] = {0};                                                          \
        ptrdiff_t whole = count - count % CREDIT_LANES;                                       \
        for (ptrdiff_t i = start; i < start + whole; i += CREDIT_LANES) {                     \
            fetch_ahead(a + i, CREDIT_LANES * sizeof(T));                                     \
            CREDIT_LANE_LOOP(lanes[lane] += TERM(i + lane))                                   \
        }                                                                                     \
        for (ptrdiff_t lane = 0; lane < count - whole; lane++) {                              \
            lanes[lane] += TERM(start + whole + lane);                                        \
        }                                                                                     \
        for (int half = CREDIT_LANES / 2; half > 0; half /= 2) {                              \
            for (int lane = 0; lane < half; lane++) { lanes[lane] += lanes[lane + half]; }    \
        }                                                                                     \
        return lanes[0];                                                                      \
    }

#define CREDIT_SUM_OF_BLOCKS(NAME, T, PARAMETERS, ARGUMENTS)                                  \
    CREDIT_KERNEL T NAME(ptrdiff_t count, CREDIT_OPEN PARAMETERS) {                           \
        T partial[64];                                                                        \
        int depth = 0;                                                                        \
        ptrdiff_t blocks = 0, limit = CREDIT_BLOCK;                                           \
        for (ptrdiff_t start = 0; start < count; start += CREDIT_BLOCK) {                     \
            ptrdiff_t left = count - start;                                                   \
            partial[depth++] =                                                                \
                NAME##_block(start, left < limit ? left : limit, CREDIT_OPEN ARGUMENTS);      \
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

#define CREDIT_SUM(NAME, T, PARAMETERS, ARGUMENTS, TERM)                                      \
    CREDIT_SUM_BLOCK(NAME, T, PARAMETERS, TERM)                                               \
    CREDIT_SUM_OF_BLOCKS(NAME, T, PARAMETERS, ARGUMENTS)

#define CREDIT_EXTREME(NAME, T, OP, TERM)                                                     \
    CREDIT_KERNEL T NAME(ptrdiff_t count, const T *a) {                                       \
        T lanes[CREDIT_EXTREME_LANES];                                                        \
        CREDIT_EXTREME_LOOP(lanes[lane] = TERM(0))                                            \
        ptrdiff_t whole = count - count % CREDIT_EXTREME_LANES;                               \
        for (ptrdiff_t i = 0; i < whole; i += CREDIT_EXTREME_LANES) {                         \
            fetch_ahead(a + i, CREDIT_EXTREME_LANES * sizeof(T));                             \
            CREDIT_EXTREME_LOOP(lanes[lane] = CREDIT_BETTER(TERM(i + lane), OP, lanes[lane])) \
        }                                                                                     \
        for (ptrdiff_t i = whole; i < count; i++) {                                           \
            lanes[i - whole] = CREDIT_BETTER(TERM(i), OP, lanes[i - whole]);                  \
        }                                                                                     \
        for (int half = CREDIT_EXTREME_LANES / 2; half > 0; half /= 2) {                      \
            for (int lane = 0; lane < half; lane++) {                                         \
                lanes[lane] = CREDIT_BETTER(lanes[lane + half], OP, lanes[lane]);             \
            }                                                                                 \
        }                                                                                     \
        return lanes[0];                                                                      \
    }

#define CREDIT_ELEMENT(i) a[i]
#define CREDIT_MAGNITUDE_f32(i) __builtin_fabsf(a[i])
#define CREDIT_MAGNITUDE_f64(i) __builtin_fabs(a[i])
#define CREDIT_PRODUCT(i) (a[i] * b[i])
#define CREDIT_DEVIATION_SQUARE(i) ((a[i] - center) * (a[i] - center))
#define CREDIT_RATIO_SQUARE(i) ((a[i] / scale) * (a[i] / scale))

// Powers of one block go through the cache, so that their loop vectorises as any other.
#define CREDIT_POWER_SUM(S, T)                                                                \
    CREDIT_INLINE T credit_power_sum_##S##_block(                                             \
        ptrdiff_t start, ptrdiff_t count, const T *a, double shift) {                         \
        T powers[CREDIT_BLOCK];                                                               \
        const T *block = a + start;                                                           \
        CREDIT_LOOP(count, powers[i] = (T)exp_one((double)block[i] - shift))                  \
        return credit_sum_##S##_block(0, count, powers);                                      \
    }                                                                                         \
    CREDIT_SUM_OF_BLOCKS(credit_power_sum_##S, T, (const T *a, double shift), (a, shift))

// The first position of the extreme, or of the first NaN.
#define CREDIT_POSITION(NAME, EXTREME, T)                                                     \
    CREDIT_KERNEL ptrdiff_t NAME(ptrdiff_t count, const T *a) {                               \
        T best = EXTREME(count, a);                                                           \
        ptrdiff_t i = 0;                                                                      \
        while (a[i] != best && a[i] == a[i]) { i++; }                                         \
        return i;                                                                             \
    }

#define CREDIT_REDUCTIONS(S, T)                                                               \
    CREDIT_SUM(credit_sum_##S, T, (const T *a), (a), CREDIT_ELEMENT)                          \
    CREDIT_SUM(credit_dot_##S, T, (const T *a, const T *b), (a, b), CREDIT_PRODUCT)           \
    CREDIT_SUM(credit_squared_deviations_##S, T, (const T *a, T center), (a, center),         \
        CREDIT_DEVIATION_SQUARE)                                                              \
    CREDIT_SUM(credit_squared_ratios_##S, T, (const T *a, T scale), (a, scale),               \
        CREDIT_RATIO_SQUARE)                                                                  \
    CREDIT_SUM(credit_sum_of_magnitudes_##S, T, (const T *a), (a), CREDIT_MAGNITUDE_##S)      \
    CREDIT_POWER_SUM(S, T)                                                                    \
    CREDIT_EXTREME(credit_minimum_##S, T, <, CREDIT_ELEMENT)                                  \
    CREDIT_EXTREME(credit_maximum_##S, T, >, CREDIT_ELEMENT)                                  \
    CREDIT_EXTREME(credit_maximum_magnitude_##S, T, >, CREDIT_MAGNITUDE_##S)                  \
    CREDIT_POSITION(credit_position_of_minimum_##S, credit_minimum_##S, T)                    \
    CREDIT_POSITION(credit_position_of_maximum_##S, credit_maximum_##S, T)                    \
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
