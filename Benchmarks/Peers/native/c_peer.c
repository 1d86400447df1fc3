// SPDX-License-Identifier: Apache-2.0
//
// The work of PeerBench in C: loops that the compiler makes fast with libmvec, and direct calls of
// the BLAS and LAPACKE that swift-credit is linked with. Built by Scripts/bench.sh:
//
//     cc -O3 -march=native -ffast-math c_peer.c pool.c -lblas -llapacke -lm -ldl -lpthread
#define _GNU_SOURCE
#include "pool.h"

#include <cblas.h>
#include <dlfcn.h>
#include <lapacke.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#define BATCH 1000
#define MOST_SAMPLES 1000

typedef struct {
    const char *data, *peer, *id, *operation, *type;
    int threads, samples;
    ptrdiff_t size;
} Request;

// Input arrays by name and number of elements; `check` is the place in the result of one number to
// hold against another peer's, or -1.
typedef struct {
    ptrdiff_t rows, columns, a_count, b_count, out_count, check;
    const char *a, *b;
} Shape;

typedef struct {
    int count;
    double seconds[MOST_SAMPLES], busy;
} Samples;

static double seconds_of(clockid_t clock) {
    struct timespec time;
    clock_gettime(clock, &time);
    return time.tv_sec + time.tv_nsec * 1e-9;
}

static void *new_array(size_t stride, ptrdiff_t count) {
    size_t bytes = (stride * count + 4095) / 4096 * 4096;
    void *array = aligned_alloc(4096, bytes ? bytes : 4096);
    if (!array) { abort(); }
    return memset(array, 0, bytes);
}

static void *read_array(
    const char *data, const char *name, const char *type, size_t stride, ptrdiff_t count) {
    char path[4096];
    snprintf(path, sizeof path, "%s/%s_%s.bin", data, name, type);
    void *array = new_array(stride, count);
    FILE *file = fopen(path, "rb");
    if (!file || fread(array, stride, count, file) != (size_t)count) {
        fprintf(stderr, "cannot read %td elements of %s\n", count, path);
        exit(1);
    }
    fclose(file);
    return array;
}

// The plan of PeerBench: two repetitions and 0.15 s of warm-up, then samples of 20 ms at least.
static Samples sample(void (*work)(void *), void *context, const Request *request) {
    Samples result = {.count = request->samples};
    double start = seconds_of(CLOCK_MONOTONIC), fastest = 1e9;
    for (int calls = 0; calls < 2 || seconds_of(CLOCK_MONOTONIC) - start < 0.15; calls++) {
        double before = seconds_of(CLOCK_MONOTONIC);
        work(context);
        fastest = fmin(fastest, seconds_of(CLOCK_MONOTONIC) - before);
    }
    int inner = (int)fmin(100000, fmax(1, ceil(0.02 / fmax(fastest, 1e-9))));
    double processor = seconds_of(CLOCK_PROCESS_CPUTIME_ID), sum = 0;
    for (int i = 0; i < request->samples; i++) {
        double before = seconds_of(CLOCK_MONOTONIC);
        for (int k = 0; k < inner; k++) { work(context); }
        result.seconds[i] = (seconds_of(CLOCK_MONOTONIC) - before) / inner;
        sum += result.seconds[i] * inner;
    }
    result.busy = (seconds_of(CLOCK_PROCESS_CPUTIME_ID) - processor) / sum;
    return result;
}

// What the BLAS says of itself, if it is OpenBLAS.
static void print_blas(void) {
    char *(*config)(void) = (char *(*)(void))dlsym(RTLD_DEFAULT, "openblas_get_config");
    char *(*core)(void) = (char *(*)(void))dlsym(RTLD_DEFAULT, "openblas_get_corename");
    int (*threads)(void) = (int (*)(void))dlsym(RTLD_DEFAULT, "openblas_get_num_threads");
    printf("C, compiler " __VERSION__ ": ");
    if (config && core && threads) {
        char name[64] = "", version[64] = "";
        sscanf(config(), "%63s %63s", name, version);
        printf("%s %s, %s kernels, %d threads", name, version, core(), threads());
    } else {
        printf("unknown BLAS");
    }
}

static void print_line(const Request *request, const Samples *samples, const double *check) {
    printf("{\"id\":\"%s\",\"peer\":\"%s\",\"threads\":%d,\"times_s\":[", request->id,
           request->peer, request->threads);
    for (int i = 0; i < samples->count; i++) {
        printf("%s%.9g", i ? "," : "", samples->seconds[i]);
    }
    printf("],\"quality\":{");
    if (check) { printf("\"check\":%.9g", *check); }
    printf("},\"cpu_util\":%.2f,\"blas\":\"", samples->busy);
    print_blas();
    printf("\"}\n");
    fflush(stdout);
}

#define T double
#define F(name) name##_f64
#define BLAS(name) cblas_d##name
#define LAPACK(name) LAPACKE_d##name
#define EXP exp
#define TANH tanh
#define ORGQR LAPACKE_dorgqr
#define SYEVD LAPACKE_dsyevd
#include "work.h"

#define T float
#define F(name) name##_f32
#define BLAS(name) cblas_s##name
#define LAPACK(name) LAPACKE_s##name
#define EXP expf
#define TANH tanhf
#define ORGQR LAPACKE_sorgqr
#define SYEVD LAPACKE_ssyevd
#include "work.h"

static int is_one_of(const char *operation, const char *list) {
    const char *found = strstr(list, operation);
    size_t length = strlen(operation);
    return found && (found == list || found[-1] == ' ')
        && (found[length] == ' ' || found[length] == '\0');
}

// What an operation of a size reads and gives; false for one that is not known.
static int shape_of(const char *operation, ptrdiff_t n, Shape *shape) {
    static char name[64];
    *shape = (Shape){.rows = n, .columns = n, .check = -1, .a = "la_A"};
    if (is_one_of(operation, "gemm batchgemm")) {
        shape->b = "la_B";
        shape->a_count = shape->b_count = shape->out_count =
            n * n * (*operation == 'b' ? BATCH : 1);
    } else if (is_one_of(operation, "gemv lu_solve")) {
        *shape = (Shape){n, n, n * n, n, n, *operation == 'l' ? 0 : -1, "la_A", "la_x"};
    } else if (is_one_of(operation, "dot axpy axpby exp sigmoid tanh")) {
        *shape = (Shape){n, 1, n, n, n, strcmp(operation, "dot") == 0 ? 0 : -1, "la_x", "la_y"};
        if (is_one_of(operation, "exp sigmoid tanh")) { shape->b = NULL; }
    } else if (is_one_of(operation, "rowsum rowmean colsum colmean softmax bcast_add")) {
        ptrdiff_t columns = lround(sqrt(n / 10.0));
        *shape = (Shape){10 * columns, columns, n, columns, n, -1, "la_x", NULL};
        if (*operation == 'b') { shape->b = "la_y"; }
        return columns * columns * 10 == n;
    } else if (strcmp(operation, "transpose") == 0) {
        shape->a_count = shape->out_count = n * n;
    } else if (is_one_of(operation, "cholesky eigh")) {
        snprintf(name, sizeof name, "la_%s%td", *operation == 'c' ? "spd" : "sym", n);
        *shape = (Shape){n, n, n * n, 0, n * n, *operation == 'c' ? n * n - 1 : 0, name, NULL};
    } else if (strcmp(operation, "qr") == 0) {
        *shape = (Shape){4 * n, n, 4 * n * n, 0, n * n, n * n - 1, "la_A", NULL};
    } else if (strcmp(operation, "svd") == 0) {
        *shape = (Shape){2 * n, n, 2 * n * n, 0, n, 0, "la_A", NULL};
    } else {
        return 0;
    }
    return 1;
}

// Times `la.<operation>.<f32|f64>.<size>`; skips any other id.
static void measure(const char *id, Request request) {
    char operation[32], type[8];
    if (sscanf(id, "la.%31[^.].%7[^.].%td", operation, type, &request.size) != 3) { return; }
    Shape shape;
    request.id = id;
    request.operation = operation;
    request.type = type;
    if (request.size < 1 || !shape_of(operation, request.size, &shape)) { return; }
    if (strcmp(type, "f64") == 0) { measure_f64(&request, &shape); }
    if (strcmp(type, "f32") == 0) { measure_f32(&request, &shape); }
}

int main(int count, char **arguments) {
    Request request = {.data = "peerdata", .peer = "c", .threads = 2, .samples = 7};
    char *ids = NULL;
    for (int i = 1; i + 1 < count; i += 2) {
        char *value = arguments[i + 1];
        if (strcmp(arguments[i], "--data") == 0) { request.data = value; }
        if (strcmp(arguments[i], "--ids") == 0) { ids = value; }
        if (strcmp(arguments[i], "--peer") == 0) { request.peer = value; }
        if (strcmp(arguments[i], "--threads") == 0) { request.threads = atoi(value); }
        if (strcmp(arguments[i], "--reps") == 0) { request.samples = atoi(value); }
    }
    if (!ids || request.threads < 1 || request.samples < 1 || request.samples > MOST_SAMPLES) {
        fprintf(stderr, "c_peer --ids ID,ID [--data DIR] [--peer NAME] [--threads N] [--reps N]\n");
        return 64;
    }
    pool_start(request.threads);
    // The BLAS has made its threads when the program was loaded, their number from the environment.
    pool_pin(request.threads);
    for (char *id = strtok(ids, ","); id; id = strtok(NULL, ",")) { measure(id, request); }
    return 0;
}
