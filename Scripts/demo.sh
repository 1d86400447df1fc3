#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
#
# Builds and runs the whole system once: Scripts/demo.sh [--data FILE] [--out DIR]
# Without --data it lends to a synthetic book. The report is DIR/report.html (default: out).
set -euo pipefail
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)

"$root/Scripts/setup.sh"
echo "Building (the first build takes a few minutes)"
log=$(mktemp)
trap 'rm -f "$log"' EXIT
build=(swift build --package-path "$root/Examples" --configuration release --product CreditNetwork)
"${build[@]}" >"$log" 2>&1 || {
    cat "$log" >&2
    exit 1
}
exec "$("${build[@]}" --show-bin-path)/CreditNetwork" "$@"
