// SPDX-License-Identifier: Apache-2.0

#include "kernel.h"
#include "lanes.h"

#define CREDIT_NET_OPTIMISERS(S, T)                                                           \
    CREDIT_KERNEL double credit_net_squared_norm_##S(ptrdiff_t count, const T *values) {      \
        double lanes[CREDIT_LANES] = {0};                                                     \
        ptrdiff_t whole = count - count % CREDIT_LANES;                                       \
        for (ptrdiff_t i = 0; i < whole; i += CREDIT_LANES) {                                 \
            CREDIT_LANE_LOOP(double x = (double)values[i + lane]; lanes[lane] += x * x)       \
        }                                                                                     \
        for (ptrdiff_t i = whole; i < count; i++) {                                           \
            lanes[i - whole] += (double)values[i] * (double)values[i];                        \
        }                                                                                     \
        double sum = 0;                                                                       \
        CREDIT_LANE_LOOP(sum += lanes[lane])                                                  \
        return sum;                                                                           \
    }                                                                                         \
    CREDIT_KERNEL void credit_net_sgd_##S(                                                    \
        ptrdiff_t count, T scale, T decay, T momentum, bool nesterov, T rate,                 \
        const T *gradient, T *velocity, T *parameters) {                                      \
        T level = nesterov ? 1 : 0, ahead = nesterov ? momentum : 1;                          \
        CREDIT_LOOP(                                                                          \
            count, T g = scale * gradient[i] + decay * parameters[i];                         \
            T v = momentum * velocity[i] + g;                                                 \
            velocity[i] = v;                                                                  \
            parameters[i] -= rate * (level * g + ahead * v))                                  \
    }                                                                                         \
    CREDIT_KERNEL void credit_net_adam_##S(                                                   \
        ptrdiff_t count, T scale, T decay, T shrink, T beta1, T beta2, T rate,                \
        T root_correction, T epsilon, const T *gradient, T *first, T *second,                 \
        T *parameters) {                                                                      \
        CREDIT_LOOP(                                                                          \
            count, T p = parameters[i] * shrink;                                              \
            T g = scale * gradient[i] + decay * p;                                            \
            T m = first[i] + (1 - beta1) * (g - first[i]);                                    \
            T v = beta2 * second[i] + (1 - beta2) * g * g;                                    \
            first[i] = m;                                                                     \
            second[i] = v;                                                                    \
            T root = __builtin_elementwise_sqrt(v) / root_correction;                         \
            parameters[i] = p - rate * m / (root + epsilon))                                  \
    }                                                                                         \
    CREDIT_KERNEL void credit_net_rmsprop_##S(                                                \
        ptrdiff_t count, T scale, T decay, T alpha, T epsilon, T momentum, T rate,            \
        const T *gradient, T *second, T *velocity, T *parameters) {                           \
        CREDIT_LOOP(                                                                          \
            count, T g = scale * gradient[i] + decay * parameters[i];                         \
            T s = alpha * second[i] + (1 - alpha) * g * g;                                    \
            T root = __builtin_elementwise_sqrt(s);                                           \
            T v = momentum * velocity[i] + g / (root + epsilon);                              \
            second[i] = s;                                                                    \
            velocity[i] = v;                                                                  \
            parameters[i] -= rate * v)                                                        \
    }

CREDIT_NET_OPTIMISERS(f32, float)
CREDIT_NET_OPTIMISERS(f64, double)
