// SPDX-License-Identifier: Apache-2.0
//
// Threads live for one call, which is long enough to pay for them: no pool survives a fork or
// waits at exit. Who computes a block does not change its result.

#define _GNU_SOURCE
#include "CCreditKernels.h"

#include <pthread.h>
#include <sched.h>
#include <signal.h>

#define CREDIT_MOST_THREADS 64

typedef struct {
    ptrdiff_t start, count;
    credit_task task;
    void *context;
} Share;

static void *run(void *argument) {
    Share *share = argument;
    share->task(share->context, share->start, share->count);
    return NULL;
}

int credit_processor_count(void) {
#if defined(__linux__)
    cpu_set_t set;
    if (sched_getaffinity(0, sizeof set, &set) == 0) { return CPU_COUNT(&set); }
#endif
    return 1;
}

void credit_parallel(
    ptrdiff_t count, ptrdiff_t block, int threads, credit_task task, void *context) {
    ptrdiff_t blocks = count / block + (count % block != 0);
    if (threads > CREDIT_MOST_THREADS) { threads = CREDIT_MOST_THREADS; }
    if (threads > blocks) { threads = (int)blocks; }
    if (threads < 2) {
        task(context, 0, count);
        return;
    }
    Share shares[CREDIT_MOST_THREADS];
    pthread_t others[CREDIT_MOST_THREADS];
    ptrdiff_t start = 0;
    for (int i = 0; i < threads; i++) {
        ptrdiff_t share_blocks = blocks / threads + (i < blocks % threads);
        ptrdiff_t end = start + share_blocks * block;
        if (end > count) { end = count; }
        shares[i] = (Share){start, end - start, task, context};
        start = end;
    }
    // Signals stay with the threads that the program knows.
    sigset_t all, before;
    sigfillset(&all);
    pthread_sigmask(SIG_SETMASK, &all, &before);
    int started = 1;
    while (started < threads
        && pthread_create(&others[started], NULL, run, &shares[started]) == 0) {
        started++;
    }
    pthread_sigmask(SIG_SETMASK, &before, NULL);
    run(&shares[0]);
    // What no thread could be had for is done here.
    for (int i = started; i < threads; i++) { run(&shares[i]); }
    for (int i = 1; i < started; i++) { pthread_join(others[i], NULL); }
}
