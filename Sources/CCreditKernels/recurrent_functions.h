// SPDX-License-Identifier: Apache-2.0
//
// The exponentials of recurrent cells. Numbers beyond the limits are as good as at them: sigmoid
// rounds to 1 or lies below 1e-13 (a float) and 1e-17 (a double), tanh rounds to 1, and products of
// the powers stay finite.

#ifndef CCREDIT_RECURRENT_FUNCTIONS_H
#define CCREDIT_RECURRENT_FUNCTIONS_H

#include "float_functions.h"

// 1 + exp(-x), one over the logistic function.
CREDIT_INLINE float inverse_sigmoid_f32(float x) {
    FloatExponential e = float_exponential(float_clamp(-x, -30, 30), -0.0f);
    return 1 + CREDIT_FMA(e.sum, e.power, e.power);
}

CREDIT_INLINE double inverse_sigmoid_f64(double x) {
    Exponential e = exponential(clamp(-x, -40, 40));
    double power = power_of_two(e.n);
    return 1 + CREDIT_FMA(e.sum, power, power);
}

// exp(2 x) - 1 = m, of which tanh is m / (m + 2).
CREDIT_INLINE float double_growth_f32(float x) {
    FloatExponential e = float_exponential(2 * float_clamp(x, -10, 10), -0.0f);
    return CREDIT_FMA(e.sum, e.power, e.power - 1);
}

CREDIT_INLINE double double_growth_f64(double x) {
    Exponential e = exponential(2 * clamp(x, -20, 20));
    double power = power_of_two(e.n);
    return CREDIT_FMA(e.sum, power, power - 1);
}

#endif
