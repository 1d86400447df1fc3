// SPDX-License-Identifier: Apache-2.0
//
// Sums over probabilities and yes-or-no outcomes (bytes 0 and 1). The order of the operations is a
// function of count alone, whatever the vector width of the processor.

#include "kernel.h"
#include "lanes.h"

#define CREDIT_ROUNDS 8

CREDIT_KERNEL double credit_squared_misses(
    ptrdiff_t count, const double *p, const uint8_t *outcomes, int *valid) {
    double lanes[CREDIT_LANES] = {0};
    int64_t good[CREDIT_LANES];
    CREDIT_LANE_LOOP(good[lane] = 1)
    ptrdiff_t whole = count - count % CREDIT_LANES;
    for (ptrdiff_t i = 0; i < whole; i += CREDIT_LANES) {
        CREDIT_LANE_LOOP(
            double q = p[i + lane];
            good[lane] &= (q >= 0) & (q <= 1);
            double miss = q - (double)outcomes[i + lane];
            lanes[lane] += miss * miss)
    }
    for (ptrdiff_t i = whole; i < count; i++) {
        good[0] &= (p[i] >= 0) & (p[i] <= 1);
        double miss = p[i] - (double)outcomes[i];
        lanes[i - whole] += miss * miss;
    }
    int64_t all = 1;
    CREDIT_LANE_LOOP(all &= good[lane])
    *valid = (int)all;
    for (int half = CREDIT_LANES / 2; half > 0; half /= 2) {
        for (int lane = 0; lane < half; lane++) { lanes[lane] += lanes[lane + half]; }
    }
    return lanes[0];
}

// The factor of a row, the probability of what happened; and how a product is kept within range.
#define CREDIT_FACTOR(Q, OUTCOME)                          \
    ({                                                     \
        double raised = (Q) < clipping ? clipping : (Q);   \
        double kept = raised > ceiling ? ceiling : raised; \
        (OUTCOME) ? kept : 1 - kept;                       \
    })
#define CREDIT_NORMALISE(LANE)                                                            \
    {                                                                                     \
        uint64_t bits;                                                                    \
        memcpy(&bits, &product[LANE], sizeof bits);                                       \
        exponents[LANE] += (int64_t)(bits >> 52) - 1023;                                  \
        bits = (bits & 0x000FFFFFFFFFFFFFull) | 0x3FF0000000000000ull;                    \
        memcpy(&product[LANE], &bits, sizeof bits);                                       \
    }

CREDIT_KERNEL double credit_likelihood(
    ptrdiff_t count, const double *p, const uint8_t *outcomes, double clipping,
    int64_t *exponent, int *valid) {
    double product[CREDIT_LANES];
    int64_t exponents[CREDIT_LANES], good[CREDIT_LANES];
    double ceiling = 1 - clipping;
    CREDIT_LANE_LOOP(product[lane] = 1; exponents[lane] = 0; good[lane] = 1)
    ptrdiff_t step = CREDIT_LANES * CREDIT_ROUNDS;
    ptrdiff_t whole = count - count % step;
    for (ptrdiff_t start = 0; start < whole; start += step) {
        for (ptrdiff_t i = start; i < start + step; i += CREDIT_LANES) {
            CREDIT_LANE_LOOP(
                double q = p[i + lane];
                good[lane] &= (q >= 0) & (q <= 1);
                product[lane] *= CREDIT_FACTOR(q, outcomes[i + lane]))
        }
        CREDIT_LANE_LOOP(CREDIT_NORMALISE(lane))
    }
    for (ptrdiff_t i = whole; i < count; i++) {
        int lane = (int)(i % CREDIT_LANES);
        good[lane] &= (p[i] >= 0) & (p[i] <= 1);
        product[lane] *= CREDIT_FACTOR(p[i], outcomes[i]);
        CREDIT_NORMALISE(lane)
    }
    int64_t all = 1;
    *exponent = 0;
    double total = 1;
    CREDIT_LANE_LOOP(all &= good[lane]; *exponent += exponents[lane]; total *= product[lane])
    *valid = (int)all;
    return total;
}
