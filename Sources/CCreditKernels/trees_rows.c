// SPDX-License-Identifier: Apache-2.0
//
// What trees do with the rows of a node: sum by code, part in two, code by bounds.

#include "kernel.h"

// A row's `a` and `b`, read as one number, are its packed sums but for the carry of a negative `a`:
// b is the lower half and not negative, so there is none.
CREDIT_INLINE int64_t packed(credit_tree_row row) {
    int64_t value;
    memcpy(&value, &row, sizeof value);
    return value;
}

#define CREDIT_TREE_DEFINE(S, T)                                                               \
    void credit_tree_sum_##S(                                                                  \
        ptrdiff_t count, const uint32_t *rows, const credit_tree_row *values, const T *codes,  \
        int64_t *sums) {                                                                       \
        for (ptrdiff_t i = 0; i < count; i++) sums[codes[rows[i]]] += packed(values[i]);       \
    }                                                                                          \
    void credit_tree_sum_marked_##S(                                                           \
        ptrdiff_t count, const uint32_t *rows, const credit_tree_row *values, const T *codes,  \
        int64_t *sums, uint64_t *marks) {                                                      \
        for (ptrdiff_t i = 0; i < count; i++) {                                                \
            T code = codes[rows[i]];                                                           \
            sums[code] += packed(values[i]);                                                   \
            marks[code >> 6] |= (uint64_t)1 << (code & 63);                                    \
        }                                                                                      \
    }                                                                                          \
    void credit_tree_sum_classes_##S(                                                          \
        ptrdiff_t count, const uint32_t *rows, const credit_tree_row *values, const T *codes,  \
        ptrdiff_t classes, int64_t *sums, uint64_t *marks) {                                   \
        for (ptrdiff_t i = 0; i < count; i++) {                                                \
            T code = codes[rows[i]];                                                           \
            sums[code * classes + values[i].a] += values[i].b;                                 \
            marks[code >> 6] |= (uint64_t)1 << (code & 63);                                    \
        }                                                                                      \
    }                                                                                          \
    bool credit_tree_range_##S(                                                                \
        ptrdiff_t count, const uint32_t *rows, const T *codes, int32_t bins,                   \
        int32_t *least, int32_t *largest) {                                                    \
        int32_t low = INT32_MAX, high = -1, missing = 0;                                       \
        for (ptrdiff_t i = 0; i < count; i++) {                                                \
            int32_t code = codes[rows[i]], is_value = code < bins;                             \
            missing |= !is_value;                                                              \
            int32_t lower = is_value ? code : INT32_MAX, upper = is_value ? code : -1;         \
            low = lower < low ? lower : low;                                                   \
            high = upper > high ? upper : high;                                                \
        }                                                                                      \
        *least = low;                                                                          \
        *largest = high;                                                                       \
        return missing;                                                                        \
    }                                                                                          \
    ptrdiff_t credit_tree_partition_##S(                                                       \
        ptrdiff_t count, uint32_t *rows, credit_tree_row *values, const T *codes,              \
        const uint8_t *is_left, uint32_t *other_rows, credit_tree_row *other_values) {         \
        ptrdiff_t left = 0, right = 0;                                                         \
        for (ptrdiff_t i = 0; i < count; i++) {                                                \
            uint32_t row = rows[i];                                                            \
            credit_tree_row value = values[i];                                                 \
            ptrdiff_t goes_left = is_left[codes[row]];                                         \
            rows[left] = row;                                                                  \
            values[left] = value;                                                              \
            other_rows[right] = row;                                                           \
            other_values[right] = value;                                                       \
            left += goes_left;                                                                 \
            right += 1 - goes_left;                                                            \
        }                                                                                      \
        memcpy(rows + left, other_rows, (size_t)right * sizeof *rows);                         \
        memcpy(values + left, other_values, (size_t)right * sizeof *values);                   \
        return left;                                                                           \
    }                                                                                          \
    int64_t credit_tree_left_sum_##S(                                                          \
        ptrdiff_t count, const uint32_t *rows, const credit_tree_row *values, const T *codes,  \
        const uint8_t *is_left) {                                                              \
        int64_t sum = 0;                                                                       \
        for (ptrdiff_t i = 0; i < count; i++) {                                                \
            sum += packed(values[i]) & -(int64_t)is_left[codes[rows[i]]];                      \
        }                                                                                      \
        return sum;                                                                            \
    }                                                                                          \
    CREDIT_KERNEL void credit_tree_codes_##S(                                                  \
        ptrdiff_t count, const double *values, const double *bounds, ptrdiff_t padded,         \
        T missing, T *codes) {                                                                 \
        for (ptrdiff_t i = 0; i < count; i++) {                                                \
            double value = values[i];                                                          \
            ptrdiff_t below = 0;                                                               \
            for (ptrdiff_t step = padded / 2; step > 0; step /= 2) {                           \
                below += bounds[below + step - 1] < value ? step : 0;                          \
            }                                                                                  \
            codes[i] = value != value ? missing : (T)below;                                    \
        }                                                                                      \
    }

CREDIT_TREE_DEFINE(u8, uint8_t)
CREDIT_TREE_DEFINE(u16, uint16_t)

void credit_tree_sum_four_u8(
    ptrdiff_t count, const uint32_t *rows, const credit_tree_row *values,
    const uint8_t *const columns[4], int64_t *const sums[4]) {
    const uint8_t *c0 = columns[0], *c1 = columns[1], *c2 = columns[2], *c3 = columns[3];
    int64_t *s0 = sums[0], *s1 = sums[1], *s2 = sums[2], *s3 = sums[3];
    for (ptrdiff_t i = 0; i < count; i++) {
        uint32_t row = rows[i];
        int64_t value = packed(values[i]);
        s0[c0[row]] += value;
        s1[c1[row]] += value;
        s2[c2[row]] += value;
        s3[c3[row]] += value;
    }
}

CREDIT_KERNEL void credit_tree_subtract(
    ptrdiff_t count, const int64_t *a, const int64_t *b, int64_t *output) {
    CREDIT_LOOP(count, output[i] = a[i] - b[i])
}

void credit_tree_clear(ptrdiff_t words, ptrdiff_t width, int64_t *sums, uint64_t *marks) {
    for (ptrdiff_t word = 0; word < words; word++) {
        for (uint64_t left = marks[word]; left; left &= left - 1) {
            ptrdiff_t code = 64 * word + __builtin_ctzll(left);
            memset(sums + code * width, 0, (size_t)width * sizeof *sums);
        }
        marks[word] = 0;
    }
}

// Half away from zero, by truncation alone: the same on every processor.
CREDIT_INLINE int32_t rounded(double value) {
    return (int32_t)(value + (value < 0 ? -0.5 : 0.5));
}

CREDIT_KERNEL int64_t credit_tree_quantise(
    ptrdiff_t count, const double *a, const double *b, double scale_a, double scale_b,
    credit_tree_row *output) {
    int64_t sum_a = 0, sum_b = 0;
    for (ptrdiff_t i = 0; i < count; i++) {
        credit_tree_row row = {rounded(b[i] * scale_b), rounded(a[i] * scale_a)};
        output[i] = row;
        sum_a += row.a;
        sum_b += row.b;
    }
    return sum_a * ((int64_t)1 << 32) + sum_b;
}

CREDIT_KERNEL static void logistic_rows(
    ptrdiff_t count, const double *targets, const double *weights, double *a, double *b) {
    CREDIT_LOOP(
        count, double p = a[i]; double weight = weights[i];
        a[i] = weight * (targets[i] - p); b[i] = weight * (p * (1 - p)))
}

void credit_tree_logistic_f64(
    ptrdiff_t count, const double *scores, const double *targets, const double *weights,
    double *a, double *b) {
    credit_sigmoid_f64(count, scores, a);
    logistic_rows(count, targets, weights, a, b);
}

// Bits in an order that is that of the numbers.
CREDIT_INLINE uint64_t ordered(uint64_t bits) {
    return bits ^ (uint64_t)((int64_t)bits >> 63 | INT64_MIN);
}

CREDIT_INLINE uint64_t unordered(uint64_t key) {
    return key ^ (key >> 63 ? (uint64_t)INT64_MIN : ~(uint64_t)0);
}

// Sorted by one byte after the other, from the lowest; a byte that all keys share is passed over.
void credit_sort_f64(ptrdiff_t count, double *values, double *room) {
    enum { bytes = 8, digits = 256 };
    ptrdiff_t counts[bytes][digits];
    memset(counts, 0, sizeof counts);
    uint64_t *from = (uint64_t *)(void *)values, *to = (uint64_t *)(void *)room;
    for (ptrdiff_t i = 0; i < count; i++) {
        uint64_t key = ordered(from[i]);
        from[i] = key;
        for (int byte = 0; byte < bytes; byte++) counts[byte][key >> (8 * byte) & 255]++;
    }
    for (int byte = 0; byte < bytes && count > 0; byte++) {
        ptrdiff_t *starts = counts[byte];
        if (starts[from[0] >> (8 * byte) & 255] == count) continue;
        ptrdiff_t start = 0;
        for (int digit = 0; digit < digits; digit++) {
            ptrdiff_t length = starts[digit];
            starts[digit] = start;
            start += length;
        }
        for (ptrdiff_t i = 0; i < count; i++) {
            uint64_t key = from[i];
            to[starts[key >> (8 * byte) & 255]++] = key;
        }
        uint64_t *swapped = from;
        from = to;
        to = swapped;
    }
    uint64_t *result = (uint64_t *)(void *)values;
    for (ptrdiff_t i = 0; i < count; i++) result[i] = unordered(from[i]);
}
