// SPDX-License-Identifier: Apache-2.0
//
// Steps of an LSTM from the products to the output, of some rows and one vector of units at a time:
// the four gates never leave the registers.

#include "CCreditSequences.h"
#include "ordered_tiles.h"
#include "recurrent_functions.h"

#define CREDIT_MOST_STEP_ROWS 6

// V has LANES numbers of T, and UNITS of a panel are taken LANES at a time.
#define CREDIT_STEP_TILES(N, V, L, S, T, UNITS, LANES, ATTRIBUTE, TILE_ROWS)                \
    /* The first `count` lanes. */                                                          \
    CREDIT_INLINE void N##_load(const T *from, ptrdiff_t count, V *to) {                    \
        if (count >= LANES) {                                                               \
            *to = *(const L *)from;                                                         \
        } else {                                                                            \
            *to = (V)0;                                                                     \
            memcpy(to, from, (size_t)count * sizeof(T));                                    \
        }                                                                                   \
    }                                                                                       \
    CREDIT_INLINE void N##_store(const V *from, ptrdiff_t count, T *to) {                   \
        if (count >= LANES) {                                                               \
            *(L *)to = *from;                                                               \
        } else {                                                                            \
            memcpy(to, from, (size_t)count * sizeof(T));                                    \
        }                                                                                   \
    }                                                                                       \
                                                                                            \
    CREDIT_ORDERED_TILE(N##_add, T, L, 4, CREDIT_FMA)                                       \
    CREDIT_INLINE void N##_tile(                                                            \
        const int rows, const credit_lstm_step_##S *step, ptrdiff_t row, ptrdiff_t unit,    \
        const T *panel) {                                                                   \
        /* `sums` are registers, which no index that varies may touch. */                   \
        V sums[CREDIT_MOST_STEP_ROWS][4], gates[CREDIT_MOST_STEP_ROWS][4];                  \
        for (int g = 0; g < 4; g++) {                                                       \
            V start = *(const L *)(panel + g * UNITS);                                      \
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
            for (int g = 0; g < 4; g++) { gates[r][g] = sums[r][g]; }                       \
        }                                                                                   \
        ptrdiff_t count = step->hidden - unit;                                              \
        _Pragma("clang loop unroll(disable)")                                               \
        for (int r = 0; r < rows; r++) {                                                    \
            V before = (V)0, cell, output, tanh_cell;                                       \
            if (step->cell_before) {                                                        \
                N##_load(                                                                   \
                    step->cell_before + (row + r) * step->hidden + unit, count, &before);   \
            }                                                                               \
            ptrdiff_t place = (row + r) * step->hidden + unit;                              \
            if (step->gates) {                                                              \
                N##_lstm(gates[r], &before, &cell, &tanh_cell, &output);                     \
                T *kept = step->gates + (row + r) * 4 * step->hidden + unit;                \
                for (int g = 0; g < 4; g++) {                                               \
                    N##_store(&gates[r][g], count, kept + g * step->hidden);                \
                }                                                                           \
                N##_store(&tanh_cell, count, step->tanh_cell + place);                      \
            } else {                                                                        \
                N##_lstm(gates[r], &before, &cell, NULL, &output);                           \
            }                                                                               \
            N##_store(&cell, count, step->cell + place);                                    \
            N##_store(                                                                      \
                &output, count, step->output + (row + r) * step->output_stride + unit);     \
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

#define CREDIT_STEP_VECTORS(N, T, U, LANES)                                                 \
    typedef T N##_vector __attribute__((ext_vector_type(LANES)));                           \
    typedef T N##_loose __attribute__((ext_vector_type(LANES), aligned(sizeof(T))));        \
    typedef U N##_bits __attribute__((ext_vector_type(LANES)));

#define CREDIT_FLOAT_STEPS(N, LANES, ATTRIBUTE, TILE_ROWS)                                  \
    CREDIT_STEP_VECTORS(N, float, uint32_t, LANES)                                          \
    CREDIT_RECURRENT_FLOATS(N, N##_vector, N##_bits)                                        \
    CREDIT_RECURRENT_LSTM(N, N##_vector)                                                    \
    CREDIT_STEP_TILES(                                                                      \
        N, N##_vector, N##_loose, f32, float, CREDIT_STEP_UNITS_F32, LANES, ATTRIBUTE,      \
        TILE_ROWS)
#define CREDIT_DOUBLE_STEPS(N, LANES, ATTRIBUTE, TILE_ROWS)                                 \
    CREDIT_STEP_VECTORS(N, double, uint64_t, LANES)                                         \
    CREDIT_RECURRENT_DOUBLES(N, N##_vector, N##_bits)                                       \
    CREDIT_RECURRENT_LSTM(N, N##_vector)                                                    \
    CREDIT_STEP_TILES(                                                                      \
        N, N##_vector, N##_loose, f64, double, CREDIT_STEP_UNITS_F64, LANES, ATTRIBUTE,     \
        TILE_ROWS)

CREDIT_FLOAT_STEPS(plain_f32, 4, , 2)
CREDIT_DOUBLE_STEPS(plain_f64, 2, , 2)

#if defined(__x86_64__) && defined(__GLIBC__)
#define CREDIT_V3 __attribute__((target("arch=x86-64-v3")))
// Without a least width, wide vectors would be cut in two.
#define CREDIT_V4 __attribute__((target("arch=x86-64-v4"), min_vector_width(512)))
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
            for (ptrdiff_t own = unit; own < end; own += UNITS / 4) {                       \
                plain_##S##_step(step, own, panel + (own - unit));                          \
            }                                                                               \
        }                                                                                   \
    }

CREDIT_STEPS(f32, float, CREDIT_STEP_UNITS_F32)
CREDIT_STEPS(f64, double, CREDIT_STEP_UNITS_F64)
