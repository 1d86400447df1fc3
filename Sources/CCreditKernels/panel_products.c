// SPDX-License-Identifier: Apache-2.0
//
// Products of small matrices, whose right factor is packed once and used for many steps.

#include "ordered_tiles.h"

#define CREDIT_MOST_TILE_ROWS 8

// Derivative products add blocks of this depth, so that what they read stays in the cache.
#define CREDIT_DEPTH_BLOCK 256

// A tile of `rows` rows and two vectors of V bytes of C.
#define CREDIT_TILE(NAME, T, V)                                                             \
    enum { NAME##_width = V / sizeof(T) };                                                  \
    typedef T NAME##_vector                                                                 \
        __attribute__((ext_vector_type(NAME##_width), aligned(sizeof(T))));                 \
    CREDIT_ORDERED_TILE(NAME##_add, T, NAME##_vector, 2, CREDIT_FMA)                        \
    CREDIT_INLINE void NAME(                                                                \
        const int rows, ptrdiff_t depth, const T *a, ptrdiff_t row_step, ptrdiff_t step,    \
        const T *b, ptrdiff_t ldb, const T *bias, bool accumulate, T *c, ptrdiff_t ldc) {   \
        NAME##_vector sums[CREDIT_MOST_TILE_ROWS][2];                                       \
        for (int i = 0; i < rows; i++) {                                                    \
            for (int j = 0; j < 2; j++) {                                                   \
                const T *start = accumulate ? c + i * ldc : bias;                           \
                sums[i][j] = start ? *(const NAME##_vector *)(start + j * NAME##_width)     \
                                   : (NAME##_vector)0;                                      \
            }                                                                               \
        }                                                                                   \
        NAME##_add(rows, 2, depth, a, row_step, step, b, ldb, NAME##_width, sums);          \
        for (int i = 0; i < rows; i++) {                                                    \
            for (int j = 0; j < 2; j++) {                                                   \
                *(NAME##_vector *)(c + i * ldc + j * NAME##_width) = sums[i][j];            \
            }                                                                               \
        }                                                                                   \
    }

#define CREDIT_TILE_CASE(NAME, COUNT)                                                       \
    case COUNT:                                                                             \
        NAME(COUNT, depth, a, row_step, step, b, ldb, bias, accumulate, c, ldc);            \
        break;

// A column of tiles: `count` rows of C, TILE_ROWS at a time.
#define CREDIT_TILES(NAME, T, ATTRIBUTE, TILE_ROWS)                                         \
    ATTRIBUTE static void NAME##_rows(                                                      \
        ptrdiff_t count, ptrdiff_t depth, const T *a, ptrdiff_t row_step, ptrdiff_t step,   \
        const T *b, ptrdiff_t ldb, const T *bias, bool accumulate, T *c, ptrdiff_t ldc) {   \
        for (; count >= TILE_ROWS; count -= TILE_ROWS) {                                    \
            NAME(TILE_ROWS, depth, a, row_step, step, b, ldb, bias, accumulate, c, ldc);    \
            a += TILE_ROWS * row_step;                                                      \
            c += TILE_ROWS * ldc;                                                           \
        }                                                                                   \
        switch (count) {                                                                    \
            CREDIT_TILE_CASE(NAME, 1)                                                       \
            CREDIT_TILE_CASE(NAME, 2)                                                       \
            CREDIT_TILE_CASE(NAME, 3)                                                       \
            CREDIT_TILE_CASE(NAME, 4)                                                       \
            CREDIT_TILE_CASE(NAME, 5)                                                       \
            CREDIT_TILE_CASE(NAME, 6)                                                       \
            CREDIT_TILE_CASE(NAME, 7)                                                       \
        default: break;                                                                     \
        }                                                                                   \
    }

#define CREDIT_PANEL_ROWS(T, S)                                                             \
    typedef void (*PanelRows_##S)(                                                          \
        ptrdiff_t, ptrdiff_t, const T *, ptrdiff_t, ptrdiff_t, const T *, ptrdiff_t,        \
        const T *, bool, T *, ptrdiff_t);

CREDIT_PANEL_ROWS(float, f32)
CREDIT_PANEL_ROWS(double, f64)

// The narrow forms cover a panel by as many tiles as it has of their width.
#define CREDIT_NARROW(NAME, T, PANEL, WIDTH)                                                \
    static void NAME##_panel(                                                               \
        ptrdiff_t count, ptrdiff_t depth, const T *a, ptrdiff_t row_step, ptrdiff_t step,   \
        const T *b, ptrdiff_t ldb, const T *bias, bool accumulate, T *c, ptrdiff_t ldc) {   \
        for (int j = 0; j < PANEL; j += WIDTH) {                                            \
            NAME##_rows(                                                                    \
                count, depth, a, row_step, step, b + j, ldb, bias ? bias + j : NULL,        \
                accumulate, c + j, ldc);                                                    \
        }                                                                                   \
    }

CREDIT_TILE(plain_f32, float, 16)
CREDIT_TILES(plain_f32, float, , 4)
CREDIT_NARROW(plain_f32, float, CREDIT_PANEL_F32, 8)
CREDIT_TILE(plain_f64, double, 16)
CREDIT_TILES(plain_f64, double, , 4)
CREDIT_NARROW(plain_f64, double, CREDIT_PANEL_F64, 4)

#if defined(CREDIT_V4)
CREDIT_TILE(v3_f32, float, 32)
CREDIT_TILES(v3_f32, float, CREDIT_V3, 6)
CREDIT_NARROW(v3_f32, float, CREDIT_PANEL_F32, 16)
CREDIT_TILE(v3_f64, double, 32)
CREDIT_TILES(v3_f64, double, CREDIT_V3, 6)
CREDIT_NARROW(v3_f64, double, CREDIT_PANEL_F64, 8)
CREDIT_TILE(v4_f32, float, 64)
CREDIT_TILES(v4_f32, float, CREDIT_V4, 8)
CREDIT_TILE(v4_f64, double, 64)
CREDIT_TILES(v4_f64, double, CREDIT_V4, 8)
#define CREDIT_CHOOSE(S)                                                                    \
    __builtin_cpu_supports("x86-64-v4")   ? v4_##S##_rows                                   \
    : __builtin_cpu_supports("x86-64-v3") ? v3_##S##_panel                                  \
                                          : plain_##S##_panel
#else
#define CREDIT_CHOOSE(S) plain_##S##_panel
#endif

#define CREDIT_PRODUCTS(S, T, PANEL)                                                        \
    void credit_pack_panels_##S(                                                            \
        ptrdiff_t depth, ptrdiff_t columns, const T *b, ptrdiff_t ldb, bool transposed,     \
        T *panels) {                                                                        \
        for (ptrdiff_t first = 0; first < columns; first += PANEL) {                        \
            ptrdiff_t left = columns - first, count = left < PANEL ? left : PANEL;          \
            for (ptrdiff_t p = 0; p < depth; p++, panels += PANEL) {                        \
                for (ptrdiff_t j = 0; j < count; j++) {                                     \
                    panels[j] = transposed ? b[(first + j) * ldb + p]                       \
                                           : b[p * ldb + first + j];                        \
                }                                                                           \
                for (ptrdiff_t j = count; j < PANEL; j++) { panels[j] = 0; }                \
            }                                                                               \
        }                                                                                   \
    }                                                                                       \
                                                                                            \
    /* The part of a panel that C has; its columns are copied out and back. */              \
    static void ragged_##S(                                                                 \
        PanelRows_##S tiles, ptrdiff_t rows, ptrdiff_t columns, ptrdiff_t depth,            \
        const T *a, ptrdiff_t row_step, ptrdiff_t step, const T *b, const T *bias,          \
        bool accumulate, T *c, ptrdiff_t ldc) {                                             \
        T own[CREDIT_MOST_TILE_ROWS * PANEL] = {0}, own_bias[PANEL] = {0};                  \
        if (bias) { memcpy(own_bias, bias, (size_t)columns * sizeof(T)); }                  \
        for (ptrdiff_t i = 0; i < rows; i += CREDIT_MOST_TILE_ROWS) {                       \
            ptrdiff_t left = rows - i;                                                      \
            ptrdiff_t count = left < CREDIT_MOST_TILE_ROWS ? left : CREDIT_MOST_TILE_ROWS;  \
            for (ptrdiff_t r = 0; accumulate && r < count; r++) {                           \
                memcpy(own + r * PANEL, c + (i + r) * ldc, (size_t)columns * sizeof(T));    \
            }                                                                               \
            tiles(                                                                          \
                count, depth, a + i * row_step, row_step, step, b, PANEL,                   \
                bias ? own_bias : NULL, accumulate, own, PANEL);                            \
            for (ptrdiff_t r = 0; r < count; r++) {                                         \
                memcpy(c + (i + r) * ldc, own + r * PANEL, (size_t)columns * sizeof(T));    \
            }                                                                               \
        }                                                                                   \
    }                                                                                       \
                                                                                            \
    void credit_panel_product_##S(                                                          \
        ptrdiff_t rows, ptrdiff_t columns, ptrdiff_t depth, const T *a, ptrdiff_t lda,      \
        const T *panels, const T *bias, bool accumulate, T *c, ptrdiff_t ldc) {             \
        PanelRows_##S tiles = CREDIT_CHOOSE(S);                                             \
        for (ptrdiff_t first = 0; first < columns; first += PANEL) {                        \
            ptrdiff_t left = columns - first;                                               \
            const T *own_bias = bias ? bias + first : NULL;                                 \
            if (left >= PANEL) {                                                            \
                tiles(                                                                      \
                    rows, depth, a, lda, 1, panels, PANEL, own_bias, accumulate, c + first, \
                    ldc);                                                                   \
            } else {                                                                        \
                ragged_##S(                                                                 \
                    tiles, rows, left, depth, a, lda, 1, panels, own_bias, accumulate,      \
                    c + first, ldc);                                                        \
            }                                                                               \
            panels += depth * PANEL;                                                        \
        }                                                                                   \
    }                                                                                       \
                                                                                            \
    void credit_add_transposed_product_##S(                                                 \
        ptrdiff_t rows, ptrdiff_t columns, ptrdiff_t depth, const T *a, ptrdiff_t lda,      \
        const T *b, ptrdiff_t ldb, T *c, ptrdiff_t ldc) {                                   \
        PanelRows_##S tiles = CREDIT_CHOOSE(S);                                             \
        T panel[CREDIT_DEPTH_BLOCK * PANEL];                                                \
        for (ptrdiff_t start = 0; start < depth; start += CREDIT_DEPTH_BLOCK) {             \
            ptrdiff_t rest = depth - start;                                                 \
            ptrdiff_t count = rest < CREDIT_DEPTH_BLOCK ? rest : CREDIT_DEPTH_BLOCK;        \
            const T *block = a + start * lda;                                               \
            for (ptrdiff_t first = 0; first < columns; first += PANEL) {                    \
                ptrdiff_t left = columns - first, own = left < PANEL ? left : PANEL;        \
                credit_pack_panels_##S(count, own, b + start * ldb + first, ldb, false, panel); \
                if (left >= PANEL) {                                                        \
                    tiles(rows, count, block, 1, lda, panel, PANEL, NULL, true, c + first, ldc); \
                } else {                                                                    \
                    ragged_##S(                                                             \
                        tiles, rows, left, count, block, 1, lda, panel, NULL, true, c + first, \
                        ldc);                                                               \
                }                                                                           \
            }                                                                               \
        }                                                                                   \
    }

CREDIT_PRODUCTS(f32, float, CREDIT_PANEL_F32)
CREDIT_PRODUCTS(f64, double, CREDIT_PANEL_F64)
