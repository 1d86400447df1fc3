// SPDX-License-Identifier: Apache-2.0

#ifndef CCREDIT_KERNEL_H
#define CCREDIT_KERNEL_H

#include "CCreditKernels.h"

#include <stdint.h>
#include <string.h>

// Only fused multiply-adds that are written out: results do not depend on the compiler's choice.
#pragma STDC FP_CONTRACT OFF

// a * b + c, rounded once by every processor; without an instruction for it, by a slow function.
#define CREDIT_FMA(a, b, c) __builtin_elementwise_fma((a), (b), (c))

#if defined(__x86_64__) && defined(__GLIBC__)
// One body per instruction set; the loader picks the best that the processor has.
#define CREDIT_KERNEL \
    __attribute__((target_clones("arch=x86-64-v4", "arch=x86-64-v3", "default")))
#else
#define CREDIT_KERNEL
#endif

// An output may be one of the inputs, at the same position, which does not hinder vectorisation.
#define CREDIT_LOOP(COUNT, BODY)                                     \
    _Pragma("clang loop vectorize(assume_safety) interleave(enable)") \
    for (ptrdiff_t i = 0; i < (COUNT); i++) { BODY; }

// For long bodies: several vectors at a time keep the processor busy while each waits for itself.
#define CREDIT_LONG_LOOP(COUNT, BODY)                                     \
    _Pragma("clang loop vectorize(assume_safety) interleave_count(4)")    \
    for (ptrdiff_t i = 0; i < (COUNT); i++) { BODY; }

#define CREDIT_INLINE static inline __attribute__((always_inline))

#endif
