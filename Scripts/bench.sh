#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
#
# Times LinearAlgebra beside NumPy and PyTorch: Scripts/bench.sh [--quick] [--torch] [--output FILE]
#
#   --quick         small sizes and one pass, about a minute; the table goes to out/Benchmarks.md
#   --torch         PyTorch too (a large download the first time)
#   --output FILE   where the table goes, Documentation/Benchmarks.md if not given
#
# Needs Python 3.10 with venv, and pip's package index. What it makes lies in Benchmarks/.build.
set -euo pipefail
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
work="$root/Benchmarks/.build/peers"

quick=() torch=() output=
while [ $# -gt 0 ]; do
    case $1 in
        --quick) quick=(--quick) ;;
        --torch) torch=(--torch) ;;
        --output)
            output=${2:?--output needs a file}
            shift
            ;;
        *)
            sed -n 's/^# \{0,1\}//; 4,8p' "${BASH_SOURCE[0]}" >&2
            exit 64
            ;;
    esac
    shift
done
passes=3
if [ ${#quick[@]} -gt 0 ]; then
    passes=1
    output=${output:-$root/out/Benchmarks.md}
fi

"$root/Scripts/setup.sh"
python=$work/venv/bin/python
[ -x "$python" ] || python3 -m venv "$work/venv"
"$python" -m pip install --quiet --requirement "$root/Benchmarks/Peers/requirements.txt"
if [ ${#torch[@]} -gt 0 ] && ! "$python" -c 'import torch' 2>/dev/null; then
    "$python" -m pip install --quiet torch
fi

echo "Building"
log=$(mktemp)
trap 'rm -f "$log"' EXIT
build=(swift build --package-path "$root/Benchmarks" --configuration release --product PeerBench)
"${build[@]}" >"$log" 2>&1 || {
    cat "$log" >&2
    exit 1
}
bench="$("${build[@]}" --show-bin-path)/PeerBench"

echo "Writing the input arrays"
data=$work/data${quick:+-quick}
"$python" "$root/Benchmarks/Peers/generate.py" "$data" ${quick[@]+"${quick[@]}"}

"$python" "$root/Benchmarks/Peers/compare.py" --bench "$bench" --data "$data" --passes "$passes" \
    --output "${output:-$root/Documentation/Benchmarks.md}" \
    ${quick[@]+"${quick[@]}"} ${torch[@]+"${torch[@]}"}
