// SPDX-License-Identifier: Apache-2.0
//
// The best cut of a feature by the sums of its codes. Scores are computed for all cuts in vector
// loops; of equal scores the first cut wins.

#include "kernel.h"

#include <math.h>

CREDIT_INLINE double sum_a(int64_t packed) { return (double)(int32_t)(packed >> 32); }
CREDIT_INLINE double sum_b(int64_t packed) { return (double)(uint32_t)packed; }

CREDIT_INLINE double shrunk(double a, double l1) {
    double size = __builtin_fabs(a) - l1;
    return size > 0 ? __builtin_copysign(size, a) : 0;
}

// The value v within the bounds at which 2 a v - b v^2 is largest.
CREDIT_INLINE double bounded_value(double a, double b, double low, double high) {
    double value = b > 0 ? a / b : 0;
    return value < low ? low : value > high ? high : value;
}

CREDIT_KERNEL static void score_quadratic(
    const credit_tree_query *q, ptrdiff_t count, const int64_t *lefts, double *scores) {
    const int64_t total = q->total;
    const double ua = q->unit_a, ub = q->unit_b, l1 = q->l1, l2 = q->l2, least = q->minimum_b;
    CREDIT_LOOP(
        count, int64_t left = lefts[i]; int64_t right = total - left;
        double aL = shrunk(sum_a(left) * ua, l1); double aR = shrunk(sum_a(right) * ua, l1);
        double bL = sum_b(left) * ub; double bR = sum_b(right) * ub;
        double cL = bL + l2; double cR = bR + l2;
        double score = (aL * aL * cR + aR * aR * cL) / (cL * cR);
        bool allowed = (bL >= least) & (bR >= least) & (cL > 0) & (cR > 0);
        scores[i] = allowed ? score : -INFINITY)
}

CREDIT_KERNEL static void score_bounded(
    const credit_tree_query *q, ptrdiff_t count, const int64_t *lefts, double *scores) {
    const int64_t total = q->total;
    for (ptrdiff_t i = 0; i < count; i++) {
        int64_t left = lefts[i], right = total - left;
        double aL = shrunk(sum_a(left) * q->unit_a, q->l1);
        double aR = shrunk(sum_a(right) * q->unit_a, q->l1);
        double bL = sum_b(left) * q->unit_b, bR = sum_b(right) * q->unit_b;
        double cL = bL + q->l2, cR = bR + q->l2;
        double vL = bounded_value(aL, cL, q->lower, q->upper);
        double vR = bounded_value(aR, cR, q->lower, q->upper);
        bool allowed = bL >= q->minimum_b && bR >= q->minimum_b && cL > 0 && cR > 0
            && q->direction * (vR - vL) >= 0;
        scores[i] = allowed ? (2 * aL - cL * vL) * vL + (2 * aR - cR * vR) * vR : -INFINITY;
    }
}

// The sum over both sides and both classes of x log(x / b), x the class's part of b.
static void score_entropy(
    const credit_tree_query *q, ptrdiff_t count, const int64_t *lefts, double *scores,
    double *room) {
    double *logs = room + 6 * count;
    for (ptrdiff_t i = 0; i < count; i++) {
        int64_t left = lefts[i], right = q->total - left;
        double *x = room + 6 * i;
        x[0] = sum_a(left) * q->unit_a;
        x[2] = sum_b(left) * q->unit_b;
        x[1] = x[2] - x[0];
        x[3] = sum_a(right) * q->unit_a;
        x[5] = sum_b(right) * q->unit_b;
        x[4] = x[5] - x[3];
        for (int k = 0; k < 6; k++) logs[6 * i + k] = x[k] > 0 ? x[k] : 1;
    }
    credit_log_f64(6 * count, logs, logs);
    for (ptrdiff_t i = 0; i < count; i++) {
        const double *x = room + 6 * i, *log = logs + 6 * i;
        bool allowed = x[2] >= q->minimum_b && x[5] >= q->minimum_b && x[2] > 0 && x[5] > 0;
        if (allowed && q->direction != 0) {
            allowed = q->direction * (x[3] * x[2] - x[0] * x[5]) >= 0;
        }
        scores[i] = allowed ? x[0] * log[0] + x[1] * log[1] - x[2] * log[2]
                                  + (x[3] * log[3] + x[4] * log[4] - x[5] * log[5])
                            : -INFINITY;
    }
}

CREDIT_INLINE void score(
    const credit_tree_query *q, ptrdiff_t count, const int64_t *lefts, double *scores,
    double *room) {
    if (q->criterion == CREDIT_TREE_ENTROPY) {
        score_entropy(q, count, lefts, scores, room);
    } else if (q->bounded || q->direction != 0) {
        score_bounded(q, count, lefts, scores);
    } else {
        score_quadratic(q, count, lefts, scores);
    }
}

double credit_tree_score(const credit_tree_query *query, int64_t left) {
    double result, room[12];
    score(query, 1, &left, &result, room);
    return result;
}

double credit_tree_node_score(
    const credit_tree_query *query, const int64_t *totals, double *room) {
    if (query->class_count <= 2) {
        double a = sum_a(query->total) * query->unit_a, b = sum_b(query->total) * query->unit_b;
        if (query->criterion == CREDIT_TREE_QUADRATIC) {
            a = shrunk(a, query->l1);
            double c = b + query->l2;
            if (!query->bounded) return c > 0 ? a * a / c : 0;
            double value = bounded_value(a, c, query->lower, query->upper);
            return (2 * a - c * value) * value;
        }
        double x[3] = {a, b - a, b}, logs[3];
        for (int k = 0; k < 3; k++) logs[k] = x[k] > 0 ? x[k] : 1;
        credit_log_f64(3, logs, logs);
        return x[0] * logs[0] + x[1] * logs[1] - x[2] * logs[2];
    }
    double sum = 0, squares = 0, result = 0;
    for (int k = 0; k < query->class_count; k++) {
        double part = (double)totals[k] * query->unit_b;
        sum += part;
        squares += part * part;
    }
    if (query->criterion == CREDIT_TREE_QUADRATIC) return squares / sum;
    for (int k = 0; k < query->class_count; k++) {
        room[k] = totals[k] > 0 ? (double)totals[k] * query->unit_b / sum : 1;
    }
    credit_log_f64(query->class_count, room, room);
    for (int k = 0; k < query->class_count; k++) {
        result += (double)totals[k] * query->unit_b * room[k];
    }
    return result;
}

CREDIT_INLINE ptrdiff_t best_position(ptrdiff_t count, const double *scores, double *best) {
    *best = -INFINITY;
    if (count < 1) return 0;
    ptrdiff_t position = credit_position_of_maximum_f64(count, scores);
    *best = scores[position];
    return position;
}

// Takes the best of these cuts where it beats `cut`; cut i is after codes[i].
static void consider(
    const credit_tree_query *q, ptrdiff_t count, ptrdiff_t distinct, const int64_t *lefts,
    const int32_t *codes, int32_t missing_left, double *scores, double *room,
    credit_tree_cut *cut) {
    score(q, count, lefts, scores, room);
    double best;
    ptrdiff_t i = best_position(count, scores, &best);
    if (!(best > cut->score)) return;
    cut->score = best;
    cut->left = lefts[i];
    cut->left_b = sum_b(lefts[i]) * q->unit_b;
    cut->code = codes[i];
    cut->next = i + 1 < distinct ? codes[i + 1] : -1;
    cut->missing_left = missing_left;
}

static ptrdiff_t next_mark(const uint64_t *marks, ptrdiff_t code, ptrdiff_t end) {
    while (code < end) {
        uint64_t word = marks[code >> 6] >> (code & 63);
        if (word) return code + __builtin_ctzll(word);
        code = (code | 63) + 1;
    }
    return end;
}

static credit_tree_cut best_cut_of_classes(
    const credit_tree_query *q, const int64_t *sums, const uint64_t *marks, double *room);

credit_tree_cut credit_tree_best_cut(
    const credit_tree_query *query, const int64_t *sums, const uint64_t *marks, double *room) {
    if (query->class_count > 2) return best_cut_of_classes(query, sums, marks, room);
    const ptrdiff_t bins = query->bins, most = bins + 1;
    int64_t *lefts = (int64_t *)(void *)room;
    double *scores = room + most;
    // Codes take half the room of a number each.
    int32_t *codes = (int32_t *)(void *)(room + 2 * most);
    double *rest = room + 3 * most;
    ptrdiff_t distinct = 0;
    int64_t left = 0;
    if (marks) {
        for (ptrdiff_t code = next_mark(marks, 0, bins); code < bins;
             code = next_mark(marks, code + 1, bins)) {
            left += sums[code];
            lefts[distinct] = left;
            codes[distinct++] = (int32_t)code;
        }
    } else {
        for (ptrdiff_t code = 0; code < bins; code++) {
            left += sums[code];
            lefts[distinct] = left;
            codes[distinct] = (int32_t)code;
            distinct += sums[code] != 0;
        }
    }
    const int64_t missing = query->total - left;
    credit_tree_cut cut = {-INFINITY, 0, 0, -1, -1, 0, (int32_t)distinct + (missing != 0)};
    if (distinct == 0) return cut;
    consider(
        query, missing != 0 ? distinct : distinct - 1, distinct, lefts, codes, 0, scores, rest,
        &cut);
    if (missing != 0) {
        for (ptrdiff_t i = 0; i + 1 < distinct; i++) lefts[i] += missing;
        consider(query, distinct - 1, distinct, lefts, codes, 1, scores, rest, &cut);
    }
    return cut;
}

// The score of both sides by their sums of every class.
double credit_tree_classes_score(
    const credit_tree_query *q, const int64_t *left, const int64_t *total, double *logs,
    double *left_b) {
    const int classes = q->class_count;
    double bL = 0, bR = 0, squaresL = 0, squaresR = 0;
    for (int k = 0; k < classes; k++) {
        double l = (double)left[k] * q->unit_b, r = (double)(total[k] - left[k]) * q->unit_b;
        bL += l;
        bR += r;
        squaresL += l * l;
        squaresR += r * r;
    }
    *left_b = bL;
    if (bL < q->minimum_b || bR < q->minimum_b || !(bL > 0) || !(bR > 0)) return -INFINITY;
    if (q->criterion == CREDIT_TREE_QUADRATIC) return squaresL / bL + squaresR / bR;
    for (int k = 0; k < classes; k++) {
        double l = (double)left[k] * q->unit_b, r = (double)(total[k] - left[k]) * q->unit_b;
        logs[2 * k] = l > 0 ? l / bL : 1;
        logs[2 * k + 1] = r > 0 ? r / bR : 1;
    }
    credit_log_f64(2 * classes, logs, logs);
    double result = 0;
    for (int k = 0; k < classes; k++) {
        double l = (double)left[k] * q->unit_b, r = (double)(total[k] - left[k]) * q->unit_b;
        result += l * logs[2 * k] + r * logs[2 * k + 1];
    }
    return result;
}

static credit_tree_cut best_cut_of_classes(
    const credit_tree_query *q, const int64_t *sums, const uint64_t *marks, double *room) {
    const int classes = q->class_count;
    int64_t *total = (int64_t *)(void *)room, *left = total + classes;
    double *logs = room + 2 * classes;
    memset(room, 0, 2 * (size_t)classes * sizeof *room);
    const ptrdiff_t end = q->bins + 1;
    credit_tree_cut cut = {-INFINITY, 0, 0, -1, -1, 0, 0};
    bool has_missing = false;
    for (ptrdiff_t code = next_mark(marks, 0, end); code < end;
         code = next_mark(marks, code + 1, end)) {
        for (int k = 0; k < classes; k++) total[k] += sums[code * classes + k];
        cut.distinct++;
        has_missing |= code == q->bins;
    }
    for (int missing_left = 0; missing_left <= has_missing; missing_left++) {
        for (int k = 0; k < classes; k++) {
            left[k] = missing_left ? sums[q->bins * classes + k] : 0;
        }
        ptrdiff_t code = next_mark(marks, 0, q->bins);
        while (code < q->bins) {
            ptrdiff_t next = next_mark(marks, code + 1, q->bins);
            if (next >= q->bins && (!has_missing || missing_left)) break;
            for (int k = 0; k < classes; k++) left[k] += sums[code * classes + k];
            double left_b, score = credit_tree_classes_score(q, left, total, logs, &left_b);
            if (score > cut.score) {
                cut.score = score;
                cut.left_b = left_b;
                cut.code = (int32_t)code;
                cut.next = next < q->bins ? (int32_t)next : -1;
                cut.missing_left = missing_left;
            }
            code = next;
        }
    }
    return cut;
}

// The order of levels: by the share of the class that is most frequent in the node.
CREDIT_INLINE double level_value(
    const credit_tree_query *q, const int64_t *sums, ptrdiff_t code, int common,
    double smoothing) {
    if (q->class_count > 2) {
        double sum = 0;
        for (int k = 0; k < q->class_count; k++) sum += (double)sums[code * q->class_count + k];
        return (double)sums[code * q->class_count + common] / sum;
    }
    return sum_a(sums[code]) * q->unit_a / (sum_b(sums[code]) * q->unit_b + smoothing);
}

credit_tree_cut credit_tree_best_set(
    const credit_tree_query *query, double smoothing, const int64_t *sums, double *room,
    uint64_t set[CREDIT_TREE_SET_WORDS]) {
    const int classes = query->class_count > 2 ? query->class_count : 1;
    int32_t codes[256];
    double values[256];
    int64_t total[256], left[256];
    int count = 0, common = 0;
    memset(total, 0, (size_t)classes * sizeof *total);
    for (ptrdiff_t code = 0; code <= query->bins; code++) {
        bool occurs = false;
        for (int k = 0; k < classes; k++) {
            occurs |= sums[code * classes + k] != 0;
            total[k] += sums[code * classes + k];
        }
        if (occurs) codes[count++] = (int32_t)code;
    }
    for (int k = 1; k < classes; k++) if (total[k] > total[common]) common = k;
    // By insertion: few levels, and equal values keep the order of their codes.
    for (int i = 0; i < count; i++) {
        int32_t code = codes[i];
        double value = level_value(query, sums, code, common, smoothing);
        int place = i;
        for (; place > 0 && values[place - 1] > value; place--) {
            values[place] = values[place - 1];
            codes[place] = codes[place - 1];
        }
        values[place] = value;
        codes[place] = code;
    }
    credit_tree_cut cut = {-INFINITY, 0, 0, -1, -1, 0, count};
    int best = -1;
    if (classes > 1) {
        memset(left, 0, (size_t)classes * sizeof *left);
        for (int i = 0; i + 1 < count; i++) {
            for (int k = 0; k < classes; k++) left[k] += sums[codes[i] * classes + k];
            double left_b, score = credit_tree_classes_score(query, left, total, room, &left_b);
            if (score > cut.score) {
                cut.score = score;
                cut.left_b = left_b;
                best = i;
            }
        }
    } else if (count > 1) {
        int64_t *lefts = (int64_t *)(void *)room;
        double *scores = room + count;
        credit_tree_query free_order = *query;
        free_order.direction = 0;
        int64_t sum = 0;
        for (int i = 0; i + 1 < count; i++) lefts[i] = sum += sums[codes[i]];
        score(&free_order, count - 1, lefts, scores, room + 2 * count);
        ptrdiff_t position = best_position(count - 1, scores, &cut.score);
        if (cut.score > -INFINITY) {
            best = (int)position;
            cut.left = lefts[best];
            cut.left_b = sum_b(cut.left) * query->unit_b;
        }
    }
    memset(set, 0, CREDIT_TREE_SET_WORDS * sizeof *set);
    for (int i = 0; i <= best; i++) {
        if (codes[i] == query->bins) {
            cut.missing_left = 1;
        } else {
            set[codes[i] >> 6] |= (uint64_t)1 << (codes[i] & 63);
        }
    }
    cut.code = best;
    return cut;
}
