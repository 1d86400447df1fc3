// SPDX-License-Identifier: Apache-2.0
//
// One pool of threads for the whole process, made when it is first needed. The caller works too,
// and who computes a part does not change its result. A call that finds the pool busy, be it from
// another thread or from a part of the same work, does all its work itself. Threads look out for the
// next call for a moment and then sleep, do not hold up the end of the process, and are made anew
// after a fork.

#define _GNU_SOURCE
#include "CCreditKernels.h"

#include <pthread.h>
#include <sched.h>
#include <signal.h>
#include <stdatomic.h>
#include <stdbool.h>

#define CREDIT_MOST_THREADS 64

// More parts than threads, so that a thread that lost its processor does not hold up the others.
#define CREDIT_PARTS_PER_THREAD 8

// How often a thread looks before it sleeps: some 20 microseconds, twice what waking it takes.
#define CREDIT_LOOKS 1000

typedef struct {
    ptrdiff_t count, part;
    credit_task task;
    void *context;
} Work;

static pthread_mutex_t callers = PTHREAD_MUTEX_INITIALIZER;
static pthread_once_t once = PTHREAD_ONCE_INIT;

// What follows belongs to the caller that holds `callers`, or is guarded by `state`.
static pthread_mutex_t state = PTHREAD_MUTEX_INITIALIZER;
static pthread_cond_t wanted = PTHREAD_COND_INITIALIZER;
static pthread_cond_t finished = PTHREAD_COND_INITIALIZER;
static Work work;
static int threads_made = 0;
static int invited = 0;  // threads that may still join the work
static atomic_int working = 0;  // threads that have joined and not finished
static atomic_uint calls = 0;   // counts the calls, for those who look out for the next
static atomic_ptrdiff_t next_start;

static void pause_a_moment(void) {
#if defined(__x86_64__)
    __builtin_ia32_pause();
#elif defined(__aarch64__)
    __asm__ volatile("yield");
#endif
}

static void look_out_for_a_call(unsigned seen) {
    for (int look = 0; look < CREDIT_LOOKS; look++) {
        if (atomic_load_explicit(&calls, memory_order_relaxed) != seen) { return; }
        pause_a_moment();
    }
}

static void look_out_for_the_end(void) {
    for (int look = 0; look < CREDIT_LOOKS; look++) {
        if (atomic_load_explicit(&working, memory_order_relaxed) == 0) { return; }
        pause_a_moment();
    }
}

// Takes parts until none is left.
static void take_parts(const Work *work) {
    for (;;) {
        ptrdiff_t start = atomic_fetch_add_explicit(&next_start, work->part, memory_order_relaxed);
        if (start >= work->count) { return; }
        ptrdiff_t left = work->count - start;
        work->task(work->context, start, left < work->part ? left : work->part);
    }
}

static void *serve(void *argument) {
    (void)argument;
    pthread_mutex_lock(&state);
    for (;;) {
        while (invited == 0) { pthread_cond_wait(&wanted, &state); }
        invited--;
        working++;
        Work own = work;
        unsigned seen = calls;
        pthread_mutex_unlock(&state);
        take_parts(&own);
        pthread_mutex_lock(&state);
        if (--working == 0) { pthread_cond_signal(&finished); }
        pthread_mutex_unlock(&state);
        look_out_for_a_call(seen);
        pthread_mutex_lock(&state);
    }
    return NULL;
}

// A forked process has the thread that forked and no other.
static void forget_threads(void) {
    callers = (pthread_mutex_t)PTHREAD_MUTEX_INITIALIZER;
    state = (pthread_mutex_t)PTHREAD_MUTEX_INITIALIZER;
    wanted = (pthread_cond_t)PTHREAD_COND_INITIALIZER;
    finished = (pthread_cond_t)PTHREAD_COND_INITIALIZER;
    threads_made = invited = working = 0;
}

static void watch_forks(void) { pthread_atfork(NULL, NULL, forget_threads); }

// Makes threads until there are `count`, or as many as can be had.
static void make_threads(int count) {
    pthread_once(&once, watch_forks);
    // Signals stay with the threads that the program knows.
    sigset_t all, before;
    sigfillset(&all);
    pthread_sigmask(SIG_SETMASK, &all, &before);
    pthread_t thread;
    while (threads_made < count && pthread_create(&thread, NULL, serve, NULL) == 0) {
        pthread_detach(thread);
        threads_made++;
    }
    pthread_sigmask(SIG_SETMASK, &before, NULL);
}

static int processor_count(void) {
#if defined(__linux__)
    cpu_set_t set;
    if (sched_getaffinity(0, sizeof set, &set) == 0) { return CPU_COUNT(&set); }
#endif
    return 1;
}

static atomic_int limit = 0;  // 0 before it is first asked for

int credit_thread_limit(void) {
    int known = atomic_load_explicit(&limit, memory_order_relaxed);
    if (known > 0) { return known; }
    int processors = processor_count();
    // A limit that was set meanwhile stays.
    int unknown = 0;
    return atomic_compare_exchange_strong(&limit, &unknown, processors) ? processors : unknown;
}

void credit_set_thread_limit(int threads) { atomic_store(&limit, threads); }

void credit_parallel(
    ptrdiff_t count, ptrdiff_t block, int threads, credit_task task, void *context) {
    ptrdiff_t blocks = count / block + (count % block != 0);
    if (threads > CREDIT_MOST_THREADS) { threads = CREDIT_MOST_THREADS; }
    if (threads > blocks) { threads = (int)blocks; }
    if (threads < 2 || pthread_mutex_trylock(&callers) != 0) {
        task(context, 0, count);
        return;
    }
    make_threads(threads - 1);
    ptrdiff_t parts = (ptrdiff_t)threads * CREDIT_PARTS_PER_THREAD;
    ptrdiff_t blocks_per_part = blocks / parts + (blocks % parts != 0);
    pthread_mutex_lock(&state);
    work = (Work){count, blocks_per_part * block, task, context};
    atomic_store_explicit(&next_start, 0, memory_order_relaxed);
    invited = threads - 1 < threads_made ? threads - 1 : threads_made;
    calls++;
    pthread_cond_broadcast(&wanted);
    pthread_mutex_unlock(&state);
    take_parts(&work);
    pthread_mutex_lock(&state);
    // Who has not come by now finds nothing left.
    invited = 0;
    pthread_mutex_unlock(&state);
    look_out_for_the_end();
    pthread_mutex_lock(&state);
    while (working > 0) { pthread_cond_wait(&finished, &state); }
    pthread_mutex_unlock(&state);
    pthread_mutex_unlock(&callers);
}
