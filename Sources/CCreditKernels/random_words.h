// SPDX-License-Identifier: Apache-2.0
//
// Philox4x32-10 of sixteen counters at a time, and standard normal numbers.

#ifndef CCREDIT_RANDOM_WORDS_H
#define CCREDIT_RANDOM_WORDS_H

#include "CCreditBoltzmann.h"
#include "float_functions.h"

#define CREDIT_RANDOM_WORDS 64

// Four words of the counter (block, row, step).
//
// J. K. Salmon et al., "Parallel random numbers: as easy as 1, 2, 3", SC '11,
// DOI 10.1145/2063384.2063405.
CREDIT_INLINE void philox(
    credit_random_place place, uint32_t row, uint32_t block, uint32_t words[4]) {
    uint32_t a = block, b = row, c = (uint32_t)place.step, d = (uint32_t)(place.step >> 32);
    uint32_t first_key = (uint32_t)place.key, second_key = (uint32_t)(place.key >> 32);
    _Pragma("clang loop unroll(full)")
    for (int round = 0; round < 10; round++) {
        uint64_t left = (uint64_t)a * 0xD2511F53;
        uint64_t right = (uint64_t)c * 0xCD9E8D57;
        a = (uint32_t)(right >> 32) ^ b ^ first_key;
        b = (uint32_t)right;
        c = (uint32_t)(left >> 32) ^ d ^ second_key;
        d = (uint32_t)left;
        first_key += 0x9E3779B9;
        second_key += 0xBB67AE85;
    }
    words[0] = a;
    words[1] = b;
    words[2] = c;
    words[3] = d;
}

CREDIT_INLINE void random_words(
    credit_random_place place, uint32_t row, uint32_t block, uint32_t *words) {
    CREDIT_LOOP(
        16, uint32_t four[4]; philox(place, row, 16 * block + (uint32_t)i, four);
        words[i] = four[0]; words[16 + i] = four[1]; words[32 + i] = four[2];
        words[48 + i] = four[3])
}

// The standard normal quantile of (word + 1/2) / 2^24 for the top 24 bits of a word, to about 7
// digits: algorithm PPND7 of M. J. Wichura, "Algorithm AS 241", Applied Statistics 37 (1988),
// DOI 10.2307/2347330. A probability of 24 bits needs no far tail.
CREDIT_INLINE float normal_of(uint32_t word) {
    float upper = ((float)(word >> 8) + 0.5f) * 0x1p-24f;
    float q = upper - 0.5f;
    float s = 0.180625f - q * q;
    float inner =
        q * (((59.109374720f * s + 159.29113202f) * s + 50.434271938f) * s + 3.3871327179f)
        / (((67.187563600f * s + 78.757757664f) * s + 17.895169469f) * s + 1);
    // The word mirrored, so that no digit of a small probability is lost.
    uint32_t least = q < 0 ? word >> 8 : 0xffffff - (word >> 8);
    float tail = ((float)least + 0.5f) * 0x1p-24f;
    FloatLogarithm logarithm = float_logarithm(float_reduce(tail), 0);
    float r = __builtin_elementwise_sqrt(logarithm.rest - logarithm.leading) - 1.6f;
    float outer = (((0.17023821103f * r + 1.3067284816f) * r + 2.7568153900f) * r + 1.4234372777f)
                  / ((0.12021132975f * r + 0.73700164250f) * r + 1);
    outer = __builtin_copysignf(outer, q);
    return __builtin_fabsf(q) <= 0.425f ? inner : outer;
}

#endif
