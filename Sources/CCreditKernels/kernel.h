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

#define CREDIT_INLINE static inline __attribute__((always_inline))

// An output may be one of the inputs, at the same position, which does not hinder vectorisation.
#define CREDIT_LOOP_FROM(START, COUNT, BODY)                          \
    _Pragma("clang loop vectorize(assume_safety) interleave(enable)") \
    for (ptrdiff_t i = (START); i < (COUNT); i++) { BODY; }

#define CREDIT_LOOP(COUNT, BODY) CREDIT_LOOP_FROM(0, COUNT, BODY)

// For long bodies: several vectors at a time keep the processor busy while each waits for itself.
#define CREDIT_LONG_LOOP_FROM(START, COUNT, BODY)                      \
    _Pragma("clang loop vectorize(assume_safety) interleave_count(4)") \
    for (ptrdiff_t i = (START); i < (COUNT); i++) { BODY; }

#define CREDIT_LONG_LOOP(COUNT, BODY) CREDIT_LONG_LOOP_FROM(0, COUNT, BODY)

// What the caches hold and memory takes as a whole.
typedef uint64_t CacheLine __attribute__((vector_size(64), may_alias));

// Asks for bytes two pages ahead, where processors do not look by themselves.
CREDIT_INLINE void fetch_ahead(const void *address, size_t bytes) {
    for (size_t line = 0; line < bytes; line += sizeof(CacheLine)) {
        __builtin_prefetch((const void *)((uintptr_t)address + 8192 + line));
    }
}

#endif
