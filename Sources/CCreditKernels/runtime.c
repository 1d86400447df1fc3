// SPDX-License-Identifier: Apache-2.0

#define _GNU_SOURCE
#include "kernel.h"

#include <dlfcn.h>

int credit_vector_level(void) {
#if defined(__x86_64__) && defined(__GLIBC__)
    __builtin_cpu_init();
    if (__builtin_cpu_supports("x86-64-v4")) { return 4; }
    if (__builtin_cpu_supports("x86-64-v3")) { return 3; }
#endif
    return 0;
}

void credit_order_streaming(void) {
#if defined(__x86_64__)
    __builtin_ia32_sfence();
#endif
}

const char *credit_library_of(const char *symbol) {
    Dl_info info;
    void *address = dlsym(RTLD_DEFAULT, symbol);
    return address && dladdr(address, &info) ? info.dli_fname : NULL;
}
