// SPDX-License-Identifier: Apache-2.0
//
// Loops whose outputs may go to memory past the caches.

#ifndef CCREDIT_MAPPING_H
#define CCREDIT_MAPPING_H

#include "kernel.h"

// How many elements lie before the first whole line, at most `count`.
CREDIT_INLINE ptrdiff_t elements_before_lines(const void *output, ptrdiff_t count, size_t size) {
    ptrdiff_t before = (ptrdiff_t)((-(uintptr_t)output % sizeof(CacheLine)) / size);
    return before < count ? before : count;
}

// output[i] = VALUE for each i, in loops of the kind LOOP. Streaming, whole lines come to be in
// registers and go to memory past the caches, which spares reading what they replace, while FETCH
// asks for the inputs of later ones.
#define CREDIT_MAP(LOOP, T, COUNT, OUTPUT, STREAMING, FETCH, VALUE)                             \
    ptrdiff_t mapped = 0;                                                                       \
    if (STREAMING) {                                                                            \
        enum { lines = 4, bytes = lines * sizeof(CacheLine), block = bytes / sizeof(T) };       \
        mapped = elements_before_lines(OUTPUT, COUNT, sizeof(T));                               \
        for (ptrdiff_t i = 0; i < mapped; i++) { (OUTPUT)[i] = (VALUE); }                       \
        for (; (COUNT) - mapped >= block; mapped += block) {                                    \
            T values[block] __attribute__((aligned(sizeof(CacheLine))));                        \
            FETCH                                                                               \
            _Pragma("clang loop vectorize(assume_safety) interleave_count(4) unroll(disable)")  \
            for (ptrdiff_t k = 0; k < block; k++) {                                             \
                ptrdiff_t i = mapped + k;                                                       \
                values[k] = (VALUE);                                                            \
            }                                                                                   \
            CacheLine *target = (CacheLine *)((OUTPUT) + mapped);                               \
            _Pragma("clang loop unroll(full)")                                                  \
            for (int line = 0; line < lines; line++) {                                          \
                __builtin_nontemporal_store(((CacheLine *)values)[line], target + line);        \
            }                                                                                   \
        }                                                                                       \
    }                                                                                           \
    LOOP(mapped, COUNT, (OUTPUT)[i] = (VALUE))

#define CREDIT_FETCH(INPUT) fetch_ahead((INPUT) + mapped, bytes);

// A function of every element, whose VALUE is written with input[i].
#define CREDIT_UNARY(LOOP, NAME, S, T, VALUE)                                                   \
    CREDIT_KERNEL void credit_##NAME##_streaming_##S(                                           \
        ptrdiff_t count, const T *input, T *output, bool streaming) {                           \
        CREDIT_MAP(LOOP, T, count, output, streaming, CREDIT_FETCH(input), VALUE)               \
    }                                                                                           \
    void credit_##NAME##_##S(ptrdiff_t count, const T *input, T *output) {                      \
        credit_##NAME##_streaming_##S(count, input, output, false);                             \
    }

#endif
