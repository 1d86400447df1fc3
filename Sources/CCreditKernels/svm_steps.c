// SPDX-License-Identifier: Apache-2.0
//
// The passes over all variables of one step of sequential minimal optimisation. Extremes do not
// depend on the order of comparisons, and of equal ones the first is taken.

#include "kernel.h"

#define CREDIT_STEP_BLOCK 512
#define CREDIT_STEP_LANES 32

#define CREDIT_LARGEST(NAME, T)                                                                \
    CREDIT_INLINE T NAME(ptrdiff_t count, const T *values) {                                   \
        T lanes[CREDIT_STEP_LANES];                                                            \
        for (int k = 0; k < CREDIT_STEP_LANES; k++) lanes[k] = -__builtin_inf();               \
        ptrdiff_t i = 0;                                                                       \
        for (; i + CREDIT_STEP_LANES <= count; i += CREDIT_STEP_LANES) {                       \
            for (int k = 0; k < CREDIT_STEP_LANES; k++) {                                      \
                lanes[k] = values[i + k] > lanes[k] ? values[i + k] : lanes[k];                \
            }                                                                                  \
        }                                                                                      \
        T best = -__builtin_inf();                                                             \
        for (; i < count; i++) best = values[i] > best ? values[i] : best;                     \
        for (int k = 0; k < CREDIT_STEP_LANES; k++) best = lanes[k] > best ? lanes[k] : best;  \
        return best;                                                                           \
    }

CREDIT_LARGEST(largest_double, double)
CREDIT_LARGEST(largest_float, float)

CREDIT_KERNEL void credit_svm_move(
    ptrdiff_t count, double step, const float *first, const float *second, double *gradient) {
    CREDIT_LOOP(count, gradient[i] += step * ((double)first[i] - (double)second[i]))
}

CREDIT_KERNEL ptrdiff_t credit_svm_first(
    ptrdiff_t count, const double *gradient, const float *rise, double *largest) {
    double values[CREDIT_STEP_BLOCK];
    ptrdiff_t position = -1;
    *largest = -__builtin_inf();
    for (ptrdiff_t start = 0; start < count; start += CREDIT_STEP_BLOCK) {
        ptrdiff_t part = count - start < CREDIT_STEP_BLOCK ? count - start : CREDIT_STEP_BLOCK;
        const double *g = gradient + start;
        const float *r = rise + start;
        CREDIT_LOOP(part, values[i] = (double)r[i] - g[i])
        double best = largest_double(part, values);
        if (best > *largest) {
            *largest = best;
            position = 0;
            while (values[position] != best) position++;
            position += start;
        }
    }
    return position;
}

CREDIT_KERNEL ptrdiff_t credit_svm_second(
    ptrdiff_t count, double top, float self, const float *row, const float *diagonal,
    const double *gradient, const float *fall, double *largest, float *gain) {
    double values[CREDIT_STEP_BLOCK];
    float gains[CREDIT_STEP_BLOCK];
    ptrdiff_t position = -1;
    *largest = -__builtin_inf();
    *gain = 0;
    for (ptrdiff_t start = 0; start < count; start += CREDIT_STEP_BLOCK) {
        ptrdiff_t part = count - start < CREDIT_STEP_BLOCK ? count - start : CREDIT_STEP_BLOCK;
        const double *g = gradient + start;
        const float *f = fall + start, *k = row + start, *d = diagonal + start;
        CREDIT_LOOP(
            part, double value = (double)f[i] + g[i]; float difference = (float)(value + top);
            float curvature = (self + d[i]) - 2 * k[i];
            curvature = curvature > 0 ? curvature : 1e-12f; values[i] = value;
            gains[i] = difference > 0 ? difference * difference / curvature : -1)
        double high = largest_double(part, values);
        *largest = high > *largest ? high : *largest;
        float best = largest_float(part, gains);
        if (best > *gain) {
            *gain = best;
            position = 0;
            while (gains[position] != best) position++;
            position += start;
        }
    }
    return position;
}

CREDIT_KERNEL void credit_svm_accumulate(
    ptrdiff_t count, double factor, const float *row, double *gradient) {
    CREDIT_LOOP(count, gradient[i] += factor * (double)row[i])
}
