// SPDX-License-Identifier: Apache-2.0
//
// The work for one element type: included with T (the type), F(name) (its functions here),
// BLAS(name) and LAPACK(name) (its routines).

typedef struct {
    ptrdiff_t n, rows, columns;
    T *a, *b, *out, *copy, *left, *right;
    int *pivots;
    int status;
} F(Work);

static void F(gemm)(void *context) {
    F(Work) *w = context;
    BLAS(gemm)
    (CblasRowMajor, CblasNoTrans, CblasNoTrans, w->n, w->n, w->n, 1, w->a, w->n, w->b, w->n, 0,
     w->out, w->n);
}

static void F(batchgemm)(void *context) {
    F(Work) *w = context;
    for (ptrdiff_t i = 0, square = w->n * w->n; i < BATCH; i++) {
        BLAS(gemm)
        (CblasRowMajor, CblasNoTrans, CblasNoTrans, w->n, w->n, w->n, 1, w->a + i * square, w->n,
         w->b + i * square, w->n, 0, w->out + i * square, w->n);
    }
}

static void F(gemv)(void *context) {
    F(Work) *w = context;
    BLAS(gemv)(CblasRowMajor, CblasNoTrans, w->n, w->n, 1, w->a, w->n, w->b, 1, 0, w->out, 1);
}

static void F(dot)(void *context) {
    F(Work) *w = context;
    w->out[0] = BLAS(dot)(w->n, w->a, 1, w->b, 1);
}

static void F(axpy)(void *context) {
    F(Work) *w = context;
    BLAS(axpy)(w->n, (T)1e-9, w->a, 1, w->b, 1);
}

// Loops that the compiler turns into the vector functions of libmvec, a share for each thread.
#define ELEMENTWISE(NAME, EXPRESSION)                                                       \
    static void F(NAME##_share)(void *context, ptrdiff_t start, ptrdiff_t end) {            \
        F(Work) *w = context;                                                               \
        const T *restrict a = w->a, *restrict b = w->b;                                     \
        T *restrict out = w->out;                                                           \
        (void)b;                                                                            \
        for (ptrdiff_t i = start; i < end; i++) { out[i] = EXPRESSION; }                    \
    }                                                                                       \
    static void F(NAME)(void *w) { pool_run(((F(Work) *)w)->n, F(NAME##_share), w); }

ELEMENTWISE(exp, EXP(a[i]))
ELEMENTWISE(sigmoid, 1 / (1 + EXP(-a[i])))
ELEMENTWISE(tanh, TANH(a[i]))
ELEMENTWISE(axpby, (T)1.5 * a[i] + (T)-0.5 * b[i])
#undef ELEMENTWISE

static void F(row_sums)(F(Work) *w, ptrdiff_t start, ptrdiff_t end, T factor) {
    for (ptrdiff_t i = start; i < end; i++) {
        const T *row = w->a + i * w->columns;
        T sum = 0;
        for (ptrdiff_t j = 0; j < w->columns; j++) { sum += row[j]; }
        w->out[i] = sum * factor;
    }
}

// Every thread adds columns of its own, so that no sums need joining.
static void F(column_sums)(F(Work) *w, ptrdiff_t start, ptrdiff_t end, T factor) {
    T *restrict out = w->out;
    for (ptrdiff_t j = start; j < end; j++) { out[j] = 0; }
    for (ptrdiff_t i = 0; i < w->rows; i++) {
        const T *restrict row = w->a + i * w->columns;
        for (ptrdiff_t j = start; j < end; j++) { out[j] += row[j]; }
    }
    for (ptrdiff_t j = start; j < end; j++) { out[j] *= factor; }
}

#define REDUCTION(NAME, SUMS, COUNT, FACTOR)                                                \
    static void F(NAME##_share)(void *context, ptrdiff_t start, ptrdiff_t end) {            \
        F(Work) *w = context;                                                               \
        F(SUMS)(w, start, end, FACTOR);                                                     \
    }                                                                                       \
    static void F(NAME)(void *w) { pool_run(((F(Work) *)w)->COUNT, F(NAME##_share), w); }

REDUCTION(rowsum, row_sums, rows, 1)
REDUCTION(rowmean, row_sums, rows, (T)1 / w->columns)
REDUCTION(colsum, column_sums, columns, 1)
REDUCTION(colmean, column_sums, columns, (T)1 / w->rows)
#undef REDUCTION

static void F(softmax_share)(void *context, ptrdiff_t start, ptrdiff_t end) {
    F(Work) *w = context;
    for (ptrdiff_t i = start; i < end; i++) {
        const T *restrict row = w->a + i * w->columns;
        T *restrict out = w->out + i * w->columns;
        T largest = row[0], sum = 0;
        for (ptrdiff_t j = 1; j < w->columns; j++) {
            largest = row[j] > largest ? row[j] : largest;
        }
        for (ptrdiff_t j = 0; j < w->columns; j++) {
            out[j] = EXP(row[j] - largest);
            sum += out[j];
        }
        for (ptrdiff_t j = 0; j < w->columns; j++) { out[j] *= 1 / sum; }
    }
}

static void F(softmax)(void *w) { pool_run(((F(Work) *)w)->rows, F(softmax_share), w); }

static void F(bcast_add_share)(void *context, ptrdiff_t start, ptrdiff_t end) {
    F(Work) *w = context;
    const T *restrict b = w->b;
    for (ptrdiff_t i = start; i < end; i++) {
        const T *restrict row = w->a + i * w->columns;
        T *restrict out = w->out + i * w->columns;
        for (ptrdiff_t j = 0; j < w->columns; j++) { out[j] = row[j] + b[j]; }
    }
}

static void F(bcast_add)(void *w) { pool_run(((F(Work) *)w)->rows, F(bcast_add_share), w); }

// Tiles of 16 x 16, which fit the nearest cache.
static void F(transpose_share)(void *context, ptrdiff_t start, ptrdiff_t end) {
    F(Work) *w = context;
    ptrdiff_t n = w->n;
    for (ptrdiff_t top = start * 16; top < end * 16; top += 16) {
        for (ptrdiff_t left = 0; left < n; left += 16) {
            for (ptrdiff_t i = top; i < top + 16 && i < n; i++) {
                for (ptrdiff_t j = left; j < left + 16 && j < n; j++) {
                    w->out[j * n + i] = w->a[i * n + j];
                }
            }
        }
    }
}

static void F(transpose)(void *context) {
    F(Work) *w = context;
    pool_run((w->n + 15) / 16, F(transpose_share), w);
}

// A row-major matrix is the transposed one in the column-major order that LAPACK works in.
static void F(lu_solve)(void *context) {
    F(Work) *w = context;
    memcpy(w->copy, w->a, w->n * w->n * sizeof(T));
    memcpy(w->out, w->b, w->n * sizeof(T));
    w->status = LAPACK(getrf)(LAPACK_COL_MAJOR, w->n, w->n, w->copy, w->n, w->pivots);
    if (w->status == 0) {
        w->status = LAPACK(getrs)(
            LAPACK_COL_MAJOR, 'T', w->n, 1, w->copy, w->n, w->pivots, w->out, w->n);
    }
}

static void F(cholesky)(void *context) {
    F(Work) *w = context;
    memcpy(w->out, w->a, w->n * w->n * sizeof(T));
    w->status = LAPACK(potrf)(LAPACK_COL_MAJOR, 'U', w->n, w->out, w->n);
}

static void F(qr)(void *context) {
    F(Work) *w = context;
    ptrdiff_t m = w->rows, n = w->columns;
    memcpy(w->copy, w->a, m * n * sizeof(T));
    w->status = LAPACK(geqrf)(LAPACK_ROW_MAJOR, m, n, w->copy, n, w->left);
    for (ptrdiff_t i = 0; i < n; i++) {
        for (ptrdiff_t j = i; j < n; j++) { w->out[i * n + j] = w->copy[i * n + j]; }
    }
    if (w->status == 0) {
        w->status = ORGQR(LAPACK_ROW_MAJOR, m, n, n, w->copy, n, w->left);
    }
}

static void F(svd)(void *context) {
    F(Work) *w = context;
    ptrdiff_t m = w->rows, n = w->columns;
    memcpy(w->copy, w->a, m * n * sizeof(T));
    w->status = LAPACK(gesdd)(
        LAPACK_ROW_MAJOR, 'S', m, n, w->copy, n, w->out, w->left, n, w->right, n);
}

static void F(eigh)(void *context) {
    F(Work) *w = context;
    memcpy(w->copy, w->a, w->n * w->n * sizeof(T));
    w->status = SYEVD(LAPACK_COL_MAJOR, 'V', 'U', w->n, w->copy, w->n, w->out);
}

static const struct {
    const char *name;
    void (*work)(void *);
} F(operations)[] = {
    {"gemm", F(gemm)}, {"gemv", F(gemv)}, {"dot", F(dot)}, {"axpy", F(axpy)}, {"exp", F(exp)},
    {"sigmoid", F(sigmoid)}, {"tanh", F(tanh)}, {"axpby", F(axpby)}, {"rowsum", F(rowsum)},
    {"rowmean", F(rowmean)}, {"colsum", F(colsum)}, {"colmean", F(colmean)},
    {"softmax", F(softmax)}, {"bcast_add", F(bcast_add)}, {"transpose", F(transpose)},
    {"batchgemm", F(batchgemm)}, {"lu_solve", F(lu_solve)}, {"cholesky", F(cholesky)},
    {"qr", F(qr)}, {"svd", F(svd)}, {"eigh", F(eigh)},
};

// Times one id: `a` and `b` name the input arrays, with their numbers of elements.
static void F(measure)(const Request *request, const Shape *shape) {
    F(Work) w = {.n = request->size, .rows = shape->rows, .columns = shape->columns};
    w.a = read_array(request->data, shape->a, request->type, sizeof(T), shape->a_count);
    w.b = shape->b
        ? read_array(request->data, shape->b, request->type, sizeof(T), shape->b_count) : NULL;
    w.out = new_array(sizeof(T), shape->out_count);
    w.copy = new_array(sizeof(T), shape->a_count);
    w.left = new_array(sizeof(T), shape->a_count);
    w.right = new_array(sizeof(T), shape->a_count);
    w.pivots = new_array(sizeof(int), request->size);
    for (size_t i = 0; i < sizeof F(operations) / sizeof *F(operations); i++) {
        if (strcmp(F(operations)[i].name, request->operation) == 0) {
            Samples samples = sample(F(operations)[i].work, &w, request);
            if (w.status != 0) {
                fprintf(stderr, "%s: LAPACK returned %d\n", request->id, w.status);
                exit(1);
            }
            double check = shape->check < 0 ? 0 : w.out[shape->check];
            print_line(request, &samples, shape->check < 0 ? NULL : &check);
        }
    }
    free(w.a), free(w.b), free(w.out), free(w.copy), free(w.left), free(w.right), free(w.pivots);
}

#undef T
#undef F
#undef BLAS
#undef LAPACK
#undef EXP
#undef TANH
#undef ORGQR
#undef SYEVD
