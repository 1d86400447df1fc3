// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <stddef.h>

// Works on items start..<end.
typedef void (*pool_task)(void *context, ptrdiff_t start, ptrdiff_t end);

// Starts `threads` - 1 workers, which sleep between calls; once per process.
void pool_start(int threads);

// Splits 0..<count evenly over the caller and the workers, and returns when all is done.
void pool_run(ptrdiff_t count, pool_task task, void *context);

// Gives the caller the first core of this process and all other threads the rest, by turns.
// PEERS_PIN=0, or fewer cores than threads, leaves them to the system.
void pool_pin(int threads);
