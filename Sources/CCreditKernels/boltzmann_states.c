// SPDX-License-Identifier: Apache-2.0

#include "random_words.h"

CREDIT_KERNEL void credit_random_words(
    credit_random_place place, uint32_t row, uint32_t block, uint32_t words[64]) {
    random_words(place, row, block, words);
}

// To two ulps, which no random state can tell from the nearest number.
CREDIT_INLINE float unit_probability(float x) {
    return 1 / (1 + float_exp_of_sum(float_clamp(-x, -88, 88), 0));
}

CREDIT_KERNEL void credit_unit_states(
    ptrdiff_t rows, ptrdiff_t columns, ptrdiff_t stride, credit_random_place place,
    ptrdiff_t first_row, float *values, float *states) {
    uint32_t words[CREDIT_RANDOM_WORDS];
    for (ptrdiff_t row = 0; row < rows; row++) {
        float *value = values + row * stride;
        if (states == NULL) {
            CREDIT_LONG_LOOP(columns, value[i] = unit_probability(value[i]))
            continue;
        }
        float *state = states + row * stride;
        for (ptrdiff_t start = 0; start < columns; start += CREDIT_RANDOM_WORDS) {
            uint32_t block = (uint32_t)(start / CREDIT_RANDOM_WORDS);
            random_words(place, (uint32_t)(first_row + row), block, words);
            ptrdiff_t left = columns - start;
            ptrdiff_t count = left < CREDIT_RANDOM_WORDS ? left : CREDIT_RANDOM_WORDS;
            float *v = value + start, *s = state + start;
            CREDIT_LONG_LOOP(
                count, float p = unit_probability(v[i]); v[i] = p;
                s[i] = (float)(words[i] >> 8) * 0x1p-24f < p ? 1 : 0)
        }
    }
}

CREDIT_KERNEL void credit_unit_normals(
    ptrdiff_t rows, ptrdiff_t columns, ptrdiff_t stride, credit_random_place place,
    ptrdiff_t first_row, float *values) {
    uint32_t words[CREDIT_RANDOM_WORDS];
    for (ptrdiff_t row = 0; row < rows; row++) {
        for (ptrdiff_t start = 0; start < columns; start += CREDIT_RANDOM_WORDS) {
            uint32_t block = (uint32_t)(start / CREDIT_RANDOM_WORDS);
            random_words(place, (uint32_t)(first_row + row), block, words);
            ptrdiff_t left = columns - start;
            ptrdiff_t count = left < CREDIT_RANDOM_WORDS ? left : CREDIT_RANDOM_WORDS;
            float *v = values + row * stride + start;
            CREDIT_LOOP(count, v[i] += normal_of(words[i]))
        }
    }
}
