// SPDX-License-Identifier: Apache-2.0

#define _GNU_SOURCE
#include "CCreditKernels.h"

#include <stdint.h>
#include <sys/mman.h>
#include <unistd.h>

void credit_prefer_large_pages(void *start, size_t bytes) {
#if defined(MADV_HUGEPAGE)
    uintptr_t page = (uintptr_t)sysconf(_SC_PAGESIZE);
    // Whole pages only: those at the ends may hold what is not ours.
    uintptr_t first = ((uintptr_t)start + page - 1) & ~(page - 1);
    uintptr_t end = ((uintptr_t)start + bytes) & ~(page - 1);
    // A system without large pages refuses, which costs nothing but speed.
    if (end > first) { (void)madvise((void *)first, end - first, MADV_HUGEPAGE); }
#endif
}
