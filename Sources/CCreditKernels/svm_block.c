// SPDX-License-Identifier: Apache-2.0
//
// Sequential minimal optimisation within a block of variables whose kernel values with one another
// lie in a small matrix. Of equal candidates the one at the lowest position is taken, so nothing
// depends on the width of the processor's vectors.

#include "kernel.h"

#define CREDIT_LANES_AT_ONCE 16

typedef double Sixteen __attribute__((ext_vector_type(16), aligned(8)));
typedef double Eight __attribute__((ext_vector_type(8)));
typedef float FloatSixteen __attribute__((ext_vector_type(16), aligned(4)));
typedef float FloatEight __attribute__((ext_vector_type(8)));
typedef long Positions __attribute__((ext_vector_type(16)));
typedef long EightPositions __attribute__((ext_vector_type(8)));
typedef int ShortPositions __attribute__((ext_vector_type(16)));
typedef int EightShortPositions __attribute__((ext_vector_type(8)));

// The larger of two halves, and where it is.
#define CREDIT_BETTER_HALF(HALF, PLACES, values, places)                                      \
    HALF low = (values).lo, high = (values).hi;                                               \
    PLACES low_place = (places).lo, high_place = (places).hi;                                 \
    PLACES right = (high > low) | ((high == low) & (high_place < low_place));                 \
    HALF larger = right ? high : low;                                                         \
    PLACES where = right ? high_place : low_place;

// The largest of all lanes and its place.
#define CREDIT_LARGEST(NAME, T, FULL, FULL_PLACES, HALF, PLACES)                              \
    CREDIT_INLINE T NAME(                                                                     \
        const FULL *values, const FULL_PLACES *places, ptrdiff_t *position) {                 \
        CREDIT_BETTER_HALF(HALF, PLACES, *values, *places)                                    \
        T best = larger[0];                                                                   \
        *position = where[0];                                                                 \
        for (int k = 1; k < 8; k++) {                                                         \
            int is_better = (larger[k] > best) | ((larger[k] == best) & (where[k] < *position)); \
            best = is_better ? larger[k] : best;                                              \
            *position = is_better ? where[k] : *position;                                     \
        }                                                                                     \
        return best;                                                                          \
    }

CREDIT_LARGEST(largest_slope, double, Sixteen, Positions, Eight, EightPositions)
CREDIT_LARGEST(
    largest_gain, float, FloatSixteen, ShortPositions, FloatEight, EightShortPositions)

static const Positions first_positions = {0, 1, 2,  3,  4,  5,  6,  7,
                                          8, 9, 10, 11, 12, 13, 14, 15};

typedef struct {
    double slope, largest;
    float gain;
    ptrdiff_t rising, falling;
} Choice;

// gradient += step * (first - second), and the steepest variable of those that may rise.
CREDIT_INLINE void move(
    ptrdiff_t start, ptrdiff_t end, double step, const float *first, const float *second,
    const double *rise, double *gradient, Choice *choice) {
    Sixteen best = -__builtin_inf();
    Positions places = first_positions + start, at = places;
    for (ptrdiff_t i = start; i < end; i += CREDIT_LANES_AT_ONCE) {
        Sixteen difference =
            __builtin_convertvector(*(const FloatSixteen *)(first + i), Sixteen)
            - __builtin_convertvector(*(const FloatSixteen *)(second + i), Sixteen);
        Sixteen moved = CREDIT_FMA((Sixteen)step, difference, *(const Sixteen *)(gradient + i));
        *(Sixteen *)(gradient + i) = moved;
        Sixteen slope = *(const Sixteen *)(rise + i) - moved;
        Positions is_better = slope > best;
        best = is_better ? slope : best;
        at = is_better ? places : at;
        places += CREDIT_LANES_AT_ONCE;
    }
    choice->slope = largest_slope(&best, &at, &choice->rising);
}

// The partner of the rising variable whose step with it gains most by the second derivative.
CREDIT_INLINE void choose_partner(
    ptrdiff_t start, ptrdiff_t end, const float *row, const float *diagonal,
    const double *gradient, const double *fall, Choice *choice) {
    Sixteen high = -__builtin_inf();
    FloatSixteen best = -1, self = diagonal[choice->rising];
    ShortPositions places = __builtin_convertvector(first_positions + start, ShortPositions);
    ShortPositions at = places;
    for (ptrdiff_t i = start; i < end; i += CREDIT_LANES_AT_ONCE) {
        Sixteen value = *(const Sixteen *)(fall + i) + *(const Sixteen *)(gradient + i);
        high = value > high ? value : high;
        FloatSixteen difference =
            __builtin_convertvector(value + choice->slope, FloatSixteen);
        FloatSixteen curvature = (self + *(const FloatSixteen *)(diagonal + i))
                                 - 2 * *(const FloatSixteen *)(row + i);
        curvature = curvature > 0 ? curvature : (FloatSixteen)1e-12f;
        FloatSixteen gain =
            difference > 0 ? difference * difference / curvature : (FloatSixteen)-1;
        ShortPositions is_better = gain > best;
        best = is_better ? gain : best;
        at = is_better ? places : at;
        places += CREDIT_LANES_AT_ONCE;
    }
    ptrdiff_t ignored;
    choice->largest = largest_slope(&high, &first_positions, &ignored);
    choice->gain = largest_gain(&best, &at, &choice->falling);
}

CREDIT_KERNEL ptrdiff_t credit_svm_block(
    credit_svm_variables block, ptrdiff_t groups, const ptrdiff_t *ends, double tolerance,
    ptrdiff_t limit) {
    const float *first = block.kernel, *second = block.kernel;
    double step = 0;
    for (ptrdiff_t count = 0; count < limit; count++) {
        Choice chosen = {0};
        double violation = -__builtin_inf();
        ptrdiff_t start = 0;
        for (ptrdiff_t group = 0; group < groups; group++) {
            Choice choice;
            move(start, ends[group], step, first, second, block.rise, block.gradient, &choice);
            if (choice.slope > -__builtin_inf()) {
                choose_partner(
                    start, ends[group], block.kernel + choice.rising * block.stride,
                    block.diagonal, block.gradient, block.fall, &choice);
                double sum = choice.slope + choice.largest;
                violation = sum > violation ? sum : violation;
                if (choice.gain > chosen.gain) chosen = choice;
            }
            start = ends[group];
        }
        if (!(violation >= tolerance) || !(chosen.gain > 0)) return count;
        ptrdiff_t i = chosen.rising, j = chosen.falling;
        first = block.kernel + i * block.stride;
        second = block.kernel + j * block.stride;
        double curvature =
            (double)block.diagonal[i] + (double)block.diagonal[j] - 2 * (double)first[j];
        double room = block.upper[i] - block.value[i], drop = block.value[j] - block.lower[j];
        step = (block.gradient[j] - block.gradient[i]) / (curvature > 0 ? curvature : 1e-12);
        step = step < room ? step : room;
        step = step < drop ? step : drop;
        // At a bound the value is the bound, not the sum that rounding gives.
        block.value[i] = step == room ? block.upper[i] : block.value[i] + step;
        block.value[j] = step == drop ? block.lower[j] : block.value[j] - step;
        const ptrdiff_t pair[] = {i, j};
        for (int k = 0; k < 2; k++) {
            ptrdiff_t p = pair[k];
            block.rise[p] = block.value[p] < block.upper[p] ? 0 : -__builtin_inf();
            block.fall[p] = block.value[p] > block.lower[p] ? 0 : -__builtin_inf();
        }
    }
    return limit;
}

CREDIT_KERNEL void credit_svm_gather(
    ptrdiff_t count, const float *row, const ptrdiff_t *positions, float *values) {
    CREDIT_LOOP(count, values[i] = row[positions[i]])
}

CREDIT_KERNEL void credit_svm_add_rows(
    ptrdiff_t count, ptrdiff_t rows, const double *factors, const ptrdiff_t *slots,
    const float *values, ptrdiff_t stride, double *sums) {
    // A part of the sums stays in the nearest cache until all rows are added to it.
    enum { most = 512 };
    for (ptrdiff_t first = 0; first < count; first += most) {
        ptrdiff_t part = count - first < most ? count - first : most, k = 0;
        double *sum = sums + first;
        for (; k + 4 <= rows; k += 4) {
            const float *a = values + slots[k] * stride + first;
            const float *b = values + slots[k + 1] * stride + first;
            const float *c = values + slots[k + 2] * stride + first;
            const float *d = values + slots[k + 3] * stride + first;
            const double *f = factors + k;
            CREDIT_LOOP(
                part, double x = CREDIT_FMA(f[0], (double)a[i], sum[i]);
                x = CREDIT_FMA(f[1], (double)b[i], x); x = CREDIT_FMA(f[2], (double)c[i], x);
                sum[i] = CREDIT_FMA(f[3], (double)d[i], x))
        }
        for (; k < rows; k++) {
            const float *a = values + slots[k] * stride + first;
            CREDIT_LOOP(part, sum[i] = CREDIT_FMA(factors[k], (double)a[i], sum[i]))
        }
    }
}
