#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
#
# Everything that must hold before a change lands: Scripts/test.sh
set -euo pipefail
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
cd "$root"

step() { printf '\n== %s\n' "$1"; }

log=$(mktemp)
trap 'rm -f "$log"' EXIT
build() { # swift build arguments; a warning fails
    swift build "$@" >"$log" 2>&1 || {
        cat "$log" >&2
        return 1
    }
    if grep 'warning:' "$log" >&2; then
        echo "The build warns: swift build $*" >&2
        return 1
    fi
}

# Shows what failed, or what was skipped, and the test runner's own summary.
tests() { # swift test arguments
    local status=0
    swift test --disable-xctest --skip-build "$@" >"$log" 2>&1 || status=$?
    if [ $status -ne 0 ]; then
        grep -v '^[◇✔]' "$log" || true
    else
        grep '^➜' "$log" || true
    fi
    grep 'Test run with' "$log" | tail -n 1
    return $status
}

step 'Set-up'
Scripts/setup.sh

step 'Lint'
Scripts/lint.sh

step 'Build'
build --build-tests

step 'Consumers'
Tests/Consumers/run.sh

step 'Campaigns'
Tests/Campaigns/run.sh

step 'Examples'
build --package-path Examples --build-tests
tests --package-path Examples

step 'Benchmarks'
build --package-path Benchmarks --build-tests
tests --package-path Benchmarks

step 'Tests'
tests
