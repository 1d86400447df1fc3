#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
#
# Times swift-credit beside its peers:
# Scripts/bench.sh [--quick] [--torch] [--only PARTS] [--passes N] [--output FILE]
#
#   --quick         small sizes and one pass, a minute or two; the page goes to out/Benchmarks.md
#   --torch         PyTorch too (a large download the first time)
#   --only PARTS    some of la,overhead,features; the page then goes to out/Benchmarks.md
#   --passes N      how often all take turns, 3 if not given
#   --output FILE   where the page goes, Documentation/Benchmarks.md if not given
#
# Needs Python 3.10 with venv, and pip's package index; BENCH_PYTHON names a Python that has the
# peers already. Compilers of C and C++ with OpenMP add those peers. What it makes lies in
# Benchmarks/.build.
set -euo pipefail
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
work="$root/Benchmarks/.build/peers"

quick=() torch=() only=() native=() output= passes=
while [ $# -gt 0 ]; do
    case $1 in
        --quick) quick=(--quick) ;;
        --torch) torch=(--torch) ;;
        --only)
            only=(--only "${2:?--only needs parts}")
            shift
            ;;
        --passes)
            passes=${2:?--passes needs a number}
            shift
            ;;
        --output)
            output=${2:?--output needs a file}
            shift
            ;;
        *)
            sed -n 's/^# \{0,1\}//; 4,11p' "${BASH_SOURCE[0]}" >&2
            exit 64
            ;;
    esac
    shift
done
[ ${#quick[@]} -gt 0 ] && passes=${passes:-1}
if [ ${#quick[@]} -gt 0 ] || [ ${#only[@]} -gt 0 ]; then
    output=${output:-$root/out/Benchmarks.md}
fi

"$root/Scripts/setup.sh"
python=${BENCH_PYTHON:-$work/venv/bin/python}
if [ -z "${BENCH_PYTHON:-}" ]; then
    [ -x "$python" ] || python3 -m venv "$work/venv"
    "$python" -m pip install --quiet --requirement "$root/Benchmarks/Peers/requirements.txt"
    if [ ${#torch[@]} -gt 0 ] && ! "$python" -c 'import torch' 2>/dev/null; then
        "$python" -m pip install --quiet torch
    fi
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

compiler=$(command -v "${CC:-cc}" gcc clang | head -n 1 || true)
if [ -n "$compiler" ]; then
    # clang must be told of the vector functions that gcc takes by itself.
    vectors=()
    "$compiler" --version | grep -q clang && vectors=(-fveclib=libmvec)
    libraries=$(pkg-config --cflags --libs blas lapacke)
    mkdir -p "$work"
    # shellcheck disable=SC2086
    "$compiler" -O3 -march=native -ffast-math ${vectors[@]+"${vectors[@]}"} \
        "$root"/Benchmarks/Peers/native/*.c -o "$work/c_peer" $libraries -lm -ldl -lpthread
    native=(--c-peer "$work/c_peer")
else
    echo "No C compiler: the table will not have C beside ours" >&2
fi
mkdir -p "$work"
if "${CXX:-c++}" -std=c++17 -O3 -march=native -ffast-math -fopenmp \
    "$root/Benchmarks/Peers/native/lenders.cpp" -o "$work/lenders" 2>"$log"; then
    native+=(--lenders-peer "$work/lenders")
else
    echo "No C++ compiler with OpenMP: the lenders will not have C++ beside ours" >&2
fi
if "${CXX:-c++}" -std=c++17 -O3 -march=native "$root/Benchmarks/Peers/native/merkle.cpp" \
    -o "$work/merkle" -lcrypto -lpthread 2>"$log"; then
    native+=(--merkle-peer "$work/merkle")
else
    echo "No C++ compiler with OpenSSL: the Merkle tree will not have C++ beside ours" >&2
fi

echo "Writing the inputs"
data=$work/data${quick:+-quick}
"$python" "$root/Benchmarks/Peers/generate.py" "$data" \
    ${quick[@]+"${quick[@]}"} ${only[@]+"${only[@]}"}

"$python" "$root/Benchmarks/Peers/compare.py" --bench "$bench" --data "$data" --passes "${passes:-3}" \
    --output "${output:-$root/Documentation/Benchmarks.md}" ${native[@]+"${native[@]}"} \
    ${quick[@]+"${quick[@]}"} ${torch[@]+"${torch[@]}"} ${only[@]+"${only[@]}"}
