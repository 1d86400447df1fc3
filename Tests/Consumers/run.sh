#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
#
# Builds and runs the consumer packages, and checks what their programs link.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")"

build() {
    local log
    log=$(swift build --package-path "$1" 2>&1) || {
        echo "$log" >&2
        return 1
    }
}

links() { ldd "$bin/$1" | grep -iE "$2"; }

build Products
bin=$(swift build --package-path Products --show-bin-path)
for program in "$bin"/Use*; do
    [ -f "$program" ] && [ -x "$program" ] && "$program"
done

for product in Ledger Metrics Behavioral; do
    if links "Use$product" 'blas|lapack'; then
        echo "$product must not link BLAS" >&2
        exit 1
    fi
done
for product in LinearAlgebra Metrics Behavioral FeatureEngineering Models; do
    if links "Use$product" sqlite; then
        echo "$product must not link SQLite" >&2
        exit 1
    fi
done
links UseLinearAlgebra blas >/dev/null && links UseLedger sqlite >/dev/null || {
    echo "The link check does not see what must be linked" >&2
    exit 1
}

build SwiftMetrics
"$(swift build --package-path SwiftMetrics --show-bin-path)/UseBothMetrics"
