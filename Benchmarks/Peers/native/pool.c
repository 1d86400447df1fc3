// SPDX-License-Identifier: Apache-2.0
#define _GNU_SOURCE
#include "pool.h"

#include <dirent.h>
#include <pthread.h>
#include <sched.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static pthread_cond_t begun = PTHREAD_COND_INITIALIZER, ended = PTHREAD_COND_INITIALIZER;
static unsigned long round_number = 0;
static int thread_count = 1, busy = 0;
static ptrdiff_t item_count;
static pool_task current;
static void *current_context;

static void work_on_share(int index) {
    ptrdiff_t start = item_count * index / thread_count;
    ptrdiff_t end = item_count * (index + 1) / thread_count;
    if (start < end) { current(current_context, start, end); }
}

static void *serve(void *argument) {
    int index = (int)(ptrdiff_t)argument;
    unsigned long seen = 0;
    for (;;) {
        pthread_mutex_lock(&lock);
        while (round_number == seen) { pthread_cond_wait(&begun, &lock); }
        seen = round_number;
        pthread_mutex_unlock(&lock);
        work_on_share(index);
        pthread_mutex_lock(&lock);
        if (--busy == 0) { pthread_cond_signal(&ended); }
        pthread_mutex_unlock(&lock);
    }
    return NULL;
}

void pool_start(int threads) {
    thread_count = threads;
    for (ptrdiff_t index = 1; index < threads; index++) {
        pthread_t thread;
        if (pthread_create(&thread, NULL, serve, (void *)index) != 0) { abort(); }
    }
}

void pool_run(ptrdiff_t count, pool_task task, void *context) {
    pthread_mutex_lock(&lock);
    item_count = count;
    current = task;
    current_context = context;
    busy = thread_count - 1;
    round_number++;
    pthread_cond_broadcast(&begun);
    pthread_mutex_unlock(&lock);
    work_on_share(0);
    pthread_mutex_lock(&lock);
    while (busy > 0) { pthread_cond_wait(&ended, &lock); }
    pthread_mutex_unlock(&lock);
}

static int ascending(const void *a, const void *b) { return *(const int *)a - *(const int *)b; }

static void assign(int thread, int core) {
    cpu_set_t set;
    CPU_ZERO(&set);
    CPU_SET(core, &set);
    sched_setaffinity(thread, sizeof set, &set);
}

void pool_pin(int threads) {
    const char *wish = getenv("PEERS_PIN");
    cpu_set_t allowed;
    if ((wish && strcmp(wish, "0") == 0) || sched_getaffinity(0, sizeof allowed, &allowed) != 0) {
        return;
    }
    int cores[CPU_SETSIZE], core_count = 0;
    for (int core = 0; core < CPU_SETSIZE && core_count < threads; core++) {
        if (CPU_ISSET(core, &allowed)) { cores[core_count++] = core; }
    }
    if (core_count < threads) { return; }
    int workers[1024], worker_count = 0, own = gettid();
    DIR *tasks = opendir("/proc/self/task");
    for (struct dirent *entry; tasks && (entry = readdir(tasks)) && worker_count < 1024;) {
        int thread = atoi(entry->d_name);
        if (thread > 0 && thread != own) { workers[worker_count++] = thread; }
    }
    if (tasks) { closedir(tasks); }
    qsort(workers, worker_count, sizeof *workers, ascending);
    assign(own, cores[0]);
    for (int index = 0; threads > 1 && index < worker_count; index++) {
        assign(workers[index], cores[1 + index % (threads - 1)]);
    }
}
