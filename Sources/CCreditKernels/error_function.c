// SPDX-License-Identifier: Apache-2.0

#include "float_functions.h"

CREDIT_INLINE double erf_one(double x) {
    static const double near[] = {
        -0x1.812746b0379e7p-2, 0x1.ce2f21a042bd7p-4, -0x1.b82ce312882f8p-6, 0x1.565bcd0e434bbp-8,
        -0x1.c02db3f4735cbp-11, 0x1.f9a324ddf0f34p-14, -0x1.f4d21efdafc7dp-17,
        0x1.b9e2333703249p-20, -0x1.5f39372686202p-23, 0x1.f8d476ab1a455p-27,
        -0x1.3c1e91b012003p-30, 0x1.0f8a27a51ad26p-34,
    };
    static const double far[] = {
        0x1.a51c36ded2f06p-3, 0x1.7b538c281a311p-1, 0x1.b33fd9e87c5f5p-1, 0x1.378ad44aa4d9fp-1,
        0x1.00f7fb02ab637p-3, -0x1.8c8127388e0a4p-3, -0x1.b290cfad1078p-4, 0x1.b688865010457p-4,
        0x1.04aab6b6ba9adp-4, -0x1.788fb413f15e4p-4, -0x1.821fc9bd43af2p-6, 0x1.6fc8b071f8db7p-4,
        -0x1.7428a9fae8df8p-6, -0x1.33c781469f917p-4, 0x1.1e806a576a219p-4, 0x1.0be25ed7482ap-5,
        -0x1.30be46f379823p-4,
    };
    double magnitude = __builtin_fabs(x);
    double square = x * x;
    double polynomial;
    CREDIT_POLYNOMIAL(polynomial, square, near);
    // 2 / sqrt(pi) - 1 first: the last addition then rounds to nearly nothing else.
    double small = CREDIT_FMA(x, CREDIT_FMA(square, polynomial, 0x1.06eba8214db69p-3), x);
    // From 6 on, erf rounds to 1.
    double bounded = clamp(magnitude, 0, 6);
    double scaled;
    double u = 2 / (2 + bounded) - 0.4375;
    CREDIT_POLYNOMIAL(scaled, u, far);
    double large = CREDIT_FMA(-exp_one(-bounded * bounded), scaled, 1.0);
    // The sign also makes erf(-0) -0.
    return __builtin_copysign(magnitude < 1 ? small : large, x);
}

CREDIT_INLINE float float_erf(float x) {
    static const float near[] = {
        -0x1.812746p-2f, 0x1.ce2f1ep-4f, -0x1.b82bf2p-6f, 0x1.5644ep-8f, -0x1.be17c2p-11f,
        0x1.e05216p-14f, -0x1.56d132p-17f,
    };
    static const float far[] = {
        0x1.a51c36p-3f, 0x1.7b538cp-1f, 0x1.b33fep-1f, 0x1.378a8cp-1f, 0x1.00ea0ep-3f,
        -0x1.8c185cp-3f, -0x1.ad9264p-4f, 0x1.991fa2p-4f, 0x1.747c7cp-5f,
    };
    float magnitude = __builtin_fabsf(x);
    float square = x * x;
    float polynomial;
    CREDIT_POLYNOMIAL(polynomial, square, near);
    float small = CREDIT_FMA(x, CREDIT_FMA(square, polynomial, 0x1.06eba8p-3f), x);
    // From 4 on, erf rounds to 1.
    float bounded = float_clamp(magnitude, 0, 4);
    float scaled;
    float u = 2 / (2 + bounded) - 0.4375f;
    CREDIT_POLYNOMIAL(scaled, u, far);
    float large = CREDIT_FMA(-float_exp_of_sum(-bounded * bounded, -0.0f), scaled, 1.0f);
    return __builtin_copysignf(magnitude < 1 ? small : large, x);
}

CREDIT_FUNCTION(erf)
CREDIT_FLOAT_FUNCTION(erf)
