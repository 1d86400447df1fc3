// SPDX-License-Identifier: Apache-2.0
//
// Losses of the last layer's outputs. They are evaluated and summed in double arithmetic, in the
// order of the rows.

#include "functions.h"

CREDIT_INLINE double log_of(double x) {
    Logarithm log = logarithm(reduce(x), 0);
    return log.leading - log.rest;
}

CREDIT_INLINE double log_of_sum(double x) {
    Logarithm log = logarithm_of_sum(x);
    return log.leading - log.rest;
}

// x^gamma for x in 0...1.
CREDIT_INLINE double focal_power(double x, double gamma) {
    return x > 0 ? exp_one(gamma * log_of(x)) : 0;
}

CREDIT_INLINE double logistic_row(
    double output, double target, double weight, double focal, double *gradient) {
    double sign = target > 0.5 ? 1 : -1, m = -sign * output;
    double magnitude = m < 0 ? -m : m;
    double e = exp_one(-magnitude);
    // The shares of what happened and of what did not.
    double hit = (m > 0 ? e : 1) / (1 + e), miss = (m > 0 ? 1 : e) / (1 + e);
    double loss = (m < 0 ? 0 : m) + log_of_sum(e);
    if (focal == 0) {
        *gradient = -sign * miss * weight;
        return weight * loss;
    }
    double power = focal_power(miss, focal) * weight;
    *gradient = -sign * power * (focal * hit * loss + miss);
    return power * loss;
}

#define CREDIT_NET_CLASSES(S, T)                                                              \
    CREDIT_KERNEL double credit_net_logistic_loss_##S(                                        \
        ptrdiff_t rows, double focal, const T *outputs, const T *targets, const T *weights,   \
        T *gradient) {                                                                        \
        double sum = 0;                                                                       \
        for (ptrdiff_t r = 0; r < rows; r++) {                                                \
            double slope;                                                                     \
            sum += logistic_row(                                                              \
                (double)outputs[r], (double)targets[r], (double)weights[r], focal, &slope);   \
            gradient[r] = (T)slope;                                                           \
        }                                                                                     \
        return sum;                                                                           \
    }                                                                                         \
    CREDIT_KERNEL double credit_net_softmax_loss_##S(                                         \
        ptrdiff_t rows, ptrdiff_t classes, double focal, const T *outputs,                    \
        const T *targets, const T *weights, T *gradient) {                                    \
        double sum = 0;                                                                       \
        for (ptrdiff_t r = 0; r < rows; r++) {                                                \
            const T *z = outputs + r * classes;                                               \
            T *g = gradient + r * classes;                                                    \
            ptrdiff_t target = (ptrdiff_t)targets[r];                                         \
            double largest = (double)z[0], own = (double)z[target], others = 0;               \
            for (ptrdiff_t c = 1; c < classes; c++) {                                         \
                largest = (double)z[c] > largest ? (double)z[c] : largest;                    \
            }                                                                                 \
            for (ptrdiff_t c = 0; c < classes; c++) {                                         \
                others += c == target ? 0 : exp_one((double)z[c] - largest);                  \
            }                                                                                 \
            double mine = exp_one(own - largest), total = mine + others;                      \
            double loss = own == largest ? log_of_sum(others) : log_of(total) + largest - own; \
            double hit = mine / total, miss = others / total;                                 \
            double power = (focal == 0 ? 1 : focal_power(miss, focal)) * (double)weights[r];  \
            /* The slope of the loss in log(hit), which is shared out among the classes. */   \
            double factor = focal == 0 || miss == 0                                           \
                ? -power                                                                      \
                : -power * (1 + focal * hit * loss / miss);                                   \
            for (ptrdiff_t c = 0; c < classes; c++) {                                         \
                double share = c == target                                                    \
                    ? miss                                                                    \
                    : -exp_one((double)z[c] - largest) / total;                               \
                g[c] = (T)(factor * share);                                                   \
            }                                                                                 \
            sum += power * loss;                                                              \
        }                                                                                     \
        return sum;                                                                           \
    }

CREDIT_NET_CLASSES(f32, float)
CREDIT_NET_CLASSES(f64, double)

#define CREDIT_NET_NUMBERS(NAME, S, T, PARAMETER, BODY)                                       \
    CREDIT_KERNEL double credit_net_##NAME##_loss_##S(                                        \
        ptrdiff_t rows, ptrdiff_t columns, PARAMETER const T *outputs, const T *targets,      \
        const T *weights, T *gradient) {                                                      \
        double sum = 0;                                                                       \
        for (ptrdiff_t r = 0; r < rows; r++) {                                                \
            double weight = (double)weights[r];                                               \
            for (ptrdiff_t c = r * columns; c < (r + 1) * columns; c++) {                     \
                double output = (double)outputs[c], target = (double)targets[c];              \
                double loss, slope;                                                           \
                BODY                                                                          \
                gradient[c] = (T)(weight * slope);                                            \
                sum += weight * loss;                                                         \
            }                                                                                 \
        }                                                                                     \
        return sum;                                                                           \
    }

#define CREDIT_SQUARED                                                                        \
    double miss = output - target;                                                            \
    loss = miss * miss;                                                                       \
    slope = 2 * miss;

#define CREDIT_HUBER                                                                          \
    double miss = output - target, magnitude = miss < 0 ? -miss : miss;                       \
    int near = magnitude <= delta;                                                            \
    loss = near ? 0.5 * miss * miss : delta * (magnitude - 0.5 * delta);                      \
    slope = near ? miss : (miss < 0 ? -delta : delta);

#define CREDIT_POISSON                                                                        \
    double rate = exp_one(output);                                                            \
    loss = rate - target * output;                                                            \
    slope = rate - target;

#define CREDIT_NO_PARAMETER
#define CREDIT_DELTA double delta,

CREDIT_NET_NUMBERS(squared, f32, float, CREDIT_NO_PARAMETER, CREDIT_SQUARED)
CREDIT_NET_NUMBERS(squared, f64, double, CREDIT_NO_PARAMETER, CREDIT_SQUARED)
CREDIT_NET_NUMBERS(huber, f32, float, CREDIT_DELTA, CREDIT_HUBER)
CREDIT_NET_NUMBERS(huber, f64, double, CREDIT_DELTA, CREDIT_HUBER)
CREDIT_NET_NUMBERS(poisson, f32, float, CREDIT_NO_PARAMETER, CREDIT_POISSON)
CREDIT_NET_NUMBERS(poisson, f64, double, CREDIT_NO_PARAMETER, CREDIT_POISSON)
