// SPDX-License-Identifier: Apache-2.0
#pragma once

/// Writes up to `capacity` cores that thread `thread` (0: the caller) may use, ascending, and returns
/// their number; 0 when the system does not tell.
int peerbench_allowed_cores(int thread, int *cores, int capacity);

/// Lets thread `thread` (0: the caller) run on these cores only; returns 0 on success.
int peerbench_set_cores(int thread, const int *cores, int count);

/// The system's number of the calling thread.
int peerbench_thread(void);
