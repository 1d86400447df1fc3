// SPDX-License-Identifier: Apache-2.0
//
// The best share of wealth to lend, of many lenders at once: each lane of a vector is a lender, and
// all lanes take the same steps, so results do not depend on neighbours or threads.

#include "functions.h"

#define LENDERS 16

#define LENDER_LOOP(BODY)                                                    \
    _Pragma("clang loop vectorize(assume_safety) interleave_count(2)")       \
    for (int i = 0; i < LENDERS; i++) { BODY; }

#define GRID_STEPS 40
#define REFINEMENTS 25

static const double golden_ratio = 0.61803398874989490;

typedef struct {
    ptrdiff_t count;
    const double *lenders, *loans;
    ptrdiff_t severities;
    const double *severity, *severity_probability;
    double risk_free, cap;
    double *shares, *values;
} Search;

typedef struct {
    double gain_exponent[LENDERS], loss_exponent[LENDERS], base[LENDERS];
    double excess[CREDIT_MOST_OUTCOMES][LENDERS];
    double gain_weight[CREDIT_MOST_OUTCOMES][LENDERS], loss_weight[CREDIT_MOST_OUTCOMES][LENDERS];
} Block;

// log(x) for positive x; numbers too small to matter, and 0, count as 1e-300.
CREDIT_INLINE double log_of(double x) {
    Logarithm parts = logarithm(reduce(x < 1e-300 ? 1e-300 : x), 0);
    return parts.leading - parts.rest;
}

// w = p^g / (p^g + q^g)^(1 / g)
CREDIT_INLINE double ratio_weight(double p, double q, double gamma) {
    double log_p = gamma * log_of(p), log_q = gamma * log_of(q);
    return exp_one(log_p - log_of(exp_one(log_p) + exp_one(log_q)) / gamma);
}

CREDIT_INLINE void values_of(
    const Block *block, ptrdiff_t outcomes, const double *share, double *value) {
    LENDER_LOOP(value[i] = 0)
    for (ptrdiff_t k = 0; k < outcomes; k++) {
        const double *excess = block->excess[k];
        const double *gain_weight = block->gain_weight[k], *loss_weight = block->loss_weight[k];
        LENDER_LOOP(
            double outcome = block->base[i] + share[i] * excess[i];
            int gain = outcome >= 0;
            double exponent = gain ? block->gain_exponent[i] : block->loss_exponent[i];
            double weight = gain ? gain_weight[i] : loss_weight[i];
            value[i] += weight * exp_one(exponent * log_of(__builtin_fabs(outcome))))
    }
}

CREDIT_INLINE void prepare(const Search *search, ptrdiff_t start, Block *block) {
    ptrdiff_t n = search->count, last = search->severities;
    double default_probability[LENDERS], gain_gamma[LENDERS], loss_gamma[LENDERS];
    double aversion[LENDERS], rate[LENDERS], cumulative[LENDERS], weight[LENDERS];
    for (int i = 0; i < LENDERS; i++) {
        // Lanes beyond the end repeat the last lender.
        ptrdiff_t row = start + i < n ? start + i : n - 1;
        const double *lender = search->lenders + row, *loan = search->loans + row;
        block->gain_exponent[i] = lender[0];
        block->loss_exponent[i] = lender[n];
        aversion[i] = lender[2 * n];
        gain_gamma[i] = lender[3 * n];
        loss_gamma[i] = lender[4 * n];
        block->base[i] = search->risk_free - lender[5 * n];
        default_probability[i] = loan[0];
        rate[i] = loan[n];
    }
    // Losses from the worst up; the last outcome completes certainty, and is a loss at most where
    // the reference is above the rate.
    LENDER_LOOP(cumulative[i] = 0; weight[i] = 0)
    for (ptrdiff_t k = 0; k <= last; k++) {
        double excess = k < last ? -search->severity[k] - search->risk_free : 0;
        double part = k < last ? search->severity_probability[k] : 0;
        LENDER_LOOP(
            cumulative[i] += part * default_probability[i];
            double p = cumulative[i] < 1 ? cumulative[i] : 1;
            double next = k == last ? 1 : ratio_weight(p, 1 - p, loss_gamma[i]);
            block->loss_weight[k][i] = -aversion[i] * (next - weight[i]);
            block->excess[k][i] = k == last ? rate[i] - search->risk_free : excess;
            weight[i] = next)
    }
    LENDER_LOOP(cumulative[i] = 1 - default_probability[i]; weight[i] = 0)
    for (ptrdiff_t k = last; k >= 0; k--) {
        double part = k > 0 ? search->severity_probability[k - 1] : 0;
        LENDER_LOOP(
            double p = cumulative[i] < 1 ? cumulative[i] : 1;
            double next = k == 0 ? 1 : ratio_weight(p, 1 - p, gain_gamma[i]);
            block->gain_weight[k][i] = next - weight[i];
            cumulative[i] += part * default_probability[i];
            weight[i] = next)
    }
}

CREDIT_KERNEL static void best_shares(const Search *search, ptrdiff_t first, ptrdiff_t count) {
    ptrdiff_t outcomes = search->severities + 1;
    double cap = search->cap;
    for (ptrdiff_t start = first; start < first + count; start += LENDERS) {
        Block block;
        double share[LENDERS], value[LENDERS], best[LENDERS], best_share[LENDERS];
        double step[LENDERS], low[LENDERS], high[LENDERS];
        double left[LENDERS], right[LENDERS], left_value[LENDERS], right_value[LENDERS];
        prepare(search, start, &block);
        LENDER_LOOP(share[i] = 0; step[i] = 0; best_share[i] = 0)
        values_of(&block, outcomes, share, best);
        for (int g = 1; g <= GRID_STEPS; g++) {
            LENDER_LOOP(share[i] = cap * g / GRID_STEPS)
            values_of(&block, outcomes, share, value);
            LENDER_LOOP(
                int better = value[i] > best[i];
                best[i] = better ? value[i] : best[i];
                best_share[i] = better ? share[i] : best_share[i];
                step[i] = better ? g : step[i])
        }
        LENDER_LOOP(
            double before = step[i] > 0 ? step[i] - 1 : 0;
            double after = step[i] < GRID_STEPS ? step[i] + 1 : GRID_STEPS;
            low[i] = cap * before / GRID_STEPS;
            high[i] = cap * after / GRID_STEPS;
            left[i] = high[i] - golden_ratio * (high[i] - low[i]);
            right[i] = low[i] + golden_ratio * (high[i] - low[i]))
        values_of(&block, outcomes, left, left_value);
        values_of(&block, outcomes, right, right_value);
        for (int r = 0; r < REFINEMENTS; r++) {
            LENDER_LOOP(
                int lower = left_value[i] > right_value[i];
                low[i] = lower ? low[i] : left[i];
                high[i] = lower ? right[i] : high[i];
                double moved_left = high[i] - golden_ratio * (high[i] - low[i]);
                double moved_right = low[i] + golden_ratio * (high[i] - low[i]);
                double kept = lower ? left[i] : right[i];
                step[i] = lower;
                share[i] = lower ? moved_left : moved_right;
                left[i] = lower ? moved_left : kept;
                right[i] = lower ? kept : moved_right)
            values_of(&block, outcomes, share, value);
            LENDER_LOOP(
                double kept = step[i] ? left_value[i] : right_value[i];
                left_value[i] = step[i] ? value[i] : kept;
                right_value[i] = step[i] ? kept : value[i])
        }
        LENDER_LOOP(share[i] = (low[i] + high[i]) / 2)
        values_of(&block, outcomes, share, value);
        ptrdiff_t end = first + count - start < LENDERS ? first + count - start : LENDERS;
        for (int i = 0; i < end; i++) {
            int better = value[i] > best[i];
            search->shares[start + i] = better ? share[i] : best_share[i];
            search->values[start + i] = better ? value[i] : best[i];
        }
    }
}

static void search_part(void *context, ptrdiff_t start, ptrdiff_t count) {
    best_shares(context, start, count);
}

void credit_best_shares_f64(
    ptrdiff_t count, const double *lenders, const double *loans, ptrdiff_t severities,
    const double *severity, const double *severity_probability, double risk_free, double cap,
    int threads, double *shares, double *values) {
    Search search = {
        count, lenders, loans, severities, severity, severity_probability, risk_free, cap, shares,
        values,
    };
    credit_parallel(count, LENDERS, threads, search_part, &search);
}
