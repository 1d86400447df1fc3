// SPDX-License-Identifier: Apache-2.0

#ifndef CCREDIT_LANES_H
#define CCREDIT_LANES_H

// Sums have this many partial sums in blocks of this many elements; both are part of the result.
#define CREDIT_LANES 16
#define CREDIT_BLOCK 1024

#define CREDIT_LANE_LOOP(BODY) \
    for (int lane = 0; lane < CREDIT_LANES; lane++) { BODY; }

// Extremes have more lanes, which their results do not depend on but for the sign of a zero.
#define CREDIT_EXTREME_LANES 64

#define CREDIT_EXTREME_LOOP(BODY) \
    for (int lane = 0; lane < CREDIT_EXTREME_LANES; lane++) { BODY; }

// A NaN that has come up stays, since no comparison with it holds.
#define CREDIT_BETTER(X, OP, BEST) ((((X) OP (BEST)) | ((X) != (X))) ? (X) : (BEST))

#endif
