// SPDX-License-Identifier: Apache-2.0

#ifndef CCREDIT_UNIT_LANES_H
#define CCREDIT_UNIT_LANES_H

#include "CCreditBoltzmann.h"
#include "kernel.h"

typedef float Lanes __attribute__((ext_vector_type(CREDIT_UNIT_STEP), aligned(4)));

CREDIT_INLINE const Lanes *lanes_at(const float *values) { return (const Lanes *)values; }

#endif
