// SPDX-License-Identifier: Apache-2.0
//
// Distances of two rows, summed in a fixed order of lanes.

#include "kernel.h"
#include "lanes.h"

#define CREDIT_ROW_DISTANCE(NAME, TERM, MERGE)                                                \
    CREDIT_KERNEL double NAME(ptrdiff_t count, const double *x, const double *y) {            \
        double lanes[CREDIT_LANES] = {0};                                                     \
        ptrdiff_t whole = count - count % CREDIT_LANES;                                       \
        for (ptrdiff_t first = 0; first < whole; first += CREDIT_LANES) {                     \
            CREDIT_LANE_LOOP(                                                                 \
                double d = x[first + lane] - y[first + lane];                                 \
                lanes[lane] = MERGE(lanes[lane], TERM(d)))                                    \
        }                                                                                     \
        for (ptrdiff_t i = whole; i < count; i++) {                                           \
            double d = x[i] - y[i];                                                           \
            lanes[i - whole] = MERGE(lanes[i - whole], TERM(d));                              \
        }                                                                                     \
        for (int half = CREDIT_LANES / 2; half > 0; half /= 2) {                              \
            for (int lane = 0; lane < half; lane++) {                                         \
                lanes[lane] = MERGE(lanes[lane], lanes[lane + half]);                         \
            }                                                                                 \
        }                                                                                     \
        return lanes[0];                                                                      \
    }

#define CREDIT_SQUARE(D) ((D) * (D))
#define CREDIT_MAGNITUDE(D) __builtin_fabs(D)
#define CREDIT_ADD(A, B) ((A) + (B))
#define CREDIT_LARGER(A, B) ((A) < (B) ? (B) : (A))

CREDIT_ROW_DISTANCE(credit_squared_distance_f64, CREDIT_SQUARE, CREDIT_ADD)
CREDIT_ROW_DISTANCE(credit_manhattan_distance_f64, CREDIT_MAGNITUDE, CREDIT_ADD)
CREDIT_ROW_DISTANCE(credit_chebyshev_distance_f64, CREDIT_MAGNITUDE, CREDIT_LARGER)
