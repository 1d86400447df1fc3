// SPDX-License-Identifier: Apache-2.0
//
// What a row adds to a logistic likelihood and its derivatives, given its log-odds. Both
// probabilities come from exp(-|logit|), so that neither loses digits as 1 minus the other.

#include "functions.h"

typedef struct {
    double of_target, of_other;
} Probabilities;

CREDIT_INLINE Probabilities probabilities(double logit) {
    double odds = exp_one(-__builtin_fabs(logit));
    double larger = 1 / (1 + odds), smaller = odds * larger;
    Probabilities result;
    result.of_target = logit < 0 ? smaller : larger;
    result.of_other = logit < 0 ? larger : smaller;
    return result;
}

CREDIT_KERNEL void credit_logistic_residuals_f64(
    ptrdiff_t count, const double *logits, const double *targets, const double *weights,
    double *output) {
    CREDIT_LONG_LOOP(count,
        Probabilities p = probabilities(logits[i]);
        double kept = targets[i] * p.of_other;
        output[i] = weights[i] * (kept - (1 - targets[i]) * p.of_target))
}

CREDIT_KERNEL void credit_logistic_curvatures_f64(
    ptrdiff_t count, const double *logits, const double *weights, double *output) {
    CREDIT_LONG_LOOP(count,
        Probabilities p = probabilities(logits[i]);
        output[i] = weights[i] * (p.of_target * p.of_other))
}

CREDIT_KERNEL void credit_logistic_losses_f64(
    ptrdiff_t count, const double *logits, const double *signs, const double *weights,
    double *output) {
    CREDIT_LONG_LOOP(count,
        double size = __builtin_fabs(logits[i]);
        Logarithm tail = logarithm_of_sum(exp_one(-size));
        double against = 0.5 * (size - signs[i] * logits[i]);
        output[i] = weights[i] * (against + (tail.leading - tail.rest)))
}
