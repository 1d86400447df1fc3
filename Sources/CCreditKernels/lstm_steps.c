// SPDX-License-Identifier: Apache-2.0
//
// Steps of an LSTM from the products to the output, of some rows and one vector of units at a time:
// the sums of the four gates stay in registers, and a gate is only written where it is kept.

#include "CCreditSequences.h"
#include "ordered_tiles.h"
#include "recurrent_functions.h"

#define CREDIT_MOST_STEP_ROWS 6
#define CREDIT_PLAIN_LANES 4

// A unit with its four gates over one denominator each for the cell and for the output. Arguments
// become the gates.
#define CREDIT_LSTM_UNIT(S, T)                                                              \
    CREDIT_INLINE void lstm_unit_##S(                                                       \
        T *in, T *forget, T *new, T *out, T before, T *cell, T *tanh_cell, T *output) {     \
        T p = inverse_sigmoid_##S(*in), q = inverse_sigmoid_##S(*forget);                   \
        T m = double_growth_##S(*new), s = inverse_sigmoid_##S(*out);                       \
        T pn = p * (m + 2), share = 1 / (pn * q);                                           \
        T c = CREDIT_FMA(before, pn, m * q) * share;                                        \
        T mc = double_growth_##S(c), nc = mc + 2, other = 1 / (nc * s);                     \
        *in = (m + 2) * q * share;                                                          \
        *forget = pn * share;                                                               \
        *new = m * (p * q) * share;                                                         \
        *out = nc * other;                                                                  \
        *cell = c;                                                                          \
        *tanh_cell = mc * s * other;                                                        \
        *output = mc * other;                                                               \
    }

CREDIT_LSTM_UNIT(f32, float)
CREDIT_LSTM_UNIT(f64, double)

#define CREDIT_TEXT(X) #X

// UNITS of a panel are taken LANES at a time.
#define CREDIT_STEP_TILES(N, S, T, UNITS, LANES, ATTRIBUTE, TILE_ROWS)                      \
    typedef T N##_lanes __attribute__((ext_vector_type(LANES), aligned(sizeof(T))));        \
    /* The first `count` lanes. */                                                          \
    CREDIT_INLINE void N##_copy(const T *from, ptrdiff_t count, T *to) {                    \
        if (count >= LANES) {                                                               \
            *(N##_lanes *)to = *(const N##_lanes *)from;                                    \
        } else {                                                                            \
            memcpy(to, from, (size_t)count * sizeof(T));                                    \
        }                                                                                   \
    }                                                                                       \
                                                                                            \
    CREDIT_ORDERED_TILE(N##_add, T, N##_lanes, 4, CREDIT_FMA)                               \
    CREDIT_INLINE void N##_tile(                                                            \
        const int rows, const credit_lstm_step_##S *step, ptrdiff_t row, ptrdiff_t unit,    \
        const T *panel) {                                                                   \
        /* `sums` are registers, which no index that varies may touch. */                   \
        N##_lanes sums[CREDIT_MOST_STEP_ROWS][4];                                           \
        T gates[CREDIT_MOST_STEP_ROWS][4][LANES] __attribute__((aligned(64)));              \
        for (int g = 0; g < 4; g++) {                                                       \
            N##_lanes start = *(const N##_lanes *)(panel + g * UNITS);                      \
            _Pragma("clang loop unroll(full)")                                              \
            for (int r = 0; r < rows; r++) { sums[r][g] = start; }                          \
        }                                                                                   \
        panel += 4 * UNITS;                                                                 \
        N##_add(                                                                            \
            rows, 4, step->inputs, step->input + row * step->inputs, step->inputs, 1, panel, \
            4 * UNITS, UNITS, sums);                                                        \
        if (step->before) {                                                                 \
            N##_add(                                                                        \
                rows, 4, step->hidden, step->before + row * step->before_stride,            \
                step->before_stride, 1, panel + step->inputs * 4 * UNITS, 4 * UNITS, UNITS, \
                sums);                                                                      \
        }                                                                                   \
        _Pragma("clang loop unroll(full)")                                                  \
        for (int r = 0; r < rows; r++) {                                                    \
            for (int g = 0; g < 4; g++) { *(N##_lanes *)gates[r][g] = sums[r][g]; }         \
        }                                                                                   \
        ptrdiff_t count = step->hidden - unit;                                              \
        _Pragma("clang loop unroll(disable)")                                               \
        for (int r = 0; r < rows; r++) {                                                    \
            T before[LANES] = {0}, cell[LANES], tanh_cell[LANES], output[LANES];            \
            ptrdiff_t place = (row + r) * step->hidden + unit;                              \
            if (step->cell_before) { N##_copy(step->cell_before + place, count, before); }  \
            /* Without a width, wide vectors would be cut in two. */                        \
            _Pragma(CREDIT_TEXT(clang loop vectorize_width(LANES) unroll(disable)))         \
            for (int i = 0; i < LANES; i++) {                                               \
                lstm_unit_##S(                                                              \
                    &gates[r][0][i], &gates[r][1][i], &gates[r][2][i], &gates[r][3][i],     \
                    before[i], &cell[i], &tanh_cell[i], &output[i]);                        \
            }                                                                               \
            if (step->gates) {                                                              \
                T *kept = step->gates + (row + r) * 4 * step->hidden + unit;                \
                for (int g = 0; g < 4; g++) {                                               \
                    N##_copy(gates[r][g], count, kept + g * step->hidden);                  \
                }                                                                           \
                N##_copy(tanh_cell, count, step->tanh_cell + place);                        \
            }                                                                               \
            N##_copy(cell, count, step->cell + place);                                      \
            N##_copy(output, count, step->output + (row + r) * step->output_stride + unit); \
        }                                                                                   \
    }                                                                                       \
                                                                                            \
    ATTRIBUTE static void N##_step(                                                         \
        const credit_lstm_step_##S *step, ptrdiff_t unit, const T *panel) {                 \
        ptrdiff_t row = 0;                                                                  \
        for (; row + TILE_ROWS <= step->rows; row += TILE_ROWS) {                           \
            N##_tile(TILE_ROWS, step, row, unit, panel);                                    \
        }                                                                                   \
        for (; row + 2 <= step->rows; row += 2) { N##_tile(2, step, row, unit, panel); }    \
        for (; row < step->rows; row++) { N##_tile(1, step, row, unit, panel); }            \
    }

#define CREDIT_FLOAT_STEPS(N, LANES, ATTRIBUTE, TILE_ROWS)                                  \
    CREDIT_STEP_TILES(N, f32, float, CREDIT_STEP_UNITS_F32, LANES, ATTRIBUTE, TILE_ROWS)
#define CREDIT_DOUBLE_STEPS(N, LANES, ATTRIBUTE, TILE_ROWS)                                 \
    CREDIT_STEP_TILES(N, f64, double, CREDIT_STEP_UNITS_F64, LANES, ATTRIBUTE, TILE_ROWS)

CREDIT_FLOAT_STEPS(plain_f32, CREDIT_PLAIN_LANES, , 2)
CREDIT_DOUBLE_STEPS(plain_f64, CREDIT_PLAIN_LANES, , 2)

#if defined(CREDIT_V4)
CREDIT_FLOAT_STEPS(v3_f32, 8, CREDIT_V3, 2)
CREDIT_DOUBLE_STEPS(v3_f64, 4, CREDIT_V3, 2)
CREDIT_FLOAT_STEPS(v4_f32, 16, CREDIT_V4, 6)
CREDIT_DOUBLE_STEPS(v4_f64, 8, CREDIT_V4, 6)
#define CREDIT_TAKE_STEP(S, UNITS)                                                          \
    if (__builtin_cpu_supports("x86-64-v4")) {                                              \
        v4_##S##_step(step, unit, panel);                                                   \
        continue;                                                                           \
    }                                                                                       \
    if (__builtin_cpu_supports("x86-64-v3")) {                                              \
        for (ptrdiff_t own = unit; own < end; own += UNITS / 2) {                           \
            v3_##S##_step(step, own, panel + (own - unit));                                 \
        }                                                                                   \
        continue;                                                                           \
    }
#else
#define CREDIT_TAKE_STEP(S, UNITS)
#endif

#define CREDIT_STEPS(S, T, UNITS)                                                           \
    void credit_pack_lstm_##S(                                                              \
        ptrdiff_t inputs, ptrdiff_t hidden, const T *kernel, const T *recurrent,            \
        const T *bias, T *panels) {                                                         \
        for (ptrdiff_t unit = 0; unit < hidden; unit += UNITS) {                            \
            ptrdiff_t left = hidden - unit, count = left < UNITS ? left : UNITS;            \
            for (ptrdiff_t p = -1; p < inputs + hidden; p++) {                              \
                const T *row = p < 0        ? bias                                          \
                               : p < inputs ? kernel + p * 4 * hidden                       \
                                            : recurrent + (p - inputs) * 4 * hidden;        \
                for (int g = 0; g < 4; g++, panels += UNITS) {                              \
                    memset(panels, 0, UNITS * sizeof(T));                                   \
                    memcpy(panels, row + g * hidden + unit, (size_t)count * sizeof(T));     \
                }                                                                           \
            }                                                                               \
        }                                                                                   \
    }                                                                                       \
                                                                                            \
    void credit_take_lstm_step_##S(const credit_lstm_step_##S *step) {                      \
        const T *panel = step->panels;                                                      \
        ptrdiff_t size = (1 + step->inputs + step->hidden) * 4 * UNITS;                     \
        for (ptrdiff_t unit = 0; unit < step->hidden; unit += UNITS, panel += size) {       \
            ptrdiff_t end = unit + UNITS < step->hidden ? unit + UNITS : step->hidden;      \
            CREDIT_TAKE_STEP(S, UNITS)                                                      \
            for (ptrdiff_t own = unit; own < end; own += CREDIT_PLAIN_LANES) {              \
                plain_##S##_step(step, own, panel + (own - unit));                          \
            }                                                                               \
        }                                                                                   \
    }

CREDIT_STEPS(f32, float, CREDIT_STEP_UNITS_F32)
CREDIT_STEPS(f64, double, CREDIT_STEP_UNITS_F64)
